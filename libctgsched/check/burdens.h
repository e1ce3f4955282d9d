// SPDX-License-Identifier: GPL-3.0-or-later
/* How fairly openings, closings and Wednesdays are shared. */
#ifndef CTGSCHED_CHECK_BURDENS_H
#define CTGSCHED_CHECK_BURDENS_H

#include "model/problem.h"

/* The goal fairness (format.md 7.6); `way_of` as in a plan, or NULL. */
int64_t burdens_value(const problem *prob, const int32_t *way_of);

#endif
