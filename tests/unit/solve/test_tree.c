// SPDX-License-Identifier: GPL-3.0-or-later
/* Branch and bound: what it calls proven is the optimum of brute force, and
 * what it is stopped at is no lie. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/solving.h"

enum { SEEDS = 600, MOST_PLANS = 20000 };

static relax start(solving *it) {
    relax r;
    assert_true(
        relax_init(&r, &it->s.f.program, it->s.cost[0], it->s.engine, it->mem));
    return r;
}

static bool is_case(const solving *it) {
    return it->all && oracle_n_plans(it->all) <= MOST_PLANS;
}

static void assert_optimal(solving *it, uint64_t seed) {
    int64_t least;
    const bool any = solving_least(&least, it, 0);
    if (any != it->s.has_plan)
        fail_msg("seed %d: %s", (int)seed, any ? "no plan" : "a plan");
    if (any && it->s.value[0] != least)
        fail_msg("seed %d: %d, not %d", (int)seed, (int)it->s.value[0],
                 (int)least);
}

/* From nothing, without a plan to begin with. */
static void a_proven_tree_has_the_optimum(void **state) {
    (void)state;
    int32_t n_proven = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        solving *const it = solving_tiny(seed, true);
        if (is_case(it)) {
            relax r = start(it);
            if (tree_search(&it->s, &r, INT64_MAX, 0) == TREE_PROVEN) {
                assert_optimal(it, seed);
                n_proven++;
            }
            assert_int_equal(it->s.failed, CTG_OK);
            relax_end(&r);
        }
        solving_free(it);
    }
    assert_true(n_proven > SEEDS * 9 / 10);
}

/* A bound told on the way is never above the optimum, after few nodes too. */
static void a_tree_cut_short_tells_true_bounds(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        solving *const it = solving_tiny(seed, true);
        if (is_case(it)) {
            relax r = start(it);
            int64_t least;
            const tree_result result =
                tree_search(&it->s, &r, 1 + (int64_t)(seed % 7), 0);
            const bool any = solving_least(&least, it, 0);
            if (any && it->s.has_stage_bound && it->s.stage_bound > least)
                fail_msg("seed %d: bound %d above %d", (int)seed,
                         (int)it->s.stage_bound, (int)least);
            if (any && result == TREE_PROVEN)
                assert_int_equal(it->s.value[0], least);
            relax_end(&r);
        }
        solving_free(it);
    }
}

/* The boxes are as before, whatever happened inside. */
static void a_tree_leaves_the_boxes_alone(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        solving *const it = solving_tiny(seed, true);
        relax r = start(it);
        const program *const p = &it->s.f.program;
        if (it->s.f.n_option_cols > 0)
            r.upper[0] = 0;
        tree_search(&it->s, &r, 20, 0);
        for (int32_t j = 0; j < p->cols.n; j++) {
            const bool mine = j == 0 && it->s.f.n_option_cols > 0;
            assert_int_equal(r.lower[j], p->cols.at[j].lower);
            assert_true(r.upper[j] == (mine ? 0 : p->cols.at[j].upper));
        }
        for (int32_t g = 0; g < p->groups.n; g++)
            assert_int_equal(r.must[g], 0);
        relax_end(&r);
        solving_free(it);
    }
}

static void a_tree_that_is_out_proves_nothing(void **state) {
    (void)state;
    solving *const it = solving_tiny(1, true);
    relax r = start(it);
    it->options.work_limit = 1;
    it->s.work = 1;
    assert_int_equal(tree_search(&it->s, &r, INT64_MAX, 0), TREE_STOPPED);
    assert_false(it->s.has_plan);
    relax_end(&r);
    solving_free(it);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_proven_tree_has_the_optimum),
        cmocka_unit_test(a_tree_cut_short_tells_true_bounds),
        cmocka_unit_test(a_tree_leaves_the_boxes_alone),
        cmocka_unit_test(a_tree_that_is_out_proves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
