// SPDX-License-Identifier: GPL-3.0-or-later
/* Plans in the background: after a change a quick repair that nothing
 * interrupts, then improvement that any change interrupts; never two at a time
 * for one commune. */
#ifndef CTGSCHED_DAEMON_PLANNER_H
#define CTGSCHED_DAEMON_PLANNER_H

#include "daemon/order.h"

/* A `finally`: something was written, a repair may be due. */
void planner_wake(order *done);
/* As above for one commune. */
void planner_look(service *of, commune *in);
/* Lets others have their turn; every second. */
void planner_share(service *of);
/* Interrupts every solve at work, with its best plan. */
void planner_stop(service *of);

/* Solves that were asked for. Loop thread. */
solve *solve_add(service *of, commune *in, const solve_ask *asked);
solve *solve_find(commune *in, int32_t id); /* under the commune's lock */
void solve_cancel(commune *in, solve *what);

#endif
