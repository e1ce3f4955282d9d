// SPDX-License-Identifier: GPL-3.0-or-later
/* One solve: a first plan, then the goals, and what is known at the end.
 *
 * All of it runs on a thread of its own, started here and ended before the call
 * returns: GLPK's state lives and dies with it. */
#include "solve/solve.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/thread.h"
#include "solve/goals.h"
#include "solve/split.h"

/* --- the result
 * ------------------------------------------------------------------ */

static bool fill_goals(search *s, const stage_end *ends, plan *out,
                       arena *mem) {
    out->goals = ARENA_NEW(mem, goal_result, s->n_objectives + 1);
    if (!out->goals)
        return false;
    out->has_goals = true;
    out->n_goals = s->n_objectives;
    for (int32_t k = 0; k < s->n_objectives; k++) {
        const int64_t sign = search_sign(s, k);
        out->goals[k] =
            (goal_result){.goal = s->prob->goals.weighted
                                      ? -1
                                      : (int32_t)s->prob->goals.terms[k].goal,
                          .value = sign * s->value[k],
                          .bound = sign * ends[k].bound,
                          .has_bound = ends[k].has_bound,
                          .proven = ends[k].proven};
    }
    return true;
}

static bool fill_parts(const search *s, const verdict *v, plan *out,
                       arena *mem) {
    if (!s->prob->goals.weighted)
        return true;
    const goals *const g = &s->prob->goals;
    out->parts = ARENA_NEW(mem, struct plan_part, g->n + 1);
    out->n_parts = g->n;
    for (int32_t k = 0; out->parts && k < g->n; k++)
        out->parts[k] =
            (struct plan_part){(int32_t)g->terms[k].goal, g->terms[k].weight,
                               v->value[g->terms[k].goal]};
    return out->parts;
}

static stop_reason why_stopped(const search *s, bool all_proven, bool all_gap) {
    if (all_proven)
        return STOP_OPTIMAL;
    if (all_gap)
        return STOP_GAP;
    if (s->stop && atomic_load(s->stop))
        return STOP_INTERRUPTED;
    if (s->options->base_only)
        return STOP_METHOD;
    if (s->options->work_limit && s->work >= s->options->work_limit)
        return STOP_WORK;
    if (s->is_late || (s->deadline_us && clock_now_us() >= s->deadline_us))
        return STOP_TIME;
    return STOP_MEMORY;
}

static void judge_goals(const search *s, const stage_end *ends,
                        bool *all_proven, bool *all_gap) {
    *all_proven = *all_gap = true;
    for (int32_t k = 0; k < s->n_objectives; k++) {
        if (goal_is_tie(s, k) && !s->options->prove_ties)
            continue;
        *all_proven &= ends[k].proven;
        const double value = (double)s->value[k];
        const double size = value < 0 ? -value : value;
        const double away = (double)(s->value[k] - ends[k].bound);
        *all_gap &=
            ends[k].proven || (ends[k].has_bound && s->options->gap > 0 &&
                               away <= s->options->gap * (size > 1 ? size : 1));
    }
}

static ctg_status fill_statements(plan *out, const verdict *v,
                                  const problem *prob, arena *mem,
                                  ctg_error *err) {
    out->n_shortages = v->n_shortages;
    out->shortages = (shortage *)v->shortages;
    out->n_waiting = v->n_waiting;
    out->waiting = (waiting_row *)v->waiting;
    out->has_waiting = true;
    out->n_envy = v->n_envy;
    out->envy = (envy_pair *)v->envy;
    out->has_envy = prob->policy == POLICY_BY_POINTS;
    out->has_digest = true;
    memcpy(out->digest, prob->digest, sizeof out->digest);
    out->has_coverage = true;
    return check_coverage(&out->coverage, &out->n_coverage, prob, out, mem,
                          err);
}

static ctg_status finish(solve_result *out, search *s, const stage_end *ends,
                         arena *mem, ctg_error *err) {
    plan *const p = ARENA_NEW(mem, plan, 1);
    verdict *const v = ARENA_NEW(mem, verdict, 1);
    if (!p || !v)
        return err_nomem(err);
    p->option_of = ARENA_NEW(mem, int32_t, s->prob->n_requests + 1);
    if (!p->option_of)
        return err_nomem(err);
    memcpy(p->option_of, s->option_of,
           sizeof *p->option_of * (size_t)s->prob->n_requests);
    if (s->prob->n_employees > 0) {
        p->way_of = ARENA_NEW(mem, int32_t, problem_posts(s->prob) + 1);
        if (!p->way_of)
            return err_nomem(err);
        memcpy(p->way_of, s->way_of,
               sizeof *p->way_of * (size_t)problem_posts(s->prob));
    }
    TRY(check_plan(v, s->prob, p, CHECK_RULES, mem, err));
    if (!v->accepted)
        return err_set(
            err, CTG_ERR_INTERNAL, "E-INTERNAL", NULL,
            "the judge refuses the final plan. Maybe report this with "
            "the problem file.");
    if (!fill_goals(s, ends, p, mem) || !fill_parts(s, v, p, mem))
        return err_nomem(err);
    TRY(fill_statements(p, v, s->prob, mem, err));
    bool all_proven, all_gap;
    judge_goals(s, ends, &all_proven, &all_gap);
    p->stop = why_stopped(s, all_proven, all_gap);
    p->is_gap = !all_proven && all_gap;
    p->is_feasible_only = !all_proven && !all_gap;
    p->work = s->work;
    p->work_limit = s->options->work_limit;
    p->gap_asked = s->options->gap;
    p->seed = s->prob->seed;
    out->plan = p;
    out->verdict = v;
    out->outcome = all_proven ? SOLVE_OPTIMAL
                   : all_gap  ? SOLVE_GAP
                              : SOLVE_FEASIBLE;
    return CTG_OK;
}

typedef struct solve_job {
    solve_result *out;
    const problem *prob;
    const solve_options *options;
    arena *mem;
    ctg_error *err;
    ctg_status status;
} solve_job;

/* Any plan at all, by branching on a relaxation of the first goal; true when it
 * is proven that there is none. */
static bool is_infeasible(search *s) {
    relax r;
    if (s->f.contradiction)
        return true;
    s->stage = 0;
    if (!relax_init(&r, &s->f.program, s->cost[0], s->engine, s->mem)) {
        s->is_full = true;
        return false;
    }
    const bool none =
        tree_search(s, &r, INT64_MAX, INFINITY) == TREE_PROVEN && !s->has_plan;
    relax_end(&r);
    s->has_stage_bound = false;
    return none;
}

static const char *pin_text(const problem *prob, const pin *p, arena *mem) {
    const request *const r = &prob->requests[p->request];
    switch (p->kind) {
    case PIN_OPTION:
        return arena_printf(mem, "pin of request \"%s\" to option \"%s\"",
                            r->id, r->options[p->target].id);
    case PIN_STRUCTURE:
        return arena_printf(mem, "pin of request \"%s\" to structure \"%s\"",
                            r->id, prob->structures[p->target].id);
    default:
        return arena_printf(mem, "pin of request \"%s\" to waiting", r->id);
    }
}

/* Without pins there is always a plan: nobody placed, every place held a
 * shortage. So a contradiction is a set of pins; one after another is lifted
 * while the rest still contradict each other, and what remains is named. */
static bool still_infeasible(solve_job *job, const problem *prob, arena *mem) {
    search s;
    bool none = false;
    if (search_init(&s, prob, job->options, mem, NULL)) {
        goals_first_plan(&s);
        none = !s.has_plan && is_infeasible(&s);
    }
    search_end(&s);
    return none;
}

static int32_t least_pins(solve_job *job, pin *pins, int32_t n) {
    for (int32_t k = 0; k < n;) {
        const pin lifted = pins[k];
        arena *const mem = arena_create(arena_allocator(job->mem), 0);
        problem fewer = *job->prob;
        for (int32_t i = k; i + 1 < n; i++)
            pins[i] = pins[i + 1];
        fewer.pins = pins;
        fewer.n_pins = n - 1;
        if (mem && still_infeasible(job, &fewer, mem))
            n--;
        else {
            for (int32_t i = n - 1; i > k; i--)
                pins[i] = pins[i - 1];
            pins[k++] = lifted;
        }
        arena_destroy(mem);
    }
    return n;
}

static ctg_status name_conflicts(solve_job *job) {
    const problem *const prob = job->prob;
    pin *const pins = ARENA_NEW(job->mem, pin, prob->n_pins + 1);
    const char **const lines =
        ARENA_NEW(job->mem, const char *, prob->n_pins + 1);
    if (!pins || !lines)
        return err_nomem(job->err);
    if (prob->n_pins)
        memcpy(pins, prob->pins, sizeof *pins * (size_t)prob->n_pins);
    const int32_t n = least_pins(job, pins, prob->n_pins);
    for (int32_t k = 0; k < n; k++)
        lines[k] = pin_text(prob, &pins[k], job->mem);
    job->out->conflicts = lines;
    job->out->n_conflicts = n;
    job->out->outcome = SOLVE_INFEASIBLE;
    return CTG_OK;
}

/* Together, or part by part where the problem falls apart. */
static void run_parts(search *s, stage_end *ends) {
    parts found;
    if (!s->has_plan || !parts_find(&found, s, s->mem))
        s->is_full |= s->has_plan;
    else if (found.n > 1)
        split_run(s, &found, ends);
    else
        goals_run(s, ends);
}

static ctg_status run(solve_job *job, search *s) {
    stage_end *const ends = ARENA_NEW(job->mem, stage_end, s->n_objectives + 1);
    if (!ends)
        return err_nomem(job->err);
    if (s->options->base_only)
        goals_offer_base(s);
    else
        goals_first_plan(s);
    const bool none = s->failed == CTG_OK && !s->has_plan && is_infeasible(s);
    if (s->failed == CTG_OK && !none && !s->options->base_only)
        run_parts(s, ends);
    job->out->work = s->work;
    if (s->failed != CTG_OK)
        return s->failed;
    if (none)
        return name_conflicts(job);
    if (!s->has_plan && s->is_full)
        return err_nomem(job->err);
    if (!s->has_plan)
        return err_set(
            job->err, CTG_ERR_STOPPED, "E-STOPPED", NULL,
            "no plan was found before the limit. Maybe give more time.");
    return finish(job->out, s, ends, job->mem, job->err);
}

static void work(void *arg) {
    solve_job *const job = arg;
    arena *const mem =
        arena_create(arena_allocator(job->mem), job->options->memory_limit);
    if (!mem) {
        job->status = err_nomem(job->err);
        return;
    }
    search s;
    if (search_init(&s, job->prob, job->options, mem, job->err))
        job->status = run(job, &s);
    else
        job->status = err_nomem(job->err);
    job->out->peak_bytes = arena_peak(mem);
    search_end(&s);
    arena_destroy(mem);
}

ctg_status solve_plan(solve_result *out, const problem *prob,
                      const solve_options *options, arena *mem,
                      ctg_error *err) {
    *out = (solve_result){0};
    solve_job job = {out, prob, options, mem, err, CTG_OK};
    thread *const worker = thread_start(work, &job);
    if (!worker)
        return err_nomem(err);
    thread_join(worker);
    return job.status;
}
