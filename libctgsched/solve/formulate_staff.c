// SPDX-License-Identifier: GPL-3.0-or-later
/* Ratio, minimum and mix as rows.
 *
 * Where one group is read by sum_then_ceil, the ratio is one row over options:
 * (ratio.t) sum weight * (L / per) <= 1000 L counted(t). Elsewhere integer
 * columns count the staff of each group; they are computed by their block. */
#include "solve/families.h"

#include <assert.h>

ratio_reading reading_of(const structure *s, const rule *ratio) {
    return s->has_rounding ? s->rounding : ratio->rounding;
}

static bool has_one_room(const day_cells *d, int32_t c) {
    for (int32_t k = 1; k < d->s->n_sections; k++)
        if (cells_room(d, c, k) != cells_room(d, c, 0))
            return false;
    return true;
}

bool staff_is_linear(const day_cells *d, int32_t c) {
    return d->law->ratio && reading_of(d->s, d->law->ratio) == SUM_THEN_CEIL &&
           !d->cells[c].out &&
           (d->s->scope == SCOPE_STRUCTURE || has_one_room(d, c));
}

bool margin_is_asked(const formulation *f, const structure *s) {
    int64_t weight;
    return s->floor_ratio_margin > 0 &&
           objective_of(f->prob, GOAL_FLOORS, &weight) >= 0;
}

/* --- groups of children at one cell --------------------------------------- */

/* Groups are numbered: outings in the file's order, then rooms (or one). */
static int32_t group_of(const day_cells *d, int32_t c, const visit *v) {
    const structure *const s = d->s;
    for (int32_t k = 0; d->law->outing && k < s->n_outings; k++) {
        if (!profile_covers(&s->outings[k].when, d->day, d->cells[c].begin))
            continue;
        const uint64_t taken = s->outings[k].sections;
        if (taken == UINT64_MAX ||
            (v->section >= 0 && (taken >> v->section & 1)))
            return k;
    }
    if (s->scope == SCOPE_STRUCTURE || v->section < 0)
        return s->n_outings;
    return s->n_outings + 1 + cells_room(d, c, v->section);
}

static int32_t n_groups(const day_cells *d) {
    return d->s->n_outings + 1 + d->s->n_sections;
}

static bool is_out(const day_cells *d, int32_t group) {
    return group < d->s->n_outings;
}

/* In adaptation at the cell: looked after alone, in no group. */
static bool is_alone(const day_cells *d, int32_t c, const visit *v) {
    return v->adapting && d->cells[c].adaptation;
}

static bool covers(const visit *v, int32_t c) {
    return v->first <= c && c < v->last;
}

static int32_t class_in(const day_cells *d, const visit *v, int32_t group) {
    if (!is_out(d, group))
        return v->class_;
    const option_col oc = d->f->option_cols[v->col];
    const child *const who =
        &d->f->prob->children[d->f->prob->requests[oc.request].child];
    return cells_class(d->f->prob, d->law->outing, who,
                       d->f->prob->days[d->day]);
}

static const rule *rule_of(const day_cells *d, int32_t group) {
    return is_out(d, group) ? d->law->outing : d->law->ratio;
}

static ratio_reading group_reading(const day_cells *d, int32_t group) {
    return is_out(d, group) ? d->law->outing->rounding
                            : reading_of(d->s, d->law->ratio);
}

static int64_t least_present(const rule *minimum, const structure *s,
                             int64_t n) {
    if (!minimum || n == 0)
        return 0;
    if (s->places <= minimum->alone_max_places &&
        n <= minimum->alone_max_children)
        return 1;
    return minimum->min_staff;
}

static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }

/* Staff required if exactly the children who hold a place were there. */
static int64_t held_required(const day_cells *d, int32_t c) {
    int64_t alone = 0, out = 0, inside = 0, inside_heads = 0;
    bool out_used = false;
    for (int32_t g = 0; g < n_groups(d); g++) {
        int64_t load[MAX_CLASSES] = {0}, heads = 0;
        for (int32_t k = 0; k < d->n_visits; k++) {
            const visit *const v = &d->visits[k];
            if (!v->holds || !covers(v, c) || group_of(d, c, v) != g)
                continue;
            heads++;
            if (is_alone(d, c, v)) {
                alone += d->law->adaptation->staff_per_child;
                continue;
            }
            const int32_t at = class_in(d, v, g);
            if (at >= 0)
                load[at] += v->ratio_weight;
        }
        const int64_t asked =
            rule_of(d, g)
                ? demand_required(rule_of(d, g), group_reading(d, g), load)
                : 0;
        if (is_out(d, g) && heads) {
            out += larger(asked, d->law->outing->min_staff);
            out_used = true;
        } else if (!is_out(d, g)) {
            inside += asked;
            inside_heads += heads;
        }
    }
    if (out_used)
        inside =
            larger(inside, least_present(d->law->minimum, d->s, inside_heads));
    return alone + out + inside;
}

/* --- one cell in the general form ------------------------------------------
 */

typedef struct staff_block {
    formulation *f;
    const day_cells *d;
    int32_t c, block;
    int64_t most; /* upper bound of every count of staff */
    int32_t n_terms;
    int32_t terms[4 * MAX_CLASSES * 8]; /* columns whose sum is required */
} staff_block;

enum { MAX_TERMS = 4 * MAX_CLASSES * 8 };

static int32_t count_col(staff_block *b, const char *what) {
    const int32_t col = program_add_col(&b->f->program, -1, 0, b->most, -1);
    program_name_col(&b->f->program, col, "%s_%s_%d_%04d_%d", what, b->d->s->id,
                     b->d->day, b->d->cells[b->c].begin, col);
    return col;
}

static int32_t block_row(staff_block *b, int64_t upper, int32_t owner,
                         const char *what) {
    const int32_t row = program_add_row(&b->f->program, -PROGRAM_INFINITY,
                                        upper, owner, b->block);
    program_name_row(&b->f->program, row, "%s_%s_%d_%04d_%d", what, b->d->s->id,
                     b->d->day, b->d->cells[b->c].begin, row);
    return row;
}

static void put_group(staff_block *b, int32_t row, int32_t group,
                      int32_t class_, int64_t factor) {
    for (int32_t k = 0; k < b->d->n_visits; k++) {
        const visit *const v = &b->d->visits[k];
        if (covers(v, b->c) && !is_alone(b->d, b->c, v) &&
            group_of(b->d, b->c, v) == group &&
            class_in(b->d, v, group) == class_)
            program_put(&b->f->program, row, v->col, v->ratio_weight * factor);
    }
}

static void put_heads(staff_block *b, int32_t row, bool out, int32_t group) {
    for (int32_t k = 0; k < b->d->n_visits; k++) {
        const visit *const v = &b->d->visits[k];
        if (!covers(v, b->c))
            continue;
        const int32_t g = group_of(b->d, b->c, v);
        if (out ? g == group : !is_out(b->d, g))
            program_put(&b->f->program, row, v->col, 1);
    }
}

static void read_sum(staff_block *b, const rule *r, int32_t group) {
    const int64_t common = demand_common(r);
    const int32_t staff = count_col(b, "staff");
    const int32_t row = block_row(b, 0, staff, "reading");
    for (int32_t k = 0; k < r->n_classes; k++)
        put_group(b, row, group, k, common / r->classes[k].per);
    program_put(&b->f->program, row, staff, -1000 * common);
    b->terms[b->n_terms++] = staff;
}

static void read_each(staff_block *b, const rule *r, int32_t group) {
    for (int32_t k = 0; k < r->n_classes; k++) {
        const int32_t staff = count_col(b, "staff");
        const int32_t row = block_row(b, 0, staff, "reading");
        put_group(b, row, group, k, 1);
        program_put(&b->f->program, row, staff,
                    -(int64_t)1000 * r->classes[k].per);
        b->terms[b->n_terms++] = staff;
    }
}

static void read_fill(staff_block *b, const rule *r, int32_t group) {
    int32_t order[MAX_CLASSES];
    demand_order(r, order);
    const int32_t first = b->n_terms;
    for (int32_t k = 0; k < r->n_classes; k++) {
        b->terms[b->n_terms++] = count_col(b, "staff");
        const int32_t row = block_row(b, 0, b->terms[first + k], "reading");
        for (int32_t i = 0; i <= k; i++) {
            put_group(b, row, group, order[i], 1);
            program_put(&b->f->program, row, b->terms[first + i],
                        -(int64_t)1000 * r->classes[order[i]].per);
        }
    }
}

static bool group_is_used(const staff_block *b, int32_t group,
                          bool count_alone) {
    for (int32_t k = 0; k < b->d->n_visits; k++)
        if (covers(&b->d->visits[k], b->c) &&
            (count_alone || !is_alone(b->d, b->c, &b->d->visits[k])) &&
            group_of(b->d, b->c, &b->d->visits[k]) == group)
            return true;
    return false;
}

static void read_group(staff_block *b, int32_t group) {
    const rule *const r = rule_of(b->d, group);
    if (!r || !group_is_used(b, group, false) ||
        b->n_terms + MAX_CLASSES > MAX_TERMS)
        return;
    switch (group_reading(b->d, group)) {
    case CEIL_EACH:
        read_each(b, r, group);
        break;
    case MIXED_GROUP_FILL:
        read_fill(b, r, group);
        break;
    default:
        read_sum(b, r, group);
    }
}

static void put_terms(staff_block *b, int32_t row, int32_t from) {
    for (int32_t k = from; k < b->n_terms; k++)
        program_put(&b->f->program, row, b->terms[k], 1);
}

/* A column at least `least` as soon as more than `free` heads are there. */
static void at_least_when(staff_block *b, int32_t staff, int64_t least,
                          int64_t free, bool out, int32_t group) {
    if (least <= 0)
        return;
    program *const p = &b->f->program;
    const int32_t some = program_add_col(p, -1, 0, 1, -1);
    program_name_col(p, some, "some_%d", some);
    const int32_t row = block_row(b, free, some, "some");
    put_heads(b, row, out, group);
    program_put(p, row, some, -b->d->n_visits);
    const int32_t need = block_row(b, 0, staff, "least");
    program_put(p, need, some, least);
    program_put(p, need, staff, -1);
}

/* Replaces the terms since `from` by one column that is also at least the
 * minimum of the heads. */
static void lift_to_minimum(staff_block *b, int32_t from, bool out,
                            int32_t group) {
    const int32_t staff = count_col(b, "group");
    const int32_t row = block_row(b, 0, staff, "group");
    put_terms(b, row, from);
    program_put(&b->f->program, row, staff, -1);
    const rule *const m = b->d->law->minimum;
    if (out)
        at_least_when(b, staff, b->d->law->outing->min_staff, 0, out, group);
    else if (m) {
        const bool alone =
            b->d->s->places <= m->alone_max_places && m->alone_max_children > 0;
        at_least_when(b, staff, alone ? 1 : m->min_staff, 0, out, group);
        if (alone)
            at_least_when(b, staff, m->min_staff, m->alone_max_children, out,
                          group);
    }
    b->terms[from] = staff;
    b->n_terms = from + 1;
}

static void put_alone(staff_block *b, int32_t row) {
    for (int32_t k = 0; k < b->d->n_visits; k++) {
        const visit *const v = &b->d->visits[k];
        if (covers(v, b->c) && is_alone(b->d, b->c, v))
            program_put(&b->f->program, row, v->col,
                        b->d->law->adaptation->staff_per_child);
    }
}

static void limit_staff(staff_block *b, int64_t held, arena *scratch) {
    formulation *const f = b->f;
    const cell *const at = &b->d->cells[b->c];
    int32_t z = -1;
    const int64_t most = held - at->counted;
    if (most > 0)
        z = shortage_col(f, b->block, most,
                         f->prob->prices.person_minute * (at->end - at->begin));
    const int32_t row = block_row(b, at->counted, z, "ratio");
    put_alone(b, row);
    put_terms(b, row, 0);
    if (z < 0)
        return;
    program_put(&f->program, row, z, -1);
    int32_t *const newcomers = ARENA_NEW(scratch, int32_t, b->d->n_visits + 1);
    int32_t n = 0;
    for (int32_t k = 0; newcomers && k < b->d->n_visits; k++)
        if (covers(&b->d->visits[k], b->c) && !b->d->visits[k].holds)
            newcomers[n++] = b->d->visits[k].col;
    f->program.failed |= !newcomers;
    shortage_gate(f, b->block, z, most, newcomers, n);
}

/* A column that equals the sum of the terms and the staff taken by
 * adaptations. */
static int32_t sum_col(staff_block *b) {
    const int32_t total = count_col(b, "required");
    const int32_t row = block_row(b, 0, total, "required");
    put_alone(b, row);
    put_terms(b, row, 0);
    program_put(&b->f->program, row, total, -1);
    return total;
}

/* (floor.margin) required + m - counted <= units, beyond what is so anyway. */
static void price_margin(staff_block *b) {
    const structure *const s = b->d->s;
    const cell *const at = &b->d->cells[b->c];
    const int64_t idle = larger(0, s->floor_ratio_margin - at->counted);
    const int32_t required = sum_col(b);
    const int32_t units = count_col(b, "margin");
    const int32_t row = block_row(b, at->counted - s->floor_ratio_margin + idle,
                                  units, "margin");
    program_put(&b->f->program, row, required, 1);
    program_put(&b->f->program, row, units, -1);
    goal_cost(b->f, GOAL_FLOORS, units, at->end - at->begin);
}

int32_t staff_cell(formulation *f, const day_cells *d, int32_t c,
                   bool want_required, bool with_limit, arena *scratch) {
    const int64_t held = held_required(d, c);
    staff_block b = {.f = f, .d = d, .c = c, .block = f->program.n_blocks++};
    b.most = larger(held, d->cells[c].counted) + d->s->floor_ratio_margin + 64;
    int32_t readings = -1;
    for (int32_t g = d->s->n_outings; g < n_groups(d); g++)
        read_group(&b, g);
    const int32_t inside = b.n_terms;
    if (want_required) {
        /* The mix counts readings only: outings too, but no minimum. */
        staff_block all = b;
        for (int32_t g = 0; g < d->s->n_outings; g++)
            read_group(&all, g);
        readings = sum_col(&all);
        b.n_terms = inside;
    }
    if (!with_limit)
        return readings;
    if (d->cells[c].out) {
        lift_to_minimum(&b, 0, false, -1);
        for (int32_t g = 0; g < d->s->n_outings; g++) {
            const int32_t from = b.n_terms;
            read_group(&b, g);
            if (group_is_used(&b, g, true))
                lift_to_minimum(&b, from, true, g);
        }
    }
    limit_staff(&b, held, scratch);
    if (margin_is_asked(f, d->s))
        price_margin(&b);
    return readings;
}

/* --- the families of a day ---------------------------------------------------
 */

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

static bool is_visited(const day_cells *d, int32_t c) {
    for (int32_t k = 0; k < d->n_visits; k++)
        if (covers(&d->visits[k], c))
            return true;
    return false;
}

/* Without a ratio only adaptations and outings ask for staff. */
static bool asks_staff(const day_cells *d, int32_t c) {
    if (d->law->ratio || d->cells[c].out)
        return is_visited(d, c);
    for (int32_t k = 0; k < d->n_visits; k++)
        if (covers(&d->visits[k], c) && is_alone(d, c, &d->visits[k]))
            return true;
    return false;
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
            limit[c] = 1000 * common * d->cells[c].counted;
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
        if (!linear && asks_staff(d, c))
            staff_cell(f, d, c, false, true, scratch);
    }
    if (d->law->ratio)
        formulate_linear(f, d, limit, scratch);
    arena_rewind(scratch, mark);
}

/* --- minimum
 * ------------------------------------------------------------------ */

/* Persons missing when n > 0 children are there. */
static int64_t missing(const day_cells *d, const cell *at, int64_t n) {
    const rule *const m = d->law->minimum;
    const int64_t least = least_present(m, d->s, n);
    bool category = d->s->places > m->cat1_above_places && at->cat1 == 0;
    const bool by_alone =
        d->s->places <= m->alone_max_places && n <= m->alone_max_children;
    if (by_alone && at->counted == 1) {
        const uint32_t there = at->cat1 ? 1u << STAFF_CAT1 : 1u << STAFF_CAT2;
        category |= !(m->alone_categories & there);
    }
    return larger(least - at->counted, category ? 1 : 0);
}

/* (minimum) priced: children who hold places are there with too few hands. */
static void minimum_short(formulation *f, const day_cells *d, int32_t c,
                          int64_t alone, arena *scratch) {
    const cell *const at = &d->cells[c];
    staff_block b = {
        .f = f, .d = d, .c = c, .block = f->program.n_blocks++, .most = 1};
    program *const p = &f->program;
    int32_t *const newcomers = ARENA_NEW(scratch, int32_t, d->n_visits + 1);
    if (!newcomers) {
        p->failed = true;
        return;
    }
    int32_t n = 0, present = 0;
    for (int32_t k = 0; k < d->n_visits; k++)
        if (covers(&d->visits[k], c)) {
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
        const int32_t row = block_row(&b, free, some, "minimum");
        for (int32_t k = 0; k < d->n_visits; k++)
            if (covers(&d->visits[k], c))
                program_put(p, row, d->visits[k].col, 1);
        program_put(p, row, some, -present);
        goal_cost(f, GOAL_SHORTAGE, some,
                  (size - before) * f->prob->prices.person_minute *
                      (at->end - at->begin));
        const int32_t none = block_row(&b, n, -1, "minimum_nobody_new");
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
            held += d->visits[k].holds && covers(&d->visits[k], c);
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

/* --- mix
 * ---------------------------------------------------------------------- */

typedef struct month_mix {
    int64_t cat1_minutes;
    int64_t most_required; /* minutes times each day's percentage */
    bool any;
} month_mix;

static bool counts_for_mix(const day_cells *d, int32_t c) {
    return d->law->cat1_share &&
           profile_at(&d->s->open, d->day, d->cells[c].begin);
}

/* Cat.1 minutes, and what could be required at most, in a month. */
static bool survey_month(month_mix *out, const formulation *f,
                         int32_t structure, int32_t month,
                         const structure_visits *index, arena *scratch) {
    *out = (month_mix){0};
    for (int32_t day = 0; day < f->prob->n_days; day++) {
        if (civil_month(f->prob->days[day]) != month)
            continue;
        const arena_mark mark = arena_here(scratch);
        day_cells d;
        if (!cells_build(&d, f, structure, day, index, scratch))
            return false;
        for (int32_t c = 0; c < d.n_cells; c++) {
            if (!counts_for_mix(&d, c))
                continue;
            const int64_t dt = d.cells[c].end - d.cells[c].begin;
            out->any = true;
            out->cat1_minutes += d.cells[c].cat1 * dt;
            out->most_required +=
                d.law->cat1_share->min_pct * dt *
                larger(d.cells[c].counted, held_required(&d, c));
        }
        arena_rewind(scratch, mark);
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
            there = civil_month(f->prob->days[o->presences[k].day]) == month;
        if (there && o->structure == structure && oc.option != r->held)
            out[n++] = j;
    }
    return n;
}

static bool holds_in(const formulation *f, int32_t structure) {
    for (int32_t j = 0; j < f->n_option_cols; j++) {
        const option_col oc = f->option_cols[j];
        const request *const r = &f->prob->requests[oc.request];
        if (oc.option == r->held &&
            r->options[oc.option].structure == structure)
            return true;
    }
    return false;
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
        const arena_mark mark = arena_here(scratch);
        day_cells d;
        if (!cells_build(&d, f, structure, day, index, scratch))
            return false;
        for (int32_t c = 0; c < d.n_cells; c++) {
            if (!counts_for_mix(&d, c) || !asks_staff(&d, c))
                continue;
            const int32_t required = staff_cell(f, &d, c, true, false, scratch);
            program_put(p, row, required,
                        (int64_t)d.law->cat1_share->min_pct *
                            (d.cells[c].end - d.cells[c].begin));
        }
        arena_rewind(scratch, mark);
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
