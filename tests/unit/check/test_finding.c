// SPDX-License-Identifier: GPL-3.0-or-later
/* Instants become maximal intervals; findings come in the order of rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/finding.h"

static finding at_time(int32_t begin, int32_t end, int64_t size) {
    finding f = {.at = where_of(BREAKS_PLACES), .size = size};
    f.at.structure = 0;
    f.at.civil = 20000;
    f.at.begin = begin;
    f.at.end = end;
    return f;
}

static void put(findings *list, int32_t begin, int32_t end, int64_t size,
                bool is_breach) {
    finding f = at_time(begin, end, size);
    f.is_breach = is_breach;
    findings_add_instant(list, &f);
}

static int setup(void **state) {
    *state = arena_create(NULL, 0);
    return *state ? 0 : -1;
}

static int teardown(void **state) {
    arena_destroy(*state);
    return 0;
}

static void finding_adjacent_equal_instants_join(void **state) {
    findings list = {.mem = *state};
    put(&list, 480, 500, 1, true);
    put(&list, 500, 510, 1, true);
    assert_int_equal(list.n, 1);
    assert_int_equal(list.at[0].at.begin, 480);
    assert_int_equal(list.at[0].at.end, 510);
}

static void finding_other_size_fate_or_gap_starts_anew(void **state) {
    findings list = {.mem = *state};
    put(&list, 480, 500, 1, true);
    put(&list, 500, 510, 2, true);
    put(&list, 510, 520, 2, false);
    put(&list, 530, 540, 2, false);
    assert_int_equal(list.n, 4);
}

static void finding_rows_join_through_each_other(void **state) {
    findings list = {.mem = *state};
    finding ratio = at_time(480, 500, 1);
    ratio.at.rule = BREAKS_RATIO;
    put(&list, 480, 500, 1, true);
    findings_add_instant(&list, &ratio);
    put(&list, 500, 520, 1, true);
    assert_int_equal(list.n, 2);
    assert_int_equal(list.at[0].at.end, 520);
}

static void finding_days_do_not_join(void **state) {
    findings list = {.mem = *state};
    put(&list, 0, 1440, 1, true);
    findings_next_day(&list);
    put(&list, 1440, 1441, 1, true);
    assert_int_equal(list.n, 2);
}

static void finding_sort_goes_by_rule_then_place(void **state) {
    findings list = {.mem = *state};
    finding fixed = {.at = where_of(BREAKS_PIN)}, hours = at_time(1, 2, 0);
    hours.at.rule = BREAKS_HOURS;
    finding later = hours;
    later.at.structure = 1;
    findings_add(&list, &fixed);
    findings_add(&list, &later);
    findings_add(&list, &hours);
    findings_sort(&list);
    assert_int_equal(list.at[0].at.structure, 0);
    assert_int_equal(list.at[1].at.structure, 1);
    assert_int_equal(list.at[2].at.rule, BREAKS_PIN);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finding_adjacent_equal_instants_join,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(
            finding_other_size_fate_or_gap_starts_anew, setup, teardown),
        cmocka_unit_test_setup_teardown(finding_rows_join_through_each_other,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(finding_days_do_not_join, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(finding_sort_goes_by_rule_then_place,
                                        setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
