// SPDX-License-Identifier: GPL-3.0-or-later
/* Every allocation of every stage fails once: the loop and its report. */
#ifndef CTGSCHED_TESTS_SWEEP_H
#define CTGSCHED_TESTS_SWEEP_H

#include <stdbool.h>
#include <stdint.h>

/* Who takes the place of the heap: begins to count, or tells how many blocks
 * were lost since. */
typedef int64_t heap_watch(bool begins);

/* Arguments: none, or STAGE THEME once|ever FIRST [LAST] to see a few again.
 * Runs about `short_runs` failures of each kind, or, with CTG_LONG=1, the first
 * 20,000 and every 97th after. `watch` is NULL where only arenas fail. Returns
 * the exit status. */
int sweep_main(int argc, char **argv, int64_t short_runs, heap_watch *watch);

#endif
