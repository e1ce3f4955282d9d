// SPDX-License-Identifier: GPL-3.0-or-later
/* Day by day, from the definition: what somebody does on a day in one plan and
 * in the other. */
#include "check/changes.h"

static const option *given(const problem *prob, const int32_t *option_of,
                           int32_t r) {
    return option_of[r] == NONE ? NULL
                                : &prob->requests[r].options[option_of[r]];
}

static bool is_same(const presence *a, const presence *b) {
    return a->day == b->day && a->begin == b->begin && a->end == b->end &&
           a->structure == b->structure && a->section == b->section;
}

/* Where the day of the presence at `i` ends in the list. */
static int32_t day_end(const option *o, int32_t i) {
    int32_t end = i;
    while (end < o->n_presences && o->presences[end].day == o->presences[i].day)
        end++;
    return end;
}

static bool is_same_part(const option *a, int32_t i, int32_t end_i,
                         const option *b, int32_t k, int32_t end_k) {
    bool same = end_i - i == end_k - k;
    while (same && i < end_i)
        same = is_same(&a->presences[i++], &b->presences[k++]);
    return same;
}

/* Calls `differs` for each day on which the child is not in the same places at
 * the same times; both lists rise. */
static void each_difference(const option *a, const option *b,
                            void (*differs)(void *user, int32_t day),
                            void *user) {
    const int32_t n_a = a ? a->n_presences : 0, n_b = b ? b->n_presences : 0;
    for (int32_t i = 0, k = 0; i < n_a || k < n_b;) {
        const int32_t in_a = i < n_a ? a->presences[i].day : INT32_MAX;
        const int32_t in_b = k < n_b ? b->presences[k].day : INT32_MAX;
        const int32_t day = in_a < in_b ? in_a : in_b;
        const int32_t end_i = in_a == day ? day_end(a, i) : i;
        const int32_t end_k = in_b == day ? day_end(b, k) : k;
        if (!is_same_part(a, i, end_i, b, k, end_k))
            differs(user, day);
        i = end_i;
        k = end_k;
    }
}

typedef struct difference {
    const baseline *told;
    int64_t weight;  /* the heaviest published day */
    bool is_of_past; /* some day of history */
} difference;

static void note_day(void *user, int32_t day) {
    difference *const d = user;
    d->is_of_past |= day < d->told->first;
    if (day >= d->told->first && day < d->told->end &&
        d->told->weight[day] > d->weight)
        d->weight = d->told->weight[day];
}

static difference difference_of(const problem *prob, const int32_t *option_of,
                                int32_t r) {
    difference d = {.told = prob->baseline};
    each_difference(given(prob, d.told->option_of, r),
                    given(prob, option_of, r), note_day, &d);
    return d;
}

/* Who was told of no place was told nothing. */
int64_t changes_of_request(const problem *prob, const int32_t *option_of,
                           int32_t r) {
    return prob->baseline->option_of[r] == NONE
               ? 0
               : difference_of(prob, option_of, r).weight;
}

static int32_t way_on(const problem *prob, const int32_t *way_of, int32_t e,
                      int32_t day) {
    return way_of ? way_of[e * prob->n_days + day] : NONE;
}

int64_t changes_of_employee(const problem *prob, const int32_t *way_of,
                            int32_t e) {
    const baseline *const told = prob->baseline;
    int64_t weight = 0;
    for (int32_t day = told->first; day < told->end; day++)
        if (told->weight[day] > weight &&
            way_on(prob, told->way_of, e, day) != way_on(prob, way_of, e, day))
            weight = told->weight[day];
    return weight;
}

int64_t changes_value(const problem *prob, const int32_t *option_of,
                      const int32_t *way_of) {
    int64_t sum = 0;
    for (int32_t r = 0; prob->baseline && r < prob->n_requests; r++)
        sum += changes_of_request(prob, option_of, r);
    for (int32_t e = 0; prob->baseline && e < prob->n_employees; e++)
        sum += changes_of_employee(prob, way_of, e);
    return sum;
}

bool changes_keep_history(const problem *prob, const int32_t *option_of,
                          const int32_t *way_of) {
    const baseline *const told = prob->baseline;
    bool keeps = true;
    for (int32_t r = 0; told && keeps && r < prob->n_requests; r++)
        keeps = !difference_of(prob, option_of, r).is_of_past;
    for (int32_t e = 0; told && keeps && e < prob->n_employees; e++)
        for (int32_t day = 0; keeps && day < told->first; day++)
            keeps = way_on(prob, told->way_of, e, day) ==
                    way_on(prob, way_of, e, day);
    return keeps;
}
