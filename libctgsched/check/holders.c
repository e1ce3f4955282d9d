// SPDX-License-Identifier: GPL-3.0-or-later
/* By rule: the rows of a structure ask for presences, the others for requests
 * of a child, a group, a resource. */
#include "check/holders.h"

static bool in_sections(const int32_t *sections, int32_t n, int32_t one) {
    for (int32_t i = 0; i < n; i++)
        if (sections[i] == one)
            return true;
    return false;
}

static bool in_shared(const structure *x, const where *at, int32_t section) {
    const shared_quota *const q = &x->shared[at->shared];
    return in_sections(q->sections, q->n_sections, section);
}

/* A merge goes by the smallest of its sections. */
static bool in_merge(const structure *x, const where *at, int32_t section) {
    for (int32_t m = 0; m < x->n_merges; m++)
        if (x->merges[m].sections[0] == at->section &&
            in_sections(x->merges[m].sections, x->merges[m].n_sections,
                        section))
            return true;
    return false;
}

static bool asks_skill(const problem *prob, const child *c, int32_t skill) {
    for (int32_t n = 0; n < prob->n_needs; n++)
        if ((c->needs >> n & 1) && prob->needs[n].skill == skill)
            return true;
    return false;
}

/* A presence in the row's structure and time counts in it. */
static bool is_counted(const problem *prob, int32_t r, const presence *p,
                       const where *at) {
    const structure *const x = &prob->structures[p->structure];
    const child *const c = &prob->children[prob->requests[r].child];
    switch (at->rule) {
    case BREAKS_RESERVE:
        return prob->requests[r].kind == REQUEST_REGULAR;
    case BREAKS_SECTION:
        return p->section == at->section;
    case BREAKS_SHARED:
        return in_shared(x, at, p->section);
    case BREAKS_MERGE:
        return in_merge(x, at, p->section);
    case BREAKS_NEED_MAX:
        return c->needs >> at->need & 1;
    case BREAKS_SKILL:
        return asks_skill(prob, c, at->skill);
    default:
        return true;
    }
}

static bool is_then(const problem *prob, const presence *p, const where *at) {
    const int32_t civil = prob->days[p->day];
    if (at->civil != CIVIL_NONE)
        return civil == at->civil &&
               (at->begin == NONE ||
                (p->begin < at->end && p->end > at->begin));
    if (at->week != NONE)
        return civil_iso_week(civil) == at->week;
    return at->month == NONE || civil_month(civil) == at->month;
}

static bool is_row_of_structure(rule_name rule) {
    switch (rule) {
    case BREAKS_NEED_MAX:
    case BREAKS_PLACES:
    case BREAKS_WEEK:
    case BREAKS_RESERVE:
    case BREAKS_SECTION:
    case BREAKS_SHARED:
    case BREAKS_MERGE:
    case BREAKS_RATIO:
    case BREAKS_QUOTA:
    case BREAKS_MINIMUM:
    case BREAKS_MIX:
    case BREAKS_SKILL:
        return true;
    default:
        return false;
    }
}

static bool holds(const problem *prob, int32_t r, const option *o,
                  const where *at) {
    for (int32_t i = 0; i < o->n_presences; i++) {
        const presence *const p = &o->presences[i];
        if ((at->structure == NONE || p->structure == at->structure) &&
            is_then(prob, p, at) && is_counted(prob, r, p, at))
            return true;
    }
    return false;
}

static bool uses(const option *o, int32_t resource_index) {
    for (int32_t u = 0; u < o->n_uses; u++)
        if (o->uses[u].resource == resource_index)
            return true;
    return false;
}

static bool is_member(const siblings *group, int32_t r) {
    for (int32_t i = 0; i < group->n_requests; i++)
        if (group->requests[i] == r)
            return true;
    return false;
}

bool holders_have(const standing *on, int32_t r, const where *at) {
    const problem *const prob = on->prob;
    const option *const o = given_option(prob, on->judge.option_of, r);
    if (!o)
        return false;
    if (is_row_of_structure(at->rule))
        return holds(prob, r, o, at);
    switch (at->rule) {
    case BREAKS_CHILD:
        return prob->requests[r].child == prob->requests[at->request].child &&
               holds(prob, r, o, at);
    case BREAKS_RESOURCE:
        return uses(o, at->resource) && holds(prob, r, o, at);
    case BREAKS_SIBLINGS:
        return is_member(&prob->siblings[at->group], r);
    default:
        return false;
    }
}

static bool add(holder_list *out, int32_t r, arena *mem) {
    int32_t *const slot = VEC_PUSH(mem, out, int32_t);
    if (slot)
        *slot = r;
    return slot != NULL;
}

/* Visits come by request, so that one follows itself. */
static bool list_day(holder_list *out, const standing *on, const where *at,
                     int32_t except, arena *mem) {
    const visit_span visits =
        attendance_on(&on->judge.attendance, at->structure,
                      problem_day_at(on->prob, at->civil));
    for (int32_t i = 0; i < visits.n; i++) {
        const visit *const v = &visits.at[i];
        if (v->request == except ||
            (out->n > 0 && out->at[out->n - 1] == v->request) ||
            !is_then(on->prob, v->at, at) ||
            !is_counted(on->prob, v->request, v->at, at))
            continue;
        if (!add(out, v->request, mem))
            return false;
    }
    return true;
}

bool holders_list(holder_list *out, const standing *on, const where *at,
                  int32_t except, arena *mem) {
    *out = (holder_list){0};
    if (is_row_of_structure(at->rule) && at->civil != CIVIL_NONE)
        return list_day(out, on, at, except, mem);
    for (int32_t r = 0; r < on->prob->n_requests; r++)
        if (r != except && holders_have(on, r, at) && !add(out, r, mem))
            return false;
    return true;
}
