// SPDX-License-Identifier: GPL-3.0-or-later
/* Property tests over seeds: two processes share them, counters are added up,
 * a failing case is shrunk and written where it can be looked at. */
#ifndef CTGSCHED_TESTS_TRIAL_H
#define CTGSCHED_TESTS_TRIAL_H

#include "io/io.h"

typedef struct trial_case {
    uint64_t seed;
    const char *text; /* the problem, Format 1 */
    arena *mem;       /* of this case, thrown away after it */
    int64_t *counts;  /* added up over all seeds */
    char why[1024];   /* of a failure */
} trial_case;

typedef enum trial_outcome {
    TRIAL_PASSED,
    TRIAL_FAILED,
    TRIAL_NOT_A_CASE /* the reader refuses the text, or it is too large */
} trial_outcome;

typedef trial_outcome trial_test(trial_case *it);

typedef struct trial {
    const char *name;     /* of the files under build/failures/ */
    uint64_t first, last; /* seeds, `last` included */
    trial_test *test;
    int32_t n_counts;
    int64_t *counts; /* [n_counts], filled */
    int64_t n_not_a_case, n_failed;
    const char *file; /* a problem to try instead of the seeds, or NULL */
} trial;

enum { TRIAL_COUNTS = 4096 };

/* Runs all seeds; prints each failing seed. False when a seed failed or a
 * process could not be had. */
bool trial_run(trial *all);

/* "FIRST LAST", or the name of a file, from the command line over the
 * defaults. */
void trial_arguments(trial *all, int argc, char **argv);

/* Reads a text; NULL when it is refused, the error in it->why. */
problem *trial_read(trial_case *it, const char *text);

trial_outcome trial_fail(trial_case *it, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
