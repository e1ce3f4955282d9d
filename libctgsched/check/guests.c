// SPDX-License-Identifier: GPL-3.0-or-later
/* The structure on that day becomes a problem of its own, so that a try costs
 * no more than reading the stay. What the option of somebody else keeps or
 * breaks by itself is not asked again: nobody but the guests is new, and what
 * is outside their stay does not know of them but through sums. */
#include "check/guests.h"

#include <assert.h>
#include <string.h>

#include "check/option.h"

/* A request that comes, with the option given as its only one. */
static request alone(const request *from, int32_t given, int32_t child_index,
                     const option *only) {
    request to = *from;
    to.child = child_index;
    to.options = only;
    to.n_options = 1;
    to.held = from->held == given ? 0 : NONE;
    return to;
}

/* Where the file does not say what time it is, booking windows are not asked:
 * they are not for emergencies. */
static request of_guest(const guests *g, int32_t child_index,
                        const option *only) {
    const problem *const prob = g->on->prob;
    const int32_t on = prob->days[g->day];
    return (request){.id = "",
                     .child = child_index,
                     .kind = prob->now == INT64_MIN ? REQUEST_EMERGENCY
                                                    : REQUEST_OCCASIONAL,
                     .submitted = prob->now,
                     .first = on,
                     .last = on,
                     .n_options = 1,
                     .options = only,
                     .held = NONE,
                     .adaptation_first = CIVIL_NONE,
                     .adaptation_last = CIVIL_NONE,
                     .sibling_group = NONE};
}

/* Visits come by request: each of these once. */
static void list_here(guests *g, visit *here, visit_span visits,
                      child *children, request *requests) {
    const problem *const prob = g->on->prob;
    int32_t last = NONE;
    for (int32_t i = 0; i < visits.n; i++) {
        const int32_t r = visits.at[i].request;
        if (r != last) {
            const request *const from = &prob->requests[r];
            const int32_t given = g->on->judge.option_of[r];
            children[g->n_here] = prob->children[from->child];
            requests[g->n_here] =
                alone(from, given, g->n_here, &from->options[given]);
            g->n_here++;
            last = r;
        }
        here[i] = (visit){g->n_here - 1, visits.at[i].at};
    }
}

static void list_guests(guests *g, request *requests, option *only) {
    *only =
        (option){.id = "", .rank = 1, .n_presences = 1, .presences = g->stay};
    for (int32_t k = 0; k < g->most; k++)
        requests[g->n_here + k] = of_guest(g, g->n_here + k, only);
}

static bool fill(guests *g, visit *here, visit_span visits, arena *mem) {
    const problem *const prob = g->on->judge.prob;
    const size_t n = (size_t)visits.n + (size_t)g->most;
    child *const children = ARENA_NEW(mem, child, n + 1);
    request *const requests = ARENA_NEW(mem, request, n + 1);
    option *const only = ARENA_NEW(mem, option, 1);
    g->stay = ARENA_NEW(mem, presence, 1);
    g->option_of = ARENA_NEW(mem, int32_t, n + 1); /* all 0 */
    g->totals = ARENA_NEW(mem, day_totals, prob->n_days);
    if (!children || !requests || !only || !g->stay || !g->option_of || !here ||
        !g->totals)
        return false;
    list_here(g, here, visits, children, requests);
    list_guests(g, requests, only);
    memcpy(g->totals, judge_totals(&g->on->judge, g->place),
           (size_t)prob->n_days * sizeof *g->totals);
    g->sub = *prob;
    g->sub.n_structures = 1;
    g->sub.structures = &prob->structures[g->place];
    g->sub.children = children;
    g->sub.requests = requests;
    g->sub.n_children = g->sub.n_requests = g->n_here + g->most;
    return true;
}

ctg_status guests_invite(guests *out, const standing *on, int32_t place,
                         int32_t day, int32_t most, arena *mem,
                         ctg_error *err) {
    assert(on->judge.breaches.n == 0);
    *out = (guests){.on = on,
                    .place = place,
                    .day = day,
                    .most = most,
                    .found = {.mem = mem}};
    const visit_span visits = attendance_on(&on->judge.attendance, place, day);
    visit *const here = ARENA_NEW(mem, visit, visits.n + 1);
    if (!fill(out, here, visits, mem))
        return err_nomem(err);
    TRY(sheet_create(&out->sheet, &out->sub, visits.n + most, mem, err));
    sheet_start(&out->sheet, out->option_of, 0, day,
                (visit_span){.at = here, .n = visits.n});
    out->house = out->sheet;
    return CTG_OK;
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
    const int32_t on = g->sub.days[g->day];
    child *const children = (child *)g->sub.children;
    const int32_t birth = born(on, kind.age);
    for (int32_t k = g->n_here; k < g->n_here + g->most; k++) {
        children[k] = (child){.id = "",
                              .birth = birth,
                              .walk_from = kind.walks == NONE ? CIVIL_NONE
                                           : kind.walks       ? on
                                                              : on + 1,
                              .school = x->n_schools > 0 ? x->schools[0] : NONE,
                              .place_weight = 1000,
                              .ratio_weight = 1000};
        sheet_set_birth(&g->sheet, k, birth);
    }
}

/* Reads the stay with `n` guests. */
static day_totals read_stay(guests *g, int32_t n) {
    day_totals totals;
    sheet_rewind(&g->sheet, &g->house);
    for (int32_t k = 0; k < n; k++)
        sheet_add(&g->sheet, (visit){g->n_here + k, g->stay});
    sheet_between(&g->sheet, g->stay->begin, g->stay->end);
    rows_day(&g->found, &totals, &g->sheet);
    return totals;
}

static bool has_period(const guests *g) {
    const structure *const x = g->sub.structures;
    const law *const in_force = x->law->days[g->day];
    return in_force->cat1_share ||
           (x->over_capacity && in_force->over_capacity);
}

/* The week and the month with what the stay adds to the day. */
static void read_periods(guests *g, const day_totals *with) {
    day_totals *const day = &g->totals[g->day];
    const day_totals before = *day, without = read_stay(g, 0);
    g->found.n = g->found.mergeable = 0;
    day->place_minutes += with->place_minutes - without.place_minutes;
    day->cat1_minutes += with->cat1_minutes - without.cat1_minutes;
    day->required_minutes += with->required_minutes - without.required_minutes;
    day->has_new |= with->has_new;
    day->has_new_open |= with->has_new_open;
    rows_periods(&g->found, &g->sub, 0, g->totals);
    *day = before;
}

static uint64_t broken_by(const findings *found) {
    uint64_t broken = 0;
    for (int32_t i = 0; i < found->n; i++)
        if (found->at[i].is_breach)
            broken |= UINT64_C(1) << found->at[i].at.rule;
    return broken;
}

ctg_status guests_try(guests *g, int32_t n, int32_t section, int32_t begin,
                      int32_t end, uint64_t *broken, ctg_error *err) {
    assert(n >= 1 && n <= g->most && N_PLAN_RULES <= 64);
    *g->stay = (presence){.day = g->day,
                          .begin = (int16_t)begin,
                          .end = (int16_t)end,
                          .section = section};
    g->found.n = g->found.mergeable = 0;
    option_breaches(&g->found, &g->sub, g->n_here, 0);
    const day_totals with = read_stay(g, n);
    *broken = broken_by(&g->found);
    g->found.n = g->found.mergeable = 0;
    if (has_period(g)) {
        read_periods(g, &with);
        *broken |= broken_by(&g->found);
    }
    return g->found.failed ? err_nomem(err) : CTG_OK;
}
