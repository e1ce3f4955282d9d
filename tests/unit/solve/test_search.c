// SPDX-License-Identifier: GPL-3.0-or-later
/* The best plan so far: what is kept of what is offered, what is told, and when
 * it is time to end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/random.h"
#include "support/solving.h"
#include "support/solving_texts.h"

/* One place in the morning for a (5 points) or b (3), one in the afternoon for
 * d (2): columns 0, 1, 2. Goals points, requests, tie. */
#define HALVES                                                                 \
    TEXT_PROBLEM(                                                              \
        TEXT_MONDAY, TEXT_GOALS("'points','requests'"),                        \
        TEXT_PLACE("s", "1", ""),                                              \
        TEXT_WALKER("ca", "") "," TEXT_WALKER("cb", "") "," TEXT_WALKER("cd",  \
                                                                        ""),   \
        TEXT_ASK(                                                              \
            "a", "ca", ",'points':5",                                          \
            TEXT_OPTION(                                                       \
                "o", "s", "08:00", "12:00",                                    \
                "")) "," TEXT_ASK("b", "cb", ",'points':3",                    \
                                  TEXT_OPTION(                                 \
                                      "o", "s", "08:00", "12:00",              \
                                      "")) "," TEXT_ASK("d", "cd",             \
                                                        ",'points':2",         \
                                                        TEXT_OPTION(           \
                                                            "o", "s", "13:00", \
                                                            "17:00", "")))

static void offer_keeps_the_first_and_then_the_better(void **state) {
    (void)state;
    solving *const it = solving_text(HALVES, true);
    search *const s = &it->s;
    assert_false(s->has_plan);
    assert_true(search_offer(s, (int32_t[]){1}, 1));
    assert_true(s->has_plan);
    assert_int_equal(s->value[0], -3); /* most points, minimised */
    assert_true(search_offer(s, (int32_t[]){0}, 1));
    assert_false(search_offer(s, (int32_t[]){1}, 1));
    assert_false(search_offer(s, (int32_t[]){0}, 1));
    assert_true(search_offer(s, (int32_t[]){0, 2}, 2));
    assert_int_equal(s->value[0], -7);
    assert_int_equal(s->value[1], -2);
    assert_int_equal(s->option_of[0], 0);
    assert_int_equal(s->option_of[1], NONE);
    assert_int_equal(s->option_of[2], 0);
    assert_int_equal(s->n_cols, 2);
    assert_int_equal(s->failed, CTG_OK);
    solving_free(it);
}

static void offer_refuses_what_breaks_a_rule(void **state) {
    (void)state;
    solving *const it = solving_text(HALVES, true);
    assert_false(search_offer(&it->s, (int32_t[]){0, 1}, 2));
    assert_false(it->s.has_plan);
    assert_true(search_offer(&it->s, NULL, 0));
    solving_free(it);
}

static void sign_turns_goals_to_maximise(void **state) {
    (void)state;
    solving *const it =
        solving_text(TEXT_PROBLEM(TEXT_MONDAY, TEXT_GOALS("'ranks','points'"),
                                  TEXT_PLACE("s", "1", ""), "", ""),
                     true);
    assert_int_equal(search_sign(&it->s, 0), 1);
    assert_int_equal(search_sign(&it->s, 1), -1);
    solving_free(it);
}

/* --- when to end -------------------------------------------------------------
 */

static void search_is_out_by_each_limit_alone(void **state) {
    (void)state;
    solving *const it = solving_text(HALVES, true);
    search *const s = &it->s;
    atomic_int stop;
    atomic_init(&stop, 0);
    assert_false(search_is_out(s));
    s->stop = &stop;
    assert_false(search_is_out(s));
    atomic_store(&stop, 1);
    assert_true(search_is_out(s));
    s->stop = NULL;
    it->options.work_limit = 10;
    s->work = 9;
    assert_false(search_is_out(s));
    s->work = 10;
    assert_true(search_is_out(s));
    it->options.work_limit = 0;
    s->deadline_us = clock_now_us() - 1;
    assert_true(search_is_out(s));
    s->deadline_us = clock_now_us() + 60000000;
    assert_false(search_is_out(s));
    s->failed = CTG_ERR_NOMEM;
    assert_true(search_is_out(s));
    solving_free(it);
}

static void nothing_is_kept_after_a_failure(void **state) {
    (void)state;
    solving *const it = solving_text(HALVES, true);
    it->s.failed = CTG_ERR_NOMEM;
    assert_false(search_offer(&it->s, (int32_t[]){0}, 1));
    assert_false(it->s.has_plan);
    solving_free(it);
}

/* --- what is told ------------------------------------------------------------
 */

typedef struct heard {
    int32_t n[3];
    solve_event last;
    int answer;
} heard;

static int listen(void *user, const solve_event *event) {
    heard *const to = user;
    to->n[event->kind]++;
    to->last = *event;
    return to->answer;
}

static void events_speak_in_the_goal_s_own_sense(void **state) {
    (void)state;
    solving *const it = solving_text(HALVES, true);
    heard ear = {.n = {0}};
    it->options.on_event = listen;
    it->options.user = &ear;
    search_offer(&it->s, (int32_t[]){0}, 1);
    assert_int_equal(ear.n[SOLVE_EVENT_INCUMBENT], 1);
    assert_int_equal(ear.last.value, 5);
    assert_true(ear.last.has_value);
    assert_false(ear.last.has_bound);
    assert_string_equal(ear.last.goal_name, "points");
    search_bound(&it->s, -7);
    assert_int_equal(ear.n[SOLVE_EVENT_BOUND], 1);
    assert_int_equal(ear.last.bound, 7);
    search_bound(&it->s, -8); /* weaker: nothing to tell */
    search_bound(&it->s, -7);
    assert_int_equal(ear.n[SOLVE_EVENT_BOUND], 1);
    assert_int_equal(it->s.stage_bound, -7);
    search_phase(&it->s, "goal");
    assert_int_equal(ear.n[SOLVE_EVENT_PHASE], 1);
    assert_string_equal(ear.last.text, "goal");
    solving_free(it);
}

static void an_answer_that_is_not_0_raises_the_flag(void **state) {
    (void)state;
    solving *const it = solving_text(HALVES, true);
    heard ear = {.answer = 3};
    atomic_int stop;
    atomic_init(&stop, 0);
    it->options.on_event = listen;
    it->options.user = &ear;
    it->s.stop = &stop;
    search_phase(&it->s, "goal");
    assert_int_equal(atomic_load(&stop), 1);
    assert_true(search_is_out(&it->s));
    solving_free(it);
}

/* --- against brute force -----------------------------------------------------
 */

enum { SEEDS = 400, OFFERS = 60 };

/* Negative when a is better, goal after goal. */
static int compare_values(const solving *it, const oracle_value *a,
                          const oracle_value *b) {
    for (int32_t k = 0; k < it->s.n_objectives; k++) {
        const int64_t x = solving_value(it, a, k), y = solving_value(it, b, k);
        if (x != y)
            return x < y ? -1 : 1;
    }
    return 0;
}

static void offer_random_plans(solving *it, uint64_t seed) {
    random_state rng;
    oracle_value best = {.accepted = false}, value;
    int32_t option_of[ORACLE_REQUESTS], cols[ORACLE_REQUESTS];
    random_seed(&rng, seed);
    for (int32_t k = 0; k < OFFERS; k++) {
        const int64_t n_plans = oracle_n_plans(it->all);
        oracle_plan(option_of, it->all, random_below(&rng, (int32_t)n_plans));
        oracle_value_of(&value, it->all, option_of);
        const int32_t n = solving_cols(cols, it, option_of);
        if (n < 0)
            continue;
        const bool better =
            value.accepted &&
            (!best.accepted || compare_values(it, &value, &best) < 0);
        if (search_offer(&it->s, cols, n) != better)
            fail_msg("seed %d, offer %d is %s", (int)seed, k,
                     better ? "better" : "not better");
        if (better)
            best = value;
        for (int32_t i = 0; best.accepted && i < it->s.n_objectives; i++)
            assert_int_equal(it->s.value[i], solving_value(it, &best, i));
    }
    assert_int_equal(it->s.failed, CTG_OK);
}

/* What is kept is the best of what was offered, the policy included. */
static void offers_are_compared_as_brute_force_compares(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        solving *const it = solving_tiny(seed, true);
        if (it->all)
            offer_random_plans(it, seed);
        solving_free(it);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offer_keeps_the_first_and_then_the_better),
        cmocka_unit_test(offer_refuses_what_breaks_a_rule),
        cmocka_unit_test(sign_turns_goals_to_maximise),
        cmocka_unit_test(search_is_out_by_each_limit_alone),
        cmocka_unit_test(nothing_is_kept_after_a_failure),
        cmocka_unit_test(events_speak_in_the_goal_s_own_sense),
        cmocka_unit_test(an_answer_that_is_not_0_raises_the_flag),
        cmocka_unit_test(offers_are_compared_as_brute_force_compares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
