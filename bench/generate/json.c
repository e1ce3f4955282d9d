// SPDX-License-Identifier: GPL-3.0-or-later
/* See json.h. Everything below LINED levels shares its parent's line, so that
 * one structure or one request is one line: diffs stay readable. */
#include "json.h"

#include <assert.h>

#include "day.h"

enum { LINED = 2 };

static void begin_value(json *out, const char *key) {
    if (out->depth > 0) {
        const bool follows = out->filled[out->depth];
        if (follows)
            fputc(',', out->file);
        out->filled[out->depth] = true;
        if (out->depth <= LINED)
            fprintf(out->file, "\n%*s", 2 * out->depth, "");
        else if (follows)
            fputc(' ', out->file);
    }
    if (key)
        fprintf(out->file, "\"%s\": ", key);
}

void json_open(json *out, const char *key, char bracket) {
    begin_value(out, key);
    fputc(bracket, out->file);
    out->depth++;
    assert(out->depth < (int)(sizeof out->filled / sizeof *out->filled));
    out->filled[out->depth] = false;
}

void json_close(json *out, char bracket) {
    assert(out->depth > 0);
    if (out->depth <= LINED && out->filled[out->depth])
        fprintf(out->file, "\n%*s", 2 * (out->depth - 1), "");
    out->depth--;
    fputc(bracket, out->file);
    if (out->depth == 0)
        fputc('\n', out->file);
}

void json_text(json *out, const char *key, const char *value) {
    begin_value(out, key);
    fprintf(out->file, "\"%s\"", value);
}

void json_int(json *out, const char *key, long value) {
    begin_value(out, key);
    fprintf(out->file, "%ld", value);
}

void json_bool(json *out, const char *key, bool value) {
    begin_value(out, key);
    fputs(value ? "true" : "false", out->file);
}

void json_time(json *out, const char *key, int minute) {
    begin_value(out, key);
    fprintf(out->file, "\"%02d:%02d\"", minute / 60, minute % 60);
}

void json_date(json *out, const char *key, int civil) {
    const day_date d = day_to_date(civil);
    begin_value(out, key);
    fprintf(out->file, "\"%04d-%02d-%02d\"", d.year, d.month, d.day);
}
