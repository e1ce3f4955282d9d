// SPDX-License-Identifier: GPL-3.0-or-later
/* What a re-plan changes of what people were told (doc/format.md 16). */
#ifndef CTGSCHED_CHECK_CHANGES_H
#define CTGSCHED_CHECK_CHANGES_H

#include "model/plan.h"

/* The weight of the request's, of the employee's difference from the baseline;
 * 0 where there is none, or nobody was told. */
int64_t changes_of_request(const problem *prob, const int32_t *option_of,
                           int32_t request);
int64_t changes_of_employee(const problem *prob, const int32_t *way_of,
                            int32_t employee);
/* The goal: the sum over all of them; 0 without a baseline. */
int64_t changes_value(const problem *prob, const int32_t *option_of,
                      const int32_t *way_of);

/* What is over is as it was: presences and duties before the days that are
 * published. */
bool changes_keep_history(const problem *prob, const int32_t *option_of,
                          const int32_t *way_of);

#endif
