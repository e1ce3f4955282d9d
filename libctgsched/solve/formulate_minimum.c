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

/* --- where duties decide who is there
 * ---------------------------------------------------------- */

enum { FEW_HEADS = 12 };

/* A column that is 1 as soon as more than `free` heads are at the cell. */
static int32_t crowd_above(formulation *f, const day_cells *d, int32_t c,
                           int32_t block, int64_t free) {
    program *const p = &f->program;
    const int32_t some = program_add_col(p, -1, 0, 1, -1);
    program_name_col(p, some, "minimum_some_%d", some);
    int32_t last_request = NONE, row = NONE, n = 0;
    if (free > 0 || d->cells[c].most_heads > FEW_HEADS) {
        row = cell_row(f, d, c, block, free, some, "minimum_some");
        for (int32_t k = 0; k < d->n_visits; k++)
            if (visit_covers(&d->visits[k], c)) {
                program_put(p, row, d->visits[k].col, 1);
                n++;
            }
        program_put(p, row, some, -n);
        return some;
    }
    /* A row for each request: the relaxation then has somebody there as much
     * as anybody is. Where many may come their number asks for staff anyway. */
    for (int32_t k = 0; k < d->n_visits; k++) {
        const visit *const v = &d->visits[k];
        const int32_t r = f->option_cols[v->col].request;
        if (!visit_covers(v, c))
            continue;
        if (r != last_request) {
            row = cell_row(f, d, c, block, 0, some, "minimum_some");
            program_put(p, row, some, -1);
        }
        last_request = r;
        program_put(p, row, v->col, 1);
    }
    return some;
}

/* What each hand is worth in a row of the minimum. */
typedef enum hand_worth { WORTH_ONE, WORTH_CAT1, WORTH_ALONE } hand_worth;

static int64_t worth_alone(const day_cells *d, const hand *h) {
    const uint32_t alone = d->law->minimum->alone_categories;
    return h->category == STAFF_OTHER ? 0 : 1 + (alone >> h->category & 1);
}

/* least x some <= those there, by their worth, and what is short. */
static int32_t ask_hands(formulation *f, const day_cells *d, int32_t c,
                         int32_t block, int32_t some, int64_t least,
                         int64_t base, hand_worth by, int32_t z) {
    program *const p = &f->program;
    const int64_t most =
        by == WORTH_ONE ? d->cells[c].most_hands : by == WORTH_CAT1;
    const int32_t away = by == WORTH_ONE    ? hands_away(f, d, c, HANDS_PERSONS)
                         : by == WORTH_CAT1 ? hands_no_cat1(f, d, c)
                                            : NONE;
    const int32_t row = cell_row(f, d, c, block, base + most, z, "minimum");
    if (some >= 0)
        program_put(p, row, some, least);
    if (z >= 0)
        program_put(p, row, z, by == WORTH_ALONE ? -2 : -1);
    if (away != NONE)
        program_put(p, row, away, 1);
    for (int32_t k = 0; by == WORTH_ALONE && k < d->n_hands; k++) {
        const hand *const h = &d->hands[k];
        const int64_t worth = hand_covers(h, c) ? worth_alone(d, h) : 0;
        if (worth > 0)
            program_put(p, row, h->col, -worth);
    }
    return row;
}

/* Of those present without duties, by category. */
static int64_t base_alone(const day_cells *d, const cell *at) {
    const uint32_t alone = d->law->minimum->alone_categories;
    int64_t n = 0;
    for (int32_t k = 0; k < d->s->n_staff; k++) {
        const staff_entry *const e = &d->s->staff[k];
        n += (int64_t)(alone >> e->category & 1) *
             profile_at(&e->count, d->day, at->begin);
    }
    return n;
}

/* `many` is 1 only when so many come: where it would cost nothing. */
static void many_are_there(formulation *f, const day_cells *d, int32_t c,
                           int32_t block, int32_t many, int64_t least) {
    const int32_t row = cell_row(f, d, c, block, 0, -1, "minimum_many");
    program_put(&f->program, row, many, least);
    for (int32_t k = 0; k < d->n_visits; k++)
        if (visit_covers(&d->visits[k], c))
            program_put(&f->program, row, d->visits[k].col, -1);
}

static int32_t minimum_z(formulation *f, const day_cells *d, int32_t c,
                         int32_t block) {
    bool any = false;
    for (int32_t k = 0; k < d->n_visits; k++)
        any |= d->visits[k].holds && visit_covers(&d->visits[k], c);
    if (!any)
        return -1;
    const cell *const at = &d->cells[c];
    const int64_t most =
        d->law->minimum->min_staff > 1 ? d->law->minimum->min_staff : 1;
    return shortage_col(f, block, most,
                        f->prob->prices.person_minute * (at->end - at->begin));
}

/* (minimum) with hands: 1 for whoever may be alone, min_staff above; category
 * 1 in large structures; the one who is alone of a category that may be. */
static void minimum_of_hands(formulation *f, const day_cells *d, int32_t c,
                             arena *scratch) {
    const rule *const m = d->law->minimum;
    const cell *const at = &d->cells[c];
    program *const p = &f->program;
    const int64_t alone =
        d->s->places <= m->alone_max_places ? m->alone_max_children : 0;
    const int32_t block = p->n_blocks++;
    const int32_t some = crowd_above(f, d, c, block, 0);
    const int32_t many = alone > 0 ? crowd_above(f, d, c, block, alone) : -1;
    const int32_t z = minimum_z(f, d, c, block);
    const int64_t least = alone > 0 ? 1 : m->min_staff;
    const int32_t row =
        ask_hands(f, d, c, block, some, least, at->persons, WORTH_ONE, z);
    if (many >= 0)
        program_put(p, row, many, m->min_staff - 1);
    if (d->s->places > m->cat1_above_places && at->cat1 == 0)
        ask_hands(f, d, c, block, some, 1, 0, WORTH_CAT1, z);
    if (alone > 0) {
        const int32_t one =
            ask_hands(f, d, c, block, some, 2, at->persons + base_alone(d, at),
                      WORTH_ALONE, z);
        program_put(p, one, many, -1); /* nobody is alone with so many */
        if (m->min_staff < 2)
            many_are_there(f, d, c, block, many, alone + 1);
    }
    if (z < 0)
        return;
    int32_t *const newcomers = ARENA_NEW(scratch, int32_t, d->n_visits + 1);
    int32_t n = 0;
    for (int32_t k = 0; newcomers && k < d->n_visits; k++)
        if (visit_covers(&d->visits[k], c) && !d->visits[k].holds)
            newcomers[n++] = d->visits[k].col;
    p->failed |= !newcomers;
    if (newcomers)
        shortage_gate(f, block, z, m->min_staff > 1 ? m->min_staff : 1,
                      newcomers, n);
}

static bool is_visited(const day_cells *d, int32_t c) {
    for (int32_t k = 0; k < d->n_visits; k++)
        if (visit_covers(&d->visits[k], c))
            return true;
    return false;
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
        if (d->cells[c].most_hands > 0) {
            if (is_visited(d, c))
                minimum_of_hands(f, d, c, scratch);
            continue;
        }
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
