// SPDX-License-Identifier: GPL-3.0-or-later
/* Valuing every plan: the same best as brute force, and honest when it cannot
 * see all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/solving.h"
#include "support/solving_texts.h"
#include "support/tiny.h"

/* Two requests with one option each: 4 plans. */
#define FOUR                                                                   \
    TEXT_PROBLEM(                                                              \
        TEXT_MONDAY, TEXT_GOALS("'points'"), TEXT_PLACE("s", "1", ""),         \
        TEXT_WALKER("ca", "") "," TEXT_WALKER("cb", ""),                       \
        TEXT_ASK("a", "ca", ",'points':5",                                     \
                 TEXT_OPTION("o", "s", "08:00", "12:00",                       \
                             "")) "," TEXT_ASK("b", "cb", ",'points':6",       \
                                               TEXT_OPTION("o", "s", "08:00",  \
                                                           "12:00", "")))

static void enumerate_sees_all_when_they_are_few(void **state) {
    (void)state;
    solving *const it = solving_text(FOUR, true);
    assert_true(enumerate_all(&it->s, 4));
    assert_int_equal(it->s.value[0], -6);
    solving_free(it);
}

static void enumerate_does_nothing_when_there_are_more(void **state) {
    (void)state;
    solving *const it = solving_text(FOUR, true);
    assert_false(enumerate_all(&it->s, 3));
    assert_false(it->s.has_plan);
    assert_int_equal(it->s.work, 0);
    solving_free(it);
}

static void enumerate_that_is_stopped_has_not_seen_all(void **state) {
    (void)state;
    solving *const it = solving_text(FOUR, true);
    it->options.work_limit = 1;
    assert_false(enumerate_all(&it->s, 4));
    solving_free(it);
}

/* Memory that ends in the middle means that not all plans were valued. */
static void enumerate_without_memory_has_not_seen_all(void **state) {
    (void)state;
    solving *const it = solving_text(FOUR, true);
    arena *const own = it->s.scratch;
    it->s.scratch = arena_create(NULL, 1);
    if (!it->s.scratch)
        it->s.scratch = arena_create(NULL, 200);
    assert_non_null(it->s.scratch);
    assert_false(enumerate_all(&it->s, 4));
    arena_destroy(it->s.scratch);
    it->s.scratch = own;
    solving_free(it);
}

enum { SEEDS = 500, MOST = 3000 };

static void enumerate_finds_the_best_of_brute_force(void **state) {
    (void)state;
    int32_t n_none = 0, n_all = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        solving *const it = solving_tiny(seed, true);
        oracle_result best;
        if (it->all && oracle_n_plans(it->all) <= MOST &&
            oracle_best(&best, it->all, false, it->mem)) {
            assert_true(enumerate_all(&it->s, MOST));
            assert_int_equal(it->s.failed, CTG_OK);
            if (it->s.has_plan != best.feasible)
                fail_msg("seed %d: %s", (int)seed,
                         best.feasible ? "no plan" : "a plan");
            n_all++;
            n_none += !best.feasible;
            for (int32_t k = 0; best.feasible && k < best.n; k++)
                if (search_sign(&it->s, k) * it->s.value[k] != best.value[k])
                    fail_msg("seed %d, goal %d: %d, not %d", (int)seed, k,
                             (int)(search_sign(&it->s, k) * it->s.value[k]),
                             (int)best.value[k]);
        }
        solving_free(it);
    }
    assert_true(n_all > SEEDS / 2);
    assert_true(n_none > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(enumerate_sees_all_when_they_are_few),
        cmocka_unit_test(enumerate_does_nothing_when_there_are_more),
        cmocka_unit_test(enumerate_that_is_stopped_has_not_seen_all),
        cmocka_unit_test(enumerate_without_memory_has_not_seen_all),
        cmocka_unit_test(enumerate_finds_the_best_of_brute_force),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
