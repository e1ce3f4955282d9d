// SPDX-License-Identifier: GPL-3.0-or-later
/* The rules of labour as rows over the duties of one employee
 * (doc/formulation.md, "Labour"). Sums over a day are the duties of its post:
 * a rule about days, rests or minutes is a row. */
#include "solve/duties.h"

#include "solve/families.h"

typedef struct crew {
    formulation *f;
    const problem *prob;
    const employee *e;
    int32_t index;
    const labour *l; /* of the preset, NULL */
} crew;

static int32_t first_col(const crew *c, int32_t day) {
    return c->f->first_duty[c->index * c->prob->n_days + day];
}

static int32_t last_col(const crew *c, int32_t day) {
    return c->f->first_duty[c->index * c->prob->n_days + day + 1];
}

static const duty_col *duty_at(const crew *c, int32_t col) {
    return &c->f->duty_cols[col - c->f->n_option_cols];
}

static const way_facts *facts_at(const crew *c, int32_t col) {
    return &c->f->facts[duty_at(c, col)->way];
}

static int32_t shift_at(const crew *c, int32_t col) {
    return c->prob->ways[duty_at(c, col)->way].shift;
}

static int32_t add_row(const crew *c, int64_t lower, int64_t upper,
                       const char *what) {
    program *const p = &c->f->program;
    const int32_t row = program_add_row(p, lower, upper, -1, -1);
    program_name_row(p, row, "%s_%s_%d", what, c->e->id, row);
    return row;
}

static void put_day(const crew *c, int32_t row, int32_t day, int64_t value) {
    for (int32_t j = first_col(c, day); j < last_col(c, day); j++)
        program_put(&c->f->program, row, j, value);
}

/* The day of the horizon with that date, NONE for none. */
static int32_t day_at(const crew *c, int32_t civil) {
    int32_t low = 0, high = c->prob->n_days;
    while (low < high) {
        const int32_t middle = (low + high) / 2;
        if (c->prob->days[middle] < civil)
            low = middle + 1;
        else
            high = middle;
    }
    return low < c->prob->n_days && c->prob->days[low] == civil ? low : NONE;
}

static const past_duty *past_at(const crew *c, int32_t civil) {
    for (int32_t k = 0; k < c->e->n_history; k++)
        if (c->e->history[k].civil == civil)
            return &c->e->history[k];
    return NULL;
}

static bool may_work(const crew *c, int32_t civil) {
    const int32_t day = day_at(c, civil);
    return day != NONE && first_col(c, day) < last_col(c, day);
}

/* --- from one day to the next
 * ---------------------------------------------------------
 */

/* (rest) whoever ends at `end` or later on the day does not begin within the
 * rest on the next. */
static void rest_after(const crew *c, int32_t day, int32_t end) {
    const int32_t civil = c->prob->days[day], next = day_at(c, civil + 1);
    int32_t row = NONE;
    for (int32_t j = first_col(c, next); j < last_col(c, next); j++) {
        if (civil_between(civil, end, civil + 1, facts_at(c, j)->begin) >=
            c->l->min_daily_rest)
            continue;
        if (row == NONE)
            row = add_row(c, -PROGRAM_INFINITY, 1, "rest");
        program_put(&c->f->program, row, j, 1);
    }
    for (int32_t j = first_col(c, day); row != NONE && j < last_col(c, day);
         j++)
        if (facts_at(c, j)->end >= end)
            program_put(&c->f->program, row, j, 1);
}

/* After the last duty before the horizon: those that begin too early never. */
static void rest_after_past(const crew *c, const past_duty *before,
                            int32_t day) {
    int32_t row = NONE;
    for (int32_t j = first_col(c, day); j < last_col(c, day); j++) {
        if (civil_between(before->civil, before->end, before->civil + 1,
                          facts_at(c, j)->begin) >= c->l->min_daily_rest)
            continue;
        if (row == NONE)
            row = add_row(c, -PROGRAM_INFINITY, 0, "rest");
        program_put(&c->f->program, row, j, 1);
    }
}

static bool ends_first(const crew *c, int32_t day, int32_t col) {
    for (int32_t j = first_col(c, day); j < col; j++)
        if (facts_at(c, j)->end == facts_at(c, col)->end)
            return false;
    return true;
}

static void rule_rest(const crew *c) {
    if (!c->l || c->l->min_daily_rest < 0)
        return;
    for (int32_t day = 0; day < c->prob->n_days; day++) {
        const int32_t civil = c->prob->days[day];
        const past_duty *const before = past_at(c, civil - 1);
        if (before)
            rest_after_past(c, before, day);
        if (!may_work(c, civil + 1))
            continue;
        for (int32_t j = first_col(c, day); j < last_col(c, day); j++)
            if (ends_first(c, day, j))
                rest_after(c, day, facts_at(c, j)->end);
    }
}

static bool excludes(const shift *s, int32_t next) {
    for (int32_t k = 0; k < s->n_then_not; k++)
        if (s->then_not[k] == next)
            return true;
    return false;
}

/* (then_not) */
static void exclude_after(const crew *c, int32_t day, int32_t s) {
    const int32_t next = day_at(c, c->prob->days[day] + 1);
    const int32_t row = add_row(c, -PROGRAM_INFINITY, 1, "thennot");
    for (int32_t j = first_col(c, day); j < last_col(c, day); j++)
        if (shift_at(c, j) == s)
            program_put(&c->f->program, row, j, 1);
    for (int32_t j = first_col(c, next); j < last_col(c, next); j++)
        if (excludes(&c->prob->shifts[s], shift_at(c, j)))
            program_put(&c->f->program, row, j, 1);
}

static void rule_then_not(const crew *c) {
    for (int32_t day = 0; day < c->prob->n_days; day++)
        for (int32_t s = 0; s < c->prob->n_shifts; s++)
            if (c->prob->shifts[s].n_then_not > 0 &&
                may_work(c, c->prob->days[day]) &&
                may_work(c, c->prob->days[day] + 1))
                exclude_after(c, day, s);
}

/* --- days in a row
 * ---------------------------------------------------------------------
 */

/* Adds `sign` x (worked on the date) to a row, or to `fixed` what is known. */
static void put_date(const crew *c, int32_t row, int32_t civil, int64_t sign,
                     int64_t *fixed) {
    const int32_t day = day_at(c, civil);
    if (day != NONE)
        put_day(c, row, day, sign);
    else if (past_at(c, civil))
        *fixed += sign;
}

static int32_t first_civil(const crew *c) { return c->prob->days[0]; }
static int32_t last_civil(const crew *c) {
    return c->prob->days[c->prob->n_days - 1];
}

/* sum sign x worked over the dates <= upper, less what history adds. */
static void limit_dates(const crew *c, int32_t from, int32_t n,
                        const int8_t *sign, int64_t upper, const char *what) {
    program *const p = &c->f->program;
    const int32_t row = add_row(c, -PROGRAM_INFINITY, upper, what);
    int64_t fixed = 0;
    for (int32_t k = 0; k < n; k++)
        put_date(c, row, from + k, sign[k], &fixed);
    p->rows.at[row].upper = upper - fixed;
}

enum { LONGEST_ROW = 402 };

static bool all_may_work(const crew *c, int32_t from, int32_t n) {
    for (int32_t k = 0; k < n; k++)
        if (!may_work(c, from + k) && !past_at(c, from + k))
            return false;
    return true;
}

/* (in_row) of days_in_row + 1 dates in a row one is free. */
static void rule_in_row(const crew *c) {
    int8_t sign[LONGEST_ROW];
    const int32_t n = c->e->days_in_row + 1;
    if (c->e->days_in_row == NONE)
        return;
    for (int32_t k = 0; k < n; k++)
        sign[k] = 1;
    for (int32_t from = first_civil(c) - n + 1; from + n - 1 <= last_civil(c);
         from++)
        if (all_may_work(c, from, n))
            limit_dates(c, from, n, sign, c->e->days_in_row, "inrow");
}

/* (least_in_row) not free, n worked, free, for each n too short. */
static void rule_least_in_row(const crew *c) {
    int8_t sign[LONGEST_ROW];
    for (int32_t n = 1; n < c->e->least_in_row; n++) {
        sign[0] = sign[n + 1] = -1;
        for (int32_t k = 1; k <= n; k++)
            sign[k] = 1;
        for (int32_t from = first_civil(c); from + n + 1 <= last_civil(c);
             from++)
            limit_dates(c, from, n + 2, sign, n - 1, "leastrow");
    }
}

/* (least_off) worked, n free, worked, for each n too short. */
static void rule_least_off(const crew *c) {
    int8_t sign[LONGEST_ROW];
    for (int32_t n = 1; n < c->e->least_off; n++) {
        sign[0] = sign[n + 1] = 1;
        for (int32_t k = 1; k <= n; k++)
            sign[k] = -1;
        for (int32_t from = first_civil(c) - n - 1;
             from + n + 1 <= last_civil(c); from++)
            if (from + n + 1 >= first_civil(c))
                limit_dates(c, from, n + 2, sign, 1, "leastoff");
    }
}

/* (weekends) a column for each weekend with a duty. */
static void rule_weekends(const crew *c) {
    program *const p = &c->f->program;
    if (c->e->weekends == NONE)
        return;
    const int32_t all =
        add_row(c, -PROGRAM_INFINITY, c->e->weekends, "weekends");
    const int32_t monday = first_civil(c) - civil_weekday(first_civil(c));
    for (int32_t week = monday; week <= last_civil(c); week += 7) {
        int32_t worked = NONE, block = -1;
        for (int32_t civil = week + 5; civil < week + 7; civil++) {
            if (!may_work(c, civil))
                continue;
            if (worked == NONE) {
                block = p->n_blocks++;
                worked = program_add_col(p, -1, 0, 1, -1);
                program_name_col(p, worked, "weekend_%s_%d", c->e->id, week);
                program_put(p, all, worked, 1);
            }
            const int32_t row =
                program_add_row(p, -PROGRAM_INFINITY, 0, worked, block);
            program_name_row(p, row, "weekend_%s_%d", c->e->id, civil);
            put_day(c, row, day_at(c, civil), 1);
            program_put(p, row, worked, -1);
        }
    }
}

/* --- minutes
 * ------------------------------------------------------------------------
 */

/* Duties' minutes of [from, to) go into the row; those of history are returned.
 */
static int64_t put_minutes(const crew *c, int32_t row, int32_t from,
                           int32_t to) {
    int64_t past = 0;
    for (int32_t k = 0; k < c->e->n_history; k++)
        if (from <= c->e->history[k].civil && c->e->history[k].civil < to)
            past += c->e->history[k].minutes;
    for (int32_t day = 0; day < c->prob->n_days; day++)
        if (from <= c->prob->days[day] && c->prob->days[day] < to)
            for (int32_t j = first_col(c, day); j < last_col(c, day); j++)
                program_put(&c->f->program, row, j, facts_at(c, j)->minutes);
    return past;
}

static void limit_minutes(const crew *c, int32_t from, int32_t to, int64_t most,
                          const char *what) {
    const int32_t row = add_row(c, -PROGRAM_INFINITY, most, what);
    c->f->program.rows.at[row].upper = most - put_minutes(c, row, from, to);
}

/* (week_minutes, mean_week) */
static void rule_minutes(const crew *c) {
    const int32_t monday = first_civil(c) - civil_weekday(first_civil(c));
    for (int32_t week = monday; week <= last_civil(c); week += 7) {
        bool any = false;
        for (int32_t civil = week; civil < week + 7; civil++)
            any |= day_at(c, civil) != NONE;
        if (any && c->l && c->l->max_week >= 0)
            limit_minutes(c, week, week + 7, c->l->max_week, "week");
        if (any && c->e->week_most != NONE)
            limit_minutes(c, week, week + 7, c->e->week_most, "week");
        if (any && c->l && c->l->max_mean_week >= 0)
            limit_minutes(c, week - 7 * (c->l->mean_weeks - 1), week + 7,
                          (int64_t)c->l->max_mean_week * c->l->mean_weeks,
                          "mean");
    }
}

/* (contract, shift_most) over the horizon. */
static void rule_horizon(const crew *c) {
    if (c->e->least != NONE || c->e->most != NONE) {
        const int32_t row = add_row(
            c, c->e->least == NONE ? -PROGRAM_INFINITY : c->e->least,
            c->e->most == NONE ? PROGRAM_INFINITY : c->e->most, "contract");
        put_minutes(c, row, first_civil(c), last_civil(c) + 1);
    }
    for (int32_t i = 0; i < c->e->n_shift_most; i++) {
        const shift_limit *const limit = &c->e->shift_most[i];
        const int32_t row =
            add_row(c, -PROGRAM_INFINITY, limit->most, "shiftmost");
        for (int32_t day = 0; day < c->prob->n_days; day++)
            for (int32_t j = first_col(c, day); j < last_col(c, day); j++)
                if (shift_at(c, j) == limit->shift)
                    program_put(&c->f->program, row, j, 1);
    }
}

/* --- weekly rest
 * --------------------------------------------------------------------
 */

/* The rest may begin on the date: nothing there is fixed against it. */
static bool may_rest(const crew *c, int32_t civil) {
    for (int32_t k = 0; k < c->l->rest_days; k++)
        if (past_at(c, civil + k))
            return false;
    return true;
}

/* The last duty that can come before the date ends then, the first after
 * begins so: for edges outside the horizon. */
static int32_t last_past(const crew *c, int32_t civil) {
    int32_t k = c->e->n_history - 1;
    while (k >= 0 && c->e->history[k].civil >= civil)
        k--;
    return k;
}

/* Every rest that begins on the date is long enough, whatever is worked: the
 * dates cannot be worked, nor could duties around come nearer. */
static bool rests_anyway(const crew *c, int32_t civil) {
    const int32_t after = civil + c->l->rest_days;
    for (int32_t k = 0; k < c->l->rest_days; k++)
        if (may_work(c, civil + k) || past_at(c, civil + k))
            return false;
    int32_t latest = NONE, earliest = NONE;
    const int32_t before = day_at(c, civil - 1), next = day_at(c, after);
    const int32_t past = last_past(c, civil);
    for (int32_t j = before == NONE ? 0 : first_col(c, before);
         before != NONE && j < last_col(c, before); j++)
        latest = facts_at(c, j)->end > latest ? facts_at(c, j)->end : latest;
    if (past != NONE && c->e->history[past].civil == civil - 1)
        latest = c->e->history[past].end;
    for (int32_t j = next == NONE ? 0 : first_col(c, next);
         next != NONE && j < last_col(c, next); j++)
        earliest = earliest == NONE || facts_at(c, j)->begin < earliest
                       ? facts_at(c, j)->begin
                       : earliest;
    /* Without one beside it there is a whole day more. */
    if (latest == NONE || earliest == NONE)
        return civil_between(civil - 1, latest == NONE ? 0 : latest, after,
                             earliest == NONE ? 24 * 60 : earliest) >=
               c->l->min_weekly_rest;
    return civil_between(civil - 1, latest, after, earliest) >=
           c->l->min_weekly_rest;
}

/* (rest_week.near) a rest from the date excludes a late end before it together
 * with an early begin after it. */
static void keep_apart(const crew *c, int32_t col, int32_t civil, int32_t end,
                       bool is_past) {
    program *const p = &c->f->program;
    const int32_t after = civil + c->l->rest_days;
    const int32_t before = day_at(c, civil - 1), next = day_at(c, after);
    int32_t row = NONE;
    for (int32_t j = next == NONE ? 0 : first_col(c, next);
         next != NONE && j < last_col(c, next); j++) {
        if (civil_between(civil - 1, end, after, facts_at(c, j)->begin) >=
            c->l->min_weekly_rest)
            continue;
        if (row == NONE) {
            row = add_row(c, -PROGRAM_INFINITY, is_past ? 1 : 2, "restweek");
            program_put(p, row, col, 1);
        }
        program_put(p, row, j, 1);
    }
    for (int32_t j = before == NONE || is_past ? 0 : first_col(c, before);
         row != NONE && !is_past && j < last_col(c, before); j++)
        if (facts_at(c, j)->end >= end)
            program_put(p, row, j, 1);
}

static void rest_from(const crew *c, int32_t col, int32_t civil) {
    program *const p = &c->f->program;
    for (int32_t k = 0; k < c->l->rest_days; k++) {
        if (!may_work(c, civil + k))
            continue;
        const int32_t row = add_row(c, -PROGRAM_INFINITY, 1, "restweek");
        put_day(c, row, day_at(c, civil + k), 1);
        program_put(p, row, col, 1);
    }
    const int32_t before = day_at(c, civil - 1);
    const int32_t past = last_past(c, civil);
    if (past != NONE && c->e->history[past].civil == civil - 1)
        keep_apart(c, col, civil, c->e->history[past].end, true);
    else if (before != NONE)
        for (int32_t j = first_col(c, before); j < last_col(c, before); j++)
            if (ends_first(c, before, j))
                keep_apart(c, col, civil, facts_at(c, j)->end, false);
}

/* The rest of a week: a group of the dates it may begin on, one of them taken
 * (`chosen` rows see to that). */
static void add_rest_week(const crew *c, int32_t monday, rest_col *cols) {
    formulation *const f = c->f;
    program *const p = &f->program;
    for (int32_t civil = monday; civil < monday + 7; civil++)
        if (may_rest(c, civil) && rests_anyway(c, civil))
            return;
    const int32_t group = program_add_group(p, false);
    /* From Sunday back: heuristics take the first that fits. */
    for (int32_t civil = monday + 6; civil >= monday; civil--) {
        if (!may_rest(c, civil))
            continue;
        const int32_t col = program_add_col(p, group, 0, 1, -1);
        program_name_col(p, col, "restweek_%s_%d", c->e->id, civil);
        cols[f->n_rest_cols++] = (rest_col){c->index, civil};
    }
}

static bool has_weekly_rest(const crew *c) {
    return c->l && c->l->min_weekly_rest >= 0;
}

/* Whether a week has a day of the horizon. */
static bool is_week(const crew *c, int32_t monday) {
    for (int32_t civil = monday; civil < monday + 7; civil++)
        if (day_at(c, civil) != NONE)
            return true;
    return false;
}

static crew crew_of(formulation *f, int32_t e) {
    const employee *const who = &f->prob->employees[e];
    return (crew){f, f->prob, who, e,
                  who->preset ? &who->preset->labour : NULL};
}

bool duties_add_rests(formulation *f, arena *mem) {
    const problem *const prob = f->prob;
    const int64_t weeks =
        (prob->days[prob->n_days - 1] - prob->days[0]) / 7 + 2;
    rest_col *const cols =
        ARENA_NEW(mem, rest_col, 7 * weeks * prob->n_employees + 1);
    if (!cols)
        return false;
    f->rest_cols = cols;
    for (int32_t e = 0; e < prob->n_employees; e++) {
        const crew c = crew_of(f, e);
        const int32_t monday = first_civil(&c) - civil_weekday(first_civil(&c));
        for (int32_t week = monday;
             has_weekly_rest(&c) && week <= last_civil(&c); week += 7)
            if (is_week(&c, week))
                add_rest_week(&c, week, cols);
    }
    f->n_choice_cols += f->n_rest_cols;
    return !f->program.failed;
}

/* Each group of rest columns has one at 1, and what that asks. */
static void hold_rests(formulation *f) {
    program *const p = &f->program;
    const int32_t first = f->n_option_cols + f->n_duty_cols;
    int32_t row = NONE;
    for (int32_t k = 0; k < f->n_rest_cols; k++) {
        const int32_t group = p->cols.at[first + k].group;
        const crew c = crew_of(f, f->rest_cols[k].employee);
        if (k == 0 || p->cols.at[first + k - 1].group != group)
            row = add_row(&c, -PROGRAM_INFINITY, -1, "restweek");
        program_put(p, row, first + k, -1);
        rest_from(&c, first + k, f->rest_cols[k].civil);
    }
}

bool duties_add_labour(formulation *f) {
    for (int32_t e = 0; e < f->prob->n_employees; e++) {
        const crew c = crew_of(f, e);
        rule_rest(&c);
        rule_then_not(&c);
        rule_in_row(&c);
        rule_least_in_row(&c);
        rule_least_off(&c);
        rule_weekends(&c);
        rule_minutes(&c);
        rule_horizon(&c);
    }
    hold_rests(f);
    return !f->program.failed;
}
