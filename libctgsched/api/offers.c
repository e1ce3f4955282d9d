// SPDX-License-Identifier: GPL-3.0-or-later
/* What a plan could give to a request: ids in, ids out. */
#include "check/offers.h"
#include "api/api.h"

enum { MOST_SEARCHED = 500 };

struct ctg_offers {
    arena *mem; /* this struct lives in it, too */
    const problem *prob;
    int32_t request;
    proposal_list inside;
};

static ctg_status find_offers(ctg_offers *made, const ctg_solution *solution,
                              const ctg_offer_question *asked, ctg_error *err) {
    const standing *on = NULL;
    made->prob = solution->problem->inside;
    if (asked->searched < 0 || asked->searched > MOST_SEARCHED)
        return err_set(err, CTG_ERR_USAGE, "E-SLOT", NULL,
                       "so many options cannot be searched. Maybe 0 to 500.");
    made->request = problem_find_request(made->prob, asked->request);
    if (made->request == NONE)
        return err_set(err, CTG_ERR_USAGE, "E-SLOT", NULL,
                       "no request has the id \"%.64s\". Maybe look at the "
                       "ids of the file.",
                       asked->request);
    TRY(solution_standing(&on, solution, err));
    return check_offers(&made->inside, on, made->request, asked->searched,
                        made->mem, err);
}

ctg_status ctg_solution_offers(ctg_offers **out, const ctg_solution *solution,
                               const ctg_offer_question *asked,
                               ctg_error *err) {
    ctg_offer_question question = CTG_OFFER_QUESTION_INIT;
    if (out)
        *out = NULL;
    if (!out || !solution || !asked ||
        !sized_take(&question, sizeof question, asked, sizeof question) ||
        !question.request)
        return misuse(err, "ctg_solution_offers needs a place for the offers, "
                           "a solution, and a question that began as "
                           "CTG_OFFER_QUESTION_INIT and names a request.");
    arena *const mem = arena_create(arena_allocator(solution->mem), 0);
    ctg_offers *const made = mem ? ARENA_NEW(mem, ctg_offers, 1) : NULL;
    if (!made) {
        arena_destroy(mem);
        return err_nomem(err);
    }
    made->mem = mem;
    const ctg_status status = find_offers(made, solution, &question, err);
    if (status == CTG_OK)
        *out = made;
    else
        ctg_offers_free(made);
    return status;
}

void ctg_offers_free(ctg_offers *offers) {
    if (offers)
        arena_destroy(offers->mem);
}

static const proposal *offer_at(const ctg_offers *offers, int32_t index) {
    return offers && index >= 0 && index < offers->inside.n
               ? &offers->inside.at[index]
               : NULL;
}

static const char *option_id(const ctg_offers *offers, int32_t r, int32_t o) {
    return o == NONE ? NULL : offers->prob->requests[r].options[o].id;
}

int ctg_offers_at(ctg_offer *out, const ctg_offers *offers, int32_t index) {
    static const int32_t kinds[] = {[PROPOSAL_FREE] = CTG_OFFER_FREE,
                                    [PROPOSAL_MOVES] = CTG_OFFER_MOVES,
                                    [PROPOSAL_DISPLACES] = CTG_OFFER_DISPLACES,
                                    [PROPOSAL_BLOCKED] = CTG_OFFER_BLOCKED};
    const proposal *const from = offer_at(offers, index);
    if (!out || !from)
        return 0;
    const request *const r = &offers->prob->requests[offers->request];
    const option *const o = &r->options[from->option];
    const bool moves = from->other != NONE;
    *out = (ctg_offer){
        .option = o->id,
        .structure = offers->prob->structures[o->structure].id,
        .other = moves ? offers->prob->requests[from->other].id : NULL,
        .other_option =
            moves ? option_id(offers, from->other, from->other_option) : NULL,
        .rank = o->rank,
        .kind = kinds[from->kind],
        .n_blocks = from->n_blocks,
    };
    return 1;
}

int ctg_offers_goal(ctg_goal_change *out, const ctg_offers *offers,
                    int32_t index, int32_t goal) {
    const proposal *const from = offer_at(offers, index);
    if (!from || from->kind == PROPOSAL_BLOCKED)
        return 0;
    return goal_change_row(out, offers->prob, &offers->inside.before,
                           &from->after, goal);
}

static const proposal_block *block_at(const ctg_offers *offers, int32_t index,
                                      int32_t block) {
    const proposal *const from = offer_at(offers, index);
    return from && block >= 0 && block < from->n_blocks ? &from->blocks[block]
                                                        : NULL;
}

int ctg_offers_block(ctg_breach *out, const ctg_offers *offers, int32_t index,
                     int32_t block) {
    const proposal_block *const from = block_at(offers, index, block);
    if (!out || !from)
        return 0;
    *out = breach_row(offers->prob, &from->what);
    return 1;
}

int ctg_offers_holder(const char **out, const ctg_offers *offers, int32_t index,
                      int32_t block, int32_t holder) {
    const proposal_block *const from = block_at(offers, index, block);
    if (!out || !from || holder < 0 || holder >= from->n_holders)
        return 0;
    *out = offers->prob->requests[from->holders[holder]].id;
    return 1;
}

const char *ctg_offer_kind_text(ctg_offer_kind kind) {
    static const char *const texts[] = {"free", "moves", "displaces",
                                        "blocked"};
    const unsigned index = (unsigned)kind;
    return index < sizeof texts / sizeof texts[0] ? texts[index] : "";
}
