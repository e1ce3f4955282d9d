// SPDX-License-Identifier: GPL-3.0-or-later
/* Windows: days and intervals of the horizon (format.md 1.1). */
#include <assert.h>
#include <string.h>

#include "io/intake.h"

static const char *const weekday_names[] = {"mon", "tue", "wed", "thu",
                                            "fri", "sat", "sun"};
const words weekday_words = {COUNT(weekday_names), weekday_names};

static const char *const letter_names[] = {"A", "B"};
static const words letter_words = {COUNT(letter_names), letter_names};

enum { DATES_MOST = 2000 };

static void fault_beside(reader *r, const cursor *at, const char *name) {
    const cursor member = cursor_member(at, name);
    if (member.at)
        reader_fault(r, FAULT_ERROR, "E-MEMBER", &member,
                     "\"%s\" does not go with \"dates\". Maybe leave one of "
                     "them out.",
                     name);
}

static void fault_with_session(reader *r, const cursor *at, const char *name) {
    const cursor member = cursor_member(at, name);
    if (member.at)
        reader_fault(r, FAULT_ERROR, "E-MEMBER", &member,
                     "\"%s\" does not go with \"session\". Maybe leave one "
                     "of them out.",
                     name);
}

static void take_days(intake *in, const cursor *at, window *out) {
    reader *const r = in->r;
    if (cursor_has(at, "dates")) {
        fault_beside(r, at, "days");
        fault_beside(r, at, "week");
        out->by_dates = true;
        out->dates = take_date_set(r, at, "dates", OMITTED, DATES_MOST);
        return;
    }
    const uint32_t days =
        take_word_set(r, at, "days", FILLED, weekday_words, in->weekdays);
    const int32_t letter = take_word(r, at, "week", OMITTED, letter_words, -1);
    out->days = (letter != 1 ? days : 0) | (letter != 0 ? days << 7 : 0);
}

static void take_period(intake *in, const cursor *at, window *out) {
    reader *const r = in->r;
    out->first = take_date(r, at, "first", FILLED, in->first);
    out->last = take_date(r, at, "last", FILLED, in->last);
    if (out->first > out->last && cursor_has(at, "first") &&
        cursor_has(at, "last"))
        fault_interval(r, at, "first", "last");
}

/* "in": school, holidays, or a period by its id. */
static void take_in(intake *in, const cursor *of, window *out) {
    reader *const r = in->r;
    const cursor at = cursor_member(of, "in");
    if (!at.at)
        return;
    const char *const id = json_string_value(at.at);
    if (id && (strcmp(id, "school") == 0 || strcmp(id, "holidays") == 0)) {
        out->in = id[0] == 's' ? IN_SCHOOL : IN_HOLIDAYS;
        echo_member_string(r, "in", id);
        return;
    }
    const int32_t period =
        take_ref(r, of, "in", OMITTED, &in->period_ids, "period");
    out->in = period < 0 ? IN_ANY : IN_PERIOD + period;
}

static bool is_in(const intake *in, const window *w, int32_t civil) {
    bool any = false, named = false;
    for (int32_t i = 0; i < in->n_periods; i++) {
        const holiday_period *const p = &in->periods[i];
        const bool holds = p->first <= civil && civil <= p->last;
        any |= holds;
        named |= holds && IN_PERIOD + p->id == w->in;
    }
    return w->in == IN_SCHOOL ? !any : w->in == IN_HOLIDAYS ? any : named;
}

static void take_times(reader *r, const cursor *at, window_times times,
                       window *out) {
    const absence if_none = times == TIMES_OPTIONAL ? FILLED : REQUIRED;
    out->begin = 0;
    out->end = 24 * 60;
    if (times == TIMES_NONE)
        return;
    if (times == TIMES_OR_SESSION && cursor_has(at, "session")) {
        fault_with_session(r, at, "begin");
        fault_with_session(r, at, "end");
        return;
    }
    const int32_t n_before = r->faults->n_errors;
    out->begin = take_time(r, at, "begin", if_none, 0);
    out->end = take_time(r, at, "end", if_none, 24 * 60);
    if (out->begin >= out->end && r->faults->n_errors == n_before)
        fault_interval(r, at, "begin", "end");
    if (out->begin >= out->end) {
        out->begin = 0;
        out->end = 24 * 60;
    }
}

static bool covers_any(const intake *in, const window *w) {
    for (int32_t day = 0; day < in->p->n_days; day++)
        if (window_covers(in, w, day))
            return true;
    return false;
}

void take_window(intake *in, const cursor *at, window_times times,
                 window *out) {
    reader *const r = in->r;
    const int32_t n_before = r->faults->n_errors;
    *out = (window){.first = in->first, .last = in->last};
    take_days(in, at, out);
    if (times != TIMES_OF_WEEK) {
        take_period(in, at, out);
        take_in(in, at, out);
    }
    take_times(r, at, times, out);
    if (in->has_horizon && r->faults->n_errors == n_before &&
        !covers_any(in, out))
        reader_fault(r, FAULT_WARNING, "W-NEVER", at,
                     "this happens on no day of the horizon. Maybe the dates "
                     "are of another year.");
}

window window_always(const intake *in) {
    return (window){.days = (1u << 14) - 1,
                    .first = in->first,
                    .last = in->last,
                    .end = 24 * 60};
}

static bool has_date(const int_list *dates, int32_t civil) {
    int32_t low = 0, high = dates->n;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (dates->at[middle] < civil)
            low = middle + 1;
        else
            high = middle;
    }
    return low < dates->n && dates->at[low] == civil;
}

bool window_covers(const intake *in, const window *w, int32_t day) {
    const int32_t civil = in->p->days[day];
    if (civil < w->first || civil > w->last ||
        (w->in != IN_ANY && !is_in(in, w, civil)))
        return false;
    return w->by_dates ? has_date(&w->dates, civil)
                       : (w->days & in->day_bits[day]) != 0;
}

int32_t day_from(const intake *in, int32_t civil) {
    int32_t low = 0, high = in->p->n_days;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (in->p->days[middle] < civil)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
