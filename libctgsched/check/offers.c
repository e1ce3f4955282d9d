// SPDX-License-Identifier: GPL-3.0-or-later
/* An option that breaks rows is let in only by somebody who counts in each of
 * them: only those are tried. */
#include "check/offers.h"

#include <assert.h>
#include <stdlib.h>

#include "check/holders.h"

VEC_DECLARE(proposal_vec, proposal);

typedef struct offering {
    const standing *on;
    const problem *prob;
    int32_t request;
    attempt try_;
    int32_t *order; /* options of the other request in work */
    proposal_vec found;
    arena *mem;
    ctg_error *err;
} offering;

static ctg_status add_offer(offering *f, const proposal *made) {
    proposal *const slot = VEC_PUSH(f->mem, &f->found, proposal);
    if (!slot)
        return err_nomem(f->err);
    *slot = *made;
    return CTG_OK;
}

static ctg_status judge_moves(offering *f, const move *moves, int32_t n) {
    return attempt_judge(&f->try_, moves, n, ATTEMPT_FIRST, f->err);
}

/* --- what stands in the way
 * --------------------------------------------------------------
 */

static ctg_status write_block(proposal_block *out, const offering *f,
                              const finding *broken) {
    holder_list holders;
    const char *const message = judge_message(f->prob, broken, f->mem);
    if (!message ||
        !holders_list(&holders, f->on, &broken->at, f->request, f->mem))
        return err_nomem(f->err);
    *out = (proposal_block){
        .what = {.at = broken->at,
                 .size = broken->size,
                 .article = broken->law ? broken->law->article : NULL,
                 .message = message},
        .n_holders = holders.n,
        .holders = holders.at};
    return CTG_OK;
}

static ctg_status list_blocks(proposal *made, offering *f) {
    const findings *const broken = &f->try_.breaches;
    proposal_block *const blocks = ARENA_NEW(f->mem, proposal_block, broken->n);
    if (!blocks)
        return err_nomem(f->err);
    for (int32_t i = 0; i < broken->n; i++)
        TRY(write_block(&blocks[i], f, &broken->at[i]));
    made->blocks = blocks;
    made->n_blocks = broken->n;
    return CTG_OK;
}

/* --- whom it would move
 * ------------------------------------------------------------------
 */

static bool may_be_moved(const offering *f, int32_t s) {
    return s != f->request && f->on->judge.option_of[s] != NONE &&
           !request_must_be_served(&f->prob->requests[s]) &&
           f->on->pin_of[s] == NONE;
}

static bool is_in_every_row(const offering *f, const proposal *blocked,
                            int32_t s) {
    for (int32_t i = 0; i < blocked->n_blocks; i++)
        if (!holders_have(f->on, s, &blocked->blocks[i].what.at))
            return false;
    return true;
}

/* The first other option of `made->other` by rank that fits. */
static ctg_status find_other_option(proposal *made, offering *f) {
    const int32_t s = made->other;
    const request *const r = &f->prob->requests[s];
    request_order_options(f->order, r);
    for (int32_t k = 0; k < r->n_options; k++) {
        const move moves[] = {{f->request, made->option}, {s, f->order[k]}};
        if (f->order[k] == f->on->judge.option_of[s])
            continue;
        TRY(judge_moves(f, moves, 2));
        if (!attempt_passes(&f->try_))
            continue;
        made->kind = PROPOSAL_MOVES;
        made->other_option = f->order[k];
        made->after = attempt_values(&f->try_);
        return CTG_OK;
    }
    return CTG_OK;
}

static ctg_status try_without(offering *f, const proposal *blocked, int32_t s,
                              bool *is_let_in) {
    const move moves[] = {{f->request, blocked->option}, {s, NONE}};
    TRY(judge_moves(f, moves, 2));
    if (!attempt_passes(&f->try_))
        return CTG_OK;
    proposal made = *blocked;
    made.kind = PROPOSAL_DISPLACES;
    made.other = s;
    made.after = attempt_values(&f->try_);
    *is_let_in = true;
    TRY(find_other_option(&made, f));
    return add_offer(f, &made);
}

static ctg_status try_others(offering *f, const proposal *blocked) {
    const proposal_block *const first = &blocked->blocks[0];
    bool is_let_in = false;
    for (int32_t i = 0; i < first->n_holders; i++) {
        const int32_t s = first->holders[i];
        if (may_be_moved(f, s) && is_in_every_row(f, blocked, s))
            TRY(try_without(f, blocked, s, &is_let_in));
    }
    return is_let_in ? CTG_OK : add_offer(f, blocked);
}

/* --- all of it
 * ----------------------------------------------------------------------
 */

static ctg_status try_option(offering *f, int32_t o) {
    const move alone = {f->request, o};
    proposal made = {.kind = PROPOSAL_FREE,
                     .option = o,
                     .other = NONE,
                     .other_option = NONE};
    TRY(judge_moves(f, &alone, 1));
    if (attempt_passes(&f->try_)) {
        made.after = attempt_values(&f->try_);
        return add_offer(f, &made);
    }
    made.kind = PROPOSAL_BLOCKED;
    TRY(list_blocks(&made, f));
    return add_offer(f, &made);
}

/* All that is in the way, not only what was found first. */
static ctg_status search(offering *f, proposal *blocked) {
    const move alone = {f->request, blocked->option};
    TRY(attempt_judge(&f->try_, &alone, 1, ATTEMPT_ALL, f->err));
    TRY(list_blocks(blocked, f));
    return try_others(f, blocked);
}

/* The options come by rank: of those that are blocked, the first few better
 * than any that fits are looked at again. */
static ctg_status search_blocked(offering *f, int32_t searched) {
    const option *const options = f->prob->requests[f->request].options;
    const int32_t n = f->found.n;
    int32_t best = INT32_MAX, kept = 0;
    for (int32_t i = 0; i < n; i++) {
        const proposal *const p = &f->found.at[i];
        if (p->kind == PROPOSAL_FREE && options[p->option].rank < best)
            best = options[p->option].rank;
    }
    for (int32_t i = 0; i < n; i++) {
        proposal p = f->found.at[i];
        const bool is_asked = p.kind == PROPOSAL_BLOCKED && searched > 0 &&
                              options[p.option].rank < best;
        searched -= is_asked;
        if (is_asked)
            TRY(search(f, &p));
        else
            TRY(add_offer(f, &p));
    }
    /* What came before stood for what was made of it. */
    for (; n + kept < f->found.n; kept++)
        f->found.at[kept] = f->found.at[n + kept];
    f->found.n = kept;
    return CTG_OK;
}

/* What qsort needs beside a proposal. */
typedef struct ranked {
    proposal of;
    const problem *prob;
    int32_t rank; /* of the option */
} ranked;

static int compare_ranked(const void *left, const void *right) {
    const ranked *const a = left, *const b = right;
    bool is_better = false;
    if (a->of.kind != b->of.kind)
        return a->of.kind < b->of.kind ? -1 : 1;
    if (a->of.kind != PROPOSAL_BLOCKED &&
        goals_first_apart(a->prob, &a->of.after, &b->of.after, &is_better) !=
            NONE)
        return is_better ? 1 : -1;
    const int32_t x[] = {a->rank, a->of.option, a->of.other};
    const int32_t y[] = {b->rank, b->of.option, b->of.other};
    for (size_t i = 0; i < sizeof x / sizeof x[0]; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return 0;
}

static ctg_status sort_offers(offering *f) {
    const arena_mark here = arena_here(f->try_.work);
    ranked *const rows = ARENA_NEW(f->try_.work, ranked, f->found.n + 1);
    if (!rows)
        return err_nomem(f->err);
    for (int32_t i = 0; i < f->found.n; i++) {
        const proposal *const of = &f->found.at[i];
        rows[i] =
            (ranked){*of, f->prob,
                     f->prob->requests[f->request].options[of->option].rank};
    }
    qsort(rows, (size_t)f->found.n, sizeof *rows, compare_ranked);
    for (int32_t i = 0; i < f->found.n; i++)
        f->found.at[i] = rows[i].of;
    arena_rewind(f->try_.work, here);
    return CTG_OK;
}

static ctg_status offer_all(offering *f, int32_t searched) {
    const request *const r = &f->prob->requests[f->request];
    int32_t *const mine = ARENA_NEW(f->mem, int32_t, r->n_options + 1);
    f->order = ARENA_NEW(f->mem, int32_t, request_longest_menu(f->prob) + 1);
    if (!mine || !f->order)
        return err_nomem(f->err);
    request_order_options(mine, r);
    for (int32_t k = 0; k < r->n_options; k++)
        if (mine[k] != f->on->judge.option_of[f->request])
            TRY(try_option(f, mine[k]));
    TRY(search_blocked(f, searched));
    return sort_offers(f);
}

ctg_status check_offers(proposal_list *out, const standing *on, int32_t request,
                        int32_t searched, arena *mem, ctg_error *err) {
    assert(on->judge.breaches.n == 0);
    offering f = {
        .on = on, .prob = on->prob, .request = request, .mem = mem, .err = err};
    ctg_status status = attempt_create(&f.try_, on, mem, err);
    if (status == CTG_OK)
        status = offer_all(&f, searched);
    attempt_end(&f.try_);
    *out = (proposal_list){
        .before = standing_values(on), .n = f.found.n, .at = f.found.at};
    return status;
}
