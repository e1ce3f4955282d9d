// SPDX-License-Identifier: GPL-3.0-or-later
/* What happens in one structure at one instant: the rows of format.md 5 that
 * hold at every instant. Closed instants have no rows: whoever is there breaks
 * the rule `hours`, and nothing else is asked of that instant. */
#include <assert.h>
#include <stdlib.h>

#include "support/oracle_parts.h"

int32_t oracle_step_value(const profile *f, int32_t day, int32_t minute) {
    const day_profile *const steps = &f->days[day];
    for (int32_t i = 0; i < steps->n; i++) {
        if (steps->steps[i].begin <= minute && minute < steps->steps[i].end)
            return steps->steps[i].value;
    }
    return 0;
}

bool oracle_step_covers(const profile *f, int32_t day, int32_t minute) {
    const day_profile *const steps = &f->days[day];
    for (int32_t i = 0; i < steps->n; i++) {
        if (steps->steps[i].begin <= minute && minute < steps->steps[i].end)
            return true;
    }
    return false;
}

/* ---- breakpoints ---- */

typedef struct marks {
    bool at[1441];
} marks;

static void mark_profile(marks *m, const profile *f, int32_t day) {
    if (!f->days)
        return;
    for (int32_t i = 0; i < f->days[day].n; i++) {
        m->at[f->days[day].steps[i].begin] = true;
        m->at[f->days[day].steps[i].end] = true;
    }
}

static void mark_structure(marks *m, const structure *s, int32_t day) {
    mark_profile(m, &s->open, day);
    mark_profile(m, &s->capacity, day);
    mark_profile(m, &s->reserve, day);
    if (s->n_sessions > 0)
        mark_profile(m, &s->session, day);
    for (int32_t i = 0; i < s->n_sections; i++)
        mark_profile(m, &s->sections[i].capacity, day);
    for (int32_t i = 0; i < s->n_shared; i++)
        mark_profile(m, &s->shared[i].when, day);
    for (int32_t i = 0; i < s->n_merges; i++)
        mark_profile(m, &s->merges[i].places, day);
    for (int32_t i = 0; i < s->n_staff; i++)
        mark_profile(m, &s->staff[i].count, day);
    for (int32_t i = 0; i < s->n_outings; i++)
        mark_profile(m, &s->outings[i].when, day);
    const rule *const settling = s->law->days[day]->adaptation;
    if (settling)
        m->at[settling->begin] = m->at[settling->end] = true;
}

static void mark_presences(marks *m, const problem *p, int32_t s, int32_t day) {
    for (int32_t r = 0; r < p->n_requests; r++) {
        for (int32_t o = 0; o < p->requests[r].n_options; o++) {
            const option *const given = &p->requests[r].options[o];
            for (int32_t i = 0; i < given->n_presences; i++) {
                const presence *const at = &given->presences[i];
                if (at->structure == s && at->day == day)
                    m->at[at->begin] = m->at[at->end] = true;
            }
        }
    }
}

/* ---- cells ---- */

static const presence *presence_in(const option *o, const cell *c) {
    for (int32_t i = 0; i < o->n_presences; i++) {
        const presence *const at = &o->presences[i];
        if (at->structure == c->structure && at->day == c->day &&
            at->begin <= c->begin && c->end <= at->end)
            return at;
    }
    return NULL;
}

static int32_t way_index(stance *ways, int32_t *n, stance wanted) {
    for (int32_t i = 1; i < *n; i++) {
        if (ways[i].section == wanted.section &&
            ways[i].newcomer == wanted.newcomer)
            return i;
    }
    ways[*n] = wanted;
    return (*n)++;
}

/* The ways of one request in the cell, and what each option adds to the state
 * when the requests before have `scale` states together. */
static void request_ways(oracle *all, cell *c, int32_t r, int32_t scale) {
    const request *const asked = &all->prob->requests[r];
    int32_t *const add = ARENA_NEW(all->mem, int32_t, asked->n_options + 1);
    stance *const ways = ARENA_NEW(all->mem, stance, asked->n_options + 1);
    if (!add || !ways) {
        all->failed = true;
        return;
    }
    int32_t n = 1;
    for (int32_t o = 0; o < asked->n_options; o++) {
        const presence *const at = presence_in(&asked->options[o], c);
        const int32_t section = at && at->section >= 0 ? at->section : NONE;
        const stance wanted = {section, o != asked->held};
        add[o + 1] = at ? scale * way_index(ways, &n, wanted) : 0;
    }
    c->add[r] = add;
    c->ways[r] = ways;
    c->n_ways[r] = n;
}

static void add_cell(oracle *all, int32_t s, int32_t day, int32_t begin,
                     int32_t end) {
    cell *const c = &all->cells[all->n_cells++];
    *c = (cell){.structure = s, .day = day, .begin = begin, .end = end};
    c->open =
        oracle_step_value(&all->prob->structures[s].open, day, begin) != 0;
    int64_t states = 1;
    for (int32_t r = 0; r < all->prob->n_requests && !all->failed; r++) {
        request_ways(all, c, r, (int32_t)states);
        states *= c->n_ways[r];
        all->failed = all->failed || states > 1000000;
    }
    c->n_states = (int32_t)states;
    if (!all->failed)
        c->known = ARENA_NEW(all->mem, moment *, states);
    all->failed = all->failed || !c->known;
}

static void add_day(oracle *all, int32_t s, int32_t day) {
    marks m = {{false}};
    mark_structure(&m, &all->prob->structures[s], day);
    mark_presences(&m, all->prob, s, day);
    int32_t last = NONE;
    for (int32_t minute = 0; minute <= 1440; minute++) {
        const bool inside = all->by_minute && last != NONE;
        if (!m.at[minute] && !inside)
            continue;
        if (last != NONE && !all->failed)
            add_cell(all, s, day, last, minute);
        last = minute;
    }
}

bool oracle_cells_build(oracle *all) {
    const problem *const p = all->prob;
    const int64_t most =
        (int64_t)p->n_structures * p->n_days * (all->by_minute ? 1440 : 400);
    all->cells = ARENA_NEW(all->mem, cell, most);
    if (!all->cells)
        return false;
    for (int32_t s = 0; s < p->n_structures; s++) {
        for (int32_t day = 0; day < p->n_days; day++)
            add_day(all, s, day);
    }
    return !all->failed;
}

/* ---- rows ---- */

typedef struct instant {
    const oracle *all;
    const cell *c;
    const structure *s;
    const law *law;
    const stance *way_of[ORACLE_REQUESTS];
    moment *out;
    row_short shorts[256];
} instant;

static const child *child_of(const instant *at, int32_t r) {
    return &at->all->prob->children[at->all->prob->requests[r].child];
}

static void put(instant *at, rule_name rule, int32_t row, int64_t size,
                bool newcomer) {
    if (size <= 0)
        return;
    if (newcomer) {
        at->out->broken |= UINT64_C(1) << rule;
        return;
    }
    assert(at->out->n_shorts < 256);
    at->shorts[at->out->n_shorts++] = (row_short){rule, row, size};
}

/* A capacity over the children whose section is in `sections` (all ones: every
 * child), in place weights. */
static void capacity_row(instant *at, rule_name rule, int32_t row,
                         uint64_t sections, int64_t places) {
    int64_t sum = 0;
    bool newcomer = false;
    for (int32_t r = 0; r < at->all->prob->n_requests; r++) {
        const stance *const here = at->way_of[r];
        if (!here)
            continue;
        if (sections != UINT64_MAX &&
            (here->section < 0 || !(sections >> here->section & 1)))
            continue;
        sum += child_of(at, r)->place_weight;
        newcomer = newcomer || here->newcomer;
    }
    const int64_t excess = sum - 1000 * places;
    put(at, rule, row, (excess + 999) / 1000, newcomer);
}

static int64_t percent_up(int64_t n, int64_t pct) {
    return (n * pct + 99) / 100;
}

static int64_t limit_of(const instant *at) {
    const int64_t capacity =
        oracle_step_value(&at->s->capacity, at->c->day, at->c->begin);
    const rule *const over = at->law->over_capacity;
    if (!at->s->over_capacity || !over)
        return capacity;
    const capacity_basis basis = at->s->has_basis ? at->s->basis : over->basis;
    if (basis == CAPACITY_T)
        return percent_up(capacity, over->instant_max_pct);
    return capacity == 0
               ? 0
               : capacity + percent_up(at->s->places, over->instant_max_pct) -
                     at->s->places;
}

static uint64_t bits(const int32_t *sections, int32_t n) {
    uint64_t out = 0;
    for (int32_t i = 0; i < n; i++)
        out |= UINT64_C(1) << sections[i];
    return out;
}

static void place_rows(instant *at) {
    const structure *const s = at->s;
    const int32_t day = at->c->day, minute = at->c->begin;
    capacity_row(at, BREAKS_PLACES, 0, UINT64_MAX, limit_of(at));
    uint64_t merged = 0;
    for (int32_t i = 0; i < s->n_merges; i++) {
        const merge *const room = &s->merges[i];
        if (!oracle_step_covers(&room->places, day, minute))
            continue;
        const uint64_t in = bits(room->sections, room->n_sections);
        merged |= in;
        capacity_row(at, BREAKS_MERGE, i, in,
                     oracle_step_value(&room->places, day, minute));
    }
    for (int32_t i = 0; i < s->n_sections; i++) {
        if (!(merged >> i & 1))
            capacity_row(
                at, BREAKS_SECTION, i, UINT64_C(1) << i,
                oracle_step_value(&s->sections[i].capacity, day, minute));
    }
    for (int32_t i = 0; i < s->n_shared; i++) {
        const shared_quota *const quota = &s->shared[i];
        if (oracle_step_value(&quota->when, day, minute) != 0)
            capacity_row(at, BREAKS_SHARED, i,
                         bits(quota->sections, quota->n_sections),
                         quota->places);
    }
}

/* What is kept for occasional and emergency requests is not for the others;
 * who is short of it is looked for among them alone. */
static void reserve_row(instant *at) {
    const int32_t day = at->c->day, minute = at->c->begin;
    const int64_t kept = at->s->reserve.days
                             ? oracle_step_value(&at->s->reserve, day, minute)
                             : 0;
    int64_t sum = 0;
    bool newcomer = false;
    for (int32_t r = 0; r < at->all->prob->n_requests; r++) {
        if (!at->way_of[r] ||
            at->all->prob->requests[r].kind != REQUEST_REGULAR)
            continue;
        sum += child_of(at, r)->place_weight;
        newcomer = newcomer || at->way_of[r]->newcomer;
    }
    const int64_t places =
        oracle_step_value(&at->s->capacity, day, minute) - kept;
    const int64_t excess = sum - 1000 * (places > 0 ? places : 0);
    if (kept > 0)
        put(at, BREAKS_RESERVE, 0, (excess + 999) / 1000, newcomer);
}

static void need_rows(instant *at) {
    for (int32_t i = 0; i < at->s->n_offers; i++) {
        const offer *const of = &at->s->offers[i];
        int64_t n = 0;
        bool newcomer = false;
        for (int32_t r = 0; r < at->all->prob->n_requests; r++) {
            if (!at->way_of[r] || !(child_of(at, r)->needs >> of->need & 1))
                continue;
            n++;
            newcomer = newcomer || at->way_of[r]->newcomer;
        }
        put(at, BREAKS_NEED_MAX, of->need, n - of->max, newcomer);
    }
}

static bool asks_for(const problem *p, const child *who, int32_t skill) {
    for (int32_t i = 0; i < p->n_needs; i++) {
        if (who->needs >> i & 1 && p->needs[i].skill == skill)
            return true;
    }
    return false;
}

static void skill_rows(instant *at) {
    const problem *const p = at->all->prob;
    for (int32_t skill = 0; skill < p->n_skills; skill++) {
        bool asked = false, newcomer = false;
        for (int32_t r = 0; r < p->n_requests; r++) {
            if (!at->way_of[r] || !asks_for(p, child_of(at, r), skill))
                continue;
            asked = true;
            newcomer = newcomer || at->way_of[r]->newcomer;
        }
        if (asked &&
            !oracle_staff_has_skill(at->s, skill, at->c->day, at->c->begin))
            put(at, BREAKS_SKILL, skill, 1, newcomer);
    }
}

/* What the floor ratio_margin counts: directors never help there. */
static int32_t margin_of(const instant *at, int64_t required, const crew *who) {
    if (at->s->floor_ratio_margin == NONE)
        return 0;
    const int64_t spare = at->s->floor_ratio_margin - who->without_directors;
    const int64_t with = required + spare;
    return (int32_t)((with > 0 ? with : 0) - (spare > 0 ? spare : 0));
}

static void staff_rows(instant *at) {
    int32_t heads = 0;
    for (int32_t r = 0; r < at->all->prob->n_requests; r++)
        heads += at->way_of[r] != NULL;
    const crew who =
        oracle_crew_of(at->s, at->law, at->c->day, at->c->begin, heads);
    const staffing need = oracle_staffing_required(at->all, at->c, at->way_of);
    const bool newcomer = at->out->newcomer;
    put(at, BREAKS_RATIO, 0, need.required - who.counted, newcomer);
    if (at->law->quota) {
        const int64_t asked =
            need.required < who.counted ? need.required : who.counted;
        put(at, BREAKS_QUOTA, 0, asked - oracle_usable(at->law->quota, &who),
            newcomer);
    }
    put(at, BREAKS_MINIMUM, 0,
        oracle_minimum_missing(at->s, at->law, &who, heads), newcomer);
    at->out->readings = need.readings;
    at->out->margin = margin_of(at, need.required, &who);
}

static moment *valued(oracle *all, const cell *c, int32_t state) {
    instant at = {
        .all = all, .c = c, .s = &all->prob->structures[c->structure]};
    at.law = law_at(at.s, c->day, c->begin);
    at.out = ARENA_NEW(all->mem, moment, 1);
    if (!at.out)
        return NULL;
    for (int32_t r = 0; r < all->prob->n_requests; r++) {
        const int32_t which = state % c->n_ways[r];
        state /= c->n_ways[r];
        if (which == 0)
            continue;
        at.way_of[r] = &c->ways[r][which];
        at.out->newcomer = at.out->newcomer || at.way_of[r]->newcomer;
        at.out->weight += child_of(&at, r)->place_weight;
    }
    if (!c->open)
        return at.out;
    place_rows(&at);
    reserve_row(&at);
    need_rows(&at);
    staff_rows(&at);
    skill_rows(&at);
    at.out->shorts = ARENA_NEW(all->mem, row_short, at.out->n_shorts + 1);
    if (!at.out->shorts)
        return NULL;
    for (int32_t i = 0; i < at.out->n_shorts; i++)
        at.out->shorts[i] = at.shorts[i];
    return at.out;
}

const moment *oracle_cell_moment(oracle *all, cell *c,
                                 const int32_t *option_of) {
    int32_t state = 0;
    for (int32_t r = 0; r < all->prob->n_requests; r++)
        state += c->add[r][option_of[r] + 1];
    if (!c->known[state])
        c->known[state] = valued(all, c, state);
    assert(c->known[state]);
    return c->known[state];
}
