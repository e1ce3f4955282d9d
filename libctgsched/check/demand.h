// SPDX-License-Identifier: GPL-3.0-or-later
/* Rules about requests rather than structures: served, child, resource,
 * siblings, pin, guaranteed (doc/format.md 4.6, 4.7, 5, 5.2). */
#ifndef CTGSCHED_CHECK_DEMAND_H
#define CTGSCHED_CHECK_DEMAND_H

#include "base/error.h"
#include "check/finding.h"

void demand_served(findings *found, const problem *prob,
                   const int32_t *option_of);
ctg_status demand_children(findings *found, const problem *prob,
                           const int32_t *option_of, arena *scratch,
                           ctg_error *err);
ctg_status demand_resources(findings *found, const problem *prob,
                            const int32_t *option_of, arena *scratch,
                            ctg_error *err);
void demand_siblings(findings *found, const problem *prob,
                     const int32_t *option_of);
void demand_pins(findings *found, const problem *prob,
                 const int32_t *option_of);
void demand_guaranteed(findings *found, const problem *prob,
                       const int32_t *option_of);

/* K, I and those of I that are served, in the structures of the manager of
 * `first` under the rule (format.md 5.2). */
typedef struct guarantee {
    int64_t places, requests, served;
} guarantee;
guarantee demand_guarantee(const problem *prob, const int32_t *option_of,
                           const structure *first);
/* The structure is the first of its manager under the rule. */
bool demand_is_first_guarantee(const problem *prob, int32_t place);

/* One group, one pin, two requests: the same definitions for single parts. */
bool siblings_kept(const siblings *group, const problem *prob,
                   const int32_t *option_of);
bool pin_kept(const pin *p, const problem *prob, const int32_t *option_of);
/* Id of the option or structure that is pinned; NULL: the request waits. */
const char *demand_pinned(const problem *prob, const pin *p);
bool options_overlap(const option *a, const option *b);

#endif
