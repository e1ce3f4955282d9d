// SPDX-License-Identifier: GPL-3.0-or-later
/* A roomy tiny problem: everything there, nothing scarce. Themes change that.
 *
 * Draws happen in a fixed order, each into a local of its own. */
#include "support/tiny_build.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static const char *const weekday_names[7] = {"mon", "tue", "wed", "thu",
                                             "fri", "sat", "sun"};

int32_t tiny_draw(tiny *t, int32_t low, int32_t high) {
    return random_range(&t->rng, low, high);
}

bool tiny_chance(tiny *t, int32_t percent) {
    return random_below(&t->rng, 100) < percent;
}

const char *tiny_pick(tiny *t, const char *const *words, int32_t n) {
    return words[random_below(&t->rng, n)];
}

json_t *tiny_time(int32_t minute) {
    char text[MINUTE_TEXT];
    minute_print(minute, text);
    return json_string(text);
}

json_t *tiny_date(int32_t civil) {
    char text[CIVIL_TEXT];
    civil_print(civil, text);
    return json_string(text);
}

void tiny_set(json_t *object, const char *key, json_t *value) {
    const int failed = json_object_set_new(object, key, value);
    assert(!failed);
    (void)failed;
}

void tiny_set_int(json_t *object, const char *key, int64_t value) {
    tiny_set(object, key, json_integer(value));
}

/* "r1" and the like; `n` is a small count from 0. */
static void number(char out[16], char letter, int32_t n) {
    snprintf(out, 16, "%c%d", letter, (int)(n + 1));
}

json_t *tiny_window(int32_t begin, int32_t end) {
    json_t *const window = json_object();
    tiny_set(window, "begin", tiny_time(begin));
    tiny_set(window, "end", tiny_time(end));
    return window;
}

json_t *tiny_list(json_t *object, const char *key) {
    if (!json_object_get(object, key))
        tiny_set(object, key, json_array());
    return json_object_get(object, key);
}

json_t *tiny_rule(tiny *t, const char *id) {
    size_t i;
    json_t *rule;
    json_array_foreach(t->rules, i, rule) {
        if (!strcmp(json_string_value(json_object_get(rule, "id")), id))
            return rule;
    }
    return NULL;
}

json_t *tiny_parameters(tiny *t, const char *id) {
    json_t *const rule = tiny_rule(t, id);
    return rule ? json_object_get(rule, "parameters") : NULL;
}

json_t *tiny_add_rule(tiny *t, const char *id, const char *kind,
                      json_t *parameters) {
    json_t *const rule = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "id", id, "kind", kind,
        "article", "drawn", "title", "drawn", "title_fr", "tire au sort",
        "status", "verified", "parameters", parameters);
    json_array_append_new(t->rules, rule);
    return rule;
}

void tiny_span(tiny *t, int32_t s, int32_t *begin, int32_t *end) {
    const int32_t slots = (t->end[s] - t->begin[s]) / 30;
    const int32_t from = tiny_draw(t, 0, slots - 1);
    const int32_t length = tiny_draw(t, 1, slots - from);
    *begin = t->begin[s] + 30 * from;
    *end = *begin + 30 * length;
}

/* Dates of the horizon that are weekdays of Monday to Friday. */
static bool is_horizon_day(const tiny *t, int32_t civil) {
    return civil >= t->first && civil < t->first + t->n_dates &&
           civil_weekday(civil) < 5;
}

static json_t *drawn_days(tiny *t) {
    json_t *const days = json_array();
    bool has[5] = {false};
    for (int32_t d = t->first; d < t->first + t->n_dates; d++) {
        if (is_horizon_day(t, d))
            has[civil_weekday(d)] = true;
    }
    for (int32_t w = 0; w < 5; w++) {
        if (has[w] && tiny_chance(t, 60))
            json_array_append_new(days, json_string(weekday_names[w]));
    }
    if (json_array_size(days) == 0)
        json_array_append_new(
            days, json_string(weekday_names[civil_weekday(t->first)]));
    return days;
}

static json_t *drawn_dates(tiny *t) {
    json_t *const dates = json_array();
    for (int32_t d = t->first; d < t->first + t->n_dates; d++) {
        if (is_horizon_day(t, d) && tiny_chance(t, 60))
            json_array_append_new(dates, tiny_date(d));
    }
    if (json_array_size(dates) == 0)
        json_array_append_new(dates, tiny_date(t->first));
    return dates;
}

static void choose_days(tiny *t, json_t *window) {
    if (t->k.all_days || tiny_chance(t, 40))
        return;
    if (tiny_chance(t, 75))
        tiny_set(window, "days", drawn_days(t));
    else
        tiny_set(window, "dates", drawn_dates(t));
}

static json_t *pair_of_windows(tiny *t, int32_t s) {
    const int32_t slots = (t->end[s] - t->begin[s]) / 30;
    const int32_t cut = tiny_draw(t, 1, slots - 1);
    const int32_t gap = tiny_draw(t, 0, slots - 1 - cut);
    const int32_t middle = t->begin[s] + 30 * cut;
    json_t *const first = tiny_window(t->begin[s], middle);
    json_t *const second = tiny_window(middle + 30 * gap, t->end[s]);
    choose_days(t, first);
    choose_days(t, second);
    return json_pack("[o, o]", first, second);
}

json_t *tiny_when(tiny *t, int32_t s) {
    const bool full = tiny_chance(t, t->k.full_day);
    if (!full && tiny_chance(t, 25))
        return pair_of_windows(t, s);
    int32_t begin = t->begin[s], end = t->end[s];
    if (!full)
        tiny_span(t, s, &begin, &end);
    json_t *const window = tiny_window(begin, end);
    choose_days(t, window);
    return json_pack("[o]", window);
}

static void build_horizon(tiny *t) {
    static const char *const starts[] = {
        "2026-09-07", "2026-09-08", "2026-09-10", "2026-09-11", "2026-09-28",
        "2026-08-31", "2026-12-30", "2027-03-26", "2028-02-28"};
    const char *const drawn = tiny_pick(t, starts, 9);
    civil_parse(t->k.first ? t->k.first : drawn, &t->first);
    t->n_dates = tiny_draw(t, t->k.dates_low, t->k.dates_high);
    json_t *const horizon = json_object();
    tiny_set(horizon, "first", tiny_date(t->first));
    tiny_set(horizon, "last", tiny_date(t->first + t->n_dates - 1));
    if (tiny_chance(t, 10))
        tiny_set(horizon, "weekdays",
                 json_pack("[s,s,s,s,s]", "mon", "tue", "wed", "thu", "fri"));
    if (t->n_dates > 2 && tiny_chance(t, 10))
        tiny_set(horizon, "except", json_pack("[o]", tiny_date(t->first + 1)));
    tiny_set(t->root, "horizon", horizon);
}

static void add_regimes(tiny *t) {
    const bool small = tiny_chance(t, t->k.small_law);
    tiny_add_rule(t, "eaje.5_8", "ratio",
                  json_pack("{s:[{s:s,s:i,s:b},{s:s,s:i,s:b}], s:s}", "classes",
                            "id", "lap", "per", small ? 2 : 5, "walks", 0, "id",
                            "feet", "per", small ? 3 : 8, "walks", 1,
                            "rounding", "sum_then_ceil"));
    tiny_add_rule(t, "eaje.6", "ratio",
                  json_pack("{s:[{s:s,s:i}], s:s}", "classes", "id", "all",
                            "per", small ? 2 : 6, "rounding", "sum_then_ceil"));
    tiny_add_rule(t, "eaje.jardin", "ratio",
                  json_pack("{s:[{s:s,s:i,s:i},{s:s,s:i}], s:s}", "classes",
                            "id", "young", "per", small ? 1 : 6, "below_months",
                            36, "id", "old", "per", small ? 3 : 15, "rounding",
                            "sum_then_ceil"));
}

static void add_law(tiny *t) {
    add_regimes(t);
    if (t->k.min_staff > 0)
        tiny_add_rule(t, "minimum", "minimum",
                      json_pack("{s:i,s:i,s:i,s:i,s:[s]}", "min_staff",
                                t->k.min_staff, "cat1_above_places", 24,
                                "alone_max_children", 3, "alone_max_places", 12,
                                "alone_categories", "cat1"));
    tiny_add_rule(t, "over", "over_capacity",
                  json_pack("{s:i,s:i,s:s}", "instant_max_pct", 115,
                            "weekly_max_pct", 100, "capacity_basis",
                            "capacity_t"));
    tiny_add_rule(t, "settling", "adaptation",
                  json_pack("{s:i,s:s,s:s}", "staff_per_child", 1, "begin",
                            "09:00", "end", "17:00"));
    tiny_add_rule(t, "outing", "outing",
                  json_pack("{s:[{s:s,s:i}],s:s,s:i}", "classes", "id", "all",
                            "per", 5, "rounding", "ceil_each", "min_staff", 2));
}

static void build_law(tiny *t) {
    json_t *const pack =
        json_pack("{s:s, s:s, s:s, s:s, s:s}", "schema", "ctgsched/rules/1",
                  "id", t->k.own_pack ? "law" : "fr-eaje", "title", "drawn",
                  "title_fr", "tire au sort", "law", "none");
    t->rules = tiny_list(pack, "rules");
    tiny_set(t->root, "rules", json_pack("[o]", pack));
    add_law(t);
}

static json_t *drawn_ratio(tiny *t) {
    static const char *const regimes[] = {"eaje.5_8", "eaje.6", "eaje.jardin"};
    static const char *const readings[] = {"sum_then_ceil", "ceil_each",
                                           "mixed_group_fill"};
    const char *const regime = tiny_pick(t, regimes, 3);
    const char *const reading = tiny_pick(t, readings, 3);
    const bool told = tiny_chance(t, 40);
    json_t *const ratio = json_object();
    tiny_set(ratio, "regime", json_string(t->k.regime ? t->k.regime : regime));
    if (t->k.rounding || told)
        tiny_set(ratio, "rounding",
                 json_string(t->k.rounding ? t->k.rounding : reading));
    if (t->k.scope)
        tiny_set(ratio, "scope", json_string(t->k.scope));
    return ratio;
}

static void add_sections(tiny *t, int32_t s) {
    static const int32_t bounds[2][4] = {{-1, 18, -1, -1}, {-1, 12, 24, -1}};
    const int32_t n = t->k.n_sections[s];
    json_t *const sections = tiny_list(t->structures[s], "sections");
    for (int32_t i = 0; i < n; i++) {
        char id[16];
        number(id, 'g', i);
        json_t *const section = json_pack("{s:s,s:i}", "id", id, "places",
                                          (int)t->k.section_places);
        const int32_t from = i > 0 ? bounds[n - 2][i] : -1;
        const int32_t below = i + 1 < n ? bounds[n - 2][i + 1] : -1;
        if (from >= 0)
            tiny_set_int(section, "from_months",
                         from - (tiny_chance(t, 30) ? 4 : 0));
        if (below >= 0)
            tiny_set_int(section, "below_months", below);
        if (tiny_chance(t, 30))
            tiny_set_int(section, "ideal_from_months", from < 0 ? 5 : from + 3);
        json_array_append_new(sections, section);
    }
}

static void add_staff(tiny *t, int32_t s) {
    static const char *const categories[2] = {"cat1", "cat2"};
    json_t *const staff = tiny_list(t->structures[s], "staff");
    for (int32_t c = 0; c < 2; c++) {
        const int32_t count = (t->k.staff[s] + 1 - c) / 2;
        if (count == 0)
            continue;
        json_t *const window = tiny_window(t->begin[s], t->end[s]);
        tiny_set(window, "category", json_string(categories[c]));
        tiny_set_int(window, "count", count);
        json_array_append_new(staff, window);
    }
    if (tiny_chance(t, 20)) {
        json_t *const window = tiny_window(t->begin[s], t->end[s]);
        tiny_set(window, "category", json_string("other"));
        tiny_set_int(window, "count", 1);
        json_array_append_new(staff, window);
    }
}

static void build_structure(tiny *t, int32_t s) {
    t->begin[s] = tiny_chance(t, 70) ? 480 : 510;
    t->end[s] = t->begin[s] + 30 * tiny_draw(t, 6, 9);
    json_t *const hours = tiny_window(t->begin[s], t->end[s]);
    json_t *const me =
        json_pack("{s:s, s:i, s:[o]}", "id", s ? "bleuets" : "acacias",
                  "places", (int)t->k.places[s], "hours", hours);
    t->structures[s] = me;
    json_array_append_new(tiny_list(t->root, "structures"), me);
    if (t->k.own_pack)
        tiny_set(me, "packs", json_pack("[s]", "law"));
    tiny_set(me, "ratio", drawn_ratio(t));
    if (t->k.n_sections[s] > 0)
        add_sections(t, s);
    add_staff(t, s);
    if (tiny_chance(t, 30)) {
        const int32_t x = tiny_draw(t, 0, 900);
        const int32_t y = tiny_draw(t, 0, 900);
        tiny_set(me, "location", json_pack("{s:i,s:i}", "x", x, "y", y));
    }
}

static void add_needs(tiny *t) {
    if (t->k.needs == 0)
        return;
    json_t *const needs = tiny_list(t->root, "needs");
    json_array_append_new(needs, json_pack("{s:s,s:s,s:b}", "id", "pai",
                                           "skill", "care", "equipped", 1));
    json_array_append_new(needs,
                          json_pack("{s:s,s:b,s:i}", "id", "quiet", "equipped",
                                    0, "ratio_weight", 1500));
    for (int32_t s = 0; s < TINY_STRUCTURES; s++) {
        json_t *const window = tiny_window(t->begin[s], t->end[s]);
        tiny_set(window, "category", json_string("other"));
        tiny_set_int(window, "count", 1);
        tiny_set(window, "skills", json_pack("[s]", "care"));
        json_array_append_new(tiny_list(t->structures[s], "staff"), window);
        json_array_append_new(tiny_list(t->structures[s], "offers"),
                              json_pack("{s:s}", "need", "pai"));
    }
}

/* Born so as to be `months` and some days old on the first day. */
static int32_t drawn_birth(tiny *t, int32_t months) {
    const civil_date first = civil_to_date(t->first);
    const int32_t at = first.year * 12 + first.month - 1 - months - 1;
    const civil_date birth = {at / 12, at % 12 + 1, tiny_draw(t, 1, 28)};
    return civil_from_date(birth);
}

static void build_child(tiny *t, int32_t i) {
    static const int32_t weights[] = {500, 1500, 2000, 2500};
    char id[16];
    number(id, 'c', i);
    const int32_t months = tiny_draw(t, 3, 38);
    json_t *const child = json_pack("{s:s,s:o}", "id", id, "birth",
                                    tiny_date(drawn_birth(t, months)));
    if (tiny_chance(t, 30))
        tiny_set(child, "walk_from",
                 tiny_date(t->first + tiny_draw(t, -30, 30)));
    if (tiny_chance(t, t->k.needs))
        tiny_set(child, "needs",
                 json_pack("[s]", tiny_chance(t, 75) ? "pai" : "quiet"));
    if (tiny_chance(t, t->k.heavy))
        tiny_set_int(child, "place_weight", weights[tiny_draw(t, 0, 3)]);
    if (tiny_chance(t, t->k.heavy))
        tiny_set_int(child, "ratio_weight", weights[tiny_draw(t, 0, 3)]);
    if (tiny_chance(t, 30)) {
        const int32_t x = tiny_draw(t, 0, 900);
        const int32_t y = tiny_draw(t, 0, 900);
        tiny_set(child, "location", json_pack("{s:i,s:i}", "x", x, "y", y));
    }
    json_array_append_new(tiny_list(t->root, "children"), child);
    t->children[i] = child;
}

static void name_section(tiny *t, int32_t s, json_t *into, int32_t percent) {
    if (t->k.n_sections[s] == 0 || !tiny_chance(t, percent))
        return;
    char id[16];
    number(id, 'g', tiny_draw(t, 0, t->k.n_sections[s] - 1));
    tiny_set(into, "section", json_string(id));
}

static const char *structure_id(int32_t s) { return s ? "bleuets" : "acacias"; }

json_t *tiny_option(tiny *t, int32_t position) {
    const int32_t s = tiny_chance(t, t->k.popular) ? 0 : 1;
    char id[16];
    number(id, 'o', position);
    json_t *const when = tiny_when(t, s);
    json_t *const option = json_pack("{s:s,s:s,s:o}", "id", id, "structure",
                                     structure_id(s), "when", when);
    name_section(t, s, option, t->k.named);
    name_section(t, s, json_array_get(when, 0), 5);
    if (tiny_chance(t, 20))
        tiny_set_int(option, "rank", tiny_draw(t, 1, 3));
    if (tiny_chance(t, 30))
        tiny_set_int(option, "satisfaction", 50 * tiny_draw(t, 0, 20));
    if (tiny_chance(t, 20))
        tiny_set_int(option, "distance", 10 * tiny_draw(t, 0, 40));
    return option;
}

static void add_held(tiny *t, int32_t i) {
    json_t *const held = tiny_option(t, 0);
    json_object_del(held, "id");
    tiny_set(t->requests[i], "held", held);
    t->plans *= 2;
}

static const int64_t most_plans[] = {300, 1000, 4000, 30000};

static void add_options(tiny *t, int32_t i, int64_t budget) {
    json_t *const options = tiny_list(t->requests[i], "options");
    const int32_t wanted = tiny_draw(t, 1, 5);
    int32_t n = 0;
    do {
        json_array_append_new(options, tiny_option(t, n));
        n++;
    } while (n < wanted && t->plans * (n + 2) <= budget);
    t->plans *= n + 1;
}

/* A menu of at most 12 options: 2 structures, or dropped days, or a flex. */
static void add_menu(tiny *t, int32_t i) {
    int32_t begin, end;
    tiny_span(t, 0, &begin, &end);
    json_t *const week = tiny_window(begin, end);
    tiny_set(week, "days", drawn_days(t));
    json_t *const flex = json_object();
    const int32_t how = tiny_draw(t, 0, 3);
    if (how == 0)
        tiny_set_int(flex, "shift", 30);
    if (how == 1)
        tiny_set_int(flex, "later", 30);
    if (how == 1 && tiny_chance(t, 50))
        tiny_set_int(flex, "earlier", 30);
    if (how == 2)
        tiny_set_int(flex, "drop_days", 1);
    if (tiny_chance(t, 40))
        tiny_set(flex, "earliest", tiny_time(t->begin[0]));
    if (tiny_chance(t, 40))
        tiny_set(flex, "latest", tiny_time(t->end[0]));
    json_t *const first = json_pack("{s:s}", "structure", structure_id(0));
    json_t *const menu = json_pack("{s:[o],s:[o],s:o}", "week", week,
                                   "structures", first, "flex", flex);
    if (how == 3 || tiny_chance(t, 30))
        json_array_append_new(json_object_get(menu, "structures"),
                              json_pack("{s:s}", "structure", structure_id(1)));
    tiny_set(t->requests[i], "menu", menu);
    t->plans *= 7;
}

static void draw_points(tiny *t, json_t *request) {
    const bool from_grid = tiny_chance(t, 8);
    const bool negative = tiny_chance(t, 6);
    const int32_t points = t->k.same_points ? 7 : tiny_draw(t, 0, 20);
    if (!from_grid || t->k.same_points) {
        tiny_set_int(request, "points", negative ? -points : points);
        return;
    }
    if (!json_object_get(t->root, "points_grids"))
        tiny_set(t->root, "points_grids",
                 json_pack("[{s:s,s:[{s:s,s:i},{s:s,s:i,s:i},"
                           "{s:s,s:[{s:i,s:i},{s:i}]}]}]",
                           "id", "grid", "criteria", "fact", "alone", "points",
                           6, "fact", "waited", "per", 2, "max", 6, "fact",
                           "income", "bands", "max", 1000, "points", 5,
                           "points", 1));
    const bool alone = tiny_chance(t, 50);
    const int32_t waited = tiny_draw(t, 0, 5);
    const int32_t income = 500 * tiny_draw(t, 0, 4);
    tiny_set(request, "grid", json_string("grid"));
    tiny_set(request, "facts",
             json_pack("{s:b,s:i,s:i}", "alone", alone, "waited", waited,
                       "income", income));
}

static void draw_submitted(tiny *t, json_t *request) {
    const int32_t day = t->first - 10 - tiny_draw(t, 0, 3);
    const bool with_time = tiny_chance(t, 30);
    if (tiny_chance(t, 30))
        return;
    char text[CIVIL_TEXT + MINUTE_TEXT];
    civil_print(day, text);
    if (with_time)
        strcat(text, "T10:30");
    tiny_set(request, "submitted", json_string(text));
}

static void build_request(tiny *t, int32_t i, int64_t budget) {
    static const char *const kinds[] = {"regular", "occasional", "emergency"};
    char id[16], child[16];
    number(id, 'r', i);
    number(child, 'c', i);
    t->requests[i] = json_pack("{s:s,s:s}", "id", id, "child", child);
    json_array_append_new(tiny_list(t->root, "requests"), t->requests[i]);
    if (tiny_chance(t, 15))
        tiny_set(t->requests[i], "kind", json_string(tiny_pick(t, kinds, 3)));
    draw_points(t, t->requests[i]);
    draw_submitted(t, t->requests[i]);
    if (tiny_chance(t, t->k.menu) && t->plans * 13 <= budget)
        add_menu(t, i);
    else
        add_options(t, i, budget);
    if (tiny_chance(t, t->k.held) && t->plans * 2 <= 50000)
        add_held(t, i);
    if (tiny_chance(t, t->k.mandatory))
        tiny_set(t->requests[i], "mandatory", json_true());
    if (tiny_chance(t, t->k.insertion))
        tiny_set(t->requests[i], "insertion", json_true());
}

void tiny_build_base(tiny *t) {
    const int32_t shares[4] = {50, 30, 16, 4};
    t->root =
        json_pack("{s:s,s:s}", "schema", "ctgsched/problem/1", "id", "tiny");
    build_horizon(t);
    build_law(t);
    for (int32_t s = 0; s < TINY_STRUCTURES; s++)
        build_structure(t, s);
    add_needs(t);
    t->n = tiny_draw(t, t->k.requests_low, t->k.requests_high);
    t->plans = 1;
    const int64_t budget = most_plans[random_weighted(&t->rng, shares, 4)];
    for (int32_t i = 0; i < t->n; i++)
        build_child(t, i);
    for (int32_t i = 0; i < t->n; i++)
        build_request(t, i, budget);
    if (tiny_chance(t, 50))
        tiny_set(t->root, "parameters",
                 json_pack("{s:s,s:i}", "seed", "draw 7", "walk_proxy_months",
                           (int)tiny_draw(t, 12, 18)));
}

/* Goals that want more served come first most of the time: else the best plan
 * is the empty one and no rule decides anything. */
static void draw_order(tiny *t, json_t *goals) {
    static const char *const more[] = {"points", "requests", "hours",
                                       "satisfaction"};
    static const char *const names[] = {
        "points",        "requests",   "hours",    "satisfaction",
        "ranks",         "continuity", "siblings", "distance",
        "concentration", "age_fit",    "floors"};
    const char *first = tiny_pick(t, more, 4);
    const char *const any = tiny_pick(t, names, 11);
    if (tiny_chance(t, 12))
        first = any;
    json_t *const order = tiny_list(goals, "order");
    json_array_append_new(order, json_string(first));
    int32_t left[11];
    for (int32_t i = 0; i < 11; i++)
        left[i] = i;
    for (int32_t i = 10; i > 0; i--) {
        const int32_t other = tiny_draw(t, 0, i);
        const int32_t kept = left[i];
        left[i] = left[other];
        left[other] = kept;
    }
    const int32_t n = tiny_draw(t, 1, 6);
    for (int32_t i = 0; i < n; i++) {
        if (strcmp(names[left[i]], first))
            json_array_append_new(order, json_string(names[left[i]]));
    }
    if (tiny_chance(t, 6))
        json_array_append_new(order, json_string("shortage"));
}

static void draw_terms(tiny *t, json_t *goals) {
    static const struct {
        const char *name;
        int32_t sign, most;
    } parts[] = {
        {"points", 1, 100},        {"requests", 1, 500}, {"hours", 1, 3},
        {"satisfaction", 1, 2},    {"ranks", -1, 100},   {"continuity", 1, 200},
        {"siblings", 1, 300},      {"distance", -1, 3},  {"age_fit", -1, 50},
        {"concentration", -1, 80}, {"shortage", -1, 2},  {"floors", -1, 2}};
    const bool least = tiny_chance(t, 50);
    json_t *const terms = tiny_list(goals, "terms");
    tiny_set(goals, "sense", json_string(least ? "min" : "max"));
    for (int32_t i = 0; i < 12; i++) {
        const int32_t weight = tiny_draw(t, 1, parts[i].most);
        if (i > 0 && tiny_chance(t, 60))
            continue;
        json_array_append_new(
            terms, json_pack("{s:s,s:i}", "goal", parts[i].name, "weight",
                             (int)((least ? -1 : 1) * parts[i].sign * weight)));
    }
}

void tiny_build_goals(tiny *t) {
    json_t *const goals = json_object();
    if (tiny_chance(t, t->k.weighted)) {
        tiny_set(goals, "mode", json_string("weighted"));
        draw_terms(t, goals);
    } else {
        tiny_set(goals, "mode", json_string("lexicographic"));
        draw_order(t, goals);
        if (tiny_chance(t, t->k.by_points))
            tiny_set(t->root, "policy", json_string("by_points"));
    }
    tiny_set(t->root, "goals", goals);
    if (tiny_chance(t, 15))
        tiny_set(t->root, "prices",
                 json_pack("{s:i,s:i,s:i}", "place_minute", 3, "request", 900,
                           "guaranteed", 400));
}
