// SPDX-License-Identifier: GPL-3.0-or-later
/* What was asked and what is served: hours, contracts, demand refused by
 * quarter hour, guaranteed places. */
#include <stdlib.h>
#include <string.h>

#include "check/demand.h"
#include "check/report.h"

static const option *option_at(const report *r, int32_t q, int32_t o) {
    return o == NONE ? NULL : &r->prob->requests[q].options[o];
}

static int64_t minutes_of(const presence *p) { return p->end - p->begin; }

enum { N_REQUEST_KINDS = REQUEST_EMERGENCY + 1 };

typedef struct served_sum {
    int32_t asked, served;
    int64_t asked_minutes, served_minutes;
} served_sum;

static void add_asked(served_sum *sums, request_kind kind, const option *o) {
    for (int32_t i = 0; o && i < o->n_presences; i++) {
        const presence *const p = &o->presences[i];
        sums[p->structure * N_REQUEST_KINDS + (int32_t)kind].asked_minutes +=
            minutes_of(p);
    }
    if (o)
        sums[o->structure * N_REQUEST_KINDS + (int32_t)kind].asked++;
}

static void add_served(served_sum *sums, request_kind kind, const option *o) {
    for (int32_t i = 0; o && i < o->n_presences; i++) {
        const presence *const p = &o->presences[i];
        sums[p->structure * N_REQUEST_KINDS + (int32_t)kind].served_minutes +=
            minutes_of(p);
    }
    if (o)
        sums[o->structure * N_REQUEST_KINDS + (int32_t)kind].served++;
}

void table_hours(report *r) {
    static const char *const kinds[N_REQUEST_KINDS] = {"regular", "occasional",
                                                       "emergency"};
    const problem *const prob = r->prob;
    served_sum *const sums = ARENA_NEW(
        r->scratch, served_sum, (size_t)prob->n_structures * N_REQUEST_KINDS);
    r->failed |= !sums;
    for (int32_t q = 0; sums && q < prob->n_requests; q++) {
        const request_kind kind = prob->requests[q].kind;
        add_asked(sums, kind, option_at(r, q, r->best_of[q]));
        add_served(sums, kind, option_at(r, q, r->option_of[q]));
    }
    for (int32_t s = 0; sums && s < prob->n_structures; s++)
        for (int32_t k = 0; k < N_REQUEST_KINDS; k++) {
            const served_sum *const sum = &sums[s * N_REQUEST_KINDS + k];
            ADD_ROW(r, HOURS, cell_text(prob->structures[s].id),
                    cell_text(kinds[k]), cell_number(sum->asked),
                    cell_number(sum->served), cell_number(sum->asked_minutes),
                    cell_number(sum->served_minutes));
        }
}

/* Minutes of one child by structure. */
typedef struct contract_sum {
    int64_t contract, planned;
} contract_sum;

static void add_contract(contract_sum *sums, const option *asked,
                         const option *given) {
    for (int32_t i = 0; asked && i < asked->n_presences; i++)
        sums[asked->presences[i].structure].contract +=
            minutes_of(&asked->presences[i]);
    for (int32_t i = 0; given && i < given->n_presences; i++)
        sums[given->presences[i].structure].planned +=
            minutes_of(&given->presences[i]);
}

bool report_by_child(const problem *prob, int32_t **first, int32_t **order,
                     arena *mem) {
    int32_t *const at = ARENA_NEW(mem, int32_t, prob->n_children + 2);
    int32_t *const by = ARENA_NEW(mem, int32_t, prob->n_requests + 1);
    if (!at || !by)
        return false;
    for (int32_t q = 0; q < prob->n_requests; q++)
        at[prob->requests[q].child + 2]++;
    for (int32_t c = 0; c < prob->n_children; c++)
        at[c + 2] += at[c + 1];
    for (int32_t q = 0; q < prob->n_requests; q++)
        by[at[prob->requests[q].child + 1]++] = q;
    *first = at;
    *order = by;
    return true;
}

static void add_child(report *r, int32_t who, contract_sum *sums) {
    for (int32_t s = 0; s < r->prob->n_structures; s++) {
        if (sums[s].contract > 0 || sums[s].planned > 0)
            ADD_ROW(r, CONTRACTS, cell_text(r->prob->children[who].id),
                    cell_text(r->prob->structures[s].id),
                    cell_number(sums[s].contract), cell_number(sums[s].planned),
                    cell_rate(sums[s].planned, sums[s].contract));
        sums[s] = (contract_sum){0};
    }
}

void table_contracts(report *r) {
    const problem *const prob = r->prob;
    int32_t *first = NULL, *order = NULL;
    contract_sum *const sums =
        ARENA_NEW(r->scratch, contract_sum, prob->n_structures);
    if (!sums || !report_by_child(prob, &first, &order, r->scratch)) {
        r->failed = true;
        return;
    }
    for (int32_t c = 0; c < prob->n_children; c++) {
        for (int32_t i = first[c]; i < first[c + 1]; i++) {
            const int32_t q = order[i], held = prob->requests[q].held;
            add_contract(sums,
                         option_at(r, q, held != NONE ? held : r->best_of[q]),
                         option_at(r, q, r->option_of[q]));
        }
        if (first[c] < first[c + 1])
            add_child(r, c, sums);
    }
}

/* Visits come by request, so that one is counted once a quarter hour. */
static void add_refused(report *r, int32_t place, int32_t day,
                        visit_span visits) {
    int32_t n[QUARTERS] = {0}, last[QUARTERS];
    for (int32_t k = 0; k < QUARTERS; k++)
        last[k] = NONE;
    for (int32_t i = 0; i < visits.n; i++) {
        const visit *const v = &visits.at[i];
        const int32_t end = (v->at->end + QUARTER - 1) / QUARTER;
        for (int32_t k = v->at->begin / QUARTER; k < end; k++) {
            n[k] += last[k] != v->request;
            last[k] = v->request;
        }
    }
    for (int32_t k = 0; k < QUARTERS; k++)
        if (n[k] > 0)
            ADD_ROW(r, REFUSED, cell_text(r->prob->structures[place].id),
                    cell_text(r->dates[day]), cell_number(k * QUARTER),
                    cell_number(n[k]));
}

ctg_status table_refused(report *r, ctg_error *err) {
    const problem *const prob = r->prob;
    attendance wished;
    int32_t *const waits = ARENA_NEW(r->scratch, int32_t, prob->n_requests + 1);
    if (!waits)
        return err_nomem(err);
    for (int32_t q = 0; q < prob->n_requests; q++)
        waits[q] = r->option_of[q] == NONE ? r->best_of[q] : NONE;
    TRY(attendance_build(&wished, prob, waits, r->scratch, err));
    for (int32_t s = 0; s < prob->n_structures; s++)
        for (int32_t d = 0; d < prob->n_days; d++)
            add_refused(r, s, d, attendance_on(&wished, s, d));
    return CTG_OK;
}

static int compare_managers(const void *left, const void *right) {
    const structure *const *const a = left, *const *const b = right;
    return strcmp((*a)->manager, (*b)->manager);
}

void table_guaranteed(report *r) {
    const problem *const prob = r->prob;
    const structure **const first =
        ARENA_NEW(r->scratch, const structure *, prob->n_structures);
    int32_t n = 0;
    r->failed |= !first;
    for (int32_t s = 0; first && s < prob->n_structures; s++)
        if (demand_is_first_guarantee(prob, s))
            first[n++] = &prob->structures[s];
    if (n > 0)
        qsort(first, (size_t)n, sizeof *first, compare_managers);
    for (int32_t k = 0; k < n; k++) {
        const guarantee g = demand_guarantee(prob, r->option_of, first[k]);
        const int64_t wanted = g.places < g.requests ? g.places : g.requests;
        ADD_ROW(r, GUARANTEED, cell_text(first[k]->manager),
                cell_number(g.places), cell_number(g.requests),
                cell_number(g.served),
                cell_number(wanted > g.served ? wanted - g.served : 0));
    }
}
