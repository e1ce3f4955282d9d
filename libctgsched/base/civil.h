// SPDX-License-Identifier: GPL-3.0-or-later
/* Civil dates and local minutes as integers, and their text.
 *
 * A civil day is the number of days since 1970-01-01 (a Thursday), proleptic
 * Gregorian, from 1900-01-01 to 2199-12-31. A minute is a minute of a local
 * day, 0..1440. No time zone, no locale, no global state. */
#ifndef CTGSCHED_BASE_CIVIL_H
#define CTGSCHED_BASE_CIVIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct civil_date {
    int32_t year, month, day; /* month 1..12, day 1..31 */
} civil_date;

enum { CIVIL_NONE = INT32_MIN }; /* no date */
enum { CIVIL_TEXT = 11, MINUTE_TEXT = 6 };

int32_t civil_from_date(civil_date date);
civil_date civil_to_date(int32_t civil);
int32_t civil_weekday(int32_t civil);    /* 0 = Monday .. 6 = Sunday */
int32_t civil_iso_week(int32_t civil);   /* year * 100 + week, ISO 8601 */
int32_t civil_month(int32_t civil);      /* year * 12 + month - 1 */
int32_t civil_week_index(int32_t civil); /* whole ISO weeks since the week of
                                            1969-12-29, a Monday; monotone */

/* Completed months of age on a day; negative before birth.
 * (Y - Yb) * 12 + (M - Mb) - (D < Db ? 1 : 0). */
int32_t civil_age_months(int32_t birth, int32_t on);

/* "YYYY-MM-DD", exactly; false when it is not a date in range. */
bool civil_parse(const char *text, int32_t *out);
void civil_print(int32_t civil, char out[CIVIL_TEXT]);

/* "HH:MM", exactly, 00:00 to 24:00. */
bool minute_parse(const char *text, int32_t *out);
void minute_print(int32_t minute, char out[MINUTE_TEXT]);

/* The last Sunday of March and of October: the 23 h and the 25 h day of
 * Europe/Paris. Minutes elapsed in [begin, end) of that local day. A time in
 * the hour that is there twice is the first one, a time in the hour that is
 * left out is its end. */
int32_t civil_elapsed(int32_t civil, int32_t begin, int32_t end);
/* Elapsed from a minute of one day to a minute of the same or a later one. */
int32_t civil_between(int32_t civil, int32_t minute, int32_t later,
                      int32_t until);

#endif
