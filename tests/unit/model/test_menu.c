// SPDX-License-Identifier: GPL-3.0-or-later
/* Generated menus against lists and values worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "model/menu.h"

enum { MON = 1, TUE = 2, WED = 4, THU = 8, FRI = 16 };

static int open_arena(void **state) {
    *state = arena_create(NULL, 0);
    return *state ? 0 : -1;
}

static int close_arena(void **state) {
    arena_destroy(*state);
    return 0;
}

static menu expand(const menu_pattern *pattern, arena *mem) {
    menu out;
    assert_int_equal(menu_expand(&out, pattern, mem, NULL), CTG_OK);
    return out;
}

/* The ids, one after the other. */
static const char *ids(const menu *m, arena *mem) {
    text out = {.mem = mem};
    for (int32_t i = 0; i < m->n; i++)
        text_printf(&out, "%s%s", i ? " " : "", m->variants[i].id);
    return out.at ? out.at : "";
}

static const menu_structure bleuets[] = {{"bleuets", 1}};
static const menu_structure two[] = {{"b", 1}, {"a", 2}};

static void menu_without_flex_is_what_was_asked(void **state) {
    const menu_window week[] = {{MON | TUE, 510, 1020}};
    const menu_pattern asked = {1, week, 2, two, {.step = 30, .latest = 1440}};
    const menu m = expand(&asked, *state);
    assert_string_equal(ids(&m, *state), "b a");
    assert_int_equal(m.variants[0].satisfaction, 1000);
    assert_int_equal(m.variants[1].satisfaction, 900);
    assert_int_equal(m.variants[0].rank, 1);
    assert_int_equal(m.variants[1].rank, 2);
}

static void menu_orders_drops_then_shifts_then_cuts(void **state) {
    const menu_window week[] = {{MON | WED, 480, 720}};
    const menu_pattern asked = {1,
                                week,
                                1,
                                bleuets,
                                {.step = 30,
                                 .shift = 60,
                                 .later = 30,
                                 .earlier = 30,
                                 .latest = 1440,
                                 .drop_days = 1,
                                 .droppable = WED | FRI}};
    const menu m = expand(&asked, *state);
    assert_string_equal(
        ids(&m, *state),
        "bleuets bleuets@-30 bleuets@+30 bleuets@-60 bleuets@+60 "
        "bleuets|0,30 bleuets|30,0 bleuets|30,30 "
        "bleuets~wed bleuets~wed@-30 bleuets~wed@+30 bleuets~wed@-60 "
        "bleuets~wed@+60 bleuets~wed|0,30 bleuets~wed|30,0 "
        "bleuets~wed|30,30");
}

/* Asked 2 x 240 = 480. A shift by 30 loses 2 x 30 = 60: 1000 - 125. Wednesday
 * dropped loses 240: 1000 - 500; with a cut of 30, 270: 1000 - 562 (562.5). */
static void menu_worth_falls_with_minutes_lost(void **state) {
    const menu_window week[] = {{MON | WED, 480, 720}};
    const menu_pattern asked = {1,
                                week,
                                1,
                                bleuets,
                                {.step = 30,
                                 .shift = 30,
                                 .later = 30,
                                 .latest = 1440,
                                 .drop_days = 1,
                                 .droppable = WED}};
    const menu m = expand(&asked, *state);
    assert_string_equal(ids(&m, *state),
                        "bleuets bleuets@-30 bleuets@+30 bleuets|30,0 "
                        "bleuets~wed bleuets~wed@-30 bleuets~wed@+30 "
                        "bleuets~wed|30,0");
    const int64_t worth[] = {1000, 875, 875, 875, 500, 438, 438, 438};
    const int32_t rank[] = {1, 2, 2, 2, 3, 4, 4, 4};
    for (int32_t i = 0; i < m.n; i++) {
        assert_int_equal(m.variants[i].satisfaction, worth[i]);
        assert_int_equal(m.variants[i].rank, rank[i]);
    }
}

static void menu_worth_is_never_negative(void **state) {
    const menu_structure far[] = {{"s", 12}};
    const menu_window week[] = {{MON, 480, 720}};
    const menu_pattern asked = {1, week, 1, far, {.step = 30, .latest = 1440}};
    const menu m = expand(&asked, *state);
    assert_int_equal(m.variants[0].satisfaction, 0);
}

static void menu_leaves_out_what_is_too_early_or_late(void **state) {
    const menu_window week[] = {{MON, 480, 720}};
    const menu_pattern asked = {
        1,
        week,
        1,
        bleuets,
        {.step = 30, .shift = 60, .later = 60, .earliest = 510, .latest = 780}};
    const menu m = expand(&asked, *state);
    /* 08:00 is before 08:30: not as asked, not earlier; 09:00-13:00 fits. */
    assert_string_equal(ids(&m, *state),
                        "bleuets@+30 bleuets@+60 bleuets|30,0 bleuets|60,0");
}

static void menu_leaves_out_empty_cuts(void **state) {
    const menu_window week[] = {{MON, 480, 540}, {TUE, 480, 720}};
    const menu_pattern asked = {
        2,
        week,
        1,
        bleuets,
        {.step = 30, .later = 60, .earlier = 30, .latest = 1440}};
    const menu m = expand(&asked, *state);
    /* Monday has 60 minutes: cuts of 60 or more leave nothing of it. */
    assert_string_equal(ids(&m, *state), "bleuets bleuets|0,30 bleuets|30,0");
}

static void menu_keeps_one_day_at_least(void **state) {
    const menu_window week[] = {{MON | TUE, 480, 720}};
    const menu_pattern asked = {
        1,
        week,
        1,
        bleuets,
        {.step = 30, .latest = 1440, .drop_days = 7, .droppable = MON | TUE}};
    const menu m = expand(&asked, *state);
    assert_string_equal(ids(&m, *state), "bleuets bleuets~mon bleuets~tue");
}

static void menu_orders_dropped_days_by_size_then_weekday(void **state) {
    const menu_window week[] = {{MON | TUE | THU | FRI, 480, 720}};
    const menu_pattern asked = {1,
                                week,
                                1,
                                bleuets,
                                {.step = 30,
                                 .latest = 1440,
                                 .drop_days = 2,
                                 .droppable = MON | THU | FRI}};
    const menu m = expand(&asked, *state);
    assert_string_equal(ids(&m, *state),
                        "bleuets bleuets~mon bleuets~thu bleuets~fri "
                        "bleuets~mon~thu bleuets~mon~fri bleuets~thu~fri");
}

static void menu_of_too_many_says_so(void **state) {
    const menu_window week[] = {{MON, 0, 1440}};
    const menu_pattern asked = {
        1,
        week,
        1,
        bleuets,
        {.step = 1, .later = 1440, .earlier = 1440, .latest = 1440}};
    const menu m = expand(&asked, *state);
    assert_int_equal(m.n, MENU_MAX);
    assert_int_equal(m.n_all, MENU_MAX + 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(menu_without_flex_is_what_was_asked),
        cmocka_unit_test(menu_orders_drops_then_shifts_then_cuts),
        cmocka_unit_test(menu_worth_falls_with_minutes_lost),
        cmocka_unit_test(menu_worth_is_never_negative),
        cmocka_unit_test(menu_leaves_out_what_is_too_early_or_late),
        cmocka_unit_test(menu_leaves_out_empty_cuts),
        cmocka_unit_test(menu_keeps_one_day_at_least),
        cmocka_unit_test(menu_orders_dropped_days_by_size_then_weekday),
        cmocka_unit_test(menu_of_too_many_says_so),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
