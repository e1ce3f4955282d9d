// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/order.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/log.h"

/* The entry stands inside its order. */
static order *order_of(entry *of) {
    return (order *)(void *)((char *)of - offsetof(order, entry));
}

static order *order_of_letter(letter *of) {
    return order_of((entry *)(void *)of); // its first member
}

order *order_new(service *of, commune *in, void (*run)(order *self)) {
    order *const made = NEED(order);
    made->of = of;
    made->in = in;
    made->run = run;
    made->begun_us = (int64_t)(uv_hrtime() / 1000);
    made->route = -1;
    return made;
}

void order_free(order *held) {
    buffer_free(&held->body);
    buffer_free(&held->record);
    buffer_free(&held->stream);
    answer_free(held->given);
    version_drop(held->after);
    plan_drop(held->plan);
    plan_drop(held->put_plan);
    free(held->match);
    free(held);
}

static void work(task *self) {
    order *const what = (order *)(void *)self;
    what->run(what);
}

bool order_submit(order *what, lane *to) {
    what->task.work = work;
    return lane_push(to, &what->task);
}

void order_force(order *what, lane *to) {
    what->task.work = work;
    lane_force(to, &what->task);
}

/* --- back on the loop --- */

static bool is_success(const answer *given) {
    return given->status >= 200 && given->status < 300;
}

static void settle_key(order *what) {
    key_entry *const key = keys_find(&what->in->keys, what->key);
    if (!key)
        return;
    if (is_success(what->given) && what->after)
        keys_settle(key, what->given);
    else
        keys_remove(&what->in->keys, what->key);
}

static void reply(order *what) {
    if (what->is_stream && !what->given)
        return;
    if (!what->given)
        what->given = answer_fault(FAULT_INTERNAL, what->is_french,
                                   "No answer was made.");
    if (what->key[0])
        settle_key(what);
    metrics_answer(&what->of->metrics, what->route, what->given->status,
                   (int64_t)(uv_hrtime() / 1000) - what->begun_us);
    if (what->call) {
        http_set_data(what->call, NULL);
        http_reply(what->call, what->given);
        what->given = NULL;
    }
}

static void reply_all(order *what) {
    for (order *one = what->followers, *next; one; one = next) {
        next = one->next;
        one->after = what->after ? version_keep(what->after) : NULL;
        reply(one);
        order_free(one);
    }
    reply(what);
}

static void show(order *what) {
    commune *const in = what->in;
    service *const of = what->of;
    uv_mutex_lock(&in->lock);
    version *const before = in->shown;
    in->shown = version_keep(what->after);
    uv_mutex_unlock(&in->lock);
    version_drop(before);
    of->metrics.n_records++;
    feed_add(&in->feed, what->after->seq, what->kind, &what->stream);
}

/* Nothing is under way any more: the head goes back to what is durable. */
static void land(commune *in) {
    uv_mutex_lock(&in->lock);
    in->n_under_way--;
    const bool is_reset = in->is_broken && in->n_under_way == 0;
    version *const lost = is_reset ? in->head : NULL;
    if (is_reset) {
        in->head = version_keep(in->shown);
        in->is_broken = false;
    }
    uv_mutex_unlock(&in->lock);
    if (is_reset) {
        commune_note_expiry(in, in->head);
        version_drop(lost);
    }
}

/* What follows a record that was refused is refused for its place alone: the
 * reason is that of the first. */
static const ctg_error *reason_of(order *what) {
    service *const of = what->of;
    if (strcmp(what->entry.err.code, "E-STORE-ORDER") != 0)
        of->state_trouble = what->entry.err;
    of->state_trouble_ms = now_ms();
    return &of->state_trouble;
}

static void set_state_fault(order *what, const ctg_error *why) {
    answer_free(what->given);
    what->given = answer_fault(FAULT_STATE, what->is_french, "%s: %s",
                               why->code, why->message);
    for (order *one = what->followers; one; one = one->next) {
        answer_free(one->given);
        one->given = answer_fault(FAULT_STATE, one->is_french, "%s: %s",
                                  why->code, why->message);
    }
    version_drop(what->after);
    what->after = NULL;
}

static void finish(order *what) {
    reply_all(what);
    if (what->finally)
        what->finally(what);
    order_free(what);
}

static void on_written(letter *self) {
    order *const what = order_of_letter(self);
    if (what->entry.status == CTG_OK) {
        show(what);
    } else {
        uv_mutex_lock(&what->in->lock);
        what->in->is_broken = true;
        uv_mutex_unlock(&what->in->lock);
        set_state_fault(what, reason_of(what));
    }
    land(what->in);
    finish(what);
}

static void on_answered(letter *self) { finish(order_of_letter(self)); }

void order_answer(order *what, answer *given) {
    what->given = given;
    what->entry.done.open = on_answered;
    mailbox_send(&what->of->box, &what->entry.done);
}

/* --- in the writer --- */

static ctg_status write_plan(const order *what, store *to, ctg_error *err) {
    plan_box *const plan = what->put_plan;
    store_plan row = {.commune = what->in->id,
                      .seq = what->after->seq,
                      .rests_on = what->plan_rests_on,
                      .digest = plan_digest(plan),
                      .base = ctg_problem_digest(plan->of->problem),
                      .quality = plan->quality,
                      .work = plan->work};
    if (!plan_text(plan, &row.text.at, &row.text.n))
        return CTG_ERR_NOMEM;
    ctg_status status = store_put_plan(to, &row, err);
    if (status == CTG_OK && what->is_publication)
        status = store_mark_published(to, row.commune, row.digest, err);
    return status;
}

static ctg_status write_key(const order *what, store *to, ctg_error *err) {
    const answer *const given = what->given;
    if (!what->key[0] || !given || !is_success(given))
        return CTG_OK;
    const store_answer row = {.commune = what->in->id,
                              .key = what->key,
                              .request = what->request,
                              .at_ms = what->at_ms,
                              .status = given->status,
                              .location =
                                  given->location ? given->location : "",
                              .etag = given->etag ? given->etag : "",
                              .body = {given->body.at, given->body.n}};
    return store_put_answer(to, &row, err);
}

static ctg_status write_hold(const order *what, store *to, ctg_error *err) {
    const hold_box *const held = what->put_hold;
    if (what->ends_hold)
        return store_end_hold(to, what->in->id, what->id, err);
    if (!held)
        return CTG_OK;
    buffer body = {0};
    envelope_hold_body(&body, &held->asked);
    const store_hold row = {
        what->in->id, held->id, held->expires_ms, {body.at, body.n}};
    const ctg_status status = store_put_hold(to, &row, err);
    buffer_free(&body);
    return status;
}

static ctg_status write_snapshot(const order *what, store *to, ctg_error *err) {
    size_t n = 0;
    const char *const text =
        ctg_problem_text(what->after->problem->problem, &n);
    const settings *const set = what->of->settings;
    ctg_status status = store_put_snapshot(to, what->in->id, what->after->seq,
                                           (store_bytes){text, n}, err);
    if (status == CTG_OK)
        status =
            store_prune(to, what->at_ms - 1000 * set_whole(set, SET_KEY_TIME),
                        (int32_t)set_whole(set, SET_KEEP_PLANS), err);
    return status;
}

static store_record record_of(const order *what) {
    const store_bytes body = {what->record.at ? what->record.at : "",
                              what->record.n};
    return (store_record){what->in->id, what->after->seq, what->at_ms,
                          what->kind, body};
}

static ctg_status write_order(entry *self, store *to, ctg_error *err) {
    const order *const what = order_of(self);
    const store_record record = record_of(what);
    ctg_status status = store_append(to, &record, err);
    if (status == CTG_OK)
        status = write_hold(what, to, err);
    if (status == CTG_OK && what->put_plan)
        status = write_plan(what, to, err);
    if (status == CTG_OK)
        status = write_key(what, to, err);
    for (const order *one = what->followers; one && status == CTG_OK;
         one = one->next)
        status = write_key(one, to, err);
    if (status == CTG_OK && what->is_snapshot)
        status = write_snapshot(what, to, err);
    return status;
}

void order_put_event(buffer *to, const store_record *record) {
    emit_object(to, NULL);
    emit_int(to, "seq", record->seq);
    emit_text(to, "kind", record->kind);
    emit_instant(to, "at", record->at_ms);
    if (strcmp(record->kind, "plan") == 0 ||
        strcmp(record->kind, "published") == 0)
        emit_raw(to, "plan", record->body.at, record->body.n);
    emit_end(to, '}');
}

/* --- on the desk --- */

bool order_may_write(order *what) {
    const bool is_broken = commune_is_broken(what->in);
    if (is_broken)
        order_answer(what, answer_fault(FAULT_STATE, what->is_french,
                                        "The last change could not be written; "
                                        "nothing was lost."));
    return !is_broken;
}

void order_record(order *what, const char *kind) {
    commune *const in = what->in;
    what->kind = kind;
    what->at_ms = now_ms();
    const store_record row = record_of(what);
    order_put_event(&what->stream, &row);
    what->entry.write = write_order;
    what->entry.done.open = on_written;
    for (order *one = what->followers; one; one = one->next)
        one->at_ms = what->at_ms;
    commune_note_expiry(in, what->after);
    uv_mutex_lock(&in->lock);
    version *const before = in->head;
    in->head = version_keep(what->after);
    in->n_under_way++;
    uv_mutex_unlock(&in->lock);
    version_drop(before);
    writer_push(what->of->writer, &what->entry);
}

void order_refuse(task *waiting) {
    order *const what = (order *)(void *)waiting;
    order_answer(what, answer_fault(FAULT_UNAVAILABLE, what->is_french,
                                    "The server is stopping."));
}
