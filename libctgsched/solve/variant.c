// SPDX-License-Identifier: GPL-3.0-or-later
/* Shallow copies, and in them the arrays that differ. */
#include "solve/variant.h"

#include <string.h>

static problem *copy_problem(const problem *prob, arena *mem) {
    problem *const out = ARENA_NEW(mem, problem, 1);
    if (out)
        *out = *prob;
    return out;
}

/* --- decided already
 * ---------------------------------------------------------------------
 */

static duty_pin *pin_days(const problem *prob, int32_t e, const int32_t *way_of,
                          arena *mem) {
    duty_pin *const pins = ARENA_NEW(mem, duty_pin, prob->n_days + 1);
    for (int32_t day = 0; pins && day < prob->n_days; day++) {
        const int32_t way = way_of ? way_of[e * prob->n_days + day] : NONE;
        pins[day] =
            (duty_pin){.day = day,
                       .shift = way == NONE ? NONE : prob->ways[way].shift,
                       .way = way};
    }
    return pins;
}

problem *variant_with_duties(const problem *prob, const int32_t *way_of,
                             arena *mem) {
    problem *const out = copy_problem(prob, mem);
    employee *const all = ARENA_NEW(mem, employee, prob->n_employees + 1);
    if (!out || !all)
        return NULL;
    for (int32_t e = 0; e < prob->n_employees; e++) {
        all[e] = prob->employees[e];
        all[e].n_pins = prob->n_days;
        all[e].pins = pin_days(prob, e, way_of, mem);
        if (!all[e].pins)
            return NULL;
    }
    out->employees = all;
    return out;
}

problem *variant_with_placements(const problem *prob, const int32_t *option_of,
                                 arena *mem) {
    problem *const out = copy_problem(prob, mem);
    pin *const pins = ARENA_NEW(mem, pin, prob->n_requests + 1);
    if (!out || !pins)
        return NULL;
    for (int32_t r = 0; r < prob->n_requests; r++) {
        const int32_t option = option_of ? option_of[r] : NONE;
        pins[r] = (pin){.request = r,
                        .kind = option == NONE ? PIN_WAITING : PIN_OPTION,
                        .target = option};
    }
    out->pins = pins;
    out->n_pins = prob->n_requests;
    return out;
}

/* --- without staff
 * -----------------------------------------------------------------------
 */

static const law *without_staff(const law *l, arena *mem) {
    law *const out = ARENA_NEW(mem, law, 1);
    if (!out)
        return NULL;
    *out = *l;
    out->ratio = out->outing = out->minimum = out->quota = NULL;
    out->director = out->cat1_share = out->adaptation = NULL;
    return out;
}

static bool copy_sessions(const law *const **out, const structure *s,
                          int32_t day, arena *mem) {
    const int32_t n = s->session.days[day].n;
    const law **const its = ARENA_NEW(mem, const law *, n + 1);
    bool good = its;
    for (int32_t k = 0; good && k < n; k++) {
        its[k] = without_staff(s->law->sessions[day][k], mem);
        good = its[k];
    }
    *out = its;
    return good;
}

static const law_table *seats_law(const structure *s, arena *mem) {
    const law_table *const from = s->law;
    law_table *const out = ARENA_NEW(mem, law_table, 1);
    const law **const days = ARENA_NEW(mem, const law *, from->n_days + 1);
    const law *const **const sessions =
        from->sessions ? ARENA_NEW(mem, const law *const *, from->n_days + 1)
                       : NULL;
    if (!out || !days || (from->sessions && !sessions))
        return NULL;
    for (int32_t day = 0; day < from->n_days; day++) {
        days[day] = without_staff(from->days[day], mem);
        if (!days[day] ||
            (sessions && !copy_sessions(&sessions[day], s, day, mem)))
            return NULL;
    }
    *out = (law_table){from->n_days, days, sessions};
    return out;
}

problem *variant_by_seats(const problem *prob, arena *mem) {
    problem *const out = copy_problem(prob, mem);
    structure *const structures =
        ARENA_NEW(mem, structure, prob->n_structures + 1);
    need *const needs = ARENA_NEW(mem, need, prob->n_needs + 1);
    if (!out || !structures || !needs)
        return NULL;
    for (int32_t k = 0; k < prob->n_structures; k++) {
        structures[k] = prob->structures[k];
        structures[k].n_outings = 0;
        structures[k].law = seats_law(&prob->structures[k], mem);
        if (!structures[k].law)
            return NULL;
    }
    for (int32_t k = 0; k < prob->n_needs; k++) {
        needs[k] = prob->needs[k];
        needs[k].skill = NONE;
    }
    out->structures = structures;
    out->needs = needs;
    out->n_employees = 0;
    out->n_cover = 0;
    return out;
}

/* --- with some options
 * ------------------------------------------------------------------
 */

static bool keep_option(request *r, int32_t chosen, arena *mem) {
    const option *const from = r->options;
    option *const kept = ARENA_NEW(mem, option, 3);
    if (!kept)
        return false;
    const int32_t held = r->held;
    r->options = kept;
    r->n_options = 0;
    if (chosen != NONE)
        kept[r->n_options++] = from[chosen];
    if (held != NONE && held != chosen)
        kept[r->n_options++] = from[held];
    r->held = held == NONE ? NONE : r->n_options - 1;
    return true;
}

/* The option that a pin asks for is the one that was kept. */
static bool keep_pins(problem *out, arena *mem) {
    pin *const pins = ARENA_NEW(mem, pin, out->n_pins + 1);
    for (int32_t k = 0; pins && k < out->n_pins; k++) {
        pins[k] = out->pins[k];
        if (pins[k].kind == PIN_OPTION)
            pins[k].target = 0;
    }
    out->pins = pins;
    return pins;
}

problem *variant_of_options(const problem *prob, const int32_t *option_of,
                            arena *mem) {
    problem *const out = copy_problem(prob, mem);
    request *const all = ARENA_NEW(mem, request, prob->n_requests + 1);
    if (!out || !all)
        return NULL;
    for (int32_t r = 0; r < prob->n_requests; r++) {
        all[r] = prob->requests[r];
        if (!keep_option(&all[r], option_of[r], mem))
            return NULL;
    }
    out->requests = all;
    return keep_pins(out, mem) ? out : NULL;
}

/* --- staff only
 * --------------------------------------------------------------------------
 */

static bool is_of_employees(goal_id goal) {
    return goal == GOAL_SHORTAGE || goal == GOAL_COVER || goal == GOAL_WISHES ||
           goal == GOAL_OVERTIME || goal == GOAL_STAFF_MINUTES ||
           goal == GOAL_COST || goal == GOAL_FAIRNESS;
}

/* Shortage first, then those of employees, one after another. */
static bool goals_of_employees(goals *g, arena *mem) {
    goal_term *const terms = ARENA_NEW(mem, goal_term, N_GOALS + 1);
    if (!terms)
        return false;
    int32_t n = 0;
    terms[n++] = (goal_term){GOAL_SHORTAGE, 1};
    for (int32_t k = 0; k < g->n; k++)
        if (is_of_employees(g->terms[k].goal) &&
            g->terms[k].goal != GOAL_SHORTAGE)
            terms[n++] = (goal_term){g->terms[k].goal, 1};
    *g = (goals){.weighted = false, .n = n, .terms = terms};
    return true;
}

/* The child is there whatever else is so: it holds the place. */
static bool hold_option(request *r, int32_t chosen, arena *mem) {
    option *const kept = ARENA_NEW(mem, option, 1);
    if (!kept)
        return false;
    *kept = r->options[chosen];
    kept->n_uses = 0;
    r->options = kept;
    r->n_options = 1;
    r->held = 0;
    r->mandatory = r->insertion = false;
    r->sibling_group = NONE;
    return true;
}

problem *variant_roster(const problem *prob, const int32_t *option_of,
                        arena *mem) {
    problem *const out = copy_problem(prob, mem);
    request *const all = ARENA_NEW(mem, request, prob->n_requests + 1);
    child *const children = ARENA_NEW(mem, child, prob->n_requests + 1);
    if (!out || !all || !children || !goals_of_employees(&out->goals, mem))
        return NULL;
    int32_t n = 0;
    for (int32_t r = 0; r < prob->n_requests; r++) {
        if (option_of[r] == NONE)
            continue;
        all[n] = prob->requests[r];
        /* Two requests of one child count apart. */
        children[n] = prob->children[all[n].child];
        all[n].child = n;
        if (!hold_option(&all[n], option_of[r], mem))
            return NULL;
        n++;
    }
    out->requests = all;
    out->children = children;
    out->n_requests = out->n_children = n;
    out->n_siblings = out->n_pins = 0;
    out->prices.place_minute = out->prices.week_minute = 0;
    return out;
}
