// SPDX-License-Identifier: GPL-3.0-or-later
/* Filling the caller's error, and lists of faults.
 *
 * The first error set wins. `fault_list` collects many, for callers who want
 * them all: at most FAULT_MAX are kept, the rest is counted. */
#ifndef CTGSCHED_BASE_ERROR_H
#define CTGSCHED_BASE_ERROR_H

#include "base/arena.h"
#include "ctgsched_base.h"

/* Sets `err` unless it is NULL or already set; returns `status`.
 * `pointer` may be NULL. */
ctg_status err_set(ctg_error *err, ctg_status status, const char *code,
                   const char *pointer, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
ctg_status err_nomem(ctg_error *err);

#define TRY(EXPR)                                                              \
    do {                                                                       \
        const ctg_status try_ = (EXPR);                                        \
        if (try_ != CTG_OK)                                                    \
            return try_;                                                       \
    } while (0)

enum { FAULT_MAX = 100 };
typedef enum fault_severity { FAULT_ERROR, FAULT_WARNING } fault_severity;

typedef struct fault {
    fault_severity severity;
    const char *code;    /* static text, for example "E-DATE" */
    const char *pointer; /* JSON Pointer, in the list's arena */
    const char *message; /* one line, ends with advice */
    int32_t line, column;
} fault;

typedef struct fault_list {
    arena *mem; /* not owned */
    fault *at;
    int32_t n, room;
    int32_t n_errors, n_warnings; /* all, also those not kept */
    bool out_of_memory;
} fault_list;

/* Keeps the fault while fewer than FAULT_MAX of its severity are kept; counts
 * it always. `code` must be static, `pointer` is copied. */
void fault_add(fault_list *faults, fault_severity severity, const char *code,
               const char *pointer, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

#endif
