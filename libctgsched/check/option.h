// SPDX-License-Identifier: GPL-3.0-or-later
/* Rules that one option keeps or breaks by itself (doc/format.md 4.3, 5). */
#ifndef CTGSCHED_CHECK_OPTION_H
#define CTGSCHED_CHECK_OPTION_H

#include "check/finding.h"

/* Adds what the option breaks: menu, hours, age, need, floor. A skill that is
 * missing is a row of the structure and not added here. */
void option_breaches(findings *found, const problem *prob, int32_t r,
                     int32_t o);

#endif
