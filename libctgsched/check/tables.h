// SPDX-License-Identifier: GPL-3.0-or-later
/* The tables of a report (doc/format.md 14): named columns with a unit each,
 * rows of numbers and texts, counted from the definitions. */
#ifndef CTGSCHED_CHECK_TABLES_H
#define CTGSCHED_CHECK_TABLES_H

#include "base/error.h"
#include "base/vec.h"
#include "model/plan.h"

typedef enum column_unit {
    UNIT_TEXT,
    UNIT_COUNT,
    UNIT_MINUTES, /* a duration */
    UNIT_TIME,    /* a minute of the day */
    UNIT_RATE     /* ten-thousandths */
} column_unit;

typedef struct table_column {
    const char *name;
    column_unit unit;
} table_column;

typedef enum table_name {
#define TABLE(id, name, columns) TABLE_##id,
#include "check/tables.def"
#undef TABLE
    N_TABLES
} table_name;

typedef struct table_info {
    const char *name;
    int32_t n_columns;
    const table_column *columns;
} table_info;
extern const table_info report_tables[N_TABLES];

/* A text where the column's unit says so, else a number. */
typedef union cell {
    int64_t number;   /* CELL_EMPTY where there is none */
    const char *text; /* NULL where there is none */
} cell;
#define CELL_EMPTY INT64_MIN

VEC_DECLARE(cell_vec, cell);

typedef struct tables {
    arena *mem;
    int32_t n;
    const table_info *about; /* [n] */
    cell_vec *at;            /* [n], row by row */
} tables;

/* Without rows; false without memory. */
bool tables_create(tables *out, const table_info *about, int32_t n, arena *mem);
/* A row: a cell for each column; false without memory. */
bool tables_add(tables *to, int32_t table, const cell *cells, int32_t n);

/* Everything lives in `mem`, but for strings of the problem. Fails only without
 * memory; a plan may break rules. */
ctg_status check_tables(tables *out, const problem *prob, const plan *p,
                        arena *mem, ctg_error *err);

#endif
