// SPDX-License-Identifier: GPL-3.0-or-later
/* Steps and what follows from them, row by row and block by block. */
#include "solve/walk.h"

#include <string.h>

enum {
    HARD =
        8, /* times the price: rows of duties alone, nothing stands for them */
    LEAST_PART = 16, /* of the first price */
    MOST_TIMES = 1024
};

#define MOST_PRICE ((int64_t)1 << 46)

__extension__ typedef __int128 wide;

static int64_t entry_of(const program *p, int32_t row, int32_t col) {
    for (int64_t k = p->by_row.start[row]; k < p->by_row.start[row + 1]; k++)
        if (p->by_row.index[k] == col)
            return p->by_row.value[k];
    return 0;
}

/* A unit of a row is what its smallest entry moves it by. */
static int64_t smallest_entry(const program *p, int32_t row) {
    int64_t least = INT64_MAX;
    for (int64_t k = p->by_row.start[row]; k < p->by_row.start[row + 1]; k++) {
        const int64_t v =
            p->by_row.value[k] < 0 ? -p->by_row.value[k] : p->by_row.value[k];
        least = v < least ? v : least;
    }
    return least;
}

static int64_t largest_entry(const program *p, int32_t row) {
    int64_t most = 1;
    for (int64_t k = p->by_row.start[row]; k < p->by_row.start[row + 1]; k++) {
        const int64_t v = p->by_row.value[k];
        most = v > most ? v : -v > most ? -v : most;
    }
    return most;
}

/* The row keeps a goal at nothing: no column that it counts may be more. */
static bool is_none(const program *p, int32_t row) {
    if (p->rows.at[row].upper != 0 || p->rows.at[row].owner >= 0)
        return false;
    for (int64_t k = p->by_row.start[row]; k < p->by_row.start[row + 1]; k++) {
        const program_col *const col = &p->cols.at[p->by_row.index[k]];
        if (p->by_row.value[k] < 0 || col->lower != 0 || col->group >= 0)
            return false;
    }
    return true;
}

static void find_most(walk *w) {
    const program *const p = w->p;
    for (int32_t j = 0; j < p->cols.n; j++)
        w->most[j] = p->cols.at[j].upper;
    for (int32_t i = 0; i < p->rows.n; i++)
        for (int64_t k = p->by_row.start[i];
             is_none(p, i) && k < p->by_row.start[i + 1]; k++)
            w->most[p->by_row.index[k]] = 0;
}

/* No option and nothing that counts is in the row. */
static bool is_of_duties(const program *p, int32_t row, int32_t first_duty) {
    for (int64_t k = p->by_row.start[row]; k < p->by_row.start[row + 1]; k++) {
        const int32_t col = p->by_row.index[k];
        if (col < first_duty || p->cols.at[col].group < 0)
            return false;
    }
    return true;
}

static void find_owners(walk *w, int64_t price, int32_t first_duty) {
    const program *const p = w->p;
    for (int32_t i = 0; i < p->rows.n; i++) {
        const int32_t owner = p->rows.at[i].owner;
        const int64_t its = (is_of_duties(p, i, first_duty) ? HARD : 1) *
                            price / smallest_entry(p, i);
        w->owner_entry[i] = owner < 0 ? 0 : entry_of(p, i, owner);
        w->weight[i] = w->first[i] = its > 0 ? its : 1;
    }
}

/* A column of the row that one row raises, by steps. */
static int32_t find_rounding(const walk *w, int32_t row) {
    const program *const p = w->p;
    for (int64_t k = p->by_row.start[row]; k < p->by_row.start[row + 1]; k++) {
        const int32_t col = p->by_row.index[k];
        int32_t raisers = 0, by = -1;
        if (p->cols.at[col].group >= 0 || p->by_row.value[k] != 1)
            continue;
        for (int64_t i = p->by_col.start[col]; i < p->by_col.start[col + 1];
             i++) {
            const int32_t at = p->by_col.index[i];
            if (p->rows.at[at].owner != col)
                continue;
            raisers++;
            by = at;
        }
        if (raisers == 1 && w->owner_entry[by] < -1)
            return by;
    }
    return -1;
}

static void find_roundings(walk *w) {
    const program *const p = w->p;
    for (int32_t i = 0; i < p->rows.n; i++)
        w->rounds[i] = w->rounded_by[i] = -1;
    for (int32_t i = 0; i < p->rows.n; i++) {
        if (p->rows.at[i].upper == PROGRAM_INFINITY || largest_entry(p, i) > 1)
            continue;
        const int32_t by = find_rounding(w, i);
        if (by < 0 || w->rounds[by] >= 0)
            continue;
        w->rounded_by[i] = by;
        w->rounds[by] = i;
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

bool walk_init(walk *w, const program *p, const int64_t *cost, int64_t price,
               int32_t first_duty, arena *mem) {
    const int32_t n = p->rows.n + 1, m = p->cols.n + 1;
    *w = (walk){.p = p, .cost = cost};
    w->chosen = ARENA_NEW(mem, int32_t, p->groups.n + 1);
    w->x = ARENA_NEW(mem, int64_t, m);
    w->most = ARENA_NEW(mem, int64_t, m);
    w->activity = ARENA_NEW(mem, int64_t, n);
    w->weight = ARENA_NEW(mem, int64_t, n);
    w->first = ARENA_NEW(mem, int64_t, n);
    w->price = ARENA_NEW(mem, int64_t, n);
    w->rounds = ARENA_NEW(mem, int32_t, n);
    w->rounded_by = ARENA_NEW(mem, int32_t, n);
    w->owner_entry = ARENA_NEW(mem, int64_t, n);
    w->turns = ARENA_NEW(mem, walk_turn, n);
    w->block_turns = ARENA_NEW(mem, int32_t, p->n_blocks + 1);
    w->turn_rows = ARENA_NEW(mem, int32_t, n);
    w->mark = ARENA_NEW(mem, uint32_t, n);
    w->rows = ARENA_NEW(mem, walk_undo, n);
    w->cols = ARENA_NEW(mem, walk_undo, 4 * m);
    w->queue = ARENA_NEW(mem, int32_t, p->n_blocks + 1);
    w->queued = ARENA_NEW(mem, uint8_t, p->n_blocks + 1);
    if (!w->chosen || !w->x || !w->most || !w->activity || !w->weight ||
        !w->first || !w->price || !w->rounds || !w->rounded_by ||
        !w->owner_entry || !w->turns || !w->block_turns || !w->turn_rows ||
        !w->mark || !w->rows || !w->cols || !w->queue || !w->queued)
        return false;
    find_owners(w, price, first_duty);
    find_most(w);
    order_owners(w);
    find_roundings(w);
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

static void touch(walk *w, int32_t row) {
    if (w->mark[row] == w->stamp)
        return;
    w->mark[row] = w->stamp;
    w->rows[w->n_rows++] = (walk_undo){row, w->activity[row], w->price[row]};
    if (w->rounds[row] >= 0)
        touch(w, w->rounds[row]);
}

static void move_row(walk *w, int32_t row, int64_t by) {
    touch(w, row);
    w->activity[row] += by;
}

/* An auxiliary column; rows of its own block are computed with it. */
static void set_col(walk *w, int32_t col, int64_t value, int32_t own) {
    const program *const p = w->p;
    const int64_t by = value - w->x[col];
    if (by == 0)
        return;
    w->cols[w->n_cols++] = (walk_undo){col, w->x[col], 0};
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

static int64_t within(const walk *w, int32_t col, int64_t value) {
    const int64_t least = w->p->cols.at[col].lower;
    return value < least ? least : value > w->most[col] ? w->most[col] : value;
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
    set_col(w, turn->owner, within(w, turn->owner, value), block);
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

/* Weights are large where tickets are: many rows must still add up. */
static int64_t price_of(const walk *w, int32_t row) {
    const int64_t over = too_much(&w->p->rows.at[row], w->activity[row]);
    const int32_t by = w->rounded_by[row];
    if (over == 0)
        return 0;
    wide price = (wide)over * w->weight[row];
    if (by >= 0) {
        const int64_t slack = w->p->rows.at[by].upper - w->activity[by];
        price -= (wide)w->weight[row] * slack * 15 / 16 / -w->owner_entry[by];
    }
    return price < 1 ? 1 : price > MOST_PRICE ? MOST_PRICE : (int64_t)price;
}

static void set_price(walk *w, int32_t row, int64_t price) {
    w->broken += price - w->price[row];
    w->n_broken += (price > 0) - (w->price[row] > 0);
    w->price[row] = price;
}

void walk_step(walk *w, const walk_change *changes, int32_t n) {
    w->stamp++;
    w->n_rows = w->n_cols = 0;
    w->n_groups = n;
    for (int32_t k = 0; k < n; k++) {
        const int32_t group = w->group[k] = changes[k].group;
        w->before[k] = w->chosen[group];
        w->chosen[group] = changes[k].col;
        move_choice(w, w->before[k], -1);
        move_choice(w, changes[k].col, 1);
    }
    for (int32_t k = 0; k < w->n_rows; k++)
        if (w->activity[w->rows[k].at] != w->rows[k].old)
            enqueue(w, w->p->rows.at[w->rows[k].at].block);
    settle(w);
    for (int32_t k = 0; k < w->n_rows; k++)
        set_price(w, w->rows[k].at, price_of(w, w->rows[k].at));
}

static int64_t cost_of(const walk *w, int32_t col) {
    return col < 0 ? 0 : w->cost[col];
}

void walk_back(walk *w) {
    for (int32_t k = 0; k < w->n_rows; k++) {
        set_price(w, w->rows[k].at, w->rows[k].old_price);
        w->activity[w->rows[k].at] = w->rows[k].old;
    }
    while (w->n_cols > 0) {
        const walk_undo *const undo = &w->cols[--w->n_cols];
        w->value += (undo->old - w->x[undo->at]) * w->cost[undo->at];
        w->x[undo->at] = undo->old;
    }
    while (w->n_groups > 0) {
        const int32_t k = --w->n_groups, now = w->chosen[w->group[k]];
        w->value += cost_of(w, w->before[k]) - cost_of(w, now);
        w->chosen[w->group[k]] = w->before[k];
    }
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
    memset(w->price, 0, sizeof *w->price * (size_t)p->rows.n);
    for (int32_t i = 0; i < p->rows.n; i++)
        set_price(w, i, price_of(w, i));
}

void walk_learn(walk *w, bool forgets) {
    for (int32_t i = 0; i < w->p->rows.n; i++) {
        int64_t *const its = &w->weight[i];
        if (w->price[i] > 0) {
            if (*its < MOST_TIMES * w->first[i])
                *its += *its / 4 + 1;
            set_price(w, i, price_of(w, i));
        } else if (forgets && *its > w->first[i] / LEAST_PART) {
            *its -= *its / 16;
        }
    }
}
