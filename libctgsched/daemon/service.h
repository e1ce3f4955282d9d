// SPDX-License-Identifier: GPL-3.0-or-later
/* The running daemon: what its parts share. Made and freed by main.c; the loop
 * thread's, but for what says otherwise. */
#ifndef CTGSCHED_DAEMON_SERVICE_H
#define CTGSCHED_DAEMON_SERVICE_H

#include "daemon/commune.h"
#include "daemon/metrics.h"
#include "daemon/settings.h"
#include "daemon/tokens.h"
#include "daemon/writer.h"

struct order;

typedef struct service {
    const settings *settings;
    uv_loop_t *loop;
    mailbox box;    /* any thread sends */
    writer *writer; /* any thread pushes */
    store *reader;  /* under reader_lock */
    uv_mutex_t reader_lock;
    pool *desks, *readers, *planners;
    http *http;
    tokens tokens;
    metrics metrics;
    commune *communes; /* by id; only grows */
    int32_t n_communes;
    void (*adopt)(struct order *plan); /* of the desk, for the planner */
    bool is_stopping;
    int64_t state_trouble_ms; /* when the state last refused, 0: never */
    ctg_error state_trouble;  /* and why */
} service;

commune *service_find(const service *in, const char *id); /* NULL: none */
/* Makes it when it is not there. */
commune *service_commune(service *in, const char *id);

#endif
