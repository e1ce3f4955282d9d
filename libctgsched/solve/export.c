// SPDX-License-Identifier: GPL-3.0-or-later
/* The program of one goal as text, so that any other solver can confirm it.
 *
 * The program is copied once: the columns of envy pairs, which the search
 * raises by rows that plans ask for, give way to the policy's own rows. Names
 * are short, unique and legal in every format; the table tells what they mean.
 * Values of earlier goals are the judge's. */
#include "solve/solve.h"

#include <string.h>

#include "base/civil.h"
#include "lp/difference.h"
#include "solve/policy.h"

typedef struct export_job {
    const problem *prob;
    formulation f;
    program to;
    int32_t *col_of; /* [columns of f] in `to`, or NONE */
    arena *mem;
    ctg_error *err;
} export_job;

/* --- copying ----------------------------------------------------------------
 */

static bool is_pair(const formulation *f, int32_t col) {
    const int32_t n = f->prob->n_requests;
    return f->envy_first >= 0 && col >= f->envy_first &&
           col < f->envy_first + n * n;
}

static void copy_objectives(program *to, const program *p) {
    for (int32_t k = 0; k < p->n_objectives; k++) {
        to->objectives[k].maximise = p->objectives[k].maximise;
        to->objectives[k].name = p->objectives[k].name;
    }
}

/* Shortages have no name of their own: they are what their row lacks. */
static void name_col(program *to, int32_t at, const program *p, int32_t col) {
    int32_t row = NONE;
    for (int64_t k = p->by_col.start[col]; k < p->by_col.start[col + 1]; k++)
        if (row == NONE && p->rows.at[p->by_col.index[k]].owner == col)
            row = p->by_col.index[k];
    if (p->cols.at[col].name)
        program_name_col(to, at, "%s", p->cols.at[col].name);
    else if (row != NONE)
        program_name_col(to, at, "lack_%s", p->rows.at[row].name);
    else
        program_name_col(to, at, "lack_%d", col);
}

static void copy_col(export_job *job, int32_t col) {
    const program *const p = &job->f.program;
    const program_col *const its = &p->cols.at[col];
    program *const to = &job->to;
    job->col_of[col] = NONE;
    if (is_pair(&job->f, col))
        return;
    while (its->group >= to->groups.n && !to->failed)
        program_add_group(to, p->groups.at[to->groups.n].exactly_one);
    const int32_t at =
        program_add_col(to, its->group, its->lower, its->upper, its->tag);
    name_col(to, at, p, col);
    for (int32_t k = 0; k < p->n_objectives; k++)
        program_add_cost(to, k, at, p->objectives[k].cost[col]);
    job->col_of[col] = at;
}

static void copy_row(export_job *job, int32_t row) {
    const program *const p = &job->f.program;
    const program_row *const its = &p->rows.at[row];
    const int32_t at =
        program_add_row(&job->to, its->lower, its->upper, -1, -1);
    program_name_row(&job->to, at, "%s", its->name);
    for (int64_t k = p->by_row.start[row]; k < p->by_row.start[row + 1]; k++)
        program_put(&job->to, at, job->col_of[p->by_row.index[k]],
                    p->by_row.value[k]);
}

static ctg_status copy_program(export_job *job) {
    const program *const p = &job->f.program;
    job->col_of = ARENA_NEW(job->mem, int32_t, p->cols.n + 1);
    program_init(&job->to, job->mem, p->n_objectives, true);
    if (!job->col_of || job->to.failed)
        return err_nomem(job->err);
    copy_objectives(&job->to, p);
    for (int32_t j = 0; j < p->cols.n && !job->to.failed; j++)
        copy_col(job, j);
    for (int32_t i = 0; i < p->rows.n && !job->to.failed; i++)
        copy_row(job, i);
    /* A file without columns is no program to some readers. */
    if (job->to.cols.n == 0)
        program_name_col(&job->to, program_add_col(&job->to, -1, 0, 0, -1),
                         "nothing");
    if (job->prob->policy == POLICY_BY_POINTS)
        TRY(policy_rows(&job->to, &job->f, job->col_of, job->mem, job->err));
    return program_finish(&job->to) ? CTG_OK : err_nomem(job->err);
}

/* --- earlier goals ----------------------------------------------------------
 */

/* (goal k) no worse than `value`. */
static bool hold(program *p, int32_t k, int64_t value, arena *mem) {
    int32_t *const cols = ARENA_NEW(mem, int32_t, p->cols.n + 1);
    int64_t *const values = ARENA_NEW(mem, int64_t, p->cols.n + 1);
    int32_t n = 0;
    for (int32_t j = 0; cols && values && j < p->cols.n; j++)
        if (p->objectives[k].cost[j]) {
            cols[n] = j;
            values[n++] = p->objectives[k].cost[j];
        }
    const bool most = p->objectives[k].maximise;
    const program_new_row row = {
        most ? value : -PROGRAM_INFINITY,
        most ? PROGRAM_INFINITY : value,
        n,
        cols,
        values,
        arena_printf(mem, "goal_%s", p->objectives[k].name)};
    return cols && values && row.name && program_append_rows(p, &row, 1);
}

static ctg_status hold_goals(export_job *job, int32_t goal, const plan *held) {
    if (goal == 0)
        return CTG_OK;
    verdict v;
    TRY(check_plan(&v, job->prob, held, CHECK_RULES, job->mem, job->err));
    if (!v.accepted)
        return err_set(job->err, CTG_ERR_VERIFY, "E-PLAN", NULL,
                       "the plan breaks rules (check lists all): %s",
                       v.breaches[0].message);
    for (int32_t k = 0; k < goal; k++)
        if (!hold(&job->to, k, v.value[job->prob->goals.terms[k].goal],
                  job->mem))
            return err_nomem(job->err);
    return CTG_OK;
}

/* --- names ------------------------------------------------------------------
 */

/* Request, option, employee, date, shift and pieces of what gives none. */
static const char no_choice[] = "\t\t\t\t\t\t";

/* "places_bleuets_0_0480" of row 11 becomes "places_12". */
static const char *short_name(const char *meaning, int32_t index, arena *mem) {
    const int length = (int)strcspn(meaning, "_");
    return arena_printf(mem, "%.*s_%d", length, meaning, (int)index + 1);
}

static void put_duty(text *names, const problem *prob, const duty_col *d) {
    const way *const w = &prob->ways[d->way];
    const shift *const s = &prob->shifts[w->shift];
    char date[CIVIL_TEXT], time[MINUTE_TEXT];
    civil_print(prob->days[d->day], date);
    text_printf(names, "\t\t\t%s\t%s\t%s\t", prob->employees[d->employee].id,
                date, s->id);
    for (int32_t k = 0; k < s->n_pieces; k++) {
        minute_print(w->pieces[k], time);
        text_printf(names, "%s%s", k > 0 ? " " : "", time);
    }
}

/* The option or the duty that a column gives, if it is one. */
static void put_choice(text *names, const export_job *job, int32_t col) {
    const int32_t duty = col - job->f.n_option_cols;
    if (duty < 0) {
        const option_col oc = job->f.option_cols[col];
        const request *const r = &job->prob->requests[oc.request];
        text_printf(names, "\t%s\t%s\t\t\t\t", r->id, r->options[oc.option].id);
    } else if (duty < job->f.n_duty_cols)
        put_duty(names, job->prob, &job->f.duty_cols[duty]);
    else
        text_puts(names, no_choice);
}

static bool name_cols(text *names, export_job *job) {
    const program *const p = &job->to;
    for (int32_t j = 0; j < p->cols.n; j++) {
        program_col *const col = &p->cols.at[j];
        const char *const name = short_name(col->name, j, job->mem);
        text_printf(names, "column\t%s\t%s", name ? name : "", col->name);
        put_choice(names, job, j);
        text_puts(names, "\n");
        if (!name)
            return false;
        col->name = name;
    }
    return true;
}

static bool name_rows(text *names, export_job *job) {
    const program *const p = &job->to;
    for (int32_t i = 0; i < p->rows.n; i++) {
        program_row *const row = &p->rows.at[i];
        const char *const name = short_name(row->name, i, job->mem);
        text_printf(names, "row\t%s\t%s%s\n", name ? name : "", row->name,
                    no_choice);
        if (!name)
            return false;
        row->name = name;
    }
    return true;
}

static void name_menus(text *names, const export_job *job) {
    const program_group *const groups = job->to.groups.at;
    for (int32_t g = job->prob->n_requests; g < job->to.groups.n; g++)
        if (groups[g].end > groups[g].begin)
            text_printf(names, "row\tmenu_%d\tpost_%d%s\n", (int)g + 1,
                        (int)(g - job->prob->n_requests), no_choice);
    /* Groups behind the last column were not copied. */
    for (int32_t g = 0; g < job->prob->n_requests && g < job->to.groups.n; g++)
        if (groups[g].end > groups[g].begin)
            text_printf(names, "row\tmenu_%d\tmenu_%s\t%s\t\t\t\t\t\n",
                        (int)g + 1, job->prob->requests[g].id,
                        job->prob->requests[g].id);
}

static ctg_status write_texts(text *out, text *names, export_job *job,
                              int32_t goal, export_format format) {
    text unread = {.mem = job->mem};
    text *const table = names ? names : &unread;
    text_puts(table,
              "kind\tname\tmeaning\trequest\toption\temployee\tdate\tshift\t"
              "pieces\n");
    if (!name_cols(table, job) || !name_rows(table, job))
        return err_nomem(job->err);
    name_menus(table, job);
    text_printf(out,
                "%s %lld rows of the law; with every day for itself %lld\n",
                format == EXPORT_MPS ? "*" : "\\", (long long)job->f.n_law_rows,
                (long long)(job->f.n_rows_written + job->f.n_rows_spared));
    if (format == EXPORT_MPS)
        program_write_mps(out, &job->to, goal);
    else
        program_write_lp(out, &job->to, goal);
    return out->failed || table->failed ? err_nomem(job->err) : CTG_OK;
}

static ctg_status check_goal(const problem *prob, int32_t goal,
                             const plan *held, ctg_error *err) {
    const int32_t n = prob->goals.weighted ? 1 : prob->goals.n;
    if (goal < 0 || goal >= n)
        return err_set(
            err, CTG_ERR_USAGE, "E-GOAL", NULL,
            "there is no goal %d. Maybe count from 0: the problem has %d "
            "goals.",
            goal, n);
    if (goal > 0 && !held)
        return err_set(
            err, CTG_ERR_USAGE, "E-PLAN", NULL,
            "goal %d needs a plan whose earlier goals are held. Maybe "
            "give --plan.",
            goal);
    return CTG_OK;
}

static ctg_status run(text *out, text *names, export_job *job, int32_t goal,
                      const plan *held, export_format format) {
    TRY(copy_program(job));
    TRY(hold_goals(job, goal, held));
    program whole = job->to;
    const bool written = difference_program(&job->to, &whole, job->mem);
    program_end(&whole);
    if (!written)
        return err_nomem(job->err);
    return write_texts(out, names, job, goal, format);
}

ctg_status solve_export(text *out, text *names, const problem *prob,
                        int32_t goal, const plan *held, export_format format,
                        arena *mem, ctg_error *err) {
    export_job job = {.prob = prob, .mem = mem, .err = err};
    const int32_t asked = prob->goals.weighted ? 0 : goal;
    TRY(check_goal(prob, asked, held, err));
    ctg_status status = formulate(&job.f, prob, true, mem, err);
    if (status == CTG_OK) {
        status = run(out, names, &job, asked, held, format);
        program_end(&job.to);
    }
    program_end(&job.f.program);
    return status;
}
