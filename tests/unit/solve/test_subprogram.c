// SPDX-License-Identifier: GPL-3.0-or-later
/* A part set free, the rest as it is: what it finds keeps every rule and costs
 * less; without counting columns it finds the best there is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "solve/subprogram.h"
#include "support/solving.h"

enum { SEEDS = 1200, PLANS = 200, MOST_COLS = 400 };

typedef struct part {
    solving *it;
    random_state rng;
    int32_t objective;
    const solving_point *from;       /* the plan that the rest keeps */
    bool is_free[ORACLE_REQUESTS];   /* by request */
    int32_t cols[MOST_COLS], n_cols; /* free option columns */
    int32_t chosen[ORACLE_REQUESTS]; /* what was found, by free group */
} part;

static void free_some(part *w) {
    const formulation *const f = &w->it->s.f;
    w->n_cols = 0;
    for (int32_t r = 0; r < w->it->prob->n_requests; r++) {
        w->is_free[r] = random_below(&w->rng, 2);
        for (int32_t j = f->first_col[r]; j < f->first_col[r + 1]; j++)
            if (w->is_free[r])
                w->cols[w->n_cols++] = j;
    }
}

/* The plan with the free requests as `option_of` has them; true when brute
 * force accepts it. */
static bool value_of(const part *w, const int32_t *option_of, int64_t *value) {
    int32_t whole[ORACLE_REQUESTS];
    oracle_value v;
    for (int32_t r = 0; r < w->it->prob->n_requests; r++)
        whole[r] = w->is_free[r] ? option_of[r] : w->from->option_of[r];
    oracle_value_of(&v, w->it->all, whole);
    if (v.accepted)
        *value = solving_value(w->it, &v, w->objective);
    return v.accepted;
}

static int64_t best_of_part(const part *w) {
    int64_t best = INT64_MAX;
    int32_t option_of[ORACLE_REQUESTS];
    for (int64_t k = 0; k < oracle_n_plans(w->it->all); k++) {
        int64_t value;
        oracle_plan(option_of, w->it->all, k);
        if (value_of(w, option_of, &value) && value < best)
            best = value;
    }
    return best;
}

/* What was found, by request; requests that are not free stay out. */
static void read_choice(const part *w, const subprogram *sub,
                        int32_t *option_of) {
    for (int32_t r = 0; r < w->it->prob->n_requests; r++)
        option_of[r] = NONE;
    for (int32_t g = 0; g < sub->n_groups; g++)
        if (w->chosen[g] >= 0) {
            const option_col oc = w->it->s.f.option_cols[w->chosen[g]];
            assert_true(w->is_free[oc.request]);
            option_of[oc.request] = oc.option;
        }
}

static bool improve(part *w, subprogram *sub, bool *proven) {
    int64_t used;
    search *const s = &w->it->s;
    assert_true(subprogram_take(sub, &s->f.program, s->f.program.rows.n,
                                &s->sel, s->cost[w->objective], w->cols,
                                w->n_cols, random_next(&w->rng), w->it->mem));
    return subprogram_improve(sub, s->engine, s->cost[w->objective],
                              &(lp_limits){0}, w->chosen, &used, proven);
}

static bool has_counts(const solving *it) {
    return it->s.f.program.cols.n > it->s.f.n_option_cols;
}

/* True when something better was found. */
static bool try_part(part *w, uint64_t seed) {
    subprogram sub;
    bool proven;
    int32_t option_of[ORACLE_REQUESTS];
    int64_t before, after = 0;
    assert_true(value_of(w, w->from->option_of, &before));
    const bool found = improve(w, &sub, &proven);
    assert_true(proven);
    if (found) {
        read_choice(w, &sub, option_of);
        if (!value_of(w, option_of, &after))
            fail_msg("seed %d: a rule is broken", (int)seed);
        if (after >= before)
            fail_msg("seed %d: %d, no better than %d", (int)seed, (int)after,
                     (int)before);
    }
    if (!has_counts(w->it) && (found ? after : before) != best_of_part(w))
        fail_msg("seed %d: %d is not the best", (int)seed, (int)after);
    return found;
}

static void load(part *w, const solving_point *points, int32_t n) {
    int32_t cols[ORACLE_REQUESTS];
    w->from = &points[random_below(&w->rng, n)];
    const int32_t n_cols = solving_cols(cols, w->it, w->from->option_of);
    assert_true(selection_load(&w->it->s.sel, cols, n_cols));
}

static void what_a_part_finds_is_better_and_keeps_the_rules(void **state) {
    (void)state;
    int32_t n_found = 0, n_parts = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        part w = {.it = solving_tiny(seed, true)};
        solving_point *points;
        random_seed(&w.rng, seed);
        w.objective = random_below(&w.rng, w.it->s.n_objectives);
        const int32_t n = w.it->all && w.it->s.f.n_option_cols <= MOST_COLS &&
                                  !solving_is_envy(w.it, w.objective)
                              ? solving_points(&points, w.it, PLANS)
                              : 0;
        if (n > 0) {
            load(&w, points, n);
            free_some(&w);
            n_found += try_part(&w, seed);
            n_parts++;
        }
        solving_free(w.it);
    }
    assert_true(n_parts > SEEDS / 2);
    assert_true(n_found > n_parts / 8);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_part_finds_is_better_and_keeps_the_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
