// SPDX-License-Identifier: GPL-3.0-or-later
/* Structures (format.md 3): what they are, when they are open, how many places
 * they have. Rooms, staff and law are in files of their own. */
#include <stdlib.h>
#include <string.h>

#include "io/intake.h"

enum { STRUCTURES_MOST = 2000, UNITS_MOST = 1000, PLACES_MOST = 10000 };
enum { PACKS_OF_ONE = 100, EXCEPTIONS_MOST = 2000, SCHOOLS_MOST = 1000 };
#define METRES_MOST INT64_C(1000000000)

static int32_t take_places(reader *r, const cursor *at) {
    return (int32_t)take_int(r, at, "places",
                             (int_rule){REQUIRED, 0, PLACES_MOST, 0});
}

bool take_location(intake *in, const cursor *of, int64_t *x, int64_t *y) {
    static const char *const known[] = {"x", "y"};
    static const int_rule metres = {REQUIRED, -METRES_MOST, METRES_MOST, 0};
    cursor at;
    if (!open_member(in->r, of, "location", OMITTED, known, COUNT(known), &at))
        return false;
    *x = take_int(in->r, &at, "x", metres);
    *y = take_int(in->r, &at, "y", metres);
    close_object(in->r);
    return true;
}

/* "modulation", "reductions": windows with places. */
static void take_places_windows(intake *in, const cursor *of, const char *name,
                                window_times times, stroke_kind kind,
                                stroke_vec *strokes) {
    static const char *const known[] = {WINDOW_DAYS, WINDOW_TIMES, "places"};
    reader *const r = in->r;
    const list items = open_list(r, of, name, FILLED, WINDOWS_MOST);
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        window when;
        if (!open_object(r, &at, known, COUNT(known)))
            continue;
        take_window(in, &at, times, &when);
        stroke_add(in, strokes, kind, &when, take_places(r, &at));
        close_object(r);
    }
    close_list(r, &items);
}

void take_modulation(intake *in, const cursor *of, stroke_vec *strokes) {
    take_places_windows(in, of, "modulation", TIMES_REQUIRED, STROKE_OVER,
                        strokes);
}

/* "hours", "closures": windows alone. */
static void take_windows(intake *in, const cursor *of, const char *name,
                         absence if_none, window_times times, stroke_kind kind,
                         int32_t value, stroke_vec *strokes) {
    static const char *const known[] = {WINDOW_DAYS, WINDOW_TIMES};
    reader *const r = in->r;
    const list items = open_list(r, of, name, if_none, WINDOWS_MOST);
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        window when;
        if (!open_object(r, &at, known, COUNT(known)))
            continue;
        take_window(in, &at, times, &when);
        stroke_add(in, strokes, kind, &when, value);
        close_object(r);
    }
    close_list(r, &items);
}

/* The hours of one date, in the place of what was painted before. */
static void take_exception_hours(intake *in, const cursor *at, int32_t *date,
                                 int32_t places, stroke_vec *strokes) {
    static const char *const known[] = {"begin", "end"};
    reader *const r = in->r;
    window when = {.by_dates = true,
                   .first = *date,
                   .last = *date,
                   .dates = {1, date},
                   .end = 24 * 60};
    stroke_add(in, strokes, STROKE_CLEAR, &when, 0);
    const list hours = open_list(r, at, "hours", REQUIRED, WINDOWS_MOST);
    for (int32_t i = 0; i < hours.n; i++) {
        const cursor one = cursor_element(&hours.at, i);
        if (!open_object(r, &one, known, COUNT(known)))
            continue;
        when.begin = take_time(r, &one, "begin", REQUIRED, 0);
        when.end = take_time(r, &one, "end", REQUIRED, 24 * 60);
        if (when.begin >= when.end)
            fault_interval(r, &one, "begin", "end");
        else
            stroke_add(in, strokes, STROKE_SET, &when, places);
        close_object(r);
    }
    close_list(r, &hours);
}

static bool day_is_in_horizon(const intake *in, int32_t civil) {
    const int32_t day = day_from(in, civil);
    return day < in->p->n_days && in->p->days[day] == civil;
}

static void take_exceptions(intake *in, const cursor *of, int32_t places,
                            stroke_vec *strokes) {
    static const char *const known[] = {"date", "hours"};
    reader *const r = in->r;
    set s = open_set(r, of, "exceptions", FILLED, EXCEPTIONS_MOST, "date");
    for (int32_t i = 0; i < s.items.n; i++) {
        const cursor at = cursor_element(&s.items.at, i);
        const char *key = NULL;
        int32_t *const date = reader_kept(r, ARENA_NEW(r->tables, int32_t, 1));
        set_enter(r, &s, i);
        if (date && open_object(r, &at, known, COUNT(known))) {
            *date = take_date(r, &at, "date", REQUIRED, in->first);
            key = json_string_value(json_object_get(at.at, "date"));
            if (in->has_horizon && !day_is_in_horizon(in, *date))
                reader_fault(r, FAULT_WARNING, "W-NEVER", &at,
                             "this date is not in the horizon. Maybe it is of "
                             "another year.");
            take_exception_hours(in, &at, date, places, strokes);
            close_object(r);
        }
        set_leave(r, &s, i, key);
    }
    close_set(r, &s);
}

/* Without hours of its own a structure is open in its sessions. */
static void open_in_sessions(intake *in, const stroke_vec *sessions,
                             int32_t places, stroke_vec *strokes) {
    for (int32_t i = 0; i < sessions->n; i++)
        stroke_add(in, strokes, STROKE_SET, &sessions->at[i].when, places);
}

static void put_session_places(intake *in, const stroke_vec *sessions,
                               stroke_vec *strokes) {
    for (int32_t i = 0; i < sessions->n; i++)
        stroke_add(in, strokes, STROKE_OVER, &sessions->at[i].when,
                   sessions->at[i].value);
}

/* Opening, then places upon it: the strokes of `open` begin those of
 * `capacity` (format.md 3). */
static ctg_status read_hours(intake *in, const cursor *at, structure *s,
                             structure_notes *notes) {
    stroke_vec strokes = {0}, sessions = {0};
    const int32_t places = s->places;
    const bool has_sessions = cursor_has(at, "sessions");
    take_windows(in, at, "hours", has_sessions ? OMITTED : REQUIRED,
                 TIMES_REQUIRED, STROKE_SET, places, &strokes);
    TRY(read_sessions(in, at, s, notes, &sessions));
    if (!cursor_has(at, "hours"))
        open_in_sessions(in, &sessions, places, &strokes);
    take_exceptions(in, at, places, &strokes);
    take_windows(in, at, "closures", FILLED, TIMES_OPTIONAL, STROKE_CLEAR, 0,
                 &strokes);
    const int32_t n_open = strokes.n;
    put_session_places(in, &sessions, &strokes);
    take_modulation(in, at, &strokes);
    take_places_windows(in, at, "reductions", TIMES_OPTIONAL, STROKE_LEAST,
                        &strokes);
    TRY(profile_paint(in, &s->capacity, strokes.at, strokes.n));
    for (int32_t i = 0; i < n_open; i++)
        strokes.at[i].value = 1;
    return profile_paint(in, &s->open, strokes.at, n_open);
}

static ctg_status read_units(intake *in, const cursor *at, structure *s) {
    reader *const r = in->r;
    const list items = open_list(r, at, "units", FILLED, UNITS_MOST);
    const int32_t n = items.at.at ? items.n : 1;
    int32_t *const units = reader_kept(r, ARENA_NEW(r->mem, int32_t, n));
    int64_t sum = 0;
    for (int32_t i = 0; units && i < n; i++) {
        const cursor one = cursor_element(&items.at, i);
        units[i] = items.at.at ? (int32_t)value_int(r, &one, 0, PLACES_MOST, 0)
                               : s->places;
        echo_int(r, units[i]);
        sum += units[i];
    }
    close_list(r, &items);
    if (items.at.at && sum != s->places)
        reader_fault(r, FAULT_ERROR, "E-UNIT", &items.at,
                     "the units have %lld places together, the structure %d. "
                     "Maybe one unit is missing.",
                     (long long)sum, (int)s->places);
    s->n_units = n;
    s->units = units;
    return reader_status(r);
}

/* Default: the law of the crèches for a crèche, that of the centres for a
 * centre, none else. */
static ctg_status read_pack_names(intake *in, const cursor *at, structure *s,
                                  const char *by_kind) {
    reader *const r = in->r;
    const list items = open_list(r, at, "packs", FILLED, PACKS_OF_ONE);
    const bool by_default = !items.at.at && by_kind;
    int32_t *const packs = ARENA_NEW(r->mem, int32_t, items.n + 1);
    if (!packs)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor one = cursor_element(&items.at, i);
        const int32_t pack = value_ref(r, &one, &in->pack_ids, "rule pack");
        if (pack < 0)
            continue;
        echo_string(r, in->p->packs[pack].id);
        packs[s->n_packs++] = pack;
    }
    if (by_default) {
        const int32_t pack = idmap_get(&in->pack_ids, by_kind);
        echo_string(r, by_kind);
        if (pack >= 0)
            packs[s->n_packs++] = pack;
    }
    close_list(r, &items);
    s->packs = packs;
    return reader_status(r);
}

static void take_ratio(intake *in, const cursor *of, structure *s) {
    static const char *const known[] = {"regime", "rounding", "scope",
                                        "capacity_basis"};
    static const char *const readings[] = {"sum_then_ceil", "ceil_each",
                                           "mixed_group_fill"};
    static const char *const scopes[] = {"structure", "room"};
    static const char *const bases[] = {"capacity_t", "nominal"};
    reader *const r = in->r;
    const cursor at = cursor_member(of, "ratio");
    s->has_ratio = at.at ? !json_is_null(at.at) : s->is_eaje;
    echo_name(r, "ratio");
    if (!s->has_ratio) {
        echo_raw(r, "null");
        return;
    }
    if (!at.at)
        echo_raw(r, "{");
    else if (!open_object(r, &at, known, COUNT(known)))
        return;
    const bool may_lack = cursor_has(of, "sessions");
    s->regime = take_id(r, &at, "regime",
                        !at.at     ? FILLED
                        : may_lack ? OMITTED
                                   : REQUIRED,
                        at.at ? NULL : "eaje.5_8");
    s->has_ratio = s->regime || !may_lack;
    const int32_t reading = take_word(r, &at, "rounding", OMITTED,
                                      (words){COUNT(readings), readings}, -1);
    s->has_rounding = reading >= 0;
    s->rounding = reading >= 0 ? (ratio_reading)reading : SUM_THEN_CEIL;
    s->scope = (ratio_scope)take_word(r, &at, "scope", FILLED,
                                      (words){COUNT(scopes), scopes}, 0);
    const int32_t basis = take_word(r, &at, "capacity_basis", OMITTED,
                                    (words){COUNT(bases), bases}, -1);
    s->has_basis = basis >= 0;
    s->basis = basis >= 0 ? (capacity_basis)basis : CAPACITY_T;
    close_object(r);
}

static ctg_status read_offers(intake *in, const cursor *of, structure *s) {
    static const char *const known[] = {"need", "max"};
    reader *const r = in->r;
    set items = open_set(r, of, "offers", FILLED, NEEDS_MOST, "need");
    offer *const offers = ARENA_NEW(r->tables, offer, items.items.n);
    if (!offers)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.items.n; i++) {
        const cursor at = cursor_element(&items.items.at, i);
        offers[i] = (offer){NONE, INT32_MAX};
        set_enter(r, &items, i);
        if (open_object(r, &at, known, COUNT(known))) {
            offers[i].need =
                take_ref(r, &at, "need", REQUIRED, &in->need_ids, "need");
            offers[i].max = (int32_t)take_int(
                r, &at, "max", (int_rule){OMITTED, 0, 100000, INT32_MAX});
            close_object(r);
        }
        set_leave(r, &items, i,
                  offers[i].need < 0 ? NULL : in->p->needs[offers[i].need].id);
    }
    close_set(r, &items);
    s->n_offers = items.items.n;
    s->offers = SET_SORTED(r, &items, offer, offers);
    return reader_status(r);
}

static void take_floors(intake *in, const cursor *of, structure *s) {
    static const char *const known[] = {"ratio_margin", "arrivals_per_15min",
                                        "group_changes"};
    static const int_rule one = {OMITTED, 0, 10000, NONE};
    reader *const r = in->r;
    const cursor at = cursor_member(of, "floors");
    echo_name(r, "floors");
    s->floor_ratio_margin = s->floor_arrivals = s->floor_group_changes = NONE;
    if (!at.at)
        echo_raw(r, "{");
    else if (!open_object(r, &at, known, COUNT(known)))
        return;
    s->floor_ratio_margin = (int32_t)take_int(r, &at, "ratio_margin", one);
    s->floor_arrivals = (int32_t)take_int(r, &at, "arrivals_per_15min", one);
    s->floor_group_changes = (int32_t)take_int(r, &at, "group_changes", one);
    close_object(r);
}

static ctg_status read_head(intake *in, const cursor *at, structure *s) {
    static const char *const kinds[] = {"eaje", "acm", "other"};
    static const char *const packs[] = {"fr-eaje", "fr-acm", NULL};
    reader *const r = in->r;
    s->id = take_id(r, at, "id", REQUIRED, NULL);
    const int32_t kind =
        take_word(r, at, "kind", FILLED, (words){COUNT(kinds), kinds}, 0);
    s->is_eaje = kind == 0;
    TRY(read_pack_names(in, at, s, packs[kind]));
    s->manager = take_id(r, at, "manager", FILLED, "commune");
    s->places = take_places(r, at);
    return read_units(in, at, s);
}

/* Absent: children of any school. */
static ctg_status read_schools(intake *in, const cursor *of, structure *s) {
    reader *const r = in->r;
    const id_list ids = take_id_set(r, of, "schools", OMITTED, SCHOOLS_MOST);
    int32_t *const schools = ARENA_NEW(r->mem, int32_t, ids.n);
    if (!schools)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < ids.n; i++)
        schools[i] = school_number(in, ids.at[i]);
    s->n_schools = cursor_has(of, "schools") ? ids.n : NONE;
    s->schools = schools;
    return reader_status(r);
}

int32_t school_number(intake *in, const char *id) {
    const int32_t known = idmap_get(&in->school_ids, id);
    if (known >= 0)
        return known;
    const int32_t next = in->school_ids.n;
    if (idmap_put(in->r->tables, &in->school_ids, id, next) < 0)
        in->r->no_memory = true;
    return next;
}

static ctg_status read_structure(intake *in, const cursor *at, structure *s,
                                 structure_notes *notes) {
    static const char *const known[] = {
        "id",         "kind",       "packs",         "manager",    "places",
        "units",      "hours",      "sessions",      "exceptions", "closures",
        "modulation", "reductions", "over_capacity", "sections",   "shared",
        "merges",     "ratio",      "staff",         "outings",    "offers",
        "floors",     "schools",    "reserve",       "location"};
    reader *const r = in->r;
    if (!open_object(r, at, known, COUNT(known)))
        return reader_status(r);
    TRY(read_head(in, at, s));
    TRY(read_hours(in, at, s, notes));
    s->over_capacity = take_bool(r, at, "over_capacity", false);
    TRY(read_sections(in, at, s, notes));
    TRY(read_shared(in, at, s, notes));
    TRY(read_merges(in, at, s, notes));
    take_ratio(in, at, s);
    TRY(read_staff(in, at, s));
    TRY(read_outings(in, at, s, notes));
    TRY(read_offers(in, at, s));
    take_floors(in, at, s);
    TRY(read_schools(in, at, s));
    TRY(read_reserve(in, at, s));
    s->has_location = take_location(in, at, &s->x, &s->y);
    close_object(r);
    return reader_status(r);
}

static ctg_status note_open_days(intake *in, const structure *s,
                                 structure_notes *notes) {
    notes->day_is_open = ARENA_NEW(in->r->tables, bool, in->p->n_days);
    if (!notes->day_is_open)
        return CTG_ERR_NOMEM;
    for (int32_t day = 0; s->open.days && day < in->p->n_days; day++)
        notes->day_is_open[day] = s->open.days[day].n > 0;
    return CTG_OK;
}

ctg_status read_structures(intake *in, const cursor *root) {
    reader *const r = in->r;
    set items =
        open_set(r, root, "structures", REQUIRED, STRUCTURES_MOST, "id");
    const int32_t n = items.items.n;
    structure *const structures = ARENA_NEW(r->tables, structure, n);
    structure_notes *const notes = ARENA_NEW(r->tables, structure_notes, n);
    in->notes = ARENA_NEW(r->tables, structure_notes, n);
    if (!structures || !notes || !in->notes)
        return CTG_ERR_NOMEM;
    if (json_is_array(items.items.at.at) &&
        json_array_size(items.items.at.at) == 0)
        reader_fault(r, FAULT_ERROR, "E-RANGE", &items.items.at,
                     "there is no structure. Maybe the list was cut.");
    for (int32_t i = 0; i < n; i++) {
        const cursor at = cursor_element(&items.items.at, i);
        set_enter(r, &items, i);
        TRY(read_structure(in, &at, &structures[i], &notes[i]));
        TRY(note_open_days(in, &structures[i], &notes[i]));
        notes[i].file_index = i;
        set_leave(r, &items, i, structures[i].id);
    }
    close_set(r, &items);
    set_map(r, &items, &in->structure_ids);
    in->structures = SET_SORTED(r, &items, structure, structures);
    for (int32_t i = 0; i < n; i++)
        in->notes[i] = notes[items.entries[i].index];
    in->p->n_structures = n;
    in->p->structures = in->structures;
    return reader_status(r);
}
