// SPDX-License-Identifier: GPL-3.0-or-later
/* Children and duties together: on each seed a tiny problem is solved, and
 * every choice of options and duties is put to the judge. The goals in their
 * order have the value of the best plan that it accepts, and there is a plan
 * exactly when it accepts one. The judge shares no code with the solver; the
 * second judge confirms it elsewhere.
 *
 * The table at the end says how often each rule decides alone: how often the
 * best plan would be another one without that rule. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "check/check.h"
#include "io/io.h"
#include "solve/decide.h"
#include "solve/replan.h"

enum { MOST_PLANS = 60000, MOST_GROUPS = 16, SEEDS = 600 };

/* --- drawing
 * ----------------------------------------------------------------------
 */

typedef struct draw {
    random_state rng;
    text out;
    bool is_centre; /* quota and director, with the categories of a centre */
    bool has_two;   /* structures, with shifts and requests of their own */
} draw;

static int32_t below(draw *d, int32_t n) { return random_below(&d->rng, n); }
static bool chance(draw *d, int32_t percent) { return below(d, 100) < percent; }

/* Dates of the horizons: the begin of a week, its end, the two changes of time,
 * a whole week, for its rest: one employee then, who has one shift; and a
 * Wednesday. */
enum { WHOLE_WEEK = 4, MIDWEEK, N_HORIZONS };
static const char *const starts[][2] = {
    {"2026-09-07", "2026-09-08"}, {"2026-09-11", "2026-09-13"},
    {"2026-10-24", "2026-10-26"}, {"2026-03-28", "2026-03-29"},
    {"2026-09-07", "2026-09-13"}, {"2026-09-09", "2026-09-10"}};
static const char *const dates[][3] = {
    {"2026-09-07", "2026-09-08", NULL},
    {"2026-09-11", "2026-09-12", "2026-09-13"},
    {"2026-10-24", "2026-10-25", "2026-10-26"},
    {"2026-03-28", "2026-03-29", NULL},
    {"2026-09-07", "2026-09-10", "2026-09-13"},
    {"2026-09-09", "2026-09-10", NULL}};
static const char *const before[] = {"2026-09-06", "2026-09-10", "2026-10-23",
                                     "2026-03-27", "2026-09-06", "2026-09-08"};

static void put_number(draw *d, const char *name, int32_t value) {
    text_printf(&d->out, "%s\"%s\": %d",
                d->out.at[d->out.n - 1] == '{' ? "" : ", ", name, (int)value);
}

/* Small numbers, so that a quota or a director decides among few. */
static void put_centre(draw *d) {
    if (chance(d, 80))
        text_printf(&d->out,
                    ", {\"id\": \"quota\", \"kind\": \"quota\", \"status\": "
                    "\"verified\", \"parameters\": {\"qualified_min_pct\": %d, "
                    "\"unqualified_max_pct\": %d, \"small_from\": %d, "
                    "\"small_to\": 5, \"small_unqualified\": %d}}",
                    (int)(25 * below(d, 3)), (int)(10 * below(d, 5)),
                    (int)(2 + below(d, 3)), (int)below(d, 4));
    if (chance(d, 60))
        text_printf(&d->out,
                    ", {\"id\": \"head\", \"kind\": \"director\", \"status\": "
                    "\"verified\", \"parameters\": {\"max_minors\": %d}}",
                    (int)(1 + below(d, 2)));
}

static void put_preset(draw *d) {
    text_puts(&d->out,
              "{\"schema\": \"ctgsched/rules/1\", \"id\": \"p\", \"rules\": "
              "[{\"id\": \"lab\", \"kind\": \"labour\", \"status\": "
              "\"verified\", \"parameters\": {");
    if (chance(d, 25))
        put_number(d, "max_day", 60 * (3 + below(d, 4)));
    if (chance(d, 20))
        put_number(d, "max_amplitude", 60 * (4 + below(d, 5)));
    if (chance(d, 15))
        put_number(d, "max_periods", 1);
    if (chance(d, 20))
        put_number(d, "break_after", 60 * (2 + below(d, 4)));
    if (chance(d, 60))
        put_number(d, "min_daily_rest", 60 * (8 + below(d, 10)));
    if (chance(d, 50)) {
        put_number(d, "min_weekly_rest", 60 * (24 + below(d, 20)));
        put_number(d, "rest_days", 1 + below(d, 2));
    }
    if (chance(d, 25))
        put_number(d, "max_week", 60 * (4 + below(d, 12)));
    if (chance(d, 25)) {
        put_number(d, "max_mean_week", 60 * (3 + below(d, 8)));
        put_number(d, "mean_weeks", 2);
    }
    text_puts(&d->out, "}}");
    text_printf(&d->out,
                ", {\"id\": \"six\", \"kind\": \"ratio\", \"status\": "
                "\"verified\", \"parameters\": {\"classes\": [{\"id\": "
                "\"any\", \"per\": %d}], \"rounding\": \"sum_then_ceil\"}}",
                d->is_centre ? 1 : 2);
    if (chance(d, 60))
        text_printf(&d->out,
                    ", {\"id\": \"two\", \"kind\": \"minimum\", \"status\": "
                    "\"verified\", \"parameters\": {\"min_staff\": %d, "
                    "\"cat1_above_places\": %d, \"alone_max_children\": %d, "
                    "\"alone_max_places\": 12, \"alone_categories\": [%s]}}",
                    (int)(1 + below(d, 2)), (int)(chance(d, 50) ? 3 : 90),
                    (int)below(d, 3), chance(d, 50) ? "\"cat1\"" : "");
    if (chance(d, 25))
        text_printf(&d->out,
                    ", {\"id\": \"mix\", \"kind\": \"cat1_share\", \"status\": "
                    "\"verified\", \"parameters\": {\"min_pct\": %d}}",
                    (int)(30 + 10 * below(d, 6)));
    if (d->is_centre)
        put_centre(d);
    text_puts(&d->out, "]}");
}

static const char *place_of(const draw *d, int32_t k) {
    return d->has_two && k % 2 ? "t" : "s";
}

static void put_shift(draw *d, int32_t k, int32_t n, int32_t h) {
    const int32_t begin = chance(d, 30) ? 8 : 8 + below(d, 6);
    const int32_t length = 3 + below(d, 5);
    text_printf(&d->out,
                "%s{\"id\": \"d%d\", \"structure\": \"%s\", \"segments\": [",
                k ? ", " : "", (int)k, place_of(d, k));
    if (chance(d, 25))
        text_printf(&d->out,
                    "{\"begin\": \"%02d:00\", \"end\": \"%02d:30\", "
                    "\"activity\": \"%s\"}, ",
                    (int)begin - 2, (int)begin - 1,
                    chance(d, 50) ? "children" : "meeting");
    text_printf(&d->out, "{\"begin\": \"%02d:00\", \"end\": \"%02d:00\"}]",
                (int)begin, (int)(begin + length));
    if (h != WHOLE_WEEK && chance(d, 40))
        text_printf(&d->out,
                    ", \"pieces\": [{\"minutes\": 60, \"earliest\": "
                    "\"%02d:00\", \"latest\": \"%02d:00\", \"step\": 60%s}]",
                    (int)begin + 1, (int)(begin + length),
                    chance(d, 30) ? ", \"activity\": \"preparation\"" : "");
    if (n > 1 && chance(d, 60))
        text_printf(&d->out, ", \"then_not\": [\"d%d\"]",
                    (int)(chance(d, 50) ? k : 1 - k));
    text_puts(&d->out, "}");
}

static const char *one_date(draw *d, int32_t h) {
    const int32_t n = dates[h][2] ? 3 : 2;
    return dates[h][below(d, n)];
}

/* Rows of days are decided in whole weeks only. */
static void put_limits(draw *d, int32_t h) {
    if (chance(d, 40)) {
        text_puts(&d->out, ", \"contract\": {");
        if (chance(d, 50))
            put_number(d, "week_minutes", 60 * below(d, 10));
        if (chance(d, 30))
            put_number(d, "week_most", 60 * (3 + below(d, 10)));
        if (chance(d, 25))
            put_number(d, "least", 60 * (1 + below(d, 6)));
        if (chance(d, 25))
            put_number(d, "most", 60 * (6 + below(d, 8)));
        text_puts(&d->out, "}");
    }
    if (chance(d, h == WHOLE_WEEK ? 80 : 40)) {
        text_puts(&d->out, ", \"limits\": {");
        if (chance(d, 40))
            put_number(d, "days_in_row", 1 + below(d, 2));
        if (chance(d, h == WHOLE_WEEK ? 70 : 40))
            put_number(d, "least_in_row", 2);
        if (chance(d, 40))
            put_number(d, "least_off", 2);
        if (chance(d, 40))
            put_number(d, "weekends", below(d, 2));
        text_puts(&d->out, "}");
    }
}

/* Weights of the sharing, and what was carried before. */
static void put_share(draw *d) {
    if (chance(d, 90))
        text_printf(&d->out, ", \"share\": %d", (int)(5 * below(d, 10) / 8));
    if (chance(d, 60))
        return;
    text_puts(&d->out, ", \"burdens\": {");
    if (chance(d, 60))
        put_number(d, "openings", below(d, 4));
    if (chance(d, 60))
        put_number(d, "closings", below(d, 4));
    if (chance(d, 60))
        put_number(d, "wednesdays", below(d, 4));
    text_puts(&d->out, "}");
}

static void put_cost(draw *d) {
    if (chance(d, 40))
        return;
    text_puts(&d->out, ", \"cost\": {");
    if (chance(d, 70))
        put_number(d, "hour", 7 * below(d, 12));
    if (chance(d, 50))
        put_number(d, "overtime", 11 * below(d, 12));
    if (chance(d, 40))
        put_number(d, "call", below(d, 200));
    text_puts(&d->out, "}");
}

static void put_employee(draw *d, int32_t k, int32_t h) {
    static const char *const categories[] = {"cat1", "cat2", "other"};
    static const char *const of_centres[] = {"director", "qualified", "trainee",
                                             "unqualified"};
    const int32_t drawn = below(d, 10);
    text_printf(&d->out,
                "%s{\"id\": \"a%d\", \"qualifications\": [{\"category\": "
                "\"%s\"%s}]",
                k ? ", " : "", (int)k,
                d->is_centre ? of_centres[drawn % 4]
                             : categories[drawn * 3 / 12],
                chance(d, 10) ? ", \"valid_to\": \"2026-09-07\"" : "");
    if (chance(d, 40))
        text_puts(&d->out, ", \"skills\": [{\"skill\": \"k\"}]");
    if (chance(d, 75))
        text_puts(&d->out, ", \"preset\": \"lab\"");
    if (chance(d, 15))
        text_printf(&d->out,
                    ", \"absent\": [{\"dates\": [\"%s\"], \"begin\": "
                    "\"00:00\", \"end\": \"09:30\"}]",
                    one_date(d, h));
    if (chance(d, 10))
        text_puts(&d->out, ", \"available\": [{\"begin\": \"08:00\", \"end\": "
                           "\"14:00\"}]");
    if (d->has_two && chance(d, 80))
        text_printf(&d->out, ", \"structures\": [\"%s\"]",
                    place_of(d, below(d, 2)));
    put_limits(d, h);
    if (chance(d, 15))
        text_printf(&d->out,
                    ", \"shift_most\": [{\"shift\": \"d0\", \"most\": %d}]",
                    (int)below(d, 2));
    if (chance(d, 40))
        text_printf(&d->out,
                    ", \"wishes\": [{\"date\": \"%s\", %s\"wanted\": %s, "
                    "\"weight\": %d}]",
                    one_date(d, h), chance(d, 50) ? "\"shift\": \"d0\", " : "",
                    chance(d, 50) ? "true" : "false", (int)(1 + below(d, 5)));
    if (chance(d, 10))
        text_printf(&d->out, ", \"pins\": [{\"date\": \"%s\", %s}]",
                    one_date(d, h),
                    chance(d, 50) ? "\"off\": true" : "\"shift\": \"d0\"");
    if (chance(d, 35))
        text_printf(&d->out,
                    ", \"history\": [{\"date\": \"%s\", \"begin\": \"10:00\", "
                    "\"end\": \"%02d:00\"}]",
                    before[h], (int)(14 + below(d, 10)));
    put_share(d);
    put_cost(d);
    text_puts(&d->out, "}");
}

static void put_request(draw *d, int32_t k, int32_t h) {
    const int32_t begin = 8 + below(d, 5), end = begin + 2 + below(d, 5);
    text_printf(&d->out,
                "%s{\"id\": \"r%d\", \"child\": \"c%d\", \"points\": %d, ",
                k ? ", " : "", (int)k, (int)k, (int)(1 + below(d, 9)));
    if (chance(d, 20))
        text_printf(&d->out,
                    "\"held\": {\"structure\": \"%s\", \"when\": [{\"dates\": "
                    "[\"%s\"], \"begin\": \"%02d:00\", \"end\": \"%02d:00\"}]"
                    "}, ",
                    place_of(d, k), one_date(d, h), (int)begin, (int)end);
    text_puts(&d->out, "\"options\": [");
    for (int32_t o = 0; o < 1 + k % 2; o++)
        text_printf(&d->out,
                    "%s{\"id\": \"o%d\", \"structure\": \"%s\", \"when\": "
                    "[{\"dates\": [\"%s\"], \"begin\": \"%02d:00\", "
                    "\"end\": \"%02d:00\"}]}",
                    o ? ", " : "", (int)o, place_of(d, k), one_date(d, h),
                    (int)(begin + o), (int)end);
    text_puts(&d->out, "]}");
}

static void put_goals(draw *d) {
    static const char *const orders[] = {
        "\"points\", \"hours\", \"staff_minutes\", \"wishes\"",
        "\"wishes\", \"hours\", \"overtime\", \"staff_minutes\"",
        "\"hours\", \"floors\", \"cover\", \"wishes\"",
        "\"cover\", \"overtime\", \"requests\"",
        "\"floors\", \"overtime\", \"points\", \"cover\", \"staff_minutes\"",
        "\"hours\", \"cost\", \"wishes\"",
        "\"cover\", \"cost\", \"hours\"",
        "\"fairness\", \"hours\", \"cost\"",
        "\"hours\", \"fairness\", \"wishes\"",
        "\"cover\", \"fairness\", \"cost\"",
        "\"fairness\", \"points\", \"overtime\""};
    text_puts(&d->out, ", \"cover\": [{\"shift\": \"d0\", \"wanted\": 1, "
                       "\"missing\": 3, \"extra\": 2}]");
    if (chance(d, 30))
        text_puts(
            &d->out,
            ", \"goals\": {\"mode\": \"weighted\", \"sense\": \"max\", "
            "\"terms\": [{\"goal\": \"hours\", \"weight\": 7}, {\"goal\": "
            "\"staff_minutes\", \"weight\": -2}, {\"goal\": \"wishes\", "
            "\"weight\": -50}, {\"goal\": \"cover\", \"weight\": -40}, "
            "{\"goal\": \"cost\", \"weight\": -3}, {\"goal\": "
            "\"fairness\", \"weight\": -1}]}");
    else
        text_printf(
            &d->out,
            ", \"goals\": {\"mode\": \"lexicographic\", \"order\": "
            "[%s]}",
            orders[below(d, (int32_t)(sizeof orders / sizeof *orders))]);
}

static const char *const centre_staff =
    ", \"staff\": [{\"category\": \"unqualified\", \"count\": 2, "
    "\"begin\": \"09:00\", \"end\": \"15:00\"}, {\"category\": "
    "\"director\", \"count\": 1, \"begin\": \"09:00\", \"end\": "
    "\"12:00\"}]";

static const char *const second_place =
    ", {\"id\": \"t\", \"packs\": [\"p\"], \"ratio\": {\"regime\": \"six\"}, "
    "\"places\": 2, \"hours\": [{\"begin\": \"08:00\", \"end\": \"19:00\"}]}";

/* One more, who may do anything and has to do nothing. */
static const char *const idler =
    ", {\"id\": \"z\", \"qualifications\": [{\"category\": \"cat1\"}], "
    "\"skills\": [{\"skill\": \"k\"}]}";

static const char *draw_problem(uint64_t seed, bool with_idler, arena *mem) {
    draw d = {.out = {.mem = mem},
              .is_centre = seed % 4 == 1,
              .has_two = seed % 5 == 2};
    random_seed(&d.rng, seed);
    const int32_t h = below(&d, N_HORIZONS);
    const int32_t places = 2 + below(&d, 4);
    const char *const opens = chance(&d, 25) ? "09:00" : "08:00";
    const char *const closes = chance(&d, 50) ? "14:00" : "19:00";
    text_printf(&d.out,
                "{\"schema\": \"ctgsched/problem/1\", \"id\": \"joint\", "
                "\"horizon\": {\"first\": \"%s\", \"last\": \"%s\", "
                "\"weekdays\": [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", "
                "\"sat\", \"sun\"]}, \"rules\": [",
                starts[h][0], starts[h][1]);
    put_preset(&d);
    text_printf(&d.out,
                "], \"needs\": [{\"id\": \"n\", \"skill\": \"k\", "
                "\"equipped\": false}], \"structures\": [{\"id\": \"s\", "
                "\"packs\": [\"p\"], \"ratio\": {\"regime\": \"six\"}, "
                "\"places\": %d, \"floors\": {%s}, \"hours\": [{\"begin\": "
                "\"%s\", \"end\": \"%s\"}]%s}%s], \"shifts\": [",
                (int)places,
                d.is_centre || seed % 4 == 3 ? seed % 8 > 3
                                                   ? "\"ratio_margin\": 1"
                                                   : "\"ratio_margin\": 2"
                                             : "",
                opens, closes,
                !chance(&d, 30) ? ""
                : d.is_centre   ? centre_staff
                                : ", \"staff\": [{\"category\": \"cat2\", "
                                  "\"count\": 1, \"begin\": \"09:00\", "
                                  "\"end\": \"12:00\"}]",
                d.has_two ? second_place : "");
    const int32_t n_shifts = h == WHOLE_WEEK ? 1 : 1 + below(&d, 2);
    for (int32_t k = 0; k < n_shifts; k++)
        put_shift(&d, k, n_shifts, h);
    text_puts(&d.out, "], \"employees\": [");
    const int32_t n_employees =
        h == WHOLE_WEEK
            ? 1
            : 1 + below(&d, h == 0 || h == 3 || h == MIDWEEK ? 3 : 2);
    for (int32_t k = 0; k < n_employees; k++)
        put_employee(&d, k, h);
    text_puts(&d.out, with_idler ? idler : "");
    text_puts(&d.out, "], \"children\": [");
    const int32_t n_requests = 2 + below(&d, 2);
    for (int32_t k = 0; k < n_requests; k++)
        text_printf(
            &d.out, "%s{\"id\": \"c%d\", \"birth\": \"2025-01-01\"%s%s}",
            k ? ", " : "", (int)k, chance(&d, 20) ? ", \"needs\": [\"n\"]" : "",
            d.is_centre && k ? ", \"ratio_weight\": 2000" : "");
    text_puts(&d.out, "], \"requests\": [");
    for (int32_t k = 0; k < n_requests; k++)
        put_request(&d, k, h);
    text_puts(&d.out, "]");
    put_goals(&d);
    text_puts(&d.out, "}");
    return d.out.failed ? NULL : d.out.at;
}

/* --- every plan
 * --------------------------------------------------------------------
 */

typedef struct all_plans {
    const problem *prob;
    int32_t n_groups;
    int32_t size[MOST_GROUPS]; /* choices beside none */
    int32_t *option_of, *way_of;
    bool any;
    int32_t *told_option, *told_way; /* the last plan accepted */
    const plan *floor; /* only plans that change at most `changes` of it */
    int64_t changes;
    int32_t n_goals;
    int64_t best[N_GOALS + 1];
    int64_t least[N_GOALS], most[N_GOALS]; /* of plans that are accepted */
    /* The best plans that break one rule alone, by rule. */
    bool without[N_PLAN_RULES];
    int64_t best_without[N_PLAN_RULES][N_GOALS + 1];
} all_plans;

static int64_t goal_value(const problem *p, const verdict *v, int32_t k) {
    if (p->goals.weighted)
        return p->goals.sense == SENSE_MAX ? -v->weighted : v->weighted;
    const goal_id goal = p->goals.terms[k].goal;
    return goal_about(goal)->sense == SENSE_MAX ? -v->value[goal]
                                                : v->value[goal];
}

static bool is_better(const all_plans *a, const int64_t *x, const int64_t *y) {
    for (int32_t k = 0; k < a->n_goals; k++)
        if (x[k] != y[k])
            return x[k] < y[k];
    return false;
}

static void note_range(all_plans *a, const verdict *v) {
    for (int32_t g = 0; g < N_GOALS; g++) {
        const int64_t value = v->value[g];
        a->least[g] = a->any && a->least[g] < value ? a->least[g] : value;
        a->most[g] = a->any && a->most[g] > value ? a->most[g] : value;
    }
}

static void note(all_plans *a, const verdict *v) {
    int64_t value[N_GOALS + 1];
    for (int32_t k = 0; k < a->n_goals; k++)
        value[k] = goal_value(a->prob, v, k);
    if (v->accepted)
        note_range(a, v);
    if (v->accepted) {
        memcpy(a->told_option, a->option_of,
               sizeof *a->option_of * (size_t)a->prob->n_requests);
        memcpy(a->told_way, a->way_of,
               sizeof *a->way_of * (size_t)problem_posts(a->prob));
    }
    if (v->accepted && (!a->any || is_better(a, value, a->best))) {
        memcpy(a->best, value, sizeof value);
        a->any = true;
    }
    const rule_name rule = v->accepted ? 0 : v->breaches[0].at.rule;
    for (int32_t k = 1; k < v->n_breaches; k++)
        if (v->breaches[k].at.rule != rule)
            return;
    if (!v->accepted &&
        (!a->without[rule] || is_better(a, value, a->best_without[rule]))) {
        memcpy(a->best_without[rule], value, sizeof value);
        a->without[rule] = true;
    }
}

static bool same_presences(const request *r, int32_t a, int32_t b) {
    const option *const x = &r->options[a];
    const option *const y = b == NONE ? NULL : &r->options[b];
    return y ? x->n_presences == y->n_presences &&
                   memcmp(x->presences, y->presences,
                          sizeof *x->presences * (size_t)x->n_presences) == 0
             : x->n_presences == 0;
}

/* Families and agents whom the plan in work tells otherwise than the floor. */
static int64_t count_changes(const all_plans *a) {
    const problem *const p = a->prob;
    int64_t n = 0;
    for (int32_t r = 0; r < p->n_requests; r++)
        n += a->floor->option_of[r] != NONE &&
             !same_presences(&p->requests[r], a->floor->option_of[r],
                             a->option_of[r]);
    for (int32_t e = 0; e < p->n_employees; e++)
        n += memcmp(a->floor->way_of + e * p->n_days, a->way_of + e * p->n_days,
                    sizeof *a->way_of * (size_t)p->n_days) != 0;
    return n;
}

static bool try_plan(all_plans *a, ctg_error *err) {
    arena *const mem = arena_create(NULL, 0);
    const plan one = {.option_of = a->option_of, .way_of = a->way_of};
    verdict v;
    const bool good =
        mem && check_plan(&v, a->prob, &one, CHECK_RULES, mem, err) == CTG_OK;
    if (good && (!a->floor || count_changes(a) <= a->changes))
        note(a, &v);
    arena_destroy(mem);
    return good;
}

static int64_t count_plans(all_plans *a) {
    const problem *const p = a->prob;
    int64_t plans = 1;
    a->n_groups = p->n_requests + problem_posts(p);
    if (a->n_groups > MOST_GROUPS)
        return MOST_PLANS + 1;
    for (int32_t g = 0; g < a->n_groups && plans <= MOST_PLANS; g++) {
        a->size[g] = g < p->n_requests ? p->requests[g].n_options : p->n_ways;
        plans *= a->size[g] + 1;
    }
    return plans;
}

static bool try_all(all_plans *a, arena *mem, ctg_error *err) {
    const problem *const p = a->prob;
    int32_t at[MOST_GROUPS] = {0};
    a->option_of = ARENA_NEW(mem, int32_t, p->n_requests + 1);
    a->way_of = ARENA_NEW(mem, int32_t, problem_posts(p) + 1);
    a->told_option = ARENA_NEW(mem, int32_t, p->n_requests + 1);
    a->told_way = ARENA_NEW(mem, int32_t, problem_posts(p) + 1);
    a->n_goals = p->goals.weighted ? 1 : p->goals.n;
    for (;;) {
        for (int32_t g = 0; g < a->n_groups; g++) {
            int32_t *const slot = g < p->n_requests
                                      ? &a->option_of[g]
                                      : &a->way_of[g - p->n_requests];
            *slot = at[g] - 1;
        }
        if (!try_plan(a, err))
            return false;
        int32_t g = 0;
        while (g < a->n_groups && ++at[g] > a->size[g])
            at[g++] = 0;
        if (g == a->n_groups)
            return true;
    }
}

/* --- one seed
 * ----------------------------------------------------------------------
 */

typedef struct tally {
    int64_t cases, infeasible, plans, decides[N_PLAN_RULES];
    int64_t differs[N_GOALS]; /* asked, and plans differ in it */
} tally;

static bool compare(const all_plans *a, const solve_result *found,
                    uint64_t seed) {
    const bool none = found->outcome == SOLVE_INFEASIBLE;
    if (none != !a->any) {
        printf("seed %" PRIu64 ": the judge %s a plan, the solver says %s\n",
               seed, a->any ? "accepts" : "accepts never",
               none ? "infeasible" : "feasible");
        return false;
    }
    if (none)
        return true;
    if (found->outcome != SOLVE_OPTIMAL) {
        printf("seed %" PRIu64 ": not proven\n", seed);
        return false;
    }
    for (int32_t k = 0; k < a->n_goals; k++) {
        const int64_t mine = goal_value(a->prob, found->verdict, k);
        if (mine == a->best[k])
            continue;
        printf("seed %" PRIu64 ": goal %d is %" PRId64 ", best is %" PRId64
               " (minimised)\n",
               seed, (int)k, mine, a->best[k]);
        return false;
    }
    return true;
}

static void count_case(tally *t, const all_plans *a, int64_t plans) {
    t->cases++;
    t->infeasible += !a->any;
    t->plans += plans;
    for (int32_t k = 0; k < a->prob->goals.n; k++) {
        const goal_id goal = a->prob->goals.terms[k].goal;
        t->differs[goal] += a->most[goal] > a->least[goal];
    }
    for (int32_t r = 0; r < N_PLAN_RULES; r++)
        t->decides[r] += a->without[r] &&
                         (!a->any || is_better(a, a->best_without[r], a->best));
}

/* Solved once more from the best plan with one side as it is there, and one
 * after the other: the best is found again, and nothing is better. */
static bool decide_again(const all_plans *a, const plan *best,
                         solve_options options, uint64_t seed, arena *mem) {
    options.base = best->option_of;
    options.base_ways = best->way_of;
    for (int32_t d = DECIDE_CHILDREN; d <= DECIDE_CHILDREN_THEN_AGENTS; d++) {
        solve_result found;
        ctg_error err = CTG_ERROR_INIT;
        options.decide = (solve_decide)d;
        const ctg_status status =
            solve_decided(&found, a->prob, &options, mem, &err);
        if (d == DECIDE_CHILDREN_THEN_AGENTS && status == CTG_ERR_STOPPED)
            continue;
        if (status != CTG_OK) {
            printf("seed %" PRIu64 ", decide %d: %s %s\n", seed, (int)d,
                   err.code, err.message);
            return false;
        }
        int64_t value[N_GOALS + 1];
        for (int32_t k = 0; k < a->n_goals; k++)
            value[k] = goal_value(a->prob, found.verdict, k);
        const bool equal =
            memcmp(value, a->best, sizeof *value * (size_t)a->n_goals) == 0;
        if (is_better(a, value, a->best) ||
            (d != DECIDE_CHILDREN_THEN_AGENTS && !equal)) {
            printf("seed %" PRIu64 ", decide %d: another value\n", seed,
                   (int)d);
            return false;
        }
    }
    return true;
}

/* With one more agent no goal gets worse before another got better: each plan
 * is still one, with nothing for the agent to do. */
static bool more_agents(const all_plans *a, solve_options options,
                        uint64_t seed, arena *mem) {
    ctg_error err = CTG_ERROR_INIT;
    problem *prob = NULL;
    const char *const drawn = draw_problem(seed, true, mem);
    const io_text input = {drawn, strlen(drawn)};
    solve_result found;
    int64_t value[N_GOALS + 1];
    bool good =
        io_read_problem(&prob, input, NULL, 0, NULL, NULL, &err) == CTG_OK &&
        solve_plan(&found, prob, &options, mem, &err) == CTG_OK &&
        found.outcome == SOLVE_OPTIMAL;
    for (int32_t k = 0; good && k < a->n_goals; k++)
        value[k] = goal_value(prob, found.verdict, k);
    good = good && !is_better(a, a->best, value);
    if (!good)
        printf("seed %" PRIu64 ": worse with one more agent %s %s\n", seed,
               err.code, err.message);
    problem_free(prob);
    return good;
}

/* From the last plan accepted, with a bound of changes: the best of the plans
 * within it. */
static bool replan_again(const all_plans *a, solve_options options,
                         uint64_t seed, arena *mem) {
    ctg_error err = CTG_ERROR_INIT;
    const plan told = {.option_of = a->told_option, .way_of = a->told_way};
    const told_plan from = {a->prob, &told};
    const int64_t most = (int64_t)(seed / 3 % 4);
    all_plans *const within = calloc(1, sizeof *within);
    solve_result floor;
    replan_result found;
    bool good =
        solve_floor(&floor, a->prob, &from, &options, mem, &err) == CTG_OK &&
        solve_replan(&found, a->prob, &from, most, &options, mem, &err) ==
            CTG_OK;
    if (good) {
        within->prob = a->prob;
        count_plans(within);
        within->floor = floor.plan;
        within->changes = most;
        good =
            try_all(within, mem, &err) && compare(within, &found.solved, seed);
    }
    if (!good)
        printf("seed %" PRIu64 ": re-plan with %" PRId64 " changes %s %s\n",
               seed, most, err.code, err.message);
    free(within);
    return good;
}

static bool solve_seed(const all_plans *a, uint64_t seed, arena *mem) {
    ctg_error err = CTG_ERROR_INIT;
    const solve_options options = {
        .threads = 1, .work_limit = 4000000, .prove_ties = true};
    solve_result found;
    const ctg_status status = solve_plan(&found, a->prob, &options, mem, &err);
    if (status != CTG_OK) {
        printf("seed %" PRIu64 ": %s %s\n", seed, err.code, err.message);
        return false;
    }
    return compare(a, &found, seed) &&
           (!found.plan || seed % 3 ||
            decide_again(a, found.plan, options, seed, mem)) &&
           (!found.plan || seed % 3 != 1 ||
            more_agents(a, options, seed, mem)) &&
           (!found.plan || seed % 3 != 2 ||
            replan_again(a, options, seed, mem));
}

static bool run_seed(uint64_t seed, tally *t, bool shows) {
    arena *const mem = arena_create(NULL, 0);
    ctg_error err = CTG_ERROR_INIT;
    problem *prob = NULL;
    const char *const drawn = draw_problem(seed, false, mem);
    bool good = true;
    if (shows)
        puts(drawn);
    const io_text input = {drawn, strlen(drawn)};
    if (io_read_problem(&prob, input, NULL, 0, NULL, NULL, &err) != CTG_OK) {
        /* A past that breaks a rest is no case, anything else is a mistake. */
        good = strcmp(err.code, "E-HISTORY") == 0 ||
               strcmp(err.code, "E-SHIFT") == 0 ||
               strcmp(err.code, "E-INTERVAL") == 0;
        if (!good || shows)
            printf("seed %" PRIu64 ": %s %s %s\n", seed, err.code, err.pointer,
                   err.message);
        arena_destroy(mem);
        return good;
    }
    all_plans *const a = calloc(1, sizeof *a);
    a->prob = prob;
    const int64_t plans = count_plans(a);
    if (plans <= MOST_PLANS) {
        good = try_all(a, mem, &err) && solve_seed(a, seed, mem);
        count_case(t, a, plans);
    }
    free(a);
    problem_free(prob);
    arena_destroy(mem);
    return good;
}

/* Each rule of duties, and the quota, decides alone somewhere; plans differ in
 * each goal of employees. */
static bool is_hard_enough(const tally *t) {
    bool enough = t->decides[BREAKS_QUOTA] > 0;
    for (int32_t g = GOAL_COVER; g <= GOAL_FAIRNESS; g++) {
        if (t->differs[g] < 10)
            printf("goal %s is no choice\n", goal_about((goal_id)g)->name);
        enough &= t->differs[g] >= 10;
    }
    for (int32_t r = BREAKS_DUTY; r <= BREAKS_SHIFT_MOST; r++) {
        if (t->decides[r] == 0)
            printf("rule %s decides alone nowhere\n",
                   rule_name_text((rule_name)r));
        enough &= t->decides[r] > 0;
    }
    return enough;
}

int main(int argc, char **argv) {
    const uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    const uint64_t last = argc > 2   ? strtoull(argv[2], NULL, 10)
                          : argc > 1 ? first
                                     : SEEDS;
    tally t = {0};
    int32_t failed = 0;
    for (uint64_t seed = first; seed <= last; seed++)
        failed += !run_seed(seed, &t, argc == 2);
    printf("%" PRId64 " cases, %" PRId64 " without a plan, %" PRId64
           " plans judged\n",
           t.cases, t.infeasible, t.plans);
    for (int32_t r = 0; r < N_PLAN_RULES; r++)
        if (t.decides[r] > 0)
            printf("  %-14s decides alone %" PRId64 " times\n",
                   rule_name_text((rule_name)r), t.decides[r]);
    for (int32_t g = 0; g < N_GOALS; g++)
        if (t.differs[g] > 0)
            printf("  %-14s differs %" PRId64 " times\n",
                   goal_about((goal_id)g)->name, t.differs[g]);
    printf("%d failed\n", (int)failed);
    return failed > 0 || (last - first + 1 >= SEEDS && !is_hard_enough(&t));
}
