// SPDX-License-Identifier: GPL-3.0-or-later
/* Offers, places filled, differences and comparisons through the public
 * headers: getters past the end, misuse, and many threads at one plan. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <ctgsched.h>
#include <pthread.h>

#include "unit/api/tiny_town.h"

typedef struct opened {
    ctg_problem *problem;
    ctg_solution *plan;  /* r1 and r3 are served, r2 waits */
    ctg_solution *other; /* r2 alone is */
} opened;

static ctg_solution *judged(const ctg_problem *problem, const char *plan) {
    ctg_solution *made = NULL;
    assert_int_equal(
        ctg_solution_parse(&made, problem, plan, strlen(plan), NULL, NULL),
        CTG_OK);
    return made;
}

static int open_town(void **state) {
    static opened town;
    assert_int_equal(
        ctg_problem_parse(&town.problem, TOWN, strlen(TOWN), NULL, NULL),
        CTG_OK);
    town.plan = judged(town.problem, PLAN_R1_R3);
    town.other = judged(town.problem, PLAN_R2);
    *state = &town;
    return 0;
}

static int close_town(void **state) {
    const opened *const town = *state;
    ctg_solution_free(town->plan);
    ctg_solution_free(town->other);
    ctg_problem_free(town->problem);
    return 0;
}

static ctg_offers *offers_for(const ctg_solution *plan, const char *request) {
    ctg_offer_question asked = CTG_OFFER_QUESTION_INIT;
    ctg_offers *offers = NULL;
    asked.request = request;
    assert_int_equal(ctg_solution_offers(&offers, plan, &asked, NULL), CTG_OK);
    return offers;
}

/* --- offers
 * -------------------------------------------------------------------------
 */

static void an_offer_names_who_would_wait(void **state) {
    const opened *const town = *state;
    ctg_offers *const offers = offers_for(town->plan, "r2");
    ctg_offer offer;
    assert_true(ctg_offers_at(&offer, offers, 0));
    assert_int_equal(offer.kind, CTG_OFFER_DISPLACES);
    assert_string_equal(offer.other, "r1");
    assert_null(offer.other_option);
    assert_int_equal(offer.n_blocks, 5);
    assert_false(ctg_offers_at(&offer, offers, 1));
    ctg_offers_free(offers);
}

static void an_offer_says_what_goals_become(void **state) {
    const opened *const town = *state;
    ctg_offers *const offers = offers_for(town->plan, "r2");
    ctg_goal_change goal;
    assert_true(ctg_offers_goal(&goal, offers, 0, 0));
    assert_string_equal(goal.name, "points");
    assert_int_equal(goal.before, 7);
    assert_int_equal(goal.after, 5);
    assert_true(goal.has_before);
    int32_t n = 0;
    while (ctg_offers_goal(&goal, offers, 0, n))
        n++;
    assert_int_equal(n, 5); /* with tie */
    ctg_offers_free(offers);
}

static void a_block_names_rule_and_holders(void **state) {
    const opened *const town = *state;
    ctg_offers *const offers = offers_for(town->plan, "r2");
    ctg_breach block;
    const char *holder = NULL;
    assert_true(ctg_offers_block(&block, offers, 0, 4));
    assert_string_equal(block.rule, "places");
    assert_string_equal(block.where.date, "2026-09-11");
    assert_false(ctg_offers_block(&block, offers, 0, 5));
    assert_true(ctg_offers_holder(&holder, offers, 0, 4, 0));
    assert_string_equal(holder, "r1");
    assert_false(ctg_offers_holder(&holder, offers, 0, 4, 1));
    ctg_offers_free(offers);
}

static void questions_of_another_kind_are_misuse(void **state) {
    const opened *const town = *state;
    ctg_offer_question asked = CTG_OFFER_QUESTION_INIT;
    ctg_offers *offers = NULL;
    assert_int_equal(ctg_solution_offers(&offers, town->plan, &asked, NULL),
                     CTG_ERR_USAGE); /* no request */
    asked.request = "r2";
    assert_int_equal(ctg_solution_offers(NULL, town->plan, &asked, NULL),
                     CTG_ERR_USAGE);
    assert_int_equal(ctg_solution_offers(&offers, NULL, &asked, NULL),
                     CTG_ERR_USAGE);
    asked.struct_size = 4;
    assert_int_equal(ctg_solution_offers(&offers, town->plan, &asked, NULL),
                     CTG_ERR_USAGE);
    assert_null(offers);
    ctg_offers_free(NULL);
    assert_false(ctg_offers_at(NULL, NULL, 0));
    assert_false(ctg_offers_holder(NULL, NULL, 0, 0, 0));
}

static void a_number_out_of_range_is_refused(void **state) {
    const opened *const town = *state;
    ctg_offer_question asked = CTG_OFFER_QUESTION_INIT;
    ctg_offers *offers = NULL;
    ctg_error err = CTG_ERROR_INIT;
    asked.request = "r2";
    asked.searched = -1;
    assert_int_equal(ctg_solution_offers(&offers, town->plan, &asked, &err),
                     CTG_ERR_USAGE);
    assert_string_equal(err.code, "E-SLOT");
}

/* --- fill
 * ---------------------------------------------------------------------------
 */

static void a_place_given_up_goes_to_who_waits(void **state) {
    const opened *const town = *state;
    ctg_fill_question asked = CTG_FILL_QUESTION_INIT;
    ctg_fill *fill = NULL;
    ctg_fill_row row;
    ctg_goal_change goal;
    asked.freed = "r1";
    assert_int_equal(ctg_solution_fill(&fill, town->plan, &asked, NULL),
                     CTG_OK);
    assert_true(ctg_fill_at(&row, fill, 0));
    assert_string_equal(row.request, "r2");
    assert_int_equal(row.rank, 1);
    assert_int_equal(row.points, 3);
    assert_true(ctg_fill_goal(&goal, fill, 0, 0));
    assert_int_equal(goal.before, 2); /* r3 alone */
    assert_int_equal(goal.after, 5);
    assert_false(ctg_fill_at(&row, fill, 1));
    ctg_fill_free(fill);
}

static void a_place_that_is_none_is_refused(void **state) {
    const opened *const town = *state;
    ctg_fill_question asked = CTG_FILL_QUESTION_INIT;
    ctg_fill *fill = NULL;
    asked.begin = 600;
    asked.end = 600;
    assert_int_equal(ctg_solution_fill(&fill, town->plan, &asked, NULL),
                     CTG_ERR_USAGE);
    asked = (ctg_fill_question)CTG_FILL_QUESTION_INIT;
    asked.first = "tomorrow";
    assert_int_equal(ctg_solution_fill(&fill, town->plan, &asked, NULL),
                     CTG_ERR_USAGE);
    assert_int_equal(ctg_solution_fill(&fill, town->plan, NULL, NULL),
                     CTG_ERR_USAGE);
    assert_null(fill);
}

/* --- differences
 * --------------------------------------------------------------------
 */

static void a_difference_has_moves_goals_and_reasons(void **state) {
    const opened *const town = *state;
    ctg_diff *diff = NULL;
    ctg_diff_info about;
    ctg_move row;
    ctg_duty_change duty;
    assert_int_equal(ctg_diff_create(&diff, town->other, town->plan, 1, NULL),
                     CTG_OK);
    assert_int_equal(ctg_diff_about(&about, diff), CTG_OK);
    assert_int_equal(about.n_moves, 3);
    assert_int_equal(about.n_requests, 3);
    assert_int_equal(about.n_employees, 0);
    assert_true(ctg_diff_move(&row, diff, 1));
    assert_string_equal(row.request, "r2");
    assert_int_equal(row.kind, CTG_MOVE_WAITING);
    assert_int_equal(row.why.kind, CTG_WHY_RULE);
    assert_string_equal(row.why.breach.rule, "places");
    assert_null(row.to_option);
    assert_false(ctg_diff_move(&row, diff, 3));
    assert_false(ctg_diff_duty(&duty, diff, 0));
    ctg_diff_free(diff);
}

static void reasons_are_given_when_asked(void **state) {
    const opened *const town = *state;
    ctg_diff *diff = NULL;
    ctg_move row;
    assert_int_equal(ctg_diff_create(&diff, town->other, town->plan, 0, NULL),
                     CTG_OK);
    assert_true(ctg_diff_move(&row, diff, 0));
    assert_int_equal(row.why.kind, CTG_WHY_NOT_ASKED);
    ctg_diff_free(diff);
    assert_int_equal(ctg_diff_create(&diff, NULL, town->plan, 0, NULL),
                     CTG_ERR_USAGE);
    assert_null(diff);
    ctg_diff_free(NULL);
    assert_int_equal(ctg_diff_about(NULL, NULL), CTG_ERR_USAGE);
}

static void a_comparison_needs_names_and_plans(void **state) {
    const opened *const town = *state;
    const ctg_side sides[] = {{"a", town->plan}, {NULL, town->other}};
    ctg_tables *tables = NULL;
    ctg_table table;
    assert_int_equal(ctg_compare(&tables, sides, 2, NULL), CTG_ERR_USAGE);
    assert_int_equal(ctg_compare(&tables, sides, 0, NULL), CTG_ERR_USAGE);
    assert_int_equal(ctg_compare(&tables, sides, 65, NULL), CTG_ERR_USAGE);
    assert_null(tables);
    assert_int_equal(ctg_compare(&tables, sides, 1, NULL), CTG_OK);
    assert_true(ctg_tables_at(&table, tables, 4));
    assert_string_equal(table.name, "binds");
    assert_int_equal(table.n_rows, 1);
    assert_false(ctg_tables_at(&table, tables, 5));
    ctg_tables_free(tables);
}

/* --- threads
 * ------------------------------------------------------------------------
 */

enum { THREADS = 8, QUESTIONS = 50 };

/* How many answers were what they should be. */
static void *ask_often(void *plan) {
    ctg_offer_question asked = CTG_OFFER_QUESTION_INIT;
    asked.request = "r2";
    intptr_t right = 0;
    for (int k = 0; k < QUESTIONS; k++) {
        ctg_offers *offers = NULL;
        ctg_offer offer;
        right += ctg_solution_offers(&offers, plan, &asked, NULL) == CTG_OK &&
                 ctg_offers_at(&offer, offers, 0) &&
                 strcmp(offer.other, "r1") == 0;
        ctg_offers_free(offers);
    }
    return (void *)right;
}

/* The first question makes the index: all of them come at once. */
static void many_threads_ask_one_plan(void **state) {
    const opened *const town = *state;
    pthread_t threads[THREADS];
    ctg_solution *const fresh = judged(town->problem, PLAN_R1_R3);
    for (int k = 0; k < THREADS; k++)
        assert_int_equal(pthread_create(&threads[k], NULL, ask_often, fresh),
                         0);
    for (int k = 0; k < THREADS; k++) {
        void *right = NULL;
        pthread_join(threads[k], &right);
        assert_int_equal((intptr_t)right, QUESTIONS);
    }
    ctg_solution_free(fresh);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_offer_names_who_would_wait),
        cmocka_unit_test(an_offer_says_what_goals_become),
        cmocka_unit_test(a_block_names_rule_and_holders),
        cmocka_unit_test(questions_of_another_kind_are_misuse),
        cmocka_unit_test(a_number_out_of_range_is_refused),
        cmocka_unit_test(a_place_given_up_goes_to_who_waits),
        cmocka_unit_test(a_place_that_is_none_is_refused),
        cmocka_unit_test(a_difference_has_moves_goals_and_reasons),
        cmocka_unit_test(reasons_are_given_when_asked),
        cmocka_unit_test(a_comparison_needs_names_and_plans),
        cmocka_unit_test(many_threads_ask_one_plan),
    };
    return cmocka_run_group_tests(tests, open_town, close_town);
}
