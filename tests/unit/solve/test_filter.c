// SPDX-License-Identifier: GPL-3.0-or-later
/* Options that can never be given, one reason at a time; then against brute
 * force's own reading on drawn problems. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "solve/filter.h"
#include "support/case.h"
#include "support/oracle.h"
#include "support/solving_texts.h"
#include "support/tiny.h"

/* The first option of the first request. */
static bool first_passes(const char *text) {
    arena *const mem = arena_create(NULL, 0);
    problem *const prob = case_problem(mem, text);
    const bool passes = filter_option(prob, &prob->requests[0], 0);
    problem_free(prob);
    arena_destroy(mem);
    return passes;
}

#define DAY(place, child, ask)                                                 \
    TEXT_PROBLEM(TEXT_MONDAY, "'needs':[{'id':'bed','skill':'k'}],",           \
                 TEXT_PLACE("s", "9", place), child, ask)
#define ASK(begin, end)                                                        \
    TEXT_ASK("r", "c", "", TEXT_OPTION("o", "s", begin, end, ""))
#define HOLD(begin, end) TEXT_HOLD("r", "c", "", TEXT_HELD("s", begin, end, ""))
#define NEEDY TEXT_WALKER("c", ",'needs':['bed']")
#define EQUIPPED ",'offers':[{'need':'bed'}]"
#define SKILLED(begin, end)                                                    \
    TEXT_TEAM("other", "1", begin, end, ",'skills':['k']")

static void presence_inside_the_hours_passes(void **state) {
    (void)state;
    assert_true(
        first_passes(DAY("", TEXT_WALKER("c", ""), ASK("08:00", "18:00"))));
    assert_false(
        first_passes(DAY("", TEXT_WALKER("c", ""), ASK("07:59", "18:00"))));
    assert_false(
        first_passes(DAY("", TEXT_WALKER("c", ""), ASK("08:00", "18:01"))));
}

/* Closed for a minute at noon; a presence beside it passes. */
static void presence_over_a_closure_never_passes(void **state) {
    (void)state;
#define NOON ",'closures':[{'begin':'12:00','end':'12:01'}]"
    assert_false(
        first_passes(DAY(NOON, TEXT_WALKER("c", ""), ASK("09:00", "13:00"))));
    assert_true(
        first_passes(DAY(NOON, TEXT_WALKER("c", ""), ASK("09:00", "12:00"))));
    assert_true(
        first_passes(DAY(NOON, TEXT_WALKER("c", ""), ASK("12:01", "13:00"))));
}

/* Two openings that touch are one. */
static void presence_over_touching_hours_passes(void **state) {
    (void)state;
    assert_true(first_passes(TEXT_PROBLEM(
        TEXT_MONDAY, "",
        "{'id':'s','kind':'other','places':9,'hours':[{'begin':'08:00','end':"
        "'12:00'},{'begin':'12:00','end':'18:00'}]}",
        TEXT_WALKER("c", ""), ASK("09:00", "13:00"))));
}

static void option_without_a_presence_never_passes(void **state) {
    (void)state;
    assert_false(first_passes(
        DAY("", TEXT_WALKER("c", ""),
            TEXT_ASK("r", "c", ",'first':'2026-10-05','last':'2026-10-09'",
                     TEXT_OPTION("o", "s", "09:00", "10:00", "")))));
}

/* 31 months on the Monday. */
static void section_admits_by_age(void **state) {
    (void)state;
#define AGED(from, below)                                                      \
    ",'sections':[{'id':'g','places':5,'from_months':" from                    \
    ",'below_months':" below "}]"
#define IN_G                                                                   \
    TEXT_ASK("r", "c", "",                                                     \
             TEXT_OPTION("o", "s", "09:00", "10:00", ",'section':'g'"))
    assert_true(
        first_passes(DAY(AGED("31", "32"), TEXT_WALKER("c", ""), IN_G)));
    assert_false(
        first_passes(DAY(AGED("32", "40"), TEXT_WALKER("c", ""), IN_G)));
    assert_false(
        first_passes(DAY(AGED("20", "31"), TEXT_WALKER("c", ""), IN_G)));
}

static void no_section_for_the_age_never_passes(void **state) {
    (void)state;
    assert_false(first_passes(
        DAY(AGED("32", "40"), TEXT_WALKER("c", ""), ASK("09:00", "10:00"))));
}

static void need_that_is_not_offered_never_passes(void **state) {
    (void)state;
    assert_false(first_passes(DAY(",'staff':[" SKILLED("08:00", "18:00") "]",
                                  NEEDY, ASK("09:00", "10:00"))));
    assert_true(
        first_passes(DAY(EQUIPPED ",'staff':[" SKILLED("08:00", "18:00") "]",
                         NEEDY, ASK("09:00", "10:00"))));
}

/* Two agents with the skill take turns; between them nobody has it. */
static void skill_must_be_there_all_the_time(void **state) {
    (void)state;
#define TURNS(gap)                                                             \
    EQUIPPED ",'staff':[" SKILLED(gap, "18:00") "," SKILLED("08:00", "12:"     \
                                                                     "00") "]"
    assert_true(
        first_passes(DAY(TURNS("12:00"), NEEDY, ASK("09:00", "15:00"))));
    assert_true(
        first_passes(DAY(TURNS("11:00"), NEEDY, ASK("09:00", "15:00"))));
    assert_false(
        first_passes(DAY(TURNS("12:01"), NEEDY, ASK("09:00", "15:00"))));
    assert_false(first_passes(DAY(EQUIPPED, NEEDY, ASK("09:00", "15:00"))));
}

/* The place held stays without the skill (a shortage), but not without the
 * bed. */
static void held_place_does_without_the_skill(void **state) {
    (void)state;
    assert_true(first_passes(DAY(EQUIPPED, NEEDY, HOLD("09:00", "15:00"))));
    assert_false(first_passes(DAY("", NEEDY, HOLD("09:00", "15:00"))));
}

static void floor_binds_newcomers_only(void **state) {
    (void)state;
#define FLOOR(days, minutes)                                                   \
    ",'floor':{'min_days':" days ",'min_minutes':" minutes "}"
#define FLOORED(floor)                                                         \
    TEXT_ASK("r", "c", floor, TEXT_OPTION("o", "s", "09:00", "10:00", ""))
    assert_true(
        first_passes(DAY("", TEXT_WALKER("c", ""), FLOORED(FLOOR("1", "60")))));
    assert_false(
        first_passes(DAY("", TEXT_WALKER("c", ""), FLOORED(FLOOR("2", "60")))));
    assert_false(
        first_passes(DAY("", TEXT_WALKER("c", ""), FLOORED(FLOOR("1", "61")))));
    assert_true(
        first_passes(DAY("", TEXT_WALKER("c", ""),
                         TEXT_HOLD("r", "c", FLOOR("2", "61"),
                                   TEXT_HELD("s", "09:00", "10:00", "")))));
}

/* The floor is counted before closures are taken out. */
static void floor_counts_closed_days(void **state) {
    (void)state;
    assert_true(first_passes(TEXT_PROBLEM(
        TEXT_TUESDAY, "",
        TEXT_PLACE("s", "9", ",'closures':[{'days':['tue']}]"),
        TEXT_WALKER("c", ""),
        TEXT_ASK("r", "c", FLOOR("2", "120"),
                 "{'id':'o','structure':'s','when':[{'days':['mon','tue'],"
                 "'begin':'09:00','end':'10:00'}]}"))));
}

enum { SEEDS = 3000 };

static void filter_agrees_with_brute_force(void **state) {
    (void)state;
    int32_t n_refused = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        arena *const mem = arena_create(NULL, 0);
        problem *const prob = case_problem(mem, tiny_problem(seed, mem));
        oracle *const all = oracle_open(prob, false, mem);
        for (int32_t r = 0; all && r < prob->n_requests; r++)
            for (int32_t o = 0; o < prob->requests[r].n_options; o++) {
                const bool passes = filter_option(prob, &prob->requests[r], o);
                n_refused += !passes;
                if (passes != oracle_can_be_given(all, r, o))
                    fail_msg("seed %d, request %d, option %d", (int)seed, r, o);
            }
        problem_free(prob);
        arena_destroy(mem);
    }
    assert_true(n_refused > SEEDS / 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(presence_inside_the_hours_passes),
        cmocka_unit_test(presence_over_a_closure_never_passes),
        cmocka_unit_test(presence_over_touching_hours_passes),
        cmocka_unit_test(option_without_a_presence_never_passes),
        cmocka_unit_test(section_admits_by_age),
        cmocka_unit_test(no_section_for_the_age_never_passes),
        cmocka_unit_test(need_that_is_not_offered_never_passes),
        cmocka_unit_test(skill_must_be_there_all_the_time),
        cmocka_unit_test(held_place_does_without_the_skill),
        cmocka_unit_test(floor_binds_newcomers_only),
        cmocka_unit_test(floor_counts_closed_days),
        cmocka_unit_test(filter_agrees_with_brute_force),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
