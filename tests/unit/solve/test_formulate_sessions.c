// SPDX-License-Identifier: GPL-3.0-or-later
/* Rows of sessions by hand: the law of each part of a day, directors and
 * quotas, reserves, and sessions that open for enough children. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/solving.h"
#include "support/solving_texts.h"

#define PER(id, per, applies)                                                  \
    JUDGED_RULE(id, "ratio",                                                   \
                "'applies':{" applies "},'rounding':'sum_then_ceil',"          \
                "'classes':[{'id':'all','per':" per "}]")
#define RULES                                                                  \
    PER("short", "3", "'setting':'peri','up_to_minutes':300")                  \
    "," PER("long", "2", "'setting':'peri','above_minutes':300")
#define PLACE(sessions, staff, more)                                           \
    "{'id':'s','kind':'other','places':9,'packs':['p'],'sessions':[" sessions  \
    "],'staff':[" staff "]" more "}"
#define SESSION(id, kind, begin, end, more)                                    \
    "{'id':'" id "','kind':'" kind "','when':[{'begin':'" begin                \
    "','end':'" end "'}]" more "}"
#define KIDS                                                                   \
    TEXT_WALKER("ca", ",'place_weight':2000")                                  \
    "," TEXT_WALKER("cb", "") "," TEXT_WALKER("cc", "") "," TEXT_WALKER("cd",  \
                                                                        "")
#define ASK(id, begin, end, more)                                              \
    TEXT_ASK(id, "c" id, more, TEXT_OPTION("o", "s", begin, end, ""))
#define FOUR(begin, end)                                                       \
    ASK("a", begin, end, "")                                                   \
    "," ASK("b", begin, end, "") "," ASK("c", begin, end, "") "," ASK(         \
        "d", begin, end, ",'kind':'occasional'")
#define DAY(rules, place, requests)                                            \
    TEXT_PROBLEM(TEXT_MONDAY, JUDGED_PACK(rules), place, KIDS, requests)
#define TEAM(category, count) TEXT_TEAM(category, count, "08:00", "18:00", "")

/* 08:00-14:00 is a long stay, 16:00-18:00 a short one: one person has two, then
 * three children. */
static void each_part_of_the_day_has_its_ratio(void **state) {
    (void)state;
    solving *const it = solving_text(
        DAY(RULES,
            PLACE(SESSION("m", "matin", "08:00", "14:00",
                          "") "," SESSION("t", "soir", "16:00", "18:00", ""),
                  TEAM("cat1", "1"),
                  ",'hours':[{'begin':'08:00','end':"
                  "'18:00'}]"),
            ASK("a", "13:00", "17:00",
                "") "," ASK("b", "13:00", "17:00",
                            "") "," ASK("c", "13:00", "17:00",
                                        "") "," ASK("d", "16:30", "17:00", "")),
        false);
    assert_string_equal(
        solving_rows(it, "ratio"),
        "ratio_s_0_0780: 1 x_a_0 + 1 x_b_0 + 1 x_c_0 <= 2\n"
        "ratio_s_0_0990: 1 x_a_0 + 1 x_b_0 + 1 x_c_0 + 1 x_d_0 <= 3\n");
    solving_free(it);
}

/* A director counts for up to three children: four may need two persons, and
 * are a crowd for which one is left. */
static void a_director_leaves_a_crowd(void **state) {
    (void)state;
    solving *const it = solving_text(
        DAY(RULES "," JUDGED_RULE("d", "director", "'max_minors':3"),
            PLACE(SESSION("m", "matin", "08:00", "14:00", ""),
                  TEAM("cat1", "1") "," TEAM("director", "1"), ""),
            FOUR("09:00", "10:00")),
        false);
    assert_string_equal(
        solving_rows(it, "crowd"),
        "crowd_s_0_0540_2: 1 x_a_0 + 1 x_b_0 + 1 x_c_0 + 1 x_d_0 - 1 crowd_5 "
        "<= 3\n");
    assert_string_equal(solving_rows(it, "ratio"),
                        "ratio_s_0_0540_3: 1 staff_s_0_0540_4 + 1 crowd_5 <= "
                        "2\n");
    solving_free(it);
}

/* One qualified and three others are four; half of those required must be
 * qualified, so two are usable: for four children, and five ask. */
static void a_quota_limits_the_staff(void **state) {
    (void)state;
#define QUOTA                                                                  \
    JUDGED_RULE("q", "quota",                                                  \
                "'qualified_min_pct':50,'unqualified_max_pct':50,"             \
                "'small_from':0,'small_to':0,'small_unqualified':0")
    solving *const it = solving_text(
        TEXT_PROBLEM(TEXT_MONDAY, JUDGED_PACK(RULES "," QUOTA),
                     PLACE(SESSION("m", "matin", "08:00", "14:00", ""),
                           TEAM("qualified", "1") "," TEAM("unqualified", "3"),
                           ""),
                     KIDS "," TEXT_WALKER("ce", ""),
                     FOUR("09:00", "10:00") "," ASK("e", "09:00", "10:00", "")),
        false);
    assert_string_equal(solving_rows(it, "ratio"),
                        "ratio_s_0_0540: 1 x_a_0 + 1 x_b_0 + 1 x_c_0 + 1 x_d_0 "
                        "+ 1 x_e_0 <= 4\n");
    solving_free(it);
}

/* Of nine places eight are kept from ten to eleven, for d. */
static void a_reserve_binds_the_regular(void **state) {
    (void)state;
    solving *const it = solving_text(
        DAY(RULES,
            PLACE(SESSION("m", "clas", "08:00", "14:00", ""), "",
                  ",'reserve':[{'begin':'10:00','end':'11:00','places':8}]"),
            FOUR("09:00", "12:00")),
        false);
    assert_string_equal(solving_rows(it, "reserve"),
                        "reserve_s_0_0600: 2 x_a_0 + 1 x_b_0 + 1 x_c_0 <= 1\n");
    solving_free(it);
}

static void a_session_opens_for_three(void **state) {
    (void)state;
    solving *const it = solving_text(
        DAY(RULES,
            PLACE(SESSION("m", "clas", "08:00", "14:00", ",'min_children':3"),
                  "", ""),
            FOUR("09:00", "10:00")),
        false);
    assert_int_equal(solving_n_rows(it, "opens"), 4);
    assert_string_equal(solving_rows(it, "enough"),
                        "enough_s_m_0: - 1 x_a_0 - 1 x_b_0 - 1 x_c_0 - 1 x_d_0 "
                        "+ 3 opens_s_m_0 <= 0\n");
    solving_free(it);
}

/* Nobody can be put in alone: the first plan opens it with three, and the
 * fourth follows. */
static void the_first_plan_opens_it(void **state) {
    (void)state;
    solving *const it = solving_text(
        DAY(RULES,
            PLACE(SESSION("m", "clas", "08:00", "14:00", ",'min_children':3"),
                  "", ""),
            FOUR("09:00", "10:00")),
        true);
    construct_first(&it->s);
    assert_true(it->s.has_plan);
    assert_int_equal(it->s.n_cols, 4);
    solving_free(it);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_part_of_the_day_has_its_ratio),
        cmocka_unit_test(a_director_leaves_a_crowd),
        cmocka_unit_test(a_quota_limits_the_staff),
        cmocka_unit_test(a_reserve_binds_the_regular),
        cmocka_unit_test(a_session_opens_for_three),
        cmocka_unit_test(the_first_plan_opens_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
