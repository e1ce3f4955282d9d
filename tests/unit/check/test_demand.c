// SPDX-License-Identifier: GPL-3.0-or-later
/* Rules of requests: menu, hours, age, need, floor, served, child, resource,
 * siblings, pin and guaranteed places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/judged.h"

#define HEAD                                                                   \
    "{'schema':'ctgsched/problem/1','id':'t','horizon':{'first':"              \
    "'2026-09-07','last':'2026-09-11'},'structures':["
#define PLACE(id, more)                                                        \
    "{'id':'" id "','kind':'other','places':9,'hours':[{'begin':"              \
    "'08:00','end':'18:00'}]" more "}"
#define CHILD(id) "{'id':'" id "','birth':'2024-01-15'}"
#define WHEN(day, begin, end)                                                  \
    "'when':[{'days':['" day "'],'begin':'" begin "','end':'" end "'}]"
#define OPTION(id, place, day, begin, end)                                     \
    "{'id':'" id "','structure':'" place "'," WHEN(day, begin, end) "}"
#define ASK(id, child, more, options)                                          \
    "{'id':'" id "','child':'" child "'" more ",'options':[" options "]}"
#define PLAN(placements)                                                       \
    "{'schema':'ctgsched/plan/1','placements':[" placements "]}"
#define GIVE(request, option) "{'request':'" request "','option':'" option "'}"

/* Judges without comparing what the plan states of shortages. */
static judged *judge_rules(const char *problem_text, const char *plan_text) {
    return judged_texts(problem_text, plan_text, CHECK_RULES);
}

static void hours_names_the_part_outside(void **state) {
    (void)state;
    judged *const j = judge_rules(
        HEAD PLACE(
            "s",
            ",'closures':[{'days':['mon'],'begin':'12:00','end':"
            "'13:00'}]") "],'children':[" CHILD("c") "],'requests':"
                                                     "[" ASK("r", "c", "",
                                                             OPTION("o", "s",
                                                                    "mon",
                                                                    "07:30",
                                                                    "14:"
                                                                    "00")) "]}",
        PLAN(GIVE("r", "o")));
    assert_string_equal(judged_breaches(j),
                        "hours s request=r 2026-09-07 07:30-08:00 x0\n"
                        "hours s request=r 2026-09-07 12:00-13:00 x0\n"
                        "places s 2026-09-07 07:30-08:00 x1\n"
                        "places s 2026-09-07 12:00-13:00 x1\n");
    assert_int_equal(check_option(j->prob, 0, 0), BREAKS_HOURS);
    judged_free(j);
}

static void menu_without_presence_cannot_be_given(void **state) {
    (void)state;
    judged *const j = judge_rules(
        HEAD
            PLACE("s", ",'closures':[{'days':['mon']}]") "],'children':[" CHILD(
                "c") "],'requests':[" ASK("r", "c", "",
                                          OPTION("o", "s", "mon", "09:00",
                                                 "14:00")) "]}",
        PLAN(GIVE("r", "o")));
    assert_string_equal(judged_breaches(j), "menu request=r x0\n");
    assert_int_equal(check_option(j->prob, 0, 0), BREAKS_MENU);
    judged_free(j);
}

/* 31 months on the Monday; the section admits from 32. */
static void age_is_that_of_the_day(void **state) {
    (void)state;
    judged *const j = judge_rules(
        HEAD PLACE("s",
                   ",'sections':[{'id':'g','places':5,'from_months':"
                   "32}]") "],'children':[" CHILD("c") "],'requests':[{'id':'r'"
                                                       ",'child':'c',"
                                                       "'options':[{'id':'o','"
                                                       "structure':'s','"
                                                       "section':'g'," WHEN(
                                                           "mon", "09:00",
                                                           "14:00") "}]}]}",
        PLAN(GIVE("r", "o")));
    assert_string_equal(
        judged_breaches(j),
        "age s section=g request=r 2026-09-07 09:00-14:00 x0\n");
    assert_int_equal(check_option(j->prob, 0, 0), BREAKS_AGE);
    judged_free(j);
}

static void need_asks_an_offer(void **state) {
    (void)state;
    judged *const j = judge_rules(
        HEAD PLACE("s", "") "],'needs':[{'id':'bed'},{'id':'quiet','equipped':"
                            "false}],'children':[{'id':'c','birth':'2024-01-15'"
                            ",'needs':['bed',"
                            "'quiet']}],'requests':[" ASK(
                                "r", "c", "",
                                OPTION("o", "s", "mon", "09:00", "14:00")) "]}",
        PLAN(GIVE("r", "o")));
    assert_string_equal(judged_breaches(j), "need s need=bed request=r x0\n");
    assert_int_equal(check_option(j->prob, 0, 0), BREAKS_NEED);
    judged_free(j);
}

/* One day of 300 minutes; the family accepts no less than 301. */
static void floor_is_the_least_accepted(void **state) {
    (void)state;
    judged *const j = judge_rules(
        HEAD PLACE("s", "") "],'children':[" CHILD("c") "],'requests':[" ASK(
            "r", "c", ",'floor':{'min_days':1,'min_minutes':301}",
            OPTION("o", "s", "mon", "09:00", "14:00")) "]}",
        PLAN(GIVE("r", "o")));
    assert_string_equal(judged_breaches(j), "floor request=r x0\n");
    assert_int_equal(check_option(j->prob, 0, 0), BREAKS_FLOOR);
    judged_free(j);
}

static void served_mandatory_waiting_is_a_shortage(void **state) {
    (void)state;
    judged *const j = judge_rules(
        HEAD PLACE("s", "") "],'children':[" CHILD("c") "],'requests':[" ASK(
            "r", "c", ",'mandatory':true",
            OPTION("o", "s", "mon", "09:00", "14:00")) "]}",
        PLAN(""));
    assert_true(j->v.accepted);
    assert_string_equal(judged_shortages(j), "served request=r x1\n");
    assert_int_equal(j->v.value[GOAL_SHORTAGE], 1000000);
    judged_free(j);
}

static void child_in_two_places_at_once(void **state) {
    (void)state;
    judged *const j =
        judge_rules(
            HEAD PLACE("s", "") "," PLACE("t", "") "],'children':[" CHILD("c") "],'requests':[" ASK(
                "a", "c", "",
                OPTION(
                    "o", "s", "mon", "09:00",
                    "12:00")) "," ASK("b", "c", "",
                                      OPTION(
                                          "o", "t", "mon", "11:00",
                                          "14:00")) "," ASK("d", "c", "",
                                                            OPTION(
                                                                "o", "t", "tue",
                                                                "09:00",
                                                                "12:00")) "]}",
            PLAN(GIVE("a", "o") "," GIVE("b", "o") "," GIVE("d", "o")));
    assert_string_equal(judged_breaches(j),
                        "child request=a 2026-09-07 11:00-12:00 x1\n");
    judged_free(j);
}

#define USES(amount)                                                           \
    "{'id':'o','structure':'s','uses':[{'resource':'m','amount':" #amount      \
    "}],'when':[{'days':['mon','tue'],'begin':'09:00','end':'12:00'}]}"

static judged *meals(const char *resource_members) {
    static char problem_text[2000];
    snprintf(
        problem_text, sizeof problem_text,
        HEAD PLACE("s", "") "],'resources':[{'id':'m',%s}],'children':[" CHILD(
            "c") "," CHILD("d") "],'requests':[" ASK("a", "c", "",
                                                     USES(
                                                         2)) "," ASK("b", "d",
                                                                     "",
                                                                     USES(
                                                                         3)) "]"
                                                                             "}",
        resource_members);
    return judge_rules(problem_text, PLAN(GIVE("a", "o") "," GIVE("b", "o")));
}

/* 5 on Monday and Tuesday; Tuesday's limit is 5. */
static void resource_per_date_has_limits_by_date(void **state) {
    (void)state;
    judged *const j =
        meals("'limit':4,'per':'date','limits':[{'days':['tue'],'limit':5}]");
    assert_string_equal(judged_breaches(j),
                        "resource resource=m 2026-09-07 x1\n");
    judged_free(j);
}

static void resource_per_week_counts_once_a_week(void **state) {
    (void)state;
    judged *const j = meals("'limit':3,'per':'week'");
    assert_string_equal(judged_breaches(j), "resource resource=m W202637 x2\n");
    judged_free(j);
}

static void resource_per_horizon_counts_once(void **state) {
    (void)state;
    judged *const j = meals("'limit':4,'per':'horizon'");
    assert_string_equal(judged_breaches(j), "resource resource=m x1\n");
    judged_free(j);
}

#define BUNDLE(rule_name)                                                      \
    HEAD PLACE("s", "") "," PLACE("t", "") "],'children':[" CHILD(             \
        "c") "," CHILD("d") "],'siblings':[{'id':'f','requests':['a','b'],'"   \
                            "rule':'" rule_name "'}],'requests':[" ASK(        \
                                "a", "c", "",                                  \
                                OPTION("o", "s", "mon", "09:00",               \
                                       "12:00")) "," ASK("b", "d", "",         \
                                                         OPTION("o", "t",      \
                                                                "mon",         \
                                                                "09:00",       \
                                                                "12:00")) "]}"

static void siblings_together_in_two_structures(void **state) {
    (void)state;
    judged *const j = judge_rules(BUNDLE("together"),
                                  PLAN(GIVE("a", "o") "," GIVE("b", "o")));
    assert_string_equal(judged_breaches(j), "siblings group=f x0\n");
    judged_free(j);
}

static void siblings_all_or_none_needs_all(void **state) {
    (void)state;
    judged *j = judge_rules(BUNDLE("all_or_none"), PLAN(GIVE("a", "o")));
    assert_string_equal(judged_breaches(j), "siblings group=f x0\n");
    judged_free(j);
    j = judge_rules(BUNDLE("all_or_none"),
                    PLAN(GIVE("a", "o") "," GIVE("b", "o")));
    assert_string_equal(judged_breaches(j), "");
    judged_free(j);
}

static void siblings_reward_is_no_rule(void **state) {
    (void)state;
    judged *const j = judge_rules(BUNDLE("reward"), PLAN(GIVE("a", "o")));
    assert_string_equal(judged_breaches(j), "");
    judged_free(j);
}

#define PINNED(pin)                                                            \
    HEAD PLACE("s", "") "," PLACE("t", "") "],'children':[" CHILD(             \
        "c") "],'pins':[{'request':'r'," pin                                   \
             "}],'requests':[" ASK(                                            \
                 "r", "c", "",                                                 \
                 OPTION("o", "s", "mon", "09:00", "12:00") "," OPTION(         \
                     "p", "t", "mon", "09:00", "12:00")) "]}"

static void pin_to_an_option(void **state) {
    (void)state;
    judged *const j = judge_rules(PINNED("'option':'p'"), PLAN(GIVE("r", "o")));
    assert_string_equal(judged_breaches(j), "pin request=r x0\n");
    assert_string_equal(
        j->v.breaches[0].message,
        "request \"r\": it is pinned to \"p\". Maybe lift the pin, "
        "or keep to it.");
    judged_free(j);
}

static void pin_to_a_structure(void **state) {
    (void)state;
    judged *j = judge_rules(PINNED("'structure':'t'"), PLAN(GIVE("r", "o")));
    assert_string_equal(judged_breaches(j), "pin request=r x0\n");
    judged_free(j);
    j = judge_rules(PINNED("'structure':'t'"), PLAN(GIVE("r", "p")));
    assert_string_equal(judged_breaches(j), "");
    judged_free(j);
}

static void pin_to_waiting(void **state) {
    (void)state;
    judged *j = judge_rules(PINNED("'waiting':true"), PLAN(GIVE("r", "o")));
    assert_string_equal(judged_breaches(j), "pin request=r x0\n");
    judged_free(j);
    j = judge_rules(PINNED("'waiting':true"), PLAN(""));
    assert_string_equal(judged_breaches(j), "");
    judged_free(j);
}

/* 9 + 9 places, one of each 5: K = 1 x floor(18 / 5) = 3, two can have it. */
static void guaranteed_places_missing_are_a_shortage(void **state) {
    (void)state;
    judged *const j = judge_rules(
        HEAD PLACE("s", ",'packs':['p']") "," PLACE(
            "t",
            ",'"
            "packs"
            "':['"
            "p']") "]," JUDGED_PACK(JUDGED_RULE("g", "guaranteed",
                                                "'places_per':"
                                                "5,'min':1")) "'children':"
                                                              "[" CHILD("c") "," CHILD("d") "," CHILD(
                                                                  "e") "],'"
                                                                       "request"
                                                                       "s':"
                                                                       "[" ASK(
                                                                           "a",
                                                                           "c",
                                                                           ",'"
                                                                           "ins"
                                                                           "ert"
                                                                           "i"
                                                                           "on'"
                                                                           ":"
                                                                           "tru"
                                                                           "e",
                                                                           OPTION(
                                                                               "o",
                                                                               "s",
                                                                               "mo"
                                                                               "n",
                                                                               "09:"
                                                                               "00",
                                                                               "12:"
                                                                               "0"
                                                                               "0")) "," ASK("b",
                                                                                             "d",
                                                                                             ",'insertion':true",
                                                                                             OPTION(
                                                                                                 "o",
                                                                                                 "t",
                                                                                                 "mon",
                                                                                                 "09:00",
                                                                                                 "12:00")) "," ASK("x",
                                                                                                                   "e",
                                                                                                                   "",
                                                                                                                   OPTION(
                                                                                                                       "o",
                                                                                                                       "t",
                                                                                                                       "mon",
                                                                                                                       "09:00",
                                                                                                                       "12:00")) "]}",
        PLAN(GIVE("x", "o")));
    assert_true(j->v.accepted);
    assert_string_equal(judged_shortages(j), "guaranteed manager=commune x2\n");
    assert_int_equal(j->v.value[GOAL_SHORTAGE], 200000);
    judged_free(j);
}

static void floor_exempts_the_place_held(void **state) {
    (void)state;
    judged *const j = judge_rules(
        HEAD PLACE("s", "") "],'children':[" CHILD(
            "c") "],'requests':[{'id':"
                 "'r','child':'c','floor':{'min_days':3},'held':{'structure':'"
                 "s'," WHEN("mon", "09:00", "14:00") "}}]}",
        PLAN(GIVE("r", "held")));
    assert_string_equal(judged_breaches(j), "");
    assert_int_equal(check_option(j->prob, 0, 0), N_PLAN_RULES);
    judged_free(j);
}

/* 31 months are not below 31, and are below 32. */
static void age_range_is_half_open(void **state) {
    (void)state;
#define BELOW(months)                                                          \
    HEAD PLACE(                                                                \
        "s",                                                                   \
        ",'sections':[{'id':'g','places':5,'below_months':" months             \
        "}]") "],'children':[" CHILD("c") "],'requests':[{'id':'r','child':'"  \
                                          "c','options':[{'id':'o',"           \
                                          "'structure':'s','section':'g'"      \
                                          "," WHEN("mon", "09:00",             \
                                                   "14:00") "}]}]}"
    judged *j = judge_rules(BELOW("31"), PLAN(GIVE("r", "o")));
    assert_string_equal(
        judged_breaches(j),
        "age s section=g request=r 2026-09-07 09:00-14:00 x0\n");
    judged_free(j);
    j = judge_rules(BELOW("32"), PLAN(GIVE("r", "o")));
    assert_string_equal(judged_breaches(j), "");
    judged_free(j);
}

/* a and b in one structure; b alone would break the first half. */
static void siblings_together_in_one_structure(void **state) {
    (void)state;
    judged *const j = judge_rules(
        HEAD PLACE("s", "") "],'children':[" CHILD("c") "," CHILD(
            "d") "],'siblings':[{'id':'f','requests':['a','b'],'rule':'"
                 "together'}],"
                 "'requests':[" ASK(
                     "a", "c", "",
                     OPTION("o", "s", "mon", "09:00",
                            "12:00")) "," ASK("b", "d", "",
                                              OPTION("o", "s", "mon", "09:00",
                                                     "12:00")) "]}",
        PLAN(GIVE("a", "o") "," GIVE("b", "o")));
    assert_string_equal(judged_breaches(j), "");
    judged_free(j);
}

/* a holds a place: only b, d are of those who are served alike, and both wait.
 * In two structures a and b may be apart only when both hold. */
static void siblings_who_hold_a_place_do_not_wait_for_others(void **state) {
    (void)state;
#define HELD_BUNDLE                                                            \
    HEAD PLACE("s", "") "," PLACE("t", "") "],'children':[" CHILD(             \
        "c") "," CHILD("d") "],'siblings':[{'id':'f','requests':['a','b'],"    \
                            "'rule':'together'}],'requests':[{'id':'a','"      \
                            "child':'c','held':{"                              \
                            "'structure':'s'," WHEN(                           \
                                "mon", "09:00",                                \
                                "12:00") "}}," ASK("b", "d", "",               \
                                                   OPTION("o", "t", "mon",     \
                                                          "09:00",             \
                                                          "12:00")) "]}"
    judged *j = judge_rules(HELD_BUNDLE, PLAN(GIVE("a", "held")));
    assert_string_equal(judged_breaches(j), "");
    judged_free(j);
    j = judge_rules(HELD_BUNDLE, PLAN(GIVE("a", "held") "," GIVE("b", "o")));
    assert_string_equal(judged_breaches(j), "siblings group=f x0\n");
    judged_free(j);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hours_names_the_part_outside),
        cmocka_unit_test(menu_without_presence_cannot_be_given),
        cmocka_unit_test(age_is_that_of_the_day),
        cmocka_unit_test(need_asks_an_offer),
        cmocka_unit_test(floor_is_the_least_accepted),
        cmocka_unit_test(served_mandatory_waiting_is_a_shortage),
        cmocka_unit_test(child_in_two_places_at_once),
        cmocka_unit_test(resource_per_date_has_limits_by_date),
        cmocka_unit_test(resource_per_week_counts_once_a_week),
        cmocka_unit_test(resource_per_horizon_counts_once),
        cmocka_unit_test(siblings_together_in_two_structures),
        cmocka_unit_test(siblings_all_or_none_needs_all),
        cmocka_unit_test(siblings_reward_is_no_rule),
        cmocka_unit_test(pin_to_an_option),
        cmocka_unit_test(pin_to_a_structure),
        cmocka_unit_test(pin_to_waiting),
        cmocka_unit_test(guaranteed_places_missing_are_a_shortage),
        cmocka_unit_test(floor_exempts_the_place_held),
        cmocka_unit_test(age_range_is_half_open),
        cmocka_unit_test(siblings_together_in_one_structure),
        cmocka_unit_test(siblings_who_hold_a_place_do_not_wait_for_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
