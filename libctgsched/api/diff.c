// SPDX-License-Identifier: GPL-3.0-or-later
/* What is otherwise in two plans: dense indices become ids of either problem.
 */
#include "check/diff.h"

#include <string.h>

#include "api/api.h"
#include "base/civil.h"
#include "check/duty.h"

struct ctg_diff {
    arena *mem; /* this struct lives in it, too */
    diff_side from, to;
    diff inside;
};

static diff_side side_of(const ctg_solution *solution) {
    return (diff_side){.prob = solution->problem->inside,
                       .plan = solution->plan,
                       .verdict = &solution->verdict};
}

static ctg_status compare(ctg_diff *made, bool why, ctg_error *err) {
    TRY(diff_plans(&made->inside, &made->from, &made->to, made->mem, err));
    return why ? diff_explain(&made->inside, &made->from, &made->to, made->mem,
                              err)
               : CTG_OK;
}

ctg_status ctg_diff_create(ctg_diff **out, const ctg_solution *from,
                           const ctg_solution *to, int32_t why,
                           ctg_error *err) {
    if (out)
        *out = NULL;
    if (!out || !from || !to)
        return misuse(err, "ctg_diff_create needs a place for what is "
                           "otherwise and two solutions.");
    arena *const mem = arena_create(arena_allocator(to->mem), 0);
    ctg_diff *const made = mem ? ARENA_NEW(mem, ctg_diff, 1) : NULL;
    if (!made) {
        arena_destroy(mem);
        return err_nomem(err);
    }
    *made = (ctg_diff){.mem = mem, .from = side_of(from), .to = side_of(to)};
    const ctg_status status = compare(made, why != 0, err);
    if (status == CTG_OK)
        *out = made;
    else
        ctg_diff_free(made);
    return status;
}

void ctg_diff_free(ctg_diff *diff) {
    if (diff)
        arena_destroy(diff->mem);
}

ctg_status ctg_diff_about(ctg_diff_info *out, const ctg_diff *diff) {
    if (!out || !diff)
        return CTG_ERR_USAGE;
    *out = (ctg_diff_info){.n_moves = diff->inside.n_moves,
                           .n_duties = diff->inside.n_duties,
                           .n_requests = diff->inside.n_requests,
                           .n_children = diff->inside.n_children,
                           .n_employees = diff->inside.n_employees};
    return CTG_OK;
}

static const char *goal_name(const problem *prob, int32_t goal) {
    if (goal == NONE)
        return NULL;
    return prob->goals.weighted
               ? "weighted"
               : goal_about(prob->goals.terms[goal].goal)->name;
}

static ctg_reason reason_row(const problem *prob, const reason *from) {
    static const int32_t kinds[] = {
        [REASON_NONE] = CTG_WHY_NOT_ASKED, [REASON_EVENT] = CTG_WHY_EVENT,
        [REASON_RULE] = CTG_WHY_RULE,      [REASON_GOAL] = CTG_WHY_GOAL,
        [REASON_TIE] = CTG_WHY_TIE,        [REASON_BETTER] = CTG_WHY_BETTER};
    const bool has_goal =
        from->kind == REASON_GOAL || from->kind == REASON_BETTER;
    ctg_reason to = {.kind = kinds[from->kind],
                     .has_breach = from->has_breach,
                     .goal = has_goal ? goal_name(prob, from->goal) : NULL};
    if (from->has_breach)
        to.breach = breach_row(prob, &from->broken);
    return to;
}

/* Option and structure of a request, NULL where it waits. */
static const char *given(const problem *prob, int32_t r, int32_t o,
                         const char **structure) {
    if (r == NONE || o == NONE)
        return NULL;
    const option *const its = &prob->requests[r].options[o];
    *structure = prob->structures[its->structure].id;
    return its->id;
}

int ctg_diff_move(ctg_move *out, const ctg_diff *diff, int32_t index) {
    static const int32_t kinds[] = {
        [DIFF_SERVED] = CTG_MOVE_SERVED, [DIFF_WAITING] = CTG_MOVE_WAITING,
        [DIFF_MOVED] = CTG_MOVE_MOVED,   [DIFF_CHANGED] = CTG_MOVE_CHANGED,
        [DIFF_NEW] = CTG_MOVE_NEW,       [DIFF_GONE] = CTG_MOVE_GONE};
    if (!out || !diff || index < 0 || index >= diff->inside.n_moves)
        return 0;
    const diff_move *const m = &diff->inside.moves[index];
    const bool is_now = m->now != NONE;
    const problem *const prob = is_now ? diff->to.prob : diff->from.prob;
    const request *const r = &prob->requests[is_now ? m->now : m->before];
    *out = (ctg_move){.request = r->id,
                      .child = prob->children[r->child].id,
                      .kind = kinds[m->kind],
                      .why = reason_row(diff->to.prob, &m->why)};
    out->from_option =
        given(diff->from.prob, m->before, m->from, &out->from_structure);
    out->to_option = given(diff->to.prob, m->now, m->to, &out->to_structure);
    return 1;
}

static ctg_worked worked(const problem *prob, int32_t way_index) {
    if (way_index == NONE)
        return (ctg_worked){0};
    const way *const w = &prob->ways[way_index];
    const shift *const s = &prob->shifts[w->shift];
    const duty its = duty_of(prob, way_index);
    ctg_worked to = {.shift = s->id,
                     .structure = prob->structures[s->structure].id,
                     .begin = its.begin,
                     .end = its.end,
                     .minutes = its.minutes,
                     .n_pieces = s->n_pieces};
    for (int32_t k = 0; k < s->n_pieces && k < 4; k++)
        to.pieces[k] = w->pieces[k];
    return to;
}

int ctg_diff_duty(ctg_duty_change *out, const ctg_diff *diff, int32_t index) {
    if (!out || !diff || index < 0 || index >= diff->inside.n_duties)
        return 0;
    const diff_duty *const d = &diff->inside.duties[index];
    *out = (ctg_duty_change){
        .employee = d->now != NONE ? diff->to.prob->employees[d->now].id
                                   : diff->from.prob->employees[d->before].id,
        .is_new = d->before == NONE,
        .is_gone = d->now == NONE,
        .from = worked(diff->from.prob, d->from),
        .to = worked(diff->to.prob, d->to),
        .why = reason_row(diff->to.prob, &d->why)};
    civil_print(d->civil, out->date);
    return 1;
}

static goal_values values_of(const diff_side *side) {
    goal_values v = {.weighted = side->verdict->weighted};
    for (int32_t g = 0; g < N_GOALS; g++)
        v.value[g] = side->verdict->value[g];
    return v;
}

/* Envy is counted where it is asked for, and the weighted goal is there where
 * there is one. */
static bool has_goal(const problem *prob, const char *name) {
    if (strcmp(name, "weighted") == 0)
        return prob->goals.weighted;
    return strcmp(name, "envy") != 0 || judge_asks_envy(prob);
}

int ctg_diff_goal(ctg_goal_change *out, const ctg_diff *diff, int32_t goal) {
    if (!out || !diff)
        return 0;
    const goal_values before = values_of(&diff->from);
    const goal_values after = values_of(&diff->to);
    if (!goal_change_row(out, diff->to.prob, &before, &after, goal))
        return 0;
    if (!has_goal(diff->from.prob, out->name)) {
        out->has_before = 0;
        out->before = 0;
    }
    return 1;
}
