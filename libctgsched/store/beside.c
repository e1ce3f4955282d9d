// SPDX-License-Identifier: GPL-3.0-or-later
/* What stands beside the journal: plans, snapshots, holds, answers. */
#include <assert.h>
#include <string.h>

#include "store/engine.h"

ctg_status store_put_plan(store *to, const store_plan *plan, ctg_error *err) {
    assert(to->in_batch);
    sqlite3_stmt *const run = engine_take(to, SQL_PUT_PLAN, err);
    if (!run)
        return CTG_ERR_IO;
    engine_bind_text(run, 1, plan->commune);
    sqlite3_bind_int64(run, 2, plan->seq);
    sqlite3_bind_int64(run, 3, plan->rests_on);
    engine_bind_text(run, 4, plan->digest);
    engine_bind_text(run, 5, plan->base);
    engine_bind_text(run, 6, plan->quality);
    sqlite3_bind_int64(run, 7, (int64_t)plan->work);
    engine_bind_bytes(run, 8, plan->text);
    return engine_finish(to, run, err);
}

ctg_status store_mark_published(store *to, const char *commune,
                                const char *digest, ctg_error *err) {
    assert(to->in_batch);
    sqlite3_stmt *run = engine_take(to, SQL_UNPUBLISH, err);
    if (!run)
        return CTG_ERR_IO;
    engine_bind_text(run, 1, commune);
    TRY(engine_finish(to, run, err));
    run = engine_take(to, SQL_PUBLISH, err);
    if (!run)
        return CTG_ERR_IO;
    engine_bind_text(run, 1, commune);
    engine_bind_text(run, 2, digest);
    TRY(engine_finish(to, run, err));
    if (sqlite3_changes(to->db) == 0)
        return err_set(err, CTG_ERR_INPUT, "E-STORE-MISSING", NULL,
                       "there is no plan %s. Maybe it was forgotten since.",
                       digest);
    return CTG_OK;
}

ctg_status store_put_snapshot(store *to, const char *commune, int64_t seq,
                              store_bytes problem, ctg_error *err) {
    assert(to->in_batch);
    char digest[STORE_DIGEST_TEXT];
    store_digest(digest, problem.at, problem.n);
    sqlite3_stmt *const run = engine_take(to, SQL_PUT_SNAPSHOT, err);
    if (!run)
        return CTG_ERR_IO;
    engine_bind_text(run, 1, commune);
    sqlite3_bind_int64(run, 2, seq);
    engine_bind_text(run, 3, digest);
    engine_bind_bytes(run, 4, problem);
    return engine_finish(to, run, err);
}

ctg_status store_put_hold(store *to, const store_hold *hold, ctg_error *err) {
    assert(to->in_batch);
    sqlite3_stmt *const run = engine_take(to, SQL_PUT_HOLD, err);
    if (!run)
        return CTG_ERR_IO;
    engine_bind_text(run, 1, hold->commune);
    engine_bind_text(run, 2, hold->id);
    sqlite3_bind_int64(run, 3, hold->expires_ms);
    engine_bind_bytes(run, 4, hold->body);
    return engine_finish(to, run, err);
}

ctg_status store_end_hold(store *to, const char *commune, const char *id,
                          ctg_error *err) {
    assert(to->in_batch);
    sqlite3_stmt *const run = engine_take(to, SQL_END_HOLD, err);
    if (!run)
        return CTG_ERR_IO;
    engine_bind_text(run, 1, commune);
    engine_bind_text(run, 2, id);
    return engine_finish(to, run, err);
}

ctg_status store_put_answer(store *to, const store_answer *answer,
                            ctg_error *err) {
    assert(to->in_batch);
    sqlite3_stmt *const run = engine_take(to, SQL_PUT_ANSWER, err);
    if (!run)
        return CTG_ERR_IO;
    engine_bind_text(run, 1, answer->commune);
    engine_bind_text(run, 2, answer->key);
    engine_bind_text(run, 3, answer->request);
    sqlite3_bind_int64(run, 4, answer->at_ms);
    sqlite3_bind_int(run, 5, answer->status);
    engine_bind_text(run, 6, answer->location);
    engine_bind_text(run, 7, answer->etag);
    engine_bind_bytes(run, 8, answer->body);
    return engine_finish(to, run, err);
}

ctg_status store_prune(store *to, int64_t before_ms, int32_t keep_plans,
                       ctg_error *err) {
    assert(to->in_batch && keep_plans > 0);
    sqlite3_stmt *run = engine_take(to, SQL_PRUNE_ANSWERS, err);
    if (!run)
        return CTG_ERR_IO;
    sqlite3_bind_int64(run, 1, before_ms);
    TRY(engine_finish(to, run, err));
    run = engine_take(to, SQL_PRUNE_PLANS, err);
    if (!run)
        return CTG_ERR_IO;
    sqlite3_bind_int(run, 1, keep_plans);
    return engine_finish(to, run, err);
}

ctg_status store_snapshot(store *from, const char *commune,
                          store_on_bytes *each, void *user, ctg_error *err) {
    bool is_row = false;
    char digest[STORE_DIGEST_TEXT];
    sqlite3_stmt *const run = engine_take(from, SQL_SNAPSHOT, err);
    if (!run)
        return CTG_ERR_IO;
    engine_bind_text(run, 1, commune);
    TRY(engine_next(from, run, &is_row, err));
    if (!is_row)
        return err_set(err, CTG_ERR_INPUT, "E-STORE-MISSING", NULL,
                       "commune \"%s\" has no snapshot. Maybe it has no "
                       "problem yet.",
                       commune);
    const store_bytes problem = engine_bytes(run, 2);
    store_digest(digest, problem.at, problem.n);
    ctg_status status = CTG_OK;
    if (strcmp(digest, engine_text(run, 1)) != 0)
        status = err_set(err, CTG_ERR_IO, "E-STORE-CORRUPT", NULL,
                         "the snapshot of commune \"%s\" is not what was "
                         "written. Maybe restore a copy of the state.",
                         commune);
    else
        status = each(user, sqlite3_column_int64(run, 0), problem, err);
    sqlite3_reset(run);
    return status;
}

/* Calls `give` for each row of a statement with the commune as its only
 * parameter. */
static ctg_status
each_row(store *from, store_statement which, const char *commune,
         ctg_status (*give)(sqlite3_stmt *row, void *to, ctg_error *err),
         void *to, ctg_error *err) {
    sqlite3_stmt *const run = engine_take(from, which, err);
    if (!run)
        return CTG_ERR_IO;
    engine_bind_text(run, 1, commune);
    for (bool is_row = true;;) {
        TRY(engine_next(from, run, &is_row, err));
        if (!is_row)
            return CTG_OK;
        const ctg_status status = give(run, to, err);
        if (status != CTG_OK) {
            sqlite3_reset(run);
            return status;
        }
    }
}

/* The caller's callback, by what it is told. */
typedef struct listener {
    const char *commune;
    store_on_plan *on_plan;
    store_on_hold *on_hold;
    store_on_answer *on_answer;
    void *user;
} listener;

static ctg_status give_plan(sqlite3_stmt *row, void *to, ctg_error *err) {
    const listener *const told = to;
    const store_plan plan = {.commune = told->commune,
                             .seq = sqlite3_column_int64(row, 0),
                             .rests_on = sqlite3_column_int64(row, 1),
                             .digest = engine_text(row, 2),
                             .base = engine_text(row, 3),
                             .quality = engine_text(row, 4),
                             .work = (uint64_t)sqlite3_column_int64(row, 5),
                             .text = engine_bytes(row, 6)};
    return told->on_plan(told->user, &plan, sqlite3_column_int(row, 7) != 0,
                         err);
}

static ctg_status give_hold(sqlite3_stmt *row, void *to, ctg_error *err) {
    const listener *const told = to;
    const store_hold hold = {told->commune, engine_text(row, 0),
                             sqlite3_column_int64(row, 1),
                             engine_bytes(row, 2)};
    return told->on_hold(told->user, &hold, err);
}

static ctg_status give_answer(sqlite3_stmt *row, void *to, ctg_error *err) {
    const listener *const told = to;
    const store_answer answer = {.commune = told->commune,
                                 .key = engine_text(row, 0),
                                 .request = engine_text(row, 1),
                                 .at_ms = sqlite3_column_int64(row, 2),
                                 .status = sqlite3_column_int(row, 3),
                                 .location = engine_text(row, 4),
                                 .etag = engine_text(row, 5),
                                 .body = engine_bytes(row, 6)};
    return told->on_answer(told->user, &answer, err);
}

ctg_status store_plans(store *from, const char *commune, store_on_plan *each,
                       void *user, ctg_error *err) {
    listener told = {.commune = commune, .on_plan = each, .user = user};
    return each_row(from, SQL_PLANS, commune, give_plan, &told, err);
}

ctg_status store_plan_at(store *from, const char *commune, int64_t seq,
                         store_on_bytes *each, void *user, ctg_error *err) {
    bool is_row = false;
    sqlite3_stmt *const run = engine_take(from, SQL_PLAN_AT, err);
    if (!run)
        return CTG_ERR_IO;
    engine_bind_text(run, 1, commune);
    sqlite3_bind_int64(run, 2, seq);
    TRY(engine_next(from, run, &is_row, err));
    if (!is_row)
        return err_set(err, CTG_ERR_INPUT, "E-STORE-MISSING", NULL,
                       "the plan of a record of commune \"%s\" was forgotten. "
                       "Maybe raise --keep-plans.",
                       commune);
    const ctg_status status = each(user, seq, engine_bytes(run, 0), err);
    sqlite3_reset(run);
    return status;
}

ctg_status store_holds(store *from, const char *commune, store_on_hold *each,
                       void *user, ctg_error *err) {
    listener told = {.commune = commune, .on_hold = each, .user = user};
    return each_row(from, SQL_HOLDS, commune, give_hold, &told, err);
}

ctg_status store_answers(store *from, const char *commune,
                         store_on_answer *each, void *user, ctg_error *err) {
    listener told = {.commune = commune, .on_answer = each, .user = user};
    return each_row(from, SQL_ANSWERS, commune, give_answer, &told, err);
}
