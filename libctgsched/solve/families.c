// SPDX-License-Identifier: GPL-3.0-or-later
/* Rows over cells, less the dominated ones.
 *
 * Cell t is dominated by cell u when every visit of t also covers u and the
 * limit of u is not larger: visits are intervals, so the cells covered by all
 * visits of t form an interval, and one pass finds it. On instances of crèches
 * this drops most rows before anything is solved. */
#include "solve/families.h"

#include <assert.h>

int32_t objective_of(const problem *prob, goal_id goal, int64_t *weight) {
    for (int32_t k = 0; k < prob->goals.n; k++)
        if (prob->goals.terms[k].goal == goal) {
            *weight = prob->goals.weighted ? prob->goals.terms[k].weight : 1;
            return prob->goals.weighted ? 0 : k;
        }
    return -1;
}

void goal_cost(formulation *f, goal_id goal, int32_t col, int64_t value) {
    int64_t weight;
    const int32_t at = objective_of(f->prob, goal, &weight);
    if (at >= 0)
        program_add_cost(&f->program, at, col, weight * value);
}

int32_t shortage_col(formulation *f, int32_t block, int64_t most,
                     int64_t cost) {
    (void)block;
    f->can_be_short = true;
    const int32_t z = program_add_col(&f->program, -1, 0, most, -1);
    goal_cost(f, GOAL_SHORTAGE, z, cost);
    return z;
}

void shortage_gate(formulation *f, int32_t block, int32_t z, int64_t most,
                   const int32_t *newcomers, int32_t n_newcomers) {
    program *const p = &f->program;
    if (n_newcomers == 0)
        return;
    const int32_t s = program_add_col(p, -1, 0, 1, -1);
    program_name_col(p, s, "short_%d", s);
    const int32_t gate = program_add_row(p, -PROGRAM_INFINITY, 0, s, block);
    program_put(p, gate, z, 1);
    program_put(p, gate, s, -most);
    program_name_row(p, gate, "short_gate_%d", gate);
    const int32_t none =
        program_add_row(p, -PROGRAM_INFINITY, n_newcomers, -1, block);
    for (int32_t k = 0; k < n_newcomers; k++)
        program_put(p, none, newcomers[k], 1);
    program_put(p, none, s, n_newcomers);
    program_name_row(p, none, "short_nobody_new_%d", none);
}

typedef struct family_cells {
    int32_t *lo, *hi;  /* cells covered by every visit of the cell: [lo, hi) */
    int64_t *held_max; /* weight of all children who hold a place there */
    bool *may_short;
    int32_t *n_visits;
} family_cells;

static int64_t weight_at(const family *fam, const day_cells *d, int32_t v,
                         int32_t c) {
    return fam->special && d->cells[c].adaptation ? fam->special[v]
                                                  : fam->weight[v];
}

static bool survey(family_cells *out, const family *fam, const day_cells *d,
                   arena *scratch) {
    const int32_t n = d->n_cells;
    out->lo = ARENA_NEW(scratch, int32_t, n + 1);
    out->hi = ARENA_NEW(scratch, int32_t, n + 1);
    out->held_max = ARENA_NEW(scratch, int64_t, n + 1);
    out->may_short = ARENA_NEW(scratch, bool, n + 1);
    out->n_visits = ARENA_NEW(scratch, int32_t, n + 1);
    if (!out->lo || !out->hi || !out->held_max || !out->may_short ||
        !out->n_visits)
        return false;
    for (int32_t c = 0; c < n; c++) {
        out->lo[c] = 0;
        out->hi[c] = n;
    }
    for (int32_t k = 0; k < d->n_visits; k++) {
        const visit *const v = &d->visits[k];
        if (fam->weight[k] < 0)
            continue;
        for (int32_t c = v->first; c < v->last; c++) {
            out->lo[c] = v->first > out->lo[c] ? v->first : out->lo[c];
            out->hi[c] = v->last < out->hi[c] ? v->last : out->hi[c];
            out->held_max[c] += v->holds ? weight_at(fam, d, k, c) : 0;
            out->n_visits[c]++;
        }
    }
    for (int32_t c = 0; c < n; c++)
        out->may_short[c] = fam->unit > 0 &&
                            fam->limit[c] != PROGRAM_INFINITY &&
                            out->held_max[c] > fam->limit[c];
    return true;
}

static bool covers_all(const family_cells *s, int32_t t, int32_t u) {
    return u >= s->lo[t] && u < s->hi[t];
}

static bool is_dominated(const family *fam, const family_cells *s,
                         const day_cells *d, int32_t t) {
    if (s->may_short[t])
        return false;
    for (int32_t u = s->lo[t]; u < s->hi[t]; u++) {
        if (u == t || s->may_short[u] || fam->limit[u] > fam->limit[t])
            continue;
        if (fam->special && d->cells[u].adaptation != d->cells[t].adaptation)
            continue;
        const bool equal =
            fam->limit[u] == fam->limit[t] && covers_all(s, u, t);
        if (!equal || u < t)
            return true;
    }
    return false;
}

static int32_t newcomers_at(int32_t *out, const family *fam, const day_cells *d,
                            int32_t c) {
    int32_t n = 0;
    for (int32_t k = 0; k < d->n_visits; k++) {
        const visit *const v = &d->visits[k];
        const bool in_scope = !fam->scope_is_weight || fam->weight[k] >= 0;
        if (in_scope && !v->holds && v->first <= c && c < v->last)
            out[n++] = v->col;
    }
    return n;
}

static void emit_cell(const family *fam, const family_cells *s, formulation *f,
                      const day_cells *d, int32_t c, arena *scratch) {
    program *const p = &f->program;
    int32_t z = -1;
    int64_t most = 0;
    const int32_t block = s->may_short[c] ? p->n_blocks++ : -1;
    if (s->may_short[c]) {
        most = ceil_div(s->held_max[c] - fam->limit[c], fam->unit);
        const cell *const at = &d->cells[c];
        z = shortage_col(f, block, most, fam->price * (at->end - at->begin));
    }
    const int32_t row =
        program_add_row(p, -PROGRAM_INFINITY, fam->limit[c], z, block);
    program_name_row(p, row, "%s_%s%s%s_%d_%04d", fam->name, d->s->id,
                     fam->detail[0] ? "_" : "", fam->detail, d->day,
                     d->cells[c].begin);
    for (int32_t k = 0; k < d->n_visits; k++)
        if (fam->weight[k] >= 0 && d->visits[k].first <= c &&
            c < d->visits[k].last)
            program_put(p, row, d->visits[k].col, weight_at(fam, d, k, c));
    if (z < 0)
        return;
    program_put(p, row, z, -fam->unit);
    int32_t *const newcomers = ARENA_NEW(scratch, int32_t, d->n_visits + 1);
    if (!newcomers) {
        p->failed = true;
        return;
    }
    shortage_gate(f, block, z, most, newcomers,
                  newcomers_at(newcomers, fam, d, c));
}

void family_emit(family *fam, formulation *f, const day_cells *d,
                 arena *scratch) {
    family_cells s;
    const arena_mark mark = arena_here(scratch);
    if (!survey(&s, fam, d, scratch)) {
        f->program.failed = true;
        return;
    }
    for (int32_t c = 0; c < d->n_cells; c++)
        if (fam->limit[c] != PROGRAM_INFINITY && s.n_visits[c] > 0 &&
            !is_dominated(fam, &s, d, c))
            emit_cell(fam, &s, f, d, c, scratch);
    arena_rewind(scratch, mark);
}
