// SPDX-License-Identifier: GPL-3.0-or-later
/* Sessions that open only when enough come: nobody can be put into a closed one
 * alone, so the first of them are put in together. */
#include "solve/search.h"

#include <stdlib.h>

typedef struct opening_rank {
    int32_t opening, fans; /* requests that would rather be here */
} opening_rank;

static int compare_openings(const void *a, const void *b) {
    const opening_rank *const x = a, *const y = b;
    if (x->fans != y->fans)
        return x->fans > y->fans ? -1 : 1;
    return x->opening < y->opening ? -1 : x->opening > y->opening;
}

/* The row "enough" of an opening: the one in which its column weighs. */
static int32_t row_of(const program *p, int32_t col) {
    for (int64_t k = p->by_col.start[col]; k < p->by_col.start[col + 1]; k++)
        if (p->by_col.value[k] > 0)
            return p->by_col.index[k];
    return -1;
}

/* Marks the option columns of the row. */
static void mark_members(const program *p, int32_t row, uint8_t *is_member,
                         uint8_t mark) {
    for (int64_t k = p->by_row.start[row]; k < p->by_row.start[row + 1]; k++)
        if (p->cols.at[p->by_row.index[k]].group >= 0)
            is_member[p->by_row.index[k]] = mark;
}

/* Of the columns, best first, those of the session: one for each request that
 * has nothing yet. */
static int32_t list_candidates(const search *s, const int32_t *cols, int32_t n,
                               const uint8_t *is_member, uint8_t *is_listed,
                               int32_t *out) {
    int32_t n_out = 0;
    for (int32_t k = 0; k < n; k++) {
        const int32_t g = s->f.program.cols.at[cols[k]].group;
        if (!is_member[cols[k]] || is_listed[g] || s->sel.chosen[g] >= 0)
            continue;
        is_listed[g] = 1;
        out[n_out++] = cols[k];
    }
    for (int32_t k = 0; k < n_out; k++)
        is_listed[s->f.program.cols.at[out[k]].group] = 0;
    return n_out;
}

static int32_t count_fans(const search *s, const int32_t *cols, int32_t n,
                          const uint8_t *is_member, uint8_t *is_listed) {
    int32_t fans = 0;
    for (int32_t k = 0; k < n; k++) {
        const int32_t g = s->f.program.cols.at[cols[k]].group;
        fans += is_member[cols[k]] && !is_listed[g];
        is_listed[g] = 1;
    }
    for (int32_t k = 0; k < n; k++)
        is_listed[s->f.program.cols.at[cols[k]].group] = 0;
    return fans;
}

/* The first that fit together, as few as open the session. */
static void try_opening(search *s, const int32_t *candidates, int32_t n,
                        int32_t least) {
    for (int32_t k = 0; k + least <= n; k++)
        if (selection_change(&s->sel, candidates + k, least, NULL, 0))
            return;
}

void open_sessions(search *s, const int32_t *cols, int32_t n) {
    const program *const p = &s->f.program;
    const int32_t m = s->f.openings.n;
    if (m == 0)
        return;
    const arena_mark mark = arena_here(s->scratch);
    opening_rank *const order = ARENA_NEW(s->scratch, opening_rank, m);
    uint8_t *const is_member = ARENA_NEW(s->scratch, uint8_t, p->cols.n + 1);
    uint8_t *const is_listed = ARENA_NEW(s->scratch, uint8_t, p->groups.n + 1);
    int32_t *const candidates = ARENA_NEW(s->scratch, int32_t, n + 1);
    s->is_full |= !order || !is_member || !is_listed || !candidates;
    for (int32_t k = 0; !s->is_full && k < m; k++) {
        const int32_t row = row_of(p, s->f.openings.at[k].col);
        order[k].opening = k;
        if (row < 0)
            continue;
        mark_members(p, row, is_member, 1);
        order[k].fans = count_fans(s, cols, n, is_member, is_listed);
        mark_members(p, row, is_member, 0);
    }
    if (!s->is_full)
        qsort(order, (size_t)m, sizeof *order, compare_openings);
    for (int32_t k = 0; !s->is_full && k < m; k++) {
        const opening *const o = &s->f.openings.at[order[k].opening];
        const int32_t row = row_of(p, o->col);
        if (row < 0 || s->sel.x[o->col] > 0)
            continue;
        mark_members(p, row, is_member, 1);
        const int32_t n_candidates =
            list_candidates(s, cols, n, is_member, is_listed, candidates);
        mark_members(p, row, is_member, 0);
        try_opening(s, candidates, n_candidates, o->least);
    }
    s->work += (uint64_t)m * (uint64_t)n / 64;
    arena_rewind(s->scratch, mark);
}
