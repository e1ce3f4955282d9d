// SPDX-License-Identifier: GPL-3.0-or-later
/* Rows of ratio, minimum and mix by hand: one row over options where one group
 * is read by sum_then_ceil, columns that count staff elsewhere. That they mean
 * the rules is test_formulate's affair. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "solve/families.h"
#include "support/solving.h"
#include "support/solving_texts.h"

/* One person for 1 baby, for 2 walkers. */
#define ONE_TWO(rounding)                                                      \
    JUDGED_RULE("r", "ratio",                                                  \
                "'rounding':'" rounding "','classes':[{'id':'n','per':1,"      \
                "'walks':false},{'id':'w','per':2,'walks':true}]")
#define MINIMUM(alone)                                                         \
    JUDGED_RULE("m", "minimum",                                                \
                "'min_staff':2,'cat1_above_places':24,'alone_max_children'"    \
                ":" alone ",'alone_max_places':12,'alone_categories':["        \
                "'cat1']")
#define STAFFED(count, more)                                                   \
    TEXT_PLACE("s", "9",                                                       \
               ",'packs':['p'],'staff':[" TEXT_TEAM("cat1", count, "08:00",    \
                                                    "18:00", "") "]" more)
#define UNDER ",'ratio':{'regime':'r'}"
/* The baby takes three places: rows of places have another left side, and are
 * not joined with others. */
#define KIDS                                                                   \
    TEXT_BABY("cb", ",'place_weight':3000")                                    \
    "," TEXT_WALKER("cu", "") "," TEXT_WALKER("cw", "")
#define ASK(id, begin, end)                                                    \
    TEXT_ASK(id, "c" id, "", TEXT_OPTION("o", "s", begin, end, ""))
#define THREE                                                                  \
    ASK("b", "09:00", "10:00")                                                 \
    "," ASK("u", "09:00", "10:00") "," ASK("w", "09:00", "10:00")
#define DAY(rules, place)                                                      \
    TEXT_PROBLEM(TEXT_MONDAY, JUDGED_PACK(rules), place, KIDS, THREE)

static int32_t n_auxiliary(const solving *it) {
    return it->s.f.program.cols.n - it->s.f.n_option_cols;
}

/* L = 2: a baby weighs 2, a walker 1, a person bears 2. */
static void one_group_read_by_sum_is_one_row(void **state) {
    (void)state;
    solving *const it =
        solving_text(DAY(ONE_TWO("sum_then_ceil"), STAFFED("1", UNDER)), false);
    assert_string_equal(solving_rows(it, "ratio"),
                        "ratio_s_0_0540: 2 x_b_0 + 1 x_u_0 + 1 x_w_0 <= 2\n");
    assert_int_equal(n_auxiliary(it), 0);
    solving_free(it);
}

/* A child in adaptation takes a person of its own inside the rule's hours, and
 * weighs as usual outside. */
static void adaptation_takes_a_whole_person(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(
            TEXT_MONDAY,
            JUDGED_PACK(ONE_TWO("sum_then_ceil") "," JUDGED_RULE(
                "ad", "adaptation",
                "'staff_per_child':1,'begin':'09:00',"
                "'end':'10:00'")),
            STAFFED("1", UNDER), KIDS,
            TEXT_ASK("u", "cu",
                     ",'adaptation':{'first':'2026-09-07','last':"
                     "'2026-09-07'}",
                     TEXT_OPTION(
                         "o", "s", "09:00", "11:00",
                         "")) "," TEXT_ASK("w", "cw", "",
                                           TEXT_OPTION(
                                               "o", "s", "09:00", "11:00",
                                               "")) "," TEXT_ASK("b", "cb", "",
                                                                 TEXT_OPTION(
                                                                     "o", "s",
                                                                     "09:00",
                                                                     "11:00",
                                                                     ""))),
        false);
    assert_string_equal(solving_rows(it, "ratio"),
                        "ratio_s_0_0540: 2 x_b_0 + 2 x_u_0 + 1 x_w_0 <= 2\n"
                        "ratio_s_0_0600: 2 x_b_0 + 1 x_u_0 + 1 x_w_0 <= 2\n");
    solving_free(it);
}

/* (reading) babies <= staff of babies, walkers <= 2 staff of walkers; the two
 * columns are at most the one person there. */
static void each_class_read_alone_counts_its_staff(void **state) {
    (void)state;
    solving *const it =
        solving_text(DAY(ONE_TWO("ceil_each"), STAFFED("1", UNDER)), false);
    const int32_t first = solving_row(it, "reading_s");
    const program *const p = &it->s.f.program;
    const char *const of_b = p->cols.at[p->rows.at[first].owner].name;
    const char *const of_w = p->cols.at[p->rows.at[first + 1].owner].name;
    assert_string_equal(solving_rows(it, "reading_s"),
                        arena_printf(it->mem,
                                     "%s: 1 x_b_0 - 1 %s <= 0\n"
                                     "%s: 1 x_u_0 + 1 x_w_0 - 2 %s <= 0\n",
                                     p->rows.at[first].name, of_b,
                                     p->rows.at[first + 1].name, of_w));
    assert_string_equal(
        solving_rows(it, "ratio_s"),
        arena_printf(it->mem, "%s: 1 %s + 1 %s <= 1\n",
                     p->rows.at[solving_row(it, "ratio_s")].name, of_b, of_w));
    assert_int_equal(n_auxiliary(it), 2);
    solving_free(it);
}

/* The second row counts the babies and their seats, too. */
static void mixed_groups_share_their_seats(void **state) {
    (void)state;
    solving *const it = solving_text(
        DAY(ONE_TWO("mixed_group_fill"), STAFFED("1", UNDER)), false);
    const int32_t first = solving_row(it, "reading_s");
    const program *const p = &it->s.f.program;
    assert_string_equal(
        solving_rows(it, "reading_s"),
        arena_printf(it->mem,
                     "%s: 1 x_b_0 - 1 %s <= 0\n"
                     "%s: 1 x_b_0 + 1 x_u_0 + 1 x_w_0 - 1 %s - 2 %s <= 0\n",
                     p->rows.at[first].name,
                     p->cols.at[p->rows.at[first].owner].name,
                     p->rows.at[first + 1].name,
                     p->cols.at[p->rows.at[first].owner].name,
                     p->cols.at[p->rows.at[first + 1].owner].name));
    solving_free(it);
}

static void staff_is_linear_where_rooms_are_one(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(
            TEXT_MONDAY, JUDGED_PACK(ONE_TWO("sum_then_ceil")),
            STAFFED("1", ",'ratio':{'regime':'r','scope':'room'},'sections':["
                         "{'id':'g','places':5},{'id':'p','places':5}],"
                         "'merges':[{'sections':['g','p'],'begin':'08:00',"
                         "'end':'09:30'}]"),
            KIDS, THREE),
        false);
    structure_visits index;
    day_cells d;
    assert_true(cells_index(&index, &it->s.f, it->mem));
    assert_true(cells_build(&d, &it->s.f, 0, 0, &index, it->mem));
    for (int32_t c = 0; c < d.n_cells; c++)
        if (d.cells[c].begin >= 480 && d.cells[c].end <= 1080)
            assert_int_equal(staff_is_linear(&d, c), d.cells[c].end <= 570);
    solving_free(it);
}

/* --- minimum -----------------------------------------------------------------
 */

/* One Cat.1 agent may stay alone with 1 child in 9 places. */
static void minimum_bounds_the_heads(void **state) {
    (void)state;
    solving *const it =
        solving_text(DAY(MINIMUM("1"), STAFFED("1", "")), false);
    assert_string_equal(solving_rows(it, "minimum"),
                        "minimum_s_0_0540: 1 x_b_0 + 1 x_u_0 + 1 x_w_0 <= 1\n");
    solving_free(it);
}

static void minimum_with_two_agents_has_no_row(void **state) {
    (void)state;
    solving *const it =
        solving_text(DAY(MINIMUM("1"), STAFFED("2", "")), false);
    assert_string_equal(solving_rows(it, "minimum"), "");
    solving_free(it);
}

/* Alone, but not of the category that may be. */
static void minimum_asks_the_category_of_the_one_alone(void **state) {
    (void)state;
    solving *const it = solving_text(
        DAY(MINIMUM("1"),
            TEXT_PLACE("s", "9",
                       ",'packs':['p'],'staff':[" TEXT_TEAM(
                           "cat2", "1", "08:00", "18:00", "") "]")),
        false);
    assert_string_equal(solving_rows(it, "minimum"),
                        "minimum_s_0_0540: 1 x_b_0 + 1 x_u_0 + 1 x_w_0 <= 0\n");
    solving_free(it);
}

/* --- mix ---------------------------------------------------------------------
 */

#define MIX JUDGED_RULE("c", "cat1_share", "'min_pct':40")

/* A day of 600 minutes, 1 Cat.1 agent for 60 of them: 100 * 60 = 6000 to bear
 * 40 * 60 minutes = 2400 a person required from 09:00 to 10:00; 6000 / 2400
 * allows 2 of the 3 persons that 3 babies' worth would need. */
static void mix_is_a_row_a_month(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(
            TEXT_MONDAY, JUDGED_PACK(ONE_TWO("ceil_each") "," MIX),
            TEXT_PLACE(
                "s", "9",
                ",'packs':['p'],'ratio':{'regime':'r'},'staff':[" TEXT_TEAM(
                    "cat1", "1", "09:00", "10:00",
                    "") "," TEXT_TEAM("cat2", "2", "09:00", "10:00", "") "]"),
            KIDS, THREE),
        false);
    const program *const p = &it->s.f.program;
    const int32_t row = solving_row(it, "mix_s");
    assert_int_equal(solving_n_rows(it, "mix_s"), 1);
    /* one column, 2400 of it at most 6000: divided, 1 of it at most 2 */
    assert_int_equal(p->by_row.start[row + 1] - p->by_row.start[row], 1);
    assert_int_equal(p->by_row.value[p->by_row.start[row]], 1);
    assert_int_equal(p->rows.at[row].upper, 2);
    assert_int_equal(p->rows.at[row].owner, -1);
    solving_free(it);
}

static void mix_that_cannot_bind_has_no_row(void **state) {
    (void)state;
    solving *const it = solving_text(
        DAY(ONE_TWO("ceil_each") "," MIX, STAFFED("2", UNDER)), false);
    assert_int_equal(solving_n_rows(it, "mix_s"), 0);
    solving_free(it);
}

/* --- the floor of the ratio --------------------------------------------------
 */

static void margin_is_asked_with_its_goal_only(void **state) {
    (void)state;
#define FLOORED(goals)                                                         \
    TEXT_PROBLEM(TEXT_MONDAY, JUDGED_PACK(ONE_TWO("sum_then_ceil")) goals,     \
                 STAFFED("1", UNDER ",'floors':{'ratio_margin':1}"), KIDS,     \
                 THREE)
    solving *const with = solving_text(FLOORED(TEXT_GOALS("'floors'")), false);
    solving *const without =
        solving_text(FLOORED(TEXT_GOALS("'points'")), false);
    assert_true(margin_is_asked(&with->s.f, &with->prob->structures[0]));
    assert_int_equal(solving_n_rows(with, "margin_s"), 1);
    assert_false(margin_is_asked(&without->s.f, &without->prob->structures[0]));
    assert_int_equal(solving_n_rows(without, "margin_s"), 0);
    solving_free(with);
    solving_free(without);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_group_read_by_sum_is_one_row),
        cmocka_unit_test(adaptation_takes_a_whole_person),
        cmocka_unit_test(each_class_read_alone_counts_its_staff),
        cmocka_unit_test(mixed_groups_share_their_seats),
        cmocka_unit_test(staff_is_linear_where_rooms_are_one),
        cmocka_unit_test(minimum_bounds_the_heads),
        cmocka_unit_test(minimum_with_two_agents_has_no_row),
        cmocka_unit_test(minimum_asks_the_category_of_the_one_alone),
        cmocka_unit_test(mix_is_a_row_a_month),
        cmocka_unit_test(mix_that_cannot_bind_has_no_row),
        cmocka_unit_test(margin_is_asked_with_its_goal_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
