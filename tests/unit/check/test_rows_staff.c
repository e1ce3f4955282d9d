// SPDX-License-Identifier: GPL-3.0-or-later
/* Staff: ratio in each reading and scope, adaptation, outings, minimum, mix
 * and skills; the persons found by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/judged.h"

#define WALKER "2024-01-15" /* 31 months on 2026-09-07 */
#define BABY "2026-01-15"   /* 7 months */

#define FIVE_EIGHT(rounding)                                                   \
    JUDGED_RULE("5_8", "ratio",                                                \
                "'rounding':'" rounding "','classes':[{'id':'n',"              \
                "'per':5,'walks':false},{'id':'w','per':8,'walks':true}]")
#define SIX                                                                    \
    JUDGED_RULE("6", "ratio",                                                  \
                "'rounding':'sum_then_ceil','classes':[{'id':'any',"           \
                "'per':6}]")
#define MINIMUM                                                                \
    JUDGED_RULE("min", "minimum",                                              \
                "'min_staff':2,'cat1_above_places':24,"                        \
                "'alone_max_children':3,'alone_max_places':12,"                \
                "'alone_categories':['cat1']")
#define TEAM(category, count, begin, end)                                      \
    "{'category':'" category "','count':" #count ",'begin':'" begin            \
    "','end':'" end "'}"
#define UNDER(regime) "'packs':['p'],'ratio':{'regime':'" regime "'},"

static judged_kids kids(const char *prefix, int n, const char *birth,
                        const char *begin, const char *end) {
    return (judged_kids){
        .prefix = prefix, .n = n, .birth = birth, .begin = begin, .end = end};
}

/* The breaches of 6 babies and 5 walkers from 08:00 to 09:00. */
static const char *six_and_five(const char *place, const char *rules) {
    static char answer[256];
    const judged_kids all[] = {kids("b", 6, BABY, "08:00", "09:00"),
                               kids("w", 5, WALKER, "08:00", "09:00"),
                               {0}};
    judged *const j = judged_day(place, all, rules);
    snprintf(answer, sizeof answer, "%s", judged_breaches(j));
    judged_free(j);
    return answer;
}

static void ratio_sum_then_ceil_needs_2(void **state) {
    (void)state;
    assert_string_equal(six_and_five(UNDER("5_8") "'places':20,'staff':[" TEAM(
                                         "cat1", 1, "08:00", "18:00") "]",
                                     JUDGED_PACK(FIVE_EIGHT("sum_then_ceil"))),
                        "ratio s 2026-09-07 08:00-09:00 x1\n");
}

static void ratio_ceil_each_needs_3(void **state) {
    (void)state;
    assert_string_equal(six_and_five(UNDER("5_8") "'places':20,'staff':[" TEAM(
                                         "cat2", 1, "08:00", "18:00") "]",
                                     JUDGED_PACK(FIVE_EIGHT("ceil_each"))),
                        "ratio s 2026-09-07 08:00-09:00 x2\n");
}

static void ratio_mixed_group_fill_needs_3(void **state) {
    (void)state;
    assert_string_equal(
        six_and_five(UNDER("5_8") "'places':20,'staff':[" TEAM(
                         "cat1", 2, "08:00", "18:00") "]",
                     JUDGED_PACK(FIVE_EIGHT("mixed_group_fill"))),
        "ratio s 2026-09-07 08:00-09:00 x1\n");
}

static void ratio_of_six_needs_2(void **state) {
    (void)state;
    assert_string_equal(
        six_and_five(UNDER("6") "'places':20", JUDGED_PACK(SIX)),
        "ratio s 2026-09-07 08:00-09:00 x2\n");
}

/* The structure's rounding replaces the rule's: 3 instead of 2. */
static void ratio_rounding_of_the_structure_wins(void **state) {
    (void)state;
    assert_string_equal(
        six_and_five("'packs':['p'],'ratio':{'regime':'5_8','rounding':"
                     "'ceil_each'},'places':20,'staff':[" TEAM(
                         "cat1", 2, "08:00", "18:00") "]",
                     JUDGED_PACK(FIVE_EIGHT("sum_then_ceil"))),
        "ratio s 2026-09-07 08:00-09:00 x1\n");
}

static void ratio_other_staff_does_not_count(void **state) {
    (void)state;
    assert_string_equal(six_and_five(UNDER("6") "'places':20,'staff':[" TEAM(
                                         "other", 9, "08:00", "18:00") "]",
                                     JUDGED_PACK(SIX)),
                        "ratio s 2026-09-07 08:00-09:00 x2\n");
}

/* Staff comes at 08:30; 3 then 4 children need 1 of 6. */
static void ratio_instants_follow_the_staff(void **state) {
    (void)state;
    const judged_kids all[] = {kids("a", 3, BABY, "08:00", "10:00"),
                               kids("b", 1, BABY, "08:15", "10:00"),
                               {0}};
    judged *const j = judged_day(UNDER("6") "'places':20,'staff':[" TEAM(
                                     "cat1", 1, "08:30", "18:00") "]",
                                 all, JUDGED_PACK(SIX));
    assert_string_equal(judged_breaches(j),
                        "ratio s 2026-09-07 08:00-08:30 x1\n");
    assert_string_equal(
        j->v.breaches[0].message,
        "structure \"s\", 2026-09-07 08:00-08:30: 3 children need 1 staff at "
        "08:00, 0 are counted, 1 missing (art. 6). Maybe one child fewer then, "
        "or one agent more.");
    judged_free(j);
}

/* One child in each of two rooms of 6: 2 persons by room, 1 together; merged
 * from 09:00 it is one room again. */
static void ratio_by_room_reads_each_room(void **state) {
    (void)state;
    judged_kids a = kids("a", 1, BABY, "08:00", "10:00");
    judged_kids b = kids("b", 1, BABY, "08:00", "10:00");
    a.option = ",'section':'g'";
    b.option = ",'section':'p'";
    const judged_kids all[] = {a, b, {0}};
    judged *const j = judged_day(
        "'packs':['p'],'ratio':{'regime':'6','scope':'room'},'places':9,"
        "'sections':[{'id':'g','places':4},{'id':'p','places':4}],"
        "'merges':[{'sections':['g','p'],'begin':'09:00','end':'18:00'}],"
        "'staff':[" TEAM("cat1", 1, "08:00", "18:00") "]",
        all, JUDGED_PACK(SIX));
    assert_string_equal(judged_breaches(j),
                        "ratio s 2026-09-07 08:00-09:00 x1\n");
    judged_free(j);
}

/* 5 babies need 1. While the fifth is in adaptation, 4 need 1 and somebody is
 * alone with the fifth. */
static void ratio_adaptation_takes_one_person_alone(void **state) {
    (void)state;
    judged_kids fresh = kids("x", 1, BABY, "08:00", "12:00");
    fresh.request = ",'adaptation':{'first':'2026-09-07','last':'2026-09-08'}";
    const judged_kids all[] = {
        kids("b", 4, BABY, "08:00", "12:00"), fresh, {0}};
    judged *const j =
        judged_day(UNDER("5_8") "'places':20,'staff':[" TEAM("cat1", 1, "08:00",
                                                             "18:00") "]",
                   all,
                   JUDGED_PACK(FIVE_EIGHT("ceil_each") "," JUDGED_RULE(
                       "ad", "adaptation",
                       "'staff_per_child':1,'begin':'09:00','end':'11:00'")));
    assert_string_equal(judged_breaches(j),
                        "ratio s 2026-09-07 09:00-11:00 x1\n");
    judged_free(j);
}

#define OUTING                                                                 \
    JUDGED_RULE("out", "outing",                                               \
                "'rounding':'sum_then_ceil','min_staff':2,'classes':[{"        \
                "'id':'any','per':5}]")
#define TWO_ROOMS "'sections':[{'id':'g','places':9},{'id':'p','places':9}],"

static judged *go_out(const char *place, int out, int stay, const char *rules) {
    judged_kids a = kids("a", out, WALKER, "09:00", "12:00");
    judged_kids b = kids("b", stay, WALKER, "09:00", "12:00");
    a.option = ",'section':'g'";
    b.option = ",'section':'p'";
    const judged_kids all[] = {a, b, {0}};
    return judged_day(place, all, rules);
}

/* 6 out: ceil(6/5) = 2. 3 stay: of 6 they need 1. Together 3; inside, before
 * and after, 9 of 6 need 2. */
static void ratio_outing_is_a_group_of_its_own(void **state) {
    (void)state;
    judged *const j = go_out(
        UNDER("6") TWO_ROOMS
        "'places':20,'outings':[{'sections':['g'],'begin':'10:00',"
        "'end':'11:00'}],'staff':[" TEAM("cat1", 2, "08:00", "18:00") "]",
        6, 3, JUDGED_PACK(SIX "," OUTING));
    assert_string_equal(judged_breaches(j),
                        "ratio s 2026-09-07 10:00-11:00 x1\n");
    judged_free(j);
}

/* 1 out needs 2 (min_staff of outings); 1 stays and the minimum asks 2 there:
 * places 20 are above 12, nobody is alone. */
static void ratio_outing_keeps_both_minima(void **state) {
    (void)state;
    judged *const j =
        go_out(UNDER("6") TWO_ROOMS
               "'places':20,'outings':[{'sections':['g'],'begin':'10:00','end':"
               "'11:00'}],'staff':[" TEAM("cat1", 2, "08:00", "18:00") "]",
               1, 1, JUDGED_PACK(SIX "," OUTING "," MINIMUM));
    assert_string_equal(judged_breaches(j),
                        "ratio s 2026-09-07 10:00-11:00 x2\n");
    judged_free(j);
}

static void ratio_outing_without_its_rule_changes_nothing(void **state) {
    (void)state;
    judged *const j =
        go_out(UNDER("6") TWO_ROOMS
               "'places':20,'outings':[{'begin':'10:00','end':'11:00'}],'staff'"
               ":[" TEAM("cat1", 1, "08:00", "18:00") "]",
               1, 1, JUDGED_PACK(SIX));
    assert_string_equal(judged_breaches(j), "");
    judged_free(j);
}

static void minimum_two_persons(void **state) {
    (void)state;
    const judged_kids all[] = {kids("a", 1, BABY, "08:00", "10:00"), {0}};
    judged *const j = judged_day("'packs':['p'],'places':20,'staff':[" TEAM(
                                     "cat2", 1, "08:00", "18:00") "]",
                                 all, JUDGED_PACK(MINIMUM));
    assert_string_equal(judged_breaches(j),
                        "minimum s 2026-09-07 08:00-10:00 x1\n");
    judged_free(j);
}

/* 10 places: up to 3 children one cat1 may be alone; the fourth comes at 9. */
static void minimum_alone_up_to_three(void **state) {
    (void)state;
    const judged_kids all[] = {kids("a", 3, BABY, "08:00", "10:00"),
                               kids("b", 1, BABY, "09:00", "10:00"),
                               {0}};
    judged *const j = judged_day("'packs':['p'],'places':10,'staff':[" TEAM(
                                     "cat1", 1, "08:00", "18:00") "]",
                                 all, JUDGED_PACK(MINIMUM));
    assert_string_equal(judged_breaches(j),
                        "minimum s 2026-09-07 09:00-10:00 x1\n");
    judged_free(j);
}

static void minimum_alone_asks_the_category(void **state) {
    (void)state;
    const judged_kids all[] = {kids("a", 3, BABY, "08:00", "10:00"), {0}};
    judged *const j = judged_day("'packs':['p'],'places':10,'staff':[" TEAM(
                                     "cat2", 1, "08:00", "18:00") "]",
                                 all, JUDGED_PACK(MINIMUM));
    assert_string_equal(judged_breaches(j),
                        "minimum s 2026-09-07 08:00-10:00 x1\n");
    judged_free(j);
}

/* Above 24 places somebody of category 1 must be there; two cat2 are not. */
static void minimum_cat1_above_24_places(void **state) {
    (void)state;
    const judged_kids all[] = {kids("a", 1, BABY, "08:00", "10:00"), {0}};
    judged *const j =
        judged_day("'packs':['p'],'places':25,'staff':[" TEAM(
                       "cat2", 3, "08:00", "18:00") "," TEAM("cat1", 1, "09:00",
                                                             "18:00") "]",
                   all, JUDGED_PACK(MINIMUM));
    assert_string_equal(judged_breaches(j),
                        "minimum s 2026-09-07 08:00-09:00 x1\n");
    judged_free(j);
}

#define MIX                                                                    \
    FIVE_EIGHT("ceil_each") "," JUDGED_RULE("mix", "cat1_share", "'min_pct':40")

/* 6 babies need 2 for 180 minutes: 360 person-minutes, 40 % are 144. Cat.1 is
 * there 140 open minutes (07:00-10:20 is open from 08:00 on): 4 missing. */
static void mix_counts_the_month(void **state) {
    (void)state;
    const judged_kids all[] = {kids("a", 6, BABY, "08:00", "11:00"), {0}};
    judged *const j =
        judged_day(UNDER("5_8") "'places':20,'staff':[" TEAM(
                       "cat1", 1, "07:00", "10:20") "," TEAM("cat2", 2, "08:00",
                                                             "18:00") "]",
                   all, JUDGED_PACK(MIX));
    assert_string_equal(judged_breaches(j), "mix s M2026-09 x4\n");
    judged_free(j);
}

static void mix_exactly_enough_is_accepted(void **state) {
    (void)state;
    const judged_kids all[] = {kids("a", 6, BABY, "08:00", "11:00"), {0}};
    judged *const j =
        judged_day(UNDER("5_8") "'places':20,'staff':[" TEAM(
                       "cat1", 1, "08:00", "10:24") "," TEAM("cat2", 2, "08:00",
                                                             "18:00") "]",
                   all, JUDGED_PACK(MIX));
    assert_string_equal(judged_breaches(j), "");
    judged_free(j);
}

#define NURSE "'needs':[{'id':'pai','skill':'nurse','equipped':false}],"

/* The nurse (who counts in no ratio) is there from 09:00 on. */
static void skill_of_a_newcomer_is_a_breach(void **state) {
    (void)state;
    judged_kids a = kids("a", 1, BABY, "08:00", "10:00");
    a.child = ",'needs':['pai']";
    const judged_kids all[] = {a, {0}};
    judged *const j = judged_day(
        "'places':9,'staff':[{'category':'other','count':1,'skills':['nurse'],"
        "'begin':'09:00','end':'18:00'}]",
        all, NURSE);
    assert_string_equal(judged_breaches(j),
                        "skill s skill=nurse 2026-09-07 08:00-09:00 x1\n");
    assert_int_equal(check_option(j->prob, 0, 0), BREAKS_SKILL);
    judged_free(j);
}

/* The place is held: a shortage of one person for 60 minutes at 10. Another
 * newcomer without the need does not make it a breach. */
static void skill_of_who_holds_is_a_shortage(void **state) {
    (void)state;
    judged_kids a = kids("a", 1, BABY, "08:00", "09:00");
    a.child = ",'needs':['pai']";
    a.holds = true;
    const judged_kids all[] = {a, kids("b", 1, BABY, "08:00", "09:00"), {0}};
    judged *const j = judged_day("'places':9", all, NURSE);
    assert_string_equal(judged_breaches(j), "");
    assert_string_equal(judged_shortages(j),
                        "skill s skill=nurse 2026-09-07 08:00-09:00 x1\n");
    assert_int_equal(j->v.value[GOAL_SHORTAGE], 600);
    assert_int_equal(check_option(j->prob, 0, 0), N_PLAN_RULES);
    judged_free(j);
}

/* Held children of an absent agent: ratio and minimum are short, by price 10 a
 * person-minute: (1 + 2) x 60 x 10. */
static void staff_short_of_those_who_hold_is_priced(void **state) {
    (void)state;
    judged_kids a = kids("a", 1, BABY, "08:00", "09:00");
    a.holds = true;
    const judged_kids all[] = {a, {0}};
    judged *const j =
        judged_day(UNDER("6") "'places':20", all, JUDGED_PACK(SIX "," MINIMUM));
    assert_string_equal(judged_shortages(j),
                        "ratio s 2026-09-07 08:00-09:00 x1\n"
                        "minimum s 2026-09-07 08:00-09:00 x2\n");
    assert_int_equal(j->v.value[GOAL_SHORTAGE], 1800);
    judged_free(j);
}

/* 12 places are not above 12. */
static void minimum_alone_in_exactly_twelve_places(void **state) {
    (void)state;
    const judged_kids all[] = {kids("a", 3, BABY, "08:00", "10:00"), {0}};
    judged *const j = judged_day("'packs':['p'],'places':12,'staff':[" TEAM(
                                     "cat1", 1, "08:00", "18:00") "]",
                                 all, JUDGED_PACK(MINIMUM));
    assert_string_equal(judged_breaches(j), "");
    judged_free(j);
}

/* Two are not alone: their category does not matter. */
static void minimum_two_of_any_category(void **state) {
    (void)state;
    const judged_kids all[] = {kids("a", 3, BABY, "08:00", "10:00"), {0}};
    judged *const j = judged_day("'packs':['p'],'places':12,'staff':[" TEAM(
                                     "cat2", 2, "08:00", "18:00") "]",
                                 all, JUDGED_PACK(MINIMUM));
    assert_string_equal(judged_breaches(j), "");
    judged_free(j);
}

static void minimum_cat1_not_in_exactly_24_places(void **state) {
    (void)state;
    const judged_kids all[] = {kids("a", 1, BABY, "08:00", "10:00"), {0}};
    judged *const j = judged_day("'packs':['p'],'places':24,'staff':[" TEAM(
                                     "cat2", 2, "08:00", "18:00") "]",
                                 all, JUDGED_PACK(MINIMUM));
    assert_string_equal(judged_breaches(j), "");
    judged_free(j);
}

/* 1 out: of 5 one person would do, an outing has two; 1 inside needs 1. */
static void ratio_outing_has_its_least_staff(void **state) {
    (void)state;
    judged *const j = go_out(
        UNDER("6") TWO_ROOMS
        "'places':20,'outings':[{'sections':['g'],'begin':'10:00',"
        "'end':'11:00'}],'staff':[" TEAM("cat1", 2, "08:00", "18:00") "]",
        1, 1, JUDGED_PACK(SIX "," OUTING));
    assert_string_equal(judged_breaches(j),
                        "ratio s 2026-09-07 10:00-11:00 x1\n");
    judged_free(j);
}

/* The last day of adaptation is in it: the one child needs one alone. */
static void ratio_adaptation_includes_its_last_day(void **state) {
    (void)state;
    judged_kids fresh = kids("x", 1, BABY, "08:00", "12:00");
    fresh.request = ",'adaptation':{'first':'2026-09-01','last':'2026-09-07'}";
    const judged_kids all[] = {fresh, {0}};
    judged *const j =
        judged_day("'packs':['p'],'places':20", all,
                   JUDGED_PACK(JUDGED_RULE(
                       "ad", "adaptation",
                       "'staff_per_child':1,'begin':'08:00','end':'18:00'")));
    assert_string_equal(judged_breaches(j),
                        "ratio s 2026-09-07 08:00-12:00 x1\n");
    judged_free(j);
}

/* Two years old on the day itself: 24 months, in the class from 24 on. */
static void ratio_birthday_counts_on_its_day(void **state) {
    (void)state;
    const judged_kids all[] = {kids("a", 1, "2024-09-07", "08:00", "09:00"),
                               kids("b", 1, "2024-09-08", "09:00", "10:00"),
                               {0}};
    judged *const j =
        judged_day(UNDER("24") "'places':20", all,
                   JUDGED_PACK(JUDGED_RULE(
                       "24", "ratio",
                       "'rounding':'ceil_each','classes':[{'id':'two','per':1,"
                       "'from_months':24}]")));
    assert_string_equal(judged_breaches(j),
                        "ratio s 2026-09-07 08:00-09:00 x1\n");
    judged_free(j);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ratio_sum_then_ceil_needs_2),
        cmocka_unit_test(ratio_ceil_each_needs_3),
        cmocka_unit_test(ratio_mixed_group_fill_needs_3),
        cmocka_unit_test(ratio_of_six_needs_2),
        cmocka_unit_test(ratio_rounding_of_the_structure_wins),
        cmocka_unit_test(ratio_other_staff_does_not_count),
        cmocka_unit_test(ratio_instants_follow_the_staff),
        cmocka_unit_test(ratio_by_room_reads_each_room),
        cmocka_unit_test(ratio_adaptation_takes_one_person_alone),
        cmocka_unit_test(ratio_outing_is_a_group_of_its_own),
        cmocka_unit_test(ratio_outing_keeps_both_minima),
        cmocka_unit_test(ratio_outing_without_its_rule_changes_nothing),
        cmocka_unit_test(minimum_two_persons),
        cmocka_unit_test(minimum_alone_up_to_three),
        cmocka_unit_test(minimum_alone_asks_the_category),
        cmocka_unit_test(minimum_cat1_above_24_places),
        cmocka_unit_test(mix_counts_the_month),
        cmocka_unit_test(mix_exactly_enough_is_accepted),
        cmocka_unit_test(skill_of_a_newcomer_is_a_breach),
        cmocka_unit_test(skill_of_who_holds_is_a_shortage),
        cmocka_unit_test(staff_short_of_those_who_hold_is_priced),
        cmocka_unit_test(minimum_alone_in_exactly_twelve_places),
        cmocka_unit_test(minimum_two_of_any_category),
        cmocka_unit_test(minimum_cat1_not_in_exactly_24_places),
        cmocka_unit_test(ratio_outing_has_its_least_staff),
        cmocka_unit_test(ratio_adaptation_includes_its_last_day),
        cmocka_unit_test(ratio_birthday_counts_on_its_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
