// SPDX-License-Identifier: GPL-3.0-or-later
/* The one writer of plans (format.md 9): same plan, same bytes. Two spaces,
 * one record a line, members in the order of the format, integers only: a gap
 * is divided out digit by digit. */
#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "io/io.h"

/* ", " before all but the first; the member's name. */
typedef struct line {
    text *out;
    bool has_one;
} line;

static void put_name(line *l, const char *name) {
    text_puts(l->out, l->has_one ? ", " : "");
    io_put_string(l->out, name);
    text_puts(l->out, ": ");
    l->has_one = true;
}

static void put_text(line *l, const char *name, const char *value) {
    put_name(l, name);
    io_put_string(l->out, value);
}

static void put_int(line *l, const char *name, int64_t value) {
    put_name(l, name);
    text_int(l->out, value);
}

static void put_date(line *l, const char *name, int32_t civil) {
    char print[CIVIL_TEXT];
    civil_print(civil, print);
    put_text(l, name, print);
}

static void put_time(line *l, const char *name, int32_t minute) {
    char print[MINUTE_TEXT];
    minute_print(minute, print);
    put_text(l, name, print);
}

/* numerator / denominator with six digits, half up; both are not negative. */
static void put_ratio(text *out, uint64_t numerator, uint64_t denominator) {
    uint64_t whole = numerator / denominator, left = numerator % denominator;
    uint32_t digits = 0;
    for (int i = 0; i < 6; i++) {
        left *= 10;
        digits = 10 * digits + (uint32_t)(left / denominator);
        left %= denominator;
    }
    if (left >= denominator - left)
        digits++;
    if (digits == 1000000) {
        digits = 0;
        whole++;
    }
    text_printf(out, "%" PRIu64 ".%06" PRIu32, whole, digits);
}

static uint64_t distance(int64_t a, int64_t b) {
    return a > b ? (uint64_t)a - (uint64_t)b : (uint64_t)b - (uint64_t)a;
}

static void put_gap(line *l, const goal_result *g) {
    put_name(l, "gap");
    if (!g->has_bound) {
        text_puts(l->out, "null");
        return;
    }
    const uint64_t size = distance(g->value, 0);
    put_ratio(l->out, distance(g->bound, g->value), size > 1 ? size : 1);
}

static void put_bool(line *l, const char *name, bool value) {
    put_name(l, name);
    text_puts(l->out, value ? "true" : "false");
}

/* A record of a list on a line of its own. */
static line begin_record(text *out, int32_t index) {
    text_puts(out, index > 0 ? ",\n    {" : "\n    {");
    return (line){.out = out};
}

static void begin_list(text *out, const char *name) {
    text_printf(out, ",\n  \"%s\": [", name);
}

static void end_list(text *out, int32_t n) {
    text_puts(out, n > 0 ? "\n  ]" : "]");
}

static void put_asked_gap(line *l, double gap) {
    const double millionths = gap * 1e6 + 0.5;
    const bool is_sane = millionths >= 0 && millionths < 1e15;
    put_name(l, "gap");
    put_ratio(l->out, is_sane ? (uint64_t)millionths : 0, 1000000);
}

static void put_provenance(text *out, const problem *p, const plan *one) {
    line l = {out, false};
    text_puts(out, ",\n  \"provenance\": {");
    if (one->library)
        put_text(&l, "library", one->library);
    if (one->engine)
        put_text(&l, "engine", one->engine);
    put_text(&l, "seed", one->seed ? one->seed : p->seed);
    put_name(&l, "work");
    text_printf(out, "%" PRIu64, one->work);
    put_name(&l, "work_limit");
    text_printf(out, "%" PRIu64, one->work_limit);
    put_asked_gap(&l, one->gap_asked);
    put_name(&l, "packs");
    text_puts(out, "[");
    for (int32_t i = 0; i < p->n_packs; i++) {
        line pack = {out, false};
        text_puts(out, i > 0 ? ", {" : "{");
        put_text(&pack, "id", p->packs[i].id);
        put_text(&pack, "digest", p->packs[i].digest);
        text_puts(out, "}");
    }
    text_puts(out, "]}");
}

static const char *status_of(const plan *one) {
    if (one->is_feasible_only)
        return "feasible";
    return one->is_gap ? "gap" : "optimal";
}

static void put_head(text *out, const problem *p, const plan *one) {
    line l = {out, false};
    text_puts(out, "{\n  \"schema\": \"ctgsched/plan/1\",\n  \"problem\": {");
    put_text(&l, "id", p->id);
    put_text(&l, "digest", one->has_digest ? one->digest : p->digest);
    text_puts(out, "}");
    put_provenance(out, p, one);
    text_puts(out, ",\n  \"status\": ");
    io_put_string(out, status_of(one));
    text_puts(out, ",\n  \"stop\": ");
    io_put_string(out, stop_reason_text(one->stop));
}

static void put_parts(line *l, const plan *one) {
    put_name(l, "parts");
    text_puts(l->out, "[");
    for (int32_t i = 0; i < one->n_parts; i++) {
        line part = {l->out, false};
        text_puts(l->out, i > 0 ? ", {" : "{");
        put_text(&part, "goal", goal_about((goal_id)one->parts[i].goal)->name);
        put_int(&part, "weight", one->parts[i].weight);
        put_int(&part, "value", one->parts[i].value);
        text_puts(l->out, "}");
    }
    text_puts(l->out, "]");
}

static void put_goal(text *out, const problem *p, const plan *one, int32_t i) {
    const goal_result *const g = &one->goals[i];
    const bool weighted = g->goal < 0;
    const goal_info *const info =
        weighted ? NULL : goal_about((goal_id)g->goal);
    const goal_sense sense = weighted ? p->goals.sense : info->sense;
    line l = begin_record(out, i);
    put_text(&l, "name", weighted ? "weighted" : info->name);
    put_text(&l, "sense", sense == SENSE_MAX ? "max" : "min");
    put_text(&l, "unit", weighted ? "weighted" : info->unit);
    put_int(&l, "value", g->value);
    put_name(&l, "bound");
    if (g->has_bound)
        text_int(out, g->bound);
    else
        text_puts(out, "null");
    put_gap(&l, g);
    put_bool(&l, "proven", g->proven);
    if (weighted)
        put_parts(&l, one);
    text_puts(out, "}");
}

static void put_goals(text *out, const problem *p, const plan *one) {
    begin_list(out, "goals");
    for (int32_t i = 0; i < one->n_goals; i++)
        put_goal(out, p, one, i);
    end_list(out, one->n_goals);
}

static void put_placements(text *out, const problem *p, const plan *one) {
    int32_t n = 0;
    begin_list(out, "placements");
    for (int32_t i = 0; i < p->n_requests; i++) {
        const request *const q = &p->requests[i];
        if (one->option_of[i] == NONE)
            continue;
        assert(one->option_of[i] >= 0 && one->option_of[i] < q->n_options);
        line l = begin_record(out, n++);
        put_text(&l, "request", q->id);
        put_text(&l, "option", q->options[one->option_of[i]].id);
        text_puts(out, "}");
    }
    end_list(out, n);
}

static void put_duty(text *out, const problem *p, int32_t e, int32_t day,
                     int32_t way_index, int32_t n) {
    const way *const w = &p->ways[way_index];
    const shift *const s = &p->shifts[w->shift];
    char time[MINUTE_TEXT];
    line l = begin_record(out, n);
    put_text(&l, "employee", p->employees[e].id);
    put_date(&l, "date", p->days[day]);
    put_text(&l, "shift", s->id);
    put_name(&l, "pieces");
    text_puts(out, "[");
    for (int32_t k = 0; k < s->n_pieces; k++) {
        minute_print(w->pieces[k], time);
        text_printf(out, "%s\"%s\"", k > 0 ? ", " : "", time);
    }
    text_puts(out, "]}");
}

static void put_duties(text *out, const problem *p, const plan *one) {
    int32_t n = 0;
    begin_list(out, "duties");
    for (int32_t e = 0; e < p->n_employees; e++)
        for (int32_t day = 0; day < p->n_days; day++) {
            const int32_t w = one->way_of[e * p->n_days + day];
            if (w != NONE)
                put_duty(out, p, e, day, w, n++);
        }
    end_list(out, n);
}

static void put_waiting(text *out, const problem *p, const plan *one) {
    begin_list(out, "waiting");
    for (int32_t i = 0; i < one->n_waiting; i++) {
        line l = begin_record(out, i);
        put_text(&l, "request", p->requests[one->waiting[i].request].id);
        put_int(&l, "rank", one->waiting[i].rank);
        text_puts(out, "}");
    }
    end_list(out, one->n_waiting);
}

/* A shared quota stands under "section", as format.md 9 says. */
static void put_place(line *l, const problem *p, const where *at) {
    const structure *const s =
        at->structure == NONE ? NULL : &p->structures[at->structure];
    if (s)
        put_text(l, "structure", s->id);
    if (s && at->shared != NONE)
        put_text(l, "section", s->shared[at->shared].id);
    else if (s && at->section >= 0)
        put_text(l, "section", s->sections[at->section].id);
    if (at->need != NONE)
        put_text(l, "need", p->needs[at->need].id);
    if (at->skill != NONE)
        put_text(l, "skill", p->skills[at->skill]);
    if (at->request != NONE)
        put_text(l, "request", p->requests[at->request].id);
    if (at->manager)
        put_text(l, "manager", at->manager);
}

static void put_moment(line *l, const where *at) {
    if (at->civil != CIVIL_NONE)
        put_date(l, "date", at->civil);
    if (at->week != NONE) {
        put_name(l, "week");
        text_printf(l->out, "\"%04d-W%02d\"", (int)(at->week / 100),
                    (int)(at->week % 100));
    }
    if (at->month != NONE) {
        put_name(l, "month");
        text_printf(l->out, "\"%04d-%02d\"", (int)(at->month / 12),
                    (int)(at->month % 12 + 1));
    }
    if (at->civil != CIVIL_NONE && at->begin != NONE) {
        put_time(l, "begin", at->begin);
        put_time(l, "end", at->end);
    }
}

static void put_shortages(text *out, const problem *p, const plan *one) {
    begin_list(out, "shortages");
    for (int32_t i = 0; i < one->n_shortages; i++) {
        const shortage *const s = &one->shortages[i];
        line l = begin_record(out, i);
        put_text(&l, "kind", shortage_kind_text(s->kind));
        put_text(&l, "rule", rule_name_text(s->at.rule));
        put_place(&l, p, &s->at);
        put_moment(&l, &s->at);
        put_int(&l, "size", s->size);
        text_puts(out, "}");
    }
    end_list(out, one->n_shortages);
}

static void put_envy(text *out, const problem *p, const plan *one) {
    begin_list(out, "envy");
    for (int32_t i = 0; i < one->n_envy; i++) {
        line l = begin_record(out, i);
        put_text(&l, "request", p->requests[one->envy[i].request].id);
        put_text(&l, "envies", p->requests[one->envy[i].envies].id);
        text_puts(out, "}");
    }
    end_list(out, one->n_envy);
}

static void put_interval(text *out, const coverage_row *row) {
    static const char *const binds[] = {"none", "seats", "staff"};
    line l = {out, false};
    text_puts(out, "{");
    put_time(&l, "begin", row->begin);
    put_time(&l, "end", row->end);
    put_int(&l, "present", row->present);
    put_int(&l, "places", row->places);
    put_int(&l, "required", row->required);
    put_int(&l, "counted", row->counted);
    put_int(&l, "free", row->free);
    assert(row->binds >= 0 && row->binds <= 2);
    put_text(&l, "binds", binds[row->binds]);
    text_puts(out, "}");
}

/* One line a structure and date. */
static void put_coverage(text *out, const problem *p, const plan *one) {
    int32_t n = 0;
    begin_list(out, "coverage");
    for (int32_t i = 0; i < one->n_coverage; i++) {
        const coverage_row *const row = &one->coverage[i];
        const bool is_first = i == 0 || row->structure != row[-1].structure ||
                              row->day != row[-1].day;
        if (is_first) {
            text_puts(out, n > 0 ? "]}" : "");
            line l = begin_record(out, n++);
            put_text(&l, "structure", p->structures[row->structure].id);
            put_date(&l, "date", p->days[row->day]);
            put_name(&l, "intervals");
            text_puts(out, "[");
        } else {
            text_puts(out, ", ");
        }
        put_interval(out, row);
    }
    text_puts(out, n > 0 ? "]}" : "");
    end_list(out, n);
}

ctg_status io_write_plan(text *out, const problem *p, const plan *one,
                         ctg_error *err) {
    put_head(out, p, one);
    if (one->has_goals)
        put_goals(out, p, one);
    put_placements(out, p, one);
    if (one->way_of)
        put_duties(out, p, one);
    if (one->has_waiting)
        put_waiting(out, p, one);
    put_shortages(out, p, one);
    if (one->has_envy)
        put_envy(out, p, one);
    if (one->has_coverage)
        put_coverage(out, p, one);
    text_puts(out, "\n}\n");
    return out->failed ? err_nomem(err) : CTG_OK;
}
