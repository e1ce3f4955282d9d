// SPDX-License-Identifier: GPL-3.0-or-later
/* xoshiro256** seeded by splitmix64 (Blackman and Vigna, public domain). The
 * generator is a client of the public headers only, so it has its own copy. */
#include "draw.h"

#include <assert.h>

static uint64_t rotate_left(uint64_t x, int k) {
    return (x << k) | (x >> (64 - k));
}

static uint64_t splitmix(uint64_t *state) {
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

void draw_seed(draws *rng, uint64_t seed) {
    for (int i = 0; i < 4; i++)
        rng->s[i] = splitmix(&seed);
}

static uint64_t draw_next(draws *rng) {
    uint64_t *const s = rng->s;
    const uint64_t result = rotate_left(s[1] * 5, 7) * 9;
    const uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate_left(s[3], 45);
    return result;
}

int draw_below(draws *rng, int n) {
    assert(n >= 1);
    const uint64_t m = (uint64_t)n;
    const uint64_t unfair = UINT64_MAX - UINT64_MAX % m; /* a multiple of m */
    uint64_t x = draw_next(rng);
    while (x >= unfair)
        x = draw_next(rng);
    return (int)(x % m);
}

int draw_range(draws *rng, int low, int high) {
    assert(low <= high);
    return low + draw_below(rng, high - low + 1);
}

bool draw_chance(draws *rng, int permille) {
    return draw_below(rng, 1000) < permille;
}

int draw_weighted(draws *rng, const int *weights, int n) {
    int sum = 0;
    for (int i = 0; i < n; i++)
        sum += weights[i];
    int left = draw_below(rng, sum);
    int i = 0;
    while (left >= weights[i])
        left -= weights[i++];
    assert(i < n);
    return i;
}
