// SPDX-License-Identifier: GPL-3.0-or-later
/* A thousand times from text to plan and back leave nothing: every byte that
 * an allocator gave comes back, and tests/run --long looks at all others under
 * valgrind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <ctgsched.h>

#include "unit/api/tiny_town.h"

enum { N_CYCLES = 1000 };

static const char CHANGE[] =
    "{\"schema\": \"ctgsched/change/1\", \"changes\": ["
    "{\"op\": \"request_withdrawn\", \"request\": \"r3\"}]}";

static atomic_llong held; /* bytes; a solve allocates on two threads */

static void *give(void *user, size_t bytes) {
    (void)user;
    void *const block = malloc(bytes);
    if (block)
        atomic_fetch_add(&held, (long long)bytes);
    return block;
}

static void take_back(void *user, void *block, size_t bytes) {
    (void)user;
    if (block)
        atomic_fetch_sub(&held, (long long)bytes);
    free(block);
}

static const ctg_allocator counted = {give, take_back, NULL};

static ctg_read_options reading(void) {
    ctg_read_options options = CTG_READ_OPTIONS_INIT;
    options.allocator = &counted;
    return options;
}

/* Every object and every answer, none of them kept. */
static void ask(const ctg_solution *plan) {
    ctg_slot_question asked = CTG_SLOT_QUESTION_INIT;
    ctg_slots *slots = NULL;
    ctg_headroom *headroom = NULL;
    ctg_tables *tables = NULL;
    ctg_text text = CTG_TEXT_INIT;
    asked.date = "2026-09-07";
    asked.age_months = 20;
    assert_int_equal(ctg_solution_slots(&slots, plan, &asked, NULL), CTG_OK);
    assert_int_equal(ctg_solution_headroom(&headroom, plan, NULL, NULL, NULL),
                     CTG_OK);
    assert_int_equal(ctg_solution_tables(&tables, plan, NULL), CTG_OK);
    assert_int_equal(ctg_solution_write(&text, plan, CTG_WRITE_COMPLETE, NULL),
                     CTG_OK);
    ctg_text_free(&text);
    ctg_tables_free(tables);
    ctg_headroom_free(headroom);
    ctg_slots_free(slots);
}

static void cycle(void) {
    const ctg_read_options options = reading();
    ctg_problem *town = NULL, *changed = NULL;
    ctg_solver *solver = NULL;
    ctg_solution *plan = NULL, *anew = NULL;
    assert_int_equal(
        ctg_problem_parse(&town, TOWN, strlen(TOWN), &options, NULL), CTG_OK);
    assert_int_equal(ctg_solver_create(&solver, &counted, NULL), CTG_OK);
    assert_int_equal(ctg_solver_solve(solver, &plan, NULL, town, NULL, NULL),
                     CTG_OK);
    assert_int_equal(ctg_problem_apply(&changed, town, CHANGE, strlen(CHANGE),
                                       &options, NULL),
                     CTG_OK);
    assert_int_equal(
        ctg_solver_replan(solver, &anew, NULL, changed, plan, NULL), CTG_OK);
    assert_non_null(plan);
    assert_non_null(anew);
    ask(plan);
    ctg_problem_free(town);
    ctg_problem_free(changed);
    ctg_solution_free(anew);
    ctg_solution_free(plan);
    ctg_solver_free(solver);
}

static void thousand_cycles_leave_nothing(void **state) {
    (void)state;
    for (int i = 0; i < N_CYCLES; i++) {
        cycle();
        assert_true(atomic_load(&held) == 0);
    }
}

/* What is refused leaves nothing either. */
static void thousand_refusals_leave_nothing(void **state) {
    (void)state;
    const ctg_read_options options = reading();
    for (int i = 0; i < N_CYCLES; i++) {
        ctg_problem *none = NULL;
        assert_int_equal(ctg_problem_parse(&none, TOWN, strlen(TOWN) / 2,
                                           &options, NULL),
                         CTG_ERR_INPUT);
        assert_true(atomic_load(&held) == 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thousand_cycles_leave_nothing),
        cmocka_unit_test(thousand_refusals_leave_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
