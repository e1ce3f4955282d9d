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
    SCALE = 10,    /* bits after the point of what is compared */
    LOOK = 1 << 8, /* steps between looks at the price and the clock */
    LEAST_PRICE = 1 << 4,
    WORK = 64 /* entries that cost a unit of work */
};

typedef struct anneal {
    search *s;
    const relax *r;
    walk w;
    random_state rng;
    int64_t price;       /* of breaking a row by a unit, << SCALE */
    int64_t temperature; /* << SCALE */
    int32_t *best;       /* [n_groups] */
    int64_t best_value;
    bool any;
    int32_t *movable, n_movable; /* groups with a choice */
} anneal;

static int64_t energy(const anneal *a) {
    /* broken is in 2^20 units. */
    return (a->w.value << SCALE) + ((a->w.broken >> 10) * a->price >> 10);
}

static int64_t tail(anneal *a) {
    const uint64_t bits = random_next(&a->rng);
    const int64_t whole = bits == 0 ? 63 : __builtin_ctzll(bits);
    return (whole << 10) + (int64_t)(random_next(&a->rng) & 1023);
}

static bool may_choose(const anneal *a, int32_t col) {
    return a->r->upper[col] > 0 && !a->s->barred[col];
}

/* Another column of the group, or none. Half of the time one nearby: the same
 * shift with its break at another time, a neighbour in the menu. */
static int32_t draw_col(anneal *a, int32_t g) {
    const program_group *const group = &a->w.p->groups.at[g];
    const int32_t n = group->end - group->begin, now = a->w.chosen[g];
    const bool may_wait = !a->r->must[g] && !group->exactly_one;
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

static bool try_step(anneal *a) {
    const int32_t g = a->movable[random_below(&a->rng, a->n_movable)];
    const int32_t col = draw_col(a, g);
    if (col == a->w.chosen[g] || (col >= 0 && !may_choose(a, col)))
        return false;
    const int64_t before = energy(a);
    walk_step(&a->w, g, col);
    const int64_t by = energy(a) - before;
    if (by <= 0 || by <= (a->temperature * tail(a) >> 10))
        return true;
    walk_back(&a->w);
    return false;
}

static void note_best(anneal *a) {
    if (a->w.n_broken > 0 || (a->any && a->w.value >= a->best_value))
        return;
    memcpy(a->best, a->w.chosen, sizeof *a->best * (size_t)a->w.p->groups.n);
    a->best_value = a->w.value;
    a->any = true;
}

/* What the columns of groups cost, on average. */
static int64_t usual_cost(const anneal *a) {
    const program *const p = a->w.p;
    int64_t sum = 0, n = 0;
    for (int32_t g = 0; g < p->groups.n; g++)
        for (int32_t j = p->groups.at[g].begin; j < p->groups.at[g].end; j++) {
            const int64_t c = a->w.cost[j];
            sum += c < 0 ? -c : c;
            n += c != 0;
        }
    return n > 0 ? sum / n + 1 : 1;
}

/* Cools from `from` to a 500th of it; the last tenth breaks nothing. */
static void run(anneal *a, int64_t steps, int64_t from) {
    search *const s = a->s;
    int64_t whole = 0;
    a->temperature = from;
    for (int64_t k = 0; k < steps; k++) {
        try_step(a);
        note_best(a);
        whole += a->w.n_broken == 0;
        if ((k + 1) % LOOK)
            continue;
        const bool proven =
            a->any && s->has_stage_bound && a->best_value <= s->stage_bound;
        if (proven || search_is_out(s))
            return;
        /* exp(-6.2) over the run, in steps of LOOK. */
        a->temperature -= a->temperature * 62 * LOOK / (10 * steps);
        const bool last = k > steps - steps / 10;
        if (whole == 0 || last)
            a->price += a->price / 16 + 1;
        else if (whole > LOOK / 2)
            a->price -= a->price / 16;
        a->price = a->price < LEAST_PRICE ? LEAST_PRICE : a->price;
        whole = 0;
    }
}

static bool prepare(anneal *a, search *s, const relax *r, uint64_t seed) {
    const program *const p = &s->f.program;
    *a = (anneal){.s = s, .r = r};
    a->best = ARENA_NEW(s->scratch, int32_t, p->groups.n + 1);
    a->movable = ARENA_NEW(s->scratch, int32_t, p->groups.n + 1);
    if (!a->best || !a->movable ||
        !walk_init(&a->w, p, s->cost[s->stage], s->scratch) ||
        !selection_load(&s->sel, s->cols, s->n_cols))
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

bool anneal_plan(search *s, const relax *r, int64_t steps, uint64_t seed) {
    if (!s->has_plan || s->is_full)
        return false;
    const arena_mark mark = arena_here(s->scratch);
    anneal a;
    bool better = false;
    if (!prepare(&a, s, r, seed)) {
        s->is_full = true;
    } else if (a.n_movable > 0) {
        const int64_t usual = usual_cost(&a) << SCALE;
        a.price = usual / 4;
        run(&a, steps, usual / 4);
        s->work += a.w.work / WORK;
        better = offer_best(&a);
    }
    arena_rewind(s->scratch, mark);
    return better;
}
