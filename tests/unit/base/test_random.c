// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/random.h"

/* Values of the authors' reference programs. */
static void random_seed_zero_is_splitmix64(void **state) {
    (void)state;
    random_state rng;
    random_seed(&rng, 0);
    assert_true(rng.s[0] == UINT64_C(0xe220a8397b1dcdaf));
    assert_true(rng.s[1] == UINT64_C(0x6e789e6aa1b965f4));
    assert_true(rng.s[2] == UINT64_C(0x06c45d188009454f));
    assert_true(rng.s[3] == UINT64_C(0xf88bb8a8724c81ec));
}

static void random_next_state_1234_is_the_reference(void **state) {
    (void)state;
    random_state rng = {{1, 2, 3, 4}};
    assert_true(random_next(&rng) == 11520);
    assert_true(random_next(&rng) == 0);
    assert_true(random_next(&rng) == 1509978240);
    assert_true(random_next(&rng) == UINT64_C(1215971899390074240));
}

static void random_next_same_seed_gives_same_bytes(void **state) {
    (void)state;
    random_state rng;
    random_seed(&rng, 42);
    assert_true(random_next(&rng) == UINT64_C(0x15780b2e0c2ec716));
    assert_true(random_next(&rng) == UINT64_C(0x6104d9866d113a7e));
}

static void random_below_one_is_zero(void **state) {
    (void)state;
    random_state rng;
    random_seed(&rng, 1);
    assert_int_equal(random_below(&rng, 1), 0);
}

static void random_below_six_is_even_handed(void **state) {
    (void)state;
    random_state rng;
    random_seed(&rng, 7);
    int32_t seen[6] = {0};
    for (int32_t i = 0; i < 60000; i++)
        seen[random_below(&rng, 6)]++;
    for (int32_t i = 0; i < 6; i++)
        assert_in_range(seen[i], 9600, 10400);
}

static void random_range_reaches_both_ends(void **state) {
    (void)state;
    random_state rng;
    random_seed(&rng, 3);
    int32_t low = 0, high = 0, outside = 0;
    for (int32_t i = 0; i < 1000; i++) {
        const int32_t drawn = random_range(&rng, -2, 2);
        low += drawn == -2;
        high += drawn == 2;
        outside += drawn < -2 || drawn > 2;
    }
    assert_true(low > 0 && high > 0);
    assert_int_equal(outside, 0);
}

static void random_range_of_everything_has_both_signs(void **state) {
    (void)state;
    random_state rng;
    random_seed(&rng, 3);
    int32_t negative = 0;
    for (int32_t i = 0; i < 1000; i++)
        negative += random_range(&rng, INT32_MIN, INT32_MAX) < 0;
    assert_in_range(negative, 400, 600);
}

static void random_weighted_follows_the_weights(void **state) {
    (void)state;
    static const int32_t weights[] = {0, 3, 0, 1, 0};
    random_state rng;
    random_seed(&rng, 11);
    int32_t seen[5] = {0};
    for (int32_t i = 0; i < 40000; i++)
        seen[random_weighted(&rng, weights, 5)]++;
    assert_in_range(seen[1], 29400, 30600);
    assert_int_equal(seen[1] + seen[3], 40000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_seed_zero_is_splitmix64),
        cmocka_unit_test(random_next_state_1234_is_the_reference),
        cmocka_unit_test(random_next_same_seed_gives_same_bytes),
        cmocka_unit_test(random_below_one_is_zero),
        cmocka_unit_test(random_below_six_is_even_handed),
        cmocka_unit_test(random_range_reaches_both_ends),
        cmocka_unit_test(random_range_of_everything_has_both_signs),
        cmocka_unit_test(random_weighted_follows_the_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
