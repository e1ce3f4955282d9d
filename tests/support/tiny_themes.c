// SPDX-License-Identifier: GPL-3.0-or-later
/* The themes: which rule is made scarce, and how. */
#include "support/tiny_build.h"

#include <stdio.h>
#include <string.h>

/* ---- helpers on the drawn JSON ---- */

static json_t *structure(tiny *t, int32_t s) { return t->structures[s]; }

static void tight_places(knobs *k, random_state *rng) {
    k->requests_low = 4;
    k->places[0] = random_range(rng, 1, 2);
    k->places[1] = random_range(rng, 1, 3);
}

static void few_staff(knobs *k, random_state *rng) {
    k->requests_low = 4;
    k->staff[0] = random_range(rng, 1, 2);
    k->staff[1] = random_range(rng, 1, 3);
    k->min_staff = 0;
    k->small_law = 80;
    k->popular = 75;
    k->heavy = 25;
}

/* The staff windows of a category happen in a drawn part of the day only. */
static void thin_staff(tiny *t, int32_t s, const char *category) {
    json_t *const staff = json_object_get(structure(t, s), "staff");
    size_t i;
    json_t *window;
    json_array_foreach(staff, i, window) {
        const char *const is =
            json_string_value(json_object_get(window, "category"));
        if (strcmp(is, category))
            continue;
        int32_t begin, end;
        tiny_span(t, s, &begin, &end);
        tiny_set(window, "begin", tiny_time(begin));
        tiny_set(window, "end", tiny_time(end));
    }
}

static json_t *drawn_window(tiny *t, int32_t s) {
    int32_t begin, end;
    tiny_span(t, s, &begin, &end);
    return tiny_window(begin, end);
}

static json_t *one_date(tiny *t) {
    return json_pack("[o]",
                     tiny_date(t->first + tiny_draw(t, 0, t->n_dates - 1)));
}

static json_t *both_sections(void) { return json_pack("[s,s]", "g1", "g2"); }

static bool has_sections(tiny *t, int32_t s) {
    return json_array_size(json_object_get(structure(t, s), "sections")) >= 2;
}

/* ---- places ---- */

static void turn_places(knobs *k, random_state *rng) {
    tight_places(k, rng);
    k->popular = 75;
    k->heavy = 30;
}

static void change_modulation(tiny *t) {
    json_t *const list = tiny_list(structure(t, 0), "modulation");
    for (int32_t i = 0; i < 2; i++) {
        json_t *const window = drawn_window(t, 0);
        tiny_set_int(window, "places", tiny_draw(t, 1, 2));
        json_array_append_new(list, window);
    }
}

static void change_reductions(tiny *t) {
    json_t *const list = tiny_list(structure(t, 0), "reductions");
    json_t *const part = drawn_window(t, 0);
    tiny_set_int(part, "places", tiny_draw(t, 0, 2));
    json_array_append_new(list, part);
    json_t *const day = json_pack("{s:o}", "dates", one_date(t));
    tiny_set_int(day, "places", tiny_draw(t, 1, 2));
    json_array_append_new(list, day);
}

static void turn_many(knobs *k, random_state *rng) {
    (void)rng;
    k->requests_low = 4;
    k->popular = 80;
}

static void turn_over(knobs *k, random_state *rng) {
    k->requests_low = 5;
    k->popular = 85;
    k->full_day = 20;
    k->places[0] = random_range(rng, 1, 3);
    k->heavy = 40;
}

static void change_over(tiny *t) {
    tiny_set(structure(t, 0), "over_capacity", json_true());
    if (tiny_chance(t, 40))
        tiny_set(json_object_get(structure(t, 0), "ratio"), "capacity_basis",
                 json_string("nominal"));
}

static void turn_week(knobs *k, random_state *rng) {
    k->requests_low = k->requests_high = random_range(rng, 3, 6);
    k->places[0] = k->requests_low - 1;
    k->full_day = 85;
    k->popular = 90;
    k->heavy = 0;
    k->all_days = random_below(rng, 2);
}

static void turn_sections(knobs *k, random_state *rng) {
    k->requests_low = 4;
    k->n_sections[0] = random_range(rng, 2, 3);
    k->n_sections[1] = 2;
    k->section_places = 1;
    k->popular = 80;
}

static void change_section(tiny *t) {
    if (!has_sections(t, 0))
        return;
    json_t *const g1 =
        json_array_get(json_object_get(structure(t, 0), "sections"), 0);
    json_t *const window = drawn_window(t, 0);
    tiny_set_int(window, "places", tiny_draw(t, 0, 2));
    json_array_append_new(tiny_list(g1, "modulation"), window);
}

static void turn_rooms(knobs *k, random_state *rng) {
    turn_sections(k, rng);
    k->section_places = 10;
}

static void change_shared(tiny *t) {
    if (!has_sections(t, 0))
        return;
    json_t *const quota =
        json_pack("{s:s,s:o}", "id", "cots", "sections", both_sections());
    tiny_set_int(quota, "places", tiny_draw(t, 1, 2));
    if (tiny_chance(t, 60))
        tiny_set(quota, "windows", json_pack("[o]", drawn_window(t, 0)));
    json_array_append_new(tiny_list(structure(t, 0), "shared"), quota);
}

static void turn_merge(knobs *k, random_state *rng) {
    turn_rooms(k, rng);
    k->requests_low = 5;
    k->popular = 85;
    k->full_day = 50;
}

static void change_merge(tiny *t) {
    if (!has_sections(t, 0))
        return;
    json_t *const merge = drawn_window(t, 0);
    tiny_set(merge, "sections", both_sections());
    const bool own = tiny_chance(t, 85);
    const int32_t places = tiny_draw(t, 1, 2);
    if (own)
        tiny_set_int(merge, "places", places);
    json_array_append_new(tiny_list(structure(t, 0), "merges"), merge);
}

/* ---- staff ---- */

static void turn_sum(knobs *k, random_state *rng) {
    few_staff(k, rng);
    k->rounding = "sum_then_ceil";
}

static void turn_ceil(knobs *k, random_state *rng) {
    few_staff(k, rng);
    k->rounding = "ceil_each";
}

static void turn_fill(knobs *k, random_state *rng) {
    few_staff(k, rng);
    k->rounding = "mixed_group_fill";
}

static void turn_5_8(knobs *k, random_state *rng) {
    few_staff(k, rng);
    k->requests_low = 5;
    k->regime = "eaje.5_8";
    k->heavy = 95;
    k->small_law = 0;
    k->staff[0] = 1;
    k->popular = 92;
    k->full_day = 70;
}

static void turn_6(knobs *k, random_state *rng) {
    turn_5_8(k, rng);
    k->regime = "eaje.6";
}

static void turn_jardin(knobs *k, random_state *rng) {
    turn_5_8(k, rng);
    k->regime = "eaje.jardin";
}

static void turn_room_scope(knobs *k, random_state *rng) {
    turn_rooms(k, rng);
    few_staff(k, rng);
    k->scope = "room";
    k->small_law = 40;
}

static void change_room_scope(tiny *t) {
    if (tiny_chance(t, 50))
        change_merge(t);
    if (json_array_size(json_object_get(structure(t, 0), "merges")) > 0)
        json_object_del(
            json_array_get(json_object_get(structure(t, 0), "merges"), 0),
            "places");
}

static void turn_outing(knobs *k, random_state *rng) {
    k->requests_low = 4;
    if (random_below(rng, 2))
        turn_rooms(k, rng);
    k->staff[0] = random_range(rng, 2, 3);
    k->small_law = 20;
    k->popular = 85;
}

static void change_outing(tiny *t) {
    json_t *const list = tiny_list(structure(t, 0), "outings");
    json_t *const outing = drawn_window(t, 0);
    if (has_sections(t, 0) && tiny_chance(t, 80))
        tiny_set(outing, "sections", json_pack("[s]", "g2"));
    json_array_append_new(list, outing);
    json_t *const law = tiny_parameters(t, "outing");
    if (tiny_chance(t, 50))
        tiny_set(law, "rounding", json_string("sum_then_ceil"));
    if (tiny_chance(t, 50))
        tiny_set(law, "classes",
                 json_pack("[{s:s,s:i}]", "id", "all", "per", 1));
}

static void turn_adaptation(knobs *k, random_state *rng) {
    k->requests_low = 4;
    k->staff[0] = random_range(rng, 1, 2);
    k->min_staff = random_range(rng, 0, 1);
    k->popular = 85;
    k->heavy = 5;
}

static void change_adaptation(tiny *t) {
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

static void turn_minimum(knobs *k, random_state *rng) {
    k->requests_low = 4;
    k->staff[0] = random_range(rng, 2, 3);
    k->staff[1] = 2;
    k->small_law = 0;
    k->min_staff = random_range(rng, 2, 3);
}

static void change_minimum(tiny *t) {
    thin_staff(t, 0, "cat2");
    if (tiny_chance(t, 30))
        thin_staff(t, 1, "cat1");
}

static void turn_cat1(knobs *k, random_state *rng) {
    k->requests_low = 4;
    k->places[0] = random_range(rng, 24, 27);
    k->staff[0] = random_range(rng, 4, 6);
    k->small_law = 0;
}

static void change_cat1(tiny *t) { thin_staff(t, 0, "cat1"); }

static void turn_alone(knobs *k, random_state *rng) {
    k->requests_low = 4;
    k->places[0] = random_range(rng, 10, 13);
    k->staff[0] = random_range(rng, 1, 2);
    k->small_law = 0;
    k->popular = 85;
    k->full_day = 50;
}

static void change_alone(tiny *t) {
    const char *const thinned = tiny_chance(t, 40) ? "cat1" : "cat2";
    if (t->k.staff[0] == 2)
        thin_staff(t, 0, thinned);
    json_t *const law = tiny_parameters(t, "minimum");
    if (!law)
        return;
    tiny_set_int(law, "alone_max_children", tiny_draw(t, 1, 3));
    if (tiny_chance(t, 20))
        tiny_set(law, "alone_categories", json_pack("[s,s]", "cat1", "cat2"));
}

static void turn_mix(knobs *k, random_state *rng) {
    (void)rng;
    k->requests_low = 4;
    k->small_law = 90;
    k->popular = 75;
    k->heavy = 30;
    k->staff[0] = 6;
}

static void change_mix(tiny *t) {
    tiny_add_rule(t, "share", "cat1_share", json_pack("{s:i}", "min_pct", 40));
    for (int32_t s = 0; s < TINY_STRUCTURES; s++) {
        json_t *const cat1 =
            json_array_get(json_object_get(structure(t, s), "staff"), 0);
        tiny_set_int(cat1, "count", 1);
        json_t *const more = tiny_window(t->begin[s], t->end[s]);
        tiny_set(more, "category", json_string("cat2"));
        tiny_set_int(more, "count", 4);
        json_array_append_new(json_object_get(structure(t, s), "staff"), more);
    }
    thin_staff(t, 0, "cat1");
}

/* ---- needs and resources ---- */

static void turn_needs(knobs *k, random_state *rng) {
    (void)rng;
    k->needs = 70;
    k->popular = 70;
}

static void change_need(tiny *t) { json_object_del(structure(t, 0), "offers"); }

static void turn_need_max(knobs *k, random_state *rng) {
    (void)rng;
    k->requests_low = 5;
    k->needs = 95;
    k->popular = 80;
}

static void change_need_max(tiny *t) {
    json_t *const offers = json_object_get(structure(t, 0), "offers");
    if (offers)
        tiny_set_int(json_array_get(offers, 0), "max", tiny_draw(t, 1, 2));
}

static void change_skill(tiny *t) {
    for (int32_t s = 0; s < TINY_STRUCTURES; s++) {
        json_t *const staff = json_object_get(structure(t, s), "staff");
        size_t i;
        json_t *window;
        json_array_foreach(staff, i, window) {
            if (!json_object_get(window, "skills"))
                continue;
            int32_t begin, end;
            tiny_span(t, s, &begin, &end);
            tiny_set(window, "begin", tiny_time(begin));
            tiny_set(window, "end", tiny_time(end));
        }
    }
}

static void use_resource(tiny *t, json_t *option, const char *id) {
    if (!option || !tiny_chance(t, 70))
        return;
    const int32_t amount = tiny_draw(t, 1, 2);
    json_array_append_new(
        tiny_list(option, "uses"),
        json_pack("{s:s,s:i}", "resource", id, "amount", amount));
}

static void change_resource(tiny *t, const char *per, int32_t most) {
    json_t *const resource = json_pack("{s:s,s:s}", "id", per, "per", per);
    tiny_set_int(resource, "limit", tiny_draw(t, 1, most));
    if (!strcmp(per, "date") && tiny_chance(t, 50)) {
        json_t *const window = json_pack("{s:o}", "dates", one_date(t));
        tiny_set_int(window, "limit", tiny_draw(t, 0, 4));
        tiny_set(resource, "limits", json_pack("[o]", window));
    }
    json_array_append_new(tiny_list(t->root, "resources"), resource);
    for (int32_t i = 0; i < t->n; i++) {
        json_t *const options = json_object_get(t->requests[i], "options");
        for (size_t o = 0; o < json_array_size(options); o++)
            use_resource(t, json_array_get(options, o), per);
        use_resource(t, json_object_get(t->requests[i], "held"), per);
    }
}

static void change_per_date(tiny *t) { change_resource(t, "date", 3); }
static void change_per_week(tiny *t) { change_resource(t, "week", 4); }
static void change_per_horizon(tiny *t) { change_resource(t, "horizon", 4); }

/* ---- decisions between requests ---- */

static void turn_siblings(knobs *k, random_state *rng) {
    tight_places(k, rng);
    k->popular = 55;
}

/* No two of `n` requests are of one child. */
static bool are_different(tiny *t, int32_t from, int32_t n) {
    for (int32_t i = from; i < from + n; i++) {
        for (int32_t k = from; k < i; k++) {
            if (json_equal(json_object_get(t->requests[i], "child"),
                           json_object_get(t->requests[k], "child")))
                return false;
        }
    }
    return true;
}

static void change_siblings(tiny *t, const char *rule) {
    const int32_t n = tiny_draw(t, 2, t->n < 4 ? 2 : 3);
    const int32_t from = tiny_draw(t, 0, t->n - n);
    json_t *const group = json_pack("{s:s,s:s}", "id", rule, "rule", rule);
    for (int32_t i = from; i < from + n; i++) {
        json_t *const id = json_object_get(t->requests[i], "id");
        json_array_append(tiny_list(group, "requests"), id);
    }
    if (!json_object_get(t->root, "siblings") && are_different(t, from, n))
        json_array_append_new(tiny_list(t->root, "siblings"), group);
    else
        json_decref(group);
}

static void change_together(tiny *t) { change_siblings(t, "together"); }
static void change_all_or_none(tiny *t) { change_siblings(t, "all_or_none"); }
static void change_reward(tiny *t) { change_siblings(t, "reward"); }

static void pin_request(tiny *t, int32_t i) {
    json_t *const pin = json_object();
    tiny_set(pin, "request", json_copy(json_object_get(t->requests[i], "id")));
    json_t *const options = json_object_get(t->requests[i], "options");
    const int32_t how = tiny_draw(t, 0, 2);
    const int32_t s = tiny_draw(t, 0, 1);
    const int32_t n = (int32_t)json_array_size(options);
    const int32_t o = tiny_draw(t, 0, n > 0 ? n - 1 : 0);
    if (how == 0 && n > 0)
        tiny_set(pin, "option",
                 json_copy(json_object_get(json_array_get(options, (size_t)o),
                                           "id")));
    else if (how == 1)
        tiny_set(pin, "structure",
                 json_copy(json_object_get(structure(t, s), "id")));
    else
        tiny_set(pin, "waiting", json_true());
    if (tiny_chance(t, 30))
        tiny_set(pin, "author", json_string("head"));
    json_array_append_new(tiny_list(t->root, "pins"), pin);
}

static void change_pins(tiny *t) {
    const int32_t first = tiny_draw(t, 0, t->n - 1);
    pin_request(t, first);
    if (tiny_chance(t, 40) && first + 1 < t->n)
        pin_request(t, first + 1);
}

static void turn_held(knobs *k, random_state *rng) {
    k->held = 60;
    k->mandatory = 20;
    k->requests_low = 4;
    k->staff[0] = random_range(rng, 1, 2);
    k->min_staff = random_range(rng, 1, 2);
    k->popular = 80;
    k->small_law = 60;
}

static void change_held_staff(tiny *t) { thin_staff(t, 0, "cat1"); }

static void turn_held_cut(knobs *k, random_state *rng) {
    k->held = 70;
    k->requests_low = 4;
    k->popular = 80;
    k->places[1] = random_range(rng, 1, 2);
}

static void turn_mandatory(knobs *k, random_state *rng) {
    tight_places(k, rng);
    k->mandatory = 60;
    k->popular = 80;
}

static void turn_guaranteed(knobs *k, random_state *rng) {
    (void)rng;
    k->requests_low = 4;
    k->insertion = 50;
    k->popular = 75;
    k->places[0] = k->places[1] = 10;
}

static void change_guaranteed(tiny *t) {
    change_modulation(t);
    const int32_t per = tiny_draw(t, 4, 10);
    tiny_add_rule(t, "kept", "guaranteed",
                  json_pack("{s:i,s:i}", "places_per", per, "min", 1));
    if (tiny_chance(t, 40))
        tiny_set(structure(t, 1), "manager", json_string("association"));
    for (int32_t i = 0; i < t->n; i++) {
        if (!json_object_get(t->requests[i], "insertion"))
            continue;
        json_object_del(t->requests[i], "grid");
        json_object_del(t->requests[i], "facts");
        tiny_set_int(t->requests[i], "points", tiny_draw(t, -3, 3));
    }
}

static void change_child(tiny *t) {
    if (json_object_get(t->root, "siblings"))
        return;
    const int32_t i = tiny_draw(t, 1, t->n - 1);
    const int32_t j = tiny_draw(t, 0, i - 1);
    tiny_set(t->requests[i], "child",
             json_copy(json_object_get(t->requests[j], "child")));
}

/* ---- what changes with the date ---- */

static void turn_age(knobs *k, random_state *rng) {
    turn_rooms(k, rng);
    k->named = 80;
}

/* Some children reach 12, 15, 18, 24 or 36 months inside the horizon. */
static void change_birthdays(tiny *t) {
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

static void turn_birthdays(knobs *k, random_state *rng) {
    few_staff(k, rng);
    k->dates_low = 3;
    if (random_below(rng, 2))
        turn_sections(k, rng);
}

static void turn_walk(knobs *k, random_state *rng) {
    few_staff(k, rng);
    k->dates_low = 3;
    k->regime = "eaje.5_8";
}

static void change_walk(tiny *t) {
    for (int32_t i = 0; i < t->n; i++) {
        const int32_t day = t->first + tiny_draw(t, 0, t->n_dates);
        if (tiny_chance(t, 60))
            tiny_set(t->children[i], "walk_from", tiny_date(day));
        else
            json_object_del(t->children[i], "walk_from");
    }
}

static void turn_derogation(knobs *k, random_state *rng) {
    few_staff(k, rng);
    k->min_staff = 2;
    k->dates_low = 2;
}

static void change_derogation(tiny *t) {
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
             json_copy(json_object_get(structure(t, s), "id")));
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
static void change_dated(tiny *t) {
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

static void turn_weeks(knobs *k, random_state *rng) {
    tight_places(k, rng);
    k->first = random_below(rng, 2) ? "2026-09-10" : "2026-12-31";
    k->dates_low = 6;
    k->dates_high = 7;
    k->popular = 80;
}

static void change_weeks(tiny *t) {
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
        json_t *const window = drawn_window(t, 0);
        tiny_set(window, "week", json_string("B"));
        tiny_set_int(window, "places", 4);
        json_array_append_new(tiny_list(structure(t, 0), "modulation"), window);
    }
}

/* ---- what an option can never be given for ---- */

static void change_hours(tiny *t) {
    json_t *const part = drawn_window(t, 0);
    const int32_t how = tiny_draw(t, 0, 2);
    if (how == 0) {
        json_array_append_new(tiny_list(structure(t, 0), "closures"), part);
        return;
    }
    json_t *const exception = json_object();
    const int32_t day = t->first + tiny_draw(t, 0, t->n_dates - 1);
    tiny_set(exception, "date", tiny_date(day));
    tiny_set(exception, "hours", json_pack("[o]", part));
    json_array_append_new(tiny_list(structure(t, 0), "exceptions"), exception);
    if (how == 2)
        json_array_append_new(tiny_list(structure(t, 1), "closures"),
                              drawn_window(t, 1));
}

static void turn_menu(knobs *k, random_state *rng) {
    (void)rng;
    k->dates_high = 2;
    k->popular = 60;
}

static void change_closed_days(tiny *t) {
    const bool never_open = tiny_chance(t, 40);
    json_t *const closure = json_object();
    tiny_set(closure, "dates", one_date(t));
    json_array_append_new(tiny_list(structure(t, 0), "closures"), closure);
    if (!never_open)
        return;
    json_t *const exception =
        json_pack("{s:o,s:[]}", "date", tiny_date(t->first), "hours");
    json_array_append_new(tiny_list(structure(t, 1), "exceptions"), exception);
}

static void turn_floor(knobs *k, random_state *rng) {
    (void)rng;
    k->dates_low = 2;
    k->full_day = 20;
}

static void change_floor(tiny *t) {
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

/* ---- menus, goals, policy ---- */

static void turn_generated(knobs *k, random_state *rng) {
    tight_places(k, rng);
    k->menu = 60;
    k->requests_high = 5;
}

static void turn_quality(knobs *k, random_state *rng) {
    k->requests_low = 4;
    k->n_sections[0] = random_below(rng, 2) ? 2 : 0;
    k->section_places = 10;
    k->weighted = 30;
}

static void change_quality(tiny *t) {
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
        tiny_set(structure(t, s), "floors", floors);
    }
}

static void turn_ties(knobs *k, random_state *rng) {
    tight_places(k, rng);
    k->same_points = true;
    k->full_day = 90;
    k->popular = 90;
}

static void turn_weighted(knobs *k, random_state *rng) {
    tight_places(k, rng);
    k->weighted = 100;
    k->held = 20;
}

static void turn_envy(knobs *k, random_state *rng) {
    tight_places(k, rng);
    k->by_points = 100;
    k->weighted = 0;
}

static void turn_anything(knobs *k, random_state *rng) {
    turn_rooms(k, rng);
    k->staff[0] = random_range(rng, 2, 4);
    k->places[0] = random_range(rng, 2, 4);
    k->held = 25;
    k->needs = 40;
    k->spice = 100;
    k->insertion = 20;
}

static void turn_nothing(knobs *k, random_state *rng) {
    (void)k;
    (void)rng;
}

const tiny_theme_row tiny_themes[] = {
    {"places", 10, turn_places, NULL},
    {"modulation", 8, turn_many, change_modulation},
    {"reductions", 8, turn_many, change_reductions},
    {"over-capacity", 10, turn_over, change_over},
    {"week", 18, turn_week, change_over},
    {"section", 12, turn_sections, change_section},
    {"shared", 14, turn_rooms, change_shared},
    {"merge", 16, turn_merge, change_merge},
    {"ratio sum", 8, turn_sum, NULL},
    {"ratio ceil", 8, turn_ceil, NULL},
    {"ratio fill", 8, turn_fill, NULL},
    {"ratio 5_8", 8, turn_5_8, NULL},
    {"ratio 6", 8, turn_6, NULL},
    {"ratio jardin", 8, turn_jardin, NULL},
    {"ratio room", 10, turn_room_scope, change_room_scope},
    {"outing", 12, turn_outing, change_outing},
    {"adaptation", 12, turn_adaptation, change_adaptation},
    {"minimum two", 12, turn_minimum, change_minimum},
    {"minimum cat1", 10, turn_cat1, change_cat1},
    {"minimum alone", 10, turn_alone, change_alone},
    {"mix", 14, turn_mix, change_mix},
    {"need", 14, turn_needs, change_need},
    {"need_max", 18, turn_need_max, change_need_max},
    {"skill", 14, turn_needs, change_skill},
    {"resource date", 8, turn_nothing, change_per_date},
    {"resource week", 8, turn_nothing, change_per_week},
    {"resource horizon", 8, turn_nothing, change_per_horizon},
    {"siblings together", 12, turn_siblings, change_together},
    {"siblings all", 12, turn_siblings, change_all_or_none},
    {"siblings reward", 6, turn_siblings, change_reward},
    {"pins", 14, turn_places, change_pins},
    {"held staff", 12, turn_held, change_held_staff},
    {"held cut", 12, turn_held_cut, change_reductions},
    {"mandatory", 10, turn_mandatory, NULL},
    {"guaranteed", 24, turn_guaranteed, change_guaranteed},
    {"child", 14, turn_many, change_child},
    {"age", 14, turn_age, NULL},
    {"birthdays", 10, turn_birthdays, change_birthdays},
    {"walking", 8, turn_walk, change_walk},
    {"derogation", 10, turn_derogation, change_derogation},
    {"dated rules", 10, turn_derogation, change_dated},
    {"weeks A B", 10, turn_weeks, change_weeks},
    {"hours", 12, turn_many, change_hours},
    {"closed days", 18, turn_menu, change_closed_days},
    {"floor", 14, turn_floor, change_floor},
    {"generated menus", 12, turn_generated, NULL},
    {"quality floors", 10, turn_quality, change_quality},
    {"ties", 8, turn_ties, NULL},
    {"weighted", 12, turn_weighted, NULL},
    {"envy", 14, turn_envy, NULL},
    {"anything", 20, turn_anything, change_shared},
};
const int32_t tiny_theme_rows = sizeof tiny_themes / sizeof tiny_themes[0];
