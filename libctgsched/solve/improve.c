// SPDX-License-Identifier: GPL-3.0-or-later
/* Solving a small program with the engine's branch and cut. Its rows are
 * written by what changes from one to the next (lp/difference.h). */
#include <math.h>
#include <string.h>

#include "lp/difference.h"
#include "solve/subprogram.h"

static double side_of(int64_t side) {
    return side == PROGRAM_INFINITY    ? INFINITY
           : side == -PROGRAM_INFINITY ? -INFINITY
                                       : (double)side;
}

static double scale_of(const subprogram *sub, const int64_t *cost) {
    int64_t most = 1;
    for (int32_t k = 0; k < sub->n_cols; k++) {
        const int64_t c = cost[sub->col_of[k]];
        most = c > most ? c : -c > most ? -c : most;
    }
    return most > 1000 ? 1000.0 / (double)most : 1.0;
}

typedef struct writing {
    const subprogram *sub;
    sparse rows;
    lp *small;
    int32_t *refers; /* [n_rows]: row that row i is written by, or -1 */
    int32_t *count;  /* [n_rows]: LP column n_i, or -1 */
    int32_t *index;  /* [2 x n_cols + 2] */
    int64_t *whole;
    double *value;
} writing;

static bool write_counts(writing *w) {
    const subprogram *const sub = w->sub;
    for (int32_t i = 0; i < sub->n_rows; i++)
        w->count[i] = -1;
    difference_choose(&w->rows, sub->n_rows, w->refers, w->index, w->whole);
    for (int32_t i = 0; i < sub->n_rows; i++)
        if (w->refers[i] >= 0)
            w->count[i] = w->count[w->refers[i]] = 0;
    int32_t next = sub->n_cols;
    for (int32_t i = 0; i < sub->n_rows; i++) {
        if (w->count[i] < 0)
            continue;
        if (!lp_add_col(w->small, side_of(sub->lower[i]),
                        side_of(sub->upper[i]), 0, 0, NULL, NULL))
            return false;
        w->count[i] = next++;
    }
    return true;
}

static bool write_row(const writing *w, int32_t i) {
    const subprogram *const sub = w->sub;
    const int32_t k = w->refers[i];
    int32_t n = difference_of(&w->rows, i, k, w->index, w->whole);
    for (int32_t e = 0; e < n; e++)
        w->value[e] = (double)w->whole[e];
    if (w->count[i] < 0)
        return lp_add_row(w->small, side_of(sub->lower[i]),
                          side_of(sub->upper[i]), n, w->index, w->value);
    w->index[n] = w->count[i];
    w->value[n++] = -1;
    if (k >= 0) {
        w->index[n] = w->count[k];
        w->value[n++] = 1;
    }
    return lp_add_row(w->small, 0, 0, n, w->index, w->value);
}

static bool write_groups(const writing *w) {
    const subprogram *const sub = w->sub;
    for (int32_t k = 0; k < sub->n_cols;) {
        const int32_t g = sub->group_of[k];
        int32_t n = 0;
        for (; k < sub->n_cols && sub->group_of[k] == g; k++)
            if (g >= 0) {
                w->index[n] = k;
                w->value[n++] = 1;
            }
        if (g >= 0 && !lp_add_row(w->small, sub->exactly[g] ? 1 : -INFINITY, 1,
                                  n, w->index, w->value))
            return false;
    }
    return true;
}

static bool load(const subprogram *sub, lp *small, const int64_t *cost,
                 double scale) {
    for (int32_t k = 0; k < sub->n_cols; k++) {
        const program_col *const col = &sub->p->cols.at[sub->col_of[k]];
        if (!lp_add_col(small, (double)col->lower, (double)col->upper,
                        (double)cost[sub->col_of[k]] * scale, 0, NULL, NULL))
            return false;
    }
    const int32_t room = 2 * sub->n_cols + 2;
    writing w = {.sub = sub, .small = small};
    w.rows = (sparse){sub->start, sub->index, sub->value};
    w.refers = ARENA_NEW(sub->mem, int32_t, sub->n_rows + 1);
    w.count = ARENA_NEW(sub->mem, int32_t, sub->n_rows + 1);
    w.whole = ARENA_NEW(sub->mem, int64_t, room);
    w.index = ARENA_NEW(sub->mem, int32_t, room);
    w.value = ARENA_NEW(sub->mem, double, room);
    if (!w.refers || !w.count || !w.index || !w.whole || !w.value ||
        !write_counts(&w))
        return false;
    for (int32_t i = 0; i < sub->n_rows; i++)
        if (!write_row(&w, i))
            return false;
    return write_groups(&w);
}

bool subprogram_improve(const subprogram *sub, lp_engine *engine,
                        const int64_t *cost, const lp_limits *limits,
                        int32_t *chosen, int64_t *used, bool *proven) {
    *used = 0;
    *proven = false;
    lp *const small = lp_create(engine);
    const int32_t room = sub->n_cols + sub->n_rows + 1;
    uint8_t *const integer = ARENA_NEW(sub->mem, uint8_t, room);
    double *const x = ARENA_NEW(sub->mem, double, room);
    const double scale = scale_of(sub, cost);
    bool found = false;
    if (small && integer && x && load(sub, small, cost, scale)) {
        int64_t now = 0;
        memset(integer, 1, (size_t)sub->n_cols);
        for (int32_t k = 0; k < sub->n_cols; k++)
            now += cost[sub->col_of[k]] * sub->at->x[sub->col_of[k]];
        const lp_outcome end =
            lp_mip(small, integer, limits, NULL, ((double)now - 0.9) * scale, x,
                   &found, used);
        *proven = end == LP_OPTIMAL || end == LP_INFEASIBLE;
    }
    for (int32_t g = 0; found && g < sub->n_groups; g++)
        chosen[g] = -1;
    for (int32_t k = 0; found && k < sub->n_cols; k++)
        if (sub->group_of[k] >= 0 && x[k] > 0.5)
            chosen[sub->group_of[k]] = sub->col_of[k];
    if (small)
        lp_destroy(small);
    return found;
}
