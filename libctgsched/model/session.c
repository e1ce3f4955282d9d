// SPDX-License-Identifier: GPL-3.0-or-later
/* Looking up the session of an instant, its law, and moments before a date
 * (format.md 3.7). */
#include "model/problem.h"

enum { DAY = 24 * 60, WEEKDAYS = 5 };

/* The step of the day's sessions that covers the minute, NONE for none. */
static int32_t step_at(const structure *s, int32_t day, int32_t minute) {
    if (s->n_sessions == 0)
        return NONE;
    const day_profile *const on = &s->session.days[day];
    for (int32_t k = 0; k < on->n; k++)
        if (on->steps[k].begin <= minute && minute < on->steps[k].end)
            return k;
    return NONE;
}

const session *session_at(const structure *s, int32_t day, int32_t minute) {
    const int32_t k = step_at(s, day, minute);
    return k == NONE ? NULL
                     : &s->sessions[s->session.days[day].steps[k].value - 1];
}

const law *law_at(const structure *s, int32_t day, int32_t minute) {
    const int32_t k = step_at(s, day, minute);
    return k == NONE ? s->law->days[day] : s->law->sessions[day][k];
}

static bool is_left_out(const problem *p, int32_t civil) {
    int32_t low = 0, high = p->n_except;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (p->except[middle] < civil)
            low = middle + 1;
        else
            high = middle;
    }
    return low < p->n_except && p->except[low] == civil;
}

static bool is_working(const problem *p, int32_t civil) {
    return civil_weekday(civil) < WEEKDAYS && !is_left_out(p, civil);
}

int64_t moment_of(const problem *p, const moment_before *m, int32_t civil) {
    int32_t day = m->working ? civil : civil - m->days;
    for (int32_t left = m->working ? m->days : 0; left > 0;)
        left -= is_working(p, --day);
    return (int64_t)day * DAY + m->minute;
}

bool option_visits(const option *o, int32_t structure) {
    for (int32_t k = 0; k < o->n_presences; k++)
        if (o->presences[k].structure == structure)
            return true;
    return false;
}
