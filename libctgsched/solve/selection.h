// SPDX-License-Identifier: GPL-3.0-or-later
/* A choice of columns kept legal: the state of every heuristic.
 *
 * Binary columns are added and taken out; auxiliary columns follow at their
 * least, block by block. A change is refused when it would break a row, or
 * break one further that is broken already, and then nothing has changed. */
#ifndef CTGSCHED_SOLVE_SELECTION_H
#define CTGSCHED_SOLVE_SELECTION_H

#include "lp/program.h"

typedef struct selection_undo {
    int32_t col;
    int64_t old;
} selection_undo;
VEC_DECLARE(selection_log, selection_undo);

typedef struct selection {
    const program *p;
    arena *mem;
    int64_t *x;         /* [n_cols] */
    int64_t *activity;  /* [n_rows] */
    uint8_t *is_owner;  /* [n_cols]: some row raises the column */
    uint8_t *is_reward; /* [n_cols]: some objective wants it large */
    int32_t *chosen;    /* [n_groups]: the column at 1, or -1 */
    /* scratch */
    selection_log log;
    int32_t *queue, n_queue; /* blocks to compute again */
    uint8_t *queued;         /* [n_blocks] */
    uint32_t *row_mark;      /* [n_rows] */
    uint32_t mark;
    int32_t *touched, n_touched;
    int64_t *before; /* [n_touched] activity before the change */
    int32_t n_law;   /* selection_change minds rows below this one */
    uint64_t work;   /* entries visited */
    bool no_memory;  /* what it says counts for nothing any more */
} selection;

bool selection_init(selection *s, const program *p, arena *mem);
/* Empties it: no option chosen, auxiliary columns at their least. */
void selection_clear(selection *s);
/* Adds `n_in` columns and takes out `n_out`, all or nothing. */
bool selection_change(selection *s, const int32_t *in, int32_t n_in,
                      const int32_t *out, int32_t n_out);
/* Puts exactly these columns in, legal or not, auxiliary columns at their least
 * and then those that no row asks for (rewards) at their most. */
bool selection_load(selection *s, const int32_t *cols, int32_t n);
/* Every row below `n_rows` holds. */
bool selection_is_legal(const selection *s, int32_t n_rows);

#endif
