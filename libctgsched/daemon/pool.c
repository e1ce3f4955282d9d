// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/pool.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>
#include <uv.h>

#include "daemon/buffer.h"

struct lane {
    pool *in;
    lane *next_of_all;   /* list for the end */
    lane *next_ready;    /* ring of lanes with work that may start */
    task *first, **last; /* last: where the next one is hung */
    int32_t n_running, n_waiting, most_running, most_waiting;
    bool is_ready; /* in the ring */
};

struct pool {
    uv_mutex_t lock;
    uv_cond_t work;
    uv_thread_t *threads;
    int32_t n_threads, n_busy;
    int niceness;
    lane *all, *ready, **ready_last;
    bool is_stopping;
};

/* Locked. A lane with work that may start goes to the end of the ring. */
static void enlist(lane *who) {
    pool *const in = who->in;
    if (who->is_ready || !who->first || who->n_running >= who->most_running)
        return;
    who->is_ready = true;
    who->next_ready = NULL;
    *in->ready_last = who;
    in->ready_last = &who->next_ready;
    uv_cond_signal(&in->work);
}

/* Locked. The first task of the lane whose turn it is. */
static task *take(pool *in, lane **of) {
    lane *const who = in->ready;
    in->ready = who->next_ready;
    if (!in->ready)
        in->ready_last = &in->ready;
    who->is_ready = false;
    task *const what = who->first;
    who->first = what->next;
    if (!who->first)
        who->last = &who->first;
    who->n_waiting--;
    who->n_running++;
    enlist(who);
    *of = who;
    return what;
}

/* Of this thread alone, as Linux has it; the threads that it starts inherit
 * it. Not allowed is no harm. */
static void stand_back(int niceness) {
    const id_t self = (id_t)gettid();
    if (niceness > 0)
        setpriority(PRIO_PROCESS, self,
                    getpriority(PRIO_PROCESS, self) + niceness);
}

static void serve(void *arg) {
    pool *const in = arg;
    stand_back(in->niceness);
    uv_mutex_lock(&in->lock);
    for (;;) {
        while (!in->ready && !in->is_stopping)
            uv_cond_wait(&in->work, &in->lock);
        if (in->is_stopping)
            break;
        lane *who = NULL;
        task *const what = take(in, &who);
        in->n_busy++;
        uv_mutex_unlock(&in->lock);
        what->work(what);
        uv_mutex_lock(&in->lock);
        in->n_busy--;
        who->n_running--;
        enlist(who);
    }
    uv_mutex_unlock(&in->lock);
}

pool *pool_start(int32_t n_threads, int niceness) {
    // GLPK and the judge recurse on nothing, but solves want a large stack.
    const uv_thread_options_t options = {UV_THREAD_HAS_STACK_SIZE, 8 << 20};
    pool *const made = NEED(pool);
    made->ready_last = &made->ready;
    made->niceness = niceness;
    made->threads = need((size_t)n_threads * sizeof *made->threads);
    uv_mutex_init(&made->lock);
    uv_cond_init(&made->work);
    for (int32_t i = 0; i < n_threads; i++)
        if (uv_thread_create_ex(&made->threads[i], &options, serve, made) == 0)
            made->n_threads++;
        else
            break;
    return made;
}

void pool_stop(pool *held, void (*drop)(task *waiting)) {
    if (!held)
        return;
    uv_mutex_lock(&held->lock);
    held->is_stopping = true;
    uv_cond_broadcast(&held->work);
    uv_mutex_unlock(&held->lock);
    for (int32_t i = 0; i < held->n_threads; i++)
        uv_thread_join(&held->threads[i]);
    while (held->all) {
        lane *const who = held->all;
        held->all = who->next_of_all;
        while (who->first) {
            task *const what = who->first;
            who->first = what->next;
            drop(what);
        }
        free(who);
    }
    uv_mutex_destroy(&held->lock);
    uv_cond_destroy(&held->work);
    free(held->threads);
    free(held);
}

lane *lane_add(pool *in, int32_t most_running, int32_t most_waiting) {
    lane *const made = NEED(lane);
    made->in = in;
    made->last = &made->first;
    made->most_running = most_running;
    made->most_waiting = most_waiting;
    uv_mutex_lock(&in->lock);
    made->next_of_all = in->all;
    in->all = made;
    uv_mutex_unlock(&in->lock);
    return made;
}

static bool push(lane *to, task *what, bool is_forced) {
    pool *const in = to->in;
    assert(what->work);
    uv_mutex_lock(&in->lock);
    const bool fits = is_forced || to->n_waiting < to->most_waiting;
    if (fits) {
        what->next = NULL;
        *to->last = what;
        to->last = &what->next;
        to->n_waiting++;
        enlist(to);
    }
    uv_mutex_unlock(&in->lock);
    return fits;
}

bool lane_push(lane *to, task *what) { return push(to, what, false); }

void lane_force(lane *to, task *what) { push(to, what, true); }

int32_t lane_waiting(lane *of) {
    uv_mutex_lock(&of->in->lock);
    const int32_t n = of->n_waiting;
    uv_mutex_unlock(&of->in->lock);
    return n;
}

bool pool_is_short(pool *of) {
    uv_mutex_lock(&of->lock);
    const bool is_short = of->ready && of->n_busy >= of->n_threads;
    uv_mutex_unlock(&of->lock);
    return is_short;
}
