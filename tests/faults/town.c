// SPDX-License-Identifier: GPL-3.0-or-later
/* Towns, and the truth about plans of theirs. */
#include "faults/town.h"

#include <stdio.h>
#include <string.h>

#include "io/io.h"
#include "support/tiny.h"

bool town_options(int32_t *option_of, const town *it,
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
        const bool told =
            goal.is_proven == (goal.has_bound && goal.bound == goal.value);
        if (goal.value == mine && bounded && told &&
            (!goal.is_proven || mine == best)) {
            if (mine != best)
                break; /* later goals are about plans like this one */
            continue;
        }
        snprintf(why, TOWN_WHY,
                 "goal %s: value %lld, bound %lld, proven %d; %lld "
                 "is the best",
                 goal.name, (long long)goal.value, (long long)goal.bound,
                 goal.is_proven, (long long)best);
        return false;
    }
    return true;
}

bool town_is_true(const town *it, const ctg_solution *plan, char *why) {
    int32_t option_of[ORACLE_REQUESTS];
    oracle_value value;
    if (!town_options(option_of, it, plan)) {
        snprintf(why, TOWN_WHY, "an option that nobody asked for");
        return false;
    }
    oracle_value_of(&value, it->all, option_of);
    if (!value.accepted) {
        snprintf(why, TOWN_WHY, "the plan breaks rules %x",
                 (unsigned)value.broken);
        return false;
    }
    return is_true_of_goals(it, &value, plan, why);
}

int town_compare(const town *it, const ctg_solution *a, const ctg_solution *b) {
    int32_t of_a[ORACLE_REQUESTS], of_b[ORACLE_REQUESTS];
    oracle_value x, y;
    if (!town_options(of_a, it, a) || !town_options(of_b, it, b))
        return 0;
    oracle_value_of(&x, it->all, of_a);
    oracle_value_of(&y, it->all, of_b);
    for (int32_t k = 0; k < oracle_n_asked(it->all); k++) {
        const int64_t more =
            oracle_asked(it->all, &x, k) - oracle_asked(it->all, &y, k);
        if (more != 0)
            return more * oracle_sense(it->all, k) > 0 ? -1 : 1;
    }
    return 0;
}

ctg_status town_export(ctg_text *out, const town *it, ctg_error *err) {
    ctg_text names = CTG_TEXT_INIT;
    const int32_t goal = it->inside->goals.weighted ? 0 : 1;
    const ctg_status status = ctg_problem_export(
        out, &names, it->problem, goal, it->solution, CTG_FORMAT_MPS, err);
    ctg_text_free(&names);
    return status;
}

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
           town_export(&it->program, it, NULL) == CTG_OK;
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
