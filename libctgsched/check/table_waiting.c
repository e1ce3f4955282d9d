// SPDX-License-Identifier: GPL-3.0-or-later
/* The waiting list, and what stands in the way of each best option.
 *
 * The request comes on top of the plan and the judge reads what it touches: its
 * own rules, then its days in order until one is broken anew, then weeks and
 * months. The rest of the plan keeps its findings: rows of a structure depend
 * on who is in it on the day. */
#include <assert.h>
#include <string.h>

#include "check/demand.h"
#include "check/option.h"
#include "check/report.h"

/* Totals of a day before the request came. */
typedef struct saved_day {
    int32_t structure, day;
    day_totals totals;
} saved_day;
VEC_DECLARE(saved_vec, saved_day);

typedef struct trial {
    report *r;
    sheet sheet; /* with room for one more */
    visit *visits;
    int32_t *option_of;     /* [n_requests] with the request in work */
    int32_t *alone;         /* [n_requests] NONE but for one child */
    int32_t *first, *order; /* requests by child */
    arena *work;            /* of one call */
    int32_t request;
    const option *to;
    findings found;
    finding binding; /* the first so far */
    bool binds;
    saved_vec saved;
} trial;

/* Order of format.md 14: what has no time, dates, weeks, months. */
static int32_t era(const where *at) {
    return at->civil != CIVIL_NONE ? 1
           : at->week != NONE      ? 2
           : at->month != NONE     ? 3
                                   : 0;
}

static bool comes_before(const where *a, const where *b) {
    const int32_t left[] = {era(a),   a->civil,         a->week,     a->month,
                            a->begin, (int32_t)a->rule, a->structure};
    const int32_t right[] = {era(b),   b->civil,         b->week,     b->month,
                             b->begin, (int32_t)b->rule, b->structure};
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++)
        if (left[i] != right[i])
            return left[i] < right[i];
    return false;
}

/* Keeps the first breach in `found` that is new. */
static void take_findings(trial *t) {
    for (int32_t i = 0; i < t->found.n; i++) {
        const finding *const f = &t->found.at[i];
        if (!f->is_breach || findings_have(&t->r->judge->breaches, f) ||
            (t->binds && !comes_before(&f->at, &t->binding.at)))
            continue;
        t->binding = *f;
        t->binds = true;
    }
    t->found.n = t->found.mergeable = 0;
}

/* --- requests
 * ------------------------------------------------------------------------
 */

static void try_child(trial *t, ctg_status *status, ctg_error *err) {
    const problem *const prob = t->r->prob;
    const int32_t who = prob->requests[t->request].child;
    const int32_t from = t->first[who], to = t->first[who + 1];
    if (to - from < 2)
        return;
    for (int32_t i = from; i < to; i++)
        t->alone[t->order[i]] = t->option_of[t->order[i]];
    *status = demand_children(&t->found, prob, t->alone, t->work, err);
    for (int32_t i = from; i < to; i++)
        t->alone[t->order[i]] = NONE;
}

static void try_siblings(trial *t) {
    const problem *const prob = t->r->prob;
    for (int32_t g = 0; g < prob->n_siblings; g++) {
        const siblings *const group = &prob->siblings[g];
        bool concerns = false;
        for (int32_t i = 0; i < group->n_requests; i++)
            concerns |= group->requests[i] == t->request;
        if (!concerns || siblings_kept(group, prob, t->option_of))
            continue;
        finding f = {.at = where_of(BREAKS_SIBLINGS), .is_breach = true};
        f.at.group = g;
        findings_add(&t->found, &f);
    }
}

static void try_pin(trial *t) {
    const problem *const prob = t->r->prob;
    for (int32_t i = 0; i < prob->n_pins; i++) {
        const pin *const p = &prob->pins[i];
        if (p->request != t->request || pin_kept(p, prob, t->option_of))
            continue;
        finding f = {.at = where_of(BREAKS_PIN), .is_breach = true};
        f.at.request = t->request;
        findings_add(&t->found, &f);
    }
}

static ctg_status try_request(trial *t, ctg_error *err) {
    const problem *const prob = t->r->prob;
    const arena_mark here = arena_here(t->work);
    ctg_status status = CTG_OK;
    option_breaches(&t->found, prob, t->request, t->option_of[t->request]);
    try_siblings(t);
    try_pin(t);
    try_child(t, &status, err);
    if (status == CTG_OK && prob->n_resources > 0 && t->to->n_uses > 0)
        status = demand_resources(&t->found, prob, t->option_of, t->work, err);
    arena_rewind(t->work, here);
    take_findings(t);
    return status;
}

/* --- structures
 * ----------------------------------------------------------------------
 */

static visit_span visits_with(trial *t, int32_t place, int32_t day) {
    const visit_span before =
        attendance_on(&t->r->judge->attendance, place, day);
    int32_t n = before.n;
    memcpy(t->visits, before.at, (size_t)n * sizeof *t->visits);
    for (int32_t i = 0; i < t->to->n_presences; i++) {
        const presence *const p = &t->to->presences[i];
        if (p->day == day && p->structure == place)
            t->visits[n++] = (visit){.request = t->request, .at = p};
    }
    return (visit_span){.at = t->visits, .n = n};
}

static void try_day(trial *t, int32_t place, int32_t day) {
    day_totals *const totals = judge_totals(t->r->judge, place) + day;
    saved_day *const kept = VEC_PUSH(t->r->scratch, &t->saved, saved_day);
    if (!kept) {
        t->r->failed = true;
        return;
    }
    *kept = (saved_day){place, day, *totals};
    sheet_start(&t->sheet, t->option_of, place, day,
                visits_with(t, place, day));
    rows_day(&t->found, totals, &t->sheet);
}

/* Presences are by day: those from `i` on are of one, and new places tried. */
static int32_t try_date(trial *t, int32_t i) {
    const option *const o = t->to;
    const int32_t day = o->presences[i].day, from = i;
    for (; i < o->n_presences && o->presences[i].day == day; i++) {
        bool is_tried = false;
        for (int32_t k = from; k < i; k++)
            is_tried |= o->presences[k].structure == o->presences[i].structure;
        if (!is_tried)
            try_day(t, o->presences[i].structure, day);
    }
    take_findings(t);
    return i;
}

static void try_periods(trial *t) {
    for (int32_t i = 0; i < t->saved.n; i++) {
        const int32_t place = t->saved.at[i].structure;
        bool is_tried = false;
        for (int32_t k = 0; k < i && !is_tried; k++)
            is_tried = t->saved.at[k].structure == place;
        if (!is_tried)
            rows_periods(&t->found, t->r->prob, place,
                         judge_totals(t->r->judge, place));
    }
    take_findings(t);
}

/* Something is broken before any date later than those that were read. */
static bool is_settled(const trial *t, int32_t next_day) {
    return t->binds && (era(&t->binding.at) == 0 ||
                        (era(&t->binding.at) == 1 &&
                         t->binding.at.civil < t->r->prob->days[next_day]));
}

static void try_structures(trial *t) {
    const option *const o = t->to;
    int32_t i = 0;
    t->saved.n = 0;
    while (i < o->n_presences && !is_settled(t, o->presences[i].day))
        i = try_date(t, i);
    if (!t->binds || era(&t->binding.at) > 1)
        try_periods(t);
    for (int32_t k = 0; k < t->saved.n; k++) {
        const saved_day *const kept = &t->saved.at[k];
        judge_totals(t->r->judge, kept->structure)[kept->day] = kept->totals;
    }
}

/* --- rows
 * ----------------------------------------------------------------------------
 */

static void add_waiting(trial *t, const waiting_row *row) {
    report *const r = t->r;
    const request *const q = &r->prob->requests[row->request];
    const where *const at = t->binds ? &t->binding.at : NULL;
    const bool is_placed = at && at->structure != NONE;
    const char *date = NULL;
    for (int32_t d = 0; at && !date && d < r->prob->n_days; d++)
        date = r->prob->days[d] == at->civil ? r->dates[d] : NULL;
    ADD_ROW(r, WAITING, cell_number(row->rank), cell_text(q->id),
            cell_number(q->points), cell_text(t->to ? t->to->id : NULL),
            cell_text(t->to ? r->prob->structures[t->to->structure].id : NULL),
            cell_text(at ? rule_name_text(at->rule) : NULL),
            cell_text(is_placed ? r->prob->structures[at->structure].id : NULL),
            cell_text(date),
            cell_number(at && at->begin != NONE ? at->begin : CELL_EMPTY));
}

static ctg_status try_waiting(trial *t, const waiting_row *row,
                              ctg_error *err) {
    const int32_t best = t->r->best_of[row->request];
    t->request = row->request;
    t->to =
        best == NONE ? NULL : &t->r->prob->requests[row->request].options[best];
    t->binds = false;
    if (t->to) {
        t->option_of[row->request] = best;
        const ctg_status status = try_request(t, err);
        if (status != CTG_OK)
            return status;
        try_structures(t);
        t->option_of[row->request] = NONE;
    }
    add_waiting(t, row);
    return CTG_OK;
}

static int32_t most_presences(const report *r) {
    int32_t most = 0;
    for (int32_t q = 0; q < r->prob->n_requests; q++) {
        const int32_t best = r->best_of[q];
        if (best == NONE || r->option_of[q] != NONE)
            continue;
        const int32_t n = r->prob->requests[q].options[best].n_presences;
        most = n > most ? n : most; /* of all days: never too few */
    }
    return most;
}

static ctg_status trial_create(trial *t, report *r, ctg_error *err) {
    const problem *const prob = r->prob;
    const int32_t room =
        attendance_busiest(&r->judge->attendance) + most_presences(r);
    *t = (trial){.r = r, .found = {.mem = r->scratch}};
    t->visits = ARENA_NEW(r->scratch, visit, room + 1);
    t->option_of = ARENA_NEW(r->scratch, int32_t, prob->n_requests + 1);
    t->alone = ARENA_NEW(r->scratch, int32_t, prob->n_requests + 1);
    if (!t->visits || !t->option_of || !t->alone ||
        !report_by_child(prob, &t->first, &t->order, r->scratch))
        return err_nomem(err);
    for (int32_t q = 0; q < prob->n_requests; q++) {
        t->option_of[q] = r->option_of[q];
        t->alone[q] = NONE;
    }
    return sheet_create(&t->sheet, prob, room, r->scratch, err);
}

static ctg_status try_all(trial *t, ctg_error *err) {
    const waiting_row *rows = NULL;
    int32_t n = 0;
    TRY(judge_waiting(&rows, &n, t->r->judge, t->r->scratch, err));
    for (int32_t i = 0; i < n; i++)
        TRY(try_waiting(t, &rows[i], err));
    return t->found.failed ? err_nomem(err) : CTG_OK;
}

ctg_status table_waiting(report *r, ctg_error *err) {
    trial t;
    TRY(trial_create(&t, r, err));
    t.work = arena_create(arena_allocator(r->scratch), 0);
    if (!t.work)
        return err_nomem(err);
    const ctg_status status = try_all(&t, err);
    arena_destroy(t.work);
    return status;
}
