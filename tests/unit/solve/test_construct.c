// SPDX-License-Identifier: GPL-3.0-or-later
/* Plans without a tree: first plans, plans from LP points, ejections and
 * neighbourhoods. Each keeps every rule by brute force's reading, and the best
 * plan never gets worse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/solving.h"
#include "support/solving_texts.h"

enum { SEEDS = 500 };

/* What is kept is a plan that brute force accepts, with its values. */
static void assert_kept(solving *it, uint64_t seed) {
    oracle_value value;
    assert_int_equal(it->s.failed, CTG_OK);
    if (!it->s.has_plan || !it->all)
        return;
    oracle_value_of(&value, it->all, it->s.option_of);
    if (!value.accepted)
        fail_msg("seed %d: rules %x are broken", (int)seed,
                 (unsigned)value.broken);
    for (int32_t k = 0; k < it->s.n_objectives; k++)
        assert_int_equal(it->s.value[k], solving_value(it, &value, k));
}

static void first_plan_keeps_the_rules(void **state) {
    (void)state;
    int32_t n_plans = 0, n_served = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        solving *const it = solving_tiny(seed, true);
        construct_first(&it->s);
        assert_kept(it, seed);
        n_plans += it->s.has_plan;
        n_served += it->s.n_cols;
        solving_free(it);
    }
    assert_true(n_plans > SEEDS * 8 / 10);
    assert_true(n_served > SEEDS);
}

/* Nothing is in anybody's way: the first plan serves all, each at its best. */
static void first_plan_of_an_empty_house_serves_everybody(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(
            TEXT_MONDAY, TEXT_GOALS("'points','satisfaction'"),
            TEXT_PLACE("s", "9", ""),
            TEXT_WALKER("ca", "") "," TEXT_WALKER("cb", ""),
            TEXT_ASK(
                "a", "ca", ",'points':1",
                TEXT_OPTION("o", "s", "08:00", "12:00", "") "," TEXT_OPTION(
                    "p", "s", "13:00", "17:00",
                    "")) "," TEXT_ASK("b", "cb", ",'points':1",
                                      TEXT_OPTION("o", "s", "08:00", "12:00", ",'satisfaction':1") "," TEXT_OPTION(
                                          "p", "s", "13:00", "17:00",
                                          ",'satisfaction':2"))),
        true);
    construct_first(&it->s);
    assert_int_equal(it->s.option_of[0], 0);
    assert_int_equal(it->s.option_of[1], 1);
    solving_free(it);
}

/* --- better plans ------------------------------------------------------------
 */

typedef bool improve(solving *it, int32_t round);

static bool by_relaxation(solving *it, int32_t round) {
    relax r;
    (void)round;
    const int64_t before = it->s.has_plan ? it->s.value[0] : INT64_MAX;
    assert_true(
        relax_init(&r, &it->s.f.program, it->s.cost[0], it->s.engine, it->mem));
    if (relax_solve(&r, &(lp_limits){0}) == LP_OPTIMAL)
        construct_from_relaxation(&it->s, &r);
    relax_end(&r);
    return it->s.has_plan && it->s.value[0] < before;
}

static bool by_ejections(solving *it, int32_t round) {
    (void)round;
    return eject_improve(&it->s, 2000);
}

static bool by_neighbourhood(solving *it, int32_t round) {
    relax r;
    assert_true(
        relax_init(&r, &it->s.f.program, it->s.cost[0], it->s.engine, it->mem));
    bool better = false;
    if (relax_solve(&r, &(lp_limits){0}) == LP_OPTIMAL)
        better = neighbour_round(&it->s, &r, round);
    relax_end(&r);
    return better;
}

/* Begins with nobody served, as far as the rules allow; counts the rounds that
 * made the first goal better. */
static int32_t improve_from_nothing(improve *step, int32_t rounds) {
    int32_t n_better = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        solving *const it = solving_tiny(seed, true);
        search_offer(&it->s, NULL, 0);
        for (int32_t round = 0; it->s.has_plan && round < rounds; round++) {
            const int64_t before = it->s.value[0];
            n_better += step(it, round);
            assert_kept(it, seed);
            if (it->s.value[0] > before)
                fail_msg("seed %d: worse, %d after %d", (int)seed,
                         (int)it->s.value[0], (int)before);
        }
        solving_free(it);
    }
    return n_better;
}

static void plans_from_lp_points_keep_the_rules(void **state) {
    (void)state;
    assert_true(improve_from_nothing(by_relaxation, 1) > SEEDS / 4);
}

static void ejections_keep_the_rules(void **state) {
    (void)state;
    assert_true(improve_from_nothing(by_ejections, 1) > SEEDS / 4);
}

static void neighbourhoods_keep_the_rules(void **state) {
    (void)state;
    improve_from_nothing(by_neighbourhood, 3);
}

/* a (5 points) has the place, b (9) wants it and a can go elsewhere: taking
 * nothing from anybody, 14 points. */
static void ejection_moves_one_to_make_room_for_another(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(
            TEXT_MONDAY, TEXT_GOALS("'points'"),
            TEXT_PLACE("s", "1", "") "," TEXT_PLACE("t", "1", ""),
            TEXT_WALKER("ca", "") "," TEXT_WALKER("cb", ""),
            TEXT_ASK(
                "a", "ca", ",'points':5",
                TEXT_OPTION("o", "s", "08:00", "12:00", "") "," TEXT_OPTION(
                    "p", "t", "08:00", "12:00",
                    "")) "," TEXT_ASK("b", "cb", ",'points':9",
                                      TEXT_OPTION("o", "s", "08:00", "12:00",
                                                  ""))),
        true);
    assert_true(search_offer(&it->s, (int32_t[]){0}, 1));
    assert_true(eject_improve(&it->s, 1000));
    assert_int_equal(it->s.value[0], -14);
    assert_int_equal(it->s.option_of[0], 1);
    assert_false(eject_improve(&it->s, 1000));
    solving_free(it);
}

static void ejection_without_a_plan_does_nothing(void **state) {
    (void)state;
    solving *const it = solving_tiny(1, true);
    assert_false(eject_improve(&it->s, 1000));
    assert_false(it->s.has_plan);
    solving_free(it);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_plan_keeps_the_rules),
        cmocka_unit_test(first_plan_of_an_empty_house_serves_everybody),
        cmocka_unit_test(plans_from_lp_points_keep_the_rules),
        cmocka_unit_test(ejections_keep_the_rules),
        cmocka_unit_test(neighbourhoods_keep_the_rules),
        cmocka_unit_test(ejection_moves_one_to_make_room_for_another),
        cmocka_unit_test(ejection_without_a_plan_does_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
