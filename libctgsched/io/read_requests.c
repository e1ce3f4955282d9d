// SPDX-License-Identifier: GPL-3.0-or-later
/* Requests (format.md 4.2), and the tickets of their options (7.4). */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "io/intake.h"
#include "io/kept.h"
#include "io/stream.h"

enum { REQUESTS_MOST = 100000, DAY = 24 * 60, TICKET_BITS = 20 };

/* "YYYY-MM-DDTHH:MM", or a date alone. */
static bool parse_instant(const char *value, int64_t *out) {
    char date[CIVIL_TEXT] = "";
    int32_t civil = 0, minute = 0;
    const size_t n = strlen(value);
    if (n != 10 && (n != 16 || value[10] != 'T'))
        return false;
    memcpy(date, value, 10);
    if (!civil_parse(date, &civil))
        return false;
    if (n == 16 && !minute_parse(value + 11, &minute))
        return false;
    *out = (int64_t)civil * DAY + minute;
    return true;
}

/* A bare date is its 00:00: both echo the same. */
static void echo_instant(reader *r, const char *name, int64_t moment) {
    char print[CIVIL_TEXT + MINUTE_TEXT];
    const int32_t civil = (int32_t)floor_div(moment, DAY);
    civil_print(civil, print);
    print[10] = 'T';
    minute_print((int32_t)(moment - (int64_t)civil * DAY), print + 11);
    echo_member_string(r, name, print);
}

int64_t take_instant(reader *r, const cursor *of, const char *member,
                     absence if_none, int64_t fallback) {
    const cursor at = cursor_member(of, member);
    int64_t moment = fallback;
    char name[SHOWN];
    if (at.at && !json_is_string(at.at))
        reader_fault(r, FAULT_ERROR, "E-TYPE", &at,
                     "this is not a text. Maybe write it between quotes.");
    else if (at.at && !parse_instant(json_string_value(at.at), &moment))
        reader_fault(r, FAULT_ERROR, "E-DATE", &at,
                     "\"%s\" is not a date or a moment. Maybe write it as "
                     "YYYY-MM-DD or YYYY-MM-DDTHH:MM.",
                     shown(name, json_string_value(at.at)));
    if (at.at || if_none == FILLED)
        echo_instant(r, member, moment == INT64_MIN ? 0 : moment);
    return moment;
}

static void take_adaptation(intake *in, const cursor *of, request *q) {
    static const char *const known[] = {"first", "last"};
    reader *const r = in->r;
    cursor at;
    q->adaptation_first = q->adaptation_last = CIVIL_NONE;
    if (!open_member(r, of, "adaptation", OMITTED, known, COUNT(known), &at))
        return;
    q->adaptation_first = take_date(r, &at, "first", REQUIRED, CIVIL_NONE);
    q->adaptation_last = take_date(r, &at, "last", REQUIRED, CIVIL_NONE);
    if (q->adaptation_first > q->adaptation_last &&
        q->adaptation_last != CIVIL_NONE)
        fault_interval(r, &at, "first", "last");
    close_object(r);
}

static void take_floor(intake *in, const cursor *of, request *q) {
    static const char *const known[] = {"min_days", "min_minutes"};
    reader *const r = in->r;
    const cursor at = cursor_member(of, "floor");
    echo_name(r, "floor");
    if (!at.at)
        echo_raw(r, "{");
    else if (!open_object(r, &at, known, COUNT(known)))
        return;
    q->min_days =
        (int32_t)take_int(r, &at, "min_days", (int_rule){FILLED, 0, 7, 0});
    q->min_minutes = (int32_t)take_int(r, &at, "min_minutes",
                                       (int_rule){FILLED, 0, 7 * DAY, 0});
    close_object(r);
}

static void take_period(intake *in, const cursor *at, request *q) {
    reader *const r = in->r;
    q->first = take_date(r, at, "first", FILLED, in->first);
    q->last = take_date(r, at, "last", FILLED, in->last);
    if (q->first > q->last && cursor_has(at, "first") && cursor_has(at, "last"))
        fault_interval(r, at, "first", "last");
}

static ctg_status take_absences(intake *in, const cursor *at, request *q) {
    q->has_absences = cursor_has(at, "absent");
    return q->has_absences ? read_times(in, at, "absent", OMITTED, &q->absent)
                           : CTG_OK;
}

static ctg_status read_request(intake *in, const cursor *at, request *q) {
    static const char *const known[] = {
        "id",         "child",     "kind",   "first",     "last",
        "absent",     "submitted", "points", "grid",      "facts",
        "options",    "menu",      "held",   "mandatory", "insertion",
        "adaptation", "floor",     "chain"};
    static const char *const kinds[] = {"regular", "occasional", "emergency"};
    reader *const r = in->r;
    q->child = q->held = q->sibling_group = NONE;
    if (!open_object(r, at, known, COUNT(known)))
        return reader_status(r);
    q->id = take_id(r, at, "id", REQUIRED, NULL);
    q->child = take_ref(r, at, "child", REQUIRED, &in->child_ids, "child");
    q->kind = (request_kind)take_word(r, at, "kind", FILLED,
                                      (words){COUNT(kinds), kinds}, 0);
    take_period(in, at, q);
    TRY(take_absences(in, at, q));
    q->submitted =
        take_instant(r, at, "submitted", FILLED, (int64_t)in->first * DAY);
    q->points = take_points(in, at);
    TRY(read_options(in, at, q));
    q->mandatory = take_bool(r, at, "mandatory", false);
    q->insertion = take_bool(r, at, "insertion", false);
    take_adaptation(in, at, q);
    take_floor(in, at, q);
    q->chain = json_is_true(json_object_get(at->at, "chain"));
    if (q->chain || (cursor_has(at, "chain") &&
                     !json_is_false(json_object_get(at->at, "chain"))))
        take_bool(r, at, "chain", false);
    close_object(r);
    return reader_status(r);
}

/* A request that nobody has changed: its data stay where they are, but for
 * what its place among the others decides. */
static ctg_status take_over(intake *in, int32_t was, request *q) {
    const problem *const before = in->kept->before;
    const slice *const its = &in->kept->slices[was];
    option *const options =
        ARENA_NEW(in->r->mem, option, before->requests[was].n_options);
    *q = before->requests[was];
    if (!options)
        return CTG_ERR_NOMEM;
    memcpy(options, q->options, (size_t)q->n_options * sizeof *options);
    q->options = options;
    q->sibling_group = NONE;
    q->child = idmap_get(&in->child_ids, before->children[q->child].id);
    assert(q->child >= 0); // whoever takes children out looks at requests
    text_add(in->r->echo, before->canonical + its->begin,
             its->end - its->begin);
    return reader_status(in->r);
}

/* Lists that are needed for this request alone go with it. */
static ctg_status read_alone(intake *in, const cursor *at, request *q) {
    const arena_mark before = arena_here(in->passing);
    in->r->tables = in->passing;
    const ctg_status status = read_request(in, at, q);
    in->r->tables = in->lasting;
    arena_rewind(in->passing, before);
    return status;
}

static int compare_moments(const void *left, const void *right) {
    const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

/* Distinct moments of submission, rising. */
static int64_t *list_moments(intake *in, int32_t *n) {
    const problem *const p = in->p;
    int64_t *const all = ARENA_NEW(in->r->tables, int64_t, p->n_requests);
    if (!reader_kept(in->r, all))
        return NULL;
    for (int32_t i = 0; i < p->n_requests; i++)
        all[i] = p->requests[i].submitted;
    qsort(all, (size_t)p->n_requests, sizeof *all, compare_moments);
    *n = 0;
    for (int32_t i = 0; i < p->n_requests; i++)
        if (i == 0 || all[i] != all[i - 1])
            all[(*n)++] = all[i];
    return all;
}

static int32_t place_among(const int64_t *moments, int32_t n, int64_t moment) {
    int32_t low = 0, high = n;
    while (low + 1 < high) {
        const int32_t middle = low + (high - low) / 2;
        if (moments[middle] <= moment)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The first 20 bits of SHA-256(seed \n request \n option). */
static int64_t draw(const char *seed, const char *request_id,
                    const char *option_id) {
    sha256 hash;
    uint8_t bytes[SHA256_BYTES];
    sha256_init(&hash);
    sha256_add(&hash, seed, strlen(seed));
    sha256_add(&hash, "\n", 1);
    sha256_add(&hash, request_id, strlen(request_id));
    sha256_add(&hash, "\n", 1);
    sha256_add(&hash, option_id, strlen(option_id));
    sha256_end(&hash, bytes);
    return (int64_t)bytes[0] << 12 | (int64_t)bytes[1] << 4 | bytes[2] >> 4;
}

/* A ticket that was given before has the draw in its last bits. */
static int64_t draw_of(const intake *in, const request *q, const option *o) {
    return o->ticket > 0 ? (o->ticket - 1) & ((1 << TICKET_BITS) - 1)
                         : draw(in->p->seed, q->id, o->id);
}

/* Earlier submission first, then the draw. The options are still ours. */
static void give_tickets(intake *in, const int64_t *moments, int32_t n) {
    for (int32_t i = 0; i < in->p->n_requests; i++) {
        const request *const q = &in->p->requests[i];
        const int64_t later = n - 1 - place_among(moments, n, q->submitted);
        option *const options = (option *)q->options;
        for (int32_t k = 0; q->id && k < q->n_options; k++)
            if (options[k].id)
                options[k].ticket =
                    (later << TICKET_BITS) + draw_of(in, q, &options[k]) + 1;
    }
}

static ctg_status note_order(intake *in, const set *items) {
    in->request_file_index = ARENA_NEW(in->r->tables, int32_t, items->items.n);
    if (!in->request_file_index)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items->items.n; i++)
        in->request_file_index[i] = items->entries[i].index;
    return CTG_OK;
}

ctg_status read_requests(intake *in, const cursor *root) {
    reader *const r = in->r;
    int32_t n_moments = 0;
    set items = open_set(r, root, "requests", FILLED, REQUESTS_MOST, "id");
    request *const requests = ARENA_NEW(r->tables, request, items.items.n);
    if (!requests)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.items.n; i++) {
        const cursor at = stream_enter(r->stream, &items.items.at, i);
        set_enter(r, &items, i);
        const int32_t was = in->kept ? in->kept->of[i] : NONE;
        if (was == NONE)
            TRY(read_alone(in, &at, &requests[i]));
        else
            TRY(take_over(in, was, &requests[i]));
        set_leave(r, &items, i, requests[i].id);
        stream_leave(r->stream, &items.items.at, i);
    }
    close_set(r, &items);
    set_map(r, &items, &in->request_ids);
    in->requests = SET_SORTED(r, &items, request, requests);
    in->p->requests = in->requests;
    in->p->n_requests = items.items.n;
    TRY(reader_status(r));
    TRY(note_order(in, &items));
    const int64_t *const moments = list_moments(in, &n_moments);
    if (moments && in->p->seed)
        give_tickets(in, moments, n_moments);
    return reader_status(r);
}
