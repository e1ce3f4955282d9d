// SPDX-License-Identifier: GPL-3.0-or-later
/* What the files of this floor share: the insides of the public objects, and
 * how misuse is answered. */
#ifndef CTGSCHED_API_API_H
#define CTGSCHED_API_API_H

#include <stdatomic.h>

#include "base/text.h"
#include "check/attempt.h"
#include "check/check.h"
#include "check/tables.h"
#include "ctgsched.h"
#include "io/io.h"

/* Counted, because solutions outlive what the caller does with it. The struct
 * lives in the arena of the problem inside. */
struct ctg_problem {
    problem *inside;
    atomic_int *holds;
    const struct ctg_problem *before; /* held: `inside` shares with it */
};

const ctg_problem *problem_hold(const ctg_problem *prob);
void problem_release(const ctg_problem *prob); /* NULL is fine */

struct ctg_solution {
    arena *mem;                 /* this struct lives in it, too */
    const ctg_problem *problem; /* held */
    const plan *plan;
    verdict verdict;
    int32_t n_served;
    const int32_t *served; /* [n_served] requests with an option, rising */
    int32_t n_worked;
    const int32_t *worked; /* [n_worked] posts with a duty, rising */
    int32_t n_coverage;
    const coverage_row *coverage;  /* [n_coverage], as the judge counts */
    _Atomic(standing *) *standing; /* NULL inside until somebody asks */
};

struct ctg_tables {
    arena *mem; /* this struct lives in it, too */
    tables inside;
};

/* Not filled yet, in an arena of their own; NULL without memory. */
ctg_tables *tables_make(const ctg_allocator *allocator);

/* An empty solution of a problem in an arena of its own. */
ctg_solution *solution_create(const ctg_problem *prob,
                              const ctg_allocator *allocator);
/* Fills in the rest from `plan` and `verdict`, or judges the plan first. */
ctg_status solution_finish(ctg_solution *solution, ctg_error *err);
ctg_status solution_judge(ctg_solution *solution, ctg_error *err);
/* A plan to start from (NULL is fine): of this problem, and its placements keep
 * every rule. What it states about itself (goals, shortages, ...) is not asked:
 * it may have been made before a change of the problem. */
ctg_status solution_check_base(const ctg_solution *base,
                               const ctg_problem *prob, ctg_error *err);

/* The same for a plan that was read for its problem. */
ctg_status solution_check_rules(const ctg_solution *solution, ctg_error *err);

/* What stands of a plan, made when it is asked for first; the plan breaks no
 * rule (E-BASE). */
ctg_status solution_standing(const standing **out, const ctg_solution *solution,
                             ctg_error *err);

/* A goal asked in two plans; 0 past the last. */
int goal_change_row(ctg_goal_change *out, const problem *prob,
                    const goal_values *before, const goal_values *after,
                    int32_t index);
ctg_breach breach_row(const problem *prob, const breach *from);

/* The options of a reader with their size understood; false: misuse. */
bool read_options_take(ctg_read_options *out, const ctg_read_options *given);
void faults_tell(const fault_list *faults, const ctg_read_options *options);

/* Copies a struct that carries its size over defaults of our size; false when
 * it is too small, or larger and says something that we do not know. */
bool sized_take(void *out, size_t out_size, const void *given, size_t smallest);

ctg_status misuse(ctg_error *err, const char *what);

/* Options within their bounds? */
ctg_status options_check(const ctg_options *options, ctg_error *err);

/* Hands a text over to the caller together with its arena. */
ctg_status text_hand_over(ctg_text *out, text *from, ctg_error *err);

#endif
