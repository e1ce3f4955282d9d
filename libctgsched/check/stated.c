// SPDX-License-Identifier: GPL-3.0-or-later
/* What a plan states about itself, against what is so (doc/format.md 9). */
#include <stdlib.h>
#include <string.h>

#include "check/judge.h"

/* A breach of the plan's own words; `note` is the message. */
static void say(findings *breaches, where at, int64_t size, const char *note) {
    const finding f = {.at = at, .size = size, .is_breach = true, .note = note};
    findings_add(breaches, &f);
    breaches->failed |= note == NULL;
}

static void stated_digest(findings *breaches, const judge *j, const plan *p) {
    if (!p->has_digest || strcmp(p->digest, j->prob->digest) == 0)
        return;
    say(breaches, where_of(BREAKS_DIGEST), 0,
        arena_printf(breaches->mem, "the plan is for %s, this problem is %s",
                     p->digest, j->prob->digest));
}

static void compare_value(findings *breaches, const char *what,
                          const char *name, int64_t stated, int64_t value) {
    if (stated == value)
        return;
    say(breaches, where_of(BREAKS_GOALS), 0,
        arena_printf(breaches->mem, "%s \"%s\" is stated as %lld and is %lld",
                     what, name, (long long)stated, (long long)value));
}

/* The goals stated are those that the problem asks, in its order. */
static bool goals_asked(const goals *asked, const plan *p) {
    if (p->n_goals != (asked->weighted ? 1 : asked->n) ||
        (p->n_parts > 0 && p->n_parts != asked->n))
        return false;
    for (int32_t i = 0; i < p->n_goals; i++) {
        const int32_t goal =
            asked->weighted ? -1 : (int32_t)asked->terms[i].goal;
        if (p->goals[i].goal != goal)
            return false;
    }
    for (int32_t i = 0; i < p->n_parts; i++) {
        if (p->parts[i].goal != (int32_t)asked->terms[i].goal ||
            p->parts[i].weight != asked->terms[i].weight)
            return false;
    }
    return true;
}

static void stated_goals(findings *breaches, const judge *j, const verdict *v,
                         const plan *p) {
    if (!p->has_goals)
        return;
    if (!goals_asked(&j->prob->goals, p)) {
        say(breaches, where_of(BREAKS_GOALS), 0,
            "the goals stated are not those that the problem asks");
        return;
    }
    for (int32_t i = 0; i < p->n_goals; i++) {
        const goal_result *const g = &p->goals[i];
        if (g->goal == GOAL_CHANGES && !j->prob->baseline)
            continue; // what people were told stands in no file
        if (g->goal < 0)
            compare_value(breaches, "goal", "weighted", g->value, v->weighted);
        else
            compare_value(breaches, "goal", goal_about(g->goal)->name, g->value,
                          v->value[g->goal]);
    }
    for (int32_t i = 0; i < p->n_parts; i++)
        compare_value(breaches, "part", goal_about(p->parts[i].goal)->name,
                      p->parts[i].value, v->value[p->parts[i].goal]);
}

static int compare_shortages(const void *left, const void *right) {
    const shortage *const a = left, *const b = right;
    const int order = shortage_compare(a, b);
    if (order != 0)
        return order;
    if (a->at.end != b->at.end)
        return a->at.end < b->at.end ? -1 : 1;
    return (a->size > b->size) - (a->size < b->size);
}

/* Says `what` about one shortage: its own line, then the fault. */
static void say_shortage(findings *breaches, const shortage *s,
                         const char *what) {
    where at = s->at;
    at.rule = BREAKS_SHORTAGE;
    say(breaches, at, s->size,
        arena_printf(breaches->mem,
                     "shortage \"%s\" of rule \"%s\", size %lld: "
                     "%s",
                     shortage_kind_text(s->kind), rule_name_text(s->at.rule),
                     (long long)s->size, what));
}

/* Both lists sorted, what is in one only is a breach. */
static ctg_status stated_shortages(findings *breaches, const judge *j,
                                   const verdict *v, const plan *p,
                                   ctg_error *err) {
    shortage *const said = ARENA_NEW(j->scratch, shortage, p->n_shortages + 1);
    if (!said)
        return err_nomem(err);
    for (int32_t i = 0; i < p->n_shortages; i++)
        said[i] = p->shortages[i];
    qsort(said, (size_t)p->n_shortages, sizeof *said, compare_shortages);
    int32_t a = 0, b = 0;
    while (a < v->n_shortages || b < p->n_shortages) {
        const int order = a == v->n_shortages ? 1
                          : b == p->n_shortages
                              ? -1
                              : compare_shortages(&v->shortages[a], &said[b]);
        if (order < 0)
            say_shortage(breaches, &v->shortages[a],
                         "the plan does not declare it");
        if (order > 0)
            say_shortage(breaches, &said[b],
                         "the plan declares it, and it is not so");
        a += order <= 0;
        b += order >= 0;
    }
    return CTG_OK;
}

static bool same_waiting(const verdict *v, const plan *p) {
    if (v->n_waiting != p->n_waiting)
        return false;
    for (int32_t i = 0; i < p->n_waiting; i++) {
        if (v->waiting[i].request != p->waiting[i].request ||
            v->waiting[i].rank != p->waiting[i].rank)
            return false;
    }
    return true;
}

static int compare_pairs(const void *left, const void *right) {
    const envy_pair *const a = left, *const b = right;
    if (a->request != b->request)
        return a->request < b->request ? -1 : 1;
    return (a->envies > b->envies) - (a->envies < b->envies);
}

static bool same_envy(const verdict *v, const plan *p, envy_pair *said) {
    if (v->n_envy != p->n_envy)
        return false;
    for (int32_t i = 0; i < p->n_envy; i++)
        said[i] = p->envy[i];
    qsort(said, (size_t)p->n_envy, sizeof *said, compare_pairs);
    for (int32_t i = 0; i < p->n_envy; i++) {
        if (compare_pairs(&said[i], &v->envy[i]) != 0)
            return false;
    }
    return true;
}

static int compare_rows(const void *left, const void *right) {
    const coverage_row *const a = left, *const b = right;
    const int32_t x[] = {a->structure, a->day,    a->begin,    a->end,
                         a->present,   a->places, a->required, a->counted,
                         a->free,      a->binds};
    const int32_t y[] = {b->structure, b->day,    b->begin,    b->end,
                         b->present,   b->places, b->required, b->counted,
                         b->free,      b->binds};
    for (size_t i = 0; i < sizeof x / sizeof x[0]; i++) {
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    }
    return 0;
}

static bool same_day(const coverage_row *a, const coverage_row *b) {
    return a->structure == b->structure && a->day == b->day;
}

/* One structure's day is not as stated. */
static void say_coverage(findings *breaches, const judge *j,
                         const coverage_row *row) {
    where at = where_of(BREAKS_COVERAGE);
    at.structure = row->structure;
    at.civil = j->prob->days[row->day];
    say(breaches, at, 0, "the coverage is not as stated");
}

/* The end of the rows of one structure's day. */
static int32_t day_end(const coverage_row *rows, int32_t n, int32_t i) {
    int32_t end = i;
    while (end < n && same_day(&rows[end], &rows[i]))
        end++;
    return end;
}

static int32_t compare_days(const coverage_row *a, const coverage_row *b) {
    if (a->structure != b->structure)
        return a->structure < b->structure ? -1 : 1;
    return (a->day > b->day) - (a->day < b->day);
}

/* Both lists sorted: each day that is not in both, row by row, is named. */
static void compare_coverage(findings *breaches, const judge *j,
                             const coverage_row *rows, int32_t n,
                             const coverage_row *said, int32_t n_said) {
    int32_t a = 0, b = 0;
    while (a < n || b < n_said) {
        const int32_t order = a == n        ? 1
                              : b == n_said ? -1
                                            : compare_days(&rows[a], &said[b]);
        const int32_t end_a = order <= 0 ? day_end(rows, n, a) : a;
        const int32_t end_b = order >= 0 ? day_end(said, n_said, b) : b;
        bool is_so = end_a - a == end_b - b;
        for (int32_t i = 0; is_so && i < end_a - a; i++)
            is_so = compare_rows(&rows[a + i], &said[b + i]) == 0;
        if (!is_so)
            say_coverage(breaches, j, order <= 0 ? &rows[a] : &said[b]);
        a = end_a;
        b = end_b;
    }
}

static ctg_status stated_coverage(findings *breaches, const judge *j,
                                  const plan *p, ctg_error *err) {
    coverage_row *rows = NULL;
    int32_t n = 0;
    if (!p->has_coverage)
        return CTG_OK;
    coverage_row *const said =
        ARENA_NEW(j->scratch, coverage_row, p->n_coverage + 1);
    if (!said)
        return err_nomem(err);
    /* The problem is staffed already: no duties on top. */
    const plan placed = {.option_of = (int32_t *)j->option_of};
    TRY(check_coverage(&rows, &n, j->prob, &placed, j->scratch, err));
    for (int32_t i = 0; i < p->n_coverage; i++)
        said[i] = p->coverage[i];
    qsort(said, (size_t)p->n_coverage, sizeof *said, compare_rows);
    compare_coverage(breaches, j, rows, n, said, p->n_coverage);
    return CTG_OK;
}

ctg_status judge_stated(findings *breaches, const judge *j, const verdict *v,
                        const plan *p, ctg_error *err) {
    stated_digest(breaches, j, p);
    stated_goals(breaches, j, v, p);
    TRY(stated_shortages(breaches, j, v, p, err));
    if (p->has_waiting && !same_waiting(v, p))
        say(breaches, where_of(BREAKS_WAITING), 0,
            "the waiting list is not the one of the points and tickets");
    if (p->has_envy) {
        envy_pair *const said = ARENA_NEW(j->scratch, envy_pair, p->n_envy + 1);
        if (!said)
            return err_nomem(err);
        if (!same_envy(v, p, said))
            say(breaches, where_of(BREAKS_ENVY), 0,
                "the pairs of justified envy are not those stated");
    }
    TRY(stated_coverage(breaches, j, p, err));
    return breaches->failed ? err_nomem(err) : CTG_OK;
}
