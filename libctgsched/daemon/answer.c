// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/answer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    int status;
    const char *code, *english, *french;
} faults[N_FAULTS] = {
#define FAULT(id, status, code, english, french)                               \
    {status, code, english, french},
#include "daemon/faults.def"
#undef FAULT
};

enum { DETAIL_TEXT = 600, WAIT_S = 1 };

int fault_status(fault_id fault) { return faults[fault].status; }

const char *fault_code(fault_id fault) { return faults[fault].code; }

const char *fault_title(fault_id fault, bool is_french) {
    return is_french ? faults[fault].french : faults[fault].english;
}

answer *answer_new(int status, const char *type) {
    answer *const made = NEED(answer);
    made->status = status;
    made->type = type;
    return made;
}

answer *answer_json(int status) {
    return answer_new(status, "application/json");
}

void answer_free(answer *held) {
    if (!held)
        return;
    free(held->location);
    free(held->etag);
    free(held->allow);
    free(held->plan);
    buffer_free(&held->body);
    free(held);
}

/* Open: the caller adds members and closes. */
static answer *begin_fault(fault_id fault, int status, const char *code,
                           bool is_french, const char *detail) {
    answer *const made = answer_new(status, "application/problem+json");
    buffer *const to = &made->body;
    char type[80];
    snprintf(type, sizeof type, "urn:ctgsched:problem:%.40s", code);
    emit_object(to, NULL);
    emit_text(to, "type", type);
    emit_text(to, "title", fault_title(fault, is_french));
    emit_int(to, "status", status);
    emit_text(to, "code", code);
    emit_text_if(to, "detail", detail);
    if (status == 429 || status == 503)
        made->retry_s = WAIT_S;
    return made;
}

answer *answer_fault(fault_id fault, bool is_french, const char *format, ...) {
    char detail[DETAIL_TEXT];
    va_list rest;
    va_start(rest, format);
    vsnprintf(detail, sizeof detail, format, rest);
    va_end(rest);
    answer *const made = begin_fault(fault, faults[fault].status,
                                     faults[fault].code, is_french, detail);
    emit_end(&made->body, '}');
    return made;
}

void fault_book_free(fault_book *held) { buffer_free(&held->rows); }

void fault_book_add(void *book, const ctg_fault *fault) {
    fault_book *const into = book;
    buffer *const to = &into->rows;
    if (fault->severity != CTG_SEVERITY_ERROR)
        return;
    into->n++;
    emit_object(to, NULL);
    emit_text(to, "code", fault->code);
    emit_text(to, "pointer", fault->pointer);
    if (fault->line > 0) {
        emit_int(to, "line", fault->line);
        emit_int(to, "column", fault->column);
    }
    emit_text(to, "detail", fault->message);
    emit_end(to, '}');
}

static fault_id fault_of(ctg_status status, const ctg_error *err) {
    switch (status) {
    case CTG_ERR_INPUT:
        return strcmp(err->code, "E-SYNTAX") == 0 ? FAULT_SYNTAX : FAULT_INPUT;
    case CTG_ERR_USAGE:
    case CTG_ERR_VERIFY:
        return FAULT_INPUT;
    case CTG_ERR_LIMIT:
        return FAULT_TOO_LARGE;
    case CTG_ERR_NOMEM:
    case CTG_ERR_STOPPED:
        return FAULT_UNAVAILABLE;
    case CTG_ERR_IO:
        return FAULT_STATE;
    default:
        return FAULT_INTERNAL;
    }
}

static void put_first(buffer *to, const ctg_error *err) {
    emit_object(to, NULL);
    emit_text(to, "code", err->code);
    emit_text(to, "pointer", err->pointer);
    if (err->line > 0) {
        emit_int(to, "line", err->line);
        emit_int(to, "column", err->column);
    }
    emit_text(to, "detail", err->message);
    emit_end(to, '}');
}

answer *answer_refused(ctg_status status, const ctg_error *err,
                       const fault_book *book, bool is_french) {
    const fault_id fault = fault_of(status, err);
    const char *const code = err->code[0] ? err->code : faults[fault].code;
    answer *const made =
        begin_fault(fault, faults[fault].status, code, is_french, err->message);
    buffer *const to = &made->body;
    emit_array(to, "errors");
    if (book && book->n > 0)
        emit_raw(to, NULL, book->rows.at, book->rows.n);
    else if (err->code[0])
        put_first(to, err);
    emit_end(to, ']');
    emit_end(to, '}');
    return made;
}

bool etag_fits(const char *match, const char *digest) {
    const size_t n = strlen(digest);
    const char *const at = strstr(match, digest);
    return strcmp(match, "*") == 0 ||
           (at && at > match && at[-1] == '"' && at[n] == '"');
}

void answer_member(answer *to, const char *key, const buffer *json) {
    if (!to->body.n || to->body.failed)
        return;
    to->body.n--; // the closing brace
    to->body.has_before = true;
    emit_raw(&to->body, key, json->at ? json->at : "null",
             json->at ? json->n : 4);
    emit_end(&to->body, '}');
}
