// SPDX-License-Identifier: GPL-3.0-or-later
/* Parts by union of what requests share; each is a problem with the structures
 * of the whole and a few of its requests, solved on a thread of its own. */
#include "solve/split.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/thread.h"
#include "solve/goals.h"

/* --- finding
 * ------------------------------------------------------------------
 */

/* Nodes: requests, then structures, resources and children. */
typedef struct unions {
    int32_t *parent; /* [n] */
    int32_t structures, resources, children, n;
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
}

/* The requests of one root, by their number and then by the first of them. */
typedef struct member {
    int32_t size, root, request;
} member;

static int compare_members(const void *a, const void *b) {
    const member *const x = a, *const y = b;
    if (x->size != y->size)
        return x->size < y->size ? -1 : 1;
    if (x->root != y->root)
        return x->root < y->root ? -1 : 1;
    return x->request < y->request ? -1 : x->request > y->request;
}

/* The policy by points compares everybody. With a gap the bounds of later goals
 * would be lost: goals that are not proven could be traded between parts. */
static bool is_one(const problem *prob, double gap) {
    bool envy = prob->policy == POLICY_BY_POINTS;
    for (int32_t k = 0; k < prob->goals.n; k++)
        envy |= prob->goals.terms[k].goal == GOAL_ENVY;
    return envy || prob->n_requests < 2 || (gap > 0 && !prob->goals.weighted);
}

static bool list_parts(parts *out, const search *s, unions *u, arena *mem) {
    const int32_t n = s->prob->n_requests;
    member *const members = ARENA_NEW(mem, member, n);
    int32_t *const size = ARENA_NEW(mem, int32_t, u->n);
    int32_t *const start = ARENA_NEW(mem, int32_t, n + 1);
    int32_t *const requests = ARENA_NEW(mem, int32_t, n);
    if (!members || !size || !start || !requests)
        return false;
    for (int32_t r = 0; r < n; r++)
        size[find(u, r)]++;
    for (int32_t r = 0; r < n; r++)
        members[r] = (member){size[find(u, r)], find(u, r), r};
    qsort(members, (size_t)n, sizeof *members, compare_members);
    *out = (parts){.start = start, .requests = requests};
    for (int32_t k = 0; k < n; k++) {
        if (k == 0 || members[k].root != members[k - 1].root)
            start[out->n++] = k;
        requests[k] = members[k].request;
    }
    start[out->n] = n;
    return true;
}

bool split_find(parts *out, const search *s, arena *mem) {
    const problem *const prob = s->prob;
    unions u = {.structures = prob->n_requests};
    *out = (parts){.n = 1};
    if (is_one(prob, s->options->gap))
        return true;
    u.resources = u.structures + prob->n_structures;
    u.children = u.resources + prob->n_resources;
    u.n = u.children + prob->n_children;
    u.parent = ARENA_NEW(mem, int32_t, u.n);
    if (!u.parent)
        return false;
    join_all(&u, s);
    return list_parts(out, s, &u, mem);
}

/* --- one part
 * -----------------------------------------------------------------
 */

typedef struct part_job {
    search *whole;
    const int32_t *requests; /* [n] of the whole, rising */
    int32_t n;
    arena *mem;
    problem prob;
    solve_options options;
    int64_t *rest;      /* [n_objectives] of the whole without the part, in the
                           goal's own sense */
    int32_t *option_of; /* [n] */
    stage_end *ends;    /* [n_objectives] */
    uint64_t work;
    bool good, is_over; /* it ended by itself: more time would not help */
} part_job;

static int32_t place_in(const part_job *job, int32_t request) {
    int32_t low = 0, high = job->n;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (job->requests[middle] < request)
            low = middle + 1;
        else
            high = middle;
    }
    return low < job->n && job->requests[low] == request ? low : NONE;
}

static bool take_siblings(part_job *job) {
    const problem *const prob = job->whole->prob;
    siblings *const kept = ARENA_NEW(job->mem, siblings, prob->n_siblings);
    int32_t *const new_place = ARENA_NEW(job->mem, int32_t, prob->n_siblings);
    if (!kept || !new_place)
        return false;
    int32_t n = 0;
    for (int32_t g = 0; g < prob->n_siblings; g++) {
        const siblings *const group = &prob->siblings[g];
        new_place[g] = NONE;
        if (place_in(job, group->requests[0]) == NONE)
            continue;
        int32_t *const requests =
            ARENA_NEW(job->mem, int32_t, group->n_requests);
        if (!requests)
            return false;
        for (int32_t k = 0; k < group->n_requests; k++)
            requests[k] = place_in(job, group->requests[k]);
        kept[n] = *group;
        kept[n].requests = requests;
        new_place[g] = n++;
    }
    request *const mine = (request *)job->prob.requests;
    for (int32_t r = 0; r < job->n; r++)
        if (mine[r].sibling_group != NONE)
            mine[r].sibling_group = new_place[mine[r].sibling_group];
    job->prob.siblings = kept;
    job->prob.n_siblings = n;
    return true;
}

static bool take_pins(part_job *job) {
    const problem *const prob = job->whole->prob;
    pin *const pins = ARENA_NEW(job->mem, pin, prob->n_pins);
    int32_t n = 0;
    for (int32_t k = 0; pins && k < prob->n_pins; k++) {
        const int32_t r = place_in(job, prob->pins[k].request);
        if (r == NONE)
            continue;
        pins[n] = prob->pins[k];
        pins[n++].request = r;
    }
    job->prob.pins = pins;
    job->prob.n_pins = n;
    return pins != NULL;
}

/* The problem with the part's requests alone. */
static bool take_problem(part_job *job) {
    const problem *const prob = job->whole->prob;
    request *const requests = ARENA_NEW(job->mem, request, job->n);
    int32_t *const base = ARENA_NEW(job->mem, int32_t, job->n);
    job->option_of = ARENA_NEW(job->mem, int32_t, job->n);
    job->ends = ARENA_NEW(job->mem, stage_end, job->whole->n_objectives + 1);
    if (!requests || !base || !job->option_of || !job->ends)
        return false;
    for (int32_t k = 0; k < job->n; k++) {
        requests[k] = prob->requests[job->requests[k]];
        base[k] = job->whole->option_of[job->requests[k]];
    }
    job->prob = *prob;
    job->prob.requests = requests;
    job->prob.n_requests = job->n;
    job->options.base = base;
    return take_siblings(job) && take_pins(job);
}

/* Values and bounds of events are told as those of the whole; a bound of the
 * whole is known when the last part has one, and is told at the end. */
static int tell_part(void *user, const solve_event *event) {
    const part_job *const job = user;
    const solve_options *const asked = job->whole->options;
    solve_event of_whole = *event;
    of_whole.has_bound = false;
    if (event->kind == SOLVE_EVENT_BOUND)
        return 0;
    if (event->goal >= 0)
        of_whole.value += job->rest[event->goal];
    of_whole.work += job->whole->work;
    return asked->on_event(asked->user, &of_whole);
}

static void solve_part(void *arg) {
    part_job *const job = arg;
    search s;
    if (search_init(&s, &job->prob, &job->options, job->mem, job->whole->err)) {
        goals_first_plan(&s);
        for (int32_t k = 0; s.has_plan && k < s.n_objectives; k++)
            job->rest[k] =
                search_sign(&s, k) * (job->whole->value[k] - s.value[k]);
        goals_run(&s, job->ends);
        job->good = s.has_plan && s.failed == CTG_OK;
        job->is_over = s.is_full || !search_is_out(&s);
        if (s.has_plan)
            memcpy(job->option_of, s.option_of,
                   sizeof *job->option_of * (size_t)job->n);
        job->whole->failed = s.failed;
        job->work = s.work;
    } else {
        job->whole->is_full = true;
    }
    search_end(&s);
}

/* --- all of them
 * --------------------------------------------------------------
 */

typedef struct splitting {
    search *whole;
    const parts *p;
    stage_end *ends; /* [n][n_objectives]: what is known of each part */
    bool *is_over;   /* [n] */
    int64_t n_open;  /* requests of the parts to be run in this pass */
} splitting;

/* The part's share, by size, of the time and work that are left. */
static void set_limits(part_job *job, const splitting *all) {
    const search *const whole = job->whole;
    const double share = (double)job->n / (double)all->n_open;
    job->options = *whole->options;
    job->options.on_event = whole->options->on_event ? tell_part : NULL;
    job->options.user = job;
    if (whole->deadline_us) {
        const int64_t now = clock_now_us();
        const int64_t time = whole->deadline_us - 2 * whole->judge_us - now;
        job->options.deadline_us =
            time > 0 ? now + (int64_t)((double)time * share) : now;
    }
    if (whole->options->work_limit) {
        const uint64_t work = whole->work < whole->options->work_limit
                                  ? whole->options->work_limit - whole->work
                                  : 0;
        job->options.work_limit = 1 + (uint64_t)((double)work * share);
    }
}

/* Puts the part's plan into the plan of the whole. */
static void put_in(search *whole, const part_job *job) {
    const arena_mark mark = arena_here(whole->scratch);
    int32_t *const cols =
        ARENA_NEW(whole->scratch, int32_t, whole->f.program.groups.n + 1);
    int32_t n = 0;
    whole->is_full |= !cols;
    for (int32_t r = 0; cols && r < whole->prob->n_requests; r++) {
        const int32_t mine = place_in(job, r);
        const int32_t given =
            mine == NONE ? whole->option_of[r] : job->option_of[mine];
        for (int32_t j = whole->f.first_col[r];
             given != NONE && j < whole->f.first_col[r + 1]; j++)
            if (whole->f.option_cols[j].option == given)
                cols[n++] = j;
    }
    if (cols)
        search_offer(whole, cols, n);
    arena_rewind(whole->scratch, mark);
}

/* A later run of a part began with the plan of the one before: what that had
 * proven of the first goals is still proven. */
static void learn(stage_end *known, const stage_end *now, int32_t n) {
    bool same = true;
    for (int32_t k = 0; k < n; k++) {
        if (same && known[k].has_bound &&
            (!now[k].has_bound || known[k].bound > now[k].bound))
            known[k].proven |= now[k].proven;
        else
            known[k] = now[k];
        same &= known[k].proven;
    }
}

static bool run_part(splitting *all, int32_t k) {
    search *const whole = all->whole;
    const parts *const p = all->p;
    part_job job = {.whole = whole,
                    .requests = p->requests + p->start[k],
                    .n = p->start[k + 1] - p->start[k]};
    job.mem =
        arena_create(arena_allocator(whole->mem), whole->options->memory_limit);
    if (job.mem) {
        job.rest = ARENA_NEW(job.mem, int64_t, whole->n_objectives + 1);
        set_limits(&job, all);
    }
    thread *const worker = job.mem && job.rest && take_problem(&job)
                               ? thread_start(solve_part, &job)
                               : NULL;
    if (worker)
        thread_join(worker);
    else
        whole->is_full = true;
    whole->work += job.work;
    all->n_open -= job.n;
    all->is_over[k] = job.is_over;
    if (job.good) {
        put_in(whole, &job);
        learn(all->ends + (size_t)k * whole->n_objectives, job.ends,
              whole->n_objectives);
    }
    arena_destroy(job.mem);
    return job.good;
}

/* Those that a limit ended have the time that others left over. */
static bool run_pass(splitting *all) {
    bool good = true;
    all->n_open = 0;
    for (int32_t k = 0; k < all->p->n; k++)
        if (!all->is_over[k])
            all->n_open += all->p->start[k + 1] - all->p->start[k];
    for (int32_t k = 0; good && k < all->p->n; k++)
        if (!all->is_over[k])
            good = run_part(all, k);
    return good;
}

static bool all_are_over(const splitting *all) {
    for (int32_t k = 0; k < all->p->n; k++)
        if (!all->is_over[k])
            return false;
    return true;
}

/* Bounds add up. That of a later goal holds where the earlier ones cannot be
 * traded between parts: where they are proven in all. */
static void add_ends(const splitting *all, stage_end *ends) {
    const int32_t n = all->whole->n_objectives;
    bool proven = true;
    for (int32_t g = 0; g < n; g++) {
        stage_end sum = {0, true, true};
        for (int32_t k = 0; k < all->p->n; k++) {
            const stage_end *const one = &all->ends[(size_t)k * n + g];
            sum.bound += one->bound;
            sum.has_bound &= one->has_bound;
            sum.proven &= one->proven;
        }
        if (proven && sum.has_bound)
            ends[g] = sum;
        proven = proven && sum.has_bound && sum.proven;
    }
}

void split_run(search *s, const parts *p, stage_end *ends) {
    splitting all = {.whole = s, .p = p};
    all.ends = ARENA_NEW(s->mem, stage_end, (size_t)p->n * s->n_objectives);
    all.is_over = ARENA_NEW(s->mem, bool, p->n);
    s->is_full |= !all.ends || !all.is_over;
    bool good = !s->is_full;
    do
        good = good && run_pass(&all);
    while (good && !search_is_out(s) && !all_are_over(&all));
    if (!all.ends)
        return;
    add_ends(&all, ends);
    for (int32_t k = 0; k < s->n_objectives; k++) {
        s->stage = k;
        s->has_stage_bound = false;
        if (ends[k].has_bound)
            search_bound(s, ends[k].bound);
    }
}
