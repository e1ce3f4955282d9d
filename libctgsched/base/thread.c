// SPDX-License-Identifier: GPL-3.0-or-later
/* The only file that knows pthread. The worker blocks every signal, so that
 * the host program's handlers run on the host program's threads. */
#define _POSIX_C_SOURCE 200809L
#include "base/thread.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>

#include "base/arena.h"

enum { STACK_BYTES = 8 << 20 };

struct thread {
    arena *mem;
    pthread_t handle;
    void (*work)(void *arg);
    void *arg;
};

static void *run(void *arg) {
    const thread *const worker = arg;
    worker->work(worker->arg);
    return NULL;
}

static bool start_silent(thread *worker) {
    pthread_attr_t attributes;
    sigset_t all, before;
    if (pthread_attr_init(&attributes) != 0)
        return false;
    sigfillset(&all);
    bool is_started =
        pthread_attr_setstacksize(&attributes, STACK_BYTES) == 0 &&
        pthread_sigmask(SIG_SETMASK, &all, &before) == 0;
    if (is_started) {
        is_started =
            pthread_create(&worker->handle, &attributes, run, worker) == 0;
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    pthread_attr_destroy(&attributes);
    return is_started;
}

thread *thread_start(void (*work)(void *arg), void *arg) {
    assert(work);
    arena *const mem = arena_create(NULL, 0);
    thread *const worker = mem ? ARENA_NEW(mem, thread, 1) : NULL;
    if (!worker) {
        arena_destroy(mem);
        return NULL;
    }
    *worker = (thread){.mem = mem, .work = work, .arg = arg};
    if (!start_silent(worker)) {
        arena_destroy(mem);
        return NULL;
    }
    return worker;
}

void thread_join(thread *worker) {
    if (!worker)
        return;
    const int joined = pthread_join(worker->handle, NULL);
    assert(joined == 0);
    (void)joined;
    arena_destroy(worker->mem);
}
