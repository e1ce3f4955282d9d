// SPDX-License-Identifier: GPL-3.0-or-later
/* The policy by points as rows of the program itself, for the export. */
#ifndef CTGSCHED_SOLVE_POLICY_H
#define CTGSCHED_SOLVE_POLICY_H

#include "solve/formulation.h"

/* Adds to `to`, not finished yet, a column for each pair that may envy and the
 * rows that raise it. `to` has the columns of `f`, column j as `col_of[j]`.
 * CTG_ERR_LIMIT when there would be too many rows. */
ctg_status policy_rows(program *to, const formulation *f, const int32_t *col_of,
                       arena *mem, ctg_error *err);

#endif
