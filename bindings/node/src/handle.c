// SPDX-License-Identifier: GPL-3.0-or-later
/* Objects of the library in the hands of JavaScript's memory. */
#include "binding.h"

#include <assert.h>
#include <stdlib.h>

typedef struct handle {
    handle_kind kind;
    void *at;
    int64_t weight; /* told to the collector */
} handle;

void engine_free(engine *engine) {
    if (!engine)
        return;
    ctg_solver_free(engine->solver);
    free(engine);
}

static void release(handle_kind kind, void *at) {
    switch (kind) {
    case HANDLE_PROBLEM:
        ctg_problem_free(at);
        break;
    case HANDLE_SOLUTION:
        ctg_solution_free(at);
        break;
    case HANDLE_ENGINE:
        engine_free(at);
        break;
    }
}

static void forgotten(napi_env env, void *data, void *hint) {
    (void)hint;
    handle *const handle = data;
    int64_t total;
    napi_adjust_external_memory(env, -handle->weight, &total);
    release(handle->kind, handle->at);
    free(handle);
}

napi_value handle_new(napi_env env, handle_kind kind, void *at, size_t weight) {
    assert(at);
    handle *const made = malloc(sizeof *made);
    napi_value value = NULL;
    if (!made) {
        release(kind, at);
        napi_throw(env, memory_error(env));
        return NULL;
    }
    *made = (handle){kind, at, (int64_t)weight};
    if (napi_create_external(env, made, forgotten, NULL, &value) != napi_ok) {
        release(kind, at);
        free(made);
        return NULL;
    }
    int64_t total;
    napi_adjust_external_memory(env, made->weight, &total);
    return value;
}

void *handle_at(napi_env env, napi_value value, handle_kind kind) {
    static const char *const messages[] = {
        "this is no Problem of ctgsched", "this is no Solution of ctgsched",
        "this is no solver of ctgsched"};
    napi_valuetype type = napi_undefined;
    void *found = NULL;
    napi_typeof(env, value, &type);
    if (type == napi_external)
        napi_get_value_external(env, value, &found);
    if (found && ((handle *)found)->kind == kind)
        return ((handle *)found)->at;
    napi_throw_type_error(env, NULL, messages[kind]);
    return NULL;
}

bool handle_or_null(napi_env env, void **out, napi_value value,
                    handle_kind kind) {
    napi_valuetype type = napi_undefined;
    napi_typeof(env, value, &type);
    *out = NULL;
    if (type == napi_null)
        return true;
    *out = handle_at(env, value, kind);
    return *out != NULL;
}
