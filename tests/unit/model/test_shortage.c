// SPDX-License-Identifier: GPL-3.0-or-later
/* The order of shortages in files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/plan.h"

static void kind_orders_before_place(void **state) {
    (void)state;
    const shortage a = {.kind = SHORT_PLACES, .at = {.structure = 9}};
    const shortage b = {.kind = SHORT_RATIO, .at = {.structure = 0}};
    assert_true(shortage_compare(&a, &b) < 0);
    assert_true(shortage_compare(&b, &a) > 0);
}

static void date_orders_before_begin(void **state) {
    (void)state;
    const shortage a = {.at = {.civil = 1, .begin = 600}};
    const shortage b = {.at = {.civil = 2, .begin = 480}};
    assert_true(shortage_compare(&a, &b) < 0);
}

static void manager_orders_by_text_and_none_comes_first(void **state) {
    (void)state;
    const shortage none = {.kind = SHORT_GUARANTEED};
    const shortage a = {.kind = SHORT_GUARANTEED, .at = {.manager = "asso"}};
    const shortage b = {.kind = SHORT_GUARANTEED, .at = {.manager = "b"}};
    assert_true(shortage_compare(&none, &a) < 0);
    assert_true(shortage_compare(&b, &a) > 0);
    assert_int_equal(shortage_compare(&a, &a), 0);
}

static void size_does_not_order(void **state) {
    (void)state;
    const shortage a = {.at = {.month = 3}, .size = 1};
    const shortage b = {.at = {.month = 3}, .size = 2};
    assert_int_equal(shortage_compare(&a, &b), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kind_orders_before_place),
        cmocka_unit_test(date_orders_before_begin),
        cmocka_unit_test(manager_orders_by_text_and_none_comes_first),
        cmocka_unit_test(size_does_not_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
