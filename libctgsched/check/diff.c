// SPDX-License-Identifier: GPL-3.0-or-later
/* Sets are sorted by id, so that both are read side by side. */
#include "check/diff.h"

#include <string.h>

#include "base/vec.h"
#include "check/attendance.h"
#include "check/duty.h"

VEC_DECLARE(move_vec, diff_move);
VEC_DECLARE(duty_vec, diff_duty);

typedef struct comparing {
    const diff_side *from, *to;
    move_vec moves;
    duty_vec duties;
    bool *is_met; /* children of the second problem */
    diff *out;
    arena *mem;
} comparing;

/* Where two sorted ids stand to each other; a NULL comes last. */
static int compare_ids(const char *a, const char *b) {
    if (!a || !b)
        return (a == NULL) - (b == NULL);
    return strcmp(a, b);
}

static bool same_text(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* --- requests
 * ------------------------------------------------------------------------
 */

static const char *section_id(const problem *prob, const presence *p) {
    return p->section < 0
               ? NULL
               : prob->structures[p->structure].sections[p->section].id;
}

static bool same_presence(const comparing *c, const presence *a,
                          const presence *b) {
    const problem *const x = c->from->prob, *const y = c->to->prob;
    return x->days[a->day] == y->days[b->day] && a->begin == b->begin &&
           a->end == b->end &&
           strcmp(x->structures[a->structure].id,
                  y->structures[b->structure].id) == 0 &&
           same_text(section_id(x, a), section_id(y, b));
}

static bool same_option(const comparing *c, const option *a, const option *b) {
    bool same = a->n_presences == b->n_presences;
    for (int32_t i = 0; same && i < a->n_presences; i++)
        same = same_presence(c, &a->presences[i], &b->presences[i]);
    return same;
}

/* False when nothing is otherwise. */
static bool find_kind(const comparing *c, diff_move *m) {
    const option *const a =
        m->from == NONE ? NULL
                        : &c->from->prob->requests[m->before].options[m->from];
    const option *const b =
        m->to == NONE ? NULL : &c->to->prob->requests[m->now].options[m->to];
    if (m->before == NONE || m->now == NONE)
        m->kind = m->before == NONE ? DIFF_NEW : DIFF_GONE;
    else if (!a || !b)
        m->kind = a ? DIFF_WAITING : DIFF_SERVED;
    else if (strcmp(a->id, b->id) != 0)
        m->kind = DIFF_MOVED;
    else
        m->kind = DIFF_CHANGED;
    return m->kind == DIFF_CHANGED
               ? !same_option(c, a, b)
               : m->before == NONE || m->now == NONE || a || b;
}

static bool add_move(comparing *c, int32_t before, int32_t now) {
    diff_move m = {.before = before,
                   .now = now,
                   .from =
                       before == NONE ? NONE : c->from->plan->option_of[before],
                   .to = now == NONE ? NONE : c->to->plan->option_of[now]};
    if (!find_kind(c, &m))
        return true;
    diff_move *const slot = VEC_PUSH(c->mem, &c->moves, diff_move);
    if (!slot)
        return false;
    *slot = m;
    if (before == NONE || now == NONE)
        return true;
    const int32_t who = c->to->prob->requests[now].child;
    c->out->n_requests++;
    c->out->n_children += !c->is_met[who];
    c->is_met[who] = true;
    return true;
}

static bool compare_requests(comparing *c) {
    const problem *const x = c->from->prob, *const y = c->to->prob;
    int32_t i = 0, k = 0;
    while (i < x->n_requests || k < y->n_requests) {
        const int order =
            compare_ids(i < x->n_requests ? x->requests[i].id : NULL,
                        k < y->n_requests ? y->requests[k].id : NULL);
        if (!add_move(c, order <= 0 ? i : NONE, order >= 0 ? k : NONE))
            return false;
        i += order <= 0;
        k += order >= 0;
    }
    return true;
}

/* --- duties
 * -------------------------------------------------------------------------
 */

static int32_t way_on(const diff_side *side, int32_t e, int32_t civil) {
    const int32_t day = problem_day_at(side->prob, civil);
    return e == NONE || day == NONE || !side->plan->way_of
               ? NONE
               : side->plan->way_of[e * side->prob->n_days + day];
}

static bool same_pieces(const problem *x, const problem *y, int32_t a,
                        int32_t b) {
    const shift *const s = &x->shifts[x->ways[a].shift];
    const shift *const t = &y->shifts[y->ways[b].shift];
    return s->n_pieces == t->n_pieces &&
           (s->n_pieces == 0 ||
            memcmp(x->ways[a].pieces, y->ways[b].pieces,
                   (size_t)s->n_pieces * sizeof *x->ways[a].pieces) == 0);
}

/* The same shift with its pieces at the same times, and it is still what it
 * was. */
static bool same_way(const comparing *c, int32_t a, int32_t b) {
    const problem *const x = c->from->prob, *const y = c->to->prob;
    if (a == NONE || b == NONE)
        return a == b;
    const duty p = duty_of(x, a), q = duty_of(y, b);
    return strcmp(x->shifts[x->ways[a].shift].id,
                  y->shifts[y->ways[b].shift].id) == 0 &&
           same_pieces(x, y, a, b) && p.begin == q.begin && p.end == q.end &&
           p.minutes == q.minutes;
}

static bool add_duty(comparing *c, int32_t before, int32_t now, int32_t civil,
                     bool *is_touched) {
    const diff_duty d = {.before = before,
                         .now = now,
                         .civil = civil,
                         .from = way_on(c->from, before, civil),
                         .to = way_on(c->to, now, civil)};
    if (same_way(c, d.from, d.to))
        return true;
    diff_duty *const slot = VEC_PUSH(c->mem, &c->duties, diff_duty);
    if (!slot)
        return false;
    *slot = d;
    *is_touched = before != NONE && now != NONE;
    return true;
}

static bool compare_employee(comparing *c, int32_t before, int32_t now) {
    const problem *const x = c->from->prob, *const y = c->to->prob;
    bool is_touched = false;
    int32_t i = 0, k = 0;
    while (i < x->n_days || k < y->n_days) {
        const int32_t a = i < x->n_days ? x->days[i] : INT32_MAX;
        const int32_t b = k < y->n_days ? y->days[k] : INT32_MAX;
        if (!add_duty(c, before, now, a < b ? a : b, &is_touched))
            return false;
        i += a <= b;
        k += b <= a;
    }
    c->out->n_employees += is_touched;
    return true;
}

static bool compare_employees(comparing *c) {
    const problem *const x = c->from->prob, *const y = c->to->prob;
    int32_t i = 0, k = 0;
    while (i < x->n_employees || k < y->n_employees) {
        const int order =
            compare_ids(i < x->n_employees ? x->employees[i].id : NULL,
                        k < y->n_employees ? y->employees[k].id : NULL);
        if (!compare_employee(c, order <= 0 ? i : NONE, order >= 0 ? k : NONE))
            return false;
        i += order <= 0;
        k += order >= 0;
    }
    return true;
}

/* --- all of it
 * ----------------------------------------------------------------------
 */

int32_t diff_option_in(const request *now, const option *before) {
    return request_find_option(now, before->id);
}

int32_t diff_way_in(const problem *now, const problem *before, int32_t way) {
    const char *const id = before->shifts[before->ways[way].shift].id;
    const int32_t s = problem_find_shift(now, id);
    const shift *const its = s == NONE ? NULL : &now->shifts[s];
    for (int32_t k = 0; its && k < its->n_ways; k++)
        if (same_pieces(before, now, way, its->first_way + k))
            return its->first_way + k;
    return NONE;
}

ctg_status diff_plans(diff *out, const diff_side *from, const diff_side *to,
                      arena *mem, ctg_error *err) {
    *out = (diff){0};
    comparing c = {.from = from, .to = to, .out = out, .mem = mem};
    c.is_met = ARENA_NEW(mem, bool, to->prob->n_children + 1);
    if (!c.is_met || !compare_requests(&c) || !compare_employees(&c))
        return err_nomem(err);
    out->moves = c.moves.at;
    out->n_moves = c.moves.n;
    out->duties = c.duties.at;
    out->n_duties = c.duties.n;
    return CTG_OK;
}
