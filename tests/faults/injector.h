// SPDX-License-Identifier: GPL-3.0-or-later
/* One allocation in the whole program, or all from one on, gives nothing.
 *
 * Who hands memory out asks injector_refuses() first: the arenas in
 * test_arena.c, the heap in test_heap.c. Any thread may ask. */
#ifndef CTGSCHED_TESTS_INJECTOR_H
#define CTGSCHED_TESTS_INJECTOR_H

#include <stdbool.h>
#include <stdint.h>

/* The `fails_at`-th allocation from now on fails, counted from 1; 0: none does
 * and they are only counted. With `for_ever` all later ones fail, too. */
void injector_arm(int64_t fails_at, bool for_ever);
/* Everything is given again; the allocations asked for since it was armed. */
int64_t injector_disarm(void);
bool injector_refuses(void);

#endif
