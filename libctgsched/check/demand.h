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

/* One group, one pin, two requests: the same definitions for single parts. */
bool siblings_kept(const siblings *group, const problem *prob,
                   const int32_t *option_of);
bool pin_kept(const pin *p, const problem *prob, const int32_t *option_of);
bool options_overlap(const option *a, const option *b);

#endif
