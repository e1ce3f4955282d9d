// SPDX-License-Identifier: GPL-3.0-or-later
/* The three readings of the ratio, valued by hand and by trying all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "check/reading.h"

static const rule five_eight = {
    .n_classes = 2, .classes = {{.id = "n", .per = 5}, {.id = "w", .per = 8}}};
static const rule six = {.n_classes = 1, .classes = {{.id = "any", .per = 6}}};

static int64_t five_eight_of(ratio_reading reading, int64_t n, int64_t w) {
    const int64_t weight[] = {1000 * n, 1000 * w};
    return reading_required(&five_eight, reading, weight);
}

/* 6/5 + 5/8 = 1.825; 2 + 1; two for the six leave room for four more of eleven,
 * so a third comes. */
static void reading_six_and_five_gives_2_3_3(void **state) {
    (void)state;
    assert_int_equal(five_eight_of(SUM_THEN_CEIL, 6, 5), 2);
    assert_int_equal(five_eight_of(CEIL_EACH, 6, 5), 3);
    assert_int_equal(five_eight_of(MIXED_GROUP_FILL, 6, 5), 3);
}

/* 2.4 + 1.625 = 4.025; 3 + 2; three for the twelve have room for 15 of 25, two
 * more for the other ten. */
static void reading_twelve_and_thirteen_gives_5_5_5(void **state) {
    (void)state;
    assert_int_equal(five_eight_of(SUM_THEN_CEIL, 12, 13), 5);
    assert_int_equal(five_eight_of(CEIL_EACH, 12, 13), 5);
    assert_int_equal(five_eight_of(MIXED_GROUP_FILL, 12, 13), 5);
}

/* 11 children, 6 a professional. */
static void reading_of_six_counts_everybody_alike(void **state) {
    (void)state;
    const int64_t weight[] = {11000};
    assert_int_equal(reading_required(&six, SUM_THEN_CEIL, weight), 2);
}

/* 4 x 1.25 is 5 children: one person; a thousandth more needs two. */
static void reading_weighted_child_counts_by_thousandths(void **state) {
    (void)state;
    const int64_t fits[] = {5000, 0}, over[] = {5001, 0};
    assert_int_equal(reading_required(&five_eight, SUM_THEN_CEIL, fits), 1);
    assert_int_equal(reading_required(&five_eight, SUM_THEN_CEIL, over), 2);
    assert_int_equal(reading_required(&five_eight, CEIL_EACH, over), 2);
    assert_int_equal(reading_required(&five_eight, MIXED_GROUP_FILL, over), 2);
}

static void reading_nobody_needs_nobody(void **state) {
    (void)state;
    assert_int_equal(five_eight_of(SUM_THEN_CEIL, 0, 0), 0);
    assert_int_equal(five_eight_of(CEIL_EACH, 0, 0), 0);
    assert_int_equal(five_eight_of(MIXED_GROUP_FILL, 0, 0), 0);
}

/* One walker first in the pack, 5 others: filled by rising `per`, one person
 * for the five, one for the walker; by pack order one for eight would do. */
static void reading_fill_goes_by_rising_per(void **state) {
    (void)state;
    const rule turned = {
        .n_classes = 2,
        .classes = {{.id = "w", .per = 8}, {.id = "n", .per = 5}}};
    const int64_t weight[] = {1000, 5000};
    assert_int_equal(reading_required(&turned, MIXED_GROUP_FILL, weight), 2);
}

/* The least sum over all counts of persons that keep every row. */
static int64_t fill_by_trying(const int64_t per[3], const int64_t n[3]) {
    int64_t least = INT64_MAX;
    for (int64_t a = 0; a <= 12; a++) {
        for (int64_t b = 0; b <= 12; b++) {
            for (int64_t c = 0; c <= 12; c++) {
                const int64_t one = a * per[0], two = one + b * per[1];
                if (n[0] <= 1000 * one && n[0] + n[1] <= 1000 * two &&
                    n[0] + n[1] + n[2] <= 1000 * (two + c * per[2]) &&
                    a + b + c < least)
                    least = a + b + c;
            }
        }
    }
    return least;
}

static void reading_fill_is_the_least_of_all(void **state) {
    (void)state;
    random_state rng;
    random_seed(&rng, 20260907);
    for (int trial = 0; trial < 300; trial++) {
        rule r = {.n_classes = 3};
        int64_t per[3], n[3];
        int32_t last = 2;
        for (int32_t c = 0; c < 3; c++) {
            per[c] = r.classes[c].per = last =
                random_range(&rng, last, last + 3);
            n[c] = 500 * random_range(&rng, 0, 24);
        }
        assert_int_equal(reading_required(&r, MIXED_GROUP_FILL, n),
                         fill_by_trying(per, n));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_six_and_five_gives_2_3_3),
        cmocka_unit_test(reading_twelve_and_thirteen_gives_5_5_5),
        cmocka_unit_test(reading_of_six_counts_everybody_alike),
        cmocka_unit_test(reading_weighted_child_counts_by_thousandths),
        cmocka_unit_test(reading_nobody_needs_nobody),
        cmocka_unit_test(reading_fill_goes_by_rising_per),
        cmocka_unit_test(reading_fill_is_the_least_of_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
