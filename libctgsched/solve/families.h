// SPDX-License-Identifier: GPL-3.0-or-later
/* Families of rows over the cells of a day: one row per cell that matters. */
#ifndef CTGSCHED_SOLVE_FAMILIES_H
#define CTGSCHED_SOLVE_FAMILIES_H

#include "solve/cells.h"
#include "solve/demand.h"

/* sum over visits in the cell of weight <= limit, for each cell. */
typedef struct family {
    const char *name;      /* row name in doc/formulation.md */
    const char *detail;    /* section, need...: part of the row's name, or "" */
    const int64_t *weight; /* [n_visits]; < 0: not of the family */
    const int64_t *special; /* [n_visits] weight in cells with `adaptation`, or
                               NULL when it never differs */
    const int64_t *limit;   /* [n_cells]; PROGRAM_INFINITY: no row */
    int64_t unit;           /* weight of one unit of shortage, 0: never short */
    int64_t price;          /* of a unit for a minute */
    bool scope_is_weight;   /* newcomers in scope: visits of the family; else
                               all visits of the structure */
} family;

/* Emits rows for the cells that are not dominated. */
void family_emit(family *fam, formulation *f, const day_cells *d,
                 arena *scratch);

/* Adds weight x value to the objective of a goal, when it is asked for. */
void goal_cost(formulation *f, goal_id goal, int32_t col, int64_t value);

/* Shortage of `row` (<= side): a column z with price `cost`, at most `most`
 * units, allowed only while no newcomer column of `newcomers` is in. The row
 * must own z; returns z. */
int32_t shortage_col(formulation *f, int32_t block, int64_t most, int64_t cost);
void shortage_gate(formulation *f, int32_t block, int32_t z, int64_t most,
                   const int32_t *newcomers, int32_t n_newcomers);

/* Employees that a rule counts: each set is part of the one before. */
typedef enum hand_set {
    HANDS_PERSONS,   /* all but `other` */
    HANDS_COUNTED,   /* without directors */
    HANDS_TRAINED,   /* without the unqualified, too */
    HANDS_QUALIFIED, /* category 1 and 2, qualified */
    HANDS_DIRECTORS, /* a set of its own */
} hand_set;

/* Before the rows of a structure: nothing is counted yet. */
bool hands_begin(formulation *f, arena *scratch);
bool hand_is_in(const hand *h, hand_set set);
/* How many of a set may be on hand at a cell. */
int64_t hands_most(const day_cells *d, int32_t cell, hand_set set);
/* Columns of a cell, made once: how many of these are not; NONE when no one may
 * be on hand... */
int32_t hands_away(formulation *f, const day_cells *d, int32_t cell,
                   hand_set set);
/* ...1 when nobody of category 1 is, nobody with a skill. */
int32_t hands_no_cat1(formulation *f, const day_cells *d, int32_t cell);
int32_t hands_unskilled(formulation *f, const day_cells *d, int32_t cell,
                        int32_t skill);
/* The column of the staff that readings require, NONE when there is none. */
int32_t hands_required(const formulation *f, const day_cells *d, int32_t cell);
void hands_keep_required(formulation *f, const day_cells *d, int32_t cell,
                         int32_t col);

void formulate_staff(formulation *f, const day_cells *d, arena *scratch);
void formulate_minimum(formulation *f, const day_cells *d, arena *scratch);
bool formulate_mix(formulation *f, int32_t structure,
                   const structure_visits *index, arena *scratch);
bool formulate_groups(formulation *f, arena *scratch);
bool formulate_quality(formulation *f, const day_cells *d, arena *scratch);

/* Staff required at a cell with `R` counted by row blocks needs the general
 * form: see staff_cell.c. Adds rows for one cell; returns the column R
 * (staff required by the readings, adaptation included) when `want_required`.
 */
int32_t staff_cell(formulation *f, const day_cells *d, int32_t cell,
                   bool want_required, bool with_limit, arena *scratch);
/* The staff present, duties included, is enough for the column `required`, but
 * for `z` (or -1): ratio and quota where duties decide (staff_hands.c). */
void staff_by_hands(formulation *f, const day_cells *d, int32_t cell,
                    int32_t block, int32_t required, int32_t z);
/* (floor.margin) The column `units` counts what `required` lacks to it. */
void margin_by_hands(formulation *f, const day_cells *d, int32_t cell,
                     int32_t block, int32_t required, int32_t units);
/* A column that is 1 when more children come than a director counts with. */
int32_t staff_crowd(formulation *f, const day_cells *d, int32_t cell,
                    int32_t block);
/* Fewest adults that the minimum asks for with `n` children. */
int64_t staff_least(const rule *minimum, const structure *s, int64_t n);
/* A row <= upper of a block of a cell, named after it. */
int32_t cell_row(formulation *f, const day_cells *d, int32_t cell,
                 int32_t block, int64_t upper, int32_t owner, const char *what);
/* Staff required if exactly the children who hold a place were there. */
int64_t staff_held(const day_cells *d, int32_t cell);
bool visit_covers(const visit *v, int32_t cell);
/* In adaptation at the cell: looked after alone, in no group. */
bool visit_is_alone(const day_cells *d, int32_t cell, const visit *v);
/* Without a ratio only adaptations and outings ask for staff. */
bool staff_is_asked(const day_cells *d, int32_t cell);
bool staff_is_linear(const day_cells *d, int32_t cell);
bool margin_is_asked(const formulation *f, const structure *s);

#endif
