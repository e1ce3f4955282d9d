// SPDX-License-Identifier: GPL-3.0-or-later
/* HTTP/1.1 on sockets that listen already; everything here is the loop
 * thread's. http.c is the only file that knows libmicrohttpd. */
#ifndef CTGSCHED_DAEMON_HTTP_H
#define CTGSCHED_DAEMON_HTTP_H

#include <uv.h>

#include "daemon/answer.h"

typedef struct http http;
typedef struct http_call http_call;
typedef struct http_stream http_stream;

typedef struct http_options {
    uint32_t most_connections;
    uint32_t timeout_s; /* of a connection that does nothing */
    size_t most_memory; /* of all bodies that are on their way */
    size_t most_queued; /* bytes that a stream may be behind */
    void *user;
    /* The head is there. NULL: go on, with a body of at most *most bytes; else
     * the answer. `call` may be given data of the handler's. */
    answer *(*admit)(void *user, http_call *call, size_t *most);
    /* The body is there. Ends in http_reply or http_stream_open, now or
     * later. */
    void (*serve)(void *user, http_call *call);
    /* The call is over, answered or not. */
    void (*over)(void *user, http_call *call);
} http_options;

http *http_start(uv_loop_t *loop, const http_options *options);
/* `is_local`: a unix socket, whose peers have a user id. */
bool http_listen(http *on, int socket, bool is_local);
/* Lets answers that are ready go out; call after a round of http_reply. */
void http_run(http *on);
/* Takes no new connection, ends streams, refuses what has no answer yet. */
void http_stop(http *on);
/* After http_stop, with the loop run until its handles are closed. */
void http_free(http *on);
uint32_t http_connections(const http *on);
uint64_t http_streams_dropped(const http *on);
uint32_t http_streams(const http *on);

const char *http_method(const http_call *call);
const char *http_path(const http_call *call);
const char *http_header(const http_call *call, const char *name);
const char *http_query(const http_call *call, const char *name);
void http_take_body(http_call *call, buffer *to); /* it may be large */
bool http_is_own_user(const http_call *call);     /* local, same user as we */
void http_set_data(http_call *call, void *data);
void *http_data(const http_call *call);

/* Takes the answer. */
void http_reply(http_call *call, answer *what);

/* Server-sent events. `gone` is called once, when the client left, was dropped
 * or the stream was closed; the stream is then no longer valid. */
http_stream *http_stream_open(http_call *call, void *user,
                              void (*gone)(void *user));
void http_stream_push(http_stream *to, const char *bytes, size_t n);
void http_stream_close(http_stream *held);

#endif
