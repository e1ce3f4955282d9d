// SPDX-License-Identifier: GPL-3.0-or-later
/* Seeded draws with the same values on every machine: integers only. */
#ifndef GENERATE_DRAW_H
#define GENERATE_DRAW_H

#include <stdbool.h>
#include <stdint.h>

typedef struct draws {
    uint64_t s[4];
} draws;

void draw_seed(draws *rng, uint64_t seed);
int draw_below(draws *rng, int n);             /* uniform in [0, n), n >= 1 */
int draw_range(draws *rng, int low, int high); /* both included */
bool draw_chance(draws *rng, int permille);
/* An index by integer weights [n], their sum >= 1. */
int draw_weighted(draws *rng, const int *weights, int n);

#endif
