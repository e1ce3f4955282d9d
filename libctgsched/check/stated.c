// SPDX-License-Identifier: GPL-3.0-or-later
/* What a plan states about itself, against what is so (doc/format.md 9). */
#include <stdlib.h>
#include <string.h>

#include "check/judge.h"

/* A breach of the plan's own words; `note` is the message. */
static void say(findings *breaches, where at, int64_t size, const char *note) {
    const finding f = {
        .at = at, .size = size, .is_breach = true, .note = note};
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

static void stated_goals(findings *breaches, const verdict *v, const plan *p) {
    for (int32_t i = 0; p->has_goals && i < p->n_goals; i++) {
        const goal_result *const g = &p->goals[i];
        if (g->goal < 0)
            compare_value(breaches, "goal", "weighted", g->value, v->weighted);
        else
            compare_value(breaches, "goal", goal_about(g->goal)->name, g->value,
                          v->value[g->goal]);
    }
    for (int32_t i = 0; p->has_goals && i < p->n_parts; i++)
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
        arena_printf(breaches->mem, "shortage \"%s\" of rule \"%s\", size %lld: "
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
        const int order = a == v->n_shortages   ? 1
                          : b == p->n_shortages ? -1
                                                : compare_shortages(
                                                      &v->shortages[a],
                                                      &said[b]);
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
    const int32_t x[] = {a->structure, a->day,      a->begin,   a->end,
                         a->present,   a->places,   a->required,
                         a->counted,   a->free,     a->binds};
    const int32_t y[] = {b->structure, b->day,      b->begin,   b->end,
                         b->present,   b->places,   b->required,
                         b->counted,   b->free,     b->binds};
    for (size_t i = 0; i < sizeof x / sizeof x[0]; i++) {
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    }
    return 0;
}

/* The place where stated and true coverage first part. */
static const char *coverage_fault(findings *breaches, const judge *j,
                                  const coverage_row *row) {
    char date[CIVIL_TEXT];
    civil_print(j->prob->days[row->day], date);
    return arena_printf(breaches->mem,
                        "coverage of structure \"%s\", %s from %02d:%02d is "
                        "not as stated",
                        j->prob->structures[row->structure].id, date,
                        row->begin / 60, row->begin % 60);
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
    TRY(check_coverage(&rows, &n, j->prob, j->option_of, j->scratch, err));
    for (int32_t i = 0; i < p->n_coverage; i++)
        said[i] = p->coverage[i];
    qsort(said, (size_t)p->n_coverage, sizeof *said, compare_rows);
    int32_t i = 0;
    while (i < n && i < p->n_coverage && compare_rows(&rows[i], &said[i]) == 0)
        i++;
    if (i < n || i < p->n_coverage)
        say(breaches, where_of(BREAKS_COVERAGE), 0,
            coverage_fault(breaches, j, i < n ? &rows[i] : &said[i]));
    return CTG_OK;
}

ctg_status judge_stated(findings *breaches, const judge *j, const verdict *v,
                        const plan *p, ctg_error *err) {
    stated_digest(breaches, j, p);
    stated_goals(breaches, v, p);
    TRY(stated_shortages(breaches, j, v, p, err));
    if (p->has_waiting && !same_waiting(v, p))
        say(breaches, where_of(BREAKS_WAITING), 0,
            "the waiting list is not the one of the points and tickets");
    if (p->has_envy) {
        envy_pair *const said =
            ARENA_NEW(j->scratch, envy_pair, p->n_envy + 1);
        if (!said)
            return err_nomem(err);
        if (!same_envy(v, p, said))
            say(breaches, where_of(BREAKS_ENVY), 0,
                "the pairs of justified envy are not those stated");
    }
    TRY(stated_coverage(breaches, j, p, err));
    return breaches->failed ? err_nomem(err) : CTG_OK;
}
