// SPDX-License-Identifier: GPL-3.0-or-later
/* Rows of burdens and of cents, by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "solve/fair.h"
#include "support/solving.h"

/* Tuesday and Wednesday; "w" opens the structure, "x" closes it. */
#define CREW(goals, employees)                                                 \
    "{'schema':'ctgsched/problem/1','id':'p',"                                 \
    "'horizon':{'first':'2026-09-08','last':'2026-09-09'},"                    \
    "'structures':[{'id':'s','kind':'other','places':1,"                       \
    "'hours':[{'begin':'08:00','end':'18:00'}]}],"                             \
    "'shifts':[{'id':'w','structure':'s','segments':[{'begin':'08:00',"        \
    "'end':'12:00'}]},{'id':'x','structure':'s','segments':["                  \
    "{'begin':'14:00','end':'18:00'}]}],"                                      \
    "'employees':[" employees "],"                                             \
    "'goals':{'mode':'lexicographic','order':[" goals "]}}"

/* Weights 2 and 1: 667 and 333 thousandths. a has opened once before. */
#define TWO "{'id':'a','share':2,'burdens':{'openings':1}},{'id':'b','share':1}"

static void burdens_are_counted_from_duties_to_all(void **state) {
    (void)state;
    solving *const it = solving_text(CREW("'fairness'", TWO), false);
    assert_string_equal(
        solving_rows(it, "burden"),
        "burden_opening_a: 1 duty_a_0_w_0 + 1 duty_a_1_w_0 - 1 "
        "burden_opening_a = 0\n"
        "burden_opening_b: 1 duty_b_0_w_0 + 1 duty_b_1_w_0 - 1 "
        "burden_opening_b = 0\n"
        "burdens_opening: 1 burden_opening_a + 1 burden_opening_b - 1 "
        "burdens_opening = 0\n"
        "burden_closing_a: 1 duty_a_0_x_0 + 1 duty_a_1_x_0 - 1 "
        "burden_closing_a = 0\n"
        "burden_closing_b: 1 duty_b_0_x_0 + 1 duty_b_1_x_0 - 1 "
        "burden_closing_b = 0\n"
        "burdens_closing: 1 burden_closing_a + 1 burden_closing_b - 1 "
        "burdens_closing = 0\n"
        "burden_wednesday_a: 1 duty_a_1_w_0 + 1 duty_a_1_x_0 - 1 "
        "burden_wednesday_a = 0\n"
        "burden_wednesday_b: 1 duty_b_1_w_0 + 1 duty_b_1_x_0 - 1 "
        "burden_wednesday_b = 0\n"
        "burdens_wednesday: 1 burden_wednesday_a + 1 burden_wednesday_b - 1 "
        "burdens_wednesday = 0\n");
    solving_free(it);
}

/* a: 1000 (n + 1) - 667 (all + 1); b: 1000 n - 333 (all + 1). */
static void unfairness_is_away_from_the_share_of_all(void **state) {
    (void)state;
    solving *const it = solving_text(CREW("'fairness'", TWO), false);
    assert_string_equal(solving_rows(it, "above_opening"),
                        "above_opening_a: 1000 burden_opening_a - 667 "
                        "burdens_opening - 1 unfair_opening_a <= -333\n"
                        "above_opening_b: 1000 burden_opening_b - 333 "
                        "burdens_opening - 1 unfair_opening_b <= 333\n");
    assert_string_equal(solving_rows(it, "below_opening"),
                        "below_opening_a: - 1000 burden_opening_a + 667 "
                        "burdens_opening - 1 unfair_opening_a <= 333\n"
                        "below_opening_b: - 1000 burden_opening_b + 333 "
                        "burdens_opening - 1 unfair_opening_b <= -333\n");
    solving_free(it);
}

static void without_shares_there_are_no_rows(void **state) {
    (void)state;
    solving *const it =
        solving_text(CREW("'fairness'", "{'id':'a'},{'id':'b'}"), false);
    assert_int_equal(solving_n_rows(it, "burden"), 0);
    assert_int_equal(it->s.f.n_fair_cols, 0);
    solving_free(it);
}

/* The row k after the law: its three entries and its side. */
static void assert_steeper(const solving *it, int32_t k, int64_t own,
                           int64_t all, int64_t side) {
    const program *const p = &it->s.f.program;
    const fair_col *const a = &it->s.f.fair_cols[0];
    const int32_t row = it->s.f.n_law_rows + k;
    const int64_t at = p->by_row.start[row];
    assert_int_equal(p->by_row.start[row + 1] - at, 3);
    assert_int_equal(p->by_row.index[at], a->burden);
    assert_int_equal(p->by_row.value[at], own);
    assert_int_equal(p->by_row.index[at + 1], a->unfair);
    assert_int_equal(p->by_row.value[at + 1], -1);
    assert_int_equal(p->by_row.index[at + 2], a->all);
    assert_int_equal(p->by_row.value[at + 2], all);
    assert_int_equal(p->rows.at[row].upper, side);
}

/* Nobody has to open, and at most 4 times it is done. Of 0, a has 667 due and
 * 1000 done: k = 0, f = 667, slope -334: unfair >= 667 - 334 (n + 1) - 667 all.
 * Of 4, a has 3335 due: k = 3, f = 335, slope 330: unfair >= 335 + 330 (n + 1 -
 * 3) - 667 (4 - all). */
static void rows_at_both_ends_are_steeper(void **state) {
    (void)state;
    solving *const it = solving_text(CREW("'fairness'", TWO), true);
    assert_true(fair_tighten(&it->s));
    assert_steeper(it, 0, -334, -667, -333);
    assert_steeper(it, 1, 330, 667, 2993);
    solving_free(it);
}

/* 240 minutes at 61 cents an hour are 244; 300 minutes are left of the week,
 * 305 cents. At 1801 an hour a duty costs 7204, and 99 for the call. */
static void overtime_is_counted_in_begun_cents(void **state) {
    (void)state;
    solving *const it = solving_text(
        CREW("'cost'", "{'id':'a','contract':{'week_minutes':300},'cost':{"
                       "'hour':1801,'overtime':61,'call':99}}"),
        false);
    const program *const p = &it->s.f.program;
    const int32_t row = solving_row(it, "surcharge");
    const int32_t col = p->rows.at[row].owner;
    assert_string_equal(
        solving_rows(it, "surcharge"),
        arena_printf(it->mem,
                     "%s: 244 duty_a_0_w_0 + 244 duty_a_0_x_0 + 244 "
                     "duty_a_1_w_0 + 244 duty_a_1_x_0 - 1 %s <= 305\n",
                     p->rows.at[row].name, p->cols.at[col].name));
    assert_int_equal(p->objectives[0].cost[col], 1);
    assert_int_equal(p->objectives[0].cost[0], 7303);
    solving_free(it);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(burdens_are_counted_from_duties_to_all),
        cmocka_unit_test(unfairness_is_away_from_the_share_of_all),
        cmocka_unit_test(without_shares_there_are_no_rows),
        cmocka_unit_test(rows_at_both_ends_are_steeper),
        cmocka_unit_test(overtime_is_counted_in_begun_cents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
