// SPDX-License-Identifier: GPL-3.0-or-later
/* A plan that was judged, kept so that a small change of it is judged by
 * reading again only what it touches (attempt.h). Immutable once made: any
 * number of attempts on it may run at the same time. */
#ifndef CTGSCHED_CHECK_STANDING_H
#define CTGSCHED_CHECK_STANDING_H

#include "check/judge.h"

typedef struct standing {
    arena *mem;          /* owns everything here, this struct too */
    const problem *prob; /* as the file has it */
    judge judge;         /* has judged the plan; its `prob` is staffed */
    int64_t value[N_GOALS];
    bool asks_envy;
    int32_t *first, *order; /* requests by child, as report_by_child */
    int32_t *pin_of;        /* [n_requests] its pin, NONE */
    int32_t most_a_day;     /* presences of one option in one structure's day */
} standing;

/* Judges the plan in an arena of its own. `envy` is the goal of that name as
 * the judge counted it, 0 where nobody asks. The plan's arrays have to outlive
 * it. */
ctg_status standing_create(standing **out, const problem *prob, const plan *p,
                           int64_t envy, const ctg_allocator *allocator,
                           ctg_error *err);
void standing_free(standing *s); /* NULL is fine */

#endif
