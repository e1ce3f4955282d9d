// SPDX-License-Identifier: GPL-3.0-or-later
/* Proleptic Gregorian, years from March so that leap days come last. */
#include "day.h"

static int days_before_month(int month_from_march) {
    return (153 * month_from_march + 2) / 5;
}

int day_from_date(int year, int month, int day) {
    const int y = month > 2 ? year : year - 1;
    const int m = month > 2 ? month - 3 : month + 9;
    return 365 * y + y / 4 - y / 100 + y / 400 + days_before_month(m) + day -
           1 - 719468;
}

day_date day_to_date(int civil) {
    int year = 1970 + civil / 366;
    while (day_from_date(year + 1, 1, 1) <= civil)
        year++;
    int month = 1;
    while (month < 12 && day_from_date(year, month + 1, 1) <= civil)
        month++;
    return (day_date){year, month, civil - day_from_date(year, month, 1) + 1};
}

int day_age_months(int birth, int on) {
    const day_date b = day_to_date(birth), d = day_to_date(on);
    return (d.year - b.year) * 12 + d.month - b.month - (d.day < b.day);
}
