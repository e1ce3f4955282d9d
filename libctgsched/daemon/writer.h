// SPDX-License-Identifier: GPL-3.0-or-later
/* The one thread that writes the state: everything that waits goes into one
 * batch, so that a hundred acknowledgements cost one sync. */
#ifndef CTGSCHED_DAEMON_WRITER_H
#define CTGSCHED_DAEMON_WRITER_H

#include "daemon/mailbox.h"
#include "store/store.h"

typedef struct writer writer;
typedef struct entry entry;

/* First member of whatever is written. */
struct entry {
    letter done; /* sent when it is durable, or refused */
    entry *next;
    ctg_status (*write)(entry *self, store *to, ctg_error *err);
    ctg_status status; /* set before `done` is sent */
    ctg_error err;
};

typedef struct writer_stats {
    uint64_t n_batches, n_entries, n_failures;
} writer_stats;

/* The store is the writer's from now on, until writer_stop gives it back. */
writer *writer_start(store *to, mailbox *box);
void writer_push(writer *to, entry *what); /* any thread */
writer_stats writer_count(writer *of);
/* Writes what waits, then ends the thread. */
store *writer_stop(writer *held);

#endif
