// SPDX-License-Identifier: GPL-3.0-or-later
/* The tables of a report: counted by the judge's floor, handed out by cell. */
#include "api/api.h"

ctg_tables *tables_make(const ctg_allocator *allocator) {
    arena *const mem = arena_create(allocator, 0);
    ctg_tables *const made = mem ? ARENA_NEW(mem, ctg_tables, 1) : NULL;
    if (made)
        made->mem = mem;
    else
        arena_destroy(mem);
    return made;
}

ctg_status ctg_solution_tables(ctg_tables **out, const ctg_solution *solution,
                               ctg_error *err) {
    if (out)
        *out = NULL;
    if (!out || !solution)
        return misuse(err, "ctg_solution_tables needs a place for the tables "
                           "and a solution.");
    ctg_tables *const made = tables_make(arena_allocator(solution->mem));
    if (!made)
        return err_nomem(err);
    const ctg_status status =
        check_tables(&made->inside, solution->problem->inside, solution->plan,
                     made->mem, err);
    if (status == CTG_OK)
        *out = made;
    else
        ctg_tables_free(made);
    return status;
}

void ctg_tables_free(ctg_tables *tables) {
    if (tables)
        arena_destroy(tables->mem);
}

static const table_info *info_of(const ctg_tables *tables, int32_t table) {
    return tables && table >= 0 && table < tables->inside.n
               ? &tables->inside.about[table]
               : NULL;
}

int ctg_tables_at(ctg_table *out, const ctg_tables *tables, int32_t table) {
    const table_info *const info = info_of(tables, table);
    if (!out || !info)
        return 0;
    *out = (ctg_table){.name = info->name,
                       .n_columns = info->n_columns,
                       .n_rows = tables->inside.at[table].n / info->n_columns};
    return 1;
}

static bool is_column(const table_info *info, int32_t column) {
    return info && column >= 0 && column < info->n_columns;
}

int ctg_tables_column(ctg_column *out, const ctg_tables *tables, int32_t table,
                      int32_t column) {
    const table_info *const info = info_of(tables, table);
    if (!out || !is_column(info, column))
        return 0;
    *out = (ctg_column){.name = info->columns[column].name,
                        .unit = (int32_t)info->columns[column].unit};
    return 1;
}

int ctg_tables_cell(ctg_cell *out, const ctg_tables *tables, int32_t table,
                    int32_t row, int32_t column) {
    const table_info *const info = info_of(tables, table);
    if (!out || !is_column(info, column) || row < 0 ||
        row >= tables->inside.at[table].n / info->n_columns)
        return 0;
    const cell *const at =
        &tables->inside.at[table].at[row * info->n_columns + column];
    *out = (ctg_cell){.is_empty = 1};
    if (info->columns[column].unit == UNIT_TEXT) {
        out->text = at->text;
        out->is_empty = at->text == NULL;
    } else if (at->number != CELL_EMPTY) {
        out->value = at->number;
        out->is_empty = 0;
    }
    return 1;
}

_Static_assert((int)CTG_UNIT_RATE == (int)UNIT_RATE &&
                   (int)CTG_UNIT_TIME == (int)UNIT_TIME &&
                   (int)CTG_UNIT_MINUTES == (int)UNIT_MINUTES,
               "the units of a table are those of the interface");
