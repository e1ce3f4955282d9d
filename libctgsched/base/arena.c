// SPDX-License-Identifier: GPL-3.0-or-later
/* Chunks that double in size, the newest first.
 *
 * Rewinding keeps the largest chunk it empties as a spare, so that a loop that
 * marks and rewinds across the edge of a chunk does not call the allocator
 * each time. Under ASan everything that is not handed out is poisoned, and
 * blocks are kept apart. */
#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONS 1
#endif
#endif
#ifdef ARENA_POISONS
#include <sanitizer/asan_interface.h>
#define POISON(at, bytes) ASAN_POISON_MEMORY_REGION(at, bytes)
#define UNPOISON(at, bytes) ASAN_UNPOISON_MEMORY_REGION(at, bytes)
enum { LEAST_ALIGN = 8, GAP = 16 };
#else
#define POISON(at, bytes) ((void)(at), (void)(bytes))
#define UNPOISON(at, bytes) ((void)(at), (void)(bytes))
enum { LEAST_ALIGN = 1, GAP = 0 };
#endif

enum { FIRST_CHUNK = 4096, LARGEST_DOUBLED = 16 << 20 };

typedef struct chunk chunk;
struct chunk {
    chunk *older;
    size_t room, used; /* bytes of data after this header */
    max_align_t data[];
};

struct arena {
    ctg_allocator from;
    size_t limit; /* 0 = none */
    size_t bytes, peak;
    size_t next_room;
    chunk *newest, *spare;
    char *last; /* the last block, which can grow in place */
};

static void *plain_allocate(void *user, size_t bytes) {
    (void)user;
    return malloc(bytes);
}

static void plain_release(void *user, void *block, size_t bytes) {
    (void)user;
    (void)bytes;
    free(block);
}

static char *chunk_bytes(chunk *c) { return (char *)c->data; }

static void chunk_release(arena *mem, chunk *c) {
    const size_t bytes = sizeof(chunk) + c->room;
    UNPOISON(c->data, c->room);
    mem->bytes -= bytes;
    mem->from.release(mem->from.user, c, bytes);
}

static void spare_release(arena *mem) {
    if (mem->spare)
        chunk_release(mem, mem->spare);
    mem->spare = NULL;
}

/* Room for a chunk that holds `need` bytes, within the limit; 0 = none. */
static size_t room_for(arena *mem, size_t need) {
    const size_t least = FIRST_CHUNK - sizeof(chunk);
    size_t room = need > mem->next_room ? need : mem->next_room;
    if (room < least)
        room = least;
    if (!mem->limit)
        return room;
    if (mem->limit - mem->bytes < sizeof(chunk) + need)
        return 0;
    const size_t left = mem->limit - mem->bytes - sizeof(chunk);
    return room < left ? room : left;
}

static chunk *chunk_take(arena *mem, size_t need) {
    chunk *c = mem->spare;
    if (c && c->room >= need) {
        mem->spare = NULL;
        return c;
    }
    spare_release(mem);
    if (need > PTRDIFF_MAX - sizeof(chunk)) // no block is larger
        return NULL;
    const size_t room = room_for(mem, need);
    if (room == 0)
        return NULL;
    c = mem->from.allocate(mem->from.user, sizeof(chunk) + room);
    if (!c)
        return NULL;
    *c = (chunk){.room = room};
    mem->bytes += sizeof(chunk) + room;
    if (mem->peak < mem->bytes)
        mem->peak = mem->bytes;
    mem->next_room =
        room < LARGEST_DOUBLED / 2 ? 2 * room : (size_t)LARGEST_DOUBLED;
    POISON(c->data, c->room);
    return c;
}

/* Cuts the newest chunk back; what follows `used` is free again. */
static void chunk_cut(chunk *c, size_t used) {
    assert(used <= c->used);
    POISON(chunk_bytes(c) + used, c->room - used);
    c->used = used;
}

static void chunk_drop(arena *mem, chunk *c) {
    chunk_cut(c, 0);
    if (mem->spare && mem->spare->room >= c->room) {
        chunk_release(mem, c);
        return;
    }
    spare_release(mem);
    mem->spare = c;
}

/* Bytes to skip in `c` before a block aligned for `align`. */
static size_t padding(chunk *c, size_t align) {
    const uintptr_t at = (uintptr_t)(chunk_bytes(c) + c->used);
    return (size_t)(-at & (align - 1));
}

static bool fits(chunk *c, size_t bytes, size_t align) {
    const size_t pad = padding(c, align);
    const size_t left = c->room - c->used;
    return pad <= left && bytes <= left - pad;
}

arena *arena_create(const ctg_allocator *allocator, size_t limit) {
    const ctg_allocator plain = {plain_allocate, plain_release, NULL};
    const ctg_allocator from = allocator ? *allocator : plain;
    assert(from.allocate && from.release);
    if (limit && limit < sizeof(arena))
        return NULL;
    arena *const mem = from.allocate(from.user, sizeof(arena));
    if (!mem)
        return NULL;
    *mem = (arena){.from = from, .limit = limit};
    mem->bytes = mem->peak = sizeof(arena);
    return mem;
}

void arena_destroy(arena *mem) {
    if (!mem)
        return;
    spare_release(mem);
    while (mem->newest) {
        chunk *const c = mem->newest;
        mem->newest = c->older;
        chunk_release(mem, c);
    }
    assert(mem->bytes == sizeof(arena));
    const ctg_allocator from = mem->from;
    from.release(from.user, mem, sizeof(arena));
}

void *arena_alloc(arena *mem, size_t count, size_t size, size_t align) {
    assert(mem && align && (align & (align - 1)) == 0);
    size_t bytes = 0, need = 0;
    if (__builtin_mul_overflow(count, size, &bytes))
        return NULL;
    if (bytes == 0)
        bytes = 1; // NULL means "no memory", also for nothing
    if (align < LEAST_ALIGN)
        align = LEAST_ALIGN;
    if (__builtin_add_overflow(bytes, align - 1 + GAP, &need))
        return NULL;
    if (!mem->newest || !fits(mem->newest, bytes + GAP, align)) {
        chunk *const c = chunk_take(mem, need);
        if (!c)
            return NULL;
        c->older = mem->newest;
        mem->newest = c;
    }
    chunk *const c = mem->newest;
    char *const block = chunk_bytes(c) + c->used + padding(c, align);
    c->used = (size_t)(block - chunk_bytes(c)) + bytes + GAP;
    assert(c->used <= c->room);
    UNPOISON(block, bytes);
    mem->last = block;
    return memset(block, 0, bytes);
}

/* In its place, when it is the last block and its chunk has the room. */
static bool grows_in_place(arena *mem, void *block, size_t kept, size_t bytes) {
    if (block != mem->last)
        return false;
    chunk *const c = mem->newest;
    const size_t begin = (size_t)(mem->last - chunk_bytes(c));
    const size_t left = c->room - begin, gap = GAP;
    if (bytes > left || left - bytes < gap)
        return false;
    UNPOISON(block, bytes);
    c->used = begin + bytes + GAP;
    memset((char *)block + kept, 0, bytes - kept);
    return true;
}

void *arena_grow(arena *mem, void *block, size_t old_count, size_t new_count,
                 size_t size, size_t align) {
    assert(mem && (block || old_count == 0));
    if (!block)
        return arena_alloc(mem, new_count, size, align);
    if (new_count <= old_count)
        return block;
    size_t bytes = 0;
    if (__builtin_mul_overflow(new_count, size, &bytes))
        return NULL;
    const size_t kept = old_count * size;
    if (grows_in_place(mem, block, kept, bytes))
        return block;
    void *const copy = arena_alloc(mem, new_count, size, align);
    return copy ? memcpy(copy, block, kept) : NULL;
}

/* No mark is in a chunk that the last block has for itself: none was made since
 * the block was. */
char *arena_stretch(arena *mem, char *block, size_t old_bytes,
                    size_t new_bytes) {
    chunk *const left =
        block && block == mem->last && block == chunk_bytes(mem->newest)
            ? mem->newest
            : NULL;
    char *const longer = arena_grow(mem, block, old_bytes, new_bytes, 1, 1);
    if (longer && longer != block && left && mem->newest != left) {
        assert(mem->newest->older == left);
        mem->newest->older = left->older;
        chunk_release(mem, left);
    }
    return longer;
}

char *arena_strndup(arena *mem, const char *text, size_t length) {
    if (length == SIZE_MAX)
        return NULL;
    char *const copy = arena_alloc(mem, length + 1, 1, 1);
    return copy && length ? memcpy(copy, text, length) : copy;
}

char *arena_strdup(arena *mem, const char *text) {
    return arena_strndup(mem, text, strlen(text));
}

char *arena_printf(arena *mem, const char *format, ...) {
    va_list args;
    va_start(args, format);
    const int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0)
        return NULL;
    char *const text = arena_alloc(mem, (size_t)n + 1, 1, 1);
    if (!text)
        return NULL;
    va_start(args, format);
    vsnprintf(text, (size_t)n + 1, format, args);
    va_end(args);
    return text;
}

arena_mark arena_here(arena *mem) {
    const arena_mark mark = {mem->newest, mem->newest ? mem->newest->used : 0};
    mem->last = NULL; // a block from before the mark must not grow past it
    return mark;
}

void arena_rewind(arena *mem, arena_mark mark) {
    while (mem->newest && mem->newest != mark.chunk) {
        chunk *const c = mem->newest;
        mem->newest = c->older;
        chunk_drop(mem, c);
    }
    assert(mem->newest == mark.chunk);
    if (mem->newest)
        chunk_cut(mem->newest, mark.used);
    mem->last = NULL;
}

size_t arena_bytes(const arena *mem) { return mem->bytes; }

size_t arena_peak(const arena *mem) { return mem->peak; }

const ctg_allocator *arena_allocator(const arena *mem) { return &mem->from; }
