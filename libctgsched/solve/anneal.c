// SPDX-License-Identifier: GPL-3.0-or-later
/* Annealing over options and duties at once: what is in the way of a better
 * plan is often a duty and a child together, and neither can move alone without
 * breaking a row. So rows may be broken, at a price that rises while none of
 * the plans seen is whole and falls while all are.
 *
 * A step is taken when it costs no more than the temperature times a random
 * number whose tail halves with each unit: integers only, the same steps on
 * every machine. */
#include "solve/search.h"

#include <string.h>

#include "base/random.h"
#include "solve/walk.h"

enum {
    LOOK = 1 << 11, /* steps between looks at the price and the clock */
    QUENCH = 8,     /* of the steps, at the end, prices rise only */
    WORK = 64       /* entries that cost a unit of work */
};

/* A usual cost divided by these is where a run begins, by its seed: cool for
 * options that differ by little, hot for rosters that have to be undone. */
enum { COUNT_HEATS = 3 };
static const int32_t first_heat[COUNT_HEATS] = {30, 10, 2};

typedef struct anneal {
    search *s;
    const relax *r; /* NULL before the first plan: any will do */
    walk w;
    random_state rng;
    int64_t usual;       /* cost of a column, << WALK_SCALE */
    int64_t temperature; /* << WALK_SCALE */
    int32_t *best;       /* [n_groups] */
    int64_t best_value;
    bool any;
    int32_t *movable, n_movable; /* groups with a choice */
} anneal;

static int64_t energy(const anneal *a) {
    return (a->w.value << WALK_SCALE) + a->w.broken;
}

static int64_t tail(anneal *a) {
    const uint64_t bits = random_next(&a->rng);
    const int64_t whole = bits == 0 ? 63 : __builtin_ctzll(bits);
    return (whole << 10) + (int64_t)(random_next(&a->rng) & 1023);
}

static bool may_choose(const anneal *a, int32_t col) {
    return !a->r || (a->r->upper[col] > 0 && !a->s->barred[col]);
}

/* Another column of the group, or none. Half of the time one nearby: the same
 * shift with its break at another time, a neighbour in the menu. */
static int32_t draw_col(anneal *a, int32_t g) {
    const program_group *const group = &a->w.p->groups.at[g];
    const int32_t n = group->end - group->begin, now = a->w.chosen[g];
    const bool may_wait = !(a->r && a->r->must[g]) && !group->exactly_one;
    if (now >= 0 && may_wait && random_below(&a->rng, 8) == 0)
        return -1;
    if (now >= 0 && n > 8 && random_below(&a->rng, 2)) {
        const int32_t by = 1 + random_below(&a->rng, 4);
        const int32_t col = random_below(&a->rng, 2) ? now + by : now - by;
        if (col >= group->begin && col < group->end)
            return col;
    }
    return group->begin + random_below(&a->rng, n);
}

static int32_t draw_group(anneal *a) {
    return a->movable[random_below(&a->rng, a->n_movable)];
}

static const duty_col *duty_at(const anneal *a, int32_t group) {
    const formulation *const f = &a->s->f;
    const int32_t k = a->w.p->groups.at[group].begin - f->n_option_cols;
    return k < 0 || k >= f->n_duty_cols ? NULL : &f->duty_cols[k];
}

/* The column of a post that works so; -1 for none, -2 when there is no such. */
static int32_t same_way(const anneal *a, int32_t group, int32_t like) {
    const formulation *const f = &a->s->f;
    const program_group *const g = &a->w.p->groups.at[group];
    if (like < 0)
        return -1;
    const int32_t way = f->duty_cols[like - f->n_option_cols].way;
    for (int32_t j = g->begin; j < g->end; j++)
        if (f->duty_cols[j - f->n_option_cols].way == way)
            return may_choose(a, j) ? j : -2;
    return -2;
}

/* Two posts change their duties: of one day, or of one employee. */
static int32_t draw_swap(anneal *a, walk_change *out) {
    const int32_t g = draw_group(a);
    const duty_col *const d = duty_at(a, g);
    for (int32_t tries = 0; d && tries < 16; tries++) {
        const int32_t other = draw_group(a);
        const duty_col *const e = duty_at(a, other);
        if (!e || other == g ||
            (e->day != d->day && e->employee != d->employee))
            continue;
        const int32_t here = a->w.chosen[g], there = a->w.chosen[other];
        out[0] = (walk_change){g, same_way(a, g, there)};
        out[1] = (walk_change){other, same_way(a, other, here)};
        return here == there || out[0].col == -2 || out[1].col == -2 ? 0 : 2;
    }
    return 0;
}

static int32_t draw_change(anneal *a, walk_change *out) {
    const int32_t g = draw_group(a);
    out[0] = (walk_change){g, draw_col(a, g)};
    return out->col == a->w.chosen[g] ||
                   (out->col >= 0 && !may_choose(a, out->col))
               ? 0
               : 1;
}

static void try_step(anneal *a) {
    walk_change changes[2];
    const int32_t n = random_below(&a->rng, 4) == 0 ? draw_swap(a, changes)
                                                    : draw_change(a, changes);
    if (n == 0)
        return;
    const int64_t before = energy(a);
    walk_step(&a->w, changes, n);
    const int64_t by = energy(a) - before;
    if (by > 0 && by > (a->temperature * tail(a) >> 10))
        walk_back(&a->w);
}

static void note_best(anneal *a) {
    if (a->w.n_broken > 0 || (a->any && a->w.value >= a->best_value))
        return;
    memcpy(a->best, a->w.chosen, sizeof *a->best * (size_t)a->w.p->groups.n);
    a->best_value = a->w.value;
    a->any = true;
}

/* What columns cost, on average. */
static int64_t usual_cost(const program *p, const int64_t *cost) {
    int64_t sum = 0, n = 0;
    for (int32_t j = 0; j < p->cols.n; j++) {
        sum += cost[j] < 0 ? -cost[j] : cost[j];
        n += cost[j] != 0;
    }
    return n > 0 ? sum / n + 1 : 1;
}

/* Entries looked at since the last time. */
static void count_work(anneal *a) {
    a->s->work += a->w.work / WORK;
    a->w.work %= WORK;
}

/* Cools to a 500th. */
static void run(anneal *a, int64_t steps) {
    search *const s = a->s;
    for (int64_t k = 1; k <= steps; k++) {
        try_step(a);
        note_best(a);
        if (k % LOOK)
            continue;
        count_work(a);
        const bool enough =
            a->any &&
            (!a->r || (s->has_stage_bound && a->best_value <= s->stage_bound));
        if (enough || search_is_out(s))
            return;
        a->temperature -= a->temperature * 62 * LOOK / (10 * steps);
        walk_learn(&a->w, k < steps - steps / QUENCH);
    }
}

static bool prepare(anneal *a, search *s, const relax *r, uint64_t seed) {
    const program *const p = &s->f.program;
    *a = (anneal){.s = s, .r = r};
    const int64_t *const cost =
        r ? s->cost[s->stage] : ARENA_NEW(s->scratch, int64_t, p->cols.n + 1);
    a->usual = usual_cost(p, s->cost[s->stage]) << WALK_SCALE;
    a->best = ARENA_NEW(s->scratch, int32_t, p->groups.n + 1);
    a->movable = ARENA_NEW(s->scratch, int32_t, p->groups.n + 1);
    if (!a->best || !a->movable || !cost ||
        !walk_init(&a->w, p, cost, 2 * a->usual, s->f.n_option_cols,
                   s->scratch))
        return false;
    for (int32_t g = 0; g < p->groups.n; g++)
        if (p->groups.at[g].end > p->groups.at[g].begin)
            a->movable[a->n_movable++] = g;
    walk_load(&a->w, s->sel.chosen);
    random_seed(&a->rng, seed);
    note_best(a);
    return true;
}

/* The best choice that broke nothing. */
static bool offer_best(anneal *a) {
    const int32_t n_groups = a->w.p->groups.n;
    int32_t *const cols = ARENA_NEW(a->s->scratch, int32_t, n_groups + 1);
    int32_t n = 0;
    for (int32_t g = 0; cols && a->any && g < n_groups; g++)
        if (a->best[g] >= 0)
            cols[n++] = a->best[g];
    return cols && a->any && search_offer(a->s, cols, n);
}

static bool anneal_from(search *s, const relax *r, int64_t steps,
                        uint64_t seed) {
    const arena_mark mark = arena_here(s->scratch);
    anneal a;
    bool better = false;
    if (!prepare(&a, s, r, seed)) {
        s->is_full = true;
    } else if (a.n_movable > 0) {
        a.temperature = a.usual / first_heat[seed % COUNT_HEATS];
        run(&a, steps);
        count_work(&a);
        better = offer_best(&a);
    }
    arena_rewind(s->scratch, mark);
    return better;
}

bool anneal_plan(search *s, const relax *r, int64_t steps, uint64_t seed) {
    return s->has_plan && !s->is_full &&
           selection_load(&s->sel, s->cols, s->n_cols) &&
           anneal_from(s, r, steps, seed);
}

bool anneal_first(search *s, int64_t steps, uint64_t seed) {
    if (s->is_full)
        return false;
    selection_clear(&s->sel);
    return anneal_from(s, NULL, steps, seed);
}
