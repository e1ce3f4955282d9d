// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/feed.h"

#include <inttypes.h>
#include <stdlib.h>

static feed_event *place_of(feed *in, int64_t seq) {
    return &in->kept[seq % FEED_KEPT];
}

void feed_free(feed *held) {
    for (int i = 0; i < FEED_KEPT; i++)
        buffer_free(&held->kept[i].frame);
}

void feed_frame(buffer *to, int64_t seq, const char *event, const char *data,
                size_t n) {
    buffer_printf(to, "id: %" PRId64 "\nevent: %s\ndata: ", seq, event);
    buffer_add(to, data, n);
    buffer_puts(to, "\n\n");
}

void feed_add(feed *to, int64_t seq, const char *event, const buffer *data) {
    feed_event *const at = place_of(to, seq);
    buffer_free(&at->frame);
    at->seq = seq;
    feed_frame(&at->frame, seq, event, data->at, data->n);
    if (to->last_seq != seq - 1 || to->first_seq == 0)
        to->first_seq = seq; // a gap: what came before is no use
    to->last_seq = seq;
    if (seq - to->first_seq >= FEED_KEPT)
        to->first_seq = seq - FEED_KEPT + 1;
    for (listener_entry *one = to->first, *next; one; one = next) {
        next = one->next;
        http_stream_push(one->stream, at->frame.at, at->frame.n);
    }
}

bool feed_has_after(const feed *of, int64_t seq) {
    return seq >= of->last_seq ||
           (of->first_seq > 0 && seq >= of->first_seq - 1);
}

static void forget(void *held) {
    listener_entry *const gone = held;
    *gone->at = gone->next;
    if (gone->next)
        gone->next->at = gone->at;
    free(gone);
}

/* What is kept after `seq`, as much as goes at once; false when something is
 * left or lost. */
static bool push_kept(feed *from, http_stream *to, int64_t seq, size_t n) {
    if (from->first_seq == 0 || seq >= from->last_seq)
        return seq >= from->last_seq;
    if (seq < from->first_seq - 1)
        return false;
    for (int64_t s = seq + 1; s <= from->last_seq; s++) {
        const feed_event *const at = place_of(from, s);
        n += at->frame.n;
        if (n > FEED_AT_ONCE)
            return false;
        http_stream_push(to, at->frame.at, at->frame.n);
    }
    return true;
}

void feed_join(feed *to, http_call *call, const buffer *prologue, int64_t seq) {
    listener_entry *const made = NEED(listener_entry);
    made->next = to->first;
    made->at = &to->first;
    if (to->first)
        to->first->at = &made->next;
    to->first = made;
    made->stream = http_stream_open(call, made, forget);
    http_stream_push(made->stream, "retry: 1000\n\n", 13);
    if (prologue->n > 0)
        http_stream_push(made->stream, prologue->at, prologue->n);
    // Who is far behind comes back for the rest with the last id it got.
    if (!push_kept(to, made->stream, seq, prologue->n))
        http_stream_close(made->stream);
}

void feed_beat(feed *to) {
    for (listener_entry *one = to->first, *next; one; one = next) {
        next = one->next;
        http_stream_push(one->stream, ": \n\n", 4);
    }
}
