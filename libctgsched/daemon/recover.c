// SPDX-License-Identifier: GPL-3.0-or-later
/* A commune is rebuilt as it grew: the problem of the snapshot, each change
 * made again, the plan carried from one to the next by the same calls. The
 * newest plan is read where it was made: at the record on which it rests. */
#include "daemon/recover.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/log.h"
#include "daemon/order.h"

typedef struct revival {
    service *into;
    commune *in;
    version *now;
    plan_box *base; /* the newest plan, under the problem it rests on */
    buffer plan_text;
    plan_box *published;
    int64_t plan_seq, rests_on; /* of the newest plan; 0: none */
    const char *quality;
    uint64_t work;
} revival;

static const char *word_of(const char *quality) {
    static const char *const words[] = {"provisional", "improved", "carried"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i], quality) == 0)
            return words[i];
    return words[0];
}

static ctg_status take_plan(void *user, const store_plan *plan,
                            bool is_published, ctg_error *err) {
    revival *const to = user;
    (void)err;
    if (to->plan_text.n == 0) {
        buffer_add(&to->plan_text, plan->text.at, plan->text.n);
        to->plan_seq = plan->seq;
        to->rests_on = plan->rests_on;
        to->quality = word_of(plan->quality);
        to->work = plan->work;
    }
    if (is_published)
        to->published = engine_told(plan->text, plan->rests_on);
    return CTG_OK;
}

/* At the record that the newest plan rests on. */
static void try_base(revival *to) {
    if (to->base || !to->now->problem || to->plan_text.n == 0 ||
        to->now->seq < to->rests_on)
        return;
    to->base = engine_read_plan(
        to->now->problem, (store_bytes){to->plan_text.at, to->plan_text.n});
    if (to->base) {
        to->base->quality = to->quality;
        to->base->rests_on = to->rests_on;
        to->base->work = to->work;
    }
    to->plan_text.n = 0; // once is enough
}

static ctg_status take_snapshot(void *user, int64_t seq, store_bytes text,
                                ctg_error *err) {
    revival *const to = user;
    trouble why = {0};
    problem_box *const read = engine_read(text, &why);
    trouble_free(&why);
    if (!read) {
        *err = why.err;
        return why.status;
    }
    version_set_problem(to->now, read);
    to->now->seq = seq;
    try_base(to);
    return CTG_OK;
}

static bool is_hold_kind(const char *kind) { return strcmp(kind, "hold") == 0; }

ctg_status recover_change(version *now, const store_record *record,
                          ctg_error *err) {
    trouble why = {0};
    const bool is_whole = strcmp(record->kind, "problem") == 0;
    problem_box *const changed =
        is_whole ? engine_read(record->body, &why)
                 : engine_apply(now->problem, record->body, &why);
    trouble_free(&why);
    if (!changed) {
        *err = why.err;
        return why.status;
    }
    plan_box *const before = plan_keep(now->floor);
    version_set_problem(now, changed);
    if (before && is_hold_kind(record->kind)) {
        char id[ID_TEXT];
        snprintf(id, sizeof id, "hold-%" PRId64, record->seq);
        version_set_floor(
            now, engine_admit(changed, before, id, "hold", record->seq));
    } else {
        version_set_floor(now, engine_carry(changed, before, record->seq));
    }
    plan_drop(before);
    return CTG_OK;
}

static bool calls_for_repair(const char *kind) {
    return strcmp(kind, "problem") == 0 || strcmp(kind, "change") == 0;
}

static ctg_status take_record(void *user, const store_record *record,
                              ctg_error *err) {
    revival *const to = user;
    const bool is_plan = strcmp(record->kind, "plan") == 0 ||
                         strcmp(record->kind, "published") == 0;
    if (!is_plan && record->body.n > 0) {
        const ctg_status status = recover_change(to->now, record, err);
        if (status != CTG_OK)
            return status;
    }
    to->now->seq = record->seq;
    if (calls_for_repair(record->kind))
        to->now->repair_seq = record->seq;
    try_base(to);
    if (record->seq == to->plan_seq && to->base)
        version_set_floor(
            to->now, engine_carry(to->now->problem, to->base, record->seq));
    atomic_fetch_add(&to->in->since_snapshot, 1);
    return CTG_OK;
}

static ctg_status take_hold(void *user, const store_hold *hold,
                            ctg_error *err) {
    revival *const to = user;
    body_fault fault;
    hold_box *const made = NEED(hold_box);
    made->refs = 1;
    strncpy(made->id, hold->id, ID_TEXT - 1);
    made->expires_ms = hold->expires_ms;
    if (!envelope_hold(&made->asked, hold->body.at, hold->body.n, &fault)) {
        free(made);
        err->status = CTG_ERR_IO;
        strcpy(err->code, "E-STORE-CORRUPT");
        snprintf(err->message, sizeof err->message, "hold %s cannot be read.",
                 hold->id);
        return CTG_ERR_IO;
    }
    version *const wider = version_next(to->now);
    wider->seq = to->now->seq;
    version_add_hold(wider, made);
    version_drop(to->now);
    to->now = wider;
    return CTG_OK;
}

static ctg_status take_answer(void *user, const store_answer *row,
                              ctg_error *err) {
    revival *const to = user;
    (void)err;
    answer given = {
        .status = row->status,
        .location = (char *)(uintptr_t)row->location,
        .etag = (char *)(uintptr_t)row->etag,
        .body = {.at = (char *)(uintptr_t)row->body.at, .n = row->body.n}};
    keys_settle(keys_add(&to->in->keys, row->key, row->request, row->at_ms),
                &given);
    return CTG_OK;
}

static void settle(revival *to) {
    commune *const in = to->in;
    to->now->published = plan_keep(to->published);
    // With a plan that knows the last change, nothing is due.
    in->repaired_seq = to->now->floor ? to->rests_on : -1;
    in->feed.last_seq = to->now->seq;
    version_drop(in->head);
    version_drop(in->shown);
    in->head = to->now;
    in->shown = version_keep(to->now);
    to->now = NULL;
    commune_note_expiry(in, in->head);
}

static ctg_status revive(service *into, store *from, const char *id,
                         ctg_error *err) {
    commune *const in = service_commune(into, id);
    revival to = {.into = into, .in = in, .now = version_next(in->head)};
    to.now->seq = 0;
    ctg_status status = store_plans(from, id, take_plan, &to, err);
    if (status == CTG_OK) {
        status = store_snapshot(from, id, take_snapshot, &to, err);
        if (status != CTG_OK && strcmp(err->code, "E-STORE-MISSING") == 0) {
            *err = (ctg_error)CTG_ERROR_INIT;
            status = CTG_OK;
        }
    }
    // A plan that was adopted with the snapshot stands at its record.
    if (status == CTG_OK && to.base && to.plan_seq <= to.now->seq)
        version_set_floor(to.now,
                          engine_carry(to.now->problem, to.base, to.now->seq));
    if (status == CTG_OK)
        status = store_replay(from, id, to.now->seq, 0, take_record, &to, err);
    if (status == CTG_OK)
        status = store_holds(from, id, take_hold, &to, err);
    if (status == CTG_OK)
        status = store_answers(from, id, take_answer, &to, err);
    if (status == CTG_OK)
        settle(&to);
    version_drop(to.now);
    plan_drop(to.base);
    buffer_free(&to.plan_text);
    plan_drop(to.published);
    return status;
}

typedef struct id_list {
    char (*at)[ID_TEXT];
    int32_t n;
} id_list;

static ctg_status keep_id(void *user, const store_head *head, ctg_error *err) {
    id_list *const to = user;
    char(*const grown)[ID_TEXT] =
        realloc(to->at, ((size_t)to->n + 1) * sizeof *to->at);
    (void)err;
    if (!grown)
        return CTG_ERR_NOMEM;
    to->at = grown;
    snprintf(to->at[to->n++], ID_TEXT, "%s", head->commune);
    return CTG_OK;
}

bool recover_all(service *into, store *from) {
    id_list ids = {0};
    ctg_error err = CTG_ERROR_INIT;
    ctg_status status = store_communes(from, keep_id, &ids, &err);
    for (int32_t i = 0; i < ids.n && status == CTG_OK; i++) {
        status = revive(into, from, ids.at[i], &err);
        log_line(status == CTG_OK ? LOG_INFO : LOG_ERROR, "commune_restored",
                 "commune=%s code=%s detail=\"%s\"", ids.at[i], err.code,
                 status == CTG_ERR_IO ? err.message : "");
    }
    free(ids.at);
    return status == CTG_OK;
}

/* --- the journal as it was streamed --- */

typedef struct framing {
    buffer *to;
    int64_t last;
} framing;

static ctg_status put_frame(void *user, const store_record *record,
                            ctg_error *err) {
    framing *const in = user;
    buffer data = {0};
    (void)err;
    if (in->to->n > FEED_AT_ONCE)
        return CTG_ERR_STOPPED; // enough for once
    order_put_event(&data, record);
    feed_frame(in->to, record->seq, record->kind, data.at, data.n);
    in->last = record->seq;
    buffer_free(&data);
    return CTG_OK;
}

int64_t recover_frames(buffer *to, store *from, const char *commune,
                       int64_t after) {
    framing in = {to, after};
    ctg_error err = CTG_ERROR_INIT;
    store_replay(from, commune, after, FEED_KEPT, put_frame, &in, &err);
    return in.last;
}

static ctg_status put_row(void *user, const store_record *record,
                          ctg_error *err) {
    (void)err;
    order_put_event(user, record);
    return CTG_OK;
}

ctg_status recover_rows(buffer *to, store *from, const char *commune,
                        int64_t after, int64_t most, ctg_error *err) {
    return store_replay(from, commune, after, most, put_row, to, err);
}
