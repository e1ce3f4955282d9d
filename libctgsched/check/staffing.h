// SPDX-License-Identifier: GPL-3.0-or-later
/* Required staff of a structure at an instant (doc/format.md 5.1). */
#ifndef CTGSCHED_CHECK_STAFFING_H
#define CTGSCHED_CHECK_STAFFING_H

#include "check/sheet.h"

typedef struct staffing {
    int64_t required; /* required(t), outings and their minima applied */
    int64_t readings; /* A + the sum of the readings, without any minimum */
    int64_t minimum;  /* minimum(n), without categories */
} staffing;

/* At the sheet's instant. `one_more`: with one more child of ratio weight 1000
 * in the class of smallest `per`, in the last ordinary room (format.md 9). */
staffing staffing_at(sheet *s, bool one_more);

/* usable(t) with `heads` children: as many persons of those counted as the
 * quotas let be required; without a quota, all. */
int64_t staffing_usable(const sheet *s, int32_t heads);

/* minimum(n) of the rule for `heads` children; 0 without a rule. */
int32_t staffing_minimum(const structure *x, const rule *minimum,
                         int32_t heads);
/* Whether the minimum of one for so many heads comes from being alone. */
bool staffing_alone(const structure *x, const rule *minimum, int32_t heads);

#endif
