// SPDX-License-Identifier: GPL-3.0-or-later
/* The best plan so far, and the limits. */
#include "solve/search.h"

#include <string.h>

#include "base/clock.h"
#include "check/changes.h"

/* Columns that the engine's tree solves in a blink. */
enum { FIRST_APPETITE = 400 };

static bool spread_costs(search *s) {
    const program *const p = &s->f.program;
    s->n_objectives = p->n_objectives;
    s->cost = ARENA_NEW(s->mem, int64_t *, p->n_objectives + 1);
    if (!s->cost)
        return false;
    for (int32_t k = 0; k < p->n_objectives; k++) {
        s->cost[k] = ARENA_NEW(s->mem, int64_t, p->cols.n + 1);
        if (!s->cost[k])
            return false;
        for (int32_t j = 0; j < p->cols.n; j++)
            s->cost[k][j] = search_sign(s, k) * p->objectives[k].cost[j];
    }
    return true;
}

bool search_init(search *s, const problem *prob, const solve_options *options,
                 arena *mem, ctg_error *err) {
    *s = (search){.prob = prob,
                  .options = options,
                  .mem = mem,
                  .err = err,
                  .stop = options->stop,
                  .deadline_us = options->deadline_us,
                  .started_us = clock_now_us()};
    s->scratch = arena_create(arena_allocator(mem), options->memory_limit);
    if (!s->scratch || formulate(&s->f, prob, false, mem, err) != CTG_OK)
        return false;
    s->built_us = clock_now_us() - s->started_us;
    s->option_of = ARENA_NEW(mem, int32_t, prob->n_requests + 1);
    s->way_of = ARENA_NEW(mem, int32_t, problem_posts(prob) + 1);
    s->cols = ARENA_NEW(mem, int32_t, s->f.program.groups.n + 1);
    s->value = ARENA_NEW(mem, int64_t, s->f.program.n_objectives + 1);
    s->appetite = ARENA_NEW(mem, double, prob->n_structures + 1);
    for (int32_t k = 0; s->appetite && k < prob->n_structures; k++)
        s->appetite[k] = FIRST_APPETITE;
    s->barred = ARENA_NEW(mem, uint8_t, s->f.program.cols.n + 1);
    s->needed = ARENA_NEW(mem, uint8_t, s->f.program.groups.n + 1);
    s->engine = lp_engine_start(mem);
    s->effort = 1;
    return s->appetite && s->barred && s->needed && s->option_of && s->way_of &&
           s->cols && s->value && s->engine && spread_costs(s) &&
           selection_init(&s->sel, &s->f.program, mem);
}

void search_end(search *s) {
    lp_engine_end(s->engine);
    program_end(&s->f.program);
    arena_destroy(s->scratch);
    s->engine = NULL;
    s->scratch = NULL;
}

bool search_renew(search *s) {
    s->is_full |= !selection_init(&s->sel, &s->f.program, s->mem);
    return !s->is_full;
}

bool search_append(search *s, relax *r, const program_new_row *rows,
                   int32_t n) {
    if (program_append_rows(&s->f.program, rows, n) && relax_grow(r))
        return search_renew(s);
    s->is_full = true;
    return false;
}

bool search_is_out(const search *s) {
    if (s->failed != CTG_OK || s->is_full || s->sel.no_memory)
        return true;
    if (s->stop && atomic_load_explicit(s->stop, memory_order_relaxed))
        return true;
    if (s->options->work_limit && s->work >= s->options->work_limit)
        return true;
    return s->deadline_us && clock_now_us() >= s->deadline_us;
}

lp_limits search_limits(const search *s) {
    return (lp_limits){.deadline_us = s->deadline_us, .stop = s->stop};
}

int64_t search_sign(const search *s, int32_t objective) {
    return s->f.program.objectives[objective].maximise ? -1 : 1;
}

static const char *stage_name(const search *s) {
    return s->f.program.objectives[s->stage].name;
}

static void tell(search *s, solve_event_kind kind, const char *text) {
    if (!s->options->on_event)
        return;
    const int64_t sign = search_sign(s, s->stage);
    const solve_event event = {
        .kind = kind,
        .text = text,
        .goal = s->stage,
        .goal_name = stage_name(s),
        .has_value = s->has_plan,
        .value = s->has_plan ? sign * s->value[s->stage] : 0,
        .has_bound = s->has_stage_bound,
        .bound = s->has_stage_bound ? sign * s->stage_bound : 0,
        .work = s->work,
        .seconds = (double)(clock_now_us() - s->started_us) / 1e6};
    if (s->options->on_event(s->options->user, &event) && s->stop)
        atomic_store(s->stop, 1);
}

void search_phase(search *s, const char *text) {
    tell(s, SOLVE_EVENT_PHASE, text);
}

void search_bound(search *s, int64_t bound) {
    if (s->has_stage_bound && bound <= s->stage_bound)
        return;
    s->stage_bound = bound;
    s->has_stage_bound = true;
    tell(s, SOLVE_EVENT_BOUND, "");
}

static void evaluate(const search *s, int64_t *value) {
    const program *const p = &s->f.program;
    for (int32_t k = 0; k < s->n_objectives; k++) {
        value[k] = 0;
        for (int32_t j = s->f.n_choice_cols; j < p->cols.n; j++)
            value[k] += s->cost[k][j] * s->sel.x[j];
        for (int32_t g = 0; g < p->groups.n; g++)
            if (s->sel.chosen[g] >= 0)
                value[k] += s->cost[k][s->sel.chosen[g]];
    }
}

static bool is_better(const search *s, const int64_t *value) {
    for (int32_t k = 0; s->has_plan && k < s->n_objectives; k++)
        if (value[k] != s->value[k])
            return value[k] < s->value[k];
    return !s->has_plan;
}

/* What the judge counted for an objective, minimised. */
static int64_t judged_value(const search *s, const verdict *v, int32_t k) {
    const int64_t value = s->prob->goals.weighted
                              ? v->weighted
                              : v->value[s->prob->goals.terms[k].goal];
    return search_sign(s, k) * value;
}

static void disagree(search *s, int32_t k, int64_t ours, int64_t judged) {
    s->failed = err_set(s->err, CTG_ERR_INTERNAL, "E-INTERNAL", NULL,
                        "solver and judge disagree on goal %s: %lld and %lld. "
                        "Maybe report this with the problem file.",
                        s->f.program.objectives[k].name,
                        (long long)(search_sign(s, k) * ours),
                        (long long)(search_sign(s, k) * judged));
}

static bool keeps_baseline(const problem *prob, const plan *p) {
    return !prob->baseline ||
           (changes_value(prob, p->option_of, p->way_of) <=
                prob->baseline->most &&
            changes_keep_history(prob, p->option_of, p->way_of));
}

/* The judge sees every plan before it counts as one. Goals of the policy
 * (envy) are the judge's alone. */
static bool judge(search *s, const plan *candidate, int64_t *value) {
    const int64_t before = clock_now_us();
    const arena_mark mark = arena_here(s->scratch);
    verdict v;
    const ctg_status status =
        check_plan(&v, s->prob, candidate, CHECK_RULES, s->scratch, s->err);
    bool good = status == CTG_OK;
    if (!good)
        s->failed = status;
    if (good && !v.accepted) {
        const char *const why =
            v.n_breaches > 0 ? v.breaches[0].message : "no breach was named";
        s->failed = err_set(s->err, CTG_ERR_INTERNAL, "E-INTERNAL", NULL,
                            "the judge refuses a plan of the solver: %s", why);
        good = false;
    }
    if (good && !keeps_baseline(s->prob, candidate)) {
        s->failed = err_set(s->err, CTG_ERR_INTERNAL, "E-INTERNAL", NULL,
                            "the judge finds more changes than asked in a plan "
                            "of the solver. Maybe report this with the "
                            "problem file.");
        good = false;
    }
    for (int32_t k = 0; good && k < s->n_objectives; k++) {
        const int64_t judged = judged_value(s, &v, k);
        const bool envy = !s->prob->goals.weighted &&
                          s->prob->goals.terms[k].goal == GOAL_ENVY;
        if (envy)
            value[k] = judged;
        else if (judged != value[k]) {
            disagree(s, k, value[k], judged);
            good = false;
        }
    }
    arena_rewind(s->scratch, mark);
    const int64_t took = clock_now_us() - before;
    s->judge_us = took > s->judge_us ? took : s->judge_us;
    return good;
}

static void keep(search *s, const int64_t *value, const plan *from) {
    memcpy(s->value, value, sizeof *value * (size_t)s->n_objectives);
    memcpy(s->option_of, from->option_of,
           sizeof *s->option_of * (size_t)s->prob->n_requests);
    memcpy(s->way_of, from->way_of,
           sizeof *s->way_of * (size_t)problem_posts(s->prob));
    s->n_cols = 0;
    for (int32_t g = 0; g < s->f.program.groups.n; g++)
        if (s->sel.chosen[g] >= 0)
            s->cols[s->n_cols++] = s->sel.chosen[g];
    s->has_plan = true;
    tell(s, SOLVE_EVENT_INCUMBENT, "");
}

/* The choice in the terms of the problem; false without memory. */
static bool read_choice(search *s, plan *out) {
    const problem *const prob = s->prob;
    const int32_t n_posts = problem_posts(prob);
    *out = (plan){.option_of =
                      ARENA_NEW(s->scratch, int32_t, prob->n_requests + 1),
                  .way_of = ARENA_NEW(s->scratch, int32_t, n_posts + 1)};
    if (!out->option_of || !out->way_of)
        return false;
    for (int32_t r = 0; r < prob->n_requests; r++)
        out->option_of[r] = NONE;
    for (int32_t k = 0; k < n_posts; k++)
        out->way_of[k] = NONE;
    for (int32_t g = 0; g < s->f.program.groups.n; g++) {
        const int32_t col = s->sel.chosen[g];
        if (col >= 0 && col < s->f.n_option_cols)
            out->option_of[g] = s->f.option_cols[col].option;
        else if (col >= 0 && col < s->f.n_option_cols + s->f.n_duty_cols) {
            const duty_col *const d = &s->f.duty_cols[col - s->f.n_option_cols];
            out->way_of[d->employee * prob->n_days + d->day] = d->way;
        }
    }
    return true;
}

bool search_offer_selection(search *s) {
    /* Only the rules: goals are compared, the policy is the judge's. */
    s->is_full |= s->sel.no_memory;
    if (s->failed != CTG_OK || s->is_full ||
        !selection_is_legal(&s->sel, s->f.n_law_rows))
        return false;
    const arena_mark mark = arena_here(s->scratch);
    int64_t *const value = ARENA_NEW(s->scratch, int64_t, s->n_objectives + 1);
    plan candidate;
    bool better = false;
    s->is_full |= !value || !read_choice(s, &candidate);
    if (!s->is_full) {
        evaluate(s, value);
        better = is_better(s, value) && judge(s, &candidate, value) &&
                 is_better(s, value);
        if (better)
            keep(s, value, &candidate);
    }
    arena_rewind(s->scratch, mark);
    return better;
}

bool search_load(search *s, const int32_t *cols, int32_t n) {
    const bool good = !s->is_full && selection_load(&s->sel, cols, n);
    s->is_full |= s->sel.no_memory;
    return good && !s->is_full;
}

bool search_offer(search *s, const int32_t *cols, int32_t n) {
    return search_load(s, cols, n) && search_offer_selection(s);
}

bool search_offer_chosen(search *s) {
    if (s->is_full)
        return false;
    const arena_mark mark = arena_here(s->scratch);
    const int32_t n_groups = s->f.program.groups.n;
    int32_t *const cols = ARENA_NEW(s->scratch, int32_t, n_groups + 1);
    int32_t n = 0;
    for (int32_t g = 0; cols && g < n_groups; g++)
        if (s->sel.chosen[g] >= 0)
            cols[n++] = s->sel.chosen[g];
    const bool better = cols && search_offer(s, cols, n);
    arena_rewind(s->scratch, mark);
    return better;
}
