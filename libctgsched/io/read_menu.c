// SPDX-License-Identifier: GPL-3.0-or-later
/* Menus that the reader generates (format.md 4.4): the pattern is read here,
 * model/menu.c says which variants there are, and each becomes an option. */
#include <string.h>

#include "io/intake.h"
#include "model/menu.h"

enum { DAY = 24 * 60, RANK_MOST = 1000000 };
#define METRES_MOST INT64_C(100000000000)

typedef struct choice_note {
    int32_t structure, section;
    int64_t distance;
} choice_note;

typedef struct menu_request {
    menu_pattern pattern;
    window *weeks;        /* [pattern.n_windows] */
    choice_note *choices; /* [pattern.n_structures] */
} menu_request;

static void read_week_window(intake *in, const cursor *at, window *when,
                             menu_window *out) {
    static const char *const known[] = {"days", "week", "begin", "end"};
    reader *const r = in->r;
    if (!open_object(r, at, known, COUNT(known)))
        return;
    if (!cursor_has(at, "days"))
        reader_fault(r, FAULT_ERROR, "E-MISSING", at,
                     "member \"days\" is missing. Maybe add \"days\": [...].");
    take_window(in, at, TIMES_OF_WEEK, when);
    close_object(r);
    out->weekdays = (when->days | when->days >> 7) & 0x7F;
    out->begin = when->begin;
    out->end = when->end;
}

static ctg_status read_week(intake *in, const cursor *of, menu_request *out) {
    reader *const r = in->r;
    const list items = open_list(r, of, "week", REQUIRED, WINDOWS_MOST);
    menu_window *const windows = ARENA_NEW(r->tables, menu_window, items.n);
    out->weeks = ARENA_NEW(r->tables, window, items.n);
    if (!windows || !out->weeks)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        read_week_window(in, &at, &out->weeks[i], &windows[i]);
    }
    if (json_is_array(items.at.at) && json_array_size(items.at.at) == 0)
        reader_fault(r, FAULT_ERROR, "E-RANGE", &items.at,
                     "the week has no window. Maybe the list was cut.");
    close_list(r, &items);
    out->pattern.n_windows = items.n;
    out->pattern.windows = windows;
    return reader_status(r);
}

/* The option as asked is named after the structure. */
static void check_choice(reader *r, const cursor *of, const char *id) {
    const cursor at = cursor_member(of, "structure");
    if (id && strcmp(id, "held") == 0)
        reader_fault(r, FAULT_ERROR, "E-ID", &at,
                     "an option \"held\" would be generated, which is kept for "
                     "the place held. Maybe give the structure another id.");
}

static void read_choice(intake *in, const cursor *at, const request *q,
                        menu_structure *out, choice_note *note,
                        int32_t position) {
    static const char *const known[] = {"structure", "rank", "section",
                                        "distance"};
    static const idmap none = {0};
    reader *const r = in->r;
    *note = (choice_note){NONE, NONE, 0};
    *out = (menu_structure){"", 1};
    if (!open_object(r, at, known, COUNT(known)))
        return;
    note->structure =
        take_ref(r, at, "structure", REQUIRED, &in->structure_ids, "structure");
    out->rank = (int32_t)take_int(r, at, "rank",
                                  (int_rule){FILLED, 1, RANK_MOST, position});
    note->section = take_ref(
        r, at, "section", OMITTED,
        note->structure < 0 ? &none : &in->notes[note->structure].sections,
        "section");
    note->distance =
        take_int(r, at, "distance",
                 (int_rule){FILLED, 0, METRES_MOST,
                            default_distance(in, q, note->structure)});
    if (note->structure >= 0)
        out->id = in->structures[note->structure].id;
    check_choice(r, at, out->id);
    close_object(r);
}

static ctg_status read_choices(intake *in, const cursor *of, const request *q,
                               menu_request *out) {
    reader *const r = in->r;
    const list items = open_list(r, of, "structures", REQUIRED, OPTIONS_MOST);
    menu_structure *const all = ARENA_NEW(r->tables, menu_structure, items.n);
    out->choices = ARENA_NEW(r->tables, choice_note, items.n);
    if (!all || !out->choices)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        read_choice(in, &at, q, &all[i], &out->choices[i], i + 1);
        for (int32_t k = 0; k < i; k++)
            if (out->choices[i].structure >= 0 &&
                out->choices[k].structure == out->choices[i].structure)
                reader_fault(r, FAULT_ERROR, "E-DUPLICATE", &at,
                             "structure \"%s\" is there twice. Maybe one is a "
                             "copy.",
                             all[i].id);
    }
    close_list(r, &items);
    out->pattern.n_structures = items.n;
    out->pattern.structures = all;
    return reader_status(r);
}

static int32_t take_stretch(reader *r, const cursor *at, const char *name,
                            int32_t by) {
    const int32_t minutes =
        (int32_t)take_int(r, at, name, (int_rule){FILLED, 0, DAY, 0});
    const cursor member = cursor_member(at, name);
    if (minutes % by != 0)
        reader_fault(r, FAULT_ERROR, "E-RANGE", &member,
                     "%d is not a multiple of the step of %d. Maybe round it.",
                     (int)minutes, (int)by);
    return minutes;
}

static uint32_t days_of(const menu_pattern *pattern) {
    uint32_t days = 0;
    for (int32_t i = 0; i < pattern->n_windows; i++)
        days |= pattern->windows[i].weekdays;
    return days;
}

static void take_flex(intake *in, const cursor *of, menu_pattern *out) {
    static const char *const known[] = {"step",      "shift",    "later",
                                        "earlier",   "earliest", "latest",
                                        "drop_days", "droppable"};
    reader *const r = in->r;
    menu_flex *const flex = &out->flex;
    const cursor at = cursor_member(of, "flex");
    *flex = (menu_flex){.step = 30, .latest = DAY};
    echo_name(r, "flex");
    if (!at.at)
        echo_raw(r, "{");
    else if (!open_object(r, &at, known, COUNT(known)))
        return;
    flex->step =
        (int32_t)take_int(r, &at, "step", (int_rule){FILLED, 1, DAY, 30});
    flex->shift = take_stretch(r, &at, "shift", flex->step);
    flex->later = take_stretch(r, &at, "later", flex->step);
    flex->earlier = take_stretch(r, &at, "earlier", flex->step);
    flex->earliest = take_time(r, &at, "earliest", FILLED, 0);
    flex->latest = take_time(r, &at, "latest", FILLED, DAY);
    if (flex->earliest >= flex->latest)
        fault_interval(r, &at, "earliest", "latest");
    flex->drop_days =
        (int32_t)take_int(r, &at, "drop_days", (int_rule){FILLED, 0, 7, 0});
    flex->droppable =
        take_word_set(r, &at, "droppable", FILLED, weekday_words, days_of(out));
    close_object(r);
}

/* The windows of one variant: without the dropped days, moved or cut. */
static int32_t vary_windows(const menu_request *m, const menu_variant *v,
                            int32_t at, placed_window *out) {
    const uint32_t kept = ~(v->dropped | v->dropped << 7);
    int32_t n = 0;
    for (int32_t i = 0; i < m->pattern.n_windows; i++) {
        placed_window *const w = &out[n];
        *w = (placed_window){m->weeks[i], at, NONE, NONE};
        w->when.days &= kept;
        w->when.begin += v->from;
        w->when.end += v->to;
        n += w->when.days != 0;
    }
    return n;
}

static ctg_status add_option(intake *in, const request *q,
                             const menu_request *m, const menu_variant *v,
                             placed_window *windows, option *out,
                             int32_t *overlap) {
    const choice_note *const choice = &m->choices[v->structure];
    const int32_t n = vary_windows(m, v, choice->structure, windows);
    *out = (option){.id = reader_kept(in->r, arena_strdup(in->r->mem, v->id)),
                    .structure = choice->structure,
                    .rank = v->rank,
                    .satisfaction = v->satisfaction,
                    .distance = choice->distance};
    return expand_presences(in, out, q, windows, n, choice->section, overlap);
}

static ctg_status add_options(intake *in, const cursor *at, const request *q,
                              const menu_request *m, option *options,
                              int32_t *n) {
    reader *const r = in->r;
    menu generated;
    const cursor week = cursor_member(at, "week");
    int32_t overlap = CIVIL_NONE;
    placed_window *const windows =
        ARENA_NEW(r->scratch, placed_window, m->pattern.n_windows);
    if (!windows)
        return CTG_ERR_NOMEM;
    TRY(menu_expand(&generated, &m->pattern, r->scratch, NULL));
    if (generated.n_all > MENU_MAX)
        reader_fault(r, FAULT_ERROR, "E-MENU-SIZE", at,
                     "the menu would have more than %d options. Maybe a "
                     "larger step, or fewer structures.",
                     MENU_MAX);
    for (int32_t i = 0; i < generated.n && overlap == CIVIL_NONE; i++)
        TRY(add_option(in, q, m, &generated.variants[i], windows,
                       &options[(*n)++], &overlap));
    if (overlap != CIVIL_NONE)
        reader_fault(r, FAULT_ERROR, "E-OVERLAP", &week,
                     "two windows of the week overlap. Maybe one is a copy.");
    return reader_status(r);
}

ctg_status read_menu(intake *in, const cursor *of, request *q, option *options,
                     int32_t *n) {
    static const char *const known[] = {"week", "structures", "flex"};
    reader *const r = in->r;
    menu_request m = {0};
    cursor at;
    const int32_t n_before = r->faults->n_errors;
    if (!open_member(r, of, "menu", REQUIRED, known, COUNT(known), &at))
        return reader_status(r);
    TRY(read_week(in, &at, &m));
    TRY(read_choices(in, &at, q, &m));
    take_flex(in, &at, &m.pattern);
    close_object(r);
    TRY(reader_status(r));
    if (r->faults->n_errors > n_before)
        return CTG_OK;
    const arena_mark mark = arena_here(r->scratch);
    const ctg_status status = add_options(in, &at, q, &m, options, n);
    arena_rewind(r->scratch, mark);
    return status;
}
