// SPDX-License-Identifier: GPL-3.0-or-later
/* Minimum as rows: where the staff present falls short of what any child, or
 * one child more than may be alone with one adult, asks for. */
#include "solve/families.h"

/* Persons missing when n > 0 children are there. */
static int64_t missing(const day_cells *d, const cell *at, int64_t n) {
    const rule *const m = d->law->minimum;
    const int64_t least = staff_least(m, d->s, n);
    bool category = d->s->places > m->cat1_above_places && at->cat1 == 0;
    const bool by_alone =
        d->s->places <= m->alone_max_places && n <= m->alone_max_children;
    if (by_alone && at->persons == 1)
        category |= !(m->alone_categories & at->categories);
    const int64_t hands = least - at->persons;
    return hands > 0 ? hands : category;
}

/* (minimum) priced: children who hold places are there with too few hands. */
static void minimum_short(formulation *f, const day_cells *d, int32_t c,
                          int64_t alone, arena *scratch) {
    const cell *const at = &d->cells[c];
    program *const p = &f->program;
    const int32_t block = p->n_blocks++;
    int32_t *const newcomers = ARENA_NEW(scratch, int32_t, d->n_visits + 1);
    if (!newcomers) {
        p->failed = true;
        return;
    }
    int32_t n = 0, present = 0;
    for (int32_t k = 0; k < d->n_visits; k++)
        if (visit_covers(&d->visits[k], c)) {
            present++;
            if (!d->visits[k].holds)
                newcomers[n++] = d->visits[k].col;
        }
    int64_t before = 0;
    f->can_be_short = true;
    for (int step = alone > 0 ? 0 : 1; step < 2; step++) {
        const int64_t free = step == 0 ? 0 : alone;
        const int64_t size = missing(d, at, free + 1);
        if (size == before)
            continue;
        const int32_t some = program_add_col(p, -1, 0, 1, -1);
        program_name_col(p, some, "minimum_short_%d", some);
        const int32_t row = cell_row(f, d, c, block, free, some, "minimum");
        for (int32_t k = 0; k < d->n_visits; k++)
            if (visit_covers(&d->visits[k], c))
                program_put(p, row, d->visits[k].col, 1);
        program_put(p, row, some, -present);
        goal_cost(f, GOAL_SHORTAGE, some,
                  (size - before) * f->prob->prices.person_minute *
                      (at->end - at->begin));
        const int32_t none =
            cell_row(f, d, c, block, n, -1, "minimum_nobody_new");
        for (int32_t k = 0; k < n; k++)
            program_put(p, none, newcomers[k], 1);
        program_put(p, none, some, n);
        before = size;
    }
}

void formulate_minimum(formulation *f, const day_cells *d, arena *scratch) {
    const rule *const m = d->law->minimum;
    if (!m || d->n_visits == 0)
        return;
    const arena_mark mark = arena_here(scratch);
    int64_t *const weight = ARENA_NEW(scratch, int64_t, d->n_visits + 1);
    int64_t *const limit = ARENA_NEW(scratch, int64_t, d->n_cells + 1);
    if (!weight || !limit) {
        f->program.failed = true;
        return;
    }
    for (int32_t k = 0; k < d->n_visits; k++)
        weight[k] = 1;
    const int64_t alone =
        d->s->places <= m->alone_max_places ? m->alone_max_children : 0;
    for (int32_t c = 0; c < d->n_cells; c++) {
        limit[c] = PROGRAM_INFINITY;
        if (missing(d, &d->cells[c], 1) > 0)
            limit[c] = 0;
        else if (missing(d, &d->cells[c], alone + 1) > 0)
            limit[c] = alone;
        if (limit[c] == PROGRAM_INFINITY)
            continue;
        int64_t held = 0;
        for (int32_t k = 0; k < d->n_visits; k++)
            held += d->visits[k].holds && visit_covers(&d->visits[k], c);
        if (held > limit[c]) {
            limit[c] = PROGRAM_INFINITY;
            minimum_short(f, d, c, alone, scratch);
        }
    }
    family fam = {
        .name = "minimum", .detail = "", .weight = weight, .limit = limit};
    family_emit(&fam, f, d, scratch);
    arena_rewind(scratch, mark);
}
