// SPDX-License-Identifier: GPL-3.0-or-later
/* What the desk of a commune does: one change after the other, each made to the
 * head and written before it is answered. */
#ifndef CTGSCHED_DAEMON_DESK_H
#define CTGSCHED_DAEMON_DESK_H

#include "daemon/order.h"

/* `run` of orders on the desk lane. */
void desk_problem(order *what);
void desk_changes(order *what); /* all that wait in the inbox */
void desk_hold(order *what);
void desk_confirm(order *what);
void desk_release(order *what); /* a hold that ends */
void desk_expire(order *what);  /* the first hold whose time is over */
void desk_publish(order *what);
void desk_adopt(order *what); /* `plan`, of the planner */

/* On the loop: into the inbox; false when it is full. */
bool desk_push_change(order *what);

#endif
