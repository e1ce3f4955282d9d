// SPDX-License-Identifier: GPL-3.0-or-later
/* What streams of one commune are told: the last events, kept for those who
 * come back, and who listens. The loop thread's. */
#ifndef CTGSCHED_DAEMON_FEED_H
#define CTGSCHED_DAEMON_FEED_H

#include "daemon/http.h"

enum { FEED_KEPT = 512, FEED_AT_ONCE = 32 * 1024 };

typedef struct feed_event {
    int64_t seq;
    buffer frame; /* as it is sent */
} feed_event;

typedef struct listener_entry {
    struct listener_entry *next, **at;
    http_stream *stream;
} listener_entry;

typedef struct feed {
    feed_event kept[FEED_KEPT]; /* a ring by seq */
    listener_entry *first;
    int64_t last_seq, first_seq; /* of what is kept, 0: nothing */
} feed;

void feed_free(feed *held);
/* `data` is one line of JSON. */
void feed_add(feed *to, int64_t seq, const char *event, const buffer *data);
void feed_frame(buffer *to, int64_t seq, const char *event, const char *data,
                size_t n);
/* Whether everything after `seq` is still kept. */
bool feed_has_after(const feed *of, int64_t seq);
/* Opens a stream: first `prologue` (may be empty), then what is kept after
 * `seq`, then what comes; it ends early when that is too much at once. */
void feed_join(feed *to, http_call *call, const buffer *prologue, int64_t seq);
void feed_beat(feed *to); /* a comment, so that silence means death */

#endif
