// SPDX-License-Identifier: GPL-3.0-or-later
/* Day counts by 400-year eras that begin on 1 March, so that the leap day is
 * the last day of its year. Time zones other than the two days on which the
 * clocks of Europe/Paris change are nobody's business here. */
#include "base/civil.h"

#include <assert.h>
#include <string.h>

enum { DAYS_PER_ERA = 146097, EPOCH_FROM_ERA = 719468 };
enum { YEAR_MIN = 1900, YEAR_MAX = 2199 };
enum { CHANGE_BEGIN = 120, CHANGE_END = 180, DAY_END = 1440 };

static const int8_t days_of_month[12] = {31, 28, 31, 30, 31, 30,
                                         31, 31, 30, 31, 30, 31};

static int32_t floor_by(int32_t a, int32_t b) { return a / b - (a % b < 0); }

static bool is_leap(int32_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int32_t month_days(int32_t year, int32_t month) {
    return days_of_month[month - 1] + (month == 2 && is_leap(year));
}

int32_t civil_from_date(civil_date date) {
    assert(date.month >= 1 && date.month <= 12);
    assert(date.day >= 1 && date.day <= 31);
    const int32_t year = date.year - (date.month <= 2);
    const int32_t era = floor_by(year, 400);
    const int32_t year_of_era = year - era * 400;
    const int32_t month_from_march = (date.month + 9) % 12;
    const int32_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    const int32_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - EPOCH_FROM_ERA;
}

civil_date civil_to_date(int32_t civil) {
    assert(civil != CIVIL_NONE);
    const int32_t days = civil + EPOCH_FROM_ERA;
    const int32_t era = floor_by(days, DAYS_PER_ERA);
    const int32_t day_of_era = days - era * DAYS_PER_ERA;
    const int32_t year_of_era = (day_of_era - day_of_era / 1460 +
                                 day_of_era / 36524 - day_of_era / 146096) /
                                365;
    const int32_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int32_t month_from_march = (5 * day_of_year + 2) / 153;
    civil_date date;
    date.day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    date.month =
        month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    date.year = year_of_era + era * 400 + (date.month <= 2);
    return date;
}

int32_t civil_week_index(int32_t civil) { return floor_by(civil + 3, 7); }

int32_t civil_weekday(int32_t civil) {
    return civil + 3 - 7 * civil_week_index(civil);
}

int32_t civil_iso_week(int32_t civil) {
    // A week belongs to the year that holds its Thursday.
    const int32_t thursday = civil - civil_weekday(civil) + 3;
    const int32_t year = civil_to_date(thursday).year;
    const int32_t first = civil_from_date((civil_date){year, 1, 1});
    return year * 100 + (thursday - first) / 7 + 1;
}

int32_t civil_month(int32_t civil) {
    const civil_date date = civil_to_date(civil);
    return date.year * 12 + date.month - 1;
}

int32_t civil_age_months(int32_t birth, int32_t on) {
    const civil_date b = civil_to_date(birth);
    const civil_date d = civil_to_date(on);
    return (d.year - b.year) * 12 + (d.month - b.month) - (d.day < b.day);
}

/* The number of `n` decimal digits, -1 when one of them is not a digit. */
static int32_t digits(const char *text, int32_t n) {
    int32_t value = 0;
    for (int32_t i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

static void put_digits(char *out, int32_t n, int32_t value) {
    assert(value >= 0);
    for (int32_t i = n - 1; i >= 0; i--) {
        out[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

bool civil_parse(const char *text, int32_t *out) {
    if (strlen(text) != CIVIL_TEXT - 1 || text[4] != '-' || text[7] != '-')
        return false;
    const civil_date date = {digits(text, 4), digits(text + 5, 2),
                             digits(text + 8, 2)};
    if (date.year < YEAR_MIN || date.year > YEAR_MAX)
        return false;
    if (date.month < 1 || date.month > 12)
        return false;
    if (date.day < 1 || date.day > month_days(date.year, date.month))
        return false;
    *out = civil_from_date(date);
    return true;
}

void civil_print(int32_t civil, char out[CIVIL_TEXT]) {
    const civil_date date = civil_to_date(civil);
    assert(date.year >= 0 && date.year <= 9999);
    put_digits(out, 4, date.year);
    out[4] = '-';
    put_digits(out + 5, 2, date.month);
    out[7] = '-';
    put_digits(out + 8, 2, date.day);
    out[10] = '\0';
}

bool minute_parse(const char *text, int32_t *out) {
    if (strlen(text) != MINUTE_TEXT - 1 || text[2] != ':')
        return false;
    const int32_t hours = digits(text, 2);
    const int32_t minutes = digits(text + 3, 2);
    if (hours < 0 || minutes < 0 || minutes > 59)
        return false;
    if (hours * 60 + minutes > DAY_END)
        return false;
    *out = hours * 60 + minutes;
    return true;
}

void minute_print(int32_t minute, char out[MINUTE_TEXT]) {
    assert(minute >= 0 && minute < 100 * 60);
    put_digits(out, 2, minute / 60);
    out[2] = ':';
    put_digits(out + 3, 2, minute % 60);
    out[5] = '\0';
}

/* -1 on the last Sunday of March, 1 on that of October, else 0. */
static int32_t hour_change(int32_t civil) {
    if (civil_weekday(civil) != 6)
        return 0;
    const civil_date date = civil_to_date(civil);
    if (date.day < 25) // both months have 31 days
        return 0;
    return date.month == 3 ? -1 : date.month == 10 ? 1 : 0;
}

/* Minutes from midnight to the first instant at which the clock shows `minute`
 * or more. */
static int32_t since_midnight(int32_t civil, int32_t minute) {
    const int32_t change = hour_change(civil);
    if (change < 0 && minute > CHANGE_BEGIN)
        return minute < CHANGE_END ? CHANGE_BEGIN : minute - 60;
    return change > 0 && minute >= CHANGE_END ? minute + 60 : minute;
}

int32_t civil_elapsed(int32_t civil, int32_t begin, int32_t end) {
    assert(begin >= 0 && begin <= end);
    return since_midnight(civil, end) - since_midnight(civil, begin);
}

int32_t civil_between(int32_t civil, int32_t minute, int32_t later,
                      int32_t until) {
    if (civil == later)
        return civil_elapsed(civil, minute, until);
    int32_t minutes = civil_elapsed(civil, minute, 24 * 60);
    for (int32_t day = civil + 1; day < later; day++)
        minutes += civil_elapsed(day, 0, 24 * 60);
    return minutes + civil_elapsed(later, 0, until);
}
