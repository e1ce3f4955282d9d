// SPDX-License-Identifier: GPL-3.0-or-later
/* Themes about requests: needs, resources, siblings, pins, places held. */
#include "support/tiny_themes.h"

#include <string.h>

void tiny_turn_needs(knobs *k, random_state *rng) {
    (void)rng;
    k->needs = 70;
    k->popular = 70;
}

void tiny_change_need(tiny *t) {
    json_object_del(tiny_structure(t, 0), "offers");
}

void tiny_turn_need_max(knobs *k, random_state *rng) {
    (void)rng;
    k->requests_low = 5;
    k->needs = 95;
    k->popular = 80;
}

void tiny_change_need_max(tiny *t) {
    json_t *const offers = json_object_get(tiny_structure(t, 0), "offers");
    if (offers)
        tiny_set_int(json_array_get(offers, 0), "max", tiny_draw(t, 1, 2));
}

void tiny_change_skill(tiny *t) {
    for (int32_t s = 0; s < TINY_STRUCTURES; s++) {
        json_t *const staff = json_object_get(tiny_structure(t, s), "staff");
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
        json_t *const window = json_pack("{s:o}", "dates", tiny_one_date(t));
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

void tiny_change_per_date(tiny *t) { change_resource(t, "date", 3); }
void tiny_change_per_week(tiny *t) { change_resource(t, "week", 4); }
void tiny_change_per_horizon(tiny *t) { change_resource(t, "horizon", 4); }

void tiny_turn_siblings(knobs *k, random_state *rng) {
    tiny_tight_places(k, rng);
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

void tiny_change_together(tiny *t) { change_siblings(t, "together"); }
void tiny_change_all_or_none(tiny *t) { change_siblings(t, "all_or_none"); }
void tiny_change_reward(tiny *t) { change_siblings(t, "reward"); }

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
                 json_copy(json_object_get(tiny_structure(t, s), "id")));
    else
        tiny_set(pin, "waiting", json_true());
    if (tiny_chance(t, 30))
        tiny_set(pin, "author", json_string("head"));
    json_array_append_new(tiny_list(t->root, "pins"), pin);
}

void tiny_change_pins(tiny *t) {
    const int32_t first = tiny_draw(t, 0, t->n - 1);
    pin_request(t, first);
    if (tiny_chance(t, 40) && first + 1 < t->n)
        pin_request(t, first + 1);
}

void tiny_turn_held(knobs *k, random_state *rng) {
    k->held = 60;
    k->mandatory = 20;
    k->requests_low = 4;
    k->staff[0] = random_range(rng, 1, 2);
    k->min_staff = random_range(rng, 1, 2);
    k->popular = 80;
    k->small_law = 60;
}

void tiny_change_held_staff(tiny *t) { tiny_thin_staff(t, 0, "cat1"); }

void tiny_turn_held_cut(knobs *k, random_state *rng) {
    k->held = 70;
    k->requests_low = 4;
    k->popular = 80;
    k->places[1] = random_range(rng, 1, 2);
}

void tiny_turn_mandatory(knobs *k, random_state *rng) {
    tiny_tight_places(k, rng);
    k->mandatory = 60;
    k->popular = 80;
}

void tiny_turn_guaranteed(knobs *k, random_state *rng) {
    (void)rng;
    k->requests_low = 4;
    k->insertion = 50;
    k->popular = 75;
    k->places[0] = k->places[1] = 10;
}

void tiny_change_guaranteed(tiny *t) {
    tiny_change_modulation(t);
    const int32_t per = tiny_draw(t, 4, 10);
    tiny_add_rule(t, "kept", "guaranteed",
                  json_pack("{s:i,s:i}", "places_per", per, "min", 1));
    if (tiny_chance(t, 40))
        tiny_set(tiny_structure(t, 1), "manager", json_string("association"));
    for (int32_t i = 0; i < t->n; i++) {
        if (!json_object_get(t->requests[i], "insertion"))
            continue;
        json_object_del(t->requests[i], "grid");
        json_object_del(t->requests[i], "facts");
        tiny_set_int(t->requests[i], "points", tiny_draw(t, -3, 3));
    }
}

void tiny_change_child(tiny *t) {
    if (json_object_get(t->root, "siblings"))
        return;
    const int32_t i = tiny_draw(t, 1, t->n - 1);
    const int32_t j = tiny_draw(t, 0, i - 1);
    tiny_set(t->requests[i], "child",
             json_copy(json_object_get(t->requests[j], "child")));
}
