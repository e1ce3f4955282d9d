// SPDX-License-Identifier: GPL-3.0-or-later
/* Requests: who may, what is asked, and which order it becomes. Loop thread. */
#ifndef CTGSCHED_DAEMON_SERVE_H
#define CTGSCHED_DAEMON_SERVE_H

#include "daemon/order.h"

/* Handlers of http_options; `user` is the service. */
answer *serve_admit(void *user, http_call *call, size_t *most);
void serve_call(void *user, http_call *call);
void serve_over(void *user, http_call *call);

#endif
