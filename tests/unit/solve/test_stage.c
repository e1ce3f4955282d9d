// SPDX-License-Identifier: GPL-3.0-or-later
/* One goal from its relaxation to its proof: proven is the optimum, and what a
 * limit leaves is a true bound. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "solve/stage.h"
#include "support/solving.h"

enum { SEEDS = 400, MOST_PLANS = 20000 };

/* A search with its first plan; NULL when the seed is no case. */
static solving *begin(uint64_t seed) {
    solving *const it = solving_tiny(seed, true);
    construct_first(&it->s);
    if (it->s.has_plan && it->all && oracle_n_plans(it->all) <= MOST_PLANS)
        return it;
    solving_free(it);
    return NULL;
}

static void a_stage_without_limits_is_proven(void **state) {
    (void)state;
    int32_t n_proven = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        solving *const it = begin(seed);
        if (!it)
            continue;
        int64_t least;
        const int32_t n_rows = it->s.f.program.rows.n;
        const stage_end end = stage_run(&it->s, 0);
        assert_true(solving_least(&least, it, 0));
        assert_int_equal(it->s.failed, CTG_OK);
        if (!end.proven || end.bound != least || it->s.value[0] != least)
            fail_msg("seed %d: value %d, bound %d, the best is %d", (int)seed,
                     (int)it->s.value[0], (int)end.bound, (int)least);
        assert_int_equal(it->s.f.program.rows.n, n_rows);
        n_proven++;
        solving_free(it);
    }
    assert_true(n_proven > SEEDS / 2);
}

static void a_stage_that_is_stopped_has_a_true_bound(void **state) {
    (void)state;
    int32_t n_open = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        solving *const it = begin(seed);
        if (!it)
            continue;
        int64_t least;
        it->options.work_limit = it->s.work + 1 + seed % 40;
        const stage_end end = stage_run(&it->s, 0);
        assert_true(solving_least(&least, it, 0));
        if (end.has_bound && end.bound > least)
            fail_msg("seed %d: bound %d above %d", (int)seed, (int)end.bound,
                     (int)least);
        if (end.proven)
            assert_int_equal(it->s.value[0], least);
        n_open += !end.proven;
        solving_free(it);
    }
    assert_true(n_open > 20);
}

/* Within the gap asked, and no more is claimed. */
static void a_stage_ends_within_the_gap(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        solving *const it = begin(seed);
        if (!it)
            continue;
        int64_t least;
        const stage_end end = stage_run(&it->s, 0.25);
        assert_true(solving_least(&least, it, 0));
        assert_true(end.has_bound && end.bound <= least);
        const double value = (double)it->s.value[0];
        const double size = value < 0 ? -value : value;
        assert_true(value - (double)end.bound <=
                    0.25 * (size > 1 ? size : 1) + 1e-9);
        solving_free(it);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stage_without_limits_is_proven),
        cmocka_unit_test(a_stage_that_is_stopped_has_a_true_bound),
        cmocka_unit_test(a_stage_ends_within_the_gap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
