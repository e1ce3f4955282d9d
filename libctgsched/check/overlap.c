// SPDX-License-Identifier: GPL-3.0-or-later
/* A child is in one place at a time.
 *
 * Presences of each child with two served requests or more are laid out by day
 * and read from breakpoint to breakpoint. */
#include <stdlib.h>

#include "check/attendance.h"
#include "check/demand.h"

typedef struct stay {
    int32_t child, day, begin, end, request;
} stay;

static int compare_stays(const void *left, const void *right) {
    const stay *const a = left, *const b = right;
    const int32_t x[] = {a->child, a->day, a->begin, a->end, a->request};
    const int32_t y[] = {b->child, b->day, b->begin, b->end, b->request};
    for (size_t i = 0; i < sizeof x / sizeof x[0]; i++) {
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    }
    return 0;
}

/* How often each child is served; the number of presences of those who are
 * served more than once. */
static int32_t count_stays(int32_t *served, const problem *prob,
                           const int32_t *option_of) {
    int32_t n = 0;
    for (int32_t r = 0; r < prob->n_requests; r++)
        served[prob->requests[r].child] += option_of[r] != NONE;
    for (int32_t r = 0; r < prob->n_requests; r++) {
        const option *const o = given_option(prob, option_of, r);
        if (o && served[prob->requests[r].child] > 1)
            n += o->n_presences;
    }
    return n;
}

static void list_stays(stay *stays, const int32_t *served, const problem *prob,
                       const int32_t *option_of) {
    int32_t n = 0;
    for (int32_t r = 0; r < prob->n_requests; r++) {
        const option *const o = given_option(prob, option_of, r);
        const int32_t c = prob->requests[r].child;
        for (int32_t i = 0; o && served[c] > 1 && i < o->n_presences; i++)
            stays[n++] = (stay){.child = c,
                                .day = o->presences[i].day,
                                .begin = o->presences[i].begin,
                                .end = o->presences[i].end,
                                .request = r};
    }
}

/* The first begin or end after `minute`; INT32_MAX after the last. */
static int32_t next_break(const stay *stays, int32_t n, int32_t minute) {
    int32_t next = INT32_MAX;
    for (int32_t i = 0; i < n; i++) {
        if (stays[i].begin > minute && stays[i].begin < next)
            next = stays[i].begin;
        if (stays[i].end > minute && stays[i].end < next)
            next = stays[i].end;
    }
    return next;
}

/* One child on one day: `n` stays. */
static void read_day(findings *found, const problem *prob, const stay *stays,
                     int32_t n) {
    findings_next_day(found);
    int32_t begin = next_break(stays, n, -1);
    for (;;) {
        const int32_t end = next_break(stays, n, begin);
        if (end == INT32_MAX)
            break;
        int32_t at_once = 0, least = INT32_MAX;
        for (int32_t i = 0; i < n; i++) {
            if (stays[i].begin > begin || stays[i].end <= begin)
                continue;
            at_once++;
            least = stays[i].request < least ? stays[i].request : least;
        }
        if (at_once > 1) {
            finding f = {.at = where_of(BREAKS_CHILD),
                         .size = at_once - 1,
                         .is_breach = true,
                         .have = at_once};
            f.at.request = least;
            f.at.civil = prob->days[stays[0].day];
            f.at.begin = begin;
            f.at.end = end;
            findings_add_instant(found, &f);
        }
        begin = end;
    }
    findings_next_day(found);
}

ctg_status demand_children(findings *found, const problem *prob,
                           const int32_t *option_of, arena *scratch,
                           ctg_error *err) {
    int32_t *const served = ARENA_NEW(scratch, int32_t, prob->n_children + 1);
    if (!served)
        return err_nomem(err);
    const int32_t n = count_stays(served, prob, option_of);
    if (n == 0)
        return CTG_OK;
    stay *const stays = ARENA_NEW(scratch, stay, n);
    if (!stays)
        return err_nomem(err);
    list_stays(stays, served, prob, option_of);
    qsort(stays, (size_t)n, sizeof *stays, compare_stays);
    for (int32_t i = 0, k; i < n; i = k) {
        for (k = i + 1; k < n && stays[k].child == stays[i].child &&
                        stays[k].day == stays[i].day;)
            k++;
        if (k - i > 1)
            read_day(found, prob, stays + i, k - i);
    }
    return CTG_OK;
}

bool options_overlap(const option *a, const option *b) {
    int32_t i = 0, k = 0;
    while (i < a->n_presences && k < b->n_presences) {
        const presence *const x = &a->presences[i], *const y = &b->presences[k];
        if (x->day == y->day && x->begin < y->end && y->begin < x->end)
            return true;
        if (x->day < y->day || (x->day == y->day && x->end <= y->end))
            i++;
        else
            k++;
    }
    return false;
}
