// SPDX-License-Identifier: GPL-3.0-or-later
/* Allocations fail one by one in the heap of the whole process: our own, those
 * of the JSON reader, of the LP engine and of the thread library.
 *
 * The functions of this file take the place of the C library's. Blocks are
 * counted, so that what is lost on a way out is found. Not under sanitizers,
 * which bring their own heap. */
#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

#include "faults/injector.h"
#include "faults/sweep.h"

void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *block, size_t bytes);
void __libc_free(void *block);

static atomic_llong n_held, n_not_moved;

static void *counted(void *block) {
    if (block)
        atomic_fetch_add(&n_held, 1);
    return block;
}

static void *refuse(void) {
    errno = ENOMEM;
    return NULL;
}

#define SEEN_BY_LIBRARIES __attribute__((visibility("default")))

SEEN_BY_LIBRARIES void *malloc(size_t bytes) {
    return injector_refuses() ? refuse() : counted(__libc_malloc(bytes));
}

SEEN_BY_LIBRARIES void *calloc(size_t count, size_t bytes) {
    return injector_refuses() ? refuse() : counted(__libc_calloc(count, bytes));
}

SEEN_BY_LIBRARIES void *realloc(void *block, size_t bytes) {
    if (injector_refuses()) {
        if (block)
            atomic_fetch_add(&n_not_moved, 1);
        return refuse();
    }
    void *const moved = __libc_realloc(block, bytes);
    return block ? moved : counted(moved);
}

SEEN_BY_LIBRARIES void free(void *block) {
    if (block)
        atomic_fetch_sub(&n_held, 1);
    __libc_free(block);
}

/* GLPK 5.0 loses a block that it cannot make larger: as many as were not moved
 * may be missing. */
static int64_t blocks_lost(bool begins) {
    static long long before;
    const long long held = atomic_load(&n_held);
    if (begins) {
        before = held;
        atomic_store(&n_not_moved, 0);
    }
    const long long lost = held - before, excused = atomic_load(&n_not_moved);
    return lost > 0 && lost <= excused ? 0 : lost;
}

int main(int argc, char **argv) {
    return sweep_main(argc, argv, 150, blocks_lost);
}
