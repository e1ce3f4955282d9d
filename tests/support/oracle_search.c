// SPDX-License-Identifier: GPL-3.0-or-later
/* All plans, one by one, and the best of them. */
#include "support/oracle.h"

#include <assert.h>
#include <string.h>

#include "support/oracle_parts.h"

oracle *oracle_open(const problem *prob, bool by_minute, arena *mem) {
    if (prob->n_requests > ORACLE_REQUESTS)
        return NULL;
    oracle *const all = ARENA_NEW(mem, oracle, 1);
    if (!all)
        return NULL;
    *all = (oracle){
        .prob = prob, .mem = mem, .by_minute = by_minute, .n_plans = 1};
    for (int32_t r = 0; r < prob->n_requests; r++) {
        all->n_plans *= prob->requests[r].n_options + 1;
        if (all->n_plans > ORACLE_PLANS)
            return NULL;
    }
    return oracle_cells_build(all) && oracle_rules_prepare(all) &&
                   oracle_goals_prepare(all)
               ? all
               : NULL;
}

int64_t oracle_n_plans(const oracle *all) { return all->n_plans; }

void oracle_plan(int32_t *option_of, const oracle *all, int64_t index) {
    for (int32_t r = 0; r < all->prob->n_requests; r++) {
        const int32_t n = all->prob->requests[r].n_options + 1;
        option_of[r] = (int32_t)(index % n) - 1;
        index /= n;
    }
}

int64_t oracle_plan_index(const oracle *all, const int32_t *option_of) {
    int64_t index = 0;
    for (int32_t r = all->prob->n_requests - 1; r >= 0; r--)
        index =
            index * (all->prob->requests[r].n_options + 1) + option_of[r] + 1;
    return index;
}

/* ---- the value of one plan ---- */

static int64_t minute_price(const prices *of, rule_name rule) {
    switch (rule) {
    case BREAKS_RATIO:
    case BREAKS_QUOTA:
    case BREAKS_MINIMUM:
    case BREAKS_SKILL:
        return of->person_minute;
    case BREAKS_WEEK:
        return of->week_minute;
    case BREAKS_MIX:
        return of->mix_minute;
    case BREAKS_SERVED:
        return of->request;
    case BREAKS_GUARANTEED:
        return of->guaranteed;
    default:
        return of->place_minute;
    }
}

void oracle_periods_sum(oracle *all, const int32_t *option_of) {
    if (all->n_periods == 0)
        return;
    memset(all->sum, 0, sizeof(int64_t) * (size_t)all->n_periods);
    memset(all->sum_newcomer, 0, sizeof(bool) * (size_t)all->n_periods);
    for (int32_t i = 0; i < all->n_cells; i++) {
        cell *const c = &all->cells[i];
        const moment *const now = oracle_cell_moment(all, c, option_of);
        const int64_t minutes = c->end - c->begin;
        const int32_t week = all->week_of[i], month = all->month_of[i];
        if (week != NONE) {
            all->sum[week] += minutes * now->weight;
            all->sum_newcomer[week] = all->sum_newcomer[week] || now->newcomer;
        }
        if (month != NONE) {
            all->sum[month] += minutes * now->readings * all->mix_pct[i];
            all->sum_newcomer[month] =
                all->sum_newcomer[month] || now->newcomer;
        }
    }
}

static void add_instants(oracle_value *out, oracle *all,
                         const int32_t *option_of) {
    for (int32_t i = 0; i < all->n_cells; i++) {
        cell *const c = &all->cells[i];
        const moment *const now = oracle_cell_moment(all, c, option_of);
        const int64_t minutes = c->end - c->begin;
        out->broken |= now->broken;
        out->goal[GOAL_FLOORS] += now->margin * minutes;
        for (int32_t k = 0; k < now->n_shorts; k++)
            out->price[now->shorts[k].rule] +=
                minutes * now->shorts[k].size *
                minute_price(&all->prob->prices, now->shorts[k].rule);
    }
}

static void add_periods(oracle_value *out, oracle *all,
                        const int32_t *option_of) {
    oracle_periods_sum(all, option_of);
    for (int32_t i = 0; i < all->n_periods; i++) {
        const rule_name rule = all->periods[i].rule;
        const int64_t missing =
            oracle_period_missing(&all->periods[i], all->sum[i]);
        if (missing == 0)
            continue;
        if (all->sum_newcomer[i])
            out->broken |= UINT64_C(1) << rule;
        else
            out->price[rule] +=
                missing * minute_price(&all->prob->prices, rule);
    }
}

void oracle_plan_value(oracle_value *out, oracle *all,
                       const int32_t *option_of) {
    const problem *const p = all->prob;
    memset(out, 0, sizeof *out);
    out->broken = oracle_decisions_broken(all, option_of);
    add_instants(out, all, option_of);
    add_periods(out, all, option_of);
    for (int32_t r = 0; r < p->n_requests; r++) {
        if (request_must_be_served(&p->requests[r]) && option_of[r] == NONE)
            out->price[BREAKS_SERVED] += p->prices.request;
    }
    for (int32_t m = 0; m < all->n_managers; m++)
        out->price[BREAKS_GUARANTEED] +=
            p->prices.guaranteed *
            oracle_guaranteed_missing(all, m, option_of, N_PLAN_RULES);
    oracle_goals_value(out, all, option_of);
    for (int32_t rule = 0; rule < N_PLAN_RULES; rule++)
        out->goal[GOAL_SHORTAGE] += out->price[rule];
    out->accepted = out->broken == 0;
}

void oracle_value_of(oracle_value *out, oracle *all, const int32_t *option_of) {
    oracle_plan_value(out, all, option_of);
    if (all->prob->policy == POLICY_BY_POINTS && out->accepted)
        out->goal[GOAL_ENVY] = oracle_envy_pairs(all, option_of, N_PLAN_RULES);
}

/* ---- what is asked ---- */

int32_t oracle_n_asked(const oracle *all) {
    return all->prob->goals.weighted ? 1 : all->prob->goals.n;
}

int64_t oracle_asked(const oracle *all, const oracle_value *value,
                     int32_t position) {
    const goals *const asked = &all->prob->goals;
    if (!asked->weighted)
        return value->goal[asked->terms[position].goal];
    int64_t sum = 0;
    for (int32_t i = 0; i < asked->n; i++)
        sum += asked->terms[i].weight * value->goal[asked->terms[i].goal];
    return sum;
}

static goal_sense sense_of(goal_id goal) {
    static const goal_sense senses[N_GOALS] = {
#define GOAL(id, name, sense, unit) sense,
#include "model/goals.def"
#undef GOAL
    };
    return senses[goal];
}

int32_t oracle_sense(const oracle *all, int32_t position) {
    const goals *const asked = &all->prob->goals;
    const goal_sense sense =
        asked->weighted ? asked->sense : sense_of(asked->terms[position].goal);
    return sense == SENSE_MAX ? 1 : -1;
}

/* ---- the best plan, with one rule not asked for ---- */

/* The kept value of a plan as it is without the rule (N_PLAN_RULES: none). */
static oracle_value value_without(const oracle *all, int64_t plan,
                                  const int32_t *option_of, int32_t without) {
    oracle_value value = all->values[plan];
    if (without == N_PLAN_RULES)
        return value;
    value.broken &= ~(UINT64_C(1) << without);
    if (all->n_managers > 0) {
        value.price[BREAKS_GUARANTEED] = 0;
        for (int32_t m = 0; m < all->n_managers; m++)
            value.price[BREAKS_GUARANTEED] +=
                all->prob->prices.guaranteed *
                oracle_guaranteed_missing(all, m, option_of, without);
    }
    value.price[without] = 0;
    value.goal[GOAL_SHORTAGE] = 0;
    for (int32_t rule = 0; rule < N_PLAN_RULES; rule++)
        value.goal[GOAL_SHORTAGE] += value.price[rule];
    return value;
}

typedef struct winner {
    bool any;
    int64_t n_best;
    int64_t *best; /* NULL: not collected */
    int64_t first; /* the first best plan */
    int64_t value[N_GOALS];
} winner;

/* -1: the plan is worse, 0: as good, 1: better. Envy is counted only when
 * everything before it ties. */
static int32_t compare(oracle *all, const winner *so_far, oracle_value *value,
                       const int32_t *option_of, int32_t without) {
    const goals *const asked = &all->prob->goals;
    for (int32_t i = 0; i < oracle_n_asked(all); i++) {
        const bool is_envy =
            !asked->weighted && asked->terms[i].goal == GOAL_ENVY;
        if (is_envy && without == BREAKS_ENVY)
            continue;
        if (is_envy)
            value->goal[GOAL_ENVY] = oracle_envy_pairs(all, option_of, without);
        const int64_t mine = oracle_asked(all, value, i);
        if (so_far->any && mine != so_far->value[i])
            return (mine > so_far->value[i]) == (oracle_sense(all, i) > 0) ? 1
                                                                           : -1;
    }
    return so_far->any ? 0 : 1;
}

static void find_best(winner *out, oracle *all, int32_t without) {
    int32_t option_of[ORACLE_REQUESTS];
    for (int64_t plan = 0; plan < all->n_plans; plan++) {
        const uint64_t broken = all->values[plan].broken;
        if (without < N_PLAN_RULES ? broken & ~(UINT64_C(1) << without)
                                   : broken)
            continue;
        oracle_plan(option_of, all, plan);
        oracle_value value = value_without(all, plan, option_of, without);
        const int32_t order = compare(all, out, &value, option_of, without);
        if (order < 0)
            continue;
        if (order > 0) {
            if (!all->prob->goals.weighted &&
                all->prob->policy == POLICY_BY_POINTS && without != BREAKS_ENVY)
                value.goal[GOAL_ENVY] =
                    oracle_envy_pairs(all, option_of, without);
            out->any = true;
            out->n_best = 0;
            out->first = plan;
            for (int32_t i = 0; i < oracle_n_asked(all); i++)
                out->value[i] = oracle_asked(all, &value, i);
        }
        if (out->best)
            out->best[out->n_best] = plan;
        out->n_best++;
    }
}

static bool differ(const oracle *all, const winner *with, const winner *without,
                   int32_t rule) {
    if (with->any != without->any)
        return true;
    for (int32_t i = 0; with->any && i < oracle_n_asked(all); i++) {
        const bool is_envy = !all->prob->goals.weighted &&
                             all->prob->goals.terms[i].goal == GOAL_ENVY;
        if (with->value[i] != without->value[i] &&
            !(is_envy && rule == BREAKS_ENVY))
            return true;
    }
    return false;
}

/* Rules that never breach nor cost anything in any plan need no second look. */
static uint64_t rules_in_play(const oracle *all) {
    uint64_t play = (uint64_t)(all->prob->policy == POLICY_BY_POINTS)
                    << BREAKS_ENVY;
    for (int64_t plan = 0; plan < all->n_plans; plan++) {
        play |= all->values[plan].broken;
        for (int32_t rule = 0; rule < N_PLAN_RULES; rule++)
            play |= (uint64_t)(all->values[plan].price[rule] != 0) << rule;
    }
    return play;
}

/* ---- greedy ---- */

static bool goes_before(const problem *p, int32_t a, int32_t b) {
    if (p->requests[a].points != p->requests[b].points)
        return p->requests[a].points > p->requests[b].points;
    if (p->requests[a].submitted != p->requests[b].submitted)
        return p->requests[a].submitted < p->requests[b].submitted;
    return a < b;
}

/* By points, then submission: the first option of the menu that fits beside
 * what was given before; siblings, pins and groups are looked at last. */
static int64_t greedy_plan(const oracle *all) {
    const problem *const p = all->prob;
    const uint64_t late = BIT(SIBLINGS) | BIT(PIN) | BIT(GROUP);
    int32_t option_of[ORACLE_REQUESTS];
    bool done[ORACLE_REQUESTS] = {false};
    for (int32_t r = 0; r < p->n_requests; r++)
        option_of[r] = NONE;
    for (int32_t turn = 0; turn < p->n_requests; turn++) {
        int32_t next = NONE;
        for (int32_t r = 0; r < p->n_requests; r++) {
            if (!done[r] && (next == NONE || goes_before(p, r, next)))
                next = r;
        }
        done[next] = true;
        for (int32_t o = 0; o < p->requests[next].n_options; o++) {
            option_of[next] = o;
            if (!(all->values[oracle_plan_index(all, option_of)].broken &
                  ~late))
                break;
            option_of[next] = NONE;
        }
    }
    return oracle_plan_index(all, option_of);
}

static bool greedy_wins(oracle *all, const winner *best) {
    const int64_t plan = greedy_plan(all);
    int32_t option_of[ORACLE_REQUESTS];
    oracle_value value;
    oracle_plan(option_of, all, plan);
    oracle_value_of(&value, all, option_of);
    if (!value.accepted)
        return false;
    for (int32_t i = 0; i < oracle_n_asked(all); i++) {
        const bool is_tie = !all->prob->goals.weighted &&
                            all->prob->goals.terms[i].goal == GOAL_TIE;
        if (!is_tie && oracle_asked(all, &value, i) != best->value[i])
            return false;
    }
    return true;
}

bool oracle_best(oracle_result *out, oracle *all, bool with_rules, arena *mem) {
    *out = (oracle_result){.n_plans = all->n_plans, .n = oracle_n_asked(all)};
    out->n_cells = all->n_cells;
    oracle_value *const values = ARENA_NEW(mem, oracle_value, all->n_plans);
    winner best = {.best = ARENA_NEW(mem, int64_t, all->n_plans)};
    if (!values || !best.best || all->n_periods > 256)
        return false;
    int32_t option_of[ORACLE_REQUESTS];
    for (int64_t plan = 0; plan < all->n_plans; plan++) {
        oracle_plan(option_of, all, plan);
        oracle_plan_value(&values[plan], all, option_of);
        out->n_accepted += values[plan].accepted;
    }
    all->values = values;
    find_best(&best, all, N_PLAN_RULES);
    out->feasible = best.any;
    out->n_best = best.n_best;
    out->best = best.best;
    memcpy(out->value, best.value, sizeof best.value);
    if (best.any) {
        oracle_value first;
        oracle_plan(option_of, all, best.first);
        oracle_value_of(&first, all, option_of);
        memcpy(out->parts, first.goal, sizeof first.goal);
        out->greedy_is_optimal = greedy_wins(all, &best);
    }
    const uint64_t play = with_rules ? rules_in_play(all) : 0;
    for (int32_t rule = 0; rule < N_PLAN_RULES; rule++) {
        winner without = {.any = false};
        if (!(play >> rule & 1))
            continue;
        find_best(&without, all, rule);
        if (differ(all, &best, &without, rule))
            out->decides_alone |= UINT64_C(1) << rule;
    }
    all->values = NULL;
    return true;
}
