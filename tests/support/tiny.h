// SPDX-License-Identifier: GPL-3.0-or-later
/* Random tiny problems in Format 1, small enough to try every plan.
 *
 * A seed gives the same text on every machine. Each seed draws a theme: one
 * rule of format.md 5 (or one reading of it) is made scarce, the rest stays
 * roomy, so that over a few thousand seeds every rule decides alone. Texts are
 * allocated in the arena and end with '\0'; NULL without memory. */
#ifndef CTGSCHED_TESTS_TINY_H
#define CTGSCHED_TESTS_TINY_H

#include <stdint.h>

#include "base/arena.h"

int32_t tiny_n_themes(void);
const char *tiny_theme_name(int32_t theme);
int32_t tiny_theme_rule(int32_t theme); /* the rule_name it makes scarce, -1 */
int32_t tiny_theme(uint64_t seed);      /* the theme that a seed draws */

/* The problem of a seed: 3 to 6 requests, 2 structures, 1 to 7 days. */
char *tiny_problem(uint64_t seed, arena *mem);

/* The same problem, the members of its objects and of its sets in an order
 * drawn from `seed`; ordered lists keep theirs. */
char *tiny_shuffle(const char *text, uint64_t seed, arena *mem);

/* For shrinking: the problem without its k-th part (an element of a list or a
 * member of an object, requests and what is in them first); NULL when there are
 * not so many. What is left may be refused by the reader: then it is no case.
 */
char *tiny_drop(const char *text, int32_t k, arena *mem);

#endif
