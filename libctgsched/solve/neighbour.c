// SPDX-License-Identifier: GPL-3.0-or-later
/* Large neighbourhoods: parts of the plan are freed and solved again, the rest
 * stays.
 *
 * A round cuts the structures into clusters of two to four that share many
 * requests. Clusters have no structure in common, so they are solved side by
 * side from the same plan, and what they find is put in one after another. The
 * clusters and their budgets, in pivots, depend on the round alone: the plan is
 * the same with any number of threads.
 *
 * Only options whose regret under the last duals is small may come in. */
#include "solve/search.h"

#include "base/clock.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "base/thread.h"
#include "solve/duties.h"
#include "solve/subprogram.h"

enum {
    NODES = 40,        /* of one cluster's tree, for each unit of effort */
    PIVOTS = 6000,     /* the same, at most */
    EXCHANGE = 500000, /* pivots times rows */
    LEAST_FREED = 100, /* columns of a cluster: learnt between these */
    MOST_FREED = 3000,
    WITH_POSTS = 1200,
    WHOLE_COLUMNS = 400,
    MAX_WORKERS = 16
};

typedef struct cluster {
    int32_t first, n; /* structures: [first, first + n) of the round's order */
    int32_t n_cols, *cols;
    int32_t n_groups, *chosen;
    bool found, proven;
    uint64_t work, seed;
    double loss; /* against the bound */
} cluster;

typedef struct neighbourhood {
    search *s;
    const relax *r;
    arena *mem;
    random_state rng;
    double *regret;      /* [n_choice_cols] under the last duals */
    double *missed;      /* [n_groups]: regret of waiting */
    int32_t *order;      /* [n_structures]: cluster after cluster */
    int32_t *cluster_of; /* [n_structures] */
    int32_t *shared;     /* [n_structures][n_structures] */
    int32_t percent;     /* of the requests, where there is one cluster only */
    uint8_t *is_free;    /* [n_employees]: whose duties may move, */
    int32_t free_from, free_to; /* on these days */
    bool most_fraction;         /* the engine's branching of this round */
    int32_t *home;     /* [n_groups]: the cluster that may move it, or -1 */
    cluster *clusters; /* [n_clusters] */
    int32_t n_clusters;
    atomic_int next; /* cluster to solve */
} neighbourhood;

static int32_t structure_of(const search *s, int32_t col) {
    return column_structure(&s->f, col);
}

/* --- clusters ----------------------------------------------------------------
 */

/* For each pair of structures, the requests that lose little in either: those
 * that could change places. */
static bool count_shared(neighbourhood *h, double window) {
    const program *const p = h->r->p;
    const int32_t n = h->s->prob->n_structures;
    int32_t *const near = ARENA_NEW(h->mem, int32_t, n + 1);
    h->shared = ARENA_NEW(h->mem, int32_t, (int64_t)n * n + 1);
    if (!near || !h->shared)
        return false;
    for (int32_t g = 0; g < p->groups.n; g++) {
        int32_t k = 0;
        for (int32_t j = p->groups.at[g].begin; j < p->groups.at[g].end; j++) {
            const int32_t at = structure_of(h->s, j);
            if (h->regret[j] <= window && (k == 0 || near[k - 1] != at))
                near[k++] = at;
        }
        for (int32_t a = 0; a < k; a++)
            for (int32_t b = 0; b < k; b++)
                h->shared[near[a] * n + near[b]]++;
    }
    return true;
}

/* The next member of a cluster: by chance, those that share much with it more
 * likely. */
static int32_t draw_partner(neighbourhood *h, const cluster *c) {
    const int32_t n = h->s->prob->n_structures;
    int32_t best = -1, weight = -1;
    for (int32_t at = 0; at < n; at++) {
        if (h->cluster_of[at] >= 0)
            continue;
        int32_t shared = 0;
        for (int32_t k = 0; k < c->n; k++)
            shared += h->shared[h->order[c->first + k] * n + at];
        const int32_t w = random_below(&h->rng, 2 * shared + 1);
        if (w > weight) {
            best = at;
            weight = w;
        }
    }
    return best;
}

static int32_t draw_first(neighbourhood *h, int32_t n_left) {
    int32_t skip = random_below(&h->rng, n_left);
    for (int32_t at = 0;; at++)
        if (h->cluster_of[at] < 0 && skip-- == 0)
            return at;
}

static void draw_clusters(neighbourhood *h, int32_t size) {
    const int32_t n = h->s->prob->n_structures;
    for (int32_t at = 0; at < n; at++)
        h->cluster_of[at] = -1;
    for (int32_t n_in = 0; n_in < n;) {
        cluster *const c = &h->clusters[h->n_clusters];
        c->first = n_in;
        c->seed = random_next(&h->rng);
        int32_t at = draw_first(h, n - n_in);
        while (at >= 0) {
            h->cluster_of[at] = h->n_clusters;
            h->order[n_in++] = at;
            if (++c->n == size)
                break;
            at = draw_partner(h, c);
        }
        h->n_clusters++;
    }
}

/* Where the relaxation wants a request most, or by chance anywhere it could. */
static int32_t wanted_col(neighbourhood *h, int32_t g) {
    const program_group *const group = &h->r->p->groups.at[g];
    if (random_below(&h->rng, 3) == 0)
        return group->begin + random_below(&h->rng, group->end - group->begin);
    int32_t best = group->begin;
    for (int32_t j = group->begin; j < group->end; j++)
        if (h->r->x[j] > h->r->x[best] ||
            (h->r->x[j] == h->r->x[best] && h->regret[j] < h->regret[best]))
            best = j;
    return best;
}

/* The plan gives a request what the relaxation gives it. */
static bool agrees(const neighbourhood *h, int32_t g) {
    const int32_t now = h->s->sel.chosen[g];
    return now >= 0 ? h->r->x[now] > 0.999 : h->missed[g] <= 0;
}

/* What rounds free in turn: so many employees on so many days in a row; 0: all.
 * Children can only follow what moves together. */
static const struct {
    int32_t employees, days;
} spans[] = {{0, 1}, {1, 0}, {0, 3}, {2, 0}, {5, 7}, {3, 14}};
enum { N_SPANS = sizeof spans / sizeof spans[0] };

static void draw_free_posts(neighbourhood *h, int32_t round) {
    const int32_t n = h->s->prob->n_employees, n_days = h->s->prob->n_days;
    const int32_t employees = spans[round % N_SPANS].employees;
    const int32_t days = spans[round % N_SPANS].days;
    if (n == 0)
        return;
    const bool whole = days == 0 || days >= n_days;
    h->free_from = whole ? 0 : random_below(&h->rng, n_days - days + 1);
    h->free_to = whole ? n_days : h->free_from + days;
    memset(h->is_free, employees == 0, (size_t)n);
    for (int32_t k = 0; k < employees; k++)
        h->is_free[random_below(&h->rng, n)] = 1;
}

/* The group is of a request, or of a post or a rest that the round frees. */
static bool may_move(const neighbourhood *h, int32_t g) {
    const formulation *const f = &h->s->f;
    const int32_t col = h->r->p->groups.at[g].begin;
    if (col < f->n_option_cols)
        return true;
    const int32_t k = col - f->n_option_cols;
    if (k >= f->n_duty_cols)
        return h->is_free[f->rest_cols[k - f->n_duty_cols].employee];
    const duty_col *const d = &f->duty_cols[k];
    return h->is_free[d->employee] && d->day >= h->free_from &&
           d->day < h->free_to;
}

/* A served request moves inside the cluster of its structure or to one that
 * suits it better, one that waits to a cluster where it could go; siblings who
 * wait go the same way. */
static void draw_homes(neighbourhood *h) {
    const program *const p = h->r->p;
    const problem *const prob = h->s->prob;
    for (int32_t g = 0; g < p->groups.n; g++) {
        int32_t col = h->s->sel.chosen[g];
        h->home[g] = -1;
        if (p->groups.at[g].begin == p->groups.at[g].end || !may_move(h, g))
            continue;
        /* One who would rather be elsewhere may go there: leaving harms none.
         */
        if (col < 0 || (h->regret[col] > 0 && random_below(&h->rng, 2)))
            col = wanted_col(h, g);
        /* Where all structures are in one cluster, a part is freed by chance.
         */
        if (h->n_clusters == 1 && g < prob->n_requests && agrees(h, g) &&
            random_below(&h->rng, 100) >= h->percent)
            continue;
        h->home[g] = h->cluster_of[structure_of(h->s, col)];
        const int32_t bundle =
            g < prob->n_requests ? prob->requests[g].sibling_group : NONE;
        if (h->s->sel.chosen[g] >= 0 || bundle == NONE)
            continue;
        const int32_t elder = prob->siblings[bundle].requests[0];
        if (elder < g && h->s->sel.chosen[elder] < 0 && h->home[elder] >= 0)
            h->home[g] = h->home[elder];
    }
}

/* --- which options may come in
 * ------------------------------------------------- */

static void find_regrets(neighbourhood *h) {
    const program *const p = h->r->p;
    for (int32_t g = 0; g < p->groups.n; g++) {
        wide best = 0;
        const int32_t begin = p->groups.at[g].begin, end = p->groups.at[g].end;
        for (int32_t j = begin; j < end; j++)
            if (h->r->upper[j] > 0 && h->r->d[j] < best)
                best = h->r->d[j];
        h->missed[g] = (double)(-best >> RELAX_SHIFT);
        for (int32_t j = begin; j < end; j++)
            h->regret[j] = h->r->upper[j] > 0
                               ? (double)((h->r->d[j] - best) >> RELAX_SHIFT)
                               : INFINITY;
    }
}

/* Columns of cluster `c` within the window, the present ones always; -1 when
 * there are more than `most`. */
static int32_t free_columns(neighbourhood *h, int32_t c, double window,
                            int32_t most) {
    const program *const p = h->r->p;
    int32_t n = 0;
    for (int32_t g = 0; g < p->groups.n; g++) {
        if (h->home[g] != c)
            continue;
        for (int32_t j = p->groups.at[g].begin; j < p->groups.at[g].end; j++) {
            if (h->s->sel.chosen[g] != j &&
                (h->regret[j] > window ||
                 h->cluster_of[structure_of(h->s, j)] != c))
                continue;
            if (n == most)
                return -1;
            h->clusters[c].cols[n++] = j;
        }
    }
    return n;
}

/* The structure that all options of a row are in, or NONE. */
static int32_t row_structure(const neighbourhood *h, int32_t row) {
    const program *const p = h->r->p;
    int32_t at = NONE;
    for (int64_t k = p->by_row.start[row]; k < p->by_row.start[row + 1]; k++) {
        const int32_t j = p->by_row.index[k];
        if (p->cols.at[j].group < 0)
            continue;
        const int32_t here = structure_of(h->s, j);
        if (at != NONE && at != here)
            return NONE;
        at = here;
    }
    return at;
}

static double scaled(wide value) {
    return (double)value / (double)(1 << RELAX_SHIFT);
}

/* Prices of what rows leave free: to the cluster of the row's structure; rows
 * of several structures and auxiliary columns to every cluster. */
static double price_slacks(neighbourhood *h) {
    const program *const p = h->r->p;
    const relax *const r = h->r;
    const selection *const sel = &h->s->sel;
    double everywhere = 0;
    for (int32_t i = 0; i < p->rows.n; i++) {
        const int64_t y = r->y[i];
        if (y == 0)
            continue;
        const program_row *const row = &p->rows.at[i];
        const double loss = scaled(
            (wide)y * (sel->activity[i] - (y < 0 ? row->upper : row->lower)));
        const int32_t at = row_structure(h, i);
        if (at == NONE)
            everywhere += loss;
        else
            h->clusters[h->cluster_of[at]].loss += loss;
    }
    for (int32_t j = h->s->f.n_choice_cols; j < p->cols.n; j++)
        everywhere += scaled(
            r->d[j] * (sel->x[j] - (r->d[j] < 0 ? r->upper[j] : r->lower[j])));
    return everywhere;
}

/* What each cluster's part of the plan loses against the bound: regrets of what
 * is chosen and prices of what is left free. No option with a larger regret can
 * come into a better plan that differs inside the cluster only. */
static void find_losses(neighbourhood *h) {
    const program *const p = h->r->p;
    const selection *const sel = &h->s->sel;
    const double everywhere = price_slacks(h);
    for (int32_t g = 0; g < p->groups.n; g++)
        if (h->home[g] >= 0)
            h->clusters[h->home[g]].loss +=
                sel->chosen[g] >= 0 ? h->regret[sel->chosen[g]] : h->missed[g];
    for (int32_t c = 0; c < h->n_clusters; c++)
        h->clusters[c].loss += everywhere;
}

/* How many columns a cluster may free. */
static int32_t appetite_of(const neighbourhood *h, const cluster *c) {
    double sum = 0;
    for (int32_t k = 0; k < c->n; k++)
        sum += h->s->appetite[h->order[c->first + k]];
    return (int32_t)(sum / c->n) +
           (h->s->prob->n_employees > 0 ? WITH_POSTS : 0);
}

static bool choose_columns(neighbourhood *h, int32_t c) {
    cluster *const at = &h->clusters[c];
    const int32_t most = appetite_of(h, at);
    at->cols = ARENA_NEW(h->mem, int32_t, most + 1);
    at->chosen = ARENA_NEW(h->mem, int32_t, most + 1);
    if (!at->cols || !at->chosen)
        return false;
    if (at->loss < 0.5 * (double)h->r->step)
        return true;
    double window = at->loss + 1;
    at->n_cols = free_columns(h, c, window, most);
    for (int k = 0; k < 60 && at->n_cols < 0; k++) {
        window *= 0.8;
        at->n_cols = free_columns(h, c, window, most);
    }
    return true;
}

/* --- solving
 * ----------------------------------------------------------------------
 */

/* Everything is free, and little it is: the engine's tree sees many nodes. */
static bool is_whole(const neighbourhood *h) {
    return h->n_clusters == 1 && h->percent == 100 &&
           h->r->p->cols.n < WHOLE_COLUMNS;
}

/* As much as a cluster may cost: pivots in few rows are cheap. */
static lp_limits cluster_limits(const neighbourhood *h, const subprogram *sub) {
    lp_limits limits = search_limits(h->s);
    const int64_t pivots = EXCHANGE / (sub->n_rows + 1);
    limits.iterations = h->s->effort * (pivots < PIVOTS ? pivots : PIVOTS);
    limits.nodes = h->s->effort * NODES;
    if (is_whole(h))
        limits.iterations = 10 * limits.iterations, limits.nodes = 0;
    limits.most_fraction = h->most_fraction;
    return limits;
}

static void solve_cluster(const neighbourhood *h, cluster *at) {
    arena *const mem = arena_create(arena_allocator(h->mem), 0);
    lp_engine *const engine = mem ? lp_engine_start(mem) : NULL;
    subprogram sub;
    if (engine &&
        subprogram_take(&sub, h->r->p, h->s->n_stage_rows, &h->s->sel,
                        h->r->cost, at->cols, at->n_cols, at->seed, mem)) {
        const lp_limits limits = cluster_limits(h, &sub);
        int64_t used;
        at->n_groups = sub.n_groups;
        at->found = subprogram_improve(&sub, engine, h->r->cost, &limits,
                                       at->chosen, &used, &at->proven);
        at->work = (uint64_t)(used + 1) * (uint64_t)(1 + sub.n_rows / 64);
    }
    if (engine)
        lp_engine_end(engine);
    arena_destroy(mem);
}

static void work_off(void *arg) {
    neighbourhood *const h = arg;
    for (;;) {
        const int32_t c = atomic_fetch_add(&h->next, 1);
        if (c >= h->n_clusters)
            return;
        if (h->clusters[c].n_cols > 0 && !search_is_out(h->s))
            solve_cluster(h, &h->clusters[c]);
    }
}

/* Always on threads of their own: the engine's state is one to a thread. */
static void solve_clusters(neighbourhood *h) {
    int32_t n = h->s->options->threads;
    n = n < 1 ? 1 : n > MAX_WORKERS ? MAX_WORKERS : n;
    n = n > h->n_clusters ? h->n_clusters : n;
    thread *workers[MAX_WORKERS];
    atomic_store(&h->next, 0);
    for (int32_t k = 0; k < n; k++)
        workers[k] = thread_start(work_off, h);
    for (int32_t k = 0; k < n; k++)
        if (workers[k])
            thread_join(workers[k]);
}

/* Puts what a cluster found into the selection, all or nothing. */
static void put_in(neighbourhood *h, const cluster *at) {
    const program *const p = h->r->p;
    selection *const sel = &h->s->sel;
    int32_t *const in = ARENA_NEW(h->mem, int32_t, at->n_groups + 1);
    int32_t *const out = ARENA_NEW(h->mem, int32_t, at->n_groups + 1);
    int32_t n_in = 0, n_out = 0, k = 0;
    for (int32_t g = -1, c = 0; in && out && c < at->n_cols; c++) {
        if (p->cols.at[at->cols[c]].group == g)
            continue;
        g = p->cols.at[at->cols[c]].group;
        const int32_t now = sel->chosen[g], then = at->chosen[k++];
        if (now == then)
            continue;
        if (now >= 0)
            out[n_out++] = now;
        if (then >= 0)
            in[n_in++] = then;
    }
    if (in && out)
        selection_change(sel, in, n_in, out, n_out);
}

/* Structures whose clusters are solved to the end may free more. */
static void learn(neighbourhood *h, const cluster *c) {
    for (int32_t k = 0; k < c->n; k++) {
        double *const a = &h->s->appetite[h->order[c->first + k]];
        *a *= c->proven ? 1.2 : c->found ? 1 : 0.85;
        *a = *a < LEAST_FREED ? LEAST_FREED : *a > MOST_FREED ? MOST_FREED : *a;
    }
}

static bool take_neighbourhood(neighbourhood *h, search *s, const relax *r,
                               int32_t round) {
    const int32_t n = s->prob->n_structures;
    *h = (neighbourhood){.s = s, .r = r, .mem = s->scratch};
    h->regret = ARENA_NEW(h->mem, double, s->f.n_choice_cols + 1);
    h->missed = ARENA_NEW(h->mem, double, r->p->groups.n + 1);
    h->order = ARENA_NEW(h->mem, int32_t, n + 1);
    h->cluster_of = ARENA_NEW(h->mem, int32_t, n + 1);
    h->home = ARENA_NEW(h->mem, int32_t, r->p->groups.n + 1);
    h->clusters = ARENA_NEW(h->mem, cluster, n + 1);
    h->is_free = ARENA_NEW(h->mem, uint8_t, s->prob->n_employees + 1);
    random_seed(&h->rng, (uint64_t)round * 0x9E3779B97F4A7C15u + 7);
    return h->regret && h->missed && h->order && h->cluster_of && h->home &&
           h->clusters && h->is_free;
}

/* Clusters, what is free in them, and the small programs solved. */
static bool explore(neighbourhood *h, int32_t round) {
    static const int32_t sizes[] = {2, 3, 4, 1};
    search *const s = h->s;
    const double loss = (double)(s->value[s->stage] - s->stage_bound);
    find_regrets(h);
    if (!count_shared(h, 2 * loss / s->prob->n_structures + 1))
        return false;
    draw_clusters(h, sizes[round % 4]);
    h->percent = 20 + 20 * (round % 5);
    h->most_fraction = round / 4 % 2 || is_whole(h);
    draw_free_posts(h, round);
    draw_homes(h);
    find_losses(h);
    for (int32_t c = 0; c < h->n_clusters; c++)
        if (!choose_columns(h, c))
            return false;
    solve_clusters(h);
    return true;
}

bool neighbour_round(search *s, relax *r, int32_t round) {
    if (!s->has_plan || !s->has_stage_bound || s->is_full ||
        r->p->groups.n == 0)
        return false;
    const arena_mark mark = arena_here(s->scratch);
    neighbourhood h;
    bool better = false;
    /* The selection must be the best plan's. */
    s->is_full |= !take_neighbourhood(&h, s, r, round) ||
                  !search_load(s, s->cols, s->n_cols) || !explore(&h, round);
    if (!s->is_full) {
        for (int32_t c = 0; c < h.n_clusters; c++) {
            s->work += h.clusters[c].work;
            learn(&h, &h.clusters[c]);
            if (h.clusters[c].found)
                put_in(&h, &h.clusters[c]);
        }
        better = search_offer_chosen(s);
    }
    s->work += 16;
    arena_rewind(s->scratch, mark);
    return better;
}
