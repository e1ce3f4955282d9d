/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 04: plan inside somebody else's event loop (libuv) without holding it up.
 *
 *     04_event_loop joint-creche.json SECONDS
 *
 * A thread of libuv's pool solves. Two calls cross between threads, each the
 * only one of its side that may: uv_async_send wakes the loop to hear of a
 * better plan, ctg_solver_interrupt ends the solve with its best plan. */
#define _POSIX_C_SOURCE 200809L /* for uv.h under -std=c99 */
#include <ctgsched.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

typedef struct planning {
    ctg_problem *problem;
    ctg_solver *solver;
    ctg_solution *plan;
    ctg_error err;
    uv_work_t work;
    uv_async_t news;
    uv_timer_t limit;
    uv_signal_t ctrl_c;
    uv_mutex_t lock;
    char latest[80]; /* under the lock; all else has one thread at a time */
} planning;

static char json[16 << 20];

static size_t read_file(const char *name) {
    FILE *const file = fopen(name, "rb");
    const size_t bytes = file ? fread(json, 1, sizeof json, file) : 0;
    if (file)
        fclose(file);
    return bytes;
}

/* On a thread of the solver: leave word, wake the loop, go on. */
static int on_event(void *user, const ctg_event *event) {
    planning *const job = (planning *)user;
    if (event->kind == CTG_EVENT_INCUMBENT && event->has_value) {
        uv_mutex_lock(&job->lock);
        snprintf(job->latest, sizeof job->latest, "%s %" PRId64,
                 event->goal_name, event->value);
        uv_mutex_unlock(&job->lock);
        uv_async_send(&job->news); /* many may wake it once */
    }
    return 0;
}

/* On a thread of the pool. */
static void solve(uv_work_t *work) {
    planning *const job = (planning *)work->data;
    ctg_solver_solve(job->solver, &job->plan, NULL, job->problem, NULL,
                     &job->err);
}

/* From here on, on the loop's thread. */
static void on_news(uv_async_t *news) {
    planning *const job = (planning *)news->data;
    uv_mutex_lock(&job->lock);
    printf("%s\n", job->latest);
    uv_mutex_unlock(&job->lock);
}

static void on_limit(uv_timer_t *timer) {
    ctg_solver_interrupt(((planning *)timer->data)->solver);
}

static void on_ctrl_c(uv_signal_t *ctrl_c, int number) {
    (void)number;
    ctg_solver_interrupt(((planning *)ctrl_c->data)->solver);
}

/* A loop without handles comes to its end. */
static void on_solved(uv_work_t *work, int status) {
    planning *const job = (planning *)work->data;
    ctg_solution_info info;
    (void)status;
    if (ctg_solution_about(&info, job->plan) == CTG_OK)
        printf("planned: %d placed\n", (int)info.n_placements);
    else
        printf("no plan: %s\n", job->err.message);
    uv_close((uv_handle_t *)&job->news, NULL);
    uv_close((uv_handle_t *)&job->limit, NULL);
    uv_close((uv_handle_t *)&job->ctrl_c, NULL);
}

static void planning_start(planning *job, uv_loop_t *loop, uint64_t limit_ms) {
    job->work.data = job->news.data = job->limit.data = job->ctrl_c.data = job;
    uv_mutex_init(&job->lock);
    uv_async_init(loop, &job->news, on_news);
    uv_timer_init(loop, &job->limit);
    uv_timer_start(&job->limit, on_limit, limit_ms, 0);
    uv_signal_init(loop, &job->ctrl_c);
    uv_signal_start(&job->ctrl_c, on_ctrl_c, SIGINT);
    uv_queue_work(loop, &job->work, solve, on_solved);
}

int main(int argc, char **argv) {
    planning job;
    ctg_options options;
    memset(&job, 0, sizeof job);
    ctg_options_init(&options, sizeof options);
    options.on_event = on_event;
    options.user = &job;

    const size_t bytes = argc == 3 ? read_file(argv[1]) : 0;
    if (ctg_problem_parse(&job.problem, json, bytes, NULL, &job.err) ||
        ctg_solver_create(&job.solver, NULL, &job.err) ||
        ctg_solver_configure(job.solver, &options, &job.err)) {
        fprintf(stderr, "%s: %s\n", job.err.pointer, job.err.message);
    } else {
        planning_start(&job, uv_default_loop(), 1000 * strtoul(argv[2], 0, 10));
        uv_run(uv_default_loop(), UV_RUN_DEFAULT);
        uv_mutex_destroy(&job.lock);
        uv_loop_close(uv_default_loop());
    }
    const int is_planned = job.plan != NULL;
    ctg_solution_free(job.plan);
    ctg_solver_free(job.solver);
    ctg_problem_free(job.problem);
    return is_planned ? 0 : 1;
}
