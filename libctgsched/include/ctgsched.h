/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file
 * libctgsched: children and places as an integer program.
 *
 * One call, from text to text (link with -lctgsched):
 *
 *     #include <ctgsched.h>
 *     #include <stdio.h>
 *     #include <string.h>
 *
 *     int plan_town(const char *json) {
 *         ctg_error err = CTG_ERROR_INIT;
 *         ctg_problem *town = NULL;
 *         ctg_solver *solver = NULL;
 *         ctg_solution *plan = NULL;
 *         ctg_text text = CTG_TEXT_INIT;
 *         ctg_result result;
 *         ctg_options options;
 *
 *         ctg_options_init(&options, sizeof options);
 *         options.time_limit = 10.0;
 *         if (ctg_problem_parse(&town, json, strlen(json), NULL, &err) ||
 *             ctg_solver_create(&solver, NULL, &err) ||
 *             ctg_solver_configure(solver, &options, &err) ||
 *             ctg_solver_solve(solver, &plan, &result, town, NULL, &err))
 *             fprintf(stderr, "%d:%d %s\n", err.line, err.column, err.message);
 *         else if (!plan)
 *             fprintf(stderr, "no plan: %s\n",
 *                     ctg_verdict_text((ctg_verdict)result.verdict));
 *         else if (!ctg_solution_write(&text, plan, CTG_WRITE_STATED, &err))
 *             fwrite(text.at, 1, text.bytes, stdout);
 *         ctg_text_free(&text);
 *         ctg_solution_free(plan);
 *         ctg_solver_free(solver);
 *         ctg_problem_free(town);
 *         return err.status;
 *     }
 *
 * Four kinds of object:
 *
 *     text --parse--> ctg_problem --+                +--> ctg_result
 *                      (immutable)  |                |    (what is known)
 *     text --parse--> ctg_solution -+-> ctg_solver --+
 *     (any plan,       (immutable,  |   (options,    +--> ctg_solution
 *      by anyone)       judged)     |    interrupt)        (judged)
 *                                   |
 *     ctg_options ------------------+
 *
 * The life of a solver:
 *
 *         ctg_solver_create
 *                |         +--- ctg_solver_configure
 *                v         v
 *     +-------> IDLE <-----+
 *     |          |   \
 *     |          |    +-- ctg_solver_free --> gone
 *     |  ctg_solver_solve
 *     |          v
 *     +------ SOLVING <--- ctg_solver_interrupt: from any thread or signal
 *     returns               handler; the call returns soon, with its best plan
 *
 * Two answers to every solve: ctg_status says whether the call worked,
 * ctg_result what is known (optimal, feasible, infeasible, unknown, and why it
 * stopped). Infeasible is not an error.
 *
 * Ownership. `..._parse`, `..._create` and `..._solve` give objects that the
 * caller frees with the `..._free` of their type; NULL is fine there. Text from
 * ctg_solution_write is freed with ctg_text_free. Every `const char *` that a
 * function gives belongs to the object it was asked of and lives as long as it.
 * A solution keeps its problem alive: free them in any order.
 *
 * Threads. ctg_problem and ctg_solution never change: read them from any number
 * of threads. A ctg_solver belongs to one thread at a time. The library has no
 * globals, never prints, exits, aborts, or touches the locale. A solve runs on
 * threads that start and end within the call; they block every signal.
 *
 * Units. Dates are "YYYY-MM-DD", local to Europe/Paris; times are minutes of a
 * local day, 0..1440, in half-open intervals; money is in cents, distances in
 * metres, weights in thousandths of a child. The formats of the texts are
 * defined in doc/format.md.
 *
 * Law. No legal number stands in this interface or in the code behind it: each
 * is a dated parameter of a rule pack (ctg_rules_text) beside its article and a
 * status (verified, secondary, memory) that says how the number was checked.
 */
#ifndef CTGSCHED_H
#define CTGSCHED_H

#include "ctgsched_base.h"
#include "ctgsched_change.h"
#include "ctgsched_compare.h"
#include "ctgsched_problem.h"
#include "ctgsched_proposals.h"
#include "ctgsched_report.h"
#include "ctgsched_solution.h"
#include "ctgsched_solver.h"

#endif
