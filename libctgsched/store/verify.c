// SPDX-License-Identifier: GPL-3.0-or-later
/* The whole state looked at again: chain, heads, plans, snapshots. */
#include <inttypes.h>
#include <string.h>

#include "store/engine.h"

typedef struct inspection {
    store *from;
    arena *mem;
    store_summary *sum;
    store_on_fault *tell;
    void *user;
} inspection;

static void report(inspection *in, const char *line) {
    in->sum->n_faults++;
    if (in->tell)
        in->tell(in->user, line);
}

static ctg_status count_record(void *user, const store_record *record,
                               ctg_error *err) {
    (void)record;
    (void)err;
    ((inspection *)user)->sum->n_records++;
    return CTG_OK;
}

static ctg_status ignore_snapshot(void *user, int64_t seq, store_bytes bytes,
                                  ctg_error *err) {
    (void)user;
    (void)seq;
    (void)bytes;
    (void)err;
    return CTG_OK;
}

static bool is_damage(const ctg_error *err) {
    return strcmp(err->code, "E-STORE-CORRUPT") == 0;
}

/* Damage is reported and the inspection goes on; anything else ends it. */
static ctg_status weigh(inspection *in, ctg_status status, ctg_error *found,
                        ctg_error *err) {
    if (status == CTG_OK)
        return CTG_OK;
    if (!is_damage(found)) {
        *err = *found;
        return status;
    }
    report(in, found->message);
    return CTG_OK;
}

typedef struct name_list {
    char **at;
    int32_t n;
} name_list;

/* Names are copied first: the statement of the list and that of a commune's
 * records are not read at the same time. */
static ctg_status keep_name(void *user, const store_head *head,
                            ctg_error *err) {
    void **const both = user;
    inspection *const in = both[0];
    name_list *const names = both[1];
    char **const grown =
        arena_grow(in->mem, names->at, (size_t)names->n, (size_t)names->n + 1,
                   sizeof *grown, sizeof *grown);
    char *const name = grown ? arena_strdup(in->mem, head->commune) : NULL;
    if (!name)
        return err_nomem(err);
    names->at = grown;
    names->at[names->n++] = name;
    in->sum->n_communes++;
    return CTG_OK;
}

static ctg_status inspect_commune(inspection *in, const char *commune,
                                  ctg_error *err) {
    ctg_error found = CTG_ERROR_INIT;
    ctg_status status =
        store_replay(in->from, commune, 0, 0, count_record, in, &found);
    TRY(weigh(in, status, &found, err));
    found = (ctg_error)CTG_ERROR_INIT;
    status = store_snapshot(in->from, commune, ignore_snapshot, in, &found);
    if (status != CTG_OK && strcmp(found.code, "E-STORE-MISSING") == 0)
        return CTG_OK;
    return weigh(in, status, &found, err);
}

static ctg_status inspect_plans(inspection *in, ctg_error *err) {
    sqlite3_stmt *const run = engine_take(in->from, SQL_ALL_PLANS, err);
    if (!run)
        return CTG_ERR_IO;
    for (bool is_row = true;;) {
        TRY(engine_next(in->from, run, &is_row, err));
        if (!is_row)
            return CTG_OK;
        char digest[STORE_DIGEST_TEXT];
        const store_bytes text = engine_bytes(run, 3);
        store_digest(digest, text.at, text.n);
        in->sum->n_plans++;
        const bool is_right = strcmp(digest, engine_text(run, 2)) == 0;
        if (is_right && sqlite3_column_type(run, 4) != SQLITE_NULL)
            continue;
        const arena_mark here = arena_here(in->mem);
        const char *const line = arena_printf(
            in->mem, "plan %" PRId64 " of commune \"%s\" %s",
            (int64_t)sqlite3_column_int64(run, 1), engine_text(run, 0),
            is_right ? "has no record in the journal"
                     : "is not what was written");
        report(in, line ? line : "a plan is damaged");
        arena_rewind(in->mem, here);
    }
}

static ctg_status inspect(inspection *in, ctg_error *err) {
    name_list names = {0};
    void *both[] = {in, &names};
    ctg_error found = CTG_ERROR_INIT;
    const ctg_status pages = engine_check_pages(in->from, &found);
    TRY(weigh(in, pages, &found, err));
    TRY(store_communes(in->from, keep_name, both, err));
    for (int32_t i = 0; i < names.n; i++)
        TRY(inspect_commune(in, names.at[i], err));
    return inspect_plans(in, err);
}

ctg_status store_check(store *from, store_summary *out, store_on_fault *tell,
                       void *user, ctg_error *err) {
    *out = (store_summary){0};
    inspection in = {from, arena_create(NULL, 0), out, tell, user};
    if (!in.mem)
        return err_nomem(err);
    const ctg_status status = inspect(&in, err);
    arena_destroy(in.mem);
    return status;
}
