// SPDX-License-Identifier: GPL-3.0-or-later
/* What a reader says of a bad text: how many faults, which first, how worded.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "support/case.h"

#define HEAD                                                                   \
    "{'schema':'ctgsched/problem/1','id':'p',"                                 \
    "'horizon':{'first':'2026-09-07','last':'2026-09-11'},"                    \
    "'structures':[{'id':'bleuets','kind':'other','places':9,'hours':[]}]"

static int open_arena(void **state) {
    *state = arena_create(NULL, 0);
    return *state ? 0 : -1;
}

static int close_arena(void **state) {
    arena_destroy(*state);
    return 0;
}

static fault_list read_faults(arena *mem, const char *quoted, ctg_error *err) {
    fault_list faults = {.mem = mem};
    problem *p = NULL;
    io_read_problem(&p, case_text(mem, quoted), NULL, 0, NULL, &faults, err);
    problem_free(p);
    return faults;
}

/* A hundred and fifty children without a birth. */
static const char *many_children(arena *mem) {
    text out = {.mem = mem};
    text_puts(&out, HEAD ",'children':[");
    for (int i = 0; i < 150; i++)
        text_printf(&out, "%s{'id':'c%d'}", i ? "," : "", i);
    text_puts(&out, "]}");
    return out.at;
}

static void hundred_faults_are_kept_and_all_are_counted(void **state) {
    const fault_list found = read_faults(*state, many_children(*state), NULL);
    assert_int_equal(found.n, 100);
    assert_int_equal(found.n_errors, 150);
    assert_string_equal(found.at[99].pointer, "/children/99");
}

static void first_fault_of_the_text_is_the_error(void **state) {
    ctg_error err = CTG_ERROR_INIT;
    /* The pins are read last and stand first. */
    read_faults(*state, "{'pins':7,", &err);
    assert_string_equal(err.code, "E-SYNTAX");
    err = (ctg_error)CTG_ERROR_INIT;
    read_faults(*state,
                "{'pins':7,\n'schema':'ctgsched/problem/1','id':'p',"
                "'horizon':3,'structures':[]}",
                &err);
    assert_string_equal(err.pointer, "/pins");
    assert_int_equal(err.line, 1);
    assert_int_equal(err.column, 9);
    assert_int_equal(err.status, CTG_ERR_INPUT);
}

static void limit_has_a_status_of_its_own(void **state) {
    ctg_error err = CTG_ERROR_INIT;
    const char *const deep =
        arena_printf(*state, "%.*s", 65,
                     "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
                     "[[[[[[[[[[[[[[[[[");
    read_faults(*state, deep, &err);
    assert_int_equal(err.status, CTG_ERR_LIMIT);
    assert_string_equal(err.code, "E-LIMIT");
}

static void misspelt_member_is_guessed(void **state) {
    ctg_error err = CTG_ERROR_INIT;
    read_faults(*state, HEAD ",'childrens':[]}", &err);
    assert_string_equal(err.message, "there is no member \"childrens\" here. "
                                     "Maybe you mean \"children\".");
}

static void misspelt_reference_is_guessed(void **state) {
    ctg_error err = CTG_ERROR_INIT;
    read_faults(*state,
                HEAD ",'children':[{'id':'c','birth':'2025-01-01'}],"
                     "'requests':[{'id':'r','child':'c','options':[{'id':'o',"
                     "'structure':'bluets','when':[]}]}]}",
                &err);
    assert_string_equal(err.message, "there is no structure \"bluets\". Maybe "
                                     "you mean bleuets.");
}

static void text_in_a_message_is_printable_and_short(void **state) {
    ctg_error err = CTG_ERROR_INIT;
    read_faults(*state,
                HEAD ",'policy':'\\n\xC3\xA9"
                     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                     "aaaaaaaaaaaaaaaaa'}",
                &err);
    assert_string_equal(err.code, "E-VALUE");
    assert_null(strchr(err.message, '\n'));
    assert_non_null(strstr(err.message, "\"???aaaa"));
    assert_non_null(strstr(err.message, "aaa...\""));
}

/* The advice on a text that is no JSON, or not of a problem. */
static void assert_advice(arena *mem, const char *quoted, const char *code,
                          const char *advice) {
    const fault_list found = read_faults(mem, quoted, NULL);
    assert_true(found.n > 0);
    assert_string_equal(found.at[0].code, code);
    assert_string_equal(strstr(found.at[0].message, ". Maybe ") + 8, advice);
}

static void text_that_is_no_json_has_advice_of_its_own(void **state) {
    assert_advice(*state, "", "E-SYNTAX", "another one was meant.");
    assert_advice(*state, " \r\n\t", "E-SYNTAX", "another one was meant.");
    assert_advice(*state, "\xEF\xBB\xBF{}", "E-SYNTAX",
                  "save it as UTF-8 without one.");
    assert_advice(*state, "\xFF\xFE{", "E-SYNTAX", "save the file as UTF-8.");
    assert_advice(*state, "{'id':'\xE9'}", "E-SYNTAX",
                  "save the file as UTF-8.");
    assert_advice(*state, "{'id':'a\\u0000'}", "E-SYNTAX", "leave it out.");
    assert_advice(*state, "{'id':'a\tb'}", "E-SYNTAX",
                  "write it as \\n or leave it out.");
    assert_advice(*state, "{'id':NaN}", "E-SYNTAX",
                  "JSON spells it otherwise: 12, \"text\", true, null.");
    assert_advice(*state, "# id", "E-SYNTAX", "this is another kind of file.");
    assert_advice(*state, "{'id':'p'", "E-SYNTAX",
                  "the file was cut, or a bracket is left open.");
    assert_advice(*state, "{'id':'p'}}", "E-SYNTAX",
                  "a bracket closes too early, or two files were joined.");
    assert_advice(*state, "{'id' 'p'}", "E-SYNTAX",
                  "a comma, a quote or a bracket is missing before.");
    assert_advice(*state, "{'id':1e999}", "E-RANGE",
                  "there is a digit too many.");
}

static void schema_is_named_with_its_value(void **state) {
    const fault_list found =
        read_faults(*state, "{'schema':'ctgsched/plan/1'}", NULL);
    const fault_list none = read_faults(*state, "{}", NULL);
    assert_string_equal(found.at[found.n - 1].message,
                        "\"schema\" is \"ctgsched/plan/1\" and not "
                        "\"ctgsched/problem/1\". Maybe this is another kind of "
                        "file.");
    assert_string_equal(none.at[0].message,
                        "\"schema\" is not given as a text. Maybe add "
                        "\"schema\": \"ctgsched/problem/1\".");
}

static void reading_needs_neither_list_nor_error(void **state) {
    problem *p = NULL;
    assert_int_equal(
        io_read_problem(&p, case_text(*state, "{"), NULL, 0, NULL, NULL, NULL),
        CTG_ERR_INPUT);
    assert_null(p);
}

static void text_need_not_end_with_a_zero(void **state) {
    const io_text whole = case_text(*state, HEAD "}garbage");
    problem *p = NULL;
    const io_text cut = {whole.at, whole.n - strlen("garbage")};
    assert_int_equal(io_read_problem(&p, cut, NULL, 0, NULL, NULL, NULL),
                     CTG_OK);
    problem_free(p);
}

static void warnings_do_not_refuse(void **state) {
    ctg_error err = CTG_ERROR_INIT;
    const fault_list found =
        read_faults(*state,
                    HEAD ",'children':[{'id':'c','birth':'2025-01-01'}],"
                         "'requests':[{'id':'r','child':'c'}]}",
                    &err);
    assert_int_equal(err.status, CTG_OK);
    assert_int_equal(found.n_errors, 0);
    assert_int_equal(found.n_warnings, 1);
    assert_string_equal(found.at[0].code, "W-NEVER-SERVED");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hundred_faults_are_kept_and_all_are_counted),
        cmocka_unit_test(first_fault_of_the_text_is_the_error),
        cmocka_unit_test(limit_has_a_status_of_its_own),
        cmocka_unit_test(misspelt_member_is_guessed),
        cmocka_unit_test(misspelt_reference_is_guessed),
        cmocka_unit_test(text_in_a_message_is_printable_and_short),
        cmocka_unit_test(text_that_is_no_json_has_advice_of_its_own),
        cmocka_unit_test(schema_is_named_with_its_value),
        cmocka_unit_test(reading_needs_neither_list_nor_error),
        cmocka_unit_test(text_need_not_end_with_a_zero),
        cmocka_unit_test(warnings_do_not_refuse),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
