// SPDX-License-Identifier: GPL-3.0-or-later
/* Prices on places before any LP: the rows are dualised, every request takes
 * its cheapest option at the prices, and prices move with what is overfull.
 *
 *   L(y) = yb + sum over groups of min(0, min_j d_j) + sum of aux at their best
 *
 * The step is Polyak's towards the best plan, the direction keeps nine tenths
 * of the last one, and rows are scaled by their largest coefficient. */
#include "solve/relax.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"

typedef struct pricing {
    relax *r;
    arena *mem;
    double *y, *best_y, *direction, *scale; /* [n_rows] */
    double *d;                              /* [n_cols] */
    double *activity;                       /* [n_rows] */
    double best;
} pricing;

static double side_of(const program_row *row, double y) {
    if (y < 0 || row->lower == -PROGRAM_INFINITY)
        return row->upper == PROGRAM_INFINITY ? 0 : (double)row->upper;
    return (double)row->lower;
}

static bool take_pricing(pricing *w, relax *r, arena *mem) {
    const int32_t n_rows = r->p->rows.n;
    *w = (pricing){.r = r, .mem = mem, .best = -1e300};
    w->y = ARENA_NEW(mem, double, n_rows + 1);
    w->best_y = ARENA_NEW(mem, double, n_rows + 1);
    w->direction = ARENA_NEW(mem, double, n_rows + 1);
    w->scale = ARENA_NEW(mem, double, n_rows + 1);
    w->activity = ARENA_NEW(mem, double, n_rows + 1);
    w->d = ARENA_NEW(mem, double, r->p->cols.n + 1);
    if (!w->y || !w->best_y || !w->direction || !w->scale || !w->activity ||
        !w->d)
        return false;
    for (int32_t i = 0; i < n_rows; i++) {
        w->scale[i] = 1;
        for (int64_t k = r->p->by_row.start[i]; k < r->p->by_row.start[i + 1];
             k++) {
            const double a = fabs((double)r->p->by_row.value[k]);
            w->scale[i] = a > w->scale[i] ? a : w->scale[i];
        }
    }
    return true;
}

static void price_columns(pricing *w) {
    const program *const p = w->r->p;
    for (int32_t j = 0; j < p->cols.n; j++)
        w->d[j] = (double)w->r->cost[j];
    for (int32_t i = 0; i < p->rows.n; i++) {
        const double y = w->y[i];
        for (int64_t k = p->by_row.start[i];
             y != 0 && k < p->by_row.start[i + 1]; k++)
            w->d[p->by_row.index[k]] -= y * (double)p->by_row.value[k];
    }
}

static void take_column(pricing *w, int32_t j, double x) {
    const program *const p = w->r->p;
    for (int64_t k = p->by_col.start[j]; k < p->by_col.start[j + 1]; k++)
        w->activity[p->by_col.index[k]] += x * (double)p->by_col.value[k];
}

/* L(y), and the activity of the choice that attains it. */
static double evaluate(pricing *w) {
    const program *const p = w->r->p;
    price_columns(w);
    memset(w->activity, 0, sizeof *w->activity * (size_t)p->rows.n);
    double total = 0;
    for (int32_t g = 0; g < p->groups.n; g++) {
        int32_t best = -1;
        for (int32_t j = p->groups.at[g].begin; j < p->groups.at[g].end; j++)
            if (w->r->upper[j] > 0 && (best < 0 || w->d[j] < w->d[best]))
                best = j;
        if (best >= 0 && w->d[best] < 0) {
            total += w->d[best];
            take_column(w, best, 1);
        }
    }
    for (int32_t j = 0; j < p->cols.n; j++)
        if (p->cols.at[j].group < 0) {
            const double x =
                (double)(w->d[j] < 0 ? w->r->upper[j] : w->r->lower[j]);
            total += w->d[j] * x;
            if (x != 0)
                take_column(w, j, x);
        }
    for (int32_t i = 0; i < p->rows.n; i++)
        if (w->y[i] != 0)
            total += w->y[i] * side_of(&p->rows.at[i], w->y[i]);
    return total;
}

/* One step; duals stay of the side that the row has. */
static void step(pricing *w, double value, double target, double theta) {
    const program *const p = w->r->p;
    double norm = 0;
    for (int32_t i = 0; i < p->rows.n; i++) {
        const program_row *const row = &p->rows.at[i];
        double over = w->activity[i] - side_of(row, w->y[i]);
        if (w->y[i] == 0 && row->lower != -PROGRAM_INFINITY &&
            row->upper != PROGRAM_INFINITY && over < 0 &&
            w->activity[i] >= (double)row->lower)
            over = 0;
        if (w->y[i] == 0 && ((row->lower == -PROGRAM_INFINITY && over < 0) ||
                             (row->upper == PROGRAM_INFINITY && over > 0)))
            over = 0;
        w->direction[i] = 0.9 * w->direction[i] + 0.1 * over / w->scale[i];
        norm += w->direction[i] * w->direction[i];
    }
    if (norm < 1e-12)
        return;
    const double length = theta * (target - value) / norm;
    for (int32_t i = 0; i < p->rows.n; i++) {
        const program_row *const row = &p->rows.at[i];
        double y = w->y[i] - length * w->direction[i] / w->scale[i];
        if (row->upper == PROGRAM_INFINITY && y < 0)
            y = 0;
        if (row->lower == -PROGRAM_INFINITY && y > 0)
            y = 0;
        w->y[i] = y;
    }
}

enum { PATIENCE = 25 };

static bool is_late(const lp_limits *limits) {
    return (limits->stop &&
            atomic_load_explicit(limits->stop, memory_order_relaxed)) ||
           (limits->deadline_us && clock_now_us() >= limits->deadline_us);
}

static void descend(pricing *w, double target, int32_t rounds,
                    const lp_limits *limits) {
    const size_t bytes = sizeof *w->y * (size_t)w->r->p->rows.n;
    double theta = 1;
    int32_t idle = 0;
    for (int32_t round = 0; round < rounds && theta > 0.003 && !is_late(limits);
         round++) {
        const double value = evaluate(w);
        if (value > w->best + 1e-6 * fabs(w->best)) {
            w->best = value;
            memcpy(w->best_y, w->y, bytes);
            idle = 0;
        } else if (++idle >= PATIENCE) {
            memcpy(w->y, w->best_y, bytes);
            memset(w->direction, 0, bytes);
            theta *= 0.6;
            idle = 0;
            continue;
        }
        step(w, value, target, theta);
    }
    memcpy(w->y, w->best_y, bytes);
    price_columns(w);
}

/* The columns of a group within a window of its best enter. */
static bool enter_near(pricing *w, double window) {
    const program *const p = w->r->p;
    for (int32_t g = 0; g < p->groups.n; g++) {
        double best = 0;
        for (int32_t j = p->groups.at[g].begin; j < p->groups.at[g].end; j++)
            if (w->r->upper[j] > 0 && w->d[j] < best)
                best = w->d[j];
        for (int32_t j = p->groups.at[g].begin; j < p->groups.at[g].end; j++)
            if (w->r->upper[j] > 0 && w->d[j] <= best + window &&
                !relax_enter(w->r, j))
                return false;
    }
    return true;
}

bool relax_warm_up(relax *r, int64_t target, int32_t rounds,
                   const lp_limits *limits) {
    arena *const mem = arena_create(arena_allocator(r->mem), 0);
    pricing w;
    bool good = mem && take_pricing(&w, r, mem);
    if (good) {
        descend(&w, (double)target, rounds, limits);
        memcpy(r->dual, w.y, sizeof *w.y * (size_t)r->p->rows.n);
        double most = 0;
        for (int32_t j = 0; j < r->p->cols.n; j++) {
            const double c = fabs((double)r->cost[j]);
            most = r->p->cols.at[j].group >= 0 && c > most ? c : most;
        }
        for (int32_t i = 0; good && i < r->p->rows.n; i++)
            if (fabs(w.y[i]) * w.scale[i] > 1e-4 * most)
                good = relax_enter_row(r, i);
        good = good && enter_near(&w, 0.01 * most);
        r->work += (uint64_t)rounds *
                   (uint64_t)(r->p->by_col.start[r->p->cols.n] / 8192 + 1);
    }
    arena_destroy(mem);
    return good;
}
