// SPDX-License-Identifier: GPL-3.0-or-later
/* The linear relaxation of one objective, and bounds that are proven.
 *
 * Columns enter the LP when their price asks for it and rows when they are
 * broken (sifting): the engine never sees the whole program. The engine's
 * numbers are never believed: a bound is computed from its duals, rounded to
 * 2^-20, in exact integers over all columns:
 *
 *   L(y) = sum_i y_i b_i + sum_groups min(0, min_j d_j) + sum_aux min over box,
 *   d = c - yA,
 *
 * which holds for any y of the right sign. Objectives are minimised here. */
#ifndef CTGSCHED_SOLVE_RELAX_H
#define CTGSCHED_SOLVE_RELAX_H

#include "lp/lp.h"
#include "lp/program.h"

__extension__ typedef __int128 wide;

/* A relaxation works on one objective of a program. `lower`, `upper` [n_cols]
 * are the boxes of the current node; a group with `must[g]` is served. */
typedef struct relax {
    const program *p;
    arena *mem;
    lp_engine *engine;
    lp *lp;
    const int64_t *cost; /* [n_cols], to minimise */
    int64_t step;        /* gcd of the costs: values are its multiples */
    double scale;        /* LP costs are cost * scale */
    int64_t *lower, *upper;
    uint8_t *must;     /* [n_groups] */
    int32_t *lp_col;   /* [n_cols]: index in the LP or -1 */
    int32_t *col_of;   /* [lp cols] */
    int32_t *lp_row;   /* [n_rows] or -1 */
    int32_t *row_of;   /* [lp rows]: program row, or -1 - group */
    int32_t *lp_group; /* [n_groups]: LP row or -1 */
    int32_t *lp_only;  /* [n_groups]: first column in the LP or -1; alone it
                          needs no row, its box says the same */
    int32_t n_lp_rows, n_lp_cols;
    int32_t room_rows, room_cols;
    double *x;          /* [n_cols] of the last LP */
    double *dual;       /* [n_rows] */
    double *group_dual; /* [n_groups] */
    int64_t *y;         /* [n_rows] rounded duals, times 2^20 */
    wide *d;            /* [n_cols] exact reduced costs, times 2^20 */
    double *activity;   /* [n_rows] scratch */
    int32_t *scratch_index;
    double *scratch_value;
    uint64_t work;
    int64_t last_iterations;
} relax;

enum { RELAX_SHIFT = 20 };

bool relax_init(relax *r, const program *p, const int64_t *cost,
                lp_engine *engine, arena *mem);
void relax_end(relax *r);

/* Puts a column, or a row, into the LP. */
bool relax_enter(relax *r, int32_t col);
bool relax_enter_row(relax *r, int32_t row);
/* Rows appended to the program since relax_init (cuts): makes room for them. */
bool relax_grow(relax *r);

/* Prices on rows by a deflected subgradient with Polyak steps towards `target`
 * (a known value, minimised), at most `rounds` and within the limits; the
 * prices are the duals of relax_bound; then the columns that are
 * nearly best in their group and the rows with a price enter the LP. A good
 * start for large programs; the LP is exact from any start. False: out of
 * memory. */
bool relax_warm_up(relax *r, int64_t target, int32_t rounds,
                   const lp_limits *limits);

/* Moves boxes of columns and `must` into the LP. */
void relax_apply_col(relax *r, int32_t col);
void relax_apply_group(relax *r, int32_t group);

/* Solves to optimality over all columns and rows. LP_INFEASIBLE is the engine's
 * word: see relax_bound for what is proven. */
lp_outcome relax_solve(relax *r, const lp_limits *limits);

/* The proven bound of the last duals: every solution inside the boxes costs at
 * least this. INT64_MAX when a group that must be served has no column. Fills
 * `d` and returns the total of the certificate in `*exact`. */
int64_t relax_bound(relax *r, wide *exact);

int64_t relax_round_up(const relax *r, wide scaled);

#endif
