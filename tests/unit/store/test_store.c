// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/store.h"
#include "support/folder.h"

typedef struct bench {
    char folder[FOLDER_PATH];
    store *held;
    ctg_error err;
    char told[4096]; /* what callbacks heard, in order */
} bench;

static store *open_at(bench *on, bool is_writer, uint64_t most_bytes) {
    const store_options options = {is_writer, "the test", most_bytes};
    on->err = (ctg_error)CTG_ERROR_INIT;
    store *opened = NULL;
    store_open(&opened, on->folder, &options, &on->err);
    return opened;
}

static int set_up(void **state) {
    bench *const on = calloc(1, sizeof *on);
    *state = on;
    folder_make(on->folder);
    on->held = open_at(on, true, 0);
    return on->held ? 0 : -1;
}

static int tear_down(void **state) {
    bench *const on = *state;
    store_close(on->held);
    folder_remove(on->folder);
    free(on);
    return 0;
}

static store_bytes bytes_of(const char *text) {
    return (store_bytes){text, strlen(text)};
}

static ctg_status append(bench *on, const char *commune, int64_t seq,
                         const char *body) {
    const store_record record = {commune, seq, 1000 + seq, "change",
                                 bytes_of(body)};
    on->err = (ctg_error)CTG_ERROR_INIT;
    return store_append(on->held, &record, &on->err);
}

/* A batch with records 1 to `n` of a commune, "body-1" and so on. */
static void fill(bench *on, const char *commune, int n) {
    assert_int_equal(store_begin(on->held, &on->err), CTG_OK);
    for (int seq = 1; seq <= n; seq++) {
        char body[32];
        snprintf(body, sizeof body, "body-%d", seq);
        assert_int_equal(append(on, commune, seq, body), CTG_OK);
    }
    assert_int_equal(store_commit(on->held, &on->err), CTG_OK);
}

static void hear(bench *on, const char *format, ...) {
    const size_t n = strlen(on->told);
    va_list rest;
    va_start(rest, format);
    vsnprintf(on->told + n, sizeof on->told - n, format, rest);
    va_end(rest);
}

static ctg_status hear_record(void *user, const store_record *record,
                              ctg_error *err) {
    (void)err;
    hear(user, "%d %s %.*s;", (int)record->seq, record->kind,
         (int)record->body.n, record->body.at);
    return CTG_OK;
}

static ctg_status replay(bench *on, const char *commune, int64_t after) {
    on->told[0] = '\0';
    on->err = (ctg_error)CTG_ERROR_INIT;
    return store_replay(on->held, commune, after, 0, hear_record, on, &on->err);
}

/* SQL on the closed database, as somebody with the file might. */
static void meddle(bench *on, const char *sql) {
    char path[FOLDER_PATH + 32];
    sqlite3 *db = NULL;
    store_close(on->held);
    on->held = NULL;
    snprintf(path, sizeof path, "%s/ctgsched.db", on->folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "DROP TRIGGER event_stays; DROP TRIGGER "
                                  "event_remains",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    on->held = open_at(on, true, 0);
}

static void hear_fault(void *user, const char *line) {
    hear(user, "%s\n", line);
}

static int64_t faults(bench *on) {
    store_summary sum;
    on->told[0] = '\0';
    assert_int_equal(store_check(on->held, &sum, hear_fault, on, &on->err),
                     CTG_OK);
    return sum.n_faults;
}

static void records_come_back_in_order(void **state) {
    bench *const on = *state;
    fill(on, "village", 3);
    assert_int_equal(replay(on, "village", 1), CTG_OK);
    assert_string_equal(on->told, "2 change body-2;3 change body-3;");
}

static void communes_have_journals_of_their_own(void **state) {
    bench *const on = *state;
    fill(on, "village", 2);
    fill(on, "town", 1);
    assert_int_equal(replay(on, "town", 0), CTG_OK);
    assert_string_equal(on->told, "1 change body-1;");
}

static void record_out_of_order_is_refused(void **state) {
    bench *const on = *state;
    fill(on, "village", 1);
    store_begin(on->held, &on->err);
    assert_int_equal(append(on, "village", 3, "x"), CTG_ERR_USAGE);
    assert_string_equal(on->err.code, "E-STORE-ORDER");
    store_undo(on->held);
}

static void undone_batch_leaves_nothing(void **state) {
    bench *const on = *state;
    store_begin(on->held, &on->err);
    append(on, "village", 1, "x");
    store_undo(on->held);
    assert_int_equal(replay(on, "village", 0), CTG_OK);
    assert_string_equal(on->told, "");
}

static void second_writer_is_told_who_holds(void **state) {
    bench *const on = *state;
    assert_null(open_at(on, true, 0));
    assert_string_equal(on->err.code, "E-STORE-HELD");
    assert_non_null(strstr(on->err.message, "held by the test"));
}

static void reader_sees_what_was_committed(void **state) {
    bench *const on = *state;
    fill(on, "village", 2);
    store *const reader = open_at(on, false, 0);
    assert_non_null(reader);
    on->told[0] = '\0';
    assert_int_equal(
        store_replay(reader, "village", 0, 1, hear_record, on, &on->err),
        CTG_OK);
    store_close(reader);
    assert_string_equal(on->told, "1 change body-1;");
}

static void changed_record_is_named(void **state) {
    bench *const on = *state;
    fill(on, "village", 3);
    meddle(on, "UPDATE event SET body = 'other' WHERE seq = 2");
    assert_int_equal(replay(on, "village", 0), CTG_ERR_IO);
    assert_string_equal(on->err.code, "E-STORE-CORRUPT");
    assert_non_null(strstr(on->err.message, "record 2 of commune \"village\""));
    assert_int_equal(faults(on), 1);
}

static void record_taken_out_is_named(void **state) {
    bench *const on = *state;
    fill(on, "village", 3);
    meddle(on, "DELETE FROM event WHERE seq = 2");
    assert_int_equal(replay(on, "village", 0), CTG_ERR_IO);
    assert_non_null(strstr(on->err.message, "record 2"));
}

static void tail_cut_off_is_named(void **state) {
    bench *const on = *state;
    fill(on, "village", 3);
    meddle(on, "DELETE FROM event WHERE seq = 3");
    assert_int_equal(replay(on, "village", 0), CTG_ERR_IO);
    assert_non_null(strstr(on->err.message, "record 3"));
    assert_non_null(strstr(on->err.message, "cut off"));
}

static void whole_state_has_no_fault(void **state) {
    bench *const on = *state;
    fill(on, "village", 3);
    assert_int_equal(faults(on), 0);
}

static void put_plan(bench *on, int64_t seq, const char *text,
                     const char *digest) {
    const store_plan plan = {"village", seq,    seq - 1,      digest,
                             "base",    "good", UINT64_C(77), bytes_of(text)};
    assert_int_equal(store_begin(on->held, &on->err), CTG_OK);
    assert_int_equal(append(on, "village", seq, "plan"), CTG_OK);
    assert_int_equal(store_put_plan(on->held, &plan, &on->err), CTG_OK);
    assert_int_equal(store_commit(on->held, &on->err), CTG_OK);
}

static ctg_status hear_plan(void *user, const store_plan *plan,
                            bool is_published, ctg_error *err) {
    (void)err;
    hear(user, "%d on %d %s %s %d %.*s%s;", (int)plan->seq, (int)plan->rests_on,
         plan->base, plan->quality, (int)plan->work, (int)plan->text.n,
         plan->text.at, is_published ? " published" : "");
    return CTG_OK;
}

static void publish(bench *on, const char *digest) {
    assert_int_equal(store_begin(on->held, &on->err), CTG_OK);
    assert_int_equal(
        store_mark_published(on->held, "village", digest, &on->err), CTG_OK);
    assert_int_equal(store_commit(on->held, &on->err), CTG_OK);
}

static void newest_plan_comes_first_then_the_published_one(void **state) {
    bench *const on = *state;
    put_plan(on, 1, "one", "d1");
    put_plan(on, 2, "two", "d2");
    put_plan(on, 3, "three", "d3");
    publish(on, "d2");
    publish(on, "d1");
    assert_int_equal(store_plans(on->held, "village", hear_plan, on, &on->err),
                     CTG_OK);
    assert_string_equal(on->told,
                        "3 on 2 base good 77 three;1 on 0 base good 77 one "
                        "published;");
}

static void publishing_an_unknown_plan_is_refused(void **state) {
    bench *const on = *state;
    put_plan(on, 1, "one", "d1");
    store_begin(on->held, &on->err);
    assert_int_equal(store_mark_published(on->held, "village", "d9", &on->err),
                     CTG_ERR_INPUT);
    assert_string_equal(on->err.code, "E-STORE-MISSING");
    store_undo(on->held);
}

static void pruning_keeps_the_published_plan(void **state) {
    bench *const on = *state;
    put_plan(on, 1, "one", "d1");
    put_plan(on, 2, "two", "d2");
    put_plan(on, 3, "three", "d3");
    publish(on, "d1");
    store_begin(on->held, &on->err);
    assert_int_equal(store_prune(on->held, 0, 1, &on->err), CTG_OK);
    assert_int_equal(store_commit(on->held, &on->err), CTG_OK);
    store_summary sum;
    store_check(on->held, &sum, NULL, NULL, &on->err);
    assert_int_equal(sum.n_plans, 2);
}

static void damaged_plan_is_named(void **state) {
    bench *const on = *state;
    put_plan(on, 1, "one", "d1");
    assert_int_equal(faults(on), 1);
    assert_string_equal(on->told,
                        "plan 1 of commune \"village\" is not what was "
                        "written\n");
}

static ctg_status hear_bytes(void *user, int64_t seq, store_bytes bytes,
                             ctg_error *err) {
    (void)err;
    hear(user, "%d %.*s;", (int)seq, (int)bytes.n, bytes.at);
    return CTG_OK;
}

static void newer_snapshot_replaces(void **state) {
    bench *const on = *state;
    fill(on, "village", 2);
    store_begin(on->held, &on->err);
    store_put_snapshot(on->held, "village", 1, bytes_of("old"), &on->err);
    store_put_snapshot(on->held, "village", 2, bytes_of("new"), &on->err);
    assert_int_equal(store_commit(on->held, &on->err), CTG_OK);
    assert_int_equal(
        store_snapshot(on->held, "village", hear_bytes, on, &on->err), CTG_OK);
    assert_string_equal(on->told, "2 new;");
}

static void damaged_snapshot_is_refused(void **state) {
    bench *const on = *state;
    fill(on, "village", 1);
    store_begin(on->held, &on->err);
    store_put_snapshot(on->held, "village", 1, bytes_of("old"), &on->err);
    store_commit(on->held, &on->err);
    meddle(on, "UPDATE snapshot SET problem = 'bad'");
    assert_int_equal(
        store_snapshot(on->held, "village", hear_bytes, on, &on->err),
        CTG_ERR_IO);
    assert_string_equal(on->err.code, "E-STORE-CORRUPT");
}

static ctg_status hear_hold(void *user, const store_hold *hold,
                            ctg_error *err) {
    (void)err;
    hear(user, "%s %d %.*s;", hold->id, (int)hold->expires_ms,
         (int)hold->body.n, hold->body.at);
    return CTG_OK;
}

static void ended_hold_is_gone(void **state) {
    bench *const on = *state;
    const store_hold first = {"village", "h1", 5, bytes_of("a")};
    const store_hold second = {"village", "h2", 6, bytes_of("b")};
    store_begin(on->held, &on->err);
    store_put_hold(on->held, &first, &on->err);
    store_put_hold(on->held, &second, &on->err);
    store_end_hold(on->held, "village", "h1", &on->err);
    assert_int_equal(store_commit(on->held, &on->err), CTG_OK);
    assert_int_equal(store_holds(on->held, "village", hear_hold, on, &on->err),
                     CTG_OK);
    assert_string_equal(on->told, "h2 6 b;");
}

static ctg_status hear_answer(void *user, const store_answer *answer,
                              ctg_error *err) {
    (void)err;
    hear(user, "%s %s %d %s %s %.*s;", answer->key, answer->request,
         (int)answer->status, answer->location, answer->etag,
         (int)answer->body.n, answer->body.at);
    return CTG_OK;
}

static void old_answers_are_forgotten(void **state) {
    bench *const on = *state;
    const store_answer old = {"village", "k1", "r1", 10,
                              201,       "/a", "",   bytes_of("A")};
    const store_answer young = {"village", "k2", "r2", 20,
                                200,       "",   "e",  bytes_of("B")};
    store_begin(on->held, &on->err);
    store_put_answer(on->held, &old, &on->err);
    store_put_answer(on->held, &young, &on->err);
    store_prune(on->held, 15, 1, &on->err);
    assert_int_equal(store_commit(on->held, &on->err), CTG_OK);
    assert_int_equal(
        store_answers(on->held, "village", hear_answer, on, &on->err), CTG_OK);
    assert_string_equal(on->told, "k2 r2 200  e B;");
}

static void newer_format_is_refused_politely(void **state) {
    bench *const on = *state;
    meddle(on, "PRAGMA user_version = 99");
    assert_null(on->held);
    assert_string_equal(on->err.code, "E-STORE-NEWER");
    assert_non_null(strstr(on->err.message, "format 99"));
}

static void garbage_is_refused(void **state) {
    bench *const on = *state;
    char path[FOLDER_PATH + 32];
    store_close(on->held);
    snprintf(path, sizeof path, "%s/ctgsched.db", on->folder);
    FILE *const file = fopen(path, "w");
    for (int i = 0; i < 1000; i++)
        fputs("no database at all ", file);
    fclose(file);
    on->held = open_at(on, true, 0);
    assert_null(on->held);
    assert_string_equal(on->err.code, "E-STORE-CORRUPT");
}

static void missing_folder_is_refused(void **state) {
    bench *const on = *state;
    const store_options options = {true, "", 0};
    ctg_error err = CTG_ERROR_INIT;
    store *opened = NULL;
    (void)on;
    assert_int_equal(store_open(&opened, "/nowhere/at/all", &options, &err),
                     CTG_ERR_IO);
    assert_string_equal(err.code, "E-STORE-READONLY");
}

static void full_state_refuses_and_loses_nothing(void **state) {
    bench *const on = *state;
    static char large[200000];
    memset(large, 'x', sizeof large - 1);
    fill(on, "village", 1);
    store_close(on->held);
    on->held = open_at(on, true, 150000);
    assert_non_null(on->held);
    store_begin(on->held, &on->err);
    const ctg_status status = append(on, "village", 2, large);
    assert_int_equal(status, CTG_ERR_IO);
    assert_string_equal(on->err.code, "E-STORE-FULL");
    store_undo(on->held);
    assert_int_equal(replay(on, "village", 0), CTG_OK);
    assert_string_equal(on->told, "1 change body-1;");
}

static void digest_is_sha256(void **state) {
    char text[STORE_DIGEST_TEXT];
    (void)state;
    store_digest(text, "abc", 3);
    assert_string_equal(text, "sha256:ba7816bf8f01cfea414140de5dae2223b00361a39"
                              "6177a9cb410ff61f20015ad");
}

#define ON_A_STORE(test)                                                       \
    cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        ON_A_STORE(records_come_back_in_order),
        ON_A_STORE(communes_have_journals_of_their_own),
        ON_A_STORE(record_out_of_order_is_refused),
        ON_A_STORE(undone_batch_leaves_nothing),
        ON_A_STORE(second_writer_is_told_who_holds),
        ON_A_STORE(reader_sees_what_was_committed),
        ON_A_STORE(changed_record_is_named),
        ON_A_STORE(record_taken_out_is_named),
        ON_A_STORE(tail_cut_off_is_named),
        ON_A_STORE(whole_state_has_no_fault),
        ON_A_STORE(newest_plan_comes_first_then_the_published_one),
        ON_A_STORE(publishing_an_unknown_plan_is_refused),
        ON_A_STORE(pruning_keeps_the_published_plan),
        ON_A_STORE(damaged_plan_is_named),
        ON_A_STORE(newer_snapshot_replaces),
        ON_A_STORE(damaged_snapshot_is_refused),
        ON_A_STORE(ended_hold_is_gone),
        ON_A_STORE(old_answers_are_forgotten),
        ON_A_STORE(newer_format_is_refused_politely),
        ON_A_STORE(garbage_is_refused),
        ON_A_STORE(missing_folder_is_refused),
        ON_A_STORE(full_state_refuses_and_loses_nothing),
        cmocka_unit_test(digest_is_sha256),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
