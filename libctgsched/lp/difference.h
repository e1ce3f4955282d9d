// SPDX-License-Identifier: GPL-3.0-or-later
/* Consecutive rows that hold nearly the same columns, written by what changes:
 * who is there now and who was there before.
 *
 * A row that differs little from an earlier one refers to it, and the activity
 * of each of the two becomes a column n of its own:
 *
 *     n_i - n_k - (A_i - A_k) x = 0,   lower_i <= n_i <= upper_i. */
#ifndef CTGSCHED_LP_DIFFERENCE_H
#define CTGSCHED_LP_DIFFERENCE_H

#include "lp/program.h"

/* A_i - A_k by rising column, or A_i when k is -1; returns the number of
 * entries. `index` and `value` hold the entries of both. */
int32_t difference_of(const sparse *rows, int32_t i, int32_t k, int32_t *index,
                      int64_t *value);

/* For each of `n` rows the earlier one that it is written by, or -1: the one
 * that it differs least from, where that saves half. `index` and `value` hold
 * the longest two rows. */
void difference_choose(const sparse *rows, int32_t n, int32_t *refers,
                       int32_t *index, int64_t *value);

/* The same program with its rows so written, counts after the other columns and
 * named after their row. Lines are `to`'s own: program_end. False without
 * memory. */
bool difference_program(program *to, const program *p, arena *mem);

#endif
