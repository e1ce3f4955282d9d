// SPDX-License-Identifier: GPL-3.0-or-later
/* Looking up a function of time, and the one test of walking. */
#include <assert.h>

#include "model/problem.h"

/* The step that covers the instant, or NULL. */
static const step *step_at(const profile *f, int32_t day, int32_t minute) {
    assert(f && day >= 0);
    const day_profile *const on = &f->days[day];
    for (int32_t i = 0; i < on->n; i++)
        if (on->steps[i].begin <= minute && minute < on->steps[i].end)
            return &on->steps[i];
    return NULL;
}

int32_t profile_at(const profile *f, int32_t day, int32_t minute) {
    const step *const s = step_at(f, day, minute);
    return s ? s->value : 0;
}

bool profile_covers(const profile *f, int32_t day, int32_t minute) {
    return step_at(f, day, minute) != NULL;
}

bool child_walks(const problem *p, const child *c, int32_t civil) {
    if (c->walk_from != CIVIL_NONE)
        return civil >= c->walk_from;
    return civil_age_months(c->birth, civil) >= p->walk_proxy_months;
}
