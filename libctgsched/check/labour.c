// SPDX-License-Identifier: GPL-3.0-or-later
/* Rules of labour, employee by employee, on one list of what was worked: the
 * history, then the duties of the plan. */
#include <string.h>

#include "check/duty.h"
#include "check/roster.h"

/* A duty with its date. */
typedef struct worked {
    int32_t civil;
    int32_t begin, end, minutes;
    int32_t way; /* NONE: history */
} worked;

typedef struct record {
    findings *found;
    const problem *prob;
    const employee *e;
    int32_t index;         /* of the employee */
    const int32_t *way_of; /* [n_days], of the employee */
    worked *at;            /* by date */
    int32_t n;
} record;

static finding about(const record *r, rule_name rule, int64_t size) {
    finding f = {.at = where_of(rule), .size = size, .is_breach = true};
    f.at.employee = r->index;
    if (r->e->preset && (rule == BREAKS_REST || rule == BREAKS_WEEKLY_REST ||
                         rule == BREAKS_MEAN_WEEK ||
                         rule == BREAKS_WEEK_MINUTES || rule == BREAKS_DUTY))
        f.law = r->e->preset;
    return f;
}

static void on_date(const record *r, rule_name rule, int32_t civil,
                    int64_t size) {
    finding f = about(r, rule, size);
    f.at.civil = civil;
    findings_add(r->found, &f);
}

static void in_week(const record *r, rule_name rule, int32_t civil,
                    int64_t size) {
    finding f = about(r, rule, size);
    f.at.week = civil_iso_week(civil);
    findings_add(r->found, &f);
}

static void at_all(const record *r, rule_name rule, int64_t size) {
    const finding f = about(r, rule, size);
    findings_add(r->found, &f);
}

static bool is_past(const worked *w) { return w->way == NONE; }

static int32_t first_day(const record *r) { return r->prob->days[0]; }
static int32_t last_day(const record *r) {
    return r->prob->days[r->prob->n_days - 1];
}

/* --- day by day
 * ----------------------------------------------------------------------
 */

static void rule_duty(const record *r) {
    for (int32_t d = 0; d < r->prob->n_days; d++)
        if (r->way_of[d] != NONE &&
            !duty_may_be(r->prob, r->e, d, r->way_of[d]))
            on_date(r, BREAKS_DUTY, r->prob->days[d], 0);
}

static void rule_pin(const record *r) {
    for (int32_t k = 0; k < r->e->n_pins; k++) {
        const duty_pin *const p = &r->e->pins[k];
        const int32_t given = r->way_of[p->day];
        const int32_t shift_given =
            given == NONE ? NONE : r->prob->ways[given].shift;
        if (shift_given == p->shift)
            continue;
        finding f = about(r, BREAKS_PIN, 0);
        f.at.civil = r->prob->days[p->day];
        f.note = p->shift == NONE ? "no duty" : r->prob->shifts[p->shift].id;
        findings_add(r->found, &f);
    }
}

static void rule_rest(const record *r) {
    const int32_t least =
        r->e->preset ? r->e->preset->labour.min_daily_rest : NONE;
    for (int32_t k = 1; k < r->n; k++) {
        const worked *const a = &r->at[k - 1], *const b = a + 1;
        if (is_past(b) || b->civil != a->civil + 1)
            continue;
        const int32_t rest =
            civil_between(a->civil, a->end, b->civil, b->begin);
        if (rest < least)
            on_date(r, BREAKS_REST, b->civil, least - rest);
    }
}

static bool excludes(const shift *s, int32_t next) {
    for (int32_t k = 0; k < s->n_then_not; k++)
        if (s->then_not[k] == next)
            return true;
    return false;
}

static void rule_then_not(const record *r) {
    for (int32_t k = 1; k < r->n; k++) {
        const worked *const a = &r->at[k - 1], *const b = a + 1;
        if (is_past(a) || b->civil != a->civil + 1)
            continue;
        const way *const before = &r->prob->ways[a->way];
        if (excludes(&r->prob->shifts[before->shift],
                     r->prob->ways[b->way].shift))
            on_date(r, BREAKS_THEN_NOT, b->civil, 0);
    }
}

/* --- rows of days
 * --------------------------------------------------------------------
 */

/* One past the last of the dates in a row that begin with the k-th. */
static int32_t row_end(const record *r, int32_t k) {
    int32_t end = k + 1;
    while (end < r->n && r->at[end].civil == r->at[end - 1].civil + 1)
        end++;
    return end;
}

static void judge_row(const record *r, int32_t k, int32_t end) {
    const employee *const e = r->e;
    const int32_t from = r->at[k].civil, to = r->at[end - 1].civil;
    const bool is_cut = (from <= first_day(r) && first_day(r) <= to) ||
                        (from <= last_day(r) && last_day(r) <= to);
    const int32_t days = end - k;
    if (to < first_day(r))
        return;
    if (e->days_in_row != NONE && days > e->days_in_row)
        on_date(r, BREAKS_IN_ROW, from, days - e->days_in_row);
    if (e->least_in_row != NONE && !is_cut && days < e->least_in_row)
        on_date(r, BREAKS_LEAST_IN_ROW, from, e->least_in_row - days);
}

static void rule_rows(const record *r) {
    for (int32_t k = 0; k < r->n;) {
        const int32_t end = row_end(r, k);
        judge_row(r, k, end);
        if (end < r->n && r->e->least_off != NONE && !is_past(&r->at[end])) {
            const int32_t free_from = r->at[end - 1].civil + 1;
            const int32_t off = r->at[end].civil - free_from;
            if (off < r->e->least_off)
                on_date(r, BREAKS_LEAST_OFF, free_from, r->e->least_off - off);
        }
        k = end;
    }
}

/* --- weeks
 * ------------------------------------------------------------------------
 */

static int32_t monday_of(int32_t civil) { return civil - civil_weekday(civil); }

/* Working minutes from Monday on, for so many weeks. */
static int64_t minutes_from(const record *r, int32_t monday, int32_t weeks) {
    int64_t minutes = 0;
    for (int32_t k = 0; k < r->n; k++)
        if (monday <= r->at[k].civil && r->at[k].civil < monday + 7 * weeks)
            minutes += r->at[k].minutes;
    return minutes;
}

static int32_t smaller(int32_t a, int32_t b) {
    return a == NONE ? b : b == NONE ? a : a < b ? a : b;
}

static void judge_minutes(const record *r, int32_t monday) {
    const labour *const l = r->e->preset ? &r->e->preset->labour : NULL;
    const int32_t most = smaller(l ? l->max_week : NONE, r->e->week_most);
    const int64_t worked_now = minutes_from(r, monday, 1);
    if (most != NONE && worked_now > most)
        in_week(r, BREAKS_WEEK_MINUTES, monday, worked_now - most);
    if (!l || l->max_mean_week == NONE)
        return;
    const int64_t in_all =
        minutes_from(r, monday - 7 * (l->mean_weeks - 1), l->mean_weeks);
    const int64_t may_be = (int64_t)l->max_mean_week * l->mean_weeks;
    if (in_all > may_be)
        in_week(r, BREAKS_MEAN_WEEK, monday, in_all - may_be);
}

/* From `date` on `days` dates are free, and it is long enough from the last
 * duty before to the first one after. */
static bool is_rest(const record *r, int32_t date, const labour *l) {
    const worked *before = NULL, *after = NULL;
    for (int32_t k = 0; k < r->n; k++) {
        if (r->at[k].civil < date)
            before = &r->at[k];
        else if (!after)
            after = &r->at[k];
    }
    if (after && after->civil < date + l->rest_days)
        return false;
    return !before || !after ||
           civil_between(before->civil, before->end, after->civil,
                         after->begin) >= l->min_weekly_rest;
}

static void judge_rest(const record *r, int32_t monday) {
    const labour *const l = r->e->preset ? &r->e->preset->labour : NULL;
    if (!l || l->min_weekly_rest == NONE)
        return;
    for (int32_t date = monday; date < monday + 7; date++)
        if (is_rest(r, date, l))
            return;
    in_week(r, BREAKS_WEEKLY_REST, monday, 0);
}

static void rule_weeks(const record *r) {
    int32_t last = INT32_MIN;
    for (int32_t d = 0; d < r->prob->n_days; d++) {
        const int32_t monday = monday_of(r->prob->days[d]);
        if (monday == last)
            continue;
        last = monday;
        judge_minutes(r, monday);
        judge_rest(r, monday);
    }
}

/* --- the horizon
 * ---------------------------------------------------------------------
 */

static void rule_contract(const record *r) {
    int64_t minutes = 0;
    for (int32_t k = 0; k < r->n; k++)
        minutes += is_past(&r->at[k]) ? 0 : r->at[k].minutes;
    if (r->e->least != NONE && minutes < r->e->least)
        at_all(r, BREAKS_CONTRACT, r->e->least - minutes);
    if (r->e->most != NONE && minutes > r->e->most)
        at_all(r, BREAKS_CONTRACT, minutes - r->e->most);
}

static void rule_weekends(const record *r) {
    int32_t weekends = 0, last = INT32_MIN;
    for (int32_t k = 0; k < r->n; k++) {
        const int32_t monday = monday_of(r->at[k].civil);
        if (is_past(&r->at[k]) || civil_weekday(r->at[k].civil) < 5 ||
            monday == last)
            continue;
        last = monday;
        weekends++;
    }
    if (r->e->weekends != NONE && weekends > r->e->weekends)
        at_all(r, BREAKS_WEEKENDS, weekends - r->e->weekends);
}

static void rule_shift_most(const record *r) {
    int64_t beyond = 0;
    for (int32_t i = 0; i < r->e->n_shift_most; i++) {
        const shift_limit *const limit = &r->e->shift_most[i];
        int32_t n = 0;
        for (int32_t d = 0; d < r->prob->n_days; d++)
            n += r->way_of[d] != NONE &&
                 r->prob->ways[r->way_of[d]].shift == limit->shift;
        beyond += n > limit->most ? n - limit->most : 0;
    }
    if (beyond > 0)
        at_all(r, BREAKS_SHIFT_MOST, beyond);
}

/* --- all of it
 * -----------------------------------------------------------------------
 */

static void fill_record(record *r) {
    r->n = 0;
    for (int32_t k = 0; k < r->e->n_history; k++) {
        const past_duty *const h = &r->e->history[k];
        r->at[r->n++] = (worked){h->civil, h->begin, h->end, h->minutes, NONE};
    }
    for (int32_t d = 0; d < r->prob->n_days; d++) {
        if (r->way_of[d] == NONE)
            continue;
        const duty now = duty_of(r->prob, r->way_of[d]);
        r->at[r->n++] = (worked){r->prob->days[d], now.begin, now.end,
                                 now.minutes, r->way_of[d]};
    }
}

static void judge_employee(record *r) {
    fill_record(r);
    rule_duty(r);
    rule_pin(r);
    rule_rest(r);
    rule_then_not(r);
    rule_rows(r);
    rule_weeks(r);
    rule_contract(r);
    rule_weekends(r);
    rule_shift_most(r);
}

static int32_t longest_history(const problem *prob) {
    int32_t most = 0;
    for (int32_t e = 0; e < prob->n_employees; e++)
        most = prob->employees[e].n_history > most
                   ? prob->employees[e].n_history
                   : most;
    return most;
}

void roster_breaches(findings *found, const problem *prob,
                     const int32_t *way_of, arena *scratch) {
    /* Not given back: findings grow in the same arena. */
    int32_t *const nobody = ARENA_NEW(scratch, int32_t, prob->n_days + 1);
    record r = {.found = found,
                .prob = prob,
                .at = ARENA_NEW(scratch, worked,
                                longest_history(prob) + prob->n_days + 1)};
    found->failed |= !r.at || !nobody;
    for (int32_t d = 0; nobody && d < prob->n_days; d++)
        nobody[d] = NONE;
    for (int32_t e = 0; e < prob->n_employees && !found->failed; e++) {
        r.e = &prob->employees[e];
        r.index = e;
        r.way_of = way_of ? way_of + (size_t)e * (size_t)prob->n_days : nobody;
        judge_employee(&r);
    }
}
