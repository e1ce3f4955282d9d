// SPDX-License-Identifier: GPL-3.0-or-later
/* What can still be booked on a day for one more child, every other placement
 * and all staff as they are.
 *
 * Nothing is derived: one more child is put into the plan and judged, instant
 * by instant, then over each whole run. A slot says what passes and leaves out
 * nothing that does. */
#ifndef CTGSCHED_CHECK_SLOTS_H
#define CTGSCHED_CHECK_SLOTS_H

#include "check/standing.h"

typedef struct slot_question {
    int32_t day;       /* index into the horizon */
    int32_t age;       /* completed months on that day */
    int32_t walks;     /* 0, 1, or NONE: by the age proxy of the file */
    int32_t least;     /* minutes, at least 1 */
    int32_t structure; /* or NONE: all */
} slot_question;

/* Every part of [begin, end) with `least` to `most` minutes passes the judge,
 * and no slot of the same structure and section is a part of another. */
typedef struct slot {
    int32_t structure, section; /* NONE where there are no sections */
    int16_t begin, end;         /* minutes of the day */
    int16_t most;               /* end - begin, or less: a week or a month is
                                   nearly full */
} slot;

/* By structure, section, begin; in `mem`. `on` is of a plan that the judge
 * accepts. The child has no needs, is nobody's sibling and is
 * compared with nobody by points (format.md 8 is about requests); it is of a
 * school that the structure serves, and books now (`parameters.now`; without
 * it, booking windows are not asked). Fails only without memory. */
ctg_status check_slots(slot **slots, int32_t *n_slots, const standing *on,
                       const slot_question *asked, arena *mem, ctg_error *err);

#endif
