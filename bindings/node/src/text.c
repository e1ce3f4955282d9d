// SPDX-License-Identifier: GPL-3.0-or-later
/* Text over the border. */
#include "binding.h"

#include <stdlib.h>
#include <string.h>

static bool string_take(napi_env env, text_in *out, napi_value value) {
    if (napi_get_value_string_utf8(env, value, NULL, 0, &out->bytes) != napi_ok)
        return false;
    out->copy = malloc(out->bytes + 1);
    if (!out->copy) {
        napi_throw(env, memory_error(env));
        return false;
    }
    napi_get_value_string_utf8(env, value, out->copy, out->bytes + 1, NULL);
    out->at = out->copy;
    return true;
}

static bool bytes_take(napi_env env, text_in *out, napi_value value,
                       bool is_kept) {
    void *at = NULL;
    napi_typedarray_type type;
    if (napi_get_typedarray_info(env, value, &type, &out->bytes, &at, NULL,
                                 NULL) != napi_ok ||
        type != napi_uint8_array)
        return false;
    out->at = at ? at : "";
    if (!is_kept)
        return true;
    /* JavaScript may write to its bytes, or give them to another thread. */
    out->copy = malloc(out->bytes + 1);
    if (!out->copy) {
        napi_throw(env, memory_error(env));
        return false;
    }
    memcpy(out->copy, out->at, out->bytes);
    out->at = out->copy;
    return true;
}

bool text_take(napi_env env, text_in *out, napi_value value, bool is_kept) {
    napi_valuetype type = napi_undefined;
    napi_typeof(env, value, &type);
    if (type == napi_string ? string_take(env, out, value)
                            : bytes_take(env, out, value, is_kept))
        return true;
    bool is_pending = false;
    napi_is_exception_pending(env, &is_pending);
    if (!is_pending)
        napi_throw_type_error(env, NULL,
                              "JSON is a string, bytes or an object");
    return false;
}

void text_drop(text_in *text) {
    free(text->copy);
    *text = (text_in){0};
}

bool word_take(napi_env env, char **out, napi_value value) {
    napi_valuetype type = napi_undefined;
    napi_typeof(env, value, &type);
    *out = NULL;
    if (type == napi_null)
        return true;
    text_in text = {0};
    if (!text_take(env, &text, value, true))
        return false;
    if (!memchr(text.copy, '\0', text.bytes)) {
        text.copy[text.bytes] = '\0';
        *out = text.copy;
        return true;
    }
    text_drop(&text);
    napi_throw_type_error(env, NULL, "an id has a NUL inside");
    return false;
}

napi_value text_value(napi_env env, const char *text) {
    napi_value value = NULL;
    if (text)
        napi_create_string_utf8(env, text, NAPI_AUTO_LENGTH, &value);
    else
        napi_get_null(env, &value);
    return value;
}

napi_value number_value(napi_env env, double number) {
    napi_value value = NULL;
    napi_create_double(env, number, &value);
    return value;
}
