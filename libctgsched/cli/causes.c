// SPDX-License-Identifier: GPL-3.0-or-later
/* The nearest name first. */
#include "cli/causes.h"

#include <string.h>

static bool is(const char *a, const char *b) {
    return a && b && a[0] && strcmp(a, b) == 0;
}

/* The employee works otherwise where and when the rule is broken. */
static bool is_absent_there(const ctg_diff *diff, const char *employee,
                            const ctg_where *at) {
    ctg_duty_change duty;
    for (int32_t i = 0; ctg_diff_duty(&duty, diff, i); i++)
        if (is(duty.employee, employee) && is(duty.date, at->date) &&
            is(duty.from.structure, at->structure))
            return true;
    return false;
}

static int32_t cause_of_problem(const change_list *changes) {
    for (int32_t k = 0; k < changes->n; k++)
        if (is(changes->at[k].op, "problem_changed"))
            return k;
    return -1;
}

int32_t cause_of_move(const change_list *changes, const ctg_diff *diff,
                      const ctg_move *row) {
    const ctg_where *const at = &row->why.breach.where;
    const bool has_place = row->why.has_breach;
    if (row->why.kind != CTG_WHY_EVENT)
        return -1;
    for (int32_t k = 0; k < changes->n; k++)
        if (is(changes->at[k].request, row->request) ||
            is(changes->at[k].child, row->child))
            return k;
    for (int32_t k = 0; has_place && k < changes->n; k++)
        if (changes->at[k].employee[0] &&
            is_absent_there(diff, changes->at[k].employee, at))
            return k;
    for (int32_t k = 0; k < changes->n; k++)
        if (is(changes->at[k].structure,
               has_place ? at->structure : row->from_structure))
            return k;
    return cause_of_problem(changes);
}

int32_t cause_of_duty(const change_list *changes, const ctg_duty_change *row) {
    if (row->why.kind != CTG_WHY_EVENT)
        return -1;
    for (int32_t k = 0; k < changes->n; k++)
        if (is(changes->at[k].employee, row->employee))
            return k;
    for (int32_t k = 0; k < changes->n; k++)
        if (is(changes->at[k].structure, row->from.structure))
            return k;
    return cause_of_problem(changes);
}
