// SPDX-License-Identifier: GPL-3.0-or-later
/* One pass over the text with a stack of open containers. A subtree that no
 * pointer leads into is skipped without looking at its names. */
#include "io/locate.h"

#include <assert.h>
#include <string.h>

enum { DEEPEST = 66 };

/* A pointer on its way: `rest[d]` is what is left of it after d tokens. */
typedef struct target {
    fault *of;
    const char *rest[DEEPEST];
    int32_t matched; /* tokens matched by the path to here */
    bool wants_name, is_found;
} target;

typedef struct locator {
    io_text input;
    size_t at;
    target *targets;
    int32_t n, n_left;
    int32_t depth;
    bool is_array[DEEPEST];
    int32_t index[DEEPEST];
    size_t counted, line_begin; /* lines counted up to there */
    int32_t line;
} locator;

size_t scan_string(io_text input, size_t at) {
    for (size_t i = at + 1; i < input.n; i++) {
        if (input.at[i] == '\\')
            i++;
        else if (input.at[i] == '"')
            return i + 1;
    }
    return input.n;
}

void locate_offset(io_text input, size_t offset, int32_t *line,
                   int32_t *column) {
    size_t begin = 0;
    *line = 1;
    for (size_t i = 0; i < offset && i < input.n; i++)
        if (input.at[i] == '\n') {
            ++*line;
            begin = i + 1;
        }
    *column = (int32_t)(offset - begin) + 1;
}

static void skip_space(locator *l) {
    while (l->at < l->input.n && strchr(" \t\r\n", l->input.at[l->at]))
        l->at++;
}

/* Offsets only rise, so lines are counted once. */
static void found(locator *l, target *t, size_t offset) {
    for (; l->counted < offset; l->counted++)
        if (l->input.at[l->counted] == '\n') {
            l->line++;
            l->line_begin = l->counted + 1;
        }
    t->of->line = l->line;
    t->of->column = (int32_t)(offset - l->line_begin) + 1;
    t->is_found = true;
    l->n_left--;
}

static size_t put_utf8(char *out, uint32_t c) {
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

static uint32_t hex4(const char *at) {
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        const char c = at[i];
        const uint32_t digit = c <= '9'   ? (uint32_t)(c - '0')
                               : c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                          : (uint32_t)(c - 'a' + 10);
        value = value << 4 | (digit & 0xF);
    }
    return value;
}

/* One escape at `at` (behind the backslash): its bytes into `out`, `*n` of
 * them; returns the offset after it. The text is valid JSON. */
static size_t unescape(io_text in, size_t at, char out[4], size_t *n) {
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    const char c = in.at[at];
    const char *const short_one = strchr(from, c);
    if (c != 'u') {
        out[0] = short_one && c ? to[short_one - from] : c;
        *n = 1;
        return at + 1;
    }
    uint32_t code = at + 4 < in.n ? hex4(in.at + at + 1) : 0;
    at += 5;
    if (code >= 0xD800 && code < 0xDC00 && at + 5 < in.n) {
        code =
            0x10000 + ((code - 0xD800) << 10) + (hex4(in.at + at + 2) - 0xDC00);
        at += 6;
    }
    *n = put_utf8(out, code);
    return at;
}

/* Does the first token of `rest` ("/token...") spell the name at `at` (behind
 * its quote)? What follows the token goes to `*after`. */
static bool token_is_name(io_text in, size_t at, const char *rest,
                          const char **after) {
    if (*rest++ != '/')
        return false;
    while (at < in.n && in.at[at] != '"') {
        char bytes[4] = {in.at[at]};
        size_t n = 1;
        at = in.at[at] == '\\' ? unescape(in, at + 1, bytes, &n) : at + 1;
        for (size_t i = 0; i < n; i++, rest++) {
            char c = *rest;
            if (c == '~' && (rest[1] == '0' || rest[1] == '1'))
                c = *++rest == '0' ? '~' : '/';
            else if (c == '/' || c == '\0')
                return false;
            if (c != bytes[i])
                return false;
        }
    }
    *after = rest;
    return *rest == '\0' || *rest == '/';
}

static bool token_is_index(int32_t index, const char *rest,
                           const char **after) {
    int64_t value = 0;
    if (*rest++ != '/' || *rest < '0' || *rest > '9')
        return false;
    for (; *rest >= '0' && *rest <= '9' && value < INT32_MAX; rest++)
        value = 10 * value + (*rest - '0');
    *after = rest;
    return value == index;
}

/* Moves every pointer along that goes through the element `index`, or the
 * member whose name is at `name`; tells whether any does. */
static bool enter(locator *l, int32_t index, size_t name) {
    bool any = false;
    for (int32_t i = 0; i < l->n; i++) {
        target *const t = &l->targets[i];
        const char *after = NULL;
        if (t->is_found || t->matched != l->depth)
            continue;
        const char *const rest = t->rest[t->matched];
        const bool leads = l->is_array[l->depth]
                               ? token_is_index(index, rest, &after)
                               : token_is_name(l->input, name, rest, &after);
        if (!leads)
            continue;
        t->rest[++t->matched] = after;
        any = true;
        if (*after == '\0' && t->wants_name && !l->is_array[l->depth])
            found(l, t, name - 1);
    }
    return any;
}

static void leave(locator *l) {
    for (int32_t i = 0; i < l->n; i++)
        if (l->targets[i].matched == l->depth + 1)
            l->targets[i].matched--;
}

/* Past the value that begins here, whatever it holds. */
static void skip_value(locator *l) {
    int32_t open = 0;
    do {
        skip_space(l);
        if (l->at >= l->input.n)
            return;
        const char c = l->input.at[l->at];
        if (c == '"') {
            l->at = scan_string(l->input, l->at);
            continue;
        }
        open += (c == '{' || c == '[') - (c == '}' || c == ']');
        l->at++;
        if (!strchr("{}[],:", c))
            while (l->at < l->input.n &&
                   !strchr("{}[],: \t\r\n\"", l->input.at[l->at]))
                l->at++;
    } while (open > 0);
}

/* Reports who points at the value here; opens it when others lead into it. */
static bool open_value(locator *l, int32_t depth) {
    bool leads_in = false;
    for (int32_t i = 0; i < l->n; i++) {
        target *const t = &l->targets[i];
        if (t->is_found || t->matched != depth)
            continue;
        if (*t->rest[depth] == '\0')
            found(l, t, l->at);
        else
            leads_in = true;
    }
    const char c = l->at < l->input.n ? l->input.at[l->at] : '\0';
    if (!leads_in || (c != '{' && c != '[') || depth + 1 >= DEEPEST)
        return false;
    l->depth = depth;
    l->is_array[depth] = c == '[';
    l->index[depth] = 0;
    l->at++;
    return true;
}

/* One element or member of the innermost open container, or its end. */
static void walk_one(locator *l) {
    skip_space(l);
    const char c = l->at < l->input.n ? l->input.at[l->at] : ']';
    if (c == ',') {
        l->at++;
        return;
    }
    if (c == ']' || c == '}') {
        l->at++;
        l->depth--;
        if (l->depth >= 0)
            leave(l);
        return;
    }
    const size_t name = l->at + 1;
    if (!l->is_array[l->depth]) {
        l->at = scan_string(l->input, l->at);
        skip_space(l);
        l->at++; // the colon
        skip_space(l);
    }
    const bool leads = enter(l, l->index[l->depth]++, name);
    if (leads && open_value(l, l->depth + 1))
        return;
    skip_value(l);
    if (leads)
        leave(l);
}

bool locate_faults(io_text input, fault *faults, int32_t n, arena *scratch) {
    const arena_mark mark = arena_here(scratch);
    locator l = {.input = input,
                 .n = n,
                 .n_left = n,
                 .depth = -1,
                 .line = 1,
                 .targets = ARENA_NEW(scratch, target, n)};
    if (!l.targets)
        return false;
    for (int32_t i = 0; i < n; i++) {
        target *const t = &l.targets[i];
        t->of = &faults[i];
        t->rest[0] = faults[i].pointer;
        t->wants_name = strcmp(faults[i].code, "E-MEMBER") == 0 ||
                        strcmp(faults[i].code, "E-RESERVED") == 0;
        t->of->line = t->of->column = 1;
    }
    skip_space(&l);
    if (open_value(&l, 0))
        while (l.depth >= 0 && l.at < input.n && l.n_left > 0)
            walk_one(&l);
    arena_rewind(scratch, mark);
    return true;
}
