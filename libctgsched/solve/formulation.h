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

/* Above this many requests the pairs get no columns: the plan by points is
 * built greedily, judged, and improved only by plans that the judge lets pass.
 */
enum { ENVY_MAX_REQUESTS = 64 };

typedef struct option_col {
    int32_t request, option;
} option_col;

/* y[employee, day, way]: the employee works that way on the day. */
typedef struct duty_col {
    int32_t employee, day, way;
} duty_col;

/* The weekly rest of an employee begins on the date. */
typedef struct rest_col {
    int32_t employee, civil;
} rest_col;

/* An employee's part in a burden: columns, and what was before. */
typedef struct fair_col {
    int32_t burden, unfair; /* of the employee */
    int32_t all;            /* of all who share it */
    int64_t share;          /* thousandths */
    int64_t before, all_before;
} fair_col;

/* Somebody who may be with children in a structure on a day. */
typedef struct hand_ref {
    int32_t col;
    int16_t begin, end;
} hand_ref;

typedef struct cell_col cell_col;

/* A session and day that opens for `least` requests or for none: its column. */
typedef struct opening {
    int32_t col, least;
} opening;
VEC_DECLARE(opening_vec, opening);

typedef struct formulation {
    const problem *prob;
    program program;
    int32_t n_option_cols; /* columns 0..n-1 are options */
    const option_col *option_cols;
    /* Then n_duty_cols columns of duties and n_rest_cols of weekly rests, in
     * groups after those of the requests; auxiliary columns come after
     * n_choice_cols. */
    int32_t n_duty_cols, n_rest_cols, n_choice_cols;
    const duty_col *duty_cols;
    const rest_col *rest_cols;
    const int32_t *first_duty; /* [n_posts + 1]: columns of a post */
    const struct way_facts *facts;
    int32_t n_fair_cols; /* where the goal fairness is asked */
    const fair_col *fair_cols;
    const int64_t *hands_start; /* [n_structures * n_days + 1] */
    const hand_ref *hands;
    cell_col **cell_cols;     /* [n_days] of the structure in work (hands.c) */
    const int32_t *first_col; /* [n_requests + 1]: columns of a request */
    const int32_t *group_of;  /* [n_requests]: its group, NONE: no column */
    const int32_t *col_of_request_waiting; /* [n_requests]: the column "not
                                              served" of a request that must
                                              be, NONE otherwise */
    const char *contradiction; /* pins or history that no plan can meet, or
                                  NULL; one line */
    bool can_be_short;
    int32_t n_law_rows; /* rows of the problem; goals, cuts, policy follow */
    opening_vec openings;
    int64_t n_rows_spared;  /* that equal days would have added */
    int64_t n_rows_written; /* before rows that repeat or never bind went */
    int32_t envy_first;     /* column e[0, 0] of n x n pairs, or -1 */
} formulation;

/* Objectives of the program stand in the order of prob->goals; in weighted mode
 * there is one. */
ctg_status formulate(formulation *out, const problem *prob, bool keep_names,
                     arena *mem, ctg_error *err);

/* Objective position of a goal of the problem, or -1; in weighted mode 0 and
 * `*weight` is the term's. */
int32_t objective_of(const problem *prob, goal_id goal, int64_t *weight);

#endif
