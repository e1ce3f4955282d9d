// SPDX-License-Identifier: GPL-3.0-or-later
/* Structures as read from tests/cases/valid/rooms, against values by hand. The
 * horizon is Wednesday 2026-09-09 (day 0) and Friday 2026-09-11 (day 1). */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "support/case.h"

enum { WED, FRI };
#define AT(h, m) ((h)*60 + (m))

typedef struct rooms {
    arena *mem;
    problem *p;
} rooms;

static int open_rooms(void **state) {
    static rooms one;
    ctg_error err = CTG_ERROR_INIT;
    one.mem = arena_create(NULL, 0);
    const io_text input = case_file(one.mem, CTG_SOURCE_DIR
                                    "/tests/cases/valid/rooms/problem.json");
    *state = &one;
    return io_read_problem(&one.p, input, NULL, 0, NULL, NULL, &err);
}

static int close_rooms(void **state) {
    rooms *const one = *state;
    problem_free(one->p);
    arena_destroy(one->mem);
    return 0;
}

static const structure *place(void **state) {
    return &((const rooms *)*state)->p->structures[0];
}

static void horizon_keeps_its_weekdays(void **state) {
    const problem *const p = ((const rooms *)*state)->p;
    assert_int_equal(p->n_days, 2);
    assert_int_equal(civil_weekday(p->days[WED]), 2);
    assert_int_equal(civil_weekday(p->days[FRI]), 4);
}

static void hours_are_a_union_without_the_closures(void **state) {
    const structure *const s = place(state);
    assert_true(profile_covers(&s->open, WED, AT(11, 30)));
    assert_true(profile_covers(&s->open, WED, AT(16, 59)));
    assert_false(profile_covers(&s->open, WED, AT(17, 0)));
    assert_true(profile_covers(&s->open, WED, AT(17, 30)));
    assert_int_equal(s->open.days[WED].n, 2);
}

static void exception_replaces_the_hours_of_its_date(void **state) {
    const structure *const s = place(state);
    assert_int_equal(s->open.days[FRI].n, 2);
    assert_false(profile_covers(&s->open, FRI, AT(8, 0)));
    assert_true(profile_covers(&s->open, FRI, AT(13, 59)));
}

static void
capacity_is_the_last_modulation_then_the_least_reduction(void **state) {
    const structure *const s = place(state);
    assert_int_equal(profile_at(&s->capacity, WED, AT(8, 0)), 12);
    assert_int_equal(profile_at(&s->capacity, WED, AT(9, 15)), 20);
    assert_int_equal(profile_at(&s->capacity, WED, AT(10, 30)), 15);
    assert_int_equal(profile_at(&s->capacity, WED, AT(12, 29)), 15);
    assert_int_equal(profile_at(&s->capacity, WED, AT(12, 30)), 30);
    assert_false(profile_covers(&s->capacity, WED, AT(17, 15)));
    assert_int_equal(profile_at(&s->capacity, FRI, AT(9, 0)), 12);
    assert_int_equal(profile_at(&s->capacity, FRI, AT(9, 30)), 30);
}

static void sections_are_sorted_and_have_an_ideal_range(void **state) {
    const structure *const s = place(state);
    assert_string_equal(s->sections[0].id, "big");
    assert_int_equal(s->sections[0].ideal_from_months, 20);
    assert_int_equal(s->sections[0].below_months, INT32_MAX);
    assert_int_equal(s->sections[1].ideal_below_months, 18);
    assert_int_equal(profile_at(&s->sections[1].capacity, WED, AT(8, 0)), 4);
    assert_int_equal(profile_at(&s->sections[1].capacity, FRI, AT(8, 0)), 10);
}

static void merge_has_what_its_sections_have_then(void **state) {
    const merge *const m = &place(state)->merges[0];
    assert_int_equal(profile_at(&m->places, WED, AT(8, 59)), 24);
    assert_int_equal(profile_at(&m->places, WED, AT(9, 0)), 30);
    assert_false(profile_covers(&m->places, WED, AT(9, 30)));
    assert_int_equal(
        profile_at(&place(state)->merges[1].places, WED, AT(18, 0)), 9);
}

static void quota_without_windows_holds_always(void **state) {
    const structure *const s = place(state);
    assert_string_equal(s->shared[0].id, "all");
    assert_true(profile_covers(&s->shared[0].when, FRI, 0));
    assert_true(profile_covers(&s->shared[0].when, FRI, AT(23, 59)));
    assert_false(profile_covers(&s->shared[1].when, FRI, AT(14, 0)));
    assert_int_equal(s->shared[1].n_sections, 2);
}

static void staff_counts_and_skills_are_bits(void **state) {
    const problem *const p = ((const rooms *)*state)->p;
    const structure *const s = place(state);
    assert_int_equal(p->n_skills, 2);
    assert_string_equal(p->skills[0], "english");
    assert_int_equal(s->staff[0].skills, 3);
    assert_int_equal(profile_at(&s->staff[0].count, FRI, AT(8, 0)), 2);
    assert_int_equal(profile_at(&s->staff[1].count, FRI, AT(9, 0)), 0);
}

static void outing_names_its_sections_by_bit(void **state) {
    const outing *const o = &place(state)->outings[0];
    assert_int_equal(o->sections, 1);
    assert_true(profile_covers(&o->when, WED, AT(10, 0)));
    assert_int_equal(o->when.days[FRI].n, 0);
}

static void floors_that_are_absent_are_none(void **state) {
    const structure *const s = place(state);
    assert_int_equal(s->floor_ratio_margin, 1);
    assert_int_equal(s->floor_group_changes, 0);
    assert_int_equal(s->floor_arrivals, NONE);
}

static void equal_days_share_their_steps(void **state) {
    const structure *const s = place(state);
    assert_ptr_equal(s->staff[0].count.days[WED].steps,
                     s->staff[0].count.days[FRI].steps);
    assert_ptr_not_equal(s->open.days[WED].steps, s->open.days[FRI].steps);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(horizon_keeps_its_weekdays),
        cmocka_unit_test(hours_are_a_union_without_the_closures),
        cmocka_unit_test(exception_replaces_the_hours_of_its_date),
        cmocka_unit_test(
            capacity_is_the_last_modulation_then_the_least_reduction),
        cmocka_unit_test(sections_are_sorted_and_have_an_ideal_range),
        cmocka_unit_test(merge_has_what_its_sections_have_then),
        cmocka_unit_test(quota_without_windows_holds_always),
        cmocka_unit_test(staff_counts_and_skills_are_bits),
        cmocka_unit_test(outing_names_its_sections_by_bit),
        cmocka_unit_test(floors_that_are_absent_are_none),
        cmocka_unit_test(equal_days_share_their_steps),
    };
    return cmocka_run_group_tests(tests, open_rooms, close_rooms);
}
