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

#include "base/clock.h"
#include "base/random.h"
#include "base/thread.h"
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

/* Reads the program and what it was given at its begin, nothing of the search:
 * that may go on beside it. */
struct anneal_task {
    arena *mem;
    const formulation *f;
    const solve_options *options;
    int64_t deadline_us;
    bool may_do_all; /* before the first plan: any will do */
    uint8_t *may;    /* [n_cols] of groups */
    uint8_t *must;   /* [n_groups] */
    bool has_bound;  /* of the goal: a plan as good is enough */
    int64_t bound;
    int64_t steps;
    uint64_t most_work, work; /* most_work 0: no limit */
    thread *worker;           /* NULL: done already */
    atomic_bool is_unwanted;
    walk w;
    random_state rng;
    int64_t usual;       /* cost of a column, << WALK_SCALE */
    int64_t temperature; /* << WALK_SCALE */
    int32_t *best;       /* [n_groups] */
    int64_t best_value;
    bool any, failed;
    int32_t *movable, n_movable; /* groups with a choice */
};

typedef struct anneal_task anneal;

static int64_t energy(const anneal *a) {
    return (a->w.value << WALK_SCALE) + a->w.broken;
}

static int64_t tail(anneal *a) {
    const uint64_t bits = random_next(&a->rng);
    const int64_t whole = bits == 0 ? 63 : __builtin_ctzll(bits);
    return (whole << 10) + (int64_t)(random_next(&a->rng) & 1023);
}

static bool may_choose(const anneal *a, int32_t col) {
    return a->may_do_all || a->may[col];
}

/* Another column of the group, or none. Half of the time one nearby: the same
 * shift with its break at another time, a neighbour in the menu. */
static int32_t draw_col(anneal *a, int32_t g) {
    const program_group *const group = &a->w.p->groups.at[g];
    const int32_t n = group->end - group->begin, now = a->w.chosen[g];
    const bool may_wait =
        !(!a->may_do_all && a->must[g]) && !group->exactly_one;
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
    const formulation *const f = a->f;
    const int32_t k = a->w.p->groups.at[group].begin - f->n_option_cols;
    return k < 0 || k >= f->n_duty_cols ? NULL : &f->duty_cols[k];
}

/* The column of a post that works so; -1 for none, -2 when there is no such. */
static int32_t same_way(const anneal *a, int32_t group, int32_t like) {
    const formulation *const f = a->f;
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
    a->work += a->w.work / WORK;
    a->w.work %= WORK;
}

static bool is_out(const anneal *a) {
    if (a->options->stop &&
        atomic_load_explicit(a->options->stop, memory_order_relaxed))
        return true;
    return atomic_load_explicit(&a->is_unwanted, memory_order_relaxed) ||
           (a->most_work && a->work >= a->most_work) ||
           (a->deadline_us && clock_now_us() >= a->deadline_us);
}

/* Cools to a 500th. */
static void run(void *arg) {
    anneal *const a = arg;
    for (int64_t k = 1; k <= a->steps; k++) {
        try_step(a);
        note_best(a);
        if (k % LOOK)
            continue;
        count_work(a);
        const bool enough =
            a->any &&
            (a->may_do_all || (a->has_bound && a->best_value <= a->bound));
        if (enough || is_out(a))
            break;
        a->temperature -= a->temperature * 62 * LOOK / (10 * a->steps);
        walk_learn(&a->w, k < a->steps - a->steps / QUENCH);
    }
    count_work(a);
}

/* What may be chosen, as it is at the begin. */
static bool take_boxes(anneal *a, const search *s, const relax *r) {
    const program *const p = &s->f.program;
    a->may_do_all = !r;
    if (!r)
        return true;
    a->may = ARENA_NEW(a->mem, uint8_t, p->cols.n + 1);
    a->must = ARENA_NEW(a->mem, uint8_t, p->groups.n + 1);
    if (!a->may || !a->must)
        return false;
    for (int32_t j = 0; j < s->f.n_choice_cols; j++)
        a->may[j] = r->upper[j] > 0 && !s->barred[j];
    memcpy(a->must, r->must, (size_t)p->groups.n);
    return true;
}

static void take_limits(anneal *a, const search *s, bool is_beside) {
    a->options = s->options;
    a->deadline_us = s->deadline_us;
    a->has_bound = s->has_stage_bound;
    a->bound = s->stage_bound;
    if (s->options->work_limit) {
        const uint64_t left = s->work < s->options->work_limit
                                  ? s->options->work_limit - s->work
                                  : 0;
        a->most_work = 1 + (is_beside ? left / 2 : left);
    }
}

static bool prepare(anneal *a, const search *s, bool is_first, uint64_t seed) {
    const program *const p = &s->f.program;
    const int64_t *const cost = is_first
                                    ? ARENA_NEW(a->mem, int64_t, p->cols.n + 1)
                                    : s->cost[s->stage];
    a->usual = usual_cost(p, s->cost[s->stage]) << WALK_SCALE;
    a->temperature = a->usual / first_heat[seed % COUNT_HEATS];
    a->best = ARENA_NEW(a->mem, int32_t, p->groups.n + 1);
    a->movable = ARENA_NEW(a->mem, int32_t, p->groups.n + 1);
    if (!a->best || !a->movable || !cost ||
        !walk_init(&a->w, p, cost, 2 * a->usual, s->f.n_option_cols, a->mem))
        return false;
    for (int32_t g = 0; g < p->groups.n; g++)
        if (p->groups.at[g].end > p->groups.at[g].begin)
            a->movable[a->n_movable++] = g;
    walk_load(&a->w, s->sel.chosen);
    random_seed(&a->rng, seed);
    note_best(a);
    return true;
}

static anneal *begin(search *s, const relax *r, int64_t steps, uint64_t seed,
                     bool is_beside) {
    arena *const mem =
        arena_create(arena_allocator(s->mem), s->options->memory_limit);
    anneal *const a = mem ? ARENA_NEW(mem, anneal, 1) : NULL;
    if (!a) {
        arena_destroy(mem);
        s->is_full = true;
        return NULL;
    }
    a->mem = mem;
    a->f = &s->f;
    a->steps = steps;
    take_limits(a, s, is_beside);
    a->failed = !take_boxes(a, s, r) || !prepare(a, s, !r, seed);
    if (a->failed || a->n_movable == 0)
        return a;
    a->worker =
        is_beside && s->options->threads > 1 ? thread_start(run, a) : NULL;
    if (!a->worker)
        run(a);
    return a;
}

/* The best choice that broke nothing. */
static bool offer_best(search *s, const anneal *a) {
    const int32_t n_groups = a->w.p->groups.n;
    const arena_mark mark = arena_here(s->scratch);
    int32_t *const cols = ARENA_NEW(s->scratch, int32_t, n_groups + 1);
    int32_t n = 0;
    for (int32_t g = 0; cols && a->any && g < n_groups; g++)
        if (a->best[g] >= 0)
            cols[n++] = a->best[g];
    const bool better = cols && a->any && search_offer(s, cols, n);
    arena_rewind(s->scratch, mark);
    return better;
}

/* Its work does not count: how much there was depends on threads. */
void anneal_abandon(anneal_task *task) {
    if (!task)
        return;
    atomic_store(&task->is_unwanted, true);
    if (task->worker)
        thread_join(task->worker);
    arena_destroy(task->mem);
}

bool anneal_end(search *s, anneal_task *task) {
    if (!task)
        return false;
    if (task->worker)
        thread_join(task->worker);
    s->work += task->work;
    s->is_full |= task->failed;
    const bool better = !task->failed && offer_best(s, task);
    arena_destroy(task->mem);
    return better;
}

static bool load_plan(search *s) {
    return s->has_plan && !s->is_full && search_load(s, s->cols, s->n_cols);
}

anneal_task *anneal_begin(search *s, const relax *r, int64_t steps,
                          uint64_t seed) {
    return load_plan(s) ? begin(s, r, steps, seed, true) : NULL;
}

bool anneal_plan(search *s, const relax *r, int64_t steps, uint64_t seed) {
    return load_plan(s) && anneal_end(s, begin(s, r, steps, seed, false));
}

bool anneal_first(search *s, int64_t steps, uint64_t seed) {
    if (s->is_full)
        return false;
    selection_clear(&s->sel);
    return anneal_end(s, begin(s, NULL, steps, seed, false));
}
