// SPDX-License-Identifier: GPL-3.0-or-later
/* Changing a choice of columns, with the staff and shortage columns following.
 */
#include "solve/selection.h"

#include <assert.h>
#include <string.h>

/* Auxiliary columns that some objective wants large. */
static void mark_rewards(selection *s) {
    const program *const p = s->p;
    for (int32_t k = 0; k < p->n_objectives; k++)
        for (int32_t j = 0; j < p->cols.n; j++) {
            const int64_t cost = p->objectives[k].cost[j];
            if (p->objectives[k].maximise ? cost > 0 : cost < 0)
                s->is_reward[j] = 1;
        }
}

bool selection_init(selection *s, const program *p, arena *mem) {
    const int32_t n_rows = p->rows.n, n_cols = p->cols.n;
    *s = (selection){.p = p, .mem = mem, .n_law = INT32_MAX};
    s->x = ARENA_NEW(mem, int64_t, n_cols + 1);
    s->activity = ARENA_NEW(mem, int64_t, n_rows + 1);
    s->chosen = ARENA_NEW(mem, int32_t, p->groups.n + 1);
    s->queue = ARENA_NEW(mem, int32_t, p->n_blocks + 1);
    s->queued = ARENA_NEW(mem, uint8_t, p->n_blocks + 1);
    s->row_mark = ARENA_NEW(mem, uint32_t, n_rows + 1);
    s->touched = ARENA_NEW(mem, int32_t, n_rows + 1);
    s->before = ARENA_NEW(mem, int64_t, n_rows + 1);
    if (!s->x || !s->activity || !s->chosen || !s->queue || !s->queued ||
        !s->row_mark || !s->touched || !s->before)
        return false;
    s->is_owner = ARENA_NEW(mem, uint8_t, n_cols + 1);
    s->is_reward = ARENA_NEW(mem, uint8_t, n_cols + 1);
    if (!s->is_owner || !s->is_reward)
        return false;
    for (int32_t i = 0; i < n_rows; i++)
        if (p->rows.at[i].owner >= 0)
            s->is_owner[p->rows.at[i].owner] = 1;
    mark_rewards(s);
    selection_clear(s);
    return true;
}

static void touch(selection *s, int32_t row) {
    if (s->row_mark[row] == s->mark)
        return;
    s->row_mark[row] = s->mark;
    s->touched[s->n_touched] = row;
    s->before[s->n_touched++] = s->activity[row];
}

/* The queue is a heap, lowest block first: later blocks count what earlier ones
 * made. */
static void enqueue(selection *s, int32_t block) {
    if (block < 0 || s->queued[block])
        return;
    s->queued[block] = 1;
    int32_t at = s->n_queue++;
    for (; at > 0 && s->queue[(at - 1) / 2] > block; at = (at - 1) / 2)
        s->queue[at] = s->queue[(at - 1) / 2];
    s->queue[at] = block;
}

static int32_t dequeue(selection *s) {
    const int32_t first = s->queue[0], last = s->queue[--s->n_queue];
    int32_t at = 0, child;
    while ((child = 2 * at + 1) < s->n_queue) {
        child +=
            child + 1 < s->n_queue && s->queue[child + 1] < s->queue[child];
        if (s->queue[child] >= last)
            break;
        s->queue[at] = s->queue[child];
        at = child;
    }
    s->queue[at] = last;
    s->queued[first] = 0;
    return first;
}

/* Sets a column; the rows it is in are touched and their blocks, except the one
 * being computed, are queued. */
static bool set_col(selection *s, int32_t col, int64_t value,
                    int32_t own_block) {
    const int64_t by = value - s->x[col];
    if (by == 0)
        return true;
    selection_undo *const undo = VEC_PUSH(s->mem, &s->log, selection_undo);
    if (!undo) {
        s->no_memory = true;
        return false;
    }
    *undo = (selection_undo){col, s->x[col]};
    s->x[col] = value;
    const sparse *const lines = &s->p->by_col;
    for (int64_t k = lines->start[col]; k < lines->start[col + 1]; k++) {
        const int32_t row = lines->index[k];
        touch(s, row);
        s->activity[row] += by * lines->value[k];
        if (s->p->rows.at[row].block != own_block)
            enqueue(s, s->p->rows.at[row].block);
    }
    s->work += (uint64_t)(lines->start[col + 1] - lines->start[col]);
    return true;
}

static int64_t owner_entry(const program *p, int32_t row, int32_t owner) {
    for (int64_t k = p->by_row.start[row]; k < p->by_row.start[row + 1]; k++)
        if (p->by_row.index[k] == owner)
            return p->by_row.value[k];
    return 0;
}

/* Raises the owner of a row until its upper side holds. */
static bool raise_owner(selection *s, int32_t row, int32_t block) {
    const program_row *const r = &s->p->rows.at[row];
    const int64_t over = s->activity[row] - r->upper;
    if (r->owner < 0 || over <= 0)
        return true;
    const int64_t a = owner_entry(s->p, row, r->owner);
    if (a >= 0)
        return true;
    int64_t value = s->x[r->owner] + ceil_div(over, -a);
    if (value > s->p->cols.at[r->owner].upper)
        value = s->p->cols.at[r->owner].upper;
    return set_col(s, r->owner, value, block);
}

static bool compute_block(selection *s, int32_t block) {
    const program *const p = s->p;
    const int32_t first = p->block_start[block],
                  last = p->block_start[block + 1];
    for (int32_t k = first; k < last; k++) {
        const int32_t owner = p->rows.at[p->block_rows[k]].owner;
        if (owner >= 0 && !set_col(s, owner, p->cols.at[owner].lower, block))
            return false;
    }
    for (int32_t k = first; k < last; k++) {
        touch(s, p->block_rows[k]);
        if (!raise_owner(s, p->block_rows[k], block))
            return false;
    }
    return true;
}

static bool settle(selection *s) {
    bool good = true;
    while (s->n_queue > 0) {
        const int32_t block = dequeue(s);
        good = good && compute_block(s, block);
    }
    return good;
}

static int64_t violation(const program_row *row, int64_t activity) {
    if (row->upper != PROGRAM_INFINITY && activity > row->upper)
        return activity - row->upper;
    if (row->lower != -PROGRAM_INFINITY && activity < row->lower)
        return row->lower - activity;
    return 0;
}

static bool nothing_worse(const selection *s) {
    for (int32_t k = 0; k < s->n_touched; k++) {
        const int32_t row = s->touched[k];
        const program_row *const r = &s->p->rows.at[row];
        const int64_t now = violation(r, s->activity[row]);
        if (row < s->n_law && now > 0 && now > violation(r, s->before[k]))
            return false;
    }
    return true;
}

static void take_back(selection *s) {
    const sparse *const lines = &s->p->by_col;
    while (s->log.n > 0) {
        const selection_undo undo = s->log.at[--s->log.n];
        const int64_t by = undo.old - s->x[undo.col];
        s->x[undo.col] = undo.old;
        for (int64_t k = lines->start[undo.col]; k < lines->start[undo.col + 1];
             k++)
            s->activity[lines->index[k]] += by * lines->value[k];
    }
}

static void begin_change(selection *s) {
    s->log.n = 0;
    s->n_touched = 0;
    s->mark++;
}

bool selection_change(selection *s, const int32_t *in, int32_t n_in,
                      const int32_t *out, int32_t n_out) {
    begin_change(s);
    bool good = true;
    for (int32_t k = 0; k < n_out; k++)
        good = good && set_col(s, out[k], 0, -2);
    for (int32_t k = 0; k < n_in; k++)
        good = good && set_col(s, in[k], 1, -2);
    good = settle(s) && good && nothing_worse(s);
    if (!good) {
        take_back(s);
        return false;
    }
    for (int32_t k = 0; k < n_out; k++)
        s->chosen[s->p->cols.at[out[k]].group] = -1;
    for (int32_t k = 0; k < n_in; k++) {
        assert(s->chosen[s->p->cols.at[in[k]].group] < 0);
        s->chosen[s->p->cols.at[in[k]].group] = in[k];
    }
    return true;
}

void selection_clear(selection *s) {
    const program *const p = s->p;
    memset(s->activity, 0, sizeof *s->activity * (size_t)p->rows.n);
    for (int32_t g = 0; g < p->groups.n; g++)
        s->chosen[g] = -1;
    for (int32_t j = 0; j < p->cols.n; j++) {
        s->x[j] = p->cols.at[j].lower;
        for (int64_t k = p->by_col.start[j];
             s->x[j] && k < p->by_col.start[j + 1]; k++)
            s->activity[p->by_col.index[k]] += s->x[j] * p->by_col.value[k];
    }
    begin_change(s);
    for (int32_t b = 0; b < p->n_blocks; b++)
        enqueue(s, b);
    settle(s);
    begin_change(s);
}

/* The most that an auxiliary column may be with everything else as it is. */
static int64_t most_of(const selection *s, int32_t col) {
    const sparse *const lines = &s->p->by_col;
    int64_t most = s->p->cols.at[col].upper;
    for (int64_t k = lines->start[col]; k < lines->start[col + 1]; k++) {
        const program_row *const row = &s->p->rows.at[lines->index[k]];
        if (lines->value[k] <= 0 || row->upper == PROGRAM_INFINITY)
            continue;
        const int64_t slack = row->upper - s->activity[lines->index[k]];
        const int64_t room = s->x[col] + floor_div(slack, lines->value[k]);
        most = room < most ? room : most;
    }
    return most;
}

static void raise_rewards(selection *s) {
    const program *const p = s->p;
    for (int32_t j = 0; j < p->cols.n; j++) {
        if (p->cols.at[j].group >= 0 || s->is_owner[j] || !s->is_reward[j])
            continue;
        const int64_t most = most_of(s, j);
        if (most > s->x[j])
            set_col(s, j, most, -2);
    }
}

bool selection_load(selection *s, const int32_t *cols, int32_t n) {
    selection_clear(s);
    for (int32_t k = 0; k < n; k++) {
        if (!set_col(s, cols[k], 1, -2))
            return false;
        s->chosen[s->p->cols.at[cols[k]].group] = cols[k];
    }
    const bool good = settle(s);
    raise_rewards(s);
    begin_change(s);
    return good;
}

bool selection_is_legal(const selection *s, int32_t n_rows) {
    for (int32_t i = 0; i < n_rows; i++)
        if (violation(&s->p->rows.at[i], s->activity[i]) > 0)
            return false;
    return true;
}
