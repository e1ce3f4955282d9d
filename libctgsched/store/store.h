// SPDX-License-Identifier: GPL-3.0-or-later
/* Durable state: what happened in each commune, and what was made of it.
 *
 * The journal is the truth: for each commune records 1, 2, 3, ... that are only
 * ever added, each with the hash of the one before, so that a record that was
 * changed, taken out or cut off is named by store_check. Plans, snapshots,
 * holds and answers stand beside it and are written in the same batch.
 *
 * Nothing is there before store_commit says CTG_OK; then it survives a power
 * cut. After a batch that failed the store is as before the batch.
 *
 * This header knows nothing of the engine beneath. Threads: a store belongs to
 * one thread at a time; several stores may be open on one folder, one of them
 * for writing. Codes of errors:
 *
 *     E-STORE-HELD      another process writes there; the message names it
 *     E-STORE-NEWER     written by a later version of this program
 *     E-STORE-FULL      no space left, or the limit given is reached
 *     E-STORE-READONLY  the folder or the file may not be written
 *     E-STORE-CORRUPT   a record or a page is not what was written
 *     E-STORE-ORDER     the record does not follow the last one
 *     E-STORE-MISSING   what is asked for is not there
 *     E-STORE-IO        anything else that the system refused */
#ifndef CTGSCHED_STORE_STORE_H
#define CTGSCHED_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ctgsched_base.h"

typedef struct store store;

enum { STORE_DIGEST_TEXT = 72, STORE_FORMAT = 1 };

/* Borrowed bytes. */
typedef struct store_bytes {
    const char *at; /* [n] */
    size_t n;
} store_bytes;

/* "sha256:" and 64 hexadecimal digits. */
void store_digest(char out[STORE_DIGEST_TEXT], const char *bytes, size_t n);

typedef struct store_options {
    bool is_writer;      /* takes the folder's lock, creates what is missing */
    const char *holder;  /* of a writer: who holds the lock, for people */
    uint64_t most_bytes; /* of the database, 0: as much as there is */
} store_options;

/* `folder` must exist; `*out` is closed with store_close. */
ctg_status store_open(store **out, const char *folder,
                      const store_options *options, ctg_error *err);
void store_close(store *held); /* NULL is fine; an open batch is undone */

/* Of a writer: everything between is one batch. A call that fails inside a
 * batch undoes all of it. */
ctg_status store_begin(store *to, ctg_error *err);
ctg_status store_commit(store *to, ctg_error *err);
void store_undo(store *to);

/* A record of the journal. */
typedef struct store_record {
    const char *commune;
    int64_t seq;      /* 1, 2, ... within the commune */
    int64_t at_ms;    /* milliseconds since 1970 */
    const char *kind; /* a word of the caller's */
    store_bytes body;
} store_record;

/* `record->seq` must be one more than the last of its commune. */
ctg_status store_append(store *to, const store_record *record, ctg_error *err);

/* A plan as it was published, provisional or not: what it rests on. */
typedef struct store_plan {
    const char *commune;
    int64_t seq;         /* of its own record in the journal */
    int64_t rests_on;    /* the last event that it knows */
    const char *digest;  /* of its text */
    const char *base;    /* digest of the problem */
    const char *quality; /* a word of the caller's */
    uint64_t work;       /* units done at the stop */
    store_bytes text;
} store_plan;

ctg_status store_put_plan(store *to, const store_plan *plan, ctg_error *err);
/* The plan published for the families: an earlier one of the commune. */
ctg_status store_mark_published(store *to, const char *commune,
                                const char *digest, ctg_error *err);

/* The problem as it is after record `seq`; replaces an older snapshot. */
ctg_status store_put_snapshot(store *to, const char *commune, int64_t seq,
                              store_bytes problem, ctg_error *err);

/* A hold that is in force; `store_end_hold` takes it out. */
typedef struct store_hold {
    const char *commune;
    const char *id;
    int64_t expires_ms;
    store_bytes body; /* as the caller wrote it */
} store_hold;

ctg_status store_put_hold(store *to, const store_hold *hold, ctg_error *err);
ctg_status store_end_hold(store *to, const char *commune, const char *id,
                          ctg_error *err);

/* The answer given to a request with an idempotency key. */
typedef struct store_answer {
    const char *commune;
    const char *key;
    const char *request; /* digest of what was asked */
    int64_t at_ms;
    int32_t status;
    const char *location; /* header, "" for none */
    const char *etag;     /* header, "" for none */
    store_bytes body;
} store_answer;

ctg_status store_put_answer(store *to, const store_answer *answer,
                            ctg_error *err);
/* Forgets answers older than `before_ms`, and plans that neither are the
 * newest `keep_plans` of their commune nor published. Part of a batch. */
ctg_status store_prune(store *to, int64_t before_ms, int32_t keep_plans,
                       ctg_error *err);

/* Moves what is in the log into the database; for idle moments. */
void store_tidy(store *to);

/* --- reading ---
 * What a callback is given lives until it returns; another result than CTG_OK
 * stops the reading and is returned. */

/* Where a commune stands. */
typedef struct store_head {
    const char *commune;
    int64_t seq;
    int64_t snapshot_seq; /* 0: none */
} store_head;

typedef ctg_status store_on_head(void *user, const store_head *head,
                                 ctg_error *err);
ctg_status store_communes(store *from, store_on_head *each, void *user,
                          ctg_error *err);

typedef ctg_status store_on_record(void *user, const store_record *record,
                                   ctg_error *err);
/* Records after `after`, at most `most` of them (0: all), each checked against
 * the chain on the way: E-STORE-CORRUPT names the first that is wrong. */
ctg_status store_replay(store *from, const char *commune, int64_t after,
                        int64_t most, store_on_record *each, void *user,
                        ctg_error *err);

typedef ctg_status store_on_bytes(void *user, int64_t seq, store_bytes bytes,
                                  ctg_error *err);
/* E-STORE-MISSING when there is none. */
ctg_status store_snapshot(store *from, const char *commune,
                          store_on_bytes *each, void *user, ctg_error *err);

typedef ctg_status store_on_plan(void *user, const store_plan *plan,
                                 bool is_published, ctg_error *err);
/* The newest plan first, then the published one when it is another. */
ctg_status store_plans(store *from, const char *commune, store_on_plan *each,
                       void *user, ctg_error *err);

/* The plan of one record; E-STORE-MISSING when it was forgotten. */
ctg_status store_plan_at(store *from, const char *commune, int64_t seq,
                         store_on_bytes *each, void *user, ctg_error *err);

typedef ctg_status store_on_hold(void *user, const store_hold *hold,
                                 ctg_error *err);
ctg_status store_holds(store *from, const char *commune, store_on_hold *each,
                       void *user, ctg_error *err);

typedef ctg_status store_on_answer(void *user, const store_answer *answer,
                                   ctg_error *err);
ctg_status store_answers(store *from, const char *commune,
                         store_on_answer *each, void *user, ctg_error *err);

/* What store_check saw. */
typedef struct store_summary {
    int64_t n_communes, n_records, n_plans, n_faults;
} store_summary;

/* One line about one fault, naming commune and record. */
typedef void store_on_fault(void *user, const char *line);

/* Pages, chain, heads, plans and snapshots, all of it; faults are told, not
 * returned. */
ctg_status store_check(store *from, store_summary *out, store_on_fault *tell,
                       void *user, ctg_error *err);

#endif
