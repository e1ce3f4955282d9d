// SPDX-License-Identifier: GPL-3.0-or-later
/* What themes are made of: knobs turned before the roomy problem is built
 * (tiny_turn_...), changes to its JSON after (tiny_change_...), and words both
 * share. */
#ifndef CTGSCHED_TESTS_TINY_THEMES_H
#define CTGSCHED_TESTS_TINY_THEMES_H

#include "support/tiny_build.h"

void tiny_change_birthdays(tiny *t);
void tiny_change_closed_days(tiny *t);
void tiny_change_dated(tiny *t);
void tiny_change_derogation(tiny *t);
void tiny_change_floor(tiny *t);
void tiny_change_hours(tiny *t);
void tiny_change_quality(tiny *t);
void tiny_change_walk(tiny *t);
void tiny_change_weeks(tiny *t);
void tiny_turn_age(knobs *k, random_state *rng);
void tiny_turn_anything(knobs *k, random_state *rng);
void tiny_turn_birthdays(knobs *k, random_state *rng);
void tiny_turn_derogation(knobs *k, random_state *rng);
void tiny_turn_envy(knobs *k, random_state *rng);
void tiny_turn_floor(knobs *k, random_state *rng);
void tiny_turn_generated(knobs *k, random_state *rng);
void tiny_turn_menu(knobs *k, random_state *rng);
void tiny_turn_nothing(knobs *k, random_state *rng);
void tiny_turn_quality(knobs *k, random_state *rng);
void tiny_turn_ties(knobs *k, random_state *rng);
void tiny_turn_walk(knobs *k, random_state *rng);
void tiny_turn_weeks(knobs *k, random_state *rng);
void tiny_turn_weighted(knobs *k, random_state *rng);
json_t *tiny_both_sections(void);
json_t *tiny_drawn_window(tiny *t, int32_t s);
void tiny_few_staff(knobs *k, random_state *rng);
bool tiny_has_sections(tiny *t, int32_t s);
json_t *tiny_one_date(tiny *t);
json_t *tiny_structure(tiny *t, int32_t s);
void tiny_thin_staff(tiny *t, int32_t s, const char *category);
void tiny_tight_places(knobs *k, random_state *rng);
void tiny_change_merge(tiny *t);
void tiny_change_modulation(tiny *t);
void tiny_change_over(tiny *t);
void tiny_change_reductions(tiny *t);
void tiny_change_section(tiny *t);
void tiny_change_shared(tiny *t);
void tiny_turn_many(knobs *k, random_state *rng);
void tiny_turn_merge(knobs *k, random_state *rng);
void tiny_turn_over(knobs *k, random_state *rng);
void tiny_turn_places(knobs *k, random_state *rng);
void tiny_turn_rooms(knobs *k, random_state *rng);
void tiny_turn_sections(knobs *k, random_state *rng);
void tiny_turn_week(knobs *k, random_state *rng);
void tiny_change_all_or_none(tiny *t);
void tiny_change_child(tiny *t);
void tiny_change_guaranteed(tiny *t);
void tiny_change_held_staff(tiny *t);
void tiny_change_need(tiny *t);
void tiny_change_need_max(tiny *t);
void tiny_change_per_date(tiny *t);
void tiny_change_per_horizon(tiny *t);
void tiny_change_per_week(tiny *t);
void tiny_change_pins(tiny *t);
void tiny_change_reward(tiny *t);
void tiny_change_skill(tiny *t);
void tiny_change_together(tiny *t);
void tiny_turn_guaranteed(knobs *k, random_state *rng);
void tiny_turn_held(knobs *k, random_state *rng);
void tiny_turn_held_cut(knobs *k, random_state *rng);
void tiny_turn_mandatory(knobs *k, random_state *rng);
void tiny_turn_need_max(knobs *k, random_state *rng);
void tiny_turn_needs(knobs *k, random_state *rng);
void tiny_turn_siblings(knobs *k, random_state *rng);
void tiny_change_adaptation(tiny *t);
void tiny_change_alone(tiny *t);
void tiny_change_cat1(tiny *t);
void tiny_change_minimum(tiny *t);
void tiny_change_mix(tiny *t);
void tiny_change_outing(tiny *t);
void tiny_change_room_scope(tiny *t);
void tiny_turn_5_8(knobs *k, random_state *rng);
void tiny_turn_6(knobs *k, random_state *rng);
void tiny_turn_adaptation(knobs *k, random_state *rng);
void tiny_turn_alone(knobs *k, random_state *rng);
void tiny_turn_cat1(knobs *k, random_state *rng);
void tiny_turn_ceil(knobs *k, random_state *rng);
void tiny_turn_fill(knobs *k, random_state *rng);
void tiny_turn_jardin(knobs *k, random_state *rng);
void tiny_turn_minimum(knobs *k, random_state *rng);
void tiny_turn_mix(knobs *k, random_state *rng);
void tiny_turn_outing(knobs *k, random_state *rng);
void tiny_turn_room_scope(knobs *k, random_state *rng);
void tiny_turn_sum(knobs *k, random_state *rng);
void tiny_change_absences(tiny *t);
void tiny_change_booking(tiny *t);
void tiny_change_centre(tiny *t);
void tiny_change_chain(tiny *t);
void tiny_change_companion(tiny *t);
void tiny_change_director(tiny *t);
void tiny_change_group(tiny *t);
void tiny_change_legs(tiny *t);
void tiny_change_quota(tiny *t);
void tiny_change_regimes(tiny *t);
void tiny_change_reserve(tiny *t);
void tiny_change_sector(tiny *t);
void tiny_change_session_places(tiny *t);
void tiny_turn_centre(knobs *k, random_state *rng);
void tiny_turn_director(knobs *k, random_state *rng);
void tiny_turn_group(knobs *k, random_state *rng);
void tiny_turn_legs(knobs *k, random_state *rng);
void tiny_turn_quota(knobs *k, random_state *rng);
void tiny_turn_regimes(knobs *k, random_state *rng);
void tiny_turn_reserve(knobs *k, random_state *rng);
void tiny_turn_sessions(knobs *k, random_state *rng);

#endif
