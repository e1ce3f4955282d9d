// SPDX-License-Identifier: GPL-3.0-or-later
/* Options: defaults, units, bounds and names, from the table's one door. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <ctgsched.h>

static ctg_options fresh(void) {
    ctg_options made;
    assert_int_equal(ctg_options_init(&made, sizeof made), CTG_OK);
    return made;
}

static void refuses(const char *name, const char *value) {
    ctg_options options = fresh();
    ctg_options before;
    ctg_error err = CTG_ERROR_INIT;
    memcpy(&before, &options, sizeof before);
    assert_int_equal(ctg_options_set(&options, name, value, &err),
                     CTG_ERR_USAGE);
    assert_string_equal(err.code, "E-OPTION");
    assert_memory_equal(&before, &options, sizeof before);
}

static void init_gives_defaults_without_limits(void **state) {
    (void)state;
    const ctg_options options = fresh();
    assert_true(options.gap == 0);
    assert_true(options.time_limit == 0);
    assert_true(options.work_limit == 0);
    assert_true(options.memory_limit == 0);
    assert_int_equal(options.threads, 1);
    assert_int_equal(options.prove_ties, 0);
    assert_null(options.on_event);
}

static void init_refuses_a_size_too_small(void **state) {
    (void)state;
    ctg_options options;
    assert_int_equal(ctg_options_init(&options, sizeof options - 1),
                     CTG_ERR_USAGE);
    assert_int_equal(ctg_options_init(NULL, sizeof options), CTG_ERR_USAGE);
}

static void set_duration_takes_units(void **state) {
    (void)state;
    ctg_options options = fresh();
    assert_int_equal(ctg_options_set(&options, "time_limit", "90s", NULL), 0);
    assert_true(options.time_limit == 90);
    assert_int_equal(ctg_options_set(&options, "time_limit", "5min", NULL), 0);
    assert_true(options.time_limit == 300);
    assert_int_equal(ctg_options_set(&options, "time_limit", "2h", NULL), 0);
    assert_true(options.time_limit == 7200);
    assert_int_equal(ctg_options_set(&options, "time_limit", "0.5", NULL), 0);
    assert_true(options.time_limit == 0.5);
    assert_int_equal(ctg_options_set(&options, "time_limit", "250ms", NULL), 0);
    assert_true(options.time_limit == 0.25);
}

static void set_count_takes_powers_of_thousand(void **state) {
    (void)state;
    ctg_options options = fresh();
    assert_int_equal(ctg_options_set(&options, "work_limit", "200k", NULL), 0);
    assert_true(options.work_limit == 200000);
    assert_int_equal(ctg_options_set(&options, "work_limit", "1.5M", NULL), 0);
    assert_true(options.work_limit == 1500000);
}

static void set_bytes_takes_powers_of_1024(void **state) {
    (void)state;
    ctg_options options = fresh();
    assert_int_equal(ctg_options_set(&options, "memory_limit", "256M", NULL),
                     0);
    assert_true(options.memory_limit == 268435456u);
    assert_int_equal(ctg_options_set(&options, "memory_limit", "2GiB", NULL),
                     0);
    assert_true(options.memory_limit == 2147483648u);
}

static void set_real_is_exact_and_knows_exponents(void **state) {
    (void)state;
    ctg_options options = fresh();
    assert_int_equal(ctg_options_set(&options, "gap", "0.001", NULL), 0);
    assert_true(options.gap == 0.001);
    assert_int_equal(ctg_options_set(&options, "gap", "1e-4", NULL), 0);
    assert_true(options.gap == 1e-4);
    assert_int_equal(ctg_options_set(&options, "gap", "5%", NULL), 0);
    assert_true(options.gap == 0.05);
}

static void set_flag_takes_words(void **state) {
    (void)state;
    ctg_options options = fresh();
    assert_int_equal(ctg_options_set(&options, "prove_ties", "yes", NULL), 0);
    assert_int_equal(options.prove_ties, 1);
    assert_int_equal(ctg_options_set(&options, "prove_ties", "off", NULL), 0);
    assert_int_equal(options.prove_ties, 0);
}

static void set_name_with_dashes_is_the_flag(void **state) {
    (void)state;
    ctg_options options = fresh();
    assert_int_equal(ctg_options_set(&options, "time-limit", "3", NULL), 0);
    assert_true(options.time_limit == 3);
}

static void set_malformed_or_out_of_bounds_is_refused(void **state) {
    (void)state;
    refuses("gap", "1.5");
    refuses("gap", "-0.1");
    refuses("gap", "nan");
    refuses("gap", "");
    refuses("gap", ".");
    refuses("time_limit", "5 min");
    refuses("time_limit", "5x");
    refuses("time_limit", "1e99");
    refuses("work_limit", "1.5");
    refuses("work_limit", "99999999999999999999");
    refuses("memory_limit", "9999T");
    refuses("work_limit", "-1");
    refuses("max_changes", "-2");
    refuses("max_changes", "--1");
    refuses("threads", "0");
    refuses("threads", "3");
    refuses("prove_ties", "maybe");
}

static void set_unknown_name_suggests_the_nearest(void **state) {
    (void)state;
    ctg_options options = fresh();
    ctg_error err = CTG_ERROR_INIT;
    assert_int_equal(ctg_options_set(&options, "time_limmit", "1", &err),
                     CTG_ERR_USAGE);
    assert_non_null(strstr(err.message, "Maybe \"time_limit\""));
}

static void choices_are_words(void **state) {
    (void)state;
    ctg_options options = fresh();
    assert_int_equal(options.decide, CTG_DECIDE_JOINT);
    assert_int_equal(ctg_options_set(&options, "decide", "agents", NULL), 0);
    assert_int_equal(options.decide, CTG_DECIDE_AGENTS);
    assert_int_equal(
        ctg_options_set(&options, "decide", "children-then-agents", NULL), 0);
    assert_int_equal(options.decide, CTG_DECIDE_CHILDREN_THEN_AGENTS);
    refuses("decide", "agent");
    refuses("decide", "agents|joint");
    refuses("decide", "");
    refuses("decide", "1");
}

static void set_misuse_is_refused(void **state) {
    (void)state;
    ctg_options options = fresh();
    assert_int_equal(ctg_options_set(NULL, "gap", "0", NULL), CTG_ERR_USAGE);
    assert_int_equal(ctg_options_set(&options, NULL, "0", NULL), CTG_ERR_USAGE);
    assert_int_equal(ctg_options_set(&options, "gap", NULL, NULL),
                     CTG_ERR_USAGE);
}

static void about_lists_rows_whose_defaults_are_in_force(void **state) {
    (void)state;
    ctg_option_info info;
    int n = 0;
    const ctg_options untouched = fresh();
    for (; ctg_options_about(&info, n); n++) {
        ctg_options options = fresh();
        assert_int_equal(
            ctg_options_set(&options, info.name, info.default_text, NULL),
            CTG_OK);
        assert_memory_equal(&options, &untouched, sizeof options);
        assert_true(strlen(info.help) > 10);
    }
    assert_int_equal(n, 8);
    assert_int_equal(ctg_options_about(&info, -1), 0);
    assert_int_equal(ctg_options_about(NULL, 0), 0);
}

static void configure_takes_options_from_a_newer_header(void **state) {
    (void)state;
    struct {
        ctg_options known;
        int64_t unknown;
    } newer;
    ctg_solver *solver = NULL;
    ctg_error err = CTG_ERROR_INIT;
    assert_int_equal(ctg_solver_create(&solver, NULL, &err), CTG_OK);
    assert_int_equal(ctg_options_init(&newer.known, sizeof newer), CTG_OK);
    assert_int_equal(ctg_solver_configure(solver, &newer.known, &err), CTG_OK);
    newer.unknown = 1;
    assert_int_equal(ctg_solver_configure(solver, &newer.known, &err),
                     CTG_ERR_USAGE);
    ctg_solver_free(solver);
}

static void configure_refuses_values_out_of_bounds(void **state) {
    (void)state;
    ctg_solver *solver = NULL;
    ctg_options options = fresh();
    ctg_error err = CTG_ERROR_INIT;
    assert_int_equal(ctg_solver_create(&solver, NULL, NULL), CTG_OK);
    options.threads = 7;
    assert_int_equal(ctg_solver_configure(solver, &options, &err),
                     CTG_ERR_USAGE);
    assert_non_null(strstr(err.message, "threads"));
    options = fresh();
    options.gap = 0.0 / 0.0;
    assert_int_equal(ctg_solver_configure(solver, &options, NULL),
                     CTG_ERR_USAGE);
    options = fresh();
    options.struct_size = 3;
    assert_int_equal(ctg_solver_configure(solver, &options, NULL),
                     CTG_ERR_USAGE);
    ctg_solver_free(solver);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(init_gives_defaults_without_limits),
        cmocka_unit_test(init_refuses_a_size_too_small),
        cmocka_unit_test(set_duration_takes_units),
        cmocka_unit_test(set_count_takes_powers_of_thousand),
        cmocka_unit_test(set_bytes_takes_powers_of_1024),
        cmocka_unit_test(set_real_is_exact_and_knows_exponents),
        cmocka_unit_test(set_flag_takes_words),
        cmocka_unit_test(set_name_with_dashes_is_the_flag),
        cmocka_unit_test(set_malformed_or_out_of_bounds_is_refused),
        cmocka_unit_test(set_unknown_name_suggests_the_nearest),
        cmocka_unit_test(choices_are_words),
        cmocka_unit_test(set_misuse_is_refused),
        cmocka_unit_test(about_lists_rows_whose_defaults_are_in_force),
        cmocka_unit_test(configure_takes_options_from_a_newer_header),
        cmocka_unit_test(configure_refuses_values_out_of_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
