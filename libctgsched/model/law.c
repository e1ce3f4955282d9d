// SPDX-License-Identifier: GPL-3.0-or-later
/* The law changes only on a few days (a rule begins or ends, a derogation
 * does): it is looked up on those, the days between share it. */
#include "model/law.h"

#include <assert.h>
#include <string.h>

typedef struct builder {
    const problem *p;
    const structure *s;
    int32_t index; /* of the structure */
    const law_change *changes;
    int32_t n_changes;
    arena *mem;
    const law **days;
} builder;

#define TAKE(part, member)                                                     \
    do {                                                                       \
        if (parts & (part))                                                    \
            to->member = from->member;                                         \
    } while (0)

void rule_take_parts(rule *to, const rule *from, uint32_t parts) {
    TAKE(PART_CLASSES, n_classes);
    if (parts & PART_CLASSES)
        memcpy(to->classes, from->classes, sizeof to->classes);
    TAKE(PART_ROUNDING, rounding);
    TAKE(PART_MIN_STAFF, min_staff);
    TAKE(PART_CAT1_ABOVE, cat1_above_places);
    TAKE(PART_ALONE_CHILDREN, alone_max_children);
    TAKE(PART_ALONE_PLACES, alone_max_places);
    TAKE(PART_ALONE_CATEGORIES, alone_categories);
    TAKE(PART_MIN_PCT, min_pct);
    TAKE(PART_INSTANT_PCT, instant_max_pct);
    TAKE(PART_WEEKLY_PCT, weekly_max_pct);
    TAKE(PART_BASIS, basis);
    TAKE(PART_MAX_PLACES, max_places);
    TAKE(PART_PLACES_PER, places_per);
    TAKE(PART_MIN, min);
    TAKE(PART_STAFF_PER_CHILD, staff_per_child);
    TAKE(PART_BEGIN, begin);
    TAKE(PART_END, end);
    TAKE(PART_DATA, data);
    TAKE(PART_QUALIFIED_PCT, qualified_min_pct);
    TAKE(PART_UNQUALIFIED_PCT, unqualified_max_pct);
    TAKE(PART_SMALL_FROM, small_from);
    TAKE(PART_SMALL_TO, small_to);
    TAKE(PART_SMALL_UNQUALIFIED, small_unqualified);
    TAKE(PART_MAX_MINORS, max_minors);
}

#undef TAKE

static bool rule_is_in_force(const rule *r, int32_t civil) {
    return r->valid_from <= civil && civil <= r->valid_to;
}

const rule *law_find(const problem *p, const structure *s, rule_kind kind,
                     const char *id, int32_t civil) {
    for (int32_t i = 0; i < s->n_packs; i++) {
        const rule_pack *const pack = &p->packs[s->packs[i]];
        for (int32_t k = 0; k < pack->n_rules; k++) {
            const rule *const r = &pack->rules[k];
            if (r->kind == kind && rule_is_in_force(r, civil) &&
                (id ? strcmp(r->id, id) == 0 : !r->applies.given))
                return r;
        }
    }
    return NULL;
}

bool rule_applies(const rule *r, const session *to, int32_t stay) {
    const applies *const a = &r->applies;
    return !a->given || ((a->setting < 0 || a->setting == (int)to->setting) &&
                         (a->pedt < 0 || a->pedt == to->pedt) &&
                         stay > a->above_minutes && stay <= a->up_to_minutes);
}

const rule *law_find_for(const problem *p, const structure *s, rule_kind kind,
                         int32_t civil, const session *in, int32_t stay) {
    for (int32_t i = 0; i < s->n_packs; i++) {
        const rule_pack *const pack = &p->packs[s->packs[i]];
        for (int32_t k = 0; k < pack->n_rules; k++) {
            const rule *const r = &pack->rules[k];
            if (r->kind == kind && rule_is_in_force(r, civil) &&
                (kind != RULE_RATIO || r->applies.given) &&
                rule_applies(r, in, stay))
                return r;
        }
    }
    return NULL;
}

int32_t session_stay(const structure *s, int32_t day, int32_t k) {
    const day_profile *const on = &s->session.days[day];
    const setting here = s->sessions[on->steps[k].value - 1].setting;
    int32_t first = k, last = k;
    while (first > 0 && on->steps[first - 1].end == on->steps[first].begin &&
           s->sessions[on->steps[first - 1].value - 1].setting == here)
        first--;
    while (last + 1 < on->n &&
           on->steps[last].end == on->steps[last + 1].begin &&
           s->sessions[on->steps[last + 1].value - 1].setting == here)
        last++;
    return on->steps[last].end - on->steps[first].begin;
}

const rule *session_ratio(const problem *p, const structure *s,
                          const session *in, int32_t civil, int32_t stay) {
    if (in->regime_is == REGIME_NAMED)
        return law_find(p, s, RULE_RATIO, in->regime, civil);
    if (in->regime_is == REGIME_NONE || in->setting == SETTING_NONE)
        return NULL;
    return law_find_for(p, s, RULE_RATIO, civil, in, stay);
}

static bool change_holds(const builder *b, const law_change *c, int32_t civil) {
    return c->of.structure == b->index && c->of.first <= civil &&
           civil <= c->of.last;
}

/* Derogations in the order of their ids, each upon what the last one left.
 * `*slot` becomes NULL when one waives it. False without memory. */
static bool derogate(const builder *b, const rule **slot, int32_t civil) {
    rule *copy = NULL;
    for (int32_t i = 0; *slot && i < b->n_changes; i++) {
        const law_change *const c = &b->changes[i];
        if (!change_holds(b, c, civil) || strcmp(c->of.rule, (*slot)->id) != 0)
            continue;
        if (c->of.waive) {
            *slot = NULL;
            return true;
        }
        if (!copy) {
            copy = ARENA_NEW(b->mem, rule, 1);
            if (!copy)
                return false;
            *copy = **slot;
            *slot = copy;
        }
        rule_take_parts(copy, &c->values, c->parts);
    }
    return true;
}

/* The reading is that of the session, else the structure's, else the rule's. */
static bool derogate_ratio(const builder *b, law *out, int32_t civil,
                           const session *in) {
    if (!derogate(b, &out->ratio, civil))
        return false;
    if (in && in->has_rounding)
        out->reading = in->rounding;
    else if (b->s->has_rounding)
        out->reading = b->s->rounding;
    else
        out->reading = out->ratio ? out->ratio->rounding : SUM_THEN_CEIL;
    return true;
}

static bool law_on(const builder *b, law *out, int32_t civil) {
    const problem *const p = b->p;
    const structure *const s = b->s;
    if (s->has_ratio)
        out->ratio = law_find(p, s, RULE_RATIO, s->regime, civil);
    out->outing = law_find(p, s, RULE_OUTING, NULL, civil);
    out->minimum = law_find(p, s, RULE_MINIMUM, NULL, civil);
    out->quota = law_find(p, s, RULE_QUOTA, NULL, civil);
    out->director = law_find(p, s, RULE_DIRECTOR, NULL, civil);
    out->cat1_share = law_find(p, s, RULE_CAT1_SHARE, NULL, civil);
    out->over_capacity = law_find(p, s, RULE_OVER_CAPACITY, NULL, civil);
    out->guaranteed = law_find(p, s, RULE_GUARANTEED, NULL, civil);
    out->adaptation = law_find(p, s, RULE_ADAPTATION, NULL, civil);
    return derogate_ratio(b, out, civil, NULL) &&
           derogate(b, &out->outing, civil) &&
           derogate(b, &out->minimum, civil) &&
           derogate(b, &out->quota, civil) &&
           derogate(b, &out->director, civil) &&
           derogate(b, &out->cat1_share, civil) &&
           derogate(b, &out->over_capacity, civil) &&
           derogate(b, &out->guaranteed, civil) &&
           derogate(b, &out->adaptation, civil);
}

static bool is_between(int32_t edge, int32_t before, int32_t day) {
    return before < edge && edge <= day;
}

/* Something begins after `before` and not after `day`, or ended in between. */
static bool law_may_change(const builder *b, int32_t before, int32_t day) {
    for (int32_t i = 0; i < b->s->n_packs; i++) {
        const rule_pack *const pack = &b->p->packs[b->s->packs[i]];
        for (int32_t k = 0; k < pack->n_rules; k++) {
            const rule *const r = &pack->rules[k];
            if (is_between(r->valid_from, before, day) ||
                (r->valid_to < INT32_MAX &&
                 is_between(r->valid_to + 1, before, day)))
                return true;
        }
    }
    for (int32_t i = 0; i < b->n_changes; i++) {
        const law_change *const c = &b->changes[i];
        if (c->of.structure == b->index &&
            (is_between(c->of.first, before, day) ||
             is_between(c->of.last + 1, before, day)))
            return true;
    }
    return false;
}

static bool laws_are_equal(const law *a, const law *b) {
    return a->ratio == b->ratio && a->reading == b->reading &&
           a->outing == b->outing && a->minimum == b->minimum &&
           a->quota == b->quota && a->director == b->director &&
           a->cat1_share == b->cat1_share &&
           a->over_capacity == b->over_capacity &&
           a->guaranteed == b->guaranteed && a->adaptation == b->adaptation;
}

/* An equal law of an earlier day, or a new one; NULL without memory. */
static const law *share_law(const builder *b, const law *now, int32_t day) {
    for (int32_t i = 0; i < day; i++)
        if (laws_are_equal(b->days[i], now))
            return b->days[i];
    law *const fresh = ARENA_NEW(b->mem, law, 1);
    if (fresh)
        *fresh = *now;
    return fresh;
}

static bool build_days(const builder *b) {
    for (int32_t day = 0; day < b->p->n_days; day++) {
        const int32_t civil = b->p->days[day];
        if (day > 0 && !law_may_change(b, b->p->days[day - 1], civil)) {
            b->days[day] = b->days[day - 1];
            continue;
        }
        law now = {0};
        if (!law_on(b, &now, civil))
            return false;
        b->days[day] = share_law(b, &now, day);
        if (!b->days[day])
            return false;
    }
    return true;
}

/* --- sessions ---------------------------------------------------------------
 */

static bool same_steps(const structure *s, int32_t a, int32_t b) {
    return s->session.days[a].n == s->session.days[b].n &&
           s->session.days[a].steps == s->session.days[b].steps;
}

/* The law of one step of the day's sessions, shared with an equal one of the
 * same day or of the day's outside; NULL without memory. */
static const law *step_law(const builder *b, int32_t day, int32_t k,
                           const law *const *before) {
    const int32_t civil = b->p->days[day];
    const session *const in =
        &b->s->sessions[b->s->session.days[day].steps[k].value - 1];
    const int32_t stay = session_stay(b->s, day, k);
    law now = *b->days[day];
    now.ratio = session_ratio(b->p, b->s, in, civil, stay);
    now.minimum = law_find_for(b->p, b->s, RULE_MINIMUM, civil, in, stay);
    if (!derogate_ratio(b, &now, civil, in) ||
        !derogate(b, &now.minimum, civil))
        return NULL;
    if (laws_are_equal(&now, b->days[day]))
        return b->days[day];
    for (int32_t i = 0; i < k; i++)
        if (laws_are_equal(&now, before[i]))
            return before[i];
    law *const fresh = ARENA_NEW(b->mem, law, 1);
    if (fresh)
        *fresh = now;
    return fresh;
}

/* The last earlier day with the same sessions, when no law changed since; -1
 * for none. */
static int32_t equal_before(const builder *b, int32_t day) {
    int32_t equal = day - 1;
    while (equal >= 0 && !same_steps(b->s, equal, day))
        equal--;
    if (equal >= 0 && law_may_change(b, b->p->days[equal], b->p->days[day]))
        return -1;
    return equal;
}

static bool build_sessions(const builder *b, const law *const **days) {
    for (int32_t day = 0; day < b->p->n_days; day++) {
        const int32_t equal = equal_before(b, day);
        if (equal >= 0) {
            days[day] = days[equal];
            continue;
        }
        const int32_t n = b->s->session.days[day].n;
        const law **const of_step = ARENA_NEW(b->mem, const law *, n + 1);
        days[day] = of_step;
        for (int32_t k = 0; of_step && k < n; k++) {
            of_step[k] = step_law(b, day, k, of_step);
            if (!of_step[k])
                return false;
        }
        if (!of_step)
            return false;
    }
    return true;
}

ctg_status law_build(const law_table **out, const problem *p, int32_t index,
                     const law_change *changes, int32_t n_changes, arena *mem,
                     ctg_error *err) {
    assert(index >= 0 && index < p->n_structures);
    law_table *const table = ARENA_NEW(mem, law_table, 1);
    const law **const days = ARENA_NEW(mem, const law *, p->n_days);
    if (!table || !days)
        return err_nomem(err);
    const builder b = {
        p, &p->structures[index], index, changes, n_changes, mem, days};
    if (!build_days(&b))
        return err_nomem(err);
    *table = (law_table){.n_days = p->n_days, .days = days};
    if (b.s->n_sessions > 0) {
        const law *const **const sessions =
            ARENA_NEW(mem, const law *const *, p->n_days);
        if (!sessions || !build_sessions(&b, sessions))
            return err_nomem(err);
        table->sessions = sessions;
    }
    *out = table;
    return CTG_OK;
}
