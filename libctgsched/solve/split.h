// SPDX-License-Identifier: GPL-3.0-or-later
/* A problem that falls into parts which have nothing in common: each is solved
 * alone, the plans are put together, values and bounds add up.
 *
 * Requests are in one part when a rule or a goal may look at both: through a
 * structure, a resource, the child, siblings, or the guaranteed places of one
 * manager. Goals in order are then in order in each part alone. */
#ifndef CTGSCHED_SOLVE_SPLIT_H
#define CTGSCHED_SOLVE_SPLIT_H

#include "solve/search.h"
#include "solve/stage.h"

typedef struct parts {
    int32_t n;
    const int32_t *start;    /* [n + 1] */
    const int32_t *requests; /* [n_requests]: part after part, rising in each,
                                small parts first */
} parts;

/* One part when it must not be split: policy by points compares everybody. */
bool split_find(parts *out, const search *s, arena *mem);

/* Solves part after part from the plan of `s`, which holds what comes out; the
 * time and work left are shared by size. `ends` [n_objectives] are of the
 * whole.
 */
void split_run(search *s, const parts *p, stage_end *ends);

#endif
