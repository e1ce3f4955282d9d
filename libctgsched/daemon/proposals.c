// SPDX-License-Identifier: GPL-3.0-or-later
/* Offers, fill and differences as JSON in the names of doc/format.md. */
#include "daemon/engine.h"

static void put_gain(buffer *to, const ctg_goal_change *goal) {
    emit_object(to, NULL);
    emit_text(to, "name", goal->name);
    if (goal->has_before)
        emit_int(to, "before", goal->before);
    emit_int(to, "after", goal->after);
    emit_end(to, '}');
}

static void put_offer(buffer *rows, const ctg_offers *offers, int32_t i,
                      const ctg_offer *offer) {
    ctg_goal_change goal;
    ctg_breach block;
    emit_object(rows, NULL);
    emit_text(rows, "option", offer->option);
    emit_text(rows, "structure", offer->structure);
    emit_int(rows, "rank", offer->rank);
    emit_text(rows, "kind", ctg_offer_kind_text((ctg_offer_kind)offer->kind));
    emit_text_if(rows, "other", offer->other);
    emit_text_if(rows, "other_option", offer->other_option);
    emit_array(rows, "goals");
    for (int32_t g = 0; ctg_offers_goal(&goal, offers, i, g); g++)
        put_gain(rows, &goal);
    emit_end(rows, ']');
    emit_array(rows, "rules");
    for (int32_t k = 0; ctg_offers_block(&block, offers, i, k); k++)
        emit_text(rows, NULL, block.rule);
    emit_end(rows, ']');
    emit_end(rows, '}');
}

ctg_status engine_offers(buffer *rows, const plan_box *of, const char *request,
                         ctg_error *err) {
    ctg_offer_question question = CTG_OFFER_QUESTION_INIT;
    ctg_offers *offers = NULL;
    ctg_offer offer;
    question.request = request;
    const ctg_status status =
        ctg_solution_offers(&offers, of->plan, &question, err);
    for (int32_t i = 0; status == CTG_OK && ctg_offers_at(&offer, offers, i);
         i++)
        put_offer(rows, offers, i, &offer);
    ctg_offers_free(offers);
    return status;
}

ctg_status engine_fill(buffer *rows, const plan_box *of, const fill_ask *asked,
                       ctg_error *err) {
    ctg_fill_question question = CTG_FILL_QUESTION_INIT;
    ctg_fill *fill = NULL;
    ctg_fill_row row;
    question.structure = asked->structure;
    question.first = question.last = asked->date;
    question.begin = asked->begin;
    question.end = asked->end;
    const ctg_status status =
        ctg_solution_fill(&fill, of->plan, &question, err);
    for (int32_t i = 0; status == CTG_OK && ctg_fill_at(&row, fill, i); i++) {
        emit_object(rows, NULL);
        emit_text(rows, "request", row.request);
        emit_text(rows, "option", row.option);
        emit_text(rows, "structure", row.structure);
        emit_int(rows, "rank", row.rank);
        emit_int(rows, "points", row.points);
        emit_int(rows, "option_rank", row.option_rank);
        emit_end(rows, '}');
    }
    ctg_fill_free(fill);
    return status;
}

static void put_why(buffer *to, const ctg_reason *why) {
    static const char *const kinds[] = {"not_asked", "event", "rule",
                                        "goal",      "tie",   "better"};
    emit_object(to, "why");
    emit_text(to, "kind", kinds[why->kind]);
    emit_text_if(to, "goal", why->goal);
    if (why->has_breach)
        emit_text(to, "rule", why->breach.rule);
    emit_end(to, '}');
}

static void put_move(buffer *to, const ctg_move *move) {
    static const char *const kinds[] = {"served",  "waiting", "moved",
                                        "changed", "new",     "gone"};
    emit_object(to, NULL);
    emit_text(to, "request", move->request);
    emit_text(to, "kind", kinds[move->kind]);
    emit_text_if(to, "from_option", move->from_option);
    emit_text_if(to, "from_structure", move->from_structure);
    emit_text_if(to, "to_option", move->to_option);
    emit_text_if(to, "to_structure", move->to_structure);
    put_why(to, &move->why);
    emit_end(to, '}');
}

static void put_duty(buffer *to, const ctg_duty_change *duty) {
    emit_object(to, NULL);
    emit_text(to, "employee", duty->employee);
    emit_text(to, "date", duty->date);
    emit_text_if(to, "from_shift", duty->from.shift);
    emit_text_if(to, "to_shift", duty->to.shift);
    put_why(to, &duty->why);
    emit_end(to, '}');
}

ctg_status engine_diff(buffer *to_text, const plan_box *from,
                       const plan_box *to, ctg_error *err) {
    ctg_diff *diff = NULL;
    ctg_move move;
    ctg_duty_change duty;
    const ctg_status status =
        ctg_diff_create(&diff, from->plan, to->plan, 1, err);
    if (status != CTG_OK)
        return status;
    emit_array(to_text, "moves");
    for (int32_t i = 0; ctg_diff_move(&move, diff, i); i++)
        put_move(to_text, &move);
    emit_end(to_text, ']');
    emit_array(to_text, "duties");
    for (int32_t i = 0; ctg_diff_duty(&duty, diff, i); i++)
        put_duty(to_text, &duty);
    emit_end(to_text, ']');
    ctg_diff_free(diff);
    return CTG_OK;
}
