// SPDX-License-Identifier: GPL-3.0-or-later
/* A solve that ends early, at every point where it can: interrupted at each
 * event and at random moments, at each unit of work, for want of memory. The
 * answer is the best plan that was judged, never worse than the base, and what
 * it claims is true by brute force. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "base/text.h"
#include "base/thread.h"
#include "faults/town.h"

static const char *const themes[] = {
    "envy", "weighted", "mix",    "held staff", "siblings together",
    "pins", "anything", "places", "ratio fill", "guaranteed",
};
enum { N_THEMES = sizeof themes / sizeof themes[0] };

static bool is_long(void) {
    const char *const asked = getenv("CTG_LONG");
    return asked && strcmp(asked, "1") == 0;
}

/* --- one solve --------------------------------------------------------------
 */

/* Who listens: counts events, remembers the best that was told, and stops at
 * the `stops_at`-th (0: never), by its answer or by an interrupt. */
typedef struct listener {
    ctg_solver *solver;
    int32_t stops_at, n_events;
    bool interrupts;
    bool knows_a_plan;
    int32_t goal; /* of the last value told */
    int64_t value;
} listener;

static int listen(void *user, const ctg_event *event) {
    listener *const to = user;
    to->n_events++;
    if (event->has_value) {
        to->knows_a_plan = true;
        to->goal = event->goal;
        to->value = event->value;
    }
    if (to->n_events != to->stops_at)
        return 0;
    if (to->interrupts)
        ctg_solver_interrupt(to->solver);
    return !to->interrupts;
}

typedef struct answer {
    ctg_solver *solver;
    ctg_solution *plan;
    ctg_result result;
    ctg_text text; /* of the plan, as stated */
} answer;

static answer solve(const town *it, const ctg_options *options,
                    const ctg_solution *base, ctg_solver *solver) {
    answer a = {.solver = solver};
    ctg_error err = CTG_ERROR_INIT;
    assert_int_equal(ctg_solver_configure(solver, options, &err), CTG_OK);
    if (ctg_solver_solve(solver, &a.plan, &a.result, it->problem, base, &err) !=
        CTG_OK)
        fail_msg("%s: %s %s", it->name, err.code, err.message);
    if (a.plan)
        assert_int_equal(
            ctg_solution_write(&a.text, a.plan, CTG_WRITE_STATED, NULL),
            CTG_OK);
    return a;
}

static void forget(answer *a) {
    ctg_text_free(&a->text);
    ctg_solution_free(a->plan);
    ctg_solver_free(a->solver);
}

static ctg_solver *new_solver(void) {
    ctg_solver *made = NULL;
    assert_int_equal(ctg_solver_create(&made, NULL, NULL), CTG_OK);
    return made;
}

static ctg_options defaults(void) {
    ctg_options options;
    assert_int_equal(ctg_options_init(&options, sizeof options), CTG_OK);
    return options;
}

/* What may be said after `stop`, and that it is true. */
static void assert_true_answer(const town *it, const answer *a, ctg_stop stop,
                               const ctg_solution *base) {
    char why[TOWN_WHY] = "";
    ctg_solution_info info;
    if (!a->plan) {
        assert_null(base);
        if (a->result.verdict == CTG_VERDICT_INFEASIBLE)
            assert_false(it->best.feasible);
        else {
            assert_int_equal(a->result.verdict, CTG_VERDICT_UNKNOWN);
            assert_int_equal(a->result.stop, stop);
        }
        return;
    }
    if (!town_is_true(it, a->plan, why))
        fail_msg("%s: %s", it->name, why);
    if (a->result.verdict == CTG_VERDICT_OPTIMAL)
        assert_int_equal(a->result.stop, CTG_STOP_OPTIMAL);
    else {
        assert_int_equal(a->result.verdict, CTG_VERDICT_FEASIBLE);
        assert_int_equal(a->result.stop, stop);
    }
    assert_int_equal(ctg_solution_about(&info, a->plan), CTG_OK);
    assert_string_equal(info.stop, ctg_stop_text((ctg_stop)a->result.stop));
    if (base && town_compare(it, a->plan, base) > 0)
        fail_msg("%s: worse than the base", it->name);
}

/* The plan is as good as the best that was told, or better. */
static void assert_as_told(const town *it, const answer *a,
                           const listener *ear) {
    ctg_goal goal;
    if (!ear->knows_a_plan)
        return;
    assert_non_null(a->plan);
    assert_int_equal(ctg_solution_goal(&goal, a->plan, ear->goal), 1);
    const int64_t more =
        (goal.value - ear->value) * (strcmp(goal.sense, "max") == 0 ? 1 : -1);
    if (more < 0)
        fail_msg("%s: goal %s was told %d, the answer has %d", it->name,
                 goal.name, (int)ear->value, (int)goal.value);
}

/* --- bases -------------------------------------------------------------------
 */

static void put_plan(text *out, const town *it, const int32_t *option_of) {
    const char *comma = "";
    text_puts(out, "{\"schema\":\"ctgsched/plan/1\",\"placements\":[");
    for (int32_t r = 0; r < it->inside->n_requests; r++) {
        const request *const q = &it->inside->requests[r];
        if (option_of[r] == NONE)
            continue;
        text_printf(out, "%s{\"request\":\"%s\",\"option\":\"%s\"}", comma,
                    q->id, q->options[option_of[r]].id);
        comma = ",";
    }
    text_puts(out, "]}");
}

/* Some plan that the rules allow, NULL when there is none. */
static ctg_solution *draw_base(const town *it, random_state *rng) {
    const int64_t n = oracle_n_plans(it->all);
    const int64_t first = random_below(rng, (int32_t)n);
    int32_t option_of[ORACLE_REQUESTS];
    oracle_value value;
    text out = {.mem = it->mem};
    ctg_solution *base = NULL;
    for (int64_t k = 0; k < n; k++) {
        oracle_plan(option_of, it->all, (first + k) % n);
        oracle_value_of(&value, it->all, option_of);
        if (!value.accepted)
            continue;
        put_plan(&out, it, option_of);
        assert_int_equal(
            ctg_solution_parse(&base, it->problem, out.at, out.n, NULL, NULL),
            CTG_OK);
        return base;
    }
    return NULL;
}

/* --- interrupts --------------------------------------------------------------
 */

static int32_t count_events(const town *it) {
    listener ear = {.solver = new_solver()};
    ctg_options options = defaults();
    options.on_event = listen;
    options.user = &ear;
    answer a = solve(it, &options, NULL, ear.solver);
    assert_true_answer(it, &a, CTG_STOP_OPTIMAL, NULL);
    forget(&a);
    return ear.n_events;
}

static void interrupt_at(const town *it, int32_t event, bool interrupts,
                         const ctg_solution *base) {
    listener ear = {
        .solver = new_solver(), .stops_at = event, .interrupts = interrupts};
    ctg_options options = defaults();
    options.on_event = listen;
    options.user = &ear;
    answer a = solve(it, &options, base, ear.solver);
    assert_true_answer(it, &a, CTG_STOP_INTERRUPTED, base);
    assert_as_told(it, &a, &ear);
    forget(&a);
}

static void an_interrupt_at_each_event_gives_the_best_plan(void **state) {
    (void)state;
    random_state rng;
    random_seed(&rng, 1);
    for (int32_t k = 0; k < N_THEMES; k++) {
        town it;
        assert_true(town_open(&it, themes[k]));
        const int32_t n = count_events(&it);
        for (int32_t event = 1; event <= n; event++) {
            ctg_solution *const base = draw_base(&it, &rng);
            interrupt_at(&it, event, false, NULL);
            interrupt_at(&it, event, true, NULL);
            interrupt_at(&it, event, event % 2, base);
            ctg_solution_free(base);
        }
        town_close(&it);
    }
}

/* Given before the solve begins: the base is all there need be. */
static void an_interrupt_before_keeps_the_base(void **state) {
    (void)state;
    random_state rng;
    random_seed(&rng, 2);
    const ctg_options options = defaults();
    for (int32_t k = 0; k < N_THEMES; k++) {
        town it;
        assert_true(town_open(&it, themes[k]));
        ctg_solution *const base = draw_base(&it, &rng);
        ctg_solver *const solver = new_solver();
        ctg_solver_interrupt(solver);
        answer a = solve(&it, &options, base, solver);
        assert_true_answer(&it, &a, CTG_STOP_INTERRUPTED, base);
        forget(&a);
        ctg_solution_free(base);
        town_close(&it);
    }
}

/* The base is the optimum: nothing else can come back. */
static void the_best_base_comes_back(void **state) {
    (void)state;
    for (int32_t k = 0; k < N_THEMES; k++) {
        town it;
        assert_true(town_open(&it, themes[k]));
        ctg_options options = defaults();
        options.work_limit = 1;
        if (it.solution) {
            answer a = solve(&it, &options, it.solution, new_solver());
            assert_true_answer(&it, &a, CTG_STOP_WORK, it.solution);
            assert_int_equal(town_compare(&it, a.plan, it.solution), 0);
            forget(&a);
        }
        town_close(&it);
    }
}

/* --- random moments ----------------------------------------------------------
 */

typedef struct other {
    ctg_solver *solver;
    uint32_t turns; /* to waste before the interrupt */
} other;

static void interrupt_later(void *arg) {
    const other *const me = arg;
    atomic_uint wasted;
    atomic_init(&wasted, 0);
    while (atomic_fetch_add(&wasted, 1) < me->turns)
        ;
    ctg_solver_interrupt(me->solver);
}

static void an_interrupt_at_any_moment_gives_a_true_answer(void **state) {
    (void)state;
    random_state rng;
    random_seed(&rng, 3);
    const ctg_options options = defaults();
    const int32_t n = is_long() ? 2000 : 60;
    for (int32_t k = 0; k < N_THEMES; k++) {
        town it;
        assert_true(town_open(&it, themes[k]));
        ctg_solution *const base = draw_base(&it, &rng);
        for (int32_t i = 0; i < n; i++) {
            other me = {new_solver(), (uint32_t)random_below(&rng, 500000)};
            thread *const worker = thread_start(interrupt_later, &me);
            assert_non_null(worker);
            answer a = solve(&it, &options, i % 2 ? base : NULL, me.solver);
            thread_join(worker);
            assert_true_answer(&it, &a, CTG_STOP_INTERRUPTED,
                               i % 2 ? base : NULL);
            forget(&a);
        }
        ctg_solution_free(base);
        town_close(&it);
    }
}

/* --- work
 * ---------------------------------------------------------------------
 */

static void assert_same_bytes(const answer *a, const answer *b) {
    assert_int_equal(!a->plan, !b->plan);
    assert_int_equal(a->result.verdict, b->result.verdict);
    assert_int_equal(a->result.work, b->result.work);
    if (a->plan)
        assert_string_equal(a->text.at, b->text.at);
}

static void work_up_to(const town *it, uint64_t limit,
                       const ctg_solution *base) {
    ctg_options options = defaults();
    options.work_limit = limit;
    answer once = solve(it, &options, base, new_solver());
    options.threads = 2;
    answer again = solve(it, &options, base, new_solver());
    assert_true_answer(it, &once, CTG_STOP_WORK, base);
    assert_same_bytes(&once, &again);
    forget(&once);
    forget(&again);
}

/* From 1 unit to all that it takes; the same bytes again, by two threads. */
static void each_unit_of_work_gives_the_same_true_answer(void **state) {
    (void)state;
    random_state rng;
    random_seed(&rng, 4);
    for (int32_t k = 0; k < N_THEMES; k++) {
        town it;
        assert_true(town_open(&it, themes[k]));
        const ctg_options options = defaults();
        answer whole = solve(&it, &options, NULL, new_solver());
        const uint64_t all = whole.result.work;
        const uint64_t step = is_long() ? 1 : all / 120 + 1;
        ctg_solution *const base = draw_base(&it, &rng);
        for (uint64_t limit = 1; limit <= all + 1;
             limit += limit < 40 ? 1 : step) {
            work_up_to(&it, limit, NULL);
            if (limit % 5 == 0)
                work_up_to(&it, limit, base);
        }
        ctg_solution_free(base);
        forget(&whole);
        town_close(&it);
    }
}

/* --- gap
 * ----------------------------------------------------------------------
 */

static void assert_within(const town *it, const answer *a, double gap) {
    ctg_goal goal;
    for (int32_t k = 0; ctg_solution_goal(&goal, a->plan, k); k++) {
        const bool is_tie = strcmp(goal.name, "tie") == 0;
        if (!goal.is_part && !is_tie && !goal.is_proven &&
            !(goal.has_bound && goal.gap <= gap))
            fail_msg("%s: goal %s has the gap %g, %g was asked", it->name,
                     goal.name, goal.gap, gap);
    }
}

/* Whoever says that the gap was met has met it, goal by goal. */
static void a_gap_that_is_met_is_kept(void **state) {
    (void)state;
    static const double gaps[] = {1, 0.5, 0.2, 0.05, 0.01};
    for (int32_t k = 0; k < N_THEMES; k++) {
        town it;
        assert_true(town_open(&it, themes[k]));
        for (size_t i = 0; i < sizeof gaps / sizeof gaps[0]; i++) {
            ctg_options options = defaults();
            options.gap = gaps[i];
            answer a = solve(&it, &options, NULL, new_solver());
            assert_true_answer(&it, &a, CTG_STOP_GAP, NULL);
            if (a.plan)
                assert_within(&it, &a, gaps[i]);
            forget(&a);
        }
        town_close(&it);
    }
}

/* --- time and memory
 * ----------------------------------------------------------
 */

static void the_least_time_gives_a_true_answer(void **state) {
    (void)state;
    static const double seconds[] = {1e-6, 1e-4, 1e-3, 5e-3};
    for (int32_t k = 0; k < N_THEMES; k++) {
        town it;
        assert_true(town_open(&it, themes[k]));
        for (size_t i = 0; i < sizeof seconds / sizeof seconds[0]; i++) {
            ctg_options options = defaults();
            options.time_limit = seconds[i];
            answer a = solve(&it, &options, NULL, new_solver());
            assert_true_answer(&it, &a, CTG_STOP_TIME, NULL);
            forget(&a);
        }
        town_close(&it);
    }
}

/* From too little for anything to enough; the event callback ends what does not
 * end by itself. */
enum { PATIENT_EVENTS = 20000 };

static void each_memory_limit_gives_a_true_answer(void **state) {
    (void)state;
    for (int32_t k = 0; k < N_THEMES; k++) {
        town it;
        assert_true(town_open(&it, themes[k]));
        for (uint64_t bytes = 4096; bytes < 4 << 20; bytes += bytes / 6) {
            listener ear = {.solver = new_solver(), .stops_at = PATIENT_EVENTS};
            ctg_options options = defaults();
            options.memory_limit = bytes;
            options.time_limit = 20;
            options.on_event = listen;
            options.user = &ear;
            answer a = solve(&it, &options, NULL, ear.solver);
            if (ear.n_events >= PATIENT_EVENTS || a.result.seconds >= 20)
                fail_msg("%s: %d bytes do not end", it.name, (int)bytes);
            assert_true_answer(&it, &a, CTG_STOP_MEMORY, NULL);
            forget(&a);
        }
        town_close(&it);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_interrupt_at_each_event_gives_the_best_plan),
        cmocka_unit_test(an_interrupt_before_keeps_the_base),
        cmocka_unit_test(the_best_base_comes_back),
        cmocka_unit_test(an_interrupt_at_any_moment_gives_a_true_answer),
        cmocka_unit_test(each_unit_of_work_gives_the_same_true_answer),
        cmocka_unit_test(a_gap_that_is_met_is_kept),
        cmocka_unit_test(the_least_time_gives_a_true_answer),
        cmocka_unit_test(each_memory_limit_gives_a_true_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
