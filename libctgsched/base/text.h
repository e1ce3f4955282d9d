// SPDX-License-Identifier: GPL-3.0-or-later
/* A growing text in an arena, and integers printed without a locale. */
#ifndef CTGSCHED_BASE_TEXT_H
#define CTGSCHED_BASE_TEXT_H

#include "base/arena.h"

typedef struct text {
    arena *mem; /* not owned */
    char *at;   /* always ends with '\0' once anything was added */
    size_t n, room;
    bool failed; /* out of memory: what follows is dropped */
} text;

void text_add(text *out, const char *bytes, size_t n);
void text_puts(text *out, const char *string);
void text_int(text *out, int64_t value);
void text_printf(text *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Saturating and checked arithmetic on goals and prices. */
static inline bool add_fits(int64_t a, int64_t b, int64_t *out) {
    return !__builtin_add_overflow(a, b, out);
}
static inline bool mul_fits(int64_t a, int64_t b, int64_t *out) {
    return !__builtin_mul_overflow(a, b, out);
}
/* floor and ceiling of a / b for any sign of a, b > 0. */
static inline int64_t floor_div(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}
static inline int64_t ceil_div(int64_t a, int64_t b) {
    return a / b + (a % b > 0);
}

#endif
