// SPDX-License-Identifier: GPL-3.0-or-later
/* From the plan that people were told to the next one (doc/format.md 16). */
#ifndef CTGSCHED_SOLVE_REPLAN_H
#define CTGSCHED_SOLVE_REPLAN_H

#include "solve/solve.h"

/* A plan, and the problem that it was made for: any version of this one. */
typedef struct told_plan {
    const problem *prob;
    const plan *plan;
} told_plan;

typedef struct replan_result {
    solve_result solved;
    int64_t changes; /* from the floor plan to the new one, weighted */
    /* `most` is too small: shortage could be less. So many changes would do. */
    bool is_short;
    int64_t least, least_bound;
    bool has_least_bound;
} replan_result;

/* The floor plan: what was told, less what is impossible now, and with places
 * for those who must be served and were told of none. Judged. */
ctg_status solve_floor(solve_result *out, const problem *prob,
                       const told_plan *told, const solve_options *options,
                       arena *mem, ctg_error *err);

/* The best plan that changes at most `most` (INT64_MAX: any number) of the
 * floor plan; never worse than that. */
ctg_status solve_replan(replan_result *out, const problem *prob,
                        const told_plan *told, int64_t most,
                        const solve_options *options, arena *mem,
                        ctg_error *err);

#endif
