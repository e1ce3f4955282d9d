// SPDX-License-Identifier: GPL-3.0-or-later
/* What must not change a plan does not: the order of the file, a second run, a
 * second thread. And what must not make one worse does not: a plan to start
 * from, a rule less. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "property/trial.h"
#include "solve/solve.h"
#include "support/oracle.h"
#include "support/tiny.h"

enum { COUNT_SOLVED, COUNT_BASES, COUNT_RELAXED, N_COUNTS };

/* Nothing here needs this long; who does has lost his way. */
enum { PATIENCE_US = 120000000 };

static solve_options patient(solve_options options) {
    options.deadline_us = clock_now_us() + PATIENCE_US;
    return options;
}

typedef struct solved {
    problem *prob;
    solve_result result;
    text written;
} solved;

static ctg_status solve_text(solved *out, trial_case *it,
                             const char *problem_text,
                             const solve_options *options) {
    ctg_error err = CTG_ERROR_INIT;
    *out = (solved){.written.mem = it->mem};
    out->prob = trial_read(it, problem_text);
    if (!out->prob)
        return CTG_ERR_INPUT;
    const solve_options until = patient(*options);
    TRY(solve_plan(&out->result, out->prob, &until, it->mem, &err));
    return out->result.plan
               ? io_write_plan(&out->written, out->prob, out->result.plan, &err)
               : CTG_OK;
}

static bool same_bytes(const text *a, const text *b) {
    return a->n == b->n && (a->n == 0 || !memcmp(a->at, b->at, a->n));
}

static trial_outcome expect_same(trial_case *it, const solved *one,
                                 const char *problem_text,
                                 const solve_options *options,
                                 const char *what) {
    solved other;
    const ctg_status status = solve_text(&other, it, problem_text, options);
    trial_outcome outcome = TRIAL_PASSED;
    if (status != CTG_OK)
        outcome = trial_fail(it, "%s: status %d", what, (int)status);
    else if (strcmp(one->prob->digest, other.prob->digest))
        outcome = trial_fail(it, "%s: another digest", what);
    else if (!same_bytes(&one->written, &other.written))
        outcome = trial_fail(it, "%s: another plan", what);
    problem_free(other.prob);
    return outcome;
}

/* Is `a` at least as good as `b` in the goals asked of `all`? */
static bool as_good(oracle *all, const int32_t *a, const int32_t *b) {
    oracle_value x, y;
    oracle_value_of(&x, all, a);
    oracle_value_of(&y, all, b);
    for (int32_t i = 0; i < oracle_n_asked(all); i++) {
        const int64_t mine = oracle_asked(all, &x, i);
        const int64_t yours = oracle_asked(all, &y, i);
        if (mine != yours)
            return (mine > yours) == (oracle_sense(all, i) > 0);
    }
    return true;
}

/* Starts from an accepted plan with the least work allowed. */
static trial_outcome keeps_base(trial_case *it, const problem *p, oracle *all) {
    int32_t base[ORACLE_REQUESTS];
    oracle_value value;
    const int64_t n = oracle_n_plans(all);
    for (int64_t tried = 0; tried < 50; tried++) {
        oracle_plan(base, all, (tried * 7919 + 13) % n);
        oracle_value_of(&value, all, base);
        if (!value.accepted)
            continue;
        const solve_options options = patient(
            (solve_options){.threads = 1, .work_limit = 1, .base = base});
        solve_result found;
        ctg_error err = CTG_ERROR_INIT;
        it->counts[COUNT_BASES]++;
        const ctg_status status =
            solve_plan(&found, p, &options, it->mem, &err);
        if (status != CTG_OK || !found.plan)
            return trial_fail(it, "from a base: status %d, %s", (int)status,
                              err.message);
        if (!as_good(all, found.plan->option_of, base))
            return trial_fail(it, "the base plan was made worse");
        return TRIAL_PASSED;
    }
    return TRIAL_PASSED;
}

/* The text without its pins, sibling groups or resources: never a worse
 * optimum. Only where the goals decide alone, and no goal counts the groups. */
static trial_outcome gains_by_less(trial_case *it, const solved *one,
                                   oracle *all) {
    const problem *const p = one->prob;
    if (p->policy != POLICY_MOST_POINTS || p->n_pins == 0 || !one->result.plan)
        return TRIAL_PASSED;
    problem freer = *p;
    freer.n_pins = 0;
    const solve_options options =
        patient((solve_options){.threads = 1, .prove_ties = true});
    solve_result found;
    ctg_error err = CTG_ERROR_INIT;
    const ctg_status status =
        solve_plan(&found, &freer, &options, it->mem, &err);
    it->counts[COUNT_RELAXED]++;
    if (status != CTG_OK || !found.plan)
        return trial_fail(it, "without pins: status %d", (int)status);
    if (!as_good(all, found.plan->option_of, one->result.plan->option_of))
        return trial_fail(it, "without pins the optimum is worse");
    return TRIAL_PASSED;
}

/* The same with a little work and with more: the same twice, from any order of
 * the file, and never worse with more. */
static trial_outcome gains_by_work(trial_case *it, const char *mixed,
                                   oracle *all) {
    const solve_options little = {.threads = 1, .work_limit = 50};
    const solve_options more = {.threads = 1, .work_limit = 1000};
    solved first = {0}, second = {0};
    trial_outcome outcome = TRIAL_PASSED;
    if (solve_text(&first, it, it->text, &little) != CTG_OK ||
        solve_text(&second, it, it->text, &more) != CTG_OK)
        outcome = trial_fail(it, "no answer with little work");
    if (outcome == TRIAL_PASSED)
        outcome = expect_same(it, &first, mixed, &little,
                              "with little work, shuffled");
    if (outcome == TRIAL_PASSED && all && first.result.plan &&
        !as_good(all, second.result.plan->option_of,
                 first.result.plan->option_of))
        outcome = trial_fail(it, "more work, a worse plan");
    problem_free(first.prob);
    problem_free(second.prob);
    return outcome;
}

static trial_outcome stays(trial_case *it) {
    const solve_options full = {.threads = 1, .prove_ties = true};
    const solve_options two = {.threads = 2, .prove_ties = true};
    solved one;
    const ctg_status status = solve_text(&one, it, it->text, &full);
    if (status != CTG_OK) {
        problem_free(one.prob);
        return status == CTG_ERR_INPUT
                   ? TRIAL_NOT_A_CASE
                   : trial_fail(it, "status %d", (int)status);
    }
    it->counts[COUNT_SOLVED]++;
    const char *const mixed = tiny_shuffle(it->text, it->seed, it->mem);
    trial_outcome outcome = expect_same(it, &one, mixed, &full, "shuffled");
    if (outcome == TRIAL_PASSED)
        outcome = expect_same(it, &one, it->text, &two, "two threads");
    oracle *const all = oracle_open(one.prob, false, it->mem);
    if (outcome == TRIAL_PASSED)
        outcome = gains_by_work(it, mixed, all);
    if (all && outcome == TRIAL_PASSED)
        outcome = keeps_base(it, one.prob, all);
    if (all && outcome == TRIAL_PASSED)
        outcome = gains_by_less(it, &one, all);
    problem_free(one.prob);
    return outcome;
}

int main(int argc, char **argv) {
    int64_t counts[N_COUNTS] = {0};
    trial all = {.name = "shuffle",
                 .first = 1,
                 .last = 300,
                 .test = stays,
                 .n_counts = N_COUNTS,
                 .counts = counts};
    trial_arguments(&all, argc, argv);
    const bool passed = trial_run(&all);
    printf("shuffle: %" PRId64 " problems, %" PRId64 " base plans, %" PRId64
           " without pins, %" PRId64 " seeds failed, %" PRId64 " no case\n",
           counts[COUNT_SOLVED], counts[COUNT_BASES], counts[COUNT_RELAXED],
           all.n_failed, all.n_not_a_case);
    return passed ? 0 : 1;
}
