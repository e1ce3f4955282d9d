// SPDX-License-Identifier: GPL-3.0-or-later
/* Reading, formulating and opening brute force once for many tests. */
#include "support/solving.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "support/case.h"
#include "support/tiny.h"

static solving *open_problem(arena *mem, problem *prob, bool searching) {
    solving *const it = ARENA_NEW(mem, solving, 1);
    assert_non_null(it);
    it->mem = mem;
    it->prob = prob;
    it->is_searching = searching;
    it->options.threads = 1;
    it->options.prove_ties = true;
    const bool ready =
        searching ? search_init(&it->s, prob, &it->options, mem, &it->err)
                  : formulate(&it->s.f, prob, true, mem, &it->err) == CTG_OK &&
                        selection_init(&it->s.sel, &it->s.f.program, mem);
    if (!ready)
        fail_msg("no program: %s", it->err.message);
    it->all = oracle_open(prob, false, mem);
    return it;
}

solving *solving_text(const char *quoted, bool searching) {
    arena *const mem = arena_create(NULL, 0);
    assert_non_null(mem);
    return open_problem(mem, case_problem(mem, quoted), searching);
}

solving *solving_tiny(uint64_t seed, bool searching) {
    arena *const mem = arena_create(NULL, 0);
    assert_non_null(mem);
    return open_problem(mem, case_problem(mem, tiny_problem(seed, mem)),
                        searching);
}

void solving_free(solving *it) {
    if (it->is_searching)
        search_end(&it->s);
    else
        program_end(&it->s.f.program);
    problem_free(it->prob);
    arena_destroy(it->mem);
}

int32_t solving_cols(int32_t *cols, const solving *it,
                     const int32_t *option_of) {
    int32_t n = 0;
    for (int32_t r = 0; r < it->prob->n_requests; r++) {
        bool found = option_of[r] == NONE;
        for (int32_t j = it->s.f.first_col[r]; j < it->s.f.first_col[r + 1];
             j++)
            if (it->s.f.option_cols[j].option == option_of[r]) {
                cols[n++] = j;
                found = true;
            }
        if (!found)
            return -1;
    }
    return n;
}

static int64_t sign_of(const solving *it, int32_t objective) {
    return it->s.f.program.objectives[objective].maximise ? -1 : 1;
}

int64_t solving_value(const solving *it, const oracle_value *value,
                      int32_t objective) {
    return sign_of(it, objective) * oracle_asked(it->all, value, objective);
}

int64_t solving_selected(const solving *it, int32_t objective) {
    const program *const p = &it->s.f.program;
    int64_t total = 0;
    for (int32_t j = 0; j < p->cols.n; j++)
        total += p->objectives[objective].cost[j] * it->s.sel.x[j];
    return sign_of(it, objective) * total;
}

bool solving_is_envy(const solving *it, int32_t objective) {
    return !it->prob->goals.weighted &&
           it->prob->goals.terms[objective].goal == GOAL_ENVY;
}

bool solving_least(int64_t *out, const solving *it, int32_t objective) {
    int32_t option_of[ORACLE_REQUESTS];
    bool any = false;
    for (int64_t k = 0; k < oracle_n_plans(it->all); k++) {
        oracle_value value;
        oracle_plan(option_of, it->all, k);
        oracle_value_of(&value, it->all, option_of);
        if (!value.accepted)
            continue;
        const int64_t here = solving_value(it, &value, objective);
        *out = any && *out < here ? *out : here;
        any = true;
    }
    return any;
}

int32_t solving_points(solving_point **out, solving *it, int32_t most) {
    const size_t n_cols = (size_t)it->s.f.program.cols.n;
    const int64_t n_plans = oracle_n_plans(it->all);
    const int64_t step = n_plans / most + 1;
    solving_point *const points = ARENA_NEW(it->mem, solving_point, most + 1);
    int32_t n = 0, cols[ORACLE_REQUESTS];
    for (int64_t k = 0; k < n_plans; k += step) {
        solving_point one = {.x = ARENA_NEW(it->mem, int64_t, n_cols + 1),
                             .option_of =
                                 ARENA_NEW(it->mem, int32_t, ORACLE_REQUESTS)};
        oracle_plan(one.option_of, it->all, k);
        oracle_value_of(&one.value, it->all, one.option_of);
        const int32_t n_chosen = solving_cols(cols, it, one.option_of);
        if (!one.value.accepted || n_chosen < 0)
            continue;
        assert_true(selection_load(&it->s.sel, cols, n_chosen));
        memcpy(one.x, it->s.sel.x, sizeof *one.x * n_cols);
        points[n++] = one;
    }
    *out = points;
    return n;
}

bool solving_row_holds(const program *p, int32_t row, const int64_t *x) {
    int64_t sum = 0;
    for (int64_t k = p->by_row.start[row]; k < p->by_row.start[row + 1]; k++)
        sum += p->by_row.value[k] * x[p->by_row.index[k]];
    return sum <= p->rows.at[row].upper && sum >= p->rows.at[row].lower;
}

static void put_col(text *out, const program *p, int32_t col) {
    if (p->cols.at[col].name)
        text_puts(out, p->cols.at[col].name);
    else
        text_printf(out, "z%d", col);
}

static void put_row(text *out, const program *p, int32_t i) {
    const program_row *const row = &p->rows.at[i];
    text_printf(out, "%s:", row->name);
    if (row->lower != -PROGRAM_INFINITY && row->lower != row->upper)
        text_printf(out, " %lld <=", (long long)row->lower);
    for (int64_t k = p->by_row.start[i]; k < p->by_row.start[i + 1]; k++) {
        const int64_t a = p->by_row.value[k];
        const bool first = k == p->by_row.start[i];
        text_puts(out, a < 0 ? " - " : first ? " " : " + ");
        text_printf(out, "%lld ", (long long)(a < 0 ? -a : a));
        put_col(out, p, p->by_row.index[k]);
    }
    if (row->upper != PROGRAM_INFINITY)
        text_printf(out, " %s %lld", row->lower == row->upper ? "=" : "<=",
                    (long long)row->upper);
    text_puts(out, "\n");
}

static bool begins_with(const char *name, const char *prefix) {
    return name && strncmp(name, prefix, strlen(prefix)) == 0;
}

const char *solving_rows(const solving *it, const char *prefix) {
    const program *const p = &it->s.f.program;
    text out = {.mem = it->mem};
    text_puts(&out, "");
    for (int32_t i = 0; i < p->rows.n; i++)
        if (begins_with(p->rows.at[i].name, prefix))
            put_row(&out, p, i);
    assert_false(out.failed);
    return out.at;
}

int32_t solving_n_rows(const solving *it, const char *prefix) {
    const program *const p = &it->s.f.program;
    int32_t n = 0;
    for (int32_t i = 0; i < p->rows.n; i++)
        n += begins_with(p->rows.at[i].name, prefix);
    return n;
}

int32_t solving_row(const solving *it, const char *prefix) {
    const program *const p = &it->s.f.program;
    for (int32_t i = 0; i < p->rows.n; i++)
        if (begins_with(p->rows.at[i].name, prefix))
            return i;
    return -1;
}

int32_t solving_col(const solving *it, const char *name) {
    const program *const p = &it->s.f.program;
    for (int32_t j = 0; j < p->cols.n; j++)
        if (p->cols.at[j].name && strcmp(p->cols.at[j].name, name) == 0)
            return j;
    fail_msg("no column %s", name);
    return -1;
}
