// SPDX-License-Identifier: GPL-3.0-or-later
/* JSON out, two spaces an indent. `key` is NULL inside a list. */
#ifndef CTGSCHED_CLI_EMIT_H
#define CTGSCHED_CLI_EMIT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef struct emit {
    FILE *to;
    int depth;
    bool has_before; /* a member stands before the next one */
    bool is_flat;    /* one line, for streams */
} emit;

/* The outermost object with its schema: "ctgsched/<verb>-result/1". */
void emit_begin(emit *out, FILE *to, const char *verb);
void emit_end(emit *out); /* closes it and ends the line */

void emit_object(emit *out, const char *key);
void emit_array(emit *out, const char *key);
void emit_close(emit *out, char bracket); /* '}' or ']' */

void emit_text(emit *out, const char *key, const char *value); /* NULL: null */
/* As emit_text; nothing at all for NULL and "". */
void emit_text_if(emit *out, const char *key, const char *value);
void emit_int(emit *out, const char *key, int64_t value);
void emit_uint(emit *out, const char *key, uint64_t value);
void emit_bool(emit *out, const char *key, bool value);
/* Fixed digits after the point, rounded half up; value >= 0. */
void emit_real(emit *out, const char *key, double value, int digits);
/* [n] JSON as it is. */
void emit_raw(emit *out, const char *key, const char *json, size_t n);

#endif
