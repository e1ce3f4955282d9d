// SPDX-License-Identifier: GPL-3.0-or-later
/* A part of the program set free, everything else as a selection has it.
 *
 * The small program is exact: every choice it allows, put into the selection,
 * breaks no row of the whole. Rows that the free columns cannot break are left
 * out, rows that read the same are one. */
#ifndef CTGSCHED_SOLVE_SUBPROGRAM_H
#define CTGSCHED_SOLVE_SUBPROGRAM_H

#include "lp/lp.h"
#include "solve/selection.h"

typedef struct subprogram {
    const program *p;
    const selection *at;
    arena *mem;
    int32_t n_cols, n_rows, n_groups;
    int32_t *col_of;        /* [n_cols]: column of the program, options first */
    int32_t *group_of;      /* [n_cols]: group here, or -1 */
    bool *exactly;          /* [n_groups]: exactly one column is taken */
    int64_t *lower, *upper; /* [n_rows]: sides less what stays */
    int64_t *start;         /* [n_rows + 1] */
    int32_t *index;         /* [start[n_rows]]: column here */
    int64_t *value;         /* [start[n_rows]] */
} subprogram;

/* Frees the option columns `cols` [n], of which each group's chosen column, if
 * any, must be one. Rows from `n_rows` on, cuts that the others imply, are left
 * out: they are dense, and weigh on a small program more than they tell.
 * Auxiliary columns that follow them are free in a window of neighbouring
 * blocks drawn by `seed`; elsewhere they stay, raised as far as they may be
 * without `cost` [columns of the program], so that what they allow is not
 * wasted. False without memory. */
bool subprogram_take(subprogram *out, const program *p, int32_t n_rows,
                     const selection *at, const int64_t *cost,
                     const int32_t *cols, int32_t n, uint64_t seed, arena *mem);

/* A choice cheaper than the present one under `cost` [columns of the program],
 * found by the engine's branch and cut. `chosen` [n_groups]: the column of the
 * program, or -1. `*used` counts pivots. False when none was found. */
bool subprogram_improve(const subprogram *sub, lp_engine *engine,
                        const int64_t *cost, const lp_limits *limits,
                        int32_t *chosen, int64_t *used, bool *proven);

#endif
