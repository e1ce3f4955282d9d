// SPDX-License-Identifier: GPL-3.0-or-later
/* What a duty is (doc/format.md 3.12): when the employee is with children and
 * where, how long it is, and whether it may be worked at all. */
#ifndef CTGSCHED_CHECK_DUTY_H
#define CTGSCHED_CHECK_DUTY_H

#include "model/problem.h"

/* Time with children in one structure. */
typedef struct stint {
    int16_t begin, end;
    int32_t structure;
} stint;

enum { MOST_STINTS = 64 };

/* By rising time; `out` [MOST_STINTS]. Returns how many. */
int32_t duty_stints(const problem *prob, int32_t way_index, stint *out);

typedef struct duty {
    int32_t begin, end; /* minutes of the day */
    int32_t minutes;    /* working */
} duty;
duty duty_of(const problem *prob, int32_t way_index);

/* The rule `duty` of format.md 5.5. */
bool duty_may_be(const problem *prob, const employee *e, int32_t day,
                 int32_t way_index);

#endif
