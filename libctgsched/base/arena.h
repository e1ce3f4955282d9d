// SPDX-License-Identifier: GPL-3.0-or-later
/* Memory by lifetime: allocate many, free once.
 *
 * malloc appears in arena.c and nowhere else in the library. Not thread-safe:
 * one arena belongs to one thread at a time. Every function that allocates
 * returns NULL when the allocator gives nothing or the size overflows. */
#ifndef CTGSCHED_BASE_ARENA_H
#define CTGSCHED_BASE_ARENA_H

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ctgsched_base.h"

typedef struct arena arena;
typedef struct arena_mark {
    void *chunk;
    size_t used;
} arena_mark;

/* `allocator` may be NULL (malloc); it is copied. `limit` is the most bytes the
 * arena may take from the allocator, 0 = no limit. */
arena *arena_create(const ctg_allocator *allocator, size_t limit);
void arena_destroy(arena *mem); /* NULL is fine */

/* Zeroed, aligned for `align` (a power of two). */
void *arena_alloc(arena *mem, size_t count, size_t size, size_t align);
#define ARENA_NEW(mem, type, count)                                            \
    ((type *)arena_alloc((mem), (size_t)(count), sizeof(type), alignof(type)))

/* Grows the last allocation in place when it can, else copies. */
void *arena_grow(arena *mem, void *block, size_t old_count, size_t new_count,
                 size_t size, size_t align);

/* The same for bytes, and a block that had a chunk for itself is given back
 * when it moves: nobody may hold what was there. */
char *arena_stretch(arena *mem, char *block, size_t old_bytes,
                    size_t new_bytes);

char *arena_strndup(arena *mem, const char *text, size_t length);
char *arena_strdup(arena *mem, const char *text);
/* printf into the arena; NULL without memory. */
char *arena_printf(arena *mem, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Scratch: take a mark, allocate, rewind. */
arena_mark arena_here(arena *mem);
void arena_rewind(arena *mem, arena_mark mark);

size_t arena_bytes(const arena *mem); /* taken from the allocator now */
size_t arena_peak(const arena *mem);  /* the most it ever took */
const ctg_allocator *arena_allocator(const arena *mem);

#endif
