// SPDX-License-Identifier: GPL-3.0-or-later
/* Answers to requests, apart from how they travel. */
#ifndef CTGSCHED_DAEMON_ANSWER_H
#define CTGSCHED_DAEMON_ANSWER_H

#include <ctgsched.h>

#include "daemon/buffer.h"

typedef enum fault_id {
#define FAULT(id, status, code, english, french) FAULT_##id,
#include "daemon/faults.def"
#undef FAULT
    N_FAULTS
} fault_id;

typedef struct answer {
    int status;
    const char *type;                     /* static */
    char *location, *etag, *allow, *plan; /* headers, NULL: none */
    int retry_s;                          /* Retry-After, 0: none */
    buffer body;
} answer;

answer *answer_new(int status, const char *type);
answer *answer_json(int status);
void answer_free(answer *held); /* NULL is fine */

/* application/problem+json (RFC 9457). */
answer *answer_fault(fault_id fault, bool is_french, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Faults of the library, gathered while it reads; refused() puts them into
 * `errors`. */
typedef struct fault_book {
    buffer rows; /* of a JSON array */
    int32_t n;
} fault_book;
void fault_book_free(fault_book *held);
void fault_book_add(void *book, const ctg_fault *fault); /* an on_fault */
/* The answer to a call of the library that failed. */
answer *answer_refused(ctg_status status, const ctg_error *err,
                       const fault_book *book, bool is_french);

/* Whether If-Match or If-None-Match names the digest, or anything. */
bool etag_fits(const char *match, const char *digest);

/* Adds members to a problem+json made above. */
void answer_member(answer *to, const char *key, const buffer *json);

int fault_status(fault_id fault);
const char *fault_code(fault_id fault);
const char *fault_title(fault_id fault, bool is_french);

#endif
