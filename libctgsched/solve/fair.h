// SPDX-License-Identifier: GPL-3.0-or-later
/* Rows that make the relaxation of the goal fairness steeper. */
#ifndef CTGSCHED_SOLVE_FAIR_H
#define CTGSCHED_SOLVE_FAIR_H

#include "solve/search.h"

/* The goal at hand counts fairness, or an earlier one has. */
bool fair_is_counted(const search *s);
/* At the begin of such a goal: rows that hold for every plan
 * that keeps the earlier goals. False without memory. */
bool fair_tighten(search *s);

#endif
