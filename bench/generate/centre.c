// SPDX-License-Identifier: GPL-3.0-or-later
/* Centres out of school: what they can take, and who asks for more.
 *
 * Every second centre has seats enough for its agents, the others agents enough
 * for their seats. On each evening and on Wednesday 110 to 130 % of what can be
 * taken is asked for. */
#include <stdio.h>

#include "day.h"
#include "town.h"

enum { EVENING, WEDNESDAY, WEDNESDAY_BIT = 1u << 2 };

/* Children, half of them below six years, for whom so many agents are enough:
 * one for 14 and 18 on evenings, for 10 and 14 on Wednesday. */
static int children_for(int agents, int service) {
    return service == EVENING ? agents * 2 * 14 * 18 / (14 + 18)
                              : agents * 2 * 10 * 14 / (10 + 14);
}

static int most_children(const centre *c, int service) {
    const int n = children_for(c->staff[service], service);
    return n < c->places ? n : c->places;
}

/* Half of them below six years. */
static int draw_birth(draws *rng, int monday) {
    const int months = draw_chance(rng, 500) ? draw_range(rng, 38, 70)
                                             : draw_range(rng, 73, 130);
    const day_date d = day_to_date(monday);
    const int total = d.year * 12 + d.month - 1 - months;
    return day_from_date(total / 12, total % 12 + 1, draw_range(rng, 1, 28));
}

static void draw_pupil(town *t, draws *rng, int at, unsigned days) {
    pupil *const p = &t->pupils[t->n_pupils++];
    *p = (pupil){.centre = at, .days = days};
    p->birth = draw_birth(rng, t->monday);
    p->points = 10 * draw_range(rng, 0, 12);
    p->submitted_day = t->monday - draw_range(rng, 60, 120);
    p->takes_half = draw_chance(rng, 450);
}

/* Pupils ask for most of the evenings on which somebody is still to ask. */
static void ask_for_evenings(town *t, draws *rng, int at) {
    const int most = most_children(&t->centres[at], EVENING);
    int left[DAYS] = {0};
    unsigned open = 0;
    for (int d = 0; d < DAYS; d++)
        if (!(WEDNESDAY_BIT >> d & 1)) {
            left[d] = (most * draw_range(rng, 110, 130) + 50) / 100;
            open |= 1u << d;
        }
    while (open) {
        unsigned days = 0;
        for (int d = 0; d < DAYS; d++)
            if (open >> d & 1 && draw_chance(rng, 850))
                days |= 1u << d;
        if (!days)
            continue;
        draw_pupil(t, rng, at, days);
        for (int d = 0; d < DAYS; d++)
            if (days >> d & 1 && --left[d] == 0)
                open &= ~(1u << d);
    }
}

static void ask_for_wednesday(town *t, draws *rng, int at) {
    const int most = most_children(&t->centres[at], WEDNESDAY);
    const int n = (most * draw_range(rng, 110, 130) + 50) / 100;
    for (int i = 0; i < n; i++)
        draw_pupil(t, rng, at, WEDNESDAY_BIT);
}

void town_open_centres(town *t, draws *rng) {
    static const int enough[] = {5, 6};
    for (int i = 0; i < t->n_centres; i++) {
        centre *const c = &t->centres[i];
        const int *const few = t->joint ? t->law->few_joint : t->law->few;
        snprintf(c->id, sizeof c->id, "l%03d", i + 1);
        c->places = t->law->places;
        c->is_short = i % 2 == 1;
        c->staff[EVENING] = c->is_short ? few[EVENING] : enough[EVENING];
        c->staff[WEDNESDAY] = c->is_short ? few[WEDNESDAY] : enough[WEDNESDAY];
        c->crew = t->joint ? t->law->crew[c->is_short] : 0;
        ask_for_evenings(t, rng, i);
        ask_for_wednesday(t, rng, i);
    }
}
