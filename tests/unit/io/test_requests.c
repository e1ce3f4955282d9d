// SPDX-License-Identifier: GPL-3.0-or-later
/* Requests, options, points and tickets of tests/cases/valid/links and menu,
 * against values by hand; draws by sha256sum. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "support/case.h"

typedef struct files {
    arena *mem;
    problem *links, *menu;
} files;

static problem *read_case(arena *mem, const char *path) {
    ctg_error err = CTG_ERROR_INIT;
    problem *p = NULL;
    io_read_problem(&p, case_file(mem, path), NULL, 0, NULL, NULL, &err);
    if (!p)
        fail_msg("%s %s", err.pointer, err.message);
    return p;
}

static int open_files(void **state) {
    static files f;
    f.mem = arena_create(NULL, 0);
    f.links = read_case(f.mem,
                        CTG_SOURCE_DIR "/tests/cases/valid/links/problem.json");
    f.menu =
        read_case(f.mem, CTG_SOURCE_DIR "/tests/cases/valid/menu/problem.json");
    *state = &f;
    return 0;
}

static int close_files(void **state) {
    files *const f = *state;
    problem_free(f->links);
    problem_free(f->menu);
    arena_destroy(f->mem);
    return 0;
}

static const problem *links(void **state) {
    return ((const files *)*state)->links;
}

static const request *menu_request(void **state) {
    return &((const files *)*state)->menu->requests[0];
}

static void requests_are_sorted_by_id(void **state) {
    assert_string_equal(links(state)->requests[0].id, "r1");
    assert_string_equal(links(state)->requests[1].id, "r2");
    assert_string_equal(links(state)->children[0].id, "a");
    assert_int_equal(links(state)->requests[0].child, 0);
}

/* resident 300 + passed 5 x 10, at most 30 + both 40 + income 501: 2. */
static void points_are_the_sum_of_the_grid(void **state) {
    assert_int_equal(links(state)->requests[1].points, 372);
    assert_int_equal(links(state)->requests[0].points, -5);
}

static void weights_come_from_needs_unless_given(void **state) {
    assert_int_equal(links(state)->children[1].place_weight, 2000);
    assert_int_equal(links(state)->children[1].ratio_weight, 1500);
    assert_int_equal(links(state)->children[0].place_weight, 900);
    assert_int_equal(links(state)->children[0].ratio_weight, 1000);
}

static void option_has_its_defaults(void **state) {
    const option *const x = &links(state)->requests[0].options[0];
    const option *const z = &links(state)->requests[0].options[1];
    assert_int_equal(x->rank, 1);
    assert_int_equal(x->satisfaction, 1000);
    assert_int_equal(x->distance, 0);
    assert_int_equal(z->rank, 1);
    assert_int_equal(z->satisfaction, 500);
    assert_int_equal(z->distance, 120);
}

/* printf 'Lyon 2026\nr2\ny' | sha256sum is 490dd...; r2 is the earlier of two
 * moments: 2^20 + 0x490dd + 1. */
static void ticket_is_submission_then_draw(void **state) {
    const option *const y = &links(state)->requests[1].options[0];
    assert_int_equal(y->ticket, (1 << 20) + 0x490dd + 1);
    assert_true(links(state)->requests[0].options[0].ticket <= 1 << 20);
}

/* printf '0\nr1\niris' | sha256sum is 95af6...: one moment only. */
static void ticket_of_a_generated_option_uses_its_id(void **state) {
    const option *const iris = &menu_request(state)->options[0];
    assert_string_equal(iris->id, "iris");
    assert_int_equal(iris->ticket, 0x95af6 + 1);
}

static void resource_limits_follow_the_dates(void **state) {
    const resource *const budget = &links(state)->resources[0];
    const resource *const meals = &links(state)->resources[1];
    assert_string_equal(budget->id, "budget");
    assert_null(budget->day_limit);
    assert_int_equal(meals->day_limit[1], 40);
    assert_int_equal(meals->day_limit[2], 20);
}

static void siblings_and_pins_are_indices(void **state) {
    const problem *const p = links(state);
    assert_int_equal(p->siblings[0].n_requests, 2);
    assert_int_equal(p->siblings[0].requests[1], 1);
    assert_int_equal(p->requests[0].sibling_group, 0);
    assert_int_equal(p->pins[0].kind, PIN_OPTION);
    assert_int_equal(p->pins[0].request, 0);
    assert_int_equal(p->pins[0].target, 1);
}

/* The week of 2026-09-14 is an A week; September 9 is left out and on the 11th
 * only bleuets is closed. Asked: Monday and Tuesday, Wednesday in A weeks. */
static void presences_follow_the_calendar(void **state) {
    const option *const iris = &menu_request(state)->options[0];
    const problem *const p = ((const files *)*state)->menu;
    assert_int_equal(iris->n_presences, 5);
    assert_int_equal(p->days[iris->presences[4].day],
                     civil_from_date((civil_date){2026, 9, 16}));
    assert_int_equal(iris->presences[4].end, 720);
    assert_int_equal(iris->presences[4].section, NONE);
}

/* 2 x 510 minutes + 210 in the week of the 14th. */
static void floor_counts_the_busiest_week(void **state) {
    const option *const iris = &menu_request(state)->options[0];
    assert_int_equal(iris->floor_days, 3);
    assert_int_equal(iris->floor_minutes, 1230);
}

/* From (3, -4) to (0, 0); iris has no location. */
static void distance_is_from_home_to_the_structure(void **state) {
    const request *const q = menu_request(state);
    const int32_t bleuets = request_find_option(q, "bleuets");
    assert_int_equal(q->options[0].distance, 0);
    assert_int_equal(q->options[bleuets].distance, 5);
}

static void held_comes_last_with_the_next_rank(void **state) {
    const request *const q = menu_request(state);
    int32_t most = 0;
    assert_int_equal(q->held, q->n_options - 1);
    for (int32_t i = 0; i < q->held; i++)
        most = q->options[i].rank > most ? q->options[i].rank : most;
    assert_string_equal(q->options[q->held].id, "held");
    assert_int_equal(q->options[q->held].rank, most + 1);
    assert_int_equal(q->options[q->held].n_presences, 2);
}

/* Asked 2 x 510
 * + 210 = 1230; @-30 loses 3 x 30 = 90: 1000 - 73. */
static void worth_of_a_shift_is_by_weekdays_listed(void **state) {
    const request *const q = menu_request(state);
    const int32_t early = request_find_option(q, "iris@-30");
    assert_true(early >= 0);
    assert_int_equal(q->options[early].satisfaction, 927);
    assert_int_equal(q->options[early].presences[0].begin, 480);
}

static void equal_presences_are_kept_once(void **state) {
    (void)state;
    static const char two[] =
        "{\"schema\":\"ctgsched/problem/1\",\"id\":\"p\",\"horizon\":"
        "{\"first\":\"2026-09-07\",\"last\":\"2026-09-11\"},"
        "\"structures\":[{\"id\":\"s\",\"kind\":\"other\",\"places\":1,"
        "\"hours\":[{\"begin\":\"08:00\",\"end\":\"18:00\"}]}],"
        "\"children\":[{\"id\":\"a\",\"birth\":\"2025-01-01\"}],"
        "\"requests\":[{\"id\":\"q\",\"child\":\"a\",\"options\":["
        "{\"id\":\"o\",\"structure\":\"s\",\"when\":"
        "[{\"begin\":\"08:00\",\"end\":\"09:00\"}]},"
        "{\"id\":\"p\",\"structure\":\"s\",\"when\":"
        "[{\"begin\":\"08:00\",\"end\":\"09:00\"}]}]}]}";
    problem *p = NULL;
    io_read_problem(&p, (io_text){two, sizeof two - 1}, NULL, 0, NULL, NULL,
                    NULL);
    assert_non_null(p);
    assert_int_equal(p->requests[0].options[0].n_presences, 5);
    assert_ptr_equal(p->requests[0].options[0].presences,
                     p->requests[0].options[1].presences);
    problem_free(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_are_sorted_by_id),
        cmocka_unit_test(points_are_the_sum_of_the_grid),
        cmocka_unit_test(weights_come_from_needs_unless_given),
        cmocka_unit_test(option_has_its_defaults),
        cmocka_unit_test(ticket_is_submission_then_draw),
        cmocka_unit_test(ticket_of_a_generated_option_uses_its_id),
        cmocka_unit_test(resource_limits_follow_the_dates),
        cmocka_unit_test(siblings_and_pins_are_indices),
        cmocka_unit_test(presences_follow_the_calendar),
        cmocka_unit_test(floor_counts_the_busiest_week),
        cmocka_unit_test(distance_is_from_home_to_the_structure),
        cmocka_unit_test(held_comes_last_with_the_next_rank),
        cmocka_unit_test(worth_of_a_shift_is_by_weekdays_listed),
        cmocka_unit_test(equal_presences_are_kept_once),
    };
    return cmocka_run_group_tests(tests, open_files, close_files);
}
