// SPDX-License-Identifier: GPL-3.0-or-later
/* The rows of a structure: what must hold at each instant of a day, and over
 * its weeks and months (doc/format.md 5). */
#ifndef CTGSCHED_CHECK_ROWS_H
#define CTGSCHED_CHECK_ROWS_H

#include "check/finding.h"
#include "check/staffing.h"

/* places, section, shared, merge and need_max at the sheet's instant. */
void rows_places(findings *found, const sheet *s);
/* ratio, minimum and skill at the sheet's instant. */
void rows_staff(findings *found, const sheet *s, const staffing *staff);

/* What a day adds to the rows of its week and month. */
typedef struct day_totals {
    int64_t place_minutes;                  /* taken: thousandths x minutes */
    int64_t capacity_minutes;               /* capacity(t) x minutes */
    int64_t cat1_minutes, required_minutes; /* open instants, no minima */
    int64_t margin_units; /* floor ratio_margin (format.md 7.2) */
    bool has_new;         /* a newly admitted child is there that day */
    bool has_new_open;    /* at an open instant */
} day_totals;

/* Reads the whole sheet: adds what is found, fills `totals`. */
void rows_day(findings *found, day_totals *totals, sheet *s);
/* week and mix of one structure from its days [n_days]. */
void rows_periods(findings *found, const problem *prob, int32_t place,
                  const day_totals *days);

#endif
