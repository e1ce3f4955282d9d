// SPDX-License-Identifier: GPL-3.0-or-later
/* Who is where on which day under a plan: the presences given, by structure
 * and day. */
#ifndef CTGSCHED_CHECK_ATTENDANCE_H
#define CTGSCHED_CHECK_ATTENDANCE_H

#include "base/error.h"
#include "model/problem.h"

/* One presence of one served request. */
typedef struct visit {
    int32_t request;
    const presence *at;
} visit;

typedef struct visit_span {
    const visit *at;
    int32_t n;
} visit_span;

typedef struct attendance {
    const problem *prob;
    int32_t *first; /* [n_structures * n_days + 1] */
    visit *visits;  /* by structure, day, request */
} attendance;

ctg_status attendance_build(attendance *out, const problem *prob,
                            const int32_t *option_of, arena *mem,
                            ctg_error *err);

visit_span attendance_on(const attendance *a, int32_t place, int32_t day);
/* The longest span of one structure on one day. */
int32_t attendance_busiest(const attendance *a);

/* The option that a plan gives to a request, NULL when it waits. */
static inline const option *given_option(const problem *prob,
                                         const int32_t *option_of, int32_t r) {
    const int32_t o = option_of[r];
    return o == NONE ? NULL : &prob->requests[r].options[o];
}

#endif
