// SPDX-License-Identifier: GPL-3.0-or-later
/* What makes an option impossible whatever else is decided. */
#include "check/option.h"

#include "check/check.h"

static bool is_whole(const option *o) {
    for (int32_t i = 0; i < o->n_presences; i++) {
        if (o->presences[i].section == SECTION_MISSING)
            return false;
    }
    return o->n_presences > 0;
}

/* The first minute at or after `from` that no step covers, at most `end`. */
static int32_t covered_until(const profile *f, int32_t day, int32_t from,
                             int32_t end) {
    const day_profile *const d = &f->days[day];
    for (int32_t i = 0; i < d->n && from < end; i++) {
        const step *const s = &d->steps[i];
        if (s->value != 0 && s->begin <= from && from < s->end)
            from = s->end;
    }
    return from < end ? from : end;
}

/* The first minute at or after `from` that a step covers, at most `end`. */
static int32_t uncovered_until(const profile *f, int32_t day, int32_t from,
                               int32_t end) {
    const day_profile *const d = &f->days[day];
    for (int32_t i = 0; i < d->n; i++) {
        const step *const s = &d->steps[i];
        if (s->value != 0 && s->end > from)
            return s->begin < from ? from : s->begin < end ? s->begin : end;
    }
    return end;
}

static finding about(rule_name broken, int32_t r, const option *o) {
    finding f = {.at = where_of(broken), .is_breach = true};
    f.at.request = r;
    f.note = o->id;
    return f;
}

static finding about_presence(const problem *prob, rule_name broken, int32_t r,
                              const option *o, const presence *p) {
    finding f = about(broken, r, o);
    f.at.structure = o->structure;
    f.at.civil = prob->days[p->day];
    f.at.begin = p->begin;
    f.at.end = p->end;
    return f;
}

static bool inside_hours(const problem *prob, const option *o,
                         const presence *p) {
    const profile *const open = &prob->structures[o->structure].open;
    return covered_until(open, p->day, p->begin, p->end) == p->end;
}

/* Each maximal part of the presence in which the structure is not open. */
static void hours_breaches(findings *found, const problem *prob, int32_t r,
                           const option *o, const presence *p) {
    const profile *const open = &prob->structures[o->structure].open;
    int32_t minute = covered_until(open, p->day, p->begin, p->end);
    while (minute < p->end) {
        const int32_t again = uncovered_until(open, p->day, minute, p->end);
        finding f = about_presence(prob, BREAKS_HOURS, r, o, p);
        f.at.begin = minute;
        f.at.end = again;
        findings_add(found, &f);
        minute = covered_until(open, p->day, again, p->end);
    }
}

static bool admits(const problem *prob, const option *o, const presence *p,
                   const child *c) {
    if (p->section < 0)
        return true;
    const section *const s =
        &prob->structures[o->structure].sections[p->section];
    if (s->from_months == INT32_MIN && s->below_months == INT32_MAX)
        return true;
    const int32_t age = civil_age_months(c->birth, prob->days[p->day]);
    return age >= s->from_months && age < s->below_months;
}

static bool offers(const structure *x, int32_t need_index) {
    for (int32_t i = 0; i < x->n_offers; i++) {
        if (x->offers[i].need == need_index)
            return true;
    }
    return false;
}

static bool lacks_need(const problem *prob, const option *o, const child *c,
                       int32_t n) {
    return (c->needs >> n & 1) && prob->needs[n].equipped &&
           !offers(&prob->structures[o->structure], n);
}

static bool below_floor(const request *r, const option *o) {
    const bool is_held = r->held != NONE && o == &r->options[r->held];
    return !is_held &&
           (o->floor_days < r->min_days || o->floor_minutes < r->min_minutes);
}

void option_breaches(findings *found, const problem *prob, int32_t r,
                     int32_t o_index) {
    const request *const req = &prob->requests[r];
    const option *const o = &req->options[o_index];
    const child *const c = &prob->children[req->child];
    if (!is_whole(o)) {
        const finding f = about(BREAKS_MENU, r, o);
        findings_add(found, &f);
    }
    for (int32_t i = 0; i < o->n_presences; i++) {
        const presence *const p = &o->presences[i];
        hours_breaches(found, prob, r, o, p);
        if (!admits(prob, o, p, c)) {
            finding f = about_presence(prob, BREAKS_AGE, r, o, p);
            f.at.section = p->section;
            f.have = civil_age_months(c->birth, prob->days[p->day]);
            findings_add(found, &f);
        }
    }
    for (int32_t n = 0; c->needs != 0 && n < prob->n_needs; n++) {
        if (lacks_need(prob, o, c, n)) {
            finding f = about(BREAKS_NEED, r, o);
            f.at.structure = o->structure;
            f.at.need = n;
            findings_add(found, &f);
        }
    }
    if (below_floor(req, o)) {
        const finding f = about(BREAKS_FLOOR, r, o);
        findings_add(found, &f);
    }
}

/* The latest end of an agent with the skill who is there at the minute; the
 * minute itself when there is none. */
static int32_t skilled_until(const structure *x, int32_t skill, int32_t day,
                             int32_t minute) {
    int32_t until = minute;
    for (int32_t i = 0; i < x->n_staff; i++) {
        if (!(x->staff[i].skills >> skill & 1))
            continue;
        const int32_t end =
            covered_until(&x->staff[i].count, day, minute, 24 * 60);
        until = end > until ? end : until;
    }
    return until;
}

static bool has_skill(const structure *x, int32_t skill, const presence *p) {
    int32_t minute = p->begin;
    while (minute < p->end) {
        const int32_t until = skilled_until(x, skill, p->day, minute);
        if (until == minute)
            return false;
        minute = until;
    }
    return true;
}

static bool lacks_skill(const problem *prob, const option *o, const child *c) {
    for (int32_t n = 0; c->needs != 0 && n < prob->n_needs; n++) {
        const int32_t skill = prob->needs[n].skill;
        if (!(c->needs >> n & 1) || skill == NONE)
            continue;
        for (int32_t i = 0; i < o->n_presences; i++) {
            if (!has_skill(&prob->structures[o->structure], skill,
                           &o->presences[i]))
                return true;
        }
    }
    return false;
}

static rule_name presence_fault(const problem *prob, const option *o,
                                const child *c) {
    for (int32_t i = 0; i < o->n_presences; i++) {
        if (!inside_hours(prob, o, &o->presences[i]))
            return BREAKS_HOURS;
    }
    for (int32_t i = 0; i < o->n_presences; i++) {
        if (!admits(prob, o, &o->presences[i], c))
            return BREAKS_AGE;
    }
    return N_PLAN_RULES;
}

rule_name check_option(const problem *prob, int32_t r, int32_t o_index) {
    const request *const req = &prob->requests[r];
    const option *const o = &req->options[o_index];
    const child *const c = &prob->children[req->child];
    if (!is_whole(o))
        return BREAKS_MENU;
    const rule_name broken = presence_fault(prob, o, c);
    if (broken != N_PLAN_RULES)
        return broken;
    for (int32_t n = 0; c->needs != 0 && n < prob->n_needs; n++) {
        if (lacks_need(prob, o, c, n))
            return BREAKS_NEED;
    }
    if (below_floor(req, o))
        return BREAKS_FLOOR;
    if (o_index != req->held && lacks_skill(prob, o, c))
        return BREAKS_SKILL;
    return N_PLAN_RULES;
}
