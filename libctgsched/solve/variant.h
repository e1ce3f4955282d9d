// SPDX-License-Identifier: GPL-3.0-or-later
/* Copies of a problem in which something is decided already, or does not
 * count: what `decide` solves one after another. They share everything else
 * with the problem and live in `mem`; NULL without memory. Options keep their
 * places unless something else is said. */
#ifndef CTGSCHED_SOLVE_VARIANT_H
#define CTGSCHED_SOLVE_VARIANT_H

#include "base/arena.h"
#include "model/problem.h"

/* Duties are exactly these: [problem_posts]; NULL: nobody has one. */
problem *variant_with_duties(const problem *prob, const int32_t *way_of,
                             arena *mem);
/* Placements are exactly these: [n_requests]; NULL: nobody has one. */
problem *variant_with_placements(const problem *prob, const int32_t *option_of,
                                 arena *mem);
/* Seats only: no rule asks for staff, nobody works. */
problem *variant_by_seats(const problem *prob, arena *mem);
/* Each request keeps the option [n_requests], as option 0, and the place held
 * after it; without one it waits. */
problem *variant_of_options(const problem *prob, const int32_t *option_of,
                            arena *mem);
/* Only staff counts, for children who have these options and are all there:
 * what is missing is a shortage, then the goals of employees count. */
problem *variant_roster(const problem *prob, const int32_t *option_of,
                        arena *mem);

#endif
