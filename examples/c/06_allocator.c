/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 06: memory from an allocator of yours, with an account and a limit.
 *
 *     06_allocator commune.json MEBIBYTES
 *
 * The library's memory is its allocator's, that of GLPK and Jansson is not.
 * Where nothing is left the call says CTG_ERR_NOMEM, and nothing is lost. */
#include <ctgsched.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct account {
    pthread_mutex_t lock; /* a solve asks from threads of its own */
    size_t limit;
    size_t used;
    size_t most;
} account;

static char json[16 << 20];

static size_t read_file(const char *name) {
    FILE *const file = fopen(name, "rb");
    const size_t bytes = file ? fread(json, 1, sizeof json, file) : 0;
    if (file)
        fclose(file);
    return bytes;
}

static void *take(void *user, size_t bytes) {
    account *const of = (account *)user;
    void *block = NULL;
    pthread_mutex_lock(&of->lock);
    if (bytes <= of->limit - of->used)
        block = malloc(bytes);
    if (block) {
        of->used += bytes;
        if (of->most < of->used)
            of->most = of->used;
    }
    pthread_mutex_unlock(&of->lock);
    return block;
}

/* The library says how many bytes it gives back: no header is needed. */
static void give_back(void *user, void *block, size_t bytes) {
    account *const of = (account *)user;
    pthread_mutex_lock(&of->lock);
    of->used -= bytes;
    pthread_mutex_unlock(&of->lock);
    free(block);
}

int main(int argc, char **argv) {
    account mine = {PTHREAD_MUTEX_INITIALIZER, 0, 0, 0};
    const ctg_allocator from_mine = {take, give_back, &mine};
    ctg_read_options reading = CTG_READ_OPTIONS_INIT;
    ctg_problem *problem = NULL;
    ctg_solver *solver = NULL;
    ctg_solution *plan = NULL;
    ctg_options options;
    ctg_error err;
    memset(&err, 0, sizeof err); /* in C alone, CTG_ERROR_INIT does it */

    const size_t bytes = argc == 3 ? read_file(argv[1]) : 0;
    mine.limit = argc == 3 ? (size_t)strtoul(argv[2], NULL, 10) << 20 : 0;
    reading.allocator = &from_mine;
    ctg_options_init(&options, sizeof options);
    options.work_limit = 1000;
    if (ctg_problem_parse(&problem, json, bytes, &reading, &err) ||
        ctg_solver_create(&solver, &from_mine, &err) ||
        ctg_solver_configure(solver, &options, &err) ||
        ctg_solver_solve(solver, &plan, NULL, problem, NULL, &err))
        printf("%s\n", ctg_status_text((ctg_status)err.status));
    else
        printf("planned with at most %zu KiB\n", mine.most >> 10);

    ctg_solution_free(plan);
    ctg_solver_free(solver);
    ctg_problem_free(problem);
    printf("%zu bytes left behind\n", mine.used);
    return mine.used == 0 ? 0 : 1;
}
