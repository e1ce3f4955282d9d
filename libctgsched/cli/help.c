// SPDX-License-Identifier: GPL-3.0-or-later
/* --help from the tables. */
#include <string.h>

#include "cli/cli.h"

enum { WIDTH = 79, HELP_COLUMN = 26 };

/* Words of `text` from column `at` on, wrapped; ends the line. */
static void put_wrapped(FILE *to, const char *text, int indent, int at) {
    bool is_first = true;
    while (*text) {
        const int n = (int)strcspn(text, " ");
        if (!is_first && at + 1 + n > WIDTH) {
            fprintf(to, "\n%*s", indent, "");
            at = indent;
            is_first = true;
        }
        at += fprintf(to, "%s%.*s", is_first ? "" : " ", n, text);
        is_first = false;
        text += n + (text[n] == ' ');
    }
    fputc('\n', to);
}

static void put_exits(FILE *to) {
    fputs("\nExit status:\n", to);
    const exit_row *row;
    for (int32_t i = 0; (row = exit_about(i)); i++) {
        const int at = fprintf(to, "  %3d  ", row->code);
        put_wrapped(to, row->meaning, 7, at);
    }
}

void help_all(FILE *to) {
    fputs("Usage: ctgsched VERB [OPTION]... [OPERAND]...\n"
          "Childcare scheduling as an integer program.\n\nVerbs:\n",
          to);
    for (int32_t v = 0; v < N_VERBS; v++)
        fprintf(to, "  %-10s%s\n", verb_about(v)->name, verb_about(v)->line);
    fputs("\nctgsched VERB --help tells more; a file named - is standard "
          "input.\nCTGSCHED_TIME_LIMIT=60s in the environment stands for "
          "--time-limit 60s, and so on\nfor limits and looks.\n",
          to);
    put_exits(to);
}

static void put_option(FILE *to, const option_row *row) {
    char flag[FLAG_TEXT];
    option_flag(flag, row);
    int at = row->letter ? fprintf(to, "  -%c, %s", row->letter, flag)
                         : fprintf(to, "      %s", flag);
    if (row->place[0])
        at += fprintf(to, " %s", row->place);
    if (at >= HELP_COLUMN - 1)
        at = 0 * fprintf(to, "\n");
    fprintf(to, "%*s", HELP_COLUMN - at, "");
    put_wrapped(to, row->help, HELP_COLUMN, HELP_COLUMN);
}

void help_verb(FILE *to, int32_t verb) {
    const verb_row *const about = verb_about(verb);
    fprintf(to, "Usage: ctgsched %s [OPTION]...%s%s\n\n", about->name,
            about->operands[0] ? " " : "", about->operands);
    put_wrapped(to, about->description, 0, 0);
    fputs("\nOptions:\n", to);
    option_row row;
    for (int32_t i = 0; option_about(&row, i); i++)
        if (row.verbs >> verb & 1)
            put_option(to, &row);
    put_exits(to);
}
