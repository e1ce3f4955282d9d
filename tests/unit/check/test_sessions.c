// SPDX-License-Identifier: GPL-3.0-or-later
/* Sessions, centres and legs: the law of an instant, directors, quotas,
 * reserves, groups, sectors, bookings, companions and chains, by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "model/law.h"
#include "support/judged.h"

/* Any child; so many a person, where a session of that setting and stay is. */
#define PER(id, per, applies)                                                  \
    JUDGED_RULE(id, "ratio",                                                   \
                "'applies':{" applies "},'rounding':'sum_then_ceil',"          \
                "'classes':[{'id':'all','per':" per "}]")
#define SHORT_AND_LONG                                                         \
    PER("short", "3", "'setting':'peri','up_to_minutes':300")                  \
    "," PER("long", "2", "'setting':'peri','above_minutes':300")
#define DIRECTOR JUDGED_RULE("d", "director", "'max_minors':2")
#define QUOTA                                                                  \
    JUDGED_RULE("q", "quota",                                                  \
                "'qualified_min_pct':50,'unqualified_max_pct':20,"             \
                "'small_from':3,'small_to':4,'small_unqualified':1")
#define TEAM(category, count)                                                  \
    "{'category':'" category "','count':" count                                \
    ",'begin':'08:00','end':'18:00'}"
#define SESSION(id, begin, end, more)                                          \
    "{'id':'" id "','kind':'soir','when':[{'begin':'" begin "','end':'" end    \
    "'}]" more "}"
#define PLACE(sessions, more)                                                  \
    "'packs':['p'],'places':30,'sessions':[" sessions "]," more

static judged_kids kids(int n, const char *begin, const char *end) {
    return (judged_kids){.prefix = "k",
                         .n = n,
                         .birth = "2018-01-15",
                         .begin = begin,
                         .end = end};
}

/* What n children from `begin` to `end` break. */
static const char *broken(const char *rules, const char *place, int n,
                          const char *begin, const char *end) {
    static char answer[512];
    const judged_kids all[] = {kids(n, begin, end), {0}};
    judged *const j = judged_day(place, all, rules);
    snprintf(answer, sizeof answer, "%s", judged_breaches(j));
    judged_free(j);
    return answer;
}

/* 08:00-13:00 are 300 minutes, up to which a person has three children;
 * 13:00-13:30 more make one stay of 330, and two are the limit in both. */
static void a_stay_of_more_than_five_hours_asks_more(void **state) {
    (void)state;
    const char *const one = PLACE(SESSION("a", "08:00", "13:00", ""),
                                  "'staff':[" TEAM("cat1", "1") "]");
    const char *const two =
        PLACE(SESSION("a", "08:00", "13:00", "") "," SESSION("b", "13:00",
                                                             "13:30", ""),
              "'staff':[" TEAM("cat1", "1") "]");
    const char *const apart =
        PLACE(SESSION("a", "08:00", "13:00", "") "," SESSION("b", "13:30",
                                                             "14:00", ""),
              "'staff':[" TEAM("cat1", "1") "]");
    const char *const rules = JUDGED_PACK(SHORT_AND_LONG);
    assert_string_equal(broken(rules, one, 3, "08:00", "09:00"), "");
    assert_string_equal(broken(rules, two, 3, "08:00", "09:00"),
                        "ratio s 2026-09-07 08:00-09:00 x1\n");
    assert_string_equal(broken(rules, apart, 3, "08:00", "09:00"), "");
}

/* Two laws on one day: three may come at noon, two in the long stay. */
static void the_law_changes_inside_the_day(void **state) {
    (void)state;
    const char *const place =
        PLACE(SESSION("a", "08:00", "14:00", "") "," SESSION("b", "16:00",
                                                             "18:00", ""),
              "'staff':[" TEAM("cat1", "1") "]");
    assert_string_equal(
        broken(JUDGED_PACK(SHORT_AND_LONG), place, 3, "13:30", "17:00"),
        "ratio s 2026-09-07 13:30-14:00 x1\n");
}

/* A person and a director; he counts while two children are there, three need
 * two persons in the long stay. */
static void a_director_counts_while_few_are_there(void **state) {
    (void)state;
    const char *const place =
        PLACE(SESSION("a", "08:00", "18:00", ""),
              "'staff':[" TEAM("director", "1") "," TEAM("qualified", "1") "]");
    const char *const with = JUDGED_PACK(SHORT_AND_LONG "," DIRECTOR);
    const char *const without = JUDGED_PACK(SHORT_AND_LONG);
    assert_string_equal(broken(with, place, 2, "09:00", "10:00"), "");
    assert_string_equal(broken(with, place, 3, "09:00", "10:00"),
                        "ratio s 2026-09-07 09:00-10:00 x1\n");
    assert_string_equal(broken(without, place, 3, "09:00", "10:00"),
                        "ratio s 2026-09-07 09:00-10:00 x1\n");
}

/* Five unqualified, one qualified, one trainee: of two required one must be
 * qualified (50 %) and both are (1 + 1); of three 1.5, that is two, must be. */
static void quotas_bind_the_number_required(void **state) {
    (void)state;
    const char *const place =
        PLACE(SESSION("a", "08:00", "18:00", ""),
              "'staff':[" TEAM("unqualified", "5") "," TEAM(
                  "qualified", "1") "," TEAM("trainee", "1") "]");
    const char *const rules = JUDGED_PACK(SHORT_AND_LONG "," QUOTA);
    assert_string_equal(broken(rules, place, 4, "09:00", "10:00"), "");
    assert_string_equal(broken(rules, place, 5, "09:00", "10:00"),
                        "quota s 2026-09-07 09:00-10:00 x1\n");
    /* 16 children need 8, 7 are there: one is missing to the ratio, and of the
     * seven two are usable. */
    assert_string_equal(broken(rules, place, 16, "09:00", "10:00"),
                        "ratio s 2026-09-07 09:00-10:00 x1\n"
                        "quota s 2026-09-07 09:00-10:00 x5\n");
}

/* Of ten places nine are kept; regular children may take one. */
static void a_reserve_is_for_the_others(void **state) {
    (void)state;
#define KEPT(release)                                                          \
    "'places':10,'reserve':[{'begin':'09:00','end':'12:00','places':9" release \
    "}]"
#define NOW(at) "'parameters':{'now':'" at "'},"
#define SEVEN_DAYS ",'release':{'days':7,'at':'12:00'}"
    assert_string_equal(broken("", KEPT(""), 2, "08:00", "13:00"),
                        "reserve s 2026-09-07 09:00-12:00 x1\n");
    assert_string_equal(
        broken(NOW("2026-08-31T11:59"), KEPT(SEVEN_DAYS), 2, "08:00", "13:00"),
        "reserve s 2026-09-07 09:00-12:00 x1\n");
    assert_string_equal(
        broken(NOW("2026-08-31T12:00"), KEPT(SEVEN_DAYS), 2, "08:00", "13:00"),
        "");
    assert_string_equal(broken("", KEPT(SEVEN_DAYS), 1, "08:00", "13:00"), "");
}

static void a_session_opens_for_enough(void **state) {
    (void)state;
    const char *const place =
        PLACE("{'id':'a','kind':'clas','min_children':3,'when':[{'begin':"
              "'16:00','end':'17:00'},{'begin':'17:30','end':'18:00'}]}",
              "'staff':[]");
    const char *const rules = JUDGED_PACK(SHORT_AND_LONG);
    assert_string_equal(broken(rules, place, 2, "16:00", "17:00"),
                        "group s 2026-09-07 16:00-18:00 x1\n");
    assert_string_equal(broken(rules, place, 3, "16:00", "17:00"), "");
}

/* One child with one request, its options as given; two structures: "c" with a
 * lunch and an afternoon, "w" a walk for pupils of e1 and e2. */
static const char *chosen(const char *child, const char *request,
                          const char *when) {
    static char answer[512], text[4096];
    snprintf(
        text, sizeof text,
        "{'schema':'ctgsched/problem/1','id':'p','horizon':{'first':"
        "'2026-09-07','last':'2026-09-11'}," JUDGED_PACK(
            SHORT_AND_LONG) "'structures':[{'id':'c','kind':'other','places':9,"
                            "'packs':['p'],"
                            "'sessions':[" SESSION(
                                "lunch", "12:00", "13:00",
                                "") "," SESSION("noon", "13:00", "17:00",
                                                ",'companions':['lunch'],'"
                                                "booking':{'opens':{'days':10},"
                                                "'closes':"
                                                "{'days':1,'at':'09:00','"
                                                "working':true}}") "],"
                                                                   "'staff':"
                                                                   "[" TEAM(
                                                                       "cat1",
                                                                       "1") "]}"
                                                                            ","
                                                                            "{'"
                                                                            "id"
                                                                            "':"
                                                                            "'w"
                                                                            "',"
                                                                            "'k"
                                                                            "in"
                                                                            "d'"
                                                                            ":'"
                                                                            "ot"
                                                                            "he"
                                                                            "r'"
                                                                            ",'"
                                                                            "pl"
                                                                            "ac"
                                                                            "es"
                                                                            "':"
                                                                            "9,"
                                                                            "'s"
                                                                            "ch"
                                                                            "oo"
                                                                            "ls"
                                                                            "':"
                                                                            "['"
                                                                            "e1"
                                                                            "',"
                                                                            "'e"
                                                                            "2'"
                                                                            "],"
                                                                            "'h"
                                                                            "ou"
                                                                            "rs"
                                                                            "':"
                                                                            "[{"
                                                                            "'b"
                                                                            "eg"
                                                                            "in"
                                                                            "':"
                                                                            "'1"
                                                                            "1:"
                                                                            "30"
                                                                            "',"
                                                                            "'e"
                                                                            "nd"
                                                                            "':"
                                                                            "'1"
                                                                            "2:"
                                                                            "00"
                                                                            "'}"
                                                                            "]}"
                                                                            "],"
                                                                            "'c"
                                                                            "hi"
                                                                            "ld"
                                                                            "re"
                                                                            "n'"
                                                                            ":["
                                                                            "{'"
                                                                            "id"
                                                                            "':"
                                                                            "'k"
                                                                            "',"
                                                                            "'b"
                                                                            "ir"
                                                                            "th"
                                                                            "':"
                                                                            "'2"
                                                                            "01"
                                                                            "8-"
                                                                            "01"
                                                                            "-1"
                                                                            "5'"
                                                                            "%s"
                                                                            "}]"
                                                                            ","
                                                                            "'r"
                                                                            "eq"
                                                                            "ue"
                                                                            "st"
                                                                            "s'"
                                                                            ":["
                                                                            "{'"
                                                                            "id"
                                                                            "':"
                                                                            "'r"
                                                                            "',"
                                                                            "'c"
                                                                            "hi"
                                                                            "ld"
                                                                            "':"
                                                                            "'k"
                                                                            "'%"
                                                                            "s,"
                                                                            "'o"
                                                                            "pt"
                                                                            "io"
                                                                            "ns"
                                                                            "':"
                                                                            "[{"
                                                                            "'i"
                                                                            "d'"
                                                                            ":'"
                                                                            "o'"
                                                                            ",'"
                                                                            "st"
                                                                            "ru"
                                                                            "ct"
                                                                            "ur"
                                                                            "e'"
                                                                            ":"
                                                                            "'c"
                                                                            "',"
                                                                            "'w"
                                                                            "he"
                                                                            "n'"
                                                                            ":["
                                                                            "%s"
                                                                            "]}"
                                                                            "]}"
                                                                            "]"
                                                                            "}",
        child, request, when);
    judged *const j = judged_texts(
        text,
        "{'schema':'ctgsched/plan/1','placements':[{'request':'r','option':"
        "'o'}]}",
        CHECK_RULES);
    snprintf(answer, sizeof answer, "%s", judged_breaches(j));
    judged_free(j);
    return answer;
}

#define LUNCH "{'days':['mon'],'session':'lunch'}"
#define NOON "{'days':['mon'],'session':'noon'}"
#define WALK "{'days':['mon'],'structure':'w','begin':'11:30','end':'12:00'}"

static void an_afternoon_takes_its_lunch_along(void **state) {
    (void)state;
    assert_string_equal(chosen("", "", LUNCH "," NOON), "");
    assert_string_equal(chosen("", "", LUNCH), "");
    assert_string_equal(chosen("", "", NOON),
                        "companion c request=r 2026-09-07 13:00-17:00 x0\n");
}

static void a_walk_is_for_its_schools(void **state) {
    (void)state;
    assert_string_equal(chosen(",'school':'e2'", "", WALK "," LUNCH), "");
    assert_string_equal(chosen(",'school':'e3'", "", WALK "," LUNCH),
                        "sector w request=r x0\n");
    assert_string_equal(chosen("", "", WALK "," LUNCH),
                        "sector w request=r x0\n");
}

static void a_chain_has_no_gap(void **state) {
    (void)state;
#define LATE "{'days':['mon'],'begin':'13:30','end':'14:00'}"
    assert_string_equal(
        chosen(",'school':'e1'", ",'chain':true", WALK "," LUNCH "," NOON), "");
    assert_string_equal(chosen(",'school':'e1'", ",'chain':true",
                               WALK ",{'days':['mon'],'begin':'12:15','end':"
                                    "'12:45'}"),
                        "chain request=r 2026-09-07 x0\n");
}

/* Monday's bookings close on Friday at nine and open ten days before. */
static void bookings_have_their_time(void **state) {
    (void)state;
#define ASKED(at) ",'kind':'occasional','submitted':'" at "'"
    const char *const late = "booking c request=r 2026-09-07 13:00-17:00 x0\n";
    assert_string_equal(chosen("", ASKED("2026-09-04T08:59"), LUNCH "," NOON),
                        "");
    assert_string_equal(chosen("", ASKED("2026-09-04T09:00"), LUNCH "," NOON),
                        late);
    assert_string_equal(chosen("", ASKED("2026-08-27T23:59"), LUNCH "," NOON),
                        late);
    assert_string_equal(chosen("", ASKED("2026-08-28"), LUNCH "," NOON), "");
    assert_string_equal(chosen("",
                               ",'kind':'emergency','submitted':'2026-09-07'",
                               LUNCH "," NOON),
                        "");
}

/* 2026-09-07 is a Monday; Friday 2026-09-04 is left out of the horizon. */
static void moments_count_working_days(void **state) {
    (void)state;
    const int32_t except[] = {civil_from_date((civil_date){2026, 9, 4})};
    const problem p = {.n_except = 1, .except = except};
    const int32_t monday = civil_from_date((civil_date){2026, 9, 7});
    const moment_before plain = {.days = 2, .minute = 60};
    const moment_before working = {.days = 2, .minute = 60, .working = true};
    assert_int_equal(moment_of(&p, &plain, monday), (monday - 2) * 1440 + 60);
    assert_int_equal(moment_of(&p, &working, monday), (monday - 5) * 1440 + 60);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stay_of_more_than_five_hours_asks_more),
        cmocka_unit_test(the_law_changes_inside_the_day),
        cmocka_unit_test(a_director_counts_while_few_are_there),
        cmocka_unit_test(quotas_bind_the_number_required),
        cmocka_unit_test(a_reserve_is_for_the_others),
        cmocka_unit_test(a_session_opens_for_enough),
        cmocka_unit_test(an_afternoon_takes_its_lunch_along),
        cmocka_unit_test(a_walk_is_for_its_schools),
        cmocka_unit_test(a_chain_has_no_gap),
        cmocka_unit_test(bookings_have_their_time),
        cmocka_unit_test(moments_count_working_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
