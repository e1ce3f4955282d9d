// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/serve.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/desk.h"
#include "daemon/log.h"
#include "daemon/planner.h"
#include "daemon/question.h"
#include "daemon/router.h"

_Static_assert((int)N_ROUTES <= (int)METRIC_ROUTES, "a row for each route");

enum { READERS_AT_ONCE = 4, TROUBLE_MS = 5000 };

/* --- who may --- */

static bool wants_french(const http_call *call) {
    const char *const asked = http_header(call, "Accept-Language");
    return asked && (asked[0] == 'f' || asked[0] == 'F') &&
           (asked[1] == 'r' || asked[1] == 'R');
}

static grant grant_of(const service *of, const http_call *call,
                      const char *commune) {
    if (set_whole(of->settings, SET_TRUST_PEER) && http_is_own_user(call))
        return (grant){true, UINT32_MAX};
    return tokens_grant(&of->tokens, http_header(call, "Authorization"),
                        commune[0] ? commune : NULL);
}

static answer *no_route(const route_match *found, const http_call *call) {
    const bool is_french = wants_french(call);
    if (!found->allow[0])
        return answer_fault(FAULT_PATH, is_french, "Maybe see /openapi.json.");
    answer *const made =
        answer_fault(FAULT_METHOD, is_french, "Maybe %s.", found->allow);
    made->allow = need_copy(found->allow);
    return made;
}

/* NULL when the token may. Without a known token nobody learns which paths
 * there are. */
static answer *check_token(const service *of, const http_call *call,
                           const route_match *found) {
    const route_row *const row = route_about(found->route);
    const bool is_french = wants_french(call);
    if (row && row->scope == SCOPE_NONE)
        return NULL;
    const grant given = grant_of(of, call, found->commune);
    if (!given.is_known)
        return answer_fault(FAULT_TOKEN, is_french,
                            "Maybe send Authorization: Bearer and the token.");
    if (!row)
        return no_route(found, call);
    if (!(given.scopes & (uint32_t)row->scope))
        return answer_fault(FAULT_SCOPE, is_french,
                            "Maybe ask for a token of this commune with the "
                            "scope that this needs.");
    return NULL;
}

answer *serve_admit(void *user, http_call *call, size_t *most) {
    service *const of = user;
    const route_match found = route_find(http_method(call), http_path(call));
    const route_row *const row = route_about(found.route);
    const bool is_large = row && (row->flags & FLAG_LARGE);
    *most = (size_t)set_whole(of->settings,
                              is_large ? SET_PROBLEM_LIMIT : SET_BODY_LIMIT);
    answer *const refusal = check_token(of, call, &found);
    if (refusal)
        metrics_answer(&of->metrics, found.route, refusal->status, 0);
    return refusal;
}

/* --- what is asked --- */

static bool take_text(char *to, size_t room, const http_call *call,
                      const char *name) {
    const char *const value = http_query(call, name);
    to[0] = '\0';
    if (!value)
        return true;
    if (strlen(value) >= room)
        return false;
    strcpy(to, value);
    return true;
}

static bool take_number(int64_t *out, const http_call *call, const char *name,
                        int64_t initial) {
    const char *const value = http_query(call, name);
    char *end = NULL;
    *out = initial;
    if (!value)
        return true;
    *out = strtoll(value, &end, 10);
    return end != value && *end == '\0' && *out >= 0 && *out < INT32_MAX;
}

static answer *bad_query(const order *what, const char *name) {
    return answer_fault(FAULT_SYNTAX, what->is_french,
                        "The query %s is missing or cannot be read. Maybe see "
                        "/openapi.json.",
                        name);
}

static answer *take_slot_query(order *what, const http_call *call) {
    int64_t age = -1, least = 60, walks = -1;
    if (!take_text(what->date, sizeof what->date, call, "date") ||
        !what->date[0])
        return bad_query(what, "date");
    if (!take_text(what->structure, sizeof what->structure, call, "structure"))
        return bad_query(what, "structure");
    if (!take_number(&age, call, "age_months", -1) || age < 0)
        return bad_query(what, "age_months");
    if (!take_number(&least, call, "least_minutes", 60))
        return bad_query(what, "least_minutes");
    if (!take_number(&walks, call, "walks", -1) || walks > 1)
        return bad_query(what, "walks");
    what->age_months = (int32_t)age;
    what->least_minutes = (int32_t)least;
    what->walks = (int32_t)walks;
    return NULL;
}

static answer *take_headroom_query(order *what, const http_call *call) {
    if (!take_text(what->date, sizeof what->date, call, "date"))
        return bad_query(what, "date");
    if (!take_text(what->structure, sizeof what->structure, call, "structure"))
        return bad_query(what, "structure");
    return NULL;
}

static answer *take_fill_query(order *what, const http_call *call) {
    int64_t begin = 0, end = 1440;
    answer *const refusal = take_headroom_query(what, call);
    if (refusal)
        return refusal;
    if (!take_number(&begin, call, "begin", 0) ||
        !take_number(&end, call, "end", 1440))
        return bad_query(what, "begin or end");
    what->begin = (int32_t)begin;
    what->end = (int32_t)end;
    return NULL;
}

/* --- keys --- */

static void digest_request(order *what, const http_call *call) {
    buffer text = {0};
    buffer_printf(&text, "%s %s\n", http_method(call), http_path(call));
    buffer_add(&text, what->body.at ? what->body.at : "", what->body.n);
    store_digest(what->request, text.at ? text.at : "", text.n);
    buffer_free(&text);
}

/* NULL: go on, the key is now taken. */
static answer *check_key(order *what, const http_call *call, int flags) {
    const char *const key = http_header(call, "Idempotency-Key");
    if (!(flags & FLAG_WRITES) || (!key && !(flags & FLAG_KEYED)))
        return NULL;
    if (!key || !key_is_fit(key))
        return answer_fault(FAULT_KEY_MISSING, what->is_french,
                            "1 to 128 printable characters, other ones for "
                            "each request.");
    digest_request(what, call);
    const key_entry *const known = keys_find(&what->in->keys, key);
    if (!known) {
        strcpy(what->key, key);
        keys_add(&what->in->keys, key, what->request, now_ms());
        return NULL;
    }
    if (strcmp(known->request, what->request) != 0)
        return answer_fault(FAULT_KEY_REUSED, what->is_french,
                            "Maybe take a new key.");
    if (!known->is_done)
        return answer_fault(FAULT_KEY_BUSY, what->is_french,
                            "Maybe ask again in a moment.");
    return keys_replay(known);
}

/* --- answers of the loop itself --- */

static answer *livez(void) {
    answer *const made = answer_json(200);
    buffer_puts(&made->body, "{\"status\":\"live\"}");
    return made;
}

static answer *readyz(const service *of) {
    const bool is_troubled =
        of->state_trouble_ms && now_ms() - of->state_trouble_ms < TROUBLE_MS;
    if (is_troubled)
        return answer_fault(FAULT_STATE, false,
                            "The state refused a record a moment ago.");
    answer *const made = answer_json(200);
    emit_object(&made->body, NULL);
    emit_text(&made->body, "status", "ready");
    emit_int(&made->body, "communes", of->n_communes);
    emit_end(&made->body, '}');
    return made;
}

static void put_totals(buffer *to, const service *of) {
    uint64_t holds = 0;
    const writer_stats written = writer_count(of->writer);
    for (commune *one = of->communes; one; one = one->next) {
        version *const seen = commune_look(one);
        holds += (uint64_t)seen->n_holds;
        version_drop(seen);
    }
    metrics_gauge(to, "ctgsched_communes", "Communes.",
                  (uint64_t)of->n_communes);
    metrics_gauge(to, "ctgsched_holds", "Holds in force.", holds);
    metrics_gauge(to, "ctgsched_connections", "Connections.",
                  http_connections(of->http));
    metrics_gauge(to, "ctgsched_streams", "Streams.", http_streams(of->http));
    metrics_counter(to, "ctgsched_streams_dropped_total",
                    "Streams cut off because they were read too slowly.",
                    http_streams_dropped(of->http));
    metrics_counter(to, "ctgsched_records_total", "Records made durable.",
                    written.n_entries - written.n_failures);
    metrics_counter(to, "ctgsched_commits_total", "Batches written.",
                    written.n_batches);
    metrics_counter(to, "ctgsched_write_failures_total",
                    "Records that the state refused.", written.n_failures);
}

static answer *metrics_text(const service *of) {
    answer *const made =
        answer_new(200, "text/plain; version=0.0.4; charset=utf-8");
    metrics_put(&made->body, &of->metrics, route_name);
    put_totals(&made->body, of);
    return made;
}

static answer *list_communes(const service *of, const http_call *call) {
    answer *const made = answer_json(200);
    emit_object(&made->body, NULL);
    emit_array(&made->body, "communes");
    for (const commune *one = of->communes; one; one = one->next)
        if (grant_of(of, call, one->id).scopes & SCOPE_READ)
            emit_text(&made->body, NULL, one->id);
    emit_end(&made->body, ']');
    emit_end(&made->body, '}');
    return made;
}

static answer *answer_here(const service *of, const http_call *call,
                           int32_t route) {
    answer *made = NULL;
    switch (route) {
    case ROUTE_LIVEZ:
        return livez();
    case ROUTE_READYZ:
        return readyz(of);
    case ROUTE_METRICS:
        return metrics_text(of);
    case ROUTE_COMMUNES:
        return list_communes(of, call);
    case ROUTE_OPENAPI:
        made = answer_json(200);
        route_describe(&made->body);
        return made;
    default:
        return NULL;
    }
}

/* --- solves --- */

static const char *state_word(const solve *of) {
    static const char *const words[] = {"waiting", "running", "done"};
    return words[of->state];
}

/* Locked. */
static answer *solve_answer(const commune *in, const solve *of, int status) {
    answer *const made = answer_json(status);
    buffer *const to = &made->body;
    emit_object(to, NULL);
    emit_int(to, "solve", of->id);
    emit_text(to, "state", state_word(of));
    if (of->state == SOLVE_DONE) {
        emit_text(to, "stop", ctg_stop_text((ctg_stop)of->stop));
        emit_text_if(to, "code", of->code);
    }
    emit_end(to, '}');
    if (status == 202) {
        made->location = need(ID_TEXT + 60);
        snprintf(made->location, ID_TEXT + 60, "/v1/communes/%s/solves/%d",
                 in->id, (int)of->id);
        made->retry_s = 1;
    }
    return made;
}

static answer *begin_solve(order *what) {
    solve_ask asked;
    body_fault fault;
    version *const seen = commune_look(what->in);
    const bool has_problem = seen->problem != NULL;
    version_drop(seen);
    if (!has_problem)
        return answer_fault(FAULT_NO_PROBLEM, what->is_french,
                            "Maybe put one first.");
    if (!envelope_solve(&asked, what->body.at ? what->body.at : "",
                        what->body.n, &fault))
        return answer_fault(FAULT_INPUT, what->is_french, "%s: %s",
                            fault.pointer, fault.detail);
    solve *const made = solve_add(what->of, what->in, &asked);
    uv_mutex_lock(&what->in->lock);
    answer *const given = solve_answer(what->in, made, 202);
    uv_mutex_unlock(&what->in->lock);
    return given;
}

static answer *look_at_solve(order *what, bool is_end) {
    answer *given = NULL;
    uv_mutex_lock(&what->in->lock);
    solve *const found = solve_find(what->in, atoi(what->id));
    if (found && is_end)
        solve_cancel(what->in, found);
    if (found)
        given = solve_answer(what->in, found, 200);
    uv_mutex_unlock(&what->in->lock);
    return given ? given
                 : answer_fault(FAULT_NO_SOLVE, what->is_french,
                                "Maybe it is forgotten: they are not kept when "
                                "the server starts again.");
}

/* --- streams --- */

static void open_stream(order *what) {
    http_call *const call = what->call;
    what->call = NULL;
    if (!call)
        return;
    http_set_data(call, NULL);
    if (what->of->is_stopping)
        return; // http_stop answers it
    feed_join(&what->in->feed, call, &what->record, what->after_seq);
}

/* --- orders --- */

/* How a route becomes an order. */
typedef struct handling {
    route_id route;
    void (*run)(order *self);
    bool is_read;
} handling;

static const handling handlings[] = {
    {ROUTE_COMMUNE, question_commune, true},
    {ROUTE_PUT_PROBLEM, desk_problem, false},
    {ROUTE_PROBLEM, question_problem, true},
    {ROUTE_EVENTS, question_events, true},
    {ROUTE_PLAN, question_plan, true},
    {ROUTE_PUBLISH, desk_publish, false},
    {ROUTE_SLOTS, question_slots, true},
    {ROUTE_HEADROOM, question_headroom, true},
    {ROUTE_REPORT, question_report, true},
    {ROUTE_OFFERS, question_offers, true},
    {ROUTE_FILL, question_fill, true},
    {ROUTE_DIFF, question_diff, true},
    {ROUTE_HOLD, desk_hold, false},
    {ROUTE_HOLDS, question_holds, true},
    {ROUTE_CONFIRM, desk_confirm, false},
    {ROUTE_RELEASE, desk_release, false},
};

static const handling *handling_of(int32_t route) {
    for (size_t i = 0; i < sizeof handlings / sizeof handlings[0]; i++)
        if ((int32_t)handlings[i].route == route)
            return &handlings[i];
    return NULL;
}

static void give(order *what, answer *given) {
    http_call *const call = what->call;
    metrics_answer(&what->of->metrics, what->route, given->status,
                   (int64_t)(uv_hrtime() / 1000) - what->begun_us);
    http_set_data(call, NULL);
    order_free(what);
    http_reply(call, given);
}

static void refuse_busy(order *what) {
    if (what->key[0])
        keys_remove(&what->in->keys, what->key);
    give(what, answer_fault(FAULT_BUSY, what->is_french,
                            "Maybe ask again in a moment."));
}

static answer *take_special(order *what, const http_call *call) {
    const char *which;
    int64_t after = 0;
    switch (what->route) {
    case ROUTE_SLOTS:
        return take_slot_query(what, call);
    case ROUTE_OFFERS:
        return take_text(what->id, sizeof what->id, call, "request") &&
                       what->id[0]
                   ? NULL
                   : bad_query(what, "request");
    case ROUTE_FILL:
        return take_fill_query(what, call);
    case ROUTE_HEADROOM:
        return take_headroom_query(what, call);
    case ROUTE_EVENTS:
        if (!take_number(&after, call, "after", 0))
            return bad_query(what, "after");
        what->after_seq = after;
        return NULL;
    case ROUTE_PLAN:
        what->match = need_copy(http_header(call, "If-None-Match"));
        which = http_query(call, "which");
        if (which && strcmp(which, "published") != 0)
            return bad_query(what, "which");
        if (which)
            what->run = question_published;
        return NULL;
    case ROUTE_PUBLISH:
        what->match = need_copy(http_header(call, "If-Match"));
        if (!what->match)
            return answer_fault(FAULT_NO_MATCH, what->is_french,
                                "Maybe the ETag of the plan.");
        return NULL;
    default:
        return NULL;
    }
}

static void submit_stream(order *what) {
    const char *const last = http_header(what->call, "Last-Event-ID");
    feed *const from = &what->in->feed;
    what->after_seq = last ? strtoll(last, NULL, 10) : from->last_seq;
    what->finally = open_stream;
    if (what->after_seq < 0)
        what->after_seq = 0;
    metrics_answer(&what->of->metrics, what->route, 200, 0);
    if (feed_has_after(from, what->after_seq)) {
        open_stream(what);
        order_free(what);
        return;
    }
    what->run = question_stream;
    what->is_stream = true;
    if (!order_submit(what, what->in->reads))
        refuse_busy(what);
}

static void submit(order *what, const handling *by) {
    lane *const to = by && by->is_read ? what->in->reads : what->in->desk;
    const bool is_taken = what->route == ROUTE_EVENT ? desk_push_change(what)
                                                     : order_submit(what, to);
    if (!is_taken)
        refuse_busy(what);
}

static void serve_commune(order *what, const route_match *found) {
    const handling *const by = handling_of(found->route);
    const route_row *const row = route_about(found->route);
    what->run = by ? by->run : NULL;
    strcpy(what->id, found->item);
    if (row->method[0] == 'P')
        http_take_body(what->call, &what->body);
    answer *given = take_special(what, what->call);
    if (!given)
        given = check_key(what, what->call, row->flags);
    if (!given && found->route == ROUTE_SOLVE)
        given = begin_solve(what);
    if (!given &&
        (found->route == ROUTE_SOLVE_STATE || found->route == ROUTE_SOLVE_END))
        given = look_at_solve(what, found->route == ROUTE_SOLVE_END);
    if (given)
        give(what, given);
    else if (found->route == ROUTE_STREAM)
        submit_stream(what);
    else
        submit(what, by);
}

void serve_call(void *user, http_call *call) {
    service *const of = user;
    const route_match found = route_find(http_method(call), http_path(call));
    answer *const here = answer_here(of, call, found.route);
    if (here) {
        metrics_answer(&of->metrics, found.route, here->status, 0);
        http_reply(call, here);
        return;
    }
    commune *const in = found.route == ROUTE_PUT_PROBLEM
                            ? service_commune(of, found.commune)
                            : service_find(of, found.commune);
    if (!in) {
        metrics_answer(&of->metrics, found.route, 404, 0);
        http_reply(call, answer_fault(FAULT_COMMUNE, wants_french(call),
                                      "Maybe put its problem first."));
        return;
    }
    order *const what = order_new(of, in, NULL);
    what->call = call;
    what->route = found.route;
    what->is_french = wants_french(call);
    http_set_data(call, what);
    serve_commune(what, &found);
}

void serve_over(void *user, http_call *call) {
    order *const what = http_data(call);
    (void)user;
    if (what)
        what->call = NULL; // its work goes on, nobody waits
}

commune *service_find(const service *in, const char *id) {
    for (commune *one = in->communes; one; one = one->next)
        if (strcmp(one->id, id) == 0)
            return one;
    return NULL;
}

commune *service_commune(service *in, const char *id) {
    commune *const known = service_find(in, id);
    if (known)
        return known;
    const int32_t queue = (int32_t)set_whole(in->settings, SET_QUEUE);
    commune *const made = commune_new(id);
    made->desk = lane_add(in->desks, 1, queue);
    made->reads = lane_add(in->readers, READERS_AT_ONCE, queue);
    made->planning = lane_add(in->planners, 1, queue);
    made->next = in->communes;
    in->communes = made;
    in->n_communes++;
    return made;
}
