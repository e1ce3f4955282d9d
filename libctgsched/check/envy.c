// SPDX-License-Identifier: GPL-3.0-or-later
/* Justified envy (doc/format.md 8): each swap is made and judged.
 *
 * r takes option o and s waits, everything else stays: the definition is
 * followed literally, but only where the swap changes something. A row of a
 * structure depends on who is in that structure, so structures that neither r
 * nor s enters or leaves keep their findings; of the others only the days with
 * a changed presence are read again. Whether o fits without anybody leaving,
 * and whether s may leave, does not depend on the other one when they meet in
 * no structure, and is judged once. */
#include <assert.h>
#include <string.h>

#include "base/vec.h"
#include "check/demand.h"
#include "check/judge.h"
#include "check/resources.h"

VEC_DECLARE(pair_vec, envy_pair);

/* A question judged at most once. */
typedef enum answer { UNASKED, YES, NO } answer;

typedef struct swap {
    int32_t r, o, s;         /* s is NONE: nobody leaves */
    const option *from, *to; /* of r; from is NULL when r waits */
    const option *gone;      /* of s, NULL when s is NONE */
} swap;

typedef struct envy_search {
    judge *judge;
    const problem *prob;
    int32_t *option_of;     /* [n_requests] the plan with the swap in work */
    int32_t *next_of_child; /* [n_requests] the next request of the child */
    int32_t *pin_of;        /* [n_requests] its pin, NONE */
    resource_use resources;
    findings found;     /* of the structure-day in work */
    finding obstacle;   /* why the last structure failed */
    visit *visits;      /* room for one structure's day */
    day_totals *totals; /* [n_days] */
    bool *is_touched;   /* [n_days] */
    answer *may_leave;  /* [n_requests] */
    int32_t *places;    /* [n_structures]: those of the swap in work */
    bool *is_envied;    /* [n_requests] by the r in work */
} envy_search;

/* The plan already has this shortage at every instant of the interval, in the
 * same size or larger. */
static bool is_old(const envy_search *e, const finding *f) {
    const findings *const old = &e->judge->shortages;
    int32_t minute = f->at.begin;
    for (int32_t i = 0; i < old->n; i++) {
        const finding *const x = &old->at[i];
        if (!where_same_row(&x->at, &f->at) || x->size < f->size ||
            x->at.civil != f->at.civil || x->at.week != f->at.week ||
            x->at.month != f->at.month)
            continue;
        if (f->at.begin == NONE)
            return true;
        if (x->at.begin <= minute && minute < x->at.end)
            minute = x->at.end; /* sorted by begin within a row and day */
        if (minute >= f->at.end)
            return true;
    }
    return false;
}

/* Nothing in `found` that the plan has not already; the first that is new
 * becomes the obstacle. */
static bool only_old(envy_search *e) {
    for (int32_t i = 0; i < e->found.n; i++) {
        const finding *const f = &e->found.at[i];
        if (f->is_breach || !is_old(e, f)) {
            e->obstacle = *f;
            return false;
        }
    }
    return true;
}

/* Adds the structures where the option is to the `n` of the swap. */
static int32_t add_places(envy_search *e, const option *o, int32_t n) {
    for (int32_t i = 0; o && i < o->n_presences; i++) {
        const int32_t place = o->presences[i].structure;
        bool is_there = false;
        for (int32_t k = 0; k < n && !is_there; k++)
            is_there = e->places[k] == place;
        if (!is_there)
            e->places[n++] = place;
    }
    return n;
}

static void touch(envy_search *e, const option *o, int32_t place) {
    for (int32_t i = 0; o && i < o->n_presences; i++)
        if (o->presences[i].structure == place)
            e->is_touched[o->presences[i].day] = true;
}

/* Who is in the structure on the day after the swap. */
static visit_span visits_after(envy_search *e, const swap *w, int32_t place,
                               int32_t day) {
    const visit_span before = attendance_on(&e->judge->attendance, place, day);
    int32_t n = 0;
    for (int32_t i = 0; i < before.n; i++) {
        if (before.at[i].request != w->r && before.at[i].request != w->s)
            e->visits[n++] = before.at[i];
    }
    const option *const to = w->r == NONE ? NULL : w->to;
    for (int32_t i = 0; to && i < to->n_presences; i++) {
        if (to->presences[i].day == day && to->presences[i].structure == place)
            e->visits[n++] = (visit){.request = w->r, .at = &to->presences[i]};
    }
    return (visit_span){.at = e->visits, .n = n};
}

/* Judges the touched days of a structure, then its weeks and months. */
static bool structure_keeps(envy_search *e, const swap *w, int32_t place) {
    const problem *const prob = e->prob;
    memset(e->is_touched, 0, (size_t)prob->n_days * sizeof *e->is_touched);
    touch(e, w->from, place);
    touch(e, w->to, place);
    touch(e, w->gone, place);
    memcpy(e->totals, judge_totals(e->judge, place),
           (size_t)prob->n_days * sizeof *e->totals);
    for (int32_t d = 0; d < prob->n_days; d++) {
        if (!e->is_touched[d])
            continue;
        e->found.n = 0;
        sheet_start(&e->judge->sheet, e->option_of, place, d,
                    visits_after(e, w, place, d));
        rows_day(&e->found, &e->totals[d], &e->judge->sheet);
        if (!only_old(e))
            return false;
    }
    e->found.n = 0;
    rows_periods(&e->found, prob, place, e->totals);
    return only_old(e);
}

/* Every structure that the swap touches. */
static bool structures_keep(envy_search *e, const swap *w) {
    int32_t n = add_places(e, w->to, 0);
    n = add_places(e, w->from, n);
    n = add_places(e, w->gone, n);
    for (int32_t k = 0; k < n; k++) {
        if (!structure_keeps(e, w, e->places[k]))
            return false;
    }
    return true;
}

static bool may_leave(envy_search *e, int32_t s, const option *gone) {
    answer *const known = &e->may_leave[s];
    if (*known == UNASKED) {
        const swap only = {.r = NONE, .s = s, .gone = gone};
        const int32_t mine = e->option_of[s];
        e->option_of[s] = NONE;
        *known = structures_keep(e, &only) ? YES : NO;
        e->option_of[s] = mine;
    }
    return *known == YES;
}

/* s is there during the whole interval of the breach, in one presence or in
 * several that follow each other. */
static bool is_there(const problem *prob, const option *gone,
                     const finding *f) {
    int32_t minute = f->at.begin;
    for (int32_t i = 0; i < gone->n_presences; i++) {
        const presence *const p = &gone->presences[i];
        if (prob->days[p->day] == f->at.civil &&
            p->structure == f->at.structure && p->begin <= minute &&
            minute < p->end)
            minute = p->end;
    }
    return minute >= f->at.end;
}

/* What r's coming breaks while s is elsewhere or away stays when s leaves. */
static bool cannot_mend(const envy_search *e, const swap *w,
                        const finding *obstacle) {
    if (!option_visits(w->gone, obstacle->at.structure))
        return true;
    if (obstacle->at.rule == BREAKS_GROUP)
        return false; /* one who stays behind may leave, too */
    return obstacle->is_breach && obstacle->at.begin != NONE &&
           !is_there(e->prob, w->gone, obstacle);
}

static bool child_keeps(const envy_search *e, const swap *w) {
    for (int32_t q = e->next_of_child[w->r]; q != w->r;
         q = e->next_of_child[q]) {
        const option *const other = given_option(e->prob, e->option_of, q);
        if (other && options_overlap(w->to, other))
            return false;
    }
    return true;
}

static bool siblings_keep(const envy_search *e, const swap *w) {
    for (int32_t g = 0; g < e->prob->n_siblings; g++) {
        const siblings *const group = &e->prob->siblings[g];
        bool concerns = false;
        for (int32_t i = 0; i < group->n_requests; i++)
            concerns |=
                group->requests[i] == w->r || group->requests[i] == w->s;
        if (concerns && !siblings_kept(group, e->prob, e->option_of))
            return false;
    }
    return true;
}

static bool pin_keeps(const envy_search *e, int32_t r) {
    return e->pin_of[r] == NONE ||
           pin_kept(&e->prob->pins[e->pin_of[r]], e->prob, e->option_of);
}

static bool resources_keep(envy_search *e, const swap *w) {
    if (e->prob->n_resources == 0)
        return true;
    const option *const gone[] = {w->from, w->gone};
    for (int32_t i = 0; i < 2; i++) {
        if (gone[i])
            resource_use_add(&e->resources, gone[i], -1);
    }
    resource_use_add(&e->resources, w->to, 1);
    const bool keeps = e->resources.n_over == 0;
    resource_use_add(&e->resources, w->to, -1);
    for (int32_t i = 0; i < 2; i++) {
        if (gone[i])
            resource_use_add(&e->resources, gone[i], 1);
    }
    return keeps;
}

static bool guarantees_keep(envy_search *e, const swap *w) {
    if (!e->prob->requests[w->r].insertion &&
        !e->prob->requests[w->s].insertion)
        return true;
    e->found.n = 0;
    demand_guaranteed(&e->found, e->prob, e->option_of);
    return only_old(e);
}

/* Everything but the structures; the plan with the swap is in option_of. */
static bool requests_keep(envy_search *e, const swap *w) {
    return pin_keeps(e, w->r) && pin_keeps(e, w->s) && child_keeps(e, w) &&
           siblings_keep(e, w) && resources_keep(e, w) && guarantees_keep(e, w);
}

/* What was found about (r, o) before any s leaves. */
typedef struct trial {
    answer fits;
    finding obstacle;
} trial;

static bool is_justified(envy_search *e, const swap *w, const trial *alone) {
    bool meet = false;
    for (int32_t i = 0; i < w->gone->n_presences && !meet; i++) {
        const int32_t left = w->gone->presences[i].structure;
        meet = option_visits(w->to, left) ||
               (w->from && option_visits(w->from, left));
    }
    if (!meet && (alone->fits == NO || !may_leave(e, w->s, w->gone)))
        return false;
    if (alone->fits == NO && cannot_mend(e, w, &alone->obstacle))
        return false;
    e->option_of[w->s] = NONE;
    const bool keeps = requests_keep(e, w) && (!meet || structures_keep(e, w));
    e->option_of[w->s] = e->judge->option_of[w->s];
    return keeps;
}

/* s is served, need not be, and has fewer points than r. */
static bool may_be_envied(const envy_search *e, int32_t r, int32_t s) {
    return e->judge->option_of[s] != NONE &&
           !request_must_be_served(&e->prob->requests[s]) &&
           e->judge->points[s] < e->judge->points[r];
}

static void try_option(envy_search *e, int32_t r, int32_t o) {
    swap w = {.r = r,
              .o = o,
              .s = NONE,
              .from = given_option(e->prob, e->judge->option_of, r),
              .to = &e->prob->requests[r].options[o]};
    if ((w.from && w.to->rank >= w.from->rank) ||
        check_option(e->prob, r, o) != N_PLAN_RULES)
        return;
    e->option_of[r] = o;
    trial alone = {.fits = structures_keep(e, &w) ? YES : NO};
    alone.obstacle = e->obstacle;
    for (int32_t s = 0; s < e->prob->n_requests; s++) {
        if (e->is_envied[s] || !may_be_envied(e, r, s))
            continue;
        w.s = s;
        w.gone = given_option(e->prob, e->judge->option_of, s);
        e->is_envied[s] = is_justified(e, &w, &alone);
    }
    e->option_of[r] = e->judge->option_of[r];
}

static ctg_status try_request(pair_vec *pairs, envy_search *e, int32_t r,
                              arena *mem, ctg_error *err) {
    const int32_t n = e->prob->n_requests;
    bool has_rival = false;
    for (int32_t s = 0; s < n; s++)
        has_rival |= may_be_envied(e, r, s);
    if (!has_rival)
        return CTG_OK;
    memset(e->is_envied, 0, (size_t)n * sizeof *e->is_envied);
    for (int32_t o = 0; o < e->prob->requests[r].n_options; o++)
        try_option(e, r, o);
    for (int32_t s = 0; s < n; s++) {
        if (!e->is_envied[s])
            continue;
        envy_pair *const pair = VEC_PUSH(mem, pairs, envy_pair);
        if (!pair)
            return err_nomem(err);
        *pair = (envy_pair){.request = r, .envies = s};
    }
    return CTG_OK;
}

/* The most presences of one option on one day. */
static int32_t most_a_day(const problem *prob) {
    int32_t most = 0;
    for (int32_t r = 0; r < prob->n_requests; r++) {
        for (int32_t o = 0; o < prob->requests[r].n_options; o++) {
            const int32_t n = prob->requests[r].options[o].n_presences;
            most = n > most ? n : most; /* of all days: never too few */
        }
    }
    return most;
}

/* Requests of one child form a ring. */
static void link_children(envy_search *e, int32_t *last) {
    for (int32_t c = 0; c < e->prob->n_children; c++)
        last[c] = NONE;
    for (int32_t r = 0; r < e->prob->n_requests; r++) {
        int32_t *const l = &last[e->prob->requests[r].child];
        e->next_of_child[r] = *l == NONE ? r : e->next_of_child[*l];
        if (*l != NONE)
            e->next_of_child[*l] = r;
        *l = r;
    }
}

static ctg_status search_create(envy_search *e, judge *j, ctg_error *err) {
    const problem *const prob = j->prob;
    arena *const mem = j->scratch;
    const int32_t n = prob->n_requests + 1;
    const int32_t most = attendance_busiest(&j->attendance) + most_a_day(prob);
    *e = (envy_search){.judge = j, .prob = prob, .found = {.mem = mem}};
    e->option_of = ARENA_NEW(mem, int32_t, n);
    e->next_of_child = ARENA_NEW(mem, int32_t, n);
    e->pin_of = ARENA_NEW(mem, int32_t, n);
    e->visits = ARENA_NEW(mem, visit, most + 1);
    e->totals = ARENA_NEW(mem, day_totals, prob->n_days);
    e->places = ARENA_NEW(mem, int32_t, prob->n_structures);
    e->is_touched = ARENA_NEW(mem, bool, prob->n_days);
    e->may_leave = ARENA_NEW(mem, answer, n);
    e->is_envied = ARENA_NEW(mem, bool, n);
    int32_t *const last = ARENA_NEW(mem, int32_t, prob->n_children + 1);
    if (!e->places || !e->option_of || !e->next_of_child || !e->pin_of ||
        !e->visits || !e->totals || !e->is_touched || !e->may_leave ||
        !e->is_envied || !last)
        return err_nomem(err);
    TRY(sheet_create(&j->sheet, prob, most, mem, err));
    TRY(resource_use_create(&e->resources, prob, mem, err));
    link_children(e, last);
    for (int32_t r = 0; r < prob->n_requests; r++) {
        e->option_of[r] = j->option_of[r];
        e->pin_of[r] = NONE;
        const option *const o = given_option(prob, j->option_of, r);
        if (o)
            resource_use_add(&e->resources, o, 1);
    }
    for (int32_t i = 0; i < prob->n_pins; i++)
        e->pin_of[prob->pins[i].request] = i;
    return CTG_OK;
}

ctg_status judge_envy(const envy_pair **pairs, int32_t *n_pairs, judge *j,
                      arena *mem, ctg_error *err) {
    envy_search e;
    pair_vec found = {0};
    if (j->breaches.n > 0)
        return CTG_OK;
    TRY(search_create(&e, j, err));
    for (int32_t r = 0; r < j->prob->n_requests; r++)
        TRY(try_request(&found, &e, r, mem, err));
    *pairs = found.at;
    *n_pairs = found.n;
    return e.found.failed ? err_nomem(err) : CTG_OK;
}
