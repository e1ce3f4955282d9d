// SPDX-License-Identifier: GPL-3.0-or-later
/* What employees do not go with yet, and shifts and employees that never meet
 * (format.md 3.10). */
#include "io/intake.h"

/* --- not yet
 * ----------------------------------------------------------------------
 */

static void reserve_policy(intake *in, const cursor *at) {
    reader_fault(in->r, FAULT_ERROR, "E-RESERVED", at,
                 "the policy by_points does not go with employees yet. Maybe "
                 "give the staff present as \"staff\" of the structure.");
}

/* --- never
 * ------------------------------------------------------------------------
 */

static int32_t minutes_of(const shift *s) {
    int32_t minutes = 0;
    if (s->minutes != NONE)
        return s->minutes;
    for (int32_t i = 0; i < s->n_segments; i++)
        minutes += s->segments[i].end - s->segments[i].begin;
    for (int32_t i = 0; i < s->n_pieces; i++)
        minutes -= s->pieces[i].is_paid ? 0 : s->pieces[i].minutes;
    return minutes;
}

static bool is_too_long(const employee *e, const shift *s) {
    const labour *const l = e->preset ? &e->preset->labour : NULL;
    const int32_t amplitude =
        s->segments[s->n_segments - 1].end - s->segments[0].begin;
    return l && ((l->max_day >= 0 && minutes_of(s) > l->max_day) ||
                 (l->max_amplitude >= 0 && amplitude > l->max_amplitude));
}

static bool is_for(const employee *e, const shift *s) {
    for (int32_t i = 0; i < s->n_segments; i++)
        if (!employee_works_in(e, s->segments[i].structure))
            return false;
    return true;
}

/* Some day of the shift on which the employee is there at both its ends. */
static bool meet_on_some_day(const problem *p, const employee *e,
                             const shift *s) {
    const int32_t begin = s->segments[0].begin;
    const int32_t end = s->segments[s->n_segments - 1].end;
    for (int32_t day = 0; day < p->n_days; day++)
        if (s->on[day] &&
            (e->is_always || (profile_covers(&e->available, day, begin) &&
                              profile_covers(&e->available, day, end - 1))) &&
            !profile_covers(&e->absent, day, begin) &&
            !profile_covers(&e->absent, day, end - 1))
            return true;
    return false;
}

static bool may_work(const problem *p, const employee *e, const shift *s) {
    return is_for(e, s) && !is_too_long(e, s) && meet_on_some_day(p, e, s);
}

static void warn_shift(intake *in, const cursor *root, int32_t k) {
    const problem *const p = in->p;
    for (int32_t e = 0; e < p->n_employees; e++)
        if (may_work(p, &p->employees[e], &p->shifts[k]))
            return;
    const cursor list_at = cursor_member(root, "shifts");
    const cursor at = cursor_element(&list_at, in->shift_file_index[k]);
    reader_fault(in->r, FAULT_WARNING, "W-NEVER-WORKED", &at,
                 "no employee may ever work shift \"%s\": by place, dates or "
                 "the length of the day. Maybe it is too long, or its "
                 "structure has no employees.",
                 p->shifts[k].id);
}

static void warn_employee(intake *in, const cursor *root, int32_t k) {
    const problem *const p = in->p;
    for (int32_t s = 0; s < p->n_shifts; s++)
        if (may_work(p, &p->employees[k], &p->shifts[s]))
            return;
    const cursor list_at = cursor_member(root, "employees");
    const cursor at = cursor_element(&list_at, in->employee_file_index[k]);
    reader_fault(in->r, FAULT_WARNING, "W-NEVER-WORKED", &at,
                 "employee \"%s\" may never work any shift. Maybe structures "
                 "or availability leave none.",
                 p->employees[k].id);
}

ctg_status settle_people(intake *in, const cursor *root) {
    const problem *const p = in->p;
    const cursor policy = cursor_member(root, "policy");
    if (in->r->faults->n_errors > 0 || p->n_employees == 0)
        return reader_status(in->r);
    if (p->policy == POLICY_BY_POINTS)
        reserve_policy(in, &policy);
    for (int32_t k = 0; k < p->n_shifts; k++)
        warn_shift(in, root, k);
    for (int32_t k = 0; k < p->n_employees; k++)
        warn_employee(in, root, k);
    return reader_status(in->r);
}
