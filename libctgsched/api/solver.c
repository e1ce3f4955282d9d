// SPDX-License-Identifier: GPL-3.0-or-later
/* A solver keeps its options and an interrupt flag; solve_plan runs on threads
 * that start and end within the call, so that the caller's thread, and a host
 * program's own use of the engine, stay untouched. */
#include <assert.h>
#include <string.h>

#include "api/api.h"
#include "base/clock.h"
#include "lp/lp.h"
#include "solve/decide.h"
#include "solve/replan.h"

struct ctg_solver {
    arena *mem;      /* this struct lives in it */
    arena *findings; /* conflicts of the last solve, or NULL */
    ctg_options options;
    atomic_int stop;     /* the only thing that an interrupt touches */
    atomic_flag is_busy; /* catches two threads, or a callback, on one solver */
    int32_t n_conflicts;
    const char *const *conflicts; /* [n_conflicts] in `findings` */
};

/* One call of the solver. */
typedef struct job {
    solve_result result;
    replan_result replan; /* with `told` */
    const problem *problem;
    const ctg_solution *told; /* what people were told; NULL: a solve */
    solve_options options;
    ctg_status status;
    const ctg_options *asked; /* for the caller's callback */
    int64_t started_us;
} job;

ctg_status ctg_solver_create(ctg_solver **out, const ctg_allocator *allocator,
                             ctg_error *err) {
    if (!out)
        return misuse(err, "ctg_solver_create needs a place for the solver.");
    *out = NULL;
    arena *const mem = arena_create(allocator, 0);
    ctg_solver *const made = mem ? ARENA_NEW(mem, ctg_solver, 1) : NULL;
    if (!made) {
        arena_destroy(mem);
        return err_nomem(err);
    }
    made->mem = mem;
    atomic_init(&made->stop, 0);
    atomic_flag_clear(&made->is_busy);
    const ctg_status status =
        ctg_options_init(&made->options, sizeof made->options);
    assert(status == CTG_OK);
    (void)status;
    *out = made;
    return CTG_OK;
}

void ctg_solver_free(ctg_solver *solver) {
    if (!solver)
        return;
    arena_destroy(solver->findings);
    arena_destroy(solver->mem);
}

static ctg_status solver_enter(ctg_solver *solver, ctg_error *err) {
    if (!atomic_flag_test_and_set(&solver->is_busy))
        return CTG_OK;
    return err_set(err, CTG_ERR_USAGE, "E-BUSY", NULL,
                   "this solver is at work. Maybe give each thread one of its "
                   "own; during a solve only ctg_solver_interrupt may be "
                   "called.");
}

static void solver_leave(ctg_solver *solver) {
    atomic_flag_clear(&solver->is_busy);
}

ctg_status ctg_solver_configure(ctg_solver *solver, const ctg_options *options,
                                ctg_error *err) {
    ctg_options taken;
    if (!solver || !options ||
        !sized_take(&taken, sizeof taken, options, sizeof taken))
        return misuse(err, "ctg_solver_configure needs a solver and options "
                           "from ctg_options_init.");
    TRY(options_check(&taken, err));
    TRY(solver_enter(solver, err));
    solver->options = taken;
    solver_leave(solver);
    return CTG_OK;
}

static const char *goal_name_or_null(const char *name) {
    return name && name[0] ? name : NULL;
}

static int tell_event(void *user, const solve_event *from) {
    static const int32_t kinds[] = {[SOLVE_EVENT_PHASE] = CTG_EVENT_PHASE,
                                    [SOLVE_EVENT_INCUMBENT] =
                                        CTG_EVENT_INCUMBENT,
                                    [SOLVE_EVENT_BOUND] = CTG_EVENT_BOUND};
    const job *const running = user;
    const ctg_event event = {
        .kind = kinds[from->kind],
        .goal = from->goal,
        .text = from->text,
        .goal_name = goal_name_or_null(from->goal_name),
        .value = from->value,
        .bound = from->bound,
        .has_value = from->has_value,
        .has_bound = from->has_bound,
        .work = from->work,
        .seconds = (double)(clock_now_us() - running->started_us) / 1e6,
    };
    return running->asked->on_event(running->asked->user, &event);
}

static solve_options options_for(ctg_solver *solver, const ctg_solution *base,
                                 job *running) {
    const ctg_options *const asked = &solver->options;
    solve_options made = {
        .gap = asked->gap,
        .work_limit = asked->work_limit,
        .memory_limit = (size_t)asked->memory_limit,
        .threads = asked->threads,
        .prove_ties = asked->prove_ties != 0,
        .decide = (solve_decide)asked->decide,
        .base = base ? base->plan->option_of : NULL,
        .base_ways = base ? base->plan->way_of : NULL,
        .stop = &solver->stop,
    };
    if (asked->time_limit > 0)
        made.deadline_us =
            running->started_us + (int64_t)(asked->time_limit * 1e6);
    if (asked->on_event) {
        made.on_event = tell_event;
        made.user = running;
    }
    return made;
}

static int32_t stop_of(const solve_result *result) {
    static const int32_t stops[] = {[STOP_OPTIMAL] = CTG_STOP_OPTIMAL,
                                    [STOP_GAP] = CTG_STOP_GAP,
                                    [STOP_WORK] = CTG_STOP_WORK,
                                    [STOP_TIME] = CTG_STOP_TIME,
                                    [STOP_MEMORY] = CTG_STOP_MEMORY,
                                    [STOP_INTERRUPTED] = CTG_STOP_INTERRUPTED,
                                    [STOP_METHOD] = CTG_STOP_METHOD};
    if (result->outcome == SOLVE_INFEASIBLE)
        return CTG_STOP_INFEASIBLE;
    return result->plan ? stops[result->plan->stop] : CTG_STOP_NONE;
}

static int32_t verdict_of(const solve_result *result) {
    if (result->outcome == SOLVE_INFEASIBLE)
        return CTG_VERDICT_INFEASIBLE;
    if (!result->plan)
        return CTG_VERDICT_UNKNOWN;
    return result->outcome == SOLVE_OPTIMAL ? CTG_VERDICT_OPTIMAL
                                            : CTG_VERDICT_FEASIBLE;
}

/* Which limit left us without any plan. */
static int32_t stop_without_plan(const ctg_solver *solver, const job *ran) {
    if (ran->status == CTG_ERR_NOMEM)
        return CTG_STOP_MEMORY;
    if (atomic_load(&solver->stop))
        return CTG_STOP_INTERRUPTED;
    if (ran->options.deadline_us && clock_now_us() >= ran->options.deadline_us)
        return CTG_STOP_TIME;
    if (ran->options.work_limit && ran->result.work >= ran->options.work_limit)
        return CTG_STOP_WORK;
    return CTG_STOP_MEMORY;
}

/* Limits that came before the first plan are an answer, not an error; memory
 * is one when a limit was set. */
static bool is_unknown(const ctg_solver *solver, const job *ran) {
    if (ran->status != CTG_ERR_STOPPED && ran->status != CTG_ERR_NOMEM)
        return false;
    return ran->options.memory_limit > 0 ||
           stop_without_plan(solver, ran) != CTG_STOP_MEMORY;
}

static ctg_result result_of(const ctg_solver *solver, const job *ran) {
    const bool is_answer = ran->status == CTG_OK;
    return (ctg_result){
        .changes = ran->replan.changes,
        .least_budget = ran->replan.least,
        .least_budget_bound = ran->replan.least_bound,
        .is_budget_short = ran->replan.is_short,
        .has_least_budget_bound = ran->replan.has_least_bound,
        .verdict = is_answer ? verdict_of(&ran->result) : CTG_VERDICT_UNKNOWN,
        .stop =
            is_answer ? stop_of(&ran->result) : stop_without_plan(solver, ran),
        .n_conflicts = is_answer ? ran->result.n_conflicts : 0,
        .work = ran->result.work,
        .seconds = (double)(clock_now_us() - ran->started_us) / 1e6,
        .peak_bytes = ran->result.peak_bytes,
        .process_peak_bytes = (uint64_t)clock_peak_bytes(),
    };
}

/* What contradicts stays with the solver, in the arena of the solve. */
static void keep_conflicts(ctg_solver *solver, ctg_solution *made,
                           const solve_result *result) {
    solver->n_conflicts = result->n_conflicts;
    solver->conflicts = result->conflicts;
    solver->findings = made->mem;
    problem_release(made->problem);
}

static void forget_conflicts(ctg_solver *solver) {
    arena_destroy(solver->findings);
    solver->findings = NULL;
    solver->n_conflicts = 0;
    solver->conflicts = NULL;
}

/* Who made the plan (doc/format.md 9). */
static ctg_status name_maker(plan *made, arena *mem, ctg_error *err) {
    made->library = arena_printf(mem, "libctgsched %s", ctg_version());
    made->engine = lp_engine_name();
    return made->library ? CTG_OK : err_nomem(err);
}

/* Turns what ran into a solution, the conflicts, or nothing. */
static ctg_status take_result(ctg_solver *solver, ctg_solution **out,
                              ctg_solution *made, const job *ran,
                              ctg_error *err) {
    if (ran->result.outcome == SOLVE_INFEASIBLE) {
        keep_conflicts(solver, made, &ran->result);
        return CTG_OK;
    }
    if (!ran->result.plan || !ran->result.verdict) {
        ctg_solution_free(made);
        return CTG_OK;
    }
    made->plan = ran->result.plan;
    made->verdict = *ran->result.verdict;
    ctg_status status = name_maker(ran->result.plan, made->mem, err);
    if (status == CTG_OK)
        status = solution_finish(made, err);
    if (status == CTG_OK)
        *out = made;
    else
        ctg_solution_free(made);
    return status;
}

static ctg_status run_replan(job *running, arena *mem, ctg_error *err) {
    const int32_t most = running->asked->max_changes;
    const told_plan told = {running->told->problem->inside,
                            running->told->plan};
    const ctg_status status =
        solve_replan(&running->replan, running->problem, &told,
                     most < 0 ? INT64_MAX : most, &running->options, mem, err);
    running->result = running->replan.solved;
    return status;
}

static ctg_status run_job(job *running, arena *mem, ctg_error *err) {
    if (running->told)
        return run_replan(running, mem, err);
    return solve_decided(&running->result, running->problem, &running->options,
                         mem, err);
}

static ctg_status solve_entered(ctg_solver *solver, ctg_solution **out,
                                ctg_result *result, const ctg_problem *prob,
                                const ctg_solution *base,
                                const ctg_solution *told, ctg_error *err) {
    forget_conflicts(solver);
    ctg_solution *const made =
        solution_create(prob, arena_allocator(solver->mem));
    if (!made)
        return err_nomem(err);
    ctg_error first = CTG_ERROR_INIT;
    job running = {.problem = prob->inside,
                   .told = told,
                   .asked = &solver->options,
                   .started_us = clock_now_us()};
    running.options = options_for(solver, base, &running);
    running.status = run_job(&running, made->mem, &first);
    ctg_status status = running.status;
    if (status == CTG_OK) {
        status = take_result(solver, out, made, &running, &first);
        if (status != CTG_OK) /* freed with the solution */
            running.result.plan = NULL;
    } else {
        ctg_solution_free(made);
        if (is_unknown(solver, &running))
            status = CTG_OK;
        else if (status == CTG_ERR_STOPPED)
            return err_nomem(err);
    }
    *result = result_of(solver, &running);
    if (status == CTG_OK)
        return CTG_OK;
    return err_set(err, status, first.code[0] ? first.code : "E-INTERNAL",
                   first.pointer, "%s", first.message);
}

ctg_status ctg_solver_solve(ctg_solver *solver, ctg_solution **out,
                            ctg_result *result, const ctg_problem *prob,
                            const ctg_solution *base, ctg_error *err) {
    ctg_result found = {0};
    if (out)
        *out = NULL;
    if (result)
        *result = found;
    if (!solver || !out || !prob)
        return misuse(err, "ctg_solver_solve needs a solver, a place for the "
                           "plan and a problem.");
    TRY(solution_check_base(base, prob, err));
    TRY(solver_enter(solver, err));
    const ctg_status status =
        solve_entered(solver, out, &found, prob, base, NULL, err);
    atomic_store(&solver->stop, 0);
    solver_leave(solver);
    if (result)
        *result = found;
    return status;
}

ctg_status ctg_solver_replan(ctg_solver *solver, ctg_solution **out,
                             ctg_result *result, const ctg_problem *prob,
                             const ctg_solution *told, ctg_error *err) {
    ctg_result found = {0};
    if (out)
        *out = NULL;
    if (result)
        *result = found;
    if (!solver || !out || !prob || !told)
        return misuse(err, "ctg_solver_replan needs a solver, a place for the "
                           "plan, a problem and the plan before.");
    TRY(solver_enter(solver, err));
    ctg_status status = CTG_OK;
    if (solver->options.decide != CTG_DECIDE_JOINT)
        status = misuse(err, "a re-plan decides both sides. Maybe set decide "
                             "to joint.");
    else
        status = solve_entered(solver, out, &found, prob, NULL, told, err);
    atomic_store(&solver->stop, 0);
    solver_leave(solver);
    if (result)
        *result = found;
    return status;
}

void ctg_solver_interrupt(ctg_solver *solver) {
    if (solver)
        atomic_store(&solver->stop, 1);
}

const char *ctg_solver_conflict(const ctg_solver *solver, int32_t index) {
    if (!solver || index < 0 || index >= solver->n_conflicts)
        return NULL;
    return solver->conflicts[index];
}

const char *ctg_verdict_text(ctg_verdict known) {
    static const char *const texts[] = {"unknown", "optimal", "feasible",
                                        "infeasible"};
    const unsigned index = (unsigned)known;
    return index < sizeof texts / sizeof texts[0] ? texts[index] : texts[0];
}

const char *ctg_stop_text(ctg_stop stop) {
    static const char *const texts[] = {"none",        "optimal",    "gap",
                                        "work",        "time",       "memory",
                                        "interrupted", "infeasible", "method"};
    const unsigned index = (unsigned)stop;
    return index < sizeof texts / sizeof texts[0] ? texts[index] : texts[0];
}
