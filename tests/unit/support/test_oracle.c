// SPDX-License-Identifier: GPL-3.0-or-later
/* The oracle on problems small enough to solve by hand: who judges the solver
 * is judged here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "io/io.h"
#include "support/oracle.h"

typedef struct desk {
    arena *mem;
    problem *prob;
    oracle *all;
    oracle_result best;
} desk;

static int setup(void **state) {
    arena *const mem = arena_create(NULL, 0);
    desk *const it = mem ? ARENA_NEW(mem, desk, 1) : NULL;
    if (!it)
        return -1;
    it->mem = mem;
    *state = it;
    return 0;
}

static int teardown(void **state) {
    desk *const it = *state;
    problem_free(it->prob);
    arena_destroy(it->mem);
    return 0;
}

/* A day from 08:00 to 12:00 in one structure, what is missing put in. */
#define DAY                                                                    \
    "{'schema':'ctgsched/problem/1','id':'t',"                                 \
    "'horizon':{'first':'2026-09-07','last':'2026-09-07'},"
#define CHILDREN                                                               \
    "'children':[{'id':'a','birth':'2025-01-01'},"                             \
    "{'id':'b','birth':'2025-01-01'},{'id':'c','birth':'2025-01-01'}],"
#define PLACE                                                                  \
    "'structures':[{'id':'s','kind':'other','hours':"                          \
    "[{'begin':'08:00','end':'12:00'}],"
#define OPTION(id, begin, end)                                                 \
    "{'id':'" id "','structure':'s','when':[{'begin':'" begin "','end':'" end  \
    "'}]}"

static void find_best(desk *it, const char *quoted) {
    char *const text = arena_strdup(it->mem, quoted);
    for (char *at = text; *at; at++)
        *at = *at == '\'' ? '"' : *at;
    ctg_error err = CTG_ERROR_INIT;
    const io_text input = {text, strlen(text)};
    if (io_read_problem(&it->prob, input, NULL, 0, NULL, NULL, &err) != CTG_OK)
        fail_msg("%s %s %s", err.code, err.pointer, err.message);
    it->all = oracle_open(it->prob, false, it->mem);
    assert_non_null(it->all);
    assert_true(oracle_best(&it->best, it->all, true, it->mem));
}

static bool decides(const desk *it, rule_name rule) {
    return it->best.decides_alone >> rule & 1;
}

/* One place; a wants the whole morning for 10 points, b and c half of it each
 * for 6: two halves are better than one whole, and greedy takes the whole. */
static void oracle_two_halves_beat_one_whole(void **state) {
    desk *const it = *state;
    find_best(
        it, DAY CHILDREN PLACE
        "'places':1}],'requests':["
        "{'id':'a','child':'a','points':10,'options':[" OPTION(
            "o", "08:00",
            "12:00") "]},"
                     "{'id':'b','child':'b','points':6,'options':[" OPTION(
                         "o", "08:00",
                         "10:00") "]},"
                                  "{'id':'c','child':'c','points':6,'options':"
                                  "[" OPTION("o", "10:00", "12:00") "]}]}");
    assert_true(it->best.feasible);
    assert_int_equal(it->best.n_plans, 8);
    assert_int_equal(it->best.n_accepted, 5); /* none, a, b, c, b and c */
    assert_int_equal(it->best.value[0], 12);
    assert_int_equal(it->best.n_best, 1);
    assert_false(it->best.greedy_is_optimal);
    assert_true(decides(it, BREAKS_PLACES));
    assert_false(decides(it, BREAKS_RATIO));
}

/* Both hold a place from 08:00 to 12:00 where one remains after 10:00: serving
 * both is 1 place short for 120 minutes at 10, sending one away 1,000,000. */
static void oracle_holders_may_be_short_of_places(void **state) {
    desk *const it = *state;
    find_best(it, DAY CHILDREN PLACE
              "'places':2,'reductions':[{'begin':'10:00','end':'12:00',"
              "'places':1}]}],'requests':["
              "{'id':'a','child':'a','held':{'structure':'s','when':"
              "[{'begin':'08:00','end':'12:00'}]}},"
              "{'id':'b','child':'b','held':{'structure':'s','when':"
              "[{'begin':'08:00','end':'12:00'}]}}]}");
    assert_true(it->best.feasible);
    assert_int_equal(it->prob->goals.terms[0].goal, GOAL_SHORTAGE);
    assert_int_equal(it->best.value[0], 10 * 120);
    assert_int_equal(it->best.parts[GOAL_REQUESTS], 2);
}

/* The same with c new in the morning that is full: no shortage for a
 * newcomer. */
static void oracle_newcomers_may_not_be_short(void **state) {
    desk *const it = *state;
    find_best(
        it, DAY CHILDREN PLACE
        "'places':1}],'requests':["
        "{'id':'a','child':'a','held':{'structure':'s','when':"
        "[{'begin':'08:00','end':'12:00'}]}},"
        "{'id':'c','child':'c','points':50,'mandatory':true,'options':[" OPTION(
            "o", "11:00", "12:00") "]}]}");
    assert_true(it->best.feasible);
    assert_int_equal(it->best.value[0], 1000000); /* one of them goes */
    assert_int_equal(it->best.parts[GOAL_REQUESTS], 1);
    assert_int_equal(it->best.parts[GOAL_POINTS], 50);
}

/* A pin to an option that nobody can be given. */
static void oracle_unmeetable_pin_is_infeasible(void **state) {
    desk *const it = *state;
    find_best(
        it, DAY CHILDREN PLACE
        "'places':1}],'requests':[{'id':'a','child':'a','options':[" OPTION(
            "o", "11:00", "13:00") "]}],"
                                   "'pins':[{'request':'a','option':'o'}]}");
    assert_false(it->best.feasible);
    assert_true(decides(it, BREAKS_PIN));
    assert_true(decides(it, BREAKS_HOURS));
}

/* One place, b has 5 points and a 3. Served a is envied by b; with requests
 * alone in the order it is the policy that picks b. */
static void oracle_policy_prefers_more_points(void **state) {
    desk *const it = *state;
    find_best(
        it, DAY CHILDREN PLACE
        "'places':1}],'policy':'by_points',"
        "'goals':{'mode':'lexicographic','order':['satisfaction']},"
        "'requests':["
        "{'id':'a','child':'a','points':3,'options':[" OPTION(
            "o", "08:00",
            "12:00") "]},"
                     "{'id':'b','child':'b','points':5,'options':[" OPTION(
                         "late", "11:00", "13:00") "," OPTION("o", "08:00",
                                                              "12:00") "]}]}");
    assert_int_equal(it->prob->goals.terms[0].goal, GOAL_ENVY);
    assert_int_equal(it->best.value[0], 0);
    assert_int_equal(it->best.parts[GOAL_POINTS], 5);
    assert_int_equal(it->best.parts[GOAL_SATISFACTION], 900);
    assert_true(decides(it, BREAKS_ENVY));
    const int32_t served_a[] = {0, NONE};
    oracle_value value;
    oracle_value_of(&value, it->all, served_a);
    assert_true(value.accepted);
    assert_int_equal(value.goal[GOAL_ENVY], 1);
}

#define LAW(rounding)                                                          \
    "'rules':[{'schema':'ctgsched/rules/1','id':'law','title':'x',"            \
    "'title_fr':'x','law':'x','rules':[{'id':'r','kind':'ratio','article':"    \
    "'x','title':'x','title_fr':'x','status':'verified','parameters':{"        \
    "'rounding':'" rounding "','classes':[{'id':'n','per':5,'walks':false},"   \
    "{'id':'w','per':8,'walks':true}]}}]}],"
#define CROWD                                                                  \
    "'children':[{'id':'n','birth':'2026-01-01','ratio_weight':6000},"         \
    "{'id':'w','birth':'2024-01-01','ratio_weight':5000}],"                    \
    "'requests':[{'id':'n','child':'n','options':[" OPTION(                    \
        "o", "08:00",                                                          \
        "12:00") "]},{'id':'w','child':'w','options':[" OPTION("o", "08:00",   \
                                                               "12:00") "]}]}"
#define TWO_STAFF                                                              \
    "'structures':[{'id':'s','kind':'other','packs':['law'],'places':20,"      \
    "'hours':[{'begin':'08:00','end':'12:00'}],'ratio':{'regime':'r'},"        \
    "'staff':[{'begin':'08:00','end':'12:00','category':'cat2','count':2}]}],"

/* 6 who do not walk and 5 who do: 6/5 + 5/8 = 1.825, so 2 persons. */
static void oracle_sum_then_ceil_fits_two(void **state) {
    desk *const it = *state;
    find_best(it, DAY LAW("sum_then_ceil") TWO_STAFF CROWD);
    assert_int_equal(it->best.parts[GOAL_REQUESTS], 2);
}

/* Apart: 2 and 1, so 3 persons. */
static void oracle_ceil_each_needs_three(void **state) {
    desk *const it = *state;
    find_best(it, DAY LAW("ceil_each") TWO_STAFF CROWD);
    assert_int_equal(it->best.parts[GOAL_REQUESTS], 1);
    assert_true(decides(it, BREAKS_RATIO));
}

/* Two of 5 take the 6 and 4 of the walkers, the fifth needs a third. */
static void oracle_mixed_group_fill_needs_three(void **state) {
    desk *const it = *state;
    find_best(it, DAY LAW("mixed_group_fill") TWO_STAFF CROWD);
    assert_int_equal(it->best.parts[GOAL_REQUESTS], 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        CASE(oracle_two_halves_beat_one_whole),
        CASE(oracle_holders_may_be_short_of_places),
        CASE(oracle_newcomers_may_not_be_short),
        CASE(oracle_unmeetable_pin_is_infeasible),
        CASE(oracle_policy_prefers_more_points),
        CASE(oracle_sum_then_ceil_fits_two),
        CASE(oracle_ceil_each_needs_three),
        CASE(oracle_mixed_group_fill_needs_three),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
