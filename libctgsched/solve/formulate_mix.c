// SPDX-License-Identifier: GPL-3.0-or-later
/* Mix as rows: the share of category 1 in what a month requires. */
#include "solve/families.h"

typedef struct month_mix {
    int64_t cat1_minutes;
    int64_t most_required; /* minutes times each day's percentage */
    bool any;
} month_mix;

static bool counts_for_mix(const day_cells *d, int32_t c) {
    return d->law->cat1_share &&
           profile_at(&d->s->open, d->day, d->cells[c].begin);
}

static int64_t most_counted(const day_cells *d, int32_t c) {
    const int64_t held = staff_held(d, c);
    const int64_t there = d->cells[c].persons + d->cells[c].most_hands;
    return held > there ? held : there;
}

static bool survey_part(month_mix *out, const formulation *f, int32_t structure,
                        int32_t day, day_part part,
                        const structure_visits *index, arena *scratch) {
    const arena_mark mark = arena_here(scratch);
    day_cells d;
    if (!cells_build_part(&d, f, structure, day, part, index, scratch))
        return false;
    for (int32_t c = 0; c < d.n_cells; c++) {
        if (!counts_for_mix(&d, c))
            continue;
        const int64_t dt = d.cells[c].end - d.cells[c].begin;
        out->any = true;
        out->cat1_minutes += d.cells[c].cat1 * dt;
        out->most_required +=
            d.law->cat1_share->min_pct * dt * most_counted(&d, c);
    }
    arena_rewind(scratch, mark);
    return true;
}

/* Cat.1 minutes, and what could be required at most, in a month. */
static bool survey_month(month_mix *out, const formulation *f,
                         int32_t structure, int32_t month,
                         const structure_visits *index, arena *scratch) {
    *out = (month_mix){0};
    for (int32_t day = 0; day < f->prob->n_days; day++) {
        if (civil_month(f->prob->days[day]) != month)
            continue;
        for (int32_t at = 0; at < 24 * 60;) {
            const day_part part =
                cells_part(&f->prob->structures[structure], day, at);
            at = part.end;
            if (!survey_part(out, f, structure, day, part, index, scratch))
                return false;
        }
    }
    return true;
}

static int32_t month_newcomers(int32_t *out, const formulation *f,
                               int32_t structure, int32_t month) {
    int32_t n = 0;
    for (int32_t j = 0; j < f->n_option_cols; j++) {
        const option_col oc = f->option_cols[j];
        const request *const r = &f->prob->requests[oc.request];
        const option *const o = &r->options[oc.option];
        bool there = false;
        for (int32_t k = 0; k < o->n_presences && !there; k++)
            there = o->presences[k].structure == structure &&
                    civil_month(f->prob->days[o->presences[k].day]) == month;
        if (there && oc.option != r->held)
            out[n++] = j;
    }
    return n;
}

static bool holds_in(const formulation *f, int32_t structure) {
    for (int32_t j = 0; j < f->n_option_cols; j++) {
        const option_col oc = f->option_cols[j];
        const request *const r = &f->prob->requests[oc.request];
        if (oc.option == r->held &&
            option_visits(&r->options[oc.option], structure))
            return true;
    }
    return false;
}

/* Minutes of category 1 that duties add. */
static void put_cat1(formulation *f, int32_t row, const day_cells *d,
                     int32_t c) {
    for (int32_t k = 0; k < d->n_hands; k++)
        if (hand_covers(&d->hands[k], c) && d->hands[k].category == STAFF_CAT1)
            program_put(&f->program, row, d->hands[k].col,
                        -(int64_t)100 * (d->cells[c].end - d->cells[c].begin));
}

/* The staff that a part of a day requires, with its share of the minutes. */
static bool put_part(formulation *f, int32_t row, int32_t structure,
                     int32_t day, day_part part, const structure_visits *index,
                     arena *scratch) {
    const arena_mark mark = arena_here(scratch);
    day_cells d;
    if (!cells_build_part(&d, f, structure, day, part, index, scratch))
        return false;
    for (int32_t c = 0; c < d.n_cells; c++) {
        if (!counts_for_mix(&d, c))
            continue;
        put_cat1(f, row, &d, c);
        if (!staff_is_asked(&d, c))
            continue;
        const int32_t required = staff_cell(f, &d, c, true, false, scratch);
        program_put(&f->program, row, required,
                    (int64_t)d.law->cat1_share->min_pct *
                        (d.cells[c].end - d.cells[c].begin));
    }
    arena_rewind(scratch, mark);
    return true;
}

/* (mix) min_pct * required minutes <= 100 * Cat.1 minutes, a month. */
static bool emit_month(formulation *f, int32_t structure, int32_t month,
                       const month_mix *m, const structure_visits *index,
                       arena *scratch) {
    program *const p = &f->program;
    const int32_t block = p->n_blocks++;
    const int64_t most =
        ceil_div(m->most_required - 100 * m->cat1_minutes, 100);
    const int32_t z =
        holds_in(f, structure)
            ? shortage_col(f, block, most, f->prob->prices.mix_minute)
            : -1;
    const int32_t row =
        program_add_row(p, -PROGRAM_INFINITY, 100 * m->cat1_minutes, z, block);
    program_name_row(p, row, "mix_%s_%d", f->prob->structures[structure].id,
                     month);
    if (z >= 0)
        program_put(p, row, z, -100);
    for (int32_t day = 0; day < f->prob->n_days; day++) {
        if (civil_month(f->prob->days[day]) != month)
            continue;
        for (int32_t at = 0; at < 24 * 60;) {
            const day_part part =
                cells_part(&f->prob->structures[structure], day, at);
            at = part.end;
            if (!put_part(f, row, structure, day, part, index, scratch))
                return false;
        }
    }
    if (z < 0)
        return true;
    int32_t *const newcomers =
        ARENA_NEW(scratch, int32_t, f->n_option_cols + 1);
    if (!newcomers)
        return false;
    shortage_gate(f, block, z, most, newcomers,
                  month_newcomers(newcomers, f, structure, month));
    return true;
}

bool formulate_mix(formulation *f, int32_t structure,
                   const structure_visits *index, arena *scratch) {
    int32_t month = -1;
    for (int32_t day = 0; day < f->prob->n_days; day++) {
        const int32_t here = civil_month(f->prob->days[day]);
        if (here == month)
            continue;
        month = here;
        month_mix m;
        if (!survey_month(&m, f, structure, month, index, scratch))
            return false;
        if (m.any && m.most_required > 100 * m.cat1_minutes &&
            !emit_month(f, structure, month, &m, index, scratch))
            return false;
    }
    return true;
}
