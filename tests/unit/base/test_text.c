// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/text.h"

static int set_up(void **state) {
    *state = arena_create(NULL, 0);
    return *state ? 0 : -1;
}

static int tear_down(void **state) {
    arena_destroy(*state);
    return 0;
}

static void text_add_pieces_are_joined(void **state) {
    text out = {.mem = *state};
    text_puts(&out, "ab");
    text_add(&out, "cdef", 2);
    text_printf(&out, "%s-%d", "x", 7);
    assert_string_equal(out.at, "abcdx-7");
    assert_int_equal(out.n, 7);
}

static void text_add_nothing_still_ends(void **state) {
    text out = {.mem = *state};
    text_puts(&out, "");
    assert_string_equal(out.at, "");
}

static void text_int_extremes_are_exact(void **state) {
    text out = {.mem = *state};
    text_int(&out, INT64_MIN);
    text_puts(&out, " ");
    text_int(&out, 0);
    text_puts(&out, " ");
    text_int(&out, INT64_MAX);
    assert_string_equal(out.at, "-9223372036854775808 0 9223372036854775807");
}

static void text_add_many_grows(void **state) {
    text out = {.mem = *state};
    for (int32_t i = 0; i < 10000; i++)
        text_printf(&out, "%04d", i);
    assert_false(out.failed);
    assert_int_equal(strlen(out.at), 40000);
    assert_string_equal(out.at + 39996, "9999");
}

static void text_add_without_memory_fails_and_keeps(void **state) {
    (void)state;
    arena *const mem = arena_create(NULL, 400);
    text out = {.mem = mem};
    text_puts(&out, "kept");
    text_printf(&out, "%01000d", 1);
    text_puts(&out, "dropped");
    const bool kept = strcmp(out.at, "kept") == 0;
    arena_destroy(mem);
    assert_true(out.failed);
    assert_true(kept);
}

static void floor_div_any_sign_rounds_down(void **state) {
    (void)state;
    assert_int_equal(floor_div(7, 2), 3);
    assert_int_equal(floor_div(-7, 2), -4);
    assert_int_equal(floor_div(-8, 2), -4);
}

static void ceil_div_any_sign_rounds_up(void **state) {
    (void)state;
    assert_int_equal(ceil_div(7, 2), 4);
    assert_int_equal(ceil_div(8, 2), 4);
    assert_int_equal(ceil_div(-7, 2), -3);
}

static void add_fits_overflow_is_told(void **state) {
    (void)state;
    int64_t out = 0;
    assert_true(add_fits(INT64_MAX - 1, 1, &out));
    assert_false(add_fits(INT64_MAX, 1, &out));
    assert_false(mul_fits(INT64_MAX / 2, 3, &out));
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        T(text_add_pieces_are_joined),
        T(text_add_nothing_still_ends),
        T(text_int_extremes_are_exact),
        T(text_add_many_grows),
        T(text_add_without_memory_fails_and_keeps),
        T(floor_div_any_sign_rounds_down),
        T(ceil_div_any_sign_rounds_up),
        T(add_fits_overflow_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
