// SPDX-License-Identifier: GPL-3.0-or-later
/* Chvatal-Gomory rows from pairs of rows that hold the same children.
 *
 * Where 8N + 5W <= 40P meets N + W <= K between integer points, the facet of
 * the integer hull is 3N + 2W <= floor((K + 40P) / 3): both rows with the
 * multiplier 1/3. In general, for rows a x <= b and c x <= d over x >= 0 and
 * small p, q, r,
 *
 *     sum_j floor((p a_j + q c_j) / r) x_j <= floor((p b + q d) / r).
 *
 * Pairs are rows that are tight in the relaxation and share nearly all columns
 * of its support. */
#include "solve/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PAIR_ROWS = 400 };

static const int64_t moduli[] = {3, 5, 8, 2};
enum { N_MODULI = sizeof moduli / sizeof *moduli };

typedef struct pairing {
    search *s;
    relax *r;
    arena *mem;
    int32_t *tight, n_tight; /* program rows with a price */
    bool *counts;            /* [n_tight]: only_counts */
    int32_t *support;        /* [n_rows]: LP columns of it with x > 0 */
    int32_t *overlap;        /* [n_rows] of the row under way */
    program_new_row *rows;
    int32_t n_rows;
} pairing;

static bool is_candidate(const relax *r, int32_t i) {
    return r->dual[i] < -1e-9 && r->p->rows.at[i].upper != PROGRAM_INFINITY;
}

/* Two rows that only count, each column once or not at all, give nothing: for
 * p, q < r a column of both is all that is left, what is in both is at most the
 * smaller side, and floor((p b + q d) / r) is no smaller where p + q >= r. */
static bool only_counts(const program *p, int32_t row) {
    for (int64_t k = p->by_row.start[row]; k < p->by_row.start[row + 1]; k++)
        if (p->by_row.value[k] != 1)
            return false;
    return true;
}

static bool find_tight(pairing *w) {
    const program *const p = w->r->p;
    w->tight = ARENA_NEW(w->mem, int32_t, p->rows.n + 1);
    w->counts = ARENA_NEW(w->mem, bool, p->rows.n + 1);
    w->support = ARENA_NEW(w->mem, int32_t, p->rows.n + 1);
    w->overlap = ARENA_NEW(w->mem, int32_t, p->rows.n + 1);
    w->rows = ARENA_NEW(w->mem, program_new_row, MAX_PAIR_ROWS + 1);
    if (!w->tight || !w->counts || !w->support || !w->overlap || !w->rows)
        return false;
    for (int32_t i = 0; i < p->rows.n; i++)
        if (is_candidate(w->r, i)) {
            w->counts[w->n_tight] = only_counts(p, i);
            w->tight[w->n_tight++] = i;
        }
    for (int32_t k = 0; k < w->r->n_lp_cols; k++) {
        const int32_t j = w->r->col_of[k];
        for (int64_t e = p->by_col.start[j];
             w->r->x[j] > 1e-7 && e < p->by_col.start[j + 1]; e++)
            w->support[p->by_col.index[e]]++;
    }
    return true;
}

/* In how many columns of the support row i meets each other row. */
static void count_overlap(pairing *w, int32_t i, int32_t by) {
    const program *const p = w->r->p;
    for (int64_t k = p->by_row.start[i]; k < p->by_row.start[i + 1]; k++) {
        const int32_t j = p->by_row.index[k];
        if (w->r->x[j] <= 1e-7)
            continue;
        for (int64_t e = p->by_col.start[j]; e < p->by_col.start[j + 1]; e++)
            w->overlap[p->by_col.index[e]] += by;
    }
}

typedef struct combination {
    int32_t i, k;
    int64_t p, q, r;
} combination;

/* Calls for each column of either row with floor((p a + q c) / r) != 0 are
 * gathered into cols, values when they are given; the sum over x otherwise. */
static double combine(const pairing *w, const combination *c, int32_t *cols,
                      int64_t *values, int32_t *n) {
    const program *const p = w->r->p;
    int64_t a = p->by_row.start[c->i], b = p->by_row.start[c->k];
    const int64_t a_end = p->by_row.start[c->i + 1];
    const int64_t b_end = p->by_row.start[c->k + 1];
    double activity = 0;
    *n = 0;
    while (a < a_end || b < b_end) {
        const int32_t x = a < a_end ? p->by_row.index[a] : INT32_MAX;
        const int32_t y = b < b_end ? p->by_row.index[b] : INT32_MAX;
        int64_t v = x <= y ? c->p * p->by_row.value[a] : 0;
        v += y <= x ? c->q * p->by_row.value[b] : 0;
        a += x <= y;
        b += y <= x;
        v = floor_div(v, c->r);
        const int32_t j = x < y ? x : y;
        activity += (double)v * w->r->x[j];
        if (cols && v != 0) {
            cols[*n] = j;
            values[(*n)++] = v;
        }
    }
    return activity;
}

static int64_t side_of(const pairing *w, const combination *c) {
    const program *const p = w->r->p;
    return floor_div(
        c->p * p->rows.at[c->i].upper + c->q * p->rows.at[c->k].upper, c->r);
}

static bool keep_row(pairing *w, const combination *c) {
    const program *const p = w->r->p;
    const int64_t room = p->by_row.start[c->i + 1] - p->by_row.start[c->i] +
                         p->by_row.start[c->k + 1] - p->by_row.start[c->k];
    int32_t *const cols = ARENA_NEW(w->mem, int32_t, room + 1);
    int64_t *const values = ARENA_NEW(w->mem, int64_t, room + 1);
    if (!cols || !values)
        return false;
    int32_t n;
    combine(w, c, cols, values, &n);
    w->rows[w->n_rows++] = (program_new_row){
        -PROGRAM_INFINITY, side_of(w, c), n, cols, values, NULL};
    return true;
}

/* The multipliers that cut off most of the point, if any do. */
static bool choose_multipliers(const pairing *w, combination *best) {
    double most = 0.02;
    bool found = false;
    for (int32_t m = 0; m < N_MODULI; m++)
        for (int64_t p = 1; p < moduli[m]; p++)
            for (int64_t q = 1; q < moduli[m]; q++) {
                const combination c = {best->i, best->k, p, q, moduli[m]};
                int32_t n;
                const double over =
                    combine(w, &c, NULL, NULL, &n) - (double)side_of(w, &c);
                if (over > most) {
                    most = over;
                    *best = c;
                    found = true;
                }
            }
    return found;
}

static void try_pairs_of(pairing *w, int32_t at) {
    const int32_t i = w->tight[at];
    count_overlap(w, i, 1);
    for (int32_t b = at + 1; b < w->n_tight && w->n_rows < MAX_PAIR_ROWS; b++) {
        const int32_t k = w->tight[b];
        if (w->counts[at] && w->counts[b])
            continue;
        const int32_t larger =
            w->support[i] > w->support[k] ? w->support[i] : w->support[k];
        if (5 * w->overlap[k] < 4 * larger)
            continue;
        combination c = {.i = i, .k = k};
        if (choose_multipliers(w, &c) && !keep_row(w, &c))
            break;
        w->s->work += 8;
    }
    count_overlap(w, i, -1);
}

int32_t pairs_add(search *s, relax *r) {
    const arena_mark mark = arena_here(s->scratch);
    pairing w = {.s = s, .r = r, .mem = s->scratch};
    if (find_tight(&w))
        for (int32_t at = 0; at < w.n_tight && !search_is_out(s); at++)
            try_pairs_of(&w, at);
    int32_t n = w.n_rows;
    if (n > 0 && !search_append(s, r, w.rows, n))
        n = 0;
    arena_rewind(s->scratch, mark);
    return n;
}
