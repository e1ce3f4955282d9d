// SPDX-License-Identifier: GPL-3.0-or-later
/* Parts by union of what requests and employees share; each is a problem with
 * the structures of the whole and a few of its requests and employees. */
#include "solve/parts.h"

#include <stdlib.h>
#include <string.h>

#include "solve/duties.h"

/* --- finding
 * ------------------------------------------------------------------
 */

/* Nodes: requests, employees, then structures, resources, children, shifts. */
typedef struct unions {
    int32_t *parent; /* [n] */
    int32_t employees, structures, resources, children, shifts, n;
} unions;

static int32_t find(unions *u, int32_t a) {
    while (u->parent[a] != a) {
        u->parent[a] = u->parent[u->parent[a]];
        a = u->parent[a];
    }
    return a;
}

static void join(unions *u, int32_t a, int32_t b) {
    const int32_t x = find(u, a), y = find(u, b);
    if (x < y)
        u->parent[y] = x;
    else
        u->parent[x] = y;
}

static void join_option(unions *u, int32_t r, const option *o) {
    join(u, r, u->structures + o->structure);
    for (int32_t k = 0; k < o->n_presences; k++)
        if (k == 0 ||
            o->presences[k].structure != o->presences[k - 1].structure)
            join(u, r, u->structures + o->presences[k].structure);
    for (int32_t k = 0; k < o->n_uses; k++)
        join(u, r, u->resources + o->uses[k].resource);
}

/* Guaranteed places are counted over all structures of a manager. */
static void join_guaranteed(unions *u, const problem *prob) {
    for (int32_t a = 0; a < prob->n_structures; a++) {
        const structure *const x = &prob->structures[a];
        for (int32_t b = 0; b < a && x->law->days[0]->guaranteed; b++) {
            const structure *const y = &prob->structures[b];
            if (y->law->days[0]->guaranteed &&
                strcmp(x->manager, y->manager) == 0)
                join(u, u->structures + a, u->structures + b);
        }
    }
}

/* Through the shift and the structures in which it has children. */
static void join_duty(unions *u, const formulation *f, const duty_col *d) {
    const way *const its = &f->prob->ways[d->way];
    const way_facts *const facts = &f->facts[d->way];
    const int32_t e = u->employees + d->employee;
    join(u, e, u->shifts + its->shift);
    join(u, e, u->structures + f->prob->shifts[its->shift].structure);
    for (int32_t k = 0; k < facts->n_spells; k++)
        join(u, e, u->structures + facts->spells[k].structure);
}

/* Who can never work counts for the goals all the same: with the first. */
static void join_duties(unions *u, const search *s) {
    const formulation *const f = &s->f;
    for (int32_t k = 0; k < f->n_duty_cols; k++)
        join_duty(u, f, &f->duty_cols[k]);
    for (int32_t e = 0; e < s->prob->n_employees; e++) {
        const int32_t *const first = &f->first_duty[e * s->prob->n_days];
        if (first[0] == first[s->prob->n_days])
            join(u, u->employees + e, 0);
    }
}

static void join_all(unions *u, const search *s) {
    const problem *const prob = s->prob;
    for (int32_t a = 0; a < u->n; a++)
        u->parent[a] = a;
    for (int32_t j = 0; j < s->f.n_option_cols; j++) {
        const option_col oc = s->f.option_cols[j];
        join_option(u, oc.request,
                    &prob->requests[oc.request].options[oc.option]);
    }
    for (int32_t r = 0; r < prob->n_requests; r++)
        join(u, r, u->children + prob->requests[r].child);
    for (int32_t g = 0; g < prob->n_siblings; g++)
        for (int32_t k = 1; k < prob->siblings[g].n_requests; k++)
            join(u, prob->siblings[g].requests[0],
                 prob->siblings[g].requests[k]);
    join_guaranteed(u, prob);
    if (prob->n_employees > 0)
        join_duties(u, s);
}

/* Policy by points compares everybody, fairness all who share. With a gap the
 * bounds of later goals would be lost: goals that are not proven could be
 * traded between parts. */
static bool is_one(const problem *prob, double gap) {
    bool compares = prob->policy == POLICY_BY_POINTS;
    for (int32_t k = 0; k < prob->goals.n; k++)
        compares |= prob->goals.terms[k].goal == GOAL_ENVY ||
                    prob->goals.terms[k].goal == GOAL_FAIRNESS;
    if (prob->baseline) // numbers of requests and employees of the whole
        return true;
    return compares || prob->n_requests + prob->n_employees < 2 ||
           (gap > 0 && !prob->goals.weighted);
}

/* --- listing
 * ------------------------------------------------------------------
 */

/* Requests and employees of one root follow each other, roots by their size. */
typedef struct member {
    int64_t size;
    int32_t root, node;
} member;

static int compare_members(const void *a, const void *b) {
    const member *const x = a, *const y = b;
    if (x->size != y->size)
        return x->size < y->size ? -1 : 1;
    if (x->root != y->root)
        return x->root < y->root ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

static int64_t columns_of(const search *s, int32_t node) {
    const formulation *const f = &s->f;
    const int32_t n_days = s->prob->n_days, e = node - s->prob->n_requests;
    return e < 0 ? 1 + f->first_col[node + 1] - f->first_col[node]
                 : 1 + f->first_duty[(e + 1) * n_days] -
                       f->first_duty[e * n_days];
}

/* Members of one root: numbers of requests, then of employees. */
static part make_part(const member *from, int32_t n, int32_t n_requests,
                      int32_t *list) {
    part p = {.requests = list, .size = from->size};
    for (int32_t k = 0; k < n; k++) {
        const bool is_request = from[k].node < n_requests;
        p.n_requests += is_request;
        list[k] = is_request ? from[k].node : from[k].node - n_requests;
    }
    p.n_employees = n - p.n_requests;
    p.employees = list + p.n_requests;
    return p;
}

static bool list_parts(parts *out, const search *s, unions *u, arena *mem) {
    const int32_t n = u->structures;
    member *const members = ARENA_NEW(mem, member, n + 1);
    int64_t *const size = ARENA_NEW(mem, int64_t, u->n);
    int32_t *const part_of = ARENA_NEW(mem, int32_t, u->n);
    int32_t *const list = ARENA_NEW(mem, int32_t, n + 1);
    int32_t *const cover_in = ARENA_NEW(mem, int32_t, s->prob->n_cover + 1);
    part *const all = ARENA_NEW(mem, part, n + 1);
    if (!members || !size || !part_of || !list || !cover_in || !all)
        return false;
    for (int32_t a = 0; a < n; a++)
        size[find(u, a)] += columns_of(s, a);
    for (int32_t a = 0; a < n; a++)
        members[a] = (member){size[find(u, a)], find(u, a), a};
    qsort(members, (size_t)n, sizeof *members, compare_members);
    *out = (parts){.at = all, .cover_in = cover_in};
    for (int32_t k = 0, next; k < n; k = next) {
        for (next = k + 1; next < n && members[next].root == members[k].root;)
            next++;
        part_of[members[k].root] = out->n;
        all[out->n++] =
            make_part(members + k, next - k, s->prob->n_requests, list + k);
    }
    /* A shift that nobody can work is missing in the first part. */
    for (int32_t k = 0; k < s->prob->n_cover; k++)
        cover_in[k] = part_of[find(u, u->shifts + s->prob->cover[k].shift)];
    return true;
}

bool parts_find(parts *out, const search *s, arena *mem) {
    const problem *const prob = s->prob;
    unions u = {.employees = prob->n_requests};
    *out = (parts){.n = 1};
    if (is_one(prob, s->options->gap))
        return true;
    u.structures = u.employees + prob->n_employees;
    u.resources = u.structures + prob->n_structures;
    u.children = u.resources + prob->n_resources;
    u.shifts = u.children + prob->n_children;
    u.n = u.shifts + prob->n_shifts;
    u.parent = ARENA_NEW(mem, int32_t, u.n);
    if (!u.parent)
        return false;
    join_all(&u, s);
    return list_parts(out, s, &u, mem);
}

/* --- the problem of a part
 * --------------------------------------------------------
 */

int32_t part_place(const int32_t *list, int32_t n, int32_t one) {
    int32_t low = 0, high = n;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (list[middle] < one)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && list[low] == one ? low : NONE;
}

static int32_t place_in(const part *p, int32_t request) {
    return part_place(p->requests, p->n_requests, request);
}

static bool take_siblings(problem *out, request *mine, const problem *whole,
                          const part *p, arena *mem) {
    siblings *const kept = ARENA_NEW(mem, siblings, whole->n_siblings + 1);
    int32_t *const new_place = ARENA_NEW(mem, int32_t, whole->n_siblings + 1);
    if (!kept || !new_place)
        return false;
    out->n_siblings = 0;
    for (int32_t g = 0; g < whole->n_siblings; g++) {
        const siblings *const group = &whole->siblings[g];
        new_place[g] = NONE;
        if (place_in(p, group->requests[0]) == NONE)
            continue;
        int32_t *const requests = ARENA_NEW(mem, int32_t, group->n_requests);
        if (!requests)
            return false;
        for (int32_t k = 0; k < group->n_requests; k++)
            requests[k] = place_in(p, group->requests[k]);
        kept[out->n_siblings] = *group;
        kept[out->n_siblings].requests = requests;
        new_place[g] = out->n_siblings++;
    }
    for (int32_t r = 0; r < p->n_requests; r++)
        if (mine[r].sibling_group != NONE)
            mine[r].sibling_group = new_place[mine[r].sibling_group];
    out->siblings = kept;
    return true;
}

static bool take_requests(problem *out, const problem *whole, const part *p,
                          arena *mem) {
    request *const mine = ARENA_NEW(mem, request, p->n_requests + 1);
    for (int32_t k = 0; mine && k < p->n_requests; k++)
        mine[k] = whole->requests[p->requests[k]];
    out->requests = mine;
    out->n_requests = p->n_requests;
    return mine && take_siblings(out, mine, whole, p, mem);
}

static bool take_pins(problem *out, const problem *whole, const part *p,
                      arena *mem) {
    pin *const pins = ARENA_NEW(mem, pin, whole->n_pins + 1);
    out->n_pins = 0;
    for (int32_t k = 0; pins && k < whole->n_pins; k++) {
        const int32_t r = place_in(p, whole->pins[k].request);
        if (r == NONE)
            continue;
        pins[out->n_pins] = whole->pins[k];
        pins[out->n_pins++].request = r;
    }
    out->pins = pins;
    return pins != NULL;
}

static bool take_people(problem *out, const problem *whole, const parts *p,
                        int32_t part_index, arena *mem) {
    const part *const its = &p->at[part_index];
    employee *const mine = ARENA_NEW(mem, employee, its->n_employees + 1);
    cover_entry *const cover = ARENA_NEW(mem, cover_entry, whole->n_cover + 1);
    if (!mine || !cover)
        return false;
    for (int32_t k = 0; k < its->n_employees; k++)
        mine[k] = whole->employees[its->employees[k]];
    out->n_cover = 0;
    for (int32_t k = 0; k < whole->n_cover; k++)
        if (p->cover_in[k] == part_index)
            cover[out->n_cover++] = whole->cover[k];
    out->employees = mine;
    out->n_employees = its->n_employees;
    out->cover = cover;
    return true;
}

problem *part_problem(const problem *whole, const parts *p, int32_t k,
                      arena *mem) {
    problem *const out = ARENA_NEW(mem, problem, 1);
    if (!out)
        return NULL;
    *out = *whole;
    return take_requests(out, whole, &p->at[k], mem) &&
                   take_pins(out, whole, &p->at[k], mem) &&
                   take_people(out, whole, p, k, mem)
               ? out
               : NULL;
}
