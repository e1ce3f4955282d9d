// SPDX-License-Identifier: GPL-3.0-or-later
/* Every goal added up again from its definition (doc/format.md 7).
 *
 * The reader bounds goals for plans that can be; a plan that cannot be may pass
 * the bound, so sums saturate instead of wrapping. */
#include <string.h>

#include "base/text.h"
#include "check/changes.h"
#include "check/goals.h"
#include "check/roster.h"

static void add(int64_t *sum, int64_t value) {
    if (!add_fits(*sum, value, sum))
        *sum = value > 0 ? INT64_MAX : INT64_MIN;
}

static int64_t times(int64_t a, int64_t b) {
    int64_t product;
    if (mul_fits(a, b, &product))
        return product;
    return (a > 0) == (b > 0) ? INT64_MAX : INT64_MIN;
}

static int64_t unit_price(const prices *p, shortage_kind kind) {
    switch (kind) {
    case SHORT_PLACES:
        return p->place_minute;
    case SHORT_RATIO:
    case SHORT_QUOTA:
    case SHORT_MINIMUM:
    case SHORT_SKILL:
        return p->person_minute;
    case SHORT_WEEK:
        return p->week_minute;
    case SHORT_MIX:
        return p->mix_minute;
    case SHORT_REQUEST:
        return p->request;
    case SHORT_GUARANTEED:
        return p->guaranteed;
    case N_SHORTAGE_KINDS:
        break;
    }
    return 0;
}

int64_t goals_price(const problem *prob, const finding *f) {
    const int64_t minutes = f->at.begin == NONE ? 1 : f->at.end - f->at.begin;
    return times(unit_price(&prob->prices, f->kind), times(f->size, minutes));
}

static int64_t shortage_value(const judge *j) {
    int64_t sum = 0;
    for (int32_t i = 0; i < j->shortages.n; i++)
        add(&sum, goals_price(j->prob, &j->shortages.at[i]));
    return sum;
}

static int64_t minutes_of(const option *o) {
    int64_t minutes = 0;
    for (int32_t i = 0; i < o->n_presences; i++)
        minutes += o->presences[i].end - o->presences[i].begin;
    return minutes;
}

/* The first presence in the option's own structure, NULL for none. */
static const presence *first_of(const option *o) {
    for (int32_t i = 0; i < o->n_presences; i++)
        if (o->presences[i].structure == o->structure)
            return &o->presences[i];
    return NULL;
}

/* 1 for the structure held, 1 more for the section of the first presence. */
static int64_t continuity_of(const request *r, const option *o) {
    const option *const held = r->held == NONE ? NULL : &r->options[r->held];
    if (!held || held->structure != o->structure)
        return 0;
    const presence *const now = first_of(o), *const before = first_of(held);
    return 1 + (now && before && now->section == before->section);
}

static bool is_ideal(const problem *prob, const presence *p, const child *c) {
    if (p->section < 0)
        return true;
    const section *const s =
        &prob->structures[p->structure].sections[p->section];
    if (s->ideal_from_months == INT32_MIN && s->ideal_below_months == INT32_MAX)
        return true;
    const int32_t age = civil_age_months(c->birth, prob->days[p->day]);
    return age >= s->ideal_from_months && age < s->ideal_below_months;
}

/* Days with a presence in a section that is not ideal for the age. */
static int64_t age_misfits(const problem *prob, const option *o,
                           const child *c) {
    int64_t days = 0;
    int32_t last = NONE;
    for (int32_t i = 0; i < o->n_presences; i++) {
        if (o->presences[i].day == last || is_ideal(prob, &o->presences[i], c))
            continue;
        days++;
        last = o->presences[i].day;
    }
    return days;
}

static void add_option(int64_t value[N_GOALS], const problem *prob,
                       const request *r, const option *o) {
    add(&value[GOAL_POINTS], r->points);
    add(&value[GOAL_REQUESTS], 1);
    add(&value[GOAL_HOURS], minutes_of(o));
    add(&value[GOAL_SATISFACTION], o->satisfaction);
    add(&value[GOAL_RANKS], o->rank);
    add(&value[GOAL_CONTINUITY], continuity_of(r, o));
    add(&value[GOAL_DISTANCE], o->distance);
    add(&value[GOAL_AGE_FIT], age_misfits(prob, o, &prob->children[r->child]));
    add(&value[GOAL_TIE], o->ticket);
}

bool goals_in_one_structure(const judge *j, const siblings *group) {
    int32_t place = NONE;
    for (int32_t i = 0; i < group->n_requests; i++) {
        const option *const o =
            given_option(j->prob, j->option_of, group->requests[i]);
        if (!o || (place != NONE && o->structure != place))
            return false;
        place = o->structure;
    }
    return true;
}

int64_t goals_structures_used(const judge *j, int32_t n) {
    int64_t count = 0;
    bool *const used = j->marked;
    memset(used, 0, (size_t)j->prob->n_structures * sizeof *used);
    for (int32_t r = 0; r < j->prob->n_requests; r++) {
        const option *const o = given_option(j->prob, j->option_of, r);
        const child *const c = &j->prob->children[j->prob->requests[r].child];
        if (!o || !(c->needs >> n & 1) || used[o->structure])
            continue;
        used[o->structure] = true;
        count++;
    }
    return count;
}

/* Arrivals beyond k in each quarter hour of one structure's day. */
static int64_t arrivals_beyond(visit_span visits, int32_t k) {
    int32_t arrivals[24 * 4 + 1] = {0};
    int64_t beyond = 0;
    for (int32_t i = 0; i < visits.n; i++)
        beyond += ++arrivals[visits.at[i].at->begin / 15] > k;
    return beyond;
}

/* Changes of structure or section beyond g, date by date. */
static int64_t changes_beyond(const option *o, int32_t g) {
    int64_t beyond = 0, changes = 0;
    for (int32_t i = 1; i < o->n_presences; i++) {
        const presence *const a = &o->presences[i - 1], *const b = a + 1;
        if (a->day != b->day) {
            changes = 0;
            continue;
        }
        const bool moves =
            a->section != b->section || a->structure != b->structure;
        changes += moves;
        beyond += moves && changes > g;
    }
    return beyond;
}

void goals_add_request(int64_t value[N_GOALS], const problem *prob, int32_t r,
                       const option *o) {
    const int32_t g = prob->structures[o->structure].floor_group_changes;
    add_option(value, prob, &prob->requests[r], o);
    if (g != NONE)
        add(&value[GOAL_FLOORS], changes_beyond(o, g));
}

int64_t goals_day_floors(const structure *x, const day_totals *totals,
                         visit_span visits) {
    int64_t units = totals->margin_units;
    if (x->floor_arrivals != NONE)
        add(&units, arrivals_beyond(visits, x->floor_arrivals));
    return units;
}

static int64_t floors_of(const judge *j, int32_t place) {
    int64_t units = 0;
    for (int32_t d = 0; d < j->prob->n_days; d++)
        add(&units, goals_day_floors(&j->prob->structures[place],
                                     judge_totals(j, place) + d,
                                     attendance_on(&j->attendance, place, d)));
    return units;
}

void judge_goals(int64_t value[N_GOALS], const judge *j) {
    const problem *const prob = j->prob;
    for (int32_t g = 0; g < N_GOALS; g++)
        value[g] = 0;
    value[GOAL_SHORTAGE] = shortage_value(j);
    for (int32_t r = 0; r < prob->n_requests; r++) {
        const option *const o = given_option(prob, j->option_of, r);
        if (o)
            goals_add_request(value, prob, r, o);
    }
    roster_goals(value, prob, j->way_of);
    value[GOAL_CHANGES] = changes_value(prob, j->option_of, j->way_of);
    for (int32_t g = 0; g < prob->n_siblings; g++)
        value[GOAL_SIBLINGS] += goals_in_one_structure(j, &prob->siblings[g]);
    for (int32_t n = 0; n < prob->n_needs; n++)
        value[GOAL_CONCENTRATION] += goals_structures_used(j, n);
    for (int32_t s = 0; s < prob->n_structures; s++)
        add(&value[GOAL_FLOORS], floors_of(j, s));
}

static int64_t weighted_sum(const goals *g, const int64_t value[N_GOALS]) {
    int64_t sum = 0;
    for (int32_t i = 0; i < g->n; i++)
        add(&sum, times(g->terms[i].weight, value[g->terms[i].goal]));
    return sum;
}

int64_t judge_weighted(const problem *prob, const int64_t value[N_GOALS]) {
    return prob->goals.weighted ? weighted_sum(&prob->goals, value) : 0;
}

static int order_of(goal_sense sense, int64_t a, int64_t b) {
    const int by = (a > b) - (a < b);
    return sense == SENSE_MAX ? -by : by;
}

int verdict_order(const goals *g, const verdict *a, const verdict *b) {
    if (g->weighted)
        return order_of(g->sense, weighted_sum(g, a->value),
                        weighted_sum(g, b->value));
    int order = 0;
    for (int32_t k = 0; order == 0 && k < g->n; k++) {
        const goal_id goal = g->terms[k].goal;
        order =
            order_of(goal_about(goal)->sense, a->value[goal], b->value[goal]);
    }
    return order;
}
