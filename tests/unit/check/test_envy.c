// SPDX-License-Identifier: GPL-3.0-or-later
/* Justified envy by points: who could have had whose place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/text.h"
#include "support/judged.h"

#define HEAD(place_members, more)                                              \
    "{'schema':'ctgsched/problem/1','id':'t','policy':'by_points',"            \
    "'horizon':{'first':'2026-09-07','last':'2026-09-07'}," more               \
    "'structures':[{'id':'s','kind':'other','hours':[{'begin':'08:00',"        \
    "'end':'18:00'}]," place_members "},{'id':'t','kind':'other',"             \
    "'places':1,'hours':[{'begin':'08:00','end':'18:00'}]}],"                  \
    "'children':[{'id':'c1','birth':'2024-01-15'},{'id':'c2','birth':"         \
    "'2024-01-15'},{'id':'c3','birth':'2024-01-15'}],'requests':["
#define OPTION(id, place, begin, end)                                          \
    "{'id':'" id "','structure':'" place "','when':[{'begin':'" begin          \
    "','end':'" end "'}]}"
#define ASK(id, child, points, more, options)                                  \
    "{'id':'" id "','child':'" child "','points':" #points more                \
    ",'options':[" options "]}"
#define DAY(place) OPTION("o", place, "08:00", "17:00")
#define PLAN(placements)                                                       \
    "{'schema':'ctgsched/plan/1','placements':[" placements "]}"
#define GIVE(request, option) "{'request':'" request "','option':'" option "'}"

/* The pairs as "r>s r>s ". */
static void expect_pairs(const char *problem_text, const char *plan_text,
                         const char *pairs) {
    judged *const j = judged_texts(problem_text, plan_text, CHECK_RULES);
    text found = {.mem = j->mem};
    for (int32_t i = 0; i < j->v.n_envy; i++)
        text_printf(&found, "%s>%s ",
                    j->prob->requests[j->v.envy[i].request].id,
                    j->prob->requests[j->v.envy[i].envies].id);
    assert_string_equal(judged_breaches(j), "");
    assert_string_equal(found.at ? found.at : "", pairs);
    assert_int_equal(j->v.value[GOAL_ENVY], j->v.n_envy);
    judged_free(j);
}

static void envy_more_points_and_the_place_fits(void **state) {
    (void)state;
    expect_pairs(HEAD("'places':1", "")
                     ASK("a", "c1", 10, "", DAY("s")) "," ASK("b", "c2", 5, "",
                                                              DAY("s")) "]}",
                 PLAN(GIVE("b", "o")), "a>b ");
}

static void envy_never_at_equal_points(void **state) {
    (void)state;
    expect_pairs(HEAD("'places':1", "") ASK("a", "c1", 5, "", DAY("s")) "," ASK(
                     "b", "c2", 5, "", DAY("s")) "]}",
                 PLAN(GIVE("b", "o")), "");
}

static void envy_not_of_who_must_be_served(void **state) {
    (void)state;
    expect_pairs(HEAD("'places':1", "")
                     ASK("a", "c1", 10, "", DAY("s")) "," ASK(
                         "b", "c2", 5, ",'mandatory':true", DAY("s")) "]}",
                 PLAN(GIVE("b", "o")), "");
}

/* b leaves at 12:00: a's whole day never fitted beside x's afternoon. */
static void envy_not_when_the_place_does_not_fit(void **state) {
    (void)state;
    expect_pairs(
        HEAD("'places':1", "") ASK("a", "c1", 10, "", DAY("s")) "," ASK(
            "b", "c2", 5, "",
            OPTION("o", "s", "08:00",
                   "12:00")) "," ASK("x", "c3", 20, "",
                                     OPTION("o", "s", "12:00", "18:00")) "]}",
        PLAN(GIVE("b", "o") "," GIVE("x", "o")), "");
}

/* a has its second choice in t; the first would be b's. */
static void envy_of_a_better_rank(void **state) {
    (void)state;
    expect_pairs(HEAD("'places':1", "")
                     ASK("a", "c1", 10, "",
                         DAY("s") "," OPTION("p", "t", "08:00",
                                             "17:00")) "," ASK("b", "c2", 5, "",
                                                               DAY("s")) "]}",
                 PLAN(GIVE("a", "p") "," GIVE("b", "o")), "a>b ");
}

static void envy_not_for_an_equal_rank(void **state) {
    (void)state;
    expect_pairs(
        HEAD("'places':1", "")
            ASK("a", "c1", 10, "",
                DAY("s") ",{'id':'p','rank':1,'structure':'t','when':[{'begin':"
                         "'08:00','end':'17:00'}]}") "," ASK("b", "c2", 5, "",
                                                             DAY("s")) "]}",
        PLAN(GIVE("a", "p") "," GIVE("b", "o")), "");
}

/* A place is free in s, so whoever has fewer points is envied, wherever. */
static void envy_counts_each_pair_once(void **state) {
    (void)state;
    expect_pairs(HEAD("'places':2", "") ASK(
                     "a", "c1", 10, "",
                     DAY("s") "," OPTION(
                         "p", "s", "09:00",
                         "17:00")) "," ASK("b", "c2", 5, "",
                                           DAY("s")) "," ASK("x", "c3", 4, "",
                                                             DAY("t")) "]}",
                 PLAN(GIVE("b", "o") "," GIVE("x", "o")), "a>b a>x ");
}

/* The bundle a, x counts 10 points for both; a alone may not move. */
static void envy_of_a_bundle_keeps_its_rule(void **state) {
    (void)state;
    expect_pairs(HEAD("'places':1",
                      "'siblings':[{'id':'f','requests':['a','x'],"
                      "'rule':'all_or_none'}],")
                     ASK("a", "c1", 10, "", DAY("s")) "," ASK(
                         "b", "c2", 5, "", DAY("s")) "," ASK("x", "c3", 1, "",
                                                             DAY("t")) "]}",
                 PLAN(GIVE("b", "o")), "");
}

/* b is in the bundle of x with 1 + 20 points: 20 counts, a has 10. */
static void envy_bundle_counts_its_highest_points(void **state) {
    (void)state;
    expect_pairs(HEAD("'places':1",
                      "'siblings':[{'id':'f','requests':['b','x'],"
                      "'rule':'all_or_none'}],")
                     ASK("a", "c1", 10, "", DAY("s")) "," ASK(
                         "b", "c2", 1, "", DAY("s")) "," ASK("x", "c3", 20, "",
                                                             DAY("t")) "]}",
                 PLAN(GIVE("b", "o") "," GIVE("x", "o")), "");
}

static void envy_not_against_a_pin(void **state) {
    (void)state;
    expect_pairs(HEAD("'places':1", "'pins':[{'request':'b','option':'o'}],")
                     ASK("a", "c1", 10, "", DAY("s")) "," ASK("b", "c2", 5, "",
                                                              DAY("s")) "]}",
                 PLAN(GIVE("b", "o")), "");
}

/* One meal: a can only have it when b gives it up, in another structure. */
static void envy_frees_a_resource(void **state) {
    (void)state;
#define EATS(place)                                                            \
    "{'id':'o','structure':'" place "','uses':[{'resource':'m','amount'"       \
    ":1}],'when':[{'begin':'08:00','end':'17:00'}]}"
    expect_pairs(
        HEAD("'places':1", "'resources':[{'id':'m','limit':1,'per':'date'}],")
            ASK("a", "c1", 10, "", EATS("t")) "," ASK("b", "c2", 5, "",
                                                      EATS("s")) "]}",
        PLAN(GIVE("b", "o")), "a>b ");
}

/* Another request of a's child is served at the same time, in t. */
static void envy_not_for_a_child_who_is_elsewhere(void **state) {
    (void)state;
    expect_pairs(HEAD("'places':1", "")
                     ASK("a", "c1", 10, "", DAY("s")) "," ASK(
                         "b", "c2", 5, "", DAY("s")) "," ASK("z", "c1", 50, "",
                                                             DAY("t")) "]}",
                 PLAN(GIVE("b", "o") "," GIVE("z", "o")), "");
}

static void envy_not_of_who_is_pinned_to_wait(void **state) {
    (void)state;
    expect_pairs(HEAD("'places':1", "'pins':[{'request':'a','waiting':true}],")
                     ASK("a", "c1", 10, "", DAY("s")) "," ASK("b", "c2", 5, "",
                                                              DAY("s")) "]}",
                 PLAN(GIVE("b", "o")), "");
}

/* a would rather go back to the place it holds in s, where x holds the one
 * place: a shortage of 1 that the plan has not. b in t has fewer points. */
static void envy_not_when_a_shortage_would_grow(void **state) {
    (void)state;
#define HOLDS_IN_S                                                             \
    ",'held':{'structure':'s','rank':1,'when':[{'begin':'08:00','end':"        \
    "'17:00'}]}"
    expect_pairs(
        HEAD("'places':1", "") ASK(
            "a", "c1", 10, HOLDS_IN_S,
            "{'id':'o','rank':2,'structure':'t','when':[{'begin':'08:00',"
            "'end':'09:00'}]}") "," ASK("b", "c2", 5, "",
                                        OPTION("o", "t", "10:00",
                                               "17:00")) "," ASK("x", "c3", 20,
                                                                 HOLDS_IN_S,
                                                                 "") "]}",
        PLAN(GIVE("a", "o") "," GIVE("b", "o") "," GIVE("x", "held")), "");
}

/* From 08:00 to 09:00 one place is short already (x and y hold it); a back in
 * s would make it two. */
static void envy_not_when_a_shortage_would_get_larger(void **state) {
    (void)state;
#define HOLDS_EARLY                                                            \
    ",'held':{'structure':'s','rank':1,'when':[{'begin':'08:00','end':"        \
    "'09:00'}]}"
    expect_pairs(
        HEAD("'places':1", "") ASK(
            "a", "c1", 10, HOLDS_EARLY,
            "{'id':'o','rank':2,'structure':'t','when':[{'begin':'08:00',"
            "'end':'09:00'}]}") "," ASK("b", "c2", 5, "",
                                        OPTION(
                                            "o", "t", "10:00",
                                            "17:00")) "," ASK("x", "c3", 20,
                                                              HOLDS_IN_S,
                                                              "") "," ASK("y",
                                                                          "c2",
                                                                          20,
                                                                          HOLDS_EARLY,
                                                                          "") "]}",
        PLAN(GIVE("a", "o") "," GIVE("b", "o") "," GIVE("x", "held") "," GIVE(
            "y", "held")),
        "");
}

/* The plan breaks the capacity of t: no pair is counted. */
static void envy_not_in_a_broken_plan(void **state) {
    (void)state;
    judged *const j = judged_texts(
        HEAD("'places':1", "") ASK("a", "c1", 10, "", DAY("t")) "," ASK(
            "b", "c2", 5, "",
            DAY("t")) "," ASK("x", "c3", 20, "",
                              DAY("s") "," OPTION("p", "t", "08:00",
                                                  "17:00")) "]}",
        PLAN(GIVE("a", "o") "," GIVE("b", "o")), CHECK_RULES);
    assert_string_equal(judged_breaches(j),
                        "places t 2026-09-07 08:00-17:00 x1\n");
    assert_int_equal(j->v.n_envy, 0);
    judged_free(j);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(envy_more_points_and_the_place_fits),
        cmocka_unit_test(envy_never_at_equal_points),
        cmocka_unit_test(envy_not_of_who_must_be_served),
        cmocka_unit_test(envy_not_when_the_place_does_not_fit),
        cmocka_unit_test(envy_of_a_better_rank),
        cmocka_unit_test(envy_not_for_an_equal_rank),
        cmocka_unit_test(envy_counts_each_pair_once),
        cmocka_unit_test(envy_of_a_bundle_keeps_its_rule),
        cmocka_unit_test(envy_bundle_counts_its_highest_points),
        cmocka_unit_test(envy_not_against_a_pin),
        cmocka_unit_test(envy_frees_a_resource),
        cmocka_unit_test(envy_not_for_a_child_who_is_elsewhere),
        cmocka_unit_test(envy_not_of_who_is_pinned_to_wait),
        cmocka_unit_test(envy_not_when_a_shortage_would_grow),
        cmocka_unit_test(envy_not_when_a_shortage_would_get_larger),
        cmocka_unit_test(envy_not_in_a_broken_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
