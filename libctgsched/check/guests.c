// SPDX-License-Identifier: GPL-3.0-or-later
/* The structure becomes a problem of its own, so that a try costs no more than
 * judging it. What the option of somebody else keeps or breaks by itself is not
 * asked again: nobody but the guests is new. */
#include "check/guests.h"

#include <assert.h>

#include "check/check.h"

static bool comes(const guests *g, int32_t r, const int32_t *option_of) {
    return option_of[r] != NONE &&
           option_visits(&g->prob->requests[r].options[option_of[r]], g->place);
}

/* Leaves an option its presences in the structure; false without memory. */
static bool stay_inside(const guests *g, option *o) {
    presence *const kept = ARENA_NEW(g->mem, presence, o->n_presences);
    int32_t n = 0;
    for (int32_t i = 0; kept && i < o->n_presences; i++) {
        if (o->presences[i].structure != g->place)
            continue;
        kept[n] = o->presences[i];
        kept[n++].structure = 0;
    }
    o->presences = kept;
    o->n_presences = n;
    return kept != NULL;
}

/* A request with the option given as its only one. */
static request alone(const request *from, int32_t given, int32_t child_index,
                     option *only) {
    request to = *from;
    *only = from->options[given];
    only->structure = 0;
    only->n_uses = 0;
    to.child = child_index;
    to.options = only;
    to.n_options = 1;
    to.held = from->held == given ? 0 : NONE;
    to.mandatory = false;
    to.sibling_group = NONE;
    to.chain = false; /* legs elsewhere are not in sight */
    return to;
}

/* Where the file does not say what time it is, booking windows are not asked:
 * they are not for emergencies. */
static request of_guest(const guests *g, int32_t child_index,
                        const option *only) {
    const int32_t on = g->prob->days[g->day];
    return (request){.id = "",
                     .child = child_index,
                     .kind = g->prob->now == INT64_MIN ? REQUEST_EMERGENCY
                                                       : REQUEST_OCCASIONAL,
                     .submitted = g->prob->now,
                     .first = on,
                     .last = on,
                     .n_options = 1,
                     .options = only,
                     .held = NONE,
                     .adaptation_first = CIVIL_NONE,
                     .adaptation_last = CIVIL_NONE,
                     .sibling_group = NONE};
}

static bool fill(guests *g, const int32_t *option_of) {
    const problem *const prob = g->prob;
    const size_t n = (size_t)g->n_here + (size_t)g->most;
    child *const children = ARENA_NEW(g->mem, child, n + 1);
    request *const requests = ARENA_NEW(g->mem, request, n + 1);
    option *const options = ARENA_NEW(g->mem, option, g->n_here + 1);
    g->stay = ARENA_NEW(g->mem, presence, 1);
    g->option_of = ARENA_NEW(g->mem, int32_t, n + 1); /* all 0 */
    if (!children || !requests || !options || !g->stay || !g->option_of)
        return false;
    int32_t at = 0;
    for (int32_t r = 0; r < prob->n_requests; r++) {
        if (!comes(g, r, option_of))
            continue;
        children[at] = prob->children[prob->requests[r].child];
        requests[at] =
            alone(&prob->requests[r], option_of[r], at, &options[at]);
        if (!stay_inside(g, &options[at]))
            return false;
        at++;
    }
    options[at] =
        (option){.id = "", .rank = 1, .n_presences = 1, .presences = g->stay};
    for (int32_t k = 0; k < g->most; k++)
        requests[at + k] = of_guest(g, at + k, &options[at]);
    g->sub = *prob;
    g->sub.n_structures = 1;
    g->sub.structures = &prob->structures[g->place];
    g->sub.children = children;
    g->sub.requests = requests;
    g->sub.n_siblings = g->sub.n_pins = g->sub.n_resources = 0;
    g->sub.n_employees = g->sub.n_cover = 0;
    g->sub.policy = POLICY_MOST_POINTS;
    g->sub.goals = (goals){0};
    return true;
}

ctg_status guests_invite(guests *out, const problem *prob,
                         const int32_t *option_of, int32_t place, int32_t day,
                         int32_t most, arena *mem, ctg_error *err) {
    *out = (guests){
        .prob = prob, .place = place, .day = day, .most = most, .mem = mem};
    for (int32_t r = 0; r < prob->n_requests; r++)
        out->n_here += comes(out, r, option_of);
    return fill(out, option_of) ? CTG_OK : err_nomem(err);
}

static int32_t born(int32_t on, int32_t age) {
    civil_date date = civil_to_date(on);
    const int32_t month = date.year * 12 + date.month - 1 - age;
    date.year = month / 12;
    date.month = month % 12 + 1;
    /* 31 March less one month: the last day that February has. */
    while (civil_to_date(civil_from_date(date)).month != date.month)
        date.day--;
    return civil_from_date(date);
}

void guests_are(guests *g, guest_kind kind) {
    const structure *const x = g->sub.structures;
    const int32_t on = g->prob->days[g->day];
    child *const children = (child *)g->sub.children;
    for (int32_t k = 0; k < g->most; k++)
        children[g->n_here + k] =
            (child){.id = "",
                    .birth = born(on, kind.age),
                    .walk_from = kind.walks == NONE ? CIVIL_NONE
                                 : kind.walks       ? on
                                                    : on + 1,
                    .school = x->n_schools > 0 ? x->schools[0] : NONE,
                    .place_weight = 1000,
                    .ratio_weight = 1000};
}

ctg_status guests_try(guests *g, int32_t n, int32_t section, int32_t begin,
                      int32_t end, uint64_t *broken, ctg_error *err) {
    assert(n >= 0 && n <= g->most && N_PLAN_RULES <= 64);
    arena *const mem = arena_create(arena_allocator(g->mem), 0);
    if (!mem)
        return err_nomem(err);
    *g->stay = (presence){.day = g->day,
                          .begin = (int16_t)begin,
                          .end = (int16_t)end,
                          .section = section};
    g->sub.n_children = g->sub.n_requests = g->n_here + n;
    verdict v;
    const plan tried = {.option_of = g->option_of};
    const ctg_status status =
        check_plan(&v, &g->sub, &tried, CHECK_RULES, mem, err);
    *broken = 0;
    for (int32_t k = 0; status == CTG_OK && k < v.n_breaches; k++)
        *broken |= UINT64_C(1) << v.breaches[k].at.rule;
    arena_destroy(mem);
    return status;
}
