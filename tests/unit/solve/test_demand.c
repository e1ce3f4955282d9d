// SPDX-License-Identifier: GPL-3.0-or-later
/* Staff that children require: figures by hand, and the definitions of
 * format.md 5.1 searched for their least answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "solve/demand.h"

/* One professional for 5 who do not walk, for 8 who do. */
static const rule five_eight = {.n_classes = 2,
                                .classes = {{.per = 5}, {.per = 8}}};

static int64_t of(const rule *ratio, ratio_reading reading, int64_t a,
                  int64_t b) {
    const int64_t load[MAX_CLASSES] = {1000 * a, 1000 * b};
    return demand_required(ratio, reading, load);
}

/* 6/5 + 9/8 = 2.325, and 2 + 2 each. */
static void sum_is_rounded_once_and_each_is_rounded_twice(void **state) {
    (void)state;
    assert_int_equal(of(&five_eight, SUM_THEN_CEIL, 6, 9), 3);
    assert_int_equal(of(&five_eight, CEIL_EACH, 6, 9), 4);
}

/* 6 babies open two groups of 5; 4 of the 9 walkers take their free seats, 5
 * more open one group of 8. */
static void fill_uses_free_seats_of_the_smaller_group(void **state) {
    (void)state;
    assert_int_equal(of(&five_eight, MIXED_GROUP_FILL, 6, 9), 3);
    assert_int_equal(of(&five_eight, MIXED_GROUP_FILL, 6, 4), 2);
    assert_int_equal(of(&five_eight, MIXED_GROUP_FILL, 6, 5), 3);
    assert_int_equal(of(&five_eight, MIXED_GROUP_FILL, 0, 8), 1);
    assert_int_equal(of(&five_eight, MIXED_GROUP_FILL, 0, 9), 2);
}

static void nobody_requires_nobody(void **state) {
    (void)state;
    assert_int_equal(of(&five_eight, SUM_THEN_CEIL, 0, 0), 0);
    assert_int_equal(of(&five_eight, CEIL_EACH, 0, 0), 0);
    assert_int_equal(of(&five_eight, MIXED_GROUP_FILL, 0, 0), 0);
}

/* Exactly full is one person; a thousandth more is two. */
static void a_thousandth_too_many_is_one_more(void **state) {
    (void)state;
    const int64_t full[MAX_CLASSES] = {5000, 0}, more[MAX_CLASSES] = {5001, 0};
    for (ratio_reading r = SUM_THEN_CEIL; r <= MIXED_GROUP_FILL; r++) {
        assert_int_equal(demand_required(&five_eight, r, full), 1);
        assert_int_equal(demand_required(&five_eight, r, more), 2);
    }
}

static void common_is_the_least_common_multiple(void **state) {
    (void)state;
    const rule four = {
        .n_classes = 4,
        .classes = {{.per = 4}, {.per = 6}, {.per = 10}, {.per = 15}}};
    assert_int_equal(demand_common(&five_eight), 40);
    assert_int_equal(demand_common(&four), 60);
    assert_int_equal(demand_common(&(rule){.n_classes = 0}), 1);
}

static void order_is_by_rising_per_and_stable(void **state) {
    (void)state;
    const rule mixed = {
        .n_classes = 4,
        .classes = {{.per = 8}, {.per = 5}, {.per = 8}, {.per = 3}}};
    int32_t order[MAX_CLASSES];
    demand_order(&mixed, order);
    const int32_t expected[] = {3, 1, 0, 2};
    assert_memory_equal(order, expected, sizeof expected);
}

/* --- the definitions, searched ----------------------------------------------
 */

enum { SEEDS = 3000, MOST = 12 };

static bool sum_suffices(const rule *r, const int64_t *load, int64_t persons) {
    int64_t common = 1; /* some common multiple does */
    for (int32_t c = 0; c < r->n_classes; c++)
        common *= r->classes[c].per;
    int64_t total = 0;
    for (int32_t c = 0; c < r->n_classes; c++)
        total += load[c] * (common / r->classes[c].per);
    return total <= 1000 * common * persons;
}

static int64_t least_sum(const rule *r, const int64_t *load) {
    int64_t persons = 0;
    while (!sum_suffices(r, load, persons))
        persons++;
    return persons;
}

static int64_t least_each(const rule *r, const int64_t *load) {
    int64_t total = 0;
    for (int32_t c = 0; c < r->n_classes; c++) {
        int64_t persons = 0;
        while (persons * r->classes[c].per * 1000 < load[c])
            persons++;
        total += persons;
    }
    return total;
}

/* All P with at most MOST persons; the classes come by rising `per`. */
static int64_t least_fill(const rule *r, const int64_t *load) {
    int64_t best = INT64_MAX, p[3];
    for (p[0] = 0; p[0] <= MOST; p[0]++)
        for (p[1] = 0; p[0] + p[1] <= MOST; p[1]++)
            for (p[2] = 0; p[0] + p[1] + p[2] <= MOST; p[2]++) {
                int64_t children = 0, seats = 0;
                bool good = true;
                for (int32_t c = 0; c < 3; c++) {
                    children += load[c];
                    seats += 1000 * r->classes[c].per * p[c];
                    good = good && children <= seats;
                }
                const int64_t total = p[0] + p[1] + p[2];
                best = good && total < best ? total : best;
            }
    return best;
}

static void draw_rule(rule *r, int64_t *load, random_state *rng) {
    *r = (rule){.n_classes = 3};
    int32_t per = 1;
    for (int32_t c = 0; c < 3; c++) {
        per += random_range(rng, 0, 3);
        r->classes[c].per = per;
        load[c] = random_below(rng, 4) == 0
                      ? 0
                      : (int64_t)random_range(rng, 0, 3 * per) * 1000 +
                            random_below(rng, 3) * 500;
    }
}

static void readings_are_the_least_that_suffices(void **state) {
    (void)state;
    random_state rng;
    random_seed(&rng, 1);
    for (int32_t k = 0; k < SEEDS; k++) {
        rule r;
        int64_t load[MAX_CLASSES] = {0};
        draw_rule(&r, load, &rng);
        assert_int_equal(demand_required(&r, SUM_THEN_CEIL, load),
                         least_sum(&r, load));
        assert_int_equal(demand_required(&r, CEIL_EACH, load),
                         least_each(&r, load));
        assert_int_equal(demand_required(&r, MIXED_GROUP_FILL, load),
                         least_fill(&r, load));
    }
}

/* The classes of the pack need not come by rising `per`. */
static void fill_does_not_depend_on_the_order_of_classes(void **state) {
    (void)state;
    const rule turned = {.n_classes = 2, .classes = {{.per = 8}, {.per = 5}}};
    for (int64_t babies = 0; babies < 20; babies++)
        for (int64_t walkers = 0; walkers < 20; walkers++)
            assert_int_equal(
                of(&turned, MIXED_GROUP_FILL, walkers, babies),
                of(&five_eight, MIXED_GROUP_FILL, babies, walkers));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sum_is_rounded_once_and_each_is_rounded_twice),
        cmocka_unit_test(fill_uses_free_seats_of_the_smaller_group),
        cmocka_unit_test(nobody_requires_nobody),
        cmocka_unit_test(a_thousandth_too_many_is_one_more),
        cmocka_unit_test(common_is_the_least_common_multiple),
        cmocka_unit_test(order_is_by_rising_per_and_stable),
        cmocka_unit_test(readings_are_the_least_that_suffices),
        cmocka_unit_test(fill_does_not_depend_on_the_order_of_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
