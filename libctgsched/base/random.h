// SPDX-License-Identifier: GPL-3.0-or-later
/* A seeded generator with the same bytes on every machine (xoshiro256**,
 * seeded by splitmix64). Integers only: no floating point anywhere. */
#ifndef CTGSCHED_BASE_RANDOM_H
#define CTGSCHED_BASE_RANDOM_H

#include <stdint.h>

typedef struct random_state {
    uint64_t s[4];
} random_state;

void random_seed(random_state *rng, uint64_t seed);
uint64_t random_next(random_state *rng);
/* Uniform in [0, n), n >= 1, without bias. */
int32_t random_below(random_state *rng, int32_t n);
/* Uniform in [low, high]. */
int32_t random_range(random_state *rng, int32_t low, int32_t high);
/* An index drawn by integer weights [n], their sum >= 1 and below 2^31. */
int32_t random_weighted(random_state *rng, const int32_t *weights, int32_t n);

#endif
