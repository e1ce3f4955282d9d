// SPDX-License-Identifier: GPL-3.0-or-later
/* How many more children of each class a structure could take at each instant,
 * every placement and all staff as they are, and what binds.
 *
 * Nothing is derived: as many guests are put in as the judge lets pass, and one
 * more tells the reason. */
#ifndef CTGSCHED_CHECK_HEADROOM_H
#define CTGSCHED_CHECK_HEADROOM_H

#include "check/standing.h"

typedef enum headroom_binds {
    HEADROOM_SEATS,   /* places, a section, a quota, a reserve */
    HEADROOM_STAFF,   /* ratio, quota, minimum */
    HEADROOM_BOTH,    /* seats and staff alike */
    HEADROOM_PERIOD,  /* the week or month is full */
    HEADROOM_SESSION, /* what a session asks: bookings, companions, a group */
    HEADROOM_NOTHING  /* more than anybody counts */
} headroom_binds;

/* In each elementary interval of [begin, end), `more` children and no more. */
typedef struct headroom_row {
    int32_t structure, section; /* section NONE where there are none */
    int32_t day;
    int16_t begin, end;
    const char *class_; /* id of the ratio's class, NULL without a ratio */
    int32_t more;
    headroom_binds binds;
} headroom_row;

/* By structure, day, section, class, begin; in `mem`. Only open instants.
 * `structure` and `day` are NONE for all. `on` is of a plan that the
 * judge accepts. Children of ordinary weight, without needs. */
ctg_status check_headroom(headroom_row **rows, int32_t *n_rows,
                          const standing *on, int32_t structure, int32_t day,
                          arena *mem, ctg_error *err);

#endif
