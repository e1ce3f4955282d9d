// SPDX-License-Identifier: GPL-3.0-or-later
/* What a plan states about itself is believed only when it is so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/judged.h"

/* One place; a and b hold it, at once from 09:00 to 10:00: 1 place short for
 * 60 minutes at 10. w with 3 points and v with 2 wait. */
static const char town[] =
    "{'schema':'ctgsched/problem/1','id':'t','horizon':{'first':'2026-09-07',"
    "'last':'2026-09-07'},'goals':{'mode':'lexicographic','order':['points']},"
    "'structures':[{'id':'s','kind':'other','places':1,'hours':[{'begin':"
    "'08:00','end':'18:00'}]}],'children':[{'id':'c1','birth':'2024-01-15'},"
    "{'id':'c2','birth':'2024-01-15'},{'id':'c3','birth':'2024-01-15'},"
    "{'id':'c4','birth':'2024-01-15'}],"
    "'requests':[{'id':'a','child':'c1','points':5,'held':{'structure':'s',"
    "'when':[{'begin':'08:00','end':'10:00'}]}},"
    "{'id':'b','child':'c2','points':6,'held':{'structure':'s','when':[{"
    "'begin':'09:00','end':'12:00'}]}},"
    "{'id':'v','child':'c3','points':2},{'id':'w','child':'c4','points':3}]}";

#define SHORT(end, size)                                                       \
    "'shortages':[{'kind':'places','rule':'places','structure':'s',"           \
    "'date':'2026-09-07','begin':'09:00','end':'" end "','size':" size "}]"
#define TRUE_SHORT SHORT("10:00", "1")

/* Judges the two placements with these statements. */
static void expect(const char *statements, const char *breaches) {
    char plan_text[2000];
    snprintf(plan_text, sizeof plan_text,
             "{'schema':'ctgsched/plan/1','placements':[{'request':'a',"
             "'option':'held'},{'request':'b','option':'held'}]%s%s}",
             statements[0] ? "," : "", statements);
    judged *const j = judged_texts(town, plan_text, CHECK_ALL);
    assert_string_equal(judged_breaches(j), breaches);
    assert_int_equal(j->v.accepted, breaches[0] == '\0');
    judged_free(j);
}

static void stated_shortage_as_it_is(void **state) {
    (void)state;
    expect(TRUE_SHORT, "");
}

static void stated_shortage_missing(void **state) {
    (void)state;
    expect("", "shortage s 2026-09-07 09:00-10:00 x1\n");
}

static void stated_shortage_of_another_size_or_end(void **state) {
    (void)state;
    expect(SHORT("10:00", "2"), "shortage s 2026-09-07 09:00-10:00 x1\n"
                                "shortage s 2026-09-07 09:00-10:00 x2\n");
    expect(SHORT("11:00", "1"), "shortage s 2026-09-07 09:00-10:00 x1\n"
                                "shortage s 2026-09-07 09:00-11:00 x1\n");
}

/* The three goals of the problem, `points` stated as such. */
static void expect_goals(int points, const char *breaches) {
    char statements[1000];
    judged *const j = judged_texts(
        town, "{'schema':'ctgsched/plan/1','placements':[]}", CHECK_RULES);
    const long long tickets = j->prob->requests[0].options[0].ticket +
                              j->prob->requests[1].options[0].ticket;
    judged_free(j);
    snprintf(statements, sizeof statements,
             TRUE_SHORT
             ",'goals':[{'name':'shortage','sense':'min','unit':'price',"
             "'value':600},{'name':'points','sense':'max','unit':'points',"
             "'value':%d},{'name':'tie','sense':'max','unit':'tickets',"
             "'value':%lld}]",
             points, tickets);
    expect(statements, breaches);
}

static void stated_goals_as_they_are(void **state) {
    (void)state;
    expect_goals(11, "");
}

static void stated_goal_of_another_value(void **state) {
    (void)state;
    expect_goals(12, "goals x0\n");
}

static void stated_goals_must_be_those_asked(void **state) {
    (void)state;
    expect(TRUE_SHORT ",'goals':[{'name':'points','sense':'max','unit':"
                      "'points','value':11}]",
           "goals x0\n");
}

static void stated_waiting_in_order_of_points(void **state) {
    (void)state;
    expect(TRUE_SHORT ",'waiting':[{'request':'w','rank':1},{'request':'v',"
                      "'rank':2}]",
           "");
    expect(TRUE_SHORT ",'waiting':[{'request':'v','rank':1},{'request':'w',"
                      "'rank':2}]",
           "waiting x0\n");
    expect(TRUE_SHORT ",'waiting':[]", "waiting x0\n");
}

static void stated_envy_that_is_none(void **state) {
    (void)state;
    expect(TRUE_SHORT ",'envy':[]", "");
    expect(TRUE_SHORT ",'envy':[{'request':'w','envies':'v'}]", "envy x0\n");
}

static void stated_digest_of_another_problem(void **state) {
    (void)state;
    expect(TRUE_SHORT
           ",'problem':{'id':'t','digest':'sha256:0123456789abcdef0123456789"
           "abcdef0123456789abcdef0123456789abcdef'}",
           "digest x0\n");
}

#define SPAN(begin, end, present, free, binds)                                 \
    "{'begin':'" begin "','end':'" end "','present':" present                  \
    ",'places':1,'required':0,'counted':0,'free':" free ",'binds':'" binds     \
    "'}"
#define COVER(present)                                                         \
    TRUE_SHORT                                                                 \
    ",'coverage':[{'structure':'s','date':'2026-09-07',"                       \
    "'intervals':[" SPAN("08:00", "09:00", "1", "0", "seats") "," SPAN(        \
        "09:00", "10:00", present, "0",                                        \
        "seats") "," SPAN("10:00", "12:00", "1", "0",                          \
                          "seats") "," SPAN("12:00", "18:00", "0", "1",        \
                                            "none") "]}]"

static void stated_coverage(void **state) {
    (void)state;
    expect(COVER("2"), "");
    expect(COVER("1"), "coverage s 2026-09-07 x0\n");
    expect(TRUE_SHORT ",'coverage':[]", "coverage s 2026-09-07 x0\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stated_shortage_as_it_is),
        cmocka_unit_test(stated_shortage_missing),
        cmocka_unit_test(stated_shortage_of_another_size_or_end),
        cmocka_unit_test(stated_goals_as_they_are),
        cmocka_unit_test(stated_goal_of_another_value),
        cmocka_unit_test(stated_goals_must_be_those_asked),
        cmocka_unit_test(stated_waiting_in_order_of_points),
        cmocka_unit_test(stated_envy_that_is_none),
        cmocka_unit_test(stated_digest_of_another_problem),
        cmocka_unit_test(stated_coverage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
