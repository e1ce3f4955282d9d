// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/question.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/recover.h"

enum { MOST_ROWS = 1000 };

static answer *no_plan(const order *what) {
    return answer_fault(FAULT_NO_PLAN, what->is_french,
                        "Maybe it is being made.");
}

static void put_plan_state(buffer *to, const char *key, plan_box *plan) {
    emit_object(to, key);
    emit_text(to, "digest", plan_digest(plan));
    emit_text(to, "quality", plan->quality);
    emit_int(to, "rests_on", plan->rests_on);
    if (plan->plan)
        engine_about(to, plan);
    emit_end(to, '}');
}

void question_commune(order *what) {
    version *const seen = commune_look(what->in);
    answer *const made = answer_json(200);
    buffer *const to = &made->body;
    emit_object(to, NULL);
    emit_text(to, "commune", what->in->id);
    emit_int(to, "seq", seen->seq);
    emit_int(to, "holds", seen->n_holds);
    if (seen->problem)
        emit_text(to, "problem", ctg_problem_digest(seen->problem->problem));
    if (seen->floor)
        put_plan_state(to, "plan", seen->floor);
    if (seen->published)
        put_plan_state(to, "published", seen->published);
    emit_end(to, '}');
    version_drop(seen);
    order_answer(what, made);
}

static char *quoted(const char *digest) {
    char *const made = need(strlen(digest) + 3);
    sprintf(made, "\"%s\"", digest);
    return made;
}

void question_problem(order *what) {
    version *const seen = commune_look(what->in);
    answer *made;
    if (seen->problem) {
        size_t n = 0;
        const char *const text = ctg_problem_text(seen->problem->problem, &n);
        made = answer_json(200);
        made->etag = quoted(ctg_problem_digest(seen->problem->problem));
        buffer_add(&made->body, text, n);
    } else {
        made = answer_fault(FAULT_NO_PROBLEM, what->is_french,
                            "Maybe put one first.");
    }
    version_drop(seen);
    order_answer(what, made);
}

static answer *plan_answer(const order *what, plan_box *plan) {
    const char *text = NULL;
    size_t n = 0;
    if (!plan)
        return no_plan(what);
    if (!plan_text(plan, &text, &n))
        return answer_fault(FAULT_UNAVAILABLE, what->is_french, "No memory.");
    const bool is_known =
        what->match && etag_fits(what->match, plan_digest(plan));
    answer *const made = answer_json(is_known ? 304 : 200);
    made->etag = quoted(plan_digest(plan));
    made->plan = need(80);
    snprintf(made->plan, 80, "%s; rests-on=%lld", plan->quality,
             (long long)plan->rests_on);
    if (!is_known)
        buffer_add(&made->body, text, n);
    return made;
}

void question_plan(order *what) {
    version *const seen = commune_look(what->in);
    answer *const made = plan_answer(what, seen->floor);
    version_drop(seen);
    order_answer(what, made);
}

void question_published(order *what) {
    version *const seen = commune_look(what->in);
    answer *const made = plan_answer(what, seen->published);
    version_drop(seen);
    order_answer(what, made);
}

static answer *rows_answer(order *what, const char *name, int64_t seq,
                           ctg_status status, const buffer *rows,
                           const ctg_error *err) {
    if (status != CTG_OK)
        return answer_refused(status, err, NULL, what->is_french);
    answer *const made = answer_json(200);
    emit_object(&made->body, NULL);
    emit_int(&made->body, "seq", seq);
    emit_array(&made->body, name);
    if (rows->n > 0)
        emit_raw(&made->body, NULL, rows->at, rows->n);
    emit_end(&made->body, ']');
    emit_end(&made->body, '}');
    return made;
}

/* Rows about the plan that stands now. */
typedef ctg_status rows_of(buffer *rows, const plan_box *of, const order *what,
                           ctg_error *err);

static void answer_rows(order *what, const char *name, rows_of *list) {
    version *const seen = commune_look(what->in);
    buffer rows = {0};
    ctg_error err = CTG_ERROR_INIT;
    answer *made = NULL;
    if (seen->floor) {
        const ctg_status status = list(&rows, seen->floor, what, &err);
        made = rows_answer(what, name, seen->seq, status, &rows, &err);
    }
    buffer_free(&rows);
    version_drop(seen);
    order_answer(what, made ? made : no_plan(what));
}

static const char *given(const char *text) { return text[0] ? text : NULL; }

static ctg_status list_slots(buffer *rows, const plan_box *of,
                             const order *what, ctg_error *err) {
    const slot_ask asked = {what->date, given(what->structure),
                            what->age_months, what->walks, what->least_minutes};
    return engine_slots(rows, of, &asked, err);
}

static ctg_status list_headroom(buffer *rows, const plan_box *of,
                                const order *what, ctg_error *err) {
    return engine_headroom(rows, of, given(what->structure), given(what->date),
                           err);
}

static ctg_status list_offers(buffer *rows, const plan_box *of,
                              const order *what, ctg_error *err) {
    return engine_offers(rows, of, what->id, err);
}

static ctg_status list_fill(buffer *rows, const plan_box *of, const order *what,
                            ctg_error *err) {
    const fill_ask asked = {given(what->structure), given(what->date),
                            what->begin, what->end};
    return engine_fill(rows, of, &asked, err);
}

void question_slots(order *what) { answer_rows(what, "slots", list_slots); }

void question_headroom(order *what) {
    answer_rows(what, "headroom", list_headroom);
}

void question_offers(order *what) { answer_rows(what, "offers", list_offers); }

void question_fill(order *what) { answer_rows(what, "fill", list_fill); }

/* After a start the published plan is text: it is read again where the problem
 * still has everybody in it. */
static plan_box *published_of(const version *seen) {
    const char *text = NULL;
    size_t n = 0;
    if (!seen->published || seen->published->plan)
        return plan_keep(seen->published);
    return plan_text(seen->published, &text, &n)
               ? engine_read_plan(seen->problem, (store_bytes){text, n})
               : NULL;
}

void question_diff(order *what) {
    version *const seen = commune_look(what->in);
    plan_box *const told = published_of(seen);
    ctg_error err = CTG_ERROR_INIT;
    buffer members = {.has_before = true};
    answer *made = NULL;
    if (seen->floor && told) {
        const ctg_status status =
            engine_diff(&members, told, seen->floor, &err);
        made = status == CTG_OK
                   ? answer_json(200)
                   : answer_refused(status, &err, NULL, what->is_french);
    }
    if (made && made->status == 200) {
        emit_object(&made->body, NULL);
        emit_int(&made->body, "seq", seen->seq);
        buffer_add(&made->body, members.at, members.n);
        emit_end(&made->body, '}');
    }
    buffer_free(&members);
    plan_drop(told);
    version_drop(seen);
    order_answer(what, made ? made
                            : answer_fault(FAULT_NO_PLAN, what->is_french,
                                           "Maybe none was published, or it "
                                           "names requests that are gone."));
}

void question_report(order *what) {
    version *const seen = commune_look(what->in);
    ctg_error err = CTG_ERROR_INIT;
    buffer tables = {0};
    answer *made = NULL;
    if (seen->floor) {
        const ctg_status status = engine_report(&tables, seen->floor, &err);
        made = status == CTG_OK
                   ? answer_json(200)
                   : answer_refused(status, &err, NULL, what->is_french);
    }
    if (made && made->status == 200) {
        emit_object(&made->body, NULL);
        emit_int(&made->body, "seq", seen->seq);
        emit_raw(&made->body, "tables", tables.at, tables.n);
        emit_end(&made->body, '}');
    }
    buffer_free(&tables);
    version_drop(seen);
    order_answer(what, made ? made : no_plan(what));
}

void question_holds(order *what) {
    version *const seen = commune_look(what->in);
    answer *const made = answer_json(200);
    buffer *const to = &made->body;
    emit_object(to, NULL);
    emit_int(to, "seq", seen->seq);
    emit_array(to, "holds");
    for (int32_t i = 0; i < seen->n_holds; i++) {
        buffer body = {0};
        envelope_hold_body(&body, &seen->holds[i]->asked);
        emit_object(to, NULL);
        emit_text(to, "hold", seen->holds[i]->id);
        emit_instant(to, "expires", seen->holds[i]->expires_ms);
        emit_raw(to, "asked", body.at, body.n);
        emit_end(to, '}');
        buffer_free(&body);
    }
    emit_end(to, ']');
    emit_end(to, '}');
    version_drop(seen);
    order_answer(what, made);
}

void question_events(order *what) {
    service *const of = what->of;
    buffer rows = {0};
    ctg_error err = CTG_ERROR_INIT;
    version *const seen = commune_look(what->in);
    uv_mutex_lock(&of->reader_lock);
    const ctg_status status = recover_rows(&rows, of->reader, what->in->id,
                                           what->after_seq, MOST_ROWS, &err);
    uv_mutex_unlock(&of->reader_lock);
    answer *const made =
        rows_answer(what, "events", seen->seq, status, &rows, &err);
    buffer_free(&rows);
    version_drop(seen);
    order_answer(what, made);
}

/* Those before what the feed keeps are read from the journal. */
void question_stream(order *what) {
    service *const of = what->of;
    uv_mutex_lock(&of->reader_lock);
    what->after_seq = recover_frames(&what->record, of->reader, what->in->id,
                                     what->after_seq);
    uv_mutex_unlock(&of->reader_lock);
    order_answer(what, NULL);
}
