// SPDX-License-Identifier: GPL-3.0-or-later
/* The policy by points as rows, added when a plan shows the need. */
#ifndef CTGSCHED_SOLVE_ENVY_H
#define CTGSCHED_SOLVE_ENVY_H

#include "solve/search.h"

/* Adds the rows of the envy pairs of what `sel` has chosen that `r` has not
 * paid for; returns how many. */
int32_t envy_separate(search *s, relax *r);

#endif
