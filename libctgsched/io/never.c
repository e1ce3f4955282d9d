// SPDX-License-Identifier: GPL-3.0-or-later
/* Why an option can never be given, whatever is decided about the others
 * (format.md 4.3). A small test of the reader's own, for a warning and for the
 * bounds of goals; the judge counts again from the definition. */
#include "io/intake.h"

/* Is [begin, end) inside the steps of the day? They are disjoint and rise. */
static bool steps_hold(const day_profile *on, int32_t begin, int32_t end) {
    for (int32_t i = 0; i < on->n && begin < end; i++)
        if (on->steps[i].begin <= begin && begin < on->steps[i].end)
            begin = on->steps[i].end;
    return begin >= end;
}

static bool is_outside_hours(const structure *s, const presence *at) {
    return !steps_hold(&s->open.days[at->day], at->begin, at->end);
}

static bool breaks_age(const intake *in, const structure *s, const child *c,
                       const presence *at) {
    if (at->section < 0)
        return at->section == SECTION_MISSING;
    const section *const in_section = &s->sections[at->section];
    const int32_t age = civil_age_months(c->birth, in->p->days[at->day]);
    return age < in_section->from_months || age >= in_section->below_months;
}

static bool offers(const structure *s, int32_t need_index) {
    for (int32_t i = 0; i < s->n_offers; i++)
        if (s->offers[i].need == need_index)
            return true;
    return false;
}

static bool misses_need(const intake *in, const structure *s, const child *c) {
    for (int32_t i = 0; i < in->p->n_needs; i++)
        if (c->needs >> i & 1 && in->p->needs[i].equipped && !offers(s, i))
            return true;
    return false;
}

static uint64_t skills_asked(const intake *in, const child *c) {
    uint64_t skills = 0;
    for (int32_t i = 0; i < in->p->n_needs; i++)
        if (c->needs >> i & 1 && in->p->needs[i].skill >= 0)
            skills |= UINT64_C(1) << in->p->needs[i].skill;
    return skills;
}

/* The end of the time from `minute` on during which someone with all of
 * `skill` (one bit) is there; `minute` itself when nobody is. */
static int32_t skilled_until(const structure *s, uint64_t skill, int32_t day,
                             int32_t minute) {
    int32_t end = minute;
    for (int32_t i = 0; i < s->n_staff; i++) {
        const day_profile *const on = &s->staff[i].count.days[day];
        if (!(s->staff[i].skills & skill))
            continue;
        for (int32_t k = 0; k < on->n; k++)
            if (on->steps[k].begin <= minute && on->steps[k].end > end &&
                minute < on->steps[k].end)
                end = on->steps[k].end;
    }
    return end;
}

/* Skills of employees who may work in the structure on the day. */
static uint64_t skills_on_call(const problem *p, const presence *at) {
    uint64_t skills = 0;
    for (int32_t e = 0; e < p->n_employees; e++)
        if (employee_works_in(&p->employees[e], at->structure))
            skills |= employee_skills(&p->employees[e], p->days[at->day]);
    return skills;
}

static bool misses_skill(const structure *s, uint64_t skills,
                         const presence *at) {
    for (uint64_t left = skills; left; left &= left - 1) {
        const uint64_t skill = left & -left;
        int32_t minute = at->begin;
        while (minute < at->end) {
            const int32_t next = skilled_until(s, skill, at->day, minute);
            if (next == minute)
                return true;
            minute = next;
        }
    }
    return false;
}

static bool is_of_school(const structure *s, const child *c) {
    for (int32_t i = 0; i < s->n_schools; i++)
        if (s->schools[i] == c->school)
            return true;
    return s->n_schools == NONE;
}

static bool is_booked_in_time(const intake *in, const session *to,
                              const request *q, int32_t day) {
    const int32_t civil = in->p->days[day];
    return (!to->opens.given ||
            moment_of(in->p, &to->opens, civil) <= q->submitted) &&
           (!to->closes.given ||
            q->submitted < moment_of(in->p, &to->closes, civil));
}

static uint64_t sessions_of(const intake *in, const option *o,
                            const presence *like) {
    uint64_t there = 0;
    for (int32_t i = 0; i < o->n_presences; i++) {
        const presence *const at = &o->presences[i];
        const structure *const s = &in->structures[at->structure];
        const session *const to = session_at(s, at->day, at->begin);
        if (to && at->day == like->day && at->structure == like->structure)
            there |= UINT64_C(1) << (to - s->sessions);
    }
    return there;
}

/* What a session asks of who comes to it. */
static const char *session_reason(const intake *in, const request *q,
                                  const option *o, const presence *at) {
    const structure *const s = &in->structures[at->structure];
    const session *const to = session_at(s, at->day, at->begin);
    if (!to || request_is_absent(q, at->day))
        return NULL;
    if (q->kind == REQUEST_OCCASIONAL && !is_booked_in_time(in, to, q, at->day))
        return "it was not submitted while bookings were open";
    if (to->companions & ~sessions_of(in, o, at))
        return "a session that goes with it is missing";
    return NULL;
}

static bool has_gap(const request *q, const option *o) {
    for (int32_t i = 1; i < o->n_presences; i++)
        if (o->presences[i].day == o->presences[i - 1].day &&
            o->presences[i].begin != o->presences[i - 1].end &&
            !request_is_absent(q, o->presences[i].day))
            return true;
    return false;
}

static const char *presence_reason(const intake *in, const request *q,
                                   const option *o, const presence *at,
                                   uint64_t skills) {
    const structure *const s = &in->structures[at->structure];
    const child *const c = &in->p->children[q->child];
    if (misses_need(in, s, c))
        return "the structure does not offer a need of the child";
    if (!is_of_school(s, c))
        return "the structure is for children of other schools";
    if (is_outside_hours(s, at))
        return "it lies outside the opening hours";
    if (breaks_age(in, s, c, at))
        return "no section admits the age of the child";
    if (skills && misses_skill(s, skills & ~skills_on_call(in->p, at), at))
        return "nobody with the skill is there";
    const bool is_held = q->held != NONE && o == &q->options[q->held];
    return is_held ? NULL : session_reason(in, q, o, at);
}

const char *never_reason(const intake *in, const request *q, const option *o) {
    const child *const c = &in->p->children[q->child];
    const bool is_newcomer = q->held == NONE || o != &q->options[q->held];
    const uint64_t skills = is_newcomer ? skills_asked(in, c) : 0;
    if (o->n_presences == 0 && !o->is_away)
        return "it has no presence in the period and horizon";
    if (is_newcomer &&
        (o->floor_days < q->min_days || o->floor_minutes < q->min_minutes))
        return "it is below the least that the family accepts";
    if (is_newcomer && q->chain && has_gap(q, o))
        return "the child would be nowhere for a while";
    for (int32_t i = 0; i < o->n_presences; i++) {
        const char *const why =
            presence_reason(in, q, o, &o->presences[i], skills);
        if (why)
            return why;
    }
    return NULL;
}
