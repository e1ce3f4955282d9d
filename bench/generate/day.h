// SPDX-License-Identifier: GPL-3.0-or-later
/* Civil days as days since 1970-01-01, enough for birth dates and one week. */
#ifndef GENERATE_DAY_H
#define GENERATE_DAY_H

typedef struct day_date {
    int year, month, day;
} day_date;

int day_from_date(int year, int month, int day);
day_date day_to_date(int civil);
/* Completed months of age, as format.md section 1 counts them. */
int day_age_months(int birth, int on);

#endif
