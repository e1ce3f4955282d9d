// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/writer.h"

#include <stdlib.h>

#include "daemon/buffer.h"
#include "daemon/log.h"

enum { IDLE_NS = 200000000 };

struct writer {
    uv_thread_t thread;
    uv_mutex_t lock;
    uv_cond_t work;
    store *to;
    mailbox *box;
    entry *first, **last;
    writer_stats stats;
    bool is_stopping;
};

/* All of the list in one batch. */
static ctg_status write_batch(store *to, entry *list, ctg_error *err) {
    ctg_status status = store_begin(to, err);
    if (status != CTG_OK)
        return status;
    for (entry *one = list; one && status == CTG_OK; one = one->next)
        status = one->write(one, to, err);
    if (status == CTG_OK)
        return store_commit(to, err);
    store_undo(to);
    return status;
}

/* One bad entry must not take the others with it: alone, each on its own. */
static uint64_t write_each(store *to, entry *list) {
    uint64_t n_failures = 0;
    while (list) {
        entry *const next = list->next;
        list->next = NULL;
        list->err = (ctg_error)CTG_ERROR_INIT;
        list->status = write_batch(to, list, &list->err);
        if (list->status != CTG_OK) {
            log_line(LOG_ERROR, "write_refused", "code=%s", list->err.code);
            n_failures++;
        }
        list->next = next;
        list = next;
    }
    return n_failures;
}

static void write_all(writer *in, entry *list) {
    ctg_error err = CTG_ERROR_INIT;
    uint64_t n_entries = 0, n_failures = 0;
    const ctg_status status = write_batch(in->to, list, &err);
    if (status != CTG_OK)
        n_failures = write_each(in->to, list);
    for (entry *one = list; one; one = one->next, n_entries++)
        if (status == CTG_OK)
            one->status = CTG_OK;
    uv_mutex_lock(&in->lock);
    in->stats.n_batches++;
    in->stats.n_entries += n_entries;
    in->stats.n_failures += n_failures;
    uv_mutex_unlock(&in->lock);
    while (list) {
        entry *const done = list;
        list = list->next;
        mailbox_send(in->box, &done->done);
    }
}

/* Locked on the way in and out. False: stop, nothing is left. */
static bool wait_for_work(writer *in) {
    bool is_tidy = false;
    while (!in->first && !in->is_stopping) {
        if (is_tidy) {
            uv_cond_wait(&in->work, &in->lock);
        } else if (uv_cond_timedwait(&in->work, &in->lock, IDLE_NS) != 0) {
            uv_mutex_unlock(&in->lock);
            store_tidy(in->to);
            is_tidy = true;
            uv_mutex_lock(&in->lock);
        }
    }
    return in->first != NULL;
}

static void write_on(void *arg) {
    writer *const in = arg;
    uv_mutex_lock(&in->lock);
    while (wait_for_work(in)) {
        entry *const list = in->first;
        in->first = NULL;
        in->last = &in->first;
        uv_mutex_unlock(&in->lock);
        write_all(in, list);
        uv_mutex_lock(&in->lock);
    }
    uv_mutex_unlock(&in->lock);
}

writer *writer_start(store *to, mailbox *box) {
    writer *const made = NEED(writer);
    made->to = to;
    made->box = box;
    made->last = &made->first;
    uv_mutex_init(&made->lock);
    uv_cond_init(&made->work);
    if (uv_thread_create(&made->thread, write_on, made) != 0) {
        log_line(LOG_ERROR, "no_thread", "%s", "");
        exit(1);
    }
    return made;
}

void writer_push(writer *to, entry *what) {
    what->next = NULL;
    uv_mutex_lock(&to->lock);
    *to->last = what;
    to->last = &what->next;
    uv_cond_signal(&to->work);
    uv_mutex_unlock(&to->lock);
}

writer_stats writer_count(writer *of) {
    uv_mutex_lock(&of->lock);
    const writer_stats stats = of->stats;
    uv_mutex_unlock(&of->lock);
    return stats;
}

store *writer_stop(writer *held) {
    uv_mutex_lock(&held->lock);
    held->is_stopping = true;
    uv_cond_signal(&held->work);
    uv_mutex_unlock(&held->lock);
    uv_thread_join(&held->thread);
    store *const back = held->to;
    uv_mutex_destroy(&held->lock);
    uv_cond_destroy(&held->work);
    free(held);
    return back;
}
