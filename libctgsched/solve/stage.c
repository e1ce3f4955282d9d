// SPDX-License-Identifier: GPL-3.0-or-later
/* One goal: its relaxation, a plan from it, rows that cut the relaxation, and
 * then neighbourhoods and the tree in turn. */
#include "solve/stage.h"

#include "base/clock.h"
#include "solve/fair.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_proven(const search *s) {
    return s->has_plan && s->has_stage_bound &&
           s->stage_bound >= s->value[s->stage];
}

static bool within_gap(const search *s, double gap) {
    if (!s->has_plan || !s->has_stage_bound)
        return false;
    const double value = (double)s->value[s->stage];
    const double size = value < 0 ? -value : value;
    return (double)(s->value[s->stage] - s->stage_bound) <=
           gap * (size > 1 ? size : 1);
}

/* What a group adds to the bound: its cheapest column, or nothing when it may
 * wait. */
static wide group_share(const program_group *group, const wide *d, bool must,
                        const int64_t *upper) {
    wide best = 0;
    bool any = !must;
    for (int32_t j = group->begin; j < group->end; j++) {
        if (upper[j] == 0 || (any && d[j] >= best))
            continue;
        best = d[j];
        any = true;
    }
    return best;
}

/* Columns that cannot be in a better plan go for the rest of the stage: their
 * best completion already costs as much as the best plan. Requests that all
 * better plans serve are served. */
static void fix_by_reduced_costs(search *s, relax *r) {
    wide total;
    relax_bound(r, &total);
    for (int32_t g = 0; s->has_plan && g < r->p->groups.n; g++) {
        const program_group *const group = &r->p->groups.at[g];
        const wide share = group_share(group, r->d, r->must[g], r->upper);
        const wide rest = total - share;
        for (int32_t j = group->begin; j < group->end; j++) {
            if (r->upper[j] == 0 ||
                relax_round_up(r, rest + r->d[j]) < s->value[s->stage])
                continue;
            r->upper[j] = 0;
            relax_apply_col(r, j);
        }
        if (!r->must[g] && relax_round_up(r, rest) >= s->value[s->stage]) {
            r->must[g] = 1;
            relax_apply_group(r, g);
        }
    }
}

static void tell_bound(search *s, relax *r) {
    wide exact;
    const int64_t bound = relax_bound(r, &exact);
    if (bound != INT64_MAX)
        search_bound(s, bound);
}

/* Solves the relaxation and tells the bound; false when the search must end. */
static bool relax_root(search *s, relax *r) {
    const lp_limits limits = search_limits(s);
    const uint64_t before = r->work;
    const lp_outcome outcome = relax_solve(r, &limits);
    s->work += r->work - before;
    if (outcome != LP_OPTIMAL)
        return false;
    tell_bound(s, r);
    return true;
}

/* Columns of the best plan are in the LP from the start. */
static void enter_plan(search *s, relax *r) {
    for (int32_t k = 0; k < s->n_cols; k++)
        relax_enter(r, s->cols[k]);
}

enum {
    MAX_CUT_ROUNDS = 8,
    IDLE_ROUNDS = 12, /* neighbourhoods in vain before the tree has a turn */
    MOST_EFFORT = 256,
    MANY_EFFORT = 4, /* on a neighbourhood of a program with many options */
    FIRST_NODES = 400,
    MOST_NODES = 100000000,
    MOST_ENGINES = 4,    /* one after the other, in a stage */
    MANY_COLUMNS = 4000, /* prices before the LP */
    PRICE_ROUNDS = 400,
    EJECTIONS = 200000,
    FEW_PLANS = 100000,
    MANY_DUTIES = 10000,
    ANNEAL_STEPS = 700000,
    ANNEAL_GROUPS = 200, /* with more a run is longer */
    COOL_HEAT = 3,       /* number of a run that begins cool */
    ANNEAL_RUNS = 4,
    ANNEAL_IDLE = 3, /* runs in vain: one of each heat */
    ROUNDS_BETWEEN = 6,
    ROSTER_IDLE = 200
};

static bool is_done(const search *s, double gap) {
    return is_proven(s) || within_gap(s, gap) || search_is_out(s);
}

/* Where fairness counts, entries of thousands make cuts that leave the engine
 * with a singular basis. */
static void cut_rounds(search *s, relax *r, double gap) {
    const int32_t most = fair_is_counted(s) ? 0 : MAX_CUT_ROUNDS;
    for (int32_t round = 0; round < most && !is_done(s, gap); round++) {
        const int64_t before = s->stage_bound;
        if (cuts_add(s, r, round) == 0 || !relax_root(s, r))
            return;
        construct_from_relaxation(s, r);
        /* A round that moves the bound by less than a thousandth of the gap is
         * the last. */
        const int64_t left = s->value[s->stage] - before;
        if (1000 * (s->stage_bound - before) < left)
            return;
    }
}

static bool tree_turn(search *s, relax *r, int64_t nodes, double gap) {
    fix_by_reduced_costs(s, r);
    if (tree_search(s, r, nodes, gap) != TREE_PROVEN)
        return false;
    search_bound(s, s->value[s->stage]);
    return true;
}

/* Rows from pairs, while they move the bound. */
static void pair_rounds(search *s, relax *r, double gap) {
    for (int32_t k = 0; k < MAX_CUT_ROUNDS && !is_done(s, gap); k++) {
        const int64_t before = s->stage_bound;
        if (pairs_add(s, r) == 0 || !relax_root(s, r) ||
            s->stage_bound == before)
            return;
    }
}

/* The same where neighbourhoods go on: they keep the prices from before, which
 * charge each structure for its own rows. A cut spans many, and what it leaves
 * free would be charged to all. */
static void cut_aside(search *s, relax *r, double gap) {
    const size_t n_cols = (size_t)r->p->cols.n, n_rows = (size_t)r->p->rows.n;
    double *const x = ARENA_NEW(r->mem, double, n_cols + 1);
    wide *const d = ARENA_NEW(r->mem, wide, n_cols + 1);
    int64_t *const y = ARENA_NEW(r->mem, int64_t, n_rows + 1);
    if (!x || !d || !y)
        return;
    memcpy(x, r->x, sizeof *x * n_cols);
    memcpy(d, r->d, sizeof *d * n_cols);
    memcpy(y, r->y, sizeof *y * n_rows);
    cut_rounds(s, r, gap);
    memcpy(r->x, x, sizeof *x * n_cols);
    memcpy(r->d, d, sizeof *d * n_cols);
    memset(r->y, 0, sizeof *y * (size_t)r->p->rows.n);
    memcpy(r->y, y, sizeof *y * n_rows);
}

/* Duties alone: the tree says little, neighbourhoods gain for long. */
static bool is_roster(const search *s) {
    return s->f.n_duty_cols > 0 && s->f.n_option_cols == 0;
}

static bool one_round(search *s, relax *r, int32_t round) {
    if (s->f.n_duty_cols > 0 && round % ROUNDS_BETWEEN == ROUNDS_BETWEEN - 1)
        return anneal_plan(s, r, ANNEAL_STEPS, 1000 + (uint64_t)round);
    return neighbour_round(s, r, round);
}

/* Neighbourhoods and tree in turn: neighbourhoods while they gain, the tree in
 * growing slices to close the gap. */
static void alternate(search *s, relax *r, double gap, bool is_cut) {
    int64_t nodes = FIRST_NODES;
    const int32_t most_idle = is_roster(s) ? ROSTER_IDLE : IDLE_ROUNDS;
    int32_t idle = 0;
    uint64_t begun = s->work, by_tree = UINT64_MAX;
    for (int32_t round = 0; !is_done(s, gap) && !lp_engine_failed(s->engine);
         round++) {
        idle = one_round(s, r, round) ? 0 : idle + 1;
        if (idle == 0)
            begun = s->work;
        /* In vain they may cost no more than the tree did the last time. */
        if ((idle < most_idle && s->work - begun <= by_tree) || is_done(s, gap))
            continue;
        idle = 0;
        const uint64_t before = s->work;
        s->effort *= s->effort < MOST_EFFORT ? 2 : 1;
        if (!is_cut) {
            cut_aside(s, r, gap);
            is_cut = true;
        } else if (tree_turn(s, r, nodes, gap)) {
            return;
        } else {
            nodes = nodes < MOST_NODES ? 3 * nodes : nodes;
            by_tree = s->work - before;
        }
        begun = s->work;
    }
}

/* Few options: the tree, or listing every plan, ends it. */
static void close_small(search *s, relax *r, double gap) {
    if (tree_turn(s, r, FIRST_NODES / 8, gap) || is_done(s, gap))
        return;
    if (enumerate_all(s, FEW_PLANS))
        search_bound(s, s->value[s->stage]);
    else if (!tree_turn(s, r, INT64_MAX, gap))
        alternate(s, r, gap, true);
}

static void close_medium(search *s, relax *r, double gap) {
    if (!tree_turn(s, r, FIRST_NODES / 8, gap))
        alternate(s, r, gap, true);
}

/* Steps of a run: longer where there is more to choose. */
static int64_t anneal_steps(const search *s) {
    const int64_t groups = s->f.program.groups.n;
    return groups > ANNEAL_GROUPS ? ANNEAL_STEPS / ANNEAL_GROUPS * groups
                                  : ANNEAL_STEPS;
}

/* Children and duties together, while it gains. */
static void anneal_rounds(search *s, relax *r, double gap) {
    int32_t idle = 0;
    for (uint64_t k = 1;
         idle < ANNEAL_IDLE && k <= ANNEAL_RUNS && !is_done(s, gap); k++)
        idle = anneal_plan(s, r, anneal_steps(s), k) ? 0 : idle + 1;
}

static void set_prices(search *s, relax *r) {
    const lp_limits limits = search_limits(s);
    relax_warm_up(r, s->value[s->stage], PRICE_ROUNDS, &limits);
    tell_bound(s, r);
}

/* Prices on rows: a bound before any LP. Where a month of duties is decided the
 * LP is slow, and the prices are better towards a better plan: annealing first.
 */
static void price_root(search *s, relax *r, double gap) {
    set_prices(s, r);
    if (s->f.n_duty_cols < MANY_DUTIES || is_done(s, gap))
        return;
    anneal_plan(s, r, ANNEAL_STEPS, COOL_HEAT);
    if (!is_done(s, gap))
        anneal_rounds(s, r, gap);
    if (!is_done(s, gap))
        set_prices(s, r);
}

/* The relaxation's own plan and rows. Where there are many options, cuts and
 * single moves cost more than neighbourhoods gain in the same time. */
static void open_root(search *s, relax *r, double gap) {
    const bool many = s->f.n_choice_cols >= MANY_COLUMNS;
    if (many && !search_is_out(s))
        price_root(s, r, gap);
    if (is_done(s, gap) || !relax_root(s, r))
        return;
    pair_rounds(s, r, gap);
    construct_from_relaxation(s, r);
    if (many)
        return;
    if (!is_done(s, gap))
        eject_improve(s, EJECTIONS);
    if (!is_done(s, gap))
        cut_rounds(s, r, gap);
}

/* What the root says of every plan, before columns go that are in no *better*
 * one: exact, and good for the goals to come. */
typedef struct root_prices {
    wide total, *d; /* [n_cols], NULL: not known */
    int64_t *upper; /* [n_cols] */
} root_prices;

static root_prices note_root(search *s, relax *r) {
    root_prices root = {0};
    const size_t n = (size_t)r->p->cols.n;
    if (s->is_full || s->stage + 1 == s->n_objectives || !s->has_stage_bound)
        return root;
    wide *const d = ARENA_NEW(s->mem, wide, n + 1);
    root.upper = ARENA_NEW(s->mem, int64_t, n + 1);
    if (d && root.upper && relax_bound(r, &root.total) != INT64_MAX) {
        memcpy(d, r->d, sizeof *d * n);
        memcpy(root.upper, r->upper, sizeof *root.upper * n);
        root.d = d;
    }
    return root;
}

/* Columns whose best completion costs more than the goal's value: the later
 * goals keep that value, so these are in none of their plans. */
static void bar_columns(search *s, const relax *r, const root_prices *root) {
    const program *const p = r->p;
    const int64_t value = s->value[s->stage];
    for (int32_t g = 0; root->d && s->has_plan && g < p->groups.n; g++) {
        const program_group *const group = &p->groups.at[g];
        const wide share =
            group_share(group, root->d, s->needed[g], root->upper);
        const wide rest = root->total - share;
        for (int32_t j = group->begin; j < group->end; j++)
            s->barred[j] |= relax_round_up(r, rest + root->d[j]) > value;
        s->needed[g] |= relax_round_up(r, rest) > value;
    }
}

static void shut_barred(const search *s, relax *r) {
    for (int32_t j = 0; j < r->p->cols.n; j++)
        if (s->barred[j])
            r->upper[j] = 0;
    for (int32_t g = 0; g < r->p->groups.n; g++)
        r->must[g] |= s->needed[g];
}

static void close_once(search *s, relax *r, double gap, bool is_first) {
    const bool has_duties = s->f.n_duty_cols > 0 && !search_is_small(s);
    if (has_duties && is_first)
        anneal_rounds(s, r, gap);
    if (is_done(s, gap) ||
        (has_duties && !is_roster(s) && tree_turn(s, r, INT64_MAX, gap)))
        return;
    s->effort =
        s->f.n_choice_cols < MANY_COLUMNS && !is_roster(s) ? 1 : MANY_EFFORT;
    if (search_is_small(s))
        close_small(s, r, gap);
    else if (s->f.n_choice_cols < MANY_COLUMNS)
        close_medium(s, r, gap);
    else
        alternate(s, r, gap, !is_first);
}

/* Puts a fresh engine in the place of one that gave up. */
static bool renew_engine(search *s) {
    if (!lp_engine_failed(s->engine))
        return true;
    lp_engine_end(s->engine);
    s->engine = lp_engine_start(s->mem);
    s->is_full |= !s->engine;
    return s->engine != NULL;
}

static bool drop_cuts(search *s) {
    const bool good = s->f.program.rows.n == s->n_stage_rows ||
                      program_keep_rows(&s->f.program, s->n_stage_rows);
    s->is_full |= !good;
    return good;
}

static bool start(search *s, relax *r) {
    const bool is_ready =
        renew_engine(s) && fair_tighten(s) && renew_engine(s) &&
        search_renew(s) &&
        relax_init(r, &s->f.program, s->cost[s->stage], s->engine, s->mem);
    s->is_full |= !is_ready;
    if (!is_ready)
        return false;
    shut_barred(s, r);
    enter_plan(s, r);
    return true;
}

/* Until it is done. An engine that gave up is replaced, and begins again at the
 * root without the cuts: steep ones trouble it. */
static void close_gap(search *s, relax *r, double gap) {
    for (int32_t k = 0; k < MOST_ENGINES && !is_done(s, gap); k++) {
        if (k > 0) {
            relax_end(r);
            if (!drop_cuts(s) || !start(s, r) || !relax_root(s, r))
                return;
        }
        close_once(s, r, gap, k == 0);
        if (!lp_engine_failed(s->engine))
            return;
    }
}

stage_end stage_run(search *s, double gap) {
    s->has_stage_bound = false;
    search_phase(s, "goal");
    s->n_stage_rows = s->f.program.rows.n;
    relax r;
    if (!start(s, &r))
        return (stage_end){0};
    open_root(s, &r, gap);
    const root_prices root = note_root(s, &r);
    close_gap(s, &r, gap);
    bar_columns(s, &r, &root);
    relax_end(&r);
    drop_cuts(s); /* they are the stage's own */
    return (stage_end){.bound = s->stage_bound,
                       .has_bound = s->has_stage_bound,
                       .proven = is_proven(s)};
}
