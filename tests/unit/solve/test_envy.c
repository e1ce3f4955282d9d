// SPDX-License-Identifier: GPL-3.0-or-later
/* Rows against justified envy: a plan with an unpaid pair breaks one of its
 * rows, and no plan that pays for its pairs breaks any. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "solve/envy.h"
#include "support/solving.h"
#include "support/solving_texts.h"

enum { SEEDS = 3000, PLANS = 300 };

/* Pays for the pairs that the judge finds; brute force finds as many. */
static void pay_pairs(solving *it, solving_point *at) {
    verdict v;
    plan one = {.option_of = at->option_of};
    assert_int_equal(check_plan(&v, it->prob, &one, CHECK_RULES, it->mem, NULL),
                     CTG_OK);
    for (int32_t k = 0; k < v.n_envy; k++)
        at->x[it->s.f.envy_first + v.envy[k].request * it->prob->n_requests +
              v.envy[k].envies] = 1;
    assert_int_equal(v.n_envy, at->value.goal[GOAL_ENVY]);
}

/* The options of a point, loaded; nothing is paid yet. */
static void load_point(solving *it, const solving_point *at) {
    int32_t cols[ORACLE_REQUESTS], n = 0;
    for (int32_t j = 0; j < it->s.f.n_option_cols; j++)
        if (at->x[j])
            cols[n++] = j;
    assert_true(selection_load(&it->s.sel, cols, n));
}

/* A reward that stays raised may hide a swap: rows are promised without. */
static bool is_complete(const solving *it) {
    int64_t weight;
    return objective_of(it->prob, GOAL_SIBLINGS, &weight) < 0;
}

static void separate(solving *it, const solving_point *points, int32_t n,
                     int32_t at, uint64_t seed) {
    relax r;
    const int32_t before = it->s.f.program.rows.n;
    assert_true(
        relax_init(&r, &it->s.f.program, it->s.cost[0], it->s.engine, it->mem));
    load_point(it, &points[at]);
    const int32_t made = envy_separate(&it->s, &r);
    const program *const p = &it->s.f.program;
    assert_int_equal(p->rows.n, before + made);
    if (is_complete(it) && made < points[at].value.goal[GOAL_ENVY])
        fail_msg("seed %d: %d rows for %d pairs", (int)seed, made,
                 (int)points[at].value.goal[GOAL_ENVY]);
    load_point(it, &points[at]);
    bool broken = points[at].value.goal[GOAL_ENVY] == 0 || !is_complete(it);
    for (int32_t i = before; i < p->rows.n; i++) {
        broken |= !solving_row_holds(p, i, it->s.sel.x);
        for (int32_t k = 0; k < n; k++)
            if (!solving_row_holds(p, i, points[k].x))
                fail_msg("seed %d: a row made for plan %d breaks plan %d",
                         (int)seed, at, k);
    }
    if (!broken)
        fail_msg("seed %d: plan %d breaks none of its rows", (int)seed, at);
    relax_end(&r);
    assert_true(program_keep_rows(&it->s.f.program, before));
    assert_true(search_renew(&it->s));
}

static void envy_rows_hold_for_every_plan(void **state) {
    (void)state;
    int32_t n_cases = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        solving *const it = solving_tiny(seed, true);
        if (it->all && it->s.f.envy_first >= 0) {
            solving_point *points;
            const int32_t n = solving_points(&points, it, PLANS);
            for (int32_t k = 0; k < n; k++)
                pay_pairs(it, &points[k]);
            for (int32_t k = 0; k < n; k++)
                if (points[k].value.goal[GOAL_ENVY] > 0 || k % 16 == 0)
                    separate(it, points, n, k, seed);
            n_cases++;
        }
        solving_free(it);
    }
    assert_true(n_cases > 50);
}

/* One place; b has it with 3 points, a waits with 5. */
static void a_pair_in_sight_makes_a_row(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(
            TEXT_MONDAY, "'policy':'by_points',", TEXT_PLACE("s", "1", ""),
            TEXT_WALKER("ca", "") "," TEXT_WALKER("cb", ""),
            TEXT_ASK("a", "ca", ",'points':5",
                     TEXT_OPTION("o", "s", "08:00", "12:00",
                                 "")) "," TEXT_ASK("b", "cb", ",'points':3",
                                                   TEXT_OPTION("o", "s",
                                                               "08:00", "12:00",
                                                               ""))),
        true);
    relax r;
    assert_true(
        relax_init(&r, &it->s.f.program, it->s.cost[0], it->s.engine, it->mem));
    const int32_t before = it->s.f.program.rows.n;
    assert_true(selection_load(&it->s.sel, (int32_t[]){1}, 1));
    assert_int_equal(envy_separate(&it->s, &r), 1);
    /* - a + b - e[a, b] <= 0 */
    const int32_t e = it->s.f.envy_first + 1;
    int64_t *const x = ARENA_NEW(it->mem, int64_t, it->s.f.program.cols.n);
    x[1] = 1;
    assert_false(solving_row_holds(&it->s.f.program, before, x));
    x[e] = 1;
    assert_true(solving_row_holds(&it->s.f.program, before, x));
    x[e] = 0;
    x[0] = 1;
    assert_true(solving_row_holds(&it->s.f.program, before, x));
    relax_end(&r);
    solving_free(it);
}

static void no_pair_makes_no_row(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(TEXT_MONDAY, "'policy':'by_points',",
                     TEXT_PLACE("s", "1", ""), TEXT_WALKER("ca", ""),
                     TEXT_ASK("a", "ca", ",'points':5",
                              TEXT_OPTION("o", "s", "08:00", "12:00", ""))),
        true);
    relax r;
    assert_true(
        relax_init(&r, &it->s.f.program, it->s.cost[0], it->s.engine, it->mem));
    assert_true(selection_load(&it->s.sel, NULL, 0));
    assert_int_equal(envy_separate(&it->s, &r), 0);
    relax_end(&r);
    solving_free(it);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(envy_rows_hold_for_every_plan),
        cmocka_unit_test(a_pair_in_sight_makes_a_row),
        cmocka_unit_test(no_pair_makes_no_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
