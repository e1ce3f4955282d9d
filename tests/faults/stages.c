// SPDX-License-Identifier: GPL-3.0-or-later
/* Parse, lint, solve, check, write, export: armed right before the call,
 * disarmed right after, so that looking at the answer never fails. */
#include "faults/stages.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "faults/injector.h"

enum { WHY = TOWN_WHY };

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

/* Out of memory, or an answer that is true. */
static bool is_true_answer(const town *it, ctg_status status,
                           const ctg_solution *plan, const ctg_result *result,
                           const ctg_error *err, bool was_refused, char *why) {
    if (status != CTG_OK)
        return is_told(status, err, was_refused, why);
    if (plan)
        return town_is_true(it, plan, why);
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

/* Equal days may go unnoticed for want of memory: the program is the same. */
static bool run_export(const town *it, char *why, bool *was_refused) {
    ctg_text program = CTG_TEXT_INIT;
    ctg_error err = CTG_ERROR_INIT;
    if (!it->solution)
        return true;
    begin();
    const ctg_status status = town_export(&program, it, &err);
    end(was_refused);
    bool good = status == CTG_OK || is_told(status, &err, *was_refused, why);
    if (status == CTG_OK && strcmp(program.at, it->program.at) != 0) {
        snprintf(why, WHY, "another program");
        good = false;
    }
    ctg_text_free(&program);
    return good;
}

/* Every structure on the first day of the plan's coverage. */
static bool run_slots(const town *it, char *why, bool *was_refused) {
    ctg_slots *slots = NULL;
    ctg_slot_question asked = CTG_SLOT_QUESTION_INIT;
    ctg_coverage first;
    ctg_error err = CTG_ERROR_INIT;
    if (!it->solution || !ctg_solution_coverage(&first, it->solution, 0))
        return true;
    asked.date = first.date;
    asked.age_months = 20;
    asked.least_minutes = 30;
    begin();
    const ctg_status status =
        ctg_solution_slots(&slots, it->solution, &asked, &err);
    end(was_refused);
    ctg_slots_free(slots);
    return is_told(status, &err, *was_refused, why);
}

static bool run_headroom(const town *it, char *why, bool *was_refused) {
    ctg_headroom *headroom = NULL;
    ctg_coverage first;
    ctg_error err = CTG_ERROR_INIT;
    if (!it->solution || !ctg_solution_coverage(&first, it->solution, 0))
        return true;
    begin();
    const ctg_status status =
        ctg_solution_headroom(&headroom, it->solution, NULL, first.date, &err);
    end(was_refused);
    ctg_headroom_free(headroom);
    return is_told(status, &err, *was_refused, why);
}

/* The first request of the waiting list, else the first one served. */
static bool run_offers(const town *it, char *why, bool *was_refused) {
    ctg_offers *offers = NULL;
    ctg_offer_question asked = CTG_OFFER_QUESTION_INIT;
    ctg_waiting waits;
    ctg_placement served;
    ctg_error err = CTG_ERROR_INIT;
    if (ctg_solution_waiting(&waits, it->solution, 0))
        asked.request = waits.request;
    else if (ctg_solution_placement(&served, it->solution, 0))
        asked.request = served.request;
    else
        return true;
    begin();
    const ctg_status status =
        ctg_solution_offers(&offers, it->solution, &asked, &err);
    end(was_refused);
    ctg_offers_free(offers);
    return is_told(status, &err, *was_refused, why);
}

static bool run_fill(const town *it, char *why, bool *was_refused) {
    ctg_fill *fill = NULL;
    ctg_fill_question asked = CTG_FILL_QUESTION_INIT;
    ctg_placement served;
    ctg_error err = CTG_ERROR_INIT;
    if (!ctg_solution_placement(&served, it->solution, 0))
        return true;
    asked.freed = served.request;
    asked.in_turn = 1;
    begin();
    const ctg_status status =
        ctg_solution_fill(&fill, it->solution, &asked, &err);
    end(was_refused);
    ctg_fill_free(fill);
    return is_told(status, &err, *was_refused, why);
}

/* From nobody to the plan, with reasons. */
static bool run_diff(const town *it, char *why, bool *was_refused) {
    static const char nobody[] =
        "{\"schema\": \"ctgsched/plan/1\", \"placements\": []}";
    ctg_solution *empty = NULL;
    ctg_diff *diff = NULL;
    ctg_error err = CTG_ERROR_INIT;
    if (!it->solution ||
        ctg_solution_parse(&empty, it->problem, nobody, sizeof nobody - 1, NULL,
                           &err) != CTG_OK)
        return true;
    begin();
    const ctg_status status =
        ctg_diff_create(&diff, empty, it->solution, 1, &err);
    end(was_refused);
    ctg_diff_free(diff);
    ctg_solution_free(empty);
    return is_told(status, &err, *was_refused, why);
}

static bool run_compare(const town *it, char *why, bool *was_refused) {
    const ctg_side sides[] = {{"a", it->solution}, {"b", it->solution}};
    ctg_tables *tables = NULL;
    ctg_error err = CTG_ERROR_INIT;
    if (!it->solution)
        return true;
    begin();
    const ctg_status status = ctg_compare(&tables, sides, 2, &err);
    end(was_refused);
    ctg_tables_free(tables);
    return is_told(status, &err, *was_refused, why);
}

static bool run_tables(const town *it, char *why, bool *was_refused) {
    ctg_tables *tables = NULL;
    ctg_error err = CTG_ERROR_INIT;
    if (!it->solution)
        return true;
    begin();
    const ctg_status status = ctg_solution_tables(&tables, it->solution, &err);
    end(was_refused);
    ctg_tables_free(tables);
    return is_told(status, &err, *was_refused, why);
}

/* The first family served stays away in the morning; another one comes. */
static ctg_status apply(const town *it, ctg_problem **out, ctg_error *err) {
    ctg_placement first;
    char changes[512];
    const int placed = ctg_solution_placement(&first, it->solution, 0);
    snprintf(changes, sizeof changes,
             "{\"schema\":\"ctgsched/change/1\",\"changes\":[%s%s%s%s"
             "{\"op\":\"request_added\",\"child\":{\"id\":\"new.c\","
             "\"birth\":\"2025-01-01\"},\"request\":{\"id\":\"new.r\","
             "\"child\":\"new.c\",\"options\":[]}}]}",
             placed ? "{\"op\":\"cancelled\",\"request\":\"" : "",
             placed ? first.request : "", placed ? "\",\"end\":\"10:00\"}" : "",
             placed ? "," : "");
    return ctg_problem_apply(out, it->problem, changes, strlen(changes), NULL,
                             err);
}

static bool run_apply(const town *it, char *why, bool *was_refused) {
    ctg_problem *changed = NULL;
    ctg_error err = CTG_ERROR_INIT;
    begin();
    const ctg_status status = apply(it, &changed, &err);
    end(was_refused);
    ctg_problem_free(changed);
    return is_told(status, &err, *was_refused, why);
}

static bool run_carry(const town *it, char *why, bool *was_refused) {
    ctg_problem *changed = NULL;
    ctg_solution *floor = NULL;
    ctg_error err = CTG_ERROR_INIT;
    if (!it->solution || apply(it, &changed, &err) != CTG_OK)
        return true;
    begin();
    const ctg_status status =
        ctg_solution_carry(&floor, changed, it->solution, &err);
    end(was_refused);
    /* A search that did without has still found a floor plan. */
    ctg_solution_info info;
    const bool is_found = status == CTG_OK &&
                          ctg_solution_about(&info, floor) == CTG_OK &&
                          info.is_accepted;
    ctg_solution_free(floor);
    ctg_problem_free(changed);
    return is_found || is_told(status, &err, *was_refused, why);
}

const stage stages[] = {
    {"parse", run_parse},
    {"lint", run_lint},
    {"solve", run_solve},
    {"check", run_check},
    {"write-stated", run_write_stated},
    {"write-complete", run_write_complete},
    {"export", run_export},
    {"slots", run_slots},
    {"headroom", run_headroom},
    {"offers", run_offers},
    {"fill", run_fill},
    {"diff", run_diff},
    {"compare", run_compare},
    {"tables", run_tables},
    {"apply", run_apply},
    {"carry", run_carry},
    {NULL, NULL},
};
