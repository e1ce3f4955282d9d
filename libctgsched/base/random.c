// SPDX-License-Identifier: GPL-3.0-or-later
/* xoshiro256** by Blackman and Vigna (public domain), seeded by splitmix64. */
#include "base/random.h"

#include <assert.h>

static uint64_t rotate(uint64_t x, int32_t by) {
    return x << by | x >> (64 - by);
}

void random_seed(random_state *rng, uint64_t seed) {
    for (int32_t i = 0; i < 4; i++) {
        seed += UINT64_C(0x9E3779B97F4A7C15);
        uint64_t z = seed;
        z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
        z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
        rng->s[i] = z ^ z >> 31;
    }
}

uint64_t random_next(random_state *rng) {
    uint64_t *const s = rng->s;
    const uint64_t result = rotate(s[1] * 5, 7) * 9;
    const uint64_t kept = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= kept;
    s[3] = rotate(s[3], 45);
    return result;
}

/* Lemire's multiplication; the draws that would favour some results are
 * thrown away. */
static uint32_t below(random_state *rng, uint32_t n) {
    const uint32_t unfair = -n % n;
    uint64_t product;
    do {
        product = (random_next(rng) >> 32) * n;
    } while ((uint32_t)product < unfair);
    return (uint32_t)(product >> 32);
}

int32_t random_below(random_state *rng, int32_t n) {
    assert(n >= 1);
    return (int32_t)below(rng, (uint32_t)n);
}

int32_t random_range(random_state *rng, int32_t low, int32_t high) {
    assert(low <= high);
    const int64_t span = (int64_t)high - low + 1;
    const uint32_t drawn = span > UINT32_MAX
                               ? (uint32_t)(random_next(rng) >> 32)
                               : below(rng, (uint32_t)span);
    return (int32_t)(low + (int64_t)drawn);
}

int32_t random_weighted(random_state *rng, const int32_t *weights, int32_t n) {
    int64_t sum = 0;
    for (int32_t i = 0; i < n; i++) {
        assert(weights[i] >= 0);
        sum += weights[i];
    }
    assert(sum >= 1 && sum <= INT32_MAX);
    int32_t left = random_below(rng, (int32_t)sum);
    int32_t i = 0;
    while (left >= weights[i])
        left -= weights[i++];
    assert(i < n);
    return i;
}
