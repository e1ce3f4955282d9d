// SPDX-License-Identifier: GPL-3.0-or-later
/* Coverage rows of small days, by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "support/judged.h"

#define TWO                                                                    \
    JUDGED_PACK(JUDGED_RULE("2", "ratio",                                      \
                            "'rounding':'sum_then_ceil','classes':[{"          \
                            "'id':'any','per':2}]"))

static judged_kids kids(const char *prefix, int n, const char *begin,
                        const char *end) {
    return (judged_kids){.prefix = prefix,
                         .n = n,
                         .birth = "2024-01-15",
                         .begin = begin,
                         .end = end};
}

/* "08:00-09:00 present/places required/counted free binds" a line. */
static void expect_rows(judged *j, const char *expected) {
    static const char *const binds[] = {"none", "seats", "staff"};
    ctg_error err = CTG_ERROR_INIT;
    coverage_row *rows = NULL;
    int32_t n = 0;
    text out = {.mem = j->mem};
    assert_int_equal(check_coverage(&rows, &n, j->prob, j->plan, j->mem, &err),
                     CTG_OK);
    for (int32_t i = 0; i < n; i++)
        text_printf(&out, "%02d:%02d-%02d:%02d %d/%d %d/%d %d %s\n",
                    rows[i].begin / 60, rows[i].begin % 60, rows[i].end / 60,
                    rows[i].end % 60, rows[i].present, rows[i].places,
                    rows[i].required, rows[i].counted, rows[i].free,
                    binds[rows[i].binds]);
    assert_string_equal(out.at, expected);
    judged_free(j);
}

/* 1 agent for 2 children, 3 places: the third child finds no staff. From 16:00
 * nobody is there: the first child finds none. */
static void coverage_tells_what_binds(void **state) {
    (void)state;
    const judged_kids all[] = {
        kids("a", 1, "09:00", "11:00"), kids("b", 1, "10:00", "11:00"), {0}};
    expect_rows(judged_day("'packs':['p'],'ratio':{'regime':'2'},'places':3,"
                           "'staff':[{'category':'cat1','count':1,'begin':"
                           "'08:00','end':'16:00'}]",
                           all, TWO),
                "08:00-09:00 0/3 0/1 3 none\n"
                "09:00-10:00 1/3 1/1 2 none\n"
                "10:00-11:00 2/3 1/1 1 staff\n"
                "11:00-16:00 0/3 0/1 3 none\n"
                "16:00-18:00 0/3 0/0 3 staff\n");
}

/* Weights 0.75: two take 1.5 of 2 places, nothing whole is free. */
static void coverage_free_is_whole_places(void **state) {
    (void)state;
    judged_kids a = kids("a", 2, "08:00", "18:00");
    a.child = ",'place_weight':750";
    const judged_kids all[] = {a, {0}};
    expect_rows(judged_day("'places':2", all, ""),
                "08:00-18:00 2/2 0/0 0 seats\n");
}

/* By room, the next child goes to the room of the largest section id: p has 2
 * of 2 with one agent each, g is empty. */
static void coverage_next_child_goes_to_the_last_room(void **state) {
    (void)state;
    judged_kids a = kids("a", 2, "08:00", "18:00");
    a.option = ",'section':'p'";
    const judged_kids all[] = {a, {0}};
    expect_rows(judged_day("'packs':['p'],'ratio':{'regime':'2','scope':"
                           "'room'},'places':9,'sections':[{'id':'g','places'"
                           ":4},{'id':'p','places':4}],'staff':[{'category':"
                           "'cat1','count':1,'begin':'08:00','end':'18:00'}]",
                           all, TWO),
                "08:00-18:00 2/9 1/1 7 staff\n");
}

/* Equal neighbours are one interval though a breakpoint lies between. */
static void coverage_joins_equal_instants(void **state) {
    (void)state;
    const judged_kids all[] = {
        kids("a", 1, "08:00", "12:00"), kids("b", 1, "12:00", "18:00"), {0}};
    expect_rows(judged_day("'places':2", all, ""),
                "08:00-18:00 1/2 0/0 1 none\n");
}

/* One child of the class of 3 a professional is there; one more is put in the
 * class of 1: 1/3 + 1 needs 2. */
static void coverage_next_child_is_of_the_dearest_class(void **state) {
    (void)state;
    const judged_kids all[] = {kids("a", 1, "08:00", "18:00"), {0}};
    expect_rows(
        judged_day("'packs':['p'],'ratio':{'regime':'r'},'places':9,'staff':["
                   "{'category':'cat1','count':1,'begin':'08:00','end':"
                   "'18:00'}]",
                   all,
                   JUDGED_PACK(JUDGED_RULE(
                       "r", "ratio",
                       "'rounding':'sum_then_ceil','classes':[{'id':'w','per':"
                       "3,'walks':true},{'id':'n','per':1,'walks':false}]"))),
        "08:00-18:00 1/9 1/1 8 staff\n");
}

/* Three children may be alone with one; the fourth may not. */
static void coverage_minimum_binds_too(void **state) {
    (void)state;
    const judged_kids all[] = {
        kids("a", 2, "08:00", "18:00"), kids("b", 1, "10:00", "18:00"), {0}};
    expect_rows(
        judged_day("'packs':['p'],'places':9,'staff':[{'category':'cat1',"
                   "'count':1,'begin':'08:00','end':'18:00'}]",
                   all,
                   JUDGED_PACK(JUDGED_RULE(
                       "m", "minimum",
                       "'min_staff':2,'cat1_above_places':24,"
                       "'alone_max_children':3,'alone_max_places':12,"
                       "'alone_categories':['cat1']"))),
        "08:00-10:00 2/9 0/1 7 none\n"
        "10:00-18:00 3/9 0/1 6 staff\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coverage_tells_what_binds),
        cmocka_unit_test(coverage_free_is_whole_places),
        cmocka_unit_test(coverage_next_child_goes_to_the_last_room),
        cmocka_unit_test(coverage_joins_equal_instants),
        cmocka_unit_test(coverage_next_child_is_of_the_dearest_class),
        cmocka_unit_test(coverage_minimum_binds_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
