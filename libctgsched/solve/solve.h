// SPDX-License-Identifier: GPL-3.0-or-later
/* The method behind one door: a problem and limits in, a judged plan out.
 *
 * solve_plan never returns a plan that check refuses. A plan exists before the
 * first relaxation; `base`, when given, is judged first and is the floor of the
 * answer. Deterministic under a work limit. */
#ifndef CTGSCHED_SOLVE_SOLVE_H
#define CTGSCHED_SOLVE_SOLVE_H

#include "base/error.h"
#include "base/text.h"
#include "check/check.h"
#include "model/plan.h"
#include "solve/options.h"

typedef enum solve_outcome {
    SOLVE_OPTIMAL,   /* every goal asked for is proven */
    SOLVE_GAP,       /* every goal is within the gap asked */
    SOLVE_FEASIBLE,  /* a limit came first; the plan is judged */
    SOLVE_INFEASIBLE /* proven: pins, history or rules contradict each other */
} solve_outcome;

typedef struct solve_result {
    solve_outcome outcome;
    plan *plan; /* complete: goals, waiting, shortages, coverage; NULL
                   when infeasible. In the caller's arena. */
    const verdict *verdict;
    int32_t n_conflicts; /* infeasible: what contradicts, one line each */
    const char *const *conflicts;
    uint64_t work;
    size_t peak_bytes;
} solve_result;

ctg_status solve_plan(solve_result *out, const problem *prob,
                      const solve_options *options, arena *mem, ctg_error *err);

/* The exact compact program as text. `goal` is the position of the goal in the
 * order (0-based), ignored in weighted mode; rows "goal j at least as good as
 * in the plan" for j < goal need a plan (may be NULL for goal 0). `names`
 * receives the table that maps rows and columns back (TSV). */
typedef enum export_format { EXPORT_MPS, EXPORT_LP } export_format;
ctg_status solve_export(text *program, text *names, const problem *prob,
                        int32_t goal, const plan *held, export_format format,
                        arena *mem, ctg_error *err);

#endif
