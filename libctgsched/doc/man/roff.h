/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of text, and how they are written for roff; the programs of this
 * folder run while the project is built, so that a manual page cannot say
 * anything else than the header or the document that it is made of. */
#ifndef CTGSCHED_DOC_ROFF_H
#define CTGSCHED_DOC_ROFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/** Text from `at` to before `end`, of somebody else. */
typedef struct span {
    const char *at;
    const char *end;
} span;

span span_of(const char *text);
size_t span_length(span of);
bool span_begins(span of, const char *word);
span span_trimmed(span of);

/** Where `word` begins in `of`, or NULL. */
const char *span_find(span of, const char *word);

/** Takes the piece before the next `mark`, and the mark, off `rest`; the last
 * piece has none behind it. False when nothing is left. */
bool span_next(span *piece, span *rest, const char *mark);

/** Text, none of it a command. Where a line begins `is_first` is true. */
void roff_text(FILE *to, span text, bool is_first);

/** A line that is shown as it is. */
void roff_line(FILE *to, span text);

/** The functions that a header declares: `text` is all of it, the rest zero. */
typedef struct functions {
    span text;
    span code;
} functions;

bool next_function(span *name, functions *of);

/** What a page says, but for its first line. */
void page_of_header(FILE *to, const char *name, span text);
void page_of_markdown(FILE *to, const char *name, span text);

#endif
