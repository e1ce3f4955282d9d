// SPDX-License-Identifier: GPL-3.0-or-later
/* Who goes first: points of requests and bundles, and the waiting list. */
#include <stdlib.h>
#include <string.h>

#include "check/judge.h"

const int64_t *judge_points(const problem *prob, arena *mem) {
    int64_t *const points = ARENA_NEW(mem, int64_t, prob->n_requests + 1);
    if (!points)
        return NULL;
    for (int32_t r = 0; r < prob->n_requests; r++)
        points[r] = prob->requests[r].points;
    for (int32_t g = 0; g < prob->n_siblings; g++) {
        const siblings *const group = &prob->siblings[g];
        if (group->rule == SIBLINGS_REWARD)
            continue;
        int64_t most = INT64_MIN;
        for (int32_t i = 0; i < group->n_requests; i++) {
            const int64_t own = prob->requests[group->requests[i]].points;
            most = own > most ? own : most;
        }
        for (int32_t i = 0; i < group->n_requests; i++) {
            int64_t *const p = &points[group->requests[i]];
            *p = most > *p ? most : *p;
        }
    }
    return points;
}

typedef struct queued {
    int64_t points, ticket;
    int32_t request;
} queued;

/* Requests are sorted by id, so the index stands for the id. */
static int compare_queued(const void *left, const void *right) {
    const queued *const a = left, *const b = right;
    if (a->points != b->points)
        return a->points > b->points ? -1 : 1;
    if (a->ticket != b->ticket)
        return a->ticket > b->ticket ? -1 : 1;
    return (a->request > b->request) - (a->request < b->request);
}

/* The ticket of the option of least rank, the first of those in the menu. */
static int64_t best_ticket(const request *r) {
    const option *best = NULL;
    for (int32_t o = 0; o < r->n_options; o++) {
        if (!best || r->options[o].rank < best->rank)
            best = &r->options[o];
    }
    return best ? best->ticket : 0;
}

ctg_status judge_waiting(const waiting_row **rows, int32_t *n_rows,
                         const judge *j, arena *mem, ctg_error *err) {
    const problem *const prob = j->prob;
    queued *const queue = ARENA_NEW(j->scratch, queued, prob->n_requests + 1);
    if (!queue)
        return err_nomem(err);
    int32_t n = 0;
    for (int32_t r = 0; r < prob->n_requests; r++) {
        if (j->option_of[r] == NONE)
            queue[n++] = (queued){.points = j->points[r],
                                  .ticket = best_ticket(&prob->requests[r]),
                                  .request = r};
    }
    qsort(queue, (size_t)n, sizeof *queue, compare_queued);
    waiting_row *const out = ARENA_NEW(mem, waiting_row, n + 1);
    if (!out)
        return err_nomem(err);
    for (int32_t i = 0; i < n; i++)
        out[i] = (waiting_row){.request = queue[i].request, .rank = i + 1};
    *rows = out;
    *n_rows = n;
    return CTG_OK;
}
