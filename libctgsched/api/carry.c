// SPDX-License-Identifier: GPL-3.0-or-later
/* The floor plan at the door. */
#include "api/api.h"
#include "lp/lp.h"
#include "solve/replan.h"

static ctg_status carry_into(ctg_solution *made, const ctg_solution *told,
                             ctg_error *err) {
    solve_result found = {0};
    const told_plan from = {told->problem->inside, told->plan};
    const solve_options options = {.threads = 1};
    TRY(solve_floor(&found, made->problem->inside, &from, &options, made->mem,
                    err));
    if (!found.plan)
        return err_set(err, CTG_ERR_VERIFY, "E-BASE", NULL,
                       "no plan keeps all pins: %s",
                       found.n_conflicts > 0 ? found.conflicts[0] : "");
    made->plan = found.plan;
    made->verdict = *found.verdict;
    return solution_finish(made, err);
}

ctg_status ctg_solution_carry(ctg_solution **out, const ctg_problem *prob,
                              const ctg_solution *told, ctg_error *err) {
    if (out)
        *out = NULL;
    if (!out || !prob || !told)
        return misuse(err, "ctg_solution_carry needs a place for the plan, a "
                           "problem and the plan before.");
    ctg_solution *const made =
        solution_create(prob, arena_allocator(told->mem));
    if (!made)
        return err_nomem(err);
    const ctg_status status = carry_into(made, told, err);
    if (status == CTG_OK)
        *out = made;
    else
        ctg_solution_free(made);
    return status;
}
