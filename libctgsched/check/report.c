// SPDX-License-Identifier: GPL-3.0-or-later
/* The tables one after the other: those of structures day by day, then those of
 * requests and of employees. */
#include "check/report.h"

#include "check/roster.h"

void report_add(report *r, table_name table, const cell *cells, size_t n) {
    if (!tables_add(r->to, (int32_t)table, cells, (int32_t)n))
        r->failed = true;
}

bool report_ends_week(const report *r, int32_t day) {
    return report_ends(r, day) || civil_iso_week(r->prob->days[day + 1]) !=
                                      civil_iso_week(r->prob->days[day]);
}

bool report_ends_month(const report *r, int32_t day) {
    return report_ends(r, day) || civil_month(r->prob->days[day + 1]) !=
                                      civil_month(r->prob->days[day]);
}

/* What stands in the tables for a day: dates, weeks and months as text. */
static bool name_days(report *r) {
    const problem *const prob = r->prob;
    arena *const mem = r->to->mem;
    r->dates = ARENA_NEW(mem, const char *, prob->n_days);
    r->weeks = ARENA_NEW(mem, const char *, prob->n_days);
    r->months = ARENA_NEW(mem, const char *, prob->n_days);
    if (!r->dates || !r->weeks || !r->months)
        return false;
    for (int32_t d = 0; d < prob->n_days; d++) {
        char date[CIVIL_TEXT];
        const int32_t week = civil_iso_week(prob->days[d]);
        civil_print(prob->days[d], date);
        r->dates[d] = arena_strdup(mem, date);
        r->months[d] = arena_strndup(mem, date, 7);
        r->weeks[d] = arena_printf(mem, "%04d-W%02d", (int)(week / 100),
                                   (int)(week % 100));
        if (!r->dates[d] || !r->weeks[d] || !r->months[d])
            return false;
    }
    return true;
}

/* The option of least rank, the first in the menu of those. */
static int32_t best_option(const request *q) {
    int32_t best = NONE;
    for (int32_t o = 0; o < q->n_options; o++)
        if (best == NONE || q->options[o].rank < q->options[best].rank)
            best = o;
    return best;
}

static int32_t most_sections(const problem *prob) {
    int32_t most = 0;
    for (int32_t s = 0; s < prob->n_structures; s++)
        most = prob->structures[s].n_sections > most
                   ? prob->structures[s].n_sections
                   : most;
    return most;
}

static ctg_status report_create(report *r, ctg_error *err) {
    const problem *const prob = r->prob;
    int32_t *const best = ARENA_NEW(r->scratch, int32_t, prob->n_requests + 1);
    r->week_sums =
        ARENA_NEW(r->scratch, occupancy_sum, most_sections(prob) + 1);
    if (!best || !r->week_sums || !name_days(r))
        return err_nomem(err);
    for (int32_t q = 0; q < prob->n_requests; q++)
        best[q] = best_option(&prob->requests[q]);
    r->best_of = best;
    TRY(judge_rules(r->judge, err));
    TRY(table_declaration_create(r, err));
    return table_pso_create(r, err);
}

static ctg_status count_structures(report *r, ctg_error *err) {
    day_seen on;
    TRY(day_seen_create(&on, r, err));
    for (int32_t s = 0; s < r->prob->n_structures; s++) {
        for (int32_t d = 0; d < r->prob->n_days; d++) {
            day_seen_read(&on, r, s, d);
            table_occupancy(r, &on);
            table_ratio(r, &on);
            table_sessions(r, &on);
            table_declaration(r, &on);
            table_pso(r, &on);
        }
    }
    return CTG_OK;
}

static ctg_status count_all(report *r, ctg_error *err) {
    TRY(report_create(r, err));
    TRY(count_structures(r, err));
    table_hours(r);
    table_contracts(r);
    TRY(table_refused(r, err));
    table_guaranteed(r);
    table_agents(r);
    TRY(table_waiting(r, err));
    return r->failed ? err_nomem(err) : CTG_OK;
}

ctg_status check_tables(tables *out, const problem *prob, const plan *p,
                        arena *mem, ctg_error *err) {
    if (!tables_create(out, report_tables, N_TABLES, mem))
        return err_nomem(err);
    arena *const scratch = arena_create(arena_allocator(mem), 0);
    if (!scratch)
        return err_nomem(err);
    judge j = {.prob = roster_staffed(prob, p->way_of, scratch),
               .option_of = p->option_of,
               .way_of = p->way_of,
               .scratch = scratch,
               .breaches = {.mem = scratch},
               .shortages = {.mem = scratch}};
    report r = {.to = out,
                .prob = j.prob,
                .option_of = p->option_of,
                .way_of = p->way_of,
                .judge = &j,
                .scratch = scratch};
    const ctg_status status = j.prob ? count_all(&r, err) : err_nomem(err);
    arena_destroy(scratch);
    return status;
}
