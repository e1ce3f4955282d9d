// SPDX-License-Identifier: GPL-3.0-or-later
/* Shifts, employees and their law as Format 1. */
#include <stdio.h>

#include "json.h"
#include "town.h"

const char labour_preset[] = "joint.code_travail";

/* --- the law of private employers, as far as one week asks for it --- */

void write_preset(json *out) {
    json_open(out, "rules", '[');
    json_open(out, NULL, '{');
    json_text(out, "schema", "ctgsched/rules/1");
    json_text(out, "id", "joint");
    json_open(out, "rules", '[');
    json_open(out, NULL, '{');
    json_text(out, "id", labour_preset);
    json_text(out, "kind", "labour");
    json_text(out, "article", "Code du travail L. 3121-16 to L. 3132-2");
    json_text(out, "status", "memory");
    json_open(out, "parameters", '{');
    json_int(out, "max_day", 600);
    json_int(out, "max_amplitude", 780);
    json_int(out, "break_after", 360);
    json_int(out, "break_minutes", 20);
    json_int(out, "min_daily_rest", 660);
    json_int(out, "min_weekly_rest", 2100);
    json_int(out, "rest_days", 1);
    json_int(out, "max_week", 2880);
    json_close(out, '}');
    json_close(out, '}');
    json_close(out, ']');
    json_close(out, '}');
    json_close(out, ']');
}

/* --- shifts --- */

typedef char shift_name[ID_ROOM + 16]; /* with two numbers */

static void name_shift(shift_name name, const creche *c, int shift) {
    const int begin = shift_begin(shift);
    snprintf(name, sizeof(shift_name), "%s-%02d%02d", c->id, begin / 60,
             begin % 60);
}

void write_segment(json *out, int begin, int end, const char *activity) {
    json_open(out, NULL, '{');
    json_time(out, "begin", begin);
    json_time(out, "end", end);
    if (activity)
        json_text(out, "activity", activity);
    json_close(out, '}');
}

/* Early shifts prepare at their end, late ones at their begin: the hours with
 * children are those at the ends of the day. */
static void write_segments(json *out, int begin, int end, bool early) {
    json_open(out, "segments", '[');
    if (!early)
        write_segment(out, begin, begin + PREPARATION, "preparation");
    write_segment(out, begin + (early ? 0 : PREPARATION),
                  end - (early ? PREPARATION : 0), NULL);
    if (early)
        write_segment(out, end - PREPARATION, end, "preparation");
    json_close(out, ']');
}

/* Two hours of work before it at least, and less than six at a stretch. */
static void write_break(json *out, int begin) {
    const int first = begin + 120 > 690 ? begin + 120 : 690;
    const int last = begin + 330 < 840 ? begin + 330 : 840;
    json_open(out, "pieces", '[');
    json_open(out, NULL, '{');
    json_int(out, "minutes", BREAK);
    json_time(out, "earliest", first);
    json_time(out, "latest", last + BREAK);
    json_int(out, "step", 30);
    json_close(out, '}');
    json_close(out, ']');
}

static void write_shift(json *out, const creche *c, int shift) {
    shift_name name;
    const int begin = shift_begin(shift);
    name_shift(name, c, shift);
    json_open(out, NULL, '{');
    json_text(out, "id", name);
    json_text(out, "structure", c->id);
    write_segments(out, begin, begin + SHIFT_SPAN, shift < N_SHIFTS / 2);
    write_break(out, begin);
    json_close(out, '}');
}

void write_shifts(json *out, const town *t) {
    json_open(out, "shifts", '[');
    for (int i = 0; i < t->n_creches; i++)
        for (int k = 0; k < N_SHIFTS; k++)
            write_shift(out, &t->creches[i], k);
    write_centre_shifts(out, t);
    json_close(out, ']');
}

/* --- employees --- */

static void write_wish(json *out, const creche *c, const wish *w, int monday) {
    shift_name name;
    json_open(out, NULL, '{');
    json_date(out, "date", monday + w->day);
    if (w->shift >= 0) {
        name_shift(name, c, w->shift);
        json_text(out, "shift", name);
    } else
        json_bool(out, "wanted", false);
    json_int(out, "weight", w->weight);
    json_close(out, '}');
}

/* Category 1 carries the skills. */
static void write_abilities(json *out, const creche *c, const hand *h) {
    json_open(out, "qualifications", '[');
    json_open(out, NULL, '{');
    json_text(out, "category", h->is_cat1 ? "cat1" : "cat2");
    json_close(out, '}');
    json_close(out, ']');
    if (!h->is_cat1 || (c->handicap_max == 0 && !c->has_pai))
        return;
    json_open(out, "skills", '[');
    for (int k = 0; k < 2; k++) {
        if (k == 0 ? c->handicap_max == 0 : !c->has_pai)
            continue;
        json_open(out, NULL, '{');
        json_text(out, "skill", k == 0 ? "handicap" : "pai");
        json_close(out, '}');
    }
    json_close(out, ']');
}

/* A day less than the contract may be planned: hours are made up later. */
static void write_contract(json *out, const hand *h, int weeks) {
    json_open(out, "contract", '{');
    json_int(out, "week_minutes", h->days * SHIFT_WORK);
    json_int(out, "week_most", h->days * SHIFT_WORK);
    json_int(out, "least", weeks * (h->days - 1) * SHIFT_WORK);
    json_close(out, '}');
}

static void write_employee(json *out, const town *t, const creche *c,
                           const hand *h, int number) {
    char id[ID_ROOM];
    snprintf(id, sizeof id, "a%04d", number);
    json_open(out, NULL, '{');
    json_text(out, "id", id);
    write_abilities(out, c, h);
    json_text(out, "preset", labour_preset);
    json_open(out, "structures", '[');
    json_text(out, NULL, c->id);
    json_close(out, ']');
    write_contract(out, h, t->weeks);
    json_open(out, "wishes", '[');
    for (int k = 0; k < h->n_wishes; k++)
        write_wish(out, c, &h->wishes[k],
                   t->monday + 7 * ((number + k) % t->weeks));
    json_close(out, ']');
    json_close(out, '}');
}

void write_employees(json *out, const town *t) {
    int number = 0;
    json_open(out, "employees", '[');
    for (int i = 0; i < t->n_creches; i++)
        for (int k = 0; k < t->creches[i].n_hands; k++)
            write_employee(out, t, &t->creches[i], &t->creches[i].hands[k],
                           ++number);
    write_centre_employees(out, t, number);
    json_close(out, ']');
}
