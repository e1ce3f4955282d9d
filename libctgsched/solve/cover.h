// SPDX-License-Identifier: GPL-3.0-or-later
/* Sets of options that staff can never allow together, as rows. */
#ifndef CTGSCHED_SOLVE_COVER_H
#define CTGSCHED_SOLVE_COVER_H

#include "solve/search.h"

/* When what `sel` has chosen breaks a row although the relaxation thinks it can
 * be: adds one row that forbids a least set of its options; 0 or 1. */
int32_t cover_separate(search *s, relax *r);

#endif
