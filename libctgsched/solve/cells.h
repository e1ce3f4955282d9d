// SPDX-License-Identifier: GPL-3.0-or-later
/* One structure on one day, cut at its breakpoints.
 *
 * A *visit* is one presence of one option column; a *cell* is one elementary
 * interval. Between two breakpoints nothing changes, so a rule at every instant
 * is a row per cell. */
#ifndef CTGSCHED_SOLVE_CELLS_H
#define CTGSCHED_SOLVE_CELLS_H

#include "solve/formulation.h"

enum { CLASS_NONE = -1 };

typedef struct visit {
    int32_t col;
    int32_t first, last; /* cells [first, last) */
    int16_t begin, end;  /* minutes */
    int32_t section;
    int32_t class_; /* of the regime that day, CLASS_NONE without */
    bool adapting;  /* in adaptation on that day */
    bool holds;     /* the option is the place held */
    int32_t place_weight, ratio_weight;
    uint64_t needs;
} visit;

typedef struct cell {
    int16_t begin, end;
    int64_t capacity; /* places(t) */
    int64_t limit;    /* places with over-capacity */
    int32_t counted, cat1, cat2;
    bool adaptation; /* inside the hours of the adaptation rule */
    uint64_t out;    /* sections that an outing takes, 0 = none */
    bool out_all;    /* an outing takes every child */
} cell;

typedef struct day_cells {
    const formulation *f;
    int32_t structure, day;
    const structure *s;
    const law *law;
    int32_t n_visits, n_cells;
    visit *visits; /* by column, then time */
    cell *cells;
} day_cells;

/* The columns that visit each day of a structure: lists of (col, presence). */
typedef struct visit_ref {
    int32_t col, presence;
} visit_ref;

typedef struct structure_visits {
    int32_t *start; /* [n_days + 1] */
    visit_ref *refs;
} structure_visits;

bool cells_index(structure_visits *out, const formulation *f, int32_t structure,
                 arena *mem);
bool cells_build(day_cells *out, const formulation *f, int32_t structure,
                 int32_t day, const structure_visits *index, arena *mem);
/* Equal days have equal hashes and are equal when cells_equal says so. */
uint64_t cells_hash(const day_cells *d);
bool cells_equal(const day_cells *a, const day_cells *b);

/* The class of a child in a regime on a day, CLASS_NONE when none admits it. */
int32_t cells_class(const problem *prob, const rule *ratio, const child *c,
                    int32_t civil);

/* The room of a section at a cell: smallest section of the merge in force, or
 * itself; NONE for no section. */
int32_t cells_room(const day_cells *d, int32_t cell, int32_t section);

#endif
