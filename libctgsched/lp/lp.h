// SPDX-License-Identifier: GPL-3.0-or-later
/* The door to the LP engine.
 *
 * The mathematics, fixed here: minimise c'x with row_lower <= Ax <= row_upper
 * and col_lower <= x <= col_upper; +-INFINITY is no bound. The dual of a row is
 * d(optimum)/d(right side): <= 0 on a binding upper side, >= 0 on a lower one.
 *
 * An lp_engine belongs to the thread that started it and dies there, with all
 * its problems: GLPK's state is per thread and it aborts otherwise. An error
 * inside the engine ends the engine: every later call answers LP_FAILED. */
#ifndef CTGSCHED_LP_LP_H
#define CTGSCHED_LP_LP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct lp_engine lp_engine;
typedef struct lp lp;

typedef enum lp_outcome {
    LP_OPTIMAL,
    LP_INFEASIBLE,
    LP_STOPPED, /* a limit or an interrupt came first */
    LP_FAILED   /* the engine gave up */
} lp_outcome;

typedef struct lp_limits {
    int64_t deadline_us; /* on clock_now_us's scale, 0: none */
    int64_t iterations;  /* 0: none */
    atomic_int *stop;    /* not 0: stop soon; may be NULL */
    int64_t nodes;       /* of lp_mip, 0: none */
    bool most_fraction;  /* lp_mip branches on the column farthest from whole:
                            many quick nodes; else on the one that costs most */
    double gap;          /* relative, of lp_mip: stop within it */
} lp_limits;

lp_engine *lp_engine_start(arena *mem);
void lp_engine_end(lp_engine *engine); /* frees its problems too */
bool lp_engine_failed(const lp_engine *engine);
const char *lp_engine_name(void); /* "GLPK 5.0" */

/* Every function below answers false when the engine has failed. Indices are
 * 0-based. A problem keeps its last basis; new rows enter it basic. */
lp *lp_create(lp_engine *engine);
void lp_destroy(lp *problem);
int32_t lp_n_rows(const lp *problem);
int32_t lp_n_cols(const lp *problem);

/* One row or column; entries [n] of (index, value). */
bool lp_add_row(lp *problem, double lower, double upper, int32_t n,
                const int32_t *cols, const double *values);
bool lp_add_col(lp *problem, double lower, double upper, double cost, int32_t n,
                const int32_t *rows, const double *values);
bool lp_set_col_bounds(lp *problem, int32_t col, double lower, double upper);
bool lp_set_row_bounds(lp *problem, int32_t row, double lower, double upper);
bool lp_set_cost(lp *problem, int32_t col, double cost);
/* Marks rows, by index, as gone. Indices above move down. */
bool lp_delete_rows(lp *problem, int32_t n, const int32_t *rows);

/* Dual simplex with bound flips, then primal, then from a fresh basis. */
lp_outcome lp_solve(lp *problem, const lp_limits *limits);
double lp_objective(const lp *problem);
double lp_value(const lp *problem, int32_t col);
double lp_row_dual(const lp *problem, int32_t row);
double lp_reduced_cost(const lp *problem, int32_t col);
bool lp_col_is_basic(const lp *problem, int32_t col);
int64_t lp_iterations(const lp *problem); /* since lp_create */

/* Basis as one byte a row, then one a column: [n_rows + n_cols]. Rows newer
 * than a basis enter it as LP_BASIC, columns as LP_AT_LOWER. */
enum { LP_BASIC = 1, LP_AT_LOWER = 2 };
void lp_get_basis(const lp *problem, uint8_t *out);
bool lp_set_basis(lp *problem, const uint8_t *in);

/* Multipliers u [n_rows] of the rows such that u'A is the tableau row of the
 * basic column `col`. Needs an optimal basis. */
bool lp_tableau_row(lp *problem, int32_t col, double *u);

/* After LP_INFEASIBLE: multipliers u [n_rows] whose aggregated row no point of
 * the boxes satisfies (up to sign and rounding: prove it before believing).
 * False when the engine has none. */
bool lp_infeasibility(lp *problem, double *u);

/* Branch and cut on a copy of the problem, all columns flagged in `integer`
 * [n_cols] integral. `start` [n_cols] or NULL is offered as a first solution
 * (the engine trusts it: pass only checked ones). On LP_OPTIMAL, or LP_STOPPED
 * with *found, `x` [n_cols] is the best solution. */
lp_outcome lp_mip(lp *problem, const uint8_t *integer, const lp_limits *limits,
                  const double *start, double cutoff, double *x, bool *found,
                  int64_t *iterations);

#endif
