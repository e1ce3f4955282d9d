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

enum { WALK_SCALE = 10 };

typedef struct walk_undo {
    int32_t at; /* row, or column */
    int64_t old;
    int64_t old_price; /* of a row */
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
    int64_t *most;       /* [n_cols] of auxiliary columns */
    int64_t *activity;   /* [n_rows] */
    int64_t *weight;     /* [n_rows]: price of a unit too much... */
    int64_t *first;      /* ...and at first */
    int64_t *price;      /* [n_rows]: of what is too much now */
    /* A count that is rounded up hides whether one child less would help. So
     * of a row that is broken the part is taken off by which its count was
     * rounded: [n_rows], the row that raises the count, and back; or -1. */
    int32_t *rounded_by, *rounds;
    int64_t value;    /* sum of costs */
    int64_t broken;   /* sum of prices, << WALK_SCALE like these */
    int32_t n_broken; /* rows */
    uint64_t work;    /* entries visited */
    /* scratch of a step */
    int64_t *owner_entry; /* [n_rows]: coefficient of the owner */
    walk_turn *turns;     /* block after block, owners before who counts them */
    int32_t *block_turns; /* [n_blocks + 1] */
    int32_t *turn_rows;
    uint32_t *mark, stamp;
    walk_undo *rows, *cols; /* what the step changed */
    int32_t n_rows, n_cols, n_groups, group[2], before[2];
    int32_t *queue, head, n_queue; /* a ring of n_blocks + 1 */
    uint8_t *queued;
} walk;

/* `price`, << WALK_SCALE, is what it costs to break a row by its smallest
 * entry; columns of groups from `first_duty` on are duties. */
bool walk_init(walk *w, const program *p, const int64_t *cost, int64_t price,
               int32_t first_duty, arena *mem);
/* The choice [n_groups], -1 for none. */
void walk_load(walk *w, const int32_t *chosen);
/* In one or two groups another column than what is there, -1 for none. */
typedef struct walk_change {
    int32_t group, col;
} walk_change;
void walk_step(walk *w, const walk_change *changes, int32_t n);
/* Takes the last step back. */
void walk_back(walk *w);
/* Rows that are broken cost more from now on; the others less when it
 * `forgets`; down to a part of the first price and up to a multiple. */
void walk_learn(walk *w, bool forgets);

#endif
