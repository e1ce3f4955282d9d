// SPDX-License-Identifier: GPL-3.0-or-later
/* Writing rows by what changes from one to the next. */
#include "lp/difference.h"

int32_t difference_of(const sparse *rows, int32_t i, int32_t k, int32_t *index,
                      int64_t *value) {
    int64_t a = rows->start[i], b = k < 0 ? 0 : rows->start[k];
    const int64_t a_end = rows->start[i + 1],
                  b_end = k < 0 ? 0 : rows->start[k + 1];
    int32_t n = 0;
    while (a < a_end || b < b_end) {
        const int32_t x = a < a_end ? rows->index[a] : INT32_MAX;
        const int32_t y = b < b_end ? rows->index[b] : INT32_MAX;
        int64_t v = x <= y ? rows->value[a] : 0;
        v -= y <= x ? rows->value[b] : 0;
        a += x <= y;
        b += y <= x;
        if (v == 0)
            continue;
        index[n] = x < y ? x : y;
        value[n++] = v;
    }
    return n;
}

enum { LOOK_BACK = 3 };

void difference_choose(const sparse *rows, int32_t n, int32_t *refers,
                       int32_t *index, int64_t *value) {
    for (int32_t i = 0; i < n; i++) {
        int64_t least = (rows->start[i + 1] - rows->start[i]) / 2;
        refers[i] = -1;
        for (int32_t k = i - 1; k >= 0 && k >= i - LOOK_BACK; k--) {
            const int32_t size = difference_of(rows, i, k, index, value) + 2;
            if (size < least) {
                least = size;
                refers[i] = k;
            }
        }
    }
}

/* --- a whole program --------------------------------------------------------
 */

typedef struct rewriting {
    program *to;
    const program *p;
    int32_t *refers; /* [rows] */
    int32_t *count;  /* [rows]: column n_i, or -1 */
    int32_t *index;  /* [2 x columns + 2] */
    int64_t *value;
} rewriting;

static void copy_columns(const rewriting *w) {
    program *const to = w->to;
    for (int32_t j = 0; j < w->p->cols.n && !to->failed; j++) {
        const program_col *const its = &w->p->cols.at[j];
        while (its->group >= to->groups.n && !to->failed)
            program_add_group(to, w->p->groups.at[to->groups.n].exactly_one);
        program_add_col(to, its->group, its->lower, its->upper, its->tag);
        if (!to->failed)
            to->cols.at[j].name = its->name;
    }
    for (int32_t k = 0; k < w->p->n_objectives; k++) {
        to->objectives[k].maximise = w->p->objectives[k].maximise;
        to->objectives[k].name = w->p->objectives[k].name;
        for (int32_t j = 0; j < w->p->cols.n; j++)
            program_add_cost(to, k, j, w->p->objectives[k].cost[j]);
    }
}

/* The side of a count: the row's, where it has one, or what its columns can
 * reach. */
static int64_t reach(const program *p, int32_t row, bool up) {
    int64_t sum = 0;
    for (int64_t k = p->by_row.start[row]; k < p->by_row.start[row + 1]; k++) {
        const program_col *const col = &p->cols.at[p->by_row.index[k]];
        const int64_t a = p->by_row.value[k];
        sum += a * ((a > 0) == up ? col->upper : col->lower);
    }
    return sum;
}

static void add_counts(const rewriting *w) {
    const program *const p = w->p;
    for (int32_t i = 0; i < p->rows.n; i++)
        w->count[i] = -1;
    for (int32_t i = 0; i < p->rows.n; i++)
        if (w->refers[i] >= 0)
            w->count[i] = w->count[w->refers[i]] = 0;
    for (int32_t i = 0; i < p->rows.n && !w->to->failed; i++) {
        const program_row *const row = &p->rows.at[i];
        if (w->count[i] < 0)
            continue;
        w->count[i] = program_add_col(
            w->to, -1,
            row->lower == -PROGRAM_INFINITY ? reach(p, i, false) : row->lower,
            row->upper == PROGRAM_INFINITY ? reach(p, i, true) : row->upper,
            -1);
        if (row->name)
            program_name_col(w->to, w->count[i], "sum_%s", row->name);
    }
}

static void write_row(const rewriting *w, int32_t i) {
    const program_row *const its = &w->p->rows.at[i];
    const int32_t k = w->refers[i], count = w->count[i];
    const int32_t n = difference_of(&w->p->by_row, i, k, w->index, w->value);
    const int32_t row = program_add_row(w->to, count < 0 ? its->lower : 0,
                                        count < 0 ? its->upper : 0, -1, -1);
    if (w->to->failed)
        return;
    w->to->rows.at[row].name = its->name;
    for (int32_t e = 0; e < n; e++)
        program_put(w->to, row, w->index[e], w->value[e]);
    if (count >= 0)
        program_put(w->to, row, count, -1);
    if (k >= 0)
        program_put(w->to, row, w->count[k], 1);
}

bool difference_program(program *to, const program *p, arena *mem) {
    program_init(to, mem, p->n_objectives, p->keep_names);
    rewriting w = {.to = to, .p = p};
    w.refers = ARENA_NEW(mem, int32_t, p->rows.n + 1);
    w.count = ARENA_NEW(mem, int32_t, p->rows.n + 1);
    w.index = ARENA_NEW(mem, int32_t, 2 * (int64_t)p->cols.n + 2);
    w.value = ARENA_NEW(mem, int64_t, 2 * (int64_t)p->cols.n + 2);
    if (to->failed || !w.refers || !w.count || !w.index || !w.value)
        return false;
    difference_choose(&p->by_row, p->rows.n, w.refers, w.index, w.value);
    copy_columns(&w);
    add_counts(&w);
    for (int32_t i = 0; i < p->rows.n && !to->failed; i++)
        write_row(&w, i);
    return program_finish(to);
}
