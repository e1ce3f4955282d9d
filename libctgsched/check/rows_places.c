// SPDX-License-Identifier: GPL-3.0-or-later
/* Seats at an instant: of the structure, its sections, the quotas they share,
 * rooms that merge, and children with a need. */
#include "base/text.h"
#include "check/rows.h"

/* A row of seats at the sheet's instant; `have` and `allowed` are thousandths
 * of a place. */
static finding seats(const sheet *s, rule_name broken, int64_t have,
                     int64_t allowed, bool is_new) {
    finding f = {.at = where_of(broken),
                 .size = ceil_div(have - allowed, 1000),
                 .is_breach = is_new,
                 .kind = SHORT_PLACES,
                 .have = have,
                 .allowed = allowed,
                 .heads = s->n_present};
    f.at.structure = s->structure;
    f.at.civil = s->civil;
    f.at.begin = s->begin;
    f.at.end = s->end;
    return f;
}

static void row_places(findings *found, const sheet *s) {
    const int64_t allowed = 1000 * (int64_t)s->limit;
    if (s->weight <= allowed)
        return;
    finding f = seats(s, BREAKS_PLACES, s->weight, allowed, s->has_new);
    f.law = s->place->over_capacity ? s->law->over_capacity : NULL;
    findings_add_instant(found, &f);
}

/* Places kept for occasional requests are not taken by regular ones. */
static void row_reserve(findings *found, const sheet *s) {
    const int32_t kept = profile_at(&s->place->reserve, s->day, s->begin);
    const int64_t left = s->capacity > kept ? s->capacity - kept : 0;
    if (kept == 0 || s->regular_weight <= 1000 * left)
        return;
    const finding f = seats(s, BREAKS_RESERVE, s->regular_weight, 1000 * left,
                            s->regular_new);
    findings_add_instant(found, &f);
}

static void row_section(findings *found, const sheet *s, int32_t i) {
    const section *const x = &s->place->sections[i];
    const int64_t allowed =
        1000 * (int64_t)profile_at(&x->capacity, s->day, s->begin);
    if (s->merge_of[i] != NONE || s->section_weight[i] <= allowed)
        return;
    finding f = seats(s, BREAKS_SECTION, s->section_weight[i], allowed,
                      s->section_new[i]);
    f.at.section = i;
    findings_add_instant(found, &f);
}

/* The weight in a set of sections, and whether somebody is new there. */
static int64_t weight_in(const sheet *s, const int32_t *sections, int32_t n,
                         bool *is_new) {
    int64_t weight = 0;
    *is_new = false;
    for (int32_t i = 0; i < n; i++) {
        weight += s->section_weight[sections[i]];
        *is_new |= s->section_new[sections[i]];
    }
    return weight;
}

static void row_shared(findings *found, const sheet *s, int32_t i) {
    const shared_quota *const q = &s->place->shared[i];
    bool is_new = false;
    const int64_t weight = weight_in(s, q->sections, q->n_sections, &is_new);
    const int64_t allowed = 1000 * (int64_t)q->places;
    if (weight <= allowed || profile_at(&q->when, s->day, s->begin) == 0)
        return;
    finding f = seats(s, BREAKS_SHARED, weight, allowed, is_new);
    f.at.shared = i;
    findings_add_instant(found, &f);
}

static void row_merge(findings *found, const sheet *s, int32_t i) {
    const merge *const m = &s->place->merges[i];
    if (!profile_covers(&m->places, s->day, s->begin))
        return;
    bool is_new = false;
    const int64_t weight = weight_in(s, m->sections, m->n_sections, &is_new);
    const int64_t allowed =
        1000 * (int64_t)profile_at(&m->places, s->day, s->begin);
    if (weight <= allowed)
        return;
    finding f = seats(s, BREAKS_MERGE, weight, allowed, is_new);
    f.at.section = m->sections[0];
    findings_add_instant(found, &f);
}

static void row_need_max(findings *found, const sheet *s, const offer *x) {
    int64_t heads = 0;
    bool is_new = false;
    for (int32_t i = 0; i < s->n_present; i++) {
        if (s->present[i]->needs >> x->need & 1) {
            heads++;
            is_new |= s->present[i]->is_new;
        }
    }
    if (heads <= x->max)
        return;
    finding f =
        seats(s, BREAKS_NEED_MAX, 1000 * heads, 1000 * (int64_t)x->max, is_new);
    f.at.need = x->need;
    findings_add_instant(found, &f);
}

void rows_places(findings *found, const sheet *s) {
    row_places(found, s);
    row_reserve(found, s);
    for (int32_t i = 0; i < s->place->n_sections; i++)
        row_section(found, s, i);
    for (int32_t i = 0; i < s->place->n_shared; i++)
        row_shared(found, s, i);
    for (int32_t i = 0; i < s->place->n_merges; i++)
        row_merge(found, s, i);
    for (int32_t i = 0; i < s->place->n_offers; i++)
        row_need_max(found, s, &s->place->offers[i]);
}
