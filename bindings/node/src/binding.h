/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the addon share: texts in, handles, errors, rows, calls.
 *
 * Node-API does nothing once an exception is pending, and refuses a value that
 * is NULL. So values begin as NULL, a chain of calls needs no test after each,
 * and a function that gives NULL has an exception pending.
 *
 * The addon is called by lib/ alone: types were looked at there. */
#ifndef CTGSCHED_BINDING_H
#define CTGSCHED_BINDING_H

#define NAPI_VERSION 8
#include <ctgsched.h>
#include <node_api.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* --- text.c ------------------------------------------------------------- */

/* Text of JavaScript for a call. Bytes cross as they are when the call ends
 * before JavaScript goes on, and with one copy else; a string with one copy. */
typedef struct text_in {
    const char *at;
    size_t bytes;
    char *copy; /* NULL: borrowed */
} text_in;

/* A string or a Uint8Array. */
bool text_take(napi_env env, text_in *out, napi_value value, bool is_kept);
void text_drop(text_in *text);

/* An id or a date that ends with '\0', in *out; NULL for null. */
bool word_take(napi_env env, char **out, napi_value value);

napi_value text_value(napi_env env, const char *text);
napi_value number_value(napi_env env, double number);

/* --- handle.c ----------------------------------------------------------- */

typedef enum handle_kind {
    HANDLE_PROBLEM,
    HANDLE_SOLUTION,
    HANDLE_ENGINE
} handle_kind;

/* A solver and the options of its solve. */
typedef struct engine {
    ctg_solver *solver;
    ctg_options options;
} engine;

/* Takes `at` over: it is freed when JavaScript forgets the value, or here when
 * that fails. `weight` is about how many bytes it has. */
napi_value handle_new(napi_env env, handle_kind kind, void *at, size_t weight);

/* NULL and an exception when it is none of that kind. */
void *handle_at(napi_env env, napi_value value, handle_kind kind);
/* As handle_at, but true and NULL for null. */
bool handle_or_null(napi_env env, void **out, napi_value value,
                    handle_kind kind);

void engine_free(engine *engine);

/* --- fault.c ------------------------------------------------------------ */

/* Faults of a text, copied, for a thread cannot tell JavaScript. */
typedef struct faults {
    ctg_fault *at; /* [n] */
    int32_t n;
    int32_t room;
} faults;

void faults_add(void *user, const ctg_fault *fault); /* an on_fault */
napi_value faults_value(napi_env env, const faults *faults);
void faults_drop(faults *faults);

/* lib/ says which class an error has. */
napi_value errors_setup(napi_env env, napi_callback_info info);
napi_value error_value(napi_env env, ctg_status status, const ctg_error *err,
                       const faults *faults);
void error_throw(napi_env env, ctg_status status, const ctg_error *err);
napi_value memory_error(napi_env env);

/* --- lists.c ------------------------------------------------------------ */

napi_value event_value(napi_env env, const ctg_event *event);
napi_value fault_value(napi_env env, const ctg_fault *fault);
napi_value problem_info_value(napi_env env, const ctg_problem_info *info);
napi_value solution_info_value(napi_env env, const ctg_solution_info *info);
napi_value result_value(napi_env env, const ctg_result *result);
napi_value packs_value(napi_env env, const ctg_problem *problem);
napi_value options_value(napi_env env);
napi_value slots_value(napi_env env, const ctg_slots *slots);
napi_value headroom_value(napi_env env, const ctg_headroom *headroom);
napi_value offers_value(napi_env env, const ctg_offers *offers);
napi_value fill_value(napi_env env, const ctg_fill *fill);
/* All rows of one name ("placements") of a plan. */
napi_value plan_rows(napi_env env, const char *name,
                     const ctg_solution *solution);
/* Table by name, each an array of objects. tables.c */
napi_value tables_value(napi_env env, const ctg_tables *tables);

/* --- job.c -------------------------------------------------------------- */

typedef struct job job;

/* A call that may take long. The same four steps at once or on a thread of its
 * own: only `run` is ever on that. */
typedef struct call {
    const char *name;
    size_t bytes; /* of the structure that begins with a job */
    bool (*take)(napi_env env, job *job, const napi_value *arguments);
    void (*run)(job *job);
    napi_value (*give)(napi_env env, job *job);
    void (*drop)(job *job); /* what take and run left; not the job */
    void (*stop)(job *job); /* from any thread, while it runs; may be NULL */
} call;

enum { MOST_ARGUMENTS = 8 };

struct job {
    const call *call;
    ctg_status status; /* of run */
    ctg_error err;
    faults faults;
    bool is_on_thread;
    napi_value listener; /* of take's, while that lasts; may be NULL */
    struct job_thread *thread; /* NULL: at once */
};

napi_value job_at_once(napi_env env, napi_callback_info info);
napi_value job_on_thread(napi_env env, napi_callback_info info);

/* Hands an event to JavaScript's thread; from the job's. */
void job_tell(job *job, const ctg_event *event);

extern const call CALL_PARSE, CALL_LINT, CALL_LINT_RULES, CALL_JUDGE,
    CALL_APPLY, CALL_CARRY, CALL_SLOTS, CALL_HEADROOM, CALL_OFFERS, CALL_FILL,
    CALL_TABLES, CALL_EXPORT, CALL_SOLVE, CALL_REPLAN;

#endif
