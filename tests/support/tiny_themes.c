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
    {"places", 10, tiny_turn_places, NULL, BREAKS_PLACES},
    {"modulation", 8, tiny_turn_many, tiny_change_modulation, NONE},
    {"reductions", 8, tiny_turn_many, tiny_change_reductions, NONE},
    {"over-capacity", 15, tiny_turn_over, tiny_change_over, BREAKS_PLACES},
    {"week", 20, tiny_turn_week, tiny_change_over, BREAKS_WEEK},
    {"section", 12, tiny_turn_sections, tiny_change_section, BREAKS_SECTION},
    {"shared", 19, tiny_turn_rooms, tiny_change_shared, BREAKS_SHARED},
    {"merge", 16, tiny_turn_merge, tiny_change_merge, BREAKS_MERGE},
    {"ratio sum", 16, tiny_turn_sum, NULL, BREAKS_RATIO},
    {"ratio ceil", 13, tiny_turn_ceil, NULL, BREAKS_RATIO},
    {"ratio fill", 14, tiny_turn_fill, NULL, BREAKS_RATIO},
    {"ratio 5_8", 13, tiny_turn_5_8, NULL, BREAKS_RATIO},
    {"ratio 6", 12, tiny_turn_6, NULL, BREAKS_RATIO},
    {"ratio jardin", 13, tiny_turn_jardin, NULL, BREAKS_RATIO},
    {"ratio room", 14, tiny_turn_room_scope, tiny_change_room_scope,
     BREAKS_RATIO},
    {"outing", 21, tiny_turn_outing, tiny_change_outing, BREAKS_RATIO},
    {"adaptation", 12, tiny_turn_adaptation, tiny_change_adaptation,
     BREAKS_RATIO},
    {"minimum two", 11, tiny_turn_minimum, tiny_change_minimum, BREAKS_MINIMUM},
    {"minimum cat1", 18, tiny_turn_cat1, tiny_change_cat1, BREAKS_MINIMUM},
    {"minimum alone", 14, tiny_turn_alone, tiny_change_alone, BREAKS_MINIMUM},
    {"mix", 14, tiny_turn_mix, tiny_change_mix, BREAKS_MIX},
    {"need", 14, tiny_turn_needs, tiny_change_need, BREAKS_NEED},
    {"need_max", 14, tiny_turn_need_max, tiny_change_need_max, BREAKS_NEED_MAX},
    {"skill", 14, tiny_turn_needs, tiny_change_skill, BREAKS_SKILL},
    {"resource date", 10, tiny_turn_nothing, tiny_change_per_date,
     BREAKS_RESOURCE},
    {"resource week", 12, tiny_turn_nothing, tiny_change_per_week,
     BREAKS_RESOURCE},
    {"resource horizon", 12, tiny_turn_nothing, tiny_change_per_horizon,
     BREAKS_RESOURCE},
    {"siblings together", 12, tiny_turn_siblings, tiny_change_together,
     BREAKS_SIBLINGS},
    {"siblings all", 23, tiny_turn_siblings, tiny_change_all_or_none,
     BREAKS_SIBLINGS},
    {"siblings reward", 6, tiny_turn_siblings, tiny_change_reward, NONE},
    {"pins", 14, tiny_turn_places, tiny_change_pins, BREAKS_PIN},
    {"held staff", 16, tiny_turn_held, tiny_change_held_staff, BREAKS_SERVED},
    {"held cut", 19, tiny_turn_held_cut, tiny_change_reductions, BREAKS_SERVED},
    {"mandatory", 15, tiny_turn_mandatory, NULL, BREAKS_SERVED},
    {"guaranteed", 20, tiny_turn_guaranteed, tiny_change_guaranteed,
     BREAKS_GUARANTEED},
    {"child", 14, tiny_turn_many, tiny_change_child, BREAKS_CHILD},
    {"age", 14, tiny_turn_age, NULL, BREAKS_AGE},
    {"birthdays", 10, tiny_turn_birthdays, tiny_change_birthdays, NONE},
    {"walking", 8, tiny_turn_walk, tiny_change_walk, NONE},
    {"derogation", 10, tiny_turn_derogation, tiny_change_derogation, NONE},
    {"dated rules", 10, tiny_turn_derogation, tiny_change_dated, NONE},
    {"weeks A B", 10, tiny_turn_weeks, tiny_change_weeks, NONE},
    {"hours", 12, tiny_turn_many, tiny_change_hours, BREAKS_HOURS},
    {"closed days", 17, tiny_turn_menu, tiny_change_closed_days, BREAKS_MENU},
    {"floor", 14, tiny_turn_floor, tiny_change_floor, BREAKS_FLOOR},
    {"generated menus", 12, tiny_turn_generated, NULL, NONE},
    {"quality floors", 10, tiny_turn_quality, tiny_change_quality, NONE},
    {"ties", 8, tiny_turn_ties, NULL, NONE},
    {"weighted", 12, tiny_turn_weighted, NULL, NONE},
    {"envy", 15, tiny_turn_envy, NULL, BREAKS_ENVY},
    {"sector", 12, tiny_turn_many, tiny_change_sector, BREAKS_SECTOR},
    {"booking", 14, tiny_turn_sessions, tiny_change_booking, BREAKS_BOOKING},
    {"companion", 14, tiny_turn_sessions, tiny_change_companion,
     BREAKS_COMPANION},
    {"chain", 14, tiny_turn_sessions, tiny_change_chain, BREAKS_CHAIN},
    {"group", 14, tiny_turn_group, tiny_change_group, BREAKS_GROUP},
    {"absences", 14, tiny_turn_group, tiny_change_absences, NONE},
    {"reserve", 14, tiny_turn_reserve, tiny_change_reserve, BREAKS_RESERVE},
    {"quota", 14, tiny_turn_quota, tiny_change_quota, BREAKS_QUOTA},
    {"director", 14, tiny_turn_director, tiny_change_director, BREAKS_RATIO},
    {"regimes", 16, tiny_turn_regimes, tiny_change_regimes, BREAKS_RATIO},
    {"session places", 14, tiny_turn_sessions, tiny_change_session_places,
     BREAKS_PLACES},
    {"legs", 14, tiny_turn_legs, tiny_change_legs, NONE},
    {"centre", 18, tiny_turn_centre, tiny_change_centre, NONE},
    {"anything", 20, tiny_turn_anything, tiny_change_shared, NONE},
};
const int32_t tiny_theme_rows = sizeof tiny_themes / sizeof tiny_themes[0];
