// SPDX-License-Identifier: GPL-3.0-or-later
/* The rules of the requests moved, then the days that they touch, then weeks
 * and months, then the goals: each as in verdict.c, on less. */
#include "check/attempt.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "check/changes.h"
#include "check/demand.h"
#include "check/goals.h"
#include "check/option.h"

/* Sorts what was found: what is new, and what shortages cost. */
static void take_findings(attempt *a) {
    const judge *const j = &a->on->judge;
    for (int32_t i = 0; i < a->found.n; i++) {
        const finding *const f = &a->found.at[i];
        if (!f->is_breach)
            a->shortage += goals_price(j->prob, f);
        else if (!findings_have(&j->breaches, f))
            findings_add(&a->breaches, f);
    }
    a->found.n = a->found.mergeable = 0;
}

static bool is_over(const attempt *a, attempt_depth depth) {
    return depth == ATTEMPT_FIRST && a->breaches.n > 0;
}

/* --- requests
 * ------------------------------------------------------------------------
 */

static const option *given_before(const attempt *a, int32_t r) {
    return given_option(a->on->prob, a->on->judge.option_of, r);
}

static const option *given_now(const attempt *a, int32_t r) {
    return given_option(a->on->prob, a->option_of, r);
}

static ctg_status try_child(attempt *a, int32_t r, ctg_error *err) {
    const problem *const prob = a->on->prob;
    const int32_t who = prob->requests[r].child;
    const int32_t from = a->on->first[who], to = a->on->first[who + 1];
    if (to - from < 2)
        return CTG_OK;
    for (int32_t i = from; i < to; i++)
        a->alone[a->on->order[i]] = a->option_of[a->on->order[i]];
    const ctg_status status =
        demand_children(&a->found, prob, a->alone, a->work, err);
    for (int32_t i = from; i < to; i++)
        a->alone[a->on->order[i]] = NONE;
    return status;
}

static bool has_member(const siblings *group, int32_t r) {
    for (int32_t i = 0; i < group->n_requests; i++)
        if (group->requests[i] == r)
            return true;
    return false;
}

/* A request that was moved is in the group. */
static bool is_concerned(const siblings *group, const move *moves, int32_t n) {
    for (int32_t k = 0; k < n; k++)
        if (has_member(group, moves[k].request))
            return true;
    return false;
}

static void try_siblings(attempt *a, const move *moves, int32_t n) {
    const problem *const prob = a->on->prob;
    for (int32_t g = 0; g < prob->n_siblings; g++) {
        const siblings *const group = &prob->siblings[g];
        if (!is_concerned(group, moves, n) ||
            siblings_kept(group, prob, a->option_of))
            continue;
        finding f = {.at = where_of(BREAKS_SIBLINGS), .is_breach = true};
        f.at.group = g;
        findings_add(&a->found, &f);
    }
}

static void try_pin(attempt *a, int32_t r) {
    const problem *const prob = a->on->prob;
    const int32_t index = a->on->pin_of[r];
    if (index == NONE || pin_kept(&prob->pins[index], prob, a->option_of))
        return;
    finding f = {.at = where_of(BREAKS_PIN), .is_breach = true};
    f.at.request = r;
    f.note = demand_pinned(prob, &prob->pins[index]);
    findings_add(&a->found, &f);
}

/* Of several requests of one child the first speaks for all. */
static bool speaks(const attempt *a, const move *moves, int32_t k) {
    const request *const requests = a->on->prob->requests;
    for (int32_t i = 0; i < k; i++)
        if (requests[moves[i].request].child ==
            requests[moves[k].request].child)
            return false;
    return true;
}

static void try_request(attempt *a, const move *m) {
    const problem *const prob = a->on->prob;
    if (m->option != NONE)
        option_breaches(&a->found, prob, m->request, m->option);
    else if (request_must_be_served(&prob->requests[m->request]))
        a->shortage += prob->prices.request;
    try_pin(a, m->request);
}

/* What the option before or the one now uses of the resources. */
static bool uses_resources(const attempt *a, const move *m) {
    const option *const before = given_before(a, m->request);
    const option *const now = given_now(a, m->request);
    return (before && before->n_uses > 0) || (now && now->n_uses > 0);
}

static ctg_status try_requests(attempt *a, const move *moves, int32_t n,
                               ctg_error *err) {
    const problem *const prob = a->on->prob;
    bool uses = false, inserts = false;
    for (int32_t k = 0; k < n; k++) {
        try_request(a, &moves[k]);
        if (speaks(a, moves, k))
            TRY(try_child(a, moves[k].request, err));
        uses |= uses_resources(a, &moves[k]);
        inserts |= prob->requests[moves[k].request].insertion;
    }
    try_siblings(a, moves, n);
    if (uses)
        TRY(demand_resources(&a->found, prob, a->option_of, a->work, err));
    if (inserts)
        demand_guaranteed(&a->found, a->on->judge.prob, a->option_of);
    take_findings(a);
    return CTG_OK;
}

/* --- structures
 * ----------------------------------------------------------------------
 */

static void touch(attempt *a, const option *o) {
    const int32_t n_days = a->on->prob->n_days;
    for (int32_t i = 0; o && i < o->n_presences; i++) {
        const int32_t cell =
            o->presences[i].structure * n_days + o->presences[i].day;
        int32_t *const slot =
            a->is_touched[cell] ? NULL : VEC_PUSH(a->mem, &a->touched, int32_t);
        if (slot) {
            *slot = cell;
            a->is_touched[cell] = true;
        } else if (!a->is_touched[cell]) {
            a->found.failed = true;
        }
    }
}

static int compare_cells(const void *left, const void *right) {
    const int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

static int32_t add_visits(attempt *a, const move *m, int32_t place, int32_t day,
                          int32_t n) {
    const option *const o = given_now(a, m->request);
    for (int32_t i = 0; o && i < o->n_presences; i++) {
        const presence *const p = &o->presences[i];
        if (p->day == day && p->structure == place)
            a->visits[n++] = (visit){.request = m->request, .at = p};
    }
    return n;
}

/* Who is in the structure on the day with the moves. */
static visit_span visits_now(attempt *a, const move *moves, int32_t n_moves,
                             int32_t place, int32_t day) {
    const visit_span before =
        attendance_on(&a->on->judge.attendance, place, day);
    int32_t n = 0;
    for (int32_t i = 0; i < before.n; i++)
        if (!a->is_moved[before.at[i].request])
            a->visits[n++] = before.at[i];
    for (int32_t k = 0; k < n_moves; k++)
        n = add_visits(a, &moves[k], place, day, n);
    return (visit_span){.at = a->visits, .n = n};
}

static void try_day(attempt *a, const move *moves, int32_t n, int32_t place,
                    int32_t day) {
    const judge *const j = &a->on->judge;
    const structure *const x = &j->prob->structures[place];
    const visit_span now = visits_now(a, moves, n, place, day);
    a->totals[day] = (day_totals){0};
    if (!judge_skips(x, day, now)) {
        sheet_start(&a->sheet, a->option_of, place, day, now);
        rows_day(&a->found, &a->totals[day], &a->sheet);
    }
    a->floors += goals_day_floors(x, &a->totals[day], now) -
                 goals_day_floors(x, judge_totals(j, place) + day,
                                  attendance_on(&j->attendance, place, day));
    take_findings(a);
}

/* The days of the structure that cell `k` is of; gives the next cell. */
static int32_t try_structure(attempt *a, const move *moves, int32_t n,
                             int32_t k, attempt_depth depth) {
    const problem *const prob = a->on->judge.prob;
    const int32_t place = a->touched.at[k] / prob->n_days;
    memcpy(a->totals, judge_totals(&a->on->judge, place),
           (size_t)prob->n_days * sizeof *a->totals);
    for (; k < a->touched.n && a->touched.at[k] / prob->n_days == place; k++) {
        if (!is_over(a, depth))
            try_day(a, moves, n, place, a->touched.at[k] % prob->n_days);
    }
    if (!is_over(a, depth)) {
        rows_periods(&a->found, prob, place, a->totals);
        take_findings(a);
    }
    return k;
}

/* The days of one structure (`place`), or of all others. */
static void try_places(attempt *a, const move *moves, int32_t n,
                       attempt_depth depth, int32_t place, bool is_that) {
    const int32_t n_days = a->on->prob->n_days;
    for (int32_t k = 0; k < a->touched.n && !is_over(a, depth);) {
        if ((a->touched.at[k] / n_days == place) == is_that)
            k = try_structure(a, moves, n, k, depth);
        else
            k++;
    }
}

/* Where the last of the moves goes comes first: of those that are tried one
 * after the other, that one is new. */
static void try_structures(attempt *a, const move *moves, int32_t n,
                           attempt_depth depth) {
    const option *last = NULL;
    for (int32_t k = 0; k < n; k++) {
        touch(a, given_before(a, moves[k].request));
        touch(a, given_now(a, moves[k].request));
        last = given_now(a, moves[k].request);
    }
    if (a->touched.n > 1)
        qsort(a->touched.at, (size_t)a->touched.n, sizeof *a->touched.at,
              compare_cells);
    const int32_t place = last ? last->structure : NONE;
    try_places(a, moves, n, depth, place, true);
    try_places(a, moves, n, depth, place, false);
}

/* --- goals
 * ---------------------------------------------------------------------------
 */

/* Some day of the structure was read again. */
static bool is_met(const attempt *a, int32_t place) {
    for (int32_t k = 0; k < a->touched.n; k++)
        if (a->touched.at[k] / a->on->prob->n_days == place)
            return true;
    return false;
}

/* The shortage was looked for again, so that the old one counts no more. */
static bool is_retaken(const attempt *a, const finding *f, bool inserts) {
    const problem *const prob = a->on->prob;
    if (f->kind == SHORT_REQUEST)
        return a->is_moved[f->at.request];
    if (f->kind == SHORT_GUARANTEED)
        return inserts;
    if (f->at.civil == CIVIL_NONE)
        return is_met(a, f->at.structure);
    return a->is_touched[f->at.structure * prob->n_days +
                         problem_day_at(prob, f->at.civil)];
}

static int64_t shortage_retaken(const attempt *a, const move *moves,
                                int32_t n) {
    const findings *const old = &a->on->judge.shortages;
    bool inserts = false;
    int64_t price = 0;
    for (int32_t k = 0; k < n; k++)
        inserts |= a->on->prob->requests[moves[k].request].insertion;
    for (int32_t i = 0; i < old->n; i++)
        if (is_retaken(a, &old->at[i], inserts))
            price += goals_price(a->on->prob, &old->at[i]);
    return price;
}

/* What the moved requests, their groups and needs give with `option_of`. */
static void add_parts(int64_t value[N_GOALS], const attempt *a,
                      const int32_t *option_of, const move *moves, int32_t n) {
    const problem *const prob = a->on->prob;
    judge j = a->on->judge;
    j.option_of = option_of;
    j.marked = a->marked;
    uint64_t needs = 0;
    for (int32_t k = 0; k < n; k++) {
        const int32_t r = moves[k].request;
        const option *const o = given_option(prob, option_of, r);
        if (o)
            goals_add_request(value, prob, r, o);
        if (prob->baseline)
            value[GOAL_CHANGES] += changes_of_request(prob, option_of, r);
        needs |= prob->children[prob->requests[r].child].needs;
    }
    for (int32_t g = 0; g < prob->n_siblings; g++)
        if (is_concerned(&prob->siblings[g], moves, n))
            value[GOAL_SIBLINGS] +=
                goals_in_one_structure(&j, &prob->siblings[g]);
    for (int32_t k = 0; k < prob->n_needs; k++)
        if (needs >> k & 1)
            value[GOAL_CONCENTRATION] += goals_structures_used(&j, k);
}

static ctg_status count_envy(attempt *a, ctg_error *err) {
    verdict v;
    const plan tried = {.option_of = a->option_of,
                        .way_of = (int32_t *)a->on->judge.way_of};
    TRY(check_plan(&v, a->on->prob, &tried, CHECK_RULES, a->work, err));
    a->value[GOAL_ENVY] = v.n_envy;
    return CTG_OK;
}

static ctg_status count_goals(attempt *a, const move *moves, int32_t n,
                              ctg_error *err) {
    int64_t before[N_GOALS] = {0}, now[N_GOALS] = {0};
    add_parts(before, a, a->on->judge.option_of, moves, n);
    add_parts(now, a, a->option_of, moves, n);
    for (int32_t g = 0; g < N_GOALS; g++)
        a->value[g] = a->on->value[g] + now[g] - before[g];
    a->value[GOAL_SHORTAGE] += a->shortage - shortage_retaken(a, moves, n);
    a->value[GOAL_FLOORS] += a->floors;
    if (a->on->asks_envy)
        TRY(count_envy(a, err));
    a->weighted = judge_weighted(a->on->prob, a->value);
    a->has_goals = true;
    return CTG_OK;
}

goal_values standing_values(const standing *s) {
    goal_values v;
    memcpy(v.value, s->value, sizeof v.value);
    v.weighted = judge_weighted(s->prob, s->value);
    return v;
}

goal_values attempt_values(const attempt *a) {
    goal_values v;
    assert(a->has_goals);
    memcpy(v.value, a->value, sizeof v.value);
    v.weighted = a->weighted;
    return v;
}

int32_t goals_first_apart(const problem *prob, const goal_values *before,
                          const goal_values *after, bool *is_better) {
    const goals *const asked = &prob->goals;
    *is_better = false;
    if (asked->weighted) {
        *is_better =
            (asked->sense == SENSE_MAX) == (after->weighted > before->weighted);
        return after->weighted == before->weighted ? NONE : 0;
    }
    for (int32_t i = 0; i < asked->n; i++) {
        const goal_id g = asked->terms[i].goal;
        const int64_t old = before->value[g], now = after->value[g];
        if (old == now)
            continue;
        *is_better = (goal_about(g)->sense == SENSE_MAX) == (now > old);
        return i;
    }
    return NONE;
}

/* --- all of it
 * ----------------------------------------------------------------------
 */

static void start(attempt *a, const move *moves, int32_t n) {
    a->breaches.n = a->breaches.mergeable = 0;
    a->has_goals = false;
    a->shortage = a->floors = 0;
    for (int32_t k = 0; k < n; k++) {
        assert(!a->is_moved[moves[k].request]);
        a->is_moved[moves[k].request] = true;
        a->option_of[moves[k].request] = moves[k].option;
    }
}

static void undo(attempt *a, const move *moves, int32_t n) {
    for (int32_t k = 0; k < n; k++) {
        const int32_t r = moves[k].request;
        a->is_moved[r] = false;
        a->option_of[r] = a->on->judge.option_of[r];
    }
    for (int32_t k = 0; k < a->touched.n; k++)
        a->is_touched[a->touched.at[k]] = false;
    a->touched.n = 0;
}

static ctg_status judge_moves(attempt *a, const move *moves, int32_t n,
                              attempt_depth depth, ctg_error *err) {
    TRY(try_requests(a, moves, n, err));
    if (!is_over(a, depth))
        try_structures(a, moves, n, depth);
    if (!is_over(a, depth))
        TRY(count_goals(a, moves, n, err));
    findings_sort(&a->breaches);
    return a->found.failed || a->breaches.failed ? err_nomem(err) : CTG_OK;
}

ctg_status attempt_judge(attempt *a, const move *moves, int32_t n,
                         attempt_depth depth, ctg_error *err) {
    assert(n >= 0 && n <= MOST_MOVES);
    const arena_mark here = arena_here(a->work);
    start(a, moves, n);
    const ctg_status status = judge_moves(a, moves, n, depth, err);
    undo(a, moves, n);
    arena_rewind(a->work, here);
    return status;
}

static ctg_status fill(attempt *a, ctg_error *err) {
    const problem *const prob = a->on->prob;
    const size_t n_cells = (size_t)prob->n_structures * (size_t)prob->n_days;
    const int32_t room = attendance_busiest(&a->on->judge.attendance) +
                         MOST_MOVES * a->on->most_a_day;
    a->option_of = ARENA_NEW(a->mem, int32_t, prob->n_requests + 1);
    a->alone = ARENA_NEW(a->mem, int32_t, prob->n_requests + 1);
    a->is_moved = ARENA_NEW(a->mem, bool, prob->n_requests + 1);
    a->marked = ARENA_NEW(a->mem, bool, prob->n_structures);
    a->is_touched = ARENA_NEW(a->mem, bool, n_cells);
    a->visits = ARENA_NEW(a->mem, visit, room + 1);
    a->totals = ARENA_NEW(a->mem, day_totals, prob->n_days);
    if (!a->option_of || !a->alone || !a->is_moved || !a->marked ||
        !a->is_touched || !a->visits || !a->totals)
        return err_nomem(err);
    for (int32_t r = 0; r < prob->n_requests; r++) {
        a->option_of[r] = a->on->judge.option_of[r];
        a->alone[r] = NONE;
    }
    return sheet_create(&a->sheet, a->on->judge.prob, room, a->mem, err);
}

ctg_status attempt_create(attempt *out, const standing *on, arena *mem,
                          ctg_error *err) {
    *out = (attempt){
        .on = on, .mem = mem, .found = {.mem = mem}, .breaches = {.mem = mem}};
    TRY(fill(out, err));
    out->work = arena_create(arena_allocator(mem), 0);
    return out->work ? CTG_OK : err_nomem(err);
}

void attempt_end(attempt *a) {
    arena_destroy(a->work);
    a->work = NULL;
}
