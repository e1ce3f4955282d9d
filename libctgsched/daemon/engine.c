// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/engine.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/envelope.h"

problem_box *problem_keep(problem_box *held) {
    if (held)
        atomic_fetch_add(&held->refs, 1);
    return held;
}

void problem_drop(problem_box *held) {
    if (!held || atomic_fetch_sub(&held->refs, 1) > 1)
        return;
    ctg_problem_free(held->problem);
    free(held);
}

plan_box *plan_keep(plan_box *held) {
    if (held)
        atomic_fetch_add(&held->refs, 1);
    return held;
}

void plan_drop(plan_box *held) {
    if (!held || atomic_fetch_sub(&held->refs, 1) > 1)
        return;
    ctg_solution_free(held->plan);
    problem_drop(held->of);
    buffer_free(&held->text);
    uv_mutex_destroy(&held->lock);
    free(held);
}

static problem_box *box_problem(ctg_problem *problem) {
    problem_box *const made = NEED(problem_box);
    made->refs = 1;
    made->problem = problem;
    return made;
}

static plan_box *box_plan(problem_box *of, ctg_solution *plan,
                          const char *quality, int64_t rests_on) {
    plan_box *const made = NEED(plan_box);
    made->refs = 1;
    made->plan = plan;
    made->quality = quality;
    made->rests_on = rests_on;
    made->of = problem_keep(of);
    uv_mutex_init(&made->lock);
    return made;
}

/* Locked. */
static void write_text(plan_box *of) {
    ctg_text text = CTG_TEXT_INIT;
    if (of->text.n > 0 ||
        ctg_solution_write(&text, of->plan, CTG_WRITE_COMPLETE, NULL) != CTG_OK)
        return;
    buffer_add(&of->text, text.at, text.bytes);
    ctg_text_free(&text);
    if (of->text.failed)
        buffer_free(&of->text);
    else
        store_digest(of->digest, of->text.at, of->text.n);
}

bool plan_text(plan_box *of, const char **text, size_t *n) {
    uv_mutex_lock(&of->lock);
    write_text(of);
    *text = of->text.at;
    *n = of->text.n;
    uv_mutex_unlock(&of->lock);
    return *n > 0;
}

const char *plan_digest(plan_box *of) {
    const char *text = NULL;
    size_t n = 0;
    return plan_text(of, &text, &n) ? of->digest : "";
}

void trouble_free(trouble *held) { fault_book_free(&held->book); }

static ctg_read_options listen_to(trouble *why) {
    ctg_read_options options = CTG_READ_OPTIONS_INIT;
    options.on_fault = fault_book_add;
    options.user = &why->book;
    return options;
}

problem_box *engine_read(store_bytes text, trouble *why) {
    const ctg_read_options options = listen_to(why);
    ctg_problem *problem = NULL;
    why->status =
        ctg_problem_parse(&problem, text.at, text.n, &options, &why->err);
    return why->status == CTG_OK ? box_problem(problem) : NULL;
}

problem_box *engine_apply(const problem_box *from, store_bytes change,
                          trouble *why) {
    const ctg_read_options options = listen_to(why);
    ctg_problem *problem = NULL;
    why->status = ctg_problem_apply(&problem, from->problem, change.at,
                                    change.n, &options, &why->err);
    return why->status == CTG_OK ? box_problem(problem) : NULL;
}

plan_box *engine_read_plan(problem_box *of, store_bytes text) {
    ctg_solution *plan = NULL;
    if (ctg_solution_parse(&plan, of->problem, text.at, text.n, NULL, NULL) !=
        CTG_OK)
        return NULL;
    return box_plan(of, plan, "provisional", 0);
}

plan_box *engine_told(store_bytes text, int64_t rests_on) {
    plan_box *const made = box_plan(NULL, NULL, "published", rests_on);
    buffer_add(&made->text, text.at, text.n);
    store_digest(made->digest, text.at, text.n);
    return made;
}

plan_box *engine_carry(problem_box *to, plan_box *plan, int64_t rests_on) {
    ctg_solution *floor = NULL;
    if (plan && plan->of == to)
        return plan_keep(plan);
    if (!plan ||
        ctg_solution_carry(&floor, to->problem, plan->plan, NULL) != CTG_OK)
        return NULL;
    return box_plan(to, floor, "carried", rests_on);
}

static bool is_accepted(const ctg_solution *plan) {
    ctg_solution_info about;
    return ctg_solution_about(&about, plan) == CTG_OK && about.is_accepted;
}

plan_box *engine_admit(problem_box *to, plan_box *plan, const char *request,
                       const char *option, int64_t rests_on) {
    ctg_text stated = CTG_TEXT_INIT;
    ctg_solution *admitted = NULL;
    if (ctg_solution_write(&stated, plan->plan, CTG_WRITE_COMPLETE, NULL) !=
        CTG_OK)
        return NULL;
    buffer text = {0};
    const bool is_made =
        envelope_admit(&text, stated.at, stated.bytes, request, option);
    ctg_text_free(&stated);
    if (is_made &&
        ctg_solution_parse(&admitted, to->problem, text.at, text.n, NULL,
                           NULL) == CTG_OK &&
        !is_accepted(admitted)) {
        ctg_solution_free(admitted);
        admitted = NULL;
    }
    buffer_free(&text);
    return admitted ? box_plan(to, admitted, "carried", rests_on) : NULL;
}

bool engine_is_no_worse(const plan_box *one, const plan_box *other) {
    ctg_goal mine, theirs;
    for (int32_t i = 0; ctg_solution_goal(&mine, one->plan, i) &&
                        ctg_solution_goal(&theirs, other->plan, i);
         i++) {
        if (mine.is_part || mine.value == theirs.value)
            continue;
        const bool is_less = mine.value < theirs.value;
        return is_less == (strcmp(mine.sense, "min") == 0);
    }
    return true;
}

static ctg_status configure(ctg_solver *solver, const plan_limits *limits,
                            ctg_error *err) {
    ctg_options options;
    ctg_options_init(&options, sizeof options);
    options.time_limit = limits->time_s;
    options.work_limit = limits->work;
    options.memory_limit = limits->memory;
    options.max_changes = limits->most_changes;
    return ctg_solver_configure(solver, &options, err);
}

plan_box *engine_plan(ctg_solver *solver, problem_box *of, plan_box *base,
                      const plan_limits *limits, int32_t *stop, trouble *why) {
    ctg_solution *plan = NULL;
    ctg_result result = {0};
    *stop = CTG_STOP_NONE;
    why->status = configure(solver, limits, &why->err);
    if (why->status == CTG_OK && base)
        why->status = ctg_solver_replan(solver, &plan, &result, of->problem,
                                        base->plan, &why->err);
    else if (why->status == CTG_OK)
        why->status = ctg_solver_solve(solver, &plan, &result, of->problem,
                                       NULL, &why->err);
    *stop = result.stop;
    if (why->status != CTG_OK || !plan)
        return NULL;
    plan_box *const made = box_plan(of, plan, "improved", 0);
    made->work = result.work;
    made->work_limit = limits->work;
    made->most_changes = limits->most_changes;
    made->stop = result.stop;
    return made;
}
