// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/clock.h"
#include "base/thread.h"

static void clock_now_does_not_go_back(void **state) {
    (void)state;
    const int64_t first = clock_now_us();
    assert_true(clock_now_us() >= first);
}

static void clock_process_start_is_before_now(void **state) {
    (void)state;
    const int64_t start = clock_process_start_us();
    const int64_t now = clock_now_us();
    assert_true(start <= now);
    assert_true(now - start < INT64_C(300) * 1000000);
}

static void clock_process_start_is_steady(void **state) {
    (void)state;
    const int64_t apart = clock_process_start_us() - clock_process_start_us();
    assert_in_range(apart + 20000, 0, 40000);
}

static void clock_peak_bytes_is_at_least_a_page(void **state) {
    (void)state;
    assert_true(clock_peak_bytes() >= 4096);
}

static void set_to_seven(void *arg) { *(int32_t *)arg = 7; }

static void thread_join_sees_what_was_done(void **state) {
    (void)state;
    int32_t seen = 0;
    thread *const worker = thread_start(set_to_seven, &seen);
    assert_non_null(worker);
    thread_join(worker);
    assert_int_equal(seen, 7);
}

static void use_stack(void *arg) {
    volatile char block[6 << 20];
    for (size_t i = 0; i < sizeof block; i += 4096)
        block[i] = 1;
    *(int32_t *)arg = block[4096];
}

static void thread_start_gives_eight_mebibytes(void **state) {
    (void)state;
    int32_t seen = 0;
    thread_join(thread_start(use_stack, &seen));
    assert_int_equal(seen, 1);
}

static void thread_join_null_is_fine(void **state) {
    (void)state;
    thread_join(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clock_now_does_not_go_back),
        cmocka_unit_test(clock_process_start_is_before_now),
        cmocka_unit_test(clock_process_start_is_steady),
        cmocka_unit_test(clock_peak_bytes_is_at_least_a_page),
        cmocka_unit_test(thread_join_sees_what_was_done),
        cmocka_unit_test(thread_start_gives_eight_mebibytes),
        cmocka_unit_test(thread_join_null_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
