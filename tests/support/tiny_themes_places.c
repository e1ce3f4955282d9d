// SPDX-License-Identifier: GPL-3.0-or-later
/* Themes about places: capacity, over-capacity, sections, rooms. */
#include "support/tiny_themes.h"

#include <string.h>

void tiny_turn_places(knobs *k, random_state *rng) {
    tiny_tight_places(k, rng);
    k->popular = 75;
    k->heavy = 30;
}

void tiny_change_modulation(tiny *t) {
    json_t *const list = tiny_list(tiny_structure(t, 0), "modulation");
    for (int32_t i = 0; i < 2; i++) {
        json_t *const window = tiny_drawn_window(t, 0);
        tiny_set_int(window, "places", tiny_draw(t, 1, 2));
        json_array_append_new(list, window);
    }
}

void tiny_change_reductions(tiny *t) {
    json_t *const list = tiny_list(tiny_structure(t, 0), "reductions");
    json_t *const part = tiny_drawn_window(t, 0);
    tiny_set_int(part, "places", tiny_draw(t, 0, 2));
    json_array_append_new(list, part);
    json_t *const day = json_pack("{s:o}", "dates", tiny_one_date(t));
    tiny_set_int(day, "places", tiny_draw(t, 1, 2));
    json_array_append_new(list, day);
}

void tiny_turn_many(knobs *k, random_state *rng) {
    (void)rng;
    k->requests_low = 4;
    k->popular = 80;
}

void tiny_turn_over(knobs *k, random_state *rng) {
    k->requests_low = 5;
    k->popular = 85;
    k->full_day = 20;
    k->places[0] = random_range(rng, 1, 3);
    k->heavy = 40;
}

void tiny_change_over(tiny *t) {
    tiny_set(tiny_structure(t, 0), "over_capacity", json_true());
    if (tiny_chance(t, 40))
        tiny_set(json_object_get(tiny_structure(t, 0), "ratio"),
                 "capacity_basis", json_string("nominal"));
}

void tiny_turn_week(knobs *k, random_state *rng) {
    k->requests_low = k->requests_high = random_range(rng, 3, 6);
    k->places[0] = k->requests_low - 1;
    k->full_day = 85;
    k->popular = 90;
    k->heavy = 0;
    k->all_days = random_below(rng, 2);
}

void tiny_turn_sections(knobs *k, random_state *rng) {
    k->requests_low = 4;
    k->n_sections[0] = random_range(rng, 2, 3);
    k->n_sections[1] = 2;
    k->section_places = 1;
    k->popular = 80;
}

void tiny_change_section(tiny *t) {
    if (!tiny_has_sections(t, 0))
        return;
    json_t *const g1 =
        json_array_get(json_object_get(tiny_structure(t, 0), "sections"), 0);
    json_t *const window = tiny_drawn_window(t, 0);
    tiny_set_int(window, "places", tiny_draw(t, 0, 2));
    json_array_append_new(tiny_list(g1, "modulation"), window);
}

void tiny_turn_rooms(knobs *k, random_state *rng) {
    tiny_turn_sections(k, rng);
    k->section_places = 10;
}

void tiny_change_shared(tiny *t) {
    if (!tiny_has_sections(t, 0))
        return;
    json_t *const quota =
        json_pack("{s:s,s:o}", "id", "cots", "sections", tiny_both_sections());
    tiny_set_int(quota, "places", tiny_draw(t, 1, 2));
    if (tiny_chance(t, 60))
        tiny_set(quota, "windows", json_pack("[o]", tiny_drawn_window(t, 0)));
    json_array_append_new(tiny_list(tiny_structure(t, 0), "shared"), quota);
}

void tiny_turn_merge(knobs *k, random_state *rng) {
    tiny_turn_rooms(k, rng);
    k->requests_low = 5;
    k->popular = 85;
    k->full_day = 50;
}

void tiny_change_merge(tiny *t) {
    if (!tiny_has_sections(t, 0))
        return;
    json_t *const merge = tiny_drawn_window(t, 0);
    tiny_set(merge, "sections", tiny_both_sections());
    const bool own = tiny_chance(t, 85);
    const int32_t places = tiny_draw(t, 1, 2);
    if (own)
        tiny_set_int(merge, "places", places);
    /* A second theme may merge again: a section is in one merge at a time. */
    json_t *const merges = tiny_list(tiny_structure(t, 0), "merges");
    if (json_array_size(merges) == 0)
        json_array_append(merges, merge);
    json_decref(merge);
}
