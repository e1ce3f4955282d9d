// SPDX-License-Identifier: GPL-3.0-or-later
/* Those who come to a structure on a day by a plan, and guests: one or several
 * children more, all alike, for one stay. Each try is judged: the stay's
 * instants are read, then the week and the month. */
#ifndef CTGSCHED_CHECK_GUESTS_H
#define CTGSCHED_CHECK_GUESTS_H

#include "check/standing.h"

typedef struct guests {
    const standing *on; /* of a plan that breaks no rule */
    int32_t place, day, most;
    problem sub;        /* the structure, its children of that day, and `most`
                           guests */
    int32_t n_here;     /* requests of `sub` before the guests */
    int32_t *option_of; /* of `sub` */
    presence *stay;     /* of the guests */
    sheet sheet, house; /* with the guests, and as it was without them */
    day_totals *totals; /* [n_days] of the structure */
    findings found;
} guests;

/* What a guest is: age in completed months on the day, walks 1, 0, or NONE by
 * the age proxy. Without needs; of a school that the structure serves; booking
 * now (`parameters.now`; without it booking windows are not asked). */
typedef struct guest_kind {
    int32_t age, walks;
} guest_kind;

/* Everything lives in `mem`. */
ctg_status guests_invite(guests *out, const standing *on, int32_t place,
                         int32_t day, int32_t most, arena *mem, ctg_error *err);
void guests_are(guests *g, guest_kind kind);

/* What n guests break in [begin, end): a bit per rule_name, 0 when they may
 * come. */
ctg_status guests_try(guests *g, int32_t n, int32_t section, int32_t begin,
                      int32_t end, uint64_t *broken, ctg_error *err);

#endif
