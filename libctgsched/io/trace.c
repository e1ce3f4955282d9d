// SPDX-License-Identifier: GPL-3.0-or-later
/* The JSON Pointer of a place in a text that need not be JSON: which member or
 * element was being read there. For faults of syntax, where no tree exists. */
#include <string.h>

#include "io/locate.h"

enum { DEEPEST = 64 };

/* One open container: the name or the number of what is read in it now. */
typedef struct frame {
    bool is_array, wants_name;
    int64_t index;
    size_t name, name_end; /* between the quotes; equal: none yet */
} frame;

typedef struct tracer {
    io_text in;
    frame open[DEEPEST];
    int32_t depth;
} tracer;

static void trace_string(tracer *t, size_t begin, size_t end) {
    frame *const top = t->depth > 0 ? &t->open[t->depth - 1] : NULL;
    if (!top || !top->wants_name || top->is_array || end - begin < 2)
        return;
    top->name = begin + 1;
    top->name_end = end - 1;
    top->wants_name = false;
}

static void trace_mark(tracer *t, char c) {
    frame *const top = t->depth > 0 ? &t->open[t->depth - 1] : NULL;
    if ((c == '{' || c == '[') && t->depth < DEEPEST) {
        t->open[t->depth++] = (frame){.is_array = c == '[', .wants_name = true};
    } else if ((c == '}' || c == ']') && t->depth > 0) {
        t->depth--;
    } else if (c == ',' && top) {
        top->index++;
        top->wants_name = true;
    }
}

/* A name as it is spelt: an escape in it stays one. What is not printable
 * ASCII may not be UTF-8 either, and becomes "?". */
static void put_name(text *out, io_text in, const frame *f) {
    text_puts(out, "/");
    for (size_t i = f->name; i < f->name_end; i++) {
        const bool is_plain = in.at[i] >= ' ' && in.at[i] <= '~';
        const char c = is_plain ? in.at[i] : '?';
        if (c == '~' || c == '/')
            text_puts(out, c == '~' ? "~0" : "~1");
        else
            text_add(out, &c, 1);
    }
}

static void put_frames(text *out, const tracer *t) {
    for (int32_t d = 0; d < t->depth; d++) {
        const frame *const f = &t->open[d];
        if (f->is_array) {
            text_puts(out, "/");
            text_int(out, f->index);
        } else if (f->name_end > f->name) {
            put_name(out, t->in, f);
        } else {
            return;
        }
    }
}

void trace_pointer(text *out, io_text input, size_t offset) {
    tracer t = {.in = input};
    for (size_t i = 0; i <= offset && i < input.n; i++) {
        if (input.at[i] != '"') {
            trace_mark(&t, input.at[i]);
            continue;
        }
        const size_t end = scan_string(input, i);
        trace_string(&t, i, end);
        i = end - 1;
    }
    put_frames(out, &t);
}
