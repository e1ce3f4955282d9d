// SPDX-License-Identifier: GPL-3.0-or-later
/* Rosters for the first plans: children are put in after them. Each adds to
 * the selection of the search what no rule forbids. */
#ifndef CTGSCHED_SOLVE_CREW_H
#define CTGSCHED_SOLVE_CREW_H

#include "solve/search.h"

/* By what full seats would need. */
void crew_first(search *s);
/* The largest values of an LP point. */
void crew_from_relaxation(search *s, const relax *r);
/* The roster of the best plan. */
void crew_as_before(search *s);
/* A date of rest for each week that has none yet. */
void crew_rest(search *s);

#endif
