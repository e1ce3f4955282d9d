// SPDX-License-Identifier: GPL-3.0-or-later
/* The parts of a problem that have nothing in common.
 *
 * Requests and employees are in one part when a rule or a goal may look at
 * both: through a structure, a resource, the child, siblings, the guaranteed
 * places of one manager, or a shift. Goals in order are then in order in each
 * part alone. */
#ifndef CTGSCHED_SOLVE_PARTS_H
#define CTGSCHED_SOLVE_PARTS_H

#include "solve/search.h"

typedef struct part {
    int32_t n_requests, n_employees;
    const int32_t *requests;  /* [n_requests], rising */
    const int32_t *employees; /* [n_employees], rising */
    int64_t size;             /* columns to choose from */
} part;

typedef struct parts {
    int32_t n;
    const part *at;          /* [n], small ones first */
    const int32_t *cover_in; /* [n_cover]: the part that counts it */
} parts;

/* One part when it must not be split: the policy by points and the goal
 * fairness compare everybody.
 * False without memory. */
bool parts_find(parts *out, const search *s, arena *mem);

/* The problem with the requests, employees and covers of a part alone; all
 * structures and shifts stay. NULL without memory. */
problem *part_problem(const problem *whole, const parts *p, int32_t k,
                      arena *mem);

/* Where a request or employee of the whole is in a list, or NONE. */
int32_t part_place(const int32_t *list, int32_t n, int32_t one);

#endif
