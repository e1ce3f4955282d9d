// SPDX-License-Identifier: GPL-3.0-or-later
/* One digest for files that say the same (format.md 10). */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "support/case.h"

#define HEAD                                                                   \
    "{'schema':'ctgsched/problem/1','id':'p',"                                 \
    "'horizon':{'first':'2026-09-07','last':'2026-09-11'},"
#define CHILDREN "'children':[{'id':'c','birth':'2025-01-15'}]"

static const char plain[] =
    HEAD "'structures':[{'id':'a','kind':'other','places':1,'hours':"
         "[{'begin':'08:00','end':'18:00'}]},"
         "{'id':'b','kind':'other','places':2,'hours':[]}]," CHILDREN "}";

static int open_arena(void **state) {
    *state = arena_create(NULL, 0);
    return *state ? 0 : -1;
}

static int close_arena(void **state) {
    arena_destroy(*state);
    return 0;
}

static const char *digest(arena *mem, const char *quoted) {
    problem *const p = case_problem(mem, quoted);
    const char *const out = arena_strdup(mem, p->digest);
    problem_free(p);
    return out;
}

static void canonical_form_has_the_members_in_order(void **state) {
    problem *const p = case_problem(
        *state,
        "{'structures':[{'hours':[],'places':0,'id':'s',"
        "'kind':'other'}],'horizon':{'last':'2026-09-07',"
        "'first':'2026-09-07'},'id':'p','schema':'ctgsched/problem/1'}");
    const io_text expected = case_text(
        *state,
        "{'schema':'ctgsched/problem/1','id':'p','time_zone':'Europe/Paris',"
        "'horizon':{'first':'2026-09-07','last':'2026-09-07','weekdays':"
        "['mon','tue','wed','thu','fri'],'except':[],'week_a':'2026-09-07'},"
        "'rules':[],'parameters':{'walk_proxy_months':15,'seed':'0'},"
        "'structures':[{'id':'s','kind':'other','packs':[],"
        "'manager':'commune','places':0,'units':[0],'hours':[],"
        "'exceptions':[],'closures':[],'modulation':[],'reductions':[],"
        "'over_capacity':false,'sections':[],'shared':[],'merges':[],"
        "'ratio':null,'staff':[],'outings':[],'offers':[],'floors':{}}],"
        "'needs':[],'resources':[],'derogations':[],'points_grids':[],"
        "'children':[],'requests':[],'siblings':[],'pins':[],"
        "'policy':'most_points','goals':{'mode':'lexicographic','order':"
        "['points','requests','hours','satisfaction','tie']},"
        "'prices':{'place_minute':10,'person_minute':10,'week_minute':1,"
        "'mix_minute':1,'request':1000000,'guaranteed':100000}}");
    assert_string_equal(p->canonical, expected.at);
    problem_free(p);
}

static void digest_forgets_the_order_of_sets_and_members(void **state) {
    const char *const shuffled = HEAD CHILDREN
        ",'structures':[{'places':2,'id':'b','kind':'other','hours':[]},"
        "{'hours':[{'end':'18:00','begin':'08:00'}],'id':'a','kind':'other',"
        "'places':1}]}";
    assert_string_equal(digest(*state, plain), digest(*state, shuffled));
}

static void digest_forgets_white_space_and_escapes(void **state) {
    const char *const spaced =
        HEAD "\n 'structures' : [ {'id':'\\u0061','kind':'other','places':1,"
             "'hours':[{'begin':'08:00','end':'18:00'}]},\t"
             "{'id':'b','kind':'other','places':2,'hours':[]}]," CHILDREN "}";
    assert_string_equal(digest(*state, plain), digest(*state, spaced));
}

static void digest_forgets_defaults_that_are_written_out(void **state) {
    const char *const spelt = HEAD
        "'needs':[],'policy':'most_points',"
        "'structures':[{'id':'a','kind':'other','packs':[],'places':1,"
        "'units':[1],'ratio':null,'hours':[{'days':['fri','mon','tue','wed',"
        "'thu'],'first':'2026-09-07','begin':'08:00','end':'18:00'}]},"
        "{'id':'b','kind':'other','places':2,'hours':[]}]," CHILDREN "}";
    assert_string_equal(digest(*state, plain), digest(*state, spelt));
}

static void digest_remembers_what_differs(void **state) {
    const char *const other =
        HEAD "'structures':[{'id':'a','kind':'other','places':1,'hours':"
             "[{'begin':'08:00','end':'18:00'}]},"
             "{'id':'b','kind':'other','places':3,'hours':[]}]," CHILDREN "}";
    assert_string_not_equal(digest(*state, plain), digest(*state, other));
}

static void problem_is_written_in_its_canonical_form(void **state) {
    problem *const p = case_problem(*state, plain);
    text out = {.mem = *state};
    assert_int_equal(io_write_problem(&out, p, NULL), CTG_OK);
    assert_string_equal(out.at, p->canonical);
    problem_free(p);
}

static void strings_are_escaped_as_json_asks(void **state) {
    text out = {.mem = *state};
    io_put_string(&out, "a\"\\\n\x01\xC3\xA9/");
    assert_string_equal(out.at, "\"a\\\"\\\\\\n\\u0001\xC3\xA9/\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(canonical_form_has_the_members_in_order),
        cmocka_unit_test(digest_forgets_the_order_of_sets_and_members),
        cmocka_unit_test(digest_forgets_white_space_and_escapes),
        cmocka_unit_test(digest_forgets_defaults_that_are_written_out),
        cmocka_unit_test(digest_remembers_what_differs),
        cmocka_unit_test(problem_is_written_in_its_canonical_form),
        cmocka_unit_test(strings_are_escaped_as_json_asks),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
