// SPDX-License-Identifier: GPL-3.0-or-later
/* Rows that do not belong to one structure's day: weeks, children with several
 * requests, resources, siblings, guaranteed places, and goals that are not sums
 * over options. */
#include "solve/families.h"

#include "solve/filter.h"

static const option *option_at(const formulation *f, int32_t col) {
    const option_col oc = f->option_cols[col];
    return &f->prob->requests[oc.request].options[oc.option];
}

static bool col_holds(const formulation *f, int32_t col) {
    const option_col oc = f->option_cols[col];
    return f->prob->requests[oc.request].held == oc.option;
}

static const child *col_child(const formulation *f, int32_t col) {
    return &f->prob->children[f->prob->requests[f->option_cols[col].request]
                                  .child];
}

/* --- week: presence of an ISO week within its capacity
 * ------------------------ */

static int64_t capacity_minutes(const structure *s, int32_t day) {
    const day_profile *const d = &s->capacity.days[day];
    int64_t total = 0;
    for (int32_t k = 0; k < d->n; k++)
        total +=
            (int64_t)d->steps[k].value * (d->steps[k].end - d->steps[k].begin);
    return total;
}

/* Minutes of an option in a week, on the days that have the rule. */
static int64_t minutes_in_week(const formulation *f, const option *o,
                               int32_t structure_index, int32_t week) {
    const structure *const s = &f->prob->structures[structure_index];
    int64_t minutes = 0;
    for (int32_t k = 0; k < o->n_presences; k++) {
        const int32_t day = o->presences[k].day;
        if (o->presences[k].structure == structure_index &&
            s->law->days[day]->over_capacity &&
            civil_week_index(f->prob->days[day]) == week)
            minutes += o->presences[k].end - o->presences[k].begin;
    }
    return minutes;
}

typedef struct week_rule {
    int64_t right; /* place-minutes times each day's percentage */
    bool any;
} week_rule;

static week_rule survey_week(const formulation *f, const structure *s,
                             int32_t week) {
    week_rule w = {0};
    for (int32_t day = 0; day < f->prob->n_days; day++) {
        const rule *const r = s->law->days[day]->over_capacity;
        if (!r || civil_week_index(f->prob->days[day]) != week)
            continue;
        w.any = true;
        w.right += r->weekly_max_pct * capacity_minutes(s, day);
    }
    return w;
}

/* (week) 100 * place minutes <= pct * capacity minutes. */
static void emit_week(formulation *f, int32_t structure, int32_t week,
                      arena *scratch) {
    program *const p = &f->program;
    const struct structure *const s = &f->prob->structures[structure];
    const week_rule w = survey_week(f, s, week);
    if (!w.any)
        return;
    int32_t *const newcomers =
        ARENA_NEW(scratch, int32_t, f->n_option_cols + 1);
    if (!newcomers) {
        p->failed = true;
        return;
    }
    int64_t held = 0;
    int32_t n = 0;
    for (int32_t j = 0; j < f->n_option_cols; j++) {
        const option *const o = option_at(f, j);
        const int64_t minutes = minutes_in_week(f, o, structure, week);
        if (minutes && col_holds(f, j))
            held += 100 * minutes * col_child(f, j)->place_weight;
        else if (minutes)
            newcomers[n++] = j;
    }
    const int64_t right = 1000 * w.right;
    const int64_t most = held > right ? ceil_div(held - right, 100000) : 0;
    const int32_t block = most ? p->n_blocks++ : -1;
    const int32_t z =
        most ? shortage_col(f, block, most, f->prob->prices.week_minute) : -1;
    const int32_t row = program_add_row(p, -PROGRAM_INFINITY, right, z, block);
    program_name_row(p, row, "week_%s_%d", s->id, week);
    for (int32_t j = 0; j < f->n_option_cols; j++)
        if (option_visits(option_at(f, j), structure))
            program_put(
                p, row, j,
                100 * minutes_in_week(f, option_at(f, j), structure, week) *
                    col_child(f, j)->place_weight);
    if (z < 0)
        return;
    program_put(p, row, z, -100000);
    shortage_gate(f, block, z, most, newcomers, n);
}

static void formulate_weeks(formulation *f, arena *scratch) {
    int32_t week = INT32_MIN;
    for (int32_t day = 0; day < f->prob->n_days; day++) {
        const int32_t here = civil_week_index(f->prob->days[day]);
        if (here == week)
            continue;
        week = here;
        for (int32_t s = 0; s < f->prob->n_structures; s++) {
            const arena_mark mark = arena_here(scratch);
            if (f->prob->structures[s].over_capacity)
                emit_week(f, s, week, scratch);
            arena_rewind(scratch, mark);
        }
    }
}

/* --- child: never in two places at once
 * ---------------------------------------- */

static bool overlap_on(const option *a, const option *b) {
    for (int32_t i = 0; i < a->n_presences; i++)
        for (int32_t k = 0; k < b->n_presences; k++)
            if (a->presences[i].day == b->presences[k].day &&
                a->presences[i].begin < b->presences[k].end &&
                b->presences[k].begin < a->presences[i].end)
                return true;
    return false;
}

/* One row for each option and each other request of the child: the option
 * against all options of the other that overlap it. */
static void emit_child_pair(formulation *f, int32_t a, int32_t b) {
    program *const p = &f->program;
    for (int32_t i = f->first_col[a]; i < f->first_col[a + 1]; i++) {
        int32_t row = -1;
        for (int32_t k = f->first_col[b]; k < f->first_col[b + 1]; k++) {
            if (!overlap_on(option_at(f, i), option_at(f, k)))
                continue;
            if (row < 0) {
                row = program_add_row(p, -PROGRAM_INFINITY, 1, -1, -1);
                program_name_row(p, row, "child_%d_%d", i, b);
                program_put(p, row, i, 1);
            }
            program_put(p, row, k, 1);
        }
    }
}

static void formulate_children(formulation *f, arena *scratch) {
    const problem *const prob = f->prob;
    const arena_mark mark = arena_here(scratch);
    int32_t *const last = ARENA_NEW(scratch, int32_t, prob->n_children + 1);
    int32_t *const previous = ARENA_NEW(scratch, int32_t, prob->n_requests + 1);
    if (!last || !previous) {
        f->program.failed = true;
        return;
    }
    for (int32_t r = 0; r < prob->n_requests; r++) {
        const int32_t who = prob->requests[r].child;
        previous[r] = last[who];
        last[who] = r + 1;
        for (int32_t other = previous[r]; other; other = previous[other - 1])
            emit_child_pair(f, r, other - 1);
    }
    arena_rewind(scratch, mark);
}

/* --- resource ---------------------------------------------------------------
 */

static int64_t use_of(const option *o, int32_t resource) {
    for (int32_t k = 0; k < o->n_uses; k++)
        if (o->uses[k].resource == resource)
            return o->uses[k].amount;
    return 0;
}

static bool uses_period(const formulation *f, const option *o, resource_per per,
                        int32_t period) {
    if (per == PER_HORIZON)
        return true;
    for (int32_t k = 0; k < o->n_presences; k++) {
        const int32_t day = o->presences[k].day;
        if (period ==
            (per == PER_DATE ? day : civil_week_index(f->prob->days[day])))
            return true;
    }
    return false;
}

static void emit_resource(formulation *f, int32_t resource, int32_t period,
                          int64_t limit) {
    program *const p = &f->program;
    const struct resource *const res = &f->prob->resources[resource];
    const int32_t row = program_add_row(p, -PROGRAM_INFINITY, limit, -1, -1);
    program_name_row(p, row, "resource_%s_%d", res->id, period);
    for (int32_t j = 0; j < f->n_option_cols; j++) {
        const option *const o = option_at(f, j);
        const int64_t amount = use_of(o, resource);
        if (amount && uses_period(f, o, res->per, period))
            program_put(p, row, j, amount);
    }
}

static void formulate_resources(formulation *f) {
    const problem *const prob = f->prob;
    for (int32_t k = 0; k < prob->n_resources; k++) {
        const resource *const res = &prob->resources[k];
        if (res->per == PER_HORIZON)
            emit_resource(f, k, 0, res->limit);
        int32_t week = INT32_MIN;
        for (int32_t day = 0; res->per != PER_HORIZON && day < prob->n_days;
             day++) {
            const int32_t here = civil_week_index(prob->days[day]);
            if (res->per == PER_DATE)
                emit_resource(f, k, day,
                              res->day_limit ? res->day_limit[day]
                                             : res->limit);
            else if (here != week)
                emit_resource(f, k, here, res->limit);
            week = here;
        }
    }
}

/* --- siblings ----------------------------------------------------------------
 */

static void put_request(formulation *f, int32_t row, int32_t r, int64_t value) {
    for (int32_t j = f->first_col[r]; j < f->first_col[r + 1]; j++)
        program_put(&f->program, row, j, value);
}

/* (siblings.all) members without a place held: all served or none. */
static void emit_all_or_none(formulation *f, const siblings *g) {
    int32_t first = NONE;
    for (int32_t k = 0; k < g->n_requests; k++) {
        const int32_t r = g->requests[k];
        if (f->prob->requests[r].held != NONE)
            continue;
        if (first == NONE) {
            first = r;
            continue;
        }
        const int32_t row = program_add_row(&f->program, 0, 0, -1, -1);
        program_name_row(&f->program, row, "siblings_all_%s_%d", g->id, k);
        put_request(f, row, first, 1);
        put_request(f, row, r, -1);
    }
}

/* (siblings.together) a newcomer in s leaves no other member elsewhere. */
static void emit_together(formulation *f, int32_t a, int32_t b,
                          int32_t structure) {
    program *const p = &f->program;
    int32_t row = -1;
    for (int32_t i = f->first_col[a]; i < f->first_col[a + 1]; i++) {
        if (option_at(f, i)->structure != structure || col_holds(f, i))
            continue;
        if (row < 0) {
            row = program_add_row(p, -PROGRAM_INFINITY, 1, -1, -1);
            program_name_row(p, row, "siblings_together_%d_%d_%d", a, b,
                             structure);
            for (int32_t k = f->first_col[b]; k < f->first_col[b + 1]; k++)
                if (option_at(f, k)->structure != structure)
                    program_put(p, row, k, 1);
        }
        program_put(p, row, i, 1);
    }
}

/* (goal siblings) one column per structure where all members can be. */
static void reward_group(formulation *f, const siblings *g, int32_t structure) {
    program *const p = &f->program;
    for (int32_t k = 0; k < g->n_requests; k++) {
        bool possible = false;
        for (int32_t j = f->first_col[g->requests[k]];
             j < f->first_col[g->requests[k] + 1]; j++)
            possible |= option_at(f, j)->structure == structure;
        if (!possible)
            return;
    }
    const int32_t all = program_add_col(p, -1, 0, 1, -1);
    program_name_col(p, all, "siblings_in_%s_%d", g->id, structure);
    goal_cost(f, GOAL_SIBLINGS, all, 1);
    for (int32_t k = 0; k < g->n_requests; k++) {
        const int32_t row = program_add_row(p, -PROGRAM_INFINITY, 0, -1, -1);
        program_name_row(p, row, "siblings_in_%s_%d_%d", g->id, structure, k);
        program_put(p, row, all, 1);
        for (int32_t j = f->first_col[g->requests[k]];
             j < f->first_col[g->requests[k] + 1]; j++)
            if (option_at(f, j)->structure == structure)
                program_put(p, row, j, -1);
    }
}

static void formulate_siblings(formulation *f) {
    const problem *const prob = f->prob;
    int64_t weight;
    const bool wanted = objective_of(prob, GOAL_SIBLINGS, &weight) >= 0;
    for (int32_t k = 0; k < prob->n_siblings; k++) {
        const siblings *const g = &prob->siblings[k];
        if (g->rule != SIBLINGS_REWARD)
            emit_all_or_none(f, g);
        for (int32_t s = 0; s < prob->n_structures; s++) {
            if (wanted)
                reward_group(f, g, s);
            if (g->rule != SIBLINGS_TOGETHER)
                continue;
            for (int32_t a = 0; a < g->n_requests; a++)
                for (int32_t b = 0; b < g->n_requests; b++)
                    if (a != b)
                        emit_together(f, g->requests[a], g->requests[b], s);
        }
    }
}

/* --- guaranteed places
 * --------------------------------------------------------- */

static const rule *guarantee(const structure *s) {
    return s->law->days[0]->guaranteed;
}

static bool same_text(const char *a, const char *b) {
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

static bool counts_for(const formulation *f, int32_t col, const char *manager) {
    const request *const r = &f->prob->requests[f->option_cols[col].request];
    const structure *const s =
        &f->prob->structures[option_at(f, col)->structure];
    return r->insertion && guarantee(s) && same_text(s->manager, manager);
}

/* Requests that could be served there by the rules: a pin that keeps one away
 * does not make fewer (format.md 5.2). */
static int64_t insertion_requests(const formulation *f, const char *manager) {
    int64_t n = 0;
    for (int32_t r = 0; r < f->prob->n_requests; r++) {
        const request *const q = &f->prob->requests[r];
        bool any = false;
        for (int32_t o = 0; q->insertion && o < q->n_options && !any; o++) {
            const structure *const s =
                &f->prob->structures[q->options[o].structure];
            any = guarantee(s) && same_text(s->manager, manager) &&
                  filter_option(f->prob, q, o);
        }
        n += any;
    }
    return n;
}

/* (guaranteed) served insertion requests + missing >= min(K, requests). */
static void emit_guarantee(formulation *f, const rule *law_rule, int64_t places,
                           const char *manager) {
    program *const p = &f->program;
    const int64_t asked = law_rule->min * (places / law_rule->places_per);
    const int64_t there = insertion_requests(f, manager);
    const int64_t least = asked < there ? asked : there;
    if (least <= 0)
        return;
    const int32_t block = p->n_blocks++;
    const int32_t z = shortage_col(f, block, least, f->prob->prices.guaranteed);
    const int32_t row = program_add_row(p, -PROGRAM_INFINITY, -least, z, block);
    program_name_row(p, row, "guaranteed_%s", manager);
    program_put(p, row, z, -1);
    for (int32_t j = 0; j < f->n_option_cols; j++)
        if (counts_for(f, j, manager))
            program_put(p, row, j, -1);
}

static void formulate_guarantees(formulation *f) {
    const problem *const prob = f->prob;
    for (int32_t s = 0; s < prob->n_structures; s++) {
        const char *const manager = prob->structures[s].manager;
        bool first = true;
        int64_t places = 0;
        const rule *law_rule = NULL;
        for (int32_t k = 0; k < prob->n_structures; k++) {
            const structure *const other = &prob->structures[k];
            if (!same_text(other->manager, manager) || !guarantee(other))
                continue;
            first &= k >= s || !guarantee(&prob->structures[s]);
            law_rule = law_rule ? law_rule : guarantee(other);
            places += other->places;
        }
        if (law_rule && first && guarantee(&prob->structures[s]))
            emit_guarantee(f, law_rule, places, manager);
    }
}

/* --- concentration
 * ---------------------------------------------------------------- */

/* (goal concentration) a column per need and structure, 1 once it is used. */
static void formulate_concentration(formulation *f) {
    const problem *const prob = f->prob;
    program *const p = &f->program;
    int64_t weight;
    if (objective_of(prob, GOAL_CONCENTRATION, &weight) < 0)
        return;
    for (int32_t n = 0; n < prob->n_needs; n++)
        for (int32_t s = 0; s < prob->n_structures; s++) {
            const int32_t used = program_add_col(p, -1, 0, 1, -1);
            program_name_col(p, used, "used_%s_%d", prob->needs[n].id, s);
            goal_cost(f, GOAL_CONCENTRATION, used, 1);
            const int32_t block = p->n_blocks++;
            for (int32_t r = 0; r < prob->n_requests; r++) {
                int32_t row = -1;
                for (int32_t j = f->first_col[r]; j < f->first_col[r + 1];
                     j++) {
                    if (!(col_child(f, j)->needs >> n & 1) ||
                        option_at(f, j)->structure != s)
                        continue;
                    if (row < 0)
                        row = program_add_row(p, -PROGRAM_INFINITY, 0, used,
                                              block);
                    program_name_row(p, row, "used_%d_%d_%d", n, s, r);
                    program_put(p, row, j, 1);
                }
                if (row >= 0)
                    program_put(p, row, used, -1);
            }
        }
}

bool formulate_groups(formulation *f, arena *scratch) {
    formulate_weeks(f, scratch);
    formulate_children(f, scratch);
    formulate_resources(f);
    formulate_siblings(f);
    formulate_guarantees(f);
    formulate_concentration(f);
    return !f->program.failed;
}

/* (floor.arrivals) presences that begin in a quarter hour, beyond the floor. */
bool formulate_quality(formulation *f, const day_cells *d, arena *scratch) {
    program *const p = &f->program;
    int64_t weight;
    const int32_t floor = d->s->floor_arrivals;
    if (floor < 0 || objective_of(f->prob, GOAL_FLOORS, &weight) < 0)
        return true;
    const arena_mark mark = arena_here(scratch);
    for (int32_t quarter = 0; quarter < 96; quarter++) {
        int32_t n = 0;
        for (int32_t k = 0; k < d->n_visits; k++)
            n += d->visits[k].begin / 15 == quarter;
        if (n <= floor)
            continue;
        const int32_t block = p->n_blocks++;
        const int32_t units = program_add_col(p, -1, 0, n - floor, -1);
        program_name_col(p, units, "arrivals_%s_%d_%d", d->s->id, d->day,
                         quarter);
        goal_cost(f, GOAL_FLOORS, units, 1);
        const int32_t row =
            program_add_row(p, -PROGRAM_INFINITY, floor, units, block);
        program_name_row(p, row, "arrivals_%s_%d_%d", d->s->id, d->day,
                         quarter);
        for (int32_t k = 0; k < d->n_visits; k++)
            if (d->visits[k].begin / 15 == quarter)
                program_put(p, row, d->visits[k].col, 1);
        program_put(p, row, units, -1);
    }
    arena_rewind(scratch, mark);
    return !p->failed;
}
