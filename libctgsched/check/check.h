// SPDX-License-Identifier: GPL-3.0-or-later
/* The judge: every rule re-evaluated from its definition (doc/format.md 5-8) on
 * the original problem, every goal added up again, each breach named.
 *
 * Shares no code with solve. Exact integers only. Not thread-safe per call
 * (the arena), but two calls on one problem may run at the same time. */
#ifndef CTGSCHED_CHECK_CHECK_H
#define CTGSCHED_CHECK_CHECK_H

#include "base/error.h"
#include "model/plan.h"

typedef struct breach {
    where at;
    int64_t size;        /* in the rule's unit, 0 where it has none */
    const char *article; /* of the law, or NULL */
    const char *message; /* one line of English that names ids and sizes */
} breach;

typedef struct verdict {
    bool accepted; /* no breach */
    int32_t n_breaches;
    const breach *breaches; /* in the order of plan_rules.def, then place */
    int32_t n_shortages;    /* what the plan is really short of */
    const shortage *shortages;
    int64_t value[N_GOALS]; /* every goal of the catalogue; ENVY only when
                               asked for */
    int64_t weighted;       /* the weighted goal, when the problem has one */
    int32_t n_envy;
    const envy_pair *envy;
    int32_t n_waiting;
    const waiting_row *waiting;
} verdict;

typedef enum check_depth {
    CHECK_RULES, /* rules and goals, no envy pairs unless the policy needs */
    CHECK_ALL,   /* as above with what the plan states: goals, shortages, ... */
} check_depth;

/* Judges `option_of` and `way_of` (and, with CHECK_ALL, what `p` states).
 * The verdict lives in `mem`. Fails only without memory. */
ctg_status check_plan(verdict *out, const problem *prob, const plan *p,
                      check_depth depth, arena *mem, ctg_error *err);

/* Below 0 when the first is better in the order of the goals (or in their
 * weighted sum), 0 when they are worth the same. The goals need not be those
 * that the verdicts were asked for. */
int verdict_order(const goals *g, const verdict *a, const verdict *b);

/* Coverage rows of format.md 9, by structure, day, begin. */
ctg_status check_coverage(coverage_row **rows, int32_t *n_rows,
                          const problem *prob, const plan *p, arena *mem,
                          ctg_error *err);

/* Why an option can never be given, whatever else happens (format.md 4.3):
 * N_PLAN_RULES when it can. `newcomer` is false for the option held. */
rule_name check_option(const problem *prob, int32_t request, int32_t option);

#endif
