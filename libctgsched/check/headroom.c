// SPDX-License-Identifier: GPL-3.0-or-later
/* With fewer children everything that held still holds (format.md 5), so the
 * largest number that passes is found by halving. */
#include "check/headroom.h"

#include <string.h>

#include "base/vec.h"
#include "check/guests.h"

VEC_DECLARE(headroom_vec, headroom_row);

enum {
    MOST_MORE = 400, /* guests tried at once: no room is larger */
    BABY = 10,       /* months, where no bound says another age */
    TODDLER = 24,
    PUPIL = 96
};

typedef struct measuring {
    const standing *on;
    const problem *prob; /* staffed */
    int32_t place, day;
    guests guests;
    sheet sheet;
    headroom_vec found;
    arena *scratch, *mem;
    ctg_error *err;
} measuring;

static uint64_t bit(rule_name rule) { return UINT64_C(1) << rule; }

static headroom_binds what_binds(uint64_t broken) {
    const uint64_t seats = bit(BREAKS_PLACES) | bit(BREAKS_SECTION) |
                           bit(BREAKS_SHARED) | bit(BREAKS_MERGE) |
                           bit(BREAKS_RESERVE);
    const uint64_t staff =
        bit(BREAKS_RATIO) | bit(BREAKS_QUOTA) | bit(BREAKS_MINIMUM);
    const uint64_t period = bit(BREAKS_WEEK) | bit(BREAKS_MIX);
    if (broken & seats)
        return broken & staff ? HEADROOM_BOTH : HEADROOM_SEATS;
    if (broken & staff)
        return HEADROOM_STAFF;
    return broken & period ? HEADROOM_PERIOD : HEADROOM_SESSION;
}

/* The largest number of guests that breaks nothing, and what one more does. */
static ctg_status measure(measuring *m, headroom_row *row) {
    const int32_t section = row->section, begin = row->begin, end = row->end;
    uint64_t broken = 0, why = 0;
    int32_t fits = 0, fails = 1;
    TRY(guests_try(&m->guests, 1, section, begin, end, &why, m->err));
    for (; why == 0 && fails < MOST_MORE; why = broken) {
        fits = fails;
        fails = 2 * fails < MOST_MORE ? 2 * fails : MOST_MORE;
        TRY(guests_try(&m->guests, fails, section, begin, end, &broken,
                       m->err));
    }
    if (why == 0) { /* as many as anybody counts */
        row->more = MOST_MORE;
        row->binds = HEADROOM_NOTHING;
        return CTG_OK;
    }
    while (fits + 1 < fails) {
        const int32_t middle = fits + (fails - fits) / 2;
        TRY(guests_try(&m->guests, middle, section, begin, end, &broken,
                       m->err));
        if (broken)
            fails = middle, why = broken;
        else
            fits = middle;
    }
    row->more = fits;
    row->binds = what_binds(why);
    return CTG_OK;
}

/* Lengthens the class's last row of the day, or adds one. */
static ctg_status add_row(measuring *m, const headroom_row *row) {
    for (int32_t k = m->found.n - 1; k >= 0; k--) {
        headroom_row *const last = &m->found.at[k];
        if (last->structure != row->structure || last->day != row->day)
            break;
        if (last->section == row->section && last->class_ == row->class_ &&
            last->end == row->begin && last->more == row->more &&
            last->binds == row->binds) {
            last->end = row->end;
            return CTG_OK;
        }
    }
    headroom_row *const slot = VEC_PUSH(m->mem, &m->found, headroom_row);
    if (!slot)
        return err_nomem(m->err);
    *slot = *row;
    return CTG_OK;
}

/* A child of the class whom the section admits; false when there is none. */
static bool find_kind(const ratio_class *class_, const section *in,
                      guest_kind *out) {
    const int32_t walks = class_ ? class_->walks : -1;
    int32_t from = class_ ? class_->from_months : INT32_MIN;
    int32_t below = class_ ? class_->below_months : INT32_MAX;
    if (in && in->from_months > from)
        from = in->from_months;
    if (in && in->below_months < below)
        below = in->below_months;
    int32_t age = walks == 0 ? BABY : walks == 1 ? TODDLER : PUPIL;
    if (age >= below)
        age = below - 1;
    if (age < from)
        age = from;
    *out = (guest_kind){age, walks < 0 ? NONE : walks};
    return age >= 0 && age < below;
}

static ctg_status measure_class(measuring *m, const ratio_class *class_) {
    const structure *const x = &m->prob->structures[m->place];
    for (int32_t k = x->n_sections == 0 ? NONE : 0; k < x->n_sections; k++) {
        guest_kind kind;
        if (!find_kind(class_, k == NONE ? NULL : &x->sections[k], &kind))
            continue;
        headroom_row row = {.structure = m->place,
                            .section = k,
                            .day = m->day,
                            .begin = (int16_t)m->sheet.begin,
                            .end = (int16_t)m->sheet.end,
                            .class_ = class_ ? class_->id : NULL};
        guests_are(&m->guests, kind);
        TRY(measure(m, &row));
        TRY(add_row(m, &row));
    }
    return CTG_OK;
}

static ctg_status measure_day(measuring *m) {
    TRY(guests_invite(&m->guests, m->on, m->place, m->day, MOST_MORE,
                      m->scratch, m->err));
    sheet_start(&m->sheet, m->on->judge.option_of, m->place, m->day,
                attendance_on(&m->on->judge.attendance, m->place, m->day));
    while (sheet_next(&m->sheet)) {
        const rule *const r = m->sheet.law->ratio;
        if (!m->sheet.is_open)
            continue;
        if (!r)
            TRY(measure_class(m, NULL));
        for (int32_t k = 0; r && k < r->n_classes; k++)
            TRY(measure_class(m, &r->classes[k]));
    }
    return CTG_OK;
}

static ctg_status measure_all(measuring *m, int32_t structure, int32_t day) {
    TRY(sheet_create(&m->sheet, m->prob,
                     attendance_busiest(&m->on->judge.attendance), m->scratch,
                     m->err));
    for (m->place = 0; m->place < m->prob->n_structures; m->place++) {
        if (structure != NONE && structure != m->place)
            continue;
        for (m->day = 0; m->day < m->prob->n_days; m->day++) {
            const arena_mark mark = arena_here(m->scratch);
            if (day != NONE && day != m->day)
                continue;
            TRY(measure_day(m));
            arena_rewind(m->scratch, mark);
        }
    }
    return CTG_OK;
}

ctg_status check_headroom(headroom_row **rows, int32_t *n_rows,
                          const standing *on, int32_t structure, int32_t day,
                          arena *mem, ctg_error *err) {
    measuring m = {.on = on, .prob = on->judge.prob, .mem = mem, .err = err};
    m.scratch = arena_create(arena_allocator(mem), 0);
    const ctg_status status =
        m.scratch ? measure_all(&m, structure, day) : err_nomem(err);
    arena_destroy(m.scratch);
    *rows = m.found.at;
    *n_rows = m.found.n;
    return status;
}
