// SPDX-License-Identifier: GPL-3.0-or-later
/* Objects of rows, and lists of them. */
#include "rows.h"

#include <assert.h>
#include <string.h>

static napi_value null_value(napi_env env) {
    napi_value value = NULL;
    napi_get_null(env, &value);
    return value;
}

static napi_value flag_value(napi_env env, bool flag) {
    napi_value value = NULL;
    napi_get_boolean(env, flag, &value);
    return value;
}

static int32_t int_at(const char *row, size_t at) {
    int32_t number;
    memcpy(&number, row + at, sizeof number);
    return number;
}

static napi_value member_value(napi_env env, const member *one,
                               const char *row) {
    const void *const at = row + one->at;
    if (one->gate && !int_at(row, one->gate))
        return null_value(env);
    switch (one->shape) {
    case TEXT:
        return text_value(env, *(const char *const *)at);
    case DATE_OR_NULL:
        return text_value(env, *(const char *)at ? at : NULL);
    case CHARS:
        return text_value(env, at);
    case FROM_0:
        return int_at(row, one->at) < 0
                   ? null_value(env)
                   : number_value(env, int_at(row, one->at));
    case FLAG:
        return flag_value(env, int_at(row, one->at) != 0);
    case INT:
        return number_value(env, int_at(row, one->at));
    case LONG:
        return number_value(env, (double)*(const int64_t *)at);
    case COUNT:
        return number_value(env, (double)*(const uint64_t *)at);
    case REAL:
        return number_value(env, *(const double *)at);
    case WORD:
        return text_value(env, one->word(int_at(row, one->at)));
    case ROW:
        return row_value(env, one->inside, at);
    }
    return NULL;
}

napi_value row_value(napi_env env, const member *members, const void *row) {
    napi_value object = NULL;
    napi_create_object(env, &object);
    for (const member *one = members; one->name; one++)
        napi_set_named_property(env, object, one->name,
                                member_value(env, one, row));
    return object;
}

/* The same for many rows, whose names are made once. */
enum { MOST_MEMBERS = 16 };

typedef napi_value names[MOST_MEMBERS];

static void names_make(napi_env env, names out, const member *members) {
    for (int k = 0; members[k].name; k++) {
        assert(k < MOST_MEMBERS);
        out[k] = text_value(env, members[k].name);
    }
}

static napi_value named_row(napi_env env, const names names,
                            const member *members, const void *row) {
    napi_value object = NULL;
    napi_create_object(env, &object);
    for (int k = 0; members[k].name; k++)
        napi_set_property(env, object, names[k],
                          member_value(env, &members[k], row));
    return object;
}

typedef union any_row { /* room for one */
    ctg_breach breach;
    ctg_coverage coverage;
    ctg_duty duty;
    ctg_duty_part duty_part;
    ctg_envy envy;
    ctg_fill_row fill;
    ctg_goal goal;
    ctg_headroom_row headroom;
    ctg_offer offer;
    ctg_option_info option;
    ctg_pack_info pack;
    ctg_placement placement;
    ctg_shortage shortage;
    ctg_slot slot;
    ctg_waiting waiting;
} any_row;

napi_value list_value(napi_env env, const listing *how, const void *owner) {
    napi_value list = NULL;
    any_row row;
    names names;
    names_make(env, names, how->members);
    napi_create_array(env, &list);
    for (int32_t i = 0; how->get(&row, owner, i); i++) {
        napi_handle_scope scope = NULL;
        if (napi_open_handle_scope(env, &scope) != napi_ok)
            return NULL;
        const napi_value object = named_row(env, names, how->members, &row);
        if (how->more)
            how->more(env, object, owner, i);
        const napi_status status =
            napi_set_element(env, list, (uint32_t)i, object);
        napi_close_handle_scope(env, scope);
        if (status != napi_ok)
            return NULL;
    }
    return list;
}
