// SPDX-License-Identifier: GPL-3.0-or-later
/* Places held today, booked only while the law is kept.
 *
 * A commune that keeps every held place must not start from a shortage, so the
 * generator counts: seats at 100 % (never over capacity, which also keeps the
 * weekly rule), sections, ratio in the structure's reading, and the minimum. */
#include <string.h>

#include "day.h"
#include "town.h"

enum { WALK_PROXY_MONTHS = 15, CHILD = 1000 };

static int place_weight(const request *r) {
    return r->need == NEED_HANDICAP ? 2 * CHILD : CHILD;
}

static bool walks(const request *r, int civil) {
    return r->walk_from >= 0
               ? civil >= r->walk_from
               : day_age_months(r->birth, civil) >= WALK_PROXY_MONTHS;
}

static int section_of(const creche *c, const request *r, int civil) {
    const int months = day_age_months(r->birth, civil);
    for (int s = 0; s < c->n_sections; s++) {
        const section *const it = &c->sections[s];
        if ((it->from_months < 0 || months >= it->from_months) &&
            (it->below_months < 0 || months < it->below_months))
            return s;
    }
    return -1;
}

static int ceil_div(int a, int b) { return (a + b - 1) / b; }

static int required(const creche *c, int babies, int walkers) {
    if (c->regime[5] == '6')
        return ceil_div(babies + walkers, 6 * CHILD);
    if (!c->rounding)
        return ceil_div(8 * babies + 5 * walkers, 40 * CHILD);
    const int groups = ceil_div(babies, 5 * CHILD);
    if (strcmp(c->rounding, "ceil_each") == 0)
        return groups + ceil_div(walkers, 8 * CHILD);
    const int others = babies + walkers - groups * 5 * CHILD;
    return groups + (others > 0 ? ceil_div(others, 8 * CHILD) : 0);
}

int creche_shared_places(const creche *c) { return (c->places * 13 + 10) / 20; }

static bool shares_are_kept(const creche *c, int day, int tick) {
    const load *const l = &c->held;
    return !c->shares ||
           l->in_section[0][day][tick] + l->in_section[2][day][tick] <=
               CHILD * creche_shared_places(c);
}

static bool is_merged(const creche *c, int minute) {
    return c->merges && (minute < OPENS + 60 || minute >= CLOSES - 60);
}

static bool is_legal(const creche *c, int day, int tick) {
    const int minute = OPENS + TICK * tick;
    const load *const l = &c->held;
    const int counted = creche_counted(c, day, minute);
    const int alone = c->places <= 12 ? 3 : 0;
    if (l->places[day][tick] > CHILD * creche_capacity(c, day, minute))
        return false;
    for (int s = 0; s < c->n_sections && !is_merged(c, minute); s++)
        if (l->in_section[s][day][tick] > CHILD * c->sections[s].places)
            return false;
    if (!shares_are_kept(c, day, tick) ||
        l->handicap[day][tick] > c->handicap_max)
        return false;
    if (counted < 2 && l->heads[day][tick] > alone)
        return false;
    return required(c, l->babies[day][tick], l->walkers[day][tick]) <= counted;
}

static void add(creche *c, const request *r, int civil, int day, int tick,
                int sign) {
    load *const l = &c->held;
    const int weight = sign * place_weight(r);
    const int s = section_of(c, r, civil);
    l->heads[day][tick] += sign;
    l->places[day][tick] += weight;
    if (walks(r, civil))
        l->walkers[day][tick] += weight;
    else
        l->babies[day][tick] += weight;
    if (s >= 0)
        l->in_section[s][day][tick] += weight;
    l->handicap[day][tick] += r->need == NEED_HANDICAP ? sign : 0;
}

static bool add_week(creche *c, const request *r, const week *w, int monday,
                     int sign) {
    bool legal = true;
    for (int day = 0; day < DAYS; day++)
        for (int m = w->begin[day]; m < w->end[day]; m += TICK) {
            if (day == c->closed_day)
                break; /* a day chosen by weekday drops out */
            const int tick = (m - OPENS) / TICK;
            add(c, r, monday + day, day, tick, sign);
            legal = legal && is_legal(c, day, tick);
        }
    return legal;
}

static bool has_presence(const creche *c, const week *w) {
    for (int day = 0; day < DAYS; day++)
        if (day != c->closed_day && w->begin[day] < w->end[day])
            return true;
    return false;
}

bool ledger_book(creche *c, const request *r, const week *w, int monday) {
    if (!has_presence(c, w))
        return false;
    if (add_week(c, r, w, monday, 1))
        return true;
    add_week(c, r, w, monday, -1);
    return false;
}
