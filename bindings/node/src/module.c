// SPDX-License-Identifier: GPL-3.0-or-later
/* The table of functions that lib/ calls, and those of them that are short. */
#include "binding.h"

#include <stdlib.h>

static napi_value first_argument(napi_env env, napi_callback_info info) {
    size_t n = 1;
    napi_value argument = NULL;
    napi_get_cb_info(env, info, &n, &argument, NULL, NULL);
    return argument;
}

static void two_arguments(napi_env env, napi_callback_info info,
                          napi_value out[2]) {
    size_t n = 2;
    napi_get_cb_info(env, info, &n, out, NULL, NULL);
}

/* --- texts and numbers -------------------------------------------------- */

static napi_value version(napi_env env, napi_callback_info info) {
    (void)info;
    return text_value(env, ctg_version());
}

static napi_value status_text(napi_env env, napi_callback_info info) {
    int32_t status = 0;
    napi_get_value_int32(env, first_argument(env, info), &status);
    return text_value(env, ctg_status_text((ctg_status)status));
}

static napi_value process_seconds(napi_env env, napi_callback_info info) {
    (void)info;
    return number_value(env, ctg_process_seconds());
}

static napi_value option_table(napi_env env, napi_callback_info info) {
    (void)info;
    return options_value(env);
}

static napi_value rule_packs(napi_env env, napi_callback_info info) {
    (void)info;
    napi_value object = NULL;
    const char *name, *text;
    size_t bytes;
    napi_create_object(env, &object);
    for (int32_t i = 0; (text = ctg_rules_text(i, &name, &bytes)); i++) {
        napi_value value = NULL;
        napi_create_string_utf8(env, text, bytes, &value);
        napi_set_named_property(env, object, name, value);
    }
    return object;
}

/* --- of a problem ------------------------------------------------------- */

static const ctg_problem *problem_asked(napi_env env,
                                        napi_callback_info info) {
    return handle_at(env, first_argument(env, info), HANDLE_PROBLEM);
}

static napi_value problem_text(napi_env env, napi_callback_info info) {
    const ctg_problem *const problem = problem_asked(env, info);
    napi_value value = NULL;
    size_t bytes;
    if (problem) {
        const char *const text = ctg_problem_text(problem, &bytes);
        napi_create_string_utf8(env, text, bytes, &value);
    }
    return value;
}

static napi_value problem_digest(napi_env env, napi_callback_info info) {
    const ctg_problem *const problem = problem_asked(env, info);
    return problem ? text_value(env, ctg_problem_digest(problem)) : NULL;
}

static napi_value problem_info(napi_env env, napi_callback_info info) {
    const ctg_problem *const problem = problem_asked(env, info);
    ctg_problem_info about;
    if (!problem)
        return NULL;
    ctg_problem_about(&about, problem);
    return problem_info_value(env, &about);
}

static napi_value problem_packs(napi_env env, napi_callback_info info) {
    const ctg_problem *const problem = problem_asked(env, info);
    return problem ? packs_value(env, problem) : NULL;
}

/* --- of a plan ---------------------------------------------------------- */

static napi_value solution_info(napi_env env, napi_callback_info info) {
    const ctg_solution *const solution =
        handle_at(env, first_argument(env, info), HANDLE_SOLUTION);
    ctg_solution_info about;
    if (!solution)
        return NULL;
    ctg_solution_about(&about, solution);
    return solution_info_value(env, &about);
}

/* (solution, is complete) */
static napi_value solution_text(napi_env env, napi_callback_info info) {
    napi_value arguments[2], value = NULL;
    two_arguments(env, info, arguments);
    const ctg_solution *const solution =
        handle_at(env, arguments[0], HANDLE_SOLUTION);
    if (!solution)
        return NULL;
    bool is_complete = false;
    ctg_text text = CTG_TEXT_INIT;
    ctg_error err = CTG_ERROR_INIT;
    napi_get_value_bool(env, arguments[1], &is_complete);
    const ctg_status status = ctg_solution_write(
        &text, solution, is_complete ? CTG_WRITE_COMPLETE : CTG_WRITE_STATED,
        &err);
    if (status != CTG_OK)
        error_throw(env, status, &err);
    else
        napi_create_string_utf8(env, text.at, text.bytes, &value);
    ctg_text_free(&text);
    return value;
}

/* (solution, name) */
static napi_value solution_rows(napi_env env, napi_callback_info info) {
    napi_value arguments[2], rows = NULL;
    char *name = NULL;
    two_arguments(env, info, arguments);
    const ctg_solution *const solution =
        handle_at(env, arguments[0], HANDLE_SOLUTION);
    if (solution && word_take(env, &name, arguments[1]) && name)
        rows = plan_rows(env, name, solution);
    free(name);
    return rows;
}

/* --- of a solver -------------------------------------------------------- */

static bool option_set(napi_env env, ctg_options *options, napi_value pair) {
    napi_value name_value = NULL, text = NULL;
    char *name = NULL, *value = NULL;
    ctg_error err = CTG_ERROR_INIT;
    ctg_status status = CTG_OK;
    napi_get_element(env, pair, 0, &name_value);
    napi_get_element(env, pair, 1, &text);
    const bool is_taken = word_take(env, &name, name_value) &&
                          word_take(env, &value, text);
    if (is_taken)
        status = ctg_options_set(options, name, value, &err);
    if (status != CTG_OK)
        error_throw(env, status, &err);
    free(name);
    free(value);
    return is_taken && status == CTG_OK;
}

static bool options_set(napi_env env, ctg_options *options, napi_value pairs) {
    uint32_t n = 0;
    napi_get_array_length(env, pairs, &n);
    for (uint32_t i = 0; i < n; i++) {
        napi_value pair = NULL;
        napi_get_element(env, pairs, i, &pair);
        if (!option_set(env, options, pair))
            return false;
    }
    return true;
}

/* ([[name, text], ...]) */
static napi_value engine_new(napi_env env, napi_callback_info info) {
    ctg_error err = CTG_ERROR_INIT;
    engine *const made = calloc(1, sizeof *made);
    if (!made) {
        napi_throw(env, memory_error(env));
        return NULL;
    }
    ctg_status status = ctg_options_init(&made->options, sizeof made->options);
    if (status == CTG_OK)
        status = ctg_solver_create(&made->solver, NULL, &err);
    if (status != CTG_OK) {
        error_throw(env, status, &err);
    } else if (options_set(env, &made->options, first_argument(env, info))) {
        status = ctg_solver_configure(made->solver, &made->options, &err);
        if (status == CTG_OK)
            return handle_new(env, HANDLE_ENGINE, made, 0);
        error_throw(env, status, &err);
    }
    engine_free(made);
    return NULL;
}

static napi_value engine_interrupt(napi_env env, napi_callback_info info) {
    const engine *const engine =
        handle_at(env, first_argument(env, info), HANDLE_ENGINE);
    if (engine)
        ctg_solver_interrupt(engine->solver);
    return NULL;
}

/* --- the table ---------------------------------------------------------- */

static const struct {
    const char *name;
    napi_callback function;
} SHORT[] = {
    {"setup", errors_setup},
    {"version", version},
    {"statusText", status_text},
    {"processSeconds", process_seconds},
    {"optionTable", option_table},
    {"rulePacks", rule_packs},
    {"problemText", problem_text},
    {"problemDigest", problem_digest},
    {"problemInfo", problem_info},
    {"problemPacks", problem_packs},
    {"solutionInfo", solution_info},
    {"solutionText", solution_text},
    {"solutionRows", solution_rows},
    {"engine", engine_new},
    {"interrupt", engine_interrupt},
};

/* Each is there as `name`, a promise, and as `nameSync`; a solve as a promise
 * only. */
static const struct {
    const char *name_sync; /* may be NULL */
    const call *call;
} LONG_CALLS[] = {
    {"parseSync", &CALL_PARSE},
    {"lintSync", &CALL_LINT},
    {"lintRulesSync", &CALL_LINT_RULES},
    {"judgeSync", &CALL_JUDGE},
    {"applySync", &CALL_APPLY},
    {"carrySync", &CALL_CARRY},
    {"slotsSync", &CALL_SLOTS},
    {"headroomSync", &CALL_HEADROOM},
    {"offersSync", &CALL_OFFERS},
    {"fillSync", &CALL_FILL},
    {"tablesSync", &CALL_TABLES},
    {"exportSync", &CALL_EXPORT},
    {NULL, &CALL_SOLVE},
    {NULL, &CALL_REPLAN},
};

static void define(napi_env env, napi_value exports, const char *name,
                   napi_callback function, const call *call) {
    napi_value value = NULL;
    napi_create_function(env, name, NAPI_AUTO_LENGTH, function, (void *)call,
                         &value);
    napi_set_named_property(env, exports, name, value);
}

NAPI_MODULE_EXPORT napi_value NAPI_MODULE_INITIALIZER(napi_env env,
                                                      napi_value exports);

NAPI_MODULE_EXPORT napi_value NAPI_MODULE_INITIALIZER(napi_env env,
                                                      napi_value exports) {
    for (size_t i = 0; i < sizeof SHORT / sizeof *SHORT; i++)
        define(env, exports, SHORT[i].name, SHORT[i].function, NULL);
    for (size_t i = 0; i < sizeof LONG_CALLS / sizeof *LONG_CALLS; i++) {
        const call *const call = LONG_CALLS[i].call;
        define(env, exports, call->name, job_on_thread, call);
        if (LONG_CALLS[i].name_sync)
            define(env, exports, LONG_CALLS[i].name_sync, job_at_once, call);
    }
    return exports;
}
