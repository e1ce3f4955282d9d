// SPDX-License-Identifier: GPL-3.0-or-later
/* Who can take a freed place: ids and dates in, ids out. */
#include "check/fill.h"
#include "api/api.h"

struct ctg_fill {
    arena *mem; /* this struct lives in it, too */
    const problem *prob;
    int32_t n;
    const fill_row *at; /* [n] */
};

static ctg_status refuse(ctg_error *err, const char *what) {
    return err_set(err, CTG_ERR_USAGE, "E-SLOT", NULL, "%s", what);
}

/* The days of the horizon from one date to another, NULL: its ends. */
static ctg_status take_days(fill_question *out, const problem *prob,
                            const char *first, const char *last,
                            ctg_error *err) {
    int32_t from = prob->days[0], to = prob->days[prob->n_days - 1];
    if ((first && !civil_parse(first, &from)) ||
        (last && !civil_parse(last, &to)))
        return refuse(err, "a date of the place is none. Maybe write it as "
                           "2026-09-09.");
    out->first = 0;
    out->last = prob->n_days - 1;
    while (out->first < prob->n_days && prob->days[out->first] < from)
        out->first++;
    while (out->last >= 0 && prob->days[out->last] > to)
        out->last--;
    return out->first <= out->last
               ? CTG_OK
               : refuse(err, "between these dates there is no day of the "
                             "horizon. Maybe choose others.");
}

static ctg_status take_freed(fill_question *out, const problem *prob,
                             const plan *p, const char *freed, ctg_error *err) {
    out->freed = freed ? problem_find_request(prob, freed) : NONE;
    if (freed && out->freed == NONE)
        return refuse(err, "no request has the id of the one that gives its "
                           "place up. Maybe look at the ids of the file.");
    if (freed && p->option_of[out->freed] == NONE)
        return refuse(err, "the request that should give its place up waits: "
                           "it has none. Maybe another one.");
    return CTG_OK;
}

static ctg_status take_question(fill_question *out,
                                const ctg_solution *solution,
                                const ctg_fill_question *asked,
                                ctg_error *err) {
    const problem *const prob = solution->problem->inside;
    *out = (fill_question){.structure = NONE,
                           .begin = asked->begin,
                           .end = asked->end,
                           .in_turn = asked->in_turn != 0};
    if (out->begin < 0 || out->begin >= out->end || out->end > 24 * 60)
        return refuse(err, "the time of the place is empty or no time of a "
                           "day. Maybe 540 to 720, for 09:00 to 12:00.");
    if (asked->structure) {
        out->structure = problem_find_structure(prob, asked->structure);
        if (out->structure == NONE)
            return refuse(err, "no structure has that id. Maybe look at the "
                               "ids of the file.");
    }
    TRY(take_days(out, prob, asked->first, asked->last, err));
    return take_freed(out, prob, solution->plan, asked->freed, err);
}

static ctg_status find_rows(ctg_fill *made, const ctg_solution *solution,
                            const ctg_fill_question *asked, ctg_error *err) {
    const standing *on = NULL;
    fill_question question;
    fill_row *rows = NULL;
    made->prob = solution->problem->inside;
    TRY(take_question(&question, solution, asked, err));
    TRY(solution_standing(&on, solution, err));
    TRY(check_fill(&rows, &made->n, on, &question, made->mem, err));
    made->at = rows;
    return CTG_OK;
}

ctg_status ctg_solution_fill(ctg_fill **out, const ctg_solution *solution,
                             const ctg_fill_question *asked, ctg_error *err) {
    ctg_fill_question question = CTG_FILL_QUESTION_INIT;
    if (out)
        *out = NULL;
    if (!out || !solution || !asked ||
        !sized_take(&question, sizeof question, asked, sizeof question))
        return misuse(err, "ctg_solution_fill needs a place for the rows, a "
                           "solution, and a question that began as "
                           "CTG_FILL_QUESTION_INIT.");
    arena *const mem = arena_create(arena_allocator(solution->mem), 0);
    ctg_fill *const made = mem ? ARENA_NEW(mem, ctg_fill, 1) : NULL;
    if (!made) {
        arena_destroy(mem);
        return err_nomem(err);
    }
    made->mem = mem;
    const ctg_status status = find_rows(made, solution, &question, err);
    if (status == CTG_OK)
        *out = made;
    else
        ctg_fill_free(made);
    return status;
}

void ctg_fill_free(ctg_fill *fill) {
    if (fill)
        arena_destroy(fill->mem);
}

static const fill_row *row_at(const ctg_fill *fill, int32_t index) {
    return fill && index >= 0 && index < fill->n ? &fill->at[index] : NULL;
}

int ctg_fill_at(ctg_fill_row *out, const ctg_fill *fill, int32_t index) {
    const fill_row *const from = row_at(fill, index);
    if (!out || !from)
        return 0;
    const request *const r = &fill->prob->requests[from->request];
    const option *const o = &r->options[from->option];
    *out = (ctg_fill_row){.request = r->id,
                          .child = fill->prob->children[r->child].id,
                          .option = o->id,
                          .structure = fill->prob->structures[o->structure].id,
                          .points = r->points,
                          .rank = from->rank,
                          .option_rank = o->rank};
    return 1;
}

int ctg_fill_goal(ctg_goal_change *out, const ctg_fill *fill, int32_t index,
                  int32_t goal) {
    const fill_row *const from = row_at(fill, index);
    return from ? goal_change_row(out, fill->prob, &from->before, &from->after,
                                  goal)
                : 0;
}
