// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/civil.h"

static int32_t day(int32_t year, int32_t month, int32_t of_month) {
    return civil_from_date((civil_date){year, month, of_month});
}

/* Python: (date(y, m, d) - date(1970, 1, 1)).days, weekday(), isocalendar() */
static const struct {
    civil_date date;
    int32_t civil, weekday, iso_week;
} known[] = {
    {{1900, 1, 1}, -25567, 0, 190001},  {{1970, 1, 1}, 0, 3, 197001},
    {{2000, 2, 29}, 11016, 1, 200009},  {{2012, 1, 1}, 15340, 6, 201152},
    {{2019, 12, 29}, 18259, 6, 201952}, {{2019, 12, 30}, 18260, 0, 202001},
    {{2020, 12, 31}, 18627, 3, 202053}, {{2021, 1, 1}, 18628, 4, 202053},
    {{2021, 1, 3}, 18630, 6, 202053},   {{2021, 1, 4}, 18631, 0, 202101},
    {{2022, 1, 1}, 18993, 5, 202152},   {{2022, 1, 2}, 18994, 6, 202152},
    {{2024, 12, 29}, 20086, 6, 202452}, {{2024, 12, 30}, 20087, 0, 202501},
    {{2025, 12, 29}, 20451, 0, 202601}, {{2026, 12, 31}, 20818, 3, 202653},
    {{2027, 1, 3}, 20821, 6, 202653},   {{2027, 1, 4}, 20822, 0, 202701},
    {{2100, 2, 28}, 47540, 6, 210008},  {{2100, 3, 1}, 47541, 0, 210009},
    {{2199, 12, 31}, 84005, 1, 220001},
};
enum { N_KNOWN = sizeof known / sizeof known[0] };

static void civil_from_date_known_days_agree(void **state) {
    (void)state;
    for (int32_t i = 0; i < N_KNOWN; i++)
        assert_int_equal(civil_from_date(known[i].date), known[i].civil);
}

static void civil_weekday_known_days_agree(void **state) {
    (void)state;
    for (int32_t i = 0; i < N_KNOWN; i++)
        assert_int_equal(civil_weekday(known[i].civil), known[i].weekday);
}

static void civil_iso_week_year_ends_agree(void **state) {
    (void)state;
    for (int32_t i = 0; i < N_KNOWN; i++)
        assert_int_equal(civil_iso_week(known[i].civil), known[i].iso_week);
}

static void civil_print_then_parse_every_day_returns(void **state) {
    (void)state;
    char text[CIVIL_TEXT];
    for (int32_t civil = day(1900, 1, 1); civil <= day(2199, 12, 31); civil++) {
        int32_t parsed = CIVIL_NONE;
        civil_print(civil, text);
        assert_true(civil_parse(text, &parsed));
        assert_int_equal(parsed, civil);
    }
}

static void civil_parse_not_a_date_is_refused(void **state) {
    (void)state;
    static const char *const refused[] = {
        "",           "2025-1-01",  "2025-02-29", "1900-02-29",  "2100-02-29",
        "2025-04-31", "2025-13-01", "2025-00-10", "2025-01-00",  "2025-01-32",
        "1899-12-31", "2200-01-01", "2025/01/01", " 2025-01-01", "2025-01-01 ",
        "2025-01-0x", "+025-01-01", "20250101",   "2025-01-01T", "2025--1-01",
    };
    int32_t out = 77;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        assert_false(civil_parse(refused[i], &out));
    assert_int_equal(out, 77);
}

static void civil_parse_leap_days_are_accepted(void **state) {
    (void)state;
    int32_t out = 0;
    assert_true(civil_parse("2000-02-29", &out));
    assert_int_equal(out, 11016);
    assert_true(civil_parse("2024-02-29", &out));
}

static void civil_month_is_year_times_twelve(void **state) {
    (void)state;
    assert_int_equal(civil_month(day(2025, 1, 31)), 2025 * 12);
    assert_int_equal(civil_month(day(2025, 12, 1)), 2025 * 12 + 11);
}

static void civil_week_index_changes_on_mondays(void **state) {
    (void)state;
    assert_int_equal(civil_week_index(day(1969, 12, 28)), -1);
    assert_int_equal(civil_week_index(day(1969, 12, 29)), 0);
    assert_int_equal(civil_week_index(day(1970, 1, 4)), 0);
    assert_int_equal(civil_week_index(day(1970, 1, 5)), 1);
}

static void civil_age_months_counts_completed_ones(void **state) {
    (void)state;
    const int32_t birth = day(2023, 1, 31);
    assert_int_equal(civil_age_months(birth, day(2023, 1, 31)), 0);
    assert_int_equal(civil_age_months(birth, day(2023, 2, 28)), 0);
    assert_int_equal(civil_age_months(birth, day(2023, 3, 1)), 1);
    assert_int_equal(civil_age_months(birth, day(2026, 1, 30)), 35);
    assert_int_equal(civil_age_months(birth, day(2026, 1, 31)), 36);
    assert_int_equal(civil_age_months(birth, day(2023, 1, 30)), -1);
}

static void minute_print_then_parse_returns(void **state) {
    (void)state;
    char text[MINUTE_TEXT];
    for (int32_t minute = 0; minute <= 1440; minute++) {
        int32_t parsed = -1;
        minute_print(minute, text);
        assert_true(minute_parse(text, &parsed));
        assert_int_equal(parsed, minute);
    }
}

static void minute_parse_not_a_time_is_refused(void **state) {
    (void)state;
    static const char *const refused[] = {"",       "7:30",   "24:01", "25:00",
                                          "12:60",  "12-30",  "1230",  "12:3x",
                                          "12:300", " 2:30",  "-1:30", "12:30 ",
                                          "99:99",  "07:30Z", "07h30"};
    int32_t out = 77;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        assert_false(minute_parse(refused[i], &out));
    assert_int_equal(out, 77);
}

static void civil_elapsed_march_sunday_has_23_hours(void **state) {
    (void)state;
    assert_int_equal(civil_elapsed(day(2025, 3, 30), 0, 1440), 23 * 60);
    assert_int_equal(civil_elapsed(day(2026, 3, 29), 0, 1440), 23 * 60);
    assert_int_equal(civil_elapsed(day(2027, 3, 28), 0, 1440), 23 * 60);
}

static void civil_elapsed_october_sunday_has_25_hours(void **state) {
    (void)state;
    assert_int_equal(civil_elapsed(day(2025, 10, 26), 0, 1440), 25 * 60);
    assert_int_equal(civil_elapsed(day(2026, 10, 25), 0, 1440), 25 * 60);
    assert_int_equal(civil_elapsed(day(2027, 10, 31), 0, 1440), 25 * 60);
}

static void civil_elapsed_partial_overlap_counts_its_part(void **state) {
    (void)state;
    const int32_t march = day(2025, 3, 30), october = day(2025, 10, 26);
    assert_int_equal(civil_elapsed(march, 60, 150), 60);
    assert_int_equal(civil_elapsed(march, 130, 170), 0);
    assert_int_equal(civil_elapsed(march, 180, 240), 60);
    assert_int_equal(civil_elapsed(october, 150, 200), 110);
    assert_int_equal(civil_elapsed(october, 120, 150), 30);
    assert_int_equal(civil_elapsed(october, 420, 1080), 660);
}

static void civil_elapsed_other_days_have_24_hours(void **state) {
    (void)state;
    assert_int_equal(civil_elapsed(day(2025, 3, 23), 0, 1440), 1440);
    assert_int_equal(civil_elapsed(day(2025, 3, 31), 0, 1440), 1440);
    assert_int_equal(civil_elapsed(day(2025, 10, 19), 0, 1440), 1440);
    assert_int_equal(civil_elapsed(day(2025, 8, 31), 0, 1440), 1440);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(civil_from_date_known_days_agree),
        cmocka_unit_test(civil_weekday_known_days_agree),
        cmocka_unit_test(civil_iso_week_year_ends_agree),
        cmocka_unit_test(civil_print_then_parse_every_day_returns),
        cmocka_unit_test(civil_parse_not_a_date_is_refused),
        cmocka_unit_test(civil_parse_leap_days_are_accepted),
        cmocka_unit_test(civil_month_is_year_times_twelve),
        cmocka_unit_test(civil_week_index_changes_on_mondays),
        cmocka_unit_test(civil_age_months_counts_completed_ones),
        cmocka_unit_test(minute_print_then_parse_returns),
        cmocka_unit_test(minute_parse_not_a_time_is_refused),
        cmocka_unit_test(civil_elapsed_march_sunday_has_23_hours),
        cmocka_unit_test(civil_elapsed_october_sunday_has_25_hours),
        cmocka_unit_test(civil_elapsed_partial_overlap_counts_its_part),
        cmocka_unit_test(civil_elapsed_other_days_have_24_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
