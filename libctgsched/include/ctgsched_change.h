/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file
 * Changes: from one version of a problem to the next.
 *
 * What happens (a booking, an absence, a capacity cut) is data,
 * "ctgsched/change/1" (doc/format.md 15).
 *
 * Threads: as ctgsched_problem.h.
 */
#ifndef CTGSCHED_CHANGE_H
#define CTGSCHED_CHANGE_H

#include "ctgsched_solver.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The problem with changes made: all of them in their order, or none.
 *
 * @param out      a problem of its own, freed with ctg_problem_free; NULL on
 *                 failure. `problem` stays as it is.
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

#ifdef __cplusplus
}
#endif
#endif
