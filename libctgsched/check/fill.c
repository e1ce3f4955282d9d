// SPDX-License-Identifier: GPL-3.0-or-later
/* In turn, the plan with what was taken is judged as a whole before the next
 * one is tried. */
#include "check/fill.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

VEC_DECLARE(fill_vec, fill_row);

typedef struct filling {
    const standing *on; /* the plan with what was taken so far */
    standing *taken;    /* the same when something was, else NULL */
    const problem *prob;
    const fill_question *asked;
    int32_t freed;       /* that still has its place in `on`, or NONE */
    const option *place; /* that `asked->freed` gives up, or NULL */
    int32_t *option_of;  /* [n_requests] of `taken` */
    int32_t *order;      /* options of the request in work */
    goal_values before;  /* of the next one who comes */
    const waiting_row *waiting;
    int32_t n_waiting;
    fill_vec found;
    arena *scratch, *mem;
    ctg_error *err;
} filling;

/* --- the place
 * ----------------------------------------------------------------
 */

static bool meets(const presence *a, const presence *b) {
    return a->structure == b->structure && a->day == b->day &&
           a->begin < b->end && b->begin < a->end;
}

static bool is_given_up(const filling *f, const presence *p) {
    for (int32_t i = 0; f->place && i < f->place->n_presences; i++)
        if (meets(p, &f->place->presences[i]))
            return true;
    return !f->place;
}

static bool is_asked(const fill_question *q, const presence *p) {
    return (q->structure == NONE || p->structure == q->structure) &&
           p->day >= q->first && p->day <= q->last && p->begin < q->end &&
           p->end > q->begin;
}

static bool touches(const filling *f, const option *o) {
    for (int32_t i = 0; i < o->n_presences; i++)
        if (is_asked(f->asked, &o->presences[i]) &&
            is_given_up(f, &o->presences[i]))
            return true;
    return false;
}

/* --- trying
 * ----------------------------------------------------------------------
 */

static ctg_status add_row(filling *f, const waiting_row *who, int32_t o,
                          const attempt *a) {
    fill_row *const slot = VEC_PUSH(f->mem, &f->found, fill_row);
    if (!slot)
        return err_nomem(f->err);
    *slot = (fill_row){.rank = who->rank,
                       .request = who->request,
                       .option = o,
                       .before = f->before,
                       .after = attempt_values(a)};
    return CTG_OK;
}

/* The moves that give the option: the place is given up first. */
static int32_t moves_of(move *moves, const filling *f, int32_t r, int32_t o) {
    int32_t n = 0;
    if (f->freed != NONE)
        moves[n++] = (move){f->freed, NONE};
    moves[n++] = (move){r, o};
    return n;
}

/* Adds the options that fit, in turn the first of them alone. */
static ctg_status try_request(filling *f, attempt *a, const waiting_row *who) {
    const request *const r = &f->prob->requests[who->request];
    request_order_options(f->order, r);
    for (int32_t k = 0; k < r->n_options; k++) {
        const int32_t o = f->order[k];
        move moves[2];
        if (!touches(f, &r->options[o]))
            continue;
        const int32_t n = moves_of(moves, f, who->request, o);
        TRY(attempt_judge(a, moves, n, ATTEMPT_FIRST, f->err));
        if (!attempt_passes(a))
            continue;
        TRY(add_row(f, who, o, a));
        if (f->asked->in_turn)
            return CTG_OK;
    }
    return CTG_OK;
}

/* Goals with the place given up and nobody in it. */
static ctg_status value_empty(filling *f, attempt *a) {
    const move leaves = {f->freed, NONE};
    f->before = standing_values(f->on);
    if (f->freed == NONE)
        return CTG_OK;
    TRY(attempt_judge(a, &leaves, 1, ATTEMPT_ALL, f->err));
    f->before = attempt_values(a);
    return CTG_OK;
}

static ctg_status list_all(filling *f, attempt *a) {
    TRY(value_empty(f, a));
    for (int32_t i = 0; i < f->n_waiting; i++)
        if (f->waiting[i].request != f->asked->freed)
            TRY(try_request(f, a, &f->waiting[i]));
    return CTG_OK;
}

/* --- in turn
 * ---------------------------------------------------------------------
 */

/* Somebody who comes can make room for another: siblings are let in together, a
 * session opens for enough. Without that, who did not fit does not later. */
static bool can_help(const problem *prob) {
    for (int32_t g = 0; g < prob->n_siblings; g++)
        if (prob->siblings[g].rule != SIBLINGS_REWARD)
            return true;
    for (int32_t s = 0; s < prob->n_structures; s++)
        for (int32_t k = 0; k < prob->structures[s].n_sessions; k++)
            if (prob->structures[s].sessions[k].min_children > 1)
                return true;
    return false;
}

/* The plan with the last row given. */
static ctg_status take_last(filling *f) {
    const fill_row *const row = &f->found.at[f->found.n - 1];
    const plan next = {.option_of = f->option_of,
                       .way_of = (int32_t *)f->on->judge.way_of};
    standing *made = NULL;
    if (f->freed != NONE)
        f->option_of[f->freed] = NONE;
    f->option_of[row->request] = row->option;
    const ctg_status status =
        standing_create(&made, f->prob, &next, row->after.value[GOAL_ENVY],
                        arena_allocator(f->mem), f->err);
    standing_free(f->taken);
    f->taken = made;
    f->on = made;
    f->freed = NONE;
    return status;
}

static ctg_status take_one(filling *f, attempt *a, int32_t from,
                           int32_t *taken) {
    *taken = NONE;
    TRY(value_empty(f, a));
    for (int32_t i = from; i < f->n_waiting && *taken == NONE; i++) {
        const waiting_row *const who = &f->waiting[i];
        const int32_t n = f->found.n;
        if (who->request == f->asked->freed ||
            f->on->judge.option_of[who->request] != NONE)
            continue;
        TRY(try_request(f, a, who));
        if (f->found.n > n)
            *taken = i;
    }
    return CTG_OK;
}

static ctg_status take_all(filling *f) {
    int32_t from = 0, taken = NONE;
    const bool starts_again = can_help(f->prob);
    do {
        attempt a;
        const arena_mark here = arena_here(f->scratch);
        ctg_status status = attempt_create(&a, f->on, f->scratch, f->err);
        if (status == CTG_OK)
            status = take_one(f, &a, from, &taken);
        attempt_end(&a);
        arena_rewind(f->scratch, here);
        if (status == CTG_OK && taken != NONE)
            status = take_last(f);
        if (status != CTG_OK)
            return status;
        from = starts_again ? 0 : taken + 1;
    } while (taken != NONE);
    return CTG_OK;
}

/* --- all of it
 * ----------------------------------------------------------------------
 */

static ctg_status start(filling *f) {
    const standing *const on = f->on;
    const int32_t n = f->prob->n_requests;
    judge asks = on->judge;
    asks.scratch = f->scratch;
    f->option_of = ARENA_NEW(f->scratch, int32_t, n + 1);
    f->order =
        ARENA_NEW(f->scratch, int32_t, request_longest_menu(f->prob) + 1);
    if (!f->option_of || !f->order)
        return err_nomem(f->err);
    memcpy(f->option_of, on->judge.option_of, (size_t)n * sizeof(int32_t));
    if (f->freed != NONE)
        f->place = given_option(f->prob, on->judge.option_of, f->freed);
    return judge_waiting(&f->waiting, &f->n_waiting, &asks, f->scratch, f->err);
}

static ctg_status fill(filling *f) {
    attempt a;
    TRY(start(f));
    if (f->asked->in_turn)
        return take_all(f);
    ctg_status status = attempt_create(&a, f->on, f->scratch, f->err);
    if (status == CTG_OK)
        status = list_all(f, &a);
    attempt_end(&a);
    return status;
}

ctg_status check_fill(fill_row **rows, int32_t *n_rows, const standing *on,
                      const fill_question *asked, arena *mem, ctg_error *err) {
    assert(on->judge.breaches.n == 0);
    assert(asked->freed == NONE || on->judge.option_of[asked->freed] != NONE);
    filling f = {.on = on,
                 .prob = on->prob,
                 .asked = asked,
                 .freed = asked->freed,
                 .mem = mem,
                 .err = err};
    f.scratch = arena_create(arena_allocator(mem), 0);
    const ctg_status status = f.scratch ? fill(&f) : err_nomem(err);
    standing_free(f.taken);
    arena_destroy(f.scratch);
    *rows = f.found.at;
    *n_rows = f.found.n;
    return status;
}
