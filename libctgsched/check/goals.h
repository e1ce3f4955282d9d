// SPDX-License-Identifier: GPL-3.0-or-later
/* Parts of the goals (doc/format.md 7.1), for whoever changes a plan by little:
 * what a request, a group, a need or a day adds to the sums of judge_goals. */
#ifndef CTGSCHED_CHECK_GOALS_H
#define CTGSCHED_CHECK_GOALS_H

#include "check/judge.h"

/* What a shortage costs. */
int64_t goals_price(const problem *prob, const finding *shortage);

/* What the request adds with this option, `siblings`, `concentration` and what
 * its structures count left out. */
void goals_add_request(int64_t value[N_GOALS], const problem *prob, int32_t r,
                       const option *o);

/* All members are served, in one structure. */
bool goals_in_one_structure(const judge *j, const siblings *group);
/* Structures in which a served child has need `n`. */
int64_t goals_structures_used(const judge *j, int32_t n);

/* What one day of a structure adds to `floors`. */
int64_t goals_day_floors(const structure *x, const day_totals *totals,
                         visit_span visits);

#endif
