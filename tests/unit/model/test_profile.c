// SPDX-License-Identifier: GPL-3.0-or-later
/* Looking up profiles, walking, ids. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/civil.h"
#include "model/problem.h"

static const step morning[] = {{480, 720, 3}, {720, 780, 0}};
static const day_profile days[] = {{2, morning}, {0, NULL}};
static const profile f = {days};

static void profile_holds_its_begin_and_not_its_end(void **state) {
    (void)state;
    assert_int_equal(profile_at(&f, 0, 479), 0);
    assert_int_equal(profile_at(&f, 0, 480), 3);
    assert_int_equal(profile_at(&f, 0, 719), 3);
    assert_int_equal(profile_at(&f, 0, 720), 0);
}

static void profile_tells_a_zero_from_nothing(void **state) {
    (void)state;
    assert_true(profile_covers(&f, 0, 720));
    assert_false(profile_covers(&f, 0, 780));
    assert_false(profile_covers(&f, 1, 600));
}

static int32_t on(int32_t year, int32_t month, int32_t day) {
    return civil_from_date((civil_date){year, month, day});
}

static void child_walks_from_the_age_of_the_proxy(void **state) {
    (void)state;
    const problem p = {.walk_proxy_months = 15};
    const child c = {.birth = on(2025, 1, 31), .walk_from = CIVIL_NONE};
    /* On April 30 the 31st has not come: 14 months. */
    assert_false(child_walks(&p, &c, on(2026, 4, 30)));
    assert_true(child_walks(&p, &c, on(2026, 5, 1)));
}

static void child_walks_from_the_day_that_is_given(void **state) {
    (void)state;
    const problem p = {.walk_proxy_months = 15};
    const child c = {.birth = on(2025, 1, 31), .walk_from = on(2026, 2, 1)};
    assert_false(child_walks(&p, &c, on(2026, 1, 31)));
    assert_true(child_walks(&p, &c, on(2026, 2, 1)));
}

static void ids_are_found_among_sorted_ones(void **state) {
    (void)state;
    const request requests[] = {{.id = "a"}, {.id = "b"}, {.id = "ba"}};
    const problem p = {.n_requests = 3, .requests = requests};
    assert_int_equal(problem_find_request(&p, "a"), 0);
    assert_int_equal(problem_find_request(&p, "ba"), 2);
    assert_int_equal(problem_find_request(&p, "aa"), NONE);
    assert_int_equal(problem_find_structure(&p, "a"), NONE);
}

static void options_are_found_in_any_order(void **state) {
    (void)state;
    const option options[] = {{.id = "z"}, {.id = "a"}};
    const request q = {.n_options = 2, .options = options};
    assert_int_equal(request_find_option(&q, "a"), 1);
    assert_int_equal(request_find_option(&q, "held"), NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(profile_holds_its_begin_and_not_its_end),
        cmocka_unit_test(profile_tells_a_zero_from_nothing),
        cmocka_unit_test(child_walks_from_the_age_of_the_proxy),
        cmocka_unit_test(child_walks_from_the_day_that_is_given),
        cmocka_unit_test(ids_are_found_among_sorted_ones),
        cmocka_unit_test(options_are_found_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
