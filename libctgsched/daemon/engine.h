// SPDX-License-Identifier: GPL-3.0-or-later
/* The library as the daemon uses it: values with counted references, and the
 * few questions that are asked of them. Everything here is immutable once made
 * and may be used from any thread, but for the solver of engine_plan. */
#ifndef CTGSCHED_DAEMON_ENGINE_H
#define CTGSCHED_DAEMON_ENGINE_H

#include <ctgsched.h>
#include <uv.h>

#include "daemon/answer.h"
#include "store/store.h"

/* A problem that several versions share. */
typedef struct problem_box {
    _Atomic int32_t refs;
    ctg_problem *problem;
} problem_box;

/* A judged plan, with what is known of how it came about. */
typedef struct plan_box {
    _Atomic int32_t refs;
    ctg_solution *plan;  /* NULL in one of engine_told */
    const char *quality; /* "carried", "provisional", "improved" */
    int64_t rests_on;    /* record of the last change that it knows */
    uint64_t work;
    uint64_t work_limit; /* asked, 0: none */
    int64_t most_changes;
    int32_t stop;    /* a ctg_stop */
    problem_box *of; /* the problem that it was judged under */
    uv_mutex_t lock;
    buffer text; /* made when first asked for */
    char digest[STORE_DIGEST_TEXT];
} plan_box;

problem_box *problem_keep(problem_box *held); /* NULL gives NULL */
void problem_drop(problem_box *held);
plan_box *plan_keep(plan_box *held);
void plan_drop(plan_box *held);

/* The plan as JSON; false without memory. Borrowed from the box. */
bool plan_text(plan_box *of, const char **text, size_t *n);
/* Its digest; "" without memory. */
const char *plan_digest(plan_box *of);

/* What the library said when a call failed. */
typedef struct trouble {
    ctg_status status;
    ctg_error err;
    fault_book book;
} trouble;
void trouble_free(trouble *held);

problem_box *engine_read(store_bytes text, trouble *why);
problem_box *engine_apply(const problem_box *from, store_bytes change,
                          trouble *why);
/* A plan of an earlier time, read again; NULL when it is none of `of`. */
plan_box *engine_read_plan(problem_box *of, store_bytes text);
/* The text alone of a plan that people were told, whatever its problem was. */
plan_box *engine_told(store_bytes text, int64_t rests_on);
/* `plan` under another problem, less what is impossible there; NULL when there
 * is no plan at all. The same box, kept, when the problem is the same. */
plan_box *engine_carry(problem_box *to, plan_box *plan, int64_t rests_on);
/* `plan` with one placement more, under a problem that has the request; NULL
 * when that breaks a rule. */
plan_box *engine_admit(problem_box *to, plan_box *plan, const char *request,
                       const char *option, int64_t rests_on);
/* Whether every goal of `one` is at least as good as of `other`, the first that
 * differs deciding. Both of the same problem. */
bool engine_is_no_worse(const plan_box *one, const plan_box *other);

typedef struct plan_limits {
    double time_s; /* 0: none */
    uint64_t work, memory;
    int64_t most_changes; /* -1: none */
} plan_limits;

/* Plans from `base` (NULL: from nothing). NULL when there is no plan. `stop` is
 * a ctg_stop. */
plan_box *engine_plan(ctg_solver *solver, problem_box *of, plan_box *base,
                      const plan_limits *limits, int32_t *stop, trouble *why);

/* One more child asks for these. */
typedef struct slot_ask {
    const char *date, *structure;
    int32_t age_months, walks, least_minutes;
} slot_ask;

/* Rows of a JSON array. */
ctg_status engine_slots(buffer *rows, const plan_box *of, const slot_ask *asked,
                        ctg_error *err);
/* Whether [begin, end) lies in a slot of the structure, and of the section when
 * it is not NULL. */
bool engine_has_slot(const plan_box *of, const slot_ask *asked,
                     const char *section, int32_t begin, int32_t end,
                     ctg_error *err);
ctg_status engine_headroom(buffer *rows, const plan_box *of,
                           const char *structure, const char *date,
                           ctg_error *err);
/* An object: tables by name. */
ctg_status engine_report(buffer *to, const plan_box *of, ctg_error *err);
/* What the plan could give to a request, and who could take a free place: rows
 * of a JSON array. */
ctg_status engine_offers(buffer *rows, const plan_box *of, const char *request,
                         ctg_error *err);
typedef struct fill_ask {
    const char *structure, *date; /* NULL: any */
    int32_t begin, end;
} fill_ask;
ctg_status engine_fill(buffer *rows, const plan_box *of, const fill_ask *asked,
                       ctg_error *err);
/* What `to` has otherwise than `from`: members moves, duties. */
ctg_status engine_diff(buffer *to_text, const plan_box *from,
                       const plan_box *to, ctg_error *err);
/* Members: goals, is_accepted, n_placements, ... */
void engine_about(buffer *to, const plan_box *of);

#endif
