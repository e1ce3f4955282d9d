// SPDX-License-Identifier: GPL-3.0-or-later
/* Text that a spreadsheet reads as text: quoted where RFC 4180 asks, and never
 * a formula. */
#define _DEFAULT_SOURCE
#include "cli/csv.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cells.h"
#include "cli/files.h"

static void put_text(FILE *to, const char *text) {
    const bool is_quoted = strpbrk(text, ";\"\r\n") != NULL;
    if (is_quoted)
        fputc('"', to);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', to);
        fputc(*text, to);
    }
    if (is_quoted)
        fputc('"', to);
}

/* Ids are letters, digits and ". _ : -": of these one begins a formula. */
static void put_cell(FILE *to, cli_lang lang, int32_t unit,
                     const ctg_cell *cell) {
    char text[CELL_TEXT];
    cell_print(text, lang, unit, cell);
    if (unit == CTG_UNIT_TEXT && strchr("=+-@\t\r", text[0]) && text[0])
        fputc('\'', to);
    put_text(to, text);
}

static void put_titles(FILE *to, cli_lang lang, const ctg_tables *tables,
                       int32_t table) {
    ctg_column column;
    char title[TITLE_TEXT];
    for (int32_t k = 0; ctg_tables_column(&column, tables, table, k); k++) {
        column_print(title, lang, &column);
        if (k > 0)
            fputc(';', to);
        put_text(to, title);
    }
    fputs("\r\n", to);
}

static void put_rows(FILE *to, cli_lang lang, const ctg_tables *tables,
                     int32_t index, const ctg_table *table) {
    for (int32_t row = 0; row < table->n_rows; row++) {
        ctg_column column;
        ctg_cell cell;
        for (int32_t k = 0; ctg_tables_column(&column, tables, index, k) &&
                            ctg_tables_cell(&cell, tables, index, row, k);
             k++) {
            if (k > 0)
                fputc(';', to);
            put_cell(to, lang, column.unit, &cell);
        }
        fputs("\r\n", to);
    }
}

static cli_exit write_table(const char *path, cli_lang lang,
                            const ctg_tables *tables, int32_t index,
                            const ctg_table *table) {
    page out;
    if (!page_open(&out))
        return EXIT_INTERNAL;
    put_titles(out.to, lang, tables, index);
    put_rows(out.to, lang, tables, index, table);
    const blob *const text = page_close(&out);
    const cli_exit status =
        text ? file_write(path, text->at, text->n) : EXIT_INTERNAL;
    page_free(&out);
    return status;
}

static cli_exit make_folder(const char *folder) {
    struct stat about;
    if (mkdir(folder, 0777) == 0 ||
        (errno == EEXIST && stat(folder, &about) == 0 &&
         S_ISDIR(about.st_mode)))
        return EXIT_DONE;
    complain("cannot make the folder %s: %s. Maybe choose another place.",
             folder[0] ? folder : "\"\"", strerror(errno));
    return EXIT_INTERNAL;
}

cli_exit csv_write(const char *folder, cli_lang lang,
                   const ctg_tables *tables) {
    ctg_table table;
    cli_exit status = make_folder(folder);
    for (int32_t k = 0; status == EXIT_DONE && ctg_tables_at(&table, tables, k);
         k++) {
        char path[PATH_MAX];
        const int n =
            snprintf(path, sizeof path, "%s/%s.csv", folder, table.name);
        if (n < 0 || (size_t)n >= sizeof path) {
            complain("cannot write %s/%s.csv: the name is too long. Maybe "
                     "choose another place.",
                     folder, table.name);
            return EXIT_INTERNAL;
        }
        status = write_table(path, lang, tables, k, &table);
    }
    return status;
}

cli_exit csv_put(FILE *to, const cli_args *args, const ctg_tables *tables) {
    const char *const folder = args->value[OPT_CSV];
    ctg_table table;
    int32_t n = 0;
    const cli_exit status =
        csv_write(folder, args->value[OPT_CSV_FR] ? LANG_FR : LANG_EN, tables);
    while (ctg_tables_at(&table, tables, n))
        n++;
    if (status == EXIT_DONE && !args->value[OPT_JSON])
        fprintf(to, "%d %s %s\n", (int)n, say(args->lang, WORD_TABLES_WRITTEN),
                folder);
    return status;
}
