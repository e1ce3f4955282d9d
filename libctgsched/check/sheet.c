// SPDX-License-Identifier: GPL-3.0-or-later
/* Breakpoints, presence and what a structure offers, by definition.
 *
 * Breakpoints are bits of the day's minutes, so that none is sorted. */
#include "check/sheet.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"

static int32_t at_least(int32_t a, int32_t b) { return a > b ? a : b; }

static int32_t most_groups(const problem *prob) {
    int32_t most = 0;
    for (int32_t i = 0; i < prob->n_structures; i++) {
        const structure *const x = &prob->structures[i];
        most = at_least(most, x->n_outings + 1 + x->n_sections + x->n_merges);
    }
    return most;
}

/* Each child is met on many days: dates are taken apart once. */
static civil_date *births(const problem *prob, arena *mem) {
    civil_date *const birth = ARENA_NEW(mem, civil_date, prob->n_children + 1);
    for (int32_t c = 0; birth && c < prob->n_children; c++)
        birth[c] = civil_to_date(prob->children[c].birth);
    return birth;
}

ctg_status sheet_create(sheet *out, const problem *prob, int32_t most,
                        arena *mem, ctg_error *err) {
    const int32_t n_groups = most_groups(prob); /* more than sections */
    *out = (sheet){.prob = prob, .room = most};
    out->birth = births(prob, mem);
    out->guests = ARENA_NEW(mem, guest, most + 1);
    out->present = ARENA_NEW(mem, const guest *, most + 1);
    out->section_weight = ARENA_NEW(mem, int64_t, n_groups);
    out->section_new = ARENA_NEW(mem, bool, n_groups);
    out->merge_of = ARENA_NEW(mem, int32_t, n_groups);
    out->group_weight = ARENA_NEW(mem, int64_t, n_groups * MAX_CLASSES);
    out->group_heads = ARENA_NEW(mem, int32_t, n_groups);
    if (!out->birth || !out->guests || !out->present || !out->section_weight ||
        !out->section_new || !out->merge_of || !out->group_weight ||
        !out->group_heads)
        return err_nomem(err);
    return CTG_OK;
}

void sheet_set_birth(sheet *s, int32_t child_index, int32_t civil) {
    s->birth[child_index] = civil_to_date(civil);
}

/* Completed months (format.md 1). */
static int32_t age_on(civil_date birth, civil_date on) {
    return (on.year - birth.year) * 12 + on.month - birth.month -
           (on.day < birth.day);
}

static bool walks_on(const problem *prob, const child *c, int32_t civil,
                     int32_t age) {
    return c->walk_from != CIVIL_NONE ? civil >= c->walk_from
                                      : age >= prob->walk_proxy_months;
}

/* The first class that admits the child (format.md 5.1). */
static int32_t class_of(const rule *r, int32_t age, bool walks) {
    if (!r)
        return NONE;
    for (int32_t k = 0; k < r->n_classes; k++) {
        const ratio_class *const test = &r->classes[k];
        if ((test->walks < 0 || test->walks == walks) &&
            age >= test->from_months && age < test->below_months)
            return k;
    }
    return NONE;
}

static uint64_t skills_asked(const problem *prob, uint64_t needs) {
    uint64_t skills = 0;
    for (int32_t n = 0; needs != 0 && n < prob->n_needs; n++) {
        if ((needs >> n & 1) && prob->needs[n].skill != NONE)
            skills |= (uint64_t)1 << prob->needs[n].skill;
    }
    return skills;
}

static guest invite(const sheet *s, visit v) {
    const request *const r = &s->prob->requests[v.request];
    const child *const c = &s->prob->children[r->child];
    const int32_t age = age_on(s->birth[r->child], s->date);
    const bool walks = walks_on(s->prob, c, s->civil, age);
    return (guest){.request = v.request,
                   .begin = v.at->begin,
                   .end = v.at->end,
                   .section = v.at->section >= 0 ? v.at->section : NONE,
                   .place_weight = c->place_weight,
                   .ratio_weight = c->ratio_weight,
                   .needs = c->needs,
                   .skills = skills_asked(s->prob, c->needs),
                   .age = age,
                   .walks = walks,
                   .is_new =
                       r->held == NONE || s->option_of[v.request] != r->held,
                   .is_adapting = r->adaptation_first != CIVIL_NONE &&
                                  s->civil >= r->adaptation_first &&
                                  s->civil <= r->adaptation_last};
}

static void classify(guest *g, const law *now) {
    g->ratio_class = class_of(now->ratio, g->age, g->walks);
    g->outing_class = class_of(now->outing, g->age, g->walks);
}

/* Classes are those of the law in force: sessions change it in the day. */
static void follow_law(sheet *s, const law *now) {
    if (s->law == now && s->has_classes)
        return;
    s->law = now;
    s->has_classes = true;
    for (int32_t i = 0; i < s->n_guests; i++)
        classify(&s->guests[i], now);
}

static void mark(sheet *s, int32_t minute) {
    assert(minute >= 0 && minute <= SHEET_MAX_END);
    s->marks[minute / 64] |= (uint64_t)1 << minute % 64;
}

static void mark_profile(sheet *s, const profile *f) {
    const day_profile *const d = &f->days[s->day];
    for (int32_t i = 0; i < d->n; i++) {
        mark(s, d->steps[i].begin);
        mark(s, d->steps[i].end);
    }
}

static void mark_all(sheet *s) {
    const structure *const x = s->place;
    mark_profile(s, &x->open);
    mark_profile(s, &x->capacity);
    mark_profile(s, &x->reserve);
    if (x->n_sessions > 0)
        mark_profile(s, &x->session);
    for (int32_t i = 0; i < x->n_sections; i++)
        mark_profile(s, &x->sections[i].capacity);
    for (int32_t i = 0; i < x->n_shared; i++)
        mark_profile(s, &x->shared[i].when);
    for (int32_t i = 0; i < x->n_merges; i++)
        mark_profile(s, &x->merges[i].places);
    for (int32_t i = 0; i < x->n_staff; i++)
        mark_profile(s, &x->staff[i].count);
    for (int32_t i = 0; i < x->n_outings; i++)
        mark_profile(s, &x->outings[i].when);
    if (s->law->adaptation) {
        mark(s, s->law->adaptation->begin);
        mark(s, s->law->adaptation->end);
    }
}

void sheet_add(sheet *s, visit more) {
    guest *const g = &s->guests[s->n_guests++];
    assert(s->n_guests <= s->room);
    *g = invite(s, more);
    if (s->has_classes)
        classify(g, s->law);
    mark(s, g->begin);
    mark(s, g->end);
}

void sheet_start(sheet *s, const int32_t *option_of, int32_t place, int32_t day,
                 visit_span visits) {
    assert(visits.n <= s->room);
    s->option_of = option_of;
    s->place = &s->prob->structures[place];
    s->law = s->place->law->days[day];
    s->structure = place;
    s->day = day;
    s->civil = s->prob->days[day];
    s->date = civil_to_date(s->civil);
    s->next = 0;
    s->stop = SHEET_MAX_END;
    s->has_classes = false;
    memset(s->marks, 0, sizeof s->marks);
    mark_all(s);
    s->n_guests = 0;
    for (int32_t i = 0; i < visits.n; i++)
        sheet_add(s, visits.at[i]);
}

void sheet_rewind(sheet *s, const sheet *kept) {
    assert(kept->guests == s->guests && kept->day == s->day);
    s->n_guests = kept->n_guests;
    s->next = 0;
    s->stop = SHEET_MAX_END;
    memcpy(s->marks, kept->marks, sizeof s->marks);
}

void sheet_between(sheet *s, int32_t begin, int32_t end) {
    assert(begin < end);
    mark(s, begin);
    mark(s, end);
    s->next = begin;
    s->stop = end;
}

/* The first breakpoint at or after `minute`, or one past the day. */
static int32_t next_mark(const sheet *s, int32_t minute) {
    while (minute <= SHEET_MAX_END) {
        const uint64_t left = s->marks[minute / 64] >> minute % 64;
        if (left != 0)
            return minute + __builtin_ctzll(left);
        minute = (minute / 64 + 1) * 64;
    }
    return SHEET_MAX_END + 1;
}

static void count_children(sheet *s) {
    for (int32_t i = 0; i < s->place->n_sections; i++) {
        s->section_weight[i] = 0;
        s->section_new[i] = false;
    }
    s->n_present = 0;
    s->weight = s->regular_weight = 0;
    s->has_new = s->regular_new = false;
    for (int32_t i = 0; i < s->n_guests; i++) {
        const guest *const g = &s->guests[i];
        if (g->begin > s->begin || g->end <= s->begin)
            continue;
        s->present[s->n_present++] = g;
        s->weight += g->place_weight;
        s->has_new |= g->is_new;
        if (s->prob->requests[g->request].kind == REQUEST_REGULAR) {
            s->regular_weight += g->place_weight;
            s->regular_new |= g->is_new;
        }
        if (g->section != NONE) {
            s->section_weight[g->section] += g->place_weight;
            s->section_new[g->section] |= g->is_new;
        }
    }
}

int32_t sheet_counted(const sheet *s, int32_t heads) {
    const rule *const r = s->law->director;
    int32_t counted = 0;
    for (int32_t k = 0; k < N_STAFF_CATEGORIES; k++)
        counted += k == STAFF_OTHER || k == STAFF_DIRECTOR ? 0 : s->staff[k];
    return r && heads <= r->max_minors ? counted + s->staff[STAFF_DIRECTOR]
                                       : counted;
}

static void count_staff(sheet *s) {
    memset(s->staff, 0, sizeof s->staff);
    s->categories = 0;
    s->skills = 0;
    for (int32_t i = 0; i < s->place->n_staff; i++) {
        const staff_entry *const e = &s->place->staff[i];
        const int32_t n = profile_at(&e->count, s->day, s->begin);
        if (n == 0)
            continue;
        s->skills |= e->skills;
        s->staff[e->category] += n;
        if (e->category != STAFF_OTHER)
            s->categories |= (uint32_t)1 << e->category;
    }
    s->counted = sheet_counted(s, s->n_present);
    s->persons = sheet_counted(s, INT32_MAX) + s->staff[STAFF_DIRECTOR];
}

/* limit(t) of format.md 5.1. */
static int32_t limit_of(const sheet *s) {
    const rule *const r = s->law->over_capacity;
    const structure *const x = s->place;
    if (!x->over_capacity || !r || s->capacity == 0)
        return s->capacity;
    const capacity_basis basis = x->has_basis ? x->basis : r->basis;
    const int64_t base = basis == CAPACITY_T ? s->capacity : x->places;
    const int64_t more = ceil_div(base * r->instant_max_pct, 100) - base;
    return (int32_t)(s->capacity + more);
}

static void find_merges(sheet *s) {
    for (int32_t i = 0; i < s->place->n_sections; i++)
        s->merge_of[i] = NONE;
    for (int32_t m = 0; m < s->place->n_merges; m++) {
        const merge *const room = &s->place->merges[m];
        if (!profile_covers(&room->places, s->day, s->begin))
            continue;
        for (int32_t k = 0; k < room->n_sections; k++)
            s->merge_of[room->sections[k]] = m;
    }
}

bool sheet_next(sheet *s) {
    for (;;) {
        s->begin = next_mark(s, s->next);
        s->end = next_mark(s, s->begin + 1);
        if (s->end > s->stop)
            return false;
        s->next = s->end;
        follow_law(s, law_at(s->place, s->day, s->begin));
        s->is_open = profile_at(&s->place->open, s->day, s->begin) != 0;
        count_children(s);
        if (s->is_open || s->n_present > 0)
            break;
    }
    s->capacity =
        s->is_open ? profile_at(&s->place->capacity, s->day, s->begin) : 0;
    s->limit = limit_of(s);
    count_staff(s);
    find_merges(s);
    return true;
}
