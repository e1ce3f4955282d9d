// SPDX-License-Identifier: GPL-3.0-or-later
/* ctgsched-tiny: the random tiny problems of the tests, for people and for the
 * second judge.
 *
 *     ctgsched-tiny SEED                     the problem of a seed
 *     ctgsched-tiny --shuffled N SEED        the same, in another order
 *     ctgsched-tiny --themes                 the themes by number
 *     ctgsched-tiny --best FIRST LAST        one line a seed: the oracle's best
 *     ctgsched-tiny --enumerate FIRST LAST MOST
 *         one line a seed: {"seed", "theme", "problem", "plans": [{"plan",
 *         "accepted", "broken", "goals"}]} for every plan, seeds with more than
 *         MOST plans left out */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/io.h"
#include "support/oracle.h"
#include "support/tiny.h"

static const char *const goal_names[N_GOALS] = {
#define GOAL(id, name, sense, unit) name,
#include "model/goals.def"
#undef GOAL
};

static const char *const rule_names[N_PLAN_RULES] = {
#define PLAN_RULE(id, name) name,
#include "model/plan_rules.def"
#undef PLAN_RULE
};

static int refuse(const char *why) {
    fprintf(stderr, "ctgsched-tiny: %s\n", why);
    return EXIT_FAILURE;
}

static void print_rules(const char *name, uint64_t rules) {
    const char *comma = "";
    printf("\"%s\":[", name);
    for (int32_t rule = 0; rule < N_PLAN_RULES; rule++) {
        if (!(rules >> rule & 1))
            continue;
        printf("%s\"%s\"", comma, rule_names[rule]);
        comma = ",";
    }
    printf("]");
}

static void print_goals(const int64_t *goal, policy policy) {
    printf("\"goals\":{");
    for (int32_t g = 0; g < N_GOALS; g++) {
        if (g == GOAL_ENVY && policy != POLICY_BY_POINTS)
            continue;
        printf("%s\"%s\":%" PRId64, g ? "," : "", goal_names[g], goal[g]);
    }
    printf("}");
}

static void print_plan(const problem *p, const int32_t *option_of) {
    const char *comma = "";
    printf("\"plan\":{\"schema\":\"ctgsched/plan/1\",\"placements\":[");
    for (int32_t r = 0; r < p->n_requests; r++) {
        if (option_of[r] == NONE)
            continue;
        printf("%s{\"request\":\"%s\",\"option\":\"%s\"}", comma,
               p->requests[r].id, p->requests[r].options[option_of[r]].id);
        comma = ",";
    }
    printf("]}");
}

static void print_valued(oracle *all, const problem *p, int64_t plan,
                         const char *before) {
    int32_t option_of[ORACLE_REQUESTS];
    oracle_value value;
    oracle_plan(option_of, all, plan);
    oracle_value_of(&value, all, option_of);
    printf("%s{", before);
    print_plan(p, option_of);
    printf(",\"accepted\":%s,", value.accepted ? "true" : "false");
    print_rules("broken", value.broken);
    printf(",");
    print_goals(value.goal, p->policy);
    printf("}");
}

static void print_head(uint64_t seed, char *text) {
    for (char *at = text; *at; at++)
        *at = *at == '\n' ? ' ' : *at;
    printf("{\"seed\":%" PRIu64 ",\"theme\":\"%s\",\"problem\":%s,", seed,
           tiny_theme_name(tiny_theme(seed)), text);
}

static void print_all(oracle *all, const problem *p) {
    printf("\"plans\":[");
    for (int64_t plan = 0; plan < oracle_n_plans(all); plan++)
        print_valued(all, p, plan, plan ? ",\n" : "");
    printf("]}\n");
}

static void print_best(oracle *all, const problem *p, arena *mem) {
    oracle_result best;
    if (!oracle_best(&best, all, true, mem))
        return;
    printf("\"feasible\":%s,\"plans\":%" PRId64 ",\"accepted\":%" PRId64
           ",\"best\":%" PRId64 ",\"cells\":%d,",
           best.feasible ? "true" : "false", best.n_plans, best.n_accepted,
           best.n_best, (int)best.n_cells);
    print_rules("decides", best.decides_alone);
    printf(",\"greedy\":%s,\"value\":[",
           best.greedy_is_optimal ? "true" : "false");
    for (int32_t i = 0; best.feasible && i < best.n; i++)
        printf("%s%" PRId64, i ? "," : "", best.value[i]);
    printf("]");
    if (best.feasible)
        print_valued(all, p, best.best[0], ",\"first\":");
    printf("}\n");
}

/* One line for a seed; a problem that is refused or too large gives none. */
static int one_line(uint64_t seed, int64_t most, bool everything) {
    arena *const mem = arena_create(NULL, 0);
    char *const text = tiny_problem(seed, mem);
    problem *p = NULL;
    ctg_error err = CTG_ERROR_INIT;
    const ctg_status status = io_read_problem(&p, (io_text){text, strlen(text)},
                                              NULL, 0, NULL, NULL, &err);
    if (status != CTG_OK) {
        fprintf(stderr, "seed %" PRIu64 ": %s %s: %s\n", seed, err.code,
                err.pointer, err.message);
        arena_destroy(mem);
        return EXIT_FAILURE;
    }
    oracle *const all = oracle_open(p, false, mem);
    if (all && oracle_n_plans(all) <= most) {
        print_head(seed, text);
        if (everything)
            print_all(all, p);
        else
            print_best(all, p, mem);
    }
    problem_free(p);
    arena_destroy(mem);
    return EXIT_SUCCESS;
}

static int lines(const char *first, const char *last, int64_t most,
                 bool everything) {
    int result = EXIT_SUCCESS;
    for (uint64_t seed = strtoull(first, NULL, 10);
         seed <= strtoull(last, NULL, 10); seed++)
        result |= one_line(seed, most, everything);
    return result;
}

static int one_problem(const char *seed, const char *shuffle) {
    arena *const mem = arena_create(NULL, 0);
    char *text = tiny_problem(strtoull(seed, NULL, 10), mem);
    if (shuffle)
        text = tiny_shuffle(text, strtoull(shuffle, NULL, 10), mem);
    puts(text);
    arena_destroy(mem);
    return EXIT_SUCCESS;
}

static int themes(void) {
    for (int32_t i = 0; i < tiny_n_themes(); i++)
        printf("%d %s\n", (int)i, tiny_theme_name(i));
    return EXIT_SUCCESS;
}

int main(int argc, char **argv) {
    if (argc == 2 && !strcmp(argv[1], "--themes"))
        return themes();
    if (argc == 2 && argv[1][0] != '-')
        return one_problem(argv[1], NULL);
    if (argc == 4 && !strcmp(argv[1], "--shuffled"))
        return one_problem(argv[3], argv[2]);
    if (argc == 4 && !strcmp(argv[1], "--best"))
        return lines(argv[2], argv[3], ORACLE_PLANS, false);
    if (argc == 5 && !strcmp(argv[1], "--enumerate"))
        return lines(argv[2], argv[3], strtoll(argv[4], NULL, 10), true);
    return refuse("one seed, or --themes, --shuffled N SEED, --best FIRST "
                  "LAST, --enumerate FIRST LAST MOST");
}
