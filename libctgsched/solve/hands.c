// SPDX-License-Identifier: GPL-3.0-or-later
/* Who is on hand at a cell, counted once for all rows that ask. What counts is
 * who is *away*: such a column is raised by its row and wanted small, as every
 * auxiliary column is. */
#include "solve/families.h"

/* What a column of a cell counts: a hand_set, or one of these; skills after. */
enum { KIND_NO_CAT1 = HANDS_DIRECTORS + 1, KIND_REQUIRED, KIND_SKILL };

struct cell_col {
    int16_t begin; /* of the cell */
    int32_t kind, col;
    struct cell_col *next;
};

bool hands_begin(formulation *f, arena *scratch) {
    if (f->n_duty_cols == 0)
        return true;
    f->cell_cols = ARENA_NEW(scratch, cell_col *, f->prob->n_days + 1);
    return f->cell_cols;
}

static int32_t find(const formulation *f, const day_cells *d, int32_t c,
                    int32_t kind) {
    for (const cell_col *at = f->cell_cols ? f->cell_cols[d->day] : NULL; at;
         at = at->next)
        if (at->kind == kind && at->begin == d->cells[c].begin)
            return at->col;
    return NONE;
}

static void keep(formulation *f, const day_cells *d, int32_t c, int32_t kind,
                 int32_t col) {
    if (!f->cell_cols)
        return;
    cell_col *const one = ARENA_NEW(f->program.mem, cell_col, 1);
    if (!one) {
        f->program.failed = true;
        return;
    }
    *one = (cell_col){d->cells[c].begin, kind, col, f->cell_cols[d->day]};
    f->cell_cols[d->day] = one;
}

static bool is_in_set(staff_category category, hand_set set) {
    switch (set) {
    case HANDS_PERSONS:
        return category != STAFF_OTHER;
    case HANDS_COUNTED:
        return category != STAFF_OTHER && category != STAFF_DIRECTOR;
    case HANDS_DIRECTORS:
        return category == STAFF_DIRECTOR;
    case HANDS_TRAINED:
        if (category == STAFF_TRAINEE)
            return true;
        break;
    case HANDS_QUALIFIED:
        break;
    }
    return category == STAFF_CAT1 || category == STAFF_CAT2 ||
           category == STAFF_QUALIFIED;
}

static bool is_of_kind(const hand *h, int32_t kind) {
    if (kind >= KIND_SKILL)
        return h->skills >> (kind - KIND_SKILL) & 1;
    return kind == KIND_NO_CAT1 ? h->category == STAFF_CAT1
                                : is_in_set(h->category, (hand_set)kind);
}

bool hand_is_in(const hand *h, hand_set set) {
    return is_in_set(h->category, set);
}

/* Hands follow by column, those of one employee follow each other. */
int64_t hands_most(const day_cells *d, int32_t c, hand_set set) {
    int32_t before = NONE;
    int64_t most = 0;
    for (int32_t k = 0; k < d->n_hands; k++) {
        const hand *const h = &d->hands[k];
        if (!hand_covers(h, c) || !is_in_set(h->category, set) ||
            h->employee == before)
            continue;
        most++;
        before = h->employee;
    }
    return most;
}

/* most - sum of those on hand <= column. */
static int32_t count_away(formulation *f, const day_cells *d, int32_t c,
                          int32_t kind, int64_t most, const char *what) {
    program *const p = &f->program;
    const int32_t before = find(f, d, c, kind);
    if (before != NONE)
        return before;
    const int32_t col = program_add_col(p, -1, 0, most, -1);
    program_name_col(p, col, "%s_%s_%d_%04d_%d", what, d->s->id, d->day,
                     d->cells[c].begin, kind);
    const int32_t row = cell_row(f, d, c, p->n_blocks++, -most, col, what);
    program_put(p, row, col, -1);
    for (int32_t k = 0; k < d->n_hands; k++)
        if (hand_covers(&d->hands[k], c) && is_of_kind(&d->hands[k], kind))
            program_put(p, row, d->hands[k].col, -1);
    keep(f, d, c, kind, col);
    return col;
}

/* Sets of equal size, one in the other, are equal: one column. */
static hand_set widest_equal(const day_cells *d, int32_t c, hand_set set,
                             int64_t most) {
    while (set != HANDS_DIRECTORS && set > HANDS_PERSONS &&
           hands_most(d, c, set - 1) == most)
        set--;
    return set;
}

int32_t hands_away(formulation *f, const day_cells *d, int32_t c,
                   hand_set set) {
    const int64_t most = hands_most(d, c, set);
    if (most == 0)
        return NONE;
    return count_away(f, d, c, (int32_t)widest_equal(d, c, set, most), most,
                      "away");
}

int32_t hands_no_cat1(formulation *f, const day_cells *d, int32_t c) {
    return count_away(f, d, c, KIND_NO_CAT1, 1, "nocat");
}

int32_t hands_unskilled(formulation *f, const day_cells *d, int32_t c,
                        int32_t skill) {
    return count_away(f, d, c, KIND_SKILL + skill, 1, "unskilled");
}

int32_t hands_required(const formulation *f, const day_cells *d, int32_t c) {
    return find(f, d, c, KIND_REQUIRED);
}

void hands_keep_required(formulation *f, const day_cells *d, int32_t c,
                         int32_t col) {
    keep(f, d, c, KIND_REQUIRED, col);
}
