/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file
 * Problems and rule packs: reading, finding every fault, digest.
 *
 * Threads: every function here may be called from any thread; a ctg_problem
 * never changes.
 */
#ifndef CTGSCHED_PROBLEM_H
#define CTGSCHED_PROBLEM_H

#include "ctgsched_base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A problem that was read and found without fault. Immutable. */
typedef struct ctg_problem ctg_problem;

typedef enum ctg_severity {
    CTG_SEVERITY_ERROR = 0,  /**< the text is refused */
    CTG_SEVERITY_WARNING = 1 /**< read all the same; worth a look */
} ctg_severity;

/** One fault of a text. Strings live until the callback returns.
 * The library makes these; members may be added at the end. */
typedef struct ctg_fault {
    int32_t severity;    /**< a ctg_severity */
    int32_t line;        /**< 1-based, 0 = unknown */
    int32_t column;      /**< 1-based, in bytes, 0 = unknown */
    const char *code;    /**< stable: "E-DATE", "W-NEVER" (doc/format.md 11) */
    const char *pointer; /**< JSON Pointer (RFC 6901) */
    const char *message; /**< one line, ends with advice */
} ctg_fault;

/** How to read a text. Initialise with CTG_READ_OPTIONS_INIT; NULL where one
 * is asked for means exactly that. */
typedef struct ctg_read_options {
    size_t struct_size; /**< sizeof(ctg_read_options) */
    /** Where the new object's memory comes from; NULL: malloc. Copied; what
     * its `user` points to must outlive the object. */
    const ctg_allocator *allocator;
    /** [n_packs] texts of rule packs that replace embedded ones of the same id
     * (ctg_problem_parse and ctg_problem_lint only). Not kept. */
    const ctg_text *packs;
    int32_t n_packs;
    /** Called in the calling thread for each fault and warning, in the order
     * found, at most 100 of each severity; may be NULL. */
    void (*on_fault)(void *user, const ctg_fault *fault);
    void *user; /**< handed to on_fault */
} ctg_read_options;

#define CTG_READ_OPTIONS_INIT                                                  \
    { sizeof(ctg_read_options), NULL, NULL, 0, NULL, NULL }

/** Reads a problem, "ctgsched/problem/1" (doc/format.md 2).
 *
 * @param out   the problem, freed with ctg_problem_free; NULL on failure.
 * @param json  [bytes] UTF-8 JSON; need not end with '\0'; not kept.
 * @return CTG_ERR_INPUT when the text is refused (`err` has the first fault,
 *         `on_fault` all of them), CTG_ERR_LIMIT when it passes a limit of
 *         doc/format.md 1, CTG_ERR_NOMEM, CTG_ERR_USAGE. */
CTG_API ctg_status ctg_problem_parse(ctg_problem **out, const char *json,
                                     size_t bytes,
                                     const ctg_read_options *options,
                                     ctg_error *err);

/** How many faults there are, those beyond the first 100 included. */
typedef struct ctg_lint {
    int32_t n_errors;
    int32_t n_warnings;
    int64_t reserved[3];
} ctg_lint;

/** Lists every fault of a problem text through `options->on_fault` and keeps
 * nothing. A text with errors is CTG_OK here: finding them is the work.
 *
 * @return CTG_ERR_NOMEM or CTG_ERR_USAGE when it could not look. */
CTG_API ctg_status ctg_problem_lint(ctg_lint *out, const char *json,
                                    size_t bytes,
                                    const ctg_read_options *options,
                                    ctg_error *err);

/** Gives the caller's hold up; solutions made for it keep it alive. */
CTG_API void ctg_problem_free(ctg_problem *problem);

/** The canonical problem (doc/format.md 10): one line of JSON, the same for
 * two files that mean the same. Ends with '\0' too.
 *
 * @param bytes  its length without the '\0'; may be NULL.
 * @return borrowed from the problem; NULL when `problem` is NULL. */
CTG_API const char *ctg_problem_text(const ctg_problem *problem, size_t *bytes);

/** "sha256:" and 64 hexadecimal digits of the canonical text.
 * Borrowed from the problem; "" when `problem` is NULL. */
CTG_API const char *ctg_problem_digest(const ctg_problem *problem);

/** The size of a problem. */
typedef struct ctg_problem_info {
    const char *id;      /**< borrowed from the problem */
    const char *seed;    /**< of the published draw; borrowed */
    char first_date[12]; /**< first day of the horizon, "YYYY-MM-DD" */
    char last_date[12];  /**< last day of the horizon */
    int32_t n_days;      /**< days of the horizon */
    int32_t n_structures;
    int32_t n_children;
    int32_t n_requests;
    int64_t n_options; /**< of all requests */
    int32_t n_goals;   /**< in lexicographic order; 1 when weighted */
    int32_t n_packs;   /**< rule packs in use */
    int64_t reserved[6];
} ctg_problem_info;

/** @return CTG_ERR_USAGE when an argument is NULL. */
CTG_API ctg_status ctg_problem_about(ctg_problem_info *out,
                                     const ctg_problem *problem);

/** A rule pack that a problem uses, by id. Strings are borrowed from it. */
typedef struct ctg_pack_info {
    const char *id;
    const char *digest; /**< "sha256:..." of the pack as read */
    const char *title;
    int64_t reserved[3];
} ctg_pack_info;

/** @return 1, or 0 past the last pack or when a pointer is NULL. */
CTG_API int ctg_problem_pack(ctg_pack_info *out, const ctg_problem *problem,
                             int32_t index);

/** A rule pack embedded in the library (doc/format.md 6): law as data, each
 * number with its article, dates and the status of its verification.
 *
 * @param index  0, 1, ...; packs are in the order of their names.
 * @param name   the pack's id, for example "fr-eaje"; may be NULL.
 * @param bytes  length of the text; may be NULL.
 * @return JSON in static storage, NULL past the last pack. */
CTG_API const char *ctg_rules_text(int32_t index, const char **name,
                                   size_t *bytes);

/** As ctg_problem_lint, for the text of a rule pack. */
CTG_API ctg_status ctg_rules_lint(ctg_lint *out, const char *json, size_t bytes,
                                  const ctg_read_options *options,
                                  ctg_error *err);

#ifdef __cplusplus
}
#endif
#endif
