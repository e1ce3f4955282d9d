// SPDX-License-Identifier: GPL-3.0-or-later
/* Steps and what follows from them, row by row and block by block. */
#include "solve/walk.h"

#include <string.h>

enum { PRICE = 1 << 20 }; /* of breaking a row by its largest coefficient */

static int64_t entry_of(const program *p, int32_t row, int32_t col) {
    for (int64_t k = p->by_row.start[row]; k < p->by_row.start[row + 1]; k++)
        if (p->by_row.index[k] == col)
            return p->by_row.value[k];
    return 0;
}

/* A unit of a row is what its largest column moves it by. */
static int64_t largest_entry(const program *p, int32_t row) {
    int64_t most = 1;
    for (int64_t k = p->by_row.start[row]; k < p->by_row.start[row + 1]; k++) {
        const int64_t v = p->by_row.value[k];
        most = v > most ? v : -v > most ? -v : most;
    }
    return most;
}

static void find_owners(walk *w) {
    const program *const p = w->p;
    for (int32_t i = 0; i < p->rows.n; i++) {
        const int32_t owner = p->rows.at[i].owner;
        const int64_t most = PRICE / largest_entry(p, i);
        w->owner_entry[i] = owner < 0 ? 0 : entry_of(p, i, owner);
        w->weight[i] = most > 0 ? most : 1;
    }
}

/* Owners by the last of their rows: by then all that these count is known. */
static void order_owners(walk *w) {
    const program *const p = w->p;
    int32_t n = 0, n_rows = 0;
    for (int32_t b = 0; b < p->n_blocks; b++) {
        const int32_t first = p->block_start[b], last = p->block_start[b + 1];
        w->block_turns[b] = n;
        for (int32_t k = first; k < last; k++) {
            const int32_t owner = p->rows.at[p->block_rows[k]].owner;
            bool is_last = owner >= 0;
            for (int32_t i = k + 1; is_last && i < last; i++)
                is_last = p->rows.at[p->block_rows[i]].owner != owner;
            if (!is_last)
                continue;
            walk_turn *const turn = &w->turns[n++];
            *turn = (walk_turn){owner, n_rows, 0};
            for (int32_t i = first; i <= k; i++)
                if (p->rows.at[p->block_rows[i]].owner == owner)
                    w->turn_rows[n_rows++] = p->block_rows[i];
            turn->n = n_rows - turn->first;
        }
    }
    w->block_turns[p->n_blocks] = n;
}

bool walk_init(walk *w, const program *p, const int64_t *cost, arena *mem) {
    const int32_t n = p->rows.n + 1, m = p->cols.n + 1;
    *w = (walk){.p = p, .cost = cost};
    w->chosen = ARENA_NEW(mem, int32_t, p->groups.n + 1);
    w->x = ARENA_NEW(mem, int64_t, m);
    w->activity = ARENA_NEW(mem, int64_t, n);
    w->weight = ARENA_NEW(mem, int64_t, n);
    w->owner_entry = ARENA_NEW(mem, int64_t, n);
    w->turns = ARENA_NEW(mem, walk_turn, n);
    w->block_turns = ARENA_NEW(mem, int32_t, p->n_blocks + 1);
    w->turn_rows = ARENA_NEW(mem, int32_t, n);
    w->mark = ARENA_NEW(mem, uint32_t, n);
    w->rows = ARENA_NEW(mem, walk_undo, n);
    w->cols = ARENA_NEW(mem, walk_undo, 4 * m);
    w->queue = ARENA_NEW(mem, int32_t, p->n_blocks + 1);
    w->queued = ARENA_NEW(mem, uint8_t, p->n_blocks + 1);
    if (!w->chosen || !w->x || !w->activity || !w->weight || !w->owner_entry ||
        !w->turns || !w->block_turns || !w->turn_rows || !w->mark || !w->rows ||
        !w->cols || !w->queue || !w->queued)
        return false;
    find_owners(w);
    order_owners(w);
    return true;
}

static int64_t too_much(const program_row *row, int64_t activity) {
    if (row->upper != PROGRAM_INFINITY && activity > row->upper)
        return activity - row->upper;
    if (row->lower != -PROGRAM_INFINITY && activity < row->lower)
        return row->lower - activity;
    return 0;
}

/* --- what follows
 * -------------------------------------------------------------------------
 */

static void enqueue(walk *w, int32_t block) {
    if (block < 0 || w->queued[block])
        return;
    const int32_t room = w->p->n_blocks + 1, at = w->head + w->n_queue++;
    w->queue[at < room ? at : at - room] = block;
    w->queued[block] = 1;
}

static void move_row(walk *w, int32_t row, int64_t by) {
    if (w->mark[row] != w->stamp) {
        w->mark[row] = w->stamp;
        w->rows[w->n_rows++] = (walk_undo){row, w->activity[row]};
    }
    w->activity[row] += by;
}

/* An auxiliary column; rows of its own block are computed with it. */
static void set_col(walk *w, int32_t col, int64_t value, int32_t own) {
    const program *const p = w->p;
    const int64_t by = value - w->x[col];
    if (by == 0)
        return;
    w->cols[w->n_cols++] = (walk_undo){col, w->x[col]};
    w->x[col] = value;
    w->value += by * w->cost[col];
    for (int64_t k = p->by_col.start[col]; k < p->by_col.start[col + 1]; k++) {
        const int32_t row = p->by_col.index[k];
        move_row(w, row, by * p->by_col.value[k]);
        if (p->rows.at[row].block != own)
            enqueue(w, p->rows.at[row].block);
    }
    w->work += (uint64_t)(p->by_col.start[col + 1] - p->by_col.start[col]);
}

/* The least value of the owner that this row lets pass, with `now` in it. */
static int64_t asked_by(const walk *w, int32_t row, int64_t now) {
    const program_row *const r = &w->p->rows.at[row];
    const int64_t a = w->owner_entry[row];
    if (a >= 0 || r->upper == PROGRAM_INFINITY)
        return INT64_MIN;
    const int64_t over = w->activity[row] - a * now - r->upper;
    return over > 0 ? (over - a - 1) / -a : 0;
}

static int64_t within(const program_col *col, int64_t value) {
    return value < col->lower   ? col->lower
           : value > col->upper ? col->upper
                                : value;
}

/* All rows hold, and one less would break one: no division is needed to know
 * it. */
static bool is_least(const walk *w, const walk_turn *turn) {
    bool tight = w->x[turn->owner] == w->p->cols.at[turn->owner].lower;
    for (int32_t k = turn->first; k < turn->first + turn->n; k++) {
        const int32_t row = w->turn_rows[k];
        const int64_t slack = w->p->rows.at[row].upper - w->activity[row];
        if (slack < 0 || w->owner_entry[row] >= 0)
            return false;
        tight |= slack < -w->owner_entry[row];
    }
    return tight;
}

static void take_turn(walk *w, const walk_turn *turn, int32_t block) {
    if (is_least(w, turn))
        return;
    int64_t value = INT64_MIN;
    for (int32_t k = turn->first; k < turn->first + turn->n; k++) {
        const int64_t asked = asked_by(w, w->turn_rows[k], w->x[turn->owner]);
        value = asked > value ? asked : value;
    }
    set_col(w, turn->owner, within(&w->p->cols.at[turn->owner], value), block);
}

static void settle(walk *w) {
    while (w->n_queue > 0) {
        const int32_t block = w->queue[w->head];
        w->head = w->head < w->p->n_blocks ? w->head + 1 : 0;
        w->n_queue--;
        w->queued[block] = 0;
        for (int32_t k = w->block_turns[block]; k < w->block_turns[block + 1];
             k++)
            take_turn(w, &w->turns[k], block);
    }
}

/* --- steps
 * --------------------------------------------------------------------------
 */

static void move_choice(walk *w, int32_t col, int64_t by) {
    const program *const p = w->p;
    if (col < 0)
        return;
    for (int64_t k = p->by_col.start[col]; k < p->by_col.start[col + 1]; k++)
        move_row(w, p->by_col.index[k], by * p->by_col.value[k]);
    w->value += by * w->cost[col];
    w->work += (uint64_t)(p->by_col.start[col + 1] - p->by_col.start[col]);
}

static void count_broken(walk *w, int32_t row, int64_t activity, int sign) {
    const int64_t over = too_much(&w->p->rows.at[row], activity);
    if (over == 0)
        return;
    w->broken += sign * over * w->weight[row];
    w->n_broken += sign;
}

void walk_step(walk *w, int32_t group, int32_t col) {
    w->stamp++;
    w->n_rows = w->n_cols = 0;
    w->group = group;
    w->before = w->chosen[group];
    w->chosen[group] = col;
    move_choice(w, w->before, -1);
    move_choice(w, col, 1);
    for (int32_t k = 0; k < w->n_rows; k++)
        if (w->activity[w->rows[k].at] != w->rows[k].old)
            enqueue(w, w->p->rows.at[w->rows[k].at].block);
    settle(w);
    for (int32_t k = 0; k < w->n_rows; k++) {
        const int32_t row = w->rows[k].at;
        if (w->activity[row] == w->rows[k].old)
            continue;
        count_broken(w, row, w->rows[k].old, -1);
        count_broken(w, row, w->activity[row], 1);
    }
}

void walk_back(walk *w) {
    const int32_t col = w->chosen[w->group];
    for (int32_t k = 0; k < w->n_rows; k++) {
        const int32_t row = w->rows[k].at;
        if (w->activity[row] == w->rows[k].old)
            continue;
        count_broken(w, row, w->activity[row], -1);
        count_broken(w, row, w->rows[k].old, 1);
        w->activity[row] = w->rows[k].old;
    }
    while (w->n_cols > 0) {
        const walk_undo *const undo = &w->cols[--w->n_cols];
        w->value += (undo->old - w->x[undo->at]) * w->cost[undo->at];
        w->x[undo->at] = undo->old;
    }
    w->value +=
        (w->before < 0 ? 0 : w->cost[w->before]) - (col < 0 ? 0 : w->cost[col]);
    w->chosen[w->group] = w->before;
    w->n_rows = 0;
}

void walk_load(walk *w, const int32_t *chosen) {
    const program *const p = w->p;
    w->stamp++;
    w->n_rows = w->n_cols = w->n_broken = 0;
    w->value = w->broken = 0;
    memset(w->activity, 0, sizeof *w->activity * (size_t)p->rows.n);
    memset(w->x, 0, sizeof *w->x * (size_t)p->cols.n);
    for (int32_t g = 0; g < p->groups.n; g++) {
        w->chosen[g] = chosen[g];
        move_choice(w, chosen[g], 1);
    }
    for (int32_t j = 0; j < p->cols.n; j++)
        if (p->cols.at[j].group < 0 && p->cols.at[j].lower != 0) {
            w->n_cols = 0;
            set_col(w, j, p->cols.at[j].lower, -1);
        }
    for (int32_t b = 0; b < p->n_blocks; b++) {
        enqueue(w, b);
        w->n_cols = 0;
        settle(w);
    }
    for (int32_t i = 0; i < p->rows.n; i++)
        count_broken(w, i, w->activity[i], 1);
}
