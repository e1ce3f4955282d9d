/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file
 * Reports: the tables that a planner, a family allowance fund or an inspector
 * asks for, of any plan.
 *
 * A report is a list of named tables, each with named columns of one unit and
 * rows of numbers and texts; doc/format.md 14 says what each counts. All are
 * always there, without rows where nothing applies. A plan that breaks rules
 * has a report as well.
 *
 *     ctg_tables *report;
 *     ctg_table table;
 *     ctg_cell cell;
 *     if (ctg_solution_tables(&report, plan, &err) == CTG_OK) {
 *         for (int32_t t = 0; ctg_tables_at(&table, report, t); t++)
 *             printf("%s: %d rows\n", table.name, (int)table.n_rows);
 *         ctg_tables_free(report);
 *     }
 *
 * Threads: ctg_tables never changes, any thread may read it. Indices run from
 * 0; a getter returns 0 past the end, or when a pointer is NULL, and leaves
 * `out` alone then; 1 otherwise.
 */
#ifndef CTGSCHED_REPORT_H
#define CTGSCHED_REPORT_H

#include "ctgsched_solution.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The tables of one plan. Immutable. */
typedef struct ctg_tables ctg_tables;

/** Counts all tables.
 *
 * @param out       freed with ctg_tables_free, before the solution; NULL on
 *                  failure. Memory comes from the solution's allocator.
 * @param solution  any plan.
 * @return CTG_ERR_NOMEM, CTG_ERR_USAGE. */
CTG_API ctg_status ctg_solution_tables(ctg_tables **out,
                                       const ctg_solution *solution,
                                       ctg_error *err);

CTG_API void ctg_tables_free(ctg_tables *tables);

/** What stands in a column. */
typedef enum ctg_unit {
    CTG_UNIT_TEXT,    /**< ids, words, dates, weeks, months: `text` */
    CTG_UNIT_COUNT,   /**< children, persons, requests, points: `value` */
    CTG_UNIT_MINUTES, /**< a duration in minutes: `value` */
    CTG_UNIT_TIME,    /**< a minute of the local day, 0..1440: `value` */
    CTG_UNIT_RATE     /**< ten-thousandths: `value` */
} ctg_unit;

/** Shape of a table. Strings here and below live as long as both the tables
 * and the solution. */
typedef struct ctg_table {
    const char *name;
    int32_t n_columns;
    int32_t n_rows;
    int64_t reserved[3];
} ctg_table;

CTG_API int ctg_tables_at(ctg_table *out, const ctg_tables *tables,
                          int32_t table);

typedef struct ctg_column {
    const char *name;
    int32_t unit; /**< a ctg_unit */
    int64_t reserved[2];
} ctg_column;

CTG_API int ctg_tables_column(ctg_column *out, const ctg_tables *tables,
                              int32_t table, int32_t column);

typedef struct ctg_cell {
    int64_t value;    /**< 0 in an empty cell and in one of text */
    const char *text; /**< NULL in an empty cell and in one of numbers */
    int32_t is_empty; /**< 1: nothing applies (doc/format.md 14) */
    int64_t reserved[2];
} ctg_cell;

CTG_API int ctg_tables_cell(ctg_cell *out, const ctg_tables *tables,
                            int32_t table, int32_t row, int32_t column);

#ifdef __cplusplus
}
#endif
#endif
