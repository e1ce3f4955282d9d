// SPDX-License-Identifier: GPL-3.0-or-later
/* Cursor, faults, echo and objects: what every take is made of. */
#include "io/reader.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "io/io.h"

cursor cursor_root(json_t *root) { return (cursor){.at = root}; }

cursor cursor_member(const cursor *of, const char *name) {
    return (cursor){.up = of,
                    .name = name,
                    .at = of->at ? json_object_get(of->at, name) : NULL};
}

cursor cursor_element(const cursor *of, int32_t index) {
    return (cursor){
        .up = of, .index = index, .at = json_array_get(of->at, (size_t)index)};
}

bool cursor_has(const cursor *of, const char *name) {
    return json_object_get(of->at, name) != NULL;
}

/* One reference token of RFC 6901: "~" and "/" are escaped. */
static void put_token(text *out, const char *name) {
    for (const char *c = name; *c; c++) {
        if (*c == '~')
            text_puts(out, "~0");
        else if (*c == '/')
            text_puts(out, "~1");
        else
            text_add(out, c, 1);
    }
}

/* Cursors nest as deep as the format, never as deep as the input. */
void cursor_pointer(text *out, const cursor *at) {
    if (!at || !at->up)
        return;
    cursor_pointer(out, at->up);
    text_puts(out, "/");
    if (at->name)
        put_token(out, at->name);
    else
        text_int(out, at->index);
}

void reader_fault(reader *r, fault_severity severity, const char *code,
                  const cursor *at, const char *format, ...) {
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    const arena_mark mark = arena_here(r->scratch);
    text pointer = {.mem = r->scratch};
    cursor_pointer(&pointer, at);
    if (pointer.failed)
        r->no_memory = true;
    fault_add(r->faults, severity, code, pointer.at, "%s", message);
    arena_rewind(r->scratch, mark);
}

void *reader_kept(reader *r, void *block) {
    if (!block)
        r->no_memory = true;
    return block;
}

ctg_status reader_status(const reader *r) {
    const bool failed = r->no_memory || r->faults->out_of_memory ||
                        (r->echo && r->echo->failed);
    return failed ? CTG_ERR_NOMEM : CTG_OK;
}

const char *shown(char out[SHOWN], const char *value) {
    size_t n = 0;
    while (value[n] && n < SHOWN - 4) {
        const unsigned char c = (unsigned char)value[n];
        out[n++] = (char)(c < 0x20 || c > 0x7E ? '?' : c);
    }
    strcpy(out + n, value[n] ? "..." : "");
    return out;
}

static void echo_comma(reader *r) {
    const text *const echo = r->echo;
    if (echo->n > 0 && !strchr("{[:,", echo->at[echo->n - 1]))
        text_puts(r->echo, ",");
}

void echo_raw(reader *r, const char *json) {
    echo_comma(r);
    text_puts(r->echo, json);
}

void echo_name(reader *r, const char *name) {
    echo_comma(r);
    io_put_string(r->echo, name);
    text_puts(r->echo, ":");
}

void echo_string(reader *r, const char *value) {
    echo_comma(r);
    io_put_string(r->echo, value);
}

void echo_int(reader *r, int64_t value) {
    echo_comma(r);
    text_int(r->echo, value);
}

void echo_member_int(reader *r, const char *name, int64_t value) {
    echo_name(r, name);
    echo_int(r, value);
}

void echo_member_string(reader *r, const char *name, const char *value) {
    echo_name(r, name);
    echo_string(r, value);
}

static bool is_known(const char *name, const char *const *known, int32_t n) {
    for (int32_t i = 0; i < n; i++)
        if (strcmp(known[i], name) == 0)
            return true;
    return false;
}

static void fault_unknown(reader *r, const cursor *at, const char *const *known,
                          int32_t n_known) {
    char name[SHOWN];
    shown(name, at->name);
    const bool is_read = r->faults->n_errors < FAULT_MAX;
    const char *const near =
        is_read ? idmap_nearest(at->name, known, n_known) : NULL;
    if (near)
        reader_fault(r, FAULT_ERROR, "E-MEMBER", at,
                     "there is no member \"%s\" here. Maybe you mean \"%s\".",
                     name, near);
    else
        reader_fault(r, FAULT_ERROR, "E-MEMBER", at,
                     "there is no member \"%s\" here. Maybe it belongs to "
                     "another object, or to a newer format.",
                     name);
}

bool open_object(reader *r, const cursor *at, const char *const *known,
                 int32_t n_known) {
    if (!json_is_object(at->at)) {
        reader_fault(r, FAULT_ERROR, "E-TYPE", at,
                     "this is not an object. Maybe {...} is missing.");
        return false;
    }
    for (void *i = json_object_iter(at->at); i;
         i = json_object_iter_next(at->at, i)) {
        const char *const name = json_object_iter_key(i);
        const cursor one = {.up = at, .name = name};
        if (!is_known(name, known, n_known))
            fault_unknown(r, &one, known, n_known);
    }
    echo_raw(r, "{");
    return true;
}

void close_object(reader *r) { text_puts(r->echo, "}"); }

bool open_member(reader *r, const cursor *of, const char *name, absence if_none,
                 const char *const *known, int32_t n_known, cursor *out) {
    *out = cursor_member(of, name);
    if (!out->at) {
        if (if_none == REQUIRED)
            reader_fault(r, FAULT_ERROR, "E-MISSING", of,
                         "member \"%s\" is missing. Maybe add \"%s\": {...}.",
                         name, name);
        return false;
    }
    echo_name(r, name);
    return open_object(r, out, known, n_known);
}
