// SPDX-License-Identifier: GPL-3.0-or-later
/* A choice kept legal: columns that follow, refusals that change nothing, and
 * long random sequences of changes against loading afresh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "support/solving.h"

enum { A, B, C, STAFF, LEVEL, REWARD };
enum { ROW_PLACES, ROW_READING, ROW_LEVEL, ROW_LIMIT, ROW_REWARD };

/* Two requests (A or B; C), places A + B + 3 C <= 3, and one block:
 * staff >= (2 A + 3 B + 3 C) / 2, level >= staff - 1, 2 level + A <= 3. The
 * reward is at most A and may be 1. */
static program *small(arena *mem) {
    program *const p = ARENA_NEW(mem, program, 1);
    program_init(p, mem, 1, false);
    p->objectives[0].maximise = true;
    const int32_t g = program_add_group(p, false);
    program_add_col(p, g, 0, 1, 0);
    program_add_col(p, g, 0, 1, 1);
    program_add_col(p, program_add_group(p, false), 0, 1, 2);
    program_add_col(p, -1, 0, 9, -1);
    program_add_col(p, -1, 0, 9, -1);
    program_add_col(p, -1, 0, 1, -1);
    p->n_blocks = 1;
    program_add_row(p, -PROGRAM_INFINITY, 3, -1, -1);
    program_add_row(p, -PROGRAM_INFINITY, 0, STAFF, 0);
    program_add_row(p, -PROGRAM_INFINITY, 1, LEVEL, 0);
    program_add_row(p, -PROGRAM_INFINITY, 3, -1, 0);
    program_add_row(p, -PROGRAM_INFINITY, 0, -1, -1);
    const program_entry entries[] = {
        {ROW_PLACES, A, 1},       {ROW_PLACES, B, 1},
        {ROW_PLACES, C, 3},       {ROW_READING, A, 2},
        {ROW_READING, B, 3},      {ROW_READING, C, 3},
        {ROW_READING, STAFF, -2}, {ROW_LEVEL, STAFF, 1},
        {ROW_LEVEL, LEVEL, -1},   {ROW_LIMIT, LEVEL, 2},
        {ROW_LIMIT, A, 1},        {ROW_REWARD, REWARD, 1},
        {ROW_REWARD, A, -1},
    };
    for (size_t k = 0; k < sizeof entries / sizeof entries[0]; k++)
        program_put(p, entries[k].row, entries[k].col, entries[k].value);
    program_add_cost(p, 0, REWARD, 5);
    assert_true(program_finish(p));
    assert_int_equal(p->rows.n, 5);
    return p;
}

typedef struct desk {
    arena *mem;
    program *p;
    selection sel;
} desk;

static int open_desk(void **state) {
    arena *const mem = arena_create(NULL, 0);
    desk *const it = ARENA_NEW(mem, desk, 1);
    it->mem = mem;
    it->p = small(mem);
    *state = it;
    return selection_init(&it->sel, it->p, mem) ? 0 : -1;
}

static int close_desk(void **state) {
    desk *const it = *state;
    program_end(it->p);
    arena_destroy(it->mem);
    return 0;
}

static void assert_x(const selection *s, int64_t a, int64_t b, int64_t c,
                     int64_t staff, int64_t level) {
    const int64_t expected[] = {a, b, c, staff, level};
    assert_memory_equal(s->x, expected, sizeof expected);
}

static bool put_in(selection *s, int32_t col) {
    return selection_change(s, &col, 1, NULL, 0);
}

static bool take_out(selection *s, int32_t col) {
    return selection_change(s, NULL, 0, &col, 1);
}

static void an_empty_selection_has_nothing_chosen(void **state) {
    desk *const it = *state;
    assert_x(&it->sel, 0, 0, 0, 0, 0);
    assert_int_equal(it->sel.chosen[0], -1);
    assert_int_equal(it->sel.chosen[1], -1);
    assert_true(selection_is_legal(&it->sel, it->p->rows.n));
}

/* A needs 1 of staff and no level; B 3/2, so 2 of staff and level 1. */
static void counting_columns_follow_at_their_least(void **state) {
    desk *const it = *state;
    assert_true(put_in(&it->sel, A));
    assert_x(&it->sel, 1, 0, 0, 1, 0);
    assert_int_equal(it->sel.chosen[0], A);
    const int32_t b = B, a = A;
    assert_true(selection_change(&it->sel, &b, 1, &a, 1));
    assert_x(&it->sel, 0, 1, 0, 2, 1);
    assert_int_equal(it->sel.chosen[0], B);
    assert_true(take_out(&it->sel, B));
    assert_x(&it->sel, 0, 0, 0, 0, 0);
    assert_int_equal(it->sel.chosen[0], -1);
}

/* B with C: 4 places of 3. A with C: 5/2, so 3 of staff, level 2, and
 * 2 * 2 + 1 = 5 is over 3; both refused, and C alone is left as it was. */
static void a_change_that_breaks_a_row_changes_nothing(void **state) {
    desk *const it = *state;
    assert_true(put_in(&it->sel, C));
    assert_x(&it->sel, 0, 0, 1, 2, 1);
    int64_t before[5];
    memcpy(before, it->sel.activity, sizeof before);
    assert_false(put_in(&it->sel, B));
    assert_false(put_in(&it->sel, A));
    assert_x(&it->sel, 0, 0, 1, 2, 1);
    assert_memory_equal(it->sel.activity, before, sizeof before);
    assert_int_equal(it->sel.chosen[0], -1);
    assert_int_equal(it->sel.chosen[1], C);
}

static void rows_after_the_law_are_not_minded(void **state) {
    desk *const it = *state;
    assert_true(put_in(&it->sel, C));
    it->sel.n_law = ROW_LIMIT; /* the limit and what follows */
    assert_false(put_in(&it->sel, B));
    it->sel.n_law = ROW_PLACES;
    assert_true(put_in(&it->sel, B));
    assert_false(selection_is_legal(&it->sel, 1));
    assert_true(selection_is_legal(&it->sel, 0));
}

/* Loaded as asked, legal or not: B and C take 4 places and level 2. */
static void load_takes_what_is_illegal(void **state) {
    desk *const it = *state;
    assert_true(selection_load(&it->sel, (int32_t[]){B, C}, 2));
    assert_x(&it->sel, 0, 1, 1, 3, 2);
    assert_int_equal(it->sel.activity[ROW_PLACES], 4);
    assert_int_equal(it->sel.activity[ROW_LIMIT], 4);
    assert_false(selection_is_legal(&it->sel, it->p->rows.n));
}

/* From there, less is welcome, and as much as before is, too. */
static void what_is_broken_may_get_better_but_not_worse(void **state) {
    desk *const it = *state;
    assert_true(selection_load(&it->sel, (int32_t[]){C}, 1));
    it->p->rows.at[ROW_PLACES].upper = 2; /* C alone is one too many */
    assert_false(put_in(&it->sel, B));
    assert_true(take_out(&it->sel, C));
    assert_true(put_in(&it->sel, B));
    assert_true(selection_is_legal(&it->sel, it->p->rows.n));
}

static void load_raises_rewards_as_far_as_rows_allow(void **state) {
    desk *const it = *state;
    assert_true(selection_load(&it->sel, (int32_t[]){A}, 1));
    assert_int_equal(it->sel.x[REWARD], 1);
    assert_true(selection_load(&it->sel, (int32_t[]){B}, 1));
    assert_int_equal(it->sel.x[REWARD], 0);
}

/* --- random changes against loading afresh -----------------------------------
 */

enum { SEEDS = 250, CHANGES = 120 };

static int32_t chosen_cols(const selection *s, int32_t *cols) {
    int32_t n = 0;
    for (int32_t g = 0; g < s->p->groups.n; g++)
        if (s->chosen[g] >= 0)
            cols[n++] = s->chosen[g];
    return n;
}

/* A change of one or two groups: each leaves its column for another or none. */
typedef struct drawn {
    int32_t in[2], out[2], n_in, n_out;
} drawn;

static drawn draw(const selection *s, random_state *rng) {
    drawn d = {.n_in = 0};
    const int32_t n_groups = s->p->groups.n;
    const int32_t first = random_below(rng, n_groups);
    const int32_t second = random_below(rng, n_groups);
    const int32_t groups[] = {first, second};
    for (int32_t k = 0; k < (first == second ? 1 : 2); k++) {
        const program_group *const g = &s->p->groups.at[groups[k]];
        const int32_t n = g->end - g->begin;
        const int32_t now = s->chosen[groups[k]];
        const int32_t next = random_below(rng, n + 1);
        if (now >= 0)
            d.out[d.n_out++] = now;
        if (next < n && g->begin + next != now)
            d.in[d.n_in++] = g->begin + next;
    }
    return d;
}

static void apply(int32_t *cols, int32_t *n, const drawn *d) {
    for (int32_t k = 0; k < d->n_out; k++)
        for (int32_t i = 0; i < *n; i++)
            if (cols[i] == d->out[k])
                cols[i--] = cols[--*n];
    for (int32_t k = 0; k < d->n_in; k++)
        cols[(*n)++] = d->in[k];
}

static void assert_same(const selection *a, const selection *b, uint64_t seed) {
    for (int32_t j = 0; j < a->p->cols.n; j++)
        if (!a->is_reward[j] && a->x[j] != b->x[j])
            fail_msg("seed %d: column %d is %d, loaded afresh %d", (int)seed, j,
                     (int)a->x[j], (int)b->x[j]);
}

static void assert_activity(const selection *s) {
    for (int32_t i = 0; i < s->p->rows.n; i++) {
        int64_t sum = 0;
        for (int64_t k = s->p->by_row.start[i]; k < s->p->by_row.start[i + 1];
             k++)
            sum += s->p->by_row.value[k] * s->x[s->p->by_row.index[k]];
        assert_int_equal(s->activity[i], sum);
    }
}

/* One change: from a legal choice it is taken exactly when the choice it leads
 * to is legal; then both selections are the same. */
static bool try_change(solving *it, selection *fresh, random_state *rng,
                       uint64_t seed) {
    int32_t cols[ORACLE_REQUESTS + 2];
    const int32_t all = it->s.f.program.rows.n;
    const drawn d = draw(&it->s.sel, rng);
    int32_t n = chosen_cols(&it->s.sel, cols);
    const bool was_legal = selection_is_legal(&it->s.sel, all);
    apply(cols, &n, &d);
    assert_true(selection_load(fresh, cols, n));
    const bool taken =
        selection_change(&it->s.sel, d.in, d.n_in, d.out, d.n_out);
    if (was_legal && taken != selection_is_legal(fresh, all))
        fail_msg("seed %d: a change is %s", (int)seed,
                 taken ? "taken" : "refused");
    if (!taken) {
        n = chosen_cols(&it->s.sel, cols);
        assert_true(selection_load(fresh, cols, n));
    }
    assert_same(&it->s.sel, fresh, seed);
    assert_activity(&it->s.sel);
    return taken;
}

static void changes_equal_loading_afresh(void **state) {
    (void)state;
    int32_t n_taken = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        solving *const it = solving_tiny(seed, false);
        selection fresh;
        random_state rng;
        random_seed(&rng, seed);
        assert_true(selection_init(&fresh, &it->s.f.program, it->mem));
        for (int32_t k = 0; it->all && k < CHANGES; k++)
            n_taken += try_change(it, &fresh, &rng, seed);
        solving_free(it);
    }
    assert_true(n_taken > SEEDS * CHANGES / 10);
    assert_true(n_taken < SEEDS * CHANGES * 9 / 10);
}

int main(void) {
#define ROW(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        ROW(an_empty_selection_has_nothing_chosen),
        ROW(counting_columns_follow_at_their_least),
        ROW(a_change_that_breaks_a_row_changes_nothing),
        ROW(rows_after_the_law_are_not_minded),
        ROW(load_takes_what_is_illegal),
        ROW(what_is_broken_may_get_better_but_not_worse),
        ROW(load_raises_rewards_as_far_as_rows_allow),
        cmocka_unit_test(changes_equal_loading_afresh),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
