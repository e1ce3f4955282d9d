// SPDX-License-Identifier: GPL-3.0-or-later
/* Programs as text, against files written by hand after the two formats. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lp/program.h"

static int open_arena(void **state) {
    *state = arena_create(NULL, 0);
    return *state ? 0 : -1;
}

static int close_arena(void **state) {
    arena_destroy(*state);
    return 0;
}

/* Two requests (a, b; c) and a count of staff:
 *   points: 5 a + 3 b + 4 c, most; staff: - 2 a + 7 s, least
 *   places:   a + b + c      <= 1
 *   ratio:    2 a + 3 c - 8 s <= 0
 *   window: -1 <= a - b       <= 0
 *   pinned:   b + c           =  1
 *   least:    s               >= 1 */
static program *small_program(arena *mem, bool with_names) {
    program *const p = ARENA_NEW(mem, program, 1);
    program_init(p, mem, 2, with_names);
    p->objectives[0] = (program_objective){true, "points", NULL};
    p->objectives[1] = (program_objective){false, "staff", NULL};
    const int32_t g = program_add_group(p, false);
    const int32_t a = program_add_col(p, g, 0, 1, 0);
    const int32_t b = program_add_col(p, g, 0, 1, 1);
    const int32_t c = program_add_col(p, program_add_group(p, false), 0, 1, 2);
    program_add_group(p, false); /* a request with nothing to choose */
    const int32_t s = program_add_col(p, -1, 0, 12, -1);
    const int32_t rows[] = {
        program_add_row(p, -PROGRAM_INFINITY, 1, -1, -1),
        program_add_row(p, -PROGRAM_INFINITY, 0, -1, -1),
        program_add_row(p, -1, 0, -1, -1),
        program_add_row(p, 1, 1, -1, -1),
        program_add_row(p, 1, PROGRAM_INFINITY, -1, -1),
    };
    const program_entry entries[] = {
        {rows[0], a, 1}, {rows[0], b, 1},  {rows[0], c, 1}, {rows[1], a, 2},
        {rows[1], c, 3}, {rows[1], s, -8}, {rows[2], a, 1}, {rows[2], b, -1},
        {rows[3], b, 1}, {rows[3], c, 1},  {rows[4], s, 1},
    };
    for (size_t k = 0; k < sizeof entries / sizeof entries[0]; k++)
        program_put(p, entries[k].row, entries[k].col, entries[k].value);
    program_add_cost(p, 0, a, 5);
    program_add_cost(p, 0, b, 3);
    program_add_cost(p, 0, c, 4);
    program_add_cost(p, 1, a, -2);
    program_add_cost(p, 1, s, 7);
    program_name_col(p, a, "x_r1_0");
    program_name_col(p, b, "x_r1_1");
    program_name_col(p, c, "x_r2_0");
    program_name_col(p, s, "staff");
    program_name_row(p, rows[0], "places");
    program_name_row(p, rows[1], "ratio");
    program_name_row(p, rows[2], "window");
    program_name_row(p, rows[3], "pinned");
    program_name_row(p, rows[4], "least");
    assert_true(program_finish(p));
    return p;
}

static void mps_of_a_goal_to_maximise_turns_its_signs(void **state) {
    program *const p = small_program(*state, true);
    text out = {.mem = *state};
    program_write_mps(&out, p, 0);
    assert_false(out.failed);
    assert_string_equal(out.at, "NAME points FREE\n"
                                "* value of the goal = - cost\n"
                                "ROWS\n"
                                " N cost\n"
                                " L places\n"
                                " L ratio\n"
                                " L window\n"
                                " G window_lo\n"
                                " E pinned\n"
                                " G least\n"
                                " L menu_1\n"
                                " L menu_2\n"
                                "COLUMNS\n"
                                " MARKER 'MARKER' 'INTORG'\n"
                                " x_r1_0 cost -5\n"
                                " x_r1_0 places 1\n"
                                " x_r1_0 ratio 2\n"
                                " x_r1_0 window 1\n"
                                " x_r1_0 window_lo 1\n"
                                " x_r1_0 menu_1 1\n"
                                " x_r1_1 cost -3\n"
                                " x_r1_1 places 1\n"
                                " x_r1_1 window -1\n"
                                " x_r1_1 window_lo -1\n"
                                " x_r1_1 pinned 1\n"
                                " x_r1_1 menu_1 1\n"
                                " x_r2_0 cost -4\n"
                                " x_r2_0 places 1\n"
                                " x_r2_0 ratio 3\n"
                                " x_r2_0 pinned 1\n"
                                " x_r2_0 menu_2 1\n"
                                " staff cost 0\n"
                                " staff ratio -8\n"
                                " staff least 1\n"
                                " MARKER 'MARKER' 'INTEND'\n"
                                "RHS\n"
                                " RHS places 1\n"
                                " RHS ratio 0\n"
                                " RHS window 0\n"
                                " RHS window_lo -1\n"
                                " RHS pinned 1\n"
                                " RHS least 1\n"
                                " RHS menu_1 1\n"
                                " RHS menu_2 1\n"
                                "BOUNDS\n"
                                " LO BND x_r1_0 0\n"
                                " UP BND x_r1_0 1\n"
                                " LO BND x_r1_1 0\n"
                                " UP BND x_r1_1 1\n"
                                " LO BND x_r2_0 0\n"
                                " UP BND x_r2_0 1\n"
                                " LO BND staff 0\n"
                                " UP BND staff 12\n"
                                "ENDATA\n");
    program_end(p);
}

static void mps_of_a_goal_to_minimise_keeps_its_signs(void **state) {
    program *const p = small_program(*state, true);
    text out = {.mem = *state};
    program_write_mps(&out, p, 1);
    assert_non_null(strstr(out.at, "NAME staff FREE\nROWS\n"));
    assert_non_null(strstr(out.at, " x_r1_0 cost -2\n"));
    assert_non_null(strstr(out.at, " x_r1_1 cost 0\n"));
    assert_non_null(strstr(out.at, " staff cost 7\n"));
    assert_null(strstr(out.at, "* value"));
    program_end(p);
}

static void lp_text_of_a_goal_to_maximise(void **state) {
    program *const p = small_program(*state, true);
    text out = {.mem = *state};
    program_write_lp(&out, p, 0);
    assert_false(out.failed);
    assert_string_equal(out.at,
                        "Maximize\n"
                        " points: + 5 x_r1_0 + 3 x_r1_1 + 4 x_r2_0\n"
                        "Subject To\n"
                        " places: + 1 x_r1_0 + 1 x_r1_1 + 1 x_r2_0 <= 1\n"
                        " ratio: + 2 x_r1_0 + 3 x_r2_0 - 8 staff <= 0\n"
                        " window: + 1 x_r1_0 - 1 x_r1_1 <= 0\n"
                        " window_lo: + 1 x_r1_0 - 1 x_r1_1 >= -1\n"
                        " pinned: + 1 x_r1_1 + 1 x_r2_0 = 1\n"
                        " least: + 1 staff >= 1\n"
                        " menu_1: + 1 x_r1_0 + 1 x_r1_1 <= 1\n"
                        " menu_2: + 1 x_r2_0 <= 1\n"
                        "Bounds\n"
                        " 0 <= x_r1_0 <= 1\n"
                        " 0 <= x_r1_1 <= 1\n"
                        " 0 <= x_r2_0 <= 1\n"
                        " 0 <= staff <= 12\n"
                        "General\n"
                        " x_r1_0\n"
                        " x_r1_1\n"
                        " x_r2_0\n"
                        " staff\n"
                        "End\n");
    program_end(p);
}

static void lp_text_of_a_goal_to_minimise(void **state) {
    program *const p = small_program(*state, true);
    text out = {.mem = *state};
    program_write_lp(&out, p, 1);
    static const char head[] = "Minimize\n staff: - 2 x_r1_0 + 7 staff\n";
    assert_int_equal(strncmp(out.at, head, sizeof head - 1), 0);
    program_end(p);
}

static void write_without_names_numbers_from_one(void **state) {
    program *const p = small_program(*state, false);
    text lp_text = {.mem = *state}, mps = {.mem = *state};
    program_write_lp(&lp_text, p, 0);
    program_write_mps(&mps, p, 0);
    assert_non_null(strstr(lp_text.at, " r2: + 2 c1 + 3 c3 - 8 c4 <= 0\n"));
    assert_non_null(strstr(lp_text.at, " r3_lo: + 1 c1 - 1 c2 >= -1\n"));
    assert_non_null(strstr(mps.at, " c4 r2 -8\n"));
    assert_non_null(strstr(mps.at, " E r4\n"));
    program_end(p);
}

/* A goal without any cost must name some column, and a program without rows
 * have one that says nothing: the format knows no empty sum, and glpsol no
 * empty section. */
static void lp_text_of_a_goal_of_nothing_has_a_term(void **state) {
    program p;
    text out = {.mem = *state};
    program_init(&p, *state, 1, true);
    p.objectives[0] = (program_objective){true, "tie", NULL};
    program_add_col(&p, -1, 0, 1, 0);
    program_name_col(&p, 0, "x");
    assert_true(program_finish(&p));
    program_write_lp(&out, &p, 0);
    assert_string_equal(
        out.at, "Maximize\n tie: + 0 x\nSubject To\n"
                " free: + 0 x <= 0\nBounds\n 0 <= x <= 1\nGeneral\n x\nEnd\n");
    program_end(&p);
}

/* Other solvers cut lines at 255 or 560 bytes: eight terms a line are less. */
static void lp_text_breaks_long_rows(void **state) {
    program p;
    text out = {.mem = *state};
    program_init(&p, *state, 1, false);
    p.objectives[0] = (program_objective){false, "cost", NULL};
    const int32_t row = program_add_row(&p, -PROGRAM_INFINITY, 5, -1, -1);
    for (int32_t j = 0; j < 40; j++) {
        program_add_col(&p, -1, 0, 1, j);
        program_put(&p, row, j, 1);
        program_add_cost(&p, 0, j, 1);
    }
    assert_true(program_finish(&p));
    program_write_lp(&out, &p, 0);
    for (const char *line = out.at; line && *line;) {
        const char *const end = strchr(line, '\n');
        assert_true(end - line < 120);
        line = end + 1;
    }
    assert_non_null(strstr(out.at, " + 1 c40 <= 5\n"));
    program_end(&p);
}

int main(void) {
#define ROW(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        ROW(mps_of_a_goal_to_maximise_turns_its_signs),
        ROW(mps_of_a_goal_to_minimise_keeps_its_signs),
        ROW(lp_text_of_a_goal_to_maximise),
        ROW(lp_text_of_a_goal_to_minimise),
        ROW(write_without_names_numbers_from_one),
        ROW(lp_text_of_a_goal_of_nothing_has_a_term),
        ROW(lp_text_breaks_long_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
