// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/vec.h"

VEC_DECLARE(number_vec, int64_t);

static void vec_push_many_keeps_all(void **state) {
    (void)state;
    arena *const mem = arena_create(NULL, 0);
    number_vec numbers = {0};
    for (int32_t i = 0; i < 1000; i++)
        *VEC_PUSH(mem, &numbers, int64_t) = i * INT64_C(10000000000);
    int32_t wrong = 0;
    for (int32_t i = 0; i < 1000; i++)
        wrong += numbers.at[i] != i * INT64_C(10000000000);
    const int32_t n = numbers.n;
    arena_destroy(mem);
    assert_int_equal(n, 1000);
    assert_int_equal(wrong, 0);
}

static void vec_push_new_element_is_zero(void **state) {
    (void)state;
    arena *const mem = arena_create(NULL, 0);
    number_vec numbers = {0};
    const int64_t pushed = *VEC_PUSH(mem, &numbers, int64_t);
    arena_destroy(mem);
    assert_int_equal(pushed, 0);
}

static void vec_push_without_memory_is_null(void **state) {
    (void)state;
    arena *const mem = arena_create(NULL, 300);
    number_vec numbers = {0};
    const int64_t *last = NULL;
    for (int32_t i = 0; i < 100; i++)
        last = VEC_PUSH(mem, &numbers, int64_t);
    const int32_t n = numbers.n;
    arena_destroy(mem);
    assert_null(last);
    assert_true(n < 100);
}

static void vec_reserve_past_int32_is_refused(void **state) {
    (void)state;
    arena *const mem = arena_create(NULL, 0);
    number_vec numbers = {0};
    VEC_PUSH(mem, &numbers, int64_t);
    const bool given = vec_reserve(mem, &numbers, INT32_MAX, 8, 8);
    arena_destroy(mem);
    assert_false(given);
}

static void vec_reserve_gives_room_at_once(void **state) {
    (void)state;
    arena *const mem = arena_create(NULL, 0);
    number_vec numbers = {0};
    const bool given = vec_reserve(mem, &numbers, 1000, 8, 8);
    arena_destroy(mem);
    assert_true(given);
    assert_true(numbers.room >= 1000);
    assert_int_equal(numbers.n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vec_push_many_keeps_all),
        cmocka_unit_test(vec_push_new_element_is_zero),
        cmocka_unit_test(vec_push_without_memory_is_null),
        cmocka_unit_test(vec_reserve_past_int32_is_refused),
        cmocka_unit_test(vec_reserve_gives_room_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
