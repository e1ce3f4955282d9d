// SPDX-License-Identifier: GPL-3.0-or-later
#define _POSIX_C_SOURCE 200809L
#include "property/trial.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "support/tiny.h"

enum {
    PROCESSES = 2,
    SHRINKS = 3, /* failures shrunk in each process */
    SHRINK_TRIES = 6000,
    SHRINK_US = 30000000,
    ENOUGH = 10 /* failures after which a process stops */
};

#ifndef CTG_BINARY_DIR
#define CTG_BINARY_DIR "."
#endif

problem *trial_read(trial_case *it, const char *text) {
    problem *p = NULL;
    ctg_error err = CTG_ERROR_INIT;
    const io_text input = {text, strlen(text)};
    if (io_read_problem(&p, input, NULL, 0, NULL, NULL, &err) == CTG_OK)
        return p;
    snprintf(it->why, sizeof it->why, "%s at %s: %.300s", err.code, err.pointer,
             err.message);
    return NULL;
}

trial_outcome trial_fail(trial_case *it, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(it->why, sizeof it->why, format, arguments);
    va_end(arguments);
    return TRIAL_FAILED;
}

static trial_outcome run_text(const trial *all, trial_case *it) {
    int64_t thrown_away[TRIAL_COUNTS] = {0};
    it->counts = thrown_away;
    return all->test(it);
}

/* The text without its k-th part, when it still fails; in `kept`. */
static char *smaller(const trial *all, const char *text, int32_t k,
                     uint64_t seed, arena *kept, bool *more) {
    arena *const mem = arena_create(NULL, 0);
    char *const tried = tiny_drop(text, k, mem);
    char *result = NULL;
    *more = tried != NULL;
    if (tried) {
        trial_case it = {.seed = seed, .text = tried, .mem = mem};
        if (run_text(all, &it) == TRIAL_FAILED)
            result = arena_strdup(kept, tried);
    }
    arena_destroy(mem);
    return result;
}

/* Drops part after part while the case still fails; starts again at the place
 * of the last success, and once more from the front. */
static const char *shrink(const trial *all, const char *text, uint64_t seed,
                          arena *kept) {
    const int64_t until = clock_now_us() + SHRINK_US;
    int32_t tries = 0;
    for (bool again = true; again && tries < SHRINK_TRIES;) {
        again = false;
        bool more = clock_now_us() < until;
        for (int32_t k = 0; more && tries < SHRINK_TRIES; tries++) {
            const char *const less = smaller(all, text, k, seed, kept, &more);
            again = again || less;
            text = less ? less : text;
            k += less == NULL;
            more = more && clock_now_us() < until;
        }
    }
    return text;
}

static void write_failure(const trial *all, trial_case *it) {
    arena *const kept = arena_create(NULL, 0);
    const char *const text = shrink(all, it->text, it->seed, kept);
    char path[512];
    mkdir(CTG_BINARY_DIR "/failures", 0777);
    snprintf(path, sizeof path, CTG_BINARY_DIR "/failures/%s-%" PRIu64 ".json",
             all->name, it->seed);
    FILE *const file = fopen(path, "w");
    if (file) {
        fputs(text, file);
        fclose(file);
        arena *const mem = arena_create(NULL, 0);
        trial_case small = {.seed = it->seed, .text = text, .mem = mem};
        run_text(all, &small);
        fprintf(stderr, "  shrunk to %s: %s\n", path, small.why);
        arena_destroy(mem);
    }
    arena_destroy(kept);
}

/* counts: those of the test, then [n_counts] cases that are none, [n_counts +
 * 1] failures. */
static void run_seed(const trial *all, uint64_t seed, int64_t *counts) {
    arena *const mem = arena_create(NULL, 0);
    trial_case it = {.seed = seed, .mem = mem, .counts = counts};
    it.text = tiny_problem(seed, mem);
    const trial_outcome outcome = all->test(&it);
    if (outcome == TRIAL_NOT_A_CASE) {
        counts[all->n_counts]++;
        if (counts[all->n_counts] <= SHRINKS)
            fprintf(stderr, "%s: seed %" PRIu64 " is no case: %s\n", all->name,
                    seed, it.why);
    }
    if (outcome == TRIAL_FAILED) {
        fprintf(stderr, "%s: seed %" PRIu64 " (%s) failed: %s\n", all->name,
                seed, tiny_theme_name(tiny_theme(seed)), it.why);
        if (counts[all->n_counts + 1]++ < SHRINKS)
            write_failure(all, &it);
    }
    arena_destroy(mem);
}

static void run_share(const trial *all, int32_t share, int64_t *counts) {
    for (uint64_t seed = all->first; seed <= all->last; seed++) {
        if (counts[all->n_counts + 1] >= ENOUGH) {
            fprintf(stderr, "%s: stopped before seed %" PRIu64 "\n", all->name,
                    seed);
            return;
        }
        if (seed % PROCESSES == (uint64_t)share)
            run_seed(all, seed, counts);
    }
}

static bool put_all(int to, const void *from, size_t bytes) {
    const char *at = from;
    while (bytes > 0) {
        const ssize_t n = write(to, at, bytes);
        if (n <= 0)
            return false;
        at += n;
        bytes -= (size_t)n;
    }
    return true;
}

static bool get_all(int from, void *into, size_t bytes) {
    char *at = into;
    while (bytes > 0) {
        const ssize_t n = read(from, at, bytes);
        if (n <= 0)
            return false;
        at += n;
        bytes -= (size_t)n;
    }
    return true;
}

/* A failure looked at again: one file, in this process. */
static bool run_file(trial *all) {
    arena *const mem = arena_create(NULL, 0);
    char text[200000] = "";
    FILE *const file = fopen(all->file, "r");
    if (!file)
        return false;
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    trial_case it = {.text = text, .mem = mem};
    const trial_outcome outcome = run_text(all, &it);
    printf("%s: %s %s\n", all->file,
           outcome == TRIAL_PASSED ? "passed" : "failed", it.why);
    all->n_failed = outcome != TRIAL_PASSED;
    arena_destroy(mem);
    return outcome == TRIAL_PASSED;
}

bool trial_run(trial *all) {
    if (all->file)
        return run_file(all);
    const size_t n = (size_t)all->n_counts + 2;
    const size_t bytes = n * sizeof(int64_t);
    int pipes[PROCESSES][2];
    pid_t workers[PROCESSES];
    for (int32_t i = 0; i < PROCESSES; i++) {
        if (n > TRIAL_COUNTS || pipe(pipes[i]) != 0)
            return false;
        fflush(NULL);
        workers[i] = fork();
        if (workers[i] == 0) {
            int64_t counts[TRIAL_COUNTS] = {0};
            run_share(all, i, counts);
            _exit(put_all(pipes[i][1], counts, bytes) ? 0 : 1);
        }
        close(pipes[i][1]);
    }
    bool fine = true;
    for (int32_t i = 0; i < PROCESSES; i++) {
        int64_t counts[TRIAL_COUNTS];
        int status = 0;
        fine = workers[i] > 0 && get_all(pipes[i][0], counts, bytes) && fine;
        close(pipes[i][0]);
        waitpid(workers[i], &status, 0);
        fine = fine && WIFEXITED(status) && WEXITSTATUS(status) == 0;
        for (int32_t k = 0; fine && k < all->n_counts; k++)
            all->counts[k] += counts[k];
        all->n_not_a_case += fine ? counts[n - 2] : 0;
        all->n_failed += fine ? counts[n - 1] : 0;
    }
    if (!fine)
        fprintf(stderr, "%s: a process did not come back\n", all->name);
    return fine && all->n_failed == 0;
}

void trial_arguments(trial *all, int argc, char **argv) {
    if (argc == 2 && (argv[1][0] < '0' || argv[1][0] > '9')) {
        all->file = argv[1];
        return;
    }
    if (argc > 1)
        all->first = all->last = strtoull(argv[1], NULL, 10);
    if (argc > 2)
        all->last = strtoull(argv[2], NULL, 10);
}
