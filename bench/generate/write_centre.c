// SPDX-License-Identifier: GPL-3.0-or-later
/* Centres out of school and their pupils as Format 1. */
#include <stdio.h>

#include "json.h"
#include "town.h"

typedef struct service {
    const char *id, *kind;
    unsigned days;
    int begin, end;
} service;

enum { EVENINGS = 1u | 1u << 1 | 1u << 3 | 1u << 4, ON_WEDNESDAY = 1u << 2 };

static const service services[] = {
    {"soir", "soir", EVENINGS, 990, 1110},
    {"matin", "mercredi", ON_WEDNESDAY, 480, 720},
    {"repas", "midi", ON_WEDNESDAY, 720, 810},
    {"apres-midi", "mercredi", ON_WEDNESDAY, 810, 1080}};

static void write_sessions(json *out) {
    json_open(out, "sessions", '[');
    for (int k = 0; k < 4; k++) {
        json_open(out, NULL, '{');
        json_text(out, "id", services[k].id);
        json_text(out, "kind", services[k].kind);
        json_bool(out, "pedt", true);
        json_open(out, "when", '[');
        json_open(out, NULL, '{');
        write_days(out, services[k].days);
        json_time(out, "begin", services[k].begin);
        json_time(out, "end", services[k].end);
        json_close(out, '}');
        json_close(out, ']');
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void write_agents(json *out, const char *category, int count,
                         unsigned days, int begin, int end) {
    if (count == 0)
        return;
    json_open(out, NULL, '{');
    json_text(out, "category", category);
    json_int(out, "count", count);
    write_days(out, days);
    json_time(out, "begin", begin);
    json_time(out, "end", end);
    json_close(out, '}');
}

/* One without a diploma among three to five, as the quota allows. */
static void write_team(json *out, int n, unsigned days, int begin, int end) {
    const int unqualified = n >= 3 && n <= 5;
    write_agents(out, "qualified", n - unqualified, days, begin, end);
    write_agents(out, "unqualified", unqualified, days, begin, end);
}

void write_centres(json *out, const town *t) {
    for (int i = 0; i < t->n_centres; i++) {
        const centre *const c = &t->centres[i];
        json_open(out, NULL, '{');
        json_text(out, "id", c->id);
        json_text(out, "kind", "acm");
        json_int(out, "places", c->places);
        write_sessions(out);
        if (c->crew == 0) {
            json_open(out, "staff", '[');
            write_team(out, c->staff[0], EVENINGS, 990, 1110);
            write_team(out, c->staff[1], ON_WEDNESDAY, 480, 1080);
            json_close(out, ']');
        }
        json_close(out, '}');
    }
}

/* --- pupils --- */

typedef char pupil_name[ID_ROOM];

static void name_pupil(pupil_name name, const char *letter, int index) {
    snprintf(name, sizeof(pupil_name), "%s%05d", letter, index + 1);
}

void write_pupils(json *out, const town *t) {
    for (int i = 0; i < t->n_pupils; i++) {
        pupil_name name;
        name_pupil(name, "p", i);
        json_open(out, NULL, '{');
        json_text(out, "id", name);
        json_date(out, "birth", t->pupils[i].birth);
        json_close(out, '}');
    }
}

/* The services from `first` to `last` on the days. */
static void write_choice(json *out, const town *t, const pupil *p,
                         const char *id, int first, int last) {
    json_open(out, NULL, '{');
    json_text(out, "id", id);
    json_text(out, "structure", t->centres[p->centre].id);
    json_open(out, "when", '[');
    for (int k = first; k <= last; k++) {
        json_open(out, NULL, '{');
        write_days(out, p->days);
        json_text(out, "session", services[k].id);
        json_close(out, '}');
    }
    json_close(out, ']');
    json_close(out, '}');
}

static void write_pupil_request(json *out, const town *t, int i) {
    const pupil *const p = &t->pupils[i];
    pupil_name name;
    json_open(out, NULL, '{');
    name_pupil(name, "q", i);
    json_text(out, "id", name);
    name_pupil(name, "p", i);
    json_text(out, "child", name);
    json_date(out, "submitted", p->submitted_day);
    json_int(out, "points", p->points);
    json_open(out, "options", '[');
    if (p->days != ON_WEDNESDAY)
        write_choice(out, t, p, "soir", 0, 0);
    else {
        write_choice(out, t, p, "jour", 1, 3);
        if (p->takes_half)
            write_choice(out, t, p, "matin", 1, 1);
    }
    json_close(out, ']');
    json_close(out, '}');
}

void write_pupil_requests(json *out, const town *t) {
    for (int i = 0; i < t->n_pupils; i++)
        write_pupil_request(out, t, i);
}
