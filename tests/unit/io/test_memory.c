// SPDX-License-Identifier: GPL-3.0-or-later
/* Every allocation fails once, in reading and in writing: the answer is
 * CTG_ERR_NOMEM and nothing is kept. Jansson has its own malloc, which an
 * allocator of ours does not reach (json_set_alloc_funcs is global state);
 * those allocations do not fail here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/case.h"

typedef struct meter {
    int64_t calls, fails_at; /* 0: never */
    int64_t bytes;           /* held now */
} meter;

static void *metered_allocate(void *user, size_t bytes) {
    meter *const m = user;
    if (++m->calls == m->fails_at)
        return NULL;
    m->bytes += (int64_t)bytes;
    return malloc(bytes);
}

static void metered_release(void *user, void *block, size_t bytes) {
    meter *const m = user;
    m->bytes -= (int64_t)bytes;
    free(block);
}

static ctg_allocator allocator_of(meter *m) {
    return (ctg_allocator){metered_allocate, metered_release, m};
}

/* Reads with the n-th allocation failing until none fails any more; how often
 * one did. */
static int64_t fail_reading(io_text input) {
    for (int64_t n = 1;; n++) {
        meter m = {.fails_at = n};
        const ctg_allocator from = allocator_of(&m);
        ctg_error err = CTG_ERROR_INIT;
        problem *p = NULL;
        const ctg_status status =
            io_read_problem(&p, input, NULL, 0, &from, NULL, &err);
        problem_free(p);
        assert_int_equal(m.bytes, 0);
        if (m.calls < n) {
            assert_int_equal(status, CTG_OK);
            return n - 1;
        }
        assert_int_equal(status, CTG_ERR_NOMEM);
        assert_string_equal(err.code, "E-NOMEM");
        assert_null(p);
    }
}

static void reading_a_problem_survives_each_failure(void **state) {
    (void)state;
    arena *const mem = arena_create(NULL, 0);
    int n = 0;
    int64_t failures = 0;
    char **const names =
        case_folders(mem, CTG_SOURCE_DIR "/tests/cases/valid", &n);
    for (int i = 0; i < n; i++) {
        const char *const path =
            arena_printf(mem, "%s/tests/cases/valid/%s/problem.json",
                         CTG_SOURCE_DIR, names[i]);
        failures += fail_reading(case_file(mem, path));
    }
    assert_true(failures >= 50);
    arena_destroy(mem);
}

/* A bad file with many faults: what they say needs memory, too. */
static void listing_faults_survives_each_failure(void **state) {
    (void)state;
    arena *const mem = arena_create(NULL, 0);
    const io_text input =
        case_file(mem, CTG_SOURCE_DIR "/tests/cases/invalid/many/problem.json");
    for (int64_t n = 1;; n++) {
        meter m = {.fails_at = n};
        const ctg_allocator from = allocator_of(&m);
        arena *const own = arena_create(&from, 0);
        fault_list faults = {.mem = own};
        ctg_error err = CTG_ERROR_INIT;
        problem *p = NULL;
        const ctg_status status =
            own ? io_read_problem(&p, input, NULL, 0, &from, &faults, &err)
                : CTG_ERR_NOMEM;
        const bool never_failed = m.calls < n;
        assert_null(p);
        assert_int_equal(status, never_failed ? CTG_ERR_INPUT : CTG_ERR_NOMEM);
        arena_destroy(own);
        assert_int_equal(m.bytes, 0);
        if (never_failed)
            break;
    }
    arena_destroy(mem);
}

static const char town[] =
    "{'schema':'ctgsched/problem/1','id':'p',"
    "'horizon':{'first':'2026-09-07','last':'2026-09-11'},"
    "'structures':[{'id':'s','kind':'other','places':10,"
    "'hours':[{'begin':'08:00','end':'18:00'}]}],"
    "'children':[{'id':'c','birth':'2025-01-15'}],"
    "'requests':[{'id':'r','child':'c','options':[{'id':'o','structure':'s',"
    "'when':[{'begin':'09:00','end':'17:00'}]}]}]}";
static const char served[] =
    "{'schema':'ctgsched/plan/1','placements':[{'request':'r','option':'o'}],"
    "'shortages':[{'kind':'week','rule':'week','structure':'s',"
    "'week':'2026-W37','size':1}],'waiting':[],'envy':[],"
    "'coverage':[{'structure':'s','date':'2026-09-07','intervals':[]}]}";

/* Reads and writes the plan in an arena of the meter. */
static ctg_status copy_plan(const problem *p, io_text input, meter *m) {
    const ctg_allocator from = allocator_of(m);
    arena *const own = arena_create(&from, 0);
    text out = {.mem = own};
    plan *one = NULL;
    ctg_status status =
        own ? io_read_plan(&one, p, input, NULL, own, NULL) : CTG_ERR_NOMEM;
    if (status == CTG_OK)
        status = io_write_plan(&out, p, one, NULL);
    arena_destroy(own);
    return status;
}

static void copying_a_plan_survives_each_failure(void **state) {
    (void)state;
    arena *const mem = arena_create(NULL, 0);
    problem *const p = case_problem(mem, town);
    const io_text input = case_text(mem, served);
    int64_t n = 1;
    for (;; n++) {
        meter m = {.fails_at = n};
        const ctg_status status = copy_plan(p, input, &m);
        assert_int_equal(m.bytes, 0);
        assert_int_equal(status, m.calls < n ? CTG_OK : CTG_ERR_NOMEM);
        if (m.calls < n)
            break;
    }
    assert_true(n >= 5);
    problem_free(p);
    arena_destroy(mem);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_a_problem_survives_each_failure),
        cmocka_unit_test(listing_faults_survives_each_failure),
        cmocka_unit_test(copying_a_plan_survives_each_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
