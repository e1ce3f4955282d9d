// SPDX-License-Identifier: GPL-3.0-or-later
/* Goals of duties, added up from their definitions (format.md 7.1). */
#include "check/burdens.h"
#include "check/duty.h"
#include "check/roster.h"

static int32_t shift_on(const problem *prob, const int32_t *way_of, int32_t e,
                        int32_t day) {
    const int32_t w = way_of ? way_of[e * prob->n_days + day] : NONE;
    return w == NONE ? NONE : prob->ways[w].shift;
}

static int64_t minutes_on(const problem *prob, const int32_t *way_of, int32_t e,
                          int32_t day) {
    const int32_t w = way_of ? way_of[e * prob->n_days + day] : NONE;
    return w == NONE ? 0 : duty_of(prob, w).minutes;
}

static int64_t cover_value(const problem *prob, const int32_t *way_of) {
    int64_t value = 0;
    for (int32_t k = 0; k < prob->n_cover; k++) {
        const cover_entry *const c = &prob->cover[k];
        for (int32_t day = 0; day < prob->n_days; day++) {
            int32_t n = 0;
            for (int32_t e = 0; e < prob->n_employees; e++)
                n += shift_on(prob, way_of, e, day) == c->shift;
            if (c->on[day])
                value += n < c->wanted ? c->missing * (c->wanted - n)
                                       : c->extra * (n - c->wanted);
        }
    }
    return value;
}

static bool is_met(const problem *prob, const int32_t *way_of, int32_t e,
                   const wish *w) {
    const int32_t given = shift_on(prob, way_of, e, w->day);
    const bool works = w->shift == NONE ? given != NONE : given == w->shift;
    return works == w->wanted;
}

static int64_t over(int64_t minutes, int64_t limit) {
    return minutes > limit ? minutes - limit : 0;
}

/* Begun cents count. */
static int64_t cents_of(int64_t minutes, int64_t hour_cents) {
    return (minutes * hour_cents + 59) / 60;
}

/* Overtime of one employee in the week of that Monday. */
static int64_t week_overtime(const problem *prob, const int32_t *way_of,
                             int32_t index, int32_t monday) {
    const employee *const e = &prob->employees[index];
    int64_t before = 0, now = 0;
    for (int32_t k = 0; k < e->n_history; k++)
        if (monday <= e->history[k].civil && e->history[k].civil < monday + 7)
            before += e->history[k].minutes;
    for (int32_t day = 0; day < prob->n_days; day++)
        if (monday <= prob->days[day] && prob->days[day] < monday + 7)
            now += minutes_on(prob, way_of, index, day);
    return over(before + now, e->week_minutes) - over(before, e->week_minutes);
}

/* Minutes beyond the contract, and what they cost on top. */
static void add_overtime(int64_t value[N_GOALS], const problem *prob,
                         const int32_t *way_of, int32_t index) {
    const employee *const e = &prob->employees[index];
    int32_t last = INT32_MIN;
    for (int32_t day = 0; e->week_minutes != NONE && day < prob->n_days;
         day++) {
        const int32_t civil = prob->days[day];
        const int32_t monday = civil - civil_weekday(civil);
        if (monday == last)
            continue;
        last = monday;
        const int64_t minutes = week_overtime(prob, way_of, index, monday);
        value[GOAL_OVERTIME] += minutes;
        value[GOAL_COST] += cents_of(minutes, e->overtime_cents);
    }
}

static void add_duty(int64_t value[N_GOALS], const employee *e,
                     int64_t minutes) {
    value[GOAL_STAFF_MINUTES] += minutes;
    value[GOAL_COST] += e->call_cents + cents_of(minutes, e->hour_cents);
}

void roster_goals(int64_t value[N_GOALS], const problem *prob,
                  const int32_t *way_of) {
    value[GOAL_COVER] = cover_value(prob, way_of);
    value[GOAL_FAIRNESS] = burdens_value(prob, way_of);
    for (int32_t e = 0; e < prob->n_employees; e++) {
        const employee *const agent = &prob->employees[e];
        for (int32_t k = 0; k < agent->n_wishes; k++)
            if (!is_met(prob, way_of, e, &agent->wishes[k]))
                value[GOAL_WISHES] += agent->wishes[k].weight;
        add_overtime(value, prob, way_of, e);
        for (int32_t day = 0; day < prob->n_days; day++)
            if (shift_on(prob, way_of, e, day) != NONE)
                add_duty(value, agent, minutes_on(prob, way_of, e, day));
    }
}
