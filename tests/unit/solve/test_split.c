// SPDX-License-Identifier: GPL-3.0-or-later
/* Parts: what joins requests and what does not, and that values and bounds of
 * the parts are those of the whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "solve/goals.h"
#include "solve/split.h"
#include "support/solving.h"
#include "support/solving_texts.h"

#define PLACES                                                                 \
    TEXT_PLACE("s", "1", "")                                                   \
    "," TEXT_PLACE("t", "1", "") "," TEXT_PLACE("u", "1", "")
#define KIDS                                                                   \
    TEXT_WALKER("ca", "")                                                      \
    "," TEXT_WALKER("cb", "") "," TEXT_WALKER("cc", "")
#define ASK(id, child, place, more)                                            \
    TEXT_ASK(id, child, ",'points':1",                                         \
             TEXT_OPTION("o", place, "09:00", "10:00", more))
#define APART                                                                  \
    ASK("a", "ca", "s", "")                                                    \
    "," ASK("b", "cb", "t", "") "," ASK("c", "cc", "u", "")

static int32_t n_parts(const char *problem) {
    solving *const it = solving_text(problem, true);
    parts found;
    assert_true(parts_find(&found, &it->s, it->mem));
    const int32_t n = found.n;
    solving_free(it);
    return n;
}

static void structures_of_their_own_are_parts(void **state) {
    (void)state;
    assert_int_equal(
        n_parts(TEXT_PROBLEM(TEXT_MONDAY, "", PLACES, KIDS, APART)), 3);
    assert_int_equal(n_parts(TEXT_PROBLEM(
                         TEXT_MONDAY, "", PLACES, KIDS,
                         ASK("a", "ca", "s", "") "," ASK(
                             "b", "cb", "s", "") "," ASK("c", "cc", "u", ""))),
                     2);
}

static void a_leg_a_child_or_siblings_join(void **state) {
    (void)state;
#define LEG                                                                    \
    TEXT_ASK("a", "ca", "",                                                    \
             "{'id':'o','structure':'s','when':[{'begin':'09:00','end':"       \
             "'10:00'},{'structure':'t','begin':'10:00','end':'11:00'}]}")
    assert_int_equal(
        n_parts(TEXT_PROBLEM(
            TEXT_MONDAY, "", PLACES, KIDS,
            LEG "," ASK("b", "cb", "t", "") "," ASK("c", "cc", "u", ""))),
        2);
    assert_int_equal(n_parts(TEXT_PROBLEM(
                         TEXT_MONDAY, "", PLACES, KIDS,
                         ASK("a", "ca", "s", "") "," ASK(
                             "b", "ca", "t", "") "," ASK("c", "cc", "u", ""))),
                     2);
    assert_int_equal(
        n_parts(TEXT_PROBLEM(TEXT_MONDAY,
                             "'siblings':[{'id':'g','requests':['a','c'],"
                             "'rule':'reward'}],",
                             PLACES, KIDS, APART)),
        2);
}

static void a_resource_joins(void **state) {
    (void)state;
#define MEAL ",'uses':[{'resource':'meal','amount':1}]"
    assert_int_equal(
        n_parts(TEXT_PROBLEM(
            TEXT_MONDAY, "'resources':[{'id':'meal','limit':1,'per':'date'}],",
            PLACES, KIDS,
            ASK("a", "ca", "s", MEAL) "," ASK("b", "cb", "t", MEAL) "," ASK(
                "c", "cc", "u", ""))),
        2);
}

/* Two crews: three parts, one without employees; whoever may work for both
 * joins them; two shifts in one place are one part. */
static void employees_join_where_they_work(void **state) {
    (void)state;
#define SHIFT(id, place)                                                       \
    "{'id':'" id "','structure':'" place                                       \
    "','segments':[{'begin':'09:00','end':'10:00'}]}"
#define CREW(first, second)                                                    \
    "'shifts':[" SHIFT("v", "s") "," SHIFT(                                    \
        "w", "t") "],'employees':[{'id':'e','structures':[" first              \
                  "]},{'id':'f','structures':[" second "]}],"
    assert_int_equal(n_parts(TEXT_PROBLEM(TEXT_MONDAY, CREW("'s'", "'t'"),
                                          PLACES, KIDS, APART)),
                     3);
    assert_int_equal(n_parts(TEXT_PROBLEM(TEXT_MONDAY, CREW("'s','t'", "'t'"),
                                          PLACES, KIDS, APART)),
                     2);
    assert_int_equal(n_parts(TEXT_PROBLEM(TEXT_MONDAY, CREW("'s'", "'s'"),
                                          PLACES, KIDS, APART)),
                     3);
}

static void guaranteed_places_and_the_policy_join_all(void **state) {
    (void)state;
#define GUARANTEED                                                             \
    JUDGED_PACK(JUDGED_RULE("g", "guaranteed", "'places_per':20,'min':1"))
#define UNDER ",'packs':['p']"
    assert_int_equal(
        n_parts(TEXT_PROBLEM(TEXT_MONDAY, GUARANTEED,
                             TEXT_PLACE("s", "1", UNDER) "," TEXT_PLACE(
                                 "t", "1", UNDER) "," TEXT_PLACE("u", "1", ""),
                             KIDS, APART)),
        2);
    assert_int_equal(n_parts(TEXT_PROBLEM(TEXT_MONDAY, "'policy':'by_points',",
                                          PLACES, KIDS, APART)),
                     1);
}

/* Over many seeds: values, bounds and proofs of the parts together are those
 * of the search over the whole. */
static void parts_add_up_to_the_whole(void **state) {
    (void)state;
    int32_t n_split = 0;
    for (uint64_t seed = 1; seed <= 800; seed++) {
        solving *const one = solving_tiny(seed, true);
        solving *const other = solving_tiny(seed, true);
        parts found;
        goals_first_plan(&one->s);
        goals_first_plan(&other->s);
        assert_true(parts_find(&found, &one->s, one->mem));
        if (found.n > 1 && one->s.has_plan) {
            const int32_t n = one->s.n_objectives;
            stage_end *const whole = ARENA_NEW(one->mem, stage_end, n);
            stage_end *const ends = ARENA_NEW(one->mem, stage_end, n);
            split_run(&one->s, &found, ends);
            goals_run(&other->s, whole);
            for (int32_t k = 0; k < n; k++) {
                assert_true(ends[k].proven && whole[k].proven);
                assert_int_equal(one->s.value[k], other->s.value[k]);
                assert_int_equal(ends[k].bound, one->s.value[k]);
            }
            n_split++;
        }
        solving_free(one);
        solving_free(other);
    }
    if (n_split < 20)
        fail_msg("only %d problems fell apart", (int)n_split);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(structures_of_their_own_are_parts),
        cmocka_unit_test(a_leg_a_child_or_siblings_join),
        cmocka_unit_test(a_resource_joins),
        cmocka_unit_test(employees_join_where_they_work),
        cmocka_unit_test(guaranteed_places_and_the_policy_join_all),
        cmocka_unit_test(parts_add_up_to_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
