/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file
 * What every other header of libctgsched needs: statuses, errors, allocator,
 * version. Include <ctgsched.h> instead of this file.
 *
 * Threads: the functions of this header may be called from any thread.
 */
#ifndef CTGSCHED_BASE_H
#define CTGSCHED_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(_WIN32)
#define CTG_API
#else
#define CTG_API __attribute__((visibility("default")))
#endif

/** Did the call work? What is known about the problem is a ctg_verdict. */
typedef enum ctg_status {
    CTG_OK = 0,
    CTG_ERR_NOMEM = 1,  /**< the allocator gave nothing */
    CTG_ERR_USAGE = 2,  /**< an argument breaks the contract of the call */
    CTG_ERR_INPUT = 3,  /**< the text given is refused; the error says where */
    CTG_ERR_LIMIT = 4,  /**< a documented limit of size is passed */
    CTG_ERR_VERIFY = 5, /**< a plan failed the judge */
    CTG_ERR_ENGINE = 6, /**< the LP engine gave up */
    CTG_ERR_INTERNAL = 7, /**< solver and judge disagree: a defect, report it */
    CTG_ERR_STOPPED = 8,  /**< interrupted before anything was known */
    CTG_ERR_IO = 9        /**< a file could not be read or written */
} ctg_status;

/** The caller brings the error; the first one set wins.
 *
 * `line` and `column` count from 1 and are 0 when the fault has no place in a
 * text. `pointer` is a JSON Pointer (RFC 6901). `message` is one line that ends
 * with advice. Initialise with `{0}` (or CTG_ERROR_INIT). */
typedef struct ctg_error {
    int32_t status;    /**< a ctg_status */
    int32_t line;      /**< 1-based, 0 = unknown */
    int32_t column;    /**< 1-based, in bytes, 0 = unknown */
    char code[32];     /**< stable, for example "E-MEMBER" */
    char pointer[256]; /**< JSON Pointer, cut with "..." when longer */
    char message[512]; /**< one line of UTF-8, ends with advice */
    int64_t reserved[8];
} ctg_error;

#define CTG_ERROR_INIT                                                         \
    { 0 }

/** Memory comes from here, one allocator per object; NULL means malloc.
 * Must be callable from any thread that the object is used from. */
typedef struct ctg_allocator {
    void *(*allocate)(void *user, size_t bytes); /**< NULL when there is none */
    void (*release)(void *user, void *block, size_t bytes);
    void *user;
} ctg_allocator;

/** Text that goes in or out. What goes in is borrowed and needs `at` and
 * `bytes`; what comes out is freed with ctg_text_free. */
typedef struct ctg_text {
    const char *at; /**< [bytes]; what comes out ends with '\0' as well */
    size_t bytes;
    void *owner; /**< the library's; NULL in what goes in */
} ctg_text;

#define CTG_TEXT_INIT                                                          \
    { NULL, 0, NULL }

/** Frees text that the library gave; leaves CTG_TEXT_INIT behind. NULL and text
 * that the library did not give are left alone. */
CTG_API void ctg_text_free(ctg_text *text);

/** Seconds of wall clock since this process started, for limits that count
 * from the start of a program. Monotonic. */
CTG_API double ctg_process_seconds(void);

/** "0.1.0"; static storage. */
CTG_API const char *ctg_version(void);

/** The name of a status for people, for example "the input is refused". */
CTG_API const char *ctg_status_text(ctg_status status);

#ifdef __cplusplus
}
#endif
#endif
