// SPDX-License-Identifier: GPL-3.0-or-later
/* Bounds that are proven: never above what brute force finds, whatever the
 * multipliers are, in any box. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "support/solving.h"
#include "support/solving_texts.h"

#define MORNING(id, points)                                                    \
    TEXT_ASK(id, "c" id, ",'points':" points,                                  \
             TEXT_OPTION("o", "s", "08:00", "12:00", ""))
#define TWO_FOR_ONE                                                            \
    TEXT_PROBLEM(TEXT_MONDAY, TEXT_GOALS("'points'"),                          \
                 TEXT_PLACE("s", "1", ""),                                     \
                 TEXT_WALKER("ca", "") "," TEXT_WALKER("cb", ""),              \
                 MORNING("a", "5") "," MORNING("b", "6"))

static relax start(solving *it, int32_t objective) {
    relax r;
    assert_true(relax_init(&r, &it->s.f.program, it->s.cost[objective],
                           it->s.engine, it->mem));
    return r;
}

static int64_t bound_of(relax *r) {
    wide exact;
    return relax_bound(r, &exact);
}

/* One place for 5 or 6 points: 6 at most, also in fractions. */
static void bound_of_one_place_is_the_better_request(void **state) {
    (void)state;
    solving *const it = solving_text(TWO_FOR_ONE, true);
    relax r = start(it, 0);
    assert_int_equal(relax_solve(&r, &(lp_limits){0}), LP_OPTIMAL);
    assert_int_equal(bound_of(&r), -6);
    relax_end(&r);
    solving_free(it);
}

/* Without multipliers everybody is served: 11 points. */
static void bound_without_prices_serves_everybody(void **state) {
    (void)state;
    solving *const it = solving_text(TWO_FOR_ONE, true);
    relax r = start(it, 0);
    assert_int_equal(bound_of(&r), -11);
    relax_end(&r);
    solving_free(it);
}

/* b may not have its option: a's 5 points are left. */
static void bound_follows_the_box(void **state) {
    (void)state;
    solving *const it = solving_text(TWO_FOR_ONE, true);
    relax r = start(it, 0);
    r.upper[1] = 0;
    relax_apply_col(&r, 1);
    assert_int_equal(relax_solve(&r, &(lp_limits){0}), LP_OPTIMAL);
    assert_int_equal(bound_of(&r), -5);
    r.must[1] = 1; /* b must be served and cannot: there is nothing here */
    assert_true(bound_of(&r) == INT64_MAX);
    relax_end(&r);
    solving_free(it);
}

static void round_up_goes_to_the_next_step(void **state) {
    (void)state;
    const wide one = (wide)1 << RELAX_SHIFT;
    const relax r = {.step = 5};
    assert_int_equal(relax_round_up(&r, 10 * one), 10);
    assert_int_equal(relax_round_up(&r, 10 * one + 1), 15);
    assert_int_equal(relax_round_up(&r, 10 * one - 1), 10);
    assert_int_equal(relax_round_up(&r, 0), 0);
    assert_int_equal(relax_round_up(&r, -1), 0);
    assert_int_equal(relax_round_up(&r, -7 * one), -5);
    assert_int_equal(relax_round_up(&r, -5 * one), -5);
}

static void stop_flag_stops_the_relaxation(void **state) {
    (void)state;
    solving *const it = solving_text(TWO_FOR_ONE, true);
    relax r = start(it, 0);
    atomic_int stop;
    atomic_init(&stop, 1);
    assert_int_equal(relax_solve(&r, &(lp_limits){.stop = &stop}), LP_STOPPED);
    relax_end(&r);
    solving_free(it);
}

/* --- against brute force -----------------------------------------------------
 */

enum { SEEDS = 700, PLANS = 400, TRIES = 12 };

typedef struct box {
    const solving *it;
    const solving_point *points;
    int32_t n_points, objective;
} box;

/* The least value among the points that are in the boxes of `r`. */
static bool least_in(int64_t *out, const box *b, const relax *r) {
    bool any = false;
    for (int32_t k = 0; k < b->n_points; k++) {
        const int64_t *const x = b->points[k].x;
        bool inside = true;
        for (int32_t j = 0; j < r->p->cols.n && inside; j++)
            inside = x[j] <= r->upper[j];
        for (int32_t g = 0; g < r->p->groups.n && inside; g++)
            inside = !r->must[g] || b->points[k].option_of[g] != NONE;
        if (!inside)
            continue;
        const int64_t value =
            solving_value(b->it, &b->points[k].value, b->objective);
        *out = any && *out < value ? *out : value;
        any = true;
    }
    return any;
}

static void assert_bound(const box *b, relax *r, uint64_t seed,
                         const char *how) {
    int64_t least;
    const int64_t bound = bound_of(r);
    if (least_in(&least, b, r) && bound > least)
        fail_msg("seed %d, goal %d, %s: bound %d above %d", (int)seed,
                 b->objective, how, (int)bound, (int)least);
}

/* Any multipliers at all give a bound; so do the engine's, a bit off. */
static void try_multipliers(const box *b, relax *r, random_state *rng,
                            uint64_t seed) {
    for (int32_t k = 0; k < TRIES; k++) {
        for (int32_t i = 0; i < r->p->rows.n; i++)
            r->dual[i] =
                k % 2 ? r->dual[i] * 1.25 - random_range(rng, -8, 8) / 16.0
                      : random_range(rng, -900, 300) / 7.0;
        assert_bound(b, r, seed, "any multipliers");
    }
}

static void try_boxes(const box *b, relax *r, random_state *rng,
                      uint64_t seed) {
    for (int32_t k = 0; k < TRIES; k++) {
        for (int32_t j = 0; j < b->it->s.f.n_option_cols; j++) {
            r->upper[j] = random_below(rng, 4) > 0;
            relax_apply_col(r, j);
        }
        for (int32_t g = 0; g < r->p->groups.n; g++) {
            r->must[g] = random_below(rng, 5) == 0;
            relax_apply_group(r, g);
        }
        if (relax_solve(r, &(lp_limits){0}) == LP_OPTIMAL)
            assert_bound(b, r, seed, "in a box");
    }
}

static void bounds_are_never_above_brute_force(void **state) {
    (void)state;
    int32_t n_tight = 0, n_bounds = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        solving *const it = solving_tiny(seed, true);
        random_state rng;
        random_seed(&rng, seed);
        box b = {.it = it};
        if (it->all) {
            solving_point *points;
            b.n_points = solving_points(&points, it, PLANS);
            b.points = points;
            b.objective = random_below(&rng, it->s.n_objectives);
        }
        if (b.n_points > 0 && !solving_is_envy(it, b.objective)) {
            relax r = start(it, b.objective);
            int64_t least;
            if (relax_solve(&r, &(lp_limits){0}) == LP_OPTIMAL) {
                assert_bound(&b, &r, seed, "solved");
                assert_true(least_in(&least, &b, &r));
                n_tight += bound_of(&r) == least;
                n_bounds++;
            }
            try_multipliers(&b, &r, &rng, seed);
            try_boxes(&b, &r, &rng, seed);
            relax_end(&r);
        }
        solving_free(it);
    }
    assert_true(n_bounds > SEEDS / 2);
    assert_true(n_tight > n_bounds / 4); /* a bound that is no use is none */
}

/* Prices first, then the LP: the same bound as without. */
static void warm_up_changes_no_bound(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 150; seed++) {
        solving *const it = solving_tiny(seed, true);
        relax cold = start(it, 0);
        if (relax_solve(&cold, &(lp_limits){0}) == LP_OPTIMAL) {
            relax warm = start(it, 0);
            const int64_t bound = bound_of(&cold);
            assert_true(relax_warm_up(&warm, bound, 40, &(lp_limits){0}));
            assert_int_equal(relax_solve(&warm, &(lp_limits){0}), LP_OPTIMAL);
            if (bound_of(&warm) != bound)
                fail_msg("seed %d: %d warm, %d cold", (int)seed,
                         (int)bound_of(&warm), (int)bound);
            relax_end(&warm);
        }
        relax_end(&cold);
        solving_free(it);
    }
}

/* Rows appended later are minded once there is room for them. */
static void rows_appended_tighten_the_bound(void **state) {
    (void)state;
    solving *const it = solving_text(TWO_FOR_ONE, true);
    relax r = start(it, 0);
    assert_int_equal(relax_solve(&r, &(lp_limits){0}), LP_OPTIMAL);
    const program_new_row only_a = {-PROGRAM_INFINITY, 0,   1, (int32_t[]){1},
                                    (int64_t[]){1},    NULL};
    assert_true(program_append_rows(&it->s.f.program, &only_a, 1));
    assert_true(relax_grow(&r));
    assert_int_equal(relax_solve(&r, &(lp_limits){0}), LP_OPTIMAL);
    assert_int_equal(bound_of(&r), -5);
    relax_end(&r);
    solving_free(it);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bound_of_one_place_is_the_better_request),
        cmocka_unit_test(bound_without_prices_serves_everybody),
        cmocka_unit_test(bound_follows_the_box),
        cmocka_unit_test(round_up_goes_to_the_next_step),
        cmocka_unit_test(stop_flag_stops_the_relaxation),
        cmocka_unit_test(bounds_are_never_above_brute_force),
        cmocka_unit_test(warm_up_changes_no_bound),
        cmocka_unit_test(rows_appended_tighten_the_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
