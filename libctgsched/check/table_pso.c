// SPDX-License-Identifier: GPL-3.0-or-later
/* Hours that the family allowance fund counts: slots of sessions, whole as soon
 * as the child is there, capped on Wednesdays. */
#include <stdlib.h>
#include <string.h>

#include "check/report.h"
#include "model/law.h"

enum {
    DAY = 24 * 60,
    WEDNESDAY = 2,
    HALF_ENDS = 12 * 60,
    HALF_BEGINS = 14 * 60
};
enum { PERI, EXTRA, N_PAID };

typedef struct pso_rule {
    int64_t slot, full, half; /* minutes, hours, hours */
} pso_rule;

static bool take_number(const rule *law, const char *name, int64_t *out) {
    return rule_data_int(law, name, out) && *out >= 1 && *out <= DAY;
}

static bool rule_on(pso_rule *out, const report *r, const day_seen *on) {
    const rule *const law = law_find(r->prob, on->place, RULE_DATA,
                                     "acm.pso_hours", r->prob->days[on->day]);
    return law && take_number(law, "slot_minutes", &out->slot) &&
           take_number(law, "wed_cap_hours_full", &out->full) &&
           take_number(law, "wed_cap_hours_half", &out->half);
}

ctg_status table_pso_create(report *r, ctg_error *err) {
    for (int32_t k = 0; k < N_PAID; k++) {
        r->pso_met[k] = ARENA_NEW(r->scratch, int32_t, r->prob->n_children + 1);
        if (!r->pso_met[k])
            return err_nomem(err);
    }
    r->came = ARENA_NEW(r->scratch, came,
                        attendance_busiest(&r->judge->attendance) + 1);
    if (!r->came)
        return err_nomem(err);
    r->pso_month = 1; /* nobody is met yet */
    return CTG_OK;
}

static int compare_children(const void *left, const void *right) {
    const came *const a = left, *const b = right;
    return (a->child > b->child) - (a->child < b->child);
}

/* One child on one day in the sessions of one setting. */
typedef struct attended {
    const bool *is_there; /* [DAY] */
    int64_t present, slots;
    bool is_early, is_late; /* before and after the middle of the day */
} attended;

static void attend_slot(attended *a, int32_t begin, int32_t end) {
    int32_t present = 0;
    for (int32_t m = begin; m < end; m++) {
        if (!a->is_there[m])
            continue;
        present++;
        a->is_early |= m < HALF_ENDS;
        a->is_late |= m >= HALF_BEGINS;
    }
    a->present += present;
    a->slots += present > 0 ? end - begin : 0;
}

/* Steps of one session that follow each other are one interval. */
static void attend_day(attended *a, const day_seen *on, setting paid,
                       int64_t slot) {
    const day_profile *const f = &on->place->session.days[on->day];
    for (int32_t k = 0, next; k < f->n; k = next) {
        for (next = k + 1; next < f->n; next++)
            if (f->steps[next].value != f->steps[k].value ||
                f->steps[next].begin != f->steps[next - 1].end)
                break;
        if (f->steps[k].value == 0 ||
            on->place->sessions[f->steps[k].value - 1].setting != paid)
            continue;
        const int32_t end = f->steps[next - 1].end;
        for (int32_t m = f->steps[k].begin; m < end; m += (int32_t)slot)
            attend_slot(a, m, m + slot < end ? m + (int32_t)slot : end);
    }
}

static int64_t capped(const attended *a, const pso_rule *law) {
    const int64_t most =
        60 * (a->is_early && a->is_late ? law->full : law->half);
    return a->slots < most ? a->slots : most;
}

static void count_child(report *r, const day_seen *on, int32_t who,
                        const bool *is_there, const pso_rule *law) {
    static const setting settings[N_PAID] = {SETTING_PERI, SETTING_EXTRA};
    const bool is_wednesday =
        civil_weekday(r->prob->days[on->day]) == WEDNESDAY;
    for (int32_t k = 0; k < N_PAID; k++) {
        attended a = {.is_there = is_there};
        attend_day(&a, on, settings[k], law->slot);
        if (a.present == 0)
            continue;
        pso_sum *const sum = &r->pso[k];
        sum->children += r->pso_met[k][who] != r->pso_month;
        r->pso_met[k][who] = r->pso_month;
        sum->present += a.present;
        sum->slots += a.slots;
        sum->capped += k == PERI && is_wednesday ? capped(&a, law) : a.slots;
    }
}

/* A child may come several times a day, by several requests. */
static void count_day(report *r, const day_seen *on, const pso_rule *law) {
    came *const all = r->came;
    const int32_t n = on->visits.n;
    for (int32_t i = 0; i < n; i++) {
        const visit *const v = &on->visits.at[i];
        all[i] = (came){r->prob->requests[v->request].child, v->at->begin,
                        v->at->end};
    }
    qsort(all, (size_t)n, sizeof *all, compare_children);
    for (int32_t i = 0, next; i < n; i = next) {
        bool is_there[DAY] = {false};
        for (next = i; next < n && all[next].child == all[i].child; next++)
            memset(is_there + all[next].begin, 1,
                   (size_t)(all[next].end - all[next].begin));
        count_child(r, on, all[i].child, is_there, law);
    }
}

static void add_month(report *r, const day_seen *on) {
    static const char *const names[N_PAID] = {"peri", "extra"};
    for (int32_t k = 0; k < N_PAID; k++) {
        const pso_sum *const sum = &r->pso[k];
        if (sum->children > 0)
            ADD_ROW(r, PSO, cell_text(on->place->id),
                    cell_text(r->months[on->day]), cell_text(names[k]),
                    cell_number(sum->children), cell_number(sum->present),
                    cell_number(sum->slots), cell_number(sum->capped));
        r->pso[k] = (pso_sum){0};
    }
    r->pso_month++;
}

void table_pso(report *r, const day_seen *on) {
    pso_rule law;
    if (on->place->n_sessions == 0)
        return;
    if (on->visits.n > 0 && rule_on(&law, r, on))
        count_day(r, on, &law);
    if (report_ends_month(r, on->day))
        add_month(r, on);
}
