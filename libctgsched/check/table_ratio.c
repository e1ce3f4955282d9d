// SPDX-License-Identifier: GPL-3.0-or-later
/* Staff against children: each quarter hour at its worst, each session at its
 * fullest. */
#include "check/report.h"

/* The open instant of [from, to) that lacks most, the first of those. */
static const seen *worst_in(const day_seen *on, int32_t from, int32_t to) {
    const seen *worst = NULL;
    for (int32_t i = 0; i < on->n && on->at[i].begin < to; i++) {
        const seen *const s = &on->at[i];
        if (s->is_open && s->end > from &&
            (!worst ||
             s->required - s->counted > worst->required - worst->counted))
            worst = s;
    }
    return worst;
}

static void add_quarter(report *r, const day_seen *on, int32_t begin,
                        const seen *s) {
    const char *const place = on->place->id, *const date = r->dates[on->day];
    ADD_ROW(r, RATIO, cell_text(place), cell_text(date), cell_number(begin),
            cell_number(s->begin > begin ? s->begin : begin),
            cell_number(s->present), cell_number(s->required),
            cell_number(s->counted), cell_number(s->staff[STAFF_CAT1]));
    for (int32_t c = 0; s->law->ratio && c < s->law->ratio->n_classes; c++)
        if (s->heads[c] > 0)
            ADD_ROW(r, RATIO_CLASSES, cell_text(place), cell_text(date),
                    cell_number(begin), cell_text(s->law->ratio->classes[c].id),
                    cell_number(s->heads[c]));
}

void table_ratio(report *r, const day_seen *on) {
    for (int32_t q = 0; on->n > 0 && q < QUARTERS; q++) {
        const seen *const s = worst_in(on, q * QUARTER, (q + 1) * QUARTER);
        if (s)
            add_quarter(r, on, q * QUARTER, s);
    }
}

/* A session on a day, over the instants that it covers. */
typedef struct covered {
    const seen *first, *last, *fullest;
    int32_t lacks, quota_missing;
} covered;

static covered cover_of(const day_seen *on, int32_t session) {
    covered c = {0};
    for (int32_t i = 0; i < on->n; i++) {
        const seen *const s = &on->at[i];
        if (s->session != session)
            continue;
        c.first = c.first ? c.first : s;
        c.last = s;
        if (!c.fullest || s->present > c.fullest->present)
            c.fullest = s;
        if (s->required - s->counted > c.lacks)
            c.lacks = s->required - s->counted;
        if (s->quota_missing > c.quota_missing)
            c.quota_missing = s->quota_missing;
    }
    return c;
}

static void add_session(report *r, const day_seen *on, int32_t session) {
    const covered c = cover_of(on, session);
    const seen *const s = c.fullest;
    if (!s)
        return;
    const char *const place = on->place->id, *const date = r->dates[on->day];
    const char *const name = on->place->sessions[session].id;
    ADD_ROW(r, SESSIONS, cell_text(place), cell_text(date), cell_text(name),
            cell_number(c.first->begin), cell_number(c.last->end),
            cell_number(s->begin), cell_number(s->present),
            cell_number(s->required), cell_number(s->counted),
            cell_number(s->staff[STAFF_DIRECTOR]),
            cell_number(seen_qualified(s)),
            cell_number(s->staff[STAFF_TRAINEE]),
            cell_number(s->staff[STAFF_UNQUALIFIED]), cell_number(c.lacks),
            cell_number(s->law->quota ? c.quota_missing : CELL_EMPTY));
    for (int32_t k = 0; s->law->ratio && k < s->law->ratio->n_classes; k++)
        if (s->heads[k] > 0)
            ADD_ROW(r, SESSION_CLASSES, cell_text(place), cell_text(date),
                    cell_text(name), cell_text(s->law->ratio->classes[k].id),
                    cell_number(s->heads[k]));
}

void table_sessions(report *r, const day_seen *on) {
    for (int32_t k = 0; k < on->place->n_sessions; k++)
        add_session(r, on, k);
}
