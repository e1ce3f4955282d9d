// SPDX-License-Identifier: GPL-3.0-or-later
/* Uses of named resources by date, week and horizon (doc/format.md 3.6). */
#ifndef CTGSCHED_CHECK_RESOURCES_H
#define CTGSCHED_CHECK_RESOURCES_H

#include "base/error.h"
#include "check/finding.h"

typedef struct resource_use {
    const problem *prob;
    int32_t n_cells;      /* of one resource: days, weeks or one */
    int32_t *week_of_day; /* [n_days], from 0 */
    int64_t *used;        /* [n_resources * n_cells] */
    int32_t n_over;       /* cells above their limit */
} resource_use;

ctg_status resource_use_create(resource_use *out, const problem *prob,
                               arena *mem, ctg_error *err);
/* Adds the uses of an option `times` (1 or -1). */
void resource_use_add(resource_use *table, const option *o, int64_t times);

#endif
