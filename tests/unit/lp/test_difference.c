// SPDX-License-Identifier: GPL-3.0-or-later
/* Rows written by what changes: what is chosen, what is written, and that no
 * plan comes or goes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "lp/difference.h"

enum { COLS = 10, ROWS = 6 };

static int open_arena(void **state) {
    *state = arena_create(NULL, 0);
    return *state ? 0 : -1;
}

static int close_arena(void **state) {
    arena_destroy(*state);
    return 0;
}

/* Six who are there one after another: row i holds columns i to i + n - 1. */
static program *with_visits(arena *mem, int32_t n, int32_t n_rows) {
    program *const p = ARENA_NEW(mem, program, 1);
    program_init(p, mem, 1, true);
    for (int32_t j = 0; j < n + n_rows - 1; j++) {
        program_add_group(p, false);
        program_add_col(p, j, 0, 1, j);
        program_name_col(p, j, "x%d", j);
        program_add_cost(p, 0, j, j + 1);
    }
    for (int32_t i = 0; i < n_rows; i++) {
        program_add_row(p, -PROGRAM_INFINITY, n - 1, -1, -1);
        program_name_row(p, i, "places_%d", i);
        for (int32_t j = i; j < i + n; j++)
            program_put(p, i, j, 1);
    }
    assert_true(program_finish(p));
    return p;
}

static void difference_is_who_comes_and_who_goes(void **state) {
    program *const p = with_visits(*state, 9, 2);
    int32_t index[40];
    int64_t value[40];
    assert_int_equal(difference_of(&p->by_row, 1, 0, index, value), 2);
    assert_int_equal(index[0], 0);
    assert_int_equal(value[0], -1);
    assert_int_equal(index[1], 9);
    assert_int_equal(value[1], 1);
    assert_int_equal(difference_of(&p->by_row, 1, -1, index, value), 9);
    program_end(p);
}

/* Two that change and two counts are less than half of nine, not of eight. */
static void row_refers_to_another_only_when_that_saves_half(void **state) {
    for (int32_t n = 8; n <= 10; n++) {
        program *const p = with_visits(*state, n, 2);
        int32_t refers[2], index[40];
        int64_t value[40];
        difference_choose(&p->by_row, 2, refers, index, value);
        assert_int_equal(refers[0], -1);
        assert_int_equal(refers[1], n < 10 ? -1 : 0);
        program_end(p);
    }
}

static void
counts_stand_after_the_columns_between_the_row_s_sides(void **state) {
    program *const p = with_visits(*state, 10, 2);
    program to;
    assert_true(difference_program(&to, p, *state));
    assert_int_equal(to.cols.n, 13);
    assert_int_equal(to.rows.n, 2);
    assert_string_equal(to.cols.at[11].name, "sum_places_0");
    assert_string_equal(to.rows.at[1].name, "places_1");
    for (int32_t j = 11; j < 13; j++) {
        assert_int_equal(to.cols.at[j].lower, 0);
        assert_int_equal(to.cols.at[j].upper, 9);
        assert_int_equal(to.cols.at[j].group, -1);
        assert_int_equal(to.objectives[0].cost[j], 0);
    }
    assert_int_equal(to.objectives[0].cost[10], 11);
    assert_int_equal(to.rows.at[1].lower, 0);
    assert_int_equal(to.rows.at[1].upper, 0);
    assert_int_equal(to.by_row.start[2] - to.by_row.start[1], 4);
    program_end(p);
    program_end(&to);
}

/* --- every point ------------------------------------------------------------
 */

static program *draw_program(arena *mem, random_state *rng) {
    program *const p = ARENA_NEW(mem, program, 1);
    program_init(p, mem, 1, false);
    for (int32_t j = 0; j < COLS; j++)
        program_add_col(p, -1, 0, 1, j);
    int64_t a[COLS];
    for (int32_t j = 0; j < COLS; j++)
        a[j] = random_range(rng, -1, 3);
    for (int32_t i = 0; i < ROWS; i++) {
        a[random_below(rng, COLS)] = random_range(rng, -2, 3);
        const bool upper = random_below(rng, 3) > 0;
        const int64_t side = random_range(rng, 1, 8);
        program_add_row(
            p, upper && random_below(rng, 2) ? -PROGRAM_INFINITY : -side,
            upper ? side : PROGRAM_INFINITY, -1, -1);
        for (int32_t j = 0; j < COLS; j++)
            program_put(p, i, j, a[j]);
    }
    assert_true(program_finish(p));
    return p;
}

static bool row_holds(const program *p, int32_t i, const int64_t *x) {
    int64_t sum = 0;
    for (int64_t k = p->by_row.start[i]; k < p->by_row.start[i + 1]; k++)
        sum += p->by_row.value[k] * x[p->by_row.index[k]];
    return sum >= p->rows.at[i].lower && sum <= p->rows.at[i].upper;
}

/* Counts follow from the other columns: each row defines the last it names. */
static void fill_counts(const program *to, int64_t *x) {
    for (int32_t i = 0; i < to->rows.n; i++) {
        int64_t sum = 0;
        int32_t count = -1;
        for (int64_t k = to->by_row.start[i]; k < to->by_row.start[i + 1];
             k++) {
            const int32_t j = to->by_row.index[k];
            if (j >= COLS && to->by_row.value[k] < 0)
                count = j;
            else
                sum += to->by_row.value[k] * x[j];
        }
        if (count >= 0)
            x[count] = sum;
    }
}

static bool holds(const program *p, const int64_t *x) {
    for (int32_t j = COLS; j < p->cols.n; j++)
        if (x[j] < p->cols.at[j].lower || x[j] > p->cols.at[j].upper)
            return false;
    for (int32_t i = 0; i < p->rows.n; i++)
        if (!row_holds(p, i, x))
            return false;
    return true;
}

static void rewritten_program_has_the_same_points(void **state) {
    random_state rng;
    random_seed(&rng, 5);
    int32_t rewritten = 0;
    for (int32_t n = 0; n < 200; n++) {
        program *const p = draw_program(*state, &rng);
        program to;
        assert_true(difference_program(&to, p, *state));
        rewritten += to.cols.n > COLS;
        for (int32_t bits = 0; bits < 1 << COLS; bits++) {
            int64_t x[COLS + ROWS] = {0};
            for (int32_t j = 0; j < COLS; j++)
                x[j] = bits >> j & 1;
            fill_counts(&to, x);
            assert_int_equal(holds(&to, x), holds(p, x));
        }
        program_end(p);
        program_end(&to);
    }
    assert_true(rewritten > 50);
}

int main(void) {
#define ROW(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        ROW(difference_is_who_comes_and_who_goes),
        ROW(row_refers_to_another_only_when_that_saves_half),
        ROW(counts_stand_after_the_columns_between_the_row_s_sides),
        ROW(rewritten_program_has_the_same_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
