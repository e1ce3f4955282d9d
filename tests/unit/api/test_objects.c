// SPDX-License-Identifier: GPL-3.0-or-later
/* Problems and solutions through the public headers: reading, judging, looking
 * into, writing, misuse. Figures are worked out by hand in tiny_town.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <ctgsched.h>

#include "unit/api/tiny_town.h"

static ctg_problem *town(void) {
    ctg_problem *made = NULL;
    ctg_error err = CTG_ERROR_INIT;
    if (ctg_problem_parse(&made, TOWN, strlen(TOWN), NULL, &err) != CTG_OK)
        fail_msg("%s %s: %s", err.code, err.pointer, err.message);
    return made;
}

static ctg_solution *plan_of(const ctg_problem *of, const char *json) {
    ctg_solution *made = NULL;
    ctg_error err = CTG_ERROR_INIT;
    if (ctg_solution_parse(&made, of, json, strlen(json), NULL, &err) != CTG_OK)
        fail_msg("%s %s: %s", err.code, err.pointer, err.message);
    return made;
}

static ctg_solution_info about(const ctg_solution *solution) {
    ctg_solution_info info;
    assert_int_equal(ctg_solution_about(&info, solution), CTG_OK);
    return info;
}

static int64_t goal_value(const ctg_solution *solution, const char *name) {
    ctg_goal goal;
    for (int32_t i = 0; ctg_solution_goal(&goal, solution, i); i++)
        if (strcmp(goal.name, name) == 0)
            return goal.value;
    fail_msg("no goal %s", name);
    return -1;
}

static void parse_null_arguments_are_misuse(void **state) {
    (void)state;
    ctg_problem *made = NULL;
    ctg_error err = CTG_ERROR_INIT;
    assert_int_equal(ctg_problem_parse(NULL, "{}", 2, NULL, &err),
                     CTG_ERR_USAGE);
    assert_string_equal(err.code, "E-USAGE");
    assert_int_equal(ctg_problem_parse(&made, NULL, 2, NULL, NULL),
                     CTG_ERR_USAGE);
    assert_int_equal(ctg_problem_lint(NULL, "{}", 2, NULL, NULL),
                     CTG_ERR_USAGE);
    assert_null(made);
}

static void parse_empty_text_is_refused_as_input(void **state) {
    (void)state;
    ctg_problem *made = NULL;
    ctg_error err = CTG_ERROR_INIT;
    assert_int_equal(ctg_problem_parse(&made, NULL, 0, NULL, &err),
                     CTG_ERR_INPUT);
    assert_string_equal(err.code, "E-SYNTAX");
    assert_null(made);
}

static void parse_options_of_wrong_size_are_misuse(void **state) {
    (void)state;
    ctg_problem *made = NULL;
    ctg_read_options how = CTG_READ_OPTIONS_INIT;
    how.struct_size = 1;
    assert_int_equal(ctg_problem_parse(&made, TOWN, strlen(TOWN), &how, NULL),
                     CTG_ERR_USAGE);
    how = (ctg_read_options)CTG_READ_OPTIONS_INIT;
    how.n_packs = 1;
    assert_int_equal(ctg_problem_parse(&made, TOWN, strlen(TOWN), &how, NULL),
                     CTG_ERR_USAGE);
}

typedef struct heard {
    int n;
    char codes[8][32];
    int32_t lines[8];
} heard;

static void hear(void *user, const ctg_fault *fault) {
    heard *const all = user;
    assert_true(all->n < 8);
    strncpy(all->codes[all->n], fault->code, 31);
    all->lines[all->n] = fault->line;
    assert_true(strlen(fault->message) > 0);
    assert_int_equal(fault->pointer[0], '/');
    all->n++;
}

static void parse_faulty_text_tells_every_fault(void **state) {
    (void)state;
    heard all = {0};
    ctg_problem *made = NULL;
    ctg_error err = CTG_ERROR_INIT;
    ctg_read_options how = CTG_READ_OPTIONS_INIT;
    how.on_fault = hear;
    how.user = &all;
    assert_int_equal(
        ctg_problem_parse(&made, TOWN_FAULTY, strlen(TOWN_FAULTY), &how, &err),
        CTG_ERR_INPUT);
    assert_null(made);
    assert_int_equal(all.n, 2);
    const int first = strcmp(all.codes[0], "E-REF") == 0 ? 0 : 1;
    assert_string_equal(all.codes[first], "E-REF");
    assert_int_equal(all.lines[first], 2);
    assert_string_equal(all.codes[1 - first], "E-INTERVAL");
    assert_int_equal(all.lines[1 - first], 3);
    assert_true(err.line == 2 || err.line == 3);
}

static void lint_counts_faults_and_keeps_nothing(void **state) {
    (void)state;
    ctg_lint found;
    assert_int_equal(
        ctg_problem_lint(&found, TOWN_FAULTY, strlen(TOWN_FAULTY), NULL, NULL),
        CTG_OK);
    assert_int_equal(found.n_errors, 2);
    assert_int_equal(ctg_problem_lint(&found, TOWN, strlen(TOWN), NULL, NULL),
                     CTG_OK);
    assert_int_equal(found.n_errors, 0);
    assert_int_equal(found.n_warnings, 0);
}

static void digest_forgets_the_order_of_sets(void **state) {
    (void)state;
    ctg_problem *const one = town();
    ctg_problem *other = NULL;
    assert_int_equal(ctg_problem_parse(&other, TOWN_SHUFFLED,
                                       strlen(TOWN_SHUFFLED), NULL, NULL),
                     CTG_OK);
    assert_int_equal(strlen(ctg_problem_digest(one)), 7 + 64);
    assert_string_equal(ctg_problem_digest(one), ctg_problem_digest(other));
    ctg_problem_free(one);
    ctg_problem_free(other);
}

static void canonical_text_reads_as_the_same_problem(void **state) {
    (void)state;
    ctg_problem *const one = town();
    ctg_problem *again = NULL;
    size_t bytes = 0;
    const char *const text = ctg_problem_text(one, &bytes);
    assert_int_equal(strlen(text), bytes);
    assert_null(strchr(text, '\n'));
    assert_int_equal(ctg_problem_parse(&again, text, bytes, NULL, NULL),
                     CTG_OK);
    assert_string_equal(ctg_problem_digest(one), ctg_problem_digest(again));
    ctg_problem_free(one);
    ctg_problem_free(again);
}

static void problem_about_counts(void **state) {
    (void)state;
    ctg_problem *const one = town();
    ctg_problem_info info;
    assert_int_equal(ctg_problem_about(&info, one), CTG_OK);
    assert_string_equal(info.id, "tiny");
    assert_string_equal(info.first_date, "2026-09-07");
    assert_string_equal(info.last_date, "2026-09-11");
    assert_int_equal(info.n_days, 5);
    assert_int_equal(info.n_structures, 1);
    assert_int_equal(info.n_children, 3);
    assert_int_equal(info.n_requests, 3);
    assert_int_equal(info.n_options, 3);
    assert_int_equal(info.n_goals, 5); /* the four of the default, and tie */
    assert_int_equal(ctg_problem_about(NULL, one), CTG_ERR_USAGE);
    assert_int_equal(ctg_problem_about(&info, NULL), CTG_ERR_USAGE);
    ctg_problem_free(one);
}

static void null_problem_answers_harmlessly(void **state) {
    (void)state;
    size_t bytes = 7;
    ctg_pack_info pack;
    ctg_problem_free(NULL);
    assert_string_equal(ctg_problem_digest(NULL), "");
    assert_null(ctg_problem_text(NULL, &bytes));
    assert_int_equal(bytes, 0);
    assert_int_equal(ctg_problem_pack(&pack, NULL, 0), 0);
}

static void embedded_packs_lint_without_fault(void **state) {
    (void)state;
    const char *name = NULL, *text;
    size_t bytes = 0;
    int n = 0;
    for (; (text = ctg_rules_text(n, &name, &bytes)); n++) {
        ctg_lint found;
        assert_int_equal(ctg_rules_lint(&found, text, bytes, NULL, NULL),
                         CTG_OK);
        assert_int_equal(found.n_errors, 0);
        assert_true(strlen(name) > 0);
    }
    assert_true(n > 0);
    assert_null(ctg_rules_text(-1, NULL, NULL));
}

static void rules_lint_broken_pack_counts_errors(void **state) {
    (void)state;
    ctg_lint found;
    assert_int_equal(ctg_rules_lint(&found, "{}", 2, NULL, NULL), CTG_OK);
    assert_true(found.n_errors > 0);
}

static void judge_hand_made_plan_is_accepted_with_goals(void **state) {
    (void)state;
    ctg_problem *const one = town();
    ctg_solution *const best = plan_of(one, PLAN_R1_R3);
    const ctg_solution_info info = about(best);
    assert_int_equal(info.is_accepted, 1);
    assert_int_equal(info.n_breaches, 0);
    assert_int_equal(info.n_placements, 2);
    assert_int_equal(info.n_waiting, 1);
    assert_null(info.status);
    assert_int_equal(goal_value(best, "points"), 7);
    assert_int_equal(goal_value(best, "requests"), 2);
    assert_int_equal(goal_value(best, "hours"), 2100);
    assert_int_equal(goal_value(best, "satisfaction"), 2000);
    ctg_solution_free(best);
    ctg_problem_free(one);
}

static void judge_two_in_one_place_names_each_day(void **state) {
    (void)state;
    ctg_problem *const one = town();
    ctg_solution *const wrong = plan_of(one, PLAN_R1_R2);
    ctg_breach found;
    int n_places = 0;
    assert_int_equal(about(wrong).is_accepted, 0);
    for (int32_t i = 0; ctg_solution_breach(&found, wrong, i); i++) {
        if (strcmp(found.rule, "places") != 0)
            continue;
        assert_string_equal(found.where.structure, "s1");
        assert_int_equal(found.where.begin, 9 * 60);
        assert_int_equal(found.where.end, 12 * 60);
        assert_null(found.where.request);
        assert_true(strncmp(found.where.date, "2026-09-", 8) == 0);
        n_places++;
    }
    assert_int_equal(n_places, 5);
    ctg_solution_free(wrong);
    ctg_problem_free(one);
}

static void rows_name_ids_and_end(void **state) {
    (void)state;
    ctg_problem *const one = town();
    ctg_solution *const best = plan_of(one, PLAN_R1_R3);
    ctg_placement placed;
    ctg_waiting waiting;
    ctg_shortage shortage;
    ctg_envy envy;
    assert_int_equal(ctg_solution_placement(&placed, best, 1), 1);
    assert_string_equal(placed.request, "r3");
    assert_string_equal(placed.child, "c3");
    assert_string_equal(placed.option, "o1");
    assert_string_equal(placed.structure, "s1");
    assert_int_equal(placed.rank, 1);
    assert_int_equal(ctg_solution_placement(&placed, best, 2), 0);
    assert_int_equal(ctg_solution_waiting(&waiting, best, 0), 1);
    assert_string_equal(waiting.request, "r2");
    assert_int_equal(waiting.rank, 1);
    assert_int_equal(waiting.points, 3);
    assert_int_equal(ctg_solution_waiting(&waiting, best, 1), 0);
    assert_int_equal(ctg_solution_shortage(&shortage, best, 0), 0);
    assert_int_equal(ctg_solution_envy(&envy, best, 0), 0);
    assert_int_equal(ctg_solution_placement(NULL, best, 0), 0);
    assert_int_equal(ctg_solution_placement(&placed, best, -1), 0);
    assert_int_equal(ctg_solution_goal(NULL, best, 0), 0);
    assert_int_equal(ctg_solution_goal(NULL, NULL, 0), 0);
    ctg_solution_free(best);
    ctg_problem_free(one);
}

static void coverage_shows_each_open_interval(void **state) {
    (void)state;
    ctg_problem *const one = town();
    ctg_solution *const best = plan_of(one, PLAN_R1_R3);
    static const int32_t begins[] = {480, 540, 720, 780, 1020};
    static const int32_t presents[] = {0, 1, 0, 1, 0};
    ctg_coverage row;
    for (int32_t i = 0; i < 5; i++) {
        assert_int_equal(ctg_solution_coverage(&row, best, i), 1);
        assert_string_equal(row.date, "2026-09-07");
        assert_int_equal(row.begin, begins[i]);
        assert_int_equal(row.present, presents[i]);
        assert_int_equal(row.places, 1);
        assert_int_equal(row.free, 1 - presents[i]);
        assert_string_equal(row.binds, presents[i] ? "seats" : "none");
    }
    assert_int_equal(about(best).n_coverage, 25);
    ctg_solution_free(best);
    ctg_problem_free(one);
}

static void solution_keeps_its_problem_alive(void **state) {
    (void)state;
    ctg_problem *const one = town();
    ctg_solution *const best = plan_of(one, PLAN_R1_R3);
    ctg_placement placed;
    ctg_problem_free(one);
    assert_int_equal(ctg_solution_placement(&placed, best, 0), 1);
    assert_string_equal(placed.request, "r1");
    ctg_solution_free(best);
}

static void write_complete_reads_back_with_statements(void **state) {
    (void)state;
    ctg_problem *const one = town();
    ctg_solution *const best = plan_of(one, PLAN_R1_R3);
    ctg_text text;
    assert_int_equal(ctg_solution_write(&text, best, CTG_WRITE_COMPLETE, NULL),
                     CTG_OK);
    assert_int_equal(strlen(text.at), text.bytes);
    assert_non_null(strstr(text.at, "\"coverage\""));
    ctg_solution *const again = plan_of(one, text.at);
    assert_int_equal(about(again).is_accepted, 1);
    ctg_text_free(&text);
    assert_null(text.at);
    ctg_solution_free(again);
    ctg_solution_free(best);
    ctg_problem_free(one);
}

static void write_stated_twice_gives_the_same_bytes(void **state) {
    (void)state;
    ctg_problem *const one = town();
    ctg_solution *const best = plan_of(one, PLAN_R1_R3);
    ctg_text first, second;
    assert_int_equal(ctg_solution_write(&first, best, CTG_WRITE_STATED, NULL),
                     CTG_OK);
    ctg_solution *const again = plan_of(one, first.at);
    assert_int_equal(ctg_solution_write(&second, again, CTG_WRITE_STATED, NULL),
                     CTG_OK);
    assert_string_equal(first.at, second.at);
    ctg_text_free(&first);
    ctg_text_free(&second);
    ctg_solution_free(again);
    ctg_solution_free(best);
    ctg_problem_free(one);
}

static void plan_with_unknown_request_is_refused(void **state) {
    (void)state;
    ctg_problem *const one = town();
    ctg_solution *made = NULL;
    ctg_error err = CTG_ERROR_INIT;
    assert_int_equal(ctg_solution_parse(&made, one, PLAN_UNKNOWN,
                                        strlen(PLAN_UNKNOWN), NULL, &err),
                     CTG_ERR_INPUT);
    assert_string_equal(err.code, "E-REF");
    assert_null(made);
    ctg_problem_free(one);
}

static void solution_misuse_is_refused(void **state) {
    (void)state;
    ctg_problem *const one = town();
    ctg_solution *made = NULL;
    ctg_text text = CTG_TEXT_INIT;
    ctg_solution *const best = plan_of(one, PLAN_R2);
    assert_int_equal(ctg_solution_parse(NULL, one, "{}", 2, NULL, NULL),
                     CTG_ERR_USAGE);
    assert_int_equal(ctg_solution_parse(&made, NULL, "{}", 2, NULL, NULL),
                     CTG_ERR_USAGE);
    assert_int_equal(ctg_solution_write(NULL, best, CTG_WRITE_STATED, NULL),
                     CTG_ERR_USAGE);
    assert_int_equal(ctg_solution_write(&text, NULL, CTG_WRITE_STATED, NULL),
                     CTG_ERR_USAGE);
    assert_int_equal(ctg_solution_write(&text, best, (ctg_write)9, NULL),
                     CTG_ERR_USAGE);
    assert_int_equal(ctg_solution_about(NULL, best), CTG_ERR_USAGE);
    ctg_text_free(&text);
    ctg_text_free(NULL);
    ctg_solution_free(NULL);
    ctg_solution_free(best);
    ctg_problem_free(one);
}

/* --- slots
 * ------------------------------------------------------------------- */

static ctg_slot_question on_monday(void) {
    ctg_slot_question asked = CTG_SLOT_QUESTION_INIT;
    asked.date = "2026-09-07";
    asked.age_months = 14;
    return asked;
}

/* One place, taken 09:00-12:00 and 13:00-17:00: three hours of the day are
 * left, each alone. */
static void slots_are_what_is_left(void **state) {
    (void)state;
    static const int32_t left[][2] = {{480, 540}, {720, 780}, {1020, 1080}};
    ctg_problem *const one = town();
    ctg_solution *const best = plan_of(one, PLAN_R1_R3);
    const ctg_slot_question asked = on_monday();
    ctg_slots *slots = NULL;
    ctg_slot row;
    assert_int_equal(ctg_solution_slots(&slots, best, &asked, NULL), CTG_OK);
    for (int32_t i = 0; i < 3; i++) {
        assert_int_equal(ctg_slots_at(&row, slots, i), 1);
        assert_string_equal(row.structure, "s1");
        assert_null(row.section);
        assert_int_equal(row.begin, left[i][0]);
        assert_int_equal(row.end, left[i][1]);
        assert_int_equal(row.most_minutes, 60);
    }
    assert_int_equal(ctg_slots_at(&row, slots, 3), 0);
    assert_int_equal(ctg_slots_at(&row, slots, -1), 0);
    assert_int_equal(ctg_slots_at(NULL, slots, 0), 0);
    assert_int_equal(ctg_slots_at(&row, NULL, 0), 0);
    ctg_slots_free(slots);
    ctg_slots_free(NULL);
    ctg_solution_free(best);
    ctg_problem_free(one);
}

static void expect_no_slots(const ctg_solution *plan,
                            const ctg_slot_question *asked, ctg_status status,
                            const char *code) {
    ctg_slots *slots = NULL;
    ctg_error err = CTG_ERROR_INIT;
    assert_int_equal(ctg_solution_slots(&slots, plan, asked, &err), status);
    assert_string_equal(err.code, code);
    assert_null(slots);
}

static void slots_misuse_is_refused(void **state) {
    (void)state;
    ctg_problem *const one = town();
    ctg_solution *const best = plan_of(one, PLAN_R1_R3);
    ctg_solution *const bad = plan_of(one, PLAN_R1_R2);
    ctg_slot_question asked = on_monday();
    expect_no_slots(NULL, &asked, CTG_ERR_USAGE, "E-USAGE");
    expect_no_slots(best, NULL, CTG_ERR_USAGE, "E-USAGE");
    expect_no_slots(bad, &asked, CTG_ERR_VERIFY, "E-BASE");
    assert_int_equal(ctg_solution_slots(NULL, best, &asked, NULL),
                     CTG_ERR_USAGE);
    asked.struct_size = 4;
    expect_no_slots(best, &asked, CTG_ERR_USAGE, "E-USAGE");
    asked = on_monday();
    asked.date = "2026-09-12";
    expect_no_slots(best, &asked, CTG_ERR_USAGE, "E-SLOT");
    asked.date = NULL;
    expect_no_slots(best, &asked, CTG_ERR_USAGE, "E-SLOT");
    asked = on_monday();
    asked.age_months = 216;
    expect_no_slots(best, &asked, CTG_ERR_USAGE, "E-SLOT");
    asked = on_monday();
    asked.least_minutes = 0;
    expect_no_slots(best, &asked, CTG_ERR_USAGE, "E-SLOT");
    asked = on_monday();
    asked.walks = 2;
    expect_no_slots(best, &asked, CTG_ERR_USAGE, "E-SLOT");
    asked = on_monday();
    asked.structure = "s9";
    expect_no_slots(best, &asked, CTG_ERR_USAGE, "E-SLOT");
    ctg_solution_free(best);
    ctg_solution_free(bad);
    ctg_problem_free(one);
}

/* The same day: nobody at its ends and at noon, one place taken between. */
static void headroom_is_what_is_left(void **state) {
    (void)state;
    static const int32_t left[][3] = {{480, 540, 1},
                                      {540, 720, 0},
                                      {720, 780, 1},
                                      {780, 1020, 0},
                                      {1020, 1080, 1}};
    ctg_problem *const one = town();
    ctg_solution *const best = plan_of(one, PLAN_R1_R3);
    ctg_headroom *found = NULL;
    ctg_headroom_row row;
    assert_int_equal(
        ctg_solution_headroom(&found, best, "s1", "2026-09-07", NULL), CTG_OK);
    for (int32_t i = 0; i < 5; i++) {
        assert_int_equal(ctg_headroom_at(&row, found, i), 1);
        assert_string_equal(row.structure, "s1");
        assert_string_equal(row.date, "2026-09-07");
        assert_null(row.section);
        assert_null(row.class_id);
        assert_int_equal(row.begin, left[i][0]);
        assert_int_equal(row.end, left[i][1]);
        assert_int_equal(row.more, left[i][2]);
        assert_int_equal(row.binds, CTG_BINDS_SEATS);
    }
    assert_int_equal(ctg_headroom_at(&row, found, 5), 0);
    assert_int_equal(ctg_headroom_at(&row, found, -1), 0);
    assert_int_equal(ctg_headroom_at(NULL, found, 0), 0);
    assert_int_equal(ctg_headroom_at(&row, NULL, 0), 0);
    ctg_headroom_free(found);
    ctg_headroom_free(NULL);
    ctg_solution_free(best);
    ctg_problem_free(one);
}

static void headroom_misuse_is_refused(void **state) {
    (void)state;
    ctg_problem *const one = town();
    ctg_solution *const best = plan_of(one, PLAN_R1_R3);
    ctg_solution *const bad = plan_of(one, PLAN_R1_R2);
    ctg_headroom *found = NULL;
    ctg_error err = CTG_ERROR_INIT;
    assert_int_equal(ctg_solution_headroom(NULL, best, NULL, NULL, NULL),
                     CTG_ERR_USAGE);
    assert_int_equal(ctg_solution_headroom(&found, NULL, NULL, NULL, NULL),
                     CTG_ERR_USAGE);
    assert_int_equal(ctg_solution_headroom(&found, bad, NULL, NULL, NULL),
                     CTG_ERR_VERIFY);
    assert_int_equal(
        ctg_solution_headroom(&found, best, NULL, "2026-09-12", &err),
        CTG_ERR_USAGE);
    assert_string_equal(err.code, "E-SLOT");
    assert_int_equal(ctg_solution_headroom(&found, best, "s9", NULL, NULL),
                     CTG_ERR_USAGE);
    assert_null(found);
    ctg_solution_free(best);
    ctg_solution_free(bad);
    ctg_problem_free(one);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse_null_arguments_are_misuse),
        cmocka_unit_test(parse_empty_text_is_refused_as_input),
        cmocka_unit_test(parse_options_of_wrong_size_are_misuse),
        cmocka_unit_test(parse_faulty_text_tells_every_fault),
        cmocka_unit_test(lint_counts_faults_and_keeps_nothing),
        cmocka_unit_test(digest_forgets_the_order_of_sets),
        cmocka_unit_test(canonical_text_reads_as_the_same_problem),
        cmocka_unit_test(problem_about_counts),
        cmocka_unit_test(null_problem_answers_harmlessly),
        cmocka_unit_test(embedded_packs_lint_without_fault),
        cmocka_unit_test(rules_lint_broken_pack_counts_errors),
        cmocka_unit_test(judge_hand_made_plan_is_accepted_with_goals),
        cmocka_unit_test(judge_two_in_one_place_names_each_day),
        cmocka_unit_test(rows_name_ids_and_end),
        cmocka_unit_test(coverage_shows_each_open_interval),
        cmocka_unit_test(solution_keeps_its_problem_alive),
        cmocka_unit_test(write_complete_reads_back_with_statements),
        cmocka_unit_test(write_stated_twice_gives_the_same_bytes),
        cmocka_unit_test(plan_with_unknown_request_is_refused),
        cmocka_unit_test(solution_misuse_is_refused),
        cmocka_unit_test(slots_are_what_is_left),
        cmocka_unit_test(slots_misuse_is_refused),
        cmocka_unit_test(headroom_is_what_is_left),
        cmocka_unit_test(headroom_misuse_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
