// SPDX-License-Identifier: GPL-3.0-or-later
/* Presences of a plan sorted into structure-days by counting. */
#include "check/attendance.h"

#include <assert.h>

static size_t bucket(const problem *prob, int32_t place, int32_t day) {
    return (size_t)place * (size_t)prob->n_days + (size_t)day;
}

/* first[b + 1] counts the visits of bucket b, then becomes their end. */
static int32_t count_visits(attendance *a, const int32_t *option_of,
                            size_t n_buckets) {
    const problem *const prob = a->prob;
    for (int32_t r = 0; r < prob->n_requests; r++) {
        const option *const o = given_option(prob, option_of, r);
        for (int32_t i = 0; o && i < o->n_presences; i++)
            a->first[bucket(prob, o->presences[i].structure,
                            o->presences[i].day) +
                     1]++;
    }
    for (size_t b = 0; b < n_buckets; b++)
        a->first[b + 1] += a->first[b];
    return a->first[n_buckets];
}

/* Fills each bucket from its begin; `first` moves one bucket on meanwhile. */
static void place_visits(attendance *a, const int32_t *option_of,
                         size_t n_buckets) {
    const problem *const prob = a->prob;
    for (int32_t r = 0; r < prob->n_requests; r++) {
        const option *const o = given_option(prob, option_of, r);
        for (int32_t i = 0; o && i < o->n_presences; i++) {
            const presence *const at = &o->presences[i];
            const size_t b = bucket(prob, at->structure, at->day);
            a->visits[a->first[b]++] = (visit){.request = r, .at = at};
        }
    }
    for (size_t b = n_buckets; b > 0; b--)
        a->first[b] = a->first[b - 1];
    a->first[0] = 0;
}

ctg_status attendance_build(attendance *out, const problem *prob,
                            const int32_t *option_of, arena *mem,
                            ctg_error *err) {
    const size_t n_buckets = (size_t)prob->n_structures * (size_t)prob->n_days;
    *out = (attendance){.prob = prob};
    out->first = ARENA_NEW(mem, int32_t, n_buckets + 1);
    if (!out->first)
        return err_nomem(err);
    const int32_t n = count_visits(out, option_of, n_buckets);
    out->visits = ARENA_NEW(mem, visit, n + 1);
    if (!out->visits)
        return err_nomem(err);
    place_visits(out, option_of, n_buckets);
    assert(out->first[n_buckets] == n);
    return CTG_OK;
}

visit_span attendance_on(const attendance *a, int32_t place, int32_t day) {
    const size_t b = bucket(a->prob, place, day);
    return (visit_span){.at = a->visits + a->first[b],
                        .n = a->first[b + 1] - a->first[b]};
}

int32_t attendance_busiest(const attendance *a) {
    int32_t most = 0;
    for (int32_t s = 0; s < a->prob->n_structures; s++) {
        for (int32_t d = 0; d < a->prob->n_days; d++) {
            const int32_t n = attendance_on(a, s, d).n;
            most = n > most ? n : most;
        }
    }
    return most;
}
