// SPDX-License-Identifier: GPL-3.0-or-later
/* From a problem to an exact integer program (doc/formulation.md).
 *
 * One binary column for each option that can be given; auxiliary columns count
 * staff, shortages and goals that are not sums over options. Row families carry
 * the names of doc/formulation.md. */
#ifndef CTGSCHED_SOLVE_FORMULATION_H
#define CTGSCHED_SOLVE_FORMULATION_H

#include "base/error.h"
#include "lp/program.h"
#include "model/problem.h"

typedef struct option_col {
    int32_t request, option;
} option_col;

typedef struct formulation {
    const problem *prob;
    program program;
    int32_t n_option_cols; /* columns 0..n-1 are options */
    const option_col *option_cols;
    const int32_t *first_col; /* [n_requests + 1]: columns of a request */
    const int32_t *group_of;  /* [n_requests]: its group, NONE: no column */
    const int32_t *col_of_request_waiting; /* [n_requests]: the column "not
                                              served" of a request that must
                                              be, NONE otherwise */
    const char *contradiction; /* pins or history that no plan can meet, or
                                  NULL; one line */
    bool can_be_short;
} formulation;

/* Objectives of the program stand in the order of prob->goals; in weighted mode
 * there is one. */
ctg_status formulate(formulation *out, const problem *prob, bool keep_names,
                     arena *mem, ctg_error *err);

/* The columns at 1 of a plan [n_requests], auxiliary ones at their least. False
 * when the plan uses an option without column or breaks a row. */
bool formulation_columns(const formulation *f, const int32_t *option_of,
                         int64_t *x, arena *scratch);

/* Reads the plan back from values of the columns. */
void formulation_plan(const formulation *f, const int64_t *x, int32_t *option_of);

#endif
