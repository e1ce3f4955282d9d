// SPDX-License-Identifier: GPL-3.0-or-later
/* Seats: each rule broken alone, the sizes found by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/judged.h"

#define BORN "2024-01-15"

#define OVER                                                                   \
    JUDGED_PACK(JUDGED_RULE("over", "over_capacity",                           \
                            "'instant_max_pct':115,'weekly_max_pct':"          \
                            "100,'capacity_basis':'capacity_t'"))
#define USES_OVER "'packs':['p'],'over_capacity':true,"

static judged_kids kids(const char *prefix, int n, const char *begin,
                        const char *end) {
    return (judged_kids){
        .prefix = prefix, .n = n, .birth = BORN, .begin = begin, .end = end};
}

static void places_one_too_many_is_a_breach(void **state) {
    (void)state;
    const judged_kids all[] = {
        kids("a", 2, "08:00", "12:00"), kids("b", 1, "09:00", "18:00"), {0}};
    judged *const j = judged_day("'places':2", all, "");
    assert_string_equal(judged_breaches(j),
                        "places s 2026-09-07 09:00-12:00 x1\n");
    assert_false(j->v.accepted);
    judged_free(j);
}

/* 11:00 of one and 11:00 of the other never meet: half-open. */
static void places_intervals_are_half_open(void **state) {
    (void)state;
    const judged_kids all[] = {
        kids("a", 2, "08:00", "11:00"), kids("b", 2, "11:00", "18:00"), {0}};
    judged *const j = judged_day("'places':2", all, "");
    assert_string_equal(judged_breaches(j), "");
    assert_true(j->v.accepted);
    judged_free(j);
}

static void places_of_those_who_hold_is_a_shortage(void **state) {
    (void)state;
    judged_kids a = kids("a", 3, "08:00", "12:00");
    a.holds = true;
    const judged_kids all[] = {a, kids("b", 1, "10:00", "11:00"), {0}};
    judged *const j = judged_day("'places':1", all, "");
    assert_string_equal(judged_breaches(j),
                        "places s 2026-09-07 10:00-11:00 x3\n");
    assert_string_equal(judged_shortages(j),
                        "places s 2026-09-07 08:00-10:00 x2\n"
                        "places s 2026-09-07 11:00-12:00 x2\n");
    /* 2 places x 180 minutes x 10. */
    assert_int_equal(j->v.value[GOAL_SHORTAGE], 3600);
    judged_free(j);
}

/* 3 x 0.75 = 2.25 of 2: one place is short, rounded up. */
static void places_weights_round_the_size_up(void **state) {
    (void)state;
    judged_kids a = kids("a", 3, "08:00", "12:00");
    a.child = ",'place_weight':750";
    const judged_kids all[] = {a, {0}};
    judged *const j = judged_day("'places':2", all, "");
    assert_string_equal(judged_breaches(j),
                        "places s 2026-09-07 08:00-12:00 x1\n");
    judged_free(j);
}

/* 115 % of 20 is 23: 23 fit, 24 do not. */
static void places_115_pct_of_20_is_23(void **state) {
    (void)state;
    const judged_kids fits[] = {kids("a", 23, "08:00", "09:00"), {0}};
    const judged_kids over[] = {kids("a", 24, "08:00", "09:00"), {0}};
    judged *j = judged_day(USES_OVER "'places':20", fits, OVER);
    assert_string_equal(judged_breaches(j), "");
    judged_free(j);
    j = judged_day(USES_OVER "'places':20", over, OVER);
    assert_string_equal(judged_breaches(j),
                        "places s 2026-09-07 08:00-09:00 x1\n");
    assert_string_equal(j->v.breaches[0].article, "art. over");
    judged_free(j);
}

/* 115 % of 25 is 28.75: up to 29. */
static void places_115_pct_of_25_rounds_up_to_29(void **state) {
    (void)state;
    const judged_kids fits[] = {kids("a", 29, "08:00", "09:00"), {0}};
    const judged_kids over[] = {kids("a", 30, "08:00", "09:00"), {0}};
    judged *j = judged_day(USES_OVER "'places':25", fits, OVER);
    assert_string_equal(judged_breaches(j), "");
    judged_free(j);
    j = judged_day(USES_OVER "'places':25", over, OVER);
    assert_string_equal(judged_breaches(j),
                        "places s 2026-09-07 08:00-09:00 x1\n");
    judged_free(j);
}

/* Capacity 10 of 20 places: capacity_t allows ceil(11.5) = 12, nominal
 * 10 + 23 - 20 = 13. */
static void places_basis_nominal_adds_the_nominal_margin(void **state) {
    (void)state;
    const char *const modulated =
        USES_OVER "'places':20,'modulation':[{'begin':'08:00','end':'18:00',"
                  "'places':10}],'ratio':{'regime':'r','capacity_basis':"
                  "'nominal'}";
    const char *const rules = JUDGED_PACK(JUDGED_RULE(
        "over", "over_capacity",
        "'instant_max_pct':115,'weekly_max_pct':100,"
        "'capacity_basis':'capacity_t'") "," JUDGED_RULE("r", "ratio",
                                                         "'rounding':'ceil_"
                                                         "each','classes':[{'"
                                                         "id':"
                                                         "'none','per':5,'"
                                                         "below_months':1}]"));
    const judged_kids all[] = {kids("a", 14, "08:00", "09:00"), {0}};
    judged *const j = judged_day(modulated, all, rules);
    assert_string_equal(judged_breaches(j),
                        "places s 2026-09-07 08:00-09:00 x1\n");
    judged_free(j);
}

/* 2 places x 600 minutes a day = 1200; 3 x 420 = 1260 place-minutes. */
static void week_excess_counts_place_minutes(void **state) {
    (void)state;
    const judged_kids all[] = {kids("a", 3, "08:00", "15:00"), {0}};
    judged *const j = judged_day(USES_OVER "'places':2", all, OVER);
    assert_string_equal(judged_breaches(j), "week s W202637 x60\n");
    judged_free(j);
}

/* The same three hold their places: a shortage of 60 at price 1. */
static void week_of_those_who_hold_is_a_shortage(void **state) {
    (void)state;
    judged_kids a = kids("a", 3, "08:00", "15:00");
    a.holds = true;
    const judged_kids all[] = {a, {0}};
    judged *const j = judged_day(USES_OVER "'places':2", all, OVER);
    assert_string_equal(judged_breaches(j), "");
    assert_string_equal(judged_shortages(j), "week s W202637 x60\n");
    assert_int_equal(j->v.value[GOAL_SHORTAGE], 60);
    judged_free(j);
}

static void places_reduction_and_modulation_bind(void **state) {
    (void)state;
    const judged_kids all[] = {kids("a", 3, "08:00", "12:00"), {0}};
    judged *const j = judged_day(
        "'places':9,'modulation':[{'begin':'08:00','end':'09:00','places':2},"
        "{'begin':'08:30','end':'09:00','places':4}],"
        "'reductions':[{'begin':'11:00','end':'18:00','places':1}]",
        all, "");
    assert_string_equal(judged_breaches(j),
                        "places s 2026-09-07 08:00-08:30 x1\n"
                        "places s 2026-09-07 11:00-12:00 x2\n");
    judged_free(j);
}

#define ROOMS                                                                  \
    "'places':9,'sections':[{'id':'g','places':2},{'id':'p','places':1}]"

static judged_kids in_section(const char *prefix, int n, const char *begin,
                              const char *end, const char *member) {
    judged_kids k = kids(prefix, n, begin, end);
    k.option = member;
    return k;
}

static void section_is_hard_by_itself(void **state) {
    (void)state;
    const judged_kids all[] = {
        in_section("a", 2, "08:00", "12:00", ",'section':'p'"),
        in_section("b", 2, "08:00", "12:00", ",'section':'g'"),
        {0}};
    judged *const j = judged_day(ROOMS, all, "");
    assert_string_equal(judged_breaches(j),
                        "section s section=p 2026-09-07 08:00-12:00 x1\n");
    judged_free(j);
}

static void shared_quota_binds_only_then(void **state) {
    (void)state;
    const judged_kids all[] = {
        in_section("a", 1, "08:00", "12:00", ",'section':'p'"),
        in_section("b", 2, "08:00", "12:00", ",'section':'g'"),
        {0}};
    judged *const j =
        judged_day(ROOMS ",'shared':[{'id':'q','sections':['g','p'],'places':1,"
                         "'windows':[{'begin':'09:00','end':'10:00'}]}]",
                   all, "");
    assert_string_equal(judged_breaches(j),
                        "shared s shared=q 2026-09-07 09:00-10:00 x2\n");
    judged_free(j);
}

/* Merged, 3 share 3 places though p alone has 2 children for 1 place; a merge
 * of 2 places is short by 1. */
static void merge_suspends_sections_and_binds_together(void **state) {
    (void)state;
    const judged_kids all[] = {
        in_section("a", 2, "08:00", "12:00", ",'section':'p'"),
        in_section("b", 1, "08:00", "12:00", ",'section':'g'"),
        {0}};
    judged *const j = judged_day(
        ROOMS ",'merges':[{'sections':['g','p'],'begin':'08:00','end':"
              "'10:00'},{'sections':['g','p'],'places':2,'begin':'10:00',"
              "'end':'11:00'}]",
        all, "");
    assert_string_equal(judged_breaches(j),
                        "section s section=p 2026-09-07 11:00-12:00 x1\n"
                        "merge s section=g 2026-09-07 10:00-11:00 x1\n");
    judged_free(j);
}

static void need_max_counts_heads(void **state) {
    (void)state;
    judged_kids a = kids("a", 3, "08:00", "12:00");
    a.child = ",'needs':['pai']";
    const judged_kids all[] = {a, kids("b", 3, "08:00", "12:00"), {0}};
    judged *const j =
        judged_day("'places':9,'offers':[{'need':'pai','max':1}]", all,
                   "'needs':[{'id':'pai','place_weight':1500}],");
    assert_string_equal(judged_breaches(j),
                        "need_max s need=pai 2026-09-07 08:00-12:00 x2\n");
    judged_free(j);
}

/* Open, but with no capacity: the nominal margin gives no seat either. */
static void places_basis_nominal_gives_none_of_none(void **state) {
    (void)state;
    const judged_kids all[] = {kids("a", 1, "08:00", "09:00"), {0}};
    judged *const j = judged_day(
        USES_OVER "'places':20,'modulation':[{'begin':'08:00','end':'09:00',"
                  "'places':0}]",
        all,
        JUDGED_PACK(JUDGED_RULE("over", "over_capacity",
                                "'instant_max_pct':115,'weekly_max_pct':100,"
                                "'capacity_basis':'nominal'")));
    assert_string_equal(judged_breaches(j),
                        "places s 2026-09-07 08:00-09:00 x1\n");
    judged_free(j);
}

/* The newcomer is in g: p is short of those who hold their places only. */
static void section_short_without_newcomers_is_a_shortage(void **state) {
    (void)state;
    judged_kids a = in_section("a", 2, "08:00", "12:00", ",'section':'p'");
    a.holds = true;
    const judged_kids all[] = {
        a, in_section("b", 1, "08:00", "12:00", ",'section':'g'"), {0}};
    judged *const j = judged_day(ROOMS, all, "");
    assert_string_equal(judged_breaches(j), "");
    assert_string_equal(judged_shortages(j),
                        "section s section=p 2026-09-07 08:00-12:00 x1\n");
    judged_free(j);
}

/* Two days of 1 place x 600 minutes; x holds both from 08:00 to 18:00, the
 * newcomer's 60 minutes on Monday make the whole week a breach. Instants allow
 * 2 of 1 place at 200 %. */
static void week_with_a_newcomer_on_one_day_is_a_breach(void **state) {
    (void)state;
    judged *const j = judged_texts(
        "{'schema':'ctgsched/problem/1','id':'t'," JUDGED_PACK(JUDGED_RULE(
            "over", "over_capacity",
            "'instant_max_pct':200,'weekly_max_pct':100,"
            "'capacity_basis':'capacity_t'")) "'horizon':{'first':'2026-09-07',"
                                              "'last':'2026-09-08'},'"
                                              "structures':[{"
                                              "'id':'s','kind':'other','packs':"
                                              "['p'],'over_capacity':true,'"
                                              "places':1"
                                              ",'hours':[{'begin':'08:00','end'"
                                              ":'18:00'}]}],'children':[{'id':'"
                                              "c',"
                                              "'birth':'2024-01-15'},{'id':'d',"
                                              "'birth':'2024-01-15'}],'"
                                              "requests':[{"
                                              "'id':'n','child':'c','options':["
                                              "{'id':'o','structure':'s','when'"
                                              ":[{"
                                              "'days':['mon'],'begin':'08:00','"
                                              "end':'09:00'}]}]},{'id':'x','"
                                              "child':"
                                              "'d','held':{'structure':'s','"
                                              "when':[{'begin':'08:00','end':'"
                                              "18:00'}]}"
                                              "}]}",
        "{'schema':'ctgsched/plan/1','placements':[{'request':'n','option':"
        "'o'},{'request':'x','option':'held'}]}",
        CHECK_RULES);
    assert_string_equal(judged_breaches(j), "week s W202637 x60\n");
    judged_free(j);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_one_too_many_is_a_breach),
        cmocka_unit_test(places_intervals_are_half_open),
        cmocka_unit_test(places_of_those_who_hold_is_a_shortage),
        cmocka_unit_test(places_weights_round_the_size_up),
        cmocka_unit_test(places_115_pct_of_20_is_23),
        cmocka_unit_test(places_115_pct_of_25_rounds_up_to_29),
        cmocka_unit_test(places_basis_nominal_adds_the_nominal_margin),
        cmocka_unit_test(week_excess_counts_place_minutes),
        cmocka_unit_test(week_of_those_who_hold_is_a_shortage),
        cmocka_unit_test(places_reduction_and_modulation_bind),
        cmocka_unit_test(section_is_hard_by_itself),
        cmocka_unit_test(shared_quota_binds_only_then),
        cmocka_unit_test(merge_suspends_sections_and_binds_together),
        cmocka_unit_test(need_max_counts_heads),
        cmocka_unit_test(places_basis_nominal_gives_none_of_none),
        cmocka_unit_test(section_short_without_newcomers_is_a_shortage),
        cmocka_unit_test(week_with_a_newcomer_on_one_day_is_a_breach),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
