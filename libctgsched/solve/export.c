// SPDX-License-Identifier: GPL-3.0-or-later
/* The program of one goal as text, so that any other solver can confirm it. */
#include "solve/solve.h"

#include "solve/formulation.h"
#include "solve/selection.h"

static int64_t sign_of(const program *p, int32_t k) {
    return p->objectives[k].maximise ? -1 : 1;
}

/* Objective values of a plan, minimised; false when the plan has no columns. */
static bool evaluate(const formulation *f, const int32_t *plan_of,
                     int64_t *value, arena *mem) {
    const program *const p = &f->program;
    selection sel;
    int32_t *const cols = ARENA_NEW(mem, int32_t, f->prob->n_requests + 1);
    if (!cols || !selection_init(&sel, p, mem))
        return false;
    int32_t n = 0;
    for (int32_t j = 0; j < f->n_option_cols; j++)
        if (plan_of[f->option_cols[j].request] == f->option_cols[j].option)
            cols[n++] = j;
    if (!selection_load(&sel, cols, n))
        return false;
    for (int32_t k = 0; k < p->n_objectives; k++) {
        value[k] = 0;
        for (int32_t j = 0; j < p->cols.n; j++)
            value[k] += sign_of(p, k) * p->objectives[k].cost[j] * sel.x[j];
    }
    return true;
}

static bool hold(formulation *f, int32_t k, int64_t value, arena *mem) {
    program *const p = &f->program;
    int32_t *const cols = ARENA_NEW(mem, int32_t, p->cols.n + 1);
    int64_t *const values = ARENA_NEW(mem, int64_t, p->cols.n + 1);
    int32_t n = 0;
    for (int32_t j = 0; cols && values && j < p->cols.n; j++)
        if (p->objectives[k].cost[j]) {
            cols[n] = j;
            values[n++] = sign_of(p, k) * p->objectives[k].cost[j];
        }
    const program_new_row row = {
        -PROGRAM_INFINITY,
        value,
        n,
        cols,
        values,
        arena_printf(mem, "goal_%s", p->objectives[k].name)};
    return cols && values && row.name && program_append_rows(p, &row, 1);
}

static void write_names(text *names, const formulation *f) {
    text_puts(names, "column\trequest\toption\n");
    for (int32_t j = 0; j < f->n_option_cols; j++) {
        const option_col oc = f->option_cols[j];
        const request *const r = &f->prob->requests[oc.request];
        text_printf(names, "%s\t%s\t%s\n", f->program.cols.at[j].name, r->id,
                    r->options[oc.option].id);
    }
}

static ctg_status export_finished(formulation *f, text *out, text *names,
                                  int32_t goal, const int32_t *plan_of,
                                  export_format format, arena *mem,
                                  ctg_error *err) {
    const int32_t k = f->prob->goals.weighted ? 0 : goal;
    if (k < 0 || k >= f->program.n_objectives)
        return err_set(
            err, CTG_ERR_USAGE, "E-GOAL", NULL,
            "there is no goal %d. Maybe count from 0: the file has %d "
            "goals.",
            k, f->program.n_objectives);
    if (k > 0 && !plan_of)
        return err_set(
            err, CTG_ERR_USAGE, "E-PLAN", NULL,
            "goal %d needs a plan whose earlier goals are held. Maybe "
            "give --plan.",
            k);
    int64_t *const value = ARENA_NEW(mem, int64_t, f->program.n_objectives + 1);
    if (!value)
        return err_nomem(err);
    if (k > 0 && !evaluate(f, plan_of, value, mem))
        return err_set(
            err, CTG_ERR_INPUT, "E-PLAN", NULL,
            "the plan uses options that can never be given. Maybe run "
            "check on it first.");
    for (int32_t j = 0; j < k; j++)
        if (!hold(f, j, value[j], mem))
            return err_nomem(err);
    if (format == EXPORT_MPS)
        program_write_mps(out, &f->program, k);
    else
        program_write_lp(out, &f->program, k);
    if (names)
        write_names(names, f);
    return out->failed ? err_nomem(err) : CTG_OK;
}

ctg_status solve_export(text *out, text *names, const problem *prob,
                        int32_t goal, const int32_t *plan_of,
                        export_format format, arena *mem, ctg_error *err) {
    formulation f;
    TRY(formulate(&f, prob, true, mem, err));
    const ctg_status status =
        export_finished(&f, out, names, goal, plan_of, format, mem, err);
    program_end(&f.program);
    return status;
}
