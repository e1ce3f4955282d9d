// SPDX-License-Identifier: GPL-3.0-or-later
/* A structure alone, those who come there by a plan, and guests: one or several
 * children more, all alike, for one stay. Each try is judged. */
#ifndef CTGSCHED_CHECK_GUESTS_H
#define CTGSCHED_CHECK_GUESTS_H

#include "base/error.h"
#include "model/plan.h"

typedef struct guests {
    const problem *prob;
    int32_t place, day, most;
    problem sub;        /* the structure, its children, and `most` guests */
    int32_t n_here;     /* requests of `sub` before the guests */
    int32_t *option_of; /* of `sub` */
    presence *stay;     /* of the guests */
    arena *mem;
} guests;

/* What a guest is: age in completed months on the day, walks 1, 0, or NONE by
 * the age proxy. Without needs; of a school that the structure serves; booking
 * now (`parameters.now`; without it booking windows are not asked). */
typedef struct guest_kind {
    int32_t age, walks;
} guest_kind;

ctg_status guests_invite(guests *out, const problem *prob,
                         const int32_t *option_of, int32_t place, int32_t day,
                         int32_t most, arena *mem, ctg_error *err);
void guests_are(guests *g, guest_kind kind);

/* What n guests break in [begin, end): a bit per rule_name, 0 when they may
 * come. Judgements bring their own memory. */
ctg_status guests_try(guests *g, int32_t n, int32_t section, int32_t begin,
                      int32_t end, uint64_t *broken, ctg_error *err);

#endif
