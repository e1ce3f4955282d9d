// SPDX-License-Identifier: GPL-3.0-or-later
/* Jansson calls it a syntax error when memory ends inside a token. Looking
 * again, without memory, tells the two apart. */
#include "io/wellformed.h"

#include <string.h>

enum { DEEPEST = 64 };

typedef struct scan {
    const char *at, *end;
    char open[DEEPEST]; /* '{' or '[' */
    int32_t depth;
} scan;

typedef enum expected { VALUE, NAME, MORE } expected;

static bool next_is(const scan *s, char c) {
    return s->at < s->end && *s->at == c;
}

static bool take(scan *s, char c) {
    const bool is_there = next_is(s, c);
    s->at += is_there;
    return is_there;
}

static bool take_any(scan *s, const char *set) {
    const bool is_there = s->at < s->end && *s->at && strchr(set, *s->at);
    s->at += is_there;
    return is_there;
}

static void skip_space(scan *s) {
    while (take_any(s, " \t\r\n"))
        ;
}

static bool take_word(scan *s, const char *word) {
    const size_t n = strlen(word);
    if ((size_t)(s->end - s->at) < n || memcmp(s->at, word, n) != 0)
        return false;
    s->at += n;
    return true;
}

static bool take_digits(scan *s) {
    bool any = false;
    while (take_any(s, "0123456789"))
        any = true;
    return any;
}

static bool take_number(scan *s) {
    take(s, '-');
    if (!take(s, '0') && !take_digits(s))
        return false;
    if (take(s, '.') && !take_digits(s))
        return false;
    if (!take_any(s, "eE"))
        return true;
    take_any(s, "+-");
    return take_digits(s);
}

/* Four hexadecimal digits that are neither NUL nor half of a pair. */
static bool take_code(scan *s) {
    const char *const digits = s->at;
    for (int i = 0; i < 4; i++)
        if (!take_any(s, "0123456789abcdefABCDEF"))
            return false;
    const bool is_half =
        (digits[0] | 0x20) == 'd' && !strchr("01234567", digits[1]);
    return !is_half && memcmp(digits, "0000", 4) != 0;
}

/* One character of more than one byte, in the shortest form (RFC 3629). */
static bool take_utf8(scan *s) {
    const unsigned char first = (unsigned char)*s->at;
    const int more = first >= 0xC2 && first <= 0xDF   ? 1
                     : first >= 0xE0 && first <= 0xEF ? 2
                     : first >= 0xF0 && first <= 0xF4 ? 3
                                                      : 0;
    if (more == 0 || s->end - s->at <= more)
        return false;
    const unsigned char second = (unsigned char)s->at[1];
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
        (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F))
        return false;
    for (int i = 1; i <= more; i++)
        if (((unsigned char)s->at[i] & 0xC0) != 0x80)
            return false;
    s->at += more + 1;
    return true;
}

static bool take_string(scan *s) {
    if (!take(s, '"'))
        return false;
    while (s->at < s->end && !next_is(s, '"')) {
        const unsigned char c = (unsigned char)*s->at;
        if (c < 0x20)
            return false;
        if (c >= 0x80) {
            if (!take_utf8(s))
                return false;
        } else if (c != '\\')
            s->at++;
        else if (s->at++,
                 !take_any(s, "\"\\/bfnrt") && !(take(s, 'u') && take_code(s)))
            return false;
    }
    return take(s, '"');
}

static bool take_scalar(scan *s) {
    if (next_is(s, '"'))
        return take_string(s);
    return take_word(s, "true") || take_word(s, "false") ||
           take_word(s, "null") || take_number(s);
}

static bool close_one(scan *s) {
    const char c = s->depth && s->open[s->depth - 1] == '{' ? '}' : ']';
    if (s->depth == 0 || !take(s, c))
        return false;
    s->depth--;
    return true;
}

/* A value, or the beginning of one that holds others. */
static bool take_value(scan *s, expected *next) {
    if (!next_is(s, '{') && !next_is(s, '[')) {
        *next = MORE;
        return s->depth > 0 && take_scalar(s);
    }
    if (s->depth == DEEPEST)
        return false;
    s->open[s->depth++] = *s->at++;
    skip_space(s);
    const bool is_object = s->open[s->depth - 1] == '{';
    *next = close_one(s) ? MORE : is_object ? NAME : VALUE;
    return true;
}

static bool take_name(scan *s) {
    if (!take_string(s))
        return false;
    skip_space(s);
    return take(s, ':');
}

bool text_is_json(io_text input) {
    scan s = {.at = input.at, .end = input.at + input.n};
    expected next = VALUE;
    for (;;) {
        skip_space(&s);
        if (next == VALUE) {
            if (!take_value(&s, &next))
                return false;
        } else if (next == NAME) {
            if (!take_name(&s))
                return false;
            next = VALUE;
        } else if (s.depth == 0)
            return s.at == s.end;
        else if (take(&s, ','))
            next = s.open[s.depth - 1] == '{' ? NAME : VALUE;
        else if (!close_one(&s))
            return false;
    }
}
