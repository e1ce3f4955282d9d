// SPDX-License-Identifier: GPL-3.0-or-later
/* The weight of a difference: of an option when its columns are made, of an
 * employee by a column that each published day raises. */
#include "solve/publish.h"

#include "solve/families.h"

/* Presences of a list that lie in [first, end), as a span. */
typedef struct presence_span {
    const presence *at;
    int32_t n;
} presence_span;

static presence_span span_of(const option *o, int32_t first, int32_t end) {
    int32_t from = 0, to;
    while (from < o->n_presences && o->presences[from].day < first)
        from++;
    for (to = from; to < o->n_presences && o->presences[to].day < end;)
        to++;
    return (presence_span){o->presences + from, to - from};
}

static bool are_equal(const presence *a, const presence *b) {
    return a->day == b->day && a->begin == b->begin && a->end == b->end &&
           a->structure == b->structure && a->section == b->section;
}

static bool spans_equal(presence_span a, presence_span b) {
    bool equal = a.n == b.n;
    for (int32_t k = 0; equal && k < a.n; k++)
        equal = are_equal(&a.at[k], &b.at[k]);
    return equal;
}

static const option *told_option(const problem *prob, int32_t r) {
    const int32_t o = prob->baseline->option_of[r];
    return o == NONE ? NULL : &prob->requests[r].options[o];
}

/* Before the published days the child was where it was told to be. */
static bool keeps_history(const problem *prob, int32_t r, int32_t o) {
    static const presence_span nowhere = {0};
    const int32_t first = prob->baseline->first;
    const option *const before = told_option(prob, r);
    return spans_equal(before ? span_of(before, 0, first) : nowhere,
                       span_of(&prob->requests[r].options[o], 0, first));
}

bool publish_lets_option(const problem *prob, int32_t r, int32_t o,
                         bool is_pinned) {
    const baseline *const told = prob->baseline;
    if (!told)
        return true;
    const bool is_new = told->option_of[r] != o;
    const bool is_owed = told->option_of[r] == NONE &&
                         request_must_be_served(&prob->requests[r]);
    const bool may_be_new = !told->is_ceiling || is_pinned || is_owed;
    return (!is_new || may_be_new) && keeps_history(prob, r, o);
}

static int32_t told_way(const problem *prob, int32_t e, int32_t day) {
    const int32_t *const way_of = prob->baseline->way_of;
    return way_of ? way_of[e * prob->n_days + day] : NONE;
}

bool publish_lets_way(const problem *prob, int32_t e, int32_t day, int32_t way,
                      bool is_pinned) {
    const baseline *const told = prob->baseline;
    const bool is_fixed =
        told && (day < told->first || (told->is_ceiling && !is_pinned));
    return !is_fixed || told_way(prob, e, day) == way;
}

/* --- the goal and its bound
 * ---------------------------------------------------------------
 */

/* The row, and what a plan weighs that gives nobody an option. */
typedef struct changing {
    formulation *f;
    int32_t row; /* NONE: any number may change */
    int64_t constant;
} changing;

static void weigh(changing *c, int32_t col, int64_t value) {
    if (value == 0)
        return;
    goal_cost(c->f, GOAL_CHANGES, col, value);
    if (c->row != NONE)
        program_put(&c->f->program, c->row, col, value);
}

/* The presences of the next day that one of them has, from `*a` and `*b` on:
 * both move past it. */
typedef struct day_pair {
    int32_t day;
    presence_span a, b;
} day_pair;

static presence_span take_day(const option *o, int32_t *at, int32_t day) {
    const int32_t from = *at;
    while (o && *at < o->n_presences && o->presences[*at].day == day)
        ++*at;
    return (presence_span){o ? o->presences + from : NULL, *at - from};
}

static int32_t day_at(const option *o, int32_t at) {
    return o && at < o->n_presences ? o->presences[at].day : INT32_MAX;
}

static bool next_day(day_pair *out, const option *a, int32_t *at_a,
                     const option *b, int32_t *at_b) {
    const int32_t one = day_at(a, *at_a), other = day_at(b, *at_b);
    out->day = one < other ? one : other;
    out->a = take_day(a, at_a, out->day);
    out->b = take_day(b, at_b, out->day);
    return out->day != INT32_MAX;
}

/* The heaviest published day on which the two differ; `now` NULL: waiting. */
static int64_t weight_of(const problem *prob, const option *before,
                         const option *now) {
    const baseline *const told = prob->baseline;
    int64_t weight = 0;
    int32_t a = 0, b = 0;
    day_pair pair;
    if (now && now->presences == before->presences &&
        now->n_presences == before->n_presences)
        return 0; // equal lists are kept once (presences.c)
    while (next_day(&pair, before, &a, now, &b))
        if (pair.day >= told->first && pair.day < told->end &&
            told->weight[pair.day] > weight && !spans_equal(pair.a, pair.b))
            weight = told->weight[pair.day];
    return weight;
}

/* weight(waiting) + sum over options of (weight(o) - weight(waiting)) x[o]. */
static void add_request(changing *c, int32_t r) {
    const problem *const prob = c->f->prob;
    const option *const before = told_option(prob, r);
    if (!before)
        return;
    const int64_t waiting = weight_of(prob, before, NULL);
    c->constant += waiting;
    for (int32_t j = c->f->first_col[r]; j < c->f->first_col[r + 1]; j++) {
        const option *const now =
            &prob->requests[r].options[c->f->option_cols[j].option];
        weigh(c, j, weight_of(prob, before, now) - waiting);
    }
}

/* z >= weight of the day when the duty is another one than was told. */
static void add_day(changing *c, int32_t z, int32_t block, int32_t e,
                    int32_t day) {
    formulation *const f = c->f;
    const int64_t weight = f->prob->baseline->weight[day];
    const int32_t before = told_way(f->prob, e, day);
    const int32_t post = e * f->prob->n_days + day;
    const int32_t first = f->first_duty[post], end = f->first_duty[post + 1];
    if (weight == 0 || (before == NONE && first == end))
        return;
    const int32_t row = program_add_row(&f->program, -PROGRAM_INFINITY,
                                        before == NONE ? 0 : -weight, z, block);
    program_name_row(&f->program, row, "changes_%s_%d",
                     f->prob->employees[e].id, day);
    program_put(&f->program, row, z, -1);
    for (int32_t j = first; j < end; j++) {
        const bool is_told = f->duty_cols[j - f->n_option_cols].way == before;
        if (before == NONE || is_told)
            program_put(&f->program, row, j, is_told ? -weight : weight);
    }
}

static int64_t most_weight(const baseline *told) {
    int64_t most = 0;
    for (int32_t day = told->first; day < told->end; day++)
        most = told->weight[day] > most ? told->weight[day] : most;
    return most;
}

static void add_employee(changing *c, int32_t e) {
    const baseline *const told = c->f->prob->baseline;
    program *const p = &c->f->program;
    const int32_t z = program_add_col(p, -1, 0, most_weight(told), -1);
    const int32_t block = p->n_blocks++;
    program_name_col(p, z, "changed_%s", c->f->prob->employees[e].id);
    for (int32_t day = told->first; day < told->end; day++)
        add_day(c, z, block, e, day);
    weigh(c, z, 1);
}

/* A column that is always 1 carries the constant of the goal. */
static void add_constant(changing *c) {
    int64_t weight;
    if (c->constant == 0 || objective_of(c->f->prob, GOAL_CHANGES, &weight) < 0)
        return;
    const int32_t col = program_add_col(&c->f->program, -1, 1, 1, -1);
    program_name_col(&c->f->program, col, "changes_constant");
    goal_cost(c->f, GOAL_CHANGES, col, c->constant);
}

/* --- what is over
 * ------------------------------------------------------------------------
 */

/* One of the columns is taken: those that are not as it was are not there. */
static void keep_one(formulation *f, int32_t first, int32_t end) {
    const int32_t row =
        program_add_row(&f->program, 1, PROGRAM_INFINITY, -1, -1);
    program_name_row(&f->program, row, "history_%d", first);
    for (int32_t j = first; j < end; j++)
        program_put(&f->program, row, j, 1);
}

static void keep_history(formulation *f) {
    const problem *const prob = f->prob;
    const int32_t over = prob->baseline->first;
    for (int32_t r = 0; over > 0 && r < prob->n_requests; r++) {
        const option *const before = told_option(prob, r);
        if (before && span_of(before, 0, over).n > 0)
            keep_one(f, f->first_col[r], f->first_col[r + 1]);
    }
    for (int32_t e = 0; e < prob->n_employees; e++)
        for (int32_t day = 0; day < over; day++) {
            const int32_t post = e * prob->n_days + day;
            if (told_way(prob, e, day) != NONE)
                keep_one(f, f->first_duty[post], f->first_duty[post + 1]);
        }
}

bool publish_add(formulation *f) {
    const baseline *const told = f->prob->baseline;
    int64_t weight;
    if (told)
        keep_history(f);
    const bool is_bound = told && told->most != INT64_MAX;
    if (!told ||
        (!is_bound && objective_of(f->prob, GOAL_CHANGES, &weight) < 0))
        return true;
    changing c = {.f = f, .row = NONE};
    if (is_bound) {
        c.row =
            program_add_row(&f->program, -PROGRAM_INFINITY, told->most, -1, -1);
        program_name_row(&f->program, c.row, "most_%d", c.row);
    }
    for (int32_t r = 0; r < f->prob->n_requests; r++)
        add_request(&c, r);
    for (int32_t e = 0; e < f->prob->n_employees; e++)
        add_employee(&c, e);
    if (is_bound)
        f->program.rows.at[c.row].upper -= c.constant;
    add_constant(&c);
    return !f->program.failed;
}
