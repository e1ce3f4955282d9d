// SPDX-License-Identifier: GPL-3.0-or-later
/* The commune as a problem file of Format 1 (libctgsched/doc/format.md). */

#include <stdio.h>
#include <string.h>

#include "day.h"
#include "json.h"
#include "town.h"

static const char *const weekdays[] = {"mon", "tue", "wed", "thu", "fri"};

void write_days(json *out, unsigned days) {
    json_open(out, "days", '[');
    for (int d = 0; d < DAYS; d++)
        if (days >> d & 1)
            json_text(out, NULL, weekdays[d]);
    json_close(out, ']');
}

static void write_times(json *out, int begin, int end) {
    json_time(out, "begin", begin);
    json_time(out, "end", end);
}

/* --- structures --- */

static void write_one_date(json *out, int civil) {
    json_open(out, "dates", '[');
    json_date(out, NULL, civil);
    json_close(out, ']');
}

static void write_hours(json *out, const creche *c, int monday) {
    json_open(out, "hours", '[');
    json_open(out, NULL, '{');
    write_times(out, OPENS, CLOSES);
    json_close(out, '}');
    json_close(out, ']');
    if (c->closed_day >= 0) {
        json_open(out, "closures", '[');
        json_open(out, NULL, '{');
        write_one_date(out, monday + c->closed_day);
        json_close(out, '}');
        json_close(out, ']');
    }
    if (c->reduced_day >= 0) {
        json_open(out, "reductions", '[');
        json_open(out, NULL, '{');
        write_one_date(out, monday + c->reduced_day);
        json_int(out, "places", c->reduced_places);
        json_close(out, '}');
        json_close(out, ']');
    }
}

static void write_step(json *out, unsigned days, int begin, int end,
                       int places) {
    if (places < 0)
        return;
    json_open(out, NULL, '{');
    if (days)
        write_days(out, days);
    write_times(out, begin, end);
    json_int(out, "places", places);
    json_close(out, '}');
}

static void write_capacity(json *out, const creche *c) {
    json_int(out, "places", c->places);
    json_bool(out, "over_capacity", c->over_capacity);
    if (c->wednesday_places < 0 && c->morning_places < 0)
        return;
    json_open(out, "modulation", '[');
    write_step(out, 1u << 2, OPENS, CLOSES, c->wednesday_places);
    write_step(out, 0, OPENS, OPENS + 60, c->morning_places);
    write_step(out, 0, CLOSES - 60, CLOSES, c->evening_places);
    json_close(out, ']');
}

static void write_merge(json *out, const creche *c, int begin, int end) {
    json_open(out, NULL, '{');
    write_times(out, begin, end);
    json_open(out, "sections", '[');
    for (int s = 0; s < c->n_sections; s++)
        json_text(out, NULL, c->sections[s].id);
    json_close(out, ']');
    json_close(out, '}');
}

static void write_shared(json *out, const creche *c) {
    json_open(out, "shared", '[');
    json_open(out, NULL, '{');
    json_text(out, "id", "petits");
    json_open(out, "sections", '[');
    json_text(out, NULL, "bebes");
    json_text(out, NULL, "moyens");
    json_close(out, ']');
    json_int(out, "places", creche_shared_places(c));
    json_close(out, '}');
    json_close(out, ']');
}

static void write_sections(json *out, const creche *c) {
    if (c->n_sections == 0)
        return;
    json_open(out, "sections", '[');
    for (int s = 0; s < c->n_sections; s++) {
        const section *const it = &c->sections[s];
        json_open(out, NULL, '{');
        json_text(out, "id", it->id);
        json_int(out, "places", it->places);
        if (it->from_months >= 0)
            json_int(out, "from_months", it->from_months);
        if (it->below_months >= 0)
            json_int(out, "below_months", it->below_months);
        json_close(out, '}');
    }
    json_close(out, ']');
    if (c->shares)
        write_shared(out, c);
    if (c->merges) {
        json_open(out, "merges", '[');
        write_merge(out, c, OPENS, OPENS + 60);
        write_merge(out, c, CLOSES - 60, CLOSES);
        json_close(out, ']');
    }
}

static void write_duty(json *out, const agent *a, int begin, int end) {
    const unsigned all = (1u << DAYS) - 1;
    json_open(out, NULL, '{');
    json_text(out, "category", a->is_cat1 ? "cat1" : "cat2");
    json_int(out, "count", 1);
    if (a->day_off >= 0)
        write_days(out, all & ~(1u << a->day_off));
    write_times(out, begin, end);
    if (a->knows_handicap || a->knows_pai) {
        json_open(out, "skills", '[');
        if (a->knows_handicap)
            json_text(out, NULL, "handicap");
        if (a->knows_pai)
            json_text(out, NULL, "pai");
        json_close(out, ']');
    }
    json_close(out, '}');
}

static void write_law_and_staff(json *out, const creche *c) {
    json_open(out, "ratio", '{');
    json_text(out, "regime", c->regime);
    if (c->rounding)
        json_text(out, "rounding", c->rounding);
    json_close(out, '}');
    json_open(out, "staff", '[');
    for (int i = 0; c->n_hands == 0 && i < c->n_agents; i++) {
        const agent *const a = &c->agents[i];
        write_duty(out, a, a->begin, a->break_begin);
        write_duty(out, a, a->break_end, a->end);
    }
    json_close(out, ']');
    if (c->handicap_max > 0) {
        json_open(out, "offers", '[');
        json_open(out, NULL, '{');
        json_text(out, "need", "handicap");
        json_int(out, "max", c->handicap_max);
        json_close(out, '}');
        json_close(out, ']');
    }
}

static void write_location(json *out, int x, int y) {
    json_open(out, "location", '{');
    json_int(out, "x", x);
    json_int(out, "y", y);
    json_close(out, '}');
}

static void write_creches(json *out, const town *t) {
    json_open(out, "structures", '[');
    for (int i = 0; i < t->n_creches; i++) {
        const creche *const c = &t->creches[i];
        json_open(out, NULL, '{');
        json_text(out, "id", c->id);
        write_capacity(out, c);
        write_hours(out, c, t->monday);
        write_sections(out, c);
        write_law_and_staff(out, c);
        write_location(out, c->x, c->y);
        json_close(out, '}');
    }
    write_centres(out, t);
    json_close(out, ']');
}

static void write_needs(json *out) {
    json_open(out, "needs", '[');
    json_open(out, NULL, '{');
    json_text(out, "id", "handicap");
    json_text(out, "skill", "handicap");
    json_int(out, "place_weight", 2000);
    json_int(out, "ratio_weight", 2000);
    json_close(out, '}');
    json_open(out, NULL, '{');
    json_text(out, "id", "pai");
    json_text(out, "skill", "pai");
    json_bool(out, "equipped", false);
    json_close(out, '}');
    json_close(out, ']');
}

/* --- points --- */

static void write_criterion(json *out, const char *fact, const char *how,
                            int points, int max) {
    json_open(out, NULL, '{');
    json_text(out, "fact", fact);
    json_int(out, how, points);
    if (max)
        json_int(out, "max", max);
    json_close(out, '}');
}

static void write_activity(json *out) {
    json_open(out, NULL, '{');
    json_text(out, "fact", "activity");
    json_open(out, "choices", '{');
    json_int(out, "all_working", 40);
    json_int(out, "one_seeking", 20);
    json_int(out, "one_inactive", 10);
    json_int(out, "none_working", 0);
    json_close(out, '}');
    json_close(out, '}');
}

static void write_grid(json *out) {
    json_open(out, "points_grids", '[');
    json_open(out, NULL, '{');
    json_text(out, "id", "pessac");
    json_text(out, "source", "Pessac (33), grid since 2022, pessac.fr");
    json_open(out, "criteria", '[');
    write_criterion(out, "resident", "points", 300, 0);
    write_criterion(out, "minor_parent", "points", 30, 0);
    write_criterion(out, "single_parent", "points", 30, 0);
    write_criterion(out, "sibling_or_twin", "points", 20, 0);
    write_criterion(out, "adoption", "points", 20, 0);
    write_criterion(out, "no_care", "points", 30, 0);
    write_criterion(out, "durable_care", "points", 10, 0);
    write_activity(out);
    write_criterion(out, "follow_up", "per", 1, 100);
    write_criterion(out, "disabled_child", "points", 30, 0);
    write_criterion(out, "disabled_relative", "points", 20, 0);
    write_criterion(out, "former_member", "points", 20, 0);
    write_criterion(out, "elder_refused", "points", 10, 0);
    write_criterion(out, "commissions_past", "per", 10, 0);
    write_criterion(out, "refused_offer", "points", -20, 0);
    write_criterion(out, "past_breach", "points", -30, 0);
    json_close(out, ']');
    json_close(out, '}');
    json_close(out, ']');
}

static void write_fact(json *out, const char *fact, bool holds) {
    if (holds)
        json_bool(out, fact, true);
}

static void write_facts(json *out, const facts *f) {
    static const char *const activity[] = {"all_working", "one_seeking",
                                           "one_inactive", "none_working"};
    json_text(out, "grid", "pessac");
    json_open(out, "facts", '{');
    write_fact(out, "resident", f->resident);
    write_fact(out, "minor_parent", f->minor_parent);
    write_fact(out, "single_parent", f->single_parent);
    write_fact(out, "sibling_or_twin", f->sibling);
    write_fact(out, "adoption", f->adoption);
    write_fact(out, "no_care", f->no_care);
    write_fact(out, "durable_care", f->durable_care);
    json_text(out, "activity", activity[f->activity]);
    if (f->follow_up)
        json_int(out, "follow_up", f->follow_up);
    write_fact(out, "disabled_child", f->disabled_child);
    write_fact(out, "disabled_relative", f->disabled_relative);
    write_fact(out, "former_member", f->former_member);
    write_fact(out, "elder_refused", f->elder_refused);
    if (f->commissions_past)
        json_int(out, "commissions_past", f->commissions_past);
    write_fact(out, "refused_offer", f->refused_offer);
    write_fact(out, "past_breach", f->past_breach);
    json_close(out, '}');
}

/* --- families --- */

static void write_children(json *out, const town *t) {
    json_open(out, "children", '[');
    for (int i = 0; i < t->n_requests; i++) {
        const request *const r = &t->requests[i];
        json_open(out, NULL, '{');
        json_text(out, "id", r->child_id);
        json_date(out, "birth", r->birth);
        if (r->walk_from >= 0)
            json_date(out, "walk_from", r->walk_from);
        if (r->need != NEED_NONE) {
            json_open(out, "needs", '[');
            json_text(out, NULL, r->need == NEED_PAI ? "pai" : "handicap");
            json_close(out, ']');
        }
        write_location(out, r->x, r->y);
        json_close(out, '}');
    }
    write_pupils(out, t);
    json_close(out, ']');
}

/* Weekdays with the same times share one window. */
static void write_week(json *out, const char *key, const week *w) {
    unsigned left = 0;
    json_open(out, key, '[');
    for (int d = 0; d < DAYS; d++)
        left |= w->begin[d] < w->end[d] ? 1u << d : 0u;
    for (int d = 0; d < DAYS; d++) {
        unsigned same = 0;
        for (int k = d; k < DAYS; k++)
            if (left >> k & 1 && w->begin[k] == w->begin[d] &&
                w->end[k] == w->end[d])
                same |= 1u << k;
        if (!(left >> d & 1))
            continue;
        json_open(out, NULL, '{');
        write_days(out, same);
        write_times(out, w->begin[d], w->end[d]);
        json_close(out, '}');
        left &= ~same;
    }
    json_close(out, ']');
}

static void write_positive(json *out, const char *key, int value) {
    if (value > 0)
        json_int(out, key, value);
}

static void write_flex(json *out, const flex *f) {
    json_open(out, "flex", '{');
    json_int(out, "step", f->step);
    write_positive(out, "shift", f->shift);
    write_positive(out, "later", f->later);
    write_positive(out, "earlier", f->earlier);
    json_time(out, "earliest", OPENS);
    json_time(out, "latest", CLOSES);
    if (f->drop_days > 0) {
        json_int(out, "drop_days", f->drop_days);
        json_open(out, "droppable", '[');
        for (int d = 0; d < DAYS; d++)
            if (f->droppable >> d & 1)
                json_text(out, NULL, weekdays[d]);
        json_close(out, ']');
    }
    json_close(out, '}');
}

static void write_menu(json *out, const town *t, const request *r) {
    if (r->n_choices == 0)
        return;
    json_open(out, "menu", '{');
    write_week(out, "week", &r->asked);
    json_open(out, "structures", '[');
    for (int k = 0; k < r->n_choices; k++) {
        json_open(out, NULL, '{');
        json_text(out, "structure", t->creches[r->choices[k]].id);
        if (r->ranks[k] != k + 1)
            json_int(out, "rank", r->ranks[k]);
        json_close(out, '}');
    }
    json_close(out, ']');
    write_flex(out, &r->flex);
    json_close(out, '}');
}

static void write_held(json *out, const town *t, const request *r) {
    if (r->held_in < 0)
        return;
    json_open(out, "held", '{');
    json_text(out, "structure", t->creches[r->held_in].id);
    write_week(out, "when", &r->held);
    json_int(out, "satisfaction", r->situation == TRANSFER ? 400 : 900);
    json_close(out, '}');
}

static void write_submitted(json *out, const request *r) {
    if (r->submitted_minute < 0) {
        json_date(out, "submitted", r->submitted_day);
        return;
    }
    char when[32];
    const day_date d = day_to_date(r->submitted_day);
    snprintf(when, sizeof when, "%04d-%02d-%02dT%02d:%02d", d.year, d.month,
             d.day, r->submitted_minute / 60, r->submitted_minute % 60);
    json_text(out, "submitted", when);
}

static void write_floor(json *out, const request *r) {
    if (r->min_days == 0 && r->min_minutes == 0)
        return;
    json_open(out, "floor", '{');
    write_positive(out, "min_days", r->min_days);
    write_positive(out, "min_minutes", r->min_minutes);
    json_close(out, '}');
}

static void write_request(json *out, const town *t, const request *r) {
    static const char *const kinds[] = {"regular", "occasional", "emergency"};
    json_open(out, NULL, '{');
    json_text(out, "id", r->id);
    json_text(out, "child", r->child_id);
    if (r->kind > 0)
        json_text(out, "kind", kinds[r->kind]);
    write_submitted(out, r);
    if (t->writes_facts)
        write_facts(out, &r->facts);
    else
        json_int(out, "points", facts_points(&r->facts));
    write_menu(out, t, r);
    write_held(out, t, r);
    if (r->insertion)
        json_bool(out, "insertion", true);
    if (r->has_adaptation) {
        json_open(out, "adaptation", '{');
        json_date(out, "first", t->monday);
        json_date(out, "last", t->monday + 1);
        json_close(out, '}');
    }
    write_floor(out, r);
    json_close(out, '}');
}

static void write_siblings(json *out, const town *t) {
    json_open(out, "siblings", '[');
    for (int g = 0; g < t->n_groups; g++) {
        json_open(out, NULL, '{');
        json_text(out, "id", t->groups[g].id);
        json_text(out, "rule", t->groups[g].rule);
        json_open(out, "requests", '[');
        for (int i = 0; i < t->n_requests; i++)
            if (t->requests[i].group == g)
                json_text(out, NULL, t->requests[i].id);
        json_close(out, ']');
        json_close(out, '}');
    }
    json_close(out, ']');
}

/* --- the whole --- */

typedef struct term {
    const char *goal;
    int weight;
} term;

/* A wish is worth a hundred minutes; a minute of a child more than one of an
 * agent, who takes five or more. */
static const term weighted_terms[] = {
    {"points", 1}, {"hours", 1}, {"satisfaction", 1}, {NULL, 0}};
static const term joint_terms[] = {
    {"hours", 1}, {"wishes", -100}, {"staff_minutes", -1}, {NULL, 0}};
static const char *const order[] = {"shortage",     "points",   "hours",
                                    "satisfaction", "distance", NULL};
static const char *const joint_order[] = {"shortage", "hours", "wishes",
                                          "staff_minutes", NULL};

static void write_terms(json *out, const term *terms) {
    json_open(out, "terms", '[');
    for (; terms->goal; terms++) {
        json_open(out, NULL, '{');
        json_text(out, "goal", terms->goal);
        json_int(out, "weight", terms->weight);
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void write_order(json *out, const char *const *goals) {
    json_open(out, "order", '[');
    for (; *goals; goals++)
        json_text(out, NULL, *goals);
    json_close(out, ']');
}

static void write_goals(json *out, bool weighted, bool joint) {
    json_open(out, "goals", '{');
    json_text(out, "mode", weighted ? "weighted" : "lexicographic");
    if (weighted) {
        json_text(out, "sense", "max");
        write_terms(out, joint ? joint_terms : weighted_terms);
    } else
        write_order(out, joint ? joint_order : order);
    json_close(out, '}');
}

static void write_head(json *out, const town *t, const wording *as) {
    char seed[32];
    snprintf(seed, sizeof seed, "%ld", as->seed);
    json_text(out, "schema", "ctgsched/problem/1");
    json_text(out, "id", t->id);
    json_open(out, "horizon", '{');
    json_date(out, "first", t->monday);
    json_date(out, "last", t->monday + 7 * (t->weeks - 1) + DAYS - 1);
    json_close(out, '}');
    json_open(out, "parameters", '{');
    json_text(out, "seed", seed);
    json_close(out, '}');
    write_goals(out, as->weighted, t->joint);
    if (as->by_points)
        json_text(out, "policy", "by_points");
}

bool town_write(const town *t, const wording *as, const char *path) {
    const bool to_stdout = strcmp(path, "-") == 0;
    FILE *const file = to_stdout ? stdout : fopen(path, "wb");
    if (!file)
        return false;
    json out = {.file = file};
    json_open(&out, NULL, '{');
    write_head(&out, t, as);
    if (t->joint)
        write_preset(&out);
    write_needs(&out);
    if (t->writes_facts)
        write_grid(&out);
    write_creches(&out, t);
    if (t->joint) {
        write_shifts(&out, t);
        write_employees(&out, t);
    }
    write_children(&out, t);
    json_open(&out, "requests", '[');
    for (int i = 0; i < t->n_requests; i++)
        write_request(&out, t, &t->requests[i]);
    write_pupil_requests(&out, t);
    json_close(&out, ']');
    write_siblings(&out, t);
    json_close(&out, '}');
    const bool failed = fflush(file) != 0 || ferror(file) != 0;
    return (to_stdout || fclose(file) == 0) && !failed;
}
