// SPDX-License-Identifier: GPL-3.0-or-later
/* Rows beyond one structure's day, by hand: weeks, children, resources,
 * siblings, guaranteed places, concentration, arrivals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/solving.h"
#include "support/solving_texts.h"

#define KIDS                                                                   \
    TEXT_WALKER("ca", "") "," TEXT_WALKER("cb", "") "," TEXT_WALKER("cd", "")
#define ASK(id, more, options) TEXT_ASK(id, "c" id, more, options)
#define AT(place, begin, end) TEXT_OPTION("o", place, begin, end, "")
#define ROOMY TEXT_PLACE("s", "9", "") "," TEXT_PLACE("t", "9", "")

static int64_t cost_in(const solving *it, goal_id goal, int32_t col) {
    int64_t weight;
    const int32_t at = objective_of(it->prob, goal, &weight);
    assert_true(at >= 0);
    return it->s.f.program.objectives[at].cost[col];
}

/* --- week --------------------------------------------------------------------
 */

#define OVER                                                                   \
    JUDGED_PACK(JUDGED_RULE("over", "over_capacity",                           \
                            "'instant_max_pct':200,'weekly_max_pct':90,"       \
                            "'capacity_basis':'capacity_t'"))
#define WEEKLY(places)                                                         \
    TEXT_PLACE("s", places, ",'packs':['p'],'over_capacity':true")

/* Two days of 600 minutes with one place: 90 % is 1080 place-minutes. a is
 * there 1200 minutes, b 600. */
static void week_counts_minutes_against_the_percentage(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(TEXT_TUESDAY, OVER, WEEKLY("1"), KIDS,
                     ASK("a", "", AT("s", "08:00", "18:00")) "," ASK(
                         "b", "", AT("s", "08:00", "13:00"))),
        false);
    /* in units of 600 minutes: 2 a + 1 b <= 1080 / 600 = 1.8, so 1 */
    assert_string_equal(solving_rows(it, "week"),
                        arena_printf(it->mem,
                                     "week_s_%d: 2 x_a_0 + 1 x_b_0 <= 1\n",
                                     civil_week_index(it->prob->days[0])));
    solving_free(it);
}

/* Sunday and Monday are in two weeks: a comes on the one, d on the other, 600
 * minutes of 540 allowed; b on both, 300. */
static void weeks_have_a_row_each(void **state) {
    (void)state;
#define ON(day, begin, end)                                                    \
    "{'id':'o','structure':'s','when':[{'days':[" day "],'begin':'" begin      \
    "','end':'" end "'}]}"
    solving *const it = solving_text(
        "{'schema':'ctgsched/problem/1','id':'t'," OVER
        "'horizon':{'first':'2026-09-13','last':'2026-09-14','weekdays':["
        "'mon','sun']},'structures':[" WEEKLY(
            "1") "],'children':[" KIDS
                 "],'requests':[" ASK(
                     "a", "",
                     ON("'sun'", "08:00",
                        "18:00")) "," ASK("b", "",
                                          ON("'mon','sun'", "08:00",
                                             "13:00")) "," ASK("d", "",
                                                               ON("'mon'",
                                                                  "08:00",
                                                                  "18:00")) "]"
                                                                            "}",
        false);
    const int32_t sunday = civil_week_index(it->prob->days[0]);
    assert_string_equal(solving_rows(it, "week"),
                        arena_printf(it->mem,
                                     "week_s_%d: 2 x_a_0 + 1 x_b_0 <= 1\n"
                                     "week_s_%d: 1 x_b_0 + 2 x_d_0 <= 1\n",
                                     sunday, sunday + 1));
    solving_free(it);
}

/* a holds 1200 minutes where 1080 are allowed: 120 place-minutes short. */
static void week_of_holders_may_be_short(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(
            TEXT_TUESDAY, OVER "'prices':{'week_minute':3},", WEEKLY("1"), KIDS,
            TEXT_HOLD("a", "ca", "", TEXT_HELD("s", "08:00", "18:00", ""))),
        false);
    const program *const p = &it->s.f.program;
    const int32_t z = p->rows.at[solving_row(it, "week_s")].owner;
    assert_true(z >= 0);
    assert_int_equal(p->cols.at[z].upper, 120);
    assert_int_equal(cost_in(it, GOAL_SHORTAGE, z), 3);
    solving_free(it);
}

/* --- child -------------------------------------------------------------------
 */

/* r1 and r2 are of one child. r1's first option meets both of r2's, its second
 * meets the second only; touching is not meeting. */
static void options_of_one_child_that_meet_exclude_each_other(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(
            TEXT_MONDAY, "", ROOMY, KIDS,
            TEXT_ASK(
                "r1", "ca", "",
                AT("s", "09:00", "12:00") "," TEXT_OPTION(
                    "p", "s", "11:00", "12:00",
                    "")) "," TEXT_ASK("r2", "ca", "",
                                      AT("t", "10:00", "11:00") "," TEXT_OPTION(
                                          "p", "t", "10:00", "11:30", ""))),
        false);
    assert_string_equal(solving_rows(it, "child"),
                        "child_2_0: 1 x_r1_0 + 1 x_r2_0 <= 1\n"
                        "child_3_0: 1 x_r1_0 + 1 x_r1_1 + 1 x_r2_1 <= 1\n");
    solving_free(it);
}

static void requests_of_different_children_may_meet(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(TEXT_MONDAY, "", ROOMY, KIDS,
                     ASK("a", "", AT("s", "09:00", "12:00")) "," ASK(
                         "b", "", AT("s", "09:00", "12:00"))),
        false);
    assert_string_equal(solving_rows(it, "child"), "");
    solving_free(it);
}

/* --- resources ---------------------------------------------------------------
 */

#define USES(amount) ",'uses':[{'resource':'bus','amount':" amount "}]"
#define BUS(per, limit, more)                                                  \
    "'resources':[{'id':'bus','per':'" per "','limit':" limit more "}],"
#define BUS_DAYS(per, limit, more)                                             \
    TEXT_PROBLEM(                                                              \
        TEXT_TUESDAY, BUS(per, limit, more), ROOMY, KIDS,                      \
        ASK("a", "",                                                           \
            TEXT_OPTION("o", "s", "09:00", "10:00",                            \
                        USES("2"))) "," ASK("b", "",                           \
                                            "{'id':'o','structure':'s','when'" \
                                            ":[{'days':['tue'],'begin':"       \
                                            "'09:00','end':'10:00'}]" USES(    \
                                                "3") "}"))

static void resource_by_date_counts_who_is_there(void **state) {
    (void)state;
    solving *const it = solving_text(BUS_DAYS("date", "4", ""), false);
    assert_string_equal(solving_rows(it, "resource"),
                        "resource_bus_1: 2 x_a_0 + 3 x_b_0 <= 4\n");
    solving_free(it);
}

static void resource_limit_of_a_date_replaces_the_limit(void **state) {
    (void)state;
    solving *const it = solving_text(
        BUS_DAYS("date", "4", ",'limits':[{'dates':['2026-09-08'],'limit':2}]"),
        false);
    assert_string_equal(solving_rows(it, "resource"),
                        "resource_bus_1: 2 x_a_0 + 3 x_b_0 <= 2\n");
    solving_free(it);
}

static void resource_by_week_and_horizon_count_once(void **state) {
    (void)state;
    solving *const week = solving_text(BUS_DAYS("week", "4", ""), false);
    solving *const whole = solving_text(BUS_DAYS("horizon", "4", ""), false);
    assert_int_equal(solving_n_rows(week, "resource_bus"), 1);
    assert_string_equal(solving_rows(whole, "resource"),
                        "resource_bus_0: 2 x_a_0 + 3 x_b_0 <= 4\n");
    solving_free(week);
    solving_free(whole);
}

/* --- siblings ----------------------------------------------------------------
 */

#define BOTH()                                                                 \
    TEXT_OPTION("s", "s", "09:00", "10:00", "")                                \
    "," TEXT_OPTION("t", "t", "09:00", "10:00", "")
#define SIBLINGS(rule, members)                                                \
    "'siblings':[{'id':'g','rule':'" rule "','requests':[" members "]}],"

static void all_or_none_makes_members_equal(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(TEXT_MONDAY, SIBLINGS("all_or_none", "'a','b','d'"), ROOMY,
                     KIDS,
                     ASK("a", "", BOTH()) "," ASK(
                         "b", "",
                         AT("s", "09:00",
                            "10:00")) "," TEXT_HOLD("d", "cd", "",
                                                    TEXT_HELD("s", "09:00",
                                                              "10:00", ""))),
        false);
    assert_string_equal(solving_rows(it, "siblings"),
                        "siblings_all_g_1: 1 x_a_0 + 1 x_a_1 - 1 x_b_0 = 0\n");
    solving_free(it);
}

static void together_leaves_nobody_elsewhere(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(TEXT_MONDAY, SIBLINGS("together", "'a','b'"), ROOMY, KIDS,
                     ASK("a", "", BOTH()) "," ASK("b", "", BOTH())),
        false);
    /* a in s, b in t, and the other way round; each written once */
    assert_string_equal(solving_rows(it, "siblings_together"),
                        "siblings_together_0_1_0: 1 x_a_0 + 1 x_b_1 <= 1\n"
                        "siblings_together_1_0_0: 1 x_a_1 + 1 x_b_0 <= 1\n");
    solving_free(it);
}

/* The place that b holds in t is left alone; its wish for s is not. */
static void together_minds_newcomers_only(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(
            TEXT_MONDAY, SIBLINGS("together", "'a','b'"), ROOMY, KIDS,
            TEXT_HOLD("a", "ca", "",
                      TEXT_HELD("s", "09:00", "10:00",
                                "")) "," TEXT_HOLD("b", "cb", "",
                                                   TEXT_HELD("t", "09:00",
                                                             "10:00", ""))),
        false);
    assert_string_equal(solving_rows(it, "siblings"), "");
    solving_free(it);
}

static void reward_is_at_most_each_member_there(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(
            TEXT_MONDAY, TEXT_GOALS("'siblings'") SIBLINGS("reward", "'a','b'"),
            ROOMY, KIDS,
            ASK("a", "", BOTH()) "," ASK("b", "", AT("s", "09:00", "10:00"))),
        false);
    const int32_t all = solving_col(it, "siblings_in_g_0");
    assert_string_equal(solving_rows(it, "siblings_in"),
                        "siblings_in_g_0_0: - 1 x_a_0 + 1 siblings_in_g_0 <= "
                        "0\n"
                        "siblings_in_g_0_1: - 1 x_b_0 + 1 siblings_in_g_0 <= "
                        "0\n");
    assert_int_equal(cost_in(it, GOAL_SIBLINGS, all), 1);
    solving_free(it);
}

/* --- guaranteed places -------------------------------------------------------
 */

#define GUARANTEE                                                              \
    JUDGED_PACK(JUDGED_RULE("g", "guaranteed", "'places_per':10,'min':1"))
#define MANAGED(id, places)                                                    \
    TEXT_PLACE(id, places, ",'packs':['p'],'manager':'m'")
#define INSERTION ",'insertion':true"

/* floor((9 + 12) / 10) = 2 of the 3 insertion requests, d has no option
 * there. */
static void guaranteed_places_are_counted_by_manager(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(
            TEXT_MONDAY, GUARANTEE "'prices':{'guaranteed':9},",
            MANAGED("s", "9") "," MANAGED("t", "12") "," TEXT_PLACE("u", "9",
                                                                    ""),
            KIDS,
            ASK("a", INSERTION, BOTH()) "," ASK(
                "b", INSERTION,
                AT("t", "09:00", "10:00")) "," ASK("d", INSERTION,
                                                   AT("u", "09:00", "10:00"))),
        false);
    const int32_t z =
        it->s.f.program.rows.at[solving_row(it, "guaranteed_m")].owner;
    assert_string_equal(
        solving_rows(it, "guaranteed"),
        arena_printf(it->mem,
                     "guaranteed_m: - 1 x_a_0 - 1 x_a_1 - 1 x_b_0 - 1 z%d <= "
                     "-2\n",
                     z));
    assert_int_equal(cost_in(it, GOAL_SHORTAGE, z), 9);
    solving_free(it);
}

static void guaranteed_asks_no_more_than_there_are(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(TEXT_MONDAY, GUARANTEE, MANAGED("s", "40"), KIDS,
                     ASK("a", INSERTION, AT("s", "09:00", "10:00")) "," ASK(
                         "b", "", AT("s", "09:00", "10:00"))),
        false);
    const program *const p = &it->s.f.program;
    assert_int_equal(p->rows.at[solving_row(it, "guaranteed_m")].upper, -1);
    solving_free(it);
}

/* --- goals that are not sums over options ------------------------------------
 */

static void concentration_counts_places_in_use(void **state) {
    (void)state;
#define NEEDS TEXT_GOALS("'concentration'") "'needs':[{'id':'n'}],"
#define OFFERING(id) TEXT_PLACE(id, "9", ",'offers':[{'need':'n'}]")
    solving *const it = solving_text(
        TEXT_PROBLEM(
            TEXT_MONDAY, NEEDS, OFFERING("s") "," OFFERING("t"),
            TEXT_WALKER("ca", ",'needs':['n']") "," TEXT_WALKER("cb", ""),
            ASK("a", "",
                BOTH() "," TEXT_OPTION("u", "s", "11:00", "12:00",
                                       "")) "," ASK("b", "", BOTH())),
        false);
    assert_string_equal(solving_rows(it, "used_0"),
                        "used_0_0_0: 1 x_a_0 + 1 x_a_2 - 1 used_n_0 <= 0\n"
                        "used_0_1_0: 1 x_a_1 - 1 used_n_1 <= 0\n");
    assert_int_equal(
        cost_in(it, GOAL_CONCENTRATION, solving_col(it, "used_n_0")), 1);
    solving_free(it);
}

/* 09:00 and 09:14 are one quarter of an hour, 09:15 is the next. */
static void arrivals_are_counted_by_the_quarter(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(
            TEXT_MONDAY, TEXT_GOALS("'floors'"),
            TEXT_PLACE("s", "9", ",'floors':{'arrivals_per_15min':1}"), KIDS,
            ASK("a", "", AT("s", "09:00", "10:00")) "," ASK(
                "b", "",
                AT("s", "09:14", "10:00")) "," ASK("d", "",
                                                   AT("s", "09:15", "10:00"))),
        false);
    const int32_t units = solving_col(it, "arrivals_s_0_36");
    assert_string_equal(
        solving_rows(it, "arrivals"),
        "arrivals_s_0_36: 1 x_a_0 + 1 x_b_0 - 1 arrivals_s_0_36 <= 1\n");
    assert_int_equal(cost_in(it, GOAL_FLOORS, units), 1);
    assert_int_equal(it->s.f.program.cols.at[units].upper, 1);
    solving_free(it);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(week_counts_minutes_against_the_percentage),
        cmocka_unit_test(weeks_have_a_row_each),
        cmocka_unit_test(week_of_holders_may_be_short),
        cmocka_unit_test(options_of_one_child_that_meet_exclude_each_other),
        cmocka_unit_test(requests_of_different_children_may_meet),
        cmocka_unit_test(resource_by_date_counts_who_is_there),
        cmocka_unit_test(resource_limit_of_a_date_replaces_the_limit),
        cmocka_unit_test(resource_by_week_and_horizon_count_once),
        cmocka_unit_test(all_or_none_makes_members_equal),
        cmocka_unit_test(together_leaves_nobody_elsewhere),
        cmocka_unit_test(together_minds_newcomers_only),
        cmocka_unit_test(reward_is_at_most_each_member_there),
        cmocka_unit_test(guaranteed_places_are_counted_by_manager),
        cmocka_unit_test(guaranteed_asks_no_more_than_there_are),
        cmocka_unit_test(concentration_counts_places_in_use),
        cmocka_unit_test(arrivals_are_counted_by_the_quarter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
