// SPDX-License-Identifier: GPL-3.0-or-later
/* How many persons the children present require: format.md 5.1, by trying
 * numbers of persons from 0 upwards instead of by formula. */
#include "support/oracle_parts.h"

typedef struct group {
    int64_t n[MAX_CLASSES]; /* ratio weights by class, thousandths */
    int32_t heads;
} group;

static int32_t age_on(int32_t birth, int32_t civil) {
    const civil_date b = civil_to_date(birth), d = civil_to_date(civil);
    return (d.year - b.year) * 12 + d.month - b.month - (d.day < b.day);
}

static bool walks_on(const problem *p, const child *who, int32_t civil) {
    if (who->walk_from != CIVIL_NONE)
        return civil >= who->walk_from;
    return age_on(who->birth, civil) >= p->walk_proxy_months;
}

static int32_t class_of(const problem *p, const rule *law, const child *who,
                        int32_t civil) {
    const int32_t age = age_on(who->birth, civil);
    const int32_t walks = walks_on(p, who, civil);
    for (int32_t c = 0; c < law->n_classes; c++) {
        const ratio_class *const of = &law->classes[c];
        if (of->walks != -1 && of->walks != walks)
            continue;
        if (of->from_months <= age && age < of->below_months)
            return c;
    }
    return NONE;
}

/* ---- readings ---- */

static int64_t least_multiple(const rule *law) {
    int64_t multiple = 1;
    bool fits;
    do {
        fits = true;
        for (int32_t c = 0; c < law->n_classes; c++)
            fits = fits && multiple % law->classes[c].per == 0;
        multiple += !fits;
    } while (!fits);
    return multiple;
}

static int32_t read_sum(const rule *law, const group *g) {
    const int64_t multiple = least_multiple(law);
    int64_t load = 0;
    for (int32_t c = 0; c < law->n_classes; c++)
        load += g->n[c] * (multiple / law->classes[c].per);
    int32_t persons = 0;
    while (load > 1000 * multiple * persons)
        persons++;
    return persons;
}

static int32_t read_each(const rule *law, const group *g) {
    int32_t persons = 0;
    for (int32_t c = 0; c < law->n_classes; c++) {
        int64_t left = g->n[c];
        for (; left > 0; left -= 1000 * law->classes[c].per)
            persons++;
    }
    return persons;
}

/* Can `persons` more be shared out over the classes from the `at`-th on (in
 * rising order) so that every prefix is covered? Tries every share. */
static bool can_fill(const rule *law, const int32_t *order, const group *g,
                     int32_t at, int64_t uncovered, int32_t persons) {
    if (at == law->n_classes)
        return true;
    const int32_t c = order[at];
    for (int32_t here = 0; here <= persons; here++) {
        const int64_t left =
            uncovered + g->n[c] - 1000 * (int64_t)law->classes[c].per * here;
        if (left <= 0 && can_fill(law, order, g, at + 1, left, persons - here))
            return true;
    }
    return false;
}

static int32_t read_fill(const rule *law, const group *g) {
    int32_t order[MAX_CLASSES];
    for (int32_t c = 0; c < law->n_classes; c++) {
        int32_t at = c;
        for (; at > 0 && law->classes[order[at - 1]].per > law->classes[c].per;
             at--)
            order[at] = order[at - 1];
        order[at] = c;
    }
    int32_t persons = 0;
    while (!can_fill(law, order, g, 0, 0, persons))
        persons++;
    return persons;
}

static int32_t read_group(const rule *law, ratio_reading reading,
                          const group *g) {
    if (!law)
        return 0;
    switch (reading) {
    case CEIL_EACH:
        return read_each(law, g);
    case MIXED_GROUP_FILL:
        return read_fill(law, g);
    default:
        return read_sum(law, g);
    }
}

/* ---- groups ---- */

/* The outing that takes a child of that section now, NONE for none. */
static int32_t outing_of(const structure *s, const cell *c, int32_t section) {
    if (!law_at(s, c->day, c->begin)->outing)
        return NONE;
    for (int32_t i = 0; i < s->n_outings; i++) {
        if (!oracle_step_covers(&s->outings[i].when, c->day, c->begin))
            continue;
        if (s->outings[i].sections == UINT64_MAX ||
            (section >= 0 && s->outings[i].sections >> section & 1))
            return i;
    }
    return NONE;
}

/* A number of the room a section is in: its own, or that of its merge. */
static int32_t room_of(const structure *s, const cell *c, int32_t section) {
    for (int32_t i = 0; i < s->n_merges && section >= 0; i++) {
        if (!oracle_step_covers(&s->merges[i].places, c->day, c->begin))
            continue;
        for (int32_t k = 0; k < s->merges[i].n_sections; k++) {
            if (s->merges[i].sections[k] == section)
                return s->merges[i].sections[0];
        }
    }
    return section;
}

static bool settles(const oracle *all, const cell *c, const law *in_force,
                    int32_t r) {
    const request *const asked = &all->prob->requests[r];
    const rule *const law = in_force->adaptation;
    const int32_t civil = all->prob->days[c->day];
    return law && asked->adaptation_first != CIVIL_NONE &&
           asked->adaptation_first <= civil &&
           civil <= asked->adaptation_last && law->begin <= c->begin &&
           c->begin < law->end;
}

static void join(const oracle *all, group *g, const rule *law, int32_t civil,
                 int32_t r, bool settling) {
    const child *const who = &all->prob->children[all->prob->requests[r].child];
    g->heads++;
    const int32_t c =
        law && !settling ? class_of(all->prob, law, who, civil) : NONE;
    if (c != NONE)
        g->n[c] += who->ratio_weight;
}

int32_t oracle_staffing_minimum(const structure *s, const law *in_force,
                                int32_t n) {
    const rule *const law = in_force->minimum;
    if (!law || n == 0)
        return 0;
    const bool alone =
        n <= law->alone_max_children && s->places <= law->alone_max_places;
    return alone ? 1 : law->min_staff;
}

static int32_t most(int32_t a, int32_t b) { return a > b ? a : b; }

/* The session's, else the structure's, else the rule's. */
static ratio_reading reading_of(const structure *s, const cell *c,
                                const law *in_force) {
    const session *const in = session_at(s, c->day, c->begin);
    if (in && in->has_rounding)
        return in->rounding;
    if (s->has_rounding)
        return s->rounding;
    return in_force->ratio ? in_force->ratio->rounding : SUM_THEN_CEIL;
}

enum { MANY_GROUPS = 64 };

staffing oracle_staffing_required(const oracle *all, const cell *c,
                                  const stance *const *way_of) {
    const problem *const p = all->prob;
    const structure *const s = &p->structures[c->structure];
    const law *const in_force = law_at(s, c->day, c->begin);
    group outside[MANY_GROUPS] = {0}, inside[MANY_GROUPS + 1] = {0};
    int32_t persons = 0, heads_inside = 0;
    for (int32_t r = 0; r < p->n_requests; r++) {
        if (!way_of[r])
            continue;
        const bool settling = settles(all, c, in_force, r);
        const int32_t out = outing_of(s, c, way_of[r]->section);
        const int32_t room =
            s->scope == SCOPE_ROOM ? room_of(s, c, way_of[r]->section) : NONE;
        if (settling)
            persons += in_force->adaptation->staff_per_child;
        heads_inside += out == NONE;
        join(all, out != NONE ? &outside[out] : &inside[room + 1],
             out != NONE ? in_force->outing : in_force->ratio, p->days[c->day],
             r, settling);
    }
    const ratio_reading reading = reading_of(s, c, in_force);
    int32_t rest = 0;
    for (int32_t i = 0; i <= MANY_GROUPS; i++)
        rest += read_group(in_force->ratio, reading, &inside[i]);
    staffing need = {persons, persons + rest};
    bool any_outside = false;
    for (int32_t i = 0; i < s->n_outings; i++) {
        const rule *const law = in_force->outing;
        if (outside[i].heads == 0)
            continue;
        any_outside = true;
        const int32_t read = read_group(law, law->rounding, &outside[i]);
        const int32_t least =
            most(law->min_staff,
                 oracle_staffing_minimum(s, in_force, outside[i].heads));
        need.readings += read;
        need.required += most(read, least);
    }
    need.required +=
        any_outside
            ? most(rest, oracle_staffing_minimum(s, in_force, heads_inside))
            : rest;
    return need;
}
