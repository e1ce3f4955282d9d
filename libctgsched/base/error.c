// SPDX-License-Identifier: GPL-3.0-or-later
/* Messages are cut at a whole UTF-8 character and end with "..." then. */
#include "base/error.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Marks the text in `out[room]` as cut when `length` did not fit. */
static void mark_cut(char *out, size_t room, size_t length) {
    if (length < room)
        return;
    size_t end = room - 4;
    while (end > 0 && ((unsigned char)out[end] & 0xC0) == 0x80)
        end--;
    memcpy(out + end, "...", 4);
}

static void copy_cut(char *out, size_t room, const char *text) {
    const size_t length = strlen(text);
    const size_t kept = length < room ? length : room - 1;
    memcpy(out, text, kept);
    out[kept] = '\0';
    mark_cut(out, room, length);
}

__attribute__((format(printf, 3, 0))) static void
format_cut(char *out, size_t room, const char *format, va_list args) {
    const int length = vsnprintf(out, room, format, args);
    if (length < 0)
        copy_cut(out, room, format);
    else
        mark_cut(out, room, (size_t)length);
}

ctg_status err_set(ctg_error *err, ctg_status status, const char *code,
                   const char *pointer, const char *format, ...) {
    assert(status != CTG_OK && code);
    if (!err || err->status != CTG_OK)
        return status;
    err->status = status;
    copy_cut(err->code, sizeof err->code, code);
    copy_cut(err->pointer, sizeof err->pointer, pointer ? pointer : "");
    va_list args;
    va_start(args, format);
    format_cut(err->message, sizeof err->message, format, args);
    va_end(args);
    return status;
}

ctg_status err_nomem(ctg_error *err) {
    return err_set(err, CTG_ERR_NOMEM, "E-NOMEM", NULL,
                   "out of memory. Maybe raise the memory limit.");
}

static bool faults_keep(fault_list *faults, fault one, const char *pointer,
                        const char *message) {
    if (faults->n == faults->room) {
        const int32_t room = faults->room ? 2 * faults->room : 8;
        fault *const at =
            arena_grow(faults->mem, faults->at, (size_t)faults->room,
                       (size_t)room, sizeof(fault), alignof(fault));
        if (!at)
            return false;
        faults->at = at;
        faults->room = room;
    }
    one.pointer = arena_strdup(faults->mem, pointer);
    one.message = arena_strdup(faults->mem, message);
    if (!one.pointer || !one.message)
        return false;
    faults->at[faults->n++] = one;
    return true;
}

void fault_add(fault_list *faults, fault_severity severity, const char *code,
               const char *pointer, const char *format, ...) {
    assert(faults && faults->mem && code);
    int32_t *const count =
        severity == FAULT_ERROR ? &faults->n_errors : &faults->n_warnings;
    const bool is_kept = *count < FAULT_MAX;
    if (*count < INT32_MAX)
        ++*count;
    if (!is_kept)
        return;
    char message[sizeof((ctg_error *)0)->message];
    va_list args;
    va_start(args, format);
    format_cut(message, sizeof message, format, args);
    va_end(args);
    const fault one = {.severity = severity, .code = code};
    if (!faults_keep(faults, one, pointer ? pointer : "", message))
        faults->out_of_memory = true;
}
