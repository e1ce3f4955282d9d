// SPDX-License-Identifier: GPL-3.0-or-later
/* Employees whose duties are decided together with the children.
 *
 * Their contracts add up to the hours with children that full seats need, to
 * the nearest shift of a week. More cannot be there at both ends of the day
 * than the shifts allow, so hands are short early and late while families ask
 * for those hours most. */
#include <assert.h>

#include "town.h"

int shift_begin(int shift) { return OPENS + shift * SHIFT_STEP; }

static int open_days(const creche *c) { return DAYS - (c->closed_day >= 0); }

/* Shifts a week that full seats need, to the nearest one. */
static int shifts_needed(const creche *c) {
    int minutes = 0;
    for (int m = OPENS; m < CLOSES; m += TICK)
        minutes += TICK * creche_staff_wanted(c, m);
    minutes *= open_days(c);
    return (minutes + SHIFT_WITH_CHILDREN / 2) / SHIFT_WITH_CHILDREN;
}

/* Two different days, so that no two wishes contradict each other: to be off on
 * one of them, a shift on the other. */
static void draw_wishes(hand *h, draws *rng) {
    const int first = draw_below(rng, DAYS);
    h->wishes[0] = (wish){first, -1, draw_range(rng, 1, 3)};
    h->wishes[1] = (wish){(first + draw_range(rng, 1, DAYS - 1)) % DAYS,
                          draw_below(rng, N_SHIFTS), draw_range(rng, 1, 3)};
    h->n_wishes = draw_range(rng, 0, MAX_WISHES);
}

/* All have full contracts but the last, who takes what is left. */
static void hire_crew(creche *c, draws *rng) {
    for (int left = shifts_needed(c); left > 0; left -= open_days(c)) {
        assert(c->n_hands < MAX_AGENTS);
        hand *const h = &c->hands[c->n_hands++];
        h->is_cat1 = c->n_hands % 2 == 1;
        h->days = left < open_days(c) ? left : open_days(c);
        draw_wishes(h, rng);
    }
}

void town_hire_crew(town *t, draws *rng) {
    for (int i = 0; i < t->n_creches; i++)
        hire_crew(&t->creches[i], rng);
}
