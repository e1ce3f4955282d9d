// SPDX-License-Identifier: GPL-3.0-or-later
/* Shares of burdens as thousandths, and what employees cost (format.md 3.10,
 * 7.1). */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "support/case.h"

#define CREW(employees)                                                        \
    "{'schema':'ctgsched/problem/1','id':'p',"                                 \
    "'horizon':{'first':'2026-09-07','last':'2026-09-07'},"                    \
    "'structures':[{'id':'s','kind':'other','places':1,"                       \
    "'hours':[{'begin':'08:00','end':'18:00'}]}],"                             \
    "'employees':[" employees "]}"

static int open_arena(void **state) {
    *state = arena_create(NULL, 0);
    return *state ? 0 : -1;
}

static int close_arena(void **state) {
    arena_destroy(*state);
    return 0;
}

/* Thousandths by id, "-" for who is not part of the sharing. */
static const char *shares_of(arena *mem, const char *quoted) {
    problem *const p = case_problem(mem, quoted);
    text out = {.mem = mem};
    for (int32_t e = 0; e < p->n_employees; e++) {
        text_puts(&out, e ? " " : "");
        if (p->employees[e].shares)
            text_printf(&out, "%d", (int)p->employees[e].share);
        else
            text_puts(&out, "-");
    }
    problem_free(p);
    return out.at;
}

static void equal_weights_give_the_rest_to_the_smallest_id(void **state) {
    assert_string_equal(shares_of(*state, CREW("{'id':'c','share':7},"
                                               "{'id':'b','share':7},"
                                               "{'id':'a','share':7}")),
                        "334 333 333");
}

/* 1000 x 3 / 7 = 428 and 4/7, 2: 285 and 5/7, 2: the same. One is left for b,
 * one for c. */
static void largest_rests_take_what_is_left(void **state) {
    assert_string_equal(shares_of(*state, CREW("{'id':'a','share':3},"
                                               "{'id':'b','share':2},"
                                               "{'id':'c','share':2}")),
                        "428 286 286");
}

/* 2100 + 1260 = 3360: 625 and 375. */
static void minutes_of_the_contract_are_the_weight(void **state) {
    assert_string_equal(
        shares_of(*state, CREW("{'id':'a','contract':{'week_minutes':2100}},"
                               "{'id':'b','contract':{'week_minutes':1260}},"
                               "{'id':'c'},"
                               "{'id':'d','share':0,"
                               "'contract':{'week_minutes':2100}}")),
        "625 375 - -");
}

static void nobody_shares_without_weights(void **state) {
    assert_string_equal(shares_of(*state, CREW("{'id':'a'},{'id':'b'}")),
                        "- -");
}

static void what_is_left_out_of_cost_and_burdens_is_nothing(void **state) {
    problem *const p =
        case_problem(*state, CREW("{'id':'a','burdens':{'closings':4},"
                                  "'cost':{'overtime':625,'call':9000}}"));
    const employee *const e = &p->employees[0];
    assert_int_equal(e->burdens[BURDEN_OPENING], 0);
    assert_int_equal(e->burdens[BURDEN_CLOSING], 4);
    assert_int_equal(e->burdens[BURDEN_WEDNESDAY], 0);
    assert_int_equal(e->hour_cents, 0);
    assert_int_equal(e->overtime_cents, 625);
    assert_int_equal(e->call_cents, 9000);
    problem_free(p);
}

static ctg_status read_weight(arena *mem, const char *goal, const char *weight,
                              ctg_error *err) {
    const char *const quoted = arena_printf(
        mem,
        "{'schema':'ctgsched/problem/1','id':'p',"
        "'horizon':{'first':'2026-09-07','last':'2026-09-07'},"
        "'structures':[{'id':'s','kind':'other','places':1,"
        "'hours':[{'begin':'08:00','end':'18:00'}]}],"
        "'employees':[{'id':'a','share':1,'burdens':{'closings':4},"
        "'cost':{'hour':3,'overtime':1,'call':4}}],"
        "'goals':{'mode':'weighted','sense':'min',"
        "'terms':[{'goal':'%s','weight':%s}]}}",
        goal, weight);
    problem *p = NULL;
    const ctg_status status =
        io_read_problem(&p, case_text(mem, quoted), NULL, 0, NULL, NULL, err);
    problem_free(p);
    return status;
}

/* A day of 24 hours at 3 + 1 cents and 4 for the call: 100. 2^53 - 1 is 100 x
 * 90071992547409 and 91. */
static void cost_is_bounded_by_whole_days(void **state) {
    ctg_error err = CTG_ERROR_INIT;
    assert_int_equal(read_weight(*state, "cost", "90071992547409", &err),
                     CTG_OK);
    assert_int_equal(read_weight(*state, "cost", "90071992547410", &err),
                     CTG_ERR_INPUT);
    assert_string_equal(err.code, "E-GOAL-RANGE");
}

/* Three burdens of the day and four before: 14000. 2^53 - 1 is 14000 x
 * 643371375338 and 8991. */
static void fairness_is_bounded_by_all_that_can_be_carried(void **state) {
    ctg_error err = CTG_ERROR_INIT;
    assert_int_equal(read_weight(*state, "fairness", "643371375338", &err),
                     CTG_OK);
    assert_int_equal(read_weight(*state, "fairness", "643371375339", &err),
                     CTG_ERR_INPUT);
    assert_string_equal(err.code, "E-GOAL-RANGE");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_weights_give_the_rest_to_the_smallest_id),
        cmocka_unit_test(largest_rests_take_what_is_left),
        cmocka_unit_test(minutes_of_the_contract_are_the_weight),
        cmocka_unit_test(nobody_shares_without_weights),
        cmocka_unit_test(what_is_left_out_of_cost_and_burdens_is_nothing),
        cmocka_unit_test(cost_is_bounded_by_whole_days),
        cmocka_unit_test(fairness_is_bounded_by_all_that_can_be_carried),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
