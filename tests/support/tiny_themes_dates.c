// SPDX-License-Identifier: GPL-3.0-or-later
/* Themes about dates, options that can never be given, menus and goals. */
#include "support/tiny_themes.h"

#include <string.h>

void tiny_turn_age(knobs *k, random_state *rng) {
    tiny_turn_rooms(k, rng);
    k->named = 80;
}

/* Some children reach 12, 15, 18, 24 or 36 months inside the horizon. */
void tiny_change_birthdays(tiny *t) {
    static const int32_t months[] = {12, 15, 18, 24, 36};
    for (int32_t i = 0; i < t->n; i++) {
        const int32_t at = t->first + tiny_draw(t, 0, t->n_dates);
        const int32_t age = months[tiny_draw(t, 0, 4)];
        civil_date day = civil_to_date(at);
        if (day.day > 28 || tiny_chance(t, 30))
            continue;
        const int32_t month = day.year * 12 + day.month - 1 - age;
        day.year = month / 12;
        day.month = month % 12 + 1;
        tiny_set(t->children[i], "birth", tiny_date(civil_from_date(day)));
        json_object_del(t->children[i], "walk_from");
    }
}

void tiny_turn_birthdays(knobs *k, random_state *rng) {
    tiny_few_staff(k, rng);
    k->dates_low = 3;
    if (random_below(rng, 2))
        tiny_turn_sections(k, rng);
}

void tiny_turn_walk(knobs *k, random_state *rng) {
    tiny_few_staff(k, rng);
    k->dates_low = 3;
    k->regime = "eaje.5_8";
}

void tiny_change_walk(tiny *t) {
    for (int32_t i = 0; i < t->n; i++) {
        const int32_t day = t->first + tiny_draw(t, 0, t->n_dates);
        if (tiny_chance(t, 60))
            tiny_set(t->children[i], "walk_from", tiny_date(day));
        else
            json_object_del(t->children[i], "walk_from");
    }
}

void tiny_turn_derogation(knobs *k, random_state *rng) {
    tiny_few_staff(k, rng);
    k->min_staff = 2;
    k->dates_low = 2;
}

void tiny_change_derogation(tiny *t) {
    static const char *const ids[] = {"minimum",     "eaje.5_8", "eaje.6",
                                      "eaje.jardin", "settling", "outing"};
    const char *id = tiny_pick(t, ids, 4);
    if (!tiny_rule(t, id))
        id = "eaje.6";
    const int32_t from = tiny_draw(t, 0, t->n_dates - 1);
    const int32_t s = tiny_chance(t, 80) ? 0 : 1;
    json_t *const row = json_pack("{s:s,s:s,s:s}", "id", "d1", "rule", id,
                                  "reason", "shortfall");
    tiny_set(row, "structure",
             json_copy(json_object_get(tiny_structure(t, s), "id")));
    tiny_set(row, "first", tiny_date(t->first + from));
    tiny_set(row, "last", tiny_date(t->first + tiny_draw(t, from, t->n_dates)));
    const bool is_minimum = !strcmp(id, "minimum");
    if (is_minimum && tiny_chance(t, 40))
        tiny_set(row, "waive", json_true());
    else if (is_minimum)
        tiny_set(row, "parameters", json_pack("{s:i}", "min_staff", 1));
    else if (tiny_chance(t, 50))
        tiny_set(
            row, "parameters",
            json_pack("{s:[{s:s,s:i}]}", "classes", "id", "all", "per", 4));
    else
        tiny_set(row, "parameters",
                 json_pack("{s:s}", "rounding", "ceil_each"));
    json_array_append_new(tiny_list(t->root, "derogations"), row);
}

/* The rule in two versions: the second, milder or harder, from a later day. */
void tiny_change_dated(tiny *t) {
    static const char *const ids[] = {"minimum", "eaje.5_8", "eaje.6",
                                      "eaje.jardin"};
    const char *const drawn = tiny_pick(t, ids, 4);
    const char *const id = tiny_rule(t, drawn) ? drawn : "eaje.6";
    json_t *const old = tiny_rule(t, id);
    json_t *const new = json_deep_copy(old);
    const int32_t day = t->first + tiny_draw(t, 1, t->n_dates);
    tiny_set(old, "valid_to", tiny_date(day - 1));
    tiny_set(new, "valid_from", tiny_date(day));
    json_t *const parameters = json_object_get(new, "parameters");
    if (!strcmp(id, "minimum"))
        tiny_set_int(parameters, "min_staff", tiny_draw(t, 1, 3));
    else
        tiny_set(parameters, "classes",
                 json_pack("[{s:s,s:i}]", "id", "all", "per",
                           (int)tiny_draw(t, 1, 4)));
    json_array_append_new(t->rules, new);
}

void tiny_turn_weeks(knobs *k, random_state *rng) {
    tiny_tight_places(k, rng);
    k->first = random_below(rng, 2) ? "2026-09-10" : "2026-12-31";
    k->dates_low = 6;
    k->dates_high = 7;
    k->popular = 80;
}

void tiny_change_weeks(tiny *t) {
    for (int32_t i = 0; i < t->n; i++) {
        json_t *const options = json_object_get(t->requests[i], "options");
        for (size_t o = 0; o < json_array_size(options); o++) {
            json_t *const window = json_array_get(
                json_object_get(json_array_get(options, o), "when"), 0);
            if (json_object_get(window, "dates") || tiny_chance(t, 40))
                continue;
            tiny_set(window, "week",
                     json_string(tiny_chance(t, 50) ? "A" : "B"));
        }
    }
    if (tiny_chance(t, 50))
        tiny_set(json_object_get(t->root, "horizon"), "week_a",
                 tiny_date(t->first + 7 * tiny_draw(t, -3, 2)));
    if (tiny_chance(t, 50)) {
        json_t *const window = tiny_drawn_window(t, 0);
        tiny_set(window, "week", json_string("B"));
        tiny_set_int(window, "places", 4);
        json_array_append_new(tiny_list(tiny_structure(t, 0), "modulation"),
                              window);
    }
}

void tiny_change_hours(tiny *t) {
    json_t *const part = tiny_drawn_window(t, 0);
    const int32_t how = tiny_draw(t, 0, 2);
    if (how == 0) {
        json_array_append_new(tiny_list(tiny_structure(t, 0), "closures"),
                              part);
        return;
    }
    json_t *const exception = json_object();
    const int32_t day = t->first + tiny_draw(t, 0, t->n_dates - 1);
    tiny_set(exception, "date", tiny_date(day));
    tiny_set(exception, "hours", json_pack("[o]", part));
    json_array_append_new(tiny_list(tiny_structure(t, 0), "exceptions"),
                          exception);
    if (how == 2)
        json_array_append_new(tiny_list(tiny_structure(t, 1), "closures"),
                              tiny_drawn_window(t, 1));
}

void tiny_turn_menu(knobs *k, random_state *rng) {
    (void)rng;
    k->dates_low = 1;
    k->dates_high = 2;
    k->popular = 60;
}

void tiny_change_closed_days(tiny *t) {
    const bool never_open = tiny_chance(t, 40);
    json_t *const closure = json_object();
    tiny_set(closure, "dates", tiny_one_date(t));
    json_array_append_new(tiny_list(tiny_structure(t, 0), "closures"), closure);
    if (!never_open)
        return;
    json_t *const exception =
        json_pack("{s:o,s:[]}", "date", tiny_date(t->first), "hours");
    json_array_append_new(tiny_list(tiny_structure(t, 1), "exceptions"),
                          exception);
}

void tiny_turn_floor(knobs *k, random_state *rng) {
    (void)rng;
    k->dates_low = 2;
    k->full_day = 20;
}

void tiny_change_floor(tiny *t) {
    for (int32_t i = 0; i < t->n; i++) {
        const int32_t days = tiny_draw(t, 1, 3);
        const int32_t minutes = 60 * tiny_draw(t, 1, 8);
        const int32_t how = tiny_draw(t, 0, 3);
        if (how == 0)
            continue;
        json_t *const floor = json_object();
        if (how != 1)
            tiny_set_int(floor, "min_days", days);
        if (how != 2)
            tiny_set_int(floor, "min_minutes", minutes);
        tiny_set(t->requests[i], "floor", floor);
    }
}

void tiny_turn_generated(knobs *k, random_state *rng) {
    tiny_tight_places(k, rng);
    k->menu = 60;
    k->requests_high = 5;
}

void tiny_turn_quality(knobs *k, random_state *rng) {
    k->requests_low = 4;
    k->n_sections[0] = random_below(rng, 2) ? 2 : 0;
    k->section_places = 10;
    k->weighted = 30;
}

void tiny_change_quality(tiny *t) {
    for (int32_t s = 0; s < TINY_STRUCTURES; s++) {
        json_t *const floors = json_object();
        const int32_t margin = tiny_draw(t, 4, 7);
        const int32_t arrivals = tiny_draw(t, 0, 2);
        if (tiny_chance(t, 60))
            tiny_set_int(floors, "ratio_margin", margin);
        if (tiny_chance(t, 60))
            tiny_set_int(floors, "arrivals_per_15min", arrivals);
        if (tiny_chance(t, 60))
            tiny_set_int(floors, "group_changes", tiny_draw(t, 0, 1));
        tiny_set(tiny_structure(t, s), "floors", floors);
    }
}

void tiny_turn_ties(knobs *k, random_state *rng) {
    tiny_tight_places(k, rng);
    k->same_points = true;
    k->full_day = 90;
    k->popular = 90;
}

void tiny_turn_weighted(knobs *k, random_state *rng) {
    tiny_tight_places(k, rng);
    k->weighted = 100;
    k->held = 20;
}

void tiny_turn_envy(knobs *k, random_state *rng) {
    tiny_tight_places(k, rng);
    k->by_points = 100;
    k->weighted = 0;
}

void tiny_turn_anything(knobs *k, random_state *rng) {
    tiny_turn_rooms(k, rng);
    k->staff[0] = random_range(rng, 2, 4);
    k->places[0] = random_range(rng, 2, 4);
    k->held = 25;
    k->needs = 40;
    k->spice = 100;
    k->insertion = 20;
}

void tiny_turn_nothing(knobs *k, random_state *rng) {
    (void)k;
    (void)rng;
}
