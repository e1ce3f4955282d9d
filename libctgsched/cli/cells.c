// SPDX-License-Identifier: GPL-3.0-or-later
/* Exact decimals from integers: no floating point, no locale. */
#include "cli/cells.h"

#include <inttypes.h>
#include <string.h>

/* `hundredths` as "-1.05". */
static void print_hundredths(char out[CELL_TEXT], cli_lang lang,
                             int64_t hundredths) {
    const uint64_t size = hundredths < 0 ? (uint64_t)0 - (uint64_t)hundredths
                                         : (uint64_t)hundredths;
    snprintf(out, CELL_TEXT, "%s%" PRIu64 "%c%02" PRIu64,
             hundredths < 0 ? "-" : "", size / 100, lang == LANG_FR ? ',' : '.',
             size % 100);
}

/* Hours in hundredths, 5/3 of the minutes: never half way between two. */
static int64_t hours_of(int64_t minutes) {
    const int64_t three = 10 * minutes + (minutes < 0 ? -3 : 3);
    return three / 6;
}

void cell_print(char out[CELL_TEXT], cli_lang lang, int32_t unit,
                const ctg_cell *cell) {
    out[0] = '\0';
    if (cell->is_empty)
        return;
    if (unit == CTG_UNIT_TEXT)
        snprintf(out, CELL_TEXT, "%s", cell->text);
    else if (unit == CTG_UNIT_TIME)
        snprintf(out, CELL_TEXT, "%02d:%02d", (int)(cell->value / 60),
                 (int)(cell->value % 60));
    else if (unit == CTG_UNIT_MINUTES)
        print_hundredths(out, lang, hours_of(cell->value));
    else if (unit == CTG_UNIT_RATE)
        print_hundredths(out, lang, cell->value);
    else
        snprintf(out, CELL_TEXT, "%" PRId64, cell->value);
}

static const char *french(const char *name) {
#define COLUMN_TEXT(id, text) {id, text},
    static const char *const texts[][2] = {
#include "cli/columns.def"
    };
#undef COLUMN_TEXT
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (strcmp(texts[i][0], name) == 0)
            return texts[i][1];
    return name;
}

void column_print(char out[TITLE_TEXT], cli_lang lang,
                  const ctg_column *column) {
    static const char minutes[] = "minutes";
    const size_t n = strlen(column->name);
    if (lang == LANG_FR)
        snprintf(out, TITLE_TEXT, "%s", french(column->name));
    else if (column->unit == CTG_UNIT_RATE)
        snprintf(out, TITLE_TEXT, "%s_percent", column->name);
    else if (column->unit == CTG_UNIT_MINUTES && n >= sizeof minutes)
        snprintf(out, TITLE_TEXT, "%.*shours", (int)(n - sizeof minutes + 1),
                 column->name);
    else
        snprintf(out, TITLE_TEXT, "%s", column->name);
}

static void emit_cell(emit *out, const ctg_column *column,
                      const ctg_cell *cell) {
    char text[CELL_TEXT];
    if (cell->is_empty)
        emit_text(out, column->name, NULL);
    else if (column->unit == CTG_UNIT_TEXT)
        emit_text(out, column->name, cell->text);
    else if (column->unit == CTG_UNIT_TIME) {
        cell_print(text, LANG_EN, column->unit, cell);
        emit_text(out, column->name, text);
    } else if (column->unit == CTG_UNIT_RATE) {
        const int n = snprintf(text, sizeof text, "%" PRId64 ".%04d",
                               cell->value / 10000, (int)(cell->value % 10000));
        emit_raw(out, column->name, text, (size_t)n);
    } else
        emit_int(out, column->name, cell->value);
}

/* A line a row. */
static void emit_table(emit *out, const ctg_tables *tables, int32_t index,
                       const ctg_table *table) {
    emit_array(out, table->name);
    for (int32_t row = 0; row < table->n_rows; row++) {
        ctg_column column;
        ctg_cell cell;
        emit_object(out, NULL);
        out->is_flat = true;
        for (int32_t k = 0; ctg_tables_column(&column, tables, index, k) &&
                            ctg_tables_cell(&cell, tables, index, row, k);
             k++)
            emit_cell(out, &column, &cell);
        emit_close(out, '}');
        out->is_flat = false;
    }
    emit_close(out, ']');
}

void emit_tables(emit *out, const ctg_tables *tables) {
    ctg_table table;
    emit_object(out, "tables");
    for (int32_t k = 0; ctg_tables_at(&table, tables, k); k++)
        emit_table(out, tables, k, &table);
    emit_close(out, '}');
}
