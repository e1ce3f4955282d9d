// SPDX-License-Identifier: GPL-3.0-or-later
/* Ratio as rows. Where one group is read by sum_then_ceil it is one row over
 * options:
 *
 * (ratio.t) sum weight * (L / per) <= 1000 L counted(t),
 *
 * elsewhere staff_cell counts by integer columns. */
#include "solve/families.h"

static void fill_ratio_weights(const day_cells *d, int64_t *weight,
                               int64_t *special, int64_t common) {
    const rule *const r = d->law->ratio;
    for (int32_t k = 0; k < d->n_visits; k++) {
        const visit *const v = &d->visits[k];
        weight[k] = v->class_ < 0 ? 0
                                  : v->ratio_weight *
                                        (common / r->classes[v->class_].per);
        special[k] = v->adapting
                         ? 1000 * common * d->law->adaptation->staff_per_child
                         : weight[k];
    }
}

static void formulate_linear(formulation *f, const day_cells *d, int64_t *limit,
                             arena *scratch) {
    int64_t *const weight = ARENA_NEW(scratch, int64_t, d->n_visits + 1);
    int64_t *const special = ARENA_NEW(scratch, int64_t, d->n_visits + 1);
    if (!weight || !special) {
        f->program.failed = true;
        return;
    }
    const int64_t common = demand_common(d->law->ratio);
    fill_ratio_weights(d, weight, special, common);
    for (int32_t c = 0; c < d->n_cells; c++)
        if (limit[c] != PROGRAM_INFINITY)
            limit[c] =
                1000 * common * cells_supply(d, c, d->cells[c].most_heads);
    family fam = {.name = "ratio",
                  .detail = "",
                  .weight = weight,
                  .special = d->law->adaptation ? special : NULL,
                  .limit = limit,
                  .unit = 1000 * common,
                  .price = f->prob->prices.person_minute};
    family_emit(&fam, f, d, scratch);
}

void formulate_staff(formulation *f, const day_cells *d, arena *scratch) {
    if (d->n_visits == 0)
        return;
    const arena_mark mark = arena_here(scratch);
    int64_t *const limit = ARENA_NEW(scratch, int64_t, d->n_cells + 1);
    if (!limit) {
        f->program.failed = true;
        return;
    }
    const bool general_all = margin_is_asked(f, d->s);
    for (int32_t c = 0; c < d->n_cells; c++) {
        const bool linear = staff_is_linear(d, c) && !general_all;
        limit[c] = linear ? 0 : PROGRAM_INFINITY;
        if (!linear && staff_is_asked(d, c))
            staff_cell(f, d, c, false, true, scratch);
    }
    if (d->law->ratio)
        formulate_linear(f, d, limit, scratch);
    arena_rewind(scratch, mark);
}
