// SPDX-License-Identifier: GPL-3.0-or-later
/* Calls at once, and calls on a thread of their own: libuv's few threads serve
 * files and names, and a solve would hold one for minutes.
 *
 *     JavaScript's thread                    the job's
 *     take, thread begins ----------------->  run
 *     listener(event)  <--- the door ------   job_tell
 *     give, promise settled <--- the door --  the end
 *
 * The door is a threadsafe function. When Node ends, or a worker does, a hook
 * stops the job and waits for its thread, before the door is closed. */
#include "binding.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

struct job_thread {
    napi_deferred deferred;
    napi_ref kept; /* the arguments: what the job uses lives as long */
    napi_threadsafe_function door;
    pthread_t id;
    bool is_over;
};

static job *job_new(napi_env env, const call *call) {
    assert(call->bytes >= sizeof(job));
    job *const made = calloc(1, call->bytes);
    if (made)
        made->call = call;
    else
        napi_throw(env, memory_error(env));
    return made;
}

static void job_free(job *job) {
    if (job->call->drop)
        job->call->drop(job);
    faults_drop(&job->faults);
    free(job->thread);
    free(job);
}

/* The result, or NULL and the error. */
static napi_value outcome(napi_env env, job *job, napi_value *error) {
    napi_value value = NULL;
    *error = NULL;
    if (job->status == CTG_OK)
        value = job->call->give(env, job);
    else
        *error = error_value(env, job->status, &job->err, &job->faults);
    bool is_pending = false;
    napi_is_exception_pending(env, &is_pending);
    if (is_pending) {
        napi_get_and_clear_last_exception(env, error);
        value = NULL;
    }
    return value;
}

static const call *asked(napi_env env, napi_callback_info info,
                         napi_value *arguments) {
    size_t n = MOST_ARGUMENTS;
    void *data = NULL;
    napi_get_cb_info(env, info, &n, arguments, NULL, &data);
    return data;
}

napi_value job_at_once(napi_env env, napi_callback_info info) {
    napi_value arguments[MOST_ARGUMENTS], value = NULL, error = NULL;
    const call *const call = asked(env, info, arguments);
    job *const job = job_new(env, call);
    if (!job)
        return NULL;
    if (call->take(env, job, arguments)) {
        call->run(job);
        value = outcome(env, job, &error);
        if (!value)
            napi_throw(env, error);
    }
    job_free(job);
    return value;
}

/* --- on a thread -------------------------------------------------------- */

static void settle(napi_env env, job *job);

static void event_free(ctg_event *event) {
    free((char *)event->text);
    free((char *)event->goal_name);
    free(event);
}

/* No data is the end. Without env Node is on its way out, and nothing can be
 * told any more. */
static void arrive(napi_env env, napi_value listener, void *context,
                   void *data) {
    if (!data) {
        settle(env, context);
        return;
    }
    if (env && listener) {
        napi_value nobody = NULL;
        const napi_value event = event_value(env, data);
        napi_get_undefined(env, &nobody);
        napi_call_function(env, nobody, listener, 1, &event, NULL);
    }
    event_free(data);
}

static char *copy_of(const char *text) {
    const size_t bytes = text ? strlen(text) + 1 : 0;
    char *const copy = text ? malloc(bytes) : NULL;
    return copy ? memcpy(copy, text, bytes) : NULL;
}

void job_tell(job *job, const ctg_event *event) {
    assert(job->thread);
    ctg_event *const copy = malloc(sizeof *copy);
    if (!copy)
        return; /* there will be others */
    *copy = *event;
    copy->text = copy_of(event->text);
    copy->goal_name = copy_of(event->goal_name);
    if (napi_call_threadsafe_function(job->thread->door, copy,
                                      napi_tsfn_blocking) != napi_ok)
        event_free(copy);
}

static void *thread_main(void *user) {
    job *const job = user;
    job->call->run(job);
    napi_call_threadsafe_function(job->thread->door, NULL, napi_tsfn_blocking);
    return NULL;
}

static void wait_for(struct job_thread *thread) {
    if (!thread->is_over)
        pthread_join(thread->id, NULL);
    thread->is_over = true;
}

static void end_now(void *user) {
    job *const job = user;
    if (job->call->stop)
        job->call->stop(job);
    wait_for(job->thread);
}

static void settle(napi_env env, job *job) {
    struct job_thread *const thread = job->thread;
    wait_for(thread);
    if (env) {
        napi_value error, value = outcome(env, job, &error);
        napi_remove_env_cleanup_hook(env, end_now, job);
        if (value)
            napi_resolve_deferred(env, thread->deferred, value);
        else
            napi_reject_deferred(env, thread->deferred, error);
        napi_delete_reference(env, thread->kept);
        napi_release_threadsafe_function(thread->door, napi_tsfn_release);
    }
    job_free(job);
}

static napi_status open_door(napi_env env, job *job) {
    napi_value name = text_value(env, job->call->name);
    return napi_create_threadsafe_function(
        env, job->listener, NULL, name, 0, 1, NULL, NULL, job, arrive,
        &job->thread->door);
}

static napi_status keep(napi_env env, job *job, const napi_value *arguments) {
    napi_value list = NULL;
    napi_create_array(env, &list);
    for (uint32_t i = 0; i < MOST_ARGUMENTS; i++)
        napi_set_element(env, list, i, arguments[i]);
    return napi_create_reference(env, list, 1, &job->thread->kept);
}

/* Signals are for the threads of Node. */
static bool begin(job *job) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const int status =
        pthread_create(&job->thread->id, NULL, thread_main, job);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return status == 0;
}

napi_value job_on_thread(napi_env env, napi_callback_info info) {
    napi_value arguments[MOST_ARGUMENTS], promise = NULL;
    const call *const call = asked(env, info, arguments);
    job *const job = job_new(env, call);
    if (!job)
        return NULL;
    job->is_on_thread = true;
    job->thread = calloc(1, sizeof *job->thread);
    if (!job->thread || !call->take(env, job, arguments) ||
        keep(env, job, arguments) != napi_ok ||
        open_door(env, job) != napi_ok) {
        job_free(job); /* a reference is the env's, and goes with it */
        return NULL;
    }
    napi_create_promise(env, &job->thread->deferred, &promise);
    napi_add_env_cleanup_hook(env, end_now, job);
    if (!begin(job)) {
        job->thread->is_over = true;
        job->status = CTG_ERR_NOMEM;
        settle(env, job);
    }
    return promise;
}
