// SPDX-License-Identifier: GPL-3.0-or-later
/* A plan with a few requests moved, judged from what stands.
 *
 * A row of a structure depends on who is there on the day, or in the week or
 * month: days that no move touches keep their findings and totals. What
 * check_plan says of the whole plan, this says too (tests/property). */
#ifndef CTGSCHED_CHECK_ATTEMPT_H
#define CTGSCHED_CHECK_ATTEMPT_H

#include "base/vec.h"
#include "check/standing.h"

/* The request gets this option; NONE: it waits. */
typedef struct move {
    int32_t request, option;
} move;

enum { MOST_MOVES = 4 };

typedef enum attempt_depth {
    ATTEMPT_FIRST, /* up to the first breach; goals where there is none */
    ATTEMPT_ALL    /* every breach, and goals in any case */
} attempt_depth;

VEC_DECLARE(cell_list, int32_t);

/* One thread's; used again and again. */
typedef struct attempt {
    const standing *on;
    arena *mem;         /* of the caller; outlives this */
    arena *work;        /* of one judgement */
    int32_t *option_of; /* [n_requests] the plan with the moves in work */
    int32_t *alone;     /* [n_requests] NONE but for one child */
    bool *is_moved;     /* [n_requests] */
    bool *marked;       /* [n_structures] */
    bool *is_touched;   /* [n_structures * n_days] */
    cell_list touched;  /* those, rising: structure * n_days + day */
    sheet sheet;
    visit *visits;      /* room for one structure's day */
    day_totals *totals; /* [n_days] of the structure in work */
    findings found;     /* of the part in work */
    int64_t shortage;   /* price of what was found short */
    int64_t floors;     /* change of that goal by days read again */

    /* The answer, until the next one: what the plan breaks with the moves and
     * did not break before (rule, place, interval and size alike). */
    findings breaches; /* by rule, then place */
    bool has_goals;
    int64_t value[N_GOALS], weighted;
} attempt;

ctg_status attempt_create(attempt *out, const standing *on, arena *mem,
                          ctg_error *err);
/* Frees what is not in the arena of the caller. */
void attempt_end(attempt *a);

/* Judges the plan with `n` moves of different requests. Fails only without
 * memory. */
ctg_status attempt_judge(attempt *a, const move *moves, int32_t n,
                         attempt_depth depth, ctg_error *err);

static inline bool attempt_passes(const attempt *a) {
    return a->breaches.n == 0;
}

/* The first goal, in the order of the file, in which `after` is not `before`:
 * an index into the terms, or 0 for the weighted one; NONE when all are alike.
 * *is_better says which way. Both arrays have the weighted goal last. */
typedef struct goal_values {
    int64_t value[N_GOALS], weighted;
} goal_values;
int32_t goals_first_apart(const problem *prob, const goal_values *before,
                          const goal_values *after, bool *is_better);

goal_values standing_values(const standing *s);
goal_values attempt_values(const attempt *a);

#endif
