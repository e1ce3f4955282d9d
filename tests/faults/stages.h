// SPDX-License-Identifier: GPL-3.0-or-later
/* What a host program does with the library, one call or two at a time, while
 * memory ends somewhere inside. Public headers only; brute force says whether
 * an answer that was given all the same is true. */
#ifndef CTGSCHED_TESTS_STAGES_H
#define CTGSCHED_TESTS_STAGES_H

#include <ctgsched.h>
#include <stdbool.h>
#include <stdint.h>

#include "support/oracle.h"

/* A tiny problem, read, solved and written before anything fails. */
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

/* Runs once, frees everything it made. False, with a line in `why` [200], when
 * the answer is wrong; `refused` says whether an allocation was refused. */
typedef struct stage {
    const char *name;
    bool (*run)(const town *it, char *why, bool *was_refused);
} stage;
extern const stage stages[]; /* the last has name NULL */

/* The injector around one call: what runs between is what may fail. */
void stages_arm(int64_t fails_at, bool for_ever);
int64_t stages_asked(void); /* by the last run */
/* The JSON parser's own memory fails as well. It drops the end of a long text
 * without a word when it cannot make room: what is left may be refused as bad
 * input, but must not be taken for good. */
void stages_may_misread(bool may);

#endif
