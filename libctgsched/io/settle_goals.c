// SPDX-License-Identifier: GPL-3.0-or-later
/* Bounds of goals (format.md 7.3): every value of every plan fits an integer
 * of 2^53, so nobody needs to test sums again. Requests that can never be
 * served are named on the way. */
#include <inttypes.h>

#include "io/intake.h"

enum { DAY = 24 * 60, SATURATED_MIX = 100 };

/* Sums that stay at the top once they passed it. */
static int64_t plus(int64_t a, int64_t b) {
    int64_t sum = 0;
    return add_fits(a, b, &sum) ? sum : INT64_MAX;
}

static int64_t times(int64_t a, int64_t b) {
    int64_t product = 0;
    return mul_fits(a, b, &product) ? product : INT64_MAX;
}

static int64_t most(int64_t a, int64_t b) { return a > b ? a : b; }
static int64_t size_of(int64_t a) { return a < 0 ? -a : a; }

/* What one request can add to each goal at most, and to whom it is there. */
typedef struct share {
    int64_t of[N_GOALS];
    int64_t presences; /* of its largest option */
} share;

typedef struct crowd {
    int64_t requests, places, persons; /* with an option in the structure */
} crowd;

typedef struct bounding {
    const intake *in;
    int64_t bound[N_GOALS];
    int64_t presences;
    crowd *crowds; /* [n_structures] */
    int32_t *seen; /* [n_structures]: last request counted, plus one */
} bounding;

static int64_t minutes_of(const option *o) {
    int64_t minutes = 0;
    for (int32_t i = 0; i < o->n_presences; i++)
        minutes += o->presences[i].end - o->presences[i].begin;
    return minutes;
}

static void raise_share(share *s, const option *o) {
    s->of[GOAL_HOURS] = most(s->of[GOAL_HOURS], minutes_of(o));
    s->of[GOAL_SATISFACTION] =
        most(s->of[GOAL_SATISFACTION], size_of(o->satisfaction));
    s->of[GOAL_RANKS] = most(s->of[GOAL_RANKS], o->rank);
    s->of[GOAL_DISTANCE] = most(s->of[GOAL_DISTANCE], o->distance);
    s->of[GOAL_AGE_FIT] = most(s->of[GOAL_AGE_FIT], o->n_presences);
    s->of[GOAL_TIE] = most(s->of[GOAL_TIE], o->ticket);
    s->presences = most(s->presences, o->n_presences);
}

static void join_crowd(bounding *b, int32_t index, int32_t place) {
    const request *const q = &b->in->requests[index];
    const child *const c = &b->in->p->children[q->child];
    crowd *const there = &b->crowds[place];
    if (b->seen[place] == index + 1)
        return;
    b->seen[place] = index + 1;
    there->requests++;
    there->places += ceil_div(c->place_weight, 1000);
    there->persons += 1 + ceil_div(c->ratio_weight, 1000);
}

/* False when no option of the request can be given; `*why` is then the reason
 * of its first one. */
static bool add_request(bounding *b, int32_t index, const char **why) {
    const request *const q = &b->in->requests[index];
    const child *const c = &b->in->p->children[q->child];
    share s = {0};
    bool can_be_served = false;
    *why = NULL;
    for (int32_t i = 0; i < q->n_options; i++) {
        const char *const reason = never_reason(b->in, q, &q->options[i]);
        if (i == 0)
            *why = reason;
        if (reason)
            continue;
        can_be_served = true;
        raise_share(&s, &q->options[i]);
        for (int32_t k = 0; k < q->options[i].n_presences; k++)
            join_crowd(b, index, q->options[i].presences[k].structure);
    }
    if (!can_be_served)
        return false;
    s.of[GOAL_POINTS] = size_of(q->points);
    s.of[GOAL_REQUESTS] = 1;
    s.of[GOAL_CONTINUITY] = q->held != NONE ? 2 : 0;
    s.of[GOAL_CONCENTRATION] = __builtin_popcountll(c->needs);
    for (int32_t g = 0; g < N_GOALS; g++)
        b->bound[g] = plus(b->bound[g], s.of[g]);
    b->presences = plus(b->presences, s.presences);
    return true;
}

/* Every row of the structure short by all its children for the whole horizon.
 */
static int64_t shortage_of(const problem *p, const structure *s,
                           const crowd *there) {
    const prices *const price = &p->prices;
    const int64_t minutes = (int64_t)p->n_days * DAY;
    const int64_t rows =
        2 + s->n_sections + s->n_shared + s->n_merges + s->n_offers;
    const int64_t places = times(times(there->places, minutes), rows);
    const int64_t persons = times(plus(there->persons, 1000), minutes);
    const int64_t kinds = 3 + p->n_skills;
    int64_t sum = times(places, price->place_minute);
    sum = plus(sum, times(times(persons, kinds), price->person_minute));
    sum = plus(sum, times(times(there->places, minutes),
                          times(1000, price->week_minute)));
    return plus(sum, times(times(persons, SATURATED_MIX), price->mix_minute));
}

static int64_t bound_shortage(const bounding *b) {
    const problem *const p = b->in->p;
    const prices *const price = &p->prices;
    int64_t sum = times(p->n_requests, plus(price->request, price->guaranteed));
    for (int32_t i = 0; i < p->n_structures; i++)
        if (b->crowds[i].requests > 0)
            sum = plus(sum, shortage_of(p, &p->structures[i], &b->crowds[i]));
    return sum;
}

static int64_t bound_floors(const bounding *b) {
    const problem *const p = b->in->p;
    const int64_t minutes = (int64_t)p->n_days * DAY;
    int64_t sum = times(b->presences, 2);
    for (int32_t i = 0; i < p->n_structures; i++)
        if (p->structures[i].floor_ratio_margin != NONE)
            sum = plus(sum, times(minutes, b->crowds[i].persons + 11000));
    return sum;
}

static int64_t bound_cover(const problem *p) {
    int64_t sum = 0;
    for (int32_t k = 0; k < p->n_cover; k++) {
        const cover_entry *const c = &p->cover[k];
        const int64_t day =
            most(c->missing * c->wanted, c->extra * p->n_employees);
        sum = plus(sum, times(day, p->n_days));
    }
    return sum;
}

static int64_t bound_wishes(const problem *p) {
    int64_t sum = 0;
    for (int32_t e = 0; e < p->n_employees; e++)
        for (int32_t k = 0; k < p->employees[e].n_wishes; k++)
            sum = plus(sum, p->employees[e].wishes[k].weight);
    return sum;
}

/* All posts worked for a whole day, all of it overtime. */
static int64_t bound_cost(const problem *p) {
    int64_t sum = 0;
    for (int32_t e = 0; e < p->n_employees; e++) {
        const employee *const who = &p->employees[e];
        const int64_t day =
            who->call_cents + 24 * (who->hour_cents + who->overtime_cents);
        sum = plus(sum, times(day, p->n_days));
    }
    return sum;
}

/* All that can be carried by one, shared by others: twice as many thousandths.
 */
static int64_t bound_fairness(const problem *p) {
    int64_t all = 0;
    for (int32_t e = 0; e < p->n_employees; e++)
        for (int32_t b = 0; p->employees[e].shares && b < N_BURDENS; b++)
            all += p->n_days + p->employees[e].burdens[b];
    return 2000 * all;
}

static void bound_rest(bounding *b) {
    const problem *const p = b->in->p;
    b->bound[GOAL_COVER] = bound_cover(p);
    b->bound[GOAL_WISHES] = bound_wishes(p);
    b->bound[GOAL_STAFF_MINUTES] = b->bound[GOAL_OVERTIME] =
        (int64_t)problem_posts(p) * DAY;
    b->bound[GOAL_COST] = bound_cost(p);
    b->bound[GOAL_FAIRNESS] = bound_fairness(p);
    b->bound[GOAL_CHANGES] =
        (int64_t)WEIGHT_OF_NOTICE * (p->n_requests + p->n_employees);
    b->bound[GOAL_SHORTAGE] = bound_shortage(b);
    b->bound[GOAL_ENVY] = times(p->n_requests, p->n_requests);
    b->bound[GOAL_SIBLINGS] = p->n_siblings;
    b->bound[GOAL_FLOORS] = bound_floors(b);
}

static void fault_range(intake *in, const cursor *at, const char *name) {
    reader_fault(in->r, FAULT_ERROR, "E-GOAL-RANGE", at,
                 "goal \"%s\" could pass 2^53. Maybe use coarser weights, "
                 "points or prices.",
                 name);
}

static void check_ranges(intake *in, const cursor *at, const bounding *b) {
    const goals *const asked = &in->p->goals;
    const int32_t n_before = in->r->faults->n_errors;
    int64_t sum = 0;
    for (int32_t i = 0; i < asked->n; i++) {
        const goal_term *const term = &asked->terms[i];
        const int64_t bound =
            times(b->bound[term->goal], size_of(term->weight));
        sum = plus(sum, bound);
        if (bound > INTEGER_MOST)
            fault_range(in, at, goal_about(term->goal)->name);
    }
    if (asked->weighted && sum > INTEGER_MOST &&
        in->r->faults->n_errors == n_before)
        fault_range(in, at, "weighted");
}

static void warn_never(intake *in, const cursor *root, int32_t index,
                       const char *why) {
    const cursor list_at = cursor_member(root, "requests");
    const cursor at = cursor_element(&list_at, in->request_file_index[index]);
    const request *const q = &in->requests[index];
    if (q->n_options == 0)
        reader_fault(in->r, FAULT_WARNING, "W-NEVER-SERVED", &at,
                     "request \"%s\" has no option, so it can never be "
                     "served. Maybe its menu is missing.",
                     q->id);
    else
        reader_fault(in->r, FAULT_WARNING, "W-NEVER-SERVED", &at,
                     "request \"%s\" can never be served; of its first option "
                     "\"%s\": %s. Maybe ask the family for other wishes.",
                     q->id, q->options[0].id, why);
}

ctg_status settle_goals(intake *in, const cursor *root) {
    const problem *const p = in->p;
    const cursor at = cursor_member(root, "goals");
    if (in->r->faults->n_errors > 0)
        return reader_status(in->r);
    bounding b = {.in = in,
                  .crowds = ARENA_NEW(in->r->tables, crowd, p->n_structures),
                  .seen = ARENA_NEW(in->r->tables, int32_t, p->n_structures)};
    if (!b.crowds || !b.seen)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < p->n_requests; i++) {
        const char *why = NULL;
        if (!add_request(&b, i, &why))
            warn_never(in, root, i, why);
    }
    bound_rest(&b);
    check_ranges(in, at.at ? &at : root, &b);
    return reader_status(in->r);
}
