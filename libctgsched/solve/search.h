// SPDX-License-Identifier: GPL-3.0-or-later
/* What every technique shares: the program, the best plan so far, the limits.
 *
 * A technique proposes columns; search_offer computes the rest, compares goal
 * by goal, has the judge decide, and keeps the plan only when it is better. */
#ifndef CTGSCHED_SOLVE_SEARCH_H
#define CTGSCHED_SOLVE_SEARCH_H

#include "check/check.h"
#include "solve/formulation.h"
#include "solve/options.h"
#include "solve/relax.h"
#include "solve/selection.h"

/* Below this many option columns the tree alone is quicker, and deciding
 * requests quicker than branching on counts of staff. */
enum { FEW_COLUMNS = 200 };

typedef struct search {
    const problem *prob;
    const solve_options *options;
    arena *mem;     /* lives as long as the search */
    arena *scratch; /* rewound by whoever takes it */
    formulation f;
    lp_engine *engine;
    selection sel;       /* follows the program: search_renew after new rows */
    int64_t deadline_us; /* of the search: judging is reserved */
    uint64_t work;
    atomic_int *stop;
    /* Best plan. Values are of the objectives, in minimised form. */
    bool has_plan;
    int32_t *option_of;    /* [n_requests] */
    int32_t *way_of;       /* [problem_posts], as in a plan */
    int32_t *cols, n_cols; /* its columns of groups */
    int64_t *value;        /* [n_objectives] */
    int32_t n_objectives;
    int32_t stage;        /* objective under way */
    int32_t n_stage_rows; /* of the program when it began: cuts follow */
    int64_t **cost;       /* [n_objectives][n_cols], minimised */
    int64_t stage_bound;  /* proven for the stage, minimised */
    bool has_stage_bound;
    int64_t judge_us;  /* the longest judgement so far */
    ctg_status failed; /* not CTG_OK: the search ends with it */
    bool is_full; /* no memory for more: the search ends with what it has */
    bool is_late; /* the time left is too short for a part */
    ctg_error *err;
    int64_t started_us, built_us; /* built: how long the program took */
    int64_t effort; /* on a neighbourhood: doubled when none gains */
    /* In every plan as good as this one in the goals that are done... */
    uint8_t *barred;  /* [n_cols] this is not given, */
    uint8_t *needed;  /* [n_groups] this is served */
    double *appetite; /* [n_structures]: columns that a neighbourhood may
                         free, learnt from round to round */
} search;

/* Few enough, or under a ceiling, where each group has one column. */
static inline bool search_is_small(const search *s) {
    return s->f.n_choice_cols < FEW_COLUMNS ||
           (s->prob->baseline && s->prob->baseline->is_ceiling);
}

bool search_init(search *s, const problem *prob, const solve_options *options,
                 arena *mem, ctg_error *err);
void search_end(search *s);
/* A selection that follows the program as it is now. */
bool search_renew(search *s);
/* Appends rows, and lets the relaxation and the selection follow; false, and
 * the search is full, without memory. */
bool search_append(search *s, relax *r, const program_new_row *rows, int32_t n);

/* Time, work, memory or an interrupt came: end soon. */
bool search_is_out(const search *s);
lp_limits search_limits(const search *s);

/* Puts exactly these columns into the selection; false, and the search is full,
 * without memory: a selection cut short must prove nothing. */
bool search_load(search *s, const int32_t *cols, int32_t n);
/* Offers a choice of option columns; true when it became the best plan. */
bool search_offer(search *s, const int32_t *cols, int32_t n);
/* Offers what `sel` has chosen. */
bool search_offer_selection(search *s);
/* The same, after the columns that reward are raised. */
bool search_offer_chosen(search *s);
/* Tells the listener of a better bound (minimised form) of the stage. */
void search_bound(search *s, int64_t bound);
void search_phase(search *s, const char *text);

/* Minimised value to the goal's own sense and back. */
int64_t search_sign(const search *s, int32_t objective);

/* First plan without any relaxation. */
/* Opens sessions that need several at once: with the first of the columns
 * [n], best first, that fit together. */
void open_sessions(search *s, const int32_t *cols, int32_t n);
void construct_first(search *s);
/* From an LP point: largest values first, then what still fits. `order` is by
 * the reduced costs of `r`. */
void construct_from_relaxation(search *s, const relax *r);

/* Moves of one request with one other making room, from the best plan, at most
 * `tries`; true when the plan got better. */
bool eject_improve(search *s, int64_t tries);

/* Annealing from the best plan, so many steps; true when the plan got better.
 */
bool anneal_plan(search *s, const relax *r, int64_t steps, uint64_t seed);
/* The same beside other work, on a thread of its own where there may be one:
 * what it finds is offered at its end, and does not depend on threads. NULL
 * without a plan or memory. */
typedef struct anneal_task anneal_task;
anneal_task *anneal_begin(search *s, const relax *r, int64_t steps,
                          uint64_t seed);
bool anneal_end(search *s, anneal_task *task);
/* Nobody waits for it any more. */
void anneal_abandon(anneal_task *task);
/* From nothing to a first plan. */
bool anneal_first(search *s, int64_t steps, uint64_t seed);

/* Values every plan one by one when there are at most `most`; true when all
 * were seen, so that the best plan is proven for the stage. */
bool enumerate_all(search *s, int64_t most);

/* Re-solves neighbourhoods of the best plan exactly; one round, deterministic
 * by `round`. True when the plan got better. */
bool neighbour_round(search *s, relax *r, int32_t round);

/* Chvatal-Gomory and MIR rows from the tableau; number added to the program. */
int32_t cuts_add(search *s, relax *r, int32_t round);

/* Chvatal-Gomory rows from pairs of tight rows; number added. */
int32_t pairs_add(search *s, relax *r);

typedef enum tree_result {
    TREE_PROVEN, /* nothing better than the best plan exists */
    TREE_STOPPED
} tree_result;
/* Branch and bound on the stage's objective until proven, `max_nodes`, or out.
 * The proven bound goes to search_bound. */
tree_result tree_search(search *s, relax *r, int64_t max_nodes, double gap);

#endif
