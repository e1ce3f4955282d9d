// SPDX-License-Identifier: GPL-3.0-or-later
/* Taking a part out of the program, and solving it. */
#include "solve/subprogram.h"

#include <stdlib.h>
#include <string.h>

#include "base/random.h"

/* While it is taken: where columns and rows of the program went. */
typedef struct taking {
    subprogram *sub;
    int32_t *col_at; /* [program columns]: column here, or -1 */
    int32_t *row_at; /* [program rows]: position in `rows`, or -1 */
    int32_t *rows;   /* [n_rows] */
    int32_t n_rows;
    int32_t first_cut;   /* program row */
    int32_t first_block; /* of the window of counts that are free */
    int64_t *raised;     /* [program rows]: by counts that stay, raised */
    uint8_t *seen;       /* [program columns] */
    random_state rng;
} taking;

enum { BLOCKS = 40 };

static int compare_indices(const void *a, const void *b) {
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return x < y ? -1 : x > y;
}

static void free_col(taking *t, int32_t col) {
    if (t->col_at[col] >= 0)
        return;
    t->col_at[col] = t->sub->n_cols;
    t->sub->col_of[t->sub->n_cols++] = col;
}

static void reach_rows(taking *t, int32_t col) {
    const sparse *const lines = &t->sub->p->by_col;
    for (int64_t k = lines->start[col]; k < lines->start[col + 1]; k++) {
        const int32_t row = lines->index[k];
        if (t->row_at[row] >= 0 || row >= t->first_cut)
            continue;
        t->row_at[row] = t->n_rows;
        t->rows[t->n_rows++] = row;
    }
}

static bool in_window(const taking *t, int32_t row) {
    const int32_t block = t->sub->p->rows.at[row].block;
    return block >= t->first_block && block < t->first_block + BLOCKS;
}

/* A window around the block of some row that was reached. */
static void draw_window(taking *t) {
    t->first_block = INT32_MAX - BLOCKS;
    for (int tries = 0; tries < 20 && t->n_rows > 0; tries++) {
        const int32_t row = t->rows[random_below(&t->rng, t->n_rows)];
        const int32_t block = t->sub->p->rows.at[row].block;
        if (block < 0)
            continue;
        t->first_block = block - random_below(&t->rng, BLOCKS);
        return;
    }
}

/* Rows that compute (those of a block) free the columns they compute, which
 * reach further rows; rows that only hold something do not. */
static void reach_all(taking *t) {
    const program *const p = t->sub->p;
    const int32_t n_options = t->sub->n_cols;
    for (int32_t k = 0; k < n_options; k++)
        reach_rows(t, t->sub->col_of[k]);
    draw_window(t);
    for (int32_t at = 0; at < t->n_rows; at++) {
        const int32_t row = t->rows[at];
        if (!in_window(t, row))
            continue;
        for (int64_t e = p->by_row.start[row]; e < p->by_row.start[row + 1];
             e++) {
            const int32_t j = p->by_row.index[e];
            if (p->cols.at[j].group >= 0 || t->col_at[j] >= 0)
                continue;
            free_col(t, j);
            reach_rows(t, j);
        }
    }
}

/* How far an auxiliary column may rise with everything else as it is. */
static int64_t room_above(const taking *t, int32_t col) {
    const program *const p = t->sub->p;
    const selection *const at = t->sub->at;
    int64_t most = p->cols.at[col].upper - at->x[col];
    for (int64_t k = p->by_col.start[col]; k < p->by_col.start[col + 1]; k++) {
        const int32_t row = p->by_col.index[k];
        const int64_t a = p->by_col.value[k], upper = p->rows.at[row].upper;
        if (a <= 0 || upper == PROGRAM_INFINITY)
            continue;
        const int64_t room = upper - at->activity[row] - t->raised[row];
        most = room < a * most ? floor_div(room, a) : most;
    }
    return most;
}

static void raise_col(taking *t, const int64_t *cost, int32_t col) {
    const program *const p = t->sub->p;
    if (cost[col] != 0 || t->seen[col] || !t->sub->at->is_owner[col])
        return;
    t->seen[col] = 1;
    const int64_t by = room_above(t, col);
    if (by <= 0)
        return;
    for (int64_t k = p->by_col.start[col]; k < p->by_col.start[col + 1]; k++)
        t->raised[p->by_col.index[k]] += by * p->by_col.value[k];
}

/* Counts that stay take what is left, in one order or the other: the same over
 * some hours, since a child is there for hours. */
static void raise_counts(taking *t, const int64_t *cost) {
    const program *const p = t->sub->p;
    bool back = random_below(&t->rng, 2);
    qsort(t->rows, (size_t)t->n_rows, sizeof *t->rows, compare_indices);
    for (int32_t at = 0; at < t->n_rows; at++) {
        const int32_t row = t->rows[at];
        if (p->rows.at[row].block < 0)
            continue;
        if (random_below(&t->rng, 60) == 0)
            back = !back;
        const int64_t first = p->by_row.start[row];
        const int64_t n = p->by_row.start[row + 1] - first;
        for (int64_t e = 0; e < n; e++) {
            const int32_t j = p->by_row.index[first + (back ? n - 1 - e : e)];
            if (p->cols.at[j].group < 0 && t->col_at[j] < 0)
                raise_col(t, cost, j);
        }
    }
}

static bool number_groups(taking *t) {
    subprogram *const sub = t->sub;
    const program *const p = sub->p;
    sub->group_of = ARENA_NEW(sub->mem, int32_t, sub->n_cols + 1);
    sub->exactly = ARENA_NEW(sub->mem, bool, sub->n_cols + 1);
    if (!sub->group_of || !sub->exactly)
        return false;
    int32_t last = -1;
    for (int32_t k = 0; k < sub->n_cols; k++) {
        const int32_t g = p->cols.at[sub->col_of[k]].group;
        if (g >= 0 && g != last)
            sub->exactly[sub->n_groups++] = p->groups.at[g].exactly_one;
        sub->group_of[k] = g < 0 ? -1 : sub->n_groups - 1;
        last = g;
    }
    return true;
}

/* --- rows ------------------------------------------------------------------
 */

/* The entries of a row that are free; returns how many. */
static int32_t free_entries(const taking *t, int32_t row, int32_t *index,
                            int64_t *value) {
    const sparse *const lines = &t->sub->p->by_row;
    int32_t n = 0;
    for (int64_t k = lines->start[row]; k < lines->start[row + 1]; k++) {
        const int32_t at = t->col_at[lines->index[k]];
        if (at < 0)
            continue;
        index[n] = at;
        value[n++] = lines->value[k];
    }
    return n;
}

/* Most and least that the free entries can add up to: one column of a group. */
static void row_range(const subprogram *sub, int32_t n, const int32_t *index,
                      const int64_t *value, double *least, double *most) {
    double high = 0, low = 0;
    *least = *most = 0;
    for (int32_t k = 0; k < n; k++) {
        const program_col *const col = &sub->p->cols.at[sub->col_of[index[k]]];
        const int32_t g = sub->group_of[index[k]];
        const double a = (double)value[k] * (double)col->lower;
        const double b = (double)value[k] * (double)col->upper;
        const bool goes_on =
            k > 0 && g >= 0 && g == sub->group_of[index[k - 1]];
        if (!goes_on) {
            *least += low;
            *most += high;
            low = g >= 0 ? 0 : a < b ? a : b;
            high = g >= 0 ? 0 : a < b ? b : a;
        }
        low = a < low ? a : b < low ? b : low;
        high = a > high ? a : b > high ? b : high;
    }
    *least += low;
    *most += high;
}

static int64_t shifted(int64_t side, int64_t by) {
    return side == PROGRAM_INFINITY || side == -PROGRAM_INFINITY ? side
                                                                 : side - by;
}

static uint64_t hash_row(int32_t n, const int32_t *index,
                         const int64_t *value) {
    uint64_t h = 1469598103934665603u;
    for (int32_t k = 0; k < n; k++) {
        h = (h ^ (uint64_t)index[k]) * 1099511628211u;
        h = (h ^ (uint64_t)value[k]) * 1099511628211u;
        h ^= h >> 29;
    }
    return h;
}

/* Finds a kept row that reads the same; slots [n_slots] hold row + 1. */
static int32_t find_same(const subprogram *sub, const int32_t *slots,
                         uint32_t mask, uint64_t hash, int32_t n,
                         const int32_t *index, const int64_t *value,
                         uint32_t *slot) {
    uint32_t at = (uint32_t)(hash >> 20) & mask;
    for (; slots[at]; at = (at + 1) & mask) {
        const int32_t row = slots[at] - 1;
        const int64_t from = sub->start[row];
        if (sub->start[row + 1] - from == n &&
            memcmp(sub->index + from, index, sizeof *index * (size_t)n) == 0 &&
            memcmp(sub->value + from, value, sizeof *value * (size_t)n) == 0)
            return row;
    }
    *slot = at;
    return -1;
}

typedef struct room {
    int32_t *index, *slots;
    int64_t *value;
    uint32_t mask;
} room;

static bool take_room(const taking *t, room *w) {
    const sparse *const lines = &t->sub->p->by_row;
    subprogram *const sub = t->sub;
    int64_t entries = 0;
    for (int32_t k = 0; k < t->n_rows; k++)
        entries += lines->start[t->rows[k] + 1] - lines->start[t->rows[k]];
    uint32_t n_slots = 64;
    while (n_slots < 2 * (uint32_t)t->n_rows)
        n_slots *= 2;
    w->mask = n_slots - 1;
    w->slots = ARENA_NEW(sub->mem, int32_t, (int64_t)n_slots);
    sub->index = ARENA_NEW(sub->mem, int32_t, entries + 1);
    sub->value = ARENA_NEW(sub->mem, int64_t, entries + 1);
    sub->start = ARENA_NEW(sub->mem, int64_t, t->n_rows + 1);
    sub->lower = ARENA_NEW(sub->mem, int64_t, t->n_rows + 1);
    sub->upper = ARENA_NEW(sub->mem, int64_t, t->n_rows + 1);
    return w->slots && sub->index && sub->value && sub->start && sub->lower &&
           sub->upper;
}

/* Keeps a row unless it is idle or repeats one: then that one is tightened. */
static void keep_row(taking *t, const room *w, int32_t row) {
    subprogram *const sub = t->sub;
    const program_row *const side = &sub->p->rows.at[row];
    const int64_t from = sub->start[sub->n_rows];
    int32_t *const index = sub->index + from;
    int64_t *const value = sub->value + from;
    const int32_t n = free_entries(t, row, index, value);
    int64_t stays = sub->at->activity[row] + t->raised[row];
    for (int32_t k = 0; k < n; k++)
        stays -= value[k] * sub->at->x[sub->col_of[index[k]]];
    const int64_t lower = shifted(side->lower, stays);
    const int64_t upper = shifted(side->upper, stays);
    double least, most;
    row_range(sub, n, index, value, &least, &most);
    if ((upper == PROGRAM_INFINITY || most <= (double)upper) &&
        (lower == -PROGRAM_INFINITY || least >= (double)lower))
        return;
    uint32_t slot = 0;
    const int32_t same =
        find_same(sub, w->slots, w->mask, hash_row(n, index, value), n, index,
                  value, &slot);
    if (same >= 0) {
        if (upper < sub->upper[same])
            sub->upper[same] = upper;
        if (lower > sub->lower[same])
            sub->lower[same] = lower;
        return;
    }
    sub->upper[sub->n_rows] = upper;
    sub->lower[sub->n_rows] = lower;
    sub->start[++sub->n_rows] = from + n;
    w->slots[slot] = sub->n_rows;
}

bool subprogram_take(subprogram *out, const program *p, int32_t n_rows,
                     const selection *at, const int64_t *cost,
                     const int32_t *cols, int32_t n, uint64_t seed,
                     arena *mem) {
    *out = (subprogram){.p = p, .at = at, .mem = mem};
    taking t = {.sub = out, .first_cut = n_rows};
    random_seed(&t.rng, seed);
    t.col_at = ARENA_NEW(mem, int32_t, p->cols.n + 1);
    t.row_at = ARENA_NEW(mem, int32_t, p->rows.n + 1);
    t.rows = ARENA_NEW(mem, int32_t, p->rows.n + 1);
    t.raised = ARENA_NEW(mem, int64_t, p->rows.n + 1);
    t.seen = ARENA_NEW(mem, uint8_t, p->cols.n + 1);
    out->col_of = ARENA_NEW(mem, int32_t, p->cols.n + 1);
    if (!t.col_at || !t.row_at || !t.rows || !t.raised || !t.seen ||
        !out->col_of)
        return false;
    memset(t.col_at, -1, sizeof *t.col_at * (size_t)p->cols.n);
    memset(t.row_at, -1, sizeof *t.row_at * (size_t)p->rows.n);
    for (int32_t k = 0; k < n; k++)
        free_col(&t, cols[k]);
    reach_all(&t);
    raise_counts(&t, cost);
    /* In the program's order, so that a row's entries are in ours. */
    qsort(out->col_of, (size_t)out->n_cols, sizeof *out->col_of,
          compare_indices);
    for (int32_t k = 0; k < out->n_cols; k++)
        t.col_at[out->col_of[k]] = k;
    room w;
    if (!number_groups(&t) || !take_room(&t, &w))
        return false;
    qsort(t.rows, (size_t)t.n_rows, sizeof *t.rows, compare_indices);
    for (int32_t k = 0; k < t.n_rows; k++)
        keep_row(&t, &w, t.rows[k]);
    return true;
}
