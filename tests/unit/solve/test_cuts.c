// SPDX-License-Identifier: GPL-3.0-or-later
/* Cuts take fractions away and never a plan: every plan of drawn problems, also
 * with counting columns above their least, satisfies every cut, those from the
 * tableau and those from pairs of rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "support/solving.h"

enum { SEEDS = 1500, PLANS = 300, ROUNDS = 4, RAISES = 6 };

static bool is_feasible(const program *p, int32_t n_rows, const int64_t *x) {
    for (int32_t i = 0; i < n_rows; i++)
        if (!solving_row_holds(p, i, x))
            return false;
    return true;
}

/* Counting columns may be above their least where the rows allow it. */
static void raise_some(const program *p, int32_t n_rows, int64_t *x,
                       random_state *rng) {
    for (int32_t k = 0; p->cols.n > 0 && k < RAISES; k++) {
        const int32_t j = random_below(rng, p->cols.n);
        if (p->cols.at[j].group >= 0 || x[j] >= p->cols.at[j].upper)
            continue;
        x[j]++;
        x[j] -= !is_feasible(p, n_rows, x);
    }
}

typedef struct cutting {
    solving *it;
    relax *r;
    solving_point *points;
    int32_t n_points, n_law;
    uint64_t seed;
} cutting;

static void assert_no_point_is_cut(const cutting *c, int32_t first_row) {
    const program *const p = &c->it->s.f.program;
    for (int32_t i = first_row; i < p->rows.n; i++)
        for (int32_t k = 0; k < c->n_points; k++)
            if (!solving_row_holds(p, i, c->points[k].x))
                fail_msg("seed %d: cut %d takes plan %d away", (int)c->seed,
                         i - c->n_law, k);
}

/* A cut takes the fraction away that it was made for. */
static void assert_fraction_is_cut(const cutting *c, int32_t first_row) {
    const program *const p = &c->it->s.f.program;
    for (int32_t i = first_row; i < p->rows.n; i++) {
        double sum = 0;
        for (int64_t k = p->by_row.start[i]; k < p->by_row.start[i + 1]; k++)
            sum += (double)p->by_row.value[k] * c->r->x[p->by_row.index[k]];
        assert_true(sum > (double)p->rows.at[i].upper);
    }
}

/* By turns from the tableau and from pairs. */
static int32_t cut_once(const cutting *c, int32_t round) {
    return (round + (int32_t)c->seed) % 2 ? pairs_add(&c->it->s, c->r)
                                          : cuts_add(&c->it->s, c->r, round);
}

static int32_t cut_rounds(cutting *c) {
    int32_t n_cuts = 0;
    for (int32_t round = 0; round < ROUNDS; round++) {
        const int32_t before = c->it->s.f.program.rows.n;
        if (relax_solve(c->r, &(lp_limits){0}) != LP_OPTIMAL)
            break;
        const int32_t made = cut_once(c, round);
        assert_int_equal(c->it->s.f.program.rows.n, before + made);
        assert_fraction_is_cut(c, before);
        assert_no_point_is_cut(c, before);
        n_cuts += made;
    }
    return n_cuts;
}

static void no_plan_is_ever_cut_away(void **state) {
    (void)state;
    int32_t n_cuts = 0, n_cases = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        solving *const it = solving_tiny(seed, true);
        random_state rng;
        random_seed(&rng, seed);
        cutting c = {.it = it, .seed = seed, .n_law = it->s.f.n_law_rows};
        const int32_t k = random_below(&rng, it->s.n_objectives);
        if (it->all && !solving_is_envy(it, k)) {
            relax r;
            assert_true(relax_init(&r, &it->s.f.program, it->s.cost[k],
                                   it->s.engine, it->mem));
            c.r = &r;
            c.n_points = solving_points(&c.points, it, PLANS);
            for (int32_t i = 0; i < c.n_points; i += 2)
                raise_some(&it->s.f.program, c.n_law, c.points[i].x, &rng);
            const int32_t made = cut_rounds(&c);
            n_cuts += made;
            n_cases += made > 0;
            relax_end(&r);
        }
        solving_free(it);
    }
    assert_true(n_cases > 50);
    assert_true(n_cuts > 200);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_plan_is_ever_cut_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
