// SPDX-License-Identifier: GPL-3.0-or-later
/* Themes about staff: readings, outings, adaptation, the minimum, the mix. */
#include "support/tiny_themes.h"

#include <string.h>

void tiny_turn_sum(knobs *k, random_state *rng) {
    tiny_few_staff(k, rng);
    k->rounding = "sum_then_ceil";
}

void tiny_turn_ceil(knobs *k, random_state *rng) {
    tiny_few_staff(k, rng);
    k->rounding = "ceil_each";
}

void tiny_turn_fill(knobs *k, random_state *rng) {
    tiny_few_staff(k, rng);
    k->rounding = "mixed_group_fill";
}

void tiny_turn_5_8(knobs *k, random_state *rng) {
    tiny_few_staff(k, rng);
    k->requests_low = 5;
    k->regime = "eaje.5_8";
    k->heavy = 95;
    k->small_law = 0;
    k->staff[0] = 1;
    k->popular = 92;
    k->full_day = 70;
}

void tiny_turn_6(knobs *k, random_state *rng) {
    tiny_turn_5_8(k, rng);
    k->regime = "eaje.6";
}

void tiny_turn_jardin(knobs *k, random_state *rng) {
    tiny_turn_5_8(k, rng);
    k->regime = "eaje.jardin";
}

void tiny_turn_room_scope(knobs *k, random_state *rng) {
    tiny_turn_rooms(k, rng);
    tiny_few_staff(k, rng);
    k->scope = "room";
    k->small_law = 40;
}

void tiny_change_room_scope(tiny *t) {
    if (tiny_chance(t, 50))
        tiny_change_merge(t);
    if (json_array_size(json_object_get(tiny_structure(t, 0), "merges")) > 0)
        json_object_del(
            json_array_get(json_object_get(tiny_structure(t, 0), "merges"), 0),
            "places");
}

void tiny_turn_outing(knobs *k, random_state *rng) {
    k->requests_low = 4;
    if (random_below(rng, 2))
        tiny_turn_rooms(k, rng);
    k->staff[0] = random_range(rng, 2, 3);
    k->small_law = 20;
    k->popular = 85;
}

void tiny_change_outing(tiny *t) {
    json_t *const list = tiny_list(tiny_structure(t, 0), "outings");
    json_t *const outing = tiny_drawn_window(t, 0);
    if (tiny_has_sections(t, 0) && tiny_chance(t, 80))
        tiny_set(outing, "sections", json_pack("[s]", "g2"));
    json_array_append_new(list, outing);
    json_t *const law = tiny_parameters(t, "outing");
    if (tiny_chance(t, 50))
        tiny_set(law, "rounding", json_string("sum_then_ceil"));
    if (tiny_chance(t, 50))
        tiny_set(law, "classes",
                 json_pack("[{s:s,s:i}]", "id", "all", "per", 1));
}

void tiny_turn_adaptation(knobs *k, random_state *rng) {
    k->requests_low = 4;
    k->staff[0] = random_range(rng, 1, 2);
    k->min_staff = random_range(rng, 0, 1);
    k->popular = 85;
    k->heavy = 5;
}

void tiny_change_adaptation(tiny *t) {
    for (int32_t i = 0; i < t->n; i++) {
        if (!tiny_chance(t, 55))
            continue;
        const int32_t last = tiny_draw(t, 0, t->n_dates - 1);
        json_t *const time = json_object();
        tiny_set(time, "first", tiny_date(t->first));
        tiny_set(time, "last", tiny_date(t->first + last));
        tiny_set(t->requests[i], "adaptation", time);
    }
    if (tiny_chance(t, 50))
        tiny_set(tiny_parameters(t, "settling"), "begin", tiny_time(560));
    if (tiny_chance(t, 50))
        tiny_set(tiny_parameters(t, "settling"), "end", tiny_time(650));
}

void tiny_turn_minimum(knobs *k, random_state *rng) {
    k->requests_low = 4;
    k->staff[0] = random_range(rng, 2, 3);
    k->staff[1] = 2;
    k->small_law = 0;
    k->min_staff = random_range(rng, 2, 3);
}

void tiny_change_minimum(tiny *t) {
    tiny_thin_staff(t, 0, "cat2");
    if (tiny_chance(t, 30))
        tiny_thin_staff(t, 1, "cat1");
}

void tiny_turn_cat1(knobs *k, random_state *rng) {
    k->requests_low = 4;
    k->places[0] = random_range(rng, 24, 27);
    k->staff[0] = random_range(rng, 4, 6);
    k->small_law = 0;
}

void tiny_change_cat1(tiny *t) { tiny_thin_staff(t, 0, "cat1"); }

void tiny_turn_alone(knobs *k, random_state *rng) {
    k->requests_low = 4;
    k->places[0] = random_range(rng, 10, 13);
    k->staff[0] = random_range(rng, 1, 2);
    k->small_law = 0;
    k->popular = 85;
    k->full_day = 50;
}

void tiny_change_alone(tiny *t) {
    const char *const thinned = tiny_chance(t, 40) ? "cat1" : "cat2";
    if (t->k.staff[0] == 2)
        tiny_thin_staff(t, 0, thinned);
    json_t *const law = tiny_parameters(t, "minimum");
    if (!law)
        return;
    tiny_set_int(law, "alone_max_children", tiny_draw(t, 1, 3));
    if (tiny_chance(t, 20))
        tiny_set(law, "alone_categories", json_pack("[s,s]", "cat1", "cat2"));
}

void tiny_turn_mix(knobs *k, random_state *rng) {
    (void)rng;
    k->requests_low = 4;
    k->small_law = 90;
    k->popular = 75;
    k->heavy = 30;
    k->staff[0] = 6;
}

void tiny_change_mix(tiny *t) {
    tiny_add_rule(t, "share", "cat1_share", json_pack("{s:i}", "min_pct", 40));
    for (int32_t s = 0; s < TINY_STRUCTURES; s++) {
        json_t *const cat1 =
            json_array_get(json_object_get(tiny_structure(t, s), "staff"), 0);
        tiny_set_int(cat1, "count", 1);
        json_t *const more = tiny_window(t->begin[s], t->end[s]);
        tiny_set(more, "category", json_string("cat2"));
        tiny_set_int(more, "count", 4);
        json_array_append_new(json_object_get(tiny_structure(t, s), "staff"),
                              more);
    }
    tiny_thin_staff(t, 0, "cat1");
}
