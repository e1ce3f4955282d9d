// SPDX-License-Identifier: GPL-3.0-or-later
/* Numbers are printed without the locale; text is escaped as RFC 8259 asks. */
#include "cli/emit.h"

#include <inttypes.h>

static void put_string(FILE *to, const char *value) {
    fputc('"', to);
    for (const unsigned char *c = (const unsigned char *)value; *c; c++) {
        if (*c == '"' || *c == '\\')
            fprintf(to, "\\%c", *c);
        else if (*c == '\n')
            fputs("\\n", to);
        else if (*c < 0x20)
            fprintf(to, "\\u%04x", *c);
        else
            fputc(*c, to);
    }
    fputc('"', to);
}

static void put_key(emit *out, const char *key) {
    if (out->has_before)
        fputc(',', out->to);
    if (out->is_flat) {
        if (out->has_before)
            fputc(' ', out->to);
    } else if (out->depth > 0) {
        fprintf(out->to, "\n%*s", 2 * out->depth, "");
    }
    out->has_before = true;
    if (!key)
        return;
    put_string(out->to, key);
    fputs(": ", out->to);
}

static void put_open(emit *out, const char *key, char bracket) {
    put_key(out, key);
    fputc(bracket, out->to);
    out->depth++;
    out->has_before = false;
}

void emit_object(emit *out, const char *key) { put_open(out, key, '{'); }

void emit_array(emit *out, const char *key) { put_open(out, key, '['); }

void emit_close(emit *out, char bracket) {
    out->depth--;
    if (out->has_before && !out->is_flat)
        fprintf(out->to, "\n%*s", 2 * out->depth, "");
    fputc(bracket, out->to);
    out->has_before = true;
}

void emit_begin(emit *out, FILE *to, const char *verb) {
    *out = (emit){.to = to};
    emit_object(out, NULL);
    put_key(out, "schema");
    fprintf(to, "\"ctgsched/%s-result/1\"", verb);
}

void emit_end(emit *out) {
    emit_close(out, '}');
    fputc('\n', out->to);
}

void emit_text(emit *out, const char *key, const char *value) {
    put_key(out, key);
    if (value)
        put_string(out->to, value);
    else
        fputs("null", out->to);
}

void emit_text_if(emit *out, const char *key, const char *value) {
    if (value && value[0])
        emit_text(out, key, value);
}

void emit_int(emit *out, const char *key, int64_t value) {
    put_key(out, key);
    fprintf(out->to, "%" PRId64, value);
}

void emit_uint(emit *out, const char *key, uint64_t value) {
    put_key(out, key);
    fprintf(out->to, "%" PRIu64, value);
}

void emit_bool(emit *out, const char *key, bool value) {
    put_key(out, key);
    fputs(value ? "true" : "false", out->to);
}

void emit_real(emit *out, const char *key, double value, int digits) {
    uint64_t power = 1;
    for (int i = 0; i < digits; i++)
        power *= 10;
    put_key(out, key);
    const double scaled = value * (double)power + 0.5;
    const uint64_t whole = scaled < 1e18 ? (uint64_t)scaled : UINT64_C(0);
    if (scaled < 1e18)
        fprintf(out->to, "%" PRIu64 ".%0*" PRIu64, whole / power, digits,
                whole % power);
    else
        fprintf(out->to, "1e18");
}

void emit_raw(emit *out, const char *key, const char *json, size_t n) {
    put_key(out, key);
    while (n > 0 && (json[n - 1] == '\n' || json[n - 1] == ' '))
        n--;
    fwrite(json, 1, n, out->to);
}
