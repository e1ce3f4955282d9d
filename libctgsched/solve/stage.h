// SPDX-License-Identifier: GPL-3.0-or-later
/* One goal, from its relaxation to its proof or the limits. */
#ifndef CTGSCHED_SOLVE_STAGE_H
#define CTGSCHED_SOLVE_STAGE_H

#include "solve/search.h"

typedef struct stage_end {
    int64_t bound; /* minimised */
    bool has_bound, proven;
} stage_end;

/* Works on objective s->stage until it is proven, `gap` is met, or the search
 * is out. The best plan and its values stay in the search. */
stage_end stage_run(search *s, double gap);

#endif
