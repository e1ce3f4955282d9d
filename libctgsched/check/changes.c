// SPDX-License-Identifier: GPL-3.0-or-later
/* Day by day, from the definition: what somebody does on a day in one plan and
 * in the other. */
#include "check/changes.h"

static const option *given(const problem *prob, const int32_t *option_of,
                           int32_t r) {
    return option_of[r] == NONE ? NULL
                                : &prob->requests[r].options[option_of[r]];
}

/* The first presence on the day or after. */
static int32_t presences_from(const option *o, int32_t day) {
    int32_t i = 0;
    while (o && i < o->n_presences && o->presences[i].day < day)
        i++;
    return i;
}

static bool is_same(const presence *a, const presence *b) {
    return a->day == b->day && a->begin == b->begin && a->end == b->end &&
           a->structure == b->structure && a->section == b->section;
}

static bool has_on(const option *o, int32_t i, int32_t day) {
    return o && i < o->n_presences && o->presences[i].day == day;
}

/* The child is in the same places at the same times on the day. */
static bool is_same_day(const option *a, const option *b, int32_t day) {
    int32_t i = presences_from(a, day), k = presences_from(b, day);
    while (has_on(a, i, day) && has_on(b, k, day))
        if (!is_same(&a->presences[i++], &b->presences[k++]))
            return false;
    return !has_on(a, i, day) && !has_on(b, k, day);
}

int64_t changes_of_request(const problem *prob, const int32_t *option_of,
                           int32_t r) {
    const baseline *const told = prob->baseline;
    const option *const before = given(prob, told->option_of, r);
    const option *const now = given(prob, option_of, r);
    int64_t weight = 0;
    for (int32_t day = told->first; before && day < told->end; day++)
        if (told->weight[day] > weight && !is_same_day(before, now, day))
            weight = told->weight[day];
    return weight;
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
    for (int32_t day = 0; told && day < told->first; day++) {
        for (int32_t r = 0; r < prob->n_requests; r++)
            if (!is_same_day(given(prob, told->option_of, r),
                             given(prob, option_of, r), day))
                return false;
        for (int32_t e = 0; e < prob->n_employees; e++)
            if (way_on(prob, told->way_of, e, day) !=
                way_on(prob, way_of, e, day))
                return false;
    }
    return true;
}
