// SPDX-License-Identifier: GPL-3.0-or-later
/* What an employee is on a date. */
#include "model/problem.h"

staff_category employee_category(const employee *e, int32_t civil) {
    for (int32_t k = 0; k < e->n_qualifications; k++)
        if (e->qualifications[k].from <= civil &&
            civil <= e->qualifications[k].to)
            return e->qualifications[k].category;
    return STAFF_OTHER;
}

uint64_t employee_skills(const employee *e, int32_t civil) {
    uint64_t skills = 0;
    for (int32_t k = 0; k < e->n_skills; k++)
        if (e->skills[k].skill >= 0 && e->skills[k].from <= civil &&
            civil <= e->skills[k].to)
            skills |= UINT64_C(1) << e->skills[k].skill;
    return skills;
}

bool employee_works_in(const employee *e, int32_t structure) {
    for (int32_t k = 0; k < e->n_structures; k++)
        if (e->structures[k] == structure)
            return true;
    return false;
}
