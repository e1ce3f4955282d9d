// SPDX-License-Identifier: GPL-3.0-or-later
/* What an option needs by itself: opening hours, age, equipment, a skill on the
 * spot, the family's floor, and what its sessions ask. check/ decides the same
 * again on its own. */
#include "solve/filter.h"

/* A profile that is not 0 from begin to end without a hole. */
static bool is_open(const profile *f, int32_t day, int32_t begin, int32_t end) {
    const day_profile *const d = &f->days[day];
    int32_t reached = begin;
    for (int32_t k = 0; k < d->n && reached < end; k++) {
        const step *const s = &d->steps[k];
        if (s->end <= reached || s->value == 0)
            continue;
        if (s->begin > reached)
            return false;
        reached = s->end;
    }
    return reached >= end;
}

static bool age_fits(const problem *prob, const structure *s, const child *c,
                     const presence *at) {
    if (at->section == SECTION_MISSING)
        return false;
    if (at->section == NONE)
        return true;
    const section *const sec = &s->sections[at->section];
    const int32_t age = civil_age_months(c->birth, prob->days[at->day]);
    return age >= sec->from_months && age < sec->below_months;
}

static bool serves_school(const structure *s, const child *c) {
    bool serves = s->n_schools == NONE;
    for (int32_t k = 0; k < s->n_schools; k++)
        serves |= s->schools[k] == c->school;
    return serves;
}

/* A booking comes while the session takes bookings for the date. */
static bool in_time(const problem *prob, const session *to, const request *r,
                    int32_t day) {
    const int32_t civil = prob->days[day];
    const int64_t at = r->submitted;
    return (!to->opens.given || moment_of(prob, &to->opens, civil) <= at) &&
           (!to->closes.given || at < moment_of(prob, &to->closes, civil));
}

/* The sessions of a structure that the option comes to on a day. */
static uint64_t sessions_on(const problem *prob, const option *o,
                            int32_t structure_index, int32_t day) {
    const structure *const s = &prob->structures[structure_index];
    uint64_t all = 0;
    for (int32_t k = 0; k < o->n_presences; k++) {
        const presence *const at = &o->presences[k];
        const session *to = NULL;
        if (at->day == day && at->structure == structure_index)
            to = session_at(s, day, at->begin);
        if (to)
            all |= UINT64_C(1) << (to - s->sessions);
    }
    return all;
}

static bool session_admits(const problem *prob, const request *r,
                           const option *o, const presence *at) {
    const structure *const s = &prob->structures[at->structure];
    const session *const to = session_at(s, at->day, at->begin);
    if (!to || request_is_absent(r, at->day))
        return true;
    if (r->kind == REQUEST_OCCASIONAL && !in_time(prob, to, r, at->day))
        return false;
    return (to->companions & ~sessions_on(prob, o, at->structure, at->day)) ==
           0;
}

static bool is_chained(const request *r, const option *o) {
    for (int32_t k = 1; k < o->n_presences; k++)
        if (o->presences[k].day == o->presences[k - 1].day &&
            o->presences[k].begin != o->presences[k - 1].end &&
            !request_is_absent(r, o->presences[k].day))
            return false;
    return true;
}

static bool is_equipped(const problem *prob, const structure *s,
                        const child *c) {
    for (int32_t n = 0; n < prob->n_needs; n++) {
        if (!(c->needs >> n & 1) || !prob->needs[n].equipped)
            continue;
        bool offered = false;
        for (int32_t k = 0; k < s->n_offers; k++)
            offered |= s->offers[k].need == n;
        if (!offered)
            return false;
    }
    return true;
}

/* Somebody with the skill is there from begin to end. */
static bool skill_is_there(const structure *s, int32_t skill,
                           const presence *at) {
    int32_t reached = at->begin;
    bool moved = true;
    while (reached < at->end && moved) {
        moved = false;
        for (int32_t k = 0; k < s->n_staff; k++) {
            if (!(s->staff[k].skills >> skill & 1))
                continue;
            const day_profile *const d = &s->staff[k].count.days[at->day];
            for (int32_t i = 0; i < d->n; i++)
                if (d->steps[i].value > 0 && d->steps[i].begin <= reached &&
                    d->steps[i].end > reached) {
                    reached = d->steps[i].end;
                    moved = true;
                }
        }
    }
    return reached >= at->end;
}

/* Or an employee who may work there has it: then rows of the cells ask. */
static bool skill_may_come(const problem *prob, int32_t skill,
                           const presence *at) {
    bool may = false;
    for (int32_t e = 0; e < prob->n_employees; e++)
        may |= employee_works_in(&prob->employees[e], at->structure) &&
               (employee_skills(&prob->employees[e], prob->days[at->day]) >>
                    skill &
                1);
    return may;
}

static bool skills_are_there(const problem *prob, const structure *s,
                             const child *c, const presence *at) {
    for (int32_t n = 0; n < prob->n_needs; n++)
        if ((c->needs >> n & 1) && prob->needs[n].skill != NONE &&
            !skill_is_there(s, prob->needs[n].skill, at) &&
            !skill_may_come(prob, prob->needs[n].skill, at))
            return false;
    return true;
}

bool filter_option(const problem *prob, const request *r,
                   int32_t option_index) {
    const option *const o = &r->options[option_index];
    const child *const c = &prob->children[r->child];
    const bool holds = option_index == r->held;
    if ((o->n_presences == 0 && !o->is_away) ||
        !is_equipped(prob, &prob->structures[o->structure], c))
        return false;
    if (!holds && r->chain && !is_chained(r, o))
        return false;
    if (!holds &&
        (o->floor_days < r->min_days || o->floor_minutes < r->min_minutes))
        return false;
    for (int32_t k = 0; k < o->n_presences; k++) {
        const presence *const at = &o->presences[k];
        const structure *const s = &prob->structures[at->structure];
        if (!is_open(&s->open, at->day, at->begin, at->end) ||
            !age_fits(prob, s, c, at) || !is_equipped(prob, s, c) ||
            !serves_school(s, c))
            return false;
        if (!holds && (!skills_are_there(prob, s, c, at) ||
                       !session_admits(prob, r, o, at)))
            return false;
    }
    return true;
}
