// SPDX-License-Identifier: GPL-3.0-or-later
/* The object "ctgsched/verify-result/1", in the order of doc/format.md 9. */
#include "io/io.h"
#include "verify/report.h"

static void put_text(text *out, const char *name, const char *value) {
    text_puts(out, ", \"");
    text_puts(out, name);
    text_puts(out, "\": ");
    io_put_string(out, value);
}

static void put_number(text *out, const char *name, int64_t value) {
    text_puts(out, ", \"");
    text_puts(out, name);
    text_puts(out, "\": ");
    text_int(out, value);
}

static void put_minute(text *out, const char *name, int32_t minute) {
    char time[MINUTE_TEXT];
    minute_print(minute, time);
    put_text(out, name, time);
}

static void put_when(text *out, const where *at) {
    char date[CIVIL_TEXT];
    if (at->civil != CIVIL_NONE) {
        civil_print(at->civil, date);
        put_text(out, "date", date);
    }
    if (at->week != NONE)
        text_printf(out, ", \"week\": \"%04d-W%02d\"", at->week / 100,
                    at->week % 100);
    if (at->month != NONE)
        text_printf(out, ", \"month\": \"%04d-%02d\"", at->month / 12,
                    at->month % 12 + 1);
    if (at->begin != NONE) {
        put_minute(out, "begin", at->begin);
        put_minute(out, "end", at->end);
    }
}

/* The members that apply, each with a comma before it. */
static void put_where(text *out, const problem *prob, const where *at) {
    const structure *const x =
        at->structure == NONE ? NULL : &prob->structures[at->structure];
    if (x)
        put_text(out, "structure", x->id);
    if (x && at->section >= 0)
        put_text(out, "section", x->sections[at->section].id);
    if (x && at->shared != NONE)
        put_text(out, "section", x->shared[at->shared].id);
    if (at->need != NONE)
        put_text(out, "need", prob->needs[at->need].id);
    if (at->skill != NONE)
        put_text(out, "skill", prob->skills[at->skill]);
    if (at->request != NONE)
        put_text(out, "request", prob->requests[at->request].id);
    if (at->resource != NONE)
        put_text(out, "resource", prob->resources[at->resource].id);
    if (at->employee != NONE)
        put_text(out, "employee", prob->employees[at->employee].id);
    if (at->group != NONE)
        put_text(out, "group", prob->siblings[at->group].id);
    if (at->manager)
        put_text(out, "manager", at->manager);
    put_when(out, at);
}

static void put_rule(text *out, const char *before, rule_name broken) {
    text_printf(out, "%s\"rule\": \"%s\"", before, rule_name_text(broken));
}

static void put_breaches(text *out, const problem *prob, const verdict *v) {
    text_puts(out, ", \"breaches\": [");
    for (int32_t i = 0; i < v->n_breaches; i++) {
        const breach *const b = &v->breaches[i];
        put_rule(out, i > 0 ? ",\n{" : "\n{", b->at.rule);
        put_where(out, prob, &b->at);
        put_number(out, "size", b->size);
        if (b->article)
            put_text(out, "article", b->article);
        put_text(out, "message", b->message);
        text_puts(out, "}");
    }
    text_puts(out, "]");
}

static void put_shortages(text *out, const problem *prob, const verdict *v) {
    text_puts(out, ", \"shortages\": [");
    for (int32_t i = 0; i < v->n_shortages; i++) {
        const shortage *const s = &v->shortages[i];
        text_printf(out, "%s{\"kind\": \"%s\"", i > 0 ? ",\n" : "\n",
                    shortage_kind_text(s->kind));
        put_rule(out, ", ", s->at.rule);
        put_where(out, prob, &s->at);
        put_number(out, "size", s->size);
        text_puts(out, "}");
    }
    text_puts(out, "]");
}

static void put_goal(text *out, const char *before, goal_id goal,
                     const verdict *v) {
    const goal_info *const about = goal_about(goal);
    text_printf(out, "%s{\"name\": \"%s\", \"sense\": \"%s\"", before,
                about->name, about->sense == SENSE_MAX ? "max" : "min");
    put_text(out, "unit", about->unit);
    put_number(out, "value", v->value[goal]);
    text_puts(out, "}");
}

static void put_weighted(text *out, const problem *prob, const verdict *v) {
    text_printf(out,
                "{\"name\": \"weighted\", \"sense\": \"%s\", \"unit\": "
                "\"weighted\", \"value\": %lld, \"parts\": [",
                prob->goals.sense == SENSE_MAX ? "max" : "min",
                (long long)v->weighted);
    for (int32_t i = 0; i < prob->goals.n; i++) {
        const goal_term *const term = &prob->goals.terms[i];
        text_printf(out,
                    "%s{\"goal\": \"%s\", \"weight\": %lld, \"value\": %lld}",
                    i > 0 ? ", " : "", goal_about(term->goal)->name,
                    (long long)term->weight, (long long)v->value[term->goal]);
    }
    text_puts(out, "]}");
}

static void put_goals(text *out, const problem *prob, const verdict *v) {
    text_puts(out, ", \"goals\": [");
    if (prob->goals.weighted)
        put_weighted(out, prob, v);
    for (int32_t i = 0; !prob->goals.weighted && i < prob->goals.n; i++)
        put_goal(out, i > 0 ? ",\n" : "\n", prob->goals.terms[i].goal, v);
    text_puts(out, "]");
}

/* Pairs are judged only when the policy, a goal or the plan asks for them. */
static void put_envy(text *out, const problem *prob, const verdict *v) {
    text_puts(out, ", \"envy\": [");
    for (int32_t i = 0; i < v->n_envy; i++) {
        text_puts(out, i > 0 ? ", {\"request\": " : "{\"request\": ");
        io_put_string(out, prob->requests[v->envy[i].request].id);
        put_text(out, "envies", prob->requests[v->envy[i].envies].id);
        text_puts(out, "}");
    }
    text_puts(out, "]");
}

static void put_waiting(text *out, const problem *prob, const verdict *v) {
    text_puts(out, ", \"waiting\": [");
    for (int32_t i = 0; i < v->n_waiting; i++) {
        text_puts(out, i > 0 ? ", {\"request\": " : "{\"request\": ");
        io_put_string(out, prob->requests[v->waiting[i].request].id);
        put_number(out, "rank", v->waiting[i].rank);
        text_puts(out, "}");
    }
    text_puts(out, "]");
}

static void put_head(text *out, bool accepted) {
    text_printf(out,
                "{\"schema\": \"ctgsched/verify-result/1\", "
                "\"accepted\": %s",
                accepted ? "true" : "false");
}

void report_verdict_json(text *out, const problem *prob, const verdict *v) {
    put_head(out, v->accepted);
    put_text(out, "problem", prob->id);
    put_text(out, "digest", prob->digest);
    put_breaches(out, prob, v);
    put_shortages(out, prob, v);
    put_goals(out, prob, v);
    put_envy(out, prob, v);
    put_waiting(out, prob, v);
    text_puts(out, "}\n");
}

void report_faults_json(text *out, const char *path, const fault_list *faults) {
    put_head(out, false);
    put_text(out, "file", path);
    text_puts(out, ", \"faults\": [");
    for (int32_t i = 0; i < faults->n; i++) {
        const fault *const f = &faults->at[i];
        text_printf(out, "%s{\"code\": \"%s\", \"severity\": \"%s\"",
                    i > 0 ? ",\n" : "\n", f->code,
                    f->severity == FAULT_ERROR ? "error" : "warning");
        put_text(out, "pointer", f->pointer ? f->pointer : "");
        put_number(out, "line", f->line);
        put_number(out, "column", f->column);
        put_text(out, "message", f->message);
        text_puts(out, "}");
    }
    text_puts(out, "]}\n");
}
