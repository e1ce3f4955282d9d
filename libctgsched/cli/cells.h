// SPDX-License-Identifier: GPL-3.0-or-later
/* Cells and columns of a report's tables as text (doc/format.md 14). */
#ifndef CTGSCHED_CLI_CELLS_H
#define CTGSCHED_CLI_CELLS_H

#include "cli/emit.h"
#include "cli/lang.h"

enum { CELL_TEXT = 128, TITLE_TEXT = 64 };

/* Times as HH:MM, durations in hours and rates in per cent with two decimals in
 * the language's sign; "" for an empty cell. Ids as they are. */
void cell_print(char out[CELL_TEXT], cli_lang lang, int32_t unit,
                const ctg_cell *cell);
/* The column's name: "worked_hours", "rate_percent"; in French, with the unit
 * in brackets. */
void column_print(char out[TITLE_TEXT], cli_lang lang,
                  const ctg_column *column);

/* The member "tables": {table: [{column: value}]}. */
void emit_tables(emit *out, const ctg_tables *tables);

#endif
