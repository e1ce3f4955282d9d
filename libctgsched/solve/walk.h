// SPDX-License-Identifier: GPL-3.0-or-later
/* A choice of columns that may break rows, each broken row at a price: the
 * state of the annealing. Auxiliary columns follow at their least.
 *
 * A step puts another column of a group in, or none. Only rows that the old and
 * the new column do not share are looked at, so that a break a quarter of an
 * hour later costs a few of them. */
#ifndef CTGSCHED_SOLVE_WALK_H
#define CTGSCHED_SOLVE_WALK_H

#include "lp/program.h"

typedef struct walk_undo {
    int32_t at; /* row, or column */
    int64_t old;
} walk_undo;

/* The least of one owner in its block: the most that its rows ask. */
typedef struct walk_turn {
    int32_t owner, first, n; /* rows: [first, first + n) of turn_rows */
} walk_turn;

typedef struct walk {
    const program *p;
    const int64_t *cost; /* [n_cols], minimised */
    int32_t *chosen;     /* [n_groups] */
    int64_t *x;          /* [n_cols] of auxiliary columns */
    int64_t *activity;   /* [n_rows] */
    int64_t *weight;     /* [n_rows]: price of a unit too much */
    int64_t value;       /* sum of costs */
    int64_t broken;      /* sum of prices */
    int32_t n_broken;    /* rows */
    uint64_t work;       /* entries visited */
    /* scratch of a step */
    int64_t *owner_entry; /* [n_rows]: coefficient of the owner */
    walk_turn *turns;     /* block after block, owners before who counts them */
    int32_t *block_turns; /* [n_blocks + 1] */
    int32_t *turn_rows;
    uint32_t *mark, stamp;
    walk_undo *rows, *cols; /* what the step changed */
    int32_t n_rows, n_cols, group, before;
    int32_t *queue, head, n_queue; /* a ring of n_blocks + 1 */
    uint8_t *queued;
} walk;

bool walk_init(walk *w, const program *p, const int64_t *cost, arena *mem);
/* The choice [n_groups], -1 for none. */
void walk_load(walk *w, const int32_t *chosen);
/* `col` of the group instead of what is there, -1 for none. */
void walk_step(walk *w, int32_t group, int32_t col);
/* Takes the last step back. */
void walk_back(walk *w);

#endif
