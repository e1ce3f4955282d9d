// SPDX-License-Identifier: GPL-3.0-or-later
/* SQLite in WAL mode with a sync at every commit: open, close, batch, errors.
 */
#include "store/engine.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#define FILE_NAME "ctgsched.db"
enum { PAGE_BYTES = 4096, BUSY_MS = 5000 };

static const char *const statements[N_STATEMENTS] = {
#define STATEMENT(id, sql) [SQL_##id] = sql,
#include "store/statements.def"
#undef STATEMENT
};

void store_digest(char out[STORE_DIGEST_TEXT], const char *bytes, size_t n) {
    static const char prefix[] = "sha256:";
    sha256 hash;
    uint8_t digest[SHA256_BYTES];
    sha256_init(&hash);
    sha256_add(&hash, bytes, n);
    sha256_end(&hash, digest);
    memcpy(out, prefix, sizeof prefix);
    sha256_hex(digest, out + sizeof prefix - 1);
}

ctg_status engine_fail(store *in, ctg_error *err) {
    const int code = in->db ? sqlite3_errcode(in->db) : SQLITE_NOMEM;
    const char *const said =
        in->db ? sqlite3_errmsg(in->db) : sqlite3_errstr(code);
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return err_nomem(err);
    case SQLITE_FULL:
        return err_set(err, CTG_ERR_IO, "E-STORE-FULL", NULL,
                       "the state cannot grow: %s. Maybe free some space, or "
                       "raise the limit of the state.",
                       said);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return err_set(err, CTG_ERR_IO, "E-STORE-READONLY", NULL,
                       "the state cannot be written: %s. Maybe the folder is "
                       "missing or belongs to somebody else.",
                       said);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return err_set(err, CTG_ERR_IO, "E-STORE-CORRUPT", NULL,
                       "the state is damaged: %s. Maybe restore a copy; "
                       "--check-state names what is wrong.",
                       said);
    default:
        return err_set(err, CTG_ERR_IO, "E-STORE-IO", NULL,
                       "the state cannot be used: %s. Maybe the disk fails.",
                       said);
    }
}

ctg_status engine_run(store *in, const char *sql, ctg_error *err) {
    return sqlite3_exec(in->db, sql, NULL, NULL, NULL) == SQLITE_OK
               ? CTG_OK
               : engine_fail(in, err);
}

sqlite3_stmt *engine_take(store *in, store_statement which, ctg_error *err) {
    sqlite3_stmt **const held = &in->prepared[which];
    if (!*held && sqlite3_prepare_v3(in->db, statements[which], -1,
                                     SQLITE_PREPARE_PERSISTENT, held,
                                     NULL) != SQLITE_OK) {
        engine_fail(in, err);
        return NULL;
    }
    sqlite3_reset(*held);
    sqlite3_clear_bindings(*held);
    return *held;
}

/* Bindings never outlive the call that made them, so nothing is copied. */
void engine_bind_text(sqlite3_stmt *to, int place, const char *text) {
    sqlite3_bind_text(to, place, text, -1, SQLITE_STATIC);
}

void engine_bind_bytes(sqlite3_stmt *to, int place, store_bytes bytes) {
    sqlite3_bind_blob64(to, place, bytes.n ? bytes.at : "", bytes.n,
                        SQLITE_STATIC);
}

ctg_status engine_next(store *in, sqlite3_stmt *run, bool *is_row,
                       ctg_error *err) {
    const int code = sqlite3_step(run);
    *is_row = code == SQLITE_ROW;
    if (code == SQLITE_ROW)
        return CTG_OK;
    const ctg_status status =
        code == SQLITE_DONE ? CTG_OK : engine_fail(in, err);
    sqlite3_reset(run);
    return status;
}

ctg_status engine_finish(store *in, sqlite3_stmt *run, ctg_error *err) {
    bool is_row = false;
    const ctg_status status = engine_next(in, run, &is_row, err);
    sqlite3_reset(run);
    return status;
}

const char *engine_text(sqlite3_stmt *row, int column) {
    const char *const text = (const char *)sqlite3_column_text(row, column);
    return text ? text : "";
}

store_bytes engine_bytes(sqlite3_stmt *row, int column) {
    const void *const at = sqlite3_column_blob(row, column);
    return (store_bytes){at ? at : "",
                         (size_t)sqlite3_column_bytes(row, column)};
}

ctg_status engine_check_pages(store *in, ctg_error *err) {
    sqlite3_stmt *run = NULL;
    bool is_row = false;
    if (sqlite3_prepare_v2(in->db, "PRAGMA quick_check(1)", -1, &run, NULL) !=
        SQLITE_OK)
        return engine_fail(in, err);
    ctg_status status = engine_next(in, run, &is_row, err);
    if (status == CTG_OK && is_row && strcmp(engine_text(run, 0), "ok") != 0)
        status = err_set(err, CTG_ERR_IO, "E-STORE-CORRUPT", NULL,
                         "the state is damaged: %s. Maybe restore a copy.",
                         engine_text(run, 0));
    sqlite3_finalize(run);
    return status;
}

static ctg_status set_limit(store *in, uint64_t most_bytes, ctg_error *err) {
    if (!most_bytes)
        return CTG_OK;
    const arena_mark here = arena_here(in->mem);
    const char *const sql =
        arena_printf(in->mem, "PRAGMA max_page_count = %" PRIu64,
                     most_bytes / PAGE_BYTES + 1);
    const ctg_status status = sql ? engine_run(in, sql, err) : err_nomem(err);
    arena_rewind(in->mem, here);
    return status;
}

static ctg_status settle(store *in, const store_options *options,
                         ctg_error *err) {
    sqlite3_extended_result_codes(in->db, 0);
    sqlite3_busy_timeout(in->db, BUSY_MS);
    if (options->is_writer)
        TRY(engine_run(in,
                       "PRAGMA page_size = 4096; PRAGMA journal_mode = WAL;"
                       "PRAGMA synchronous = FULL; PRAGMA "
                       "wal_autocheckpoint = 4000",
                       err));
    TRY(engine_run(in, "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF",
                   err));
    if (options->is_writer)
        TRY(engine_check_pages(in, err));
    TRY(format_settle(in, err));
    return set_limit(in, options->most_bytes, err);
}

static ctg_status open_file(store *in, const char *folder,
                            const store_options *options, ctg_error *err) {
    const char *const path = arena_printf(in->mem, "%s/%s", folder, FILE_NAME);
    if (!path)
        return err_nomem(err);
    const int how = options->is_writer
                        ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                        : SQLITE_OPEN_READWRITE;
    if (sqlite3_open_v2(path, &in->db, how | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK)
        return engine_fail(in, err);
    return settle(in, options, err);
}

ctg_status store_open(store **out, const char *folder,
                      const store_options *options, ctg_error *err) {
    assert(out && folder && options);
    *out = NULL;
    arena *const mem = arena_create(NULL, 0);
    store *const made = mem ? ARENA_NEW(mem, store, 1) : NULL;
    if (!made) {
        arena_destroy(mem);
        return err_nomem(err);
    }
    *made = (store){.mem = mem, .lock = -1, .is_writer = options->is_writer};
    ctg_status status = CTG_OK;
    if (options->is_writer)
        status = folder_lock(&made->lock, folder, options->holder, err);
    if (status == CTG_OK)
        status = open_file(made, folder, options, err);
    if (status != CTG_OK) {
        store_close(made);
        return status;
    }
    *out = made;
    return CTG_OK;
}

void store_close(store *held) {
    if (!held)
        return;
    if (held->in_batch)
        store_undo(held);
    for (int i = 0; i < N_STATEMENTS; i++)
        sqlite3_finalize(held->prepared[i]);
    sqlite3_close(held->db);
    folder_unlock(held->lock);
    arena_destroy(held->mem);
}

ctg_status store_begin(store *to, ctg_error *err) {
    assert(to->is_writer && !to->in_batch);
    TRY(engine_run(to, "BEGIN IMMEDIATE", err));
    to->in_batch = true;
    return CTG_OK;
}

ctg_status store_commit(store *to, ctg_error *err) {
    assert(to->in_batch);
    const ctg_status status = engine_run(to, "COMMIT", err);
    if (status != CTG_OK)
        store_undo(to);
    to->in_batch = false;
    return status;
}

void store_undo(store *to) {
    // A statement that failed may have undone the batch already.
    if (!sqlite3_get_autocommit(to->db))
        sqlite3_exec(to->db, "ROLLBACK", NULL, NULL, NULL);
    to->in_batch = false;
}

void store_tidy(store *to) {
    if (!to->in_batch)
        sqlite3_wal_checkpoint_v2(to->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL,
                                  NULL);
}
