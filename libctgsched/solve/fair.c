// SPDX-License-Identifier: GPL-3.0-or-later
/* With 3 1/3 openings each nobody is unfair, says the relaxation, and nobody
 * can have them. Where all carry v, let t = w v be what is due to one, k =
 * floor(t / 1000) and f = t - 1000 k. For every integer n
 *
 *     |1000 n - t| >= f + (1000 - 2 f) (n - k)
 *
 * (both sides are equal at k and k + 1, the left one is convex), and where all
 * carry other than v it is less by w for each at most. So if they carry least
 * to most burdens, a row for v = least and one for v = most hold for every
 * plan; where the two are one, as when an earlier goal has settled who is
 * wanted when, nothing better can be said employee by employee. */
#include "solve/fair.h"

#include <string.h>

enum { MANY_COLUMNS = 4000 }; /* the ranges cost two relaxations each */

/* What proven bounds let the column be. */
static int64_t bound_of(search *s, int32_t col, int sign) {
    const program *const p = &s->f.program;
    int64_t *const cost = ARENA_NEW(s->scratch, int64_t, p->cols.n);
    const lp_limits limits = search_limits(s);
    int64_t bound = INT64_MAX;
    relax r;
    if (!cost)
        return bound;
    cost[col] = sign;
    if (!relax_init(&r, p, cost, s->engine, s->mem))
        return bound;
    if (relax_solve(&r, &limits) == LP_OPTIMAL) {
        wide exact;
        bound = relax_bound(&r, &exact);
    }
    s->work += r.work;
    relax_end(&r);
    return bound;
}

typedef struct range {
    int64_t least, most;
} range;

static range range_of(search *s, int32_t col) {
    const program_col *const box = &s->f.program.cols.at[col];
    range its = {box->lower, box->upper};
    const int64_t least = bound_of(s, col, 1), below = bound_of(s, col, -1);
    if (least != INT64_MAX && least > its.least)
        its.least = least;
    if (below != INT64_MAX && -below < its.most)
        its.most = -below;
    return its;
}

/* unfair >= f + (1000 - 2 f) (n - k) - w |burdens - v|, v an end of the range
 * and `sign` where the others are. False when that says nothing. */
static bool steepen(program_new_row *out, const fair_col *at, int64_t v,
                    int sign) {
    const int64_t due = at->share * (v + at->all_before);
    const int64_t k = due / 1000, f = due % 1000, slope = 1000 - 2 * f;
    const int64_t drift = sign * at->share;
    const int32_t cols[] = {at->burden, at->unfair, at->all};
    const int64_t values[] = {slope, -1, -drift};
    memcpy((int32_t *)out->cols, cols, sizeof cols);
    memcpy((int64_t *)out->values, values, sizeof values);
    out->n = 3;
    out->lower = -PROGRAM_INFINITY;
    out->upper = slope * (k - at->before) - f - drift * v;
    return f > 0;
}

static bool take_row(program_new_row *row, arena *mem) {
    *row = (program_new_row){.cols = ARENA_NEW(mem, int32_t, 3),
                             .values = ARENA_NEW(mem, int64_t, 3)};
    return row->cols && row->values;
}

/* Both rows of each employee. */
static bool add_rows(search *s, const range *ranges) {
    const formulation *const f = &s->f;
    const int32_t per = f->n_fair_cols / N_BURDENS;
    program_new_row *const rows =
        ARENA_NEW(s->scratch, program_new_row, 2 * f->n_fair_cols);
    int32_t n = 0;
    bool good = rows;
    for (int32_t i = 0; good && i < f->n_fair_cols; i++) {
        const fair_col *const at = &f->fair_cols[i];
        const range *const all = &ranges[i / per];
        good = take_row(&rows[n], s->scratch);
        n += good && steepen(&rows[n], at, all->least, 1);
        good = good && take_row(&rows[n], s->scratch);
        n += good && steepen(&rows[n], at, all->most, -1);
    }
    return good && program_append_rows(&s->f.program, rows, n);
}

bool fair_is_counted(const search *s) {
    int64_t weight;
    return s->f.n_fair_cols > 0 &&
           objective_of(s->prob, GOAL_FAIRNESS, &weight) <= s->stage;
}

bool fair_tighten(search *s) {
    const formulation *const f = &s->f;
    range ranges[N_BURDENS];
    if (!fair_is_counted(s) || f->n_choice_cols >= MANY_COLUMNS)
        return true;
    const arena_mark mark = arena_here(s->scratch);
    for (int32_t b = 0; b < N_BURDENS; b++)
        ranges[b] =
            range_of(s, f->fair_cols[b * (f->n_fair_cols / N_BURDENS)].all);
    const bool good = add_rows(s, ranges);
    arena_rewind(s->scratch, mark);
    return good;
}
