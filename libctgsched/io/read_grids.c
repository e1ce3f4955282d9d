// SPDX-License-Identifier: GPL-3.0-or-later
/* Points grids, and the points of a request by one (format.md 4.5). */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "io/intake.h"

enum { GRIDS_MOST = 1000, CRITERIA_MOST = 1000, BANDS_MOST = 1000 };

typedef enum criterion_kind {
    BY_TRUTH, /* points */
    BY_COUNT, /* per, max */
    BY_CHOICE,
    BY_BAND
} criterion_kind;

typedef struct band {
    int64_t max, points;
} band;

typedef struct choice {
    const char *text;
    int64_t points;
} choice;

typedef struct criterion {
    const char *fact;
    criterion_kind kind;
    int64_t points; /* BY_TRUTH: points; BY_COUNT: per */
    int64_t max;    /* BY_COUNT */
    int32_t n;
    band *bands;
    choice *choices; /* by text */
} criterion;

struct grid {
    const char *id;
    int32_t n;
    criterion *criteria;
};

static const int_rule any_points = {REQUIRED, -INTEGER_MOST, INTEGER_MOST, 0};

static int compare_choices(const void *left, const void *right) {
    return strcmp(((const choice *)left)->text, ((const choice *)right)->text);
}

static ctg_status read_choices(reader *r, const cursor *of, criterion *out) {
    const cursor at = cursor_member(of, "choices");
    echo_name(r, "choices");
    if (!json_is_object(at.at)) {
        reader_fault(r, FAULT_ERROR, "E-TYPE", &at,
                     "this is not an object. Maybe write {\"text\": points}.");
        return reader_status(r);
    }
    out->choices = ARENA_NEW(r->tables, choice, json_object_size(at.at));
    if (!out->choices)
        return CTG_ERR_NOMEM;
    echo_raw(r, "{");
    for (void *i = json_object_iter(at.at); i;
         i = json_object_iter_next(at.at, i))
        out->choices[out->n++].text = json_object_iter_key(i);
    qsort(out->choices, (size_t)out->n, sizeof *out->choices, compare_choices);
    for (int32_t i = 0; i < out->n; i++)
        out->choices[i].points =
            take_int(r, &at, out->choices[i].text, any_points);
    close_object(r);
    return reader_status(r);
}

static void read_band(reader *r, const list *items, int32_t i, band *out) {
    static const char *const known[] = {"max", "points"};
    const cursor at = cursor_element(&items->at, i);
    const absence if_none = i + 1 < items->n ? REQUIRED : OMITTED;
    *out = (band){.max = INT64_MAX};
    if (!open_object(r, &at, known, COUNT(known)))
        return;
    out->max =
        take_int(r, &at, "max",
                 (int_rule){if_none, -INTEGER_MOST, INTEGER_MOST, INT64_MAX});
    out->points = take_int(r, &at, "points", any_points);
    close_object(r);
}

static ctg_status read_bands(reader *r, const cursor *of, criterion *out) {
    const list items = open_list(r, of, "bands", REQUIRED, BANDS_MOST);
    out->bands = ARENA_NEW(r->tables, band, items.n);
    if (!out->bands)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.n; i++)
        read_band(r, &items, i, &out->bands[i]);
    out->n = items.n;
    close_list(r, &items);
    return reader_status(r);
}

/* Exactly one of the four ways. */
static bool find_kind(reader *r, const cursor *at, criterion *out) {
    static const char *const ways[] = {"points", "per", "choices", "bands"};
    int32_t n = 0;
    for (int32_t i = 0; i < COUNT(ways); i++)
        if (cursor_has(at, ways[i])) {
            out->kind = (criterion_kind)i;
            n++;
        }
    const cursor stray = cursor_member(at, "max");
    if (n != 1)
        reader_fault(r, FAULT_ERROR, n == 0 ? "E-MISSING" : "E-MEMBER", at,
                     "a criterion has one of points, per, choices, bands. "
                     "Maybe split it.");
    else if (stray.at && out->kind != BY_COUNT)
        reader_fault(r, FAULT_ERROR, "E-MEMBER", &stray,
                     "\"max\" goes with \"per\". Maybe it belongs to a band.");
    return n == 1;
}

static ctg_status read_criterion(reader *r, const cursor *at, criterion *out) {
    static const char *const known[] = {"fact", "points",  "per",
                                        "max",  "choices", "bands"};
    if (!open_object(r, at, known, COUNT(known)))
        return reader_status(r);
    out->fact = take_id(r, at, "fact", REQUIRED, NULL);
    out->max = INT64_MAX;
    if (!find_kind(r, at, out))
        return reader_status(r);
    if (out->kind == BY_TRUTH)
        out->points = take_int(r, at, "points", any_points);
    if (out->kind == BY_COUNT) {
        out->points = take_int(r, at, "per", any_points);
        out->max = take_int(r, at, "max",
                            (int_rule){OMITTED, 0, INTEGER_MOST, INT64_MAX});
    }
    if (out->kind == BY_CHOICE)
        TRY(read_choices(r, at, out));
    if (out->kind == BY_BAND)
        TRY(read_bands(r, at, out));
    close_object(r);
    return reader_status(r);
}

static ctg_status read_grid(reader *r, const cursor *at, grid *out) {
    static const char *const known[] = {"id", "criteria", "source"};
    if (!open_object(r, at, known, COUNT(known)))
        return reader_status(r);
    out->id = take_id(r, at, "id", REQUIRED, NULL);
    const list items = open_list(r, at, "criteria", REQUIRED, CRITERIA_MOST);
    out->criteria = ARENA_NEW(r->tables, criterion, items.n);
    if (!out->criteria)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor one = cursor_element(&items.at, i);
        TRY(read_criterion(r, &one, &out->criteria[i]));
    }
    out->n = items.n;
    close_list(r, &items);
    take_text(r, at, "source", OMITTED, NULL);
    close_object(r);
    return reader_status(r);
}

ctg_status read_grids(intake *in, const cursor *root) {
    reader *const r = in->r;
    set items = open_set(r, root, "points_grids", FILLED, GRIDS_MOST, "id");
    grid *const grids = ARENA_NEW(r->tables, grid, items.items.n);
    if (!grids)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.items.n; i++) {
        const cursor at = cursor_element(&items.items.at, i);
        set_enter(r, &items, i);
        TRY(read_grid(r, &at, &grids[i]));
        set_leave(r, &items, i, grids[i].id);
    }
    close_set(r, &items);
    set_map(r, &items, &in->grid_ids);
    in->grids = SET_SORTED(r, &items, grid, grids);
    return reader_status(r);
}

static void fault_fact(reader *r, const cursor *at, const char *why) {
    char name[SHOWN];
    reader_fault(r, FAULT_ERROR, "E-FACT", at, "fact \"%s\" %s.",
                 shown(name, at->name), why);
}

static bool points_of_count(const criterion *c, int64_t fact, int64_t *points) {
    if (!mul_fits(c->points, fact, points))
        return false;
    if (*points > c->max)
        *points = c->max;
    if (*points < -c->max)
        *points = -c->max;
    return *points >= -INTEGER_MOST && *points <= INTEGER_MOST;
}

static int64_t score_count(reader *r, const cursor *at, const criterion *c) {
    int64_t points = 0;
    if (!json_is_integer(at->at))
        fault_fact(r, at, "is not an integer. Maybe write a number");
    else if (!points_of_count(c, json_integer_value(at->at), &points))
        fault_fact(r, at, "gives too many points. Maybe set \"max\"");
    return points;
}

static int64_t score_choice(reader *r, const cursor *at, const criterion *c) {
    const char *const fact = json_string_value(at->at);
    for (int32_t i = 0; fact && i < c->n; i++)
        if (strcmp(c->choices[i].text, fact) == 0)
            return c->choices[i].points;
    fault_fact(r, at,
               "is none of the choices. Maybe it is spelt in another "
               "way");
    return 0;
}

static int64_t score_band(reader *r, const cursor *at, const criterion *c) {
    const int64_t fact = json_integer_value(at->at);
    for (int32_t i = 0; json_is_integer(at->at) && i < c->n; i++)
        if (fact <= c->bands[i].max)
            return c->bands[i].points;
    fault_fact(r, at, "is in no band. Maybe leave \"max\" out of the last one");
    return 0;
}

static int64_t score(reader *r, const cursor *at, const criterion *c) {
    switch (c->kind) {
    case BY_TRUTH:
        if (!json_is_boolean(at->at))
            fault_fact(r, at, "is not true or false. Maybe drop the quotes");
        return json_is_true(at->at) ? c->points : 0;
    case BY_COUNT:
        return score_count(r, at, c);
    case BY_CHOICE:
        return score_choice(r, at, c);
    default:
        return score_band(r, at, c);
    }
}

static int64_t score_fact(reader *r, const cursor *at, const grid *g) {
    int64_t sum = 0;
    bool is_named = false;
    for (int32_t i = 0; i < g->n; i++) {
        if (!g->criteria[i].fact || strcmp(g->criteria[i].fact, at->name) != 0)
            continue;
        is_named = true;
        if (!add_fits(sum, score(r, at, &g->criteria[i]), &sum))
            fault_fact(r, at, "gives too many points. Maybe set \"max\"");
    }
    if (!is_named)
        fault_fact(r, at,
                   "is in no criterion. Maybe it is spelt in another "
                   "way");
    return sum;
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void echo_fact(reader *r, const cursor *at) {
    echo_name(r, at->name);
    if (json_is_string(at->at))
        echo_string(r, json_string_value(at->at));
    else if (json_is_integer(at->at))
        echo_int(r, json_integer_value(at->at));
    else
        echo_raw(r, json_is_true(at->at) ? "true" : "false");
}

static int64_t score_facts(reader *r, const cursor *at, const grid *g) {
    const size_t n = json_object_size(at->at);
    const char **const names = ARENA_NEW(r->scratch, const char *, n);
    int64_t sum = 0;
    size_t k = 0;
    if (!reader_kept(r, (void *)names))
        return 0;
    for (void *i = json_object_iter(at->at); i;
         i = json_object_iter_next(at->at, i))
        names[k++] = json_object_iter_key(i);
    qsort((void *)names, n, sizeof *names, compare_names);
    for (k = 0; k < n; k++) {
        const cursor one = cursor_member(at, names[k]);
        echo_fact(r, &one);
        if (!add_fits(sum, score_fact(r, &one, g), &sum))
            sum = INTEGER_MOST + 1;
    }
    return sum;
}

static int64_t points_by_grid(intake *in, const cursor *of) {
    reader *const r = in->r;
    const cursor at = cursor_member(of, "facts");
    const int32_t index =
        take_ref(r, of, "grid", REQUIRED, &in->grid_ids, "points grid");
    int64_t sum = 0;
    echo_name(r, "facts");
    echo_raw(r, "{");
    const arena_mark mark = arena_here(r->scratch);
    if (at.at && !json_is_object(at.at))
        reader_fault(r, FAULT_ERROR, "E-TYPE", &at,
                     "this is not an object. Maybe write {\"fact\": value}.");
    else if (at.at && index >= 0)
        sum = score_facts(r, &at, &in->grids[index]);
    arena_rewind(r->scratch, mark);
    close_object(r);
    if (sum >= -INTEGER_MOST && sum <= INTEGER_MOST)
        return sum;
    reader_fault(r, FAULT_ERROR, "E-RANGE", of,
                 "the points of the facts pass 2^53. Maybe set \"max\".");
    return 0;
}

int64_t take_points(intake *in, const cursor *request_at) {
    reader *const r = in->r;
    const cursor points = cursor_member(request_at, "points");
    if (!cursor_has(request_at, "grid") && !cursor_has(request_at, "facts"))
        return take_int(r, request_at, "points",
                        (int_rule){FILLED, -INTEGER_MOST, INTEGER_MOST, 0});
    if (points.at)
        reader_fault(r, FAULT_ERROR, "E-MEMBER", &points,
                     "\"points\" does not go with \"grid\". Maybe leave one of "
                     "them out.");
    return points_by_grid(in, request_at);
}
