// SPDX-License-Identifier: GPL-3.0-or-later
/* What a centre declares of a period: the most children and the most staff at
 * once, in what its sessions cover. */
#include <stdlib.h>
#include <string.h>

#include "check/report.h"

static bool has_period(const report *r, const char *id) {
    for (int32_t k = 1; k < r->n_periods; k++)
        if (strcmp(r->periods[k], id) == 0)
            return true;
    return false;
}

static int compare_ids(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

ctg_status table_declaration_create(report *r, ctg_error *err) {
    const problem *const prob = r->prob;
    r->periods = ARENA_NEW(r->scratch, const char *, prob->n_periods + 1);
    r->declared = ARENA_NEW(r->scratch, declared, prob->n_periods + 1);
    if (!r->periods || !r->declared)
        return err_nomem(err);
    r->periods[0] = "school";
    r->n_periods = 1;
    for (int32_t k = 0; k < prob->n_periods; k++)
        if (!has_period(r, prob->periods[k].id))
            r->periods[r->n_periods++] = prob->periods[k].id;
    qsort(r->periods + 1, (size_t)r->n_periods - 1, sizeof *r->periods,
          compare_ids);
    return CTG_OK;
}

/* The day is in the period; in "school" when it is in none. */
static bool is_in(const report *r, int32_t period, int32_t day) {
    const int32_t civil = r->prob->days[day];
    for (int32_t k = 0; k < r->prob->n_periods; k++) {
        const holidays *const h = &r->prob->periods[k];
        if (h->first <= civil && civil <= h->last &&
            (period == 0 || strcmp(h->id, r->periods[period]) == 0))
            return period != 0;
    }
    return period == 0;
}

static void raise_to(int32_t *most, int32_t n) {
    *most = n > *most ? n : *most;
}

static void raise_class(report *r, int32_t period, const char *id, int32_t n) {
    for (int32_t k = 0; k < r->classes.n; k++) {
        declared_class *const c = &r->classes.at[k];
        if (c->period == period && strcmp(c->class_, id) == 0) {
            raise_to(&c->minors, n);
            return;
        }
    }
    declared_class *const c = VEC_PUSH(r->scratch, &r->classes, declared_class);
    if (c)
        *c = (declared_class){period, id, n};
    r->failed |= !c;
}

static void declare(report *r, int32_t period, const seen *s) {
    declared *const d = &r->declared[period];
    raise_to(&d->minors, s->present);
    raise_to(&d->director, s->staff[STAFF_DIRECTOR]);
    raise_to(&d->qualified, seen_qualified(s));
    raise_to(&d->trainee, s->staff[STAFF_TRAINEE]);
    raise_to(&d->unqualified, s->staff[STAFF_UNQUALIFIED]);
    for (int32_t k = 0; s->law->ratio && k < s->law->ratio->n_classes; k++)
        if (s->heads[k] > 0)
            raise_class(r, period, s->law->ratio->classes[k].id, s->heads[k]);
}

/* The instants that a session with a setting covers; false for none. */
static bool declare_day(report *r, int32_t period, const day_seen *on) {
    bool is_any = false;
    for (int32_t i = 0; i < on->n; i++) {
        const seen *const s = &on->at[i];
        if (s->session == NONE ||
            on->place->sessions[s->session].setting == SETTING_NONE)
            continue;
        declare(r, period, s);
        is_any = true;
    }
    return is_any;
}

static int compare_classes(const void *left, const void *right) {
    const declared_class *const a = left, *const b = right;
    if (a->period != b->period)
        return a->period < b->period ? -1 : 1;
    return strcmp(a->class_, b->class_);
}

static void add_rows(report *r, const char *place) {
    for (int32_t k = 0; k < r->n_periods; k++) {
        const declared *const d = &r->declared[k];
        if (d->days > 0)
            ADD_ROW(r, DECLARATION, cell_text(place), cell_text(r->periods[k]),
                    cell_text(r->dates[d->first]), cell_text(r->dates[d->last]),
                    cell_number(d->days), cell_number(d->minors),
                    cell_number(d->director), cell_number(d->qualified),
                    cell_number(d->trainee), cell_number(d->unqualified));
        r->declared[k] = (declared){0};
    }
    if (r->classes.n > 0)
        qsort(r->classes.at, (size_t)r->classes.n, sizeof *r->classes.at,
              compare_classes);
    for (int32_t k = 0; k < r->classes.n; k++)
        ADD_ROW(r, DECLARATION_CLASSES, cell_text(place),
                cell_text(r->periods[r->classes.at[k].period]),
                cell_text(r->classes.at[k].class_),
                cell_number(r->classes.at[k].minors));
    r->classes.n = 0;
}

void table_declaration(report *r, const day_seen *on) {
    if (on->place->n_sessions == 0)
        return;
    for (int32_t k = 0; k < r->n_periods; k++) {
        declared *const d = &r->declared[k];
        if (!is_in(r, k, on->day) || !declare_day(r, k, on))
            continue;
        d->first = d->days == 0 ? on->day : d->first;
        d->last = on->day;
        d->days++;
    }
    if (report_ends(r, on->day))
        add_rows(r, on->place->id);
}
