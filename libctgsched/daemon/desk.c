// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/desk.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/log.h"
#include "daemon/planner.h"

enum { MOST_JOINED = 256 };

/* --- what all of them do --- */

static answer *refused(order *what, trouble *why) {
    answer *const made =
        answer_refused(why->status, &why->err, &why->book, what->is_french);
    trouble_free(why);
    return made;
}

static answer *done(int status, const version *now) {
    answer *const made = answer_json(status);
    emit_object(&made->body, NULL);
    emit_int(&made->body, "seq", now->seq);
    emit_text(&made->body, "problem",
              ctg_problem_digest(now->problem->problem));
    return made;
}

/* Whether a snapshot is due with this record, and if so counts from here. */
static bool take_snapshot_turn(order *what) {
    const int32_t most = (int32_t)set_whole(what->of->settings, SET_SNAPSHOT);
    if (atomic_fetch_add(&what->in->since_snapshot, 1) + 1 < most)
        return false;
    atomic_store(&what->in->since_snapshot, 0);
    return true;
}

/* The version after `what`, with another problem and the plan carried over. */
static void step_to(order *what, problem_box *taken) {
    version *const next = version_next(what->in->head);
    version_set_problem(next, taken);
    version_set_floor(next, engine_carry(taken, next->floor, next->seq));
    next->repair_seq = next->seq;
    what->after = next;
    what->finally = planner_wake;
}

static bool has_problem(order *what) {
    if (!order_may_write(what))
        return false;
    if (what->in->head->problem)
        return true;
    order_answer(what, answer_fault(FAULT_NO_PROBLEM, what->is_french,
                                    "Maybe put one first."));
    return false;
}

/* --- the problem --- */

void desk_problem(order *what) {
    trouble why = {0};
    if (!order_may_write(what))
        return;
    problem_box *const read =
        engine_read((store_bytes){what->body.at, what->body.n}, &why);
    if (!read) {
        order_answer(what, refused(what, &why));
        return;
    }
    trouble_free(&why);
    const bool is_first = what->in->head->problem == NULL;
    step_to(what, read);
    what->record = what->body;
    what->body = (buffer){0};
    what->is_snapshot = true;
    atomic_store(&what->in->since_snapshot, 0);
    what->given = done(is_first ? 201 : 200, what->after);
    emit_end(&what->given->body, '}');
    order_record(what, "problem");
}

/* --- changes --- */

bool desk_push_change(order *what) {
    commune *const in = what->in;
    const int32_t most = (int32_t)set_whole(what->of->settings, SET_QUEUE);
    const bool is_crowded = lane_waiting(in->desk) >= most;
    uv_mutex_lock(&in->lock);
    const bool is_first = in->inbox == NULL;
    const bool fits = !is_crowded && in->n_inbox < most;
    if (fits) {
        what->next = NULL;
        *in->inbox_last = what;
        in->inbox_last = &what->next;
        in->n_inbox++;
    }
    uv_mutex_unlock(&in->lock);
    // Whoever takes the inbox empties it, so one order on the lane is enough.
    if (fits && is_first)
        order_force(order_new(what->of, in, desk_changes), in->desk);
    return fits;
}

static void write_change(order *what, problem_box *taken) {
    step_to(what, taken);
    for (order *one = what; one;
         one = one == what ? what->followers : one->next) {
        one->given = done(201, what->after);
        emit_end(&one->given->body, '}');
    }
    order_record(what, "change");
}

static void change_alone(order *what) {
    trouble why = {0};
    problem_box *const changed =
        engine_apply(what->in->head->problem,
                     (store_bytes){what->body.at, what->body.n}, &why);
    if (!changed) {
        order_answer(what, refused(what, &why));
        return;
    }
    trouble_free(&why);
    what->record = what->body;
    what->body = (buffer){0};
    write_change(what, changed);
}

/* Reading a problem again costs the same for one change and for a hundred, so
 * those that wait together are made together and share a record. False when
 * they do not go together: then each is tried alone. */
static bool change_together(order *first, int32_t n) {
    change_text parts[MOST_JOINED];
    buffer joined = {0};
    trouble why = {0};
    int32_t i = 0;
    for (const order *one = first; one; one = one->next)
        parts[i++] = (change_text){one->body.at, one->body.n};
    problem_box *changed = NULL;
    if (envelope_join(&joined, parts, n))
        changed = engine_apply(first->in->head->problem,
                               (store_bytes){joined.at, joined.n}, &why);
    trouble_free(&why);
    if (!changed) {
        buffer_free(&joined);
        return false;
    }
    first->followers = first->next;
    first->next = NULL;
    first->record = joined;
    write_change(first, changed);
    return true;
}

static order *take_inbox(commune *in, int32_t *n) {
    uv_mutex_lock(&in->lock);
    order *const first = in->inbox;
    order **last = &in->inbox;
    for (*n = 0; *last && *n < MOST_JOINED; ++*n)
        last = &(*last)->next;
    in->inbox = *last;
    in->n_inbox -= *n;
    *last = NULL;
    if (!in->inbox)
        in->inbox_last = &in->inbox;
    uv_mutex_unlock(&in->lock);
    return *n > 0 ? first : NULL;
}

static void change_each(order *list) {
    while (list) {
        order *const one = list;
        list = one->next;
        one->next = NULL;
        if (has_problem(one))
            change_alone(one);
    }
}

void desk_changes(order *what) {
    commune *const in = what->in;
    int32_t n = 0;
    for (order *list; (list = take_inbox(in, &n));) {
        const bool is_clear =
            in->head->problem != NULL && !commune_is_broken(in);
        if (n < 2 || !is_clear || !change_together(list, n))
            change_each(list);
    }
    order_answer(what, NULL);
}

/* --- holds --- */

static answer *body_refused(const order *what, const body_fault *why) {
    ctg_error err = {.status = CTG_ERR_INPUT};
    strcpy(err.code, why->pointer[0] ? "D-INPUT" : "E-SYNTAX");
    strncpy(err.pointer, why->pointer, sizeof err.pointer - 1);
    strncpy(err.message, why->detail, sizeof err.message - 1);
    return answer_refused(CTG_ERR_INPUT, &err, NULL, what->is_french);
}

static slot_ask ask_of(const hold_ask *asked, const hold_span *span) {
    return (slot_ask){.date = span->date,
                      .structure = asked->structure,
                      .age_months = asked->age_months,
                      .walks = asked->walks,
                      .least_minutes = span->end - span->begin};
}

/* Slots of the days asked for, in the structure first and then elsewhere. */
static void put_alternatives(buffer *to, const plan_box *floor,
                             const hold_ask *asked) {
    ctg_error err = CTG_ERROR_INIT;
    emit_array(to, NULL);
    for (int32_t i = 0; i < asked->n_spans; i++) {
        slot_ask ask = ask_of(asked, &asked->spans[i]);
        ask.structure = NULL;
        engine_slots(to, floor, &ask, &err);
    }
    emit_end(to, ']');
}

static void refuse_hold(order *what, const hold_ask *asked) {
    buffer rows = {0};
    answer *const made =
        answer_fault(FAULT_NO_PLACE, what->is_french,
                     "The rules leave no place for the whole of it. Maybe one "
                     "of the alternatives.");
    put_alternatives(&rows, what->in->head->floor, asked);
    answer_member(made, "alternatives", &rows);
    buffer_free(&rows);
    order_answer(what, made);
}

/* By the rule of slots, day by day; the judge decides about all together. */
static bool has_slots(const plan_box *floor, const hold_ask *asked,
                      ctg_error *err) {
    for (int32_t i = 0; i < asked->n_spans; i++) {
        const hold_span *const span = &asked->spans[i];
        const slot_ask ask = ask_of(asked, span);
        if (!engine_has_slot(floor, &ask,
                             asked->section[0] ? asked->section : NULL,
                             span->begin, span->end, err))
            return false;
    }
    return true;
}

static bool make_hold(order *what, const hold_ask *asked, const char *id) {
    buffer change = {0};
    trouble why = {0};
    envelope_hold_change(&change, asked, id);
    problem_box *const changed = engine_apply(
        what->in->head->problem, (store_bytes){change.at, change.n}, &why);
    plan_box *const admitted =
        changed ? engine_admit(changed, what->in->head->floor, id, "hold",
                               what->in->head->seq + 1)
                : NULL;
    if (!admitted) {
        problem_drop(changed);
        buffer_free(&change);
        trouble_free(&why);
        return false;
    }
    trouble_free(&why);
    what->after = version_next(what->in->head);
    version_set_problem(what->after, changed);
    version_set_floor(what->after, admitted);
    what->record = change;
    return true;
}

static hold_box *box_hold(const order *what, const hold_ask *asked,
                          const char *id) {
    const int64_t seconds = asked->seconds
                                ? asked->seconds
                                : set_whole(what->of->settings, SET_HOLD_TIME);
    hold_box *const made = NEED(hold_box);
    made->refs = 1;
    strcpy(made->id, id);
    made->expires_ms = now_ms() + 1000 * seconds;
    made->asked = *asked;
    return made;
}

static answer *hold_answer(const order *what, const hold_box *held,
                           int status) {
    answer *const made = answer_json(status);
    buffer *const to = &made->body;
    buffer path = {0};
    emit_object(to, NULL);
    emit_text(to, "hold", held->id);
    emit_int(to, "seq", what->after->seq);
    emit_instant(to, "expires", held->expires_ms);
    emit_end(to, '}');
    buffer_printf(&path, "/v1/communes/%s/holds/%s", what->in->id, held->id);
    made->location = path.at;
    return made;
}

static void grant_hold(order *what, const hold_ask *asked) {
    char id[ID_TEXT];
    snprintf(id, sizeof id, "hold-%" PRId64, what->in->head->seq + 1);
    if (!make_hold(what, asked, id)) {
        refuse_hold(what, asked);
        return;
    }
    hold_box *const held = box_hold(what, asked, id);
    version_add_hold(what->after, held);
    what->put_hold = held;
    what->given = hold_answer(what, held, 201);
    order_record(what, "hold");
}

static bool has_floor(order *what) {
    if (!has_problem(what))
        return false;
    if (what->in->head->floor)
        return true;
    order_answer(what, answer_fault(FAULT_NO_PLAN, what->is_french,
                                    "Maybe it is being made."));
    return false;
}

void desk_hold(order *what) {
    hold_ask asked;
    body_fault fault;
    ctg_error err = CTG_ERROR_INIT;
    if (!has_floor(what))
        return;
    if (!envelope_hold(&asked, what->body.at, what->body.n, &fault)) {
        order_answer(what, body_refused(what, &fault));
        return;
    }
    if (has_slots(what->in->head->floor, &asked, &err))
        grant_hold(what, &asked);
    else if (err.code[0])
        order_answer(what, answer_refused((ctg_status)err.status, &err, NULL,
                                          what->is_french));
    else
        refuse_hold(what, &asked);
}

/* The hold that the order names; NULL after an answer. */
static hold_box *find_hold(order *what) {
    hold_box *const held = version_find_hold(what->in->head, what->id);
    if (!held)
        order_answer(what, answer_fault(FAULT_NO_HOLD, what->is_french,
                                        "Maybe its time was over, or it was "
                                        "confirmed."));
    return held;
}

/* One more record, with the hold taken out of those in force. */
static void end_hold(order *what, const char *kind) {
    version_end_hold(what->after, what->id);
    what->ends_hold = true;
    order_record(what, kind);
}

void desk_release(order *what) {
    trouble why = {0};
    if (!has_problem(what) || !find_hold(what))
        return;
    envelope_withdraw_change(&what->record, what->id);
    problem_box *const changed =
        engine_apply(what->in->head->problem,
                     (store_bytes){what->record.at, what->record.n}, &why);
    trouble_free(&why);
    if (changed) {
        step_to(what, changed);
        // A place that is free again moves nobody by itself.
        what->after->repair_seq = what->in->head->repair_seq;
    } else {
        // Somebody withdrew the request under the hold: only the hold is left.
        buffer_free(&what->record);
        what->after = version_next(what->in->head);
    }
    what->given = answer_json(200);
    emit_object(&what->given->body, NULL);
    emit_int(&what->given->body, "seq", what->after->seq);
    emit_end(&what->given->body, '}');
    end_hold(what, "hold_ended");
}

void desk_expire(order *what) {
    const version *const head = what->in->head;
    const int64_t now = now_ms();
    for (int32_t i = 0; i < head->n_holds; i++)
        if (head->holds[i]->expires_ms <= now) {
            strcpy(what->id, head->holds[i]->id);
            desk_release(what);
            return;
        }
    order_answer(what, NULL);
}

static bool is_placed(const plan_box *plan, const char *request) {
    ctg_placement row;
    for (int32_t i = 0; plan && ctg_solution_placement(&row, plan->plan, i);
         i++)
        if (strcmp(row.request, request) == 0)
            return true;
    return false;
}

/* The hold becomes a booking of somebody else's name. False after an answer. */
static bool rename_hold(order *what, const hold_box *held,
                        const confirm_ask *as) {
    trouble why = {0};
    envelope_confirm_change(&what->record, &held->asked, held->id, as);
    problem_box *const changed =
        engine_apply(what->in->head->problem,
                     (store_bytes){what->record.at, what->record.n}, &why);
    if (!changed) {
        order_answer(what, refused(what, &why));
        return false;
    }
    trouble_free(&why);
    step_to(what, changed);
    what->after->repair_seq = what->in->head->repair_seq;
    if (is_placed(what->after->floor, as->request[0] ? as->request : held->id))
        return true;
    version_drop(what->after);
    what->after = NULL;
    refuse_hold(what, &held->asked);
    return false;
}

void desk_confirm(order *what) {
    confirm_ask as;
    body_fault fault;
    if (!has_problem(what))
        return;
    const hold_box *const held = find_hold(what);
    if (!held)
        return;
    if (!envelope_confirm(&as, what->body.at, what->body.n, &fault)) {
        order_answer(what, body_refused(what, &fault));
        return;
    }
    if (as.child[0] || as.request[0]) {
        if (!rename_hold(what, held, &as))
            return;
    } else {
        what->after = version_next(what->in->head);
    }
    what->given = done(200, what->after);
    emit_text(&what->given->body, "request",
              as.request[0] ? as.request : held->id);
    emit_end(&what->given->body, '}');
    end_hold(what, "hold_confirmed");
}

/* --- plans --- */

static void put_plan_record(order *what, plan_box *plan, int64_t rests_on) {
    buffer *const to = &what->record;
    emit_object(to, NULL);
    emit_int(to, "rests_on", rests_on);
    emit_text(to, "base", ctg_problem_digest(plan->of->problem));
    emit_text(to, "quality", plan->quality);
    emit_int(to, "work", (int64_t)plan->work);
    emit_int(to, "work_limit", (int64_t)plan->work_limit);
    emit_int(to, "max_changes", plan->most_changes);
    emit_text(to, "stop", ctg_stop_text((ctg_stop)plan->stop));
    emit_text(to, "digest", plan_digest(plan));
    engine_about(to, plan);
    emit_end(to, '}');
    what->put_plan = plan_keep(plan);
    what->plan_rests_on = rests_on;
}

void desk_publish(order *what) {
    if (!has_floor(what))
        return;
    plan_box *const floor = what->in->head->floor;
    const char *const digest = plan_digest(floor);
    if (!etag_fits(what->match, digest)) {
        order_answer(what, answer_fault(FAULT_PRECONDITION, what->is_french,
                                        "The plan is %s now. Maybe look at it "
                                        "again.",
                                        digest));
        return;
    }
    ctg_solution_info about = {0};
    ctg_solution_about(&about, floor->plan);
    if (!about.is_accepted) {
        order_answer(what, answer_fault(FAULT_INPUT, what->is_french,
                                        "The plan breaks a rule. Maybe wait "
                                        "for the repair."));
        return;
    }
    what->after = version_next(what->in->head);
    plan_drop(what->after->published);
    what->after->published = plan_keep(floor);
    put_plan_record(what, floor, what->in->head->seq);
    what->is_publication = true;
    what->given = done(200, what->after);
    emit_text(&what->given->body, "plan", digest);
    emit_end(&what->given->body, '}');
    order_record(what, "published");
}

/* The planner's plan is of an earlier record when something happened since:
 * then it is carried over, and taken when it is still no worse. */
void desk_adopt(order *what) {
    version *const head = what->in->head;
    if (!order_may_write(what))
        return;
    plan_box *const carried =
        head->problem ? engine_carry(head->problem, what->plan, head->seq)
                      : NULL;
    if (!carried || (head->floor && head->floor->of == head->problem &&
                     !engine_is_no_worse(carried, head->floor))) {
        plan_drop(carried);
        order_answer(what, NULL);
        return;
    }
    what->after = version_next(head);
    version_set_floor(what->after, carried);
    put_plan_record(what, what->plan, what->plan->rests_on);
    // A plan that rests on the problem of a snapshot can be read beside it.
    what->is_snapshot =
        what->plan->of == head->problem && take_snapshot_turn(what);
    what->given = answer_json(200);
    order_record(what, "plan");
}
