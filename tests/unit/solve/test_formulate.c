// SPDX-License-Identifier: GPL-3.0-or-later
/* The program says what the problem says: every plan of drawn problems is legal
 * in it exactly when brute force accepts it, and costs what brute force adds
 * up. Columns, menus, pins, costs and the rows of places by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/solving.h"
#include "support/solving_texts.h"
#include "support/tiny.h"

/* --- every plan of drawn problems --------------------------------------------
 */

enum { SEEDS = 1200, PLANS = 600 };

typedef struct tally {
    int64_t n_plans, n_accepted, n_short;
} tally;

static void compare_costs(solving *it, const oracle_value *value, uint64_t seed,
                          int64_t plan) {
    for (int32_t k = 0; k < it->s.f.program.n_objectives; k++)
        if (!solving_is_envy(it, k) &&
            solving_selected(it, k) != solving_value(it, value, k))
            fail_msg("seed %d (%s), plan %d, goal %d: %d by hand, %d in the "
                     "program",
                     (int)seed, tiny_theme_name(tiny_theme(seed)), (int)plan, k,
                     (int)solving_value(it, value, k),
                     (int)solving_selected(it, k));
}

static void compare_plan(solving *it, uint64_t seed, int64_t plan,
                         tally *count) {
    int32_t option_of[ORACLE_REQUESTS], cols[ORACLE_REQUESTS];
    oracle_value value;
    oracle_plan(option_of, it->all, plan);
    oracle_value_of(&value, it->all, option_of);
    const int32_t n = solving_cols(cols, it, option_of);
    if (n < 0) {
        if (value.accepted)
            fail_msg("seed %d, plan %d: an option has no column", (int)seed,
                     (int)plan);
        return;
    }
    assert_true(selection_load(&it->s.sel, cols, n));
    if (selection_is_legal(&it->s.sel, it->s.f.n_law_rows) != value.accepted)
        fail_msg("seed %d (%s), plan %d: rules %x, the program says %s",
                 (int)seed, tiny_theme_name(tiny_theme(seed)), (int)plan,
                 (unsigned)value.broken, value.accepted ? "no" : "yes");
    count->n_plans++;
    count->n_accepted += value.accepted;
    count->n_short += value.accepted && value.goal[GOAL_SHORTAGE] > 0;
    if (value.accepted)
        compare_costs(it, &value, seed, plan);
}

static void program_agrees_with_brute_force_on_every_plan(void **state) {
    (void)state;
    tally count = {0};
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        solving *const it = solving_tiny(seed, false);
        const int64_t n = it->all ? oracle_n_plans(it->all) : 0;
        const int64_t step = n / PLANS + 1;
        for (int64_t k = 0; k < n; k += step)
            compare_plan(it, seed, k, &count);
        solving_free(it);
    }
    assert_true(count.n_accepted > count.n_plans / 20);
    assert_true(count.n_plans - count.n_accepted > count.n_plans / 20);
    assert_true(count.n_short > 1000);
}

/* --- columns and menus -------------------------------------------------------
 */

#define TWO_OPTIONS                                                            \
    TEXT_OPTION("a", "s", "09:00", "10:00", "")                                \
    "," TEXT_OPTION("b", "s", "10:00", "11:00", "")
#define DAY(more, place, children, requests)                                   \
    TEXT_PROBLEM(TEXT_MONDAY, more, TEXT_PLACE("s", "1", place), children,     \
                 requests)

static void options_that_can_be_given_have_a_column(void **state) {
    (void)state;
    solving *const it = solving_text(
        DAY("", "", TEXT_WALKER("c", "") "," TEXT_WALKER("d", ""),
            TEXT_ASK(
                "r", "c", "",
                TEXT_OPTION("out", "s", "07:00", "10:00",
                            "") "," TWO_OPTIONS) "," TEXT_ASK("t", "d", "",
                                                              TWO_OPTIONS)),
        false);
    const formulation *const f = &it->s.f;
    assert_int_equal(f->n_option_cols, 4);
    const int32_t first[] = {0, 2, 4};
    assert_memory_equal(f->first_col, first, sizeof first);
    assert_int_equal(f->option_cols[0].request, 0);
    assert_int_equal(f->option_cols[0].option, 1);
    assert_int_equal(f->option_cols[3].request, 1);
    assert_int_equal(f->option_cols[3].option, 1);
    assert_int_equal(f->program.cols.at[3].group, 1);
    assert_int_equal(f->program.cols.at[3].upper, 1);
    assert_int_equal(f->col_of_request_waiting[0], NONE);
    assert_null(f->contradiction);
    assert_false(f->can_be_short);
    solving_free(it);
}

static void pin_to_an_option_leaves_its_column_and_asks_for_it(void **state) {
    (void)state;
    solving *const it = solving_text(
        DAY("'pins':[{'request':'r','option':'b'}],", "", TEXT_WALKER("c", ""),
            TEXT_ASK("r", "c", "", TWO_OPTIONS)),
        false);
    assert_int_equal(it->s.f.n_option_cols, 1);
    assert_int_equal(it->s.f.option_cols[0].option, 1);
    assert_string_equal(solving_rows(it, "served"),
                        "served_r: - 1 x_r_1 <= -1\n");
    solving_free(it);
}

static void pin_to_waiting_leaves_no_column(void **state) {
    (void)state;
    solving *const it = solving_text(
        DAY("'pins':[{'request':'r','waiting':true}],", "",
            TEXT_WALKER("c", ""), TEXT_ASK("r", "c", "", TWO_OPTIONS)),
        false);
    assert_int_equal(it->s.f.n_option_cols, 0);
    assert_string_equal(solving_rows(it, "served"), "");
    assert_null(it->s.f.contradiction);
    solving_free(it);
}

static void pin_that_nothing_can_meet_is_a_contradiction(void **state) {
    (void)state;
    solving *const it =
        solving_text(DAY("'pins':[{'request':'r','option':'out'}],", "",
                         TEXT_WALKER("c", ""),
                         TEXT_ASK("r", "c", "",
                                  TEXT_OPTION("out", "s", "07:00", "10:00",
                                              "") "," TWO_OPTIONS)),
                     false);
    assert_non_null(it->s.f.contradiction);
    solving_free(it);
}

/* Not serving r costs the price of a request. */
static void mandatory_request_is_served_or_short(void **state) {
    (void)state;
    solving *const it =
        solving_text(DAY("'prices':{'request':77},", "", TEXT_WALKER("c", ""),
                         TEXT_ASK("r", "c", ",'mandatory':true", TWO_OPTIONS)),
                     false);
    const program *const p = &it->s.f.program;
    const int32_t z = solving_col(it, "unserved_r");
    assert_string_equal(solving_rows(it, "served"),
                        "served_r: - 1 x_r_0 - 1 x_r_1 - 1 unserved_r <= -1\n");
    assert_int_equal(it->s.f.col_of_request_waiting[0], z);
    assert_string_equal(p->objectives[0].name, "shortage");
    assert_false(p->objectives[0].maximise);
    assert_int_equal(p->objectives[0].cost[z], 77);
    assert_true(it->s.f.can_be_short);
    solving_free(it);
}

/* --- costs -------------------------------------------------------------------
 */

#define ALL_GOALS                                                              \
    TEXT_GOALS("'points','requests','hours','satisfaction','ranks',"           \
               "'continuity','distance','age_fit','floors','tie'")

static int64_t cost_of(const solving *it, goal_id goal, int32_t col) {
    int64_t weight;
    const int32_t at = objective_of(it->prob, goal, &weight);
    assert_true(at >= 0);
    assert_int_equal(weight, 1);
    return it->s.f.program.objectives[at].cost[col];
}

/* 09:00-10:00 on two days, 90 minutes in all on Monday with 11:00-11:30: 150
 * minutes; at (0, 0) and (3, 4) metres: 5. */
static void option_costs_what_each_goal_says(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(
            TEXT_TUESDAY, ALL_GOALS,
            TEXT_PLACE("s", "1", ",'location':{'x':3,'y':4}"),
            TEXT_WALKER("c", ",'location':{'x':0,'y':0}"),
            TEXT_ASK("r", "c", ",'points':-7",
                     "{'id':'a','structure':'s','rank':3,'when':[{'begin':"
                     "'09:00','end':'10:00'},{'days':['mon'],'begin':'11:00',"
                     "'end':'11:30'}]}")),
        false);
    assert_int_equal(cost_of(it, GOAL_POINTS, 0), -7);
    assert_int_equal(cost_of(it, GOAL_REQUESTS, 0), 1);
    assert_int_equal(cost_of(it, GOAL_HOURS, 0), 150);
    assert_int_equal(cost_of(it, GOAL_SATISFACTION, 0), 800);
    assert_int_equal(cost_of(it, GOAL_RANKS, 0), 3);
    assert_int_equal(cost_of(it, GOAL_CONTINUITY, 0), 0);
    assert_int_equal(cost_of(it, GOAL_DISTANCE, 0), 5);
    assert_int_equal(cost_of(it, GOAL_TIE, 0),
                     it->prob->requests[0].options[0].ticket);
    solving_free(it);
}

/* 2 for the place held and for an option in its section, 1 in another section
 * of its structure, 0 elsewhere. */
static void continuity_looks_at_structure_and_section(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(
            TEXT_MONDAY, ALL_GOALS,
            TEXT_PLACE("s", "5",
                       ",'sections':[{'id':'g','places':5},{'id':'p','places':"
                       "5}]") "," TEXT_PLACE("t", "5", ""),
            TEXT_WALKER("c", ""),
            "{'id':'r','child':'c','options':[" TEXT_OPTION("a", "s", "09:00", "10:00", ",'section':'p'") "," TEXT_OPTION(
                "b", "s", "11:00", "12:00",
                ",'section':'g'") "," TEXT_OPTION("d", "t", "09:00", "10:00",
                                                  "") "],'held':" TEXT_HELD("s",
                                                                            "09"
                                                                            ":0"
                                                                            "0",
                                                                            "10"
                                                                            ":0"
                                                                            "0",
                                                                            ",'"
                                                                            "se"
                                                                            "ct"
                                                                            "io"
                                                                            "n'"
                                                                            ":'"
                                                                            "g"
                                                                            "'") "}"),
        false);
    assert_int_equal(cost_of(it, GOAL_CONTINUITY, 0), 1);
    assert_int_equal(cost_of(it, GOAL_CONTINUITY, 1), 2);
    assert_int_equal(cost_of(it, GOAL_CONTINUITY, 2), 0);
    assert_int_equal(cost_of(it, GOAL_CONTINUITY, 3), 2);
    solving_free(it);
}

/* The ideal range of g ends on the Tuesday, when the child is 32 months old:
 * two of three days, the two presences of one day counted once. */
static void age_fit_counts_days_outside_the_ideal(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(
            "2026-09-09", ALL_GOALS,
            TEXT_PLACE("s", "5",
                       ",'sections':[{'id':'g','places':5,"
                       "'ideal_below_months':32}]"),
            "{'id':'c','birth':'2024-01-08'}",
            TEXT_ASK("r", "c", "",
                     "{'id':'a','structure':'s','section':'g','when':["
                     "{'begin':'09:00','end':'10:00'},{'begin':'11:00',"
                     "'end':'12:00'}]}")),
        false);
    assert_int_equal(cost_of(it, GOAL_AGE_FIT, 0), 2);
    solving_free(it);
}

/* g, p, g on one day: two changes, one more than allowed; the day before one
 * change, allowed. */
static void floors_count_changes_of_group(void **state) {
    (void)state;
#define PART(day, begin, end, section)                                         \
    "{'days':['" day "'],'begin':'" begin "','end':'" end                      \
    "','section':'" section "'}"
    solving *const it = solving_text(
        TEXT_PROBLEM(
            TEXT_TUESDAY, ALL_GOALS,
            TEXT_PLACE("s", "5",
                       ",'sections':[{'id':'g','places':5},{'id':'p','places':"
                       "5}],'floors':{'group_changes':1}"),
            TEXT_WALKER("c", ""),
            TEXT_ASK(
                "r", "c", "",
                "{'id':'a','structure':'s','when':[" PART(
                    "mon", "09:00", "10:00",
                    "g") "," PART("mon", "10:00", "11:00",
                                  "p") "," PART("tue", "09:00", "10:00",
                                                "g") "," PART("tue", "10:00",
                                                              "11:00",
                                                              "p") "," PART("tu"
                                                                            "e",
                                                                            "11"
                                                                            ":0"
                                                                            "0",
                                                                            "12"
                                                                            ":0"
                                                                            "0",
                                                                            "g") "]}")),
        false);
    assert_int_equal(cost_of(it, GOAL_FLOORS, 0), 1);
    solving_free(it);
}

static void weighted_goal_adds_its_parts(void **state) {
    (void)state;
    solving *const it = solving_text(
        DAY("'goals':{'mode':'weighted','sense':'min','terms':[{'goal':"
            "'points','weight':-10},{'goal':'ranks','weight':3}]},",
            "", TEXT_WALKER("c", ""),
            TEXT_ASK("r", "c", ",'points':4", TWO_OPTIONS)),
        false);
    const program *const p = &it->s.f.program;
    int64_t weight;
    assert_int_equal(p->n_objectives, 1);
    assert_false(p->objectives[0].maximise);
    assert_string_equal(p->objectives[0].name, "weighted");
    assert_int_equal(p->objectives[0].cost[0], -37);
    assert_int_equal(p->objectives[0].cost[1], -34);
    assert_int_equal(objective_of(it->prob, GOAL_RANKS, &weight), 0);
    assert_int_equal(weight, 3);
    assert_int_equal(objective_of(it->prob, GOAL_HOURS, &weight), -1);
    solving_free(it);
}

static void goals_to_maximise_are_marked(void **state) {
    (void)state;
    solving *const it = solving_text(DAY(TEXT_GOALS("'points','ranks'"), "",
                                         TEXT_WALKER("c", ""),
                                         TEXT_ASK("r", "c", "", TWO_OPTIONS)),
                                     false);
    const program *const p = &it->s.f.program;
    assert_int_equal(p->n_objectives, 3); /* tie last */
    assert_true(p->objectives[0].maximise);
    assert_false(p->objectives[1].maximise);
    assert_true(p->objectives[2].maximise);
    assert_string_equal(p->objectives[2].name, "tie");
    solving_free(it);
}

/* --- envy: a column per ordered pair -----------------------------------------
 */

static void pairs_have_columns_under_the_policy_by_points(void **state) {
    (void)state;
    solving *const it =
        solving_text(DAY("'policy':'by_points',", "",
                         TEXT_WALKER("c", "") "," TEXT_WALKER("d", ""),
                         TEXT_ASK("r", "c", "", TWO_OPTIONS) "," TEXT_ASK(
                             "t", "d", "", TWO_OPTIONS)),
                     false);
    const program *const p = &it->s.f.program;
    const int32_t e = it->s.f.envy_first;
    assert_true(e >= 4);
    assert_string_equal(p->cols.at[e + 1].name, "envy_0_1");
    assert_string_equal(p->cols.at[e + 2].name, "envy_1_0");
    assert_string_equal(p->objectives[0].name, "envy");
    assert_int_equal(p->objectives[0].cost[e + 1], 1);
    solving_free(it);
}

static void pairs_have_no_columns_otherwise(void **state) {
    (void)state;
    solving *const it = solving_text(
        DAY("", "", TEXT_WALKER("c", ""), TEXT_ASK("r", "c", "", TWO_OPTIONS)),
        false);
    assert_int_equal(it->s.f.envy_first, -1);
    solving_free(it);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(program_agrees_with_brute_force_on_every_plan),
        cmocka_unit_test(options_that_can_be_given_have_a_column),
        cmocka_unit_test(pin_to_an_option_leaves_its_column_and_asks_for_it),
        cmocka_unit_test(pin_to_waiting_leaves_no_column),
        cmocka_unit_test(pin_that_nothing_can_meet_is_a_contradiction),
        cmocka_unit_test(mandatory_request_is_served_or_short),
        cmocka_unit_test(option_costs_what_each_goal_says),
        cmocka_unit_test(continuity_looks_at_structure_and_section),
        cmocka_unit_test(age_fit_counts_days_outside_the_ideal),
        cmocka_unit_test(floors_count_changes_of_group),
        cmocka_unit_test(weighted_goal_adds_its_parts),
        cmocka_unit_test(goals_to_maximise_are_marked),
        cmocka_unit_test(pairs_have_columns_under_the_policy_by_points),
        cmocka_unit_test(pairs_have_no_columns_otherwise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
