// SPDX-License-Identifier: GPL-3.0-or-later
/* The method behind its door: what it says of a problem is what brute force
 * says, contradictions are named and no more, a base is the floor. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "solve/solve.h"
#include "support/case.h"
#include "support/oracle.h"
#include "support/solving_texts.h"
#include "support/tiny.h"

typedef struct desk {
    arena *mem;
    problem *prob;
    solve_result found;
} desk;

static desk solve_text(const char *text, const solve_options *options) {
    ctg_error err = CTG_ERROR_INIT;
    desk d = {.mem = arena_create(NULL, 0)};
    d.prob = case_problem(d.mem, text);
    if (solve_plan(&d.found, d.prob, options, d.mem, &err) != CTG_OK)
        fail_msg("%s: %s", err.code, err.message);
    return d;
}

static void forget(desk *d) {
    problem_free(d->prob);
    arena_destroy(d->mem);
}

static const solve_options plain = {.threads = 1};

#define ASK(id, points, begin)                                                 \
    TEXT_ASK(id, "c" id, ",'points':" points,                                  \
             TEXT_OPTION("o", "s", begin, "12:00", ""))
#define THREE(more)                                                            \
    TEXT_PROBLEM(TEXT_MONDAY, more, TEXT_PLACE("s", "1", ""),                  \
                 TEXT_WALKER("ca", "") "," TEXT_WALKER(                        \
                     "cb", "") "," TEXT_WALKER("cd", ""),                      \
                 ASK("a", "5", "08:00") "," ASK("b", "3", "09:00") "," ASK(    \
                     "d", "2", "10:00"))

static void solve_serves_the_one_with_most_points(void **state) {
    (void)state;
    desk d = solve_text(THREE(TEXT_GOALS("'points'")), &plain);
    assert_int_equal(d.found.outcome, SOLVE_OPTIMAL);
    assert_int_equal(d.found.plan->option_of[0], 0);
    assert_int_equal(d.found.plan->option_of[1], NONE);
    assert_int_equal(d.found.plan->goals[0].value, 5);
    assert_true(d.found.plan->goals[0].proven);
    assert_int_equal(d.found.plan->stop, STOP_OPTIMAL);
    assert_int_equal(d.found.plan->n_waiting, 2);
    assert_true(d.found.verdict->accepted);
    forget(&d);
}

#define PIN(request) "{'request':'" request "','option':'o'}"

/* a and b cannot both have the place; the pin of d to waiting is no part of
 * it. */
static void contradicting_pins_are_named_and_no_others(void **state) {
    (void)state;
    desk d = solve_text(THREE("'pins':[" PIN("a") "," PIN(
                            "b") ",{'request':'d','waiting':true}],"),
                        &plain);
    assert_int_equal(d.found.outcome, SOLVE_INFEASIBLE);
    assert_null(d.found.plan);
    assert_int_equal(d.found.n_conflicts, 2);
    assert_non_null(strstr(d.found.conflicts[0], "\"a\""));
    assert_non_null(strstr(d.found.conflicts[1], "\"b\""));
    forget(&d);
}

/* Each two of the three contradict each other: two are enough to say why. */
static void a_least_set_of_pins_is_named(void **state) {
    (void)state;
    desk d = solve_text(
        THREE("'pins':[" PIN("a") "," PIN("b") "," PIN("d") "],"), &plain);
    assert_int_equal(d.found.outcome, SOLVE_INFEASIBLE);
    assert_int_equal(d.found.n_conflicts, 2);
    forget(&d);
}

/* The base serves b and is optimal for nothing; with no work to do at all it
 * comes back, or something better. */
static void a_base_is_the_floor(void **state) {
    (void)state;
    const int32_t base[] = {NONE, 0, NONE};
    const solve_options little = {.threads = 1, .base = base, .work_limit = 1};
    desk d = solve_text(THREE(TEXT_GOALS("'points'")), &little);
    assert_true(d.found.plan->goals[0].value >= 3);
    forget(&d);
}

static void a_flag_that_is_up_still_gives_the_first_plan(void **state) {
    (void)state;
    atomic_int stop;
    atomic_init(&stop, 1);
    const int32_t base[] = {NONE, 0, NONE};
    const solve_options stopped = {.threads = 1, .base = base, .stop = &stop};
    desk d = solve_text(THREE(TEXT_GOALS("'points'")), &stopped);
    assert_int_equal(d.found.outcome, SOLVE_FEASIBLE);
    assert_int_equal(d.found.plan->stop, STOP_INTERRUPTED);
    assert_true(d.found.plan->goals[0].value >= 3);
    forget(&d);
}

static void a_problem_without_requests_is_solved(void **state) {
    (void)state;
    desk d = solve_text(
        TEXT_PROBLEM(TEXT_MONDAY, "", TEXT_PLACE("s", "1", ""), "", ""),
        &plain);
    assert_int_equal(d.found.outcome, SOLVE_OPTIMAL);
    assert_int_equal(d.found.plan->n_waiting, 0);
    assert_int_equal(d.found.plan->goals[0].value, 0);
    forget(&d);
}

/* --- against brute force, with gaps and bases --------------------------------
 */

enum { SEEDS = 400 };

static bool draw_base(int32_t *option_of, oracle *all, random_state *rng) {
    for (int32_t tries = 0; tries < 200; tries++) {
        oracle_value value;
        oracle_plan(option_of, all,
                    random_below(rng, (int32_t)oracle_n_plans(all)));
        oracle_value_of(&value, all, option_of);
        if (value.accepted)
            return true;
    }
    return false;
}

static int compare(oracle *all, const int32_t *a, const int32_t *b) {
    oracle_value x, y;
    oracle_value_of(&x, all, a);
    oracle_value_of(&y, all, b);
    assert_true(x.accepted);
    for (int32_t k = 0; k < oracle_n_asked(all); k++) {
        const int64_t more =
            oracle_asked(all, &x, k) - oracle_asked(all, &y, k);
        if (more != 0)
            return more * oracle_sense(all, k) > 0 ? 1 : -1;
    }
    return 0;
}

/* Each goal: proven says that the bound is the value. */
static void assert_proofs(const plan *p) {
    for (int32_t k = 0; k < p->n_goals; k++)
        assert_int_equal(p->goals[k].proven,
                         p->goals[k].has_bound &&
                             p->goals[k].bound == p->goals[k].value);
}

static void a_base_and_a_gap_are_kept_on_drawn_problems(void **state) {
    (void)state;
    int32_t n_bases = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        random_state rng;
        random_seed(&rng, seed);
        arena *const mem = arena_create(NULL, 0);
        problem *const prob = case_problem(mem, tiny_problem(seed, mem));
        oracle *const all = oracle_open(prob, false, mem);
        int32_t base[ORACLE_REQUESTS];
        if (all && draw_base(base, all, &rng)) {
            const solve_options options = {
                .threads = 1,
                .base = base,
                .gap = random_below(&rng, 2) ? 0.3 : 0,
                .work_limit = (uint64_t)random_range(&rng, 1, 300)};
            solve_result found;
            assert_int_equal(solve_plan(&found, prob, &options, mem, NULL),
                             CTG_OK);
            if (compare(all, found.plan->option_of, base) < 0)
                fail_msg("seed %d: worse than its base", (int)seed);
            assert_proofs(found.plan);
            n_bases++;
        }
        problem_free(prob);
        arena_destroy(mem);
    }
    assert_true(n_bases > SEEDS / 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solve_serves_the_one_with_most_points),
        cmocka_unit_test(contradicting_pins_are_named_and_no_others),
        cmocka_unit_test(a_least_set_of_pins_is_named),
        cmocka_unit_test(a_base_is_the_floor),
        cmocka_unit_test(a_flag_that_is_up_still_gives_the_first_plan),
        cmocka_unit_test(a_problem_without_requests_is_solved),
        cmocka_unit_test(a_base_and_a_gap_are_kept_on_drawn_problems),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
