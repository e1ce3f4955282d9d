// SPDX-License-Identifier: GPL-3.0-or-later
/* Jansson is asked only after our own scan has bounded size and depth. Its
 * state is its own: json_set_alloc_funcs is global and stays untouched. */
#include "io/document.h"

#include <assert.h>
#include <string.h>

#include "io/locate.h"
#include "io/stream.h"
#include "io/wellformed.h"

enum { DEPTH_MOST = 64 };
static const size_t bytes_most = (size_t)512 << 20;

/* The place after which the text nests too deeply, or `n`. Texts that are not
 * JSON give any place: Jansson refuses them. */
static size_t find_too_deep(io_text input) {
    int32_t depth = 0;
    for (size_t i = 0; i < input.n; i++) {
        const char c = input.at[i];
        if (c == '"')
            i = scan_string(input, i) - 1;
        else if (c == '{' || c == '[')
            depth++;
        else if ((c == '}' || c == ']') && depth > 0)
            depth--;
        if (depth > DEPTH_MOST)
            return i;
    }
    return input.n;
}

/* Gives the newest fault a place in the text. */
static void place_last(reader *r, int32_t n_before, io_text input,
                       size_t offset) {
    text pointer = {.mem = r->faults->mem};
    if (r->faults->n == n_before)
        return;
    fault *const last = &r->faults->at[r->faults->n - 1];
    locate_offset(input, offset, &last->line, &last->column);
    trace_pointer(&pointer, input, offset);
    r->faults->out_of_memory |= pointer.failed;
    if (pointer.n > 0 && !pointer.failed)
        last->pointer = pointer.at;
}

static const char *code_of(const json_error_t *error) {
    switch (json_error_code(error)) {
    case json_error_duplicate_key:
        return "E-DUPLICATE";
    case json_error_numeric_overflow:
        return "E-RANGE";
    case json_error_stack_overflow:
        return "E-LIMIT";
    default:
        return "E-SYNTAX";
    }
}

/* Where the token begins that Jansson stopped at: it tells where it ends, and
 * quotes it as near '...'. */
static size_t token_begin(io_text input, const json_error_t *error) {
    static const char near[] = "near '";
    const size_t end = error->position > 0 ? (size_t)error->position : 1;
    const char *const quote = strstr(error->text, near);
    if (!quote || end > input.n)
        return end - 1;
    const char *const token = quote + strlen(near);
    const size_t n = strlen(token) - 1; // without the closing quote
    const bool is_there =
        n >= 1 && n <= end && memcmp(input.at + end - n, token, n) == 0;
    return is_there ? end - n : end - 1;
}

static const char *advice_on_syntax(const char *what) {
    static const struct {
        const char *begin, *advice;
    } known[] = {
        {"invalid token", "JSON spells it otherwise: 12, \"text\", true, null"},
        {"control character", "write it as \\n or leave it out"},
        {"'[' or '{' expected", "this is another kind of file"},
    };
    for (int32_t i = 0; i < COUNT(known); i++)
        if (strncmp(what, known[i].begin, strlen(known[i].begin)) == 0)
            return known[i].advice;
    return "a comma, a quote or a bracket is missing before";
}

static const char *advice_on(const json_error_t *error) {
    switch (json_error_code(error)) {
    case json_error_duplicate_key:
        return "one of them is a copy";
    case json_error_numeric_overflow:
        return "there is a digit too many";
    case json_error_premature_end_of_input:
        return "the file was cut, or a bracket is left open";
    case json_error_end_of_input_expected:
        return "a bracket closes too early, or two files were joined";
    case json_error_invalid_utf8:
        return "save the file as UTF-8";
    case json_error_null_character:
        return "leave it out";
    default:
        return advice_on_syntax(error->text);
    }
}

/* Jansson names its own flag. */
static const char *text_of(const json_error_t *error) {
    return json_error_code(error) == json_error_null_character
               ? "the character \\u0000 stands in a text"
               : error->text;
}

static void fault_syntax(reader *r, io_text input, const json_error_t *error) {
    char what[2 * SHOWN + JSON_ERROR_TEXT_LENGTH];
    size_t n = 0;
    for (const char *at = text_of(error); at[n] && n + 1 < sizeof what; n++)
        what[n] = at[n] >= ' ' && at[n] < 0x7F ? at[n] : '?';
    what[n] = '\0';
    const int32_t before = r->faults->n;
    reader_fault(r, FAULT_ERROR, code_of(error), NULL, "%s. Maybe %s.", what,
                 advice_on(error));
    place_last(r, before, input, token_begin(input, error));
}

/* What would be told as a missing bracket. */
static const char *find_no_text(io_text input) {
    static const char mark[] = "\xEF\xBB\xBF";
    if (input.n >= 3 && memcmp(input.at, mark, 3) == 0)
        return "the file begins with a byte order mark. Maybe save it as UTF-8 "
               "without one.";
    for (size_t i = 0; i < input.n; i++)
        if (!strchr(" \t\r\n", input.at[i]) || input.at[i] == '\0')
            return NULL;
    return "the file is empty. Maybe another one was meant.";
}

/* What is told before anybody parses. */
static bool is_refused(reader *r, io_text input) {
    const int32_t before = r->faults->n;
    if (input.n > bytes_most) {
        reader_fault(
            r, FAULT_ERROR, "E-LIMIT", NULL,
            "the text has more than 512 MiB. Maybe split the problem.");
        place_last(r, before, input, 0);
        return true;
    }
    const char *const no_text = find_no_text(input);
    if (no_text) {
        reader_fault(r, FAULT_ERROR, "E-SYNTAX", NULL, "%s", no_text);
        place_last(r, before, input, 0);
        return true;
    }
    const size_t deep = find_too_deep(input);
    if (deep < input.n) {
        reader_fault(r, FAULT_ERROR, "E-LIMIT", NULL,
                     "the text nests deeper than 64. Maybe a bracket is left "
                     "open.");
        place_last(r, before, input, deep);
    }
    return deep < input.n;
}

ctg_status document_open(document *out, reader *r, io_text input) {
    *out = (document){.input = input, .first_fault = r->faults->n};
    if (is_refused(r, input))
        return CTG_OK;
    json_error_t error = {.line = -1};
    out->root = json_loadb(input.n ? input.at : "", input.n,
                           JSON_REJECT_DUPLICATES, &error);
    if (out->root)
        return CTG_OK;
    /* Memory that ends inside a token is told as bad syntax, too. */
    if (json_error_code(&error) == json_error_out_of_memory ||
        (strcmp(code_of(&error), "E-SYNTAX") == 0 && text_is_json(input)))
        return CTG_ERR_NOMEM;
    fault_syntax(r, input, &error);
    return CTG_OK;
}

ctg_status document_open_lists(document *out, reader *r, io_text input,
                               stream *lists) {
    *out = (document){.input = input, .first_fault = r->faults->n};
    if (is_refused(r, input))
        return CTG_OK;
    TRY(stream_open(lists, &out->root, input, r->tables));
    if (!out->root)
        return document_open(out, r, input);
    r->stream = lists;
    return CTG_OK;
}

static bool is_before(const fault *a, const fault *b) {
    return a->line != b->line ? a->line < b->line : a->column < b->column;
}

/* Stable; at most 200 faults. */
static void sort_by_place(fault *at, int32_t n) {
    for (int32_t i = 1; i < n; i++) {
        const fault moved = at[i];
        int32_t k = i;
        for (; k > 0 && is_before(&moved, &at[k - 1]); k--)
            at[k] = at[k - 1];
        at[k] = moved;
    }
}

void document_close(document *doc, reader *r) {
    if (!doc->root)
        return;
    const int32_t n = r->faults->n - doc->first_fault;
    if (n > 0) {
        fault *const mine = &r->faults->at[doc->first_fault];
        if (!locate_faults(doc->input, mine, n, r->scratch))
            r->no_memory = true;
        sort_by_place(mine, n);
    }
    json_decref(doc->root);
    doc->root = NULL;
}

ctg_status document_verdict(const reader *r, ctg_error *err) {
    if (r->faults->n_errors == 0)
        return CTG_OK;
    const fault *first = NULL;
    for (int32_t i = 0; !first && i < r->faults->n; i++)
        if (r->faults->at[i].severity == FAULT_ERROR)
            first = &r->faults->at[i];
    assert(first);
    const bool is_limit = strcmp(first->code, "E-LIMIT") == 0;
    const bool is_mine = err && err->status == CTG_OK;
    const ctg_status status =
        err_set(err, is_limit ? CTG_ERR_LIMIT : CTG_ERR_INPUT, first->code,
                first->pointer, "%s", first->message);
    if (is_mine) {
        err->line = first->line;
        err->column = first->column;
    }
    return status;
}
