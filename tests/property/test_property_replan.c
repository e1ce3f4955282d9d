// SPDX-License-Identifier: GPL-3.0-or-later
/* Re-planning equals brute force: the floor plan and the plan within a bound of
 * changes, on tiny problems that a few random changes have hit.
 *
 * What differs is counted here once more, presence by presence. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/civil.h"
#include "base/clock.h"
#include "base/random.h"
#include "property/trial.h"
#include "solve/replan.h"
#include "support/oracle.h"
#include "support/tiny.h"

enum { SEEDS = 1500, PATIENCE_US = 120000000, TRIES = 60 };

typedef enum count {
    COUNT_FLOOR_KEPT, /* nothing became impossible */
    COUNT_FLOOR_CUT,
    COUNT_BOUND_BINDS, /* without the bound the plan would be better */
    COUNT_SHORT,       /* the bound is too small for the least shortage */
    COUNT_HISTORY,     /* days that are over rule plans out */
    COUNT_CHANGES,     /* something was changed */
    COUNT_INFEASIBLE,
    COUNT_SHARED, /* requests were taken over */
    N_COUNTS
} count;

/* --- changes
 * -------------------------------------------------------------------------
 */

static const char *request_id(const problem *p, random_state *rng) {
    return p->requests[random_below(rng, p->n_requests)].id;
}

static void put_date(text *out, const problem *p, int32_t day) {
    char date[CIVIL_TEXT];
    civil_print(p->days[day], date);
    text_puts(out, date);
}

static void put_change(text *out, const problem *p, random_state *rng) {
    const int32_t day = random_below(rng, p->n_days);
    const structure *const s =
        &p->structures[random_below(rng, p->n_structures)];
    switch (random_below(rng, 6)) {
    case 0:
        text_printf(out,
                    "{\"op\":\"capacity\",\"structure\":\"%s\","
                    "\"places\":%d}",
                    s->id, (int)random_below(rng, 3));
        break;
    case 1:
        text_printf(out,
                    "{\"op\":\"closed\",\"structure\":\"%s\","
                    "\"dates\":[\"",
                    s->id);
        put_date(out, p, day);
        text_puts(out, "\"]}");
        break;
    case 2:
        text_printf(out,
                    "{\"op\":\"cancelled\",\"request\":\"%s\","
                    "\"dates\":[\"",
                    request_id(p, rng));
        put_date(out, p, day);
        text_puts(out, "\"]}");
        break;
    case 3:
        text_printf(out,
                    "{\"op\":\"request_changed\",\"request\":\"%s\","
                    "\"set\":{\"mandatory\":true}}",
                    request_id(p, rng));
        break;
    case 4:
        text_printf(out,
                    "{\"op\":\"pinned\",\"request\":\"%s\","
                    "\"waiting\":true}",
                    request_id(p, rng));
        break;
    default:
        text_puts(out, "{\"op\":\"problem_changed\",\"set\":{\"parameters\":"
                       "{\"now\":\"");
        put_date(out, p, random_below(rng, 2) ? 0 : day);
        text_puts(out, "\",\"notice\":[{\"days\":1,\"weight\":3},"
                       "{\"days\":3,\"weight\":2}]}}}");
    }
}

static problem *changed(trial_case *it, const problem *p, random_state *rng) {
    text changes = {.mem = it->mem};
    problem *out = NULL;
    ctg_error err = CTG_ERROR_INIT;
    const int32_t n = 1 + random_below(rng, 3);
    text_puts(&changes, "{\"schema\":\"ctgsched/change/1\",\"changes\":[");
    for (int32_t i = 0; i < n; i++) {
        text_puts(&changes, i > 0 ? "," : "");
        put_change(&changes, p, rng);
    }
    /* What is short need not come first. */
    if (random_below(rng, 3) == 0 && p->policy == POLICY_MOST_POINTS)
        text_puts(&changes,
                  ",{\"op\":\"problem_changed\",\"set\":{\"goals\":{"
                  "\"mode\":\"lexicographic\",\"order\":[\"points\","
                  "\"hours\",\"shortage\",\"satisfaction\"],\"terms\":null,"
                  "\"sense\":null}}}");
    text_puts(&changes, "]}");
    io_apply(&out, p, (io_text){changes.at, changes.n}, NULL, 0, NULL, NULL,
             &err);
    return out;
}

/* --- taken over, or read
 * -------------------------------------------------------------
 */

static bool same_option(const option *a, const option *b) {
    return strcmp(a->id, b->id) == 0 && a->structure == b->structure &&
           a->rank == b->rank && a->satisfaction == b->satisfaction &&
           a->distance == b->distance && a->ticket == b->ticket &&
           a->is_away == b->is_away && a->n_uses == b->n_uses &&
           a->floor_days == b->floor_days &&
           a->floor_minutes == b->floor_minutes &&
           a->n_presences == b->n_presences &&
           memcmp(a->presences, b->presences,
                  sizeof *a->presences * (size_t)a->n_presences) == 0;
}

static bool same_request(const request *a, const request *b) {
    bool same =
        strcmp(a->id, b->id) == 0 && a->child == b->child &&
        a->kind == b->kind && a->first == b->first && a->last == b->last &&
        a->submitted == b->submitted && a->points == b->points &&
        a->held == b->held && a->mandatory == b->mandatory &&
        a->insertion == b->insertion && a->min_days == b->min_days &&
        a->min_minutes == b->min_minutes && a->chain == b->chain &&
        a->sibling_group == b->sibling_group && a->n_options == b->n_options;
    for (int32_t o = 0; same && o < a->n_options; o++)
        same = same_option(&a->options[o], &b->options[o]);
    return same;
}

/* What the reader makes of the changed problem's own text. */
static bool is_as_read(trial_case *it, const problem *p) {
    problem *const again = trial_read(it, p->canonical);
    bool same = again && strcmp(again->digest, p->digest) == 0 &&
                again->n_requests == p->n_requests;
    for (int32_t r = 0; same && r < p->n_requests; r++)
        same = same_request(&p->requests[r], &again->requests[r]);
    it->counts[COUNT_SHARED] += p->shares != NULL;
    problem_free(again);
    return same;
}

/* --- by hand
 * -------------------------------------------------------------------------
 */

typedef struct trying {
    const problem *p;
    oracle *all;
    const int32_t *told; /* [n_requests]: options of the floor plan */
    int32_t first, end;  /* days that are published */
} trying;

static const option *option_at(const problem *p, int32_t r, int32_t o) {
    return o == NONE ? NULL : &p->requests[r].options[o];
}

static bool has_presence(const option *o, const presence *wanted) {
    for (int32_t i = 0; o && i < o->n_presences; i++) {
        const presence *const one = &o->presences[i];
        if (one->day == wanted->day && one->begin == wanted->begin &&
            one->end == wanted->end && one->structure == wanted->structure &&
            one->section == wanted->section)
            return true;
    }
    return false;
}

/* Each presence of one on the day is one of the other. */
static bool covers_day(const option *a, const option *b, int32_t day) {
    for (int32_t i = 0; b && i < b->n_presences; i++)
        if (b->presences[i].day == day && !has_presence(a, &b->presences[i]))
            return false;
    return true;
}

static bool same_day(const option *a, const option *b, int32_t day) {
    return covers_day(a, b, day) && covers_day(b, a, day);
}

static int64_t weight_on(const problem *p, int32_t day) {
    const int64_t now =
        p->now == INT64_MIN ? p->days[0] : floor_div(p->now, 24 * 60);
    for (int32_t k = 0; k < p->n_notice; k++)
        if (p->days[day] - now < p->notice[k].days)
            return p->notice[k].weight;
    return 1;
}

static bool keeps_history(const trying *t, const int32_t *option_of) {
    for (int32_t r = 0; r < t->p->n_requests; r++)
        for (int32_t day = 0; day < t->first; day++)
            if (!same_day(option_at(t->p, r, t->told[r]),
                          option_at(t->p, r, option_of[r]), day))
                return false;
    return true;
}

static int64_t changes_of(const trying *t, const int32_t *option_of) {
    int64_t sum = 0;
    for (int32_t r = 0; r < t->p->n_requests; r++) {
        int64_t most = 0;
        for (int32_t day = t->first; t->told[r] != NONE && day < t->end; day++)
            if (!same_day(option_at(t->p, r, t->told[r]),
                          option_at(t->p, r, option_of[r]), day) &&
                weight_on(t->p, day) > most)
                most = weight_on(t->p, day);
        sum += most;
    }
    return sum;
}

static int64_t price_of(const oracle_value *v) {
    int64_t sum = 0;
    for (int32_t rule = 0; rule < N_PLAN_RULES; rule++)
        sum += v->price[rule];
    return sum;
}

typedef struct brute {
    bool feasible;
    int64_t value[N_GOALS + 1];
    int64_t price;        /* the least shortage, the bound of changes aside */
    int64_t least;        /* and the fewest changes for it */
    bool history_decides; /* some accepted plan is not as it was */
} brute;

static bool is_better(const trying *t, const oracle_value *v, const brute *b) {
    for (int32_t i = 0; i < oracle_n_asked(t->all); i++) {
        const int64_t mine = oracle_asked(t->all, v, i);
        if (mine != b->value[i])
            return (mine - b->value[i]) * oracle_sense(t->all, i) > 0;
    }
    return false;
}

static void keep(const trying *t, const oracle_value *v, brute *b) {
    for (int32_t i = 0; i < oracle_n_asked(t->all); i++)
        b->value[i] = oracle_asked(t->all, v, i);
    b->feasible = true;
}

/* The best plan that changes at most `most`. */
static brute best_within(const trying *t, int64_t most, arena *mem) {
    brute b = {.price = INT64_MAX, .least = INT64_MAX};
    int32_t *const option_of = ARENA_NEW(mem, int32_t, t->p->n_requests + 1);
    for (int64_t k = 0; option_of && k < oracle_n_plans(t->all); k++) {
        oracle_value v;
        oracle_plan(option_of, t->all, k);
        oracle_value_of(&v, t->all, option_of);
        if (!v.accepted)
            continue;
        if (!keeps_history(t, option_of)) {
            b.history_decides = true;
            continue;
        }
        const int64_t changes = changes_of(t, option_of);
        const int64_t price = price_of(&v);
        if (price < b.price || (price == b.price && changes < b.least)) {
            b.price = price;
            b.least = changes;
        }
        if (changes <= most && (!b.feasible || is_better(t, &v, &b)))
            keep(t, &v, &b);
    }
    return b;
}

/* What a floor plan is measured by, the less the better: shortage, pairs, those
 * who lose what they were told, then the goals of the problem. */
enum { FLOOR_VALUES = 3 + N_GOALS };

static void floor_value(int64_t out[FLOOR_VALUES], const problem *p,
                        const oracle_value *v, const int32_t *mapped,
                        const int32_t *option_of) {
    memset(out, 0, sizeof *out * FLOOR_VALUES);
    out[0] = price_of(v);
    out[1] = v->goal[GOAL_ENVY];
    /* Nobody loses what has no minute. */
    for (int32_t r = 0; r < p->n_requests; r++)
        out[2] += mapped[r] != NONE && option_of[r] == NONE &&
                  p->requests[r].options[mapped[r]].n_presences > 0;
    for (int32_t k = 0; k < p->goals.n; k++) {
        const goal_id goal = p->goals.terms[k].goal;
        out[3 + k] = goal_about(goal)->sense == SENSE_MAX ? -v->goal[goal]
                                                          : v->goal[goal];
    }
}

static bool is_less(const int64_t *a, const int64_t *b) {
    for (int32_t i = 0; i < FLOOR_VALUES; i++)
        if (a[i] != b[i])
            return a[i] < b[i];
    return false;
}

static bool has_something_new(const problem *p, const int32_t *mapped,
                              const int32_t *option_of) {
    bool is_new = false;
    for (int32_t r = 0; r < p->n_requests; r++) {
        const bool is_owed =
            mapped[r] == NONE && request_must_be_served(&p->requests[r]);
        is_new |= option_of[r] != NONE && option_of[r] != mapped[r] && !is_owed;
    }
    return is_new;
}

/* Of the best plan in which nothing is new; false when there is none. */
static bool least_floor(int64_t out[FLOOR_VALUES], const problem *p,
                        oracle *all, const int32_t *mapped, arena *mem) {
    int32_t *const option_of = ARENA_NEW(mem, int32_t, p->n_requests + 1);
    bool found = false;
    for (int64_t k = 0; option_of && k < oracle_n_plans(all); k++) {
        oracle_value v;
        int64_t value[FLOOR_VALUES];
        oracle_plan(option_of, all, k);
        oracle_value_of(&v, all, option_of);
        if (!v.accepted || has_something_new(p, mapped, option_of))
            continue;
        floor_value(value, p, &v, mapped, option_of);
        if (!found || is_less(value, out))
            memcpy(out, value, sizeof value);
        found = true;
    }
    return found;
}

/* --- one case
 * ------------------------------------------------------------------------
 */

/* Some plan that the rules allow. */
static bool draw_told(int32_t *option_of, oracle *all, random_state *rng) {
    const int32_t n = (int32_t)oracle_n_plans(all);
    for (int32_t k = 0; k < TRIES; k++) {
        oracle_value v;
        oracle_plan(option_of, all, random_below(rng, n));
        oracle_value_of(&v, all, option_of);
        if (v.accepted)
            return true;
    }
    return false;
}

static void map_told(int32_t *out, const problem *now, const problem *before,
                     const int32_t *option_of) {
    for (int32_t r = 0; r < now->n_requests; r++) {
        const int32_t was = problem_find_request(before, now->requests[r].id);
        out[r] = was == NONE || option_of[was] == NONE
                     ? NONE
                     : request_find_option(
                           &now->requests[r],
                           before->requests[was].options[option_of[was]].id);
    }
}

static trial_outcome check_floor(trial_case *it, const problem *p, oracle *all,
                                 const int32_t *mapped,
                                 const solve_result *floor) {
    oracle_value was, is;
    int64_t least[FLOOR_VALUES] = {0}, mine[FLOOR_VALUES];
    bool is_whole = true;
    for (int32_t r = 0; r < p->n_requests; r++)
        is_whole &=
            mapped[r] != NONE || !request_must_be_served(&p->requests[r]);
    oracle_value_of(&was, all, mapped);
    const bool any = least_floor(least, p, all, mapped, it->mem);
    if (any != (floor->plan != NULL))
        return trial_fail(it, "floor: oracle %s, solver %s",
                          any ? "some" : "none", floor->plan ? "some" : "none");
    if (!any)
        return TRIAL_PASSED;
    oracle_value_of(&is, all, floor->plan->option_of);
    if (!is.accepted)
        return trial_fail(it, "the oracle refuses the floor plan");
    if (was.accepted && is_whole) {
        it->counts[COUNT_FLOOR_KEPT]++;
        return memcmp(mapped, floor->plan->option_of,
                      sizeof *mapped * (size_t)p->n_requests) == 0
                   ? TRIAL_PASSED
                   : trial_fail(it, "the floor plan is not what was told");
    }
    it->counts[COUNT_FLOOR_CUT]++;
    floor_value(mine, p, &is, mapped, floor->plan->option_of);
    for (int32_t i = 0; i < FLOOR_VALUES; i++)
        if (mine[i] != least[i])
            return trial_fail(it,
                              "floor: value %d is %" PRId64 ", oracle %" PRId64,
                              (int)i, mine[i], least[i]);
    return TRIAL_PASSED;
}

static trial_outcome check_plan_found(trial_case *it, const trying *t,
                                      int64_t most,
                                      const replan_result *found) {
    const brute with = best_within(t, most, it->mem);
    const brute without = best_within(t, INT64_MAX, it->mem);
    const solve_result *const its = &found->solved;
    oracle_value v;
    if (!with.feasible || its->outcome != SOLVE_OPTIMAL)
        return trial_fail(it, "oracle: feasible %d, solver: outcome %d",
                          with.feasible, (int)its->outcome);
    oracle_value_of(&v, t->all, its->plan->option_of);
    const int64_t changes = changes_of(t, its->plan->option_of);
    if (!v.accepted || changes > most ||
        !keeps_history(t, its->plan->option_of))
        return trial_fail(it, "accepted %d, changes %" PRId64 " of %" PRId64,
                          v.accepted, changes, most);
    if (changes != found->changes)
        return trial_fail(it, "changes: oracle %" PRId64 ", told %" PRId64,
                          changes, found->changes);
    for (int32_t i = 0; i < oracle_n_asked(t->all); i++)
        if (oracle_asked(t->all, &v, i) != with.value[i])
            return trial_fail(it,
                              "goal %d: oracle %" PRId64 ", solver %" PRId64, i,
                              with.value[i], oracle_asked(t->all, &v, i));
    const bool is_short = with.least > most;
    if (is_short != found->is_short)
        return trial_fail(it, "short: oracle %d, solver %d", is_short,
                          found->is_short);
    if (is_short && (found->least != with.least || !found->has_least_bound ||
                     found->least_bound != with.least))
        return trial_fail(it, "least: oracle %" PRId64 ", solver %" PRId64,
                          with.least, found->least);
    it->counts[COUNT_SHORT] += is_short;
    it->counts[COUNT_HISTORY] += with.history_decides;
    it->counts[COUNT_CHANGES] += changes > 0;
    it->counts[COUNT_BOUND_BINDS] +=
        memcmp(with.value, without.value, sizeof with.value) != 0;
    return TRIAL_PASSED;
}

/* However little may be done, the answer is no worse than the floor plan, and
 * that is the one that those get who may do more. */
static trial_outcome check_hasty(trial_case *it, const problem *p, oracle *all,
                                 const told_plan *told, int64_t most,
                                 const int32_t *floor, uint64_t work) {
    const solve_options options = {.threads = 1, .work_limit = work};
    replan_result found;
    ctg_error err = CTG_ERROR_INIT;
    oracle_value was, is;
    if (solve_replan(&found, p, told, most, &options, it->mem, &err) !=
            CTG_OK ||
        !found.solved.plan)
        return trial_fail(it, "in haste: %s", err.message);
    oracle_value_of(&was, all, floor);
    oracle_value_of(&is, all, found.solved.plan->option_of);
    for (int32_t i = 0; i < oracle_n_asked(all); i++) {
        const int64_t by =
            (oracle_asked(all, &is, i) - oracle_asked(all, &was, i)) *
            oracle_sense(all, i);
        if (by < 0)
            return trial_fail(it, "in haste: goal %d is worse", (int)i);
        if (by > 0)
            break;
    }
    return found.changes <= most
               ? TRIAL_PASSED
               : trial_fail(it, "in haste: %" PRId64 " changes", found.changes);
}

static trial_outcome replan(trial_case *it, const problem *p, oracle *all,
                            const told_plan *told, random_state *rng) {
    const solve_options options = {.threads = 1,
                                   .prove_ties = true,
                                   .deadline_us = clock_now_us() + PATIENCE_US};
    const int64_t most = random_below(rng, 2) ? 0 : random_below(rng, 4);
    int32_t *const mapped = ARENA_NEW(it->mem, int32_t, p->n_requests + 1);
    solve_result floor;
    replan_result found;
    ctg_error err = CTG_ERROR_INIT;
    if (!mapped ||
        solve_floor(&floor, p, told, &options, it->mem, &err) != CTG_OK ||
        solve_replan(&found, p, told, most, &options, it->mem, &err) != CTG_OK)
        return trial_fail(it, "failed: %s", err.message);
    map_told(mapped, p, told->prob, told->plan->option_of);
    const trial_outcome outcome = check_floor(it, p, all, mapped, &floor);
    if (outcome != TRIAL_PASSED)
        return outcome;
    if (!floor.plan) {
        it->counts[COUNT_INFEASIBLE]++;
        return TRIAL_PASSED;
    }
    trying t = {.p = p, .all = all, .told = floor.plan->option_of};
    while (p->now != INT64_MIN && t.first < p->n_days &&
           p->days[t.first] < floor_div(p->now, 24 * 60))
        t.first++;
    t.end = p->n_days;
    trial_outcome last = check_plan_found(it, &t, most, &found);
    for (uint64_t work = 1; last == TRIAL_PASSED && work < 10000; work *= 8)
        last = check_hasty(it, p, all, told, most, floor.plan->option_of, work);
    return last;
}

static trial_outcome on_changed(trial_case *it, const problem *before,
                                random_state *rng) {
    oracle *const all = oracle_open(before, false, it->mem);
    int32_t *const option_of = ARENA_NEW(it->mem, int32_t, ORACLE_REQUESTS + 1);
    if (!all || !option_of || before->n_requests == 0 ||
        !draw_told(option_of, all, rng))
        return TRIAL_NOT_A_CASE;
    problem *const now = changed(it, before, rng);
    oracle *const later = now ? oracle_open(now, false, it->mem) : NULL;
    const plan told = {.option_of = option_of};
    const told_plan from = {before, &told};
    trial_outcome outcome = TRIAL_NOT_A_CASE;
    if (now && !is_as_read(it, now))
        outcome = trial_fail(it, "read again it is another problem");
    else if (later)
        outcome = replan(it, now, later, &from, rng);
    problem_free(now);
    return outcome;
}

static trial_outcome equals_oracle(trial_case *it) {
    random_state rng;
    random_seed(&rng, it->seed ^ UINT64_C(0x5eed));
    problem *const before = trial_read(it, it->text);
    if (!before)
        return TRIAL_NOT_A_CASE;
    const trial_outcome outcome = on_changed(it, before, &rng);
    problem_free(before);
    return outcome;
}

/* Of all SEEDS: each of what the test is about happens often. */
static bool is_hard_enough(const trial *all) {
    static const char *const names[N_COUNTS] = {
        [COUNT_FLOOR_KEPT] = "floor kept",
        [COUNT_FLOOR_CUT] = "floor cut",
        [COUNT_BOUND_BINDS] = "bound binds",
        [COUNT_SHORT] = "bound too small",
        [COUNT_HISTORY] = "history rules out",
        [COUNT_CHANGES] = "changed",
        [COUNT_INFEASIBLE] = "infeasible",
        [COUNT_SHARED] = "shared"};
    bool enough = true;
    for (int32_t k = 0; k < N_COUNTS; k++) {
        printf("%-20s %5" PRId64 "\n", names[k], all->counts[k]);
        enough &= all->counts[k] >= 20 || k == COUNT_INFEASIBLE;
    }
    return enough || all->last - all->first + 1 < SEEDS;
}

int main(int argc, char **argv) {
    int64_t counts[N_COUNTS] = {0};
    trial all = {.name = "replan",
                 .first = 1,
                 .last = SEEDS,
                 .test = equals_oracle,
                 .n_counts = N_COUNTS,
                 .counts = counts};
    trial_arguments(&all, argc, argv);
    const bool passed = trial_run(&all);
    printf("no case %" PRId64 ", failed %" PRId64 "\n", all.n_not_a_case,
           all.n_failed);
    return is_hard_enough(&all) && passed ? 0 : 1;
}
