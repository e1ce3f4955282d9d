// SPDX-License-Identifier: GPL-3.0-or-later
/* The integer program as text, for another solver. */
#include "api/api.h"
#include "solve/solve.h"

static ctg_status export_check(const ctg_problem *prob, int32_t goal,
                               const ctg_solution *base, ctg_error *err) {
    const goals *const asked = &prob->inside->goals;
    const int32_t n = asked->weighted ? 1 : asked->n;
    if (goal < 0 || goal >= n)
        return err_set(err, CTG_ERR_USAGE, "E-GOAL", NULL,
                       "there is no goal %d: the problem has %d, counted from "
                       "0. Maybe 0.",
                       (int)goal, (int)n);
    if (goal > 0 && !base)
        return err_set(err, CTG_ERR_USAGE, "E-GOAL", NULL,
                       "goal %d needs a plan that says how good the goals "
                       "before it are. Maybe solve first.",
                       (int)goal);
    return solution_check_base(base, prob, err);
}

/* Runs in two arenas, one a text, because each is freed on its own. */
static ctg_status export_texts(ctg_text *program, ctg_text *names,
                               const ctg_problem *prob, int32_t goal,
                               const ctg_solution *base, export_format format,
                               arena *scratch, ctg_error *err) {
    const ctg_allocator *const allocator = arena_allocator(prob->inside->mem);
    text rows = {.mem = arena_create(allocator, 0)};
    text table = {.mem = arena_create(allocator, 0)};
    ctg_status status = rows.mem && table.mem ? CTG_OK : err_nomem(err);
    if (status == CTG_OK)
        status = solve_export(&rows, &table, prob->inside, goal,
                              base ? base->plan : NULL, format, scratch, err);
    if (status != CTG_OK) {
        arena_destroy(rows.mem);
        arena_destroy(table.mem);
        return status;
    }
    status = text_hand_over(program, &rows, err);
    if (status != CTG_OK || !names) {
        arena_destroy(table.mem);
        return status;
    }
    status = text_hand_over(names, &table, err);
    if (status != CTG_OK)
        ctg_text_free(program);
    return status;
}

ctg_status ctg_problem_export(ctg_text *program, ctg_text *names,
                              const ctg_problem *prob, int32_t goal,
                              const ctg_solution *base, ctg_format format,
                              ctg_error *err) {
    if (program)
        *program = (ctg_text)CTG_TEXT_INIT;
    if (names)
        *names = (ctg_text)CTG_TEXT_INIT;
    if (!program || !prob ||
        (format != CTG_FORMAT_MPS && format != CTG_FORMAT_LP))
        return misuse(err, "ctg_problem_export needs a place for the program, "
                           "a problem and a ctg_format.");
    TRY(export_check(prob, goal, base, err));
    arena *const scratch = arena_create(arena_allocator(prob->inside->mem), 0);
    if (!scratch)
        return err_nomem(err);
    const ctg_status status = export_texts(
        program, names, prob, goal, base,
        format == CTG_FORMAT_MPS ? EXPORT_MPS : EXPORT_LP, scratch, err);
    arena_destroy(scratch);
    return status;
}
