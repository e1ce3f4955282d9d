// SPDX-License-Identifier: GPL-3.0-or-later
/* ctgschedd: starts, runs the loop, stops.
 *
 * The end, in this order: no new request; solves interrupted and their plans
 * taken over; what waits refused; what was taken written; answers out. */
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/desk.h"
#include "daemon/log.h"
#include "daemon/planner.h"
#include "daemon/recover.h"
#include "daemon/replay.h"
#include "daemon/serve.h"
#include "daemon/sockets.h"

enum {
    EXIT_FINE = 0,
    EXIT_STATE = 1,
    EXIT_WRONG = 2,
    EXIT_HELD = 8,
    TICK_MS = 500,
    PLANNER_NICENESS = 5,
    FIRST_GIVEN = 3
};

typedef struct process {
    service of;
    settings settings;
    uv_loop_t loop;
    uv_timer_t tick;
    uv_signal_t term, interrupt, reload;
    store *store; /* until the writer has it */
    int64_t beat_ms, forget_ms;
} process;

/* --- the tick --- */

static void expire(service *of, commune *in);

static void expire_next(order *what) {
    what->in->is_expiring = false;
    expire(what->of, what->in);
}

static void expire(service *of, commune *in) {
    if (in->is_expiring || of->is_stopping ||
        atomic_load(&in->next_expiry_ms) > now_ms() || commune_is_broken(in))
        return;
    order *const made = order_new(of, in, desk_expire);
    made->finally = expire_next;
    in->is_expiring = true;
    order_force(made, in->desk);
}

static void beat(process *in, int64_t now) {
    const int64_t every = (int64_t)(1000 * in->settings.number[SET_HEARTBEAT]);
    if (every == 0 || now - in->beat_ms < every)
        return;
    in->beat_ms = now;
    for (commune *one = in->of.communes; one; one = one->next)
        feed_beat(&one->feed);
    http_run(in->of.http);
}

static void on_tick(uv_timer_t *timer) {
    process *const in = timer->data;
    const int64_t now = now_ms();
    const int64_t key_ms = 1000 * set_whole(&in->settings, SET_KEY_TIME);
    const bool is_forgetting = now - in->forget_ms > 60000;
    for (commune *one = in->of.communes; one; one = one->next) {
        expire(&in->of, one);
        if (is_forgetting)
            keys_forget(&one->keys, now - key_ms);
    }
    if (is_forgetting)
        in->forget_ms = now;
    planner_share(&in->of);
    beat(in, now);
    notify_systemd("WATCHDOG=1");
}

/* --- signals --- */

static void on_stop(uv_signal_t *handle, int number) {
    process *const in = handle->data;
    log_line(LOG_INFO, "stopping", "signal=%d", number);
    uv_stop(&in->loop);
}

static void on_reload(uv_signal_t *handle, int number) {
    process *const in = handle->data;
    (void)number;
    tokens_read(&in->of.tokens, in->settings.text[SET_TOKENS]);
}

static void watch(process *in) {
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); // a file as large as may be is an error
    uv_signal_init(&in->loop, &in->term);
    uv_signal_init(&in->loop, &in->interrupt);
    uv_signal_init(&in->loop, &in->reload);
    in->term.data = in->interrupt.data = in->reload.data = in;
    uv_signal_start(&in->term, on_stop, SIGTERM);
    uv_signal_start(&in->interrupt, on_stop, SIGINT);
    uv_signal_start(&in->reload, on_reload, SIGHUP);
    uv_timer_init(&in->loop, &in->tick);
    in->tick.data = in;
    uv_timer_start(&in->tick, on_tick, TICK_MS, TICK_MS);
}

/* --- the state --- */

static void tell_fault(void *user, const char *line) {
    fprintf(user, "ctgschedd: %s\n", line);
}

static int refuse_state(const ctg_error *err) {
    fprintf(stderr, "ctgschedd: %s: %s\n", err->code, err->message);
    return strcmp(err->code, "E-STORE-HELD") == 0 ? EXIT_HELD : EXIT_STATE;
}

static const char *state_of(const settings *set) {
    return set->text[SET_STATE];
}

static int check_state(const settings *set) {
    const store_options options = {false, NULL, 0};
    ctg_error err = CTG_ERROR_INIT;
    store_summary sum = {0};
    store *from = NULL;
    if (store_open(&from, state_of(set), &options, &err) != CTG_OK)
        return refuse_state(&err);
    const ctg_status status = store_check(from, &sum, tell_fault, stderr, &err);
    store_close(from);
    if (status != CTG_OK)
        return refuse_state(&err);
    printf("%lld communes, %lld records, %lld plans, %lld faults\n",
           (long long)sum.n_communes, (long long)sum.n_records,
           (long long)sum.n_plans, (long long)sum.n_faults);
    return sum.n_faults ? EXIT_STATE : EXIT_FINE;
}

static int replay(const settings *set) {
    const store_options options = {false, NULL, 0};
    ctg_error err = CTG_ERROR_INIT;
    replay_sum sum = {0};
    store *from = NULL, *beside = NULL;
    ctg_status status = store_open(&from, state_of(set), &options, &err);
    if (status == CTG_OK)
        status = store_open(&beside, state_of(set), &options, &err);
    if (status == CTG_OK)
        status = replay_state(&sum, from, beside,
                              (uint64_t)set_whole(set, SET_SOLVE_MEMORY),
                              stderr, &err);
    store_close(beside);
    store_close(from);
    if (status != CTG_OK)
        return refuse_state(&err);
    printf(
        "%lld records, %lld plans the same, %lld otherwise, %lld not limited "
        "by work\n",
        (long long)sum.n_records, (long long)sum.n_same, (long long)sum.n_other,
        (long long)sum.n_not_replayable);
    return sum.n_other ? EXIT_STATE : EXIT_FINE;
}

static int open_state(process *in) {
    const settings *const set = &in->settings;
    char holder[SETTING_VALUE + 80];
    ctg_error err = CTG_ERROR_INIT;
    store_summary sum;
    if (!state_of(set)[0]) {
        fputs("ctgschedd: --state is needed. Maybe --state /var/lib/"
              "ctgschedd.\n",
              stderr);
        return EXIT_WRONG;
    }
    if (mkdir(state_of(set), 0700) != 0 && errno != EEXIST) {
        fprintf(stderr, "ctgschedd: %s cannot be made: %s\n", state_of(set),
                strerror(errno));
        return EXIT_STATE;
    }
    snprintf(holder, sizeof holder, "ctgschedd (process %ld) at %s",
             (long)getpid(), set->text[SET_SOCKET]);
    const store_options options = {true, holder,
                                   (uint64_t)set_whole(set, SET_STATE_LIMIT)};
    const store_options reading = {false, NULL, 0};
    if (store_open(&in->store, state_of(set), &options, &err) != CTG_OK ||
        store_check(in->store, &sum, tell_fault, stderr, &err) != CTG_OK ||
        store_open(&in->of.reader, state_of(set), &reading, &err) != CTG_OK)
        return refuse_state(&err);
    return sum.n_faults ? EXIT_STATE : EXIT_FINE;
}

/* --- start --- */

static void after_letters(void *user) {
    const service *const of = user;
    if (of->http)
        http_run(of->http);
}

static void start_threads(process *in) {
    service *const of = &in->of;
    const settings *const set = &in->settings;
    of->settings = set;
    of->loop = &in->loop;
    of->adopt = desk_adopt;
    uv_mutex_init(&of->reader_lock);
    uv_loop_init(&in->loop);
    mailbox_open(&of->box, &in->loop, after_letters, of);
    of->desks = pool_start((int32_t)set_whole(set, SET_DESKS), 0);
    of->readers = pool_start((int32_t)set_whole(set, SET_DESKS), 0);
    // Plans may take a little longer; a person waits for the rest.
    of->planners =
        pool_start((int32_t)set_whole(set, SET_PLANNERS), PLANNER_NICENESS);
}

static http *start_http(process *in) {
    const settings *const set = &in->settings;
    const http_options options = {
        .most_connections = (uint32_t)set_whole(set, SET_CONNECTIONS),
        .timeout_s = (uint32_t)set_whole(set, SET_TIMEOUT),
        .most_memory = (size_t)set_whole(set, SET_MEMORY_LIMIT),
        .most_queued = (size_t)set_whole(set, SET_STREAM_QUEUE),
        .user = &in->of,
        .admit = serve_admit,
        .serve = serve_call,
        .over = serve_over};
    return http_start(&in->loop, &options);
}

static bool listen_on(process *in, int socket) {
    return socket >= 0 &&
           http_listen(in->of.http, socket, socket_is_unix(socket));
}

static bool listen_all(process *in) {
    const settings *const set = &in->settings;
    const int32_t given = sockets_given();
    bool is_fine = true;
    for (int i = 0; i < given; i++)
        is_fine = is_fine && listen_on(in, FIRST_GIVEN + i);
    if (given == 0 && strcmp(set->text[SET_SOCKET], "-") != 0)
        is_fine = listen_on(in, socket_unix(set->text[SET_SOCKET]));
    if (is_fine && set->text[SET_LISTEN][0])
        is_fine = listen_on(in, socket_loopback((int32_t)strtol(
                                    set->text[SET_LISTEN], NULL, 10)));
    return is_fine;
}

/* As many descriptors as may be: streams are many. */
static void raise_descriptors(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/* --- the end --- */

/* A plan that is still to be taken over is taken over, all else is refused. */
static void finish_or_refuse(task *waiting) {
    order *const what = (order *)(void *)waiting;
    if (what->run == desk_adopt)
        what->run(what);
    else
        order_refuse(waiting);
}

static void refuse_inboxes(service *of) {
    for (commune *one = of->communes; one; one = one->next)
        for (order *list = one->inbox, *next; list; list = next) {
            next = list->next;
            one->inbox = next;
            order_refuse(&list->task);
        }
}

static void close_handle(uv_handle_t *handle, void *user) {
    (void)user;
    if (!uv_is_closing(handle))
        uv_close(handle, NULL);
}

static void stop(process *in) {
    service *const of = &in->of;
    of->is_stopping = true;
    notify_systemd("STOPPING=1");
    planner_stop(of);
    pool_stop(of->planners, order_refuse);
    pool_stop(of->readers, order_refuse);
    pool_stop(of->desks, finish_or_refuse);
    refuse_inboxes(of);
    store *const back = writer_stop(of->writer);
    mailbox_empty(&of->box);
    http_stop(of->http);
    mailbox_empty(&of->box);
    uv_walk(&in->loop, close_handle, NULL);
    uv_run(&in->loop, UV_RUN_DEFAULT);
    const int is_left = uv_loop_close(&in->loop);
    log_line(LOG_INFO, "stopped", "handles_left=%d", is_left != 0);
    store_close(of->reader);
    store_close(back);
}

static void free_all(process *in) {
    service *const of = &in->of;
    http_free(of->http);
    while (of->communes) {
        commune *const one = of->communes;
        of->communes = one->next;
        commune_free(one);
    }
    tokens_free(&of->tokens);
    uv_mutex_destroy(&of->reader_lock);
}

static void look_for_repairs(service *of) {
    for (commune *one = of->communes; one; one = one->next)
        planner_look(of, one);
}

static int serve(process *in) {
    service *const of = &in->of;
    const int status = open_state(in);
    if (status != EXIT_FINE)
        return status;
    raise_descriptors();
    start_threads(in);
    if (!tokens_read(&of->tokens, in->settings.text[SET_TOKENS]))
        return EXIT_WRONG;
    if (!recover_all(of, in->store))
        return EXIT_STATE;
    of->writer = writer_start(in->store, &of->box);
    in->store = NULL;
    watch(in);
    of->http = start_http(in);
    if (!listen_all(in))
        return EXIT_WRONG;
    look_for_repairs(of);
    log_line(LOG_INFO, "ready", "communes=%d", (int)of->n_communes);
    notify_systemd("READY=1");
    uv_run(&in->loop, UV_RUN_DEFAULT);
    stop(in);
    free_all(in);
    return EXIT_FINE;
}

static void settle_settings(settings *set) {
    static const char *const levels[] = {"error", "warning", "info", "debug"};
    for (int i = 0; i < 4; i++)
        if (strcmp(levels[i], set->text[SET_LOG]) == 0)
            log_set((log_level)i);
    if (!set->text[SET_SOCKET][0])
        snprintf(set->text[SET_SOCKET], SETTING_VALUE, "%.480s/socket",
                 state_of(set));
}

int main(int argc, char **argv) {
    static process in; // large, and the loop's handles point into it
    verb what;
    if (!settings_read(&in.settings, &what, argc, argv))
        return EXIT_WRONG;
    settle_settings(&in.settings);
    switch (what) {
    case VERB_HELP:
        settings_help(stdout);
        return EXIT_FINE;
    case VERB_VERSION:
        printf("ctgschedd %s\n", ctg_version());
        return EXIT_FINE;
    case VERB_MANUAL:
        settings_manual(stdout);
        return EXIT_FINE;
    case VERB_SHOW_CONFIG:
        settings_show(&in.settings, stdout);
        return EXIT_FINE;
    case VERB_CHECK_STATE:
        return check_state(&in.settings);
    case VERB_REPLAY_STATE:
        return replay(&in.settings);
    default:
        return serve(&in);
    }
}
