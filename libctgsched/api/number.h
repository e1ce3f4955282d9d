// SPDX-License-Identifier: GPL-3.0-or-later
/* Numbers of options as text, without a locale. */
#ifndef CTGSCHED_API_NUMBER_H
#define CTGSCHED_API_NUMBER_H

#include <stdbool.h>

#include "ctgsched_solver.h"

/* A decimal number with a unit of the type ("90s", "0.001", "200k", "256M",
 * "yes"): the value in seconds, units, bytes or as 0 and 1. False when it is
 * malformed, negative and no count, or, for a count, not whole. */
bool number_parse(const char *text, ctg_option_type type, double *out);

#endif
