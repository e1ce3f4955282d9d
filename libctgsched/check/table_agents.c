// SPDX-License-Identifier: GPL-3.0-or-later
/* What employees work and rest: week by week, and in all. */
#include "check/duty.h"
#include "check/report.h"

enum { WEEK = 7 };

/* A duty of the plan or of the history, by date. */
typedef struct spell {
    int32_t civil, begin, end, minutes;
    int32_t children; /* minutes with children */
    bool is_planned;
} spell;

typedef struct agent_week {
    int32_t duties;
    int64_t worked, children, history, overtime;
} agent_week;

static int32_t children_minutes(const problem *prob, int32_t way_index) {
    stint at[MOST_STINTS];
    const int32_t n = duty_stints(prob, way_index, at);
    int32_t minutes = 0;
    for (int32_t i = 0; i < n; i++)
        minutes += at[i].end - at[i].begin;
    return minutes;
}

static int32_t list_spells(spell *out, const report *r, int32_t who) {
    const problem *const prob = r->prob;
    const employee *const e = &prob->employees[who];
    int32_t n = 0;
    for (int32_t k = 0; k < e->n_history; k++) {
        const past_duty *const h = &e->history[k];
        out[n++] = (spell){h->civil, h->begin, h->end, h->minutes, 0, false};
    }
    for (int32_t d = 0; r->way_of && d < prob->n_days; d++) {
        const int32_t way_index = r->way_of[who * prob->n_days + d];
        if (way_index == NONE)
            continue;
        const duty its = duty_of(prob, way_index);
        out[n++] = (spell){prob->days[d],
                           its.begin,
                           its.end,
                           its.minutes,
                           children_minutes(prob, way_index),
                           true};
    }
    return n;
}

static agent_week week_of(const employee *e, const spell *at, int32_t n,
                          int32_t monday) {
    agent_week w = {0};
    for (int32_t k = 0; k < n; k++) {
        if (at[k].civil < monday || at[k].civil >= monday + WEEK)
            continue;
        w.history += at[k].is_planned ? 0 : at[k].minutes;
        w.worked += at[k].is_planned ? at[k].minutes : 0;
        w.children += at[k].children;
        w.duties += at[k].is_planned;
    }
    if (e->week_minutes != NONE) {
        const int64_t before = w.history - e->week_minutes;
        const int64_t all = before + w.worked;
        w.overtime = (all > 0 ? all : 0) - (before > 0 ? before : 0);
    }
    return w;
}

/* Between duties on dates that follow each other, the second in the week. */
static int64_t shortest_rest(const spell *at, int32_t n, int32_t monday) {
    int64_t shortest = CELL_EMPTY;
    for (int32_t k = 1; k < n; k++) {
        if (at[k].civil < monday || at[k].civil >= monday + WEEK ||
            at[k].civil != at[k - 1].civil + 1)
            continue;
        const int64_t rest = civil_between(at[k - 1].civil, at[k - 1].end,
                                           at[k].civil, at[k].begin);
        if (shortest == CELL_EMPTY || rest < shortest)
            shortest = rest;
    }
    return shortest;
}

/* The rest around `days` free dates from `date` on: 0 when they are not free,
 * CELL_EMPTY when it has no begin or no end. */
static int64_t rest_around(const spell *at, int32_t n, int32_t date,
                           int32_t days) {
    const spell *before = NULL, *after = NULL;
    for (int32_t k = 0; k < n; k++) {
        if (at[k].civil < date)
            before = &at[k];
        else if (!after)
            after = &at[k];
    }
    if (after && after->civil < date + days)
        return 0;
    return before && after ? civil_between(before->civil, before->end,
                                           after->civil, after->begin)
                           : CELL_EMPTY;
}

static int64_t longest_rest(const employee *e, const spell *at, int32_t n,
                            int32_t monday) {
    const int32_t asked = e->preset ? e->preset->labour.rest_days : 1;
    int64_t longest = 0;
    for (int32_t date = monday; date < monday + WEEK; date++) {
        const int64_t rest = rest_around(at, n, date, asked > 1 ? asked : 1);
        if (rest == CELL_EMPTY)
            return CELL_EMPTY;
        longest = rest > longest ? rest : longest;
    }
    return longest;
}

static cell cell_if_given(int64_t value, bool is_given) {
    return cell_number(is_given ? value : CELL_EMPTY);
}

static void add_agent(report *r, int32_t who, const spell *at, int32_t n) {
    const problem *const prob = r->prob;
    const employee *const e = &prob->employees[who];
    const bool has_hours = e->week_minutes != NONE;
    agent_week all = {0};
    int64_t contract = 0;
    for (int32_t d = 0; d < prob->n_days; d++) {
        if (!report_ends_week(r, d))
            continue;
        const int32_t monday = prob->days[d] - civil_weekday(prob->days[d]);
        const agent_week w = week_of(e, at, n, monday);
        ADD_ROW(
            r, AGENTS, cell_text(e->id), cell_text(r->weeks[d]),
            cell_number(w.duties), cell_number(w.worked),
            cell_number(w.children), cell_number(w.history),
            cell_if_given(e->week_minutes, has_hours),
            cell_if_given(w.history + w.worked - e->week_minutes, has_hours),
            cell_number(w.overtime), cell_number(shortest_rest(at, n, monday)),
            cell_number(longest_rest(e, at, n, monday)));
        all.duties += w.duties;
        all.worked += w.worked;
        all.children += w.children;
        all.history += w.history;
        all.overtime += w.overtime;
        contract += e->week_minutes;
    }
    ADD_ROW(r, AGENTS_TOTAL, cell_text(e->id), cell_number(all.duties),
            cell_number(all.worked), cell_number(all.children),
            cell_if_given(contract, has_hours),
            cell_if_given(all.history + all.worked - contract, has_hours),
            cell_number(all.overtime),
            cell_if_given(e->least, e->least != NONE),
            cell_if_given(e->most, e->most != NONE));
}

void table_agents(report *r) {
    const problem *const prob = r->prob;
    int32_t most = 0;
    for (int32_t e = 0; e < prob->n_employees; e++)
        most = prob->employees[e].n_history > most
                   ? prob->employees[e].n_history
                   : most;
    spell *const at = ARENA_NEW(r->scratch, spell, most + prob->n_days);
    r->failed |= !at;
    for (int32_t e = 0; at && e < prob->n_employees; e++)
        add_agent(r, e, at, list_spells(at, r, e));
}
