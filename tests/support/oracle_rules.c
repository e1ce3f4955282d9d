// SPDX-License-Identifier: GPL-3.0-or-later
/* Rules about options, pairs of requests, weeks, months and managers. */
#include <string.h>

#include "support/oracle_parts.h"

/* ---- what can never be given (format.md 4.3) ---- */

static int32_t age_on(int32_t birth, int32_t civil) {
    const civil_date b = civil_to_date(birth), d = civil_to_date(civil);
    const int32_t months = (d.year * 12 + d.month) - (b.year * 12 + b.month);
    return d.day < b.day ? months - 1 : months;
}

static bool is_open_during(const structure *s, const presence *at) {
    for (int32_t minute = at->begin; minute < at->end; minute++) {
        if (oracle_step_value(&s->open, at->day, minute) == 0)
            return false;
    }
    return true;
}

static bool admits(const problem *p, const structure *s, const child *who,
                   const presence *at) {
    if (at->section < 0)
        return true;
    const section *const in = &s->sections[at->section];
    const int32_t age = age_on(who->birth, p->days[at->day]);
    return in->from_months <= age && age < in->below_months;
}

static bool is_offered_in(const problem *p, const structure *s,
                          const child *who) {
    for (int32_t n = 0; n < p->n_needs; n++) {
        bool offered = !p->needs[n].equipped || !(who->needs >> n & 1);
        for (int32_t i = 0; i < s->n_offers; i++)
            offered = offered || s->offers[i].need == n;
        if (!offered)
            return false;
    }
    return true;
}

/* Where the option is, and wherever a leg of it leads. */
static bool is_offered(const problem *p, const option *o, const child *who) {
    bool offered = is_offered_in(p, &p->structures[o->structure], who);
    for (int32_t i = 0; i < o->n_presences; i++)
        offered =
            offered &&
            is_offered_in(p, &p->structures[o->presences[i].structure], who);
    return offered;
}

static bool skills_there(const problem *p, const structure *s, const child *who,
                         const presence *at) {
    for (int32_t n = 0; n < p->n_needs; n++) {
        if (!(who->needs >> n & 1) || p->needs[n].skill == NONE)
            continue;
        for (int32_t minute = at->begin; minute < at->end; minute++) {
            if (oracle_step_value(&s->open, at->day, minute) != 0 &&
                !oracle_staff_has_skill(s, p->needs[n].skill, at->day, minute))
                return false;
        }
    }
    return true;
}

static uint64_t option_broken(const problem *p, int32_t r, int32_t o) {
    const request *const asked = &p->requests[r];
    const option *const given = &asked->options[o];
    const child *const who = &p->children[asked->child];
    uint64_t broken = oracle_sessions_broken(p, r, o);
    if (given->n_presences == 0 && !given->is_away)
        broken |= BIT(MENU);
    if (!is_offered(p, given, who))
        broken |= BIT(NEED);
    if (o != asked->held && (given->floor_days < asked->min_days ||
                             given->floor_minutes < asked->min_minutes))
        broken |= BIT(FLOOR);
    for (int32_t i = 0; i < given->n_presences; i++) {
        const presence *const at = &given->presences[i];
        const structure *const s = &p->structures[at->structure];
        if (at->section == SECTION_MISSING)
            broken |= BIT(MENU);
        if (!is_open_during(s, at))
            broken |= BIT(HOURS);
        if (!admits(p, s, who, at))
            broken |= BIT(AGE);
        if (o != asked->held && !skills_there(p, s, who, at))
            broken |= BIT(SKILL);
    }
    return broken;
}

bool oracle_can_be_given(const oracle *all, int32_t request, int32_t option) {
    return all->static_broken[request][option] == 0;
}

/* ---- periods ---- */

static int32_t period_index(oracle *all, period wanted) {
    for (int32_t i = 0; i < all->n_periods; i++) {
        const period *const of = &all->periods[i];
        if (of->rule == wanted.rule && of->structure == wanted.structure &&
            of->key == wanted.key)
            return i;
    }
    all->periods[all->n_periods] = wanted;
    return all->n_periods++;
}

static void join_periods(oracle *all, int32_t i) {
    const cell *const c = &all->cells[i];
    const structure *const s = &all->prob->structures[c->structure];
    const law *const in_force = s->law->days[c->day];
    const int32_t civil = all->prob->days[c->day];
    const int64_t minutes = c->end - c->begin;
    all->week_of[i] = all->month_of[i] = NONE;
    if (s->over_capacity && in_force->over_capacity) {
        const period week = {BREAKS_WEEK, c->structure, civil_week_index(civil),
                             0};
        all->week_of[i] = period_index(all, week);
        all->periods[all->week_of[i]].have +=
            (int64_t)in_force->over_capacity->weekly_max_pct * 1000 * minutes *
            oracle_step_value(&s->capacity, c->day, c->begin);
    }
    if (in_force->cat1_share && c->open) {
        const period month = {BREAKS_MIX, c->structure, civil_month(civil), 0};
        all->month_of[i] = period_index(all, month);
        all->mix_pct[i] = in_force->cat1_share->min_pct;
        all->periods[all->month_of[i]].have +=
            100 * minutes * oracle_staff_count(s, STAFF_CAT1, c->day, c->begin);
    }
}

int64_t oracle_period_missing(const period *of, int64_t sum) {
    const int64_t unit = of->rule == BREAKS_WEEK ? 100000 : 100;
    const int64_t used = of->rule == BREAKS_WEEK ? 100 * sum : sum;
    return used <= of->have ? 0 : (used - of->have + unit - 1) / unit;
}

static bool build_periods(oracle *all) {
    arena *const mem = all->mem;
    const int64_t n = all->n_cells;
    all->periods = ARENA_NEW(mem, period, 2 * n + 1);
    all->week_of = ARENA_NEW(mem, int32_t, n + 1);
    all->month_of = ARENA_NEW(mem, int32_t, n + 1);
    all->mix_pct = ARENA_NEW(mem, int32_t, n + 1);
    all->sum = ARENA_NEW(mem, int64_t, 2 * n + 1);
    all->sum_newcomer = ARENA_NEW(mem, bool, 2 * n + 1);
    if (!all->periods || !all->week_of || !all->month_of || !all->mix_pct ||
        !all->sum || !all->sum_newcomer)
        return false;
    for (int32_t i = 0; i < n; i++)
        join_periods(all, i);
    return true;
}

/* ---- guaranteed places ---- */

static const rule *guarantee_of(const structure *s) {
    return s->law->days[0]->guaranteed;
}

static bool build_managers(oracle *all) {
    const problem *const p = all->prob;
    all->managers = ARENA_NEW(all->mem, const char *, p->n_structures);
    all->guaranteed = ARENA_NEW(all->mem, int64_t, p->n_structures);
    if (!all->managers || !all->guaranteed)
        return false;
    for (int32_t s = 0; s < p->n_structures; s++) {
        const rule *const law = guarantee_of(&p->structures[s]);
        if (!law)
            continue;
        int32_t m = 0;
        while (m < all->n_managers &&
               strcmp(all->managers[m], p->structures[s].manager))
            m++;
        if (m < all->n_managers)
            continue;
        int64_t places = 0;
        for (int32_t k = 0; k < p->n_structures; k++) {
            if (guarantee_of(&p->structures[k]) &&
                !strcmp(p->structures[k].manager, p->structures[s].manager))
                places += p->structures[k].places;
        }
        all->managers[m] = p->structures[s].manager;
        all->guaranteed[m] = law->min * (places / law->places_per);
        all->n_managers++;
    }
    return true;
}

static bool is_managed(const oracle *all, int32_t manager, int32_t s) {
    const structure *const of = &all->prob->structures[s];
    return guarantee_of(of) && !strcmp(of->manager, all->managers[manager]);
}

int64_t oracle_guaranteed_missing(const oracle *all, int32_t manager,
                                  const int32_t *option_of, int32_t without) {
    const problem *const p = all->prob;
    const uint64_t asked =
        without < N_PLAN_RULES ? ~(UINT64_C(1) << without) : UINT64_MAX;
    int64_t n_in = 0, n_served = 0;
    for (int32_t r = 0; r < p->n_requests; r++) {
        if (!p->requests[r].insertion)
            continue;
        bool in = false;
        for (int32_t o = 0; o < p->requests[r].n_options; o++) {
            in = in || (!(all->static_broken[r][o] & asked) &&
                        is_managed(all, manager,
                                   p->requests[r].options[o].structure));
        }
        const int32_t given = option_of[r];
        n_in += in;
        n_served +=
            in && given != NONE &&
            is_managed(all, manager, p->requests[r].options[given].structure);
    }
    const int64_t k = all->guaranteed[manager];
    const int64_t wanted = k < n_in ? k : n_in;
    return wanted > n_served ? wanted - n_served : 0;
}

bool oracle_rules_prepare(oracle *all) {
    const problem *const p = all->prob;
    for (int32_t r = 0; r < p->n_requests; r++) {
        const int32_t n = p->requests[r].n_options;
        all->static_broken[r] = ARENA_NEW(all->mem, uint64_t, n + 1);
        if (!all->static_broken[r])
            return false;
        for (int32_t o = 0; o < n; o++)
            all->static_broken[r][o] = option_broken(p, r, o);
    }
    return build_periods(all) && build_managers(all);
}

/* ---- rules between decisions ---- */

static const option *given_option(const problem *p, const int32_t *option_of,
                                  int32_t r) {
    return option_of[r] == NONE ? NULL : &p->requests[r].options[option_of[r]];
}

static bool overlap(const option *a, const option *b) {
    for (int32_t i = 0; i < a->n_presences; i++) {
        for (int32_t j = 0; j < b->n_presences; j++) {
            const presence *const x = &a->presences[i];
            const presence *const y = &b->presences[j];
            if (x->day == y->day && x->begin < y->end && y->begin < x->end)
                return true;
        }
    }
    return false;
}

static bool children_doubled(const problem *p, const int32_t *option_of) {
    for (int32_t r = 0; r < p->n_requests; r++) {
        for (int32_t q = 0; q < r; q++) {
            const option *const a = given_option(p, option_of, r);
            const option *const b = given_option(p, option_of, q);
            if (a && b && p->requests[r].child == p->requests[q].child &&
                overlap(a, b))
                return true;
        }
    }
    return false;
}

/* Does the option use the resource on that day, or in the week of that day? */
static bool happens(const problem *p, const option *o, int32_t day, bool week) {
    for (int32_t i = 0; i < o->n_presences; i++) {
        const int32_t at = o->presences[i].day;
        if (at == day || (week && civil_week_index(p->days[at]) ==
                                      civil_week_index(p->days[day])))
            return true;
    }
    return false;
}

/* What the plan uses: in the horizon when `day` is NONE. */
static int64_t used(const problem *p, const int32_t *option_of, int32_t which,
                    int32_t day) {
    const bool week = p->resources[which].per == PER_WEEK;
    int64_t sum = 0;
    for (int32_t r = 0; r < p->n_requests; r++) {
        const option *const o = given_option(p, option_of, r);
        for (int32_t i = 0; o && i < o->n_uses; i++) {
            if (o->uses[i].resource == which &&
                (day == NONE || happens(p, o, day, week)))
                sum += o->uses[i].amount;
        }
    }
    return sum;
}

static bool resources_passed(const problem *p, const int32_t *option_of) {
    for (int32_t i = 0; i < p->n_resources; i++) {
        const resource *const of = &p->resources[i];
        if (of->per == PER_HORIZON && used(p, option_of, i, NONE) > of->limit)
            return true;
        for (int32_t day = 0; of->per != PER_HORIZON && day < p->n_days;
             day++) {
            const int64_t limit = of->per == PER_DATE && of->day_limit
                                      ? of->day_limit[day]
                                      : of->limit;
            if (used(p, option_of, i, day) > limit)
                return true;
        }
    }
    return false;
}

static bool siblings_parted(const problem *p, const siblings *of,
                            const int32_t *option_of) {
    int32_t n_new = 0, n_new_served = 0;
    for (int32_t i = 0; i < of->n_requests; i++) {
        const bool is_new = p->requests[of->requests[i]].held == NONE;
        n_new += is_new;
        n_new_served += is_new && option_of[of->requests[i]] != NONE;
    }
    if (n_new_served != 0 && n_new_served != n_new)
        return true;
    if (of->rule != SIBLINGS_TOGETHER)
        return false;
    for (int32_t i = 0; i < of->n_requests; i++) {
        for (int32_t k = 0; k < i; k++) {
            const int32_t a = of->requests[i], b = of->requests[k];
            const option *const x = given_option(p, option_of, a);
            const option *const y = given_option(p, option_of, b);
            const bool both_hold = option_of[a] == p->requests[a].held &&
                                   option_of[b] == p->requests[b].held;
            if (x && y && x->structure != y->structure && !both_hold)
                return true;
        }
    }
    return false;
}

static bool pin_missed(const problem *p, const pin *of,
                       const int32_t *option_of) {
    const option *const o = given_option(p, option_of, of->request);
    if (of->kind == PIN_WAITING)
        return o != NULL;
    if (of->kind == PIN_STRUCTURE)
        return !o || o->structure != of->target;
    return option_of[of->request] != of->target;
}

uint64_t oracle_decisions_broken(const oracle *all, const int32_t *option_of) {
    const problem *const p = all->prob;
    uint64_t broken = 0;
    for (int32_t r = 0; r < p->n_requests; r++) {
        if (option_of[r] != NONE)
            broken |= all->static_broken[r][option_of[r]];
    }
    if (children_doubled(p, option_of))
        broken |= BIT(CHILD);
    if (oracle_groups_too_small(p, option_of))
        broken |= BIT(GROUP);
    if (resources_passed(p, option_of))
        broken |= BIT(RESOURCE);
    for (int32_t i = 0; i < p->n_siblings; i++) {
        if (p->siblings[i].rule != SIBLINGS_REWARD &&
            siblings_parted(p, &p->siblings[i], option_of))
            broken |= BIT(SIBLINGS);
    }
    for (int32_t i = 0; i < p->n_pins; i++) {
        if (pin_missed(p, &p->pins[i], option_of))
            broken |= BIT(PIN);
    }
    return broken;
}
