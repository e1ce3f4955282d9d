// SPDX-License-Identifier: GPL-3.0-or-later
/* A problem that falls into parts: each is solved alone, the plans are put
 * together, values and bounds add up. */
#ifndef CTGSCHED_SOLVE_SPLIT_H
#define CTGSCHED_SOLVE_SPLIT_H

#include "solve/parts.h"
#include "solve/stage.h"

/* Solves part after part from the plan of `s`, which holds what comes out; the
 * time and work left are shared by size. `ends` [n_objectives] are of the
 * whole.
 */
void split_run(search *s, const parts *p, stage_end *ends);

#endif
