// SPDX-License-Identifier: GPL-3.0-or-later
/* Rules about whom a structure is for and what its sessions ask (format.md
 * 3.7): of an option, and of all who come to one session. */
#include "support/oracle_parts.h"

/* The session that covers the instant, NULL for none. */
static const session *session_of(const structure *s, int32_t day,
                                 int32_t minute) {
    if (s->n_sessions == 0 || !oracle_step_covers(&s->session, day, minute))
        return NULL;
    return &s->sessions[oracle_step_value(&s->session, day, minute) - 1];
}

static const structure *structure_of(const problem *p, const presence *at) {
    return &p->structures[at->structure];
}

static const session *session_begun(const problem *p, const presence *at) {
    return session_of(structure_of(p, at), at->day, at->begin);
}

/* ---- sector ---- */

static bool comes_from(const structure *s, const child *who) {
    bool known = s->n_schools == NONE;
    for (int32_t i = 0; i < s->n_schools; i++)
        known = known || s->schools[i] == who->school;
    return known;
}

/* ---- booking ---- */

static bool is_working_day(const problem *p, int32_t civil) {
    for (int32_t i = 0; i < p->n_except; i++) {
        if (p->except[i] == civil)
            return false;
    }
    return civil_weekday(civil) < 5;
}

/* Day by day back from the date; the moment as days * 1440 + minutes. */
static int64_t moment_before_date(const problem *p, const moment_before *of,
                                  int32_t civil) {
    int32_t day = civil;
    for (int32_t back = 0; back < of->days; back++) {
        day--;
        while (of->working && !is_working_day(p, day))
            day--;
    }
    return (int64_t)day * 24 * 60 + of->minute;
}

static bool is_booked_in_time(const problem *p, const request *asked,
                              const presence *at) {
    const session *const in = session_begun(p, at);
    if (!in || asked->kind != REQUEST_OCCASIONAL)
        return true;
    const int32_t civil = p->days[at->day];
    if (in->opens.given &&
        asked->submitted < moment_before_date(p, &in->opens, civil))
        return false;
    return !in->closes.given ||
           asked->submitted < moment_before_date(p, &in->closes, civil);
}

/* ---- companion ---- */

/* On the date of the presence `i` another one begins in that session of its
 * structure. */
static bool goes_to(const problem *p, const option *o, int32_t i,
                    const session *companion) {
    const presence *const at = &o->presences[i];
    for (int32_t k = 0; k < o->n_presences; k++) {
        const presence *const other = &o->presences[k];
        if (k != i && other->day == at->day &&
            other->structure == at->structure &&
            session_begun(p, other) == companion)
            return true;
    }
    return false;
}

static bool has_companions(const problem *p, const option *o, int32_t i) {
    const structure *const s = structure_of(p, &o->presences[i]);
    const session *const in = session_begun(p, &o->presences[i]);
    for (int32_t k = 0; in && k < s->n_sessions; k++) {
        if (in->companions >> k & 1 && !goes_to(p, o, i, &s->sessions[k]))
            return false;
    }
    return true;
}

/* ---- chain ---- */

/* Nobody is left nowhere before this presence: it is the first of its date, or
 * another ends when it begins. Presences of one option never overlap. */
static bool is_linked(const option *o, int32_t i) {
    const presence *const at = &o->presences[i];
    bool first = true;
    for (int32_t k = 0; k < o->n_presences; k++) {
        const presence *const other = &o->presences[k];
        if (other->day != at->day || k == i)
            continue;
        if (other->end == at->begin)
            return true;
        first = first && other->begin > at->begin;
    }
    return first;
}

uint64_t oracle_sessions_broken(const problem *p, int32_t r, int32_t o) {
    const request *const asked = &p->requests[r];
    const option *const given = &asked->options[o];
    uint64_t broken = 0;
    for (int32_t i = 0; i < given->n_presences; i++) {
        const presence *const at = &given->presences[i];
        if (!comes_from(structure_of(p, at), &p->children[asked->child]))
            broken |= BIT(SECTOR);
        if (o == asked->held || request_is_absent(asked, at->day))
            continue;
        if (!is_booked_in_time(p, asked, at))
            broken |= BIT(BOOKING);
        if (!has_companions(p, given, i))
            broken |= BIT(COMPANION);
        if (asked->chain && !is_linked(given, i))
            broken |= BIT(CHAIN);
    }
    return broken;
}

/* ---- group ---- */

static bool comes_to(const problem *p, const option *o, int32_t s, int32_t day,
                     const session *wanted) {
    for (int32_t i = 0; i < o->n_presences; i++) {
        const presence *const at = &o->presences[i];
        if (at->structure == s && at->day == day &&
            session_begun(p, at) == wanted)
            return true;
    }
    return false;
}

static bool group_too_small(const problem *p, const int32_t *option_of,
                            int32_t s, int32_t day, const session *of) {
    int32_t n = 0;
    for (int32_t r = 0; r < p->n_requests; r++) {
        if (option_of[r] != NONE)
            n += comes_to(p, &p->requests[r].options[option_of[r]], s, day, of);
    }
    return n > 0 && n < of->min_children;
}

bool oracle_groups_too_small(const problem *p, const int32_t *option_of) {
    for (int32_t s = 0; s < p->n_structures; s++) {
        const structure *const here = &p->structures[s];
        for (int32_t k = 0; k < here->n_sessions; k++) {
            for (int32_t day = 0; day < p->n_days; day++) {
                if (here->sessions[k].min_children > 0 &&
                    !session_is_touched(here, k, day) &&
                    group_too_small(p, option_of, s, day, &here->sessions[k]))
                    return true;
            }
        }
    }
    return false;
}
