// SPDX-License-Identifier: GPL-3.0-or-later
/* The text cases of tests/cases: what is refused and why, what is warned of,
 * what is read. A case is a folder with problem.json and expect.json. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "support/case.h"

#define CASES CTG_SOURCE_DIR "/tests/cases/"

static const char *code_of(const json_t *row) {
    return json_string_value(json_object_get(row, "code"));
}

static bool row_is(const json_t *row, const fault *f) {
    return strcmp(code_of(row), f->code) == 0 &&
           strcmp(json_string_value(json_object_get(row, "pointer")),
                  f->pointer) == 0 &&
           json_integer_value(json_object_get(row, "line")) == f->line &&
           json_integer_value(json_object_get(row, "column")) == f->column;
}

static bool has_advice(const fault *f) {
    const char *const advice = strstr(f->message, "Maybe ");
    return advice && f->message[strlen(f->message) - 1] == '.' &&
           !strchr(f->message, '\n');
}

/* Prints what differs; the number of differences. */
static int compare(const char *name, const json_t *rows,
                   const fault_list *found, fault_severity severity) {
    size_t k = 0;
    int wrong = 0;
    for (int32_t i = 0; i < found->n; i++) {
        const fault *const f = &found->at[i];
        if (f->severity != severity)
            continue;
        const json_t *const row = json_array_get(rows, k++);
        if (row && row_is(row, f) && has_advice(f))
            continue;
        print_error("%s: found %s %s %d:%d %s\n", name, f->code, f->pointer,
                    (int)f->line, (int)f->column, f->message);
        wrong++;
    }
    for (; k < json_array_size(rows); k++, wrong++)
        print_error("%s: %s is missing\n", name,
                    code_of(json_array_get(rows, k)));
    return wrong;
}

static int run(const char *folder, const char *name, fault_severity severity) {
    char path[1000];
    arena *const mem = arena_create(NULL, 0);
    fault_list found = {.mem = mem};
    ctg_error err = CTG_ERROR_INIT;
    problem *p = NULL;
    snprintf(path, sizeof path, "%s%s/problem.json", folder, name);
    const io_text input = case_file(mem, path);
    snprintf(path, sizeof path, "%s%s/expect.json", folder, name);
    const io_text expected = case_file(mem, path);
    json_t *const rows = json_loadb(expected.at, expected.n, 0, NULL);
    assert_true(json_is_array(rows));
    const ctg_status status =
        io_read_problem(&p, input, NULL, 0, NULL, &found, &err);
    int wrong = compare(name, rows, &found, severity);
    if ((status == CTG_OK) != (severity == FAULT_WARNING)) {
        print_error("%s: status %d %s\n", name, (int)status, err.message);
        wrong++;
    }
    json_decref(rows);
    problem_free(p);
    arena_destroy(mem);
    return wrong;
}

static int run_all(const char *folder, fault_severity severity, int least) {
    arena *const mem = arena_create(NULL, 0);
    int n = 0, wrong = 0;
    char **const names = case_folders(mem, folder, &n);
    for (int i = 0; i < n; i++)
        wrong += run(folder, names[i], severity);
    assert_true(n >= least);
    arena_destroy(mem);
    return wrong;
}

static void every_bad_file_has_its_faults_in_place(void **state) {
    (void)state;
    assert_int_equal(run_all(CASES "invalid/", FAULT_ERROR, 80), 0);
}

static void every_doubtful_file_has_its_warnings(void **state) {
    (void)state;
    assert_int_equal(run_all(CASES "warning/", FAULT_WARNING, 12), 0);
}

static void
every_valid_file_is_read_again_from_its_canonical_form(void **state) {
    (void)state;
    arena *const mem = arena_create(NULL, 0);
    int n = 0;
    char **const names = case_folders(mem, CASES "valid", &n);
    for (int i = 0; i < n; i++) {
        ctg_error err = CTG_ERROR_INIT;
        char path[1000];
        problem *first = NULL, *again = NULL;
        snprintf(path, sizeof path, CASES "valid/%s/problem.json", names[i]);
        io_read_problem(&first, case_file(mem, path), NULL, 0, NULL, NULL,
                        &err);
        if (!first)
            fail_msg("%s: %s %s", names[i], err.pointer, err.message);
        const io_text canonical = {first->canonical, first->canonical_bytes};
        io_read_problem(&again, canonical, NULL, 0, NULL, NULL, &err);
        if (!again)
            fail_msg("%s: %s %s", names[i], err.pointer, err.message);
        assert_string_equal(first->canonical, again->canonical);
        assert_string_equal(first->digest, again->digest);
        problem_free(again);
        problem_free(first);
    }
    assert_true(n >= 5);
    arena_destroy(mem);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bad_file_has_its_faults_in_place),
        cmocka_unit_test(every_doubtful_file_has_its_warnings),
        cmocka_unit_test(
            every_valid_file_is_read_again_from_its_canonical_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
