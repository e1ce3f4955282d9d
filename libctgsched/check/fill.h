// SPDX-License-Identifier: GPL-3.0-or-later
/* Which waiting requests can take a freed place, in the order of the waiting
 * list. Each option is put into the plan and judged. */
#ifndef CTGSCHED_CHECK_FILL_H
#define CTGSCHED_CHECK_FILL_H

#include "check/attempt.h"

/* The place: an option takes it with a presence that touches it. */
typedef struct fill_question {
    int32_t structure;   /* or NONE: any */
    int32_t first, last; /* days of the horizon, both included */
    int32_t begin, end;  /* minutes of the day */
    int32_t freed;       /* a served request that gives its place up, which is
                            then the place; or NONE */
    bool in_turn;        /* the first takes it, then the next one who fits */
} fill_question;

typedef struct fill_row {
    int32_t rank; /* in the waiting list of the plan, from 1 */
    int32_t request, option;
    goal_values before, after; /* without, with the option given */
} fill_row;

/* By rank, then rank of the option, then menu; in turn: as taken, one option a
 * request, the first of those. In `mem`. The plan breaks no rule; `freed` may
 * leave a plan behind that does: then only those fit who mend it. Fails only
 * without memory. */
ctg_status check_fill(fill_row **rows, int32_t *n_rows, const standing *on,
                      const fill_question *asked, arena *mem, ctg_error *err);

#endif
