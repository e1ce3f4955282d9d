// SPDX-License-Identifier: GPL-3.0-or-later
/* Justified envy (format.md 8): for each pair, each option, the plan that the
 * move would make is valued like any other. */
#include <string.h>

#include "support/oracle_parts.h"

static int64_t group_points(const problem *p, int32_t r) {
    int64_t most = p->requests[r].points;
    for (int32_t i = 0; i < p->n_siblings; i++) {
        const siblings *const of = &p->siblings[i];
        bool member = false;
        for (int32_t k = 0; k < of->n_requests; k++)
            member = member || of->requests[k] == r;
        if (!member || of->rule == SIBLINGS_REWARD)
            continue;
        for (int32_t k = 0; k < of->n_requests; k++) {
            const int64_t points = p->requests[of->requests[k]].points;
            most = points > most ? points : most;
        }
    }
    return most;
}

/* The moved plan is short in a cell where, or more than, the plan is not. */
static bool cell_worse(const moment *moved, const moment *plan,
                       int32_t without) {
    for (int32_t i = 0; i < moved->n_shorts; i++) {
        const row_short *const new = &moved->shorts[i];
        bool known = (int32_t) new->rule == without;
        for (int32_t k = 0; k < plan->n_shorts; k++) {
            const row_short *const old = &plan->shorts[k];
            known = known || (old->rule == new->rule && old->row == new->row &&
                              old->size >= new->size);
        }
        if (!known)
            return true;
    }
    return false;
}

static bool instants_worse(oracle *all, const int32_t *moved,
                           const int32_t *plan, int32_t without) {
    for (int32_t i = 0; i < all->n_cells; i++) {
        const moment *const new =
            oracle_cell_moment(all, &all->cells[i], moved);
        const moment *const old = oracle_cell_moment(all, &all->cells[i], plan);
        if (new != old && cell_worse(new, old, without))
            return true;
    }
    return false;
}

enum { MANY_PERIODS = 256 };

static bool periods_worse(oracle *all, const int32_t *moved,
                          const int32_t *plan, int32_t without) {
    int64_t old[MANY_PERIODS];
    oracle_periods_sum(all, plan);
    for (int32_t i = 0; i < all->n_periods; i++)
        old[i] = oracle_period_missing(&all->periods[i], all->sum[i]);
    oracle_periods_sum(all, moved);
    for (int32_t i = 0; i < all->n_periods; i++) {
        if ((int32_t)all->periods[i].rule != without &&
            oracle_period_missing(&all->periods[i], all->sum[i]) > old[i])
            return true;
    }
    return false;
}

static bool others_worse(const oracle *all, const int32_t *moved,
                         const int32_t *plan, int32_t without) {
    for (int32_t m = 0; m < all->n_managers; m++) {
        if (without != BREAKS_GUARANTEED &&
            oracle_guaranteed_missing(all, m, moved, without) >
                oracle_guaranteed_missing(all, m, plan, without))
            return true;
    }
    for (int32_t r = 0; r < all->prob->n_requests; r++) {
        if (without != BREAKS_SERVED &&
            request_must_be_served(&all->prob->requests[r]) &&
            moved[r] == NONE && plan[r] != NONE)
            return true;
    }
    return false;
}

static bool move_is_fine(oracle *all, const int32_t *moved, const int32_t *plan,
                         int32_t without) {
    const uint64_t asked =
        without < N_PLAN_RULES ? ~(UINT64_C(1) << without) : UINT64_MAX;
    oracle_value value;
    const oracle_value *at = &value;
    if (all->values)
        at = &all->values[oracle_plan_index(all, moved)];
    else
        oracle_plan_value(&value, all, moved);
    if (at->broken & asked)
        return false;
    int64_t price = 0;
    for (int32_t rule = 0; rule < N_PLAN_RULES; rule++)
        price += at->price[rule];
    if (price == 0 && all->n_managers == 0)
        return true;
    return !instants_worse(all, moved, plan, without) &&
           !periods_worse(all, moved, plan, without) &&
           !others_worse(all, moved, plan, without);
}

static bool envies(oracle *all, const int32_t *plan, int32_t r, int32_t s,
                   int32_t without) {
    const problem *const p = all->prob;
    const uint64_t asked =
        without < N_PLAN_RULES ? ~(UINT64_C(1) << without) : UINT64_MAX;
    int32_t moved[ORACLE_REQUESTS];
    memcpy(moved, plan, sizeof(int32_t) * (size_t)p->n_requests);
    moved[s] = NONE;
    for (int32_t o = 0; o < p->requests[r].n_options; o++) {
        const option *const of = &p->requests[r].options[o];
        const bool prefers =
            plan[r] == NONE || p->requests[r].options[plan[r]].rank > of->rank;
        moved[r] = o;
        if (prefers && !(all->static_broken[r][o] & asked) &&
            move_is_fine(all, moved, plan, without))
            return true;
    }
    return false;
}

int64_t oracle_envy_pairs(oracle *all, const int32_t *option_of,
                          int32_t without) {
    const problem *const p = all->prob;
    int64_t pairs = 0;
    for (int32_t s = 0; s < p->n_requests; s++) {
        if (option_of[s] == NONE || request_must_be_served(&p->requests[s]))
            continue;
        for (int32_t r = 0; r < p->n_requests; r++) {
            pairs += r != s && group_points(p, r) > group_points(p, s) &&
                     envies(all, option_of, r, s, without);
        }
    }
    return pairs;
}
