// SPDX-License-Identifier: GPL-3.0-or-later
/* The journal: records that are only added, each chained to the one before. */
#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "store/engine.h"

static void add_number(sha256 *hash, int64_t number) {
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)((uint64_t)number >> (56 - 8 * i));
    sha256_add(hash, bytes, sizeof bytes);
}

/* With its length before it, so that no two lists of texts look alike. */
static void add_text(sha256 *hash, const char *at, size_t n) {
    add_number(hash, (int64_t)n);
    sha256_add(hash, at, n);
}

void chain_hash(uint8_t out[SHA256_BYTES], const uint8_t before[SHA256_BYTES],
                const store_record *record) {
    sha256 hash;
    sha256_init(&hash);
    sha256_add(&hash, before, SHA256_BYTES);
    add_text(&hash, record->commune, strlen(record->commune));
    add_number(&hash, record->seq);
    add_number(&hash, record->at_ms);
    add_text(&hash, record->kind, strlen(record->kind));
    add_text(&hash, record->body.at, record->body.n);
    sha256_end(&hash, out);
}

static void copy_hash(uint8_t out[SHA256_BYTES], store_bytes from) {
    memset(out, 0, SHA256_BYTES);
    if (from.n == SHA256_BYTES)
        memcpy(out, from.at, SHA256_BYTES);
}

static ctg_status corrupt(const char *commune, int64_t seq, const char *what,
                          ctg_error *err) {
    return err_set(err, CTG_ERR_IO, "E-STORE-CORRUPT", NULL,
                   "record %" PRId64 " of commune \"%s\" %s. Maybe restore a "
                   "copy of the state.",
                   seq, commune, what);
}

ctg_status chain_at(store *in, const char *commune, int64_t seq,
                    uint8_t out[SHA256_BYTES], ctg_error *err) {
    bool is_row = false;
    memset(out, 0, SHA256_BYTES);
    if (seq == 0)
        return CTG_OK;
    sqlite3_stmt *const run = engine_take(in, SQL_HASH, err);
    if (!run)
        return CTG_ERR_IO;
    engine_bind_text(run, 1, commune);
    sqlite3_bind_int64(run, 2, seq);
    TRY(engine_next(in, run, &is_row, err));
    if (!is_row)
        return corrupt(commune, seq, "is missing", err);
    copy_hash(out, engine_bytes(run, 0));
    sqlite3_reset(run);
    return CTG_OK;
}

static ctg_status read_head(store *in, const char *commune, int64_t *seq,
                            uint8_t hash[SHA256_BYTES], ctg_error *err) {
    bool is_row = false;
    *seq = 0;
    memset(hash, 0, SHA256_BYTES);
    sqlite3_stmt *const run = engine_take(in, SQL_HEAD, err);
    if (!run)
        return CTG_ERR_IO;
    engine_bind_text(run, 1, commune);
    TRY(engine_next(in, run, &is_row, err));
    if (is_row) {
        *seq = sqlite3_column_int64(run, 0);
        copy_hash(hash, engine_bytes(run, 1));
        sqlite3_reset(run);
    }
    return CTG_OK;
}

static ctg_status write_record(store *to, const store_record *record,
                               const uint8_t hash[SHA256_BYTES],
                               ctg_error *err) {
    const store_bytes sum = {(const char *)hash, SHA256_BYTES};
    sqlite3_stmt *run = engine_take(to, SQL_APPEND, err);
    if (!run)
        return CTG_ERR_IO;
    engine_bind_text(run, 1, record->commune);
    sqlite3_bind_int64(run, 2, record->seq);
    sqlite3_bind_int64(run, 3, record->at_ms);
    engine_bind_text(run, 4, record->kind);
    engine_bind_bytes(run, 5, record->body);
    engine_bind_bytes(run, 6, sum);
    TRY(engine_finish(to, run, err));
    run = engine_take(to, SQL_PUT_HEAD, err);
    if (!run)
        return CTG_ERR_IO;
    engine_bind_text(run, 1, record->commune);
    sqlite3_bind_int64(run, 2, record->seq);
    engine_bind_bytes(run, 3, sum);
    return engine_finish(to, run, err);
}

ctg_status store_append(store *to, const store_record *record, ctg_error *err) {
    assert(to->in_batch);
    uint8_t before[SHA256_BYTES], hash[SHA256_BYTES];
    int64_t head = 0;
    TRY(read_head(to, record->commune, &head, before, err));
    if (record->seq != head + 1)
        return err_set(err, CTG_ERR_USAGE, "E-STORE-ORDER", NULL,
                       "record %" PRId64 " of commune \"%s\" does not follow "
                       "%" PRId64 ". Maybe it was written already.",
                       record->seq, record->commune, head);
    chain_hash(hash, before, record);
    return write_record(to, record, hash, err);
}

ctg_status store_communes(store *from, store_on_head *each, void *user,
                          ctg_error *err) {
    sqlite3_stmt *const run = engine_take(from, SQL_COMMUNES, err);
    if (!run)
        return CTG_ERR_IO;
    for (bool is_row = true;;) {
        TRY(engine_next(from, run, &is_row, err));
        if (!is_row)
            return CTG_OK;
        const store_head head = {engine_text(run, 0),
                                 sqlite3_column_int64(run, 1),
                                 sqlite3_column_int64(run, 2)};
        const ctg_status status = each(user, &head, err);
        if (status != CTG_OK) {
            sqlite3_reset(run);
            return status;
        }
    }
}

/* One row of REPLAY against the hash of the record before. */
static ctg_status check_row(sqlite3_stmt *row, store_record *record,
                            int64_t expected, uint8_t before[SHA256_BYTES],
                            ctg_error *err) {
    uint8_t hash[SHA256_BYTES];
    record->seq = sqlite3_column_int64(row, 0);
    record->at_ms = sqlite3_column_int64(row, 1);
    record->kind = engine_text(row, 2);
    record->body = engine_bytes(row, 3);
    const store_bytes stored = engine_bytes(row, 4);
    if (record->seq != expected)
        return corrupt(record->commune, expected, "is missing", err);
    chain_hash(hash, before, record);
    if (stored.n != SHA256_BYTES || memcmp(hash, stored.at, SHA256_BYTES) != 0)
        return corrupt(record->commune, record->seq,
                       "is not what was written: its hash differs", err);
    memcpy(before, hash, SHA256_BYTES);
    return CTG_OK;
}

/* The end of the journal must be the one that the commune's row remembers. */
static ctg_status check_end(store *from, const char *commune, int64_t last,
                            const uint8_t hash[SHA256_BYTES], ctg_error *err) {
    uint8_t expected[SHA256_BYTES];
    int64_t head = 0;
    TRY(read_head(from, commune, &head, expected, err));
    if (head != last)
        return corrupt(commune, last + 1, "is missing: the end was cut off",
                       err);
    if (memcmp(hash, expected, SHA256_BYTES) != 0)
        return corrupt(commune, last, "is not the one written last", err);
    return CTG_OK;
}

ctg_status store_replay(store *from, const char *commune, int64_t after,
                        int64_t most, store_on_record *each, void *user,
                        ctg_error *err) {
    uint8_t hash[SHA256_BYTES];
    int64_t last = after;
    TRY(chain_at(from, commune, after, hash, err));
    sqlite3_stmt *const run = engine_take(from, SQL_REPLAY, err);
    if (!run)
        return CTG_ERR_IO;
    engine_bind_text(run, 1, commune);
    sqlite3_bind_int64(run, 2, after);
    sqlite3_bind_int64(run, 3, most ? most : INT64_MAX);
    for (bool is_row = true;;) {
        store_record record = {.commune = commune};
        TRY(engine_next(from, run, &is_row, err));
        if (!is_row)
            break;
        ctg_status status = check_row(run, &record, last + 1, hash, err);
        if (status == CTG_OK)
            status = each(user, &record, err);
        if (status != CTG_OK) {
            sqlite3_reset(run);
            return status;
        }
        last++;
    }
    return most ? CTG_OK : check_end(from, commune, last, hash, err);
}
