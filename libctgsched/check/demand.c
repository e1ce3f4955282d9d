// SPDX-License-Identifier: GPL-3.0-or-later
/* served, siblings, pin and guaranteed places. */
#include "check/demand.h"

#include <string.h>

#include "check/attendance.h"
#include "check/check.h"

void demand_served(findings *found, const problem *prob,
                   const int32_t *option_of) {
    for (int32_t r = 0; r < prob->n_requests; r++) {
        if (option_of[r] != NONE || !request_must_be_served(&prob->requests[r]))
            continue;
        finding f = {
            .at = where_of(BREAKS_SERVED), .size = 1, .kind = SHORT_REQUEST};
        f.at.request = r;
        findings_add(found, &f);
    }
}

/* All of the members without a held place are served, or none is. */
static bool served_alike(const siblings *group, const problem *prob,
                         const int32_t *option_of) {
    bool is_served = false, is_waiting = false;
    for (int32_t i = 0; i < group->n_requests; i++) {
        const int32_t r = group->requests[i];
        if (prob->requests[r].held != NONE)
            continue;
        is_served |= option_of[r] != NONE;
        is_waiting |= option_of[r] == NONE;
    }
    return !is_served || !is_waiting;
}

static bool holds_place(const problem *prob, const int32_t *option_of,
                        int32_t r) {
    const int32_t held = prob->requests[r].held;
    return held != NONE && option_of[r] == held;
}

/* Two served members in different structures both hold their places. */
static bool served_together(const siblings *group, const problem *prob,
                            const int32_t *option_of) {
    for (int32_t i = 0; i < group->n_requests; i++) {
        for (int32_t k = 0; k < i; k++) {
            const int32_t a = group->requests[i], b = group->requests[k];
            const option *const x = given_option(prob, option_of, a);
            const option *const y = given_option(prob, option_of, b);
            if (x && y && x->structure != y->structure &&
                !(holds_place(prob, option_of, a) &&
                  holds_place(prob, option_of, b)))
                return false;
        }
    }
    return true;
}

bool siblings_kept(const siblings *group, const problem *prob,
                   const int32_t *option_of) {
    if (group->rule == SIBLINGS_REWARD)
        return true;
    if (!served_alike(group, prob, option_of))
        return false;
    return group->rule != SIBLINGS_TOGETHER ||
           served_together(group, prob, option_of);
}

void demand_siblings(findings *found, const problem *prob,
                     const int32_t *option_of) {
    for (int32_t g = 0; g < prob->n_siblings; g++) {
        if (siblings_kept(&prob->siblings[g], prob, option_of))
            continue;
        finding f = {.at = where_of(BREAKS_SIBLINGS), .is_breach = true};
        f.at.group = g;
        findings_add(found, &f);
    }
}

bool pin_kept(const pin *p, const problem *prob, const int32_t *option_of) {
    const option *const o = given_option(prob, option_of, p->request);
    switch (p->kind) {
    case PIN_OPTION:
        return option_of[p->request] == p->target;
    case PIN_STRUCTURE:
        return o && o->structure == p->target;
    case PIN_WAITING:
        return !o;
    }
    return false;
}

const char *demand_pinned(const problem *prob, const pin *p) {
    switch (p->kind) {
    case PIN_OPTION:
        return prob->requests[p->request].options[p->target].id;
    case PIN_STRUCTURE:
        return prob->structures[p->target].id;
    case PIN_WAITING:
        break;
    }
    return NULL;
}

void demand_pins(findings *found, const problem *prob,
                 const int32_t *option_of) {
    for (int32_t i = 0; i < prob->n_pins; i++) {
        const pin *const p = &prob->pins[i];
        if (pin_kept(p, prob, option_of))
            continue;
        finding f = {.at = where_of(BREAKS_PIN), .is_breach = true};
        f.at.request = p->request;
        f.note = demand_pinned(prob, p);
        findings_add(found, &f);
    }
}

/* The rule of guaranteed places in force on the first day, or NULL. */
static const rule *guarantee_of(const structure *x) {
    return x->law->days[0]->guaranteed;
}

static bool same_guarantee(const structure *a, const structure *b) {
    return guarantee_of(a) && guarantee_of(b) &&
           strcmp(a->manager, b->manager) == 0;
}

/* The request has an option in the manager's structures that can be given. */
static bool may_have(const problem *prob, const structure *first, int32_t r) {
    const request *const req = &prob->requests[r];
    for (int32_t o = 0; o < req->n_options; o++) {
        if (same_guarantee(first,
                           &prob->structures[req->options[o].structure]) &&
            check_option(prob, r, o) == N_PLAN_RULES)
            return true;
    }
    return false;
}

guarantee demand_guarantee(const problem *prob, const int32_t *option_of,
                           const structure *first) {
    const rule *const granted = guarantee_of(first);
    guarantee sum = {0};
    int64_t places = 0;
    for (int32_t s = 0; s < prob->n_structures; s++)
        places += same_guarantee(first, &prob->structures[s])
                      ? prob->structures[s].places
                      : 0;
    sum.places = granted->places_per > 0
                     ? granted->min * (places / granted->places_per)
                     : 0;
    for (int32_t r = 0; r < prob->n_requests; r++) {
        if (!prob->requests[r].insertion || !may_have(prob, first, r))
            continue;
        const option *const o = given_option(prob, option_of, r);
        sum.requests++;
        sum.served +=
            o && same_guarantee(first, &prob->structures[o->structure]);
    }
    return sum;
}

bool demand_is_first_guarantee(const problem *prob, int32_t place) {
    const structure *const x = &prob->structures[place];
    bool is_first = guarantee_of(x) != NULL;
    for (int32_t k = 0; is_first && k < place; k++)
        is_first = !same_guarantee(&prob->structures[k], x);
    return is_first;
}

static void judge_guarantee(findings *found, const problem *prob,
                            const int32_t *option_of, const structure *first) {
    const guarantee sum = demand_guarantee(prob, option_of, first);
    const int64_t wanted =
        sum.places < sum.requests ? sum.places : sum.requests;
    if (sum.served >= wanted)
        return;
    finding f = {.at = where_of(BREAKS_GUARANTEED),
                 .size = wanted - sum.served,
                 .kind = SHORT_GUARANTEED,
                 .law = guarantee_of(first),
                 .have = sum.served,
                 .allowed = wanted};
    f.at.manager = first->manager;
    findings_add(found, &f);
}

void demand_guaranteed(findings *found, const problem *prob,
                       const int32_t *option_of) {
    for (int32_t s = 0; s < prob->n_structures; s++)
        if (demand_is_first_guarantee(prob, s))
            judge_guarantee(found, prob, option_of, &prob->structures[s]);
}
