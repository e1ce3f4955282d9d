// SPDX-License-Identifier: GPL-3.0-or-later
/* What people were told, in the program (doc/formulation.md, "Changes"). */
#ifndef CTGSCHED_SOLVE_PUBLISH_H
#define CTGSCHED_SOLVE_PUBLISH_H

#include "solve/formulation.h"

/* The option, the way keeps what is over, and is nothing new under a ceiling
 * unless somebody has pinned it; true without a baseline. */
bool publish_lets_option(const problem *prob, int32_t request, int32_t option,
                         bool is_pinned);
bool publish_lets_way(const problem *prob, int32_t employee, int32_t day,
                      int32_t way, bool is_pinned);

/* Rows that keep what is over; columns z[employee], the costs of the goal
 * `changes`, and the row that bounds it; after the columns of options and
 * duties. False without memory. */
bool publish_add(formulation *f);

#endif
