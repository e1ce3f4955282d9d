// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/error.h"

static int set_up(void **state) {
    *state = arena_create(NULL, 0);
    return *state ? 0 : -1;
}

static int tear_down(void **state) {
    arena_destroy(*state);
    return 0;
}

static void err_set_fills_every_part(void **state) {
    (void)state;
    ctg_error err = CTG_ERROR_INIT;
    const ctg_status status = err_set(&err, CTG_ERR_INPUT, "E-DATE", "/days/0",
                                      "\"%s\" is no date", "2025-02-30");
    assert_int_equal(status, CTG_ERR_INPUT);
    assert_int_equal(err.status, CTG_ERR_INPUT);
    assert_string_equal(err.code, "E-DATE");
    assert_string_equal(err.pointer, "/days/0");
    assert_string_equal(err.message, "\"2025-02-30\" is no date");
}

static void err_set_second_time_keeps_the_first(void **state) {
    (void)state;
    ctg_error err = CTG_ERROR_INIT;
    err_set(&err, CTG_ERR_INPUT, "E-ONE", NULL, "one");
    const ctg_status second = err_set(&err, CTG_ERR_IO, "E-TWO", NULL, "two");
    assert_int_equal(second, CTG_ERR_IO);
    assert_string_equal(err.code, "E-ONE");
    assert_string_equal(err.message, "one");
}

static void err_set_without_error_returns_status(void **state) {
    (void)state;
    assert_int_equal(err_set(NULL, CTG_ERR_IO, "E-IO", NULL, "x"), CTG_ERR_IO);
}

static void err_set_long_texts_end_with_dots(void **state) {
    (void)state;
    char longer[1000];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    ctg_error err = CTG_ERROR_INIT;
    err_set(&err, CTG_ERR_INPUT, longer, longer, "%s", longer);
    assert_string_equal(err.code + 28, "...");
    assert_string_equal(err.pointer + 252, "...");
    assert_string_equal(err.message + 508, "...");
}

static void err_set_exact_length_is_not_cut(void **state) {
    (void)state;
    char exact[512];
    memset(exact, 'x', sizeof exact - 1);
    exact[sizeof exact - 1] = '\0';
    ctg_error err = CTG_ERROR_INIT;
    err_set(&err, CTG_ERR_INPUT, "E", NULL, "%s", exact);
    assert_string_equal(err.message, exact);
}

static void err_set_cut_spares_whole_characters(void **state) {
    (void)state;
    char accents[1001];
    for (int32_t i = 0; i < 1000; i += 2)
        memcpy(accents + i, "\xC3\xA9", 3);
    ctg_error err = CTG_ERROR_INIT;
    err_set(&err, CTG_ERR_INPUT, "E", NULL, "x%s", accents);
    // 1 + 2 * 253 bytes: byte 508 would be the second half of a character
    assert_int_equal(strlen(err.message), 510);
    assert_string_equal(err.message + 505, "\xC3\xA9...");
}

static void err_nomem_names_its_code(void **state) {
    (void)state;
    ctg_error err = CTG_ERROR_INIT;
    assert_int_equal(err_nomem(&err), CTG_ERR_NOMEM);
    assert_string_equal(err.code, "E-NOMEM");
}

static void fault_add_copies_pointer_and_message(void **state) {
    fault_list faults = {.mem = *state};
    char pointer[] = "/children/3";
    fault_add(&faults, FAULT_WARNING, "W-X", pointer, "%d things", 3);
    pointer[1] = '?';
    assert_int_equal(faults.n, 1);
    assert_int_equal(faults.at[0].severity, FAULT_WARNING);
    assert_string_equal(faults.at[0].code, "W-X");
    assert_string_equal(faults.at[0].pointer, "/children/3");
    assert_string_equal(faults.at[0].message, "3 things");
}

static void fault_add_beyond_the_most_counts_on(void **state) {
    fault_list faults = {.mem = *state};
    for (int32_t i = 0; i < FAULT_MAX + 5; i++)
        fault_add(&faults, FAULT_WARNING, "W-X", NULL, "warning %d", i);
    fault_add(&faults, FAULT_ERROR, "E-X", NULL, "error");
    assert_int_equal(faults.n, FAULT_MAX + 1);
    assert_int_equal(faults.n_warnings, FAULT_MAX + 5);
    assert_int_equal(faults.n_errors, 1);
    assert_string_equal(faults.at[FAULT_MAX].message, "error");
}

static void fault_add_without_memory_says_so(void **state) {
    (void)state;
    arena *const mem = arena_create(NULL, 200);
    fault_list faults = {.mem = mem};
    fault_add(&faults, FAULT_ERROR, "E-X", NULL, "error");
    arena_destroy(mem);
    assert_true(faults.out_of_memory);
    assert_int_equal(faults.n_errors, 1);
    assert_int_equal(faults.n, 0);
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        T(err_set_fills_every_part),
        T(err_set_second_time_keeps_the_first),
        T(err_set_without_error_returns_status),
        T(err_set_long_texts_end_with_dots),
        T(err_set_exact_length_is_not_cut),
        T(err_set_cut_spares_whole_characters),
        T(err_nomem_names_its_code),
        T(fault_add_copies_pointer_and_message),
        T(fault_add_beyond_the_most_counts_on),
        T(fault_add_without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
