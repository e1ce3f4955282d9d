// SPDX-License-Identifier: GPL-3.0-or-later
/* The tables of a report: name to rows, each an object of its columns. */
#include "binding.h"

enum { MOST_COLUMNS = 64 };

typedef struct columns {
    napi_value name[MOST_COLUMNS];
    int32_t unit[MOST_COLUMNS];
    int32_t n;
} columns;

static napi_value cell_value(napi_env env, const ctg_cell *cell, int32_t unit) {
    if (cell->is_empty)
        return text_value(env, NULL);
    if (unit == CTG_UNIT_TEXT)
        return text_value(env, cell->text);
    return number_value(env, unit == CTG_UNIT_RATE ? (double)cell->value / 10000
                                                   : (double)cell->value);
}

static void columns_read(napi_env env, columns *out, const ctg_tables *tables,
                         int32_t table) {
    ctg_column column;
    out->n = 0;
    while (out->n < MOST_COLUMNS &&
           ctg_tables_column(&column, tables, table, out->n)) {
        out->name[out->n] = text_value(env, column.name);
        out->unit[out->n++] = column.unit;
    }
}

static napi_value one_row(napi_env env, const columns *columns,
                          const ctg_tables *tables, int32_t table,
                          int32_t row) {
    napi_value object = NULL;
    ctg_cell cell;
    napi_create_object(env, &object);
    for (int32_t k = 0; k < columns->n; k++) {
        ctg_tables_cell(&cell, tables, table, row, k);
        napi_set_property(env, object, columns->name[k],
                          cell_value(env, &cell, columns->unit[k]));
    }
    return object;
}

static napi_value one_table(napi_env env, const ctg_tables *tables,
                            int32_t table, int32_t n_rows) {
    columns columns;
    napi_value rows = NULL;
    columns_read(env, &columns, tables, table);
    napi_create_array_with_length(env, (size_t)n_rows, &rows);
    for (int32_t i = 0; i < n_rows; i++) {
        napi_handle_scope scope = NULL;
        if (napi_open_handle_scope(env, &scope) != napi_ok)
            return NULL;
        napi_set_element(env, rows, (uint32_t)i,
                         one_row(env, &columns, tables, table, i));
        napi_close_handle_scope(env, scope);
    }
    return rows;
}

napi_value tables_value(napi_env env, const ctg_tables *tables) {
    napi_value object = NULL;
    ctg_table table;
    napi_create_object(env, &object);
    for (int32_t t = 0; ctg_tables_at(&table, tables, t); t++)
        napi_set_named_property(env, object, table.name,
                                one_table(env, tables, t, table.n_rows));
    return object;
}
