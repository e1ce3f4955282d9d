// SPDX-License-Identifier: GPL-3.0-or-later
/* The tables, and how an older database becomes one of today's format. */
#include "store/engine.h"

/* steps[v] makes format v + 1 of format v; 0 is an empty database. Steps are
 * never edited once they were released: a change of tables is a new step. */
static const char *const steps[STORE_FORMAT] = {
    "CREATE TABLE commune (id TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash "
    "BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE event (commune TEXT NOT NULL, seq INTEGER NOT NULL, at_ms "
    "INTEGER NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL, hash BLOB NOT "
    "NULL, PRIMARY KEY (commune, seq));"
    "CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT "
    "raise(ABORT, 'the journal only grows'); END;"
    "CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT "
    "raise(ABORT, 'the journal only grows'); END;"
    "CREATE TABLE plan (commune TEXT NOT NULL, seq INTEGER NOT NULL, rests_on "
    "INTEGER NOT NULL, digest TEXT NOT NULL, base TEXT NOT NULL, quality TEXT "
    "NOT NULL, work INTEGER NOT NULL, text BLOB NOT NULL, is_published INTEGER "
    "NOT NULL DEFAULT 0, PRIMARY KEY (commune, seq));"
    "CREATE TABLE snapshot (commune TEXT PRIMARY KEY, seq INTEGER NOT NULL, "
    "digest TEXT NOT NULL, problem BLOB NOT NULL);"
    "CREATE TABLE hold (commune TEXT NOT NULL, id TEXT NOT NULL, expires_ms "
    "INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (commune, id));"
    "CREATE TABLE answer (commune TEXT NOT NULL, key TEXT NOT NULL, request "
    "TEXT NOT NULL, at_ms INTEGER NOT NULL, status INTEGER NOT NULL, location "
    "TEXT NOT NULL, etag TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY "
    "(commune, key));"
    "CREATE INDEX answer_age ON answer (at_ms);"
    "PRAGMA user_version = 1;",
};

static ctg_status read_format(store *in, int *out, ctg_error *err) {
    sqlite3_stmt *run = NULL;
    if (sqlite3_prepare_v2(in->db, "PRAGMA user_version", -1, &run, NULL) !=
        SQLITE_OK)
        return engine_fail(in, err);
    bool is_row = false;
    const ctg_status status = engine_next(in, run, &is_row, err);
    *out = is_row ? sqlite3_column_int(run, 0) : 0;
    sqlite3_finalize(run);
    return status;
}

static ctg_status make_step(store *in, int format, ctg_error *err) {
    TRY(engine_run(in, "BEGIN IMMEDIATE", err));
    ctg_status status = engine_run(in, steps[format], err);
    if (status == CTG_OK)
        status = engine_run(in, "COMMIT", err);
    if (status != CTG_OK && !sqlite3_get_autocommit(in->db))
        sqlite3_exec(in->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

ctg_status format_settle(store *in, ctg_error *err) {
    int format = 0;
    TRY(read_format(in, &format, err));
    if (format < 0 || format > STORE_FORMAT)
        return err_set(err, CTG_ERR_INPUT, "E-STORE-NEWER", NULL,
                       "the state has format %d, this program knows %d. Maybe "
                       "a newer ctgschedd wrote it: use that one.",
                       format, STORE_FORMAT);
    if (format < STORE_FORMAT && !in->is_writer)
        return err_set(err, CTG_ERR_INPUT, "E-STORE-MISSING", NULL,
                       "the state has format %d and is not brought to %d by "
                       "reading. Maybe start the daemon once.",
                       format, STORE_FORMAT);
    for (; format < STORE_FORMAT; format++)
        TRY(make_step(in, format, err));
    return CTG_OK;
}
