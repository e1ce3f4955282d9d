// SPDX-License-Identifier: GPL-3.0-or-later
/* Multi-accueils: rooms, capacity, law and a fixed roster.
 *
 * Staff follow from the seats: about what full seats with 35 % of children who
 * do not walk need in the middle of the day, less at both ends (8-hour duties
 * with an hour off: opening, middle, closing). Rounded down, since posts are
 * vacant: staff bind in part of the day and seats in another. */
#include <assert.h>
#include <stdio.h>

#include "town.h"

static const char *const names[] = {"bleuets", "coquelicots", "mesanges",
                                    "tilleuls"};

static int part(int whole, int percent) { return (whole * percent + 50) / 100; }

/* --- rooms: bebes 2.5-12 months, moyens 12-24, grands from 24; small ones
 * below and above 18 months; the smallest have one room. Cots and beds add up
 * to more than the places, never all of them in use at once. --- */

static void open_sections(creche *c) {
    if (c->places < 20)
        return;
    if (c->places < 30) {
        c->n_sections = 2;
        c->sections[0] = (section){"bebes", part(c->places, 40), -1, 18};
        c->sections[1] = (section){"grands", part(c->places, 62), 18, -1};
        return;
    }
    c->n_sections = 3;
    c->sections[0] = (section){"bebes", part(c->places, 27), -1, 12};
    c->sections[1] = (section){"grands", part(c->places, 40), 24, -1};
    c->sections[2] = (section){"moyens", part(c->places, 36), 12, 24};
}

/* One PMI reads the law for a whole commune: the reading is the caller's, the
 * choice of one adult for six children each house's own. */
static void choose_law(creche *c, const char *rounding, draws *rng) {
    static const int weights[] = {78, 12, 10};
    const bool one_for_six = draw_weighted(rng, weights, 3) == 1;
    c->regime = one_for_six ? "eaje.6" : "eaje.5_8";
    c->rounding = one_for_six ? NULL : rounding;
    c->over_capacity = draw_chance(rng, 850);
}

static void choose_capacity(creche *c, draws *rng) {
    c->morning_places = c->evening_places = c->wednesday_places = -1;
    c->closed_day = c->reduced_day = -1;
    if (draw_chance(rng, 500)) {
        c->morning_places = part(c->places, 50);
        c->evening_places = part(c->places, 60);
    }
    if (draw_chance(rng, 200))
        c->wednesday_places = part(c->places, 80);
    if (draw_chance(rng, 70))
        c->closed_day = draw_below(rng, 2) ? 4 : 2;
    else if (draw_chance(rng, 80)) {
        c->reduced_day = draw_below(rng, DAYS);
        c->reduced_places = part(c->places, 75);
    }
    c->merges = c->n_sections > 0 && draw_chance(rng, 350);
    c->shares = c->n_sections == 3 && draw_chance(rng, 300);
}

/* The named houses of the example show each feature at least once. Baby cots
 * are the scarce thing there, one house apart, where staff are. */
static void show_every_feature(creche *four) {
    for (int i = 1; i < 4; i++) {
        four[i].sections[0].places = part(four[i].places, 18);
        four[i].spare_agents = 1;
    }
    four[0].closed_day = 2;
    four[0].merges = true;
    four[1].morning_places = part(four[1].places, 50);
    four[1].evening_places = part(four[1].places, 60);
    four[2].shares = true;
    four[2].regime = "eaje.6";
    four[2].rounding = NULL;
    four[3].reduced_day = 3;
    four[3].reduced_places = part(four[3].places, 75);
    four[3].over_capacity = true;
}

static void choose_equipment(creche *c, draws *rng) {
    c->handicap_max = draw_chance(rng, 400) ? draw_range(rng, 1, 2) : 0;
    c->has_pai = draw_chance(rng, 600);
}

/* --- staff --- */

enum { N_SLOTS = (CLOSES - OPENS) / 30 };

/* Persons that full seats need when 40 % of the children do not walk. */
static int staff_for_full_seats(const creche *c) {
    /* 0.40/5 + 0.60/8 = 155/1000 a child, rounded up. */
    const int persons = c->regime[5] == '6' ? (c->places + 5) / 6
                                            : (c->places * 155 + 999) / 1000;
    return (persons < 2 ? 2 : persons) + c->spare_agents;
}

/* A director plans for the presence curve of a real week (domain law: a third
 * of the seats at opening, all of them from 09:00 to 16:30, a third at closing)
 * and keeps two at the ends. */
static int staff_wanted(int peak, int slot) {
    static const int percent[N_SLOTS] = {40,  60,  85,  100, 100, 100, 100, 100,
                                         100, 100, 100, 100, 100, 100, 100, 100,
                                         100, 100, 85,  75,  60,  40};
    const int wanted = (peak * percent[slot] + 99) / 100;
    return wanted < 2 ? 2 : wanted;
}

int creche_staff_wanted(const creche *c, int minute) {
    return staff_wanted(staff_for_full_seats(c), (minute - OPENS) / 30);
}

static void hire(creche *c, int begin, int break_begin) {
    assert(c->n_agents < MAX_AGENTS);
    agent *const a = &c->agents[c->n_agents++];
    *a = (agent){.begin = begin,
                 .end = begin + 480,
                 .break_begin = break_begin,
                 .break_end = break_begin + 60,
                 .day_off = -1};
    a->is_cat1 = c->n_agents % 2 == 0;
}

/* The first of the opening and the first of the closing duty open and close the
 * house, are of category 1 and carry the skills: their breaks never meet. */
static void give_keys(creche *c, int index) {
    c->agents[index].is_cat1 = true;
    c->agents[index].knows_handicap = c->handicap_max > 0;
    c->agents[index].knows_pai = c->has_pai;
}

static bool duty_covers(int begin, int break_begin, int slot) {
    const int minute = OPENS + 30 * slot;
    return minute >= begin && minute < begin + 480 &&
           !(minute >= break_begin && minute < break_begin + 60);
}

/* The duty of eight hours, one of them a break between 11:30 and 15:00, that
 * covers most of what is missing; earlier ones among equals. */
static void hire_where_missing(creche *c, const int *missing) {
    int best = -1, best_begin = 0, best_break = 0;
    for (int begin = OPENS; begin <= CLOSES - 480; begin += 30)
        for (int pause = 690; pause <= 840; pause += 30) {
            int covered = 0;
            for (int slot = 0; slot < N_SLOTS; slot++)
                covered += missing[slot] > 0 && duty_covers(begin, pause, slot);
            if (covered > best && pause >= begin + 120) {
                best = covered;
                best_begin = begin;
                best_break = pause;
            }
        }
    hire(c, best_begin, best_break);
}

static bool somebody_is_missing(const creche *c, int *missing) {
    bool any = false;
    const int peak = staff_for_full_seats(c);
    for (int slot = 0; slot < N_SLOTS; slot++) {
        missing[slot] = staff_wanted(peak, slot);
        for (int i = 0; i < c->n_agents; i++)
            missing[slot] -=
                duty_covers(c->agents[i].begin, c->agents[i].break_begin, slot);
        any |= missing[slot] > 0;
    }
    return any;
}

static void hire_staff(creche *c) {
    hire(c, OPENS, 690);
    hire(c, CLOSES - 480, 810);
    give_keys(c, 0);
    give_keys(c, 1);
    int missing[N_SLOTS];
    while (somebody_is_missing(c, missing) && c->n_agents < MAX_AGENTS)
        hire_where_missing(c, missing);
}

/* --- the whole --- */

static void place_on_map(town *t, draws *rng) {
    int side = 1;
    while (side * side < t->n_creches)
        side++;
    for (int i = 0; i < t->n_creches; i++) {
        t->creches[i].x = 1000 * (i % side) + draw_range(rng, 0, 600);
        t->creches[i].y = 1000 * (i / side) + draw_range(rng, 0, 600);
    }
}

void town_open_creches(town *t, draws *rng, const int *places, int n,
                       bool named) {
    t->n_creches = n;
    for (int i = 0; i < n; i++) {
        creche *const c = &t->creches[i];
        if (named)
            snprintf(c->id, sizeof c->id, "%s", names[i]);
        else
            snprintf(c->id, sizeof c->id, "s%03d", i + 1);
        c->places = places[i];
        open_sections(c);
        choose_law(c, t->rounding, rng);
        choose_capacity(c, rng);
        choose_equipment(c, rng);
    }
    if (named)
        show_every_feature(t->creches);
    /* Wherever there is a choice one house is equipped, so needs can be met. */
    if (t->creches[n - 1].handicap_max == 0)
        t->creches[n - 1].handicap_max = 2;
    t->creches[n / 2].has_pai = true;
    for (int i = 0; i < n; i++)
        hire_staff(&t->creches[i]);
    place_on_map(t, rng);
}

int creche_capacity(const creche *c, int day, int minute) {
    int capacity = c->places;
    if (day == c->closed_day)
        return 0;
    if (day == 2 && c->wednesday_places >= 0)
        capacity = c->wednesday_places;
    if (minute < OPENS + 60 && c->morning_places >= 0)
        capacity = c->morning_places;
    if (minute >= CLOSES - 60 && c->evening_places >= 0)
        capacity = c->evening_places;
    if (day == c->reduced_day && capacity > c->reduced_places)
        capacity = c->reduced_places;
    return capacity;
}

int creche_counted(const creche *c, int day, int minute) {
    int counted = 0;
    for (int i = 0; i < c->n_agents; i++) {
        const agent *const a = &c->agents[i];
        const bool at_work =
            day != a->day_off && a->begin <= minute && minute < a->end;
        const bool on_break = a->break_begin <= minute && minute < a->break_end;
        counted += at_work && !on_break;
    }
    return counted;
}
