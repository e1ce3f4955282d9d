// SPDX-License-Identifier: GPL-3.0-or-later
/* Options that no other decision can mend (format.md 4.3) get no column. */
#ifndef CTGSCHED_SOLVE_FILTER_H
#define CTGSCHED_SOLVE_FILTER_H

#include "model/problem.h"

bool filter_option(const problem *prob, const request *r, int32_t option);

#endif
