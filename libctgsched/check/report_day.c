// SPDX-License-Identifier: GPL-3.0-or-later
/* A day of a structure read once, instant by instant, for all its tables. */
#include "check/report.h"

#include <string.h>

ctg_status day_seen_create(day_seen *out, const report *r, ctg_error *err) {
    const problem *const prob = r->prob;
    int32_t most = 0;
    for (int32_t s = 0; s < prob->n_structures; s++)
        most = prob->structures[s].n_sections > most
                   ? prob->structures[s].n_sections
                   : most;
    const size_t n = SHEET_MAX_END + 1;
    *out = (day_seen){.at = ARENA_NEW(r->scratch, seen, n)};
    int32_t *const rooms =
        ARENA_NEW(r->scratch, int32_t, 2 * n * (size_t)most + 1);
    if (!out->at || !rooms)
        return err_nomem(err);
    for (size_t i = 0; i < n; i++) {
        out->at[i].section_heads = rooms + 2 * i * (size_t)most;
        out->at[i].section_places = rooms + (2 * i + 1) * (size_t)most;
    }
    return CTG_OK;
}

static void count_heads(seen *to, const sheet *s) {
    memset(to->heads, 0, sizeof to->heads);
    for (int32_t k = 0; k < s->place->n_sections; k++) {
        to->section_heads[k] = 0;
        to->section_places[k] =
            s->is_open
                ? profile_at(&s->place->sections[k].capacity, s->day, s->begin)
                : 0;
    }
    for (int32_t i = 0; i < s->n_present; i++) {
        const guest *const g = s->present[i];
        if (g->ratio_class != NONE)
            to->heads[g->ratio_class]++;
        if (g->section != NONE)
            to->section_heads[g->section]++;
    }
}

static int32_t session_index(const sheet *s) {
    const session *const now = session_at(s->place, s->day, s->begin);
    return now ? (int32_t)(now - s->place->sessions) : NONE;
}

static int32_t quota_missing(const sheet *s, int64_t required) {
    const int64_t there = required < s->counted ? required : s->counted;
    const int64_t missing = there - staffing_usable(s, s->n_present);
    return s->law->quota && missing > 0 ? (int32_t)missing : 0;
}

static void see(seen *to, sheet *s) {
    const staffing now = staffing_at(s, false);
    to->begin = s->begin;
    to->end = s->end;
    to->is_open = s->is_open;
    to->present = s->n_present;
    to->limit = s->limit;
    to->capacity = s->capacity;
    to->weight = s->weight;
    to->required = (int32_t)now.required;
    to->counted = s->counted;
    to->quota_missing = quota_missing(s, now.required);
    memcpy(to->staff, s->staff, sizeof to->staff);
    to->law = s->law;
    to->session = session_index(s);
    count_heads(to, s);
}

void day_seen_read(day_seen *out, report *r, int32_t place, int32_t day) {
    sheet *const s = &r->judge->sheet;
    out->place = &r->prob->structures[place];
    out->structure = place;
    out->day = day;
    out->visits = attendance_on(&r->judge->attendance, place, day);
    out->n = 0;
    sheet_start(s, r->option_of, place, day, out->visits);
    while (sheet_next(s))
        see(&out->at[out->n++], s);
}
