// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/idmap.h"

static int set_up(void **state) {
    *state = arena_create(NULL, 0);
    return *state ? 0 : -1;
}

static int tear_down(void **state) {
    arena_destroy(*state);
    return 0;
}

static void idmap_get_empty_map_is_absent(void **state) {
    (void)state;
    const idmap map = {0};
    assert_int_equal(idmap_get(&map, "a"), -1);
}

static void idmap_put_twice_returns_the_first(void **state) {
    idmap map = {0};
    assert_int_equal(idmap_put(*state, &map, "a", 3), 3);
    assert_int_equal(idmap_put(*state, &map, "a", 9), 3);
    assert_int_equal(map.n, 1);
    assert_int_equal(idmap_get(&map, "a"), 3);
}

static void idmap_put_many_finds_each(void **state) {
    idmap map = {0};
    int32_t wrong = 0;
    for (int32_t i = 0; i < 10000; i++)
        idmap_put(*state, &map, arena_printf(*state, "child-%d", i), i);
    for (int32_t i = 0; i < 10000; i++)
        wrong += idmap_get(&map, arena_printf(*state, "child-%d", i)) != i;
    assert_int_equal(map.n, 10000);
    assert_int_equal(wrong, 0);
    assert_int_equal(idmap_get(&map, "child-10000"), -1);
}

static void idmap_put_empty_id_is_an_id(void **state) {
    idmap map = {0};
    assert_int_equal(idmap_put(*state, &map, "", 0), 0);
    assert_int_equal(idmap_get(&map, ""), 0);
}

static void idmap_put_without_memory_is_minus_one(void **state) {
    (void)state;
    arena *const mem = arena_create(NULL, 200);
    idmap map = {0};
    const int32_t put = idmap_put(mem, &map, "a", 0);
    arena_destroy(mem);
    assert_int_equal(put, -1);
    assert_int_equal(map.n, 0);
}

static const char *const members[] = {"children", "caregivers", "closures",
                                      "capacity", "id"};

static const char *nearest(const char *id) {
    return idmap_nearest(id, members, 5);
}

static void idmap_nearest_one_letter_off_is_found(void **state) {
    (void)state;
    assert_string_equal(nearest("childen"), "children");
    assert_string_equal(nearest("childreen"), "children");
    assert_string_equal(nearest("chilbren"), "children");
}

static void idmap_nearest_two_letters_off_is_found(void **state) {
    (void)state;
    assert_string_equal(nearest("cihldren"), "children");
    assert_string_equal(nearest("closuresss"), "closures");
    assert_string_equal(nearest("pacity"), "capacity");
}

static void idmap_nearest_three_letters_off_is_none(void **state) {
    (void)state;
    assert_null(nearest("chil"));
    assert_null(nearest("xxxldren"));
}

static void idmap_nearest_short_id_is_none(void **state) {
    (void)state;
    assert_null(nearest("ix"));
    assert_null(nearest(""));
}

static void idmap_nearest_of_two_takes_the_nearer(void **state) {
    (void)state;
    static const char *const both[] = {"closed", "closer", "close"};
    assert_string_equal(idmap_nearest("closet", both, 3), "closed");
    assert_string_equal(idmap_nearest("closerr", both, 3), "closer");
}

static void idmap_nearest_no_candidates_is_none(void **state) {
    (void)state;
    assert_null(idmap_nearest("children", NULL, 0));
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        T(idmap_get_empty_map_is_absent),
        T(idmap_put_twice_returns_the_first),
        T(idmap_put_many_finds_each),
        T(idmap_put_empty_id_is_an_id),
        T(idmap_put_without_memory_is_minus_one),
        T(idmap_nearest_one_letter_off_is_found),
        T(idmap_nearest_two_letters_off_is_found),
        T(idmap_nearest_three_letters_off_is_none),
        T(idmap_nearest_short_id_is_none),
        T(idmap_nearest_of_two_takes_the_nearer),
        T(idmap_nearest_no_candidates_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
