// SPDX-License-Identifier: GPL-3.0-or-later
/* Which of the changes a difference of two plans follows from. */
#ifndef CTGSCHED_CLI_CAUSES_H
#define CTGSCHED_CLI_CAUSES_H

#include "cli/packs.h"

/* The first change that names the request or its child; else an employee whose
 * duty in the structure of the rule is otherwise that day; else the structure;
 * else a change of the problem as a whole. -1: none, or it is no event. */
int32_t cause_of_move(const change_list *changes, const ctg_diff *diff,
                      const ctg_move *row);
/* The first that names the employee, else the structure, else the problem. */
int32_t cause_of_duty(const change_list *changes, const ctg_duty_change *row);

#endif
