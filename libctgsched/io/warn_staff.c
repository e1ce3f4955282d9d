// SPDX-License-Identifier: GPL-3.0-or-later
/* Structures that could never admit anyone: open, with places and a ratio, and
 * nobody counted. */
#include "io/intake.h"

static bool is_counted(const structure *s, int32_t day, int32_t minute) {
    for (int32_t i = 0; i < s->n_staff; i++)
        if (s->staff[i].category != STAFF_OTHER &&
            profile_covers(&s->staff[i].count, day, minute))
            return true;
    return false;
}

/* The first minute of the day that is open with places and without staff. Only
 * edges need a look: of the capacity, and of staff that leaves. */
static int32_t find_unstaffed(const structure *s, int32_t day) {
    const day_profile *const on = &s->capacity.days[day];
    for (int32_t i = 0; i < on->n; i++) {
        const step *const open = &on->steps[i];
        if (open->value == 0)
            continue;
        if (law_at(s, day, open->begin)->ratio &&
            !is_counted(s, day, open->begin))
            return open->begin;
        for (int32_t k = 0; k < s->n_staff; k++) {
            const day_profile *const staff = &s->staff[k].count.days[day];
            for (int32_t e = 0; e < staff->n; e++) {
                const int32_t edge = staff->steps[e].end;
                if (open->begin < edge && edge < open->end &&
                    law_at(s, day, edge)->ratio && !is_counted(s, day, edge))
                    return edge;
            }
        }
    }
    return NONE;
}

/* Employees may be there: the plan decides. */
static bool has_employees(const problem *p, const structure *s) {
    for (int32_t e = 0; e < p->n_employees; e++)
        if (employee_works_in(&p->employees[e], (int32_t)(s - p->structures)))
            return true;
    return false;
}

static void warn_structure(intake *in, const cursor *at, const structure *s) {
    char date[CIVIL_TEXT], time[MINUTE_TEXT];
    if (has_employees(in->p, s))
        return;
    for (int32_t day = 0; day < in->p->n_days; day++) {
        const int32_t minute = find_unstaffed(s, day);
        if (minute == NONE)
            continue;
        civil_print(in->p->days[day], date);
        minute_print(minute, time);
        reader_fault(in->r, FAULT_WARNING, "W-NO-STAFF", at,
                     "\"%s\" is open with places on %s at %s and no staff is "
                     "counted. Maybe \"staff\" is incomplete.",
                     s->id, date, time);
        return;
    }
}

ctg_status warn_structures(intake *in, const cursor *root) {
    const cursor list_at = cursor_member(root, "structures");
    if (in->r->faults->n_errors > 0)
        return reader_status(in->r);
    for (int32_t i = 0; i < in->p->n_structures; i++) {
        const cursor at = cursor_element(&list_at, in->notes[i].file_index);
        warn_structure(in, &at, &in->structures[i]);
    }
    return reader_status(in->r);
}
