// SPDX-License-Identifier: GPL-3.0-or-later
/* Duties become entries of staff: one for each employee, structure, category
 * and set of skills, present in the stints of the days on which it is so. */
#include "check/roster.h"

#include <string.h>

#include "check/duty.h"

/* What one entry stands for. */
typedef struct face {
    int32_t structure;
    staff_category category;
    uint64_t skills;
} face;

typedef struct seating {
    const problem *prob;
    const int32_t *way_of;
    arena *mem;
    staff_entry **staff; /* [n_structures] */
    int32_t *n, *room;   /* [n_structures] */
    bool failed;
} seating;

static int32_t worked(const seating *s, int32_t e, int32_t day) {
    return s->way_of[e * s->prob->n_days + day];
}

static staff_entry *push_entry(seating *s, int32_t place) {
    if (s->n[place] == s->room[place]) {
        const int32_t room = 2 * s->room[place] + 8;
        staff_entry *const more = ARENA_NEW(s->mem, staff_entry, room);
        if (!more)
            return NULL;
        if (s->n[place] > 0)
            memcpy(more, s->staff[place], sizeof *more * (size_t)s->n[place]);
        s->staff[place] = more;
        s->room[place] = room;
    }
    return &s->staff[place][s->n[place]++];
}

/* An entry that is nowhere yet. */
static staff_entry *add_entry(seating *s, const face *f) {
    staff_entry *const entry = push_entry(s, f->structure);
    day_profile *const days =
        ARENA_NEW(s->mem, day_profile, s->prob->n_days + 1);
    if (!entry || !days)
        return NULL;
    *entry = (staff_entry){f->category, f->skills, {days}};
    return entry;
}

/* The entry of this employee with that face: those since `first`. */
static staff_entry *find_entry(seating *s, const face *f,
                               const int32_t *first) {
    for (int32_t k = first[f->structure]; k < s->n[f->structure]; k++) {
        staff_entry *const entry = &s->staff[f->structure][k];
        if (entry->category == f->category && entry->skills == f->skills)
            return entry;
    }
    return add_entry(s, f);
}

static bool present_in(staff_entry *entry, int32_t day, const stint *at,
                       int32_t n, arena *mem) {
    day_profile *const on = (day_profile *)&entry->count.days[day];
    step *const steps = ARENA_NEW(mem, step, n + 1);
    if (!steps)
        return false;
    int32_t k = 0;
    for (int32_t i = 0; i < n; i++)
        if (at[i].structure == at[0].structure)
            steps[k++] = (step){at[i].begin, at[i].end, 1};
    *on = (day_profile){k, steps};
    return true;
}

static void seat_day(seating *s, int32_t e, int32_t day, const int32_t *first) {
    const employee *const agent = &s->prob->employees[e];
    const int32_t civil = s->prob->days[day];
    stint at[MOST_STINTS];
    const int32_t n = duty_stints(s->prob, worked(s, e, day), at);
    for (int32_t i = 0; i < n; i++) {
        bool is_seated = false;
        for (int32_t k = 0; k < i; k++)
            is_seated |= at[k].structure == at[i].structure;
        if (is_seated)
            continue;
        const face f = {at[i].structure, employee_category(agent, civil),
                        employee_skills(agent, civil)};
        staff_entry *const entry = find_entry(s, &f, first);
        if (!entry || !present_in(entry, day, &at[i], n - i, s->mem))
            s->failed = true;
    }
}

static void seat_all(seating *s, int32_t *first) {
    for (int32_t e = 0; e < s->prob->n_employees; e++) {
        for (int32_t k = 0; k < s->prob->n_structures; k++)
            first[k] = s->n[k];
        for (int32_t day = 0; day < s->prob->n_days && !s->failed; day++)
            if (worked(s, e, day) != NONE)
                seat_day(s, e, day, first);
    }
}

static bool start_seating(seating *s) {
    const int32_t n = s->prob->n_structures;
    s->staff = ARENA_NEW(s->mem, staff_entry *, n + 1);
    s->n = ARENA_NEW(s->mem, int32_t, n + 1);
    s->room = ARENA_NEW(s->mem, int32_t, n + 1);
    if (!s->staff || !s->n || !s->room)
        return false;
    for (int32_t k = 0; k < n; k++) {
        s->staff[k] = (staff_entry *)s->prob->structures[k].staff;
        s->n[k] = s->room[k] = s->prob->structures[k].n_staff;
    }
    return true;
}

const problem *roster_staffed(const problem *prob, const int32_t *way_of,
                              arena *mem) {
    if (!way_of || prob->n_employees == 0)
        return prob;
    seating s = {.prob = prob, .way_of = way_of, .mem = mem};
    problem *const staffed = ARENA_NEW(mem, problem, 1);
    structure *const places = ARENA_NEW(mem, structure, prob->n_structures + 1);
    int32_t *const first = ARENA_NEW(mem, int32_t, prob->n_structures + 1);
    if (!staffed || !places || !first || !start_seating(&s))
        return NULL;
    seat_all(&s, first);
    if (s.failed)
        return NULL;
    for (int32_t k = 0; k < prob->n_structures; k++) {
        places[k] = prob->structures[k];
        places[k].staff = s.staff[k];
        places[k].n_staff = s.n[k];
    }
    *staffed = *prob;
    staffed->structures = places;
    return staffed;
}
