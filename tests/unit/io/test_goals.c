// SPDX-License-Identifier: GPL-3.0-or-later
/* What the reader adds to the goals of the file (format.md 7). */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "support/case.h"

#define TOWN(request, more)                                                    \
    "{'schema':'ctgsched/problem/1','id':'p',"                                 \
    "'horizon':{'first':'2026-09-07','last':'2026-09-07'},"                    \
    "'structures':[{'id':'s','places':40,'packs':['fr-eaje'],'ratio':null,"    \
    "'hours':[{'begin':'08:00','end':'18:00'}]}],"                             \
    "'children':[{'id':'c','birth':'2025-01-15'}],"                            \
    "'requests':[{'id':'r','child':'c'," request                               \
    "'options':[{'id':'o','structure':'s',"                                    \
    "'when':[{'begin':'09:00','end':'17:00'}]}]}]" more "}"

static int open_arena(void **state) {
    *state = arena_create(NULL, 0);
    return *state ? 0 : -1;
}

static int close_arena(void **state) {
    arena_destroy(*state);
    return 0;
}

/* The goals in order as one text, "name" or "weight*name". */
static const char *goals_of(arena *mem, const char *quoted) {
    problem *const p = case_problem(mem, quoted);
    text out = {.mem = mem};
    for (int32_t i = 0; i < p->goals.n; i++) {
        const goal_term *const t = &p->goals.terms[i];
        text_puts(&out, i ? " " : "");
        if (p->goals.weighted)
            text_printf(&out, "%d*", (int)t->weight);
        text_puts(&out, goal_about(t->goal)->name);
    }
    problem_free(p);
    return out.at;
}

static void default_order_ends_with_the_tie(void **state) {
    assert_string_equal(goals_of(*state, TOWN("", "")),
                        "points requests hours satisfaction tie");
}

static void mandatory_request_brings_shortage_first(void **state) {
    assert_string_equal(goals_of(*state, TOWN("'mandatory':true,", "")),
                        "shortage points requests hours satisfaction tie");
}

/* 40 places: two are guaranteed. */
static void
insertion_request_brings_shortage_where_places_are_guaranteed(void **state) {
    assert_string_equal(goals_of(*state, TOWN("'insertion':true,", "")),
                        "shortage points requests hours satisfaction tie");
}

static void goals_that_are_listed_stay_where_they_are(void **state) {
    assert_string_equal(
        goals_of(*state, TOWN("'mandatory':true,",
                              ",'goals':{'mode':'lexicographic',"
                              "'order':['tie','shortage','points']}")),
        "tie shortage points");
}

static void by_points_puts_envy_after_shortage(void **state) {
    assert_string_equal(
        goals_of(*state, TOWN("'mandatory':true,", ",'policy':'by_points'")),
        "shortage envy points requests hours satisfaction tie");
    assert_string_equal(goals_of(*state, TOWN("", ",'policy':'by_points'")),
                        "envy points requests hours satisfaction tie");
}

static void weighted_goals_get_shortage_against_their_sense(void **state) {
    const char *const most =
        TOWN("'mandatory':true,", ",'goals':{'mode':'weighted','sense':'max',"
                                  "'terms':[{'goal':'points','weight':2}]}");
    const char *const least =
        TOWN("'mandatory':true,", ",'goals':{'mode':'weighted','sense':'min',"
                                  "'terms':[{'goal':'ranks','weight':3}]}");
    assert_string_equal(goals_of(*state, most), "2*points -1*shortage");
    assert_string_equal(goals_of(*state, least), "3*ranks 1*shortage");
}

static ctg_status read_weight(arena *mem, const char *weight, ctg_error *err) {
    const char *const quoted = arena_printf(
        mem,
        TOWN("'points':1,", ",'goals':{'mode':'weighted','sense':'max',"
                            "'terms':[{'goal':'points','weight':%s},"
                            "{'goal':'requests','weight':1}]}"),
        weight);
    problem *p = NULL;
    const ctg_status status =
        io_read_problem(&p, case_text(mem, quoted), NULL, 0, NULL, NULL, err);
    problem_free(p);
    return status;
}

/* One request of one point: weight + 1 has to stay within 2^53 - 1. */
static void weighted_sum_is_bounded_exactly(void **state) {
    ctg_error err = CTG_ERROR_INIT;
    assert_int_equal(read_weight(*state, "9007199254740990", &err), CTG_OK);
    assert_int_equal(read_weight(*state, "9007199254740991", &err),
                     CTG_ERR_INPUT);
    assert_string_equal(err.code, "E-GOAL-RANGE");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(default_order_ends_with_the_tie),
        cmocka_unit_test(mandatory_request_brings_shortage_first),
        cmocka_unit_test(
            insertion_request_brings_shortage_where_places_are_guaranteed),
        cmocka_unit_test(goals_that_are_listed_stay_where_they_are),
        cmocka_unit_test(by_points_puts_envy_after_shortage),
        cmocka_unit_test(weighted_goals_get_shortage_against_their_sense),
        cmocka_unit_test(weighted_sum_is_bounded_exactly),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
