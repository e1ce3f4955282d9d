// SPDX-License-Identifier: GPL-3.0-or-later
/* Rules in force by day, packs in order, derogations as changed copies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/law.h"

/* Days 100 to 104; rule "m" changes its version on 102. */
static const int32_t days[] = {100, 101, 102, 103, 104};
static const rule first_rules[] = {
    {.id = "m",
     .kind = RULE_MINIMUM,
     .valid_from = INT32_MIN,
     .valid_to = 101,
     .min_staff = 2},
    {.id = "m",
     .kind = RULE_MINIMUM,
     .valid_from = 102,
     .valid_to = INT32_MAX,
     .min_staff = 3},
    {.id = "r5",
     .kind = RULE_RATIO,
     .valid_from = INT32_MIN,
     .valid_to = INT32_MAX},
};
static const rule second_rules[] = {
    {.id = "other",
     .kind = RULE_MINIMUM,
     .valid_from = INT32_MIN,
     .valid_to = INT32_MAX,
     .min_staff = 9},
    {.id = "r6", .kind = RULE_RATIO, .valid_from = 101, .valid_to = 102},
};
static const rule_pack packs[] = {
    {.id = "a", .n_rules = 3, .rules = first_rules},
    {.id = "b", .n_rules = 2, .rules = second_rules},
};
static const int32_t both[] = {0, 1};
static const int32_t reversed[] = {1, 0};

static structure home(const int32_t *order) {
    return (structure){.id = "s",
                       .has_ratio = true,
                       .regime = "r6",
                       .n_packs = 2,
                       .packs = order};
}

static problem world(const structure *s) {
    return (problem){.n_days = 5,
                     .days = days,
                     .n_packs = 2,
                     .packs = packs,
                     .n_structures = 1,
                     .structures = s};
}

static int open_arena(void **state) {
    *state = arena_create(NULL, 0);
    return *state ? 0 : -1;
}

static int close_arena(void **state) {
    arena_destroy(*state);
    return 0;
}

static const law_table *build(const problem *p, const law_change *changes,
                              int32_t n, arena *mem) {
    const law_table *out = NULL;
    assert_int_equal(law_build(&out, p, 0, changes, n, mem, NULL), CTG_OK);
    return out;
}

static void law_follows_the_dates_of_the_versions(void **state) {
    const structure s = home(both);
    const problem p = world(&s);
    const law_table *const t = build(&p, NULL, 0, *state);
    assert_int_equal(t->days[1]->minimum->min_staff, 2);
    assert_int_equal(t->days[2]->minimum->min_staff, 3);
}

static void law_takes_the_first_pack_of_the_structure(void **state) {
    const structure s = home(reversed);
    const problem p = world(&s);
    const law_table *const t = build(&p, NULL, 0, *state);
    assert_int_equal(t->days[4]->minimum->min_staff, 9);
}

static void law_finds_a_ratio_by_its_id(void **state) {
    const structure s = home(both);
    const problem p = world(&s);
    const law_table *const t = build(&p, NULL, 0, *state);
    assert_null(t->days[0]->ratio);
    assert_string_equal(t->days[1]->ratio->id, "r6");
    assert_null(t->days[3]->ratio);
}

static void equal_days_share_one_law(void **state) {
    const structure s = home(both);
    const problem p = world(&s);
    const law_table *const t = build(&p, NULL, 0, *state);
    assert_ptr_equal(t->days[3], t->days[4]);
    assert_ptr_not_equal(t->days[2], t->days[3]);
}

static void derogation_changes_a_copy_on_its_days(void **state) {
    const structure s = home(both);
    const problem p = world(&s);
    const law_change change = {
        .of = {.id = "d", .rule = "m", .first = 103, .last = 103},
        .values = {.min_staff = 1},
        .parts = PART_MIN_STAFF};
    const law_table *const t = build(&p, &change, 1, *state);
    assert_int_equal(t->days[3]->minimum->min_staff, 1);
    assert_int_equal(t->days[4]->minimum->min_staff, 3);
    assert_int_equal(first_rules[1].min_staff, 3);
    assert_ptr_equal(t->days[2]->minimum, t->days[4]->minimum);
}

static void derogation_can_waive_a_rule(void **state) {
    const structure s = home(both);
    const problem p = world(&s);
    const law_change change = {
        .of = {
            .id = "d", .rule = "m", .first = 104, .last = 200, .waive = true}};
    const law_table *const t = build(&p, &change, 1, *state);
    assert_non_null(t->days[3]->minimum);
    assert_null(t->days[4]->minimum);
}

static void derogations_apply_in_turn(void **state) {
    const structure s = home(both);
    const problem p = world(&s);
    const law_change changes[] = {
        {.of = {.id = "d1", .rule = "m", .first = 100, .last = 104},
         .values = {.min_staff = 1, .cat1_above_places = 7},
         .parts = PART_MIN_STAFF | PART_CAT1_ABOVE},
        {.of = {.id = "d2", .rule = "m", .first = 101, .last = 101},
         .values = {.min_staff = 4},
         .parts = PART_MIN_STAFF}};
    const law_table *const t = build(&p, changes, 2, *state);
    assert_int_equal(t->days[0]->minimum->min_staff, 1);
    assert_int_equal(t->days[1]->minimum->min_staff, 4);
    assert_int_equal(t->days[1]->minimum->cat1_above_places, 7);
    assert_int_equal(t->days[2]->minimum->min_staff, 1);
}

static void derogation_of_another_structure_does_nothing(void **state) {
    const structure s = home(both);
    const problem p = world(&s);
    const law_change change = {.of = {.id = "d",
                                      .rule = "m",
                                      .structure = 1,
                                      .last = 200,
                                      .waive = true}};
    const law_table *const t = build(&p, &change, 1, *state);
    assert_non_null(t->days[4]->minimum);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(law_follows_the_dates_of_the_versions),
        cmocka_unit_test(law_takes_the_first_pack_of_the_structure),
        cmocka_unit_test(law_finds_a_ratio_by_its_id),
        cmocka_unit_test(equal_days_share_one_law),
        cmocka_unit_test(derogation_changes_a_copy_on_its_days),
        cmocka_unit_test(derogation_can_waive_a_rule),
        cmocka_unit_test(derogations_apply_in_turn),
        cmocka_unit_test(derogation_of_another_structure_does_nothing),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
