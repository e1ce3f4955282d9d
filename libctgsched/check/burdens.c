// SPDX-License-Identifier: GPL-3.0-or-later
/* Openings, closings and Wednesdays, counted duty by duty against the shares
 * (format.md 3.12 and 7.6). */
#include "check/burdens.h"

enum { WEDNESDAY = 2 };

/* At work in a structure in its first open minute. */
static bool is_opening(const problem *prob, const segment *s, int32_t day) {
    const day_profile *const open =
        &prob->structures[s->structure].open.days[day];
    return open->n > 0 && s->begin <= open->steps[0].begin &&
           open->steps[0].begin < s->end;
}

/* The same in its last one. */
static bool is_closing(const problem *prob, const segment *s, int32_t day) {
    const day_profile *const open =
        &prob->structures[s->structure].open.days[day];
    return open->n > 0 && s->begin < open->steps[open->n - 1].end &&
           open->steps[open->n - 1].end <= s->end;
}

static void add_duty(int64_t carried[N_BURDENS], const problem *prob,
                     int32_t way_index, int32_t day) {
    const shift *const s = &prob->shifts[prob->ways[way_index].shift];
    bool opens = false, closes = false;
    for (int32_t k = 0; k < s->n_segments; k++) {
        opens |= is_opening(prob, &s->segments[k], day);
        closes |= is_closing(prob, &s->segments[k], day);
    }
    carried[BURDEN_OPENING] += opens;
    carried[BURDEN_CLOSING] += closes;
    carried[BURDEN_WEDNESDAY] += civil_weekday(prob->days[day]) == WEDNESDAY;
}

static void count_burdens(int64_t carried[N_BURDENS], const problem *prob,
                          const int32_t *way_of, int32_t index) {
    for (int32_t b = 0; b < N_BURDENS; b++)
        carried[b] = prob->employees[index].burdens[b];
    for (int32_t day = 0; way_of && day < prob->n_days; day++) {
        const int32_t w = way_of[index * prob->n_days + day];
        if (w != NONE)
            add_duty(carried, prob, w, day);
    }
}

/* Away from the share of all that is carried, one way or the other. */
static int64_t unfairness(const employee *e, const int64_t carried[N_BURDENS],
                          const int64_t all[N_BURDENS]) {
    int64_t sum = 0;
    for (int32_t b = 0; b < N_BURDENS; b++) {
        const int64_t by = 1000 * carried[b] - e->share * all[b];
        sum += by < 0 ? -by : by;
    }
    return sum;
}

int64_t burdens_value(const problem *prob, const int32_t *way_of) {
    int64_t all[N_BURDENS] = {0}, carried[N_BURDENS], value = 0;
    for (int32_t e = 0; e < prob->n_employees; e++) {
        count_burdens(carried, prob, way_of, e);
        for (int32_t b = 0; prob->employees[e].shares && b < N_BURDENS; b++)
            all[b] += carried[b];
    }
    for (int32_t e = 0; e < prob->n_employees; e++) {
        count_burdens(carried, prob, way_of, e);
        if (prob->employees[e].shares)
            value += unfairness(&prob->employees[e], carried, all);
    }
    return value;
}
