// SPDX-License-Identifier: GPL-3.0-or-later
/* Plans at the door: reading, judging once, writing as stated or completed.
 * Everything is computed before the caller gets the object, so that reading it
 * from several threads needs no lock. */
#include <assert.h>
#include <string.h>

#include "api/api.h"

ctg_solution *solution_create(const ctg_problem *prob,
                              const ctg_allocator *allocator) {
    arena *const mem = arena_create(allocator, 0);
    ctg_solution *const made = mem ? ARENA_NEW(mem, ctg_solution, 1) : NULL;
    if (!made) {
        arena_destroy(mem);
        return NULL;
    }
    *made = (ctg_solution){.mem = mem};
    made->standing = ARENA_NEW(mem, _Atomic(standing *), 1);
    if (!made->standing) {
        arena_destroy(mem);
        return NULL;
    }
    atomic_init(made->standing, NULL);
    made->problem = problem_hold(prob);
    return made;
}

static ctg_status list_served(ctg_solution *solution, ctg_error *err) {
    const int32_t n_requests = solution->problem->inside->n_requests;
    int32_t *const served = ARENA_NEW(solution->mem, int32_t, n_requests + 1);
    if (!served)
        return err_nomem(err);
    int32_t n = 0;
    for (int32_t r = 0; r < n_requests; r++)
        if (solution->plan->option_of[r] != NONE)
            served[n++] = r;
    solution->n_served = n;
    solution->served = served;
    return CTG_OK;
}

static ctg_status list_worked(ctg_solution *solution, ctg_error *err) {
    const int32_t n_posts = problem_posts(solution->problem->inside);
    const int32_t *const way_of = solution->plan->way_of;
    int32_t *const worked = ARENA_NEW(solution->mem, int32_t, n_posts + 1);
    if (!worked)
        return err_nomem(err);
    int32_t n = 0;
    for (int32_t post = 0; way_of && post < n_posts; post++)
        if (way_of[post] != NONE)
            worked[n++] = post;
    solution->n_worked = n;
    solution->worked = worked;
    return CTG_OK;
}

ctg_status solution_finish(ctg_solution *solution, ctg_error *err) {
    const plan *const p = solution->plan;
    assert(p && p->option_of);
    TRY(list_served(solution, err));
    TRY(list_worked(solution, err));
    /* An accepted plan states its coverage as it is. */
    if (p->has_coverage && solution->verdict.accepted) {
        solution->coverage = p->coverage;
        solution->n_coverage = p->n_coverage;
        return CTG_OK;
    }
    coverage_row *rows = NULL;
    TRY(check_coverage(&rows, &solution->n_coverage, solution->problem->inside,
                       p, solution->mem, err));
    solution->coverage = rows;
    return CTG_OK;
}

ctg_status solution_judge(ctg_solution *solution, ctg_error *err) {
    TRY(check_plan(&solution->verdict, solution->problem->inside,
                   solution->plan, CHECK_ALL, solution->mem, err));
    return solution_finish(solution, err);
}

/* Rules from `envy` on compare what the plan states about itself. */
static bool is_statement(rule_name broken) { return broken >= BREAKS_ENVY; }

static const breach *first_broken_rule(const ctg_solution *solution) {
    for (int32_t i = 0; i < solution->verdict.n_breaches; i++)
        if (!is_statement(solution->verdict.breaches[i].at.rule))
            return &solution->verdict.breaches[i];
    return NULL;
}

ctg_status solution_check_rules(const ctg_solution *solution, ctg_error *err) {
    const breach *const first = first_broken_rule(solution);
    if (!first)
        return CTG_OK;
    return err_set(err, CTG_ERR_VERIFY, "E-BASE", NULL,
                   "the plan given breaks rules (check lists all): %s",
                   first->message);
}

ctg_status solution_check_base(const ctg_solution *base,
                               const ctg_problem *prob, ctg_error *err) {
    if (!base)
        return CTG_OK;
    if (strcmp(base->problem->inside->digest, prob->inside->digest) != 0)
        return err_set(err, CTG_ERR_USAGE, "E-BASE", NULL,
                       "the plan given was read for another problem. Maybe "
                       "read it again with this problem.");
    return solution_check_rules(base, err);
}

static ctg_status read_plan(ctg_solution *made, io_text input,
                            const ctg_read_options *options, ctg_error *err) {
    arena *const mem = arena_create(options->allocator, 0);
    if (!mem)
        return err_nomem(err);
    fault_list faults = {.mem = mem};
    plan *p = NULL;
    const ctg_status status =
        io_read_plan(&p, made->problem->inside, input, &faults, made->mem, err);
    faults_tell(&faults, options);
    arena_destroy(mem);
    made->plan = p;
    return status;
}

ctg_status ctg_solution_parse(ctg_solution **out, const ctg_problem *prob,
                              const char *json, size_t bytes,
                              const ctg_read_options *options, ctg_error *err) {
    ctg_read_options how;
    if (out)
        *out = NULL;
    if (!out || !prob || (!json && bytes > 0) ||
        !read_options_take(&how, options))
        return misuse(err, "ctg_solution_parse needs a place for the plan, a "
                           "problem, a text, and CTG_READ_OPTIONS_INIT or "
                           "NULL.");
    ctg_solution *const made = solution_create(prob, how.allocator);
    if (!made)
        return err_nomem(err);
    const io_text input = {json ? json : "", bytes};
    ctg_status status = read_plan(made, input, &how, err);
    if (status == CTG_OK)
        status = solution_judge(made, err);
    if (status == CTG_OK)
        *out = made;
    else
        ctg_solution_free(made);
    return status;
}

void ctg_solution_free(ctg_solution *solution) {
    if (!solution)
        return;
    const ctg_problem *const prob = solution->problem;
    standing_free(atomic_load(solution->standing));
    arena_destroy(solution->mem);
    problem_release(prob);
}

static const goal_result *goal_stated(const plan *p, int32_t goal) {
    for (int32_t i = 0; p->has_goals && i < p->n_goals; i++)
        if (p->goals[i].goal == goal)
            return &p->goals[i];
    return NULL;
}

/* The goals with the judge's values and the bounds that the plan states. */
static bool complete_goals(plan *p, const ctg_solution *from, arena *mem) {
    const goals *const asked = &from->problem->inside->goals;
    const int32_t n = asked->weighted ? 1 : asked->n;
    p->goals = ARENA_NEW(mem, goal_result, n + 1);
    p->parts = ARENA_NEW(mem, struct plan_part, asked->n + 1);
    if (!p->goals || !p->parts)
        return false;
    p->n_goals = n;
    for (int32_t i = 0; i < n; i++) {
        const int32_t goal =
            asked->weighted ? -1 : (int32_t)asked->terms[i].goal;
        const goal_result *const stated = goal_stated(from->plan, goal);
        goal_result *const to = &p->goals[i];
        *to = stated ? *stated : (goal_result){.goal = goal};
        to->value = asked->weighted ? from->verdict.weighted
                                    : from->verdict.value[goal];
        to->proven = to->has_bound && to->bound == to->value;
    }
    p->n_parts = asked->weighted ? asked->n : 0;
    for (int32_t i = 0; i < p->n_parts; i++)
        p->parts[i] = (struct plan_part){
            .goal = (int32_t)asked->terms[i].goal,
            .weight = asked->terms[i].weight,
            .value = from->verdict.value[asked->terms[i].goal]};
    return true;
}

/* Everything that a plan may state, as the judge found it. The lists are only
 * read by the writer, hence the casts. */
static bool plan_complete(plan *p, const ctg_solution *from, arena *mem) {
    const verdict *const found = &from->verdict;
    *p = *from->plan;
    p->has_digest = p->has_goals = p->has_waiting = p->has_coverage = true;
    /* Pairs are counted where the policy, or the plan, speaks of them. */
    p->has_envy |= from->problem->inside->policy == POLICY_BY_POINTS;
    memcpy(p->digest, from->problem->inside->digest, sizeof p->digest);
    p->shortages = (shortage *)found->shortages;
    p->n_shortages = found->n_shortages;
    p->waiting = (waiting_row *)found->waiting;
    p->n_waiting = found->n_waiting;
    p->envy = (envy_pair *)found->envy;
    p->n_envy = found->n_envy;
    p->coverage = (coverage_row *)from->coverage;
    p->n_coverage = from->n_coverage;
    return complete_goals(p, from, mem);
}

ctg_status ctg_solution_write(ctg_text *out, const ctg_solution *solution,
                              ctg_write what, ctg_error *err) {
    if (out)
        *out = (ctg_text)CTG_TEXT_INIT;
    if (!out || !solution ||
        (what != CTG_WRITE_STATED && what != CTG_WRITE_COMPLETE))
        return misuse(err, "ctg_solution_write needs a place for the text, a "
                           "plan and a ctg_write.");
    arena *const mem = arena_create(arena_allocator(solution->mem), 0);
    if (!mem)
        return err_nomem(err);
    text written = {.mem = mem};
    plan completed;
    const plan *p = solution->plan;
    ctg_status status = CTG_OK;
    if (what == CTG_WRITE_COMPLETE) {
        if (!plan_complete(&completed, solution, mem))
            status = err_nomem(err);
        p = &completed;
    }
    if (status == CTG_OK)
        status = io_write_plan(&written, solution->problem->inside, p, err);
    if (status == CTG_OK)
        return text_hand_over(out, &written, err);
    arena_destroy(mem);
    return status;
}
