// SPDX-License-Identifier: GPL-3.0-or-later
/* Building programs: what is merged, divided, dropped, and what stays.
 *
 * Rows are printed as "<lower> <= 3 x0 -1 x2 <= <upper>" and compared with
 * lines worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "lp/program.h"

enum { MANY = 100 };

typedef struct entry {
    int32_t col;
    int64_t value;
} entry;

static int open_arena(void **state) {
    *state = arena_create(NULL, 0);
    return *state ? 0 : -1;
}

static int close_arena(void **state) {
    arena_destroy(*state);
    return 0;
}

/* `n` columns without a group, each from 0 to 10. */
static program *with_counters(arena *mem, int32_t n) {
    program *const p = ARENA_NEW(mem, program, 1);
    program_init(p, mem, 1, false);
    for (int32_t j = 0; j < n; j++)
        program_add_col(p, -1, 0, 10, j);
    return p;
}

static int32_t put_row(program *p, int64_t lower, int64_t upper, int32_t n,
                       const entry *entries) {
    const int32_t row = program_add_row(p, lower, upper, -1, -1);
    for (int32_t k = 0; k < n; k++)
        program_put(p, row, entries[k].col, entries[k].value);
    return row;
}

static int32_t put_upper(program *p, int64_t upper, int32_t n,
                         const entry *entries) {
    return put_row(p, -PROGRAM_INFINITY, upper, n, entries);
}

static void put_side(text *out, int64_t value) {
    if (value == PROGRAM_INFINITY)
        text_puts(out, "inf");
    else if (value == -PROGRAM_INFINITY)
        text_puts(out, "-inf");
    else
        text_int(out, value);
}

/* All rows of a finished program, a line each. */
static const char *rows_of(const program *p, arena *mem) {
    text out = {.mem = mem};
    text_puts(&out, "");
    for (int32_t i = 0; i < p->rows.n; i++) {
        put_side(&out, p->rows.at[i].lower);
        text_puts(&out, " <=");
        for (int64_t k = p->by_row.start[i]; k < p->by_row.start[i + 1]; k++)
            text_printf(&out, " %lld x%d", (long long)p->by_row.value[k],
                        p->by_row.index[k]);
        text_puts(&out, " <= ");
        put_side(&out, p->rows.at[i].upper);
        text_puts(&out, "\n");
    }
    return out.at;
}

static const char *finished_rows(program *p, arena *mem) {
    assert_true(program_finish(p));
    return rows_of(p, mem);
}

static void finish_adds_up_entries_of_one_place(void **state) {
    program *const p = with_counters(*state, 2);
    put_upper(p, 9, 3, (entry[]){{1, 2}, {0, 4}, {1, 1}});
    assert_string_equal(finished_rows(p, *state), "-inf <= 4 x0 3 x1 <= 9\n");
    program_end(p);
}

/* 4x + 6y <= 9 is 2x + 3y <= 4 in integers, and -9 goes down to -5. */
static void finish_divides_and_rounds_an_upper_side_down(void **state) {
    program *const p = with_counters(*state, 2);
    put_upper(p, 9, 2, (entry[]){{0, 4}, {1, 6}});
    put_upper(p, -9, 2, (entry[]){{0, 4}, {1, -6}});
    assert_string_equal(finished_rows(p, *state), "-inf <= 2 x0 3 x1 <= 4\n"
                                                  "-inf <= 2 x0 -3 x1 <= -5\n");
    program_end(p);
}

static void finish_divides_and_rounds_a_lower_side_up(void **state) {
    program *const p = with_counters(*state, 2);
    put_row(p, 9, PROGRAM_INFINITY, 2, (entry[]){{0, 4}, {1, 6}});
    put_row(p, -9, 13, 2, (entry[]){{0, 6}, {1, -10}});
    assert_string_equal(finished_rows(p, *state), "5 <= 2 x0 3 x1 <= inf\n"
                                                  "-4 <= 3 x0 -5 x1 <= 6\n");
    program_end(p);
}

/* At most 3 * 10 + 2 * 10 = 50, at least -10. */
static void finish_drops_rows_that_no_choice_can_break(void **state) {
    program *const p = with_counters(*state, 3);
    put_upper(p, 50, 2, (entry[]){{0, 3}, {1, 2}});
    put_row(p, -10, PROGRAM_INFINITY, 2, (entry[]){{0, 1}, {1, -1}});
    put_upper(p, 49, 2, (entry[]){{0, 3}, {1, 2}});
    assert_string_equal(finished_rows(p, *state), "-inf <= 3 x0 2 x1 <= 49\n");
    program_end(p);
}

/* One of a group at a time: the first two rows hold whatever is chosen (5 + 4
 * at most), the third does not (5 + 5). */
static void finish_counts_one_column_of_a_group(void **state) {
    program p;
    program_init(&p, *state, 1, false);
    const int32_t a = program_add_group(&p, false);
    program_add_col(&p, a, 0, 1, 0);
    program_add_col(&p, a, 0, 1, 1);
    const int32_t b = program_add_group(&p, false);
    program_add_col(&p, b, 0, 1, 2);
    program_add_col(&p, b, 0, 1, 3);
    put_upper(&p, 9, 4, (entry[]){{0, 5}, {1, 3}, {2, 4}, {3, 2}});
    put_row(&p, -1, PROGRAM_INFINITY, 2, (entry[]){{0, -1}, {1, -1}});
    put_upper(&p, 9, 4, (entry[]){{0, 5}, {1, 3}, {2, 5}, {3, 2}});
    assert_string_equal(finished_rows(&p, *state),
                        "-inf <= 5 x0 3 x1 5 x2 2 x3 <= 9\n");
    program_end(&p);
}

static void finish_keeps_idle_rows_that_own_a_column(void **state) {
    program *const p = with_counters(*state, 2);
    const int32_t row = program_add_row(p, -PROGRAM_INFINITY, 90, 1, -1);
    program_put(p, row, 0, 1);
    program_put(p, row, 1, -1);
    assert_string_equal(finished_rows(p, *state), "-inf <= 1 x0 -1 x1 <= 90\n");
    program_end(p);
}

/* 0 <= 1 says nothing; 1 <= 0 says that there is no solution, and stays. */
static void finish_keeps_empty_rows_that_are_false(void **state) {
    program *const p = with_counters(*state, 1);
    put_row(p, -1, 1, 0, NULL);
    put_row(p, 1, 2, 0, NULL);
    put_upper(p, -3, 0, NULL);
    assert_string_equal(finished_rows(p, *state), "1 <= <= 2\n"
                                                  "-inf <= <= -3\n");
    program_end(p);
}

/* Equal once divided: the tighter of both sides stay in the first. */
static void finish_joins_rows_with_one_left_side(void **state) {
    program *const p = with_counters(*state, 2);
    put_row(p, 1, 7, 2, (entry[]){{0, 1}, {1, 1}});
    put_row(p, 5, 13, 2, (entry[]){{0, 2}, {1, 2}});
    put_upper(p, 8, 2, (entry[]){{0, 1}, {1, 1}});
    put_upper(p, 8, 2, (entry[]){{0, 1}, {1, 2}});
    assert_string_equal(finished_rows(p, *state), "3 <= 1 x0 1 x1 <= 6\n"
                                                  "-inf <= 1 x0 2 x1 <= 8\n");
    program_end(p);
}

static void finish_keeps_apart_rows_of_blocks(void **state) {
    program *const p = with_counters(*state, 3);
    p->n_blocks = 2;
    for (int32_t block = 0; block < 2; block++) {
        const int32_t row = program_add_row(p, -PROGRAM_INFINITY, 4, -1, block);
        program_put(p, row, 0, 1);
        program_put(p, row, 1, 1);
    }
    assert_true(program_finish(p));
    assert_int_equal(p->rows.n, 2);
    program_end(p);
}

/* Blocks are numbered again after rows went: their order stays. */
static void finish_lists_the_rows_of_each_block(void **state) {
    program *const p = with_counters(*state, 3);
    const int32_t blocks[] = {1, -1, 0, 1, 1};
    p->n_blocks = 3;
    for (int32_t k = 0; k < 5; k++) {
        const int32_t row =
            program_add_row(p, -PROGRAM_INFINITY, k == 3 ? 90 : 4 + k, -1,
                            blocks[k]); /* the fourth can never bind */
        program_put(p, row, 0, 1 + k);
        program_put(p, row, 1, 2);
        program_put(p, row, 2, 1);
    }
    assert_true(program_finish(p));
    assert_int_equal(p->rows.n, 4);
    const int32_t starts[] = {0, 1, 3, 3}, rows[] = {2, 0, 3};
    assert_memory_equal(p->block_start, starts, sizeof starts);
    assert_memory_equal(p->block_rows, rows, sizeof rows);
    program_end(p);
}

static void finish_adds_up_costs_by_objective(void **state) {
    program p;
    program_init(&p, *state, 2, false);
    program_add_col(&p, -1, 0, 1, 0);
    program_add_col(&p, -1, 0, 1, 1);
    program_add_cost(&p, 0, 1, 5);
    program_add_cost(&p, 1, 0, -2);
    program_add_cost(&p, 0, 1, 3);
    assert_true(program_finish(&p));
    assert_int_equal(p.objectives[0].cost[0], 0);
    assert_int_equal(p.objectives[0].cost[1], 8);
    assert_int_equal(p.objectives[1].cost[0], -2);
    assert_int_equal(p.objectives[1].cost[1], 0);
    program_end(&p);
}

static void finish_refuses_a_program_that_failed(void **state) {
    program *const p = with_counters(*state, 1);
    p->failed = true;
    assert_false(program_finish(p));
    program_end(p);
}

/* --- against a dense matrix -------------------------------------------------
 */

enum { DENSE_COLS = 6, DENSE_ROWS = 8, POINTS = 400 };

typedef struct dense {
    int64_t a[DENSE_ROWS][DENSE_COLS], lower[DENSE_ROWS], upper[DENSE_ROWS];
} dense;

static program *draw_dense(dense *d, random_state *rng, arena *mem) {
    program *const p = with_counters(mem, DENSE_COLS);
    memset(d, 0, sizeof *d);
    for (int32_t i = 0; i < DENSE_ROWS; i++) {
        d->upper[i] = random_range(rng, -2, 40);
        d->lower[i] = d->upper[i] - random_range(rng, 30, 90);
        program_add_row(p, d->lower[i], d->upper[i], -1, -1);
    }
    for (int32_t k = 0; k < 40; k++) {
        const int32_t row = random_below(rng, DENSE_ROWS);
        const int32_t col = random_below(rng, DENSE_COLS);
        const int64_t value = 2 * random_range(rng, -3, 3);
        d->a[row][col] += value;
        program_put(p, row, col, value);
    }
    return p;
}

static bool dense_allows(const dense *d, const int64_t *x) {
    for (int32_t i = 0; i < DENSE_ROWS; i++) {
        int64_t sum = 0;
        for (int32_t j = 0; j < DENSE_COLS; j++)
            sum += d->a[i][j] * x[j];
        if (sum < d->lower[i] || sum > d->upper[i])
            return false;
    }
    return true;
}

static bool sparse_allows(const program *p, const int64_t *x) {
    for (int32_t i = 0; i < p->rows.n; i++) {
        int64_t sum = 0;
        for (int64_t k = p->by_row.start[i]; k < p->by_row.start[i + 1]; k++)
            sum += p->by_row.value[k] * x[p->by_row.index[k]];
        if (sum < p->rows.at[i].lower || sum > p->rows.at[i].upper)
            return false;
    }
    return true;
}

/* Whatever is merged, divided, joined or dropped: the same integer points. */
static void finish_keeps_the_integer_points(void **state) {
    int32_t n_allowed = 0;
    for (uint64_t seed = 1; seed <= MANY; seed++) {
        random_state rng;
        dense d;
        random_seed(&rng, seed);
        program *const p = draw_dense(&d, &rng, *state);
        assert_true(program_finish(p));
        for (int32_t k = 0; k < POINTS; k++) {
            int64_t x[DENSE_COLS];
            for (int32_t j = 0; j < DENSE_COLS; j++)
                x[j] = random_range(&rng, 0, k % 2 ? 10 : 2);
            const bool allowed = dense_allows(&d, x);
            n_allowed += allowed;
            if (sparse_allows(p, x) != allowed)
                fail_msg("seed %d: a point is %s", (int)seed,
                         allowed ? "lost" : "won");
        }
        program_end(p);
    }
    assert_true(n_allowed > MANY);
}

static void lines_by_column_are_lines_by_row_transposed(void **state) {
    random_state rng;
    dense d;
    random_seed(&rng, 7);
    program *const p = draw_dense(&d, &rng, *state);
    int64_t by_row[DENSE_ROWS][DENSE_COLS] = {{0}};
    assert_true(program_finish(p));
    for (int32_t i = 0; i < p->rows.n; i++)
        for (int64_t k = p->by_row.start[i]; k < p->by_row.start[i + 1]; k++)
            by_row[i][p->by_row.index[k]] = p->by_row.value[k];
    for (int32_t j = 0; j < p->cols.n; j++)
        for (int64_t k = p->by_col.start[j]; k < p->by_col.start[j + 1]; k++) {
            assert_int_equal(by_row[p->by_col.index[k]][j], p->by_col.value[k]);
            by_row[p->by_col.index[k]][j] = 0;
        }
    for (int32_t i = 0; i < DENSE_ROWS; i++)
        for (int32_t j = 0; j < DENSE_COLS; j++)
            assert_int_equal(by_row[i][j], 0);
    program_end(p);
}

/* --- appending ---------------------------------------------------------------
 */

static const program_new_row two_new[] = {
    {-PROGRAM_INFINITY, 5, 2, (int32_t[]){0, 2}, (int64_t[]){2, 2}, "cut"},
    {1, 3, 3, (int32_t[]){0, 1, 2}, (int64_t[]){1, 0, -1}, NULL},
};

/* New rows are taken as they are: not divided, but without zeros. */
static void append_adds_rows_as_they_are(void **state) {
    program *const p = with_counters(*state, 3);
    put_upper(p, 7, 2, (entry[]){{0, 1}, {1, 1}});
    program_add_cost(p, 0, 2, 4);
    assert_true(program_finish(p));
    assert_true(program_append_rows(p, two_new, 2));
    assert_string_equal(rows_of(p, *state), "-inf <= 1 x0 1 x1 <= 7\n"
                                            "-inf <= 2 x0 2 x2 <= 5\n"
                                            "1 <= 1 x0 -1 x2 <= 3\n");
    assert_string_equal(p->rows.at[1].name, "cut");
    assert_int_equal(p->rows.at[1].owner, -1);
    assert_int_equal(p->rows.at[1].block, -1);
    assert_int_equal(p->by_col.start[3] - p->by_col.start[2], 2);
    assert_int_equal(p->objectives[0].cost[2], 4);
    program_end(p);
}

static void keep_forgets_the_rows_after(void **state) {
    program *const p = with_counters(*state, 3);
    put_upper(p, 7, 2, (entry[]){{0, 1}, {1, 1}});
    assert_true(program_finish(p));
    assert_true(program_append_rows(p, two_new, 2));
    assert_true(program_keep_rows(p, 2));
    assert_string_equal(rows_of(p, *state), "-inf <= 1 x0 1 x1 <= 7\n"
                                            "-inf <= 2 x0 2 x2 <= 5\n");
    assert_int_equal(p->by_col.start[3] - p->by_col.start[2], 1);
    assert_true(program_append_rows(p, two_new + 1, 1));
    assert_string_equal(rows_of(p, *state), "-inf <= 1 x0 1 x1 <= 7\n"
                                            "-inf <= 2 x0 2 x2 <= 5\n"
                                            "1 <= 1 x0 -1 x2 <= 3\n");
    program_end(p);
}

/* Blocks are found again after rows were appended and forgotten. */
static void append_keeps_the_blocks(void **state) {
    program *const p = with_counters(*state, 3);
    p->n_blocks = 1;
    const int32_t row = program_add_row(p, -PROGRAM_INFINITY, 2, 2, 0);
    program_put(p, row, 0, 1);
    program_put(p, row, 2, -1);
    assert_true(program_finish(p));
    assert_true(program_append_rows(p, two_new, 1));
    assert_int_equal(p->block_start[0], 0);
    assert_int_equal(p->block_start[1], 1);
    assert_int_equal(p->block_rows[0], 0);
    program_end(p);
}

/* --- memory that ends --------------------------------------------------------
 */

typedef struct purse {
    int64_t left; /* allocations before the refusals begin */
} purse;

static void *purse_take(void *user, size_t bytes) {
    purse *const from = user;
    return from->left-- > 0 ? malloc(bytes) : NULL;
}

static void purse_give(void *user, void *block, size_t bytes) {
    (void)user;
    (void)bytes;
    free(block);
}

/* A program without memory for more rows is the program it was. */
static void append_without_memory_changes_nothing(void **state) {
    int32_t n_refused = 0;
    for (int64_t left = 0; left < 4; left++) {
        purse own = {INT32_MAX};
        const ctg_allocator from = {purse_take, purse_give, &own};
        arena *const mem = arena_create(&from, 0);
        program *const p = with_counters(mem, 3);
        put_upper(p, 7, 2, (entry[]){{0, 1}, {1, 1}});
        assert_true(program_finish(p));
        own.left = left;
        if (!program_append_rows(p, two_new, 2)) {
            n_refused++;
            assert_string_equal(rows_of(p, *state), "-inf <= 1 x0 1 x1 <= 7\n");
            assert_int_equal(p->by_col.start[3], 2);
            assert_int_equal(p->by_col.index[0], 0);
        }
        program_end(p);
        arena_destroy(mem);
    }
    assert_true(n_refused > 2);
}

/* After the first refusal all is refused, and nothing is touched that does not
 * exist. */
static void building_without_memory_only_fails(void **state) {
    (void)state;
    purse own = {INT32_MAX};
    const ctg_allocator from = {purse_take, purse_give, &own};
    arena *const mem = arena_create(&from, 0);
    program p;
    program_init(&p, mem, 1, true);
    own.left = 0;
    while (!p.failed)
        program_add_group(&p, false);
    const int32_t group = program_add_group(&p, false);
    const int32_t col = program_add_col(&p, group, 0, 1, 0);
    const int32_t row = program_add_row(&p, 0, 1, -1, -1);
    program_put(&p, row, col, 1);
    program_add_cost(&p, 0, col, 1);
    program_name_col(&p, col, "x");
    program_name_row(&p, row, "r");
    assert_int_equal(p.cols.n, 0);
    assert_int_equal(p.rows.n, 0);
    assert_false(program_finish(&p));
    program_end(&p);
    arena_destroy(mem);
}

/* --- names -------------------------------------------------------------------
 */

static void names_are_kept_only_when_asked_for(void **state) {
    program kept, plain;
    program_init(&kept, *state, 1, true);
    program_init(&plain, *state, 1, false);
    program_add_col(&kept, -1, 0, 1, 0);
    program_add_col(&plain, -1, 0, 1, 0);
    program_name_col(&kept, 0, "x_%s_%d", "r1", 2);
    program_name_col(&plain, 0, "x_%s_%d", "r1", 2);
    assert_string_equal(kept.cols.at[0].name, "x_r1_2");
    assert_null(plain.cols.at[0].name);
}

static void names_end_after_255_bytes(void **state) {
    program p;
    char many[301];
    memset(many, 'a', 300);
    many[300] = '\0';
    program_init(&p, *state, 1, true);
    program_add_row(&p, 0, 1, -1, -1);
    program_name_row(&p, 0, "%s", many);
    assert_int_equal(strlen(p.rows.at[0].name), 255);
}

int main(void) {
#define ROW(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        ROW(finish_adds_up_entries_of_one_place),
        ROW(finish_divides_and_rounds_an_upper_side_down),
        ROW(finish_divides_and_rounds_a_lower_side_up),
        ROW(finish_drops_rows_that_no_choice_can_break),
        ROW(finish_counts_one_column_of_a_group),
        ROW(finish_keeps_idle_rows_that_own_a_column),
        ROW(finish_keeps_empty_rows_that_are_false),
        ROW(finish_joins_rows_with_one_left_side),
        ROW(finish_keeps_apart_rows_of_blocks),
        ROW(finish_lists_the_rows_of_each_block),
        ROW(finish_adds_up_costs_by_objective),
        ROW(finish_refuses_a_program_that_failed),
        ROW(finish_keeps_the_integer_points),
        ROW(lines_by_column_are_lines_by_row_transposed),
        ROW(append_adds_rows_as_they_are),
        ROW(keep_forgets_the_rows_after),
        ROW(append_keeps_the_blocks),
        ROW(append_without_memory_changes_nothing),
        cmocka_unit_test(building_without_memory_only_fails),
        ROW(names_are_kept_only_when_asked_for),
        ROW(names_end_after_255_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
