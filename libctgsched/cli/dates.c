// SPDX-License-Identifier: GPL-3.0-or-later
/* Days are counted by eras of 400 years that begin in March, so that the leap
 * day is the last of its year. */
#include "cli/dates.h"

#include <stdio.h>
#include <string.h>

static int32_t date_join(int year, int month, int day) {
    const int y = month <= 2 ? year - 1 : year;
    const int era = y / 400, of_era = y - era * 400;
    const int of_year =
        (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           719468;
}

void date_split(int32_t date, int *year, int *month, int *day) {
    const int shifted = date + 719468, era = shifted / 146097;
    const int doe = shifted - era * 146097;
    const int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const int mp = (5 * doy + 2) / 153;
    *day = doy - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = yoe + era * 400 + (*month <= 2);
}

static int digits(const char *text, int n) {
    int value = 0;
    for (int i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

int32_t date_parse(const char *text) {
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return DATE_NONE;
    const int year = digits(text, 4), month = digits(text + 5, 2);
    const int day = digits(text + 8, 2);
    if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1)
        return DATE_NONE;
    const int32_t date = date_join(year, month, day);
    int y, m, d;
    date_split(date, &y, &m, &d);
    return y == year && m == month && d == day ? date : DATE_NONE;
}

int date_weekday(int32_t date) { return ((date + 3) % 7 + 7) % 7; }

int32_t date_monday(int32_t date) { return date - date_weekday(date); }

/* The week of January 4th is the first of its year. */
static int32_t first_monday(int year) {
    return date_monday(date_join(year, 1, 4));
}

int32_t week_parse(const char *text) {
    const int32_t date = date_parse(text);
    if (date != DATE_NONE)
        return date_monday(date);
    if (strlen(text) != 8 || text[4] != '-' || text[5] != 'W')
        return DATE_NONE;
    const int year = digits(text, 4), week = digits(text + 6, 2);
    if (year < 1900 || year > 2199 || week < 1)
        return DATE_NONE;
    const int32_t monday = first_monday(year) + 7 * (week - 1);
    return monday < first_monday(year + 1) ? monday : DATE_NONE;
}

void week_print(char out[WEEK_TEXT], int32_t monday) {
    int year, month, day;
    date_split(monday + 3, &year, &month, &day);
    const int week = (monday - first_monday(year)) / 7 + 1;
    snprintf(out, WEEK_TEXT, "%04d-W%02d", year % 10000, week % 100);
}
