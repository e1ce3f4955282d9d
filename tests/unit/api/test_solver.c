// SPDX-License-Identifier: GPL-3.0-or-later
/* Solving through the public headers: the answer, limits, interruption,
 * threads, allocators, and random legal sequences of calls against a model. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <ctgsched.h>

#include "base/random.h"
#include "base/thread.h"
#include "unit/api/tiny_town.h"

static ctg_problem *read_problem(const char *json) {
    ctg_problem *made = NULL;
    ctg_error err = CTG_ERROR_INIT;
    if (ctg_problem_parse(&made, json, strlen(json), NULL, &err) != CTG_OK)
        fail_msg("%s %s: %s", err.code, err.pointer, err.message);
    return made;
}

static ctg_solution *read_plan(const ctg_problem *of, const char *json) {
    ctg_solution *made = NULL;
    ctg_error err = CTG_ERROR_INIT;
    if (ctg_solution_parse(&made, of, json, strlen(json), NULL, &err) != CTG_OK)
        fail_msg("%s %s: %s", err.code, err.pointer, err.message);
    return made;
}

static ctg_solver *new_solver(void) {
    ctg_solver *made = NULL;
    assert_int_equal(ctg_solver_create(&made, NULL, NULL), CTG_OK);
    return made;
}

static int64_t first_goal(const ctg_solution *plan) {
    ctg_goal goal;
    assert_int_equal(ctg_solution_goal(&goal, plan, 0), 1);
    assert_string_equal(goal.name, "points");
    return goal.value;
}

static void solve_tiny_town_is_optimal_with_the_figures(void **state) {
    (void)state;
    static const int64_t values[] = {7, 2, 2100, 2000};
    ctg_problem *const town = read_problem(TOWN);
    ctg_solver *const solver = new_solver();
    ctg_solution *plan = NULL;
    ctg_result result;
    ctg_goal goal;
    ctg_error err = CTG_ERROR_INIT;
    assert_int_equal(ctg_solver_solve(solver, &plan, &result, town, NULL, &err),
                     CTG_OK);
    assert_int_equal(result.verdict, CTG_VERDICT_OPTIMAL);
    assert_int_equal(result.stop, CTG_STOP_OPTIMAL);
    for (int32_t i = 0; i < 4; i++) {
        assert_int_equal(ctg_solution_goal(&goal, plan, i), 1);
        assert_int_equal(goal.value, values[i]);
        assert_int_equal(goal.bound, values[i]);
        assert_int_equal(goal.is_proven, 1);
        assert_true(goal.gap == 0);
    }
    ctg_solution_free(plan);
    ctg_solver_free(solver);
    ctg_problem_free(town);
}

static void solve_plan_is_accepted_when_read_again(void **state) {
    (void)state;
    ctg_problem *const town = read_problem(TOWN);
    ctg_solver *const solver = new_solver();
    ctg_solution *plan = NULL;
    ctg_solution_info info;
    ctg_text text;
    assert_int_equal(ctg_solver_solve(solver, &plan, NULL, town, NULL, NULL),
                     CTG_OK);
    ctg_solver_free(solver);
    assert_int_equal(ctg_solution_write(&text, plan, CTG_WRITE_STATED, NULL),
                     CTG_OK);
    ctg_solution *const again = read_plan(town, text.at);
    assert_int_equal(ctg_solution_about(&info, again), CTG_OK);
    assert_int_equal(info.is_accepted, 1);
    assert_string_equal(info.status, "optimal");
    ctg_text_free(&text);
    ctg_solution_free(again);
    ctg_solution_free(plan);
    ctg_problem_free(town);
}

static void solve_contradicting_pins_is_infeasible_and_says_why(void **state) {
    (void)state;
    ctg_problem *const town = read_problem(TOWN_INFEASIBLE);
    ctg_solver *const solver = new_solver();
    ctg_solution *plan = NULL;
    ctg_result result;
    assert_int_equal(ctg_solver_solve(solver, &plan, &result, town, NULL, NULL),
                     CTG_OK);
    assert_null(plan);
    assert_int_equal(result.verdict, CTG_VERDICT_INFEASIBLE);
    assert_int_equal(result.stop, CTG_STOP_INFEASIBLE);
    assert_true(result.n_conflicts > 0);
    assert_non_null(ctg_solver_conflict(solver, 0));
    assert_null(ctg_solver_conflict(solver, result.n_conflicts));
    assert_null(ctg_solver_conflict(solver, -1));
    assert_null(ctg_solver_conflict(NULL, 0));
    ctg_solver_free(solver);
    ctg_problem_free(town);
}

static void solve_misuse_is_refused(void **state) {
    (void)state;
    ctg_problem *const town = read_problem(TOWN);
    ctg_solver *const solver = new_solver();
    ctg_solution *plan = NULL;
    ctg_error err = CTG_ERROR_INIT;
    assert_int_equal(ctg_solver_create(NULL, NULL, &err), CTG_ERR_USAGE);
    assert_int_equal(ctg_solver_solve(NULL, &plan, NULL, town, NULL, NULL),
                     CTG_ERR_USAGE);
    assert_int_equal(ctg_solver_solve(solver, NULL, NULL, town, NULL, NULL),
                     CTG_ERR_USAGE);
    assert_int_equal(ctg_solver_solve(solver, &plan, NULL, NULL, NULL, NULL),
                     CTG_ERR_USAGE);
    assert_int_equal(ctg_solver_configure(solver, NULL, NULL), CTG_ERR_USAGE);
    ctg_solver_interrupt(NULL);
    ctg_solver_free(NULL);
    ctg_solver_free(solver);
    ctg_problem_free(town);
}

static void solve_base_that_breaks_a_rule_fails_verification(void **state) {
    (void)state;
    ctg_problem *const town = read_problem(TOWN);
    ctg_solution *const base = read_plan(town, PLAN_R1_R2);
    ctg_solver *const solver = new_solver();
    ctg_solution *plan = NULL;
    ctg_error err = CTG_ERROR_INIT;
    assert_int_equal(ctg_solver_solve(solver, &plan, NULL, town, base, &err),
                     CTG_ERR_VERIFY);
    assert_null(plan);
    assert_string_equal(err.code, "E-BASE");
    ctg_solver_free(solver);
    ctg_solution_free(base);
    ctg_problem_free(town);
}

static void solve_base_of_another_problem_is_misuse(void **state) {
    (void)state;
    ctg_problem *const town = read_problem(TOWN);
    ctg_problem *const other = read_problem(TOWN_INFEASIBLE);
    ctg_solution *const base = read_plan(other, PLAN_R2);
    ctg_solver *const solver = new_solver();
    ctg_solution *plan = NULL;
    assert_int_equal(ctg_solver_solve(solver, &plan, NULL, town, base, NULL),
                     CTG_ERR_USAGE);
    ctg_solver_free(solver);
    ctg_solution_free(base);
    ctg_problem_free(other);
    ctg_problem_free(town);
}

static void interrupt_before_stops_one_solve_and_is_forgotten(void **state) {
    (void)state;
    ctg_problem *const town = read_problem(TOWN);
    ctg_solution *const base = read_plan(town, PLAN_R2);
    ctg_solver *const solver = new_solver();
    ctg_solution *plan = NULL;
    ctg_result result;
    ctg_solver_interrupt(solver);
    assert_int_equal(ctg_solver_solve(solver, &plan, &result, town, base, NULL),
                     CTG_OK);
    assert_true(result.stop == CTG_STOP_INTERRUPTED ||
                result.stop == CTG_STOP_OPTIMAL);
    assert_non_null(plan);
    assert_true(first_goal(plan) >= 3); /* never worse than the base */
    ctg_solution_free(plan);
    assert_int_equal(ctg_solver_solve(solver, &plan, &result, town, NULL, NULL),
                     CTG_OK);
    assert_int_equal(result.stop, CTG_STOP_OPTIMAL);
    assert_int_equal(first_goal(plan), 7);
    ctg_solution_free(plan);
    ctg_solution_free(base);
    ctg_solver_free(solver);
    ctg_problem_free(town);
}

typedef struct listener {
    ctg_solver *solver;
    int n_events;
    ctg_status reentered;
    int answer;
} listener;

static int listen(void *user, const ctg_event *event) {
    listener *const to = user;
    ctg_options options;
    ctg_solution *plan = NULL;
    ctg_options_init(&options, sizeof options);
    to->n_events++;
    to->reentered = ctg_solver_configure(to->solver, &options, NULL);
    assert_true(event->kind >= CTG_EVENT_PHASE &&
                event->kind <= CTG_EVENT_BOUND);
    assert_null(plan);
    return to->answer;
}

static void event_callback_hears_and_cannot_reenter(void **state) {
    (void)state;
    ctg_problem *const town = read_problem(TOWN);
    listener heard = {.solver = new_solver()};
    ctg_solution *plan = NULL;
    ctg_options options;
    ctg_options_init(&options, sizeof options);
    options.on_event = listen;
    options.user = &heard;
    assert_int_equal(ctg_solver_configure(heard.solver, &options, NULL),
                     CTG_OK);
    assert_int_equal(
        ctg_solver_solve(heard.solver, &plan, NULL, town, NULL, NULL), CTG_OK);
    assert_true(heard.n_events > 0);
    assert_int_equal(heard.reentered, CTG_ERR_USAGE);
    assert_int_equal(first_goal(plan), 7);
    ctg_solution_free(plan);
    ctg_solver_free(heard.solver);
    ctg_problem_free(town);
}

static void event_callback_answer_stops_and_is_forgotten(void **state) {
    (void)state;
    ctg_problem *const town = read_problem(TOWN);
    listener heard = {.solver = new_solver(), .answer = 1};
    ctg_solution *plan = NULL;
    ctg_result result;
    ctg_options options;
    ctg_options_init(&options, sizeof options);
    options.on_event = listen;
    options.user = &heard;
    assert_int_equal(ctg_solver_configure(heard.solver, &options, NULL),
                     CTG_OK);
    assert_int_equal(
        ctg_solver_solve(heard.solver, &plan, &result, town, NULL, NULL),
        CTG_OK);
    assert_int_equal(result.stop, CTG_STOP_INTERRUPTED);
    ctg_solution_free(plan);
    ctg_options_init(&options, sizeof options);
    assert_int_equal(ctg_solver_configure(heard.solver, &options, NULL),
                     CTG_OK);
    assert_int_equal(
        ctg_solver_solve(heard.solver, &plan, &result, town, NULL, NULL),
        CTG_OK);
    assert_int_equal(result.stop, CTG_STOP_OPTIMAL);
    ctg_solution_free(plan);
    ctg_solver_free(heard.solver);
    ctg_problem_free(town);
}

/* --- two threads ------------------------------------------------------------
 */

typedef struct worker {
    const ctg_problem *town;
    ctg_text text;
    ctg_status status;
    int32_t threads;
} worker;

static void solve_and_write(void *arg) {
    worker *const me = arg;
    ctg_solver *solver = NULL;
    ctg_solution *plan = NULL;
    ctg_options options;
    ctg_options_init(&options, sizeof options);
    options.threads = me->threads;
    me->status = ctg_solver_create(&solver, NULL, NULL);
    if (me->status == CTG_OK)
        me->status = ctg_solver_configure(solver, &options, NULL);
    if (me->status == CTG_OK)
        me->status =
            ctg_solver_solve(solver, &plan, NULL, me->town, NULL, NULL);
    if (me->status == CTG_OK)
        me->status =
            ctg_solution_write(&me->text, plan, CTG_WRITE_STATED, NULL);
    ctg_solution_free(plan);
    ctg_solver_free(solver);
}

static void two_threads_on_one_problem_give_the_same_bytes(void **state) {
    (void)state;
    ctg_problem *const town = read_problem(TOWN);
    worker one = {.town = town, .threads = 1},
           two = {.town = town, .threads = 2};
    thread *const first = thread_start(solve_and_write, &one);
    thread *const second = thread_start(solve_and_write, &two);
    assert_non_null(first);
    assert_non_null(second);
    thread_join(first);
    thread_join(second);
    assert_int_equal(one.status, CTG_OK);
    assert_int_equal(two.status, CTG_OK);
    assert_string_equal(one.text.at, two.text.at);
    ctg_text_free(&one.text);
    ctg_text_free(&two.text);
    ctg_problem_free(town);
}

/* --- allocators -------------------------------------------------------------
 */

typedef struct purse {
    atomic_llong bytes, blocks;
    atomic_llong left; /* allocations until the first refusal; < 0: never */
} purse;

static void *purse_allocate(void *user, size_t bytes) {
    purse *const from = user;
    if (atomic_load(&from->left) >= 0 &&
        atomic_fetch_sub(&from->left, 1) == 0) {
        atomic_store(&from->left, 0); /* nothing any more */
        return NULL;
    }
    void *const block = malloc(bytes);
    if (block) {
        atomic_fetch_add(&from->bytes, (long long)bytes);
        atomic_fetch_add(&from->blocks, 1);
    }
    return block;
}

static void purse_release(void *user, void *block, size_t bytes) {
    purse *const to = user;
    atomic_fetch_sub(&to->bytes, (long long)bytes);
    atomic_fetch_sub(&to->blocks, 1);
    free(block);
}

/* The whole way from text to text; whatever fails, all is freed. */
static ctg_status whole_way(purse *from) {
    const ctg_allocator allocator = {purse_allocate, purse_release, from};
    ctg_read_options how = CTG_READ_OPTIONS_INIT;
    ctg_problem *town = NULL;
    ctg_solver *solver = NULL;
    ctg_solution *plan = NULL;
    ctg_text text = CTG_TEXT_INIT;
    how.allocator = &allocator;
    ctg_status status =
        ctg_problem_parse(&town, TOWN, strlen(TOWN), &how, NULL);
    if (status == CTG_OK)
        status = ctg_solver_create(&solver, &allocator, NULL);
    if (status == CTG_OK)
        status = ctg_solver_solve(solver, &plan, NULL, town, NULL, NULL);
    if (status == CTG_OK)
        status = ctg_solution_write(&text, plan, CTG_WRITE_COMPLETE, NULL);
    ctg_text_free(&text);
    ctg_solution_free(plan);
    ctg_solver_free(solver);
    ctg_problem_free(town);
    return status;
}

static void allocator_gets_everything_back(void **state) {
    (void)state;
    purse mine;
    atomic_init(&mine.bytes, 0);
    atomic_init(&mine.blocks, 0);
    atomic_init(&mine.left, -1);
    assert_int_equal(whole_way(&mine), CTG_OK);
    assert_int_equal(atomic_load(&mine.bytes), 0);
    assert_int_equal(atomic_load(&mine.blocks), 0);
}

static void allocator_that_ends_anywhere_is_out_of_memory(void **state) {
    (void)state;
    int n_failed = 0;
    for (long long n = 0; n < 100000; n++) {
        purse mine;
        atomic_init(&mine.bytes, 0);
        atomic_init(&mine.blocks, 0);
        atomic_init(&mine.left, n);
        const ctg_status status = whole_way(&mine);
        assert_int_equal(atomic_load(&mine.bytes), 0);
        assert_int_equal(atomic_load(&mine.blocks), 0);
        if (atomic_load(&mine.left) > 0) {
            assert_int_equal(status, CTG_OK);
            break;
        }
        /* A plan found before memory ended may be the answer. */
        assert_true(status == CTG_OK || status == CTG_ERR_NOMEM);
        n_failed += status == CTG_ERR_NOMEM;
    }
    assert_true(n_failed > 3);
    assert_true(n_failed < 100000);
}

/* --- random legal sequences against a model ---------------------------------
 */

enum { N_SLOTS = 4, N_STEPS = 400 };

/* What the model knows: which plan text each slot holds, and whether the solver
 * was interrupted since its last solve. */
typedef struct model {
    const char *texts[N_SLOTS]; /* NULL: empty */
    bool is_solved[N_SLOTS];    /* its goal "points" is 7 */
    bool is_interrupted;
} model;

typedef struct real {
    ctg_problem *town;
    ctg_solver *solver;
    ctg_solution *slots[N_SLOTS];
} real;

static const char *const plan_texts[] = {PLAN_R1_R3, PLAN_R2, PLAN_R1_R2};
static const int64_t plan_points[] = {7, 3, 8};

static void step_parse(real *r, model *m, int32_t slot, int32_t which) {
    ctg_solution_free(r->slots[slot]);
    r->slots[slot] = read_plan(r->town, plan_texts[which]);
    m->texts[slot] = plan_texts[which];
    m->is_solved[slot] = false;
}

static void step_free(real *r, model *m, int32_t slot) {
    ctg_solution_free(r->slots[slot]);
    r->slots[slot] = NULL;
    m->texts[slot] = NULL;
    m->is_solved[slot] = false;
}

static void step_solve(real *r, model *m, int32_t slot, int32_t base) {
    ctg_solution *plan = NULL;
    ctg_result result;
    const bool is_bad = m->texts[base] == plan_texts[2];
    const ctg_status status = ctg_solver_solve(r->solver, &plan, &result,
                                               r->town, r->slots[base], NULL);
    if (is_bad) {
        assert_int_equal(status, CTG_ERR_VERIFY);
        assert_null(plan);
        return;
    }
    assert_int_equal(status, CTG_OK);
    if (!m->is_interrupted) {
        assert_int_equal(result.verdict, CTG_VERDICT_OPTIMAL);
        assert_int_equal(first_goal(plan), 7);
    }
    m->is_interrupted = false;
    if (!plan)
        return;
    ctg_solution_free(r->slots[slot]);
    r->slots[slot] = plan;
    m->is_solved[slot] = first_goal(plan) == 7;
    m->texts[slot] = m->is_solved[slot] ? plan_texts[0] : "";
}

static void step_look(const real *r, const model *m, int32_t slot) {
    ctg_solution_info info;
    if (!r->slots[slot]) {
        assert_int_equal(ctg_solution_about(&info, r->slots[slot]),
                         CTG_ERR_USAGE);
        return;
    }
    assert_int_equal(ctg_solution_about(&info, r->slots[slot]), CTG_OK);
    for (int i = 0; i < 3; i++)
        if (m->texts[slot] == plan_texts[i]) {
            assert_int_equal(first_goal(r->slots[slot]), plan_points[i]);
            assert_int_equal(info.is_accepted, i != 2);
        }
}

static void step(real *r, model *m, random_state *rng) {
    const int32_t slot = random_below(rng, N_SLOTS);
    switch (random_below(rng, 6)) {
    case 0:
        step_parse(r, m, slot, random_below(rng, 3));
        break;
    case 1:
        step_free(r, m, slot);
        break;
    case 2:
        step_solve(r, m, slot, random_below(rng, N_SLOTS));
        break;
    case 3:
        ctg_solver_interrupt(r->solver);
        m->is_interrupted = true;
        break;
    case 4: /* a problem given up early changes nothing for its solutions */
        ctg_problem_free(r->town);
        r->town = read_problem(TOWN_SHUFFLED);
        break;
    default:
        step_look(r, m, slot);
    }
}

static void random_calls_agree_with_the_model(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        random_state rng;
        real r = {.town = read_problem(TOWN), .solver = new_solver()};
        model m = {0};
        print_message("seed %d\n", (int)seed);
        random_seed(&rng, seed);
        for (int i = 0; i < N_STEPS; i++)
            step(&r, &m, &rng);
        for (int i = 0; i < N_SLOTS; i++)
            ctg_solution_free(r.slots[i]);
        ctg_solver_free(r.solver);
        ctg_problem_free(r.town);
    }
}

/* --- export ------------------------------------------------------------------
 */

static void export_first_goal_needs_no_plan(void **state) {
    (void)state;
    ctg_problem *const town = read_problem(TOWN);
    ctg_text program = CTG_TEXT_INIT, names = CTG_TEXT_INIT;
    assert_int_equal(ctg_problem_export(&program, &names, town, 0, NULL,
                                        CTG_FORMAT_MPS, NULL),
                     CTG_OK);
    assert_non_null(strstr(program.at, "ROWS"));
    assert_non_null(strstr(program.at, "ENDATA"));
    assert_true(names.bytes > 0);
    ctg_text_free(&program);
    ctg_text_free(&names);
    ctg_problem_free(town);
}

static void export_misuse_is_refused(void **state) {
    (void)state;
    ctg_problem *const town = read_problem(TOWN);
    ctg_solution *const bad = read_plan(town, PLAN_R1_R2);
    ctg_text program = CTG_TEXT_INIT;
    assert_int_equal(
        ctg_problem_export(NULL, NULL, town, 0, NULL, CTG_FORMAT_LP, NULL),
        CTG_ERR_USAGE);
    assert_int_equal(
        ctg_problem_export(&program, NULL, town, 5, NULL, CTG_FORMAT_LP, NULL),
        CTG_ERR_USAGE);
    assert_int_equal(
        ctg_problem_export(&program, NULL, town, 1, NULL, CTG_FORMAT_LP, NULL),
        CTG_ERR_USAGE);
    assert_int_equal(
        ctg_problem_export(&program, NULL, town, 0, NULL, (ctg_format)5, NULL),
        CTG_ERR_USAGE);
    assert_int_equal(
        ctg_problem_export(&program, NULL, town, 1, bad, CTG_FORMAT_LP, NULL),
        CTG_ERR_VERIFY);
    assert_null(program.at);
    ctg_solution_free(bad);
    ctg_problem_free(town);
}

static void words_of_verdicts_and_stops(void **state) {
    (void)state;
    assert_string_equal(ctg_verdict_text(CTG_VERDICT_OPTIMAL), "optimal");
    assert_string_equal(ctg_verdict_text(CTG_VERDICT_INFEASIBLE), "infeasible");
    assert_string_equal(ctg_verdict_text((ctg_verdict)99), "unknown");
    assert_string_equal(ctg_stop_text(CTG_STOP_TIME), "time");
    assert_string_equal(ctg_stop_text((ctg_stop)99), "none");
    assert_string_equal(ctg_status_text(CTG_ERR_VERIFY),
                        "the plan failed the judge");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solve_tiny_town_is_optimal_with_the_figures),
        cmocka_unit_test(solve_plan_is_accepted_when_read_again),
        cmocka_unit_test(solve_contradicting_pins_is_infeasible_and_says_why),
        cmocka_unit_test(solve_misuse_is_refused),
        cmocka_unit_test(solve_base_that_breaks_a_rule_fails_verification),
        cmocka_unit_test(solve_base_of_another_problem_is_misuse),
        cmocka_unit_test(interrupt_before_stops_one_solve_and_is_forgotten),
        cmocka_unit_test(event_callback_hears_and_cannot_reenter),
        cmocka_unit_test(event_callback_answer_stops_and_is_forgotten),
        cmocka_unit_test(two_threads_on_one_problem_give_the_same_bytes),
        cmocka_unit_test(allocator_gets_everything_back),
        cmocka_unit_test(allocator_that_ends_anywhere_is_out_of_memory),
        cmocka_unit_test(random_calls_agree_with_the_model),
        cmocka_unit_test(export_first_goal_needs_no_plan),
        cmocka_unit_test(export_misuse_is_refused),
        cmocka_unit_test(words_of_verdicts_and_stops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
