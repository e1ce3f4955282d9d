// SPDX-License-Identifier: GPL-3.0-or-later
/* The journal from its first record on: each plan that was limited by work is
 * made again and must be the same to the byte. */
#ifndef CTGSCHED_DAEMON_REPLAY_H
#define CTGSCHED_DAEMON_REPLAY_H

#include <stdio.h>

#include "store/store.h"

typedef struct replay_sum {
    int64_t n_records, n_same, n_other, n_not_replayable;
} replay_sum;

/* Each plan that came out otherwise is named on `tell`. `beside` is a second
 * store on the folder. */
ctg_status replay_state(replay_sum *out, store *from, store *beside,
                        uint64_t solve_memory, FILE *tell, ctg_error *err);

#endif
