// SPDX-License-Identifier: GPL-3.0-or-later
/* A set of options that staff can never allow: its row forbids the choice that
 * showed it, and no plan. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "solve/cover.h"
#include "support/solving.h"

enum { SEEDS = 1500, PLANS = 300, TRIES = 8 };

/* Any option of each request, or none. */
static int32_t draw(int32_t *cols, const solving *it, random_state *rng) {
    int32_t n = 0;
    for (int32_t r = 0; r < it->prob->n_requests; r++) {
        const int32_t first = it->s.f.first_col[r];
        const int32_t n_cols = it->s.f.first_col[r + 1] - first;
        const int32_t k = random_below(rng, n_cols + 1);
        if (k < n_cols)
            cols[n++] = first + k;
    }
    return n;
}

static void cover_forbids_the_choice_and_no_plan(void **state) {
    (void)state;
    int32_t n_rows = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        solving *const it = solving_tiny(seed, true);
        random_state rng;
        random_seed(&rng, seed);
        solving_point *points;
        const int32_t n = it->all ? solving_points(&points, it, PLANS) : 0;
        for (int32_t k = 0; n > 0 && k < TRIES; k++) {
            relax r;
            int32_t cols[ORACLE_REQUESTS];
            const int32_t before = it->s.f.program.rows.n;
            assert_true(relax_init(&r, &it->s.f.program, it->s.cost[0],
                                   it->s.engine, it->mem));
            const int32_t n_cols = draw(cols, it, &rng);
            assert_true(selection_load(&it->s.sel, cols, n_cols));
            if (cover_separate(&it->s, &r) > 0) {
                const program *const p = &it->s.f.program;
                assert_int_equal(p->rows.n, before + 1);
                for (int32_t i = 0; i < n; i++)
                    if (!solving_row_holds(p, before, points[i].x))
                        fail_msg("seed %d: a plan is forbidden", (int)seed);
                assert_true(selection_load(&it->s.sel, cols, n_cols));
                assert_false(solving_row_holds(p, before, it->s.sel.x));
                assert_true(program_keep_rows(&it->s.f.program, before));
                assert_true(search_renew(&it->s));
                n_rows++;
            }
            relax_end(&r);
        }
        solving_free(it);
    }
    assert_true(n_rows > 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cover_forbids_the_choice_and_no_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
