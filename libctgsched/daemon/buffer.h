// SPDX-License-Identifier: GPL-3.0-or-later
/* Memory of the daemon: small things that must be there, and growing texts. */
#ifndef CTGSCHED_DAEMON_BUFFER_H
#define CTGSCHED_DAEMON_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zeroed memory for a small thing. A process that has none left for a few
 * bytes ends: the state is durable, whoever supervises starts it again. */
void *need(size_t bytes);
#define NEED(type) ((type *)need(sizeof(type)))
char *need_copy(const char *text); /* NULL gives NULL */

/* A growing text; `at` ends with '\0' once anything was added. What may be
 * large may fail: then `failed` is set and the text is no longer whole. */
typedef struct buffer {
    char *at;
    size_t n, room;
    bool failed;
    bool has_before; /* JSON: a comma is due before the next value */
} buffer;

void buffer_free(buffer *held);
void buffer_add(buffer *to, const char *bytes, size_t n);
void buffer_puts(buffer *to, const char *text);
void buffer_printf(buffer *to, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* JSON. `key` is NULL in an array and at the top. */
void emit_object(buffer *to, const char *key);
void emit_array(buffer *to, const char *key);
void emit_end(buffer *to, char bracket);
void emit_text(buffer *to, const char *key, const char *value); /* NULL: null */
void emit_text_if(buffer *to, const char *key, const char *value);
void emit_int(buffer *to, const char *key, int64_t value);
void emit_bool(buffer *to, const char *key, bool value);
void emit_minute(buffer *to, const char *key, int32_t minute); /* "HH:MM" */
void emit_raw(buffer *to, const char *key, const char *json, size_t n);
/* "2026-09-09T07:00:00Z" */
void emit_instant(buffer *to, const char *key, int64_t at_ms);

int64_t now_ms(void); /* wall clock, milliseconds since 1970 */

#endif
