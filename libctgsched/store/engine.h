// SPDX-License-Identifier: GPL-3.0-or-later
/* What the files of the store share: the connection and its statements. */
#ifndef CTGSCHED_STORE_ENGINE_H
#define CTGSCHED_STORE_ENGINE_H

#include <sqlite3.h>

#include "base/error.h"
#include "base/sha256.h"
#include "store/store.h"

typedef enum store_statement {
#define STATEMENT(id, sql) SQL_##id,
#include "store/statements.def"
#undef STATEMENT
    N_STATEMENTS
} store_statement;

struct store {
    arena *mem;
    sqlite3 *db;
    sqlite3_stmt *prepared[N_STATEMENTS]; /* NULL until first used */
    int lock;                             /* descriptor, -1: none */
    bool is_writer;
    bool in_batch;
};

/* Fills `err` from what the engine said last; never CTG_OK. */
ctg_status engine_fail(store *in, ctg_error *err);
/* Runs text without parameters or rows. */
ctg_status engine_run(store *in, const char *sql, ctg_error *err);
/* The statement, reset and ready to bind; NULL after err. */
sqlite3_stmt *engine_take(store *in, store_statement which, ctg_error *err);
void engine_bind_text(sqlite3_stmt *to, int place, const char *text);
void engine_bind_bytes(sqlite3_stmt *to, int place, store_bytes bytes);
/* Steps a statement that gives no rows, and resets it. */
ctg_status engine_finish(store *in, sqlite3_stmt *run, ctg_error *err);
/* CTG_OK with *is_row; resets the statement after the last row. */
ctg_status engine_next(store *in, sqlite3_stmt *run, bool *is_row,
                       ctg_error *err);
/* A damaged page is found now rather than in the middle of a morning. */
ctg_status engine_check_pages(store *in, ctg_error *err);
const char *engine_text(sqlite3_stmt *row, int column);
store_bytes engine_bytes(sqlite3_stmt *row, int column);

/* Brings the database to STORE_FORMAT, refuses a newer one. */
ctg_status format_settle(store *in, ctg_error *err);

/* The hash of a record, from the hash of the one before. */
void chain_hash(uint8_t out[SHA256_BYTES], const uint8_t before[SHA256_BYTES],
                const store_record *record);
/* The hash of record `seq`; zeros for 0. */
ctg_status chain_at(store *in, const char *commune, int64_t seq,
                    uint8_t out[SHA256_BYTES], ctg_error *err);

/* A writer's lock on the folder. */
ctg_status folder_lock(int *out, const char *folder, const char *holder,
                       ctg_error *err);
void folder_unlock(int lock);

#endif
