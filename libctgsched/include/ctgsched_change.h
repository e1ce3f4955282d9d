/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file
 * Changes: from one version of a problem to the next.
 *
 * What happens (a booking, an absence, a capacity cut) is data,
 * "ctgsched/change/1" (doc/format.md 15); the plan that people were told is
 * carried over, and mended with few changes (16).
 *
 * Threads: as ctgsched_problem.h; a ctg_solver belongs to one at a time.
 */
#ifndef CTGSCHED_CHANGE_H
#define CTGSCHED_CHANGE_H

#include "ctgsched_solver.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The problem with changes made: all of them in their order, or none.
 *
 * @param out      freed with ctg_problem_free; NULL on failure. `problem` stays
 *                 as it is; what did not change may be shared, so that its
 *                 memory is kept as long as `out` needs it.
 * @param json     [bytes] UTF-8 JSON, "ctgsched/change/1"; not kept.
 * @param options  `packs` as when `problem` was parsed; `on_fault` is told
 *                 every reason against the changes, with its place in `json`,
 *                 and warnings about what they touch; may be NULL.
 * @return CTG_ERR_INPUT when the changes are refused (`err` has the first
 *         reason): an unknown id, say, or something that the changed problem
 *         may not have; CTG_ERR_LIMIT, CTG_ERR_NOMEM, CTG_ERR_USAGE. */
CTG_API ctg_status ctg_problem_apply(ctg_problem **out,
                                     const ctg_problem *problem,
                                     const char *json, size_t bytes,
                                     const ctg_read_options *options,
                                     ctg_error *err);

/** The floor plan of a changed problem (doc/format.md 16): the plan that people
 * were told, less what is impossible now, with places for those who must be
 * served and have none. It is `plan` itself where nothing became impossible.
 *
 * Deterministic; the time it takes grows with what has to go.
 *
 * @param out      judged; freed with ctg_solution_free; NULL on failure.
 * @param problem  the changed problem; kept alive by the solution.
 * @param plan     of this problem or of one before its changes; what it places
 *                 is found again by ids.
 * @return CTG_ERR_VERIFY when pins contradict each other so that there is no
 *         plan, CTG_ERR_NOMEM, CTG_ERR_USAGE. */
CTG_API ctg_status ctg_solution_carry(ctg_solution **out,
                                      const ctg_problem *problem,
                                      const ctg_solution *plan, ctg_error *err);

/** Plans anew from a plan that people were told: never worse than its floor
 * plan, and with at most `max_changes` of it changed (ctg_options). Days before
 * `parameters.now` stay as they are.
 *
 * @param out, result  as of ctg_solver_solve; `result` says how much was
 *                     changed, and whether the bound was too small. A work
 *                     limit below the 5,000 units of the floor plan does not
 *                     cut that short.
 * @param problem      as of ctg_solution_carry.
 * @param plan         as of ctg_solution_carry.
 * @return as ctg_solver_solve; CTG_ERR_USAGE when `decide` is not joint. */
CTG_API ctg_status ctg_solver_replan(ctg_solver *solver, ctg_solution **out,
                                     ctg_result *result,
                                     const ctg_problem *problem,
                                     const ctg_solution *plan, ctg_error *err);

#ifdef __cplusplus
}
#endif
#endif
