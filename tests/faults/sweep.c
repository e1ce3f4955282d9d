// SPDX-License-Identifier: GPL-3.0-or-later
/* A child runs failure after failure; when it dies or does not come back, its
 * parent notes the place and another child goes on behind it. */
#define _DEFAULT_SOURCE
#include "faults/sweep.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "faults/stages.h"
#include "support/tiny.h"

enum {
    ALL_OF_THE_FIRST = 20000,
    THEN_EVERY = 97,

    ENOUGH = 12, /* failures after which the rest is not tried */
    PATIENCE_S = 10
};

/* One of each way through the solver; a long run takes all there are. */
static const char *const themes[] = {"envy",       "weighted",          "mix",
                                     "held staff", "siblings together", "pins",
                                     "anything"};
enum { N_THEMES = sizeof themes / sizeof themes[0] };

/* Where a failure is injected; both kinds of one `n` follow each other. */
typedef struct place {
    int64_t n;
    bool for_ever;
} place;

/* Shared with the children. */
typedef struct progress {
    place at;
    int64_t total; /* allocations of the stage */
    int64_t n_runs, n_refused, n_failed;
} progress;

typedef struct sweep {
    int64_t short_runs;
    heap_watch *watch;
    bool is_long;
    progress *shared;
} sweep;

static void tell_failure(sweep *s, const stage *of, const town *it,
                         const char *why) {
    const place at = s->shared->at;
    s->shared->n_failed++;
    fprintf(stderr, "FAILED %s \"%s\" %s %lld: %s\n", of->name, it->name,
            at.for_ever ? "ever" : "once", (long long)at.n, why);
}

static void run_once(sweep *s, const stage *of, const town *it, place at) {
    char why[200] = "";
    bool was_refused = false;
    s->shared->at = at;
    if (s->watch)
        s->watch(true);
    stages_arm(at.n, at.for_ever);
    alarm(PATIENCE_S);
    bool good = of->run(it, why, &was_refused);
    alarm(0);
    const int64_t lost = s->watch ? s->watch(false) : 0;
    if (good && lost != 0) {
        good = false;
        snprintf(why, sizeof why, "%lld blocks are lost", (long long)lost);
    }
    s->shared->n_runs++;
    s->shared->n_refused += was_refused;
    if (!good)
        tell_failure(s, of, it, why);
}

static place next_of(const sweep *s, place at) {
    if (!at.for_ever)
        return (place){at.n, true};
    const int64_t runs = s->short_runs, total = s->shared->total;
    if (s->is_long)
        return (place){at.n < ALL_OF_THE_FIRST ? at.n + 1 : at.n + THEN_EVERY,
                       false};
    return (place){at.n + (total > runs ? total / runs : 1), false};
}

static bool is_over(const sweep *s, place at) {
    return at.n > s->shared->total || s->shared->n_failed >= ENOUGH;
}

/* Counts what there is to fail, twice: what a first call keeps for good is no
 * leak. */
static void count(sweep *s, const stage *of, const town *it) {
    char why[200] = "";
    bool was_refused;
    for (int i = 0; i < 2; i++) {
        stages_arm(0, false);
        if (!of->run(it, why, &was_refused))
            tell_failure(s, of, it, why);
    }
    s->shared->total = stages_asked();
}

static void run_from(sweep *s, const stage *of, const town *it, place from) {
    fflush(NULL);
    const pid_t child = fork();
    if (child == 0) {
        count(s, of, it);
        for (place at = from; !is_over(s, at); at = next_of(s, at))
            run_once(s, of, it, at);
        s->shared->at = (place){INT64_MAX, false};
        _exit(0);
    }
    int status = 0;
    char why[80];
    if (child < 0 || waitpid(child, &status, 0) != child)
        tell_failure(s, of, it, "no process to try it in");
    else if (WIFSIGNALED(status)) {
        snprintf(why, sizeof why, "signal %d%s", WTERMSIG(status),
                 WTERMSIG(status) == SIGALRM ? ", it does not come back" : "");
        tell_failure(s, of, it, why);
    } else if (WEXITSTATUS(status) != 0)
        tell_failure(s, of, it, "the process gave up");
}

static void run_stage(sweep *s, const stage *of, const town *it, place from) {
    const int64_t before = s->shared->n_runs;
    for (s->shared->at = from; s->shared->at.n != INT64_MAX;) {
        const int64_t n_failed = s->shared->n_failed;
        run_from(s, of, it, s->shared->at);
        if (s->shared->at.n == INT64_MAX || s->shared->n_failed == n_failed ||
            s->shared->n_failed >= ENOUGH)
            break;
        s->shared->at = next_of(s, s->shared->at);
    }
    printf("%-15s %-18s %8lld allocations, %7lld runs\n", of->name, it->name,
           (long long)s->shared->total,
           (long long)(s->shared->n_runs - before));
}

static bool run_town(sweep *s, const char *theme) {
    town it;
    if (!town_open(&it, theme)) {
        fprintf(stderr, "no town for %s\n", theme);
        return false;
    }
    for (const stage *of = stages; of->name; of++)
        run_stage(s, of, &it, (place){1, false});
    town_close(&it);
    return true;
}

static bool run_all(sweep *s) {
    bool good = true;
    for (int32_t k = 0; !s->is_long && k < N_THEMES; k++)
        good = run_town(s, themes[k]) && good;
    for (int32_t k = 0; s->is_long && k < tiny_n_themes(); k++)
        good = run_town(s, tiny_theme_name(k)) && good;
    return good && s->shared->n_refused > 1000;
}

/* STAGE THEME once|ever FIRST [LAST], in this process. */
static bool run_again(sweep *s, int argc, char **argv) {
    town it;
    const stage *of = stages;
    while (of->name && strcmp(of->name, argv[1]) != 0)
        of++;
    if (!of->name || !town_open(&it, argv[2]))
        return false;
    const int64_t first = strtoll(argv[4], NULL, 10);
    const int64_t last = argc > 5 ? strtoll(argv[5], NULL, 10) : first;
    count(s, of, &it);
    for (int64_t n = first; n <= last; n++)
        run_once(s, of, &it, (place){n, strcmp(argv[3], "ever") == 0});
    town_close(&it);
    return true;
}

int sweep_main(int argc, char **argv, int64_t short_runs, heap_watch *watch) {
    const char *const asked = getenv("CTG_LONG");
    progress *const shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return 1;
    sweep s = {.short_runs = short_runs,
               .watch = watch,
               .is_long = asked && strcmp(asked, "1") == 0,
               .shared = shared};
    stages_may_misread(watch != NULL);
    const bool ran =
        argc > 4 ? run_again(&s, argc, argv) : argc == 1 && run_all(&s);
    printf("%lld runs, %lld refusals, %lld wrong\n", (long long)shared->n_runs,
           (long long)shared->n_refused, (long long)shared->n_failed);
    return ran && shared->n_failed == 0 ? 0 : 1;
}
