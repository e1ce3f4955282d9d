// SPDX-License-Identifier: GPL-3.0-or-later
/* Slots by trying them: a structure alone, its visits, and one guest more.
 *
 * With fewer children everything that held still holds (format.md 5), so a part
 * of what passes passes. That allows the instants to be tried one by one and
 * the runs between full instants as wholes. Where a run fails as a whole, a
 * week or a month is the reason, and its parts are tried minute by minute. */
#include "check/slots.h"

#include <assert.h>

#include "base/vec.h"
#include "check/guests.h"

VEC_DECLARE(slot_vec, slot);

typedef struct asking {
    const standing *on;
    const slot_question *asked;
    int32_t place, section;
    guests guest;   /* one, in the structure alone */
    sheet day;      /* without the guest */
    arena *scratch; /* of one structure */
    slot_vec found;
    arena *mem;
    ctg_error *err;
} asking;

static ctg_status try_part(asking *a, int32_t begin, int32_t end,
                           bool *passes) {
    uint64_t broken = 0;
    TRY(guests_try(&a->guest, 1, a->section, begin, end, &broken, a->err));
    *passes = broken == 0;
    return CTG_OK;
}

static ctg_status add_slot(asking *a, int32_t begin, int32_t end,
                           int32_t most) {
    if (most < a->asked->least)
        return CTG_OK;
    slot *const to = VEC_PUSH(a->mem, &a->found, slot);
    if (!to)
        return err_nomem(a->err);
    *to = (slot){.structure = a->place,
                 .section = a->section,
                 .begin = (int16_t)begin,
                 .end = (int16_t)end,
                 .most = (int16_t)most};
    return CTG_OK;
}

/* A run that fails as a whole: for each minute the latest end that passes, when
 * it is later than that of the minute before. Those of one length that follow
 * each other minute by minute are one slot. */
static ctg_status add_parts(asking *a, int32_t begin, int32_t end) {
    int32_t first = begin, last = begin, latest = begin, most = 0;
    for (int32_t from = begin; from < end && latest < end; from++) {
        int32_t until = latest > from ? latest : from;
        bool passes = true;
        while (until < end && passes) {
            TRY(try_part(a, from, until + 1, &passes));
            until += passes;
        }
        if (until <= latest)
            continue;
        if (from != last + 1 || until - from != most) {
            TRY(add_slot(a, first, latest, most));
            first = from;
            most = until - from;
        }
        last = from;
        latest = until;
    }
    return add_slot(a, first, latest, most);
}

static ctg_status add_run(asking *a, int32_t begin, int32_t end) {
    bool passes = false;
    if (end - begin < a->asked->least)
        return CTG_OK;
    TRY(try_part(a, begin, end, &passes));
    return passes ? add_slot(a, begin, end, end - begin)
                  : add_parts(a, begin, end);
}

/* The instants of the day, each tried by its first minute: within an instant
 * only a week or a month makes minutes differ. Runs are those that follow each
 * other. */
static ctg_status try_day(asking *a) {
    sheet *const s = &a->day;
    sheet_start(
        s, a->on->judge.option_of, a->place, a->asked->day,
        attendance_on(&a->on->judge.attendance, a->place, a->asked->day));
    int32_t begin = 0, end = 0;
    while (sheet_next(s)) {
        bool passes = false;
        if (s->is_open)
            TRY(try_part(a, s->begin, s->begin + 1, &passes));
        if (!passes)
            continue;
        if (s->begin != end) {
            TRY(add_run(a, begin, end));
            begin = s->begin;
        }
        end = s->end;
    }
    return add_run(a, begin, end);
}

static bool admits(const section *s, int32_t age) {
    return age >= s->from_months && age < s->below_months;
}

static ctg_status try_structure(asking *a) {
    const structure *const x = &a->on->prob->structures[a->place];
    a->section = NONE;
    TRY(guests_invite(&a->guest, a->on, a->place, a->asked->day, 1, a->scratch,
                      a->err));
    guests_are(&a->guest, (guest_kind){a->asked->age, a->asked->walks});
    if (x->n_sections == 0)
        return try_day(a);
    for (int32_t k = 0; k < x->n_sections; k++) {
        a->section = k;
        if (admits(&x->sections[k], a->asked->age))
            TRY(try_day(a));
    }
    return CTG_OK;
}

static ctg_status try_all(asking *a) {
    const problem *const prob = a->on->judge.prob;
    TRY(sheet_create(&a->day, prob,
                     attendance_busiest(&a->on->judge.attendance), a->scratch,
                     a->err));
    for (a->place = 0; a->place < prob->n_structures; a->place++) {
        const arena_mark here = arena_here(a->scratch);
        if (a->asked->structure != NONE && a->asked->structure != a->place)
            continue;
        TRY(try_structure(a));
        arena_rewind(a->scratch, here);
    }
    return CTG_OK;
}

ctg_status check_slots(slot **slots, int32_t *n_slots, const standing *on,
                       const slot_question *asked, arena *mem, ctg_error *err) {
    assert(asked->day >= 0 && asked->day < on->prob->n_days &&
           asked->least > 0);
    asking a = {.on = on, .asked = asked, .mem = mem, .err = err};
    a.scratch = arena_create(arena_allocator(mem), 0);
    const ctg_status status = a.scratch ? try_all(&a) : err_nomem(err);
    arena_destroy(a.scratch);
    *slots = a.found.at;
    *n_slots = a.found.n;
    return status;
}
