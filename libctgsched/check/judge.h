// SPDX-License-Identifier: GPL-3.0-or-later
/* One judgement in work: what the modules of the judge share. */
#ifndef CTGSCHED_CHECK_JUDGE_H
#define CTGSCHED_CHECK_JUDGE_H

#include "check/check.h"
#include "check/rows.h"

typedef struct judge {
    const problem *prob;      /* staffed: those on duty are among the staff */
    const int32_t *option_of; /* [n_requests] */
    const int32_t *way_of;    /* [problem_posts] or NULL */
    arena *scratch;           /* ends with the judgement */
    attendance attendance;
    sheet sheet;
    day_totals *totals; /* [n_structures * n_days] */
    findings breaches, shortages;
    bool *marked;          /* [n_structures], for whoever needs marks */
    const int64_t *points; /* [n_requests], as in format.md 8 */
} judge;

static inline day_totals *judge_totals(const judge *j, int32_t place) {
    return j->totals + (size_t)place * (size_t)j->prob->n_days;
}

/* The points that decide who goes first (format.md 8): of a sibling bundle,
 * the highest. NULL without memory. */
const int64_t *judge_points(const problem *prob, arena *mem);

/* A day on which nobody comes and no total is asked needs no reading. */
bool judge_skips(const structure *x, int32_t day, visit_span visits);
/* The policy or a goal speaks of envy. */
bool judge_asks_envy(const problem *prob);

/* Evaluates every rule: from the first four members, fills in the others. */
ctg_status judge_rules(judge *j, ctg_error *err);

/* Every goal of the catalogue but envy, and the weighted one. */
void judge_goals(int64_t value[N_GOALS], const judge *j);
int64_t judge_weighted(const problem *prob, const int64_t value[N_GOALS]);

/* The requests not served, in the order of format.md 9. */
ctg_status judge_waiting(const waiting_row **rows, int32_t *n_rows,
                         const judge *j, arena *mem, ctg_error *err);

/* The pairs of format.md 8; none in a plan that breaks a rule. */
ctg_status judge_envy(const envy_pair **pairs, int32_t *n_pairs, judge *j,
                      arena *mem, ctg_error *err);

/* Adds what the plan states and is not so; `v` is complete but for breaches. */
ctg_status judge_stated(findings *breaches, const judge *j, const verdict *v,
                        const plan *p, ctg_error *err);

/* One line for people, in `mem`; NULL without memory. */
const char *judge_message(const problem *prob, const finding *f, arena *mem);

#endif
