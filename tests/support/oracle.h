// SPDX-License-Identifier: GPL-3.0-or-later
/* Brute force over all plans of a tiny problem.
 *
 * A third reading of doc/format.md 4 to 8: shares nothing with solve/ or
 * check/, reads the problem's data only. Every combination of menus and waiting
 * is valued; nothing is pruned. Everything lives in the arena given. */
#ifndef CTGSCHED_TESTS_ORACLE_H
#define CTGSCHED_TESTS_ORACLE_H

#include "base/error.h"
#include "model/plan.h"

enum { ORACLE_PLANS = 60000, ORACLE_REQUESTS = 10 };

_Static_assert(N_PLAN_RULES <= 64, "a set of rules is one word");

typedef struct oracle oracle;

typedef struct oracle_value {
    bool accepted;               /* no breach; shortages are allowed */
    uint64_t broken;             /* bit per rule_name: the rules breached */
    int64_t price[N_PLAN_RULES]; /* of the shortages, by rule */
    int64_t goal[N_GOALS];       /* ENVY: 0 unless the policy asks for it */
} oracle_value;

typedef struct oracle_result {
    bool feasible;
    int64_t n_plans, n_accepted;
    int32_t n_cells; /* elementary intervals, all structures together */
    int32_t n;       /* goals in the order asked; 1 when weighted */
    int64_t value[N_GOALS + 1];
    int64_t parts[N_GOALS]; /* every goal of one optimal plan */
    int64_t n_best;         /* optimal plans */
    const int64_t *best;    /* their indices, [n_best] */
    uint64_t decides_alone; /* bit per rule_name */
    bool greedy_is_optimal; /* by points, first fitting option; `tie` not
                               looked at */
} oracle_result;

/* NULL without memory or when the problem is too large. With `by_minute` every
 * minute is an instant of its own: slower, and must change nothing. */
oracle *oracle_open(const problem *prob, bool by_minute, arena *mem);

int64_t oracle_n_plans(const oracle *all);
/* The plan with an index in [0, n_plans): option_of [n_requests]. */
void oracle_plan(int32_t *option_of, const oracle *all, int64_t index);
/* Values one plan, ENVY included when the policy is by_points. */
void oracle_value_of(oracle_value *out, oracle *all, const int32_t *option_of);
/* The value of a plan at a position of the goals asked. */
int64_t oracle_asked(const oracle *all, const oracle_value *value,
                     int32_t position);
int32_t oracle_n_asked(const oracle *all);
/* 1: more is better at that position, -1: less is. */
int32_t oracle_sense(const oracle *all, int32_t position);
bool oracle_can_be_given(const oracle *all, int32_t request, int32_t option);

/* The optimum over all plans, which rules decide alone, how greedy does. A rule
 * decides alone when the optimum is another one without it. */
bool oracle_best(oracle_result *out, oracle *all, bool with_rules, arena *mem);

#endif
