// SPDX-License-Identifier: GPL-3.0-or-later
/* Pieces of text, and how they are written for roff. */
#include "roff.h"

#include <assert.h>
#include <string.h>

span span_of(const char *text) { return (span){text, text + strlen(text)}; }

size_t span_length(span of) {
    assert(of.at <= of.end);
    return (size_t)(of.end - of.at);
}

bool span_begins(span of, const char *word) {
    const size_t n = strlen(word);
    return span_length(of) >= n && memcmp(of.at, word, n) == 0;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

span span_trimmed(span of) {
    while (of.at < of.end && is_blank(*of.at))
        of.at++;
    while (of.at < of.end && is_blank(of.end[-1]))
        of.end--;
    return of;
}

const char *span_find(span of, const char *word) {
    for (; of.at < of.end; of.at++)
        if (span_begins(of, word))
            return of.at;
    return NULL;
}

bool span_next(span *piece, span *rest, const char *mark) {
    if (rest->at == rest->end)
        return false;
    const char *const found = span_find(*rest, mark);
    *piece = (span){rest->at, found ? found : rest->end};
    rest->at = found ? found + strlen(mark) : rest->end;
    return true;
}

/* A dot or a quote that opens a line makes it a command, a double quote means
 * something behind a command, a hyphen is "\-", a backslash "\e". */
void roff_text(FILE *to, span text, bool is_first) {
    if (is_first && (span_begins(text, ".") || span_begins(text, "'")))
        fputs("\\&", to);
    for (; text.at < text.end; text.at++) {
        if (*text.at == '-')
            fputs("\\-", to);
        else if (*text.at == '\\')
            fputs("\\e", to);
        else if (*text.at == '"')
            fputs("\\(dq", to);
        else
            fputc(*text.at, to);
    }
}

void roff_line(FILE *to, span text) {
    roff_text(to, text, true);
    fputc('\n', to);
}
