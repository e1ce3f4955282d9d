// SPDX-License-Identifier: GPL-3.0-or-later
/* What employees cost, and their part in the burdens (format.md 3.10). */
#include "io/intake.h"

enum { SHARE_MOST = 100000, BURDENS_MOST = 10000, CENTS_MOST = 1000000 };

static int32_t take_count(reader *r, const cursor *at, const char *name,
                          int32_t most) {
    return (int32_t)take_int(r, at, name, (int_rule){OMITTED, 0, most, 0});
}

/* The weight of the employee for now; settle_shares makes thousandths of it. */
static void take_share(reader *r, const cursor *of, employee *e) {
    const int32_t usual = e->week_minutes == NONE ? 0 : e->week_minutes;
    e->share = (int32_t)take_int(r, of, "share",
                                 (int_rule){OMITTED, 0, SHARE_MOST, usual});
    e->shares = e->share > 0;
}

static void take_burdens(reader *r, const cursor *of, employee *e) {
    static const char *const known[] = {"openings", "closings", "wednesdays"};
    cursor at;
    if (!cursor_has(of, "burdens") ||
        !open_member(r, of, "burdens", REQUIRED, known, COUNT(known), &at))
        return;
    for (int32_t b = 0; b < N_BURDENS; b++)
        e->burdens[b] = take_count(r, &at, known[b], BURDENS_MOST);
    close_object(r);
}

static void take_cost(reader *r, const cursor *of, employee *e) {
    static const char *const known[] = {"hour", "overtime", "call"};
    cursor at;
    if (!cursor_has(of, "cost") ||
        !open_member(r, of, "cost", REQUIRED, known, COUNT(known), &at))
        return;
    e->hour_cents = take_count(r, &at, "hour", CENTS_MOST);
    e->overtime_cents = take_count(r, &at, "overtime", CENTS_MOST);
    e->call_cents = take_count(r, &at, "call", CENTS_MOST);
    close_object(r);
}

void take_shares(intake *in, const cursor *of, employee *e) {
    take_share(in->r, of, e);
    take_burdens(in->r, of, e);
    take_cost(in->r, of, e);
}

/* The one with the largest part of a thousandth left over; the first of equals.
 */
static int32_t largest_rest(const int64_t *rest, int32_t n) {
    int32_t best = 0;
    for (int32_t i = 1; i < n; i++)
        if (rest[i] > rest[best])
            best = i;
    return best;
}

/* Weights become thousandths that add up to 1000 (format.md 7.1). */
ctg_status settle_shares(intake *in, employee *all, int32_t n) {
    int64_t *const rest = ARENA_NEW(in->r->tables, int64_t, n + 1);
    int64_t sum = 0;
    int32_t left = 1000;
    if (!rest)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < n; i++)
        sum += all[i].share;
    if (sum == 0)
        return CTG_OK;
    for (int32_t i = 0; i < n; i++) {
        rest[i] = INT64_C(1000) * all[i].share % sum;
        all[i].share = (int32_t)(INT64_C(1000) * all[i].share / sum);
        left -= all[i].share;
    }
    for (; left > 0; left--) {
        const int32_t i = largest_rest(rest, n);
        all[i].share++;
        rest[i] = -1;
    }
    return CTG_OK;
}
