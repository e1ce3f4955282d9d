// SPDX-License-Identifier: GPL-3.0-or-later
/* What can still be booked: the question in ids and dates, the answer too. */
#include "check/slots.h"
#include "api/api.h"

struct ctg_slots {
    arena *mem; /* this struct lives in it, too */
    const problem *prob;
    int32_t n;
    const slot *at; /* [n] */
};

enum { MOST_MONTHS = 215 };

static ctg_status refuse(ctg_error *err, const char *what) {
    return err_set(err, CTG_ERR_USAGE, "E-SLOT", NULL, "%s", what);
}

static ctg_status take_question(slot_question *out, const problem *prob,
                                const ctg_slot_question *asked,
                                ctg_error *err) {
    *out = (slot_question){
        .day = asked->date ? problem_find_day(prob, asked->date) : NONE,
        .age = asked->age_months,
        .walks = asked->walks,
        .least = asked->least_minutes,
        .structure = NONE};
    if (out->day == NONE)
        return refuse(err, "the date is no day of the horizon. Maybe one "
                           "such as 2026-09-09 between its first and last.");
    if (out->age < 0 || out->age > MOST_MONTHS)
        return refuse(err, "the age is not 0 to 215 months. Maybe it was "
                           "given in years or days.");
    if (out->least < 1 || out->least > 1440)
        return refuse(err, "the shortest stay is not 1 to 1440 minutes. "
                           "Maybe 60.");
    if (out->walks < -1 || out->walks > 1)
        return refuse(err, "`walks` is none of 1, 0 and -1. Maybe -1: by age.");
    if (!asked->structure)
        return CTG_OK;
    out->structure = problem_find_structure(prob, asked->structure);
    return out->structure != NONE
               ? CTG_OK
               : refuse(err, "no structure has that id. Maybe look at the ids "
                             "of the file.");
}

static ctg_status find_slots(ctg_slots *made, const ctg_solution *solution,
                             const ctg_slot_question *asked, ctg_error *err) {
    slot_question question;
    slot *rows = NULL;
    const standing *on = NULL;
    made->prob = solution->problem->inside;
    TRY(take_question(&question, made->prob, asked, err));
    TRY(solution_standing(&on, solution, err));
    TRY(check_slots(&rows, &made->n, on, &question, made->mem, err));
    made->at = rows;
    return CTG_OK;
}

ctg_status ctg_solution_slots(ctg_slots **out, const ctg_solution *solution,
                              const ctg_slot_question *asked, ctg_error *err) {
    ctg_slot_question question = CTG_SLOT_QUESTION_INIT;
    if (out)
        *out = NULL;
    if (!out || !solution || !asked ||
        !sized_take(&question, sizeof question, asked, sizeof question))
        return misuse(err, "ctg_solution_slots needs a place for the slots, a "
                           "solution, and a question that began as "
                           "CTG_SLOT_QUESTION_INIT.");
    arena *const mem = arena_create(arena_allocator(solution->mem), 0);
    ctg_slots *const made = mem ? ARENA_NEW(mem, ctg_slots, 1) : NULL;
    if (!made) {
        arena_destroy(mem);
        return err_nomem(err);
    }
    made->mem = mem;
    const ctg_status status = find_slots(made, solution, &question, err);
    if (status == CTG_OK)
        *out = made;
    else
        ctg_slots_free(made);
    return status;
}

void ctg_slots_free(ctg_slots *slots) {
    if (slots)
        arena_destroy(slots->mem);
}

int ctg_slots_at(ctg_slot *out, const ctg_slots *slots, int32_t index) {
    if (!out || !slots || index < 0 || index >= slots->n)
        return 0;
    const slot *const from = &slots->at[index];
    const structure *const x = &slots->prob->structures[from->structure];
    *out = (ctg_slot){
        .structure = x->id,
        .section = from->section == NONE ? NULL : x->sections[from->section].id,
        .begin = from->begin,
        .end = from->end,
        .most_minutes = from->most,
    };
    return 1;
}
