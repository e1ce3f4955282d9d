// SPDX-License-Identifier: GPL-3.0-or-later
/* Three steps: the floor plan, most often found by the judge alone; where it is
 * short of something, the fewest changes that make this as little as can be;
 * then the goals, within the changes allowed. */
#include "solve/replan.h"

#include <string.h>

#include "base/clock.h"
#include "check/changes.h"

/* --- by ids from one version to the next
 * ---------------------------------------------------
 */

static int32_t option_now(const problem *prob, int32_t r,
                          const told_plan *told) {
    const char *const id = prob->requests[r].id;
    const int32_t before = problem_find_request(told->prob, id);
    const int32_t o = before == NONE ? NONE : told->plan->option_of[before];
    return o == NONE ? NONE
                     : request_find_option(
                           &prob->requests[r],
                           told->prob->requests[before].options[o].id);
}

/* The way of the shift of that id with the same pieces. */
static int32_t way_now(const problem *prob, const problem *before,
                       int32_t way_index) {
    const way *const old = &before->ways[way_index];
    const shift *const from = &before->shifts[old->shift];
    const int32_t s = problem_find_shift(prob, from->id);
    if (s == NONE || prob->shifts[s].n_pieces != from->n_pieces)
        return NONE;
    const shift *const to = &prob->shifts[s];
    const size_t bytes = sizeof *old->pieces * (size_t)from->n_pieces;
    for (int32_t w = to->first_way; w < to->first_way + to->n_ways; w++)
        if (bytes == 0 || memcmp(prob->ways[w].pieces, old->pieces, bytes) == 0)
            return w;
    return NONE;
}

/* The day of each date in the problem before, NONE where it had none; NULL
 * without memory. Both rise. */
static int32_t *days_before(const problem *prob, const problem *before,
                            arena *mem) {
    int32_t *const was = ARENA_NEW(mem, int32_t, prob->n_days + 1);
    for (int32_t day = 0, k = 0; was && day < prob->n_days; day++) {
        while (k < before->n_days && before->days[k] < prob->days[day])
            k++;
        was[day] =
            k < before->n_days && before->days[k] == prob->days[day] ? k : NONE;
    }
    return was;
}

static void carry_employee(int32_t *way_of, const problem *prob, int32_t e,
                           const told_plan *told, const int32_t *was) {
    const problem *const old = told->prob;
    const int32_t before = problem_find_employee(old, prob->employees[e].id);
    for (int32_t day = 0; before != NONE && day < prob->n_days; day++) {
        const int32_t w =
            was[day] == NONE
                ? NONE
                : told->plan->way_of[before * old->n_days + was[day]];
        if (w != NONE)
            way_of[e * prob->n_days + day] = way_now(prob, old, w);
    }
}

/* NULL without memory. */
static plan *carry(const problem *prob, const told_plan *told, arena *mem) {
    const int32_t n_posts = problem_posts(prob);
    plan *const out = ARENA_NEW(mem, plan, 1);
    int32_t *const option_of = ARENA_NEW(mem, int32_t, prob->n_requests + 1);
    int32_t *const way_of = ARENA_NEW(mem, int32_t, n_posts + 1);
    const int32_t *const was = days_before(prob, told->prob, mem);
    if (!out || !option_of || !way_of || !was)
        return NULL;
    for (int32_t r = 0; r < prob->n_requests; r++)
        option_of[r] = option_now(prob, r, told);
    for (int32_t k = 0; k < n_posts; k++)
        way_of[k] = NONE;
    for (int32_t e = 0; told->plan->way_of && e < prob->n_employees; e++)
        carry_employee(way_of, prob, e, told, was);
    *out = (plan){.option_of = option_of,
                  .way_of = prob->n_employees > 0 ? way_of : NULL};
    return out;
}

/* --- baselines
 * ------------------------------------------------------------------------
 */

static int32_t day_from(const problem *prob, int64_t civil) {
    int32_t day = 0;
    while (day < prob->n_days && prob->days[day] < civil)
        day++;
    return day;
}

static int32_t today(const problem *prob) {
    return prob->now == INT64_MIN ? prob->days[0]
                                  : (int32_t)floor_div(prob->now, 24 * 60);
}

static int32_t weight_on(const problem *prob, int32_t day) {
    const int32_t ahead = prob->days[day] - today(prob);
    for (int32_t k = 0; k < prob->n_notice; k++)
        if (ahead < prob->notice[k].days)
            return prob->notice[k].weight;
    return 1;
}

/* A copy of the problem in which `of` is what people were told, weighed by
 * notice or each once. NULL without memory. */
static problem *with_baseline(const problem *prob, const plan *of,
                              baseline shape, bool has_notice, arena *mem) {
    problem *const out = ARENA_NEW(mem, problem, 1);
    baseline *const told = ARENA_NEW(mem, baseline, 1);
    int32_t *const weight = ARENA_NEW(mem, int32_t, prob->n_days + 1);
    if (!out || !told || !weight)
        return NULL;
    for (int32_t day = 0; day < prob->n_days; day++)
        weight[day] = has_notice ? weight_on(prob, day) : 1;
    *told = shape;
    told->option_of = of->option_of;
    told->way_of = of->way_of;
    told->weight = weight;
    *out = *prob;
    out->baseline = told;
    return out;
}

static problem *with_published(const problem *prob, const plan *floor,
                               int64_t most, arena *mem) {
    const baseline shape = {
        .first = day_from(prob, today(prob)),
        .end = prob->published == INT32_MAX
                   ? prob->n_days
                   : day_from(prob, (int64_t)prob->published + 1),
        .most = most};
    return with_baseline(prob, floor, shape, true, mem);
}

/* `first` [n_first], then what the problem asks for besides; false without
 * memory. */
static bool put_first(goals *g, const goal_id *first, int32_t n_first,
                      bool with_rest, arena *mem) {
    goal_term *const terms =
        ARENA_NEW(mem, goal_term, (size_t)n_first + (size_t)g->n + 1);
    int32_t n = 0;
    if (!terms)
        return false;
    for (int32_t i = 0; i < n_first; i++)
        terms[n++] = (goal_term){first[i], 1};
    for (int32_t k = 0; with_rest && k < g->n; k++) {
        bool is_there = false;
        for (int32_t i = 0; i < n_first; i++)
            is_there |= first[i] == g->terms[k].goal;
        if (!is_there)
            terms[n++] = (goal_term){g->terms[k].goal, 1};
    }
    *g = (goals){.n = n, .terms = terms};
    return true;
}

/* --- the floor plan
 * -------------------------------------------------------------------
 */

/* Accepted, and everybody who must be served is, or has nothing to choose. */
static bool is_floor(const problem *prob, const plan *p, const verdict *v) {
    bool good = v->accepted;
    for (int32_t r = 0; good && r < prob->n_requests; r++)
        good = p->option_of[r] != NONE ||
               !request_must_be_served(&prob->requests[r]);
    return good;
}

static ctg_status state_floor(solve_result *out, const problem *prob, plan *p,
                              arena *mem, ctg_error *err) {
    verdict *const v = ARENA_NEW(mem, verdict, 1);
    if (!v)
        return err_nomem(err);
    TRY(check_plan(v, prob, p, CHECK_RULES, mem, err));
    *out = (solve_result){.outcome = SOLVE_FEASIBLE, .plan = p, .verdict = v};
    return CTG_OK;
}

/* The same whoever asks and whatever they allow, so that all speak of one floor
 * plan. */
enum { FLOOR_WORK = 5000 };

/* Nothing new, as little shortage and then as few changes as can be. */
static ctg_status search_floor(solve_result *out, const problem *prob,
                               const plan *mapped, const solve_options *options,
                               arena *mem, ctg_error *err) {
    static const goal_id first[] = {GOAL_SHORTAGE, GOAL_ENVY, GOAL_CHANGES};
    static const goal_id plain[] = {GOAL_SHORTAGE, GOAL_CHANGES};
    const bool by_points = prob->policy == POLICY_BY_POINTS;
    const baseline shape = {
        .end = prob->n_days, .most = INT64_MAX, .is_ceiling = true};
    problem *const only = with_baseline(prob, mapped, shape, false, mem);
    if (!only || !put_first(&only->goals, by_points ? first : plain,
                            by_points ? 3 : 2, true, mem))
        return err_nomem(err);
    solve_options limits = *options;
    limits.decide = DECIDE_JOINT;
    limits.work_limit = FLOOR_WORK;
    limits.base = mapped->option_of;
    limits.base_ways = mapped->way_of;
    limits.on_event = NULL;
    TRY(solve_plan(out, only, &limits, mem, err));
    if (!out->plan)
        return CTG_OK; // pins contradict each other
    const solve_result found = *out;
    if (found.plan->stop == STOP_MEMORY && !limits.memory_limit)
        return err_nomem(err); // the floor would be another one each time
    plan *const bare = ARENA_NEW(mem, plan, 1); // its goals are not the file's
    if (!bare)
        return err_nomem(err);
    bare->option_of = found.plan->option_of;
    bare->way_of = found.plan->way_of;
    TRY(state_floor(out, prob, bare, mem, err));
    out->work = found.work;
    out->peak_bytes = found.peak_bytes;
    return CTG_OK;
}

ctg_status solve_floor(solve_result *out, const problem *prob,
                       const told_plan *told, const solve_options *options,
                       arena *mem, ctg_error *err) {
    plan *const mapped = carry(prob, told, mem);
    if (!mapped)
        return err_nomem(err);
    TRY(state_floor(out, prob, mapped, mem, err));
    return is_floor(prob, mapped, out->verdict)
               ? CTG_OK
               : search_floor(out, prob, mapped, options, mem, err);
}

/* --- the new plan
 * ---------------------------------------------------------------------
 */

/* Parts of the limits, in hundredths, that are used up when a step ends. */
enum { AFTER_LEAST = 60 };

typedef struct replanning {
    const problem *prob;
    const solve_options *options;
    arena *mem;
    ctg_error *err;
    int64_t begun_us;
    uint64_t work;
} replanning;

static solve_options limits_of(const replanning *q, int32_t until) {
    solve_options limits = *q->options;
    limits.decide = DECIDE_JOINT;
    if (limits.deadline_us)
        limits.deadline_us =
            q->begun_us + (limits.deadline_us - q->begun_us) / 100 * until;
    if (limits.work_limit) {
        const uint64_t all = limits.work_limit / 100 * (uint64_t)until + 1;
        limits.work_limit = all > q->work ? all - q->work : 1;
    }
    return limits;
}

static bool is_short_of(const verdict *v) { return v->n_shortages > 0; }

/* As little shortage as can be, then as few changes as it takes. */
static ctg_status find_least(replan_result *out, replanning *q,
                             const plan *floor, solve_result *found) {
    static const goal_id first[] = {GOAL_SHORTAGE, GOAL_CHANGES};
    problem *const free = with_published(q->prob, floor, INT64_MAX, q->mem);
    if (!free || !put_first(&free->goals, first, 2, false, q->mem))
        return err_nomem(q->err);
    solve_options limits = limits_of(q, AFTER_LEAST);
    limits.base = floor->option_of;
    limits.base_ways = floor->way_of;
    limits.on_event = NULL;
    TRY(solve_plan(found, free, &limits, q->mem, q->err));
    q->work += found->work;
    if (!found->plan)
        return CTG_OK;
    const goal_result *const changes = &found->plan->goals[1];
    out->least = changes->value;
    out->least_bound = changes->bound;
    out->has_least_bound = changes->has_bound && found->plan->goals[0].proven;
    return CTG_OK;
}

/* The plan of the goals, and what it changed. */
static ctg_status find_best(replan_result *out, replanning *q,
                            const plan *floor, const plan *from, int64_t most) {
    problem *const bound = with_published(q->prob, floor, most, q->mem);
    if (!bound)
        return err_nomem(q->err);
    solve_options limits = *q->options;
    if (limits.work_limit)
        limits.work_limit =
            limits.work_limit > q->work ? limits.work_limit - q->work : 1;
    limits.decide = DECIDE_JOINT;
    limits.base = from->option_of;
    limits.base_ways = from->way_of;
    TRY(solve_plan(&out->solved, bound, &limits, q->mem, q->err));
    out->solved.work += q->work;
    if (out->solved.plan) {
        out->solved.plan->work = out->solved.work;
        out->solved.plan->work_limit = q->options->work_limit;
        out->changes = changes_value(bound, out->solved.plan->option_of,
                                     out->solved.plan->way_of);
    }
    return CTG_OK;
}

/* Proven: the least shortage takes more changes. */
static bool needs_more(const replan_result *r, int64_t most) {
    return r->has_least_bound && r->least_bound > most;
}

/* What the plan is short of, in the goal's unit. */
static int64_t shortage_of(const solve_result *r) {
    return r->verdict->value[GOAL_SHORTAGE];
}

ctg_status solve_replan(replan_result *out, const problem *prob,
                        const told_plan *told, int64_t most,
                        const solve_options *options, arena *mem,
                        ctg_error *err) {
    replanning q = {prob, options, mem, err, clock_now_us(), 0};
    solve_result floor = {0}, least = {0};
    *out = (replan_result){0};
    TRY(solve_floor(&floor, prob, told, options, mem, err));
    q.work = floor.work;
    if (!floor.plan) {
        out->solved = floor;
        return CTG_OK;
    }
    const bool is_tight = most != INT64_MAX && is_short_of(floor.verdict);
    if (is_tight)
        TRY(find_least(out, &q, floor.plan, &least));
    const bool will_do = least.plan && out->least <= most;
    const bool is_ahead = will_do && verdict_order(&prob->goals, least.verdict,
                                                   floor.verdict) < 0;
    TRY(find_best(out, &q, floor.plan, is_ahead ? least.plan : floor.plan,
                  most));
    out->is_short = least.plan && out->solved.plan && !will_do &&
                    (needs_more(out, most) ||
                     shortage_of(&least) < shortage_of(&out->solved));
    return CTG_OK;
}
