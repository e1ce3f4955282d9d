// SPDX-License-Identifier: GPL-3.0-or-later
/* libmicrohttpd without threads of its own: its epoll descriptor is watched by
 * the loop.
 *
 * A call waits for its answer as a suspended connection. Suspended connections
 * have no timeout and must all be resumed before the end, so every call stands
 * in one list. Versions in Debian let some doubtful heads through: two lengths,
 * two hosts, a length and chunks; those are refused here. */
#include "daemon/http.h"

#include <assert.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "daemon/log.h"

enum {
    MOST_LISTENERS = 8,
    HEAD_BYTES = 16 * 1024,
    SEND_BYTES = 64 * 1024,
    STREAM_BLOCK = 4096,
    MOST_UNREAD = 256 * 1024,
    SAFETY_MS = 1000 /* a wakeup that was missed is made up for */
};

/* The same strictness, by its name in either series. */
#if MHD_VERSION >= 0x01000000
#define STRICT_CLIENTS MHD_OPTION_CLIENT_DISCIPLINE_LVL
#else
#define STRICT_CLIENTS MHD_OPTION_STRICT_FOR_CLIENT
#endif

typedef struct listener {
    http *of;
    struct MHD_Daemon *daemon;
    uv_poll_t poll;
    uv_timer_t timer;
    bool is_local;
} listener;

struct http {
    uv_loop_t *loop;
    http_options options;
    listener at[MOST_LISTENERS];
    int32_t n;
    http_call *calls; /* doubly linked */
    http_stream *streams;
    size_t memory; /* of bodies */
    uint32_t n_streams;
    uint64_t n_dropped;
    bool is_stopping;
};

struct http_call {
    http *of;
    http_call *before, *after;
    struct MHD_Connection *connection;
    char *method, *path;
    buffer body;
    size_t most;
    answer *ready;
    http_stream *stream;
    void *data;
    bool is_local, is_suspended, is_served, is_too_large, is_queued;
};

struct http_stream {
    http *of;
    http_stream *before, *after;
    struct MHD_Connection *connection;
    buffer queue;
    size_t sent;
    void *user;
    void (*gone)(void *user);
    bool is_suspended, is_closing, is_dropped;
};

/* --- calls --- */

const char *http_method(const http_call *call) { return call->method; }
const char *http_path(const http_call *call) { return call->path; }

const char *http_header(const http_call *call, const char *name) {
    return MHD_lookup_connection_value(call->connection, MHD_HEADER_KIND, name);
}

const char *http_query(const http_call *call, const char *name) {
    return MHD_lookup_connection_value(call->connection, MHD_GET_ARGUMENT_KIND,
                                       name);
}

void http_take_body(http_call *call, buffer *to) {
    call->of->memory -= call->body.n;
    *to = call->body;
    call->body = (buffer){0};
}

void http_set_data(http_call *call, void *data) { call->data = data; }
void *http_data(const http_call *call) { return call->data; }

bool http_is_own_user(const http_call *call) {
    struct ucred peer;
    socklen_t n = sizeof peer;
    const union MHD_ConnectionInfo *const about = MHD_get_connection_info(
        call->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return call->is_local && about &&
           getsockopt((int)about->connect_fd, SOL_SOCKET, SO_PEERCRED, &peer,
                      &n) == 0 &&
           peer.uid == geteuid();
}

static http_call *call_new(listener *at, struct MHD_Connection *connection,
                           const char *method, const char *path) {
    http *const of = at->of;
    http_call *const made = NEED(http_call);
    made->of = of;
    made->connection = connection;
    made->method = need_copy(method);
    made->path = need_copy(path);
    made->is_local = at->is_local;
    made->after = of->calls;
    if (of->calls)
        of->calls->before = made;
    of->calls = made;
    return made;
}

static void forget_body(http_call *call) {
    call->of->memory -= call->body.n;
    buffer_free(&call->body);
}

static void call_free(http_call *call) {
    http *const of = call->of;
    if (of->options.over)
        of->options.over(of->options.user, call);
    if (call->before)
        call->before->after = call->after;
    else
        of->calls = call->after;
    if (call->after)
        call->after->before = call->before;
    forget_body(call);
    answer_free(call->ready);
    free(call->method);
    free(call->path);
    free(call);
}

/* --- answers --- */

static void add_header(struct MHD_Response *to, const char *name,
                       const char *value) {
    if (value)
        MHD_add_response_header(to, name, value);
}

static void add_headers(struct MHD_Response *to, const answer *what) {
    char seconds[16];
    snprintf(seconds, sizeof seconds, "%d", what->retry_s);
    add_header(to, "Content-Type", what->type);
    add_header(to, "Location", what->location);
    add_header(to, "ETag", what->etag);
    add_header(to, "Allow", what->allow);
    add_header(to, "Ctgsched-Plan", what->plan);
    if (what->retry_s)
        add_header(to, "Retry-After", seconds);
    if (what->status == 401)
        add_header(to, "WWW-Authenticate", "Bearer realm=\"ctgschedd\"");
    add_header(to, "Cache-Control", "no-store");
    add_header(to, "X-Content-Type-Options", "nosniff");
}

static enum MHD_Result queue_answer(http_call *call) {
    answer *const what = call->ready;
    if (what->body.failed) {
        what->status = 503;
        buffer_free(&what->body);
    }
    struct MHD_Response *const made = MHD_create_response_from_buffer(
        what->body.n, what->body.at, MHD_RESPMEM_MUST_FREE);
    if (!made)
        return MHD_NO;
    const unsigned status = (unsigned)what->status;
    what->body = (buffer){0}; // freed with the response
    add_headers(made, what);
    const enum MHD_Result result =
        MHD_queue_response(call->connection, status, made);
    MHD_destroy_response(made);
    call->is_queued = true;
    forget_body(call);
    return result;
}

static void wake(http_call *call) {
    if (!call->is_suspended)
        return;
    call->is_suspended = false;
    MHD_resume_connection(call->connection);
}

void http_reply(http_call *call, answer *what) {
    assert(!call->ready && !call->stream);
    call->ready = what;
    wake(call);
}

/* --- streams --- */

static ssize_t read_stream(void *held, uint64_t at, char *to, size_t most) {
    http_stream *const from = held;
    (void)at;
    if (from->is_dropped)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    const size_t left = from->queue.n - from->sent;
    if (left == 0) {
        if (from->is_closing)
            return MHD_CONTENT_READER_END_OF_STREAM;
        from->is_suspended = true;
        MHD_suspend_connection(from->connection);
        return 0;
    }
    const size_t n = left < most ? left : most;
    memcpy(to, from->queue.at + from->sent, n);
    from->sent += n;
    if (from->sent == from->queue.n)
        from->queue.n = from->sent = 0;
    return (ssize_t)n;
}

static void free_stream(void *held) {
    http_stream *const gone = held;
    http *const of = gone->of;
    if (gone->gone)
        gone->gone(gone->user);
    if (gone->before)
        gone->before->after = gone->after;
    else
        of->streams = gone->after;
    if (gone->after)
        gone->after->before = gone->before;
    of->n_streams--;
    buffer_free(&gone->queue);
    free(gone);
}

static enum MHD_Result queue_stream(http_call *call) {
    struct MHD_Response *const made = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, STREAM_BLOCK, read_stream, call->stream, free_stream);
    if (!made)
        return MHD_NO;
    add_header(made, "Content-Type", "text/event-stream");
    add_header(made, "Cache-Control", "no-store");
    add_header(made, "X-Accel-Buffering", "no");
    const enum MHD_Result result =
        MHD_queue_response(call->connection, 200, made);
    MHD_destroy_response(made);
    call->is_queued = true;
    return result;
}

http_stream *http_stream_open(http_call *call, void *user,
                              void (*gone)(void *user)) {
    http *const of = call->of;
    assert(!call->ready && !call->stream);
    http_stream *const made = NEED(http_stream);
    *made = (http_stream){.of = of,
                          .after = of->streams,
                          .connection = call->connection,
                          .user = user,
                          .gone = gone};
    if (of->streams)
        of->streams->before = made;
    of->streams = made;
    of->n_streams++;
    call->stream = made;
    wake(call);
    return made;
}

static void wake_stream(http_stream *held) {
    if (!held->is_suspended)
        return;
    held->is_suspended = false;
    MHD_resume_connection(held->connection);
}

/* Who reads too slowly is cut off and comes back with Last-Event-ID. The
 * socket is shut, for a connection that waits for a full socket would hear of
 * nothing else. */
static void drop_stream(http_stream *held) {
    const union MHD_ConnectionInfo *const about = MHD_get_connection_info(
        held->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    held->is_dropped = true;
    held->of->n_dropped++;
    if (about)
        shutdown((int)about->connect_fd, SHUT_RDWR);
    wake_stream(held);
}

void http_stream_push(http_stream *to, const char *bytes, size_t n) {
    if (to->is_dropped || to->is_closing)
        return;
    if (to->sent > 0 && to->sent < to->queue.n) {
        memmove(to->queue.at, to->queue.at + to->sent, to->queue.n - to->sent);
        to->queue.n -= to->sent;
        to->sent = 0;
    }
    if (to->queue.n + n > to->of->options.most_queued) {
        drop_stream(to);
        return;
    }
    buffer_add(&to->queue, bytes, n);
    wake_stream(to);
}

void http_stream_close(http_stream *held) {
    held->is_closing = true;
    wake_stream(held);
}

/* --- what comes in --- */

typedef struct doubles {
    int lengths, hosts, encodings;
} doubles;

static enum MHD_Result count_header(void *counted, enum MHD_ValueKind kind,
                                    const char *name, const char *value) {
    doubles *const to = counted;
    (void)kind;
    (void)value;
    to->lengths += strcasecmp(name, "Content-Length") == 0;
    to->hosts += strcasecmp(name, "Host") == 0;
    to->encodings += strcasecmp(name, "Transfer-Encoding") == 0;
    return MHD_YES;
}

static answer *refuse_head(http_call *call) {
    doubles count = {0};
    MHD_get_connection_values(call->connection, MHD_HEADER_KIND, count_header,
                              &count);
    if (count.lengths > 1 || count.hosts > 1 || count.encodings > 1 ||
        count.lengths + count.encodings > 1)
        return answer_fault(FAULT_SYNTAX, false,
                            "A header that says how long the body is, or for "
                            "whom, is there twice. Maybe a proxy is set up "
                            "wrongly.");
    if (call->of->is_stopping)
        return answer_fault(FAULT_UNAVAILABLE, false,
                            "The server is stopping.");
    return NULL;
}

static answer *too_large(size_t most) {
    return answer_fault(FAULT_TOO_LARGE, false,
                        "At most %zu bytes are read here. Maybe send it in "
                        "parts.",
                        most);
}

/* The head is complete: refuse now, or read on. */
static enum MHD_Result begin_call(http_call *call) {
    http *const of = call->of;
    answer *refusal = refuse_head(call);
    if (!refusal)
        refusal = of->options.admit(of->options.user, call, &call->most);
    const char *const length = http_header(call, "Content-Length");
    const unsigned long long bytes = length ? strtoull(length, NULL, 10) : 0;
    if (!refusal && bytes > call->most)
        refusal = too_large(call->most);
    if (!refusal)
        return MHD_YES;
    call->ready = refusal;
    call->is_served = true;
    // A short body is let in, for a client that still writes does not see an
    // answer before the connection is closed on it.
    call->is_too_large = bytes <= MOST_UNREAD;
    call->most = MOST_UNREAD + 1;
    return call->is_too_large ? MHD_YES : queue_answer(call);
}

static enum MHD_Result take_body(http_call *call, const char *bytes,
                                 size_t *n) {
    http *const of = call->of;
    const size_t more = *n;
    *n = 0;
    if (call->is_too_large) {
        // Not kept; somebody who goes on all the same is cut off.
        call->most -= more < call->most ? more : call->most;
        return call->most ? MHD_YES : MHD_NO;
    }
    if (call->body.n + more > call->most) {
        call->is_too_large = true;
        call->ready = too_large(call->most);
        return MHD_YES;
    }
    if (of->memory + more > of->options.most_memory) {
        call->is_too_large = true;
        call->ready = answer_fault(FAULT_UNAVAILABLE, false,
                                   "Too much is being read at once.");
        return MHD_YES;
    }
    buffer_add(&call->body, bytes, more);
    if (call->body.failed)
        return MHD_NO;
    of->memory += more;
    return MHD_YES;
}

static enum MHD_Result go_on(http_call *call) {
    http *const of = call->of;
    if (call->is_queued)
        return MHD_YES;
    if (!call->is_served && !call->ready) {
        call->is_served = true;
        of->options.serve(of->options.user, call);
    }
    if (call->ready)
        return queue_answer(call);
    if (call->stream)
        return queue_stream(call);
    call->is_suspended = true;
    MHD_suspend_connection(call->connection);
    return MHD_YES;
}

static enum MHD_Result on_access(void *at, struct MHD_Connection *connection,
                                 const char *path, const char *method,
                                 const char *version, const char *bytes,
                                 size_t *n, void **held) {
    (void)version;
    if (!*held) {
        http_call *const call = call_new(at, connection, method, path);
        *held = call;
        return begin_call(call);
    }
    return *n ? take_body(*held, bytes, n) : go_on(*held);
}

static void on_over(void *at, struct MHD_Connection *connection, void **held,
                    enum MHD_RequestTerminationCode why) {
    (void)at;
    (void)connection;
    (void)why;
    if (*held)
        call_free(*held);
    *held = NULL;
}

static void keep_silent(void *user, const char *format, va_list rest) {
    (void)user;
    (void)format;
    (void)rest;
}

/* --- the loop --- */

static void run(listener *at);

static void on_timer(uv_timer_t *timer) { run(timer->data); }

static void run(listener *at) {
    unsigned long long ms = SAFETY_MS;
    MHD_run(at->daemon);
    if (MHD_get_timeout(at->daemon, &ms) != MHD_YES || ms > SAFETY_MS)
        ms = SAFETY_MS;
    if (!uv_is_closing((uv_handle_t *)&at->timer))
        uv_timer_start(&at->timer, on_timer, ms, 0);
}

static void on_poll(uv_poll_t *poll, int status, int events) {
    (void)status;
    (void)events;
    run(poll->data);
}

void http_run(http *on) {
    for (int32_t i = 0; i < on->n; i++)
        run(&on->at[i]);
}

http *http_start(uv_loop_t *loop, const http_options *options) {
    http *const made = NEED(http);
    made->loop = loop;
    made->options = *options;
    return made;
}

static struct MHD_Daemon *start_daemon(listener *at, int socket) {
    const http_options *const asked = &at->of->options;
    return MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC, 0, NULL, NULL,
        on_access, at, MHD_OPTION_EXTERNAL_LOGGER, keep_silent, NULL,
        MHD_OPTION_LISTEN_SOCKET, socket, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)asked->most_connections, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)asked->timeout_s, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)HEAD_BYTES, STRICT_CLIENTS, 1, MHD_OPTION_NOTIFY_COMPLETED,
        on_over, NULL, MHD_OPTION_END);
}

bool http_listen(http *on, int socket, bool is_local) {
    const int bytes = SEND_BYTES;
    if (on->n == MOST_LISTENERS)
        return false;
    listener *const at = &on->at[on->n];
    *at = (listener){.of = on, .is_local = is_local};
    // Inherited by each connection, so that the kernel does not hide for long
    // that somebody does not read.
    setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
    at->daemon = start_daemon(at, socket);
    const union MHD_DaemonInfo *const about =
        at->daemon ? MHD_get_daemon_info(at->daemon, MHD_DAEMON_INFO_EPOLL_FD)
                   : NULL;
    if (!about)
        return false;
    uv_poll_init(on->loop, &at->poll, about->epoll_fd);
    uv_timer_init(on->loop, &at->timer);
    at->poll.data = at->timer.data = at;
    uv_poll_start(&at->poll, UV_READABLE, on_poll);
    on->n++;
    run(at);
    return true;
}

void http_stop(http *on) {
    on->is_stopping = true;
    for (int32_t i = 0; i < on->n; i++)
        MHD_quiesce_daemon(on->at[i].daemon);
    for (http_stream *one = on->streams; one; one = one->after)
        http_stream_close(one);
    for (http_call *one = on->calls; one; one = one->after)
        if (one->is_suspended)
            http_reply(one, answer_fault(FAULT_UNAVAILABLE, false,
                                         "The server is stopping."));
    for (int i = 0; i < 3; i++)
        http_run(on);
    for (int32_t i = 0; i < on->n; i++) {
        listener *const at = &on->at[i];
        uv_poll_stop(&at->poll);
        uv_close((uv_handle_t *)&at->poll, NULL);
        uv_close((uv_handle_t *)&at->timer, NULL);
        MHD_stop_daemon(at->daemon);
    }
    on->n = 0;
}

void http_free(http *on) { free(on); }

uint32_t http_connections(const http *on) {
    uint32_t n = 0;
    for (int32_t i = 0; i < on->n; i++) {
        const union MHD_DaemonInfo *const about = MHD_get_daemon_info(
            on->at[i].daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
        n += about ? about->num_connections : 0;
    }
    return n;
}

uint64_t http_streams_dropped(const http *on) { return on->n_dropped; }
uint32_t http_streams(const http *on) { return on->n_streams; }
