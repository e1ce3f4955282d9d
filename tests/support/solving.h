// SPDX-License-Identifier: GPL-3.0-or-later
/* A problem with everything that a test of solve/ wants beside it: its program,
 * a search, and brute force over all plans. Texts write ' for ". */
#ifndef CTGSCHED_TESTS_SOLVING_H
#define CTGSCHED_TESTS_SOLVING_H

#include "solve/search.h"
#include "support/oracle.h"

typedef struct solving {
    arena *mem;
    problem *prob;
    solve_options options;
    ctg_error err; /* the search keeps a pointer to it */
    search s;      /* without searching only s.f, with names, and s.sel */
    oracle *all;   /* NULL when there are too many plans to try */
    bool is_searching;
} solving;

/* Reads a problem that must be good. Freed by solving_free. */
solving *solving_text(const char *quoted, bool searching);
/* The tiny problem of a seed. */
solving *solving_tiny(uint64_t seed, bool searching);
void solving_free(solving *it);

/* The option columns of a plan [n_requests]; -1 when an option given has no
 * column, for no plan may give it then. */
int32_t solving_cols(int32_t *cols, const solving *it,
                     const int32_t *option_of);
/* What brute force says of a plan at an objective, minimised. */
int64_t solving_value(const solving *it, const oracle_value *value,
                      int32_t objective);
/* The same of the selection: the objective added up over its columns. */
int64_t solving_selected(const solving *it, int32_t objective);
/* True at the objective that only the judge counts. */
bool solving_is_envy(const solving *it, int32_t objective);
/* The best value of an objective over all plans the rules allow, minimised,
 * nothing held; false when there is no plan. */
bool solving_least(int64_t *out, const solving *it, int32_t objective);

/* A plan that the rules allow as a point of the program: options as given,
 * counting columns at their least, rewards at their most. */
typedef struct solving_point {
    int64_t *x; /* [n_cols] */
    int32_t *option_of;
    oracle_value value;
} solving_point;

/* All such points, at most about `most` of them, evenly; returns how many. */
int32_t solving_points(solving_point **out, solving *it, int32_t most);
bool solving_row_holds(const program *p, int32_t row, const int64_t *x);

/* The rows whose name begins with `prefix`, a line each, by columns' names:
 * "places_s_0_0540: 1000 x_r1_0 + 500 x_r2_1 - 1000 z <= 2000". Auxiliary
 * columns without a name are z<index>. */
const char *solving_rows(const solving *it, const char *prefix);
/* The number of rows with that prefix. */
int32_t solving_n_rows(const solving *it, const char *prefix);
/* The first of them, -1 when there is none. */
int32_t solving_row(const solving *it, const char *prefix);
/* The column of that name; fails the test when there is none. */
int32_t solving_col(const solving *it, const char *name);

#endif
