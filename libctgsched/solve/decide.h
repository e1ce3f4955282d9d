// SPDX-License-Identifier: GPL-3.0-or-later
/* The door for callers: what of the problem is decided. */
#ifndef CTGSCHED_SOLVE_DECIDE_H
#define CTGSCHED_SOLVE_DECIDE_H

#include "solve/solve.h"

/* As solve_plan, by `options->decide`. Bounds are about what is decided, the
 * rest as in the base; children-then-agents has none. */
ctg_status solve_decided(solve_result *out, const problem *prob,
                         const solve_options *options, arena *mem,
                         ctg_error *err);

#endif
