// SPDX-License-Identifier: GPL-3.0-or-later
/* A manual page of section 5 from a document in Markdown: headings, paragraphs,
 * tables, lists; within a line `code`, **strong**, *emphasis*, [link](target).
 * format.md needs no more. */
#include "roff.h"

#include <string.h>

typedef struct mark {
    const char *open;
    const char *close;
    const char *font; /* of roff; NULL: a link, whose target goes */
} mark;

static const mark marks[] = {
    {"`", "`", "B"}, {"**", "**", "B"}, {"*", "*", "I"}, {"[", "](", NULL}};

/* The mark that opens and closes at the beginning of `text`, and what it
 * encloses; NULL when there is none. */
static const mark *mark_at(span text, span *inside) {
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (!span_begins(text, marks[i].open))
            continue;
        const span after = {text.at + strlen(marks[i].open), text.end};
        const char *const close = span_find(after, marks[i].close);
        if (!close || close == after.at)
            return NULL;
        *inside = (span){after.at, close};
        return &marks[i];
    }
    return NULL;
}

/* What follows the mark; a link's target goes. */
static const char *behind(const mark *of, span text, span inside) {
    const char *const after = inside.end + strlen(of->close);
    if (of->font)
        return after;
    const char *const close = span_find((span){after, text.end}, ")");
    return close ? close + 1 : text.end;
}

static void put_inline(FILE *to, span text) {
    bool is_first = true;
    while (text.at < text.end) {
        span inside;
        const mark *const found = mark_at(text, &inside);
        if (found) {
            fprintf(to, "\\f%s", found->font ? found->font : "R");
            roff_text(to, inside, false);
            fputs("\\fR", to);
            text.at = behind(found, text, inside);
        } else {
            roff_text(to, (span){text.at, text.at + 1}, is_first);
            text.at++;
        }
        is_first = false;
    }
}

/* The next cell of a row: a bar within code is none. */
static bool next_cell(span *cell, span *row) {
    bool is_code = false;
    if (row->at >= row->end)
        return false;
    cell->at = row->at;
    for (; row->at < row->end && (*row->at != '|' || is_code); row->at++)
        is_code ^= *row->at == '`';
    cell->end = row->at;
    *cell = span_trimmed(*cell);
    row->at += row->at < row->end;
    return true;
}

static span row_of(span line) {
    line = span_trimmed(line);
    return (span){line.at + 1, line.end};
}

/* The first cell is the tag; the heads of the columns name the other cells
 * where there is more than one. */
static void put_row(FILE *to, span head, span line) {
    span cell, title, titles = row_of(head), row = row_of(line);
    int n = 0;
    fputs(".TP\n", to);
    while (next_cell(&cell, &row) && next_cell(&title, &titles)) {
        if (span_length(cell) == 0)
            continue;
        fputs(n > 1 ? ".br\n" : "", to);
        if (n > 0 && (n > 1 || titles.at < titles.end)) {
            fputs("\\fI", to);
            roff_text(to, title, false);
            fputs("\\fR: ", to);
        }
        put_inline(to, cell);
        fputc('\n', to);
        n++;
    }
}

/* Where the reader is in the document. */
typedef struct place {
    span head; /* of the table */
    bool is_table;
} place;

static void put_heading(FILE *to, span line) {
    if (span_begins(line, "# "))
        return; // the name of the page says it
    fputs(span_begins(line, "### ") ? ".SS " : ".SH ", to);
    while (*line.at == '#')
        line.at++;
    put_inline(to, span_trimmed(line));
    fputc('\n', to);
}

static void put_table_line(FILE *to, place *at, span line) {
    if (!at->is_table)
        at->head = line;
    else if (!span_begins(line, "|--"))
        put_row(to, at->head, line);
    at->is_table = true;
}

/* "- " or "1. "; the number stays. */
static const char *item_text(span line) {
    if (span_begins(line, "- "))
        return line.at + 2;
    return line.at < line.end && *line.at >= '0' && *line.at <= '9' &&
                   span_begins((span){line.at + 1, line.end}, ". ")
               ? line.at
               : NULL;
}

static void put_line(FILE *to, place *at, span line) {
    const char *const item = item_text(line);
    if (span_begins(line, "|")) {
        put_table_line(to, at, line);
        return;
    }
    fputs(at->is_table ? ".PP\n" : "", to);
    at->is_table = false;
    if (span_length(line) == 0) {
        fputs(".PP\n", to);
    } else if (span_begins(line, "#")) {
        put_heading(to, line);
    } else if (item) {
        fputs(".IP \\(bu 2\n", to);
        put_inline(to, (span){item, line.end});
        fputc('\n', to);
    } else {
        put_inline(to, line);
        fputc('\n', to);
    }
}

void page_of_markdown(FILE *to, const char *name, span text) {
    place at = {.is_table = false};
    span line;
    fprintf(to, ".SH NAME\n%s \\- ", name);
    span_next(&line, &text, "\n");
    roff_line(to, span_trimmed((span){line.at + 1, line.end}));
    fputs(".SH DESCRIPTION\n", to);
    while (span_next(&line, &text, "\n"))
        put_line(to, &at, line);
    fputs(".SH SEE ALSO\n.BR ctgsched (1),\n.BR ctgsched (3)\n", to);
}
