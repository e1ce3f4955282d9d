// SPDX-License-Identifier: GPL-3.0-or-later
/* The catalogue of tables, expanded from tables.def. */
#include "check/tables.h"

#include <assert.h>

#define COLUMN(name, unit) {name, UNIT_##unit},
#define TABLE(id, name, columns)                                               \
    static const table_column columns_of_##id[] = {columns};
#include "check/tables.def"
#undef TABLE

#define TABLE(id, name, columns)                                               \
    {name, (int32_t)(sizeof columns_of_##id / sizeof columns_of_##id[0]),      \
     columns_of_##id},
static const table_info catalogue[N_TABLES] = {
#include "check/tables.def"
};
#undef TABLE
#undef COLUMN

const table_info *table_about(table_name table) {
    assert((int)table >= 0 && table < N_TABLES);
    return &catalogue[table];
}
