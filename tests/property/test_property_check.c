// SPDX-License-Identifier: GPL-3.0-or-later
/* The judge equals the oracle on every plan of small problems: accepted or
 * not, which rules are broken, what is short, every goal, envy too. And the
 * oracle equals itself minute by minute, so that no breakpoint is forgotten. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "check/check.h"
#include "property/trial.h"
#include "support/oracle.h"

enum { MOST_PLANS = 400, MINUTE_PLANS = 40 };
enum { COUNT_PLANS, COUNT_ACCEPTED, COUNT_SHORT, COUNT_MINUTES, N_COUNTS };

static uint64_t rules_of(const verdict *of) {
    uint64_t rules = 0;
    for (int32_t i = 0; i < of->n_breaches; i++)
        rules |= UINT64_C(1) << of->breaches[i].at.rule;
    return rules;
}

/* At closed instants the oracle names only `hours`; the judge may name the
 * places and the staff that are not there either. */
static bool same_rules(uint64_t judge, uint64_t oracle) {
    const uint64_t hours = UINT64_C(1) << BREAKS_HOURS;
    return judge == oracle ||
           (judge & hours && oracle & hours && (judge & oracle) == oracle);
}

static trial_outcome compare(trial_case *it, const problem *p,
                             const verdict *judged, const oracle_value *value,
                             int64_t plan) {
    const uint64_t rules = rules_of(judged);
    if (judged->accepted != value->accepted ||
        !same_rules(rules, value->broken))
        return trial_fail(
            it, "plan %" PRId64 ": judge breaks %" PRIx64 ", oracle %" PRIx64,
            plan, rules, value->broken);
    for (int32_t g = 0; g < N_GOALS; g++) {
        if (g == GOAL_ENVY && p->policy != POLICY_BY_POINTS)
            continue;
        if (!value->accepted && (g == GOAL_SHORTAGE || g == GOAL_FLOORS))
            continue;
        if (judged->value[g] != value->goal[g])
            return trial_fail(
                it, "plan %" PRId64 ", %s: judge %" PRId64 ", oracle %" PRId64,
                plan, goal_about((goal_id)g)->name, judged->value[g],
                value->goal[g]);
    }
    return TRIAL_PASSED;
}

static trial_outcome judge_plan(trial_case *it, const problem *p, oracle *all,
                                int64_t index) {
    int32_t option_of[ORACLE_REQUESTS];
    oracle_plan(option_of, all, index);
    oracle_value value;
    oracle_value_of(&value, all, option_of);
    plan stated = {.option_of = option_of};
    verdict judged;
    ctg_error err = CTG_ERROR_INIT;
    if (check_plan(&judged, p, &stated, CHECK_RULES, it->mem, &err) != CTG_OK)
        return trial_fail(it, "plan %" PRId64 ": %s", index, err.message);
    it->counts[COUNT_PLANS]++;
    it->counts[COUNT_ACCEPTED] += value.accepted;
    it->counts[COUNT_SHORT] += value.accepted && value.goal[GOAL_SHORTAGE] > 0;
    return compare(it, p, &judged, &value, index);
}

/* The options that can never be given are the same ones. */
static trial_outcome judge_options(trial_case *it, const problem *p,
                                   const oracle *all) {
    for (int32_t r = 0; r < p->n_requests; r++) {
        for (int32_t o = 0; o < p->requests[r].n_options; o++) {
            const rule_name why = check_option(p, r, o);
            if ((why == N_PLAN_RULES) != oracle_can_be_given(all, r, o))
                return trial_fail(it, "%s option %s: judge says %d",
                                  p->requests[r].id,
                                  p->requests[r].options[o].id, (int)why);
        }
    }
    return TRIAL_PASSED;
}

static trial_outcome minute_by_minute(trial_case *it, const problem *p,
                                      oracle *all) {
    oracle *const slow = oracle_open(p, true, it->mem);
    if (!slow)
        return trial_fail(it, "no memory for minutes");
    for (int64_t plan = 0; plan < oracle_n_plans(all) && plan < MINUTE_PLANS;
         plan++) {
        int32_t option_of[ORACLE_REQUESTS];
        oracle_value fast_value, slow_value;
        oracle_plan(option_of, all, plan * 7919 % oracle_n_plans(all));
        oracle_value_of(&fast_value, all, option_of);
        oracle_value_of(&slow_value, slow, option_of);
        it->counts[COUNT_MINUTES]++;
        if (memcmp(&fast_value, &slow_value, sizeof fast_value))
            return trial_fail(it, "oracle differs by the minute");
    }
    return TRIAL_PASSED;
}

static trial_outcome equals_oracle(trial_case *it) {
    problem *const p = trial_read(it, it->text);
    if (!p)
        return TRIAL_NOT_A_CASE;
    oracle *const all = oracle_open(p, false, it->mem);
    trial_outcome outcome = all ? judge_options(it, p, all) : TRIAL_NOT_A_CASE;
    const int64_t n = all ? oracle_n_plans(all) : 0;
    const int64_t stride = n > MOST_PLANS ? 1 + 2 * (n / MOST_PLANS / 2) : 1;
    for (int64_t plan = 0; plan < n && outcome == TRIAL_PASSED; plan += stride)
        outcome = judge_plan(it, p, all, plan);
    if (outcome == TRIAL_PASSED && it->seed % 10 == 0)
        outcome = minute_by_minute(it, p, all);
    problem_free(p);
    return outcome;
}

int main(int argc, char **argv) {
    int64_t counts[N_COUNTS] = {0};
    trial all = {.name = "check",
                 .first = 1,
                 .last = 400,
                 .test = equals_oracle,
                 .n_counts = N_COUNTS,
                 .counts = counts};
    trial_arguments(&all, argc, argv);
    const bool passed = trial_run(&all);
    printf("check: %" PRId64 " plans judged, %" PRId64 " accepted, %" PRId64
           " of them short, %" PRId64 " by the minute, %" PRId64
           " seeds failed, %" PRId64 " no case\n",
           counts[COUNT_PLANS], counts[COUNT_ACCEPTED], counts[COUNT_SHORT],
           counts[COUNT_MINUTES], all.n_failed, all.n_not_a_case);
    return passed ? 0 : 1;
}
