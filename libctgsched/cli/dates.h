// SPDX-License-Identifier: GPL-3.0-or-later
/* Dates of the public interface ("2026-09-07") as day numbers, for tables. */
#ifndef CTGSCHED_CLI_DATES_H
#define CTGSCHED_CLI_DATES_H

#include <stdbool.h>
#include <stdint.h>

enum { DATE_NONE = INT32_MIN, WEEK_TEXT = 16 };

int32_t date_parse(const char *text); /* days since 1970-01-01, or DATE_NONE */
void date_split(int32_t date, int *year, int *month, int *day);
int date_weekday(int32_t date);    /* 0 = Monday */
int32_t date_monday(int32_t date); /* of its week */
/* "2026-W37" or a date: the Monday of that week, or DATE_NONE. */
int32_t week_parse(const char *text);
void week_print(char out[WEEK_TEXT], int32_t monday);

#endif
