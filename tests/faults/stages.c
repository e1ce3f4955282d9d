// SPDX-License-Identifier: GPL-3.0-or-later
/* Parse, lint, solve, check, write, export: armed right before the call,
 * disarmed right after, so that looking at the answer never fails. */
#include "faults/stages.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "faults/injector.h"
#include "io/io.h"
#include "support/tiny.h"

enum { WHY = 200 };

static int64_t next_fails_at, last_asked;
static bool next_for_ever, may_misread;

void stages_arm(int64_t fails_at, bool for_ever) {
    next_fails_at = fails_at;
    next_for_ever = for_ever;
}

void stages_may_misread(bool may) { may_misread = may; }

int64_t stages_asked(void) { return last_asked; }

static void begin(void) { injector_arm(next_fails_at, next_for_ever); }

static void end(bool *was_refused) {
    last_asked = injector_disarm();
    *was_refused = next_fails_at > 0 && last_asked >= next_fails_at;
}

/* --- an allocator that counts what is not given back -------------------------
 */

typedef struct purse {
    atomic_llong bytes;
} purse;

static void *purse_take(void *user, size_t bytes) {
    purse *const from = user;
    void *const block = malloc(bytes);
    if (block)
        atomic_fetch_add(&from->bytes, (long long)bytes);
    return block;
}

static void purse_give(void *user, void *block, size_t bytes) {
    purse *const to = user;
    atomic_fetch_sub(&to->bytes, (long long)bytes);
    free(block);
}

static ctg_allocator allocator_of(purse *own) {
    atomic_init(&own->bytes, 0);
    return (ctg_allocator){purse_take, purse_give, own};
}

static bool is_empty(purse *own, char *why) {
    const long long bytes = atomic_load(&own->bytes);
    if (bytes != 0)
        snprintf(why, WHY, "%lld bytes were not given back", bytes);
    return bytes == 0;
}

/* A refusal is CTG_ERR_NOMEM and nothing else; none is CTG_OK. */
static bool is_told(ctg_status status, const ctg_error *err, bool was_refused,
                    char *why) {
    const ctg_status expected = was_refused ? CTG_ERR_NOMEM : CTG_OK;
    if (status == expected && (!was_refused || !strcmp(err->code, "E-NOMEM")))
        return true;
    if (may_misread && was_refused && status == CTG_ERR_INPUT)
        return true;
    snprintf(why, WHY, "status %d (%s %.80s), not %d", (int)status, err->code,
             err->message, (int)expected);
    return false;
}

/* --- the stages
 * ---------------------------------------------------------------
 */

static bool run_parse(const town *it, char *why, bool *was_refused) {
    purse own;
    const ctg_allocator from = allocator_of(&own);
    ctg_read_options how = CTG_READ_OPTIONS_INIT;
    ctg_problem *made = NULL;
    ctg_error err = CTG_ERROR_INIT;
    how.allocator = &from;
    begin();
    const ctg_status status =
        ctg_problem_parse(&made, it->text, strlen(it->text), &how, &err);
    end(was_refused);
    bool good = is_told(status, &err, *was_refused, why);
    if (good && status == CTG_OK)
        good =
            !strcmp(ctg_problem_digest(made), ctg_problem_digest(it->problem));
    ctg_problem_free(made);
    return good && is_empty(&own, why);
}

static bool run_lint(const town *it, char *why, bool *was_refused) {
    purse own;
    const ctg_allocator from = allocator_of(&own);
    ctg_read_options how = CTG_READ_OPTIONS_INIT;
    ctg_lint found;
    ctg_error err = CTG_ERROR_INIT;
    how.allocator = &from;
    begin();
    const ctg_status status =
        ctg_problem_lint(&found, it->faulty, strlen(it->faulty), &how, &err);
    end(was_refused);
    const bool good = (may_misread && status == CTG_OK) ||
                      is_told(status, &err, *was_refused, why);
    return good && is_empty(&own, why);
}

/* The options given, as brute force numbers them. */
static bool list_options(int32_t *option_of, const town *it,
                         const ctg_solution *plan) {
    ctg_placement at;
    for (int32_t r = 0; r < it->inside->n_requests; r++)
        option_of[r] = NONE;
    for (int32_t k = 0; ctg_solution_placement(&at, plan, k); k++) {
        const int32_t r = problem_find_request(it->inside, at.request);
        if (r == NONE)
            return false;
        option_of[r] = request_find_option(&it->inside->requests[r], at.option);
    }
    return true;
}

/* A bound is on the right side, a proven goal is the optimum, as long as all
 * goals before it are. */
static bool is_true_of_goals(const town *it, const oracle_value *value,
                             const ctg_solution *plan, char *why) {
    ctg_goal goal;
    for (int32_t k = 0; k < it->best.n; k++) {
        if (!ctg_solution_goal(&goal, plan, k))
            return false;
        const int64_t mine = oracle_asked(it->all, value, k);
        const int64_t best = it->best.value[k];
        const bool bounded = !goal.has_bound || (oracle_sense(it->all, k) > 0
                                                     ? goal.bound >= best
                                                     : goal.bound <= best);
        if (goal.value == mine && bounded &&
            (!goal.is_proven || mine == best)) {
            if (mine != best)
                break; /* later goals are about plans like this one */
            continue;
        }
        snprintf(why, WHY,
                 "goal %s: value %lld, bound %lld, proven %d; %lld "
                 "is the best",
                 goal.name, (long long)goal.value, (long long)goal.bound,
                 goal.is_proven, (long long)best);
        return false;
    }
    return true;
}

static bool is_true_of_plan(const town *it, const ctg_solution *plan,
                            char *why) {
    int32_t option_of[ORACLE_REQUESTS];
    oracle_value value;
    if (!list_options(option_of, it, plan)) {
        snprintf(why, WHY, "an option that nobody asked for");
        return false;
    }
    oracle_value_of(&value, it->all, option_of);
    if (!value.accepted) {
        snprintf(why, WHY, "the plan breaks rules %x", (unsigned)value.broken);
        return false;
    }
    return is_true_of_goals(it, &value, plan, why);
}

/* Out of memory, or an answer that is true. */
static bool is_true_answer(const town *it, ctg_status status,
                           const ctg_solution *plan, const ctg_result *result,
                           const ctg_error *err, bool was_refused, char *why) {
    if (status != CTG_OK)
        return is_told(status, err, was_refused, why);
    if (plan)
        return is_true_of_plan(it, plan, why);
    if (result->verdict == CTG_VERDICT_INFEASIBLE && !it->best.feasible)
        return true;
    snprintf(why, WHY, "no plan, and the verdict is %s",
             ctg_verdict_text((ctg_verdict)result->verdict));
    return false;
}

static bool run_solve(const town *it, char *why, bool *was_refused) {
    purse own;
    const ctg_allocator from = allocator_of(&own);
    ctg_solver *solver = NULL;
    ctg_solution *plan = NULL;
    ctg_result result = {0};
    ctg_error err = CTG_ERROR_INIT;
    begin();
    ctg_status status = ctg_solver_create(&solver, &from, &err);
    if (status == CTG_OK)
        status =
            ctg_solver_solve(solver, &plan, &result, it->problem, NULL, &err);
    end(was_refused);
    const bool good =
        is_true_answer(it, status, plan, &result, &err, *was_refused, why);
    ctg_solution_free(plan);
    ctg_solver_free(solver);
    return good && is_empty(&own, why);
}

static bool run_check(const town *it, char *why, bool *was_refused) {
    purse own;
    const ctg_allocator from = allocator_of(&own);
    ctg_read_options how = CTG_READ_OPTIONS_INIT;
    ctg_solution *plan = NULL;
    ctg_solution_info info = {.is_accepted = 1};
    ctg_error err = CTG_ERROR_INIT;
    how.allocator = &from;
    if (!it->solution)
        return true;
    begin();
    const ctg_status status = ctg_solution_parse(
        &plan, it->problem, it->complete.at, it->complete.bytes, &how, &err);
    end(was_refused);
    bool good = is_told(status, &err, *was_refused, why);
    if (good && status == CTG_OK)
        good = ctg_solution_about(&info, plan) == CTG_OK && info.is_accepted;
    if (!good && !why[0])
        snprintf(why, WHY, "a good plan is refused");
    ctg_solution_free(plan);
    return good && is_empty(&own, why);
}

static bool run_write(const town *it, ctg_write what, const ctg_text *expected,
                      char *why, bool *was_refused) {
    ctg_text text = CTG_TEXT_INIT;
    ctg_error err = CTG_ERROR_INIT;
    if (!it->solution)
        return true;
    begin();
    const ctg_status status =
        ctg_solution_write(&text, it->solution, what, &err);
    end(was_refused);
    bool good = is_told(status, &err, *was_refused, why);
    if (good && status == CTG_OK && strcmp(text.at, expected->at) != 0) {
        snprintf(why, WHY, "another text");
        good = false;
    }
    ctg_text_free(&text);
    return good;
}

static bool run_write_stated(const town *it, char *why, bool *was_refused) {
    return run_write(it, CTG_WRITE_STATED, &it->stated, why, was_refused);
}

static bool run_write_complete(const town *it, char *why, bool *was_refused) {
    return run_write(it, CTG_WRITE_COMPLETE, &it->complete, why, was_refused);
}

static ctg_status export_program(ctg_text *out, const town *it,
                                 ctg_error *err) {
    ctg_text names = CTG_TEXT_INIT;
    const int32_t goal = it->inside->goals.weighted ? 0 : 1;
    const ctg_status status = ctg_problem_export(
        out, &names, it->problem, goal, it->solution, CTG_FORMAT_MPS, err);
    ctg_text_free(&names);
    return status;
}

/* Equal days may go unnoticed for want of memory: the program is the same. */
static bool run_export(const town *it, char *why, bool *was_refused) {
    ctg_text program = CTG_TEXT_INIT;
    ctg_error err = CTG_ERROR_INIT;
    if (!it->solution)
        return true;
    begin();
    const ctg_status status = export_program(&program, it, &err);
    end(was_refused);
    bool good = status == CTG_OK || is_told(status, &err, *was_refused, why);
    if (status == CTG_OK && strcmp(program.at, it->program.at) != 0) {
        snprintf(why, WHY, "another program");
        good = false;
    }
    ctg_text_free(&program);
    return good;
}

const stage stages[] = {
    {"parse", run_parse},
    {"lint", run_lint},
    {"solve", run_solve},
    {"check", run_check},
    {"write-stated", run_write_stated},
    {"write-complete", run_write_complete},
    {"export", run_export},
    {NULL, NULL},
};

/* --- towns -------------------------------------------------------------------
 */

static bool solve_unharmed(town *it) {
    ctg_solver *solver = NULL;
    bool good = ctg_solver_create(&solver, NULL, NULL) == CTG_OK &&
                ctg_solver_solve(solver, &it->solution, NULL, it->problem, NULL,
                                 NULL) == CTG_OK;
    ctg_solver_free(solver);
    if (!good || !it->solution)
        return good;
    return ctg_solution_write(&it->stated, it->solution, CTG_WRITE_STATED,
                              NULL) == CTG_OK &&
           ctg_solution_write(&it->complete, it->solution, CTG_WRITE_COMPLETE,
                              NULL) == CTG_OK &&
           export_program(&it->program, it, NULL) == CTG_OK;
}

static uint64_t first_seed(const char *theme) {
    uint64_t seed = 1;
    while (strcmp(tiny_theme_name(tiny_theme(seed)), theme) != 0)
        seed++;
    return seed;
}

/* No interval begins any more. */
static const char *spoil(const char *text, arena *mem) {
    char *const faulty = arena_strdup(mem, text);
    for (char *at = faulty; at && (at = strstr(at, "\"begin\""));)
        memcpy(at, "\"begun\"", 7);
    return faulty;
}

bool town_open(town *out, const char *theme) {
    arena *const mem = arena_create(NULL, 0);
    *out = (town){.name = theme, .mem = mem};
    out->text = mem ? tiny_problem(first_seed(theme), mem) : NULL;
    out->faulty = out->text ? spoil(out->text, mem) : NULL;
    if (!out->faulty)
        return false;
    const io_text input = {out->text, strlen(out->text)};
    if (io_read_problem(&out->inside, input, NULL, 0, NULL, NULL, NULL) !=
            CTG_OK ||
        ctg_problem_parse(&out->problem, input.at, input.n, NULL, NULL) !=
            CTG_OK)
        return false;
    out->all = oracle_open(out->inside, false, mem);
    return out->all && oracle_best(&out->best, out->all, false, mem) &&
           solve_unharmed(out);
}

void town_close(town *it) {
    ctg_text_free(&it->stated);
    ctg_text_free(&it->complete);
    ctg_text_free(&it->program);
    ctg_solution_free(it->solution);
    ctg_problem_free(it->problem);
    problem_free(it->inside);
    arena_destroy(it->mem);
}
