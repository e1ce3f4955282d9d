// SPDX-License-Identifier: GPL-3.0-or-later
/* From a seed to a text, and from a text to the same one shuffled or smaller.
 */
#include "support/tiny.h"

#include <string.h>

#include "support/tiny_build.h"

int32_t tiny_n_themes(void) { return tiny_theme_rows; }

const char *tiny_theme_name(int32_t theme) { return tiny_themes[theme].name; }

int32_t tiny_theme_rule(int32_t theme) { return tiny_themes[theme].own; }

static int32_t draw_theme(random_state *rng) {
    int32_t weights[128];
    for (int32_t i = 0; i < tiny_theme_rows; i++)
        weights[i] = tiny_themes[i].weight;
    return random_weighted(rng, weights, tiny_theme_rows);
}

int32_t tiny_theme(uint64_t seed) {
    random_state rng;
    random_seed(&rng, seed);
    return draw_theme(&rng);
}

static const knobs roomy = {.requests_low = 3,
                            .requests_high = 6,
                            .dates_high = 5,
                            .places = {20, 20},
                            .section_places = 10,
                            .staff = {6, 6},
                            .popular = 65,
                            .full_day = 35,
                            .named = 15,
                            .held = 8,
                            .mandatory = 4,
                            .menu = 5,
                            .heavy = 10,
                            .by_points = 20,
                            .weighted = 15,
                            .spice = 20,
                            .small_law = 20,
                            .min_staff = 2};

static char *print(json_t *root, arena *mem) {
    char *const text = json_dumps(root, JSON_INDENT(1));
    char *const kept = text ? arena_strdup(mem, text) : NULL;
    free(text);
    return kept;
}

char *tiny_problem(uint64_t seed, arena *mem) {
    tiny t = {.k = roomy};
    random_seed(&t.rng, seed);
    const tiny_theme_row *const theme = &tiny_themes[draw_theme(&t.rng)];
    t.k.own_pack = tiny_chance(&t, 60);
    t.k.min_staff = tiny_chance(&t, 70) ? 2 : 0;
    t.k.dates_low = tiny_chance(&t, 20) ? 1 : 2;
    theme->turn(&t.k, &t.rng);
    const bool spiced = tiny_chance(&t, t.k.spice);
    const tiny_theme_row *const spice = &tiny_themes[draw_theme(&t.rng)];
    tiny_build_base(&t);
    if (theme->change)
        theme->change(&t);
    if (spiced && spice->change && spice->change != theme->change)
        spice->change(&t);
    tiny_build_goals(&t);
    char *const text = print(t.root, mem);
    json_decref(t.root);
    return text;
}

/* ---- shuffling ---- */

/* The list `key` of the object that is member `inside` of its own. */
static bool is_set(const char *key, const char *inside) {
    static const char *const sets[] = {
        "structures", "needs",    "resources",  "derogations", "points_grids",
        "children",   "requests", "siblings",   "pins",        "sections",
        "shared",     "offers",   "exceptions", "skills",      "weekdays",
        "days",       "except",   "dates",      "uses",        "sessions",
        "companions", "schools"};
    const bool is_menu = inside && !strcmp(inside, "menu");
    for (size_t i = 0; !is_menu && i < sizeof sets / sizeof sets[0]; i++) {
        if (!strcmp(sets[i], key))
            return true;
    }
    return false;
}

static json_t *shuffled(json_t *value, const char *key, const char *inside,
                        random_state *rng);

static void draw_order(int32_t *order, int32_t n, random_state *rng) {
    for (int32_t i = 0; i < n; i++)
        order[i] = i;
    for (int32_t i = n - 1; i > 0; i--) {
        const int32_t other = random_below(rng, i + 1);
        const int32_t kept = order[i];
        order[i] = order[other];
        order[other] = kept;
    }
}

enum { MOST_MEMBERS = 512 };

static json_t *shuffled_array(json_t *value, const char *key,
                              const char *inside, random_state *rng) {
    json_t *const out = json_array();
    const int32_t n = (int32_t)json_array_size(value);
    const bool any_order = is_set(key, inside);
    int32_t order[MOST_MEMBERS];
    draw_order(order, n, rng);
    for (int32_t i = 0; i < n; i++) {
        const size_t at = (size_t)(any_order ? order[i] : i);
        json_array_append_new(
            out, shuffled(json_array_get(value, at), key, inside, rng));
    }
    return out;
}

static json_t *shuffled_object(json_t *value, const char *name,
                               random_state *rng) {
    const char *keys[MOST_MEMBERS];
    int32_t order[MOST_MEMBERS], n = 0;
    const char *key;
    json_t *member;
    json_object_foreach(value, key, member) keys[n++] = key;
    draw_order(order, n, rng);
    json_t *const out = json_object();
    for (int32_t i = 0; i < n; i++) {
        key = keys[order[i]];
        json_object_set_new(
            out, key, shuffled(json_object_get(value, key), key, name, rng));
    }
    return out;
}

static json_t *shuffled(json_t *value, const char *key, const char *inside,
                        random_state *rng) {
    if (json_is_array(value))
        return shuffled_array(value, key, inside, rng);
    if (json_is_object(value))
        return shuffled_object(value, key, rng);
    return json_deep_copy(value);
}

char *tiny_shuffle(const char *text, uint64_t seed, arena *mem) {
    random_state rng;
    random_seed(&rng, seed);
    json_t *const root = json_loads(text, 0, NULL);
    if (!root)
        return NULL;
    json_t *const mixed = shuffled(root, "", NULL, &rng);
    char *const out = print(mixed, mem);
    json_decref(mixed);
    json_decref(root);
    return out;
}

/* ---- shrinking ---- */

/* Removes the part number *k of the tree under `value`, counting down; true
 * when it was found. Elements of a list come before what is inside them. */
static bool drop_from(json_t *value, int32_t *k) {
    if (json_is_array(value)) {
        const size_t n = json_array_size(value);
        for (size_t i = 0; i < n; i++) {
            if ((*k)-- == 0)
                return json_array_remove(value, i) == 0;
        }
        for (size_t i = 0; i < n; i++) {
            if (drop_from(json_array_get(value, i), k))
                return true;
        }
        return false;
    }
    const char *key;
    json_t *member;
    json_object_foreach(value, key, member) {
        if ((*k)-- == 0)
            return json_object_del(value, key) == 0;
    }
    json_object_foreach(value, key, member) {
        if (drop_from(member, k))
            return true;
    }
    return false;
}

char *tiny_drop(const char *text, int32_t k, arena *mem) {
    json_t *const root = json_loads(text, 0, NULL);
    if (!root)
        return NULL;
    bool found = drop_from(json_object_get(root, "requests"), &k);
    if (!found)
        found = drop_from(root, &k);
    char *const out = found ? print(root, mem) : NULL;
    json_decref(root);
    return out;
}
