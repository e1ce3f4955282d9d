// SPDX-License-Identifier: GPL-3.0-or-later
/* Table by table, side by side; differences are against the first side. */
#include "check/compare.h"

#include <string.h>

#include "check/duty.h"
#include "check/judge.h"

#define COLUMN(name, unit) {name, UNIT_##unit},
#define TABLE(id, name, columns)                                               \
    static const table_column columns_of_##id[] = {columns};
#include "check/compare.def"
#undef TABLE
#define TABLE(id, name, columns)                                               \
    {name, (int32_t)(sizeof columns_of_##id / sizeof columns_of_##id[0]),      \
     columns_of_##id},
const table_info compare_tables[N_COMPARE_TABLES] = {
#include "check/compare.def"
};
#undef TABLE
#undef COLUMN

typedef struct comparison {
    tables *to;
    const compare_side *base, *side; /* in work; the same for the first one */
    diff apart;                      /* of the two */
    bool failed;                     /* out of memory */
    arena *scratch;
} comparison;

static void add_row(comparison *c, compare_table table, const cell *cells,
                    size_t n) {
    if (!tables_add(c->to, table, cells, (int32_t)n))
        c->failed = true;
}
#define ADD(c, table, ...)                                                     \
    add_row((c), COMPARE_##table, (const cell[]){__VA_ARGS__},                 \
            sizeof((const cell[]){__VA_ARGS__}) / sizeof(cell))

static cell text(const char *what) { return (cell){.text = what}; }
static cell number(int64_t n) { return (cell){.number = n}; }

static cell against(const comparison *c, int64_t now, int64_t before) {
    return number(c->side == c->base ? CELL_EMPTY : now - before);
}

/* --- goals
 * --------------------------------------------------------------------------
 */

static const char *which_way(goal_sense sense, int64_t now, int64_t before) {
    if (now == before)
        return NULL;
    return (sense == SENSE_MAX) == (now > before) ? "better" : "worse";
}

static void add_goal(comparison *c, const char *name, const char *unit,
                     goal_sense sense, int64_t now, const int64_t *before) {
    const bool is_apart = c->side != c->base && before;
    ADD(c, GOALS, text(c->side->name), text(name), text(unit),
        text(sense == SENSE_MAX ? "max" : "min"), number(now),
        number(is_apart ? now - *before : CELL_EMPTY),
        text(is_apart ? which_way(sense, now, *before) : NULL));
}

static void add_goals(comparison *c) {
    const goals *const asked = &c->side->of.prob->goals;
    const problem *const base = c->base->of.prob;
    const verdict *const now = c->side->of.verdict;
    const verdict *const before = c->base->of.verdict;
    if (asked->weighted)
        add_goal(c, "weighted", "weighted", asked->sense, now->weighted,
                 base->goals.weighted ? &before->weighted : NULL);
    for (int32_t i = 0; i < asked->n; i++) {
        const goal_id g = asked->terms[i].goal;
        const goal_info *const about = goal_about(g);
        const bool has_before = g != GOAL_ENVY || judge_asks_envy(base);
        add_goal(c, about->name, about->unit, about->sense, now->value[g],
                 has_before ? &before->value[g] : NULL);
    }
}

/* --- requests
 * ------------------------------------------------------------------------
 */

static const char *change_of(const diff_move *m) {
    if (m->from == NONE)
        return "gained";
    return m->to == NONE ? "lost" : "moved";
}

static const option *option_of(const problem *prob, int32_t r, int32_t o) {
    return r == NONE || o == NONE ? NULL : &prob->requests[r].options[o];
}

static void add_request(comparison *c, const diff_move *m) {
    const problem *const x = c->base->of.prob, *const y = c->side->of.prob;
    const problem *const its = m->now == NONE ? x : y;
    const request *const r =
        &its->requests[m->now == NONE ? m->before : m->now];
    const option *const from = option_of(x, m->before, m->from);
    const option *const to = option_of(y, m->now, m->to);
    if (!from && !to)
        return; /* new or gone, and waits */
    ADD(c, REQUESTS, text(c->side->name), text(r->id),
        text(its->children[r->child].id), text(change_of(m)),
        text(from ? from->id : NULL),
        text(from ? x->structures[from->structure].id : NULL),
        text(to ? to->id : NULL),
        text(to ? y->structures[to->structure].id : NULL));
}

/* --- employees
 * -----------------------------------------------------------------------
 */

static int64_t minutes_of(const diff_side *side, int32_t e) {
    const problem *const prob = side->prob;
    int64_t minutes = 0;
    for (int32_t d = 0; e != NONE && side->plan->way_of && d < prob->n_days;
         d++) {
        const int32_t way = side->plan->way_of[e * prob->n_days + d];
        minutes += way == NONE ? 0 : duty_of(prob, way).minutes;
    }
    return minutes;
}

static void add_employee(comparison *c, int32_t before, int32_t now) {
    const int64_t was = minutes_of(&c->base->of, before);
    const int64_t is = minutes_of(&c->side->of, now);
    if (before != NONE && now != NONE && was == is)
        return;
    const char *const change = before == NONE ? "new"
                               : now == NONE  ? "gone"
                               : is > was     ? "more"
                                              : "less";
    const employee *const e = now == NONE ? &c->base->of.prob->employees[before]
                                          : &c->side->of.prob->employees[now];
    ADD(c, EMPLOYEES, text(c->side->name), text(e->id), text(change),
        number(is), number(is - was));
}

static void add_employees(comparison *c) {
    const problem *const x = c->base->of.prob, *const y = c->side->of.prob;
    int32_t i = 0, k = 0;
    while (i < x->n_employees || k < y->n_employees) {
        const char *const a = i < x->n_employees ? x->employees[i].id : NULL;
        const char *const b = k < y->n_employees ? y->employees[k].id : NULL;
        const int order = !a ? 1 : !b ? -1 : strcmp(a, b);
        add_employee(c, order <= 0 ? i : NONE, order >= 0 ? k : NONE);
        i += order <= 0;
        k += order >= 0;
    }
}

/* --- staff and what binds
 * ------------------------------------------------------------
 */

typedef struct staff_sum {
    int64_t duties, worked, counted, required;
} staff_sum;

static staff_sum sum_staff(const compare_side *side) {
    const problem *const prob = side->of.prob;
    staff_sum sum = {0};
    for (int32_t e = 0; e < prob->n_employees; e++)
        sum.worked += minutes_of(&side->of, e);
    for (int32_t k = 0; side->of.plan->way_of && k < problem_posts(prob); k++)
        sum.duties += side->of.plan->way_of[k] != NONE;
    for (int32_t i = 0; i < side->n_coverage; i++) {
        const coverage_row *const row = &side->coverage[i];
        sum.counted += (int64_t)row->counted * (row->end - row->begin);
        sum.required += (int64_t)row->required * (row->end - row->begin);
    }
    return sum;
}

static void add_staff(comparison *c) {
    const staff_sum now = sum_staff(c->side), before = sum_staff(c->base);
    ADD(c, STAFF, text(c->side->name), number(now.duties), number(now.worked),
        number(now.counted), number(now.required),
        against(c, now.counted, before.counted));
}

static void add_binds(comparison *c) {
    enum { NOTHING, SEATS, STAFF };
    const compare_side *const side = c->side;
    for (int32_t i = 0; i < side->n_coverage;) {
        const int32_t place = side->coverage[i].structure;
        int64_t minutes[3] = {0};
        for (; i < side->n_coverage && side->coverage[i].structure == place;
             i++)
            minutes[side->coverage[i].binds] +=
                side->coverage[i].end - side->coverage[i].begin;
        const char *const binds = minutes[SEATS] + minutes[STAFF] == 0 ? "none"
                                  : minutes[SEATS] >= minutes[STAFF]   ? "seats"
                                                                     : "staff";
        ADD(c, BINDS, text(side->name),
            text(side->of.prob->structures[place].id),
            number(minutes[NOTHING] + minutes[SEATS] + minutes[STAFF]),
            number(minutes[SEATS]), number(minutes[STAFF]), text(binds));
    }
}

/* --- all of it
 * ----------------------------------------------------------------------
 */

static ctg_status add_side(comparison *c, ctg_error *err) {
    add_goals(c);
    add_staff(c);
    add_binds(c);
    if (c->side == c->base)
        return CTG_OK;
    TRY(diff_plans(&c->apart, &c->base->of, &c->side->of, c->scratch, err));
    for (int32_t i = 0; i < c->apart.n_moves; i++)
        add_request(c, &c->apart.moves[i]);
    add_employees(c);
    return CTG_OK;
}

ctg_status check_compare(tables *out, const compare_side *sides, int32_t n,
                         arena *mem, ctg_error *err) {
    comparison c = {.to = out, .base = sides};
    if (!tables_create(out, compare_tables, N_COMPARE_TABLES, mem))
        return err_nomem(err);
    c.scratch = arena_create(arena_allocator(mem), 0);
    ctg_status status = c.scratch ? CTG_OK : err_nomem(err);
    for (int32_t k = 0; k < n && status == CTG_OK; k++) {
        c.side = &sides[k];
        status = add_side(&c, err);
    }
    arena_destroy(c.scratch);
    return status == CTG_OK && c.failed ? err_nomem(err) : status;
}
