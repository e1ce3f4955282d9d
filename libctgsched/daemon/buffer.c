// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/buffer.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FIRST_ROOM = 256 };

void *need(size_t bytes) {
    void *const block = calloc(1, bytes ? bytes : 1);
    if (!block) {
        fputs("level=error event=no_memory\n", stderr);
        exit(1);
    }
    return block;
}

char *need_copy(const char *text) {
    if (!text)
        return NULL;
    const size_t n = strlen(text) + 1;
    return memcpy(need(n), text, n);
}

void buffer_free(buffer *held) {
    free(held->at);
    *held = (buffer){0};
}

static bool make_room(buffer *to, size_t more) {
    if (to->failed || more > SIZE_MAX / 2 - to->n) {
        to->failed = true;
        return false;
    }
    if (to->n + more < to->room)
        return true;
    size_t room = to->room ? to->room : FIRST_ROOM;
    while (room <= to->n + more)
        room *= 2;
    char *const grown = realloc(to->at, room);
    if (!grown) {
        to->failed = true;
        return false;
    }
    to->at = grown;
    to->room = room;
    return true;
}

void buffer_add(buffer *to, const char *bytes, size_t n) {
    if (!make_room(to, n))
        return;
    memcpy(to->at + to->n, bytes, n);
    to->n += n;
    to->at[to->n] = '\0';
}

void buffer_puts(buffer *to, const char *text) {
    buffer_add(to, text, strlen(text));
}

void buffer_printf(buffer *to, const char *format, ...) {
    va_list rest, again;
    va_start(rest, format);
    va_copy(again, rest);
    const int n = vsnprintf(NULL, 0, format, rest);
    va_end(rest);
    if (n >= 0 && make_room(to, (size_t)n + 1)) {
        vsnprintf(to->at + to->n, (size_t)n + 1, format, again);
        to->n += (size_t)n;
    }
    va_end(again);
}

static void put_quoted(buffer *to, const char *text) {
    buffer_add(to, "\"", 1);
    for (const char *c = text; *c;) {
        const size_t plain = strcspn(c, "\"\\\b\t\n\f\r\x01\x02\x03\x04\x05\x06"
                                        "\x07\x0b\x0e\x0f\x10\x11\x12\x13\x14"
                                        "\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d"
                                        "\x1e\x1f");
        buffer_add(to, c, plain);
        c += plain;
        if (!*c)
            break;
        if (*c == '"' || *c == '\\')
            buffer_printf(to, "\\%c", *c);
        else
            buffer_printf(to, "\\u%04x", (unsigned)(unsigned char)*c);
        c++;
    }
    buffer_add(to, "\"", 1);
}

static void put_key(buffer *to, const char *key) {
    if (to->has_before)
        buffer_add(to, ",", 1);
    to->has_before = true;
    if (key) {
        put_quoted(to, key);
        buffer_add(to, ":", 1);
    }
}

static void put_open(buffer *to, const char *key, const char *bracket) {
    put_key(to, key);
    buffer_add(to, bracket, 1);
    to->has_before = false;
}

void emit_object(buffer *to, const char *key) { put_open(to, key, "{"); }

void emit_array(buffer *to, const char *key) { put_open(to, key, "["); }

void emit_end(buffer *to, char bracket) {
    buffer_add(to, &bracket, 1);
    to->has_before = true;
}

void emit_text(buffer *to, const char *key, const char *value) {
    put_key(to, key);
    if (value)
        put_quoted(to, value);
    else
        buffer_puts(to, "null");
}

void emit_text_if(buffer *to, const char *key, const char *value) {
    if (value && value[0])
        emit_text(to, key, value);
}

void emit_int(buffer *to, const char *key, int64_t value) {
    put_key(to, key);
    buffer_printf(to, "%" PRId64, value);
}

void emit_bool(buffer *to, const char *key, bool value) {
    put_key(to, key);
    buffer_puts(to, value ? "true" : "false");
}

void emit_minute(buffer *to, const char *key, int32_t minute) {
    put_key(to, key);
    buffer_printf(to, "\"%02d:%02d\"", (int)(minute / 60), (int)(minute % 60));
}

void emit_raw(buffer *to, const char *key, const char *json, size_t n) {
    put_key(to, key);
    buffer_add(to, json, n);
}

void emit_instant(buffer *to, const char *key, int64_t at_ms) {
    char text[40] = "";
    struct tm parts;
    const time_t seconds = (time_t)(at_ms / 1000);
    if (gmtime_r(&seconds, &parts))
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    emit_text(to, key, text);
}

int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
