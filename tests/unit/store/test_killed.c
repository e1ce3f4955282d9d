// SPDX-License-Identifier: GPL-3.0-or-later
/* A writer killed at random points: what it said is durable is there, and no
 * batch is there by half. CTG_KILLS says how often (30). */
#define _XOPEN_SOURCE 700
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "store/store.h"
#include "support/folder.h"

/* One batch: record `seq` of two communes and a hold. */
static bool write_batch(store *to, int64_t seq) {
    char id[32];
    ctg_error err = CTG_ERROR_INIT;
    snprintf(id, sizeof id, "h%lld", (long long)seq);
    const store_bytes body = {id, strlen(id)};
    const store_record left = {"left", seq, 1, "change", body};
    const store_record right = {"right", seq, 1, "change", body};
    const store_hold hold = {"left", id, 1, body};
    return store_begin(to, &err) == CTG_OK &&
           store_append(to, &left, &err) == CTG_OK &&
           store_put_hold(to, &hold, &err) == CTG_OK &&
           store_append(to, &right, &err) == CTG_OK &&
           store_commit(to, &err) == CTG_OK;
}

static void write_until_killed(const char *folder, int64_t seq, int told) {
    const store_options options = {true, "writer", 0};
    ctg_error err = CTG_ERROR_INIT;
    store *to = NULL;
    if (store_open(&to, folder, &options, &err) != CTG_OK)
        _exit(1);
    while (write_batch(to, ++seq))
        if (write(told, &seq, sizeof seq) != sizeof seq)
            break;
    _exit(2);
}

static void nap(int64_t us) {
    const struct timespec span = {0, (long)us * 1000};
    nanosleep(&span, NULL);
}

/* Starts a writer, kills it after `us`, gives the last batch that it said is
 * durable. */
static int64_t kill_one(const char *folder, int64_t seq, int64_t us) {
    int ends[2], status = 0;
    assert_int_equal(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        write_until_killed(folder, seq, ends[1]);
    }
    close(ends[1]);
    nap(us);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status));
    while (read(ends[0], &seq, sizeof seq) == sizeof seq)
        ;
    close(ends[0]);
    return seq;
}

static ctg_status take_head(void *user, const store_head *head,
                            ctg_error *err) {
    int64_t *const heads = user;
    (void)err;
    heads[strcmp(head->commune, "left") == 0 ? 0 : 1] = head->seq;
    return CTG_OK;
}

static ctg_status count_hold(void *user, const store_hold *hold,
                             ctg_error *err) {
    (void)hold;
    (void)err;
    ++*(int64_t *)user;
    return CTG_OK;
}

static int64_t look(const char *folder) {
    const store_options options = {true, "reader", 0};
    ctg_error err = CTG_ERROR_INIT;
    store *from = NULL;
    store_summary sum;
    int64_t heads[2] = {0, 0}, holds = 0;
    assert_int_equal(store_open(&from, folder, &options, &err), CTG_OK);
    assert_int_equal(store_communes(from, take_head, heads, &err), CTG_OK);
    assert_int_equal(store_holds(from, "left", count_hold, &holds, &err),
                     CTG_OK);
    assert_int_equal(store_check(from, &sum, NULL, NULL, &err), CTG_OK);
    store_close(from);
    assert_int_equal(sum.n_faults, 0);
    assert_int_equal(heads[0], heads[1]);
    assert_int_equal(holds, heads[0]);
    return heads[0];
}

static void killed_writer_keeps_its_word(void **state) {
    char folder[FOLDER_PATH];
    const char *const asked = getenv("CTG_KILLS");
    const int kills = asked ? atoi(asked) : 30;
    uint64_t seed = (uint64_t)time(NULL);
    int64_t seq = 0;
    (void)state;
    printf("seed %llu\n", (unsigned long long)seed);
    folder_make(folder);
    for (int i = 0; i < kills; i++) {
        seed = seed * UINT64_C(6364136223846793005) + 1;
        const int64_t said =
            kill_one(folder, seq, 1000 + (int64_t)(seed >> 33) % 40000);
        seq = look(folder);
        // One batch may be durable without the writer having said so.
        assert_in_range(seq, said, said + 1);
    }
    assert_true(seq > 0);
    folder_remove(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(killed_writer_keeps_its_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
