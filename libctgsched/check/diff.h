// SPDX-License-Identifier: GPL-3.0-or-later
/* What is otherwise in one plan than in another: requests and duties, found
 * again by their ids, for the plans may be of two versions of a problem. */
#ifndef CTGSCHED_CHECK_DIFF_H
#define CTGSCHED_CHECK_DIFF_H

#include "check/check.h"

typedef struct diff_side {
    const problem *prob;
    const plan *plan;
    const verdict *verdict;
} diff_side;

typedef enum diff_kind {
    DIFF_SERVED,  /* waited before */
    DIFF_WAITING, /* was served before */
    DIFF_MOVED,   /* has another option */
    DIFF_CHANGED, /* has the option of that id, but other times or places */
    DIFF_NEW,     /* the request is in the second problem alone */
    DIFF_GONE     /* in the first problem alone */
} diff_kind;

typedef enum reason_kind {
    REASON_NONE,  /* not asked */
    REASON_EVENT, /* as it was, it cannot be in the second problem */
    REASON_RULE,  /* undone alone, the second plan breaks a rule */
    REASON_GOAL,  /* undone alone, a goal is worse: the first one apart */
    REASON_TIE,   /* undone alone, nothing but the draw is apart */
    REASON_BETTER /* undone alone, the second plan were better */
} reason_kind;

typedef struct reason {
    reason_kind kind;
    bool has_breach;
    breach broken; /* of a rule, and of an event that a row of the first plan
                      shows in the second problem */
    int32_t goal;  /* index into the terms of the second problem, NONE; 0 of a
                      weighted one */
} reason;

typedef struct diff_move {
    diff_kind kind;
    int32_t before, now; /* the request in each problem, NONE */
    int32_t from, to;    /* its option in each, NONE */
    reason why;
} diff_move;

/* At least one of the ways is not NONE. */
typedef struct diff_duty {
    int32_t before, now; /* the employee in each problem, NONE */
    int32_t civil;
    int32_t from, to; /* the way in each, NONE */
    reason why;
} diff_duty;

typedef struct diff {
    int32_t n_moves;
    diff_move *moves; /* by id */
    int32_t n_duties;
    diff_duty *duties; /* by id, then date */
    /* Of requests and employees that both problems have. */
    int32_t n_requests, n_children, n_employees;
} diff;

/* Everything lives in `mem`. Fails only without memory. */
ctg_status diff_plans(diff *out, const diff_side *from, const diff_side *to,
                      arena *mem, ctg_error *err);

/* The option, the way of the first problem in the second: by its id, and of a
 * shift with its pieces at the same times; NONE when it is not there. */
int32_t diff_option_in(const request *now, const option *before);
int32_t diff_way_in(const problem *now, const problem *before, int32_t way);

/* Fills the reasons in. Each difference alone is undone in the second plan,
 * which is judged again. */
ctg_status diff_explain(diff *d, const diff_side *from, const diff_side *to,
                        arena *mem, ctg_error *err);

#endif
