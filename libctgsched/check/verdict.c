// SPDX-License-Identifier: GPL-3.0-or-later
/* The judgement: rules, then goals, then what the plan states.
 *
 * Everything is counted in a scratch arena that ends with the call; only the
 * verdict stays in the caller's. */
#include "check/check.h"

#include <assert.h>
#include <stdlib.h>

#include "check/attendance.h"
#include "check/demand.h"
#include "check/judge.h"
#include "check/option.h"
#include "check/roster.h"

bool judge_skips(const structure *x, int32_t day, visit_span visits) {
    const law *const in_force = x->law->days[day];
    return visits.n == 0 && !in_force->cat1_share &&
           !(x->over_capacity && in_force->over_capacity);
}

static void judge_structures(findings *found, judge *j) {
    for (int32_t s = 0; s < j->prob->n_structures; s++) {
        day_totals *const totals = judge_totals(j, s);
        for (int32_t d = 0; d < j->prob->n_days; d++) {
            const visit_span visits = attendance_on(&j->attendance, s, d);
            if (judge_skips(&j->prob->structures[s], d, visits))
                continue;
            sheet_start(&j->sheet, j->option_of, s, d, visits);
            rows_day(found, &totals[d], &j->sheet);
        }
        rows_periods(found, j->prob, s, totals);
    }
}

static ctg_status judge_requests(findings *found, const judge *j,
                                 ctg_error *err) {
    for (int32_t r = 0; r < j->prob->n_requests; r++) {
        if (j->option_of[r] != NONE)
            option_breaches(found, j->prob, r, j->option_of[r]);
    }
    demand_served(found, j->prob, j->option_of);
    demand_siblings(found, j->prob, j->option_of);
    demand_pins(found, j->prob, j->option_of);
    demand_guaranteed(found, j->prob, j->option_of);
    roster_breaches(found, j->prob, j->way_of, j->scratch);
    TRY(demand_children(found, j->prob, j->option_of, j->scratch, err));
    return demand_resources(found, j->prob, j->option_of, j->scratch, err);
}

/* Breaches and shortages part here. */
static void sort_out(judge *j, findings *found) {
    findings_sort(found);
    for (int32_t i = 0; i < found->n; i++) {
        const finding *const f = &found->at[i];
        findings_add(f->is_breach ? &j->breaches : &j->shortages, f);
    }
}

static ctg_status judge_create(judge *j, ctg_error *err) {
    const problem *const prob = j->prob;
    TRY(attendance_build(&j->attendance, prob, j->option_of, j->scratch, err));
    TRY(sheet_create(&j->sheet, prob, attendance_busiest(&j->attendance),
                     j->scratch, err));
    j->totals = ARENA_NEW(j->scratch, day_totals,
                          (size_t)prob->n_structures * (size_t)prob->n_days);
    j->marked = ARENA_NEW(j->scratch, bool, prob->n_structures);
    j->points = judge_points(prob, j->scratch);
    if (!j->totals || !j->marked || !j->points)
        return err_nomem(err);
    return CTG_OK;
}

ctg_status judge_rules(judge *j, ctg_error *err) {
    findings found = {.mem = j->scratch};
    TRY(judge_create(j, err));
    judge_structures(&found, j);
    TRY(judge_requests(&found, j, err));
    sort_out(j, &found);
    return found.failed || j->breaches.failed || j->shortages.failed
               ? err_nomem(err)
               : CTG_OK;
}

static int compare_shortages(const void *left, const void *right) {
    return shortage_compare(left, right);
}

static ctg_status write_shortages(verdict *out, const judge *j, arena *mem,
                                  ctg_error *err) {
    shortage *const rows = ARENA_NEW(mem, shortage, j->shortages.n + 1);
    if (!rows)
        return err_nomem(err);
    for (int32_t i = 0; i < j->shortages.n; i++) {
        const finding *const f = &j->shortages.at[i];
        rows[i] = (shortage){.kind = f->kind, .at = f->at, .size = f->size};
    }
    qsort(rows, (size_t)j->shortages.n, sizeof *rows, compare_shortages);
    out->shortages = rows;
    out->n_shortages = j->shortages.n;
    return CTG_OK;
}

static ctg_status write_breaches(verdict *out, const judge *j, arena *mem,
                                 ctg_error *err) {
    breach *const rows = ARENA_NEW(mem, breach, j->breaches.n + 1);
    if (!rows)
        return err_nomem(err);
    for (int32_t i = 0; i < j->breaches.n; i++) {
        const finding *const f = &j->breaches.at[i];
        rows[i] = (breach){.at = f->at,
                           .size = f->size,
                           .article = f->law ? f->law->article : NULL,
                           .message = judge_message(j->prob, f, mem)};
        if (!rows[i].message)
            return err_nomem(err);
    }
    out->breaches = rows;
    out->n_breaches = j->breaches.n;
    out->accepted = j->breaches.n == 0;
    return CTG_OK;
}

bool judge_asks_envy(const problem *prob) {
    bool asked = prob->policy == POLICY_BY_POINTS;
    for (int32_t i = 0; i < prob->goals.n; i++)
        asked |= prob->goals.terms[i].goal == GOAL_ENVY;
    return asked;
}

/* Envy costs far more than the rest: only when somebody asks. */
static bool asks_envy(const problem *prob, const plan *p, check_depth depth) {
    bool asked = judge_asks_envy(prob);
    if (depth == CHECK_RULES)
        return asked;
    for (int32_t i = 0; p->has_goals && i < p->n_goals; i++)
        asked |= p->goals[i].goal == GOAL_ENVY;
    return asked || p->has_envy;
}

static ctg_status judge_all(verdict *out, judge *j, const plan *p,
                            check_depth depth, arena *mem, ctg_error *err) {
    TRY(judge_rules(j, err));
    judge_goals(out->value, j);
    TRY(write_shortages(out, j, mem, err));
    TRY(judge_waiting(&out->waiting, &out->n_waiting, j, mem, err));
    if (asks_envy(j->prob, p, depth)) {
        TRY(judge_envy(&out->envy, &out->n_envy, j, mem, err));
        out->value[GOAL_ENVY] = out->n_envy;
    }
    out->weighted = judge_weighted(j->prob, out->value);
    if (depth == CHECK_ALL) {
        TRY(judge_stated(&j->breaches, j, out, p, err));
        findings_sort(&j->breaches);
    }
    return write_breaches(out, j, mem, err);
}

ctg_status check_plan(verdict *out, const problem *prob, const plan *p,
                      check_depth depth, arena *mem, ctg_error *err) {
    assert(out && prob && p && p->option_of && mem);
    *out = (verdict){0};
    arena *const scratch = arena_create(arena_allocator(mem), 0);
    if (!scratch)
        return err_nomem(err);
    const problem *const staffed = roster_staffed(prob, p->way_of, scratch);
    judge j = {.prob = staffed,
               .option_of = p->option_of,
               .way_of = p->way_of,
               .scratch = scratch,
               .breaches = {.mem = scratch},
               .shortages = {.mem = scratch}};
    const ctg_status status =
        staffed ? judge_all(out, &j, p, depth, mem, err) : err_nomem(err);
    arena_destroy(scratch);
    return status;
}
