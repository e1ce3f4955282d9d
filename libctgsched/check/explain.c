// SPDX-License-Identifier: GPL-3.0-or-later
/* Why two plans differ. What happened comes first: the first plan is carried
 * over into the second problem, by ids, and judged there; who counts in a row
 * that it breaks or is short of there had to go from it or may have. The rest
 * is undone one by one. */
#include <string.h>

#include "check/attempt.h"
#include "check/diff.h"
#include "check/duty.h"
#include "check/holders.h"

typedef struct explaining {
    const diff_side *from, *to;
    const problem *prob; /* the second */
    standing *old, *now; /* the first plan in it, and the second */
    int32_t *option_of;  /* [n_requests] the first plan in it */
    int32_t *way_of;     /* [problem_posts] the same, NULL without duties */
    attempt undo;
    arena *mem, *scratch;
    ctg_error *err;
} explaining;

/* --- what happened
 * ---------------------------------------------------------------------
 */

static bool carry_requests(explaining *x) {
    const problem *const before = x->from->prob;
    x->option_of = ARENA_NEW(x->scratch, int32_t, x->prob->n_requests + 1);
    if (!x->option_of)
        return false;
    for (int32_t r = 0; r < x->prob->n_requests; r++) {
        const int32_t was =
            problem_find_request(before, x->prob->requests[r].id);
        const option *const o =
            was == NONE ? NULL
                        : given_option(before, x->from->plan->option_of, was);
        x->option_of[r] = o ? diff_option_in(&x->prob->requests[r], o) : NONE;
    }
    return true;
}

static bool may_work(const explaining *x, int32_t e, int32_t day, int32_t way) {
    return duty_may_be(x->prob, &x->prob->employees[e], day, way);
}

static int32_t carried_way(const explaining *x, int32_t e, int32_t day) {
    const problem *const before = x->from->prob;
    const int32_t was = problem_find_employee(before, x->prob->employees[e].id);
    const int32_t then = problem_day_at(before, x->prob->days[day]);
    const int32_t way =
        was == NONE || then == NONE
            ? NONE
            : x->from->plan->way_of[was * before->n_days + then];
    const int32_t back = way == NONE ? NONE : diff_way_in(x->prob, before, way);
    /* Somebody who may not work is not there, and what lacks them shows it. */
    return back != NONE && may_work(x, e, day, back) ? back : NONE;
}

static bool carry_duties(explaining *x) {
    const int32_t n_days = x->prob->n_days;
    if (!x->from->plan->way_of)
        return true;
    x->way_of = ARENA_NEW(x->scratch, int32_t, problem_posts(x->prob) + 1);
    for (int32_t e = 0; x->way_of && e < x->prob->n_employees; e++)
        for (int32_t d = 0; d < n_days; d++)
            x->way_of[e * n_days + d] = carried_way(x, e, d);
    return x->way_of != NULL;
}

static ctg_status tell(reason *out, const explaining *x, reason_kind kind,
                       const finding *f) {
    const char *const message = judge_message(x->prob, f, x->mem);
    *out = (reason){.kind = kind, .goal = NONE, .has_breach = true};
    out->broken = (breach){.at = f->at,
                           .size = f->size,
                           .article = f->law ? f->law->article : NULL,
                           .message = message};
    return message ? CTG_OK : err_nomem(x->err);
}

static bool same_id(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static const char *place_id(const problem *prob, const where *at) {
    return at->structure == NONE ? NULL : prob->structures[at->structure].id;
}

/* The first plan had that in its own problem. */
static bool is_same_row(const explaining *x, const where *was, const where *f) {
    return was->rule == f->rule && was->civil == f->civil &&
           was->begin == f->begin && was->end == f->end &&
           was->week == f->week && was->month == f->month &&
           same_id(place_id(x->from->prob, was), place_id(x->prob, f));
}

static bool was_there(const explaining *x, const where *f) {
    const verdict *const v = x->from->verdict;
    for (int32_t i = 0; i < v->n_breaches; i++)
        if (is_same_row(x, &v->breaches[i].at, f))
            return true;
    for (int32_t i = 0; i < v->n_shortages; i++)
        if (is_same_row(x, &v->shortages[i].at, f))
            return true;
    return false;
}

/* The first of the list that is new, and that the request counts in or has for
 * its own. */
static const finding *row_of(const findings *list, const explaining *x,
                             int32_t r) {
    for (int32_t i = 0; i < list->n; i++) {
        const where *const at = &list->at[i].at;
        if ((at->request == r || holders_have(x->old, r, at)) &&
            !was_there(x, at))
            return &list->at[i];
    }
    return NULL;
}

/* Said of a duty that may not be worked any more. */
static finding lost_duty(const diff_duty *d) {
    finding f = {.at = where_of(BREAKS_DUTY), .is_breach = true};
    f.at.employee = d->now;
    f.at.civil = d->civil;
    return f;
}

static const finding *row_of_duty(const explaining *x, const diff_duty *d) {
    const findings *const list = &x->old->judge.breaches;
    for (int32_t i = 0; i < list->n; i++)
        if (list->at[i].at.employee == d->now &&
            !was_there(x, &list->at[i].at) &&
            (list->at[i].at.civil == CIVIL_NONE ||
             list->at[i].at.civil == d->civil))
            return &list->at[i];
    return NULL;
}

static const reason by_event = {.kind = REASON_EVENT, .goal = NONE};

/* --- undoing
 * ---------------------------------------------------------------------
 */

static void compare_goals(reason *out, const explaining *x,
                          const goal_values *undone) {
    const goal_values now = standing_values(x->now);
    bool is_better = false;
    const int32_t apart = goals_first_apart(x->prob, &now, undone, &is_better);
    *out = (reason){.goal = apart};
    if (apart == NONE || (!x->prob->goals.weighted &&
                          x->prob->goals.terms[apart].goal == GOAL_TIE))
        out->kind = REASON_TIE;
    else
        out->kind = is_better ? REASON_BETTER : REASON_GOAL;
}

static ctg_status undo_move(reason *out, explaining *x, const diff_move *m,
                            int32_t back) {
    const move one = {m->now, back};
    TRY(attempt_judge(&x->undo, &one, 1, ATTEMPT_ALL, x->err));
    if (!attempt_passes(&x->undo))
        return tell(out, x, REASON_RULE, &x->undo.breaches.at[0]);
    const goal_values undone = attempt_values(&x->undo);
    compare_goals(out, x, &undone);
    return CTG_OK;
}

static ctg_status explain_move(explaining *x, diff_move *m) {
    if (m->kind == DIFF_NEW || m->kind == DIFF_GONE ||
        m->kind == DIFF_CHANGED) {
        m->why = by_event;
        return CTG_OK;
    }
    const int32_t back = x->option_of[m->now];
    if (m->from != NONE && back == NONE) { /* not in the menu any more */
        m->why = by_event;
        return CTG_OK;
    }
    const finding *row = row_of(&x->old->judge.breaches, x, m->now);
    if (!row && m->from != NONE)
        row = row_of(&x->old->judge.shortages, x, m->now);
    return row ? tell(&m->why, x, REASON_EVENT, row)
               : undo_move(&m->why, x, m, back);
}

/* A duty changes staff, labour and goals: the plan is judged whole. */
static ctg_status undo_duty(reason *out, explaining *x, const diff_duty *d,
                            int32_t back) {
    const int32_t post =
        d->now * x->prob->n_days + problem_day_at(x->prob, d->civil);
    int32_t *const way_of = x->to->plan->way_of;
    standing *undone = NULL;
    const arena_mark here = arena_here(x->scratch);
    int32_t *const ways =
        ARENA_NEW(x->scratch, int32_t, problem_posts(x->prob) + 1);
    if (!ways)
        return err_nomem(x->err);
    for (int32_t k = 0; k < problem_posts(x->prob); k++)
        ways[k] = k == post ? back : way_of ? way_of[k] : NONE;
    const plan other = {.option_of = x->to->plan->option_of, .way_of = ways};
    ctg_status status =
        standing_create(&undone, x->prob, &other, x->now->value[GOAL_ENVY],
                        arena_allocator(x->mem), x->err);
    const finding *first = NULL;
    for (int32_t i = 0; undone && i < undone->judge.breaches.n && !first; i++)
        if (!findings_have(&x->now->judge.breaches,
                           &undone->judge.breaches.at[i]))
            first = &undone->judge.breaches.at[i];
    if (first) {
        status = tell(out, x, REASON_RULE, first);
    } else if (undone) {
        const goal_values values = standing_values(undone);
        compare_goals(out, x, &values);
    }
    standing_free(undone);
    arena_rewind(x->scratch, here);
    return status;
}

static ctg_status explain_duty(explaining *x, diff_duty *d) {
    const int32_t day = problem_day_at(x->prob, d->civil);
    const int32_t back =
        d->from == NONE ? NONE : diff_way_in(x->prob, x->from->prob, d->from);
    if (d->before == NONE || d->now == NONE || day == NONE ||
        (d->from != NONE && back == NONE) || back == d->to) {
        d->why = by_event;
        return CTG_OK;
    }
    const finding lost = lost_duty(d);
    const finding *const row = back != NONE && !may_work(x, d->now, day, back)
                                   ? &lost
                                   : row_of_duty(x, d);
    return row ? tell(&d->why, x, REASON_EVENT, row)
               : undo_duty(&d->why, x, d, back);
}

/* --- all of it
 * ----------------------------------------------------------------------
 */

static ctg_status start(explaining *x) {
    const ctg_allocator *const allocator = arena_allocator(x->mem);
    if (!carry_requests(x) || !carry_duties(x))
        return err_nomem(x->err);
    const plan old = {.option_of = x->option_of, .way_of = x->way_of};
    TRY(standing_create(&x->old, x->prob, &old, 0, allocator, x->err));
    TRY(standing_create(&x->now, x->prob, x->to->plan,
                        x->to->verdict->value[GOAL_ENVY], allocator, x->err));
    return attempt_create(&x->undo, x->now, x->scratch, x->err);
}

static ctg_status explain_all(explaining *x, diff *d) {
    TRY(start(x));
    for (int32_t i = 0; i < d->n_moves; i++)
        TRY(explain_move(x, &d->moves[i]));
    for (int32_t i = 0; i < d->n_duties; i++)
        TRY(explain_duty(x, &d->duties[i]));
    return CTG_OK;
}

ctg_status diff_explain(diff *d, const diff_side *from, const diff_side *to,
                        arena *mem, ctg_error *err) {
    explaining x = {
        .from = from, .to = to, .prob = to->prob, .mem = mem, .err = err};
    x.scratch = arena_create(arena_allocator(mem), 0);
    const ctg_status status = x.scratch ? explain_all(&x, d) : err_nomem(err);
    attempt_end(&x.undo);
    standing_free(x.old);
    standing_free(x.now);
    arena_destroy(x.scratch);
    return status;
}
