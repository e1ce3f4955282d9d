// SPDX-License-Identifier: GPL-3.0-or-later
/* Shifts and employees of the centres out of school as Format 1. */
#include <stdio.h>

#include "json.h"
#include "town.h"

enum { EVENINGS = 1u | 1u << 1 | 1u << 3 | 1u << 4, ON_WEDNESDAY = 1u << 2 };

/* With half an hour of preparation before the children come; the whole
 * Wednesday has an hour off at noon. */
typedef struct duty_kind {
    const char *id;
    unsigned days;
    int begin, end;
    bool is_prepared, has_break;
} duty_kind;

static const duty_kind kinds[] = {
    {"soir", EVENINGS, 990, 1110, true, false},
    {"jour", ON_WEDNESDAY, 480, 1080, false, true},
    {"matin", ON_WEDNESDAY, 480, 780, false, false},
    {"apres-midi", ON_WEDNESDAY, 780, 1080, false, false}};

enum {
    EVENING_WORK = 150,
    WEDNESDAY_WORK = 540,
    N_KINDS = sizeof kinds / sizeof kinds[0]
};

typedef char duty_name[2 * ID_ROOM];

static void write_break(json *out) {
    json_open(out, "pieces", '[');
    json_open(out, NULL, '{');
    json_int(out, "minutes", 60);
    json_time(out, "earliest", 690);
    json_time(out, "latest", 870);
    json_int(out, "step", 30);
    json_close(out, '}');
    json_close(out, ']');
}

static void write_kind(json *out, const centre *c, const duty_kind *k) {
    duty_name name;
    snprintf(name, sizeof name, "%s-%s", c->id, k->id);
    json_open(out, NULL, '{');
    json_text(out, "id", name);
    json_text(out, "structure", c->id);
    json_open(out, "when", '[');
    json_open(out, NULL, '{');
    write_days(out, k->days);
    json_close(out, '}');
    json_close(out, ']');
    json_open(out, "segments", '[');
    if (k->is_prepared)
        write_segment(out, k->begin - PREPARATION, k->begin, "preparation");
    write_segment(out, k->begin, k->end, NULL);
    json_close(out, ']');
    if (k->has_break)
        write_break(out);
    json_close(out, '}');
}

void write_centre_shifts(json *out, const town *t) {
    for (int i = 0; i < t->n_centres; i++)
        for (int k = 0; k < N_KINDS && t->centres[i].crew > 0; k++)
            write_kind(out, &t->centres[i], &kinds[k]);
}

/* One director, one trainee, one in four without a diploma. */
static const char *category(int k) {
    return k == 0       ? "director"
           : k == 2     ? "trainee"
           : k % 4 == 3 ? "unqualified"
                        : "qualified";
}

typedef struct week_of_work {
    int evenings;
    bool wednesday;
} week_of_work;

/* The whole week, or where agents are few an evening besides Wednesday. Those
 * who share the work come on Wednesday or in the evening (on two where agents
 * are few); the director on both. */
static week_of_work work_of(const town *t, const centre *c, int k) {
    if (!t->law->shares_work)
        return (week_of_work){c->is_short ? 1 : 4, true};
    if (k == 0)
        return (week_of_work){4, true};
    return k % 2 == 1 ? (week_of_work){0, true}
                      : (week_of_work){c->is_short ? 2 : 4, false};
}

/* Wednesday may be missed, or an evening by who comes on evenings only. */
static void write_employee(json *out, const town *t, const centre *c, int k,
                           int number) {
    char id[ID_ROOM];
    const week_of_work of = work_of(t, c, k);
    const int evenings = of.evenings * EVENING_WORK;
    const int minutes = evenings + of.wednesday * WEDNESDAY_WORK;
    const int least = of.wednesday ? evenings : evenings - EVENING_WORK;
    snprintf(id, sizeof id, "a%04d", number);
    json_open(out, NULL, '{');
    json_text(out, "id", id);
    json_open(out, "qualifications", '[');
    json_open(out, NULL, '{');
    json_text(out, "category", category(k));
    json_close(out, '}');
    json_close(out, ']');
    json_text(out, "preset", labour_preset);
    json_open(out, "structures", '[');
    json_text(out, NULL, c->id);
    json_close(out, ']');
    json_open(out, "contract", '{');
    json_int(out, "week_minutes", minutes);
    json_int(out, "week_most", minutes);
    json_int(out, "least", t->weeks * least);
    json_close(out, '}');
    json_close(out, '}');
}

void write_centre_employees(json *out, const town *t, int number) {
    for (int i = 0; i < t->n_centres; i++)
        for (int k = 0; k < t->centres[i].crew; k++)
            write_employee(out, t, &t->centres[i], k, ++number);
}
