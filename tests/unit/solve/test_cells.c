// SPDX-License-Identifier: GPL-3.0-or-later
/* A structure's day cut at its breakpoints: the cuts, and what each cell says,
 * worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "solve/cells.h"
#include "support/solving.h"
#include "support/solving_texts.h"

typedef struct cut_day {
    solving *it;
    structure_visits index;
    day_cells d;
} cut_day;

static cut_day cut(const char *problem, int32_t day) {
    cut_day out = {.it = solving_text(problem, false)};
    assert_true(cells_index(&out.index, &out.it->s.f, out.it->mem));
    assert_true(
        cells_build(&out.d, &out.it->s.f, 0, day, &out.index, out.it->mem));
    return out;
}

/* "08:00-09:00 09:00-18:00": begin and end of each cell. */
static const char *cells_text(const cut_day *c) {
    text out = {.mem = c->it->mem};
    for (int32_t k = 0; k < c->d.n_cells; k++) {
        char begin[MINUTE_TEXT], end[MINUTE_TEXT];
        minute_print(c->d.cells[k].begin, begin);
        minute_print(c->d.cells[k].end, end);
        text_printf(&out, "%s%s-%s", k ? " " : "", begin, end);
    }
    return out.at ? out.at : "";
}

#define ONE_ASK                                                                \
    TEXT_ASK("r", "c", "", TEXT_OPTION("o", "s", "09:30", "16:00", ""))
#define DAY(more, place, children, requests)                                   \
    TEXT_PROBLEM(TEXT_MONDAY, more, place, children, requests)

/* Opening 8 and 18, modulation 10 and 12, staff 9 and 17, presence 9:30 and
 * 16. */
static void cells_are_cut_where_anything_changes(void **state) {
    (void)state;
    const cut_day c =
        cut(DAY("",
                TEXT_PLACE("s", "10",
                           ",'modulation':[{'begin':'10:00','end':'12:00',"
                           "'places':4}],'staff':[" TEXT_TEAM(
                               "cat1", "2", "09:00", "17:00", "") "]"),
                TEXT_WALKER("c", ""), ONE_ASK),
            0);
    assert_string_equal(cells_text(&c),
                        "08:00-09:00 09:00-09:30 09:30-10:00 10:00-12:00 "
                        "12:00-16:00 16:00-17:00 17:00-18:00");
    static const int64_t capacity[] = {10, 10, 10, 4, 10, 10, 10};
    static const int32_t counted[] = {0, 2, 2, 2, 2, 2, 0};
    for (int32_t k = 0; k < 7; k++) {
        assert_int_equal(c.d.cells[k].capacity, capacity[k]);
        assert_int_equal(c.d.cells[k].limit, capacity[k]);
        assert_int_equal(c.d.cells[k].counted, counted[k]);
    }
    solving_free(c.it);
}

/* Sections have their places all day long, open or not. */
static void sections_quotas_merges_and_outings_cut(void **state) {
    (void)state;
    const cut_day c = cut(
        DAY(JUDGED_PACK(JUDGED_RULE(
                "out", "outing",
                "'min_staff':1,'rounding':'ceil_each','classes':[{'id':'a',"
                "'per':4}]")),
            TEXT_PLACE("s", "10",
                       ",'packs':['p'],'sections':[{'id':'g','places':5},"
                       "{'id':'p','places':5,'modulation':[{'begin':'11:00',"
                       "'end':'12:00','places':1}]}],'shared':[{'id':'q',"
                       "'sections':['g','p'],'places':7,'windows':[{'begin':"
                       "'13:00','end':'14:00'}]}],'merges':[{'sections':['g',"
                       "'p'],'begin':'08:00','end':'08:30'}],'outings':["
                       "{'sections':['p'],'begin':'15:00','end':'15:30'}]"),
            TEXT_WALKER("c", ""), ""),
        0);
    assert_string_equal(
        cells_text(&c),
        "00:00-08:00 08:00-08:30 08:30-11:00 11:00-12:00 12:00-13:00 "
        "13:00-14:00 14:00-15:00 15:00-15:30 15:30-18:00 18:00-24:00");
    assert_int_equal(c.d.cells[6].out, 0);
    assert_int_equal(c.d.cells[7].out, 2); /* sections by id: g, p */
    assert_false(c.d.cells[7].out_all);
    assert_int_equal(cells_room(&c.d, 1, 1), 0);
    assert_int_equal(cells_room(&c.d, 2, 1), 1);
    assert_int_equal(cells_room(&c.d, 1, NONE), NONE);
    solving_free(c.it);
}

static void visits_cover_their_cells(void **state) {
    (void)state;
    const cut_day c = cut(
        DAY("", TEXT_PLACE("s", "10", ""),
            TEXT_WALKER(
                "c",
                ",'place_weight':1500,'ratio_weight':2000") "," TEXT_BABY("d",
                                                                          ""),
            TEXT_ASK(
                "r", "c", "",
                TEXT_OPTION("o", "s", "09:00", "12:00", "") "," TEXT_OPTION(
                    "o2", "s", "08:00", "10:00",
                    "")) "," TEXT_HOLD("t", "d", "",
                                       TEXT_HELD("s", "10:00", "18:00", ""))),
        0);
    assert_string_equal(cells_text(&c),
                        "08:00-09:00 09:00-10:00 10:00-12:00 12:00-18:00");
    assert_int_equal(c.d.n_visits, 3);
    assert_int_equal(c.d.visits[0].first, 1);
    assert_int_equal(c.d.visits[0].last, 3);
    assert_int_equal(c.d.visits[0].place_weight, 1500);
    assert_int_equal(c.d.visits[0].ratio_weight, 2000);
    assert_false(c.d.visits[0].holds);
    assert_int_equal(c.d.visits[1].first, 0);
    assert_int_equal(c.d.visits[1].last, 2);
    assert_int_equal(c.d.visits[2].first, 2);
    assert_int_equal(c.d.visits[2].last, 4);
    assert_true(c.d.visits[2].holds);
    assert_int_equal(c.d.visits[2].place_weight, 1000);
    assert_int_equal(c.d.visits[2].section, NONE);
    solving_free(c.it);
}

/* 7 places at 115 %: 8.05, so 9; with 4 places then, 4.6, so 5; by nominal
 * places 9 - 7 = 2 more than the capacity. */
#define OVER(basis)                                                            \
    JUDGED_PACK(JUDGED_RULE("over", "over_capacity",                           \
                            "'instant_max_pct':115,'weekly_max_pct':100,"      \
                            "'capacity_basis':'" basis "'"))
#define OVER_PLACE                                                             \
    TEXT_PLACE("s", "7",                                                       \
               ",'packs':['p'],'over_capacity':true,'modulation':["            \
               "{'begin':'10:00','end':'12:00','places':4},{'begin':"          \
               "'12:00','end':'13:00','places':0}]")

static void limit_is_over_the_capacity_then(void **state) {
    (void)state;
    const cut_day c = cut(DAY(OVER("capacity_t"), OVER_PLACE, "", ""), 0);
    static const int64_t limit[] = {9, 5, 0, 9};
    assert_int_equal(c.d.n_cells, 4);
    for (int32_t k = 0; k < 4; k++)
        assert_int_equal(c.d.cells[k].limit, limit[k]);
    solving_free(c.it);
}

static void limit_over_nominal_places(void **state) {
    (void)state;
    const cut_day c = cut(DAY(OVER("nominal"), OVER_PLACE, "", ""), 0);
    static const int64_t limit[] = {9, 6, 0, 9};
    for (int32_t k = 0; k < 4; k++)
        assert_int_equal(c.d.cells[k].limit, limit[k]);
    solving_free(c.it);
}

static void limit_without_the_regulation_is_the_capacity(void **state) {
    (void)state;
    const cut_day c = cut(
        DAY(OVER("capacity_t"), TEXT_PLACE("s", "7", ",'packs':['p']"), "", ""),
        0);
    assert_int_equal(c.d.n_cells, 1);
    assert_int_equal(c.d.cells[0].limit, 7);
    solving_free(c.it);
}

static void others_count_nowhere(void **state) {
    (void)state;
    const cut_day c = cut(
        DAY("",
            TEXT_PLACE(
                "s", "7",
                ",'staff':[" TEXT_TEAM(
                    "cat1", "1", "08:00", "18:00",
                    "") "," TEXT_TEAM("cat1", "1", "08:00", "12:00",
                                      "") "," TEXT_TEAM("cat2", "3", "08:00",
                                                        "18:00",
                                                        "") "," TEXT_TEAM("othe"
                                                                          "r",
                                                                          "9",
                                                                          "08:"
                                                                          "00",
                                                                          "18:"
                                                                          "00",
                                                                          "") "]"),
            "", ""),
        0);
    assert_string_equal(cells_text(&c), "08:00-12:00 12:00-18:00");
    assert_int_equal(c.d.cells[0].cat1, 2);
    assert_int_equal(c.d.cells[0].counted, 5);
    assert_int_equal(c.d.cells[1].counted, 4);
    solving_free(c.it);
}

/* In adaptation on Monday only, from 09:00 to 11:00 of the rule. */
#define ADAPTING                                                               \
    TEXT_PROBLEM(                                                              \
        TEXT_TUESDAY,                                                          \
        JUDGED_PACK(JUDGED_RULE("ad", "adaptation",                            \
                                "'staff_per_child':1,'begin':'09:00',"         \
                                "'end':'11:00'")),                             \
        TEXT_PLACE("s", "9", ",'packs':['p']"), TEXT_WALKER("c", ""),          \
        TEXT_ASK("r", "c",                                                     \
                 ",'adaptation':{'first':'2026-09-07','last':'2026-09-07'}",   \
                 TEXT_OPTION("o", "s", "08:00", "18:00", "")))

static void adaptation_is_inside_its_hours_and_dates(void **state) {
    (void)state;
    const cut_day monday = cut(ADAPTING, 0), tuesday = cut(ADAPTING, 1);
    assert_string_equal(cells_text(&monday),
                        "08:00-09:00 09:00-11:00 11:00-18:00");
    assert_false(monday.d.cells[0].adaptation);
    assert_true(monday.d.cells[1].adaptation);
    assert_false(monday.d.cells[2].adaptation);
    assert_true(monday.d.visits[0].adapting);
    assert_false(tuesday.d.visits[0].adapting);
    assert_false(cells_equal(&monday.d, &tuesday.d));
    solving_free(monday.it);
    solving_free(tuesday.it);
}

/* --- classes
 * ------------------------------------------------------------------
 */

static int32_t civil(const char *date) {
    int32_t out;
    assert_true(civil_parse(date, &out));
    return out;
}

static const rule regime = {
    .n_classes = 3,
    .classes = {{.per = 5,
                 .walks = 0,
                 .from_months = INT32_MIN,
                 .below_months = INT32_MAX},
                {.per = 8, .walks = 1, .from_months = 12, .below_months = 24},
                {.per = 15,
                 .walks = -1,
                 .from_months = 30,
                 .below_months = INT32_MAX}}};
static const problem proxy = {.walk_proxy_months = 15};

/* Walks by the proxy on the day it is 15 months old; in no class from 24 to 30
 * months; the first that admits wins. */
static void class_follows_the_age_of_the_day(void **state) {
    (void)state;
    child c = {.birth = civil("2025-01-31"), .walk_from = CIVIL_NONE};
    assert_int_equal(cells_class(&proxy, &regime, &c, civil("2026-04-30")), 0);
    assert_int_equal(cells_class(&proxy, &regime, &c, civil("2026-05-01")), 1);
    assert_int_equal(cells_class(&proxy, &regime, &c, civil("2027-01-30")), 1);
    assert_int_equal(cells_class(&proxy, &regime, &c, civil("2027-01-31")),
                     CLASS_NONE);
    assert_int_equal(cells_class(&proxy, &regime, &c, civil("2027-07-31")), 2);
}

static void class_follows_the_first_step(void **state) {
    (void)state;
    const child c = {.birth = civil("2025-01-31"),
                     .walk_from = civil("2026-03-10")};
    assert_int_equal(cells_class(&proxy, &regime, &c, civil("2026-03-09")), 0);
    assert_int_equal(cells_class(&proxy, &regime, &c, civil("2026-03-10")), 1);
    assert_int_equal(cells_class(&proxy, NULL, &c, civil("2026-03-10")),
                     CLASS_NONE);
}

/* --- equal days --------------------------------------------------------------
 */

#define WEEK(place)                                                            \
    TEXT_PROBLEM(TEXT_FRIDAY, "", TEXT_PLACE("s", "9", place),                 \
                 TEXT_WALKER("c", ""), ONE_ASK)

static void equal_days_are_equal_and_hash_so(void **state) {
    (void)state;
    cut_day a = cut(WEEK(""), 0);
    day_cells friday;
    assert_true(cells_build(&friday, &a.it->s.f, 0, 4, &a.index, a.it->mem));
    assert_true(cells_equal(&a.d, &friday));
    assert_true(cells_hash(&a.d) == cells_hash(&friday));
    solving_free(a.it);
}

static void a_day_that_differs_anywhere_is_not_equal(void **state) {
    (void)state;
    static const char *const differences[] = {
        WEEK(",'closures':[{'days':['fri'],'begin':'17:00','end':'18:00'}]"),
        WEEK(",'modulation':[{'days':['fri'],'begin':'08:00','end':'18:00',"
             "'places':8}]"),
        WEEK(",'staff':[{'days':['fri'],'category':'cat2','count':1,'begin':"
             "'08:00','end':'18:00'}]"),
        WEEK(",'staff':[{'days':['fri'],'category':'other','count':1,'begin':"
             "'08:00','end':'18:00'}]"),
        WEEK(",'sections':[{'id':'g','places':5},{'id':'p','places':5,"
             "'modulation':[{'days':['fri'],'begin':'08:00','end':'18:00',"
             "'places':4}]}]"),
        WEEK(",'sections':[{'id':'g','places':5},{'id':'p','places':5}],"
             "'merges':[{'sections':['g','p'],'days':['fri'],'begin':'08:00',"
             "'end':'18:00'}]"),
    };
    for (size_t k = 0; k < sizeof differences / sizeof differences[0]; k++) {
        cut_day a = cut(differences[k], 0);
        day_cells friday;
        assert_true(
            cells_build(&friday, &a.it->s.f, 0, 4, &a.index, a.it->mem));
        assert_false(cells_equal(&a.d, &friday));
        solving_free(a.it);
    }
}

/* The child turns 24 months on the Wednesday: another class from then on. */
static void a_birthday_makes_another_day(void **state) {
    (void)state;
    cut_day a =
        cut(TEXT_PROBLEM(
                TEXT_FRIDAY,
                JUDGED_PACK(JUDGED_RULE(
                    "r", "ratio",
                    "'rounding':'ceil_each','classes':[{'id':'y','per':4,"
                    "'below_months':24},{'id':'o','per':8}]")),
                TEXT_PLACE("s", "9", ",'packs':['p'],'ratio':{'regime':'r'}"),
                "{'id':'c','birth':'2024-09-09'}", ONE_ASK),
            1);
    day_cells monday, wednesday;
    assert_true(cells_build(&monday, &a.it->s.f, 0, 0, &a.index, a.it->mem));
    assert_true(cells_build(&wednesday, &a.it->s.f, 0, 2, &a.index, a.it->mem));
    assert_true(cells_equal(&monday, &a.d));
    assert_false(cells_equal(&a.d, &wednesday));
    assert_int_equal(a.d.visits[0].class_, 0);
    assert_int_equal(wednesday.visits[0].class_, 1);
    solving_free(a.it);
}

/* Only the columns of the structure and the day are listed. */
static void index_lists_the_visits_of_a_day(void **state) {
    (void)state;
    solving *const it = solving_text(
        TEXT_PROBLEM(
            TEXT_TUESDAY, "",
            TEXT_PLACE("s", "9", "") "," TEXT_PLACE("t", "9", ""),
            TEXT_WALKER("c", "") "," TEXT_WALKER("d", ""),
            TEXT_ASK(
                "r1", "c", "",
                TEXT_OPTION("o", "t", "09:00", "10:00", "") "," TEXT_OPTION(
                    "p", "s", "09:00", "10:00",
                    "")) "," TEXT_ASK("r2", "d", "",
                                      "{'id':'o','structure':'s','when':[{'"
                                      "days':['tue'],"
                                      "'begin':'08:00','end':'09:00'},{'days':["
                                      "'tue'],'begin':"
                                      "'10:00','end':'11:00'}]}")),
        false);
    structure_visits index;
    assert_true(cells_index(&index, &it->s.f, it->mem));
    assert_int_equal(index.start[0], 0);
    assert_int_equal(index.start[1], 1);
    assert_int_equal(index.start[2], 4);
    const visit_ref refs[] = {{1, 0}, {1, 1}, {2, 0}, {2, 1}};
    assert_memory_equal(index.refs, refs, sizeof refs);
    solving_free(it);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_cut_where_anything_changes),
        cmocka_unit_test(sections_quotas_merges_and_outings_cut),
        cmocka_unit_test(visits_cover_their_cells),
        cmocka_unit_test(limit_is_over_the_capacity_then),
        cmocka_unit_test(limit_over_nominal_places),
        cmocka_unit_test(limit_without_the_regulation_is_the_capacity),
        cmocka_unit_test(others_count_nowhere),
        cmocka_unit_test(adaptation_is_inside_its_hours_and_dates),
        cmocka_unit_test(class_follows_the_age_of_the_day),
        cmocka_unit_test(class_follows_the_first_step),
        cmocka_unit_test(equal_days_are_equal_and_hash_so),
        cmocka_unit_test(a_day_that_differs_anywhere_is_not_equal),
        cmocka_unit_test(a_birthday_makes_another_day),
        cmocka_unit_test(index_lists_the_visits_of_a_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
