// SPDX-License-Identifier: GPL-3.0-or-later
/* The judgement as a whole: order, memory, and that it changes nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "support/judged.h"

/* Breaks hours, age, places, section, pin and siblings, is short of b's
 * skill, waits with a mandatory request, envies and uses a resource. */
static const char town[] =
    "{'schema':'ctgsched/problem/1','id':'t','policy':'by_points','horizon':{"
    "'first':'2026-09-07','last':'2026-09-11'},'needs':[{'id':'pai','skill':"
    "'nurse','equipped':false}],'resources':[{'id':'m','limit':1,'per':"
    "'week'}],'structures':[{'id':'s','kind':'other','places':2,'hours':[{"
    "'begin':'08:00','end':'18:00'}],'sections':[{'id':'g','places':1,"
    "'from_months':24},{'id':'p','places':9}]}],"
    "'children':[{'id':'c1','birth':'2024-01-15'},{'id':'c2','birth':"
    "'2026-01-15','needs':['pai']},{'id':'c3','birth':'2024-01-15'},{'id':"
    "'c4','birth':'2024-01-15'}],"
    "'pins':[{'request':'d','waiting':true}],"
    "'siblings':[{'id':'f','requests':['a','e'],'rule':'together'}],"
    "'requests':["
    "{'id':'a','child':'c1','points':4,'options':[{'id':'o','structure':'s',"
    "'section':'g','uses':[{'resource':'m','amount':1}],'when':[{'begin':"
    "'07:00','end':'12:00'}]}]},"
    "{'id':'b','child':'c2','held':{'structure':'s','section':'p','when':[{"
    "'begin':'09:00','end':'12:00'}]}},"
    "{'id':'d','child':'c3','points':1,'options':[{'id':'o','structure':'s',"
    "'section':'g','when':[{'begin':'08:00','end':'12:00'}]}]},"
    "{'id':'e','child':'c4','points':9,'mandatory':true,'options':[{'id':'o',"
    "'structure':'s','section':'g','when':[{'begin':'08:00','end':'12:00'}]}]"
    "}]}";

static const char broken[] =
    "{'schema':'ctgsched/plan/1','placements':[{'request':'a','option':'o'},"
    "{'request':'b','option':'held'},{'request':'d','option':'o'}],'coverage':"
    "[],'waiting':[],'envy':[]}";
/* Accepted: only b is there, so that envy is judged. */
static const char kept[] =
    "{'schema':'ctgsched/plan/1','placements':[{'request':'b','option':"
    "'held'}]}";

static void check_breaches_come_in_the_order_of_rules(void **state) {
    (void)state;
    judged *const j = judged_texts(town, broken, CHECK_ALL);
    assert_true(j->v.n_breaches > 5);
    for (int32_t i = 1; i < j->v.n_breaches; i++)
        assert_true(j->v.breaches[i - 1].at.rule <= j->v.breaches[i].at.rule);
    for (int32_t i = 0; i < j->v.n_breaches; i++)
        assert_non_null(j->v.breaches[i].message);
    judged_free(j);
}

static void check_depth_rules_ignores_what_is_stated(void **state) {
    (void)state;
    judged *const j = judged_texts(town, kept, CHECK_RULES);
    assert_true(j->v.accepted);
    assert_string_equal(judged_shortages(j),
                        "skill s skill=nurse 2026-09-07 09:00-12:00 x1\n"
                        "skill s skill=nurse 2026-09-08 09:00-12:00 x1\n"
                        "skill s skill=nurse 2026-09-09 09:00-12:00 x1\n"
                        "skill s skill=nurse 2026-09-10 09:00-12:00 x1\n"
                        "skill s skill=nurse 2026-09-11 09:00-12:00 x1\n"
                        "served request=e x1\n");
    judged_free(j);
}

static void check_twice_gives_the_same(void **state) {
    (void)state;
    judged *const j = judged_texts(town, broken, CHECK_ALL);
    ctg_error err = CTG_ERROR_INIT;
    verdict again;
    assert_int_equal(
        check_plan(&again, j->prob, j->plan, CHECK_ALL, j->mem, &err), CTG_OK);
    assert_int_equal(again.n_breaches, j->v.n_breaches);
    for (int32_t i = 0; i < again.n_breaches; i++)
        assert_string_equal(again.breaches[i].message,
                            j->v.breaches[i].message);
    judged_free(j);
}

typedef struct failing {
    int64_t left; /* allocations that still succeed */
    int64_t held; /* blocks not yet released */
} failing;

static void *fail_later(void *user, size_t bytes) {
    failing *const f = user;
    if (f->left-- <= 0)
        return NULL;
    void *const block = malloc(bytes);
    f->held += block != NULL;
    return block;
}

static void release(void *user, void *block, size_t bytes) {
    (void)bytes;
    ((failing *)user)->held -= block != NULL;
    free(block);
}

/* Judges with `left` allocations; true when they were enough. */
static bool judge_with(const judged *j, int64_t left) {
    failing f = {.left = left};
    const ctg_allocator allocator = {fail_later, release, &f};
    ctg_error err = CTG_ERROR_INIT;
    verdict v;
    arena *const mem = arena_create(&allocator, 0);
    ctg_status status = CTG_ERR_NOMEM;
    if (mem) {
        status = check_plan(&v, j->prob, j->plan, CHECK_ALL, mem, &err);
        if (status != CTG_OK)
            assert_int_equal(err.status, CTG_ERR_NOMEM);
        else
            assert_int_equal(v.n_breaches, j->v.n_breaches);
    }
    arena_destroy(mem);
    assert_int_equal(f.held, 0);
    assert_true(status == CTG_OK || status == CTG_ERR_NOMEM);
    return status == CTG_OK;
}

static void fail_each_allocation(const char *plan_text) {
    judged *const j = judged_texts(town, plan_text, CHECK_ALL);
    int64_t left = 0;
    while (!judge_with(j, left)) {
        left++;
        assert_true(left < 10000);
    }
    assert_true(left > 1);
    judged_free(j);
}

static void check_without_memory_says_so(void **state) {
    (void)state;
    fail_each_allocation(broken);
    fail_each_allocation(kept);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check_breaches_come_in_the_order_of_rules),
        cmocka_unit_test(check_depth_rules_ignores_what_is_stated),
        cmocka_unit_test(check_twice_gives_the_same),
        cmocka_unit_test(check_without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
