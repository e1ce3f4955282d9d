// SPDX-License-Identifier: GPL-3.0-or-later
/* The exported program against brute force: with the options of a plan fixed
 * it has a solution exactly when the plan is allowed, and its best value is
 * the plan's, the pairs of envy included. The text is read back here, by the
 * format's definition. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/idmap.h"
#include "base/random.h"
#include "lp/lp.h"
#include "solve/solve.h"
#include "support/case.h"
#include "support/oracle.h"
#include "support/solving_texts.h"
#include "support/tiny.h"

enum { MOST = 4000, WORDS = 4 };

/* --- free MPS, read back
 * ------------------------------------------------------
 */

typedef struct mps {
    arena *mem;
    lp *at;
    idmap rows, cols; /* ids to indices; the cost row is not among the rows */
    int32_t n_rows, n_cols;
    char kind[MOST]; /* of rows: L, G or E */
    double side[MOST], lower[MOST], upper[MOST], cost[MOST];
    int32_t entry_row[20 * MOST], entry_col[20 * MOST], n_entries;
    double entry[20 * MOST];
    bool is_max;
} mps;

static int32_t split(char *line, char **words) {
    int32_t n = 0;
    for (char *at = strtok(line, " "); at && n < WORDS; at = strtok(NULL, " "))
        words[n++] = at;
    return n;
}

static int32_t column_of(mps *m, const char *name) {
    int32_t col = idmap_get(&m->cols, name);
    if (col < 0) {
        col = idmap_put(m->mem, &m->cols, arena_strdup(m->mem, name),
                        m->n_cols++);
        assert_true(m->n_cols < MOST);
    }
    return col;
}

static void read_entry(mps *m, char **words) {
    const int32_t col = column_of(m, words[0]);
    if (strcmp(words[1], "cost") == 0) {
        m->cost[col] = atof(words[2]);
        return;
    }
    assert_true(m->n_entries < 20 * MOST);
    m->entry_row[m->n_entries] = idmap_get(&m->rows, words[1]);
    assert_true(m->entry_row[m->n_entries] >= 0);
    m->entry_col[m->n_entries] = col;
    m->entry[m->n_entries++] = atof(words[2]);
}

static void read_line(mps *m, char section, char **words, int32_t n) {
    if (section == 'R' && strcmp(words[0], "N") != 0) {
        m->kind[m->n_rows] = words[0][0];
        idmap_put(m->mem, &m->rows, arena_strdup(m->mem, words[1]),
                  m->n_rows++);
        assert_true(m->n_rows < MOST);
    } else if (section == 'C' && strcmp(words[1], "'MARKER'") != 0) {
        assert_int_equal(n, 3);
        read_entry(m, words);
    } else if (section == 'S') {
        const int32_t row = idmap_get(&m->rows, words[1]);
        assert_true(row >= 0);
        m->side[row] = atof(words[2]);
    } else if (section == 'B') {
        const int32_t col = idmap_get(&m->cols, words[2]);
        assert_true(col >= 0);
        (strcmp(words[0], "LO") == 0 ? m->lower : m->upper)[col] =
            atof(words[3]);
    }
}

static char section_of(const char *line) {
    return !strncmp(line, "ROWS", 4)      ? 'R'
           : !strncmp(line, "COLUMNS", 7) ? 'C'
           : !strncmp(line, "RHS", 3)     ? 'S'
           : !strncmp(line, "BOUNDS", 6)  ? 'B'
                                          : '-';
}

static void read_mps(mps *m, char *text) {
    char section = '-', *words[WORDS], *rest = text;
    while (*rest) {
        char *const line = rest;
        rest = strchr(line, '\n');
        *rest++ = '\0';
        m->is_max |= !strcmp(line, "* value of the goal = - cost");
        if (line[0] != ' ')
            section = line[0] == '*' ? section : section_of(line);
        else
            read_line(m, section, words, split(line, words));
    }
}

static void build_lp(mps *m, lp_engine *engine) {
    m->at = lp_create(engine);
    for (int32_t j = 0; j < m->n_cols; j++)
        assert_true(lp_add_col(m->at, m->lower[j], m->upper[j], m->cost[j], 0,
                               NULL, NULL));
    for (int32_t i = 0; i < m->n_rows; i++) {
        static int32_t cols[MOST];
        static double values[MOST];
        int32_t n = 0;
        for (int32_t k = 0; k < m->n_entries; k++)
            if (m->entry_row[k] == i) {
                cols[n] = m->entry_col[k];
                values[n++] = m->entry[k];
            }
        assert_true(lp_add_row(
            m->at, m->kind[i] == 'L' ? -INFINITY : m->side[i],
            m->kind[i] == 'G' ? INFINITY : m->side[i], n, cols, values));
    }
}

/* --- the table of names
 * -------------------------------------------------------
 */

/* Column of each option by request and option id, from the table. */
typedef struct names {
    int32_t col[ORACLE_REQUESTS][64]; /* -1: none */
} names;

static void read_names(names *out, mps *m, const problem *prob, char *text) {
    memset(out, -1, sizeof *out);
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        char kind[16], name[300], meaning[300], request[80], option[80];
        if (sscanf(line, "%15[^\t]\t%299[^\t]\t%299[^\t]\t%79[^\t]\t%79[^\t]",
                   kind, name, meaning, request, option) != 5 ||
            strcmp(kind, "column") != 0)
            continue;
        const int32_t r = problem_find_request(prob, request);
        const int32_t o = request_find_option(&prob->requests[r], option);
        assert_true(o >= 0 && o < 64);
        out->col[r][o] = idmap_get(&m->cols, name);
        assert_true(out->col[r][o] >= 0);
    }
}

/* --- against brute force
 * -------------------------------------------------------
 */

typedef struct desk {
    arena *mem;
    problem *prob;
    oracle *all;
    oracle_result best;
    lp_engine *engine;
    mps m;
    names n;
} desk;

/* Fixes the options of a plan; false when one has no column. */
static bool fix(desk *d, const int32_t *option_of) {
    for (int32_t r = 0; r < d->prob->n_requests; r++) {
        if (option_of[r] != NONE && d->n.col[r][option_of[r]] < 0)
            return false;
        for (int32_t o = 0; o < 64; o++)
            if (d->n.col[r][o] >= 0)
                lp_set_col_bounds(d->m.at, d->n.col[r][o], o == option_of[r],
                                  o == option_of[r]);
    }
    return true;
}

/* True when the program has a solution; its best value in the goal's sense. */
static bool solve_fixed(desk *d, int64_t *value) {
    static uint8_t integer[MOST];
    static double x[MOST];
    bool found;
    int64_t iterations;
    memset(integer, 1, sizeof integer);
    const lp_outcome end = lp_mip(d->m.at, integer, &(lp_limits){0}, NULL,
                                  INFINITY, x, &found, &iterations);
    assert_true(end == LP_OPTIMAL || end == LP_INFEASIBLE);
    double total = 0;
    for (int32_t j = 0; found && j < d->m.n_cols; j++)
        total += d->m.cost[j] * x[j];
    total = d->m.is_max ? -total : total;
    *value = (int64_t)(total < 0 ? total - 0.5 : total + 0.5);
    return found;
}

static void compare(desk *d, int32_t goal, const int32_t *option_of,
                    uint64_t seed) {
    oracle_value value;
    int64_t found;
    oracle_value_of(&value, d->all, option_of);
    bool expected = value.accepted;
    for (int32_t k = 0; k < goal && expected; k++)
        expected = (oracle_asked(d->all, &value, k) - d->best.value[k]) *
                       oracle_sense(d->all, k) >=
                   0;
    if (!fix(d, option_of)) {
        assert_false(value.accepted);
        return;
    }
    if (solve_fixed(d, &found) != expected)
        fail_msg("seed %d, goal %d: a plan is %s", (int)seed, goal,
                 expected ? "refused" : "allowed");
    if (expected && found != oracle_asked(d->all, &value, goal))
        fail_msg("seed %d, goal %d: %d, not %d", (int)seed, goal, (int)found,
                 (int)oracle_asked(d->all, &value, goal));
}

static void compare_some(desk *d, int32_t goal, uint64_t seed,
                         random_state *rng) {
    const int64_t n_plans = oracle_n_plans(d->all);
    int32_t option_of[ORACLE_REQUESTS];
    for (int32_t k = 0; k < 12; k++) {
        oracle_plan(option_of, d->all, random_below(rng, (int32_t)n_plans));
        compare(d, goal, option_of, seed);
    }
    for (int32_t k = 0; k < 2 && k < d->best.n_best; k++) {
        oracle_plan(option_of, d->all, d->best.best[k]);
        compare(d, goal, option_of, seed);
    }
}

/* False when the seed is no case. */
static bool export_seed(desk *d, uint64_t seed, int32_t goal) {
    text out = {.mem = d->mem}, table = {.mem = d->mem};
    ctg_error err = CTG_ERROR_INIT;
    int32_t best[ORACLE_REQUESTS];
    oracle_plan(best, d->all, d->best.best[0]);
    const plan held = {.option_of = best};
    const ctg_status status = solve_export(&out, &table, d->prob, goal, &held,
                                           EXPORT_MPS, d->mem, &err);
    if (status != CTG_OK)
        fail_msg("seed %d: %s %s", (int)seed, err.code, err.message);
    d->m.mem = d->mem;
    read_mps(&d->m, out.at);
    read_names(&d->n, &d->m, d->prob, table.at);
    build_lp(&d->m, d->engine);
    return true;
}

static void the_program_says_what_brute_force_says(void **state) {
    (void)state;
    int32_t n_cases = 0, n_by_points = 0;
    for (uint64_t seed = 1; seed <= 260; seed++) {
        random_state rng;
        random_seed(&rng, seed);
        arena *const mem = arena_create(NULL, 0);
        desk *const d = ARENA_NEW(mem, desk, 1);
        d->mem = mem;
        d->prob = case_problem(mem, tiny_problem(seed, mem));
        d->all = oracle_open(d->prob, false, mem);
        if (d->all && oracle_best(&d->best, d->all, false, mem) &&
            d->best.feasible) {
            const int32_t goal = random_below(&rng, d->best.n);
            d->engine = lp_engine_start(mem);
            export_seed(d, seed, goal);
            compare_some(d, goal, seed, &rng);
            lp_engine_end(d->engine);
            n_cases++;
            n_by_points += d->prob->policy == POLICY_BY_POINTS;
        }
        problem_free(d->prob);
        arena_destroy(mem);
    }
    assert_true(n_cases > 200);
    assert_true(n_by_points > 10);
}

/* --- misuse
 * ---------------------------------------------------------------------
 */

#define TOWN                                                                   \
    TEXT_PROBLEM(TEXT_MONDAY, TEXT_GOALS("'points','hours'"),                  \
                 TEXT_PLACE("s", "1", ""), TEXT_WALKER("c", ""),               \
                 TEXT_ASK("a", "c", ",'points':5",                             \
                          TEXT_OPTION("o", "s", "08:00", "12:00", "")))

static ctg_status export_town(int32_t goal, const int32_t *plan_of,
                              export_format format, const char *has) {
    arena *const mem = arena_create(NULL, 0);
    problem *const prob = case_problem(mem, TOWN);
    text out = {.mem = mem}, table = {.mem = mem};
    const plan held = {.option_of = (int32_t *)plan_of};
    const ctg_status status = solve_export(
        &out, &table, prob, goal, plan_of ? &held : NULL, format, mem, NULL);
    if (has)
        assert_non_null(strstr(out.at, has));
    problem_free(prob);
    arena_destroy(mem);
    return status;
}

static void export_of_a_goal_that_is_not_there_is_misuse(void **state) {
    (void)state;
    const int32_t served[] = {0};
    assert_int_equal(export_town(3, served, EXPORT_LP, NULL), CTG_ERR_USAGE);
    assert_int_equal(export_town(-1, served, EXPORT_LP, NULL), CTG_ERR_USAGE);
    assert_int_equal(export_town(1, NULL, EXPORT_LP, NULL), CTG_ERR_USAGE);
}

static void export_begins_as_its_format_does(void **state) {
    (void)state;
    const int32_t served[] = {0};
    assert_int_equal(export_town(0, NULL, EXPORT_LP, "Maximize\n points:"),
                     CTG_OK);
    assert_int_equal(export_town(1, served, EXPORT_MPS, "NAME hours"), CTG_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_program_says_what_brute_force_says),
        cmocka_unit_test(export_of_a_goal_that_is_not_there_is_misuse),
        cmocka_unit_test(export_begins_as_its_format_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
