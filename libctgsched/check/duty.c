// SPDX-License-Identifier: GPL-3.0-or-later
/* Duties minute by minute: a day is an array of minutes, so that nothing has
 * to be said about how segments and pieces meet. */
#include "check/duty.h"

#include <string.h>

enum { MINUTES = 24 * 60 };

static const shift *shift_of(const problem *prob, int32_t way_index) {
    return &prob->shifts[prob->ways[way_index].shift];
}

int32_t duty_stints(const problem *prob, int32_t way_index, stint *out) {
    const shift *const s = shift_of(prob, way_index);
    int32_t where_at[MINUTES];
    int32_t n = 0;
    for (int32_t m = 0; m < MINUTES; m++)
        where_at[m] = NONE;
    for (int32_t k = 0; k < s->n_segments; k++)
        for (int32_t m = s->segments[k].begin; m < s->segments[k].end; m++)
            where_at[m] =
                s->segments[k].with_children ? s->segments[k].structure : NONE;
    for (int32_t k = 0; k < s->n_pieces; k++) {
        const int32_t begin = prob->ways[way_index].pieces[k];
        for (int32_t m = begin; m < begin + s->pieces[k].minutes; m++)
            where_at[m] = NONE;
    }
    for (int32_t m = 0; m < MINUTES; m++) {
        if (where_at[m] == NONE)
            continue;
        if (m > 0 && where_at[m] == where_at[m - 1])
            out[n - 1].end++;
        else if (n < MOST_STINTS)
            out[n++] = (stint){(int16_t)m, (int16_t)(m + 1), where_at[m]};
    }
    return n;
}

static int32_t working_minutes(const shift *s) {
    int32_t minutes = 0;
    if (s->minutes != NONE)
        return s->minutes;
    for (int32_t k = 0; k < s->n_segments; k++)
        minutes += s->segments[k].end - s->segments[k].begin;
    for (int32_t k = 0; k < s->n_pieces; k++)
        if (!s->pieces[k].is_paid)
            minutes -= s->pieces[k].minutes;
    return minutes;
}

duty duty_of(const problem *prob, int32_t way_index) {
    const shift *const s = shift_of(prob, way_index);
    return (duty){s->segments[0].begin, s->segments[s->n_segments - 1].end,
                  working_minutes(s)};
}

/* The longest time without a break of at least `least` minutes or a cut. */
static int32_t longest_stretch(const problem *prob, int32_t way_index,
                               int32_t least) {
    const shift *const s = shift_of(prob, way_index);
    bool works[MINUTES + 1] = {false};
    int32_t longest = 0, run = 0;
    for (int32_t k = 0; k < s->n_segments; k++)
        memset(works + s->segments[k].begin, 1,
               (size_t)(s->segments[k].end - s->segments[k].begin));
    for (int32_t k = 0; k < s->n_pieces; k++)
        if (s->pieces[k].is_break && s->pieces[k].minutes >= least)
            memset(works + prob->ways[way_index].pieces[k], 0,
                   (size_t)s->pieces[k].minutes);
    for (int32_t m = 0; m < MINUTES; m++) {
        run = works[m] ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static bool exceeds(int32_t value, int32_t limit) {
    return limit >= 0 && value > limit;
}

static bool keeps_cuts(const labour *l, const shift *s) {
    int32_t n = 0, sum = 0, largest = 0;
    for (int32_t k = 1; k < s->n_segments; k++) {
        const int32_t cut = s->segments[k].begin - s->segments[k - 1].end;
        n += cut > 0;
        sum += cut;
        largest = cut > largest ? cut : largest;
    }
    return !exceeds(n + 1, l->max_periods) && !exceeds(largest, l->max_cut) &&
           !exceeds(sum, l->max_cuts);
}

static bool keeps_preset(const problem *prob, const employee *e,
                         int32_t way_index) {
    const labour *const l = &e->preset->labour;
    const duty d = duty_of(prob, way_index);
    return !exceeds(d.minutes, l->max_day) &&
           !exceeds(d.end - d.begin, l->max_amplitude) &&
           keeps_cuts(l, shift_of(prob, way_index)) &&
           (l->break_after < 0 ||
            longest_stretch(prob, way_index, l->break_minutes) <
                l->break_after);
}

static bool is_there(const employee *e, int32_t day, const duty *d) {
    for (int32_t m = d->begin; m < d->end; m++)
        if ((!e->is_always && !profile_covers(&e->available, day, m)) ||
            profile_covers(&e->absent, day, m))
            return false;
    return true;
}

bool duty_may_be(const problem *prob, const employee *e, int32_t day,
                 int32_t way_index) {
    const shift *const s = shift_of(prob, way_index);
    const duty d = duty_of(prob, way_index);
    for (int32_t k = 0; k < s->n_segments; k++)
        if (!employee_works_in(e, s->segments[k].structure))
            return false;
    return s->on[day] && is_there(e, day, &d) &&
           (!e->preset || keeps_preset(prob, e, way_index));
}
