// SPDX-License-Identifier: GPL-3.0-or-later
/* One solve: (engine, problem, base, null or a listener); or one made anew from
 * a plan, which stands where the base does. An engine serves one solve and no
 * other: an interrupt that comes late hits nobody. */
#include "binding.h"

typedef struct solve {
    job job;
    engine *engine;
    const ctg_problem *problem;
    void *base;
    bool has_listener;
    ctg_solution *plan;
    ctg_result result;
} solve;

static int on_event(void *user, const ctg_event *event) {
    job_tell(user, event);
    return 0;
}

static bool solve_take(napi_env env, job *job, const napi_value *arguments) {
    solve *const asked = (solve *)job;
    napi_valuetype type = napi_undefined;
    asked->engine = handle_at(env, arguments[0], HANDLE_ENGINE);
    asked->problem = asked->engine
                         ? handle_at(env, arguments[1], HANDLE_PROBLEM)
                         : NULL;
    if (!asked->problem ||
        !handle_or_null(env, &asked->base, arguments[2], HANDLE_SOLUTION))
        return false;
    napi_typeof(env, arguments[3], &type);
    if (type == napi_function)
        job->listener = arguments[3];
    asked->has_listener = job->listener != NULL;
    return true;
}

/* As ctg_solver_solve. */
typedef ctg_status solver_call(ctg_solver *solver, ctg_solution **out,
                               ctg_result *result, const ctg_problem *problem,
                               const ctg_solution *plan, ctg_error *err);

static void run_by(solver_call *by, job *job) {
    solve *const asked = (solve *)job;
    engine *const engine = asked->engine;
    if (asked->has_listener) {
        engine->options.on_event = on_event;
        engine->options.user = job;
    }
    job->status =
        ctg_solver_configure(engine->solver, &engine->options, &job->err);
    if (job->status == CTG_OK)
        job->status = by(engine->solver, &asked->plan, &asked->result,
                         asked->problem, asked->base, &job->err);
}

static void solve_run(job *job) {
    run_by(ctg_solver_solve, job);
}

static void replan_run(job *job) {
    run_by(ctg_solver_replan, job);
}

static napi_value conflicts(napi_env env, const solve *solved) {
    napi_value list = NULL;
    napi_create_array(env, &list);
    for (int32_t i = 0; i < solved->result.n_conflicts; i++)
        napi_set_element(
            env, list, (uint32_t)i,
            text_value(env, ctg_solver_conflict(solved->engine->solver, i)));
    return list;
}

/* The collector is told about how much a plan has. */
static size_t weight(const ctg_solution *plan) {
    ctg_solution_info info;
    ctg_solution_about(&info, plan);
    return 64 * ((size_t)info.n_placements + (size_t)info.n_coverage +
                 (size_t)info.n_duties);
}

static napi_value solve_give(napi_env env, job *job) {
    solve *const solved = (solve *)job;
    ctg_solution *const plan = solved->plan;
    napi_value object = NULL;
    solved->plan = NULL;
    napi_create_object(env, &object);
    napi_set_named_property(
        env, object, "solution",
        plan ? handle_new(env, HANDLE_SOLUTION, plan, weight(plan))
             : text_value(env, NULL));
    napi_set_named_property(env, object, "result",
                            result_value(env, &solved->result));
    napi_set_named_property(env, object, "conflicts", conflicts(env, solved));
    return object;
}

static void solve_drop(job *job) {
    ctg_solution_free(((solve *)job)->plan);
}

static void solve_stop(job *job) {
    ctg_solver_interrupt(((solve *)job)->engine->solver);
}

const call CALL_SOLVE = {"solve",    sizeof(solve), solve_take, solve_run,
                         solve_give, solve_drop,    solve_stop};
const call CALL_REPLAN = {"replan",   sizeof(solve), solve_take, replan_run,
                          solve_give, solve_drop,    solve_stop};
