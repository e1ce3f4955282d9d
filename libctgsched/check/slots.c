// SPDX-License-Identifier: GPL-3.0-or-later
/* Slots by trying them: a structure alone, its visits, and one guest more.
 *
 * With fewer children everything that held still holds (format.md 5), so a part
 * of what passes passes. That allows the instants to be tried one by one and
 * the runs between full instants as wholes. Where a run fails as a whole, a
 * week or a month is the reason, and its parts are tried minute by minute. */
#include "check/slots.h"

#include <assert.h>
#include <string.h>

#include "base/vec.h"
#include "check/check.h"
#include "check/sheet.h"

VEC_DECLARE(slot_vec, slot);

typedef struct asking {
    const problem *prob;
    const slot_question *asked;
    int32_t place, section;
    problem sub;        /* one structure with those who come there */
    int32_t *option_of; /* of `sub` */
    presence *guest;    /* the presence that is tried */
    arena *scratch;     /* for all of it; judgements bring their own */
    slot_vec found;
    arena *mem;
    ctg_error *err;
} asking;

/* --- the structure alone -----------------------------------------------------
 */

static child guest_child(const slot_question *asked, const problem *prob) {
    const int32_t on = prob->days[asked->day];
    civil_date born = civil_to_date(on);
    const int32_t month = born.year * 12 + born.month - 1 - asked->age;
    born.year = month / 12;
    born.month = month % 12 + 1;
    /* 31 March less one month: the last day that February has. */
    while (civil_to_date(civil_from_date(born)).month != born.month)
        born.day--;
    return (child){.id = "",
                   .birth = civil_from_date(born),
                   .walk_from = asked->walks == NONE ? CIVIL_NONE
                                : asked->walks       ? on
                                                     : on + 1,
                   .place_weight = 1000,
                   .ratio_weight = 1000};
}

static bool comes(const asking *a, int32_t r, const int32_t *option_of) {
    return option_of[r] != NONE &&
           a->prob->requests[r].options[option_of[r]].structure == a->place;
}

/* A request with the option given as its only one. */
static request alone(const request *from, int32_t given, int32_t child_index,
                     option *only) {
    request to = *from;
    *only = from->options[given];
    only->structure = 0;
    only->n_uses = 0;
    to.child = child_index;
    to.options = only;
    to.n_options = 1;
    to.held = from->held == given ? 0 : NONE;
    to.mandatory = false;
    to.sibling_group = NONE;
    return to;
}

static bool take_structure(asking *a, const int32_t *option_of) {
    const problem *const prob = a->prob;
    int32_t n = 0;
    for (int32_t r = 0; r < prob->n_requests; r++)
        n += comes(a, r, option_of);
    child *const children = ARENA_NEW(a->scratch, child, n + 1);
    request *const requests = ARENA_NEW(a->scratch, request, n + 1);
    option *const options = ARENA_NEW(a->scratch, option, n + 1);
    a->guest = ARENA_NEW(a->scratch, presence, 1);
    a->option_of = ARENA_NEW(a->scratch, int32_t, n + 1);
    if (!children || !requests || !options || !a->guest || !a->option_of)
        return false;
    n = 0;
    for (int32_t r = 0; r < prob->n_requests; r++) {
        if (!comes(a, r, option_of))
            continue;
        children[n] = prob->children[prob->requests[r].child];
        requests[n] = alone(&prob->requests[r], option_of[r], n, &options[n]);
        n++;
    }
    const int32_t on = prob->days[a->asked->day];
    children[n] = guest_child(a->asked, prob);
    options[n] =
        (option){.id = "", .rank = 1, .n_presences = 1, .presences = a->guest};
    requests[n] = (request){.id = "",
                            .child = n,
                            .kind = REQUEST_OCCASIONAL,
                            .first = on,
                            .last = on,
                            .n_options = 1,
                            .options = &options[n],
                            .held = NONE,
                            .adaptation_first = CIVIL_NONE,
                            .adaptation_last = CIVIL_NONE,
                            .sibling_group = NONE};
    a->sub = *prob;
    a->sub.n_structures = 1;
    a->sub.structures = &prob->structures[a->place];
    a->sub.n_children = a->sub.n_requests = n + 1;
    a->sub.children = children;
    a->sub.requests = requests;
    a->sub.n_siblings = a->sub.n_pins = a->sub.n_resources = 0;
    a->sub.policy = POLICY_MOST_POINTS;
    a->sub.goals = (goals){0};
    return true;
}

/* --- trying ------------------------------------------------------------------
 */

static ctg_status try_part(const asking *a, int32_t begin, int32_t end,
                           bool *passes) {
    arena *const mem = arena_create(arena_allocator(a->mem), 0);
    if (!mem)
        return err_nomem(a->err);
    *a->guest = (presence){.day = a->asked->day,
                           .begin = (int16_t)begin,
                           .end = (int16_t)end,
                           .section = a->section};
    verdict v;
    const plan tried = {.option_of = a->option_of};
    const ctg_status status =
        check_plan(&v, &a->sub, &tried, CHECK_RULES, mem, a->err);
    *passes = status == CTG_OK && v.accepted;
    arena_destroy(mem);
    return status;
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
static ctg_status try_day(asking *a, const int32_t *option_of) {
    attendance at;
    sheet s;
    TRY(attendance_build(&at, a->prob, option_of, a->scratch, a->err));
    TRY(sheet_create(&s, a->prob, attendance_busiest(&at), a->scratch, a->err));
    sheet_start(&s, option_of, a->place, a->asked->day,
                attendance_on(&at, a->place, a->asked->day));
    int32_t begin = 0, end = 0;
    while (sheet_next(&s)) {
        bool passes = false;
        if (s.is_open)
            TRY(try_part(a, s.begin, s.begin + 1, &passes));
        if (!passes)
            continue;
        if (s.begin != end) {
            TRY(add_run(a, begin, end));
            begin = s.begin;
        }
        end = s.end;
    }
    return add_run(a, begin, end);
}

static bool admits(const section *s, int32_t age) {
    return age >= s->from_months && age < s->below_months;
}

static ctg_status try_structure(asking *a, const int32_t *option_of) {
    const structure *const x = &a->prob->structures[a->place];
    a->section = NONE;
    if (!take_structure(a, option_of))
        return err_nomem(a->err);
    if (x->n_sections == 0)
        return try_day(a, option_of);
    for (int32_t k = 0; k < x->n_sections; k++) {
        a->section = k;
        if (admits(&x->sections[k], a->asked->age))
            TRY(try_day(a, option_of));
    }
    return CTG_OK;
}

ctg_status check_slots(slot **slots, int32_t *n_slots, const problem *prob,
                       const int32_t *option_of, const slot_question *asked,
                       arena *mem, ctg_error *err) {
    assert(asked->day >= 0 && asked->day < prob->n_days && asked->least > 0);
    asking a = {.prob = prob, .asked = asked, .mem = mem, .err = err};
    ctg_status status = CTG_OK;
    for (int32_t s = 0; s < prob->n_structures && status == CTG_OK; s++) {
        if (asked->structure != NONE && asked->structure != s)
            continue;
        a.scratch = arena_create(arena_allocator(mem), 0);
        a.place = s;
        status = a.scratch ? try_structure(&a, option_of) : err_nomem(err);
        arena_destroy(a.scratch);
    }
    *slots = a.found.at;
    *n_slots = a.found.n;
    return status;
}
