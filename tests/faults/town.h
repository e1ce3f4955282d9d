// SPDX-License-Identifier: GPL-3.0-or-later
/* A tiny problem with its plan, and brute force to say whether an answer that
 * the library gives is true. */
#ifndef CTGSCHED_TESTS_TOWN_H
#define CTGSCHED_TESTS_TOWN_H

#include <ctgsched.h>
#include <stdbool.h>
#include <stdint.h>

#include "support/oracle.h"

enum { TOWN_WHY = 200 };

typedef struct town {
    const char *name;
    arena *mem;
    const char *text;   /* the problem */
    const char *faulty; /* the same with many faults */
    problem *inside;    /* for brute force */
    oracle *all;
    oracle_result best;
    ctg_problem *problem;
    ctg_solution *solution; /* NULL when there is none */
    ctg_text stated, complete, program;
} town;

/* The first tiny problem of a theme; false when anything is amiss. */
bool town_open(town *out, const char *theme);
void town_close(town *it);

/* The exported program of a goal under the town's plan. */
ctg_status town_export(ctg_text *out, const town *it, ctg_error *err);

/* The options of a plan [n_requests] as brute force numbers them; false when it
 * has one that nobody asked for. */
bool town_options(int32_t *option_of, const town *it, const ctg_solution *plan);
/* Negative when plan `a` is better than `b`, goal after goal. */
int town_compare(const town *it, const ctg_solution *a, const ctg_solution *b);
/* The plan keeps every rule, its values are right, bounds are on the right side
 * and what is proven is so; otherwise `why` [TOWN_WHY] tells. */
bool town_is_true(const town *it, const ctg_solution *plan, char *why);

#endif
