// SPDX-License-Identifier: GPL-3.0-or-later
/* Facts about a family, and the points of the grid of Pessac (since 2022). */
#include "town.h"

void facts_draw(facts *f, draws *rng, bool insertion, bool need) {
    static const int activity[] = {60, 18, 17, 5};
    static const int activity_insertion[] = {5, 30, 25, 40};
    static const int commissions[] = {64, 22, 9, 5};
    *f = (facts){
        .resident = draw_chance(rng, 930),
        .minor_parent = draw_chance(rng, insertion ? 50 : 4),
        .single_parent = draw_chance(rng, insertion ? 450 : 110),
        .sibling = draw_chance(rng, 140),
        .adoption = draw_chance(rng, 6),
        .no_care = draw_chance(rng, 450),
        .disabled_child = need,
        .disabled_relative = draw_chance(rng, 25),
        .former_member = draw_chance(rng, 80),
        .elder_refused = draw_chance(rng, 60),
        .refused_offer = draw_chance(rng, 30),
        .past_breach = draw_chance(rng, 10),
    };
    f->durable_care = !f->no_care && draw_chance(rng, 300);
    f->activity =
        draw_weighted(rng, insertion ? activity_insertion : activity, 4);
    f->follow_up = draw_chance(rng, insertion ? 700 : 20)
                       ? 10 * draw_range(rng, 1, 10)
                       : 0;
    f->commissions_past = draw_weighted(rng, commissions, 4);
}

int facts_points(const facts *f) {
    static const int activity[] = {40, 20, 10, 0};
    return 300 * f->resident + 30 * f->minor_parent + 30 * f->single_parent +
           20 * f->sibling + 20 * f->adoption + 30 * f->no_care +
           10 * f->durable_care + activity[f->activity] + f->follow_up +
           30 * f->disabled_child + 20 * f->disabled_relative +
           20 * f->former_member + 10 * f->elder_refused +
           10 * f->commissions_past - 20 * f->refused_offer -
           30 * f->past_breach;
}
