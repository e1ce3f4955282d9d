// SPDX-License-Identifier: GPL-3.0-or-later
/* Cutting a structure's day at every instant where anything can change. */
#include "solve/cells.h"

#include <assert.h>
#include <string.h>

#include "solve/demand.h"

/* start[b + 1] counts the visits of bucket b, then is where it begins, and at
 * last where it ends. */
static bool count_visits(structure_visits *out, const formulation *f,
                         int64_t n_buckets, arena *mem) {
    const problem *const prob = f->prob;
    for (int32_t j = 0; j < f->n_option_cols; j++) {
        const option_col oc = f->option_cols[j];
        const option *const o = &prob->requests[oc.request].options[oc.option];
        for (int32_t k = 0; k < o->n_presences; k++)
            out->start[(int64_t)o->presences[k].structure * prob->n_days +
                       o->presences[k].day + 2]++;
    }
    for (int64_t b = 0; b < n_buckets; b++)
        out->start[b + 2] += out->start[b + 1];
    out->refs = ARENA_NEW(mem, visit_ref, out->start[n_buckets + 1] + 1);
    return out->refs != NULL;
}

bool cells_index(structure_visits *out, const formulation *f, arena *mem) {
    const problem *const prob = f->prob;
    const int64_t n_buckets = (int64_t)prob->n_structures * prob->n_days;
    out->start = ARENA_NEW(mem, int64_t, n_buckets + 2);
    if (!out->start || !count_visits(out, f, n_buckets, mem))
        return false;
    for (int32_t j = 0; j < f->n_option_cols; j++) {
        const option_col oc = f->option_cols[j];
        const option *const o = &prob->requests[oc.request].options[oc.option];
        for (int32_t k = 0; k < o->n_presences; k++) {
            const int64_t b =
                (int64_t)o->presences[k].structure * prob->n_days +
                o->presences[k].day;
            out->refs[out->start[b + 1]++] = (visit_ref){j, k};
        }
    }
    return true;
}

bool cells_are_visited(const structure_visits *index, const formulation *f,
                       int32_t structure) {
    const int64_t n_days = f->prob->n_days, first = structure * n_days;
    return index->start[first] < index->start[first + n_days];
}

/* A set of minutes of the day. */
typedef struct minute_set {
    uint8_t on[1441];
} minute_set;

static void cut(minute_set *cuts, int32_t minute) {
    assert(minute >= 0 && minute <= 1440);
    cuts->on[minute] = 1;
}

static void cut_profile(minute_set *cuts, const profile *f, int32_t day) {
    for (int32_t k = 0; k < f->days[day].n; k++) {
        cut(cuts, f->days[day].steps[k].begin);
        cut(cuts, f->days[day].steps[k].end);
    }
}

static void cut_structure(minute_set *cuts, const structure *s, const law *law,
                          int32_t day) {
    cut_profile(cuts, &s->open, day);
    cut_profile(cuts, &s->capacity, day);
    cut_profile(cuts, &s->reserve, day);
    if (s->n_sessions > 0)
        cut_profile(cuts, &s->session, day);
    for (int32_t k = 0; k < s->n_sections; k++)
        cut_profile(cuts, &s->sections[k].capacity, day);
    for (int32_t k = 0; k < s->n_shared; k++)
        cut_profile(cuts, &s->shared[k].when, day);
    for (int32_t k = 0; k < s->n_merges; k++)
        cut_profile(cuts, &s->merges[k].places, day);
    for (int32_t k = 0; k < s->n_staff; k++)
        cut_profile(cuts, &s->staff[k].count, day);
    for (int32_t k = 0; k < s->n_outings; k++)
        cut_profile(cuts, &s->outings[k].when, day);
    if (law->adaptation) {
        cut(cuts, law->adaptation->begin);
        cut(cuts, law->adaptation->end);
    }
}

int32_t cells_class(const problem *prob, const rule *ratio, const child *c,
                    int32_t civil) {
    if (!ratio)
        return CLASS_NONE;
    const int32_t age = civil_age_months(c->birth, civil);
    const bool walks = c->walk_from != CIVIL_NONE
                           ? civil >= c->walk_from
                           : age >= prob->walk_proxy_months;
    for (int32_t k = 0; k < ratio->n_classes; k++) {
        const ratio_class *const rc = &ratio->classes[k];
        if ((rc->walks < 0 || rc->walks == (walks ? 1 : 0)) &&
            age >= rc->from_months && age < rc->below_months)
            return k;
    }
    return CLASS_NONE;
}

static visit make_visit(const day_cells *d, visit_ref ref) {
    const problem *const prob = d->f->prob;
    const option_col oc = d->f->option_cols[ref.col];
    const request *const r = &prob->requests[oc.request];
    const child *const c = &prob->children[r->child];
    const presence *const at = &r->options[oc.option].presences[ref.presence];
    const int32_t civil = prob->days[d->day];
    const bool adapting =
        d->law->adaptation && r->adaptation_first != CIVIL_NONE &&
        civil >= r->adaptation_first && civil <= r->adaptation_last;
    return (visit){.col = ref.col,
                   .begin = at->begin > d->begin ? at->begin : d->begin,
                   .end = at->end < d->end ? at->end : d->end,
                   .section = at->section,
                   .class_ = cells_class(prob, d->law->ratio, c, civil),
                   .adapting = adapting,
                   .holds = oc.option == r->held,
                   .regular = r->kind == REQUEST_REGULAR,
                   .place_weight = c->place_weight,
                   .ratio_weight = c->ratio_weight,
                   .needs = c->needs};
}

static int64_t over_limit(const structure *s, const law *law,
                          int64_t capacity) {
    const rule *const r = law->over_capacity;
    if (!s->over_capacity || !r || capacity == 0)
        return capacity;
    const capacity_basis basis = s->has_basis ? s->basis : r->basis;
    if (basis == CAPACITY_T)
        return ceil_div(capacity * r->instant_max_pct, 100);
    return capacity + ceil_div((int64_t)s->places * r->instant_max_pct, 100) -
           s->places;
}

/* The most persons that may be required of `counted`, when every smaller number
 * may be, too (format.md 5.1, quota). */
static int32_t most_usable(const rule *quota, int32_t counted,
                           int32_t qualified, int32_t trained) {
    for (int32_t n = 1; quota && n <= counted; n++) {
        if (quota->qualified_min_pct * n > 100 * qualified ||
            n - demand_unqualified(quota, n) > qualified + trained)
            return n - 1;
    }
    return counted;
}

static void fill_staff(const day_cells *d, cell *c) {
    const structure *const s = d->s;
    int32_t count[N_STAFF_CATEGORIES] = {0};
    for (int32_t k = 0; k < s->n_staff; k++) {
        const int32_t there = profile_at(&s->staff[k].count, d->day, c->begin);
        count[s->staff[k].category] += there;
        if (there > 0 && s->staff[k].category != STAFF_OTHER)
            c->categories |= 1u << s->staff[k].category;
    }
    const int32_t qualified =
        count[STAFF_CAT1] + count[STAFF_CAT2] + count[STAFF_QUALIFIED];
    const int32_t trained = count[STAFF_TRAINEE];
    const int32_t directors = count[STAFF_DIRECTOR];
    const rule *const quota = d->law->quota;
    c->cat1 = count[STAFF_CAT1];
    c->counted = qualified + trained + count[STAFF_UNQUALIFIED];
    c->persons = c->counted + directors;
    c->qualified = qualified;
    c->trained = qualified + trained;
    c->usable = most_usable(quota, c->counted, qualified, trained);
    c->usable_led =
        d->law->director
            ? most_usable(quota, c->persons, qualified + directors, trained)
            : c->usable;
}

/* A director who counts makes nobody less useful: usable <= usable_led. */
bool cells_director_matters(const day_cells *d, int32_t cell_index) {
    const cell *const c = &d->cells[cell_index];
    return c->usable_led != c->usable &&
           c->most_heads > d->law->director->max_minors;
}

int64_t cells_supply(const day_cells *d, int32_t cell_index, int64_t heads) {
    const cell *const c = &d->cells[cell_index];
    return d->law->director && heads <= d->law->director->max_minors
               ? c->usable_led
               : c->usable;
}

static void fill_cell(day_cells *d, cell *c) {
    const structure *const s = d->s;
    c->capacity = profile_at(&s->capacity, d->day, c->begin);
    c->limit = over_limit(s, d->law, c->capacity);
    c->kept = profile_at(&s->reserve, d->day, c->begin);
    fill_staff(d, c);
    const rule *const a = d->law->adaptation;
    c->adaptation = a && c->begin >= a->begin && c->begin < a->end;
    for (int32_t k = 0; d->law->outing && k < s->n_outings; k++)
        if (profile_covers(&s->outings[k].when, d->day, c->begin)) {
            c->out |= s->outings[k].sections;
            c->out_all |= s->outings[k].sections == UINT64_MAX;
        }
}

day_part cells_part(const structure *s, int32_t day, int32_t at) {
    int32_t end = 24 * 60;
    const law *now = s->law->days[day];
    for (int32_t k = 0; s->n_sessions > 0 && k < s->session.days[day].n; k++) {
        const step *const session_step = &s->session.days[day].steps[k];
        if (session_step->begin <= at && at < session_step->end) {
            now = s->law->sessions[day][k];
            end = session_step->end;
        } else if (session_step->begin > at && session_step->begin < end) {
            end = session_step->begin;
        }
    }
    return (day_part){(int16_t)at, (int16_t)end, now};
}

bool cells_build(day_cells *out, const formulation *f, int32_t structure,
                 int32_t day, const structure_visits *index, arena *mem) {
    const struct structure *const s = &f->prob->structures[structure];
    const day_part whole = {0, 24 * 60, s->law->days[day]};
    return cells_build_part(out, f, structure, day, whole, index, mem);
}

bool hand_covers(const hand *h, int32_t c) {
    return h->first <= c && c < h->last;
}

/* Those of the part, with what they are on the day. */
static bool take_hands(day_cells *d, int64_t bucket, arena *mem) {
    const formulation *const f = d->f;
    const int64_t first = f->hands_start ? f->hands_start[bucket] : 0;
    const int64_t last = f->hands_start ? f->hands_start[bucket + 1] : 0;
    const int32_t civil = f->prob->days[d->day];
    d->hands = ARENA_NEW(mem, hand, last - first + 1);
    for (int64_t k = first; d->hands && k < last; k++) {
        const hand_ref *const h = &f->hands[k];
        const int32_t e = f->duty_cols[h->col - f->n_option_cols].employee;
        const employee *const who = &f->prob->employees[e];
        const hand one = {.col = h->col,
                          .begin = h->begin > d->begin ? h->begin : d->begin,
                          .end = h->end < d->end ? h->end : d->end,
                          .employee = e,
                          .category = employee_category(who, civil),
                          .skills = employee_skills(who, civil)};
        if (one.begin < one.end)
            d->hands[d->n_hands++] = one;
    }
    return d->hands != NULL;
}

/* Hands follow by column, those of one employee follow each other. */
static void count_hands(day_cells *d) {
    for (int32_t c = 0; c < d->n_cells; c++) {
        int32_t before = NONE;
        for (int32_t k = 0; k < d->n_hands; k++) {
            const hand *const h = &d->hands[k];
            if (!hand_covers(h, c) || h->category == STAFF_OTHER ||
                h->employee == before)
                continue;
            d->cells[c].most_hands++;
            before = h->employee;
        }
    }
}

/* Visits follow by column, so those of one request follow each other. */
static void count_heads(day_cells *d) {
    for (int32_t c = 0; c < d->n_cells; c++) {
        int32_t request_before = NONE;
        for (int32_t k = 0; k < d->n_visits; k++) {
            const visit *const v = &d->visits[k];
            const int32_t r = d->f->option_cols[v->col].request;
            if (v->first <= c && c < v->last && r != request_before) {
                d->cells[c].most_heads++;
                request_before = r;
            }
        }
    }
}

bool cells_build_part(day_cells *out, const formulation *f, int32_t structure,
                      int32_t day, day_part part, const structure_visits *index,
                      arena *mem) {
    const struct structure *const s = &f->prob->structures[structure];
    *out = (day_cells){.f = f,
                       .structure = structure,
                       .day = day,
                       .begin = part.begin,
                       .end = part.end,
                       .s = s,
                       .law = part.law};
    const int64_t bucket = (int64_t)structure * f->prob->n_days + day;
    const int64_t first = index->start[bucket], last = index->start[bucket + 1];
    out->visits = ARENA_NEW(mem, visit, last - first + 1);
    minute_set *const cuts = ARENA_NEW(mem, minute_set, 1);
    if (!out->visits || !cuts || !take_hands(out, bucket, mem))
        return false;
    cut_structure(cuts, s, out->law, day);
    for (int32_t k = 0; k < out->n_hands; k++) {
        cut(cuts, out->hands[k].begin);
        cut(cuts, out->hands[k].end);
    }
    for (int64_t k = first; k < last; k++) {
        const visit v = make_visit(out, index->refs[k]);
        if (v.begin >= v.end)
            continue; /* not in this part */
        out->visits[out->n_visits++] = v;
        cut(cuts, v.begin);
        cut(cuts, v.end);
    }
    int32_t n_cuts = 0;
    int16_t at[1441], cell_at[1441];
    for (int32_t m = part.begin; m <= part.end; m++) {
        cell_at[m] = (int16_t)n_cuts;
        if (cuts->on[m])
            at[n_cuts++] = (int16_t)m;
    }
    out->n_cells = n_cuts > 0 ? n_cuts - 1 : 0;
    out->cells = ARENA_NEW(mem, cell, out->n_cells + 1);
    if (!out->cells)
        return false;
    for (int32_t k = 0; k < out->n_cells; k++) {
        out->cells[k].begin = at[k];
        out->cells[k].end = at[k + 1];
        fill_cell(out, &out->cells[k]);
    }
    for (int32_t k = 0; k < out->n_visits; k++) {
        out->visits[k].first = cell_at[out->visits[k].begin];
        out->visits[k].last = cell_at[out->visits[k].end];
    }
    for (int32_t k = 0; k < out->n_hands; k++) {
        out->hands[k].first = cell_at[out->hands[k].begin];
        out->hands[k].last = cell_at[out->hands[k].end];
    }
    if (out->law->director || out->n_hands > 0)
        count_heads(out);
    count_hands(out);
    return true;
}

static uint64_t mix_in(uint64_t hash, int64_t value) {
    hash ^= (uint64_t)value;
    hash *= 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

uint64_t cells_hash(const day_cells *d) {
    uint64_t hash = mix_in(1, d->n_visits);
    for (int32_t k = 0; k < d->n_visits; k++) {
        const visit *const v = &d->visits[k];
        hash = mix_in(hash, v->col);
        hash = mix_in(hash, v->begin * 1441 + v->end);
        hash = mix_in(hash, v->section * 64 + v->class_ * 4 + v->adapting);
        hash = mix_in(hash, v->regular);
    }
    for (int32_t k = 0; k < d->n_cells; k++) {
        hash = mix_in(hash, d->cells[k].limit * 1441 + d->cells[k].begin);
        hash = mix_in(hash, d->cells[k].counted * 1000 + d->cells[k].cat1);
        hash = mix_in(hash, d->cells[k].usable * 1000 + d->cells[k].kept);
    }
    return hash;
}

static bool same_profile_day(const profile *f, int32_t a, int32_t b) {
    const day_profile *const x = &f->days[a], *const y = &f->days[b];
    if (x->n != y->n)
        return false;
    for (int32_t k = 0; k < x->n && x->steps != y->steps; k++)
        if (x->steps[k].begin != y->steps[k].begin ||
            x->steps[k].end != y->steps[k].end ||
            x->steps[k].value != y->steps[k].value)
            return false;
    return true;
}

static bool same_structure_day(const structure *s, int32_t a, int32_t b) {
    bool same = same_profile_day(&s->capacity, a, b) &&
                same_profile_day(&s->open, a, b) &&
                same_profile_day(&s->reserve, a, b) &&
                s->law->days[a] == s->law->days[b];
    if (same && s->n_sessions > 0)
        same = same_profile_day(&s->session, a, b) &&
               s->law->sessions[a] == s->law->sessions[b];
    for (int32_t k = 0; same && k < s->n_sections; k++)
        same = same_profile_day(&s->sections[k].capacity, a, b);
    for (int32_t k = 0; same && k < s->n_shared; k++)
        same = same_profile_day(&s->shared[k].when, a, b);
    for (int32_t k = 0; same && k < s->n_merges; k++)
        same = same_profile_day(&s->merges[k].places, a, b);
    for (int32_t k = 0; same && k < s->n_staff; k++)
        same = same_profile_day(&s->staff[k].count, a, b);
    for (int32_t k = 0; same && k < s->n_outings; k++)
        same = same_profile_day(&s->outings[k].when, a, b);
    return same;
}

bool cells_equal(const day_cells *a, const day_cells *b) {
    if (a->structure != b->structure || a->n_visits != b->n_visits ||
        a->n_hands > 0 || b->n_hands > 0 || a->n_cells != b->n_cells ||
        !same_structure_day(a->s, a->day, b->day))
        return false;
    for (int32_t k = 0; k < a->n_visits; k++) {
        const visit *const x = &a->visits[k], *const y = &b->visits[k];
        if (x->col != y->col || x->begin != y->begin || x->end != y->end ||
            x->section != y->section || x->class_ != y->class_ ||
            x->adapting != y->adapting)
            return false;
    }
    return true;
}

int32_t cells_room(const day_cells *d, int32_t cell_index, int32_t section) {
    if (section == NONE)
        return NONE;
    const int32_t minute = d->cells[cell_index].begin;
    for (int32_t k = 0; k < d->s->n_merges; k++) {
        const merge *const m = &d->s->merges[k];
        if (!profile_covers(&m->places, d->day, minute))
            continue;
        for (int32_t i = 0; i < m->n_sections; i++)
            if (m->sections[i] == section)
                return m->sections[0];
    }
    return section;
}
