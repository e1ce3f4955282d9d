// SPDX-License-Identifier: GPL-3.0-or-later
/* One day of one structure, instant by instant; then its weeks and months. */
#include "base/text.h"
#include "check/rows.h"

static int64_t above_zero(int64_t a) { return a > 0 ? a : 0; }

/* Persons missing to the margin m, without those that no child can mend. */
static int64_t margin_missing(const sheet *s, const staffing *staff) {
    const int64_t m = s->place->floor_ratio_margin;
    if (m == NONE)
        return 0;
    const int64_t counted = sheet_counted(s, INT32_MAX); /* no directors */
    return above_zero(staff->required + m - counted) - above_zero(m - counted);
}

static void add_open(day_totals *totals, const sheet *s,
                     const staffing *staff) {
    const int64_t minutes = sheet_minutes(s);
    totals->cat1_minutes += s->staff[STAFF_CAT1] * minutes;
    totals->required_minutes += staff->readings * minutes;
    totals->margin_units += margin_missing(s, staff) * minutes;
    totals->capacity_minutes += s->capacity * minutes;
    totals->has_new_open |= s->has_new;
}

/* Requests, each once, that come to the session on the day. */
static int32_t comers(const sheet *s, const session *to) {
    int32_t n = 0;
    for (int32_t i = 0; i < s->n_guests; i++) {
        const guest *const g = &s->guests[i];
        bool is_first = session_at(s->place, s->day, g->begin) == to;
        for (int32_t k = 0; k < i && is_first; k++)
            is_first = s->guests[k].request != g->request ||
                       session_at(s->place, s->day, s->guests[k].begin) != to;
        n += is_first;
    }
    return n;
}

/* From the first to the last minute that the session covers on the day. */
static void span_of(const sheet *s, int32_t index, where *at) {
    const day_profile *const on = &s->place->session.days[s->day];
    for (int32_t k = 0; k < on->n; k++) {
        if (on->steps[k].value != index + 1)
            continue;
        at->begin = at->begin == NONE ? on->steps[k].begin : at->begin;
        at->end = on->steps[k].end;
    }
}

/* Nobody comes to a session, or enough do. */
static void rows_groups(findings *found, const sheet *s) {
    for (int32_t k = 0; k < s->place->n_sessions; k++) {
        const session *const to = &s->place->sessions[k];
        if (session_is_touched(s->place, k, s->day))
            continue;
        const int32_t n = to->min_children > 1 ? comers(s, to) : 0;
        if (n == 0 || n >= to->min_children)
            continue;
        finding f = {.at = where_of(BREAKS_GROUP),
                     .size = to->min_children - n,
                     .is_breach = true,
                     .have = n,
                     .allowed = to->min_children,
                     .note = to->id};
        f.at.structure = s->structure;
        f.at.civil = s->civil;
        span_of(s, k, &f.at);
        findings_add(found, &f);
    }
}

void rows_day(findings *found, day_totals *totals, sheet *s) {
    *totals = (day_totals){0};
    findings_next_day(found);
    rows_groups(found, s);
    while (sheet_next(s)) {
        const staffing staff = staffing_at(s, false);
        totals->place_minutes += s->weight * sheet_minutes(s);
        totals->has_new |= s->has_new;
        if (s->is_open)
            add_open(totals, s, &staff);
        if (s->n_present == 0)
            continue;
        rows_places(found, s);
        rows_staff(found, s, &staff);
    }
    findings_next_day(found);
}

/* A row that sums days, both sides in hundredths. */
typedef struct period_sum {
    int64_t left, right;
    bool has_new, has_rule;
    const rule *law;
} period_sum;

static void add_period(findings *found, const period_sum *sum, where at,
                       shortage_kind kind, int64_t unit) {
    if (!sum->has_rule || sum->left <= sum->right)
        return;
    const finding f = {.at = at,
                       .size = ceil_div(sum->left - sum->right, unit),
                       .is_breach = sum->has_new,
                       .kind = kind,
                       .law = sum->law,
                       .have = sum->left / unit,
                       .allowed = sum->right / unit};
    findings_add(found, &f);
}

/* Place-minutes of the children against those of the capacity. */
static void add_week_day(period_sum *sum, const day_totals *day,
                         const rule *r) {
    sum->left += 100 * day->place_minutes;
    sum->right += 1000 * (int64_t)r->weekly_max_pct * day->capacity_minutes;
    sum->has_new |= day->has_new;
    sum->law = sum->has_rule ? sum->law : r;
    sum->has_rule = true;
}

static void rows_weeks(findings *found, const problem *prob, int32_t place,
                       const day_totals *days) {
    const structure *const x = &prob->structures[place];
    period_sum sum = {0};
    for (int32_t d = 0; x->over_capacity && d < prob->n_days; d++) {
        const int32_t week = civil_iso_week(prob->days[d]);
        const rule *const r = x->law->days[d]->over_capacity;
        if (r)
            add_week_day(&sum, &days[d], r);
        if (d + 1 < prob->n_days && civil_iso_week(prob->days[d + 1]) == week)
            continue;
        where at = where_of(BREAKS_WEEK);
        at.structure = place;
        at.week = week;
        add_period(found, &sum, at, SHORT_WEEK, 100 * 1000);
        sum = (period_sum){0};
    }
}

/* The share of the required minutes that category 1 must cover. */
static void add_month_day(period_sum *sum, const day_totals *day,
                          const rule *r) {
    sum->left += r->min_pct * day->required_minutes;
    sum->right += 100 * day->cat1_minutes;
    sum->has_new |= day->has_new_open;
    sum->law = sum->has_rule ? sum->law : r;
    sum->has_rule = true;
}

static void rows_months(findings *found, const problem *prob, int32_t place,
                        const day_totals *days) {
    const structure *const x = &prob->structures[place];
    period_sum sum = {0};
    for (int32_t d = 0; d < prob->n_days; d++) {
        const int32_t month = civil_month(prob->days[d]);
        const rule *const r = x->law->days[d]->cat1_share;
        if (r)
            add_month_day(&sum, &days[d], r);
        if (d + 1 < prob->n_days && civil_month(prob->days[d + 1]) == month)
            continue;
        where at = where_of(BREAKS_MIX);
        at.structure = place;
        at.month = month;
        add_period(found, &sum, at, SHORT_MIX, 100);
        sum = (period_sum){0};
    }
}

void rows_periods(findings *found, const problem *prob, int32_t place,
                  const day_totals *days) {
    rows_weeks(found, prob, place, days);
    rows_months(found, prob, place, days);
}
