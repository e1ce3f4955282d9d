// SPDX-License-Identifier: GPL-3.0-or-later
/* The duties of a plan as staff present, and the rules of labour. */
#ifndef CTGSCHED_CHECK_ROSTER_H
#define CTGSCHED_CHECK_ROSTER_H

#include "check/finding.h"

/* The problem with everybody on duty among the staff of its structures: what
 * counts staff then need not know where it comes from. In `mem`; NULL without
 * memory. `way_of` as in a plan, NULL: the problem itself. */
const problem *roster_staffed(const problem *prob, const int32_t *way_of,
                              arena *mem);

/* Duties, pins of employees and rules of labour (format.md 5.5). */
void roster_breaches(findings *found, const problem *prob,
                     const int32_t *way_of, arena *scratch);

/* cover, wishes, overtime, staff_minutes, cost and fairness. */
void roster_goals(int64_t value[N_GOALS], const problem *prob,
                  const int32_t *way_of);

#endif
