// SPDX-License-Identifier: GPL-3.0-or-later
/* Plans to text and back (format.md 9). */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "support/case.h"

static const char town[] =
    "{'schema':'ctgsched/problem/1','id':'p',"
    "'horizon':{'first':'2026-09-07','last':'2026-09-11'},"
    "'needs':[{'id':'n','skill':'k'}],"
    "'structures':[{'id':'s','kind':'other','places':10,"
    "'hours':[{'begin':'08:00','end':'18:00'}],"
    "'sections':[{'id':'a','places':5}],"
    "'shared':[{'id':'q','sections':['a'],'places':4}],"
    "'offers':[{'need':'n'}]}],"
    "'children':[{'id':'c','birth':'2025-01-15'},"
    "{'id':'d','birth':'2024-01-15'}],"
    "'requests':["
    "{'id':'r','child':'c','options':[{'id':'o','structure':'s',"
    "'when':[{'begin':'09:00','end':'17:00'}]}]},"
    "{'id':'t','child':'d','menu':{'week':[{'days':['mon'],"
    "'begin':'09:00','end':'17:00'}],"
    "'structures':[{'structure':'s'}],'flex':{'later':30}}}]}";

typedef struct desk {
    arena *mem;
    problem *p;
} desk;

static int open_desk(void **state) {
    static desk one;
    one.mem = arena_create(NULL, 0);
    one.p = case_problem(one.mem, town);
    *state = &one;
    return 0;
}

static int close_desk(void **state) {
    desk *const one = *state;
    problem_free(one->p);
    arena_destroy(one->mem);
    return 0;
}

static plan *read_plan(desk *d, const char *quoted) {
    plan *out = NULL;
    ctg_error err = CTG_ERROR_INIT;
    if (io_read_plan(&out, d->p, case_text(d->mem, quoted), NULL, d->mem,
                     &err) != CTG_OK)
        fail_msg("%s %s %s", err.code, err.pointer, err.message);
    return out;
}

static const char *written(desk *d, const plan *one) {
    text out = {.mem = d->mem};
    assert_int_equal(io_write_plan(&out, d->p, one, NULL), CTG_OK);
    return out.at;
}

static void placements_alone_make_a_plan(void **state) {
    const plan *const one =
        read_plan(*state, "{'schema':'ctgsched/plan/1','placements':["
                          "{'request':'t','option':'s|30,0'}]}");
    assert_int_equal(one->option_of[0], NONE);
    assert_int_equal(one->option_of[1], 1);
    assert_false(one->has_goals || one->has_waiting || one->has_coverage);
    assert_int_equal(one->n_shortages, 0);
}

static void shortages_are_sorted_and_name_places_by_rule(void **state) {
    const plan *const one = read_plan(
        *state,
        "{'schema':'ctgsched/plan/1','placements':[],'shortages':["
        "{'kind':'mix','rule':'mix','structure':'s','month':'2026-09',"
        "'size':4},"
        "{'kind':'places','rule':'shared','structure':'s','section':'q',"
        "'date':'2026-09-08','begin':'08:00','end':'09:00','size':2},"
        "{'kind':'places','rule':'section','structure':'s','section':'a',"
        "'date':'2026-09-08','begin':'08:00','end':'09:00','size':1},"
        "{'kind':'week','rule':'week','structure':'s','week':'2026-W37',"
        "'size':3}]}");
    const shortage *const s = one->shortages;
    assert_int_equal(s[0].at.rule, BREAKS_SECTION);
    assert_int_equal(s[0].at.section, 0);
    assert_int_equal(s[0].at.shared, NONE);
    assert_int_equal(s[1].at.shared, 0);
    assert_int_equal(s[1].at.section, NONE);
    assert_int_equal(s[1].at.begin, 480);
    assert_int_equal(s[2].at.week, 202637);
    assert_int_equal(s[2].at.civil, CIVIL_NONE);
    assert_int_equal(s[3].at.month, 2026 * 12 + 8);
}

static void plan_is_written_member_by_member(void **state) {
    desk *const d = *state;
    int32_t option_of[] = {0, NONE};
    goal_result results[] = {
        {.goal = GOAL_POINTS, .value = -3, .bound = 7, .has_bound = true},
        {.goal = GOAL_TIE, .value = 12}};
    waiting_row waiting[] = {{1, 1}};
    const plan one = {.option_of = option_of,
                      .has_goals = true,
                      .n_goals = 2,
                      .goals = results,
                      .has_waiting = true,
                      .n_waiting = 1,
                      .waiting = waiting,
                      .stop = STOP_WORK,
                      .is_gap = true,
                      .work = 5,
                      .gap_asked = 0.01,
                      .library = "libctgsched 1.2.3",
                      .engine = "GLPK 5.0"};
    static const char format[] =
        "{\n"
        "  'schema': 'ctgsched/plan/1',\n"
        "  'problem': {'id': 'p', 'digest': '%s'},\n"
        "  'provenance': {'library': 'libctgsched 1.2.3', "
        "'engine': 'GLPK 5.0', "
        "'seed': '0', 'work': 5, 'work_limit': 0, 'gap': 0.010000, "
        "'packs': []},\n"
        "  'status': 'gap',\n"
        "  'stop': 'work',\n"
        "  'goals': [\n"
        "    {'name': 'points', 'sense': 'max', 'unit': 'points', "
        "'value': -3, 'bound': 7, 'gap': 3.333333, 'proven': false},\n"
        "    {'name': 'tie', 'sense': 'max', 'unit': 'tickets', "
        "'value': 12, 'bound': null, 'gap': null, 'proven': false}\n"
        "  ],\n"
        "  'placements': [\n"
        "    {'request': 'r', 'option': 'o'}\n"
        "  ],\n"
        "  'waiting': [\n"
        "    {'request': 't', 'rank': 1}\n"
        "  ],\n"
        "  'shortages': []\n"
        "}\n";
    const io_text expected =
        case_text(d->mem, arena_printf(d->mem, format, d->p->digest));
    assert_string_equal(written(d, &one), expected.at);
}

/* The text after "gap" of the only goal. */
static void expect_gap(desk *d, int64_t value, int64_t bound, const char *gap) {
    int32_t option_of[] = {NONE, NONE};
    goal_result goal = {
        .goal = GOAL_POINTS, .value = value, .bound = bound, .has_bound = true};
    const plan one = {.option_of = option_of,
                      .has_goals = true,
                      .n_goals = 1,
                      .goals = &goal};
    const char *const out = strstr(written(d, &one), "\"bound\"");
    const char *const found = strstr(out, "\"gap\": ") + strlen("\"gap\": ");
    assert_memory_equal(found, gap, strlen(gap));
    assert_int_equal(found[strlen(gap)], ',');
}

static void gap_is_rounded_half_up_in_integers(void **state) {
    desk *const d = *state;
    expect_gap(d, 3, 3, "0.000000");
    expect_gap(d, 0, 7, "7.000000");
    expect_gap(d, 3, 5, "0.666667");
    expect_gap(d, 2000000, 2000001, "0.000001");
    expect_gap(d, 2000001, 2000002, "0.000000");
    expect_gap(d, 2000000, 3999999, "1.000000");
    expect_gap(d, -1, INT64_C(9007199254740991), "9007199254740992.000000");
}

static void written_plan_reads_back_as_it_is(void **state) {
    desk *const d = *state;
    const io_text full =
        case_file(d->mem, CTG_SOURCE_DIR "/tests/fuzz/corpus/plan/full.json");
    plan *first = NULL, *again = NULL;
    assert_int_equal(io_read_plan(&first, d->p, full, NULL, d->mem, NULL),
                     CTG_OK);
    const char *const once = written(d, first);
    assert_int_equal(io_read_plan(&again, d->p, (io_text){once, strlen(once)},
                                  NULL, d->mem, NULL),
                     CTG_OK);
    assert_string_equal(written(d, again), once);
    assert_int_equal(again->n_shortages, 7);
    assert_int_equal(again->n_envy, 1);
    assert_int_equal(again->n_parts, 1);
    assert_true(again->is_gap);
}

static void expect_fault(desk *d, const char *quoted, const char *code,
                         const char *pointer) {
    plan *out = NULL;
    ctg_error err = CTG_ERROR_INIT;
    assert_int_equal(
        io_read_plan(&out, d->p, case_text(d->mem, quoted), NULL, d->mem, &err),
        CTG_ERR_INPUT);
    assert_null(out);
    assert_string_equal(err.code, code);
    assert_string_equal(err.pointer, pointer);
}

#define PLAN "{'schema':'ctgsched/plan/1',"

static void plan_of_another_problem_is_refused(void **state) {
    desk *const d = *state;
    expect_fault(d, PLAN "'placements':[{'request':'x','option':'o'}]}",
                 "E-REF", "/placements/0/request");
    expect_fault(d, PLAN "'placements':[{'request':'r','option':'p'}]}",
                 "E-REF", "/placements/0/option");
    expect_fault(d,
                 PLAN "'placements':[],'coverage':[{'structure':'s',"
                      "'date':'2026-09-12','intervals':[]}]}",
                 "E-REF", "/coverage/0/date");
    expect_fault(d,
                 PLAN "'placements':[],'shortages':[{'kind':'places',"
                      "'rule':'shared','structure':'s','section':'a',"
                      "'size':1}]}",
                 "E-REF", "/shortages/0/section");
}

static void plan_with_faults_is_refused(void **state) {
    desk *const d = *state;
    expect_fault(d, PLAN "'goals':[]}", "E-MISSING", "");
    expect_fault(d,
                 PLAN "'placements':[{'request':'r','option':'o'},"
                      "{'request':'r','option':'o'}]}",
                 "E-DUPLICATE", "/placements/1");
    expect_fault(d, PLAN "'placements':[],'problem':{'digest':'md5:0'}}",
                 "E-VALUE", "/problem/digest");
    expect_fault(d,
                 PLAN "'placements':[],'shortages':[{'kind':'mix',"
                      "'rule':'mix','month':'2026-13','size':1}]}",
                 "E-DATE", "/shortages/0/month");
    expect_fault(d, "{'schema':'ctgsched/plan/2','placements':[]}", "E-SCHEMA",
                 "/schema");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(placements_alone_make_a_plan),
        cmocka_unit_test(shortages_are_sorted_and_name_places_by_rule),
        cmocka_unit_test(plan_is_written_member_by_member),
        cmocka_unit_test(gap_is_rounded_half_up_in_integers),
        cmocka_unit_test(written_plan_reads_back_as_it_is),
        cmocka_unit_test(plan_of_another_problem_is_refused),
        cmocka_unit_test(plan_with_faults_is_refused),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
