// SPDX-License-Identifier: GPL-3.0-or-later
/* One worker thread started for a call and ended before it returns. */
#ifndef CTGSCHED_BASE_THREAD_H
#define CTGSCHED_BASE_THREAD_H

#include <stdbool.h>

typedef struct thread thread;

/* Runs `work(arg)` on a new thread with an 8 MiB stack; NULL when none can be
 * started. thread_join waits for its end and frees it. */
thread *thread_start(void (*work)(void *arg), void *arg);
void thread_join(thread *worker);

#endif
