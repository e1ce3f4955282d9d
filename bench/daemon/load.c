// SPDX-License-Identifier: GPL-3.0-or-later
/* Clients that ask a daemon over its unix socket, each the next thing when the
 * last was answered, and how long each answer took.
 *
 *     ctgschedd-load SOCKET TOKEN CLIENTS SECONDS RATE METHOD PATH [BODY]
 *
 * RATE: requests a second of all clients together, 0 for as fast as they go. In
 * PATH and BODY "@N@" becomes a number that no other request has, "@C@" the
 * number of the client. Prints one line of JSON. */
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { MOST_CLIENTS = 1024, ROOM = 1 << 20, MOST_TIMES = 1 << 21 };

typedef struct plan {
    const char *socket, *token, *method, *path, *body;
    int clients;
    double seconds, rate;
    int64_t begun_ns, end_ns;
    _Atomic int64_t next;
} plan;

typedef struct client {
    plan *of;
    int number, plug;
    char *text, *answer;
    int64_t *times_ns;
    int64_t n, n_done, n_busy, n_refused, n_failed;
    pthread_t thread;
} client;

static int64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static bool join(client *one) {
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    snprintf(name.sun_path, sizeof name.sun_path, "%s", one->of->socket);
    one->plug = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return one->plug >= 0 &&
           connect(one->plug, (const struct sockaddr *)&name, sizeof name) == 0;
}

/* The template with its numbers; its length. */
static size_t expand(char *to, size_t room, const char *from, int64_t number,
                     int who) {
    size_t n = 0;
    while (*from && n + 32 < room) {
        if (strncmp(from, "@N@", 3) == 0) {
            n += (size_t)snprintf(to + n, room - n, "%" PRId64, number);
            from += 3;
        } else if (strncmp(from, "@C@", 3) == 0) {
            n += (size_t)snprintf(to + n, room - n, "%d", who);
            from += 3;
        } else {
            to[n++] = *from++;
        }
    }
    to[n] = '\0';
    return n;
}

static bool send_all(int plug, const char *bytes, size_t n) {
    while (n > 0) {
        const ssize_t sent = send(plug, bytes, n, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        n -= (size_t)sent;
    }
    return true;
}

/* The status of an answer with a Content-Length, 0 when there is none. */
static int read_answer(client *one) {
    size_t n = 0, whole = 0;
    while (n + 1 < ROOM) {
        const ssize_t got = recv(one->plug, one->answer + n, ROOM - n - 1, 0);
        if (got <= 0)
            return 0;
        n += (size_t)got;
        one->answer[n] = '\0';
        const char *const end = strstr(one->answer, "\r\n\r\n");
        if (end && whole == 0) {
            const char *const length = strstr(one->answer, "Content-Length: ");
            whole = (size_t)(end + 4 - one->answer);
            whole += length ? strtoul(length + 16, NULL, 10) : 0;
        }
        if (whole && n >= whole)
            return (int)strtol(one->answer + 9, NULL, 10);
    }
    return 0;
}

static size_t write_request(client *one, int64_t number) {
    const plan *const of = one->of;
    char *const body = one->answer; // its room is free until the answer
    const size_t bytes = expand(body, ROOM, of->body, number, one->number);
    char path[1024];
    expand(path, sizeof path, of->path, number, one->number);
    return (size_t)snprintf(
        one->text, ROOM,
        "%s %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
        "Idempotency-Key: %d-%" PRId64 "-%ld\r\nContent-Length: %zu\r\n\r\n%s",
        of->method, path, of->token, one->number, number, (long)getpid(), bytes,
        body);
}

static void wait_turn(const plan *of, int64_t number) {
    const int64_t due =
        of->begun_ns + (int64_t)((double)number / of->rate * 1e9);
    const int64_t left = due - now_ns();
    const struct timespec span = {left / 1000000000, left % 1000000000};
    if (left > 0)
        nanosleep(&span, NULL);
}

static void count(client *one, int status, int64_t ns) {
    if (status >= 200 && status < 300)
        one->n_done++;
    else if (status == 429 || status == 503)
        one->n_busy++;
    else if (status > 0)
        one->n_refused++;
    else
        one->n_failed++;
    if (status > 0 && one->n < MOST_TIMES / one->of->clients)
        one->times_ns[one->n++] = ns;
}

static void *ask_on(void *arg) {
    client *const one = arg;
    plan *const of = one->of;
    bool is_joined = join(one);
    while (now_ns() < of->end_ns) {
        const int64_t number = atomic_fetch_add(&of->next, 1);
        if (of->rate > 0)
            wait_turn(of, number);
        const size_t n = write_request(one, number);
        const int64_t begun = now_ns();
        const int status = is_joined && send_all(one->plug, one->text, n)
                               ? read_answer(one)
                               : 0;
        count(one, status, now_ns() - begun);
        if (status == 0 || strstr(one->answer, "Connection: close")) {
            close(one->plug);
            is_joined = join(one);
        }
    }
    close(one->plug);
    return NULL;
}

static int by_size(const void *a, const void *b) {
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void report(client *all, const plan *of) {
    int64_t *const times = calloc(MOST_TIMES, sizeof *times);
    int64_t n = 0, done = 0, busy = 0, refused = 0, failed = 0;
    for (int i = 0; i < of->clients; i++) {
        memcpy(times + n, all[i].times_ns, (size_t)all[i].n * sizeof *times);
        n += all[i].n;
        done += all[i].n_done;
        busy += all[i].n_busy;
        refused += all[i].n_refused;
        failed += all[i].n_failed;
    }
    qsort(times, (size_t)n, sizeof *times, by_size);
    const double span = (double)(now_ns() - of->begun_ns) / 1e9;
    printf("{\"done\": %" PRId64 ", \"per_second\": %.0f, \"busy\": %" PRId64
           ", \"refused\": %" PRId64 ", \"failed\": %" PRId64
           ", \"p50_ms\": %.2f, \"p99_ms\": %.2f, \"max_ms\": %.2f}\n",
           done, (double)done / span, busy, refused, failed,
           n ? (double)times[n / 2] / 1e6 : 0,
           n ? (double)times[n * 99 / 100] / 1e6 : 0,
           n ? (double)times[n - 1] / 1e6 : 0);
    free(times);
}

int main(int argc, char **argv) {
    if (argc < 8) {
        fputs("usage: ctgschedd-load SOCKET TOKEN CLIENTS SECONDS RATE METHOD "
              "PATH [BODY]\n",
              stderr);
        return 2;
    }
    plan of = {.socket = argv[1],
               .token = argv[2],
               .clients = (int)strtol(argv[3], NULL, 10),
               .seconds = strtod(argv[4], NULL),
               .rate = strtod(argv[5], NULL),
               .method = argv[6],
               .path = argv[7],
               .body = argc > 8 ? argv[8] : ""};
    if (of.clients < 1 || of.clients > MOST_CLIENTS)
        return 2;
    client *const all = calloc((size_t)of.clients, sizeof *all);
    of.begun_ns = now_ns();
    of.end_ns = of.begun_ns + (int64_t)(of.seconds * 1e9);
    for (int i = 0; i < of.clients; i++) {
        all[i] = (client){.of = &of, .number = i};
        all[i].text = malloc(ROOM);
        all[i].answer = malloc(ROOM);
        all[i].times_ns =
            calloc((size_t)(MOST_TIMES / of.clients), sizeof(int64_t));
        pthread_create(&all[i].thread, NULL, ask_on, &all[i]);
    }
    for (int i = 0; i < of.clients; i++)
        pthread_join(all[i].thread, NULL);
    report(all, &of);
    for (int i = 0; i < of.clients; i++) {
        free(all[i].text);
        free(all[i].answer);
        free(all[i].times_ns);
    }
    free(all);
    return 0;
}
