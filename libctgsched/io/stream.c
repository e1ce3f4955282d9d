// SPDX-License-Identifier: GPL-3.0-or-later
/* See stream.h. The scan knows brackets and strings only; whatever else is
 * wrong the parser finds, in the frame or in an element. */
#include "io/stream.h"

#include <assert.h>
#include <string.h>

#include "io/locate.h"
#include "io/wellformed.h"

typedef struct framing {
    stream *out;
    arena *mem;
    text frame;    /* the text with null for the elements */
    size_t at;     /* scanned up to there */
    size_t copied; /* in the frame up to there */
} framing;

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static char skip_space(framing *f) {
    const io_text in = f->out->input;
    while (f->at < in.n && is_space(in.at[f->at]))
        f->at++;
    return f->at < in.n ? in.at[f->at] : '\0';
}

/* To the ',' or the bracket that ends a value; '\0' at the end of the text. */
static char skip_value(framing *f) {
    const io_text in = f->out->input;
    int32_t depth = 0;
    for (; f->at < in.n; f->at++) {
        const char c = in.at[f->at];
        if (c == '"')
            f->at = scan_string(in, f->at) - 1;
        else if (c == '{' || c == '[')
            depth++;
        else if (depth == 0 && (c == ',' || c == ']' || c == '}'))
            return c;
        else if (c == ']' || c == '}')
            depth--;
    }
    return '\0';
}

static void copy_frame(framing *f) {
    text_add(&f->frame, f->out->input.at + f->copied, f->at - f->copied);
    f->copied = f->at;
}

static bool add_element(framing *f, stream_list *list, span element) {
    if (list->n == list->room) {
        const int32_t room = list->room ? 2 * list->room : 64;
        span *const wider =
            arena_grow(f->mem, list->elements, (size_t)list->room, (size_t)room,
                       sizeof *wider, _Alignof(span));
        if (!wider) {
            f->out->has_no_memory = true;
            return false;
        }
        list->elements = wider;
        list->room = room;
    }
    list->elements[list->n++] = element;
    text_puts(&f->frame, "null");
    return true;
}

/* From the '[' to the place after the ']'. */
static bool frame_list(framing *f, stream_list *list) {
    f->at++;
    if (skip_space(f) == ']')
        return ++f->at > 0;
    for (char end = ','; end == ',';) {
        copy_frame(f);
        const size_t begin = f->at;
        end = skip_value(f);
        if (end == '\0' || end == '}' ||
            !add_element(f, list, (span){begin, f->at}))
            return false;
        f->copied = f->at++;
    }
    return true;
}

static stream_list *list_named(stream *s, size_t begin, size_t end) {
    for (int32_t k = 0; k < STREAM_LISTS; k++) {
        const size_t n = strlen(s->lists[k].name);
        if (end - begin == n + 2 &&
            memcmp(s->input.at + begin + 1, s->lists[k].name, n) == 0)
            return s->lists[k].n == 0 ? &s->lists[k] : NULL;
    }
    return NULL;
}

/* One member of the root; the end of it in `*end`. */
static bool frame_member(framing *f, char *end) {
    if (skip_space(f) != '"')
        return false;
    const size_t begin = f->at;
    f->at = scan_string(f->out->input, f->at);
    stream_list *const list = list_named(f->out, begin, f->at);
    if (skip_space(f) != ':')
        return false;
    f->at++;
    if (list && skip_space(f) == '[' && !frame_list(f, list))
        return false;
    *end = skip_value(f);
    f->at += *end != '\0';
    return true;
}

static bool frame_root(framing *f) {
    char end = ',';
    if (skip_space(f) != '{')
        return false;
    f->at++;
    if (skip_space(f) == '}')
        return false;
    while (end == ',')
        if (!frame_member(f, &end))
            return false;
    f->at = f->out->input.n;
    copy_frame(f);
    return end == '}' && !f->frame.failed;
}

/* Jansson may tell memory that ends inside a token as bad syntax. */
static json_t *parse(stream *s, io_text input, size_t flags) {
    json_error_t error = {.line = -1};
    json_t *const found =
        json_loadb(input.at, input.n, flags | JSON_REJECT_DUPLICATES, &error);
    if (found)
        return found;
    const enum json_error_code code = json_error_code(&error);
    if (code == json_error_out_of_memory ||
        (code != json_error_duplicate_key &&
         code != json_error_numeric_overflow && text_is_json(input)))
        s->has_no_memory = true;
    else
        s->is_malformed = true;
    return NULL;
}

ctg_status stream_open(stream *out, json_t **root, io_text input, arena *mem) {
    framing f = {.out = out, .mem = mem, .frame = {.mem = mem}};
    *out = (stream){.input = input,
                    .lists = {{.name = "children"}, {.name = "requests"}}};
    *root = NULL;
    if (frame_root(&f))
        *root = parse(out, (io_text){f.frame.at, f.frame.n}, 0);
    if (f.frame.failed || out->has_no_memory)
        return CTG_ERR_NOMEM;
    for (int32_t k = 0; *root && k < STREAM_LISTS; k++)
        if (out->lists[k].n > 0)
            out->lists[k].at = json_object_get(*root, out->lists[k].name);
    return CTG_OK;
}

static json_t *parse_element(stream *s, span element) {
    const io_text slice = {s->input.at + element.begin,
                           element.end - element.begin};
    return parse(s, slice, JSON_DECODE_ANY);
}

static stream_list *list_at(stream *s, const cursor *list) {
    for (int32_t k = 0; s && list->at && k < STREAM_LISTS; k++)
        if (s->lists[k].at == list->at)
            return &s->lists[k];
    return NULL;
}

cursor stream_enter(stream *s, const cursor *list, int32_t index) {
    stream_list *const its = list_at(s, list);
    if (its) {
        assert(index == its->n_entered && index < its->n);
        json_t *const element = parse_element(s, its->elements[index]);
        its->n_entered++;
        if (element)
            json_array_set_new(its->at, (size_t)index, element);
    }
    return cursor_element(list, index);
}

void stream_leave(stream *s, const cursor *list, int32_t index) {
    const stream_list *const its = list_at(s, list);
    if (its)
        json_array_set_new(its->at, (size_t)index, json_null());
}

ctg_status stream_close(stream *s) {
    for (int32_t k = 0; k < STREAM_LISTS; k++) {
        stream_list *const list = &s->lists[k];
        for (;
             list->n_entered < list->n && !s->is_malformed && !s->has_no_memory;
             list->n_entered++)
            json_decref(parse_element(s, list->elements[list->n_entered]));
    }
    return s->has_no_memory ? CTG_ERR_NOMEM : CTG_OK;
}
