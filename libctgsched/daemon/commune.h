// SPDX-License-Identifier: GPL-3.0-or-later
/* A commune: its versions, and what waits for it.
 *
 * A version is everything that is known after one record of the journal. It
 * never changes; readers keep one while they work. `head` is what the desk made
 * last, `shown` what is durable: answers are given from `shown`, changes are
 * made to `head`. When the journal refuses a record, `head` goes back to
 * `shown` as soon as nothing is under way. */
#ifndef CTGSCHED_DAEMON_COMMUNE_H
#define CTGSCHED_DAEMON_COMMUNE_H

#include "daemon/engine.h"
#include "daemon/envelope.h"
#include "daemon/feed.h"
#include "daemon/keys.h"
#include "daemon/pool.h"

typedef struct hold_box {
    _Atomic int32_t refs;
    char id[ID_TEXT];
    int64_t expires_ms;
    hold_ask asked;
} hold_box;

typedef struct version {
    _Atomic int32_t refs;
    int64_t seq;
    problem_box *problem; /* NULL before the first one was put */
    plan_box *floor;      /* the plan under this problem, NULL: none yet */
    plan_box *published;  /* as it was told to the families, or NULL */
    hold_box **holds;     /* [n_holds], in force */
    int32_t n_holds;
    int64_t repair_seq; /* the last record that calls for a repair */
} version;

/* A copy to be changed before anybody sees it, one record later. */
version *version_next(const version *before);
version *version_keep(version *held);
void version_drop(version *held);
void version_set_problem(version *of, problem_box *taken);
void version_set_floor(version *of, plan_box *taken); /* NULL: none */
void version_add_hold(version *of, hold_box *taken);
hold_box *version_find_hold(const version *of, const char *id);
void version_end_hold(version *of, const char *id);

/* A solve that was asked for. */
typedef struct solve {
    struct solve *next;
    int32_t id;
    enum { SOLVE_WAITING, SOLVE_RUNNING, SOLVE_DONE } state;
    solve_ask asked;
    double left_s; /* of its time */
    int32_t stop;  /* a ctg_stop, once done */
    bool is_cancelled;
    char code[32]; /* of the error that ended it, or "" */
} solve;

typedef struct commune {
    struct commune *next;
    char id[ID_TEXT];
    lane *desk, *reads, *planning;
    /* The loop thread's. */
    feed feed;
    keys keys;
    bool is_expiring;
    /* The desk lane's, and the loop's while nothing is under way. */
    version *head;
    uv_mutex_t lock;
    /* Under the lock. */
    version *shown;
    int32_t n_under_way;
    bool is_broken;
    struct order *inbox, **inbox_last; /* changes not yet made */
    int32_t n_inbox;
    solve *solves;
    int32_t last_solve;
    ctg_solver *solver;
    bool is_stepping, is_improving; /* planner.c */
    int64_t improving_since_ms;
    int64_t repaired_seq; /* of the version that the last repair was for */
    double improve_left_s;
    _Atomic int64_t next_expiry_ms; /* of a hold, INT64_MAX: none */
    _Atomic int32_t since_snapshot; /* records */
} commune;

commune *commune_new(const char *id);
void commune_free(commune *held);
version *commune_look(commune *in); /* kept; drop it */
bool commune_is_broken(commune *in);
/* Notes when the next hold of the version ends. */
void commune_note_expiry(commune *in, const version *now);

#endif
