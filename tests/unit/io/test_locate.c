// SPDX-License-Identifier: GPL-3.0-or-later
/* JSON Pointers to lines and columns, counted by hand, in bytes from 1. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "io/locate.h"

static const char sample[] = "{\n"
                             "  \"a\": [10, {\"b/c\": 20}],\n"
                             "  \"d~\\u00e9\": {\"x\": \"}\\\"\"}, \"y\": 3,\n"
                             "  \"\\ud83d\\ude00\": [[], [\"\xC3\xA9\", 4]]\n"
                             "}\n";

static fault place(const char *pointer, const char *code) {
    arena *const mem = arena_create(NULL, 0);
    fault one = {.code = code, .pointer = pointer};
    assert_true(locate_faults((io_text){sample, strlen(sample)}, &one, 1, mem));
    arena_destroy(mem);
    return one;
}

static void expect(const char *pointer, int32_t line, int32_t column) {
    const fault one = place(pointer, "E-TYPE");
    assert_int_equal(one.line, line);
    assert_int_equal(one.column, column);
}

static void root_is_where_the_text_begins(void **state) {
    (void)state;
    expect("", 1, 1);
}

static void value_is_where_it_begins(void **state) {
    (void)state;
    expect("/a", 2, 8);
    expect("/a/0", 2, 9);
    expect("/a/1", 2, 13);
    expect("/y", 3, 34);
}

static void tokens_are_unescaped(void **state) {
    (void)state;
    expect("/a/1/b~1c", 2, 21);
    expect("/d~0\xC3\xA9/x", 3, 21);
}

static void surrogates_and_bytes_count_as_they_are(void **state) {
    (void)state;
    expect("/\xF0\x9F\x98\x80/1", 4, 24);
    expect("/\xF0\x9F\x98\x80/1/1", 4, 31);
}

static void extra_member_is_where_its_name_begins(void **state) {
    (void)state;
    const fault one = place("/a/1/b~1c", "E-MEMBER");
    assert_int_equal(one.column, 14);
}

static void pointer_to_nothing_falls_back_to_the_root(void **state) {
    (void)state;
    expect("/a/7", 1, 1);
    expect("/none", 1, 1);
}

static void many_are_placed_in_one_pass(void **state) {
    (void)state;
    arena *const mem = arena_create(NULL, 0);
    fault all[] = {{.code = "E-TYPE", .pointer = "/y"},
                   {.code = "E-TYPE", .pointer = "/a/0"},
                   {.code = "E-TYPE", .pointer = "/a/0"},
                   {.code = "E-TYPE", .pointer = ""}};
    locate_faults((io_text){sample, strlen(sample)}, all, 4, mem);
    assert_int_equal(all[0].line, 3);
    assert_int_equal(all[1].column, 9);
    assert_int_equal(all[2].column, 9);
    assert_int_equal(all[3].line, 1);
    arena_destroy(mem);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(root_is_where_the_text_begins),
        cmocka_unit_test(value_is_where_it_begins),
        cmocka_unit_test(tokens_are_unescaped),
        cmocka_unit_test(surrogates_and_bytes_count_as_they_are),
        cmocka_unit_test(extra_member_is_where_its_name_begins),
        cmocka_unit_test(pointer_to_nothing_falls_back_to_the_root),
        cmocka_unit_test(many_are_placed_in_one_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
