// SPDX-License-Identifier: GPL-3.0-or-later
/* What an attempt says of a plan with requests moved is what the judge says of
 * the whole plan: on small problems, plans of every kind (also such as break
 * rules) have one to three requests moved, and breaches that are new, every
 * goal and the weighted one are compared. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "check/attempt.h"
#include "property/trial.h"
#include "support/oracle.h"

enum { MOST_PLANS = 60, TRIES = 12 };
enum { COUNT_TRIES, COUNT_PASSED, COUNT_NEW, COUNT_SHORT, N_COUNTS };

/* The breaches of a verdict as a sorted list. */
static findings breaches_of(const verdict *v, arena *mem) {
    findings list = {.mem = mem};
    for (int32_t i = 0; i < v->n_breaches; i++) {
        const finding f = {.at = v->breaches[i].at,
                           .size = v->breaches[i].size,
                           .is_breach = true};
        findings_add(&list, &f);
    }
    findings_sort(&list);
    return list;
}

static int32_t count_new(const findings *now, const findings *before) {
    int32_t n = 0;
    for (int32_t i = 0; i < now->n; i++)
        n += !findings_have(before, &now->at[i]);
    return n;
}

static trial_outcome same_breaches(trial_case *it, const attempt *a,
                                   const verdict *before, const verdict *now) {
    const findings old = breaches_of(before, it->mem);
    const findings all = breaches_of(now, it->mem);
    const int32_t n = count_new(&all, &old);
    it->counts[COUNT_NEW] += n;
    if (a->breaches.n != n)
        return trial_fail(it, "%d new breaches, the judge has %d",
                          (int)a->breaches.n, (int)n);
    for (int32_t i = 0; i < n; i++)
        if (!findings_have(&all, &a->breaches.at[i]))
            return trial_fail(it, "the judge does not find %s",
                              rule_name_text(a->breaches.at[i].at.rule));
    return TRIAL_PASSED;
}

static trial_outcome same_goals(trial_case *it, const attempt *a,
                                const verdict *now) {
    for (int32_t g = 0; g < N_GOALS; g++)
        if (a->value[g] != now->value[g])
            return trial_fail(it, "%s is %" PRId64 ", the judge has %" PRId64,
                              goal_about((goal_id)g)->name, a->value[g],
                              now->value[g]);
    return a->weighted == now->weighted
               ? TRIAL_PASSED
               : trial_fail(it, "the weighted goals differ");
}

static int32_t draw_moves(move *moves, random_state *rng, const problem *p) {
    const int32_t wanted = 1 + random_below(rng, 3);
    int32_t n = 0;
    for (int32_t k = 0; k < wanted && k < p->n_requests; k++) {
        const int32_t r = random_below(rng, p->n_requests);
        bool is_there = false;
        for (int32_t i = 0; i < n; i++)
            is_there |= moves[i].request == r;
        if (!is_there)
            moves[n++] =
                (move){r, random_below(rng, p->requests[r].n_options + 1) - 1};
    }
    return n;
}

static trial_outcome try_moves(trial_case *it, attempt *a,
                               const verdict *before, random_state *rng) {
    const problem *const p = a->on->prob;
    move moves[3];
    int32_t option_of[ORACLE_REQUESTS];
    ctg_error err = CTG_ERROR_INIT;
    verdict now;
    const int32_t n = draw_moves(moves, rng, p);
    memcpy(option_of, a->on->judge.option_of,
           (size_t)p->n_requests * sizeof *option_of);
    for (int32_t k = 0; k < n; k++)
        option_of[moves[k].request] = moves[k].option;
    const plan moved = {.option_of = option_of};
    if (check_plan(&now, p, &moved, CHECK_RULES, it->mem, &err) != CTG_OK ||
        attempt_judge(a, moves, n, ATTEMPT_ALL, &err) != CTG_OK)
        return trial_fail(it, "%s", err.message);
    it->counts[COUNT_TRIES]++;
    it->counts[COUNT_PASSED] += now.accepted;
    it->counts[COUNT_SHORT] += now.n_shortages > 0;
    trial_outcome outcome = same_breaches(it, a, before, &now);
    if (outcome == TRIAL_PASSED)
        outcome = same_goals(it, a, &now);
    const bool passes = attempt_passes(a);
    if (outcome == TRIAL_PASSED &&
        attempt_judge(a, moves, n, ATTEMPT_FIRST, &err) != CTG_OK)
        return trial_fail(it, "%s", err.message);
    if (outcome == TRIAL_PASSED && attempt_passes(a) != passes)
        return trial_fail(it, "the first breach is none of all breaches");
    return outcome == TRIAL_PASSED && passes ? same_goals(it, a, &now)
                                             : outcome;
}

static trial_outcome try_plan(trial_case *it, const problem *p, oracle *all,
                              int64_t index, random_state *rng) {
    int32_t option_of[ORACLE_REQUESTS];
    oracle_plan(option_of, all, index);
    const plan stated = {.option_of = option_of};
    ctg_error err = CTG_ERROR_INIT;
    verdict before;
    standing *on = NULL;
    attempt a = {0};
    if (check_plan(&before, p, &stated, CHECK_RULES, it->mem, &err) != CTG_OK ||
        standing_create(&on, p, &stated, before.n_envy, NULL, &err) != CTG_OK ||
        attempt_create(&a, on, it->mem, &err) != CTG_OK) {
        standing_free(on);
        return trial_fail(it, "%s", err.message);
    }
    trial_outcome outcome = TRIAL_PASSED;
    for (int32_t k = 0; k < TRIES && outcome == TRIAL_PASSED; k++)
        outcome = try_moves(it, &a, &before, rng);
    attempt_end(&a);
    standing_free(on);
    return outcome;
}

static trial_outcome equals_judge(trial_case *it) {
    problem *const p = trial_read(it, it->text);
    if (!p)
        return TRIAL_NOT_A_CASE;
    oracle *const all = oracle_open(p, false, it->mem);
    random_state rng;
    random_seed(&rng, it->seed);
    trial_outcome outcome = all ? TRIAL_PASSED : TRIAL_NOT_A_CASE;
    const int64_t n = all ? oracle_n_plans(all) : 0;
    const int64_t stride = n > MOST_PLANS ? 1 + 2 * (n / MOST_PLANS / 2) : 1;
    for (int64_t plan = 0; plan < n && outcome == TRIAL_PASSED; plan += stride)
        outcome = try_plan(it, p, all, plan, &rng);
    problem_free(p);
    return outcome;
}

int main(int argc, char **argv) {
    int64_t counts[N_COUNTS] = {0};
    trial all = {.name = "attempt",
                 .first = 1,
                 .last = 600,
                 .test = equals_judge,
                 .n_counts = N_COUNTS,
                 .counts = counts};
    trial_arguments(&all, argc, argv);
    const bool passed = trial_run(&all);
    printf("attempt: %" PRId64 " plans moved, %" PRId64 " accepted, %" PRId64
           " short, %" PRId64 " new breaches, %" PRId64
           " seeds failed, %" PRId64 " no case\n",
           counts[COUNT_TRIES], counts[COUNT_PASSED], counts[COUNT_SHORT],
           counts[COUNT_NEW], all.n_failed, all.n_not_a_case);
    return passed && counts[COUNT_PASSED] > 1000 && counts[COUNT_NEW] > 1000
               ? 0
               : 1;
}
