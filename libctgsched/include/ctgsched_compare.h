/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file
 * Plans side by side: what is otherwise in one than in another and why, and
 * what several what-ifs come to.
 *
 * The plans may be of two versions of a problem: requests, options, employees,
 * shifts and structures are found again by their ids (doc/format.md 13.2).
 *
 * Threads: any number of threads may compare the same solutions at once; what
 * comes out never changes. Indices run from 0; a getter returns 0 past the end,
 * or when a pointer is NULL, and leaves `out` alone then; 1 otherwise.
 */
#ifndef CTGSCHED_COMPARE_H
#define CTGSCHED_COMPARE_H

#include "ctgsched_proposals.h"
#include "ctgsched_report.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What is otherwise. Strings are borrowed from the problems of both solutions
 * and, messages, from this: free it before either. */
typedef struct ctg_diff ctg_diff;

/** Compares two plans.
 *
 * @param out   freed with ctg_diff_free; NULL on failure. Memory comes from the
 *              allocator of `to`.
 * @param from  any plan.
 * @param to    any plan, of the same problem or of a later version of it.
 * @param why   1: with reasons. Each difference alone is undone in `to`, which
 *              is judged again: of a request in microseconds, of a duty in the
 *              time that judging the plan takes.
 * @return CTG_ERR_NOMEM, CTG_ERR_USAGE. */
CTG_API ctg_status ctg_diff_create(ctg_diff **out, const ctg_solution *from,
                                   const ctg_solution *to, int32_t why,
                                   ctg_error *err);

CTG_API void ctg_diff_free(ctg_diff *diff);

typedef enum ctg_why {
    CTG_WHY_NOT_ASKED,
    CTG_WHY_EVENT, /**< as it was, it cannot be in the problem of `to`: it is
                        new or gone there, or the plan `from` breaks or is short
                        of something there: then `breach` says of what */
    CTG_WHY_RULE,  /**< undone alone, `to` breaks the rule of `breach` */
    CTG_WHY_GOAL,  /**< undone alone, `goal` is worse and all before it are as
                        they are */
    CTG_WHY_TIE,   /**< undone alone, nothing is apart, or the draw alone */
    CTG_WHY_BETTER /**< undone alone, `goal` is better: `to` is not the best */
} ctg_why;

typedef struct ctg_reason {
    int32_t kind;       /**< a ctg_why */
    int32_t has_breach; /**< 1: `breach` is filled */
    const char *goal;   /**< "points", ... or NULL */
    ctg_breach breach;  /**< in the problem of `to` */
} ctg_reason;

typedef enum ctg_move_kind {
    CTG_MOVE_SERVED,  /**< waited */
    CTG_MOVE_WAITING, /**< was served */
    CTG_MOVE_MOVED,   /**< has another option */
    CTG_MOVE_CHANGED, /**< has the option of that id, with other times or
                           places */
    CTG_MOVE_NEW,     /**< only the problem of `to` has the request */
    CTG_MOVE_GONE     /**< only the problem of `from` has it */
} ctg_move_kind;

/** A request that is otherwise, by id. */
typedef struct ctg_move {
    const char *request;
    const char *child;
    const char *from_option; /**< NULL: waits, or is not there; so below */
    const char *from_structure;
    const char *to_option;
    const char *to_structure;
    int32_t kind; /**< a ctg_move_kind */
    ctg_reason why;
    int64_t reserved[3];
} ctg_move;

CTG_API int ctg_diff_move(ctg_move *out, const ctg_diff *diff, int32_t index);

/** What somebody works on a date in one of the plans. */
typedef struct ctg_worked {
    const char *shift; /**< NULL: no duty, and nothing below */
    const char *structure;
    int32_t begin;     /**< minute of the day */
    int32_t end;       /**< half-open */
    int32_t minutes;   /**< of work */
    int32_t n_pieces;  /**< at most 4 */
    int32_t pieces[4]; /**< minutes of the day they begin at, in the order of
                            the shift */
} ctg_worked;

/** A duty that is otherwise, by employee, then date. */
typedef struct ctg_duty_change {
    const char *employee;
    char date[12];
    int32_t is_new;  /**< only the problem of `to` has the employee */
    int32_t is_gone; /**< only the problem of `from` has the employee */
    ctg_worked from;
    ctg_worked to;
    ctg_reason why;
    int64_t reserved[3];
} ctg_duty_change;

CTG_API int ctg_diff_duty(ctg_duty_change *out, const ctg_diff *diff,
                          int32_t index);

/** Goal `goal` of the problem of `to`: what `from` has in its own problem, what
 * `to` has. */
CTG_API int ctg_diff_goal(ctg_goal_change *out, const ctg_diff *diff,
                          int32_t goal);

/** How much is otherwise. */
typedef struct ctg_diff_info {
    int32_t n_moves;
    int32_t n_duties;
    /** Touched, of those that both problems have. */
    int32_t n_requests;
    int32_t n_children;
    int32_t n_employees;
    int64_t reserved[4];
} ctg_diff_info;

/** @return CTG_ERR_USAGE when an argument is NULL. */
CTG_API ctg_status ctg_diff_about(ctg_diff_info *out, const ctg_diff *diff);

/** A plan of a comparison. */
typedef struct ctg_side {
    const char *name; /**< as it shall stand in the tables */
    const ctg_solution *solution;
} ctg_side;

/** Puts plans side by side, the first is what the others are compared with:
 * tables of goals, requests and agents gained or lost, working hours, and what
 * binds in each structure (doc/format.md 13.3).
 *
 * @param out    freed with ctg_tables_free, before the solutions; NULL on
 *               failure. Memory comes from the allocator of the first one.
 * @param sides  [n] any plans, of versions of one problem; not kept, but for
 *               the solutions' strings. Names are copied.
 * @param n      1 to 64.
 * @return CTG_ERR_NOMEM, CTG_ERR_USAGE. */
CTG_API ctg_status ctg_compare(ctg_tables **out, const ctg_side *sides,
                               int32_t n, ctg_error *err);

#ifdef __cplusplus
}
#endif
#endif
