// SPDX-License-Identifier: GPL-3.0-or-later
/* What makes an option impossible whatever else is decided. */
#include "check/option.h"

#include "check/check.h"

static bool is_whole(const option *o) {
    for (int32_t i = 0; i < o->n_presences; i++) {
        if (o->presences[i].section == SECTION_MISSING)
            return false;
    }
    return o->n_presences > 0 || o->is_away;
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
    f.at.structure = p->structure;
    f.at.civil = prob->days[p->day];
    f.at.begin = p->begin;
    f.at.end = p->end;
    return f;
}

static bool inside_hours(const problem *prob, const presence *p) {
    const profile *const open = &prob->structures[p->structure].open;
    return covered_until(open, p->day, p->begin, p->end) == p->end;
}

/* Each maximal part of the presence in which the structure is not open. */
static void hours_breaches(findings *found, const problem *prob, int32_t r,
                           const option *o, const presence *p) {
    const profile *const open = &prob->structures[p->structure].open;
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

static bool admits(const problem *prob, const presence *p, const child *c) {
    if (p->section < 0)
        return true;
    const section *const s =
        &prob->structures[p->structure].sections[p->section];
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

static bool lacks_need(const problem *prob, int32_t place, const child *c,
                       int32_t n) {
    return (c->needs >> n & 1) && prob->needs[n].equipped &&
           !offers(&prob->structures[place], n);
}

/* Presence `i` is the first in a structure that is not the option's own. */
static bool is_new_leg(const option *o, int32_t i) {
    bool is_new = o->presences[i].structure != o->structure;
    for (int32_t k = 0; k < i && is_new; k++)
        is_new = o->presences[k].structure != o->presences[i].structure;
    return is_new;
}

static bool is_held(const request *r, const option *o) {
    return r->held != NONE && o == &r->options[r->held];
}

static bool below_floor(const request *r, const option *o) {
    return !is_held(r, o) &&
           (o->floor_days < r->min_days || o->floor_minutes < r->min_minutes);
}

/* --- what sessions ask
 * --------------------------------------------------------
 */

static bool is_of_sector(const structure *x, const child *c) {
    if (x->n_schools == NONE)
        return true;
    for (int32_t i = 0; i < x->n_schools; i++) {
        if (x->schools[i] == c->school)
            return true;
    }
    return false;
}

static const session *session_of(const problem *prob, const presence *p) {
    return session_at(&prob->structures[p->structure], p->day, p->begin);
}

static bool is_booked(const problem *prob, const request *r,
                      const presence *p) {
    const session *const to = session_of(prob, p);
    const int32_t civil = prob->days[p->day];
    if (!to || r->kind != REQUEST_OCCASIONAL)
        return true;
    if (to->opens.given && r->submitted < moment_of(prob, &to->opens, civil))
        return false;
    return !to->closes.given ||
           r->submitted < moment_of(prob, &to->closes, civil);
}

/* On the date of the presence another begins in each companion. */
static bool has_companions(const problem *prob, const option *o,
                           const presence *p) {
    const structure *const x = &prob->structures[p->structure];
    const session *const to = session_of(prob, p);
    uint64_t missing = to ? to->companions : 0;
    for (int32_t i = 0; i < o->n_presences && missing != 0; i++) {
        const presence *const other = &o->presences[i];
        const session *const there = session_of(prob, other);
        if (there && other->day == p->day && other->structure == p->structure)
            missing &= ~((uint64_t)1 << (there - x->sessions));
    }
    return missing == 0;
}

/* The child is nowhere between presence `i` and the one before on its date. */
static bool is_gap(const option *o, int32_t i) {
    const presence *const p = &o->presences[i];
    return i > 0 && p[-1].day == p->day && p[-1].end != p->begin;
}

static void session_breaches(findings *found, const problem *prob, int32_t r,
                             const option *o) {
    const request *const req = &prob->requests[r];
    int32_t last_gap = NONE;
    for (int32_t i = 0; i < o->n_presences && !is_held(req, o); i++) {
        const presence *const p = &o->presences[i];
        if (request_is_absent(req, p->day))
            continue;
        if (!is_booked(prob, req, p)) {
            const finding f = about_presence(prob, BREAKS_BOOKING, r, o, p);
            findings_add(found, &f);
        }
        if (!has_companions(prob, o, p)) {
            const finding f = about_presence(prob, BREAKS_COMPANION, r, o, p);
            findings_add(found, &f);
        }
        if (req->chain && is_gap(o, i) && p->day != last_gap) {
            finding f = about(BREAKS_CHAIN, r, o);
            f.at.civil = prob->days[p->day];
            findings_add(found, &f);
            last_gap = p->day;
        }
    }
}

static bool breaks_session(const problem *prob, const request *r,
                           const option *o, rule_name *broken) {
    *broken = N_PLAN_RULES;
    for (int32_t i = 0; i < o->n_presences && !is_held(r, o); i++) {
        if (request_is_absent(r, o->presences[i].day))
            continue;
        if (!is_booked(prob, r, &o->presences[i]))
            *broken = BREAKS_BOOKING;
        else if (!has_companions(prob, o, &o->presences[i]))
            *broken = BREAKS_COMPANION;
        else if (r->chain && is_gap(o, i))
            *broken = BREAKS_CHAIN;
        if (*broken != N_PLAN_RULES)
            return true;
    }
    return false;
}

/* --- all of it
 * ----------------------------------------------------------------
 */

/* Equipment and schools of the option's structure and those of its legs. */
static void place_breaches(findings *found, const problem *prob, int32_t r,
                           const option *o, int32_t place, bool visited) {
    const child *const c = &prob->children[prob->requests[r].child];
    for (int32_t n = 0; c->needs != 0 && n < prob->n_needs; n++) {
        if (lacks_need(prob, place, c, n)) {
            finding f = about(BREAKS_NEED, r, o);
            f.at.structure = place;
            f.at.need = n;
            findings_add(found, &f);
        }
    }
    if (visited && !is_of_sector(&prob->structures[place], c)) {
        finding f = about(BREAKS_SECTOR, r, o);
        f.at.structure = place;
        findings_add(found, &f);
    }
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
        if (!admits(prob, p, c)) {
            finding f = about_presence(prob, BREAKS_AGE, r, o, p);
            f.at.section = p->section;
            f.have = civil_age_months(c->birth, prob->days[p->day]);
            findings_add(found, &f);
        }
    }
    place_breaches(found, prob, r, o, o->structure,
                   option_visits(o, o->structure));
    for (int32_t i = 0; i < o->n_presences; i++) {
        if (is_new_leg(o, i))
            place_breaches(found, prob, r, o, o->presences[i].structure, true);
    }
    if (below_floor(req, o)) {
        const finding f = about(BREAKS_FLOOR, r, o);
        findings_add(found, &f);
    }
    session_breaches(found, prob, r, o);
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

/* An employee with the skill may work in the structure on that date: whether
 * one is there is the roster's. */
static bool is_on_call(const problem *prob, int32_t skill, const presence *p) {
    for (int32_t e = 0; e < prob->n_employees; e++) {
        const employee *const agent = &prob->employees[e];
        if (employee_works_in(agent, p->structure) &&
            (employee_skills(agent, prob->days[p->day]) >> skill & 1))
            return true;
    }
    return false;
}

static bool lacks_skill(const problem *prob, const option *o, const child *c) {
    for (int32_t n = 0; c->needs != 0 && n < prob->n_needs; n++) {
        const int32_t skill = prob->needs[n].skill;
        if (!(c->needs >> n & 1) || skill == NONE)
            continue;
        for (int32_t i = 0; i < o->n_presences; i++) {
            const presence *const p = &o->presences[i];
            if (!has_skill(&prob->structures[p->structure], skill, p) &&
                !is_on_call(prob, skill, p))
                return true;
        }
    }
    return false;
}

static rule_name presence_fault(const problem *prob, const option *o,
                                const child *c) {
    for (int32_t i = 0; i < o->n_presences; i++) {
        if (!inside_hours(prob, &o->presences[i]))
            return BREAKS_HOURS;
    }
    for (int32_t i = 0; i < o->n_presences; i++) {
        if (!admits(prob, &o->presences[i], c))
            return BREAKS_AGE;
    }
    return N_PLAN_RULES;
}

static rule_name place_fault(const problem *prob, const option *o,
                             const child *c) {
    for (int32_t i = -1; i < o->n_presences; i++) {
        if (i >= 0 && !is_new_leg(o, i))
            continue;
        const int32_t place = i < 0 ? o->structure : o->presences[i].structure;
        for (int32_t n = 0; c->needs != 0 && n < prob->n_needs; n++) {
            if (lacks_need(prob, place, c, n))
                return BREAKS_NEED;
        }
        if ((i >= 0 || option_visits(o, place)) &&
            !is_of_sector(&prob->structures[place], c))
            return BREAKS_SECTOR;
    }
    return N_PLAN_RULES;
}

rule_name check_option(const problem *prob, int32_t r, int32_t o_index) {
    const request *const req = &prob->requests[r];
    const option *const o = &req->options[o_index];
    const child *const c = &prob->children[req->child];
    if (!is_whole(o))
        return BREAKS_MENU;
    rule_name broken = presence_fault(prob, o, c);
    if (broken == N_PLAN_RULES)
        broken = place_fault(prob, o, c);
    if (broken != N_PLAN_RULES)
        return broken;
    if (below_floor(req, o))
        return BREAKS_FLOOR;
    if (breaks_session(prob, req, o, &broken))
        return broken;
    if (o_index != req->held && lacks_skill(prob, o, c))
        return BREAKS_SKILL;
    return N_PLAN_RULES;
}
