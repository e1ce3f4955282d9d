// SPDX-License-Identifier: GPL-3.0-or-later
/* The engine behind its door: tiny programs whose optimum, duals and proofs
 * are known by hand; limits, interrupts, and an engine that gave up. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "lp/lp.h"

static const double tolerance = 1e-9;

typedef struct bench {
    arena *mem;
    lp_engine *engine;
} bench;

static int open_engine(void **state) {
    arena *const mem = arena_create(NULL, 0);
    bench *const b = ARENA_NEW(mem, bench, 1);
    *b = (bench){mem, lp_engine_start(mem)};
    *state = b;
    return b->engine ? 0 : -1;
}

static int close_engine(void **state) {
    bench *const b = *state;
    lp_engine_end(b->engine);
    arena_destroy(b->mem);
    return 0;
}

static void assert_near(double value, double expected) {
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%g, not %g", value, expected);
}

/* min -3x - 2y, x + y <= 4, x + 3y <= 7, x <= 3: the corner (3, 1) with -11.
 * The second row is slack there (6 < 7), so its price is 0, -2 = u for y, and
 * the reduced cost of x is -3 - u = -1. */
static lp *corner(lp_engine *engine) {
    lp *const p = lp_create(engine);
    assert_true(lp_add_row(p, -INFINITY, 4, 0, NULL, NULL));
    assert_true(lp_add_row(p, -INFINITY, 7, 0, NULL, NULL));
    assert_true(
        lp_add_col(p, 0, 3, -3, 2, (int32_t[]){0, 1}, (double[]){1, 1}));
    assert_true(
        lp_add_col(p, 0, 9, -2, 2, (int32_t[]){0, 1}, (double[]){1, 3}));
    return p;
}

static void solve_finds_the_corner(void **state) {
    bench *const b = *state;
    lp *const p = corner(b->engine);
    assert_int_equal(lp_solve(p, &(lp_limits){0}), LP_OPTIMAL);
    assert_near(lp_objective(p), -11);
    assert_near(lp_value(p, 0), 3);
    assert_near(lp_value(p, 1), 1);
    assert_false(lp_col_is_basic(p, 0));
    assert_true(lp_col_is_basic(p, 1));
    assert_int_equal(lp_n_rows(p), 2);
    assert_int_equal(lp_n_cols(p), 2);
}

/* One more on the right of the first row would bring 2 more; the second row is
 * slack (3 + 3 < 7); one more for x brings 3 and takes 2 for y's place. */
static void duals_are_the_prices_of_the_sides(void **state) {
    bench *const b = *state;
    lp *const p = corner(b->engine);
    assert_int_equal(lp_solve(p, &(lp_limits){0}), LP_OPTIMAL);
    assert_near(lp_row_dual(p, 0), -2);
    assert_near(lp_row_dual(p, 1), 0);
    assert_near(lp_reduced_cost(p, 0), -1);
    assert_near(lp_reduced_cost(p, 1), 0);
}

/* min x, x >= 2: the price of the lower side is +1. */
static void dual_of_a_lower_side_is_positive(void **state) {
    bench *const b = *state;
    lp *const p = lp_create(b->engine);
    assert_true(lp_add_col(p, 0, 9, 1, 0, NULL, NULL));
    assert_true(lp_add_row(p, 2, INFINITY, 1, (int32_t[]){0}, (double[]){1}));
    assert_int_equal(lp_solve(p, &(lp_limits){0}), LP_OPTIMAL);
    assert_near(lp_objective(p), 2);
    assert_near(lp_row_dual(p, 0), 1);
}

/* x may be at most 2 now: y goes up to (7 - 2) / 3. */
static void bounds_that_change_move_the_optimum(void **state) {
    bench *const b = *state;
    lp *const p = corner(b->engine);
    assert_int_equal(lp_solve(p, &(lp_limits){0}), LP_OPTIMAL);
    assert_true(lp_set_col_bounds(p, 0, 0, 2));
    assert_int_equal(lp_solve(p, &(lp_limits){0}), LP_OPTIMAL);
    assert_near(lp_value(p, 0), 2);
    assert_near(lp_value(p, 1), 5.0 / 3);
    assert_true(lp_set_row_bounds(p, 1, -INFINITY, 5));
    assert_int_equal(lp_solve(p, &(lp_limits){0}), LP_OPTIMAL);
    assert_near(lp_value(p, 1), 1);
    assert_true(lp_set_cost(p, 1, 1));
    assert_int_equal(lp_solve(p, &(lp_limits){0}), LP_OPTIMAL);
    assert_near(lp_objective(p), -6);
}

static void a_row_added_later_cuts_the_optimum(void **state) {
    bench *const b = *state;
    lp *const p = corner(b->engine);
    assert_int_equal(lp_solve(p, &(lp_limits){0}), LP_OPTIMAL);
    assert_true(
        lp_add_row(p, -INFINITY, 5, 2, (int32_t[]){0, 1}, (double[]){2, 0.5}));
    assert_int_equal(lp_solve(p, &(lp_limits){0}), LP_OPTIMAL);
    /* x + y = 4 and 2x + y/2 = 5: x = 2, y = 2, but x + 3y = 8 > 7; so
     * x + 3y = 7 and 2x + y/2 = 5: y = 18/11, x = 23/11. */
    assert_near(lp_value(p, 0), 23.0 / 11);
    assert_near(lp_value(p, 1), 18.0 / 11);
}

static void rows_deleted_move_the_others_down(void **state) {
    bench *const b = *state;
    lp *const p = corner(b->engine);
    assert_true(lp_delete_rows(p, 1, (int32_t[]){0}));
    assert_int_equal(lp_n_rows(p), 1);
    assert_int_equal(lp_solve(p, &(lp_limits){0}), LP_OPTIMAL);
    assert_near(lp_value(p, 0), 3);
    assert_near(lp_value(p, 1), 4.0 / 3);
    assert_near(lp_row_dual(p, 0), -2.0 / 3);
    assert_true(lp_delete_rows(p, 0, NULL));
    assert_int_equal(lp_n_rows(p), 1);
}

/* x + y >= 5 cannot be with x <= 2, y <= 2: the row itself is the proof. */
static void infeasible_rows_are_called_so_and_proven(void **state) {
    bench *const b = *state;
    lp *const p = lp_create(b->engine);
    double u[2] = {0, 0};
    assert_true(lp_add_col(p, 0, 2, 1, 0, NULL, NULL));
    assert_true(lp_add_col(p, 0, 2, 1, 0, NULL, NULL));
    assert_true(lp_add_row(p, -INFINITY, 3, 1, (int32_t[]){0}, (double[]){1}));
    assert_true(
        lp_add_row(p, 5, INFINITY, 2, (int32_t[]){0, 1}, (double[]){1, 1}));
    assert_int_equal(lp_solve(p, &(lp_limits){0}), LP_INFEASIBLE);
    if (lp_infeasibility(p, u)) {
        assert_near(u[0], 0);
        assert_true(fabs(u[1]) > 0.1);
    }
}

/* The basic column y of the corner: y = 4 - x, so u = (1, 0) up to rounding and
 * uA has 1 at y. */
static void tableau_row_has_one_at_its_column(void **state) {
    bench *const b = *state;
    lp *const p = corner(b->engine);
    double u[2];
    assert_int_equal(lp_solve(p, &(lp_limits){0}), LP_OPTIMAL);
    assert_true(lp_tableau_row(p, 1, u));
    assert_near(fabs(u[0] * 1 + u[1] * 3), 1); /* at y */
    assert_near(fabs(u[0] * 1 + u[1] * 1), 1); /* at x: y moves against it */
    assert_near(u[1], 0);
    assert_false(lp_tableau_row(p, 0, u)); /* not basic */
}

static void basis_put_back_needs_no_iteration(void **state) {
    bench *const b = *state;
    lp *const p = corner(b->engine), *const q = corner(b->engine);
    uint8_t basis[4];
    assert_int_equal(lp_solve(p, &(lp_limits){0}), LP_OPTIMAL);
    lp_get_basis(p, basis);
    assert_int_equal(basis[3], LP_BASIC);
    assert_true(lp_set_basis(q, basis));
    assert_int_equal(lp_solve(q, &(lp_limits){0}), LP_OPTIMAL);
    assert_int_equal(lp_iterations(q), 0);
    assert_near(lp_objective(q), -11);
}

/* --- limits -----------------------------------------------------------------
 */

static void a_flag_that_is_up_stops_at_once(void **state) {
    bench *const b = *state;
    lp *const p = corner(b->engine);
    atomic_int stop;
    atomic_init(&stop, 1);
    const lp_limits limits = {.stop = &stop};
    assert_int_equal(lp_solve(p, &limits), LP_STOPPED);
    assert_false(lp_engine_failed(b->engine));
    atomic_store(&stop, 0);
    assert_int_equal(lp_solve(p, &limits), LP_OPTIMAL);
    assert_near(lp_objective(p), -11);
}

static void a_deadline_that_is_past_stops_at_once(void **state) {
    bench *const b = *state;
    lp *const p = corner(b->engine);
    const lp_limits past = {.deadline_us = clock_now_us() - 1};
    assert_int_equal(lp_solve(p, &past), LP_STOPPED);
    assert_int_equal(lp_solve(p, &(lp_limits){0}), LP_OPTIMAL);
}

enum { WIDE = 30 };

/* A transport from 30 places to 30 places: some dozens of iterations. */
static lp *transport(lp_engine *engine) {
    lp *const p = lp_create(engine);
    for (int32_t i = 0; i < WIDE; i++)
        lp_add_row(p, -INFINITY, 10 + i % 3, 0, NULL, NULL);
    for (int32_t j = 0; j < WIDE; j++)
        lp_add_row(p, 9 - j % 2, INFINITY, 0, NULL, NULL);
    for (int32_t i = 0; i < WIDE; i++)
        for (int32_t j = 0; j < WIDE; j++)
            lp_add_col(p, 0, 4, 1 + (7 * i + 13 * j + i * j) % 19, 2,
                       (int32_t[]){i, WIDE + j}, (double[]){1, 1});
    return p;
}

static void an_iteration_limit_stops_and_can_go_on(void **state) {
    bench *const b = *state;
    lp *const p = transport(b->engine), *const whole = transport(b->engine);
    assert_int_equal(lp_solve(whole, &(lp_limits){0}), LP_OPTIMAL);
    assert_int_equal(lp_solve(p, &(lp_limits){.iterations = 5}), LP_STOPPED);
    assert_true(lp_iterations(p) <= 6);
    int32_t slices = 0;
    while (lp_solve(p, &(lp_limits){.iterations = 20}) == LP_STOPPED)
        assert_true(++slices < 100);
    assert_near(lp_objective(p), lp_objective(whole));
    assert_true(slices > 0);
}

/* --- integers ----------------------------------------------------------------
 */

/* max 5x + 4y, 6x + 5y <= 17, x, y <= 3 whole numbers: 2 and 1 weigh exactly
 * 17 and bring 14; 0 and 3 bring 12, 1 and 2 bring 13. */
static lp *knapsack(lp_engine *engine) {
    lp *const p = lp_create(engine);
    assert_true(lp_add_row(p, -INFINITY, 17, 0, NULL, NULL));
    assert_true(lp_add_col(p, 0, 3, -5, 1, (int32_t[]){0}, (double[]){6}));
    assert_true(lp_add_col(p, 0, 3, -4, 1, (int32_t[]){0}, (double[]){5}));
    return p;
}

static const uint8_t both[] = {1, 1};

static void mip_finds_the_integer_optimum(void **state) {
    bench *const b = *state;
    double x[2];
    bool found;
    int64_t iterations;
    assert_int_equal(lp_mip(knapsack(b->engine), both, &(lp_limits){0}, NULL,
                            INFINITY, x, &found, &iterations),
                     LP_OPTIMAL);
    assert_true(found);
    assert_near(x[0], 2);
    assert_near(x[1], 1);
}

/* Nothing integer costs -14.5 or less. */
static void mip_below_the_optimum_is_infeasible(void **state) {
    bench *const b = *state;
    double x[2];
    bool found;
    int64_t iterations;
    assert_int_equal(lp_mip(knapsack(b->engine), both, &(lp_limits){0}, NULL,
                            -14.5, x, &found, &iterations),
                     LP_INFEASIBLE);
    assert_false(found);
}

static void mip_with_only_one_integer_column_relaxes_the_other(void **state) {
    bench *const b = *state;
    const uint8_t first[] = {1, 0};
    double x[2];
    bool found;
    int64_t iterations;
    assert_int_equal(lp_mip(knapsack(b->engine), first, &(lp_limits){0}, NULL,
                            INFINITY, x, &found, &iterations),
                     LP_OPTIMAL);
    assert_near(5 * x[0] + 4 * x[1], 14); /* 2 and 5/5 */
    assert_near(x[0], 2);
}

static void mip_that_is_stopped_says_so(void **state) {
    bench *const b = *state;
    double x[2];
    bool found = true;
    int64_t iterations;
    atomic_int stop;
    atomic_init(&stop, 1);
    assert_int_equal(lp_mip(knapsack(b->engine), both,
                            &(lp_limits){.stop = &stop}, NULL, INFINITY, x,
                            &found, &iterations),
                     LP_STOPPED);
    assert_false(found);
}

/* --- an engine that failed ---------------------------------------------------
 */

/* A column index that does not exist makes GLPK abort; the door turns that
 * into an engine that has failed, for good and without a crash. */
static void engine_that_failed_answers_so_for_ever(void **state) {
    bench *const b = *state;
    lp *const p = corner(b->engine);
    double x[2];
    bool found;
    int64_t iterations;
    assert_false(lp_engine_failed(b->engine));
    assert_false(lp_add_row(p, 0, 1, 1, (int32_t[]){7}, (double[]){1}));
    assert_true(lp_engine_failed(b->engine));
    assert_int_equal(lp_solve(p, &(lp_limits){0}), LP_FAILED);
    assert_false(lp_add_col(p, 0, 1, 1, 0, NULL, NULL));
    assert_false(lp_set_cost(p, 0, 1));
    assert_false(lp_set_col_bounds(p, 0, 0, 1));
    assert_false(lp_set_row_bounds(p, 0, 0, 1));
    assert_false(lp_delete_rows(p, 1, (int32_t[]){0}));
    assert_false(lp_set_basis(p, (uint8_t[]){1, 1, 2, 2}));
    assert_false(lp_tableau_row(p, 1, x));
    assert_false(lp_infeasibility(p, x));
    assert_int_equal(lp_mip(p, both, &(lp_limits){0}, NULL, INFINITY, x, &found,
                            &iterations),
                     LP_FAILED);
    assert_false(found);
    assert_int_equal(lp_n_rows(p), 0);
    assert_int_equal(lp_n_cols(p), 0);
    assert_near(lp_objective(p), 0);
    assert_null(lp_create(b->engine));
    lp_destroy(p);
}

static void a_new_engine_works_after_one_that_failed(void **state) {
    bench *const b = *state;
    lp *const p = corner(b->engine);
    assert_false(lp_add_row(p, 0, 1, 1, (int32_t[]){7}, (double[]){1}));
    lp_engine_end(b->engine);
    b->engine = lp_engine_start(b->mem);
    assert_non_null(b->engine);
    assert_false(lp_engine_failed(b->engine));
    lp *const q = corner(b->engine);
    assert_int_equal(lp_solve(q, &(lp_limits){0}), LP_OPTIMAL);
    assert_near(lp_objective(q), -11);
}

static void destroy_leaves_the_other_problems_alone(void **state) {
    bench *const b = *state;
    lp *const p = corner(b->engine), *const q = corner(b->engine);
    lp_destroy(p);
    lp_destroy(NULL);
    assert_int_equal(lp_solve(q, &(lp_limits){0}), LP_OPTIMAL);
    assert_near(lp_objective(q), -11);
}

int main(void) {
#define ROW(name)                                                              \
    cmocka_unit_test_setup_teardown(name, open_engine, close_engine)
    const struct CMUnitTest tests[] = {
        ROW(solve_finds_the_corner),
        ROW(duals_are_the_prices_of_the_sides),
        ROW(dual_of_a_lower_side_is_positive),
        ROW(bounds_that_change_move_the_optimum),
        ROW(a_row_added_later_cuts_the_optimum),
        ROW(rows_deleted_move_the_others_down),
        ROW(infeasible_rows_are_called_so_and_proven),
        ROW(tableau_row_has_one_at_its_column),
        ROW(basis_put_back_needs_no_iteration),
        ROW(a_flag_that_is_up_stops_at_once),
        ROW(a_deadline_that_is_past_stops_at_once),
        ROW(an_iteration_limit_stops_and_can_go_on),
        ROW(mip_finds_the_integer_optimum),
        ROW(mip_below_the_optimum_is_infeasible),
        ROW(mip_with_only_one_integer_column_relaxes_the_other),
        ROW(mip_that_is_stopped_says_so),
        ROW(engine_that_failed_answers_so_for_ever),
        ROW(a_new_engine_works_after_one_that_failed),
        ROW(destroy_leaves_the_other_problems_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
