// SPDX-License-Identifier: GPL-3.0-or-later
/* Groups of children, and how many persons they require.
 *
 * Groups are numbered: one for each outing of the structure, then the children
 * without a section (all children when the scope is the structure), then one
 * for each section, then one for each merge. A group nobody is in requires
 * nobody. */
#include "check/staffing.h"

#include <string.h>

#include "check/reading.h"

bool staffing_alone(const structure *x, const rule *minimum, int32_t heads) {
    return minimum && heads > 0 && heads <= minimum->alone_max_children &&
           x->places <= minimum->alone_max_places;
}

int32_t staffing_minimum(const structure *x, const rule *minimum,
                         int32_t heads) {
    if (!minimum || heads == 0)
        return 0;
    return staffing_alone(x, minimum, heads) ? 1 : minimum->min_staff;
}

static bool is_out(const sheet *s, int32_t outing_index, const guest *g) {
    const outing *const o = &s->place->outings[outing_index];
    if (!profile_covers(&o->when, s->day, s->begin))
        return false;
    if (o->sections == UINT64_MAX)
        return true;
    return g->section != NONE && (o->sections >> g->section & 1);
}

/* The room of a section at the instant; `n` counts from the first room. */
static int32_t room_of(const sheet *s, int32_t section_index) {
    if (s->place->scope == SCOPE_STRUCTURE || section_index == NONE)
        return s->place->n_outings;
    const int32_t merged = s->merge_of[section_index];
    return s->place->n_outings + 1 +
           (merged == NONE ? section_index : s->place->n_sections + merged);
}

static int32_t group_of(const sheet *s, const guest *g) {
    for (int32_t i = 0; s->law->outing && i < s->place->n_outings; i++) {
        if (is_out(s, i, g))
            return i;
    }
    return room_of(s, g->section);
}

/* In adaptation now: somebody is alone with the child. */
static bool is_apart(const sheet *s, const guest *g) {
    const rule *const r = s->law->adaptation;
    return r && g->is_adapting && r->begin <= s->begin && s->begin < r->end;
}

/* Fills the groups; returns A. */
static int64_t fill_groups(sheet *s, int32_t n_groups) {
    int64_t alone = 0;
    memset(s->group_weight, 0,
           (size_t)n_groups * MAX_CLASSES * sizeof *s->group_weight);
    memset(s->group_heads, 0, (size_t)n_groups * sizeof *s->group_heads);
    for (int32_t i = 0; i < s->n_present; i++) {
        const guest *const g = s->present[i];
        const int32_t group = group_of(s, g);
        s->group_heads[group]++;
        if (is_apart(s, g)) {
            alone += s->law->adaptation->staff_per_child;
            continue;
        }
        const int32_t k =
            group < s->place->n_outings ? g->outing_class : g->ratio_class;
        if (k != NONE)
            s->group_weight[group * MAX_CLASSES + k] += g->ratio_weight;
    }
    return alone;
}

static void add_one_more(sheet *s) {
    const int32_t group = room_of(s, s->place->n_sections - 1);
    s->group_heads[group]++;
    const rule *const r = s->law->ratio;
    int32_t least = NONE;
    for (int32_t k = 0; r && k < r->n_classes; k++) {
        if (least == NONE || r->classes[k].per < r->classes[least].per)
            least = k;
    }
    if (least != NONE)
        s->group_weight[group * MAX_CLASSES + least] += 1000;
}

static int64_t read_group(const sheet *s, int32_t group) {
    const int64_t *const weight = s->group_weight + group * MAX_CLASSES;
    if (group < s->place->n_outings)
        return s->law->outing
                   ? reading_required(s->law->outing, s->law->outing->rounding,
                                      weight)
                   : 0;
    return s->law->ratio
               ? reading_required(s->law->ratio, s->law->reading, weight)
               : 0;
}

/* Of so many persons required, how many may be unqualified. */
static int64_t may_be_unqualified(const rule *quota, int64_t required) {
    return required >= quota->small_from && required <= quota->small_to
               ? quota->small_unqualified
               : required * quota->unqualified_max_pct / 100;
}

int64_t staffing_usable(const sheet *s, int32_t heads) {
    const rule *const r = s->law->quota;
    const int32_t counted = sheet_counted(s, heads);
    if (!r)
        return counted;
    const int64_t trained = s->staff[STAFF_TRAINEE];
    const int64_t qualified = counted - trained - s->staff[STAFF_UNQUALIFIED];
    int64_t usable = 0;
    while (usable < counted) {
        const int64_t next = usable + 1;
        if (r->qualified_min_pct * next > 100 * qualified ||
            next - may_be_unqualified(r, next) > qualified + trained)
            break;
        usable = next;
    }
    return usable;
}

static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }

staffing staffing_at(sheet *s, bool one_more) {
    const structure *const x = s->place;
    const int32_t n_groups = x->n_outings + 1 + x->n_sections + x->n_merges;
    const int64_t alone = fill_groups(s, n_groups);
    if (one_more)
        add_one_more(s);
    int64_t out = 0, out_readings = 0, inside = 0;
    int32_t heads_out = 0, heads = 0;
    for (int32_t g = 0; g < n_groups; g++) {
        if (s->group_heads[g] == 0)
            continue;
        const int64_t persons = read_group(s, g);
        heads += s->group_heads[g];
        if (g >= x->n_outings) {
            inside += persons;
            continue;
        }
        heads_out += s->group_heads[g];
        out_readings += persons;
        out += larger(larger(persons, s->law->outing->min_staff),
                      staffing_minimum(x, s->law->minimum, s->group_heads[g]));
    }
    staffing result = {.readings = alone + out_readings + inside,
                       .minimum = staffing_minimum(x, s->law->minimum, heads)};
    if (heads_out > 0)
        inside = larger(
            inside, staffing_minimum(x, s->law->minimum, heads - heads_out));
    result.required = alone + out + inside;
    return result;
}
