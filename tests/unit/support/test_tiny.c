// SPDX-License-Identifier: GPL-3.0-or-later
/* The generator: one seed one text, on every machine; shuffling keeps what the
 * problem says; dropping parts ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "io/io.h"
#include "support/tiny.h"

static int setup(void **state) {
    *state = arena_create(NULL, 0);
    return *state ? 0 : -1;
}

static int teardown(void **state) {
    arena_destroy(*state);
    return 0;
}

static void tiny_same_seed_same_text(void **state) {
    assert_string_equal(tiny_problem(7, *state), tiny_problem(7, *state));
    assert_string_not_equal(tiny_problem(7, *state), tiny_problem(8, *state));
}

static problem *read_text(const char *text) {
    problem *p = NULL;
    ctg_error err = CTG_ERROR_INIT;
    const io_text input = {text, strlen(text)};
    if (io_read_problem(&p, input, NULL, 0, NULL, NULL, &err) != CTG_OK)
        fail_msg("%s %s %s", err.code, err.pointer, err.message);
    return p;
}

static void tiny_shuffled_keeps_the_digest(void **state) {
    const char *const text = tiny_problem(11, *state);
    const char *const mixed = tiny_shuffle(text, 1, *state);
    assert_string_not_equal(text, mixed);
    problem *const a = read_text(text);
    problem *const b = read_text(mixed);
    assert_string_equal(a->digest, b->digest);
    problem_free(a);
    problem_free(b);
}

static void tiny_problems_have_the_size_promised(void **state) {
    for (uint64_t seed = 1; seed <= 200; seed++) {
        problem *const p = read_text(tiny_problem(seed, *state));
        assert_in_range(p->n_requests, 3, 6);
        assert_int_equal(p->n_structures, 2);
        assert_in_range(p->n_days, 1, 7);
        problem_free(p);
    }
}

static void tiny_drop_removes_each_part_once(void **state) {
    const char *const text = "{\"requests\": [1, 2], \"a\": {\"b\": 3}}";
    assert_string_equal(tiny_drop(text, 0, *state),
                        "{\n \"requests\": [\n  2\n ],\n \"a\": {\n  \"b\": "
                        "3\n }\n}");
    int32_t n = 0;
    while (tiny_drop(text, n, *state))
        n++;
    /* 1 and 2; requests and a; 1 and 2 again; b */
    assert_int_equal(n, 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        CASE(tiny_same_seed_same_text),
        CASE(tiny_shuffled_keeps_the_digest),
        CASE(tiny_problems_have_the_size_promised),
        CASE(tiny_drop_removes_each_part_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
