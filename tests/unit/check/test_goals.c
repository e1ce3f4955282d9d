// SPDX-License-Identifier: GPL-3.0-or-later
/* Every goal of format.md 7.1 on one small week, added up by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/judged.h"

/* Two structures with rooms; s asks a margin of 1, at most 1 arrival a quarter
 * and no change of group.
 *   a1 (child ca, 31 months, needs bed): held in s/g, given another option in
 *      s: Mon 08:00-10:00 in g, then 10:00-12:00 in p.
 *   b1 (child cb, 31 months): t, rank 2, Mon and Tue 08:05-09:05.
 *   c1 (child cc): s, Mon 08:10-09:10, room g.
 *   d1 (child cd): waits. */
static const char town[] =
    "{'schema':'ctgsched/problem/1','id':'t','horizon':{'first':'2026-09-07',"
    "'last':'2026-09-11'},'needs':[{'id':'bed','equipped':false}],"
    "'structures':["
    "{'id':'s','kind':'other','places':9,'hours':[{'begin':'08:00','end':"
    "'18:00'}],'sections':[{'id':'g','places':5,'ideal_below_months':24},"
    "{'id':'p','places':5}],'floors':{'ratio_margin':1,"
    "'arrivals_per_15min':1,'group_changes':0}},"
    "{'id':'t','kind':'other','places':9,'hours':[{'begin':'08:00','end':"
    "'18:00'}],'location':{'x':30,'y':40}}],"
    "'children':["
    "{'id':'ca','birth':'2024-01-15','needs':['bed']},"
    "{'id':'cb','birth':'2024-01-15','location':{'x':0,'y':0}},"
    "{'id':'cc','birth':'2026-01-15'},{'id':'cd','birth':'2026-01-15'}],"
    "'siblings':[{'id':'f','requests':['a1','c1'],'rule':'reward'}],"
    "'requests':["
    "{'id':'a1','child':'ca','points':-4,'options':[{'id':'o','structure':'s',"
    "'rank':3,'satisfaction':70,'when':[{'days':['mon'],'begin':'08:00','end':"
    "'10:00','section':'g'},{'days':['mon'],'begin':'10:00','end':'12:00',"
    "'section':'p'}]}],'held':{'structure':'s','section':'g','when':[{'days':["
    "'mon'],'begin':'08:00','end':'12:00'}]}},"
    "{'id':'b1','child':'cb','points':10,'options':[{'id':'x','structure':'s',"
    "'section':'g','when':[{'begin':'08:00','end':'09:00'}]},{'id':'o',"
    "'structure':'t','when':[{'days':['mon','tue'],'begin':'08:05','end':"
    "'09:05'}]}]},"
    "{'id':'c1','child':'cc','points':5,'options':[{'id':'o','structure':'s',"
    "'section':'g','distance':7,'when':[{'days':['mon'],'begin':'08:10','end':"
    "'09:10'}]}]},"
    "{'id':'d1','child':'cd','points':99,'options':[{'id':'o','structure':'s',"
    "'section':'g','when':[{'begin':'08:10','end':'09:10'}]}]}]}";

static const char served[] =
    "{'schema':'ctgsched/plan/1','placements':[{'request':'a1','option':'o'},"
    "{'request':'b1','option':'o'},{'request':'c1','option':'o'}]}";

static int setup(void **state) {
    *state = judged_texts(town, served, CHECK_RULES);
    return 0;
}

static int teardown(void **state) {
    judged_free(*state);
    return 0;
}

static int64_t value(void **state, goal_id goal) {
    const judged *const j = *state;
    return j->v.value[goal];
}

static void goals_plan_is_accepted(void **state) {
    judged *const j = *state;
    assert_string_equal(judged_breaches(j), "");
}

static void goals_points_sum_the_served(void **state) {
    assert_int_equal(value(state, GOAL_POINTS), -4 + 10 + 5);
    assert_int_equal(value(state, GOAL_REQUESTS), 3);
}

static void goals_hours_are_child_minutes(void **state) {
    assert_int_equal(value(state, GOAL_HOURS), 240 + 2 * 60 + 60);
}

/* a1 70; b1 rank 2: 900; c1 rank 1: 1000. */
static void goals_satisfaction_and_ranks(void **state) {
    assert_int_equal(value(state, GOAL_SATISFACTION), 70 + 900 + 1000);
    assert_int_equal(value(state, GOAL_RANKS), 3 + 2 + 1);
}

/* a1 stays in s, and its first presence stays in g. */
static void goals_continuity_counts_place_and_section(void **state) {
    assert_int_equal(value(state, GOAL_CONTINUITY), 2);
}

static void goals_siblings_in_one_structure(void **state) {
    assert_int_equal(value(state, GOAL_SIBLINGS), 1);
}

/* isqrt(30^2 + 40^2) = 50 and 7; the others have no location. */
static void goals_distance(void **state) {
    assert_int_equal(value(state, GOAL_DISTANCE), 57);
}

static void goals_concentration_pairs_needs_and_structures(void **state) {
    assert_int_equal(value(state, GOAL_CONCENTRATION), 1);
}

/* a1 is in g at 31 months on one day; p has no bound. */
static void goals_age_fit_counts_days(void **state) {
    assert_int_equal(value(state, GOAL_AGE_FIT), 1);
}

/* Margin: nobody is required and nobody counted, so max(0, 1) - max(0, 1) = 0.
 * Arrivals 08:00 and 08:10 in s: 1 beyond 1 (b1 is in t). Changes: 1 of a1. */
static void goals_floors(void **state) {
    assert_int_equal(value(state, GOAL_FLOORS), 2);
}

static void goals_tie_sums_tickets(void **state) {
    const judged *const j = *state;
    const int64_t sum = j->prob->requests[0].options[0].ticket +
                        j->prob->requests[1].options[1].ticket +
                        j->prob->requests[2].options[0].ticket;
    assert_int_equal(value(state, GOAL_TIE), sum);
    assert_true(sum > 0);
}

/* d1 is the only one who waits. */
static void goals_waiting_has_ranks_from_one(void **state) {
    const judged *const j = *state;
    assert_int_equal(j->v.n_waiting, 1);
    assert_int_equal(j->v.waiting[0].request, 3);
    assert_int_equal(j->v.waiting[0].rank, 1);
}

/* 7 babies of 6 need 2; 1 is counted: missing 1 is short already (held), the
 * margin 2 misses 3 then: 3 - max(0, 2 - 1) = 2 for 60 minutes. */
static void goals_margin_without_what_no_child_mends(void **state) {
    (void)state;
    const judged_kids all[] = {{.prefix = "a",
                                .n = 7,
                                .birth = "2026-01-15",
                                .begin = "08:00",
                                .end = "09:00",
                                .holds = true},
                               {0}};
    judged *const j = judged_day(
        "'packs':['p'],'ratio':{'regime':'6'},'places':9,'floors':{"
        "'ratio_margin':2},'staff':[{'category':'cat1','count':1,'begin':"
        "'08:00','end':'18:00'}]",
        all,
        JUDGED_PACK(JUDGED_RULE("6", "ratio",
                                "'rounding':'sum_then_ceil','classes':[{'id':"
                                "'any','per':6}]")));
    assert_int_equal(j->v.value[GOAL_FLOORS], 120);
    assert_int_equal(j->v.value[GOAL_SHORTAGE], 600);
    judged_free(j);
}

static void goals_weighted_sums_parts(void **state) {
    (void)state;
    const judged_kids all[] = {{.prefix = "a",
                                .n = 2,
                                .birth = "2026-01-15",
                                .begin = "08:00",
                                .end = "09:00",
                                .request = ",'points':7"},
                               {0}};
    judged *const j = judged_day(
        "'places':9", all,
        "'goals':{'mode':'weighted','sense':'max','terms':[{'goal':'points',"
        "'weight':10},{'goal':'hours','weight':-2}]},");
    assert_int_equal(j->v.weighted, 10 * 14 - 2 * 120);
    judged_free(j);
}

#define WAITS(id, child, more)                                                 \
    "{'id':'" id "','child':'" child "','points':3" more "}"
#define SAME_HOURS(id)                                                         \
    "{'id':'" id "','rank':1,'structure':'s','when':[{'begin':'08:00',"        \
    "'end':'09:00'}]}"

/* Equal points: u asked first. Then the tickets of v and w, whose best options
 * are the first of rank 1 in their menus; x has no option, ticket 0. */
static void goals_waiting_goes_by_points_then_ticket(void **state) {
    (void)state;
    judged *const j = judged_texts(
        "{'schema':'ctgsched/problem/1','id':'t','horizon':{'first':"
        "'2026-09-07','last':'2026-09-07'},'structures':[{'id':'s','kind':"
        "'other','places':9,'hours':[{'begin':'08:00','end':'18:00'}]}],"
        "'children':[{'id':'c','birth':'2024-01-15'}],'requests':[" WAITS(
            "u", "c",
            ",'submitted':'2026-01-01','options':[" SAME_HOURS(
                "a") "]") "," WAITS("v", "c",
                                    ",'options':[" SAME_HOURS("a") "," SAME_HOURS(
                                        "b") "]") "," WAITS("w", "c",
                                                            ",'options':"
                                                            "[" SAME_HOURS(
                                                                "a") "]") "," WAITS("x",
                                                                                    "c",
                                                                                    "") "]}",
        "{'schema':'ctgsched/plan/1','placements':[]}", CHECK_RULES);
    const request *const r = j->prob->requests;
    const bool v_first = r[1].options[0].ticket > r[2].options[0].ticket;
    assert_true(r[1].options[1].ticket != r[1].options[0].ticket);
    assert_int_equal(j->v.n_waiting, 4);
    assert_int_equal(j->v.waiting[0].request, 0);
    assert_int_equal(j->v.waiting[1].request, v_first ? 1 : 2);
    assert_int_equal(j->v.waiting[2].request, v_first ? 2 : 1);
    assert_int_equal(j->v.waiting[3].request, 3);
    judged_free(j);
}

/* Two presences in the unfit section on one day are one child-day. */
static void goals_age_fit_counts_a_day_once(void **state) {
    (void)state;
    judged *const j = judged_texts(
        "{'schema':'ctgsched/problem/1','id':'t','horizon':{'first':"
        "'2026-09-07','last':'2026-09-08'},'structures':[{'id':'s','kind':"
        "'other','places':9,'sections':[{'id':'g','places':9,"
        "'ideal_below_months':24}],'hours':[{'begin':'08:00','end':'18:00'}]}"
        "],'children':[{'id':'c','birth':'2024-01-15'}],'requests':[{'id':'r',"
        "'child':'c','options':[{'id':'o','structure':'s','when':[{'begin':"
        "'08:00','end':'10:00'},{'begin':'12:00','end':'14:00'}]}]}]}",
        "{'schema':'ctgsched/plan/1','placements':[{'request':'r','option':"
        "'o'}]}",
        CHECK_RULES);
    assert_int_equal(j->v.value[GOAL_AGE_FIT], 2);
    judged_free(j);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH(goals_plan_is_accepted),
        WITH(goals_points_sum_the_served),
        WITH(goals_hours_are_child_minutes),
        WITH(goals_satisfaction_and_ranks),
        WITH(goals_continuity_counts_place_and_section),
        WITH(goals_siblings_in_one_structure),
        WITH(goals_distance),
        WITH(goals_concentration_pairs_needs_and_structures),
        WITH(goals_age_fit_counts_days),
        WITH(goals_floors),
        WITH(goals_tie_sums_tickets),
        WITH(goals_waiting_has_ranks_from_one),
        cmocka_unit_test(goals_margin_without_what_no_child_mends),
        cmocka_unit_test(goals_weighted_sums_parts),
        cmocka_unit_test(goals_waiting_goes_by_points_then_ticket),
        cmocka_unit_test(goals_age_fit_counts_a_day_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
