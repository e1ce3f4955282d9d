// SPDX-License-Identifier: GPL-3.0-or-later
/* Themes about centres: sessions with the law and the rules that go with them,
 * directors and quotas, reserves, options with legs in two structures.
 *
 * The day is cut into three slots at the same two minutes in both structures: a
 * session is the whole of a slot, or a part of it, and so is every presence
 * drawn here. So no two of one option ever overlap, wherever its legs lead. */
#include "support/tiny_themes.h"

#include <stdio.h>
#include <string.h>

enum { SLOTS = 3 };

static const char *const session_ids[SLOTS] = {"early", "lunch", "late"};

/* The minutes of slot `k` in structure `s`. */
static void slot_minutes(const tiny *t, int32_t s, int32_t k, int32_t *begin,
                         int32_t *end) {
    const int32_t cut = 540 + 30 * (t->first & 1);
    *begin = k == 0 ? t->begin[s] : k == 1 ? cut : cut + 60;
    *end = k == 0 ? cut : k == 1 ? cut + 60 : t->end[s];
}

static json_t *session_in(tiny *t, int32_t s, int32_t k) {
    json_t *const list = json_object_get(tiny_structure(t, s), "sessions");
    size_t i;
    json_t *session;
    json_array_foreach(list, i, session) {
        if (!strcmp(json_string_value(json_object_get(session, "id")),
                    session_ids[k]))
            return session;
    }
    return NULL;
}

/* ---- the law of sessions ---- */

static void add_session_ratio(tiny *t, const char *id, json_t *applies,
                              bool small) {
    static const char *const readings[] = {"sum_then_ceil", "ceil_each",
                                           "mixed_group_fill"};
    const int32_t young = small ? tiny_draw(t, 1, 2) : 8;
    const int32_t old = small ? tiny_draw(t, 1, 3) : 12;
    const char *const reading = tiny_pick(t, readings, 3);
    tiny_add_rule(t, id, "ratio",
                  json_pack("{s:o,s:[{s:s,s:i,s:i},{s:s,s:i}],s:s}", "applies",
                            applies, "classes", "id", "young", "per",
                            (int)young, "below_months", 20, "id", "old", "per",
                            (int)old, "rounding", reading));
}

/* One rule at least for each setting; a stay of two hours is long. Rules of a
 * pack are tried in the order of their ids. */
static void add_session_law(tiny *t, int32_t small) {
    if (tiny_rule(t, "extra"))
        return;
    const bool scarce = tiny_chance(t, small);
    add_session_ratio(t, "extra", json_pack("{s:s}", "setting", "extra"),
                      scarce);
    add_session_ratio(t, "peri.a_pedt",
                      json_pack("{s:s,s:b}", "setting", "peri", "pedt", 1),
                      scarce);
    add_session_ratio(
        t, "peri.long",
        json_pack("{s:s,s:i}", "setting", "peri", "above_minutes", 120),
        scarce);
    add_session_ratio(
        t, "peri.short",
        json_pack("{s:s,s:i}", "setting", "peri", "up_to_minutes", 120),
        scarce);
    add_session_ratio(t, "night", json_pack("{s:s}", "setting", "night"),
                      scarce);
    add_session_ratio(t, "walk", json_pack("{s:s}", "setting", "walk"), scarce);
    if (tiny_chance(t, 50))
        tiny_add_rule(t, "a.night", "minimum",
                      json_pack("{s:{s:s},s:i,s:i,s:i,s:i,s:[]}", "applies",
                                "setting", "night", "min_staff", 3,
                                "cat1_above_places", 10000,
                                "alone_max_children", 0, "alone_max_places", 0,
                                "alone_categories"));
}

/* ---- sessions ---- */

/* Two parts of a slot, with a gap between them or none. */
static json_t *broken_slot(tiny *t, int32_t begin, int32_t end) {
    const int32_t middle = begin + 30;
    const int32_t gap = end - middle > 30 ? 30 * tiny_draw(t, 0, 1) : 0;
    return json_pack("[o,o]", tiny_window(begin, middle),
                     tiny_window(middle + gap, end));
}

static json_t *session_when(tiny *t, int32_t s, int32_t k) {
    int32_t begin, end;
    slot_minutes(t, s, k, &begin, &end);
    if (end - begin >= 60 && tiny_chance(t, 15))
        return broken_slot(t, begin, end);
    if (end - begin >= 60 && tiny_chance(t, 15))
        end -= 30;
    json_t *const window = tiny_window(begin, end);
    if (tiny_chance(t, 12))
        tiny_set(window, "dates", tiny_one_date(t));
    return json_pack("[o]", window);
}

static void draw_regime(tiny *t, json_t *session) {
    static const char *const readings[] = {"sum_then_ceil", "ceil_each",
                                           "mixed_group_fill"};
    const int32_t how = tiny_draw(t, 0, 9);
    if (how == 0)
        tiny_set(session, "regime", json_null());
    if (how == 1 || how == 2)
        tiny_set(session, "regime", json_string("eaje.6"));
    if (tiny_chance(t, 40))
        tiny_set(session, "rounding", json_string(tiny_pick(t, readings, 3)));
}

static void add_session(tiny *t, int32_t s, int32_t k) {
    static const char *const kinds[] = {"matin",    "midi",   "soir",
                                        "mercredi", "trajet", "vacances",
                                        "nuit",     "clas",   "autre"};
    json_t *const when = session_when(t, s, k);
    json_t *const session =
        json_pack("{s:s,s:s,s:o}", "id", session_ids[k], "kind",
                  tiny_pick(t, kinds, 9), "when", when);
    if (tiny_chance(t, 30))
        tiny_set(session, "pedt", json_true());
    draw_regime(t, session);
    json_array_append_new(tiny_list(tiny_structure(t, s), "sessions"), session);
}

/* Sessions in most slots of a structure that has none yet; some structures are
 * open while a session is, and have no ratio but those of the sessions. */
static void add_sessions(tiny *t, int32_t s, int32_t small) {
    json_t *const here = tiny_structure(t, s);
    add_session_law(t, small);
    if (json_object_get(here, "sessions"))
        return;
    for (int32_t k = 0; k < SLOTS; k++) {
        if (k == 0 || tiny_chance(t, 85))
            add_session(t, s, k);
    }
    if (tiny_chance(t, 15))
        json_object_del(here, "hours");
    if (tiny_chance(t, 25))
        json_object_del(json_object_get(here, "ratio"), "regime");
}

/* ---- presences in slots ---- */

static json_t *slot_presence(tiny *t, int32_t s, int32_t k, bool by_session) {
    json_t *window = NULL;
    if (by_session && session_in(t, s, k)) {
        window = json_pack("{s:s}", "session", session_ids[k]);
    } else {
        int32_t begin, end;
        slot_minutes(t, s, k, &begin, &end);
        const bool late = end - begin >= 60 && tiny_chance(t, 25);
        window = tiny_window(begin + (late ? 30 : 0), end);
    }
    if (tiny_chance(t, 15))
        tiny_set(window, "dates", tiny_one_date(t));
    return window;
}

/* A leg in another structure than the option is in. */
static void lead_elsewhere(tiny *t, json_t *window, int32_t s) {
    tiny_set(window, "structure",
             json_copy(json_object_get(tiny_structure(t, s), "id")));
    if (tiny_has_sections(t, s) && tiny_chance(t, 40))
        tiny_set(window, "section", json_string("g2"));
}

/* Presences in some slots, each elsewhere with a chance of `legs`. */
static json_t *slots_when(tiny *t, int32_t s, int32_t legs) {
    json_t *const when = json_array();
    const int32_t mask = tiny_draw(t, 1, (1 << SLOTS) - 1);
    for (int32_t k = 0; k < SLOTS; k++) {
        const bool away = tiny_chance(t, legs);
        const bool by_session = tiny_chance(t, 75);
        if (!(mask >> k & 1))
            continue;
        json_t *const window =
            slot_presence(t, away ? 1 - s : s, k, by_session);
        if (away)
            lead_elsewhere(t, window, 1 - s);
        else if (tiny_has_sections(t, s) && tiny_chance(t, 25))
            tiny_set(window, "section", json_string("g1"));
        json_array_append_new(when, window);
    }
    return when;
}

static void move_to_slots(tiny *t, json_t *option, int32_t percent,
                          int32_t legs) {
    if (!option || !tiny_chance(t, percent))
        return;
    const bool first = json_equal(json_object_get(option, "structure"),
                                  json_object_get(tiny_structure(t, 0), "id"));
    tiny_set(option, "when", slots_when(t, first ? 0 : 1, legs));
}

/* Most options happen in slots now. */
static void use_slots(tiny *t, int32_t percent, int32_t legs) {
    for (int32_t i = 0; i < t->n; i++) {
        json_t *const options = json_object_get(t->requests[i], "options");
        for (size_t o = 0; o < json_array_size(options); o++)
            move_to_slots(t, json_array_get(options, o), percent, legs);
        move_to_slots(t, json_object_get(t->requests[i], "held"), percent,
                      legs);
    }
}

/* ---- sector ---- */

void tiny_change_sector(tiny *t) {
    static const char *const schools[] = {"curie", "pagnol", "zola"};
    tiny_set(tiny_structure(t, 0), "schools", json_pack("[s]", "curie"));
    if (tiny_chance(t, 40))
        tiny_set(tiny_structure(t, 1), "schools",
                 json_pack("[s,s]", "zola", "curie"));
    for (int32_t i = 0; i < t->n; i++) {
        const char *const school = tiny_pick(t, schools, 3);
        if (tiny_chance(t, 85))
            tiny_set(t->children[i], "school", json_string(school));
    }
    if (tiny_chance(t, 40))
        use_slots(t, 50, 40);
}

/* ---- booking ---- */

void tiny_turn_sessions(knobs *k, random_state *rng) {
    k->requests_low = 4;
    k->popular = random_range(rng, 65, 85);
    k->held = 15;
    k->small_law = 0;
}

static json_t *drawn_moment(tiny *t, int32_t low, int32_t high) {
    static const int32_t minutes[] = {0, 600, 630, 660};
    json_t *const moment = json_object();
    tiny_set_int(moment, "days", tiny_draw(t, low, high));
    const int32_t at = minutes[tiny_draw(t, 0, 3)];
    if (tiny_chance(t, 60))
        tiny_set(moment, "at", tiny_time(at));
    if (tiny_chance(t, 50))
        tiny_set(moment, "working", json_true());
    return moment;
}

static void add_booking(tiny *t, json_t *session) {
    json_t *const opens = drawn_moment(t, 4, 9);
    json_t *const closes = drawn_moment(t, 0, 4);
    json_t *const booking = json_object();
    const int32_t how = tiny_draw(t, 0, 3);
    if (how != 0)
        json_object_set(booking, "opens", opens);
    if (how != 1)
        json_object_set(booking, "closes", closes);
    json_decref(opens);
    json_decref(closes);
    tiny_set(session, "booking", booking);
}

static void submit(tiny *t, json_t *request) {
    static const char *const times[] = {"", "T10:30", "T10:00", "T00:00"};
    char text[CIVIL_TEXT + MINUTE_TEXT];
    civil_print(t->first + tiny_draw(t, -9, 2), text);
    strcat(text, tiny_pick(t, times, 4));
    tiny_set(request, "submitted", json_string(text));
}

void tiny_change_booking(tiny *t) {
    json_t *const horizon = json_object_get(t->root, "horizon");
    add_sessions(t, 0, 0);
    for (int32_t k = 0; k < SLOTS; k++) {
        json_t *const session = session_in(t, 0, k);
        if (session && tiny_chance(t, 85))
            add_booking(t, session);
    }
    for (int32_t i = 0; i < t->n; i++) {
        if (tiny_chance(t, 80))
            tiny_set(t->requests[i], "kind", json_string("occasional"));
        submit(t, t->requests[i]);
    }
    /* A day left out counts as no working day on the way back. */
    if (t->n_dates > 2 && tiny_chance(t, 60))
        tiny_set(horizon, "except", json_pack("[o]", tiny_date(t->first + 1)));
    use_slots(t, 70, 15);
}

/* ---- companion, chain, group ---- */

void tiny_change_companion(tiny *t) {
    add_sessions(t, 0, 0);
    for (int32_t k = 0; k < SLOTS; k++) {
        json_t *const session = session_in(t, 0, k);
        const int32_t other = (k + tiny_draw(t, 1, 2)) % SLOTS;
        if (session && session_in(t, 0, other) && tiny_chance(t, 60))
            tiny_set(session, "companions",
                     json_pack("[s]", session_ids[other]));
    }
    use_slots(t, 85, 10);
}

void tiny_change_chain(tiny *t) {
    for (int32_t i = 0; i < t->n; i++) {
        if (tiny_chance(t, 80))
            tiny_set(t->requests[i], "chain", json_true());
    }
    if (tiny_chance(t, 50))
        add_sessions(t, 1, 0);
    use_slots(t, 75, 35);
}

void tiny_turn_group(knobs *k, random_state *rng) {
    tiny_turn_sessions(k, rng);
    k->popular = 60;
}

void tiny_change_group(tiny *t) {
    add_sessions(t, 0, 0);
    for (int32_t k = 0; k < SLOTS; k++) {
        const int32_t least = tiny_draw(t, 2, 4);
        json_t *const session = session_in(t, 0, k);
        if (session && tiny_chance(t, 75))
            tiny_set_int(session, "min_children", least);
    }
    use_slots(t, 80, 15);
}

/* ---- absences ---- */

/* Beside what they set free: groups, companions, chains, whole dates. */
void tiny_change_absences(tiny *t) {
    static void (*const besides[])(tiny *) = {
        tiny_change_group, tiny_change_companion, tiny_change_chain};
    besides[tiny_draw(t, 0, 2)](t);
    for (int32_t i = 0; i < t->n; i++) {
        if (!tiny_chance(t, 50))
            continue;
        int32_t begin, end;
        tiny_span(t, tiny_draw(t, 0, TINY_STRUCTURES - 1), &begin, &end);
        json_t *const window =
            tiny_chance(t, 30) ? json_object() : tiny_window(begin, end);
        if (tiny_chance(t, 60))
            tiny_set(window, "dates", tiny_one_date(t));
        tiny_set(t->requests[i], "absent", json_pack("[o]", window));
    }
}

/* ---- reserve ---- */

void tiny_turn_reserve(knobs *k, random_state *rng) {
    k->requests_low = 4;
    k->places[0] = random_range(rng, 3, 4);
    k->popular = 80;
    k->held = 12;
    k->heavy = 20;
}

static json_t *kept_places(tiny *t) {
    json_t *const window = tiny_chance(t, 50)
                               ? tiny_window(t->begin[0], t->end[0])
                               : tiny_drawn_window(t, 0);
    tiny_set_int(window, "places", tiny_draw(t, 1, 3));
    json_t *const release = drawn_moment(t, 0, 5);
    if (tiny_chance(t, 60))
        json_object_set(window, "release", release);
    json_decref(release);
    return window;
}

void tiny_change_reserve(tiny *t) {
    json_t *const here = tiny_structure(t, 0);
    json_array_append_new(tiny_list(here, "reserve"), kept_places(t));
    if (tiny_chance(t, 50))
        json_array_append_new(tiny_list(here, "reserve"), kept_places(t));
    if (!json_object_get(t->root, "parameters"))
        tiny_set(t->root, "parameters", json_object());
    char now[CIVIL_TEXT + MINUTE_TEXT];
    civil_print(t->first + tiny_draw(t, -3, 1), now);
    if (tiny_chance(t, 50))
        strcat(now, "T10:30");
    if (tiny_chance(t, 70))
        tiny_set(json_object_get(t->root, "parameters"), "now",
                 json_string(now));
    if (tiny_chance(t, 20))
        tiny_set(here, "over_capacity", json_true());
}

/* ---- staff of centres ---- */

static void drop_carers(tiny *t, int32_t s) {
    json_t *const staff = json_object_get(tiny_structure(t, s), "staff");
    for (size_t i = json_array_size(staff); i-- > 0;) {
        const char *const is = json_string_value(
            json_object_get(json_array_get(staff, i), "category"));
        if (!strcmp(is, "cat1") || !strcmp(is, "cat2"))
            json_array_remove(staff, i);
    }
}

static void add_persons(tiny *t, const char *category, int32_t count) {
    if (count == 0)
        return;
    const bool always = tiny_chance(t, 75);
    json_t *const window =
        always ? tiny_window(t->begin[0], t->end[0]) : tiny_drawn_window(t, 0);
    tiny_set(window, "category", json_string(category));
    tiny_set_int(window, "count", count);
    json_array_append_new(tiny_list(tiny_structure(t, 0), "staff"), window);
}

/* So many children a person, whatever the ratio of the structure is. */
static void set_per(tiny *t, int32_t per) {
    static const char *const ids[] = {"eaje.5_8", "eaje.6", "eaje.jardin"};
    for (int32_t i = 0; i < 3; i++)
        tiny_set(tiny_parameters(t, ids[i]), "classes",
                 json_pack("[{s:s,s:i}]", "id", "all", "per", (int)per));
}

static void add_quota(tiny *t) {
    static const int32_t qualified[] = {50, 30, 60, 100};
    static const int32_t unqualified[] = {20, 20, 40, 0};
    if (tiny_rule(t, "quota"))
        return;
    const int32_t learnt = qualified[tiny_draw(t, 0, 3)];
    const int32_t not_learnt = unqualified[tiny_draw(t, 0, 3)];
    const int32_t small_from = tiny_draw(t, 2, 4);
    const int32_t small_to = small_from + tiny_draw(t, 0, 1);
    const int32_t small = tiny_draw(t, 0, 2);
    tiny_add_rule(t, "quota", "quota",
                  json_pack("{s:i,s:i,s:i,s:i,s:i}", "qualified_min_pct",
                            (int)learnt, "unqualified_max_pct", (int)not_learnt,
                            "small_from", (int)small_from, "small_to",
                            (int)small_to, "small_unqualified", (int)small));
}

static void add_director(tiny *t) {
    if (!tiny_rule(t, "director"))
        tiny_add_rule(
            t, "director", "director",
            json_pack("{s:i}", "max_minors", (int)tiny_draw(t, 1, 3)));
    add_persons(t, "director", tiny_chance(t, 80) ? 1 : 2);
}

void tiny_turn_quota(knobs *k, random_state *rng) {
    k->requests_low = 4;
    k->popular = 85;
    k->min_staff = random_range(rng, 0, 2);
    k->full_day = 50;
    k->heavy = 20;
    k->held = 12;
}

void tiny_change_quota(tiny *t) {
    drop_carers(t, 0);
    set_per(t, tiny_chance(t, 80) ? 1 : 2);
    const int32_t qualified = tiny_draw(t, 0, 2);
    const int32_t trainees = tiny_draw(t, 0, 2);
    const int32_t unqualified = tiny_draw(t, 3, 5);
    add_persons(t, "unqualified", unqualified);
    add_persons(t, "trainee", trainees);
    add_persons(t, "qualified", qualified);
    if (tiny_chance(t, 20))
        add_persons(t, "cat2", 1);
    add_quota(t);
    if (tiny_chance(t, 35))
        add_director(t);
}

void tiny_turn_director(knobs *k, random_state *rng) {
    tiny_turn_quota(k, rng);
    k->heavy = 10;
}

void tiny_change_director(tiny *t) {
    static const char *const others[] = {"qualified", "trainee", "cat1",
                                         "unqualified"};
    drop_carers(t, 0);
    set_per(t, tiny_draw(t, 1, 2));
    const char *const one = tiny_pick(t, others, 4);
    add_persons(t, one, tiny_draw(t, 1, 2));
    add_director(t);
    if (tiny_chance(t, 25))
        add_quota(t);
    if (tiny_chance(t, 25))
        tiny_set(tiny_structure(t, 0), "floors",
                 json_pack("{s:i}", "ratio_margin", (int)tiny_draw(t, 1, 4)));
}

/* ---- regimes, places, legs ---- */

void tiny_turn_regimes(knobs *k, random_state *rng) {
    tiny_few_staff(k, rng);
    k->popular = 85;
    k->full_day = 60;
    k->staff[0] = random_range(rng, 1, 3);
    k->min_staff = random_below(rng, 3) ? 0 : 2;
    k->rounding = random_below(rng, 2) ? "ceil_each" : NULL;
}

void tiny_change_regimes(tiny *t) {
    add_sessions(t, 0, 90);
    if (tiny_chance(t, 30))
        add_sessions(t, 1, 90);
    use_slots(t, 60, 15);
}

void tiny_change_session_places(tiny *t) {
    add_sessions(t, 0, 0);
    for (int32_t k = 0; k < SLOTS; k++) {
        const int32_t places = tiny_draw(t, 0, 2);
        json_t *const session = session_in(t, 0, k);
        if (session && tiny_chance(t, 75))
            tiny_set_int(session, "places", places);
    }
    use_slots(t, 60, 15);
}

void tiny_turn_legs(knobs *k, random_state *rng) {
    k->requests_low = 4;
    k->popular = 50;
    k->held = 20;
    k->places[0] = random_range(rng, 1, 20);
    k->places[1] = random_range(rng, 1, 3);
    if (random_below(rng, 2)) {
        k->n_sections[0] = 2;
        k->n_sections[1] = 2;
        k->section_places = random_range(rng, 1, 10);
    }
    k->needs = random_below(rng, 3) ? 0 : 60;
}

/* Children of any age are in either section, so that they may change. */
static void forget_ages(tiny *t, int32_t s) {
    size_t i;
    json_t *section;
    json_array_foreach(json_object_get(tiny_structure(t, s), "sections"), i,
                       section) {
        json_object_del(section, "from_months");
        json_object_del(section, "below_months");
    }
}

void tiny_change_legs(tiny *t) {
    if (tiny_chance(t, 50))
        add_sessions(t, 1, 30);
    if (tiny_chance(t, 50))
        forget_ages(t, 0);
    use_slots(t, 85, 45);
    if (tiny_chance(t, 40))
        tiny_change_quality(t);
    const int32_t bare = tiny_draw(t, 0, 2);
    if (bare < TINY_STRUCTURES)
        json_object_del(tiny_structure(t, bare), "offers");
}

/* ---- all of it ---- */

static void derogate(tiny *t) {
    static const char *const ids[] = {"extra", "peri.short", "walk", "night"};
    const char *id = tiny_pick(t, ids, 4);
    if (tiny_rule(t, "quota") && tiny_chance(t, 50))
        id = "quota";
    if (tiny_rule(t, "director") && tiny_chance(t, 40))
        id = "director";
    json_t *const row =
        json_pack("{s:s,s:s,s:s}", "id", "d2", "rule", id, "reason", "strike");
    tiny_set(row, "structure",
             json_copy(json_object_get(tiny_structure(t, 0), "id")));
    tiny_set(row, "first",
             tiny_date(t->first + tiny_draw(t, 0, t->n_dates - 1)));
    if (!strcmp(id, "director"))
        tiny_set(row, "parameters", json_pack("{s:i}", "max_minors", 4));
    else if (!strcmp(id, "quota"))
        tiny_set(row, "parameters", json_pack("{s:i}", "qualified_min_pct", 0));
    else if (tiny_chance(t, 50))
        tiny_set(row, "parameters",
                 json_pack("{s:[{s:s,s:i}]}", "classes", "id", "all", "per",
                           (int)tiny_draw(t, 1, 4)));
    else
        tiny_set(row, "waive", json_true());
    json_array_append_new(tiny_list(t->root, "derogations"), row);
}

void tiny_turn_centre(knobs *k, random_state *rng) {
    tiny_turn_regimes(k, rng);
    k->held = 25;
    k->needs = random_below(rng, 3) ? 0 : 40;
    k->spice = 70;
    k->by_points = 30;
    k->places[0] = random_range(rng, 2, 6);
}

void tiny_change_centre(tiny *t) {
    static void (*const parts[])(tiny *) = {
        tiny_change_quota, tiny_change_director,  tiny_change_reserve,
        tiny_change_group, tiny_change_companion, tiny_change_booking,
        tiny_change_chain, tiny_change_sector};
    add_sessions(t, 0, 70);
    parts[tiny_draw(t, 0, 1)](t);
    parts[tiny_draw(t, 2, 7)](t);
    use_slots(t, 50, 20);
    if (tiny_chance(t, 30))
        tiny_change_adaptation(t);
    if (tiny_chance(t, 40))
        derogate(t);
}
