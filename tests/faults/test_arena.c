// SPDX-License-Identifier: GPL-3.0-or-later
/* Allocations fail one by one where the library asks for memory: at its arenas.
 *
 * An arena asks its allocator only once in a while, for a chunk; failing the
 * calls to the arena itself reaches every place that must mind NULL. The linker
 * puts these functions in between (--wrap). */
#include <stdarg.h>
#include <stdio.h>

#include "base/arena.h"
#include "faults/injector.h"
#include "faults/sweep.h"

arena *__real_arena_create(const ctg_allocator *allocator, size_t limit);
void *__real_arena_alloc(arena *mem, size_t count, size_t size, size_t align);
void *__real_arena_grow(arena *mem, void *block, size_t old_count,
                        size_t new_count, size_t size, size_t align);
char *__real_arena_strndup(arena *mem, const char *text, size_t length);
char *__real_arena_strdup(arena *mem, const char *text);

arena *__wrap_arena_create(const ctg_allocator *allocator, size_t limit);
void *__wrap_arena_alloc(arena *mem, size_t count, size_t size, size_t align);
void *__wrap_arena_grow(arena *mem, void *block, size_t old_count,
                        size_t new_count, size_t size, size_t align);
char *__wrap_arena_strndup(arena *mem, const char *text, size_t length);
char *__wrap_arena_strdup(arena *mem, const char *text);
char *__wrap_arena_printf(arena *mem, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

arena *__wrap_arena_create(const ctg_allocator *allocator, size_t limit) {
    return injector_refuses() ? NULL : __real_arena_create(allocator, limit);
}

void *__wrap_arena_alloc(arena *mem, size_t count, size_t size, size_t align) {
    return injector_refuses() ? NULL
                              : __real_arena_alloc(mem, count, size, align);
}

void *__wrap_arena_grow(arena *mem, void *block, size_t old_count,
                        size_t new_count, size_t size, size_t align) {
    return injector_refuses() ? NULL
                              : __real_arena_grow(mem, block, old_count,
                                                  new_count, size, align);
}

char *__wrap_arena_strndup(arena *mem, const char *text, size_t length) {
    return injector_refuses() ? NULL : __real_arena_strndup(mem, text, length);
}

char *__wrap_arena_strdup(arena *mem, const char *text) {
    return injector_refuses() ? NULL : __real_arena_strdup(mem, text);
}

char *__wrap_arena_printf(arena *mem, const char *format, ...) {
    if (injector_refuses())
        return NULL;
    va_list args;
    va_start(args, format);
    const int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *const text = __real_arena_alloc(mem, (size_t)n + 1, 1, 1);
    if (!text)
        return NULL;
    va_start(args, format);
    vsnprintf(text, (size_t)n + 1, format, args);
    va_end(args);
    return text;
}

int main(int argc, char **argv) { return sweep_main(argc, argv, 250, NULL); }
