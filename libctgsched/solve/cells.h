// SPDX-License-Identifier: GPL-3.0-or-later
/* One structure on one day, or on the part of it that has one law, cut at its
 * breakpoints.
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
    bool regular;   /* of a regular request */
    int32_t place_weight, ratio_weight;
    uint64_t needs;
} visit;

/* An employee who may be on hand, as a duty column says. */
typedef struct hand {
    int32_t col;
    int32_t first, last; /* cells [first, last) */
    int16_t begin, end;
    int32_t employee;
    staff_category category;
    uint64_t skills;
} hand;

typedef struct cell {
    int16_t begin, end;
    int64_t capacity; /* places(t) */
    int64_t limit;    /* places with over-capacity */
    int64_t kept;     /* places in reserve */
    int32_t cat1;
    int32_t counted;     /* without directors */
    int32_t persons;     /* with them */
    int32_t qualified;   /* category 1 and 2 in them, without directors */
    int32_t trained;     /* those and the trainees */
    uint32_t categories; /* bit per category of those persons */
    /* How many may be required: usable(t), while the directors count and when
     * there are too many children for that. */
    int32_t usable_led, usable;
    int32_t most_heads; /* requests with a visit */
    int32_t most_hands; /* employees who may be on hand, directors too */
    bool adaptation;    /* inside the hours of the adaptation rule */
    uint64_t out;       /* sections that an outing takes, 0 = none */
    bool out_all;       /* an outing takes every child */
} cell;

typedef struct day_cells {
    const formulation *f;
    int32_t structure, day;
    int16_t begin, end; /* the part of the day */
    const structure *s;
    const law *law;
    int32_t n_visits, n_cells;
    visit *visits; /* by column, then time */
    int32_t n_hands;
    hand *hands; /* by column, then time */
    cell *cells;
} day_cells;

/* The columns that visit each day of each structure: lists of (col, presence),
 * all made at once. */
typedef struct visit_ref {
    int32_t col, presence;
} visit_ref;

typedef struct structure_visits {
    int64_t *start; /* [n_structures * n_days + 1] */
    visit_ref *refs;
} structure_visits;

bool cells_index(structure_visits *out, const formulation *f, arena *mem);
/* Somebody might come to the structure, on some day. */
bool cells_are_visited(const structure_visits *index, const formulation *f,
                       int32_t structure);
/* The whole day; `law` is that outside sessions. */
bool cells_build(day_cells *out, const formulation *f, int32_t structure,
                 int32_t day, const structure_visits *index, arena *mem);

/* The parts of a day with one law, in turn: begin with `at` 0 and go on while
 * it is less than 1440. */
typedef struct day_part {
    int16_t begin, end;
    const law *law;
} day_part;
day_part cells_part(const structure *s, int32_t day, int32_t at);
/* The visits and cells of a part, cut off at its edges. */
bool cells_build_part(day_cells *out, const formulation *f, int32_t structure,
                      int32_t day, day_part part, const structure_visits *index,
                      arena *mem);

bool hand_covers(const hand *h, int32_t cell);
/* How many persons of a cell may be required when so many children come. */
int64_t cells_supply(const day_cells *d, int32_t cell, int64_t heads);
/* Whether that depends on how many do. */
bool cells_director_matters(const day_cells *d, int32_t cell);
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
