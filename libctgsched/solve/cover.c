// SPDX-License-Identifier: GPL-3.0-or-later
/* Where staff is read by groups the relaxation may open fractions of a group.
 * Rules are monotone: if some options break a row with everybody else away,
 * they break it in every plan. Such a set, made least by dropping one option
 * after another, gives
 *
 * (cover) sum of x over the set <= its size - 1. */
#include "solve/cover.h"

static bool breaks_alone(search *s, const int32_t *cols, int32_t n,
                         int32_t row) {
    if (!search_load(s, cols, n))
        return false;
    const program_row *const r = &s->f.program.rows.at[row];
    return r->upper != PROGRAM_INFINITY && s->sel.activity[row] > r->upper;
}

/* A broken upper side of a block: only those grow with every child. */
static int32_t broken_row(const search *s) {
    const program *const p = &s->f.program;
    for (int32_t i = 0; i < p->rows.n; i++)
        if (p->rows.at[i].block >= 0 &&
            p->rows.at[i].upper != PROGRAM_INFINITY &&
            s->sel.activity[i] > p->rows.at[i].upper)
            return i;
    return -1;
}

static int32_t least_set(search *s, int32_t *cols, int32_t n, int32_t row,
                         int32_t *rest) {
    for (int32_t k = 0; k < n;) {
        int32_t m = 0;
        for (int32_t i = 0; i < n; i++)
            if (i != k)
                rest[m++] = cols[i];
        if (!breaks_alone(s, rest, m, row)) {
            k++;
            continue;
        }
        n = m;
        for (int32_t i = 0; i < n; i++)
            cols[i] = rest[i];
    }
    return n;
}

/* Bundles and places held are not monotone: a child away can break a rule. */
static bool is_monotone(const search *s, const int32_t *cols, int32_t n) {
    for (int32_t k = 0; k < n; k++) {
        if (cols[k] >= s->f.n_option_cols)
            return false; /* duties give room */
        const request *const r =
            &s->prob->requests[s->f.option_cols[cols[k]].request];
        if (s->f.option_cols[cols[k]].option == r->held)
            return false;
    }
    return true;
}

int32_t cover_separate(search *s, relax *r) {
    const int32_t row = s->is_full ? -1 : broken_row(s);
    const int32_t n_groups = s->f.program.groups.n;
    if (row < 0)
        return 0;
    const arena_mark mark = arena_here(s->scratch);
    int32_t *const cols = ARENA_NEW(s->scratch, int32_t, n_groups + 1);
    int32_t *const rest = ARENA_NEW(s->scratch, int32_t, n_groups + 1);
    int64_t *const ones = ARENA_NEW(s->scratch, int64_t, n_groups + 1);
    int32_t added = 0;
    if (cols && rest && ones) {
        int32_t n = 0;
        for (int32_t g = 0; g < n_groups; g++)
            if (s->sel.chosen[g] >= 0)
                cols[n++] = s->sel.chosen[g];
        n = least_set(s, cols, n, row, rest);
        for (int32_t k = 0; k < n; k++)
            ones[k] = 1;
        const program_new_row cover = {
            -PROGRAM_INFINITY, n - 1, n, cols, ones, NULL};
        if (n > 0 && is_monotone(s, cols, n) && search_append(s, r, &cover, 1))
            added = 1;
    }
    arena_rewind(s->scratch, mark);
    return added;
}
