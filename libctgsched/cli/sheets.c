// SPDX-License-Identifier: GPL-3.0-or-later
/* A sheet is some columns of some rows: found first, then measured, then
 * printed in columns of equal width. */
#include "cli/sheets.h"

#include <stdlib.h>
#include <string.h>

#include "cli/cells.h"

enum { MOST_SHOWN = 12 };

typedef struct sheet_row {
    const char *table;
    word title;
    const char *above_in; /* column, "" for all rows */
    int64_t above;
    const char *by, *columns;
} sheet_row;

#define SHEET(table, title, above_in, above, by, columns)                      \
    {table, title, above_in, above, by, columns},
static const sheet_row sheets[] = {
#include "cli/sheets.def"
};
#undef SHEET

typedef struct view {
    const ctg_tables *tables;
    cli_lang lang;
    const char *only; /* this structure, NULL: all */
    int32_t table;    /* index, -1: unknown */
    int32_t n_rows, n_columns, columns[MOST_SHOWN];
    int32_t *rows; /* [n_shown] */
    int32_t n, n_shown;
} view;

static int32_t find_table(const ctg_tables *tables, const char *name,
                          ctg_table *out) {
    for (int32_t k = 0; ctg_tables_at(out, tables, k); k++)
        if (strcmp(out->name, name) == 0)
            return k;
    return -1;
}

static int32_t find_column(const view *v, const char *name, size_t n) {
    ctg_column column;
    for (int32_t k = 0; ctg_tables_column(&column, v->tables, v->table, k); k++)
        if (strlen(column.name) == n && strncmp(column.name, name, n) == 0)
            return k;
    return -1;
}

static void find_columns(view *v, const char *names) {
    while (*names && v->n_columns < MOST_SHOWN) {
        const size_t n = strcspn(names, " ");
        const int32_t k = find_column(v, names, n);
        if (k >= 0)
            v->columns[v->n_columns++] = k;
        names += n + strspn(names + n, " ");
    }
}

static int64_t value_at(const view *v, int32_t row, int32_t column) {
    ctg_cell cell;
    return ctg_tables_cell(&cell, v->tables, v->table, row, column) &&
                   !cell.is_empty
               ? cell.value
               : INT64_MIN;
}

/* Among the first `head` by the column, where they are in order. */
static void keep_row(view *v, int32_t row, int32_t by, int32_t head) {
    int32_t k = v->n_shown < head ? v->n_shown++ : head;
    if (by >= 0)
        while (k > 0 &&
               value_at(v, v->rows[k - 1], by) < value_at(v, row, by)) {
            if (k < head)
                v->rows[k] = v->rows[k - 1];
            k--;
        }
    if (k < head)
        v->rows[k] = row;
}

/* Rows of another structure are not asked; those of none are. */
static bool is_asked(const view *v, int32_t row) {
    const char *const name = "structure";
    ctg_cell cell;
    return !v->only ||
           !ctg_tables_cell(&cell, v->tables, v->table, row,
                            find_column(v, name, strlen(name))) ||
           cell.is_empty || strcmp(cell.text, v->only) == 0;
}

static void find_rows(view *v, const sheet_row *asked, int32_t head) {
    const int32_t above =
        find_column(v, asked->above_in, strlen(asked->above_in));
    const int32_t by = find_column(v, asked->by, strlen(asked->by));
    for (int32_t row = 0; row < v->n_rows; row++) {
        if ((above >= 0 && value_at(v, row, above) <= asked->above) ||
            !is_asked(v, row))
            continue;
        v->n++;
        keep_row(v, row, by, head);
    }
}

/* Row -1 has the titles; true for what stands at the left. */
static bool text_at(char out[CELL_TEXT], const view *v, int32_t row,
                    int32_t column) {
    ctg_column about = {0};
    ctg_cell cell = {.is_empty = 1};
    ctg_tables_column(&about, v->tables, v->table, column);
    if (row < 0) {
        char title[TITLE_TEXT];
        column_print(title, v->lang, &about);
        snprintf(out, CELL_TEXT, "%s", title);
        for (char *c = out; *c; c++)
            *c = *c == '_' ? ' ' : *c;
    } else {
        ctg_tables_cell(&cell, v->tables, v->table, row, column);
        cell_print(out, v->lang, about.unit, &cell);
        if (cell.is_empty)
            strcpy(out, "-");
    }
    return about.unit == CTG_UNIT_TEXT;
}

static int width_of(const view *v, int32_t column) {
    char text[CELL_TEXT];
    int most = 0;
    for (int32_t i = -1; i < v->n_shown; i++) {
        text_at(text, v, i < 0 ? -1 : v->rows[i], column);
        int n = 0;
        for (const char *c = text; *c; c++)
            n += ((unsigned char)*c & 0xC0) != 0x80;
        most = n > most ? n : most;
    }
    return most;
}

static void put_lines(FILE *to, const view *v) {
    int width[MOST_SHOWN];
    for (int32_t k = 0; k < v->n_columns; k++)
        width[k] = width_of(v, v->columns[k]);
    for (int32_t i = -1; i < v->n_shown && v->n > 0; i++) {
        for (int32_t k = 0; k < v->n_columns; k++) {
            char text[CELL_TEXT];
            const int32_t row = i < 0 ? -1 : v->rows[i];
            fputs("  ", to);
            if (!text_at(text, v, row, v->columns[k]))
                say_right(to, text, width[k]);
            else if (k + 1 < v->n_columns)
                say_padded(to, text, width[k]);
            else
                fputs(text, to);
        }
        fputc('\n', to);
    }
}

void put_more(FILE *to, cli_lang lang, int32_t n, int32_t shown) {
    if (n > shown)
        fprintf(to, "  ... %d %s\n", (int)(n - shown), say(lang, WORD_MORE));
}

static void show_sheet(FILE *to, view v, const sheet_row *asked, int32_t head) {
    ctg_table table = {0};
    v.table = find_table(v.tables, asked->table, &table);
    v.n_rows = table.n_rows;
    v.rows =
        calloc((size_t)(head < v.n_rows ? head : v.n_rows) + 1, sizeof *v.rows);
    if (v.table >= 0 && v.n_rows > 0 && v.rows) {
        find_columns(&v, asked->columns);
        find_rows(&v, asked, head < v.n_rows ? head : v.n_rows);
        fprintf(to, "\n%s (%d)\n", say(v.lang, asked->title), (int)v.n);
        put_lines(to, &v);
        put_more(to, v.lang, v.n, v.n_shown);
    }
    free(v.rows);
}

void sheets_show(FILE *to, cli_lang lang, const ctg_tables *tables,
                 const char *only, int32_t head) {
    const view all = {.tables = tables, .lang = lang, .only = only};
    for (size_t k = 0; k < sizeof sheets / sizeof sheets[0]; k++)
        show_sheet(to, all, &sheets[k], head < 0 ? 0 : head);
}

static bool value_is_empty(const view *v, int32_t row, const char *name) {
    ctg_cell cell;
    return !ctg_tables_cell(&cell, v->tables, v->table, row,
                            find_column(v, name, strlen(name))) ||
           cell.is_empty;
}

void binds_print(char out[BINDS_TEXT], const ctg_tables *tables,
                 int32_t index) {
    static const char *const names[] = {"binds", "binds_structure",
                                        "binds_date", "binds_begin"};
    ctg_table table;
    view v = {.tables = tables};
    size_t n = 0;
    out[0] = '\0';
    v.table = find_table(tables, "waiting", &table);
    if (value_is_empty(&v, index, "option"))
        strcpy(out, "-");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char text[CELL_TEXT];
        text_at(text, &v, index, find_column(&v, names[i], strlen(names[i])));
        if (strcmp(text, "-") != 0)
            n += (size_t)snprintf(out + n, BINDS_TEXT - n, "%s%s",
                                  n > 0 ? " " : "", text);
    }
}
