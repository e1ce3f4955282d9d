// SPDX-License-Identifier: GPL-3.0-or-later
/* Who is on hand at a cell, counted once for all rows that ask. What counts is
 * who is *away*: such a column is raised by its row and wanted small, as every
 * auxiliary column is. */
#include "solve/families.h"

/* What a column of a cell counts, beside skills from 0 on. */
enum { KIND_AWAY = -1, KIND_NO_CAT1 = -2, KIND_REQUIRED = -3 };

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

static bool is_of_kind(const hand *h, int32_t kind) {
    if (kind >= 0)
        return h->skills >> kind & 1;
    return kind == KIND_NO_CAT1 ? h->category == STAFF_CAT1
                                : h->category != STAFF_OTHER;
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

int32_t hands_away(formulation *f, const day_cells *d, int32_t c) {
    return count_away(f, d, c, KIND_AWAY, d->cells[c].most_hands, "away");
}

int32_t hands_no_cat1(formulation *f, const day_cells *d, int32_t c) {
    return count_away(f, d, c, KIND_NO_CAT1, 1, "nocat");
}

int32_t hands_unskilled(formulation *f, const day_cells *d, int32_t c,
                        int32_t skill) {
    return count_away(f, d, c, skill, 1, "unskilled");
}

int32_t hands_required(const formulation *f, const day_cells *d, int32_t c) {
    return find(f, d, c, KIND_REQUIRED);
}

void hands_keep_required(formulation *f, const day_cells *d, int32_t c,
                         int32_t col) {
    keep(f, d, c, KIND_REQUIRED, col);
}
