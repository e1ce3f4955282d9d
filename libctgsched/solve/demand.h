// SPDX-License-Identifier: GPL-3.0-or-later
/* How many staff a group of children requires (format.md 5.1). check/ counts
 * again on its own, on purpose. */
#ifndef CTGSCHED_SOLVE_DEMAND_H
#define CTGSCHED_SOLVE_DEMAND_H

#include "model/rules.h"

/* Least common multiple of the classes' `per`. */
int64_t demand_common(const rule *ratio);
/* Classes by rising `per`: order[k] is the class at place k. */
void demand_order(const rule *ratio, int32_t order[MAX_CLASSES]);
/* `load` [n_classes] in thousandths. */
int64_t demand_required(const rule *ratio, ratio_reading reading,
                        const int64_t *load);
/* How many of n persons required may be unqualified, by a quota. */
int32_t demand_unqualified(const rule *quota, int32_t n);

#endif
