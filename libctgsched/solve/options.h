// SPDX-License-Identifier: GPL-3.0-or-later
/* What a caller asks of one solve, and what it is told on the way. */
#ifndef CTGSCHED_SOLVE_OPTIONS_H
#define CTGSCHED_SOLVE_OPTIONS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

typedef enum solve_decide {
    DECIDE_JOINT,
    DECIDE_CHILDREN,
    DECIDE_AGENTS,
    DECIDE_CHILDREN_THEN_AGENTS
} solve_decide;

typedef struct solve_options {
    double gap;          /* stop a goal at this relative gap; 0: prove it */
    int64_t deadline_us; /* on clock_now_us's scale, 0: none */
    uint64_t work_limit; /* 0: none */
    size_t memory_limit; /* bytes of the solve's arenas, 0: none */
    int32_t threads;     /* 1 or 2; the plan does not depend on it */
    bool prove_ties;     /* `tie` counts toward "every goal proven" */
    solve_decide decide; /* of solve_decided */
    bool base_only;      /* the base is the answer: no goal is worked on */
    const int32_t *base; /* [n_requests] option_of of a judged plan, NULL */
    const int32_t *base_ways; /* its way_of, NULL */
    atomic_int *stop;         /* not 0: stop soon; may be NULL */
    /* Called on the calling thread's behalf, maybe from another thread, one at
     * a time; a result other than 0 stops the search. May be NULL. */
    int (*on_event)(void *user, const solve_event *event);
    void *user;
} solve_options;

#endif
