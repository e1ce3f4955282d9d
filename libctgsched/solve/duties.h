// SPDX-License-Identifier: GPL-3.0-or-later
/* Duties in the program: columns, what they cost, the rules of labour, and who
 * is on hand at the cells of a day (doc/formulation.md, "Duties"). */
#ifndef CTGSCHED_SOLVE_DUTIES_H
#define CTGSCHED_SOLVE_DUTIES_H

#include "solve/cells.h"
#include "solve/post.h"

/* Columns y[employee, day, way] after the options. False without memory. */
bool duties_add_columns(formulation *f, arena *mem);
/* Then those of the date on which a weekly rest begins, where that is not plain
 * from the dates that can be worked. False without memory. */
bool duties_add_rests(formulation *f, arena *mem);
/* Pins, wishes, cover, overtime, minutes, cents: rows and costs. */
void duties_price(formulation *f);
/* The goal fairness: what employees carry, and what they should. False without
 * memory. */
bool duties_share(formulation *f, arena *mem);
/* The rules of labour (format.md 5.5). False without memory. */
bool duties_add_labour(formulation *f);

/* The structure that a column of a group is about: of the option, the shift, or
 * the first of the employee. */
int32_t column_structure(const formulation *f, int32_t col);

#endif
