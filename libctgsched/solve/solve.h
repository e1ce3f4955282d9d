// SPDX-License-Identifier: GPL-3.0-or-later
/* The method behind one door: a problem and limits in, a judged plan out.
 *
 * solve_plan never returns a plan that check refuses. A plan exists before the
 * first relaxation; `base`, when given, is judged first and is the floor of the
 * answer. Deterministic under a work limit. */
#ifndef CTGSCHED_SOLVE_SOLVE_H
#define CTGSCHED_SOLVE_SOLVE_H

#include <stdatomic.h>

#include "base/error.h"
#include "check/check.h"
#include "base/text.h"
#include "model/plan.h"

typedef enum solve_event_kind {
    SOLVE_EVENT_PHASE,     /* `text` names what begins: "presolve", "goal" */
    SOLVE_EVENT_INCUMBENT, /* a better judged plan */
    SOLVE_EVENT_BOUND      /* a better bound */
} solve_event_kind;

typedef struct solve_event {
    solve_event_kind kind;
    const char *text;
    int32_t goal; /* position in the order of goals, -1 before the first */
    const char *goal_name;
    int64_t value, bound; /* of that goal; valid when has_... */
    bool has_value, has_bound;
    uint64_t work;
    double seconds;
} solve_event;

typedef struct solve_options {
    double gap;              /* stop a goal at this relative gap; 0: prove it */
    int64_t deadline_us;     /* on clock_now_us's scale, 0: none */
    uint64_t work_limit;     /* 0: none */
    size_t memory_limit;     /* bytes of the solve's arenas, 0: none */
    int32_t threads;         /* 1 or 2; the plan does not depend on it */
    bool prove_ties;         /* `tie` counts toward "every goal proven" */
    const int32_t *base;     /* [n_requests] option_of of a judged plan, NULL */
    atomic_int *stop;        /* not 0: stop soon; may be NULL */
    /* Called on the calling thread's behalf, maybe from another thread, one at
     * a time; a result other than 0 stops the search. May be NULL. */
    int (*on_event)(void *user, const solve_event *event);
    void *user;
} solve_options;

typedef enum solve_outcome {
    SOLVE_OPTIMAL,   /* every goal asked for is proven */
    SOLVE_GAP,       /* every goal is within the gap asked */
    SOLVE_FEASIBLE,  /* a limit came first; the plan is judged */
    SOLVE_INFEASIBLE /* proven: pins, history or rules contradict each other */
} solve_outcome;

typedef struct solve_result {
    solve_outcome outcome;
    plan *plan;       /* complete: goals, waiting, shortages, coverage; NULL
                         when infeasible. In the caller's arena. */
    const verdict *verdict;
    int32_t n_conflicts; /* infeasible: what contradicts, one line each */
    const char *const *conflicts;
    uint64_t work;
    size_t peak_bytes;
} solve_result;

ctg_status solve_plan(solve_result *out, const problem *prob,
                      const solve_options *options, arena *mem,
                      ctg_error *err);

/* The exact compact program as text. `goal` is the position of the goal in the
 * order (0-based), ignored in weighted mode; rows "goal j at least as good as
 * in the plan" for j < goal need `plan_of` [n_requests] (may be NULL for goal
 * 0). `names` receives the table that maps rows and columns back (TSV). */
typedef enum export_format { EXPORT_MPS, EXPORT_LP } export_format;
ctg_status solve_export(text *program, text *names, const problem *prob,
                        int32_t goal, const int32_t *plan_of,
                        export_format format, arena *mem, ctg_error *err);

#endif
