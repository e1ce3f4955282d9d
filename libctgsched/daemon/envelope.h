// SPDX-License-Identifier: GPL-3.0-or-later
/* The daemon's own JSON bodies, and the few places where domain JSON is put
 * together from parts. envelope.c is the daemon's only file with Jansson. */
#ifndef CTGSCHED_DAEMON_ENVELOPE_H
#define CTGSCHED_DAEMON_ENVELOPE_H

#include "daemon/buffer.h"

enum { MOST_SPANS = 60, ID_TEXT = 65, DATE_TEXT = 11 };

/* An interval of a day. */
typedef struct hold_span {
    char date[DATE_TEXT];
    int32_t begin, end; /* minutes */
} hold_span;

/* A place asked for: not yet a booking. */
typedef struct hold_ask {
    char structure[ID_TEXT], section[ID_TEXT]; /* section: "" for none */
    int32_t age_months, walks;                 /* walks: -1 unknown */
    int64_t seconds; /* how long it is held, 0: as the daemon says */
    hold_span spans[MOST_SPANS];
    int32_t n_spans;
} hold_ask;

/* What is wrong with a body. */
typedef struct body_fault {
    char pointer[120];
    char detail[200];
} body_fault;

bool envelope_hold(hold_ask *out, const char *json, size_t n, body_fault *why);
/* The change that puts the hold `id` into the problem, as request and child
 * `id` with the one option "hold". */
void envelope_hold_change(buffer *to, const hold_ask *asked, const char *id);
void envelope_withdraw_change(buffer *to, const char *id);
/* What the store keeps of a hold. */
void envelope_hold_body(buffer *to, const hold_ask *asked);

typedef struct confirm_ask {
    char child[ID_TEXT], request[ID_TEXT]; /* "": as in the hold */
} confirm_ask;
bool envelope_confirm(confirm_ask *out, const char *json, size_t n,
                      body_fault *why);
/* The hold `id` becomes the booking `request` of `child`. */
void envelope_confirm_change(buffer *to, const hold_ask *asked, const char *id,
                             const confirm_ask *as);

typedef struct solve_ask {
    double time_limit;
    int64_t work_limit;
    int64_t max_changes; /* -1: none */
} solve_ask;
bool envelope_solve(solve_ask *out, const char *json, size_t n,
                    body_fault *why);

/* What the journal says of a plan. */
typedef struct plan_row {
    int64_t rests_on, work_limit, max_changes;
    char digest[80], stop[20];
} plan_row;
bool envelope_plan(plan_row *out, const char *json, size_t n);

/* A plan's placements, duties and shortages, with one placement more. */
bool envelope_admit(buffer *to, const char *plan, size_t n, const char *request,
                    const char *option);

/* Several change documents as one, in order; false when one of them is
 * none. */
typedef struct change_text {
    const char *at;
    size_t n;
} change_text;
bool envelope_join(buffer *to, const change_text *parts, int32_t n_parts);

#endif
