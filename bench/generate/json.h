// SPDX-License-Identifier: GPL-3.0-or-later
/* A JSON writer that cannot write a missing comma. One member of the three
 * outer levels a line, deeper values on their parent's line. */
#ifndef GENERATE_JSON_H
#define GENERATE_JSON_H

#include <stdbool.h>
#include <stdio.h>

typedef struct json {
    FILE *file; /* not owned */
    int depth;
    bool filled[16]; /* the open object or list has a member already */
} json;

/* `key` is NULL for an element of a list and for the outermost value. Texts are
 * written as they are: the generator makes none that needs an escape. */
void json_open(json *out, const char *key, char bracket); /* '{' or '[' */
void json_close(json *out, char bracket);                 /* '}' or ']' */
void json_text(json *out, const char *key, const char *value);
void json_int(json *out, const char *key, long value);
void json_bool(json *out, const char *key, bool value);
void json_time(json *out, const char *key, int minute);
void json_date(json *out, const char *key, int civil);

#endif
