// SPDX-License-Identifier: GPL-3.0-or-later
/* Names in files are stable: tables go both ways and say what the format says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/plan.h"

static void goals_are_found_by_the_name_they_print(void **state) {
    (void)state;
    for (int32_t g = 0; g < N_GOALS; g++)
        assert_int_equal(goal_find(goal_about((goal_id)g)->name), g);
    assert_int_equal(goal_find("weighted"), -1);
    assert_int_equal(N_GOALS, 21);
}

static void goals_have_the_sense_and_unit_of_the_format(void **state) {
    (void)state;
    assert_int_equal(goal_about(GOAL_SHORTAGE)->sense, SENSE_MIN);
    assert_int_equal(goal_about(GOAL_POINTS)->sense, SENSE_MAX);
    assert_string_equal(goal_about(GOAL_AGE_FIT)->unit, "child-days");
    assert_string_equal(goal_about(GOAL_TIE)->name, "tie");
}

static void plan_rules_are_found_by_the_name_they_print(void **state) {
    (void)state;
    for (int32_t i = 0; i < N_PLAN_RULES; i++)
        assert_int_equal(rule_name_find(rule_name_text((rule_name)i)), i);
    assert_string_equal(rule_name_text(BREAKS_NEED_MAX), "need_max");
    assert_int_equal(rule_name_find("law"), -1);
}

static void shortages_are_found_by_the_name_they_print(void **state) {
    (void)state;
    for (int32_t i = 0; i < N_SHORTAGE_KINDS; i++)
        assert_int_equal(
            shortage_kind_find(shortage_kind_text((shortage_kind)i)), i);
    assert_int_equal(shortage_kind_find("mix"), SHORT_MIX);
    assert_int_equal(shortage_kind_find(""), -1);
}

static void stops_are_found_by_the_name_they_print(void **state) {
    (void)state;
    for (int32_t i = 0; i < N_STOPS; i++)
        assert_int_equal(stop_reason_find(stop_reason_text((stop_reason)i)), i);
    assert_int_equal(stop_reason_find("memory"), STOP_MEMORY);
}

static void rules_are_found_by_the_kind_they_print(void **state) {
    (void)state;
    for (int32_t i = 0; i < N_RULE_KINDS; i++)
        assert_int_equal(rule_kind_find(rule_kind_name((rule_kind)i)), i);
    assert_int_equal(rule_kind_find("over_capacity"), RULE_OVER_CAPACITY);
    assert_int_equal(ratio_reading_find("mixed_group_fill"), MIXED_GROUP_FILL);
    assert_int_equal(ratio_reading_find("sum"), -1);
    assert_string_equal(rule_status_name(STATUS_MEMORY), "memory");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goals_are_found_by_the_name_they_print),
        cmocka_unit_test(goals_have_the_sense_and_unit_of_the_format),
        cmocka_unit_test(plan_rules_are_found_by_the_name_they_print),
        cmocka_unit_test(shortages_are_found_by_the_name_they_print),
        cmocka_unit_test(stops_are_found_by_the_name_they_print),
        cmocka_unit_test(rules_are_found_by_the_kind_they_print),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
