// SPDX-License-Identifier: GPL-3.0-or-later
/* The catalogue of a report's tables, expanded from tables.def. */
#include "check/tables.h"

#include <assert.h>
#include <string.h>

#define COLUMN(name, unit) {name, UNIT_##unit},
#define TABLE(id, name, columns)                                               \
    static const table_column columns_of_##id[] = {columns};
#include "check/tables.def"
#undef TABLE

#define TABLE(id, name, columns)                                               \
    {name, (int32_t)(sizeof columns_of_##id / sizeof columns_of_##id[0]),      \
     columns_of_##id},
const table_info report_tables[N_TABLES] = {
#include "check/tables.def"
};
#undef TABLE
#undef COLUMN

bool tables_create(tables *out, const table_info *about, int32_t n,
                   arena *mem) {
    *out = (tables){.mem = mem, .n = n, .about = about};
    out->at = ARENA_NEW(mem, cell_vec, n);
    return out->at != NULL;
}

bool tables_add(tables *to, int32_t table, const cell *cells, int32_t n) {
    cell_vec *const its = &to->at[table];
    assert(table >= 0 && table < to->n && n == to->about[table].n_columns);
    if (!vec_reserve(to->mem, its, n, sizeof(cell), alignof(cell)))
        return false;
    memcpy(its->at + its->n, cells, (size_t)n * sizeof *cells);
    its->n += n;
    return true;
}
