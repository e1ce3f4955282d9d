// SPDX-License-Identifier: GPL-3.0-or-later
/* Plans side by side as tables (doc/format.md 13.3): what each comes to, and
 * who gains and loses against the first. */
#ifndef CTGSCHED_CHECK_COMPARE_H
#define CTGSCHED_CHECK_COMPARE_H

#include "check/diff.h"
#include "check/tables.h"

typedef enum compare_table {
#define TABLE(id, name, columns) COMPARE_##id,
#include "check/compare.def"
#undef TABLE
    N_COMPARE_TABLES
} compare_table;
extern const table_info compare_tables[N_COMPARE_TABLES];

typedef struct compare_side {
    const char *name;
    diff_side of;
    int32_t n_coverage;
    const coverage_row *coverage; /* of the plan, as the judge counts */
} compare_side;

/* Everything lives in `mem`, but for strings of the problems and names. Fails
 * only without memory. */
ctg_status check_compare(tables *out, const compare_side *sides, int32_t n,
                         arena *mem, ctg_error *err);

#endif
