// SPDX-License-Identifier: GPL-3.0-or-later
/* What is decided: both sides at once, one of them, or one after the other.
 *
 * One after the other is what a planner does who has a tool for each side,
 * tried from both ends: (a) children by seats, a roster for them, and children
 * taken out, exactly, until the law holds; (b) a roster for everybody who asks,
 * then children. The better of the two is the answer; it has no bound. */
#include "solve/decide.h"

#include <string.h>

#include "base/clock.h"
#include "solve/filter.h"
#include "solve/variant.h"

typedef struct sequence {
    const problem *prob;
    const solve_options *options;
    arena *mem;
    ctg_error *err;
    uint64_t work; /* of the steps so far */
    int64_t begun_us;
} sequence;

/* Parts of the limits, in hundredths, that are used up when a step ends. */
typedef enum share {
    AFTER_SEATS = 15,
    AFTER_ROSTER = 35,
    AFTER_REMOVAL = 50,
    AFTER_DEMAND = 75,
    AFTER_CHILDREN = 97
} share;

static solve_options limits_of(const sequence *q, share until) {
    solve_options limits = *q->options;
    limits.decide = DECIDE_JOINT;
    limits.base = limits.base_ways = NULL;
    limits.on_event = NULL;
    if (limits.deadline_us)
        limits.deadline_us =
            q->begun_us + (limits.deadline_us - q->begun_us) / 100 * until;
    if (limits.work_limit) {
        const uint64_t part = limits.work_limit / 100 * until;
        limits.work_limit = part > q->work ? part - q->work : 1;
    }
    return limits;
}

/* The plan of a step, NULL without one: then this end of the matter has none,
 * and only an error of ours ends the whole. */
static ctg_status take_step(const plan **out, sequence *q,
                            const problem *variant, share until) {
    solve_result found;
    *out = NULL;
    if (!variant)
        return err_nomem(q->err);
    const solve_options limits = limits_of(q, until);
    ctg_error err = CTG_ERROR_INIT;
    const ctg_status status =
        solve_plan(&found, variant, &limits, q->mem, &err);
    q->work += found.work;
    if (status == CTG_OK) {
        *out = found.plan;
        return CTG_OK;
    }
    if (status == CTG_ERR_STOPPED)
        return CTG_OK;
    if (q->err)
        *q->err = err;
    return status;
}

/* --- the two ends
 * ------------------------------------------------------------------------
 */

/* Option 0 of the variant is the one that was kept, 1 the place held. */
static void map_back(const sequence *q, const plan *p, const int32_t *kept,
                     int32_t *option_of) {
    for (int32_t r = 0; r < q->prob->n_requests; r++) {
        const int32_t now = p->option_of[r];
        option_of[r] = now == NONE ? NONE
                       : now == 0 && kept[r] != NONE
                           ? kept[r]
                           : q->prob->requests[r].held;
    }
}

static ctg_status children_first(plan *out, sequence *q) {
    const plan *seats, *roster, *rest;
    TRY(take_step(&seats, q, variant_by_seats(q->prob, q->mem), AFTER_SEATS));
    if (!seats)
        return CTG_OK;
    TRY(take_step(&roster, q, variant_roster(q->prob, seats->option_of, q->mem),
                  AFTER_ROSTER));
    if (!roster)
        return CTG_OK;
    const problem *const kept =
        variant_of_options(q->prob, seats->option_of, q->mem);
    TRY(take_step(&rest, q,
                  kept ? variant_with_duties(kept, roster->way_of, q->mem)
                       : NULL,
                  AFTER_REMOVAL));
    int32_t *const option_of =
        ARENA_NEW(q->mem, int32_t, q->prob->n_requests + 1);
    if (!option_of)
        return err_nomem(q->err);
    if (rest) {
        map_back(q, rest, seats->option_of, option_of);
        *out = (plan){.option_of = option_of, .way_of = roster->way_of};
    }
    return CTG_OK;
}

/* What each request would like best of what it can be given. */
static int32_t *first_choices(const sequence *q) {
    int32_t *const option_of =
        ARENA_NEW(q->mem, int32_t, q->prob->n_requests + 1);
    for (int32_t r = 0; option_of && r < q->prob->n_requests; r++) {
        const request *const its = &q->prob->requests[r];
        int32_t best = NONE;
        for (int32_t o = 0; o < its->n_options; o++)
            if (filter_option(q->prob, its, o) &&
                (best == NONE ||
                 its->options[o].rank < its->options[best].rank))
                best = o;
        option_of[r] = best;
    }
    return option_of;
}

static ctg_status roster_first(plan *out, sequence *q) {
    const plan *roster, *rest;
    int32_t *const wanted = first_choices(q);
    if (!wanted)
        return err_nomem(q->err);
    TRY(take_step(&roster, q, variant_roster(q->prob, wanted, q->mem),
                  AFTER_DEMAND));
    if (!roster)
        return CTG_OK;
    TRY(take_step(&rest, q,
                  variant_with_duties(q->prob, roster->way_of, q->mem),
                  AFTER_CHILDREN));
    if (rest)
        *out = (plan){.option_of = rest->option_of, .way_of = roster->way_of};
    return CTG_OK;
}

/* --- the better one
 * ---------------------------------------------------------------------
 */

/* Whether the first is better, goal by goal. */
static ctg_status is_better(bool *out, const sequence *q, const plan *a,
                            const plan *b) {
    verdict of_a, of_b;
    *out = a->option_of != NULL;
    if (!a->option_of || !b->option_of)
        return CTG_OK;
    TRY(check_plan(&of_a, q->prob, a, CHECK_RULES, q->mem, q->err));
    TRY(check_plan(&of_b, q->prob, b, CHECK_RULES, q->mem, q->err));
    *out = verdict_order(&q->prob->goals, &of_a, &of_b) < 0;
    return CTG_OK;
}

static ctg_status one_after_another(solve_result *out, const problem *prob,
                                    const solve_options *options, arena *mem,
                                    ctg_error *err) {
    sequence q = {prob, options, mem, err, 0, clock_now_us()};
    plan a = {0}, b = {0};
    bool first;
    TRY(children_first(&a, &q));
    TRY(roster_first(&b, &q));
    TRY(is_better(&first, &q, &a, &b));
    const plan *const best = first ? &a : &b;
    /* Without a plan of either it is asked whether there is any. */
    solve_options only = *options;
    only.decide = DECIDE_JOINT;
    only.base = best->option_of;
    only.base_ways = best->way_of;
    only.base_only = true;
    TRY(solve_plan(out, prob, &only, mem, err));
    out->work += q.work;
    if (out->plan)
        out->plan->work = out->work;
    return CTG_OK;
}

/* --- the door
 * ----------------------------------------------------------------------------
 */

static ctg_status solve_variant(solve_result *out, const problem *variant,
                                const solve_options *options, arena *mem,
                                ctg_error *err) {
    return variant ? solve_plan(out, variant, options, mem, err)
                   : err_nomem(err);
}

ctg_status solve_decided(solve_result *out, const problem *prob,
                         const solve_options *options, arena *mem,
                         ctg_error *err) {
    *out = (solve_result){0};
    const bool is_one_sided =
        options->decide == DECIDE_CHILDREN || options->decide == DECIDE_AGENTS;
    if (is_one_sided && !options->base)
        return err_set(err, CTG_ERR_USAGE, "E-BASE", NULL,
                       "what is not decided comes from a plan to start from, "
                       "and none was given. Maybe give a base plan, or decide "
                       "jointly.");
    switch (options->decide) {
    case DECIDE_CHILDREN:
        return solve_variant(out,
                             variant_with_duties(prob, options->base_ways, mem),
                             options, mem, err);
    case DECIDE_AGENTS:
        return solve_variant(out,
                             variant_with_placements(prob, options->base, mem),
                             options, mem, err);
    case DECIDE_CHILDREN_THEN_AGENTS:
        if (prob->n_employees > 0)
            return one_after_another(out, prob, options, mem, err);
        break;
    default:
        break;
    }
    return solve_plan(out, prob, options, mem, err);
}
