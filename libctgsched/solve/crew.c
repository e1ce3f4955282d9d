// SPDX-License-Identifier: GPL-3.0-or-later
/* A first roster without any relaxation: post after post takes the way that
 * fills most of what full seats would need, then each looks again. */
#include "solve/crew.h"

#include <string.h>

#include "solve/duties.h"

enum { MINUTES = 24 * 60, PASSES = 3, WHOLE = 64, SCARCE = 64 };

/* What structures lack, in persons, minute by minute of one day. */
typedef struct want {
    int16_t asked[MINUTES]; /* before anybody works */
    int16_t persons[MINUTES];
    int16_t cat1[MINUTES];
} want;

typedef struct roster {
    search *s;
    const formulation *f;
    const problem *prob;
    want *want; /* [n_structures], of the day in work */
} roster;

/* --- what full seats need
 * ------------------------------------------------------------- */

static int32_t least_per(const rule *ratio) {
    int32_t least = INT32_MAX;
    for (int32_t k = 0; k < ratio->n_classes; k++)
        least = ratio->classes[k].per < least ? ratio->classes[k].per : least;
    return least;
}

/* Between the strictest class and the most generous one. */
static int32_t middle_per(const rule *ratio) {
    int32_t most = 1;
    for (int32_t k = 0; k < ratio->n_classes; k++)
        most = ratio->classes[k].per > most ? ratio->classes[k].per : most;
    return (least_per(ratio) + most + 1) / 2;
}

static int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }
static int32_t larger(int32_t a, int32_t b) { return a > b ? a : b; }

/* Requests that could be there, by minute. */
static void count_requests(const formulation *f, int32_t place, int32_t day,
                           int16_t *heads) {
    const problem *const prob = f->prob;
    memset(heads, 0, sizeof *heads * MINUTES);
    for (int32_t r = 0; r < prob->n_requests; r++) {
        int32_t begin = MINUTES, end = 0;
        for (int32_t j = f->first_col[r]; j < f->first_col[r + 1]; j++) {
            const option *const o =
                &prob->requests[r].options[f->option_cols[j].option];
            for (int32_t k = 0; k < o->n_presences; k++) {
                const presence *const at = &o->presences[k];
                if (at->structure != place || at->day != day)
                    continue;
                begin = smaller(begin, at->begin);
                end = larger(end, at->end);
            }
        }
        for (int32_t m = begin; m < end; m++)
            heads[m]++;
    }
}

static void want_minute(want *w, const structure *s, int32_t day, int32_t m,
                        int32_t heads) {
    const law *const l = law_at(s, day, m);
    const int32_t seats = smaller(profile_at(&s->capacity, day, m), heads);
    if (seats == 0)
        return;
    const int32_t asked =
        l->ratio ? (seats + middle_per(l->ratio) - 1) / middle_per(l->ratio)
                 : 0;
    w->persons[m] =
        (int16_t)larger(asked, l->minimum ? l->minimum->min_staff : 0);
    w->cat1[m] = l->minimum && s->places > l->minimum->cat1_above_places;
}

static void less_staff(want *w, const structure *s, int32_t day) {
    for (int32_t k = 0; k < s->n_staff; k++) {
        const day_profile *const on = &s->staff[k].count.days[day];
        if (s->staff[k].category == STAFF_OTHER)
            continue;
        for (int32_t i = 0; i < on->n; i++)
            for (int32_t m = on->steps[i].begin; m < on->steps[i].end; m++) {
                w->persons[m] -= (int16_t)on->steps[i].value;
                w->cat1[m] -= (int16_t)(s->staff[k].category == STAFF_CAT1);
            }
    }
}

static void want_day(roster *r, int32_t day) {
    int16_t heads[MINUTES];
    for (int32_t place = 0; place < r->prob->n_structures; place++) {
        want *const w = &r->want[place];
        const structure *const s = &r->prob->structures[place];
        memset(w, 0, sizeof *w);
        count_requests(r->f, place, day, heads);
        for (int32_t m = 0; m < MINUTES; m++)
            want_minute(w, s, day, m, heads[m]);
        less_staff(w, s, day);
        memcpy(w->asked, w->persons, sizeof w->asked);
    }
}

/* --- posts
 * --------------------------------------------------------------------------
 */

static const duty_col *duty_at(const roster *r, int32_t col) {
    return &r->f->duty_cols[col - r->f->n_option_cols];
}

static staff_category category_at(const roster *r, int32_t col) {
    const duty_col *const d = duty_at(r, col);
    return employee_category(&r->prob->employees[d->employee],
                             r->prob->days[d->day]);
}

/* Minutes of want that the duty would fill, by the share that still lacks: the
 * ends of the day ask for few and get them first. Category 1 weighs more. */
static int64_t gain_of(const roster *r, int32_t col) {
    const way_facts *const w = &r->f->facts[duty_at(r, col)->way];
    const staff_category category = category_at(r, col);
    /* Who has to work so many minutes works them, wanted or not. */
    int64_t gain = r->prob->employees[duty_at(r, col)->employee].least != NONE;
    for (int32_t i = 0; category != STAFF_OTHER && i < w->n_spells; i++) {
        const want *const at = &r->want[w->spells[i].structure];
        for (int32_t m = w->spells[i].begin; m < w->spells[i].end; m++) {
            if (at->persons[m] > 0)
                gain += WHOLE * at->persons[m] / at->asked[m];
            gain += category == STAFF_CAT1 && at->cat1[m] > 0 ? SCARCE : 0;
        }
    }
    return gain;
}

static void fill(const roster *r, int32_t col, int32_t by) {
    const way_facts *const w = &r->f->facts[duty_at(r, col)->way];
    const staff_category category = category_at(r, col);
    for (int32_t i = 0; category != STAFF_OTHER && i < w->n_spells; i++) {
        want *const at = &r->want[w->spells[i].structure];
        for (int32_t m = w->spells[i].begin; m < w->spells[i].end; m++) {
            at->persons[m] -= (int16_t)by;
            at->cat1[m] -= (int16_t)(category == STAFF_CAT1 ? by : 0);
        }
    }
}

/* The best way of a post that no rule forbids, one after another; `now` is out
 * already. */
static void take_best(roster *r, int32_t first, int32_t last, int64_t *gains) {
    selection *const sel = &r->s->sel;
    for (int32_t j = first; j < last; j++)
        gains[j - first] = gain_of(r, j);
    for (int32_t tries = first; tries < last; tries++) {
        int32_t best = first;
        for (int32_t j = first; j < last; j++)
            if (gains[j - first] > gains[best - first])
                best = j;
        if (gains[best - first] <= 0)
            return;
        if (selection_change(sel, &best, 1, NULL, 0)) {
            fill(r, best, 1);
            return;
        }
        gains[best - first] = -1;
    }
}

static void reconsider(roster *r, int32_t post, int64_t *gains) {
    const int32_t first = r->f->first_duty[post];
    const int32_t last = r->f->first_duty[post + 1];
    selection *const sel = &r->s->sel;
    if (first == last)
        return;
    const int32_t now = sel->chosen[sel->p->cols.at[first].group];
    if (now >= 0) {
        if (!selection_change(sel, NULL, 0, &now, 1))
            return;
        fill(r, now, -1);
    }
    take_best(r, first, last, gains);
    if (now >= 0 && sel->chosen[sel->p->cols.at[first].group] < 0 &&
        selection_change(sel, &now, 1, NULL, 0))
        fill(r, now, 1);
}

static int32_t longest_post(const formulation *f) {
    int32_t most = 0;
    for (int32_t k = 0; k < problem_posts(f->prob); k++)
        most = larger(most, f->first_duty[k + 1] - f->first_duty[k]);
    return most;
}

void crew_rest(search *s) {
    const formulation *const f = &s->f;
    const int32_t first = f->n_option_cols + f->n_duty_cols;
    for (int32_t k = 0; k < f->n_rest_cols; k++) {
        const int32_t col = first + k;
        if (s->sel.chosen[s->sel.p->cols.at[col].group] < 0)
            selection_change(&s->sel, &col, 1, NULL, 0);
    }
}

void crew_first(search *s) {
    const problem *const prob = s->prob;
    if (s->f.n_duty_cols == 0)
        return;
    const arena_mark mark = arena_here(s->scratch);
    roster r = {s, &s->f, prob,
                ARENA_NEW(s->scratch, want, prob->n_structures + 1)};
    int64_t *const gains =
        ARENA_NEW(s->scratch, int64_t, longest_post(&s->f) + 1);
    s->is_full |= !r.want || !gains;
    crew_rest(s);
    for (int32_t day = 0; !s->is_full && day < prob->n_days; day++) {
        want_day(&r, day);
        for (int32_t pass = 0; pass < PASSES; pass++)
            for (int32_t e = 0; e < prob->n_employees; e++)
                reconsider(&r, e * prob->n_days + day, gains);
    }
    s->work += (uint64_t)s->f.n_duty_cols;
    arena_rewind(s->scratch, mark);
}

void crew_from_relaxation(search *s, const relax *r) {
    const formulation *const f = &s->f;
    for (int32_t post = 0; f->n_duty_cols > 0 && post < problem_posts(s->prob);
         post++) {
        int32_t best = -1;
        for (int32_t j = f->first_duty[post]; j < f->first_duty[post + 1]; j++)
            if (r->x[j] > 0.01 && (best < 0 || r->x[j] > r->x[best]))
                best = j;
        if (best >= 0)
            selection_change(&s->sel, &best, 1, NULL, 0);
    }
    crew_rest(s);
}

void crew_as_before(search *s) {
    const int32_t first = s->f.n_option_cols;
    for (int32_t k = 0; k < s->n_cols; k++)
        if (s->cols[k] >= first && s->cols[k] < s->f.n_choice_cols)
            selection_change(&s->sel, &s->cols[k], 1, NULL, 0);
}
