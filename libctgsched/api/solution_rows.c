// SPDX-License-Identifier: GPL-3.0-or-later
/* Looking into a plan: dense indices become ids, days become dates. Nothing is
 * computed but the gap. */
#include <stdio.h>
#include <string.h>

#include "api/api.h"
#include "base/civil.h"

static bool is_row(const void *out, const ctg_solution *solution, int32_t index,
                   int32_t n) {
    return out && solution && index >= 0 && index < n;
}

static int32_t count_goals(const goals *asked) {
    return asked->weighted ? 1 + asked->n : asked->n;
}

static const char *status_stated(const plan *p) {
    if (!p->has_goals)
        return NULL;
    return p->is_feasible_only ? "feasible" : p->is_gap ? "gap" : "optimal";
}

ctg_status ctg_solution_about(ctg_solution_info *out,
                              const ctg_solution *solution) {
    if (!out || !solution)
        return CTG_ERR_USAGE;
    const plan *const p = solution->plan;
    *out = (ctg_solution_info){
        .is_accepted = solution->verdict.accepted,
        .n_breaches = solution->verdict.n_breaches,
        .n_shortages = solution->verdict.n_shortages,
        .n_goals = count_goals(&solution->problem->inside->goals),
        .n_placements = solution->n_served,
        .n_waiting = solution->verdict.n_waiting,
        .n_envy = solution->verdict.n_envy,
        .n_coverage = solution->n_coverage,
        .n_duties = solution->n_worked,
        .status = status_stated(p),
        .stop = p->has_goals ? stop_reason_text(p->stop) : NULL,
    };
    return CTG_OK;
}

int ctg_solution_placement(ctg_placement *out, const ctg_solution *solution,
                           int32_t index) {
    if (!solution || !is_row(out, solution, index, solution->n_served))
        return 0;
    const int32_t served = solution->served[index];
    const problem *const prob = solution->problem->inside;
    const request *const r = &prob->requests[served];
    const option *const o = &r->options[solution->plan->option_of[served]];
    *out = (ctg_placement){
        .request = r->id,
        .child = prob->children[r->child].id,
        .option = o->id,
        .structure = prob->structures[o->structure].id,
        .rank = o->rank,
    };
    return 1;
}

/* Named -1 is the weighted goal. */
static ctg_goal goal_row(const ctg_solution *solution, int32_t goal) {
    const goals *const asked = &solution->problem->inside->goals;
    if (goal < 0)
        return (ctg_goal){.name = "weighted",
                          .unit = "weighted",
                          .sense = asked->sense == SENSE_MAX ? "max" : "min",
                          .value = solution->verdict.weighted,
                          .weight = 1};
    const goal_info *const about = goal_about((goal_id)goal);
    return (ctg_goal){.name = about->name,
                      .unit = about->unit,
                      .sense = about->sense == SENSE_MAX ? "max" : "min",
                      .value = solution->verdict.value[goal],
                      .weight = 1};
}

static void goal_add_bound(ctg_goal *to, const plan *p, int32_t goal) {
    for (int32_t i = 0; p->has_goals && i < p->n_goals; i++) {
        const goal_result *const stated = &p->goals[i];
        if (stated->goal != goal || !stated->has_bound)
            continue;
        const double value = (double)to->value;
        const double size = value < 0 ? -value : value;
        const double apart = (double)stated->bound - value;
        to->has_bound = 1;
        to->bound = stated->bound;
        to->is_proven = to->bound == to->value;
        to->gap = (apart < 0 ? -apart : apart) / (size < 1 ? 1 : size);
    }
}

int ctg_solution_goal(ctg_goal *out, const ctg_solution *solution,
                      int32_t index) {
    if (!solution)
        return 0;
    const goals *const asked = &solution->problem->inside->goals;
    if (!is_row(out, solution, index, count_goals(asked)))
        return 0;
    if (asked->weighted && index > 0) {
        const goal_term *const part = &asked->terms[index - 1];
        *out = goal_row(solution, (int32_t)part->goal);
        out->weight = part->weight;
        out->is_part = 1;
        return 1;
    }
    const int32_t goal =
        asked->weighted ? -1 : (int32_t)asked->terms[index].goal;
    *out = goal_row(solution, goal);
    goal_add_bound(out, solution->plan, goal);
    return 1;
}

static void where_add_time(ctg_where *to, const where *from) {
    to->begin = to->end = -1;
    if (from->civil != CIVIL_NONE) {
        civil_print(from->civil, to->date);
        if (from->end > from->begin && from->begin >= 0) {
            to->begin = from->begin;
            to->end = from->end;
        }
    }
    if (from->week != NONE)
        snprintf(to->week, sizeof to->week, "%04d-W%02d",
                 (int)(from->week / 100 % 10000), (int)(from->week % 100));
    if (from->month != NONE)
        snprintf(to->month, sizeof to->month, "%04d-%02d",
                 (int)(from->month / 12 % 10000), (int)(from->month % 12 + 1));
}

static ctg_where where_row(const problem *prob, const where *from) {
    ctg_where to = {.manager = from->manager};
    if (from->structure != NONE) {
        const structure *const s = &prob->structures[from->structure];
        to.structure = s->id;
        if (from->section >= 0)
            to.section = s->sections[from->section].id;
        if (from->shared != NONE)
            to.section = s->shared[from->shared].id;
    }
    if (from->need != NONE)
        to.need = prob->needs[from->need].id;
    if (from->skill != NONE)
        to.skill = prob->skills[from->skill];
    if (from->request != NONE)
        to.request = prob->requests[from->request].id;
    if (from->resource != NONE)
        to.resource = prob->resources[from->resource].id;
    if (from->employee != NONE)
        to.employee = prob->employees[from->employee].id;
    if (from->group != NONE)
        to.siblings = prob->siblings[from->group].id;
    where_add_time(&to, from);
    return to;
}

ctg_breach breach_row(const problem *prob, const breach *from) {
    return (ctg_breach){
        .rule = rule_name_text(from->at.rule),
        .article = from->article,
        .message = from->message,
        .where = where_row(prob, &from->at),
        .size = from->size,
    };
}

int ctg_solution_breach(ctg_breach *out, const ctg_solution *solution,
                        int32_t index) {
    if (!solution ||
        !is_row(out, solution, index, solution->verdict.n_breaches))
        return 0;
    *out = breach_row(solution->problem->inside,
                      &solution->verdict.breaches[index]);
    return 1;
}

int ctg_solution_shortage(ctg_shortage *out, const ctg_solution *solution,
                          int32_t index) {
    if (!solution ||
        !is_row(out, solution, index, solution->verdict.n_shortages))
        return 0;
    const shortage *const from = &solution->verdict.shortages[index];
    *out = (ctg_shortage){
        .kind = shortage_kind_text(from->kind),
        .rule = rule_name_text(from->at.rule),
        .where = where_row(solution->problem->inside, &from->at),
        .size = from->size,
    };
    return 1;
}

int ctg_solution_waiting(ctg_waiting *out, const ctg_solution *solution,
                         int32_t index) {
    if (!solution || !is_row(out, solution, index, solution->verdict.n_waiting))
        return 0;
    const problem *const prob = solution->problem->inside;
    const waiting_row *const from = &solution->verdict.waiting[index];
    const request *const r = &prob->requests[from->request];
    *out = (ctg_waiting){
        .request = r->id,
        .child = prob->children[r->child].id,
        .points = r->points,
        .rank = from->rank,
    };
    return 1;
}

int ctg_solution_envy(ctg_envy *out, const ctg_solution *solution,
                      int32_t index) {
    if (!solution || !is_row(out, solution, index, solution->verdict.n_envy))
        return 0;
    const problem *const prob = solution->problem->inside;
    const envy_pair *const from = &solution->verdict.envy[index];
    *out = (ctg_envy){.request = prob->requests[from->request].id,
                      .envies = prob->requests[from->envies].id};
    return 1;
}

int ctg_solution_coverage(ctg_coverage *out, const ctg_solution *solution,
                          int32_t index) {
    static const char *const binds[] = {"none", "seats", "staff"};
    if (!solution || !is_row(out, solution, index, solution->n_coverage))
        return 0;
    const problem *const prob = solution->problem->inside;
    const coverage_row *const from = &solution->coverage[index];
    *out = (ctg_coverage){
        .structure = prob->structures[from->structure].id,
        .binds = binds[from->binds],
        .begin = from->begin,
        .end = from->end,
        .present = from->present,
        .places = from->places,
        .required = from->required,
        .counted = from->counted,
        .free = from->free,
    };
    civil_print(prob->days[from->day], out->date);
    return 1;
}
