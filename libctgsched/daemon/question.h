// SPDX-License-Identifier: GPL-3.0-or-later
/* Questions that change nothing: `run` of orders on a lane for reading. */
#ifndef CTGSCHED_DAEMON_QUESTION_H
#define CTGSCHED_DAEMON_QUESTION_H

#include "daemon/order.h"

void question_commune(order *what);
void question_problem(order *what);
void question_plan(order *what);
void question_published(order *what);
void question_slots(order *what);
void question_headroom(order *what);
void question_report(order *what);
void question_offers(order *what);
void question_fill(order *what);
void question_diff(order *what);
void question_holds(order *what);
void question_events(order *what);
void question_stream(order *what); /* frames into `record`, given stays NULL */

#endif
