// SPDX-License-Identifier: GPL-3.0-or-later
/* The staff required at one cell, in the general form: integer columns count
 * the staff of each group of children and are computed by the block of the
 * cell. */
#include <assert.h>

#include "solve/families.h"

static bool has_one_room(const day_cells *d, int32_t c) {
    for (int32_t k = 1; k < d->s->n_sections; k++)
        if (cells_room(d, c, k) != cells_room(d, c, 0))
            return false;
    return true;
}

/* Where the staff is decided its number is, too: a column to branch on. */
bool staff_is_linear(const day_cells *d, int32_t c) {
    return d->law->ratio && d->cells[c].most_hands == 0 &&
           d->law->reading == SUM_THEN_CEIL && !d->cells[c].out &&
           !cells_director_matters(d, c) &&
           (d->s->scope == SCOPE_STRUCTURE || has_one_room(d, c));
}

bool margin_is_asked(const formulation *f, const structure *s) {
    int64_t weight;
    return s->floor_ratio_margin > 0 &&
           objective_of(f->prob, GOAL_FLOORS, &weight) >= 0;
}

/* --- groups of children ------------------------------------------------- */

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
bool visit_is_alone(const day_cells *d, int32_t c, const visit *v) {
    return v->adapting && d->cells[c].adaptation;
}

bool visit_covers(const visit *v, int32_t c) {
    return v->first <= c && c < v->last;
}

static bool is_visited(const day_cells *d, int32_t c) {
    for (int32_t k = 0; k < d->n_visits; k++)
        if (visit_covers(&d->visits[k], c))
            return true;
    return false;
}

bool staff_is_asked(const day_cells *d, int32_t c) {
    if (d->law->ratio || d->cells[c].out)
        return is_visited(d, c);
    for (int32_t k = 0; k < d->n_visits; k++)
        if (visit_covers(&d->visits[k], c) &&
            visit_is_alone(d, c, &d->visits[k]))
            return true;
    return false;
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
    return is_out(d, group) ? d->law->outing->rounding : d->law->reading;
}

int64_t staff_least(const rule *minimum, const structure *s, int64_t n) {
    if (!minimum || n == 0)
        return 0;
    if (s->places <= minimum->alone_max_places &&
        n <= minimum->alone_max_children)
        return 1;
    return minimum->min_staff;
}

static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }

/* Staff required if exactly the children who hold a place were there. */
int64_t staff_held(const day_cells *d, int32_t c) {
    int64_t alone = 0, out = 0, inside = 0, inside_heads = 0;
    bool out_used = false;
    for (int32_t g = 0; g < n_groups(d); g++) {
        int64_t load[MAX_CLASSES] = {0}, heads = 0;
        for (int32_t k = 0; k < d->n_visits; k++) {
            const visit *const v = &d->visits[k];
            if (!v->holds || !visit_covers(v, c) || group_of(d, c, v) != g)
                continue;
            heads++;
            if (visit_is_alone(d, c, v)) {
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
            out += larger(larger(asked, d->law->outing->min_staff),
                          staff_least(d->law->minimum, d->s, heads));
            out_used = true;
        } else if (!is_out(d, g)) {
            inside += asked;
            inside_heads += heads;
        }
    }
    if (out_used)
        inside =
            larger(inside, staff_least(d->law->minimum, d->s, inside_heads));
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

int32_t cell_row(formulation *f, const day_cells *d, int32_t c, int32_t block,
                 int64_t upper, int32_t owner, const char *what) {
    const int32_t row =
        program_add_row(&f->program, -PROGRAM_INFINITY, upper, owner, block);
    program_name_row(&f->program, row, "%s_%s_%d_%04d_%d", what, d->s->id,
                     d->day, d->cells[c].begin, row);
    return row;
}

static int32_t block_row(staff_block *b, int64_t upper, int32_t owner,
                         const char *what) {
    return cell_row(b->f, b->d, b->c, b->block, upper, owner, what);
}

static void put_group(staff_block *b, int32_t row, int32_t group,
                      int32_t class_, int64_t factor) {
    for (int32_t k = 0; k < b->d->n_visits; k++) {
        const visit *const v = &b->d->visits[k];
        if (visit_covers(v, b->c) && !visit_is_alone(b->d, b->c, v) &&
            group_of(b->d, b->c, v) == group &&
            class_in(b->d, v, group) == class_)
            program_put(&b->f->program, row, v->col, v->ratio_weight * factor);
    }
}

static void put_heads(staff_block *b, int32_t row, bool out, int32_t group) {
    for (int32_t k = 0; k < b->d->n_visits; k++) {
        const visit *const v = &b->d->visits[k];
        if (!visit_covers(v, b->c))
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
        if (visit_covers(&b->d->visits[k], b->c) &&
            (count_alone || !visit_is_alone(b->d, b->c, &b->d->visits[k])) &&
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

/* A column that is 1 as soon as more than `free` heads are there. */
static int32_t some_col(staff_block *b, int64_t free, bool out, int32_t group) {
    program *const p = &b->f->program;
    const int32_t some = program_add_col(p, -1, 0, 1, -1);
    program_name_col(p, some, "some_%d", some);
    const int32_t row = block_row(b, free, some, "some");
    put_heads(b, row, out, group);
    program_put(p, row, some, -b->d->n_visits);
    return some;
}

/* A column at least `least` as soon as more than `free` heads are there; with a
 * column `gate` only while that is 1. */
static void at_least_when(staff_block *b, int32_t staff, int64_t least,
                          int64_t free, bool out, int32_t group, int32_t gate) {
    if (least <= 0)
        return;
    program *const p = &b->f->program;
    const int32_t some = some_col(b, free, out, group);
    const int32_t need = block_row(b, gate < 0 ? 0 : least, staff, "least");
    program_put(p, need, some, least);
    if (gate >= 0)
        program_put(p, need, gate, least);
    program_put(p, need, staff, -1);
}

/* Replaces the terms since `from` by one column that is also at least the
 * minimum of the heads: of an outing's group, or of those inside while somebody
 * is out (`gate`). */
static void lift_to_minimum(staff_block *b, int32_t from, bool out,
                            int32_t group, int32_t gate) {
    const int32_t staff = count_col(b, "group");
    const int32_t row = block_row(b, 0, staff, "group");
    put_terms(b, row, from);
    program_put(&b->f->program, row, staff, -1);
    const rule *const m = b->d->law->minimum;
    if (out)
        at_least_when(b, staff, b->d->law->outing->min_staff, 0, out, group,
                      gate);
    if (m) {
        const bool alone =
            b->d->s->places <= m->alone_max_places && m->alone_max_children > 0;
        at_least_when(b, staff, alone ? 1 : m->min_staff, 0, out, group, gate);
        if (alone)
            at_least_when(b, staff, m->min_staff, m->alone_max_children, out,
                          group, gate);
    }
    b->terms[from] = staff;
    b->n_terms = from + 1;
}

/* A column that is 1 when somebody is in the group of any outing. */
static int32_t anybody_out(staff_block *b) {
    program *const p = &b->f->program;
    const int32_t some = program_add_col(p, -1, 0, 1, -1);
    program_name_col(p, some, "some_%d", some);
    const int32_t row = block_row(b, 0, some, "some");
    for (int32_t k = 0; k < b->d->n_visits; k++) {
        const visit *const v = &b->d->visits[k];
        if (visit_covers(v, b->c) && is_out(b->d, group_of(b->d, b->c, v)))
            program_put(p, row, v->col, 1);
    }
    program_put(p, row, some, -b->d->n_visits);
    return some;
}

static void put_alone(staff_block *b, int32_t row) {
    for (int32_t k = 0; k < b->d->n_visits; k++) {
        const visit *const v = &b->d->visits[k];
        if (visit_covers(v, b->c) && visit_is_alone(b->d, b->c, v))
            program_put(&b->f->program, row, v->col,
                        b->d->law->adaptation->staff_per_child);
    }
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

/* One column counts all that readings require. */
static bool is_one_count(const staff_block *b) {
    for (int32_t k = 0; k < b->d->n_visits; k++)
        if (visit_covers(&b->d->visits[k], b->c) &&
            visit_is_alone(b->d, b->c, &b->d->visits[k]))
            return false;
    return b->n_terms == 1 && !b->d->cells[b->c].out;
}

/* (ratio) with staff that no decision moves, and directors who count or not. */
static void limit_by_staff(staff_block *b, int32_t z) {
    program *const p = &b->f->program;
    const cell *const at = &b->d->cells[b->c];
    const bool may_drop = cells_director_matters(b->d, b->c);
    const int32_t crowd =
        may_drop ? staff_crowd(b->f, b->d, b->c, b->block) : -1;
    const int32_t row = block_row(
        b, may_drop ? at->usable_led : cells_supply(b->d, b->c, at->most_heads),
        z, "ratio");
    if (may_drop)
        program_put(p, row, crowd, at->usable_led - at->usable);
    put_alone(b, row);
    put_terms(b, row, 0);
    if (z >= 0)
        program_put(p, row, z, -1);
}

/* Fewest who may be required at the cell, whoever comes. */
static int64_t least_supply(const day_cells *d, int32_t c) {
    return cells_director_matters(d, c)
               ? d->cells[c].usable
               : cells_supply(d, c, d->cells[c].most_heads);
}

static void limit_staff(staff_block *b, int64_t held, arena *scratch) {
    formulation *const f = b->f;
    const cell *const at = &b->d->cells[b->c];
    int32_t z = -1;
    const int64_t most = held - least_supply(b->d, b->c);
    if (most > 0)
        z = shortage_col(f, b->block, most,
                         f->prob->prices.person_minute * (at->end - at->begin));
    if (at->most_hands > 0)
        staff_by_hands(f, b->d, b->c, b->block,
                       is_one_count(b) ? b->terms[0] : sum_col(b), z);
    else
        limit_by_staff(b, z);
    if (z < 0)
        return;
    int32_t *const newcomers = ARENA_NEW(scratch, int32_t, b->d->n_visits + 1);
    int32_t n = 0;
    for (int32_t k = 0; newcomers && k < b->d->n_visits; k++)
        if (visit_covers(&b->d->visits[k], b->c) && !b->d->visits[k].holds)
            newcomers[n++] = b->d->visits[k].col;
    f->program.failed |= !newcomers;
    shortage_gate(f, b->block, z, most, newcomers, n);
}

/* (floor.margin) required + m - counted <= units, beyond what is so anyway. */
static void price_margin(staff_block *b) {
    const structure *const s = b->d->s;
    const cell *const at = &b->d->cells[b->c];
    const int64_t idle = larger(0, s->floor_ratio_margin - at->counted);
    const int32_t required = sum_col(b);
    const int32_t units = count_col(b, "margin");
    goal_cost(b->f, GOAL_FLOORS, units, at->end - at->begin);
    if (at->most_hands > 0) {
        margin_by_hands(b->f, b->d, b->c, b->block, required, units);
        return;
    }
    const int32_t row = block_row(b, at->counted - s->floor_ratio_margin + idle,
                                  units, "margin");
    program_put(&b->f->program, row, required, 1);
    program_put(&b->f->program, row, units, -1);
}

int32_t staff_cell(formulation *f, const day_cells *d, int32_t c,
                   bool want_required, bool with_limit, arena *scratch) {
    const int64_t held = staff_held(d, c);
    int32_t readings = hands_required(f, d, c);
    if (readings != NONE && !with_limit)
        return readings;
    staff_block b = {.f = f, .d = d, .c = c, .block = f->program.n_blocks++};
    b.most = larger(held, d->cells[c].persons + d->cells[c].most_hands) +
             d->s->floor_ratio_margin + 1;
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
    if (is_one_count(&b))
        hands_keep_required(f, d, c, b.terms[0]);
    if (d->cells[c].out) {
        lift_to_minimum(&b, 0, false, -1, anybody_out(&b));
        for (int32_t g = 0; g < d->s->n_outings; g++) {
            const int32_t from = b.n_terms;
            read_group(&b, g);
            if (group_is_used(&b, g, true))
                lift_to_minimum(&b, from, true, g, -1);
        }
    }
    limit_staff(&b, held, scratch);
    if (margin_is_asked(f, d->s))
        price_margin(&b);
    return readings;
}
