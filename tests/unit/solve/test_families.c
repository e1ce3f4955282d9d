// SPDX-License-Identifier: GPL-3.0-or-later
/* One row per cell that matters: which cells are left out, what a row says, and
 * how a shortage opens it; all by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "solve/families.h"
#include "support/solving.h"
#include "support/solving_texts.h"

#define ASK(id, begin, end)                                                    \
    TEXT_ASK(id, "c" id, "", TEXT_OPTION("o", "s", begin, end, ""))
#define HOLD(id, begin, end)                                                   \
    TEXT_HOLD(id, "c" id, "", TEXT_HELD("s", begin, end, ""))
#define KIDS                                                                   \
    TEXT_WALKER("ca", "") "," TEXT_WALKER("cb", "") "," TEXT_WALKER("cd", "")
#define DAY(place, requests)                                                   \
    TEXT_PROBLEM(TEXT_MONDAY, "'prices':{'place_minute':7},", place, KIDS,     \
                 requests)

/* a and d from 09:00, all three from 10:00, a alone from 11:00: the instant of
 * all three speaks for the others. */
static void cells_that_say_less_have_no_row(void **state) {
    (void)state;
    solving *const it = solving_text(
        DAY(TEXT_PLACE("s", "1", ""),
            ASK("a", "09:00", "12:00") "," ASK("b", "10:00", "11:00") "," ASK(
                "d", "09:00", "11:00")),
        false);
    assert_string_equal(solving_rows(it, "places"),
                        "places_s_0_0600: 1 x_a_0 + 1 x_b_0 + 1 x_d_0 <= 1\n");
    solving_free(it);
}

/* b and d never meet: neither instant speaks for the other. */
static void cells_of_different_children_have_a_row_each(void **state) {
    (void)state;
    solving *const it = solving_text(
        DAY(TEXT_PLACE("s", "1", ""),
            ASK("a", "09:00", "12:00") "," ASK("b", "09:00", "10:00") "," ASK(
                "d", "11:00", "12:00")),
        false);
    assert_string_equal(solving_rows(it, "places"),
                        "places_s_0_0540: 1 x_a_0 + 1 x_b_0 <= 1\n"
                        "places_s_0_0660: 1 x_a_0 + 1 x_d_0 <= 1\n");
    solving_free(it);
}

/* Fewer places for fewer children: both instants matter. */
static void a_smaller_limit_is_not_left_out(void **state) {
    (void)state;
    solving *const it = solving_text(
        DAY(TEXT_PLACE("s", "2",
                       ",'modulation':[{'begin':'09:00','end':'10:00',"
                       "'places':1}]"),
            ASK("a", "09:00", "11:00") "," ASK("b", "10:00", "11:00") "," ASK(
                "d", "09:00", "11:00")),
        false);
    assert_string_equal(solving_rows(it, "places"),
                        "places_s_0_0540: 1 x_a_0 + 1 x_d_0 <= 1\n"
                        "places_s_0_0600: 1 x_a_0 + 1 x_b_0 + 1 x_d_0 <= 2\n");
    solving_free(it);
}

static void weights_stand_in_the_rows(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(
            TEXT_MONDAY, "", TEXT_PLACE("s", "2", ""),
            TEXT_WALKER("ca", ",'place_weight':1500") "," TEXT_WALKER("cb", ""),
            ASK("a", "09:00", "12:00") "," ASK("b", "09:00", "12:00")),
        false);
    /* 1500 and 1000 thousandths, at most 2000; divided by 500. */
    assert_string_equal(solving_rows(it, "places"),
                        "places_s_0_0540: 3 x_a_0 + 2 x_b_0 <= 4\n");
    solving_free(it);
}

static int64_t shortage_price(const solving *it, int32_t col) {
    int64_t weight;
    const int32_t at = objective_of(it->prob, GOAL_SHORTAGE, &weight);
    assert_int_equal(at, 0);
    return it->s.f.program.objectives[at].cost[col];
}

/* Two hold the one place from 09:00 to 11:00: one place short for 120 minutes
 * at 7, as long as d, new, is away. */
static void holders_may_exceed_at_a_price(void **state) {
    (void)state;
    solving *const it = solving_text(
        DAY(TEXT_PLACE("s", "1", ""),
            HOLD("a", "09:00", "11:00") "," HOLD("b", "09:00", "11:00") "," ASK(
                "d", "09:00", "11:00")),
        false);
    const program *const p = &it->s.f.program;
    const int32_t row = solving_row(it, "places");
    const int32_t z = p->rows.at[row].owner, s = p->rows.at[row + 1].owner;
    const char *const expected = arena_printf(
        it->mem, "places_s_0_0540: 1 x_a_0 + 1 x_b_0 + 1 x_d_0 - 1 z%d <= 1\n",
        z);
    assert_string_equal(solving_rows(it, "places"), expected);
    assert_string_equal(solving_rows(it, "short_gate"),
                        arena_printf(it->mem, "%s: 1 z%d - 1 short_%d <= 0\n",
                                     p->rows.at[row + 1].name, z, s));
    assert_string_equal(solving_rows(it, "short_nobody_new"),
                        arena_printf(it->mem, "%s: 1 x_d_0 + 1 short_%d <= 1\n",
                                     p->rows.at[row + 2].name, s));
    assert_int_equal(p->cols.at[z].upper, 1);
    assert_int_equal(shortage_price(it, z), 7 * 120);
    assert_int_equal(p->rows.at[row].block, p->rows.at[row + 2].block);
    assert_true(it->s.f.can_be_short);
    solving_free(it);
}

/* Without newcomers there is nothing to gate. */
static void shortage_of_holders_alone_has_no_gate(void **state) {
    (void)state;
    solving *const it = solving_text(
        DAY(TEXT_PLACE("s", "1", ""),
            HOLD("a", "09:00", "11:00") "," HOLD("b", "09:00", "11:00")),
        false);
    assert_int_equal(solving_n_rows(it, "places"), 1);
    assert_int_equal(solving_n_rows(it, "short_gate"), 0);
    solving_free(it);
}

/* An instant that may be short is never left out for another: each minute of
 * it has a price. */
static void instants_that_may_be_short_all_have_rows(void **state) {
    (void)state;
    solving *const it = solving_text(
        DAY(TEXT_PLACE("s", "1", ""),
            HOLD("a", "09:00", "12:00") "," HOLD(
                "b", "09:00", "12:00") "," HOLD("d", "10:00", "11:00")),
        false);
    const program *const p = &it->s.f.program;
    assert_int_equal(solving_n_rows(it, "places"), 3);
    const int32_t at_9 = p->rows.at[solving_row(it, "places_s_0_0540")].owner;
    const int32_t at_10 = p->rows.at[solving_row(it, "places_s_0_0600")].owner;
    assert_int_equal(p->cols.at[at_9].upper, 1);
    assert_int_equal(p->cols.at[at_10].upper, 2);
    assert_int_equal(shortage_price(it, at_10), 7 * 60);
    solving_free(it);
}

/* A newcomer in another section does not close the shortage of g. */
static void scope_of_a_section_is_the_section(void **state) {
    (void)state;
#define IN(id, kind, section)                                                  \
    kind(id, "c" id, "",                                                       \
         TEXT_HELD("s", "09:00", "11:00", ",'section':'" section "'"))
    solving *const it = solving_text(
        DAY(TEXT_PLACE("s", "9",
                       ",'sections':[{'id':'g','places':1},{'id':'p',"
                       "'places':5}]"),
            IN("a", TEXT_HOLD, "g") "," IN("b", TEXT_HOLD, "g") "," TEXT_ASK(
                "d", "cd", "",
                TEXT_OPTION("o", "s", "09:00", "11:00", ",'section':'p'"))),
        false);
    assert_int_equal(solving_n_rows(it, "section_s_g"), 1);
    assert_int_equal(solving_n_rows(it, "short_gate"), 0);
    solving_free(it);
}

/* --- a family of one's own ---------------------------------------------------
 */

static int32_t rows_of_family(solving *it, const int64_t *weight,
                              const int64_t *special, const int64_t *limit) {
    formulation own = it->s.f;
    structure_visits index;
    day_cells d;
    program_init(&own.program, it->mem, it->s.f.program.n_objectives, false);
    assert_true(cells_index(&index, &it->s.f, it->mem));
    assert_true(cells_build(&d, &it->s.f, 0, 0, &index, it->mem));
    family fam = {.name = "own",
                  .detail = "",
                  .weight = weight,
                  .special = special,
                  .limit = limit};
    family_emit(&fam, &own, &d, it->mem);
    assert_false(own.program.failed);
    return own.program.rows.n;
}

static void cells_without_a_limit_or_visits_have_no_row(void **state) {
    (void)state;
    solving *const it = solving_text(
        DAY(TEXT_PLACE("s", "1", ""),
            ASK("a", "09:00", "12:00") "," ASK("b", "14:00", "15:00")),
        false);
    /* 08-09, 09-12, 12-14, 14-15, 15-18 */
    const int64_t weight[] = {1, 1}, none[] = {-1, 1};
    const int64_t all[] = {0, 0, 0, 0, 0};
    const int64_t some[] = {0, PROGRAM_INFINITY, 0, 0, 0};
    assert_int_equal(rows_of_family(it, weight, NULL, all), 2);
    assert_int_equal(rows_of_family(it, weight, NULL, some), 1);
    assert_int_equal(rows_of_family(it, none, NULL, all), 1);
    solving_free(it);
}

static void goal_cost_is_spread_by_weight(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(TEXT_MONDAY,
                     "'goals':{'mode':'weighted','sense':'max','terms':[{"
                     "'goal':'hours','weight':3}]},",
                     TEXT_PLACE("s", "9", ""), KIDS,
                     ASK("a", "09:00", "12:00")),
        false);
    const int32_t before = it->s.f.program.costs.n;
    goal_cost(&it->s.f, GOAL_HOURS, 0, 11);
    goal_cost(&it->s.f, GOAL_RANKS, 0, 11); /* not asked for */
    assert_int_equal(it->s.f.program.costs.n, before + 1);
    assert_int_equal(it->s.f.program.costs.at[before].value, 33);
    solving_free(it);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_that_say_less_have_no_row),
        cmocka_unit_test(cells_of_different_children_have_a_row_each),
        cmocka_unit_test(a_smaller_limit_is_not_left_out),
        cmocka_unit_test(weights_stand_in_the_rows),
        cmocka_unit_test(holders_may_exceed_at_a_price),
        cmocka_unit_test(shortage_of_holders_alone_has_no_gate),
        cmocka_unit_test(instants_that_may_be_short_all_have_rows),
        cmocka_unit_test(scope_of_a_section_is_the_section),
        cmocka_unit_test(cells_without_a_limit_or_visits_have_no_row),
        cmocka_unit_test(goal_cost_is_spread_by_weight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
