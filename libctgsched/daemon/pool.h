// SPDX-License-Identifier: GPL-3.0-or-later
/* Threads that serve lanes in turn.
 *
 * A lane is a queue of tasks of one owner, say the changes of one commune. The
 * threads of a pool take one task of each lane in turn, so that nobody waits
 * for the whole queue of somebody else; a lane has at most `most_running` of
 * its tasks at work at a time. Any thread may push. */
#ifndef CTGSCHED_DAEMON_POOL_H
#define CTGSCHED_DAEMON_POOL_H

#include <stdbool.h>
#include <stdint.h>

typedef struct pool pool;
typedef struct lane lane;
typedef struct task task;

/* First member of whatever the work is about. */
struct task {
    task *next;
    void (*work)(task *self); /* on a thread of the pool; owns the task */
};

/* `niceness`: how far the threads stand back behind the others of the process
 * when the machine is busy. */
pool *pool_start(int32_t n_threads, int niceness);
/* Lets running tasks end, drops those that wait through `drop`; frees. */
void pool_stop(pool *held, void (*drop)(task *waiting));

lane *lane_add(pool *in, int32_t most_running, int32_t most_waiting);
/* False when as many wait as may; the task is then still the caller's. */
bool lane_push(lane *to, task *what);
/* As above, and beyond the limit: for work that must not be refused. */
void lane_force(lane *to, task *what);
int32_t lane_waiting(lane *of);
/* Whether tasks wait while every thread is at work. */
bool pool_is_short(pool *of);

#endif
