// SPDX-License-Identifier: GPL-3.0-or-later
/* Large neighbourhoods: a part of the plan is freed and solved again exactly by
 * the engine's branch and cut, everything else stays.
 *
 * What is freed turns with the round: two or three structures that share many
 * requests, the requests on which plan and relaxation differ, or a random set.
 * Only options whose regret under the last duals is small may come in. Budgets
 * are in pivots, so the rounds are the same on every machine. */
#include "solve/search.h"

#include <math.h>
#include <string.h>

#include "base/random.h"

/* What the engine's tree solves in a blink. */
enum { MAX_FREED = 400 };

typedef struct hood {
    search *s;
    relax *r;
    arena *mem;
    uint8_t *group_free; /* [n_groups] */
    uint8_t *col_free;   /* [n_cols] */
    int32_t *col_at, n_cols;
    int32_t *row_at, *rows, n_rows; /* LP row of a program row, or -1 */
    int64_t *fixed;                 /* [n_rows]: activity of what stays */
    random_state rng;
} hood;

static int32_t structure_of(const search *s, int32_t col) {
    const option_col oc = s->f.option_cols[col];
    return s->prob->requests[oc.request].options[oc.option].structure;
}

/* --- what is freed
 * -------------------------------------------------------------- */

static void free_if_touches(hood *h, const uint8_t *in) {
    const program *const p = h->r->p;
    for (int32_t g = 0; g < p->groups.n; g++) {
        const int32_t now = h->s->sel.chosen[g];
        if (now >= 0) {
            h->group_free[g] = in[structure_of(h->s, now)];
            continue;
        }
        for (int32_t j = p->groups.at[g].begin; j < p->groups.at[g].end; j++)
            h->group_free[g] |= in[structure_of(h->s, j)];
    }
}

/* How many requests could go to both structures. */
static void count_shared(const hood *h, int32_t with, int32_t *shared) {
    const program *const p = h->r->p;
    for (int32_t g = 0; g < p->groups.n; g++) {
        bool there = false;
        for (int32_t j = p->groups.at[g].begin; j < p->groups.at[g].end; j++)
            there |= h->r->upper[j] && structure_of(h->s, j) == with;
        int32_t last = -1;
        for (int32_t j = p->groups.at[g].begin;
             there && j < p->groups.at[g].end; j++) {
            const int32_t at = structure_of(h->s, j);
            shared[at] += at != last;
            last = at;
        }
    }
}

static void free_structures(hood *h, int32_t n) {
    const int32_t n_all = h->s->prob->n_structures;
    uint8_t *const in = ARENA_NEW(h->mem, uint8_t, n_all + 1);
    int32_t *const shared = ARENA_NEW(h->mem, int32_t, n_all + 1);
    if (!in || !shared)
        return;
    int32_t last = random_below(&h->rng, n_all);
    in[last] = 1;
    for (int32_t k = 1; k < n && k < n_all; k++) {
        count_shared(h, last, shared);
        int32_t best = -1, weight = -1;
        for (int32_t at = 0; at < n_all; at++) {
            const int32_t w =
                in[at] ? -1 : random_below(&h->rng, 2 * shared[at] + 1);
            if (w > weight) {
                best = at;
                weight = w;
            }
        }
        if (best < 0)
            break;
        in[best] = 1;
        last = best;
    }
    free_if_touches(h, in);
}

/* Requests on which the plan is not the relaxation, and some others. */
static void free_differences(hood *h, int32_t others) {
    const program *const p = h->r->p;
    for (int32_t g = 0; g < p->groups.n; g++) {
        const int32_t now = h->s->sel.chosen[g];
        double most = 0;
        for (int32_t j = p->groups.at[g].begin; j < p->groups.at[g].end; j++)
            most = h->r->x[j] > most ? h->r->x[j] : most;
        const double kept = now >= 0 ? h->r->x[now] : 1 - most;
        h->group_free[g] = kept < 0.999 || random_below(&h->rng, 100) < others;
    }
}

static void free_random(hood *h, int32_t percent) {
    for (int32_t g = 0; g < h->r->p->groups.n; g++)
        h->group_free[g] = random_below(&h->rng, 100) < percent;
}

/* --- which options may come in
 * ------------------------------------------------- */

static double regret(const relax *r, int32_t g, int32_t j) {
    wide best = 0;
    for (int32_t k = r->p->groups.at[g].begin; k < r->p->groups.at[g].end; k++)
        if (r->upper[k] > 0 && r->d[k] < best)
            best = r->d[k];
    return (double)((r->d[j] - best) >> RELAX_SHIFT);
}

static int32_t free_columns(hood *h, double window) {
    const program *const p = h->r->p;
    int32_t n = 0;
    memset(h->col_free, 0, (size_t)p->cols.n);
    for (int32_t g = 0; g < p->groups.n; g++) {
        if (!h->group_free[g])
            continue;
        for (int32_t j = p->groups.at[g].begin; j < p->groups.at[g].end; j++) {
            const bool now = h->s->sel.chosen[g] == j;
            if (!now && (h->r->upper[j] == 0 || regret(h->r, g, j) > window))
                continue;
            h->col_free[j] = 1;
            n++;
        }
    }
    return n;
}

/* Rows of freed options, and the auxiliary columns of those rows; rows that
 * hold goals do not free the columns they count. */
static void free_auxiliary(hood *h) {
    const program *const p = h->r->p;
    for (int32_t i = 0; i < p->rows.n; i++)
        h->row_at[i] = -1;
    for (int pass = 0; pass < 2; pass++)
        for (int32_t j = 0; j < p->cols.n; j++) {
            const bool option = p->cols.at[j].group >= 0;
            if (!h->col_free[j] || (pass == 0) != option)
                continue;
            for (int64_t k = p->by_col.start[j]; k < p->by_col.start[j + 1];
                 k++) {
                const int32_t row = p->by_col.index[k];
                if (h->row_at[row] >= 0)
                    continue;
                h->row_at[row] = h->n_rows;
                h->rows[h->n_rows++] = row;
                if (p->rows.at[row].block < 0)
                    continue;
                for (int64_t e = p->by_row.start[row];
                     e < p->by_row.start[row + 1]; e++)
                    if (p->cols.at[p->by_row.index[e]].group < 0)
                        h->col_free[p->by_row.index[e]] = 1;
            }
        }
}

/* Auxiliary columns found late bring rows of their own. */
static void close_rows(hood *h) {
    const program *const p = h->r->p;
    for (int32_t at = 0; at < h->n_rows; at++) {
        const int32_t row = h->rows[at];
        if (p->rows.at[row].block < 0)
            continue;
        for (int64_t e = p->by_row.start[row]; e < p->by_row.start[row + 1];
             e++) {
            const int32_t j = p->by_row.index[e];
            if (p->cols.at[j].group >= 0)
                continue;
            h->col_free[j] = 1;
            for (int64_t k = p->by_col.start[j]; k < p->by_col.start[j + 1];
                 k++)
                if (h->row_at[p->by_col.index[k]] < 0) {
                    h->row_at[p->by_col.index[k]] = h->n_rows;
                    h->rows[h->n_rows++] = p->by_col.index[k];
                }
        }
    }
}

/* --- the small program
 * ------------------------------------------------------------ */

static void count_fixed(hood *h) {
    const program *const p = h->r->p;
    for (int32_t k = 0; k < h->n_rows; k++) {
        const int32_t row = h->rows[k];
        int64_t total = 0;
        for (int64_t e = p->by_row.start[row]; e < p->by_row.start[row + 1];
             e++) {
            const int32_t j = p->by_row.index[e];
            if (!h->col_free[j])
                total += p->by_row.value[e] * h->s->sel.x[j];
        }
        h->fixed[k] = total;
    }
}

static double shifted(int64_t side, int64_t by) {
    return side == PROGRAM_INFINITY    ? INFINITY
           : side == -PROGRAM_INFINITY ? -INFINITY
                                       : (double)(side - by);
}

/* Rows that the freed columns can no longer break are left out. */
static void drop_idle_rows(hood *h) {
    const program *const p = h->r->p;
    int32_t kept = 0;
    for (int32_t k = 0; k < h->n_rows; k++) {
        const int32_t row = h->rows[k];
        const program_row *const side = &p->rows.at[row];
        double up = 0, low = 0, best = 0, worst = 0;
        int32_t group = -1;
        for (int64_t e = p->by_row.start[row]; e <= p->by_row.start[row + 1];
             e++) {
            const bool last = e == p->by_row.start[row + 1];
            const int32_t j = last ? -1 : p->by_row.index[e];
            const int32_t g = last ? -1 : p->cols.at[j].group;
            if (last || g != group || g < 0) {
                up += best;
                low += worst;
                best = worst = 0;
                group = g;
            }
            if (last || !h->col_free[j])
                continue;
            const double a = (double)p->by_row.value[e];
            const double one = a * (double)p->cols.at[j].upper;
            const double other = a * (double)p->cols.at[j].lower;
            const double high = one > other ? one : other;
            const double deep = one > other ? other : one;
            best = high > best || g < 0 ? high : best;
            worst = deep < worst || g < 0 ? deep : worst;
        }
        const double fixed = (double)h->fixed[k];
        const bool idle = (side->upper == PROGRAM_INFINITY ||
                           fixed + up <= (double)side->upper) &&
                          (side->lower == -PROGRAM_INFINITY ||
                           fixed + low >= (double)side->lower);
        h->row_at[row] = idle ? -1 : kept;
        if (idle)
            continue;
        h->rows[kept] = row;
        h->fixed[kept++] = h->fixed[k];
    }
    h->n_rows = kept;
}

static bool build_rows(hood *h, lp *sub) {
    const program *const p = h->r->p;
    for (int32_t k = 0; k < h->n_rows; k++) {
        const program_row *const row = &p->rows.at[h->rows[k]];
        if (!lp_add_row(sub, shifted(row->lower, h->fixed[k]),
                        shifted(row->upper, h->fixed[k]), 0, NULL, NULL))
            return false;
    }
    for (int32_t g = 0; g < p->groups.n; g++)
        if (h->group_free[g]) {
            h->group_free[g] = 1;
            if (!lp_add_row(sub, -INFINITY, 1, 0, NULL, NULL))
                return false;
        }
    return true;
}

static bool build_cols(hood *h, lp *sub) {
    const program *const p = h->r->p;
    int32_t *const index = h->r->scratch_index;
    double *const value = h->r->scratch_value;
    int32_t *const group_row = ARENA_NEW(h->mem, int32_t, p->groups.n + 1);
    if (!group_row)
        return false;
    int32_t next = h->n_rows;
    for (int32_t g = 0; g < p->groups.n; g++)
        group_row[g] = h->group_free[g] ? next++ : -1;
    for (int32_t j = 0; j < p->cols.n; j++) {
        if (!h->col_free[j])
            continue;
        int32_t n = 0;
        for (int64_t k = p->by_col.start[j]; k < p->by_col.start[j + 1]; k++) {
            const int32_t row = h->row_at[p->by_col.index[k]];
            if (row < 0)
                continue;
            index[n] = row;
            value[n++] = (double)p->by_col.value[k];
        }
        if (p->cols.at[j].group >= 0) {
            index[n] = group_row[p->cols.at[j].group];
            value[n++] = 1;
        }
        h->col_at[h->n_cols++] = j;
        if (!lp_add_col(sub, (double)p->cols.at[j].lower,
                        (double)p->cols.at[j].upper,
                        (double)h->r->cost[j] * h->r->scale, n, index, value))
            return false;
    }
    return true;
}

/* The plan with the freed part replaced. */
static bool offer_result(hood *h, const double *x) {
    const program *const p = h->r->p;
    int32_t *const cols = ARENA_NEW(h->mem, int32_t, p->groups.n + 1);
    int32_t n = 0;
    for (int32_t g = 0; cols && g < p->groups.n; g++)
        if (!h->group_free[g] && h->s->sel.chosen[g] >= 0)
            cols[n++] = h->s->sel.chosen[g];
    for (int32_t k = 0; cols && k < h->n_cols; k++)
        if (p->cols.at[h->col_at[k]].group >= 0 && x[k] > 0.5)
            cols[n++] = h->col_at[k];
    return cols && search_offer(h->s, cols, n);
}

static bool solve_hood(hood *h, int64_t pivots) {
    lp *const sub = lp_create(h->s->engine);
    if (!sub)
        return false;
    bool better = false;
    count_fixed(h);
    drop_idle_rows(h);
    if (build_rows(h, sub) && build_cols(h, sub)) {
        uint8_t *const integer = ARENA_NEW(h->mem, uint8_t, h->n_cols + 1);
        double *const x = ARENA_NEW(h->mem, double, h->n_cols + 1);
        if (integer && x) {
            memset(integer, 1, (size_t)h->n_cols);
            int64_t now = 0;
            for (int32_t k = 0; k < h->n_cols; k++)
                now += h->r->cost[h->col_at[k]] * h->s->sel.x[h->col_at[k]];
            const double cutoff =
                ((double)now - 0.9 * (double)h->r->step) * h->r->scale;
            lp_limits limits = search_limits(h->s);
            limits.iterations = pivots;
            bool found;
            int64_t used;
            lp_mip(sub, integer, &limits, NULL, cutoff, x, &found, &used);
            h->s->work += (uint64_t)(used + 1) * (uint64_t)(1 + h->n_rows / 64);
            better = found && offer_result(h, x);
        }
    }
    lp_destroy(sub);
    return better;
}

static bool take_hood(hood *h, search *s, relax *r, int32_t round) {
    const program *const p = r->p;
    *h = (hood){.s = s, .r = r, .mem = s->scratch};
    h->group_free = ARENA_NEW(h->mem, uint8_t, p->groups.n + 1);
    h->col_free = ARENA_NEW(h->mem, uint8_t, p->cols.n + 1);
    h->col_at = ARENA_NEW(h->mem, int32_t, p->cols.n + 1);
    h->row_at = ARENA_NEW(h->mem, int32_t, p->rows.n + 1);
    h->rows = ARENA_NEW(h->mem, int32_t, p->rows.n + 1);
    h->fixed = ARENA_NEW(h->mem, int64_t, p->rows.n + 1);
    random_seed(&h->rng, (uint64_t)round * 0x9E3779B97F4A7C15u + 7);
    return h->group_free && h->col_free && h->col_at && h->row_at && h->rows &&
           h->fixed;
}

/* Regret that may come in, by the size of what is at stake. */
static double window_of(const relax *r, int32_t round) {
    double most = 0;
    for (int32_t j = 0; j < r->p->cols.n; j++) {
        const double c = fabs((double)r->cost[j]);
        most = r->p->cols.at[j].group >= 0 && c > most ? c : most;
    }
    return most * (round % 3 == 0 ? 0.03 : round % 3 == 1 ? 0.06 : 0.1);
}

bool neighbour_round(search *s, relax *r, int32_t round) {
    if (!s->has_plan || r->p->groups.n == 0)
        return false;
    const arena_mark mark = arena_here(s->scratch);
    hood h;
    bool better = false;
    /* The selection must be the best plan's. */
    if (take_hood(&h, s, r, round) &&
        selection_load(&s->sel, s->cols, s->n_cols)) {
        const int32_t n = s->prob->n_structures;
        switch (round % 4) {
        case 0:
            free_differences(&h, 5);
            break;
        case 3:
            free_random(&h, n > 8 ? 8 : 30);
            break;
        default:
            free_structures(&h, round % 4 + 1);
        }
        double window = window_of(r, round);
        int32_t n_free = free_columns(&h, window);
        for (int k = 0; k < 12 && n_free > MAX_FREED; k++) {
            window *= 0.7;
            n_free = free_columns(&h, window);
        }
        if (n_free > 0) {
            free_auxiliary(&h);
            close_rows(&h);
            better = solve_hood(&h, 3000);
        }
    }
    s->work += 16;
    arena_rewind(s->scratch, mark);
    return better;
}
