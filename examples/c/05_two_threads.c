/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 05: what if? A week without and with what may happen, at the same time.
 *
 *     05_two_threads joint-creche.json joint-creche-morning.json
 *
 * A problem never changes: what happens makes a second one. Two solvers share
 * nothing, so each may have a thread of its own, without a lock. */
#include <ctgsched.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

typedef struct question {
    ctg_problem *problem;
    ctg_solution *plan;
    ctg_error err; /* one each: they are written to */
} question;

static char json[16 << 20];

static size_t read_file(const char *name) {
    FILE *const file = fopen(name, "rb");
    const size_t bytes = file ? fread(json, 1, sizeof json, file) : 0;
    if (file)
        fclose(file);
    return bytes;
}

static void *answer(void *user) {
    question *const asked = (question *)user;
    ctg_solver *solver = NULL;
    ctg_options options;
    ctg_options_init(&options, sizeof options);
    options.work_limit = 20000;
    if (!ctg_solver_create(&solver, NULL, &asked->err) &&
        !ctg_solver_configure(solver, &options, &asked->err))
        ctg_solver_solve(solver, &asked->plan, NULL, asked->problem, NULL,
                         &asked->err);
    ctg_solver_free(solver);
    return NULL;
}

static void compare(const ctg_solution *before, const ctg_solution *after) {
    ctg_goal was, is;
    for (int32_t i = 0;
         ctg_solution_goal(&was, before, i) && ctg_solution_goal(&is, after, i);
         i++)
        printf("%-14s %12" PRId64 " -> %12" PRId64 " %s\n", is.name, was.value,
               is.value, is.unit);
}

int main(int argc, char **argv) {
    question without, with;
    memset(&without, 0, sizeof without);
    memset(&with, 0, sizeof with);

    size_t bytes = argc == 3 ? read_file(argv[1]) : 0;
    if (!ctg_problem_parse(&without.problem, json, bytes, NULL, &without.err)) {
        bytes = read_file(argv[2]);
        ctg_problem_apply(&with.problem, without.problem, json, bytes, NULL,
                          &with.err);
    }
    if (with.problem) {
        pthread_t other;
        const int alone = pthread_create(&other, NULL, answer, &without);
        answer(&with);
        if (alone || pthread_join(other, NULL))
            answer(&without);
    }
    const int is_answered = without.plan && with.plan;
    if (is_answered)
        compare(without.plan, with.plan);
    else
        fprintf(stderr, "%s%s\n", without.err.message, with.err.message);
    ctg_solution_free(without.plan);
    ctg_solution_free(with.plan);
    ctg_problem_free(without.problem);
    ctg_problem_free(with.problem);
    return is_answered ? 0 : 1;
}
