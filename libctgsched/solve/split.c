// SPDX-License-Identifier: GPL-3.0-or-later
/* Part after part, each on a thread of its own. */
#include "solve/split.h"

#include <string.h>

#include "base/clock.h"
#include "base/thread.h"
#include "solve/crew.h"
#include "solve/goals.h"

/* --- one part
 * -----------------------------------------------------------------
 */

typedef struct part_job {
    search *whole;
    const part *part;
    arena *mem;
    const problem *prob;
    solve_options options;
    int64_t *rest;      /* [n_objectives] of the whole without the part, in the
                           goal's own sense */
    int32_t *option_of; /* [n_requests] */
    int32_t *way_of;    /* [n_employees * n_days] */
    stage_end *ends;    /* [n_objectives] */
    uint64_t work;
    bool good, is_over; /* it ended by itself: more time would not help */
} part_job;

/* The problem of the part, and the plan of the whole as the one to begin with.
 */
static bool prepare(part_job *job, const parts *p, int32_t k) {
    const search *const whole = job->whole;
    const size_t n_days = (size_t)whole->prob->n_days;
    const part *const its = job->part = &p->at[k];
    const int32_t n_posts = its->n_employees * (int32_t)n_days;
    int32_t *const base = ARENA_NEW(job->mem, int32_t, its->n_requests + 1);
    int32_t *const ways = ARENA_NEW(job->mem, int32_t, n_posts + 1);
    job->option_of = ARENA_NEW(job->mem, int32_t, its->n_requests + 1);
    job->way_of = ARENA_NEW(job->mem, int32_t, n_posts + 1);
    job->ends = ARENA_NEW(job->mem, stage_end, whole->n_objectives + 1);
    job->rest = ARENA_NEW(job->mem, int64_t, whole->n_objectives + 1);
    job->prob = part_problem(whole->prob, p, k, job->mem);
    if (!base || !ways || !job->option_of || !job->way_of || !job->ends ||
        !job->rest || !job->prob)
        return false;
    for (int32_t i = 0; i < its->n_requests; i++)
        base[i] = whole->option_of[its->requests[i]];
    for (int32_t i = 0; i < its->n_employees; i++)
        memcpy(ways + (size_t)i * n_days,
               whole->way_of + (size_t)its->employees[i] * n_days,
               sizeof *ways * n_days);
    job->options.base = base;
    job->options.base_ways = ways;
    return true;
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
    if (search_init(&s, job->prob, &job->options, job->mem, job->whole->err)) {
        goals_first_plan(&s);
        for (int32_t k = 0; s.has_plan && k < s.n_objectives; k++)
            job->rest[k] =
                search_sign(&s, k) * (job->whole->value[k] - s.value[k]);
        goals_run(&s, job->ends);
        job->good = s.has_plan && s.failed == CTG_OK;
        job->is_over = s.is_full || !search_is_out(&s);
        if (s.has_plan) {
            memcpy(job->option_of, s.option_of,
                   sizeof *job->option_of * (size_t)job->prob->n_requests);
            memcpy(job->way_of, s.way_of,
                   sizeof *job->way_of * (size_t)problem_posts(job->prob));
        }
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
    int64_t n_open;  /* columns of the parts to be run in this pass */
} splitting;

/* The part's share, by size, of the time and work that are left. */
static void set_limits(part_job *job, const splitting *all) {
    const search *const whole = job->whole;
    const double share = (double)job->part->size / (double)all->n_open;
    job->options.on_event = whole->options->on_event ? tell_part : NULL;
    job->options.user = job;
    if (whole->deadline_us) {
        const int64_t now = clock_now_us();
        const int64_t time = whole->deadline_us - 4 * whole->judge_us - now;
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

static int32_t given_option(const part_job *job, int32_t request) {
    const part *const p = job->part;
    const int32_t mine = part_place(p->requests, p->n_requests, request);
    return mine == NONE ? job->whole->option_of[request] : job->option_of[mine];
}

static int32_t given_way(const part_job *job, int32_t employee, int32_t day) {
    const part *const p = job->part;
    const int32_t n_days = job->whole->prob->n_days;
    const int32_t mine = part_place(p->employees, p->n_employees, employee);
    return mine == NONE ? job->whole->way_of[employee * n_days + day]
                        : job->way_of[mine * n_days + day];
}

/* Puts the part's plan into the plan of the whole. */
static void put_in(search *whole, const part_job *job) {
    const formulation *const f = &whole->f;
    const arena_mark mark = arena_here(whole->scratch);
    int32_t *const cols =
        ARENA_NEW(whole->scratch, int32_t, f->program.groups.n + 1);
    int32_t n = 0;
    whole->is_full |= !cols;
    for (int32_t r = 0; cols && r < whole->prob->n_requests; r++) {
        const int32_t given = given_option(job, r);
        for (int32_t j = f->first_col[r];
             given != NONE && j < f->first_col[r + 1]; j++)
            if (f->option_cols[j].option == given)
                cols[n++] = j;
    }
    for (int32_t k = 0; cols && k < f->n_duty_cols; k++)
        if (f->duty_cols[k].way ==
            given_way(job, f->duty_cols[k].employee, f->duty_cols[k].day))
            cols[n++] = f->n_option_cols + k;
    if (cols && search_load(whole, cols, n)) {
        crew_rest(whole);
        search_offer_chosen(whole);
    }
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
    part_job job = {.whole = whole, .options = *whole->options};
    job.mem =
        arena_create(arena_allocator(whole->mem), whole->options->memory_limit);
    const bool ready = job.mem && prepare(&job, all->p, k);
    if (ready)
        set_limits(&job, all);
    thread *const worker = ready ? thread_start(solve_part, &job) : NULL;
    if (worker)
        thread_join(worker);
    else
        whole->is_full = true;
    whole->work += job.work;
    all->n_open -= all->p->at[k].size;
    all->is_over[k] = job.is_over;
    if (job.good) {
        put_in(whole, &job);
        learn(all->ends + (size_t)k * whole->n_objectives, job.ends,
              whole->n_objectives);
    }
    arena_destroy(job.mem);
    return job.good;
}

/* Too late for a part when its program alone would take all that is left. */
static bool is_too_late(const splitting *all, int32_t k) {
    search *const whole = all->whole;
    const double share =
        (double)all->p->at[k].size / (double)(whole->f.n_choice_cols + 1);
    whole->is_late |=
        whole->deadline_us &&
        clock_now_us() + (int64_t)((double)whole->built_us * share) >=
            whole->deadline_us - 4 * whole->judge_us;
    return whole->is_late || search_is_out(whole);
}

/* Those that a limit ended have the time that others left over; false when none
 * was run. */
static bool run_pass(splitting *all) {
    bool good = true, any = false;
    all->n_open = 0;
    for (int32_t k = 0; k < all->p->n; k++)
        if (!all->is_over[k])
            all->n_open += all->p->at[k].size;
    for (int32_t k = 0; good && k < all->p->n; k++)
        if (!all->is_over[k] && !is_too_late(all, k)) {
            good = run_part(all, k);
            any = true;
        }
    return good && any;
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
