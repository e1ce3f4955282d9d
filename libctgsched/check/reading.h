// SPDX-License-Identifier: GPL-3.0-or-later
/* The three readings of a staff ratio (doc/format.md 5.1). */
#ifndef CTGSCHED_CHECK_READING_H
#define CTGSCHED_CHECK_READING_H

#include <stdint.h>

#include "model/rules.h"

/* Persons that a group requires: `weight` [n_classes] are thousandths of
 * children by class, in the order of the rule. */
int64_t reading_required(const rule *ratio, ratio_reading reading,
                         const int64_t *weight);

#endif
