// SPDX-License-Identifier: GPL-3.0-or-later
/* A text that once ran out of memory stays as it was and says so: the writer
 * asks `failed` once, at the end. */
#include "base/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const size_t long_text = (size_t)1 << 20;

/* Room for `n` more bytes and the '\0'. */
static bool reserve(text *out, size_t n) {
    assert(out->mem);
    if (out->failed)
        return false;
    if (out->at && n < out->room - out->n)
        return true;
    if (n > SIZE_MAX / 4 || out->n > SIZE_MAX / 4) {
        out->failed = true;
        return false;
    }
    /* A long one by half: what is added is cleared, so it is there. */
    size_t room = out->room == 0          ? 64
                  : out->room < long_text ? 2 * out->room
                                          : out->room + out->room / 2;
    if (room < out->n + n + 1)
        room = out->n + n + 1;
    char *const at = arena_stretch(out->mem, out->at, out->room, room);
    if (!at) {
        out->failed = true;
        return false;
    }
    out->at = at;
    out->room = room;
    return true;
}

void text_add(text *out, const char *bytes, size_t n) {
    if (!reserve(out, n))
        return;
    if (n > 0)
        memcpy(out->at + out->n, bytes, n);
    out->n += n;
    out->at[out->n] = '\0';
}

void text_puts(text *out, const char *string) {
    text_add(out, string, strlen(string));
}

void text_int(text *out, int64_t value) {
    char digits[20];
    size_t begin = sizeof digits;
    uint64_t left = value < 0 ? -(uint64_t)value : (uint64_t)value;
    do {
        digits[--begin] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (value < 0)
        digits[--begin] = '-';
    text_add(out, digits + begin, sizeof digits - begin);
}

void text_printf(text *out, const char *format, ...) {
    va_list args;
    va_start(args, format);
    const int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0) {
        out->failed = true;
        return;
    }
    if (!reserve(out, (size_t)n))
        return;
    va_start(args, format);
    vsnprintf(out->at + out->n, (size_t)n + 1, format, args);
    va_end(args);
    out->n += (size_t)n;
}
