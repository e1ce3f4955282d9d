// SPDX-License-Identifier: GPL-3.0-or-later
/* Steps that may break rows: what is carried from step to step is what a fresh
 * count says, and a step taken back leaves nothing behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "solve/walk.h"
#include "support/solving.h"

enum { SEEDS = 300, STEPS = 60 };

static void assert_equal_walks(const walk *a, const walk *b) {
    assert_int_equal(a->value, b->value);
    assert_int_equal(a->broken, b->broken);
    assert_int_equal(a->n_broken, b->n_broken);
    for (int32_t i = 0; i < a->p->rows.n; i++)
        assert_int_equal(a->activity[i], b->activity[i]);
    for (int32_t j = 0; j < a->p->cols.n; j++)
        assert_int_equal(a->x[j], b->x[j]);
}

static walk_change draw(const program *p, random_state *rng) {
    for (;;) {
        const int32_t g = random_below(rng, p->groups.n);
        const int32_t n = p->groups.at[g].end - p->groups.at[g].begin;
        const int32_t k = random_below(rng, n + 1);
        if (n > 0)
            return (walk_change){g, k < n ? p->groups.at[g].begin + k : -1};
    }
}

/* Steps, some taken back, beside a walk that is loaded afresh each time. */
static void walk_about(const solving *it, uint64_t seed) {
    const program *const p = &it->s.f.program;
    random_state rng;
    walk a, fresh;
    random_seed(&rng, seed);
    const int32_t first_duty = it->s.f.n_option_cols;
    assert_true(
        walk_init(&a, p, it->s.cost[0], 1 << 20, first_duty, it->s.scratch));
    assert_true(walk_init(&fresh, p, it->s.cost[0], 1 << 20, first_duty,
                          it->s.scratch));
    int32_t *const none = ARENA_NEW(it->s.scratch, int32_t, p->groups.n + 1);
    memset(none, -1, sizeof *none * (size_t)p->groups.n);
    walk_load(&a, none);
    for (int32_t k = 0; k < STEPS; k++) {
        walk_change changes[2] = {draw(p, &rng), draw(p, &rng)};
        const int32_t n = changes[0].group == changes[1].group
                              ? 1
                              : 1 + random_below(&rng, 2);
        walk_step(&a, changes, n);
        if (random_below(&rng, 2))
            walk_back(&a);
        walk_load(&fresh, a.chosen);
        assert_equal_walks(&a, &fresh);
    }
}

/* What breaks nothing is legal, and the other way round. */
static void whole_is_legal(const solving *it, walk *w, uint64_t seed) {
    const program *const p = &it->s.f.program;
    random_state rng;
    random_seed(&rng, seed);
    int32_t *const chosen = ARENA_NEW(it->s.scratch, int32_t, p->groups.n + 1);
    int32_t *const cols = ARENA_NEW(it->s.scratch, int32_t, p->groups.n + 1);
    selection sel;
    assert_true(selection_init(&sel, p, it->s.scratch));
    for (int32_t k = 0; k < STEPS; k++) {
        memset(chosen, -1, sizeof *chosen * (size_t)p->groups.n);
        int32_t n = 0;
        for (int32_t i = random_below(&rng, 3); i >= 0; i--) {
            const walk_change c = draw(p, &rng);
            chosen[c.group] = c.col;
        }
        for (int32_t g = 0; g < p->groups.n; g++)
            if (chosen[g] >= 0)
                cols[n++] = chosen[g];
        walk_load(w, chosen);
        assert_true(selection_load(&sel, cols, n));
        assert_int_equal(w->n_broken == 0, selection_is_legal(&sel, p->rows.n));
    }
}

static void steps_are_what_a_fresh_count_says(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        solving *const it = solving_tiny(seed, true);
        if (it->s.f.n_option_cols > 0)
            walk_about(it, seed);
        solving_free(it);
    }
}

static void broken_by_none_is_legal(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        solving *const it = solving_tiny(seed, true);
        walk w;
        if (it->s.f.n_option_cols > 0) {
            assert_true(walk_init(&w, &it->s.f.program, it->s.cost[0], 1 << 20,
                                  it->s.f.n_option_cols, it->s.scratch));
            whole_is_legal(it, &w, seed);
        }
        solving_free(it);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_what_a_fresh_count_says),
        cmocka_unit_test(broken_by_none_is_legal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
