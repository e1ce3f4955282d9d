// SPDX-License-Identifier: GPL-3.0-or-later
/* The oracle's inside: cells (what happens at an instant) and the rest.
 *
 * A cell is one structure in one elementary interval of one day. What the
 * requests do there is a small number, its state: the states are valued once
 * and kept, which is what makes tens of thousands of plans affordable. */
#ifndef CTGSCHED_TESTS_ORACLE_PARTS_H
#define CTGSCHED_TESTS_ORACLE_PARTS_H

#include "support/oracle.h"

#define BIT(rule) (UINT64_C(1) << BREAKS_##rule)

/* A row that is short, or breached when a newcomer is in its scope. */
typedef struct row_short {
    rule_name rule;
    int32_t row; /* section, quota, merge, need or skill; 0 otherwise */
    int64_t size;
} row_short;

typedef struct moment {
    uint64_t broken;
    int32_t n_shorts;
    row_short *shorts;
    int64_t weight;   /* place weights present, thousandths */
    bool newcomer;    /* somebody newly admitted is there */
    int32_t readings; /* required(t) without any minimum */
    int32_t margin;   /* what the floor ratio_margin counts, persons */
} moment;

/* One request's ways to be in a cell; way 0 is absence. */
typedef struct stance {
    int32_t section;
    bool newcomer;
} stance;

typedef struct cell {
    int32_t structure, day, begin, end;
    bool open;
    int32_t n_states;
    const int32_t *add[ORACLE_REQUESTS]; /* [n_options + 1], option NONE first:
                                            what it adds to the state */
    int32_t n_ways[ORACLE_REQUESTS];
    const stance *ways[ORACLE_REQUESTS];
    moment **known; /* [n_states], filled when first asked for */
} cell;

/* A sum over a week or a month of one structure. */
typedef struct period {
    rule_name rule; /* BREAKS_WEEK or BREAKS_MIX */
    int32_t structure;
    int32_t key;  /* week index or month */
    int64_t have; /* week: pct * 1000 * capacity minutes; mix: 100 * cat1
                     minutes */
} period;

/* What giving an option adds to each goal that is a sum over requests. */
typedef struct served_goals {
    int64_t goal[N_GOALS];
} served_goals;

struct oracle {
    const problem *prob;
    arena *mem;
    bool by_minute, failed;
    int32_t n_cells, n_periods, n_managers;
    cell *cells;
    period *periods;
    int32_t *week_of, *month_of; /* [n_cells], index of the period or NONE */
    int32_t *mix_pct;            /* [n_cells] */
    int64_t n_plans;
    uint64_t *static_broken[ORACLE_REQUESTS]; /* [n_options] */
    served_goals *served[ORACLE_REQUESTS];    /* [n_options] */
    const char **managers; /* [n_managers] with a guaranteed rule */
    int64_t *guaranteed;   /* [n_managers]: K */
    oracle_value *values;  /* [n_plans] or NULL before oracle_best */
    int64_t *sum;          /* [n_periods] scratch */
    bool *sum_newcomer;    /* [n_periods] scratch */
};

/* oracle_cells.c */
bool oracle_cells_build(oracle *all);
const moment *oracle_cell_moment(oracle *all, cell *c,
                                 const int32_t *option_of);
int32_t oracle_step_value(const profile *f, int32_t day, int32_t minute);
bool oracle_step_covers(const profile *f, int32_t day, int32_t minute);

/* oracle_staff.c: who is there at an instant. */
typedef struct crew {
    int64_t counted; /* in the ratio */
    int64_t persons; /* in the minimum: with the directors who do not count */
    int64_t without_directors; /* counted, whatever the directors do */
    int64_t qualified;         /* Q of the quota */
    int64_t cat1, cat2, trainees;
} crew;
bool oracle_staff_has_skill(const structure *s, int32_t skill, int32_t day,
                            int32_t minute);
int64_t oracle_staff_count(const structure *s, staff_category category,
                           int32_t day, int32_t minute);
/* Directors count while at most so many children, `heads`, are present. */
crew oracle_crew_of(const structure *s, const law *in_force, int32_t day,
                    int32_t minute, int32_t heads);
/* The most persons required that the quota lets the crew make up. */
int64_t oracle_usable(const rule *law, const crew *who);
/* The rule `minimum`: how many persons of the right kind are missing. */
int64_t oracle_minimum_missing(const structure *s, const law *in_force,
                               const crew *who, int32_t heads);

/* oracle_ratio.c: required persons at an instant. */
typedef struct staffing {
    int32_t required; /* as the rule ratio counts it */
    int32_t readings; /* without any minimum, for the mix */
} staffing;
/* `way_of` [n_requests] is the request's way in the cell, NULL when absent. */
staffing oracle_staffing_required(const oracle *all, const cell *c,
                                  const stance *const *way_of);
int32_t oracle_staffing_minimum(const structure *s, const law *in_force,
                                int32_t n);

/* oracle_goals.c: what does not happen at one instant. */
bool oracle_goals_prepare(oracle *all); /* what each option adds */
void oracle_goals_value(oracle_value *out, const oracle *all,
                        const int32_t *option_of);

/* oracle_rules.c: the rules that are about whole options and plans. */
bool oracle_rules_prepare(
    oracle *all); /* what can be given, periods, managers */
uint64_t oracle_decisions_broken(const oracle *all, const int32_t *option_of);
/* Requests missing for a manager's guaranteed places, with one rule not
 * counted in what can be given (N_PLAN_RULES: none). */
int64_t oracle_guaranteed_missing(const oracle *all, int32_t manager,
                                  const int32_t *option_of, int32_t without);
/* How much a period is short, 0 when it is not; of `sum` accumulated over its
 * cells (week: weight minutes; mix: pct * required minutes). */
int64_t oracle_period_missing(const period *of, int64_t sum);

/* oracle_sessions.c: what an option breaks of sector, booking, companion and
 * chain; whether the plan lets too few come to a session. */
uint64_t oracle_sessions_broken(const problem *p, int32_t r, int32_t o);
bool oracle_groups_too_small(const problem *p, const int32_t *option_of);

/* oracle_envy.c: pairs of format.md 8, with one rule not asked for. */
int64_t oracle_envy_pairs(oracle *all, const int32_t *option_of,
                          int32_t without);
/* Fills all->sum and all->sum_newcomer for a plan. */
void oracle_periods_sum(oracle *all, const int32_t *option_of);
/* The plan's value without ENVY. */
void oracle_plan_value(oracle_value *out, oracle *all,
                       const int32_t *option_of);
int64_t oracle_plan_index(const oracle *all, const int32_t *option_of);

#endif
