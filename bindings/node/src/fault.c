// SPDX-License-Identifier: GPL-3.0-or-later
/* Faults of texts, and errors as what JavaScript throws. */
#include "binding.h"

#include <stdlib.h>
#include <string.h>

static bool has_room(faults *faults) {
    if (faults->n < faults->room)
        return true;
    const int32_t room = faults->room ? 2 * faults->room : 8;
    ctg_fault *const at = realloc(faults->at, (size_t)room * sizeof *at);
    if (!at)
        return false;
    faults->at = at;
    faults->room = room;
    return true;
}

static char *copy_of(const char *text) {
    const size_t bytes = strlen(text) + 1;
    char *const copy = malloc(bytes);
    return copy ? memcpy(copy, text, bytes) : NULL;
}

static void fault_free(ctg_fault *fault) {
    free((char *)fault->code);
    free((char *)fault->pointer);
    free((char *)fault->message);
}

/* One that there is no memory for is not told; it is counted all the same. */
void faults_add(void *user, const ctg_fault *fault) {
    faults *const all = user;
    if (!has_room(all))
        return;
    ctg_fault copy = *fault;
    copy.code = copy_of(fault->code);
    copy.pointer = copy_of(fault->pointer);
    copy.message = copy_of(fault->message);
    if (copy.code && copy.pointer && copy.message)
        all->at[all->n++] = copy;
    else
        fault_free(&copy);
}

napi_value faults_value(napi_env env, const faults *faults) {
    napi_value list = NULL;
    napi_create_array_with_length(env, (size_t)faults->n, &list);
    for (int32_t i = 0; i < faults->n; i++)
        napi_set_element(env, list, (uint32_t)i,
                         fault_value(env, &faults->at[i]));
    return list;
}

void faults_drop(faults *faults) {
    for (int32_t i = 0; i < faults->n; i++)
        fault_free(&faults->at[i]);
    free(faults->at);
    memset(faults, 0, sizeof *faults);
}

static void forgotten(napi_env env, void *data, void *hint) {
    (void)hint;
    napi_delete_reference(env, *(napi_ref *)data);
    free(data);
}

/* Each thread of Node has a setup of its own. */
napi_value errors_setup(napi_env env, napi_callback_info info) {
    size_t n = 1;
    napi_value make = NULL;
    napi_get_cb_info(env, info, &n, &make, NULL, NULL);
    napi_ref *const kept = malloc(sizeof *kept);
    if (kept && (napi_create_reference(env, make, 1, kept) != napi_ok ||
                 napi_set_instance_data(env, kept, forgotten, NULL) != napi_ok))
        free(kept);
    return NULL;
}

static napi_value made_by_lib(napi_env env, size_t n,
                              const napi_value *arguments) {
    void *kept = NULL;
    napi_value make = NULL, nobody = NULL, error = NULL;
    napi_get_instance_data(env, &kept);
    if (kept)
        napi_get_reference_value(env, *(napi_ref *)kept, &make);
    napi_get_undefined(env, &nobody);
    napi_call_function(env, nobody, make, n, arguments, &error);
    return error;
}

napi_value error_value(napi_env env, ctg_status status, const ctg_error *err,
                       const faults *faults) {
    const napi_value arguments[] = {
        number_value(env, status),
        text_value(env, err->message[0] ? err->message
                                        : ctg_status_text(status)),
        text_value(env, err->code),
        text_value(env, err->pointer),
        number_value(env, err->line),
        number_value(env, err->column),
        faults ? faults_value(env, faults) : text_value(env, NULL)};
    return made_by_lib(env, sizeof arguments / sizeof *arguments, arguments);
}

void error_throw(napi_env env, ctg_status status, const ctg_error *err) {
    napi_throw(env, error_value(env, status, err, NULL));
}

napi_value memory_error(napi_env env) {
    const ctg_error none = CTG_ERROR_INIT;
    return error_value(env, CTG_ERR_NOMEM, &none, NULL);
}
