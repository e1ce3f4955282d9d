// SPDX-License-Identifier: GPL-3.0-or-later
/* The themes: which rule is made scarce, how, and how often. */
#include "support/tiny_themes.h"

#include <string.h>

json_t *tiny_structure(tiny *t, int32_t s) { return t->structures[s]; }

void tiny_tight_places(knobs *k, random_state *rng) {
    k->requests_low = 4;
    k->places[0] = random_range(rng, 1, 2);
    k->places[1] = random_range(rng, 1, 3);
}

void tiny_few_staff(knobs *k, random_state *rng) {
    k->requests_low = 4;
    k->staff[0] = random_range(rng, 1, 2);
    k->staff[1] = random_range(rng, 1, 3);
    k->min_staff = 0;
    k->small_law = 80;
    k->popular = 75;
    k->heavy = 25;
}

/* The staff windows of a category happen in a drawn part of the day only. */
void tiny_thin_staff(tiny *t, int32_t s, const char *category) {
    json_t *const staff = json_object_get(tiny_structure(t, s), "staff");
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

json_t *tiny_drawn_window(tiny *t, int32_t s) {
    int32_t begin, end;
    tiny_span(t, s, &begin, &end);
    return tiny_window(begin, end);
}

json_t *tiny_one_date(tiny *t) {
    return json_pack("[o]",
                     tiny_date(t->first + tiny_draw(t, 0, t->n_dates - 1)));
}

json_t *tiny_both_sections(void) { return json_pack("[s,s]", "g1", "g2"); }

bool tiny_has_sections(tiny *t, int32_t s) {
    return json_array_size(json_object_get(tiny_structure(t, s), "sections")) >=
           2;
}

const tiny_theme_row tiny_themes[] = {
    {"places", 10, tiny_turn_places, NULL},
    {"modulation", 8, tiny_turn_many, tiny_change_modulation},
    {"reductions", 8, tiny_turn_many, tiny_change_reductions},
    {"over-capacity", 10, tiny_turn_over, tiny_change_over},
    {"week", 18, tiny_turn_week, tiny_change_over},
    {"section", 12, tiny_turn_sections, tiny_change_section},
    {"shared", 14, tiny_turn_rooms, tiny_change_shared},
    {"merge", 16, tiny_turn_merge, tiny_change_merge},
    {"ratio sum", 8, tiny_turn_sum, NULL},
    {"ratio ceil", 8, tiny_turn_ceil, NULL},
    {"ratio fill", 8, tiny_turn_fill, NULL},
    {"ratio 5_8", 8, tiny_turn_5_8, NULL},
    {"ratio 6", 8, tiny_turn_6, NULL},
    {"ratio jardin", 8, tiny_turn_jardin, NULL},
    {"ratio room", 10, tiny_turn_room_scope, tiny_change_room_scope},
    {"outing", 12, tiny_turn_outing, tiny_change_outing},
    {"adaptation", 12, tiny_turn_adaptation, tiny_change_adaptation},
    {"minimum two", 12, tiny_turn_minimum, tiny_change_minimum},
    {"minimum cat1", 10, tiny_turn_cat1, tiny_change_cat1},
    {"minimum alone", 10, tiny_turn_alone, tiny_change_alone},
    {"mix", 14, tiny_turn_mix, tiny_change_mix},
    {"need", 14, tiny_turn_needs, tiny_change_need},
    {"need_max", 18, tiny_turn_need_max, tiny_change_need_max},
    {"skill", 14, tiny_turn_needs, tiny_change_skill},
    {"resource date", 8, tiny_turn_nothing, tiny_change_per_date},
    {"resource week", 8, tiny_turn_nothing, tiny_change_per_week},
    {"resource horizon", 8, tiny_turn_nothing, tiny_change_per_horizon},
    {"siblings together", 12, tiny_turn_siblings, tiny_change_together},
    {"siblings all", 12, tiny_turn_siblings, tiny_change_all_or_none},
    {"siblings reward", 6, tiny_turn_siblings, tiny_change_reward},
    {"pins", 14, tiny_turn_places, tiny_change_pins},
    {"held staff", 12, tiny_turn_held, tiny_change_held_staff},
    {"held cut", 12, tiny_turn_held_cut, tiny_change_reductions},
    {"mandatory", 10, tiny_turn_mandatory, NULL},
    {"guaranteed", 24, tiny_turn_guaranteed, tiny_change_guaranteed},
    {"child", 14, tiny_turn_many, tiny_change_child},
    {"age", 14, tiny_turn_age, NULL},
    {"birthdays", 10, tiny_turn_birthdays, tiny_change_birthdays},
    {"walking", 8, tiny_turn_walk, tiny_change_walk},
    {"derogation", 10, tiny_turn_derogation, tiny_change_derogation},
    {"dated rules", 10, tiny_turn_derogation, tiny_change_dated},
    {"weeks A B", 10, tiny_turn_weeks, tiny_change_weeks},
    {"hours", 12, tiny_turn_many, tiny_change_hours},
    {"closed days", 18, tiny_turn_menu, tiny_change_closed_days},
    {"floor", 14, tiny_turn_floor, tiny_change_floor},
    {"generated menus", 12, tiny_turn_generated, NULL},
    {"quality floors", 10, tiny_turn_quality, tiny_change_quality},
    {"ties", 8, tiny_turn_ties, NULL},
    {"weighted", 12, tiny_turn_weighted, NULL},
    {"envy", 14, tiny_turn_envy, NULL},
    {"anything", 20, tiny_turn_anything, tiny_change_shared},
};
const int32_t tiny_theme_rows = sizeof tiny_themes / sizeof tiny_themes[0];
