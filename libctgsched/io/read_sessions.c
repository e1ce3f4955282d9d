// SPDX-License-Identifier: GPL-3.0-or-later
/* Sessions of a structure and the places it keeps in reserve (format.md 3.7,
 * 3.8). */
#include <string.h>

#include "io/intake.h"

enum { SESSIONS_MOST = 64, PLACES_MOST = 10000, MOMENT_MOST = 400 };

/* A session on its way: what can only be settled when all are there. */
typedef struct session_note {
    session s;
    int32_t places;
    stroke_vec when;
    id_list companions;
    profile covers; /* by this session alone */
} session_note;

typedef struct kind_word {
    const char *name;
    setting setting;
} kind_word;

static const kind_word kinds[] = {
    {"matin", SETTING_PERI},      {"midi", SETTING_PERI},
    {"soir", SETTING_PERI},       {"mercredi", SETTING_PERI},
    {"vacances", SETTING_EXTRA},  {"trajet", SETTING_WALK},
    {"nuit", SETTING_NIGHT},      {"jeunes", SETTING_NONE},
    {"clas", SETTING_NONE},       {"atelier", SETTING_NONE},
    {"permanence", SETTING_NONE}, {"autre", SETTING_NONE}};

static setting take_kind(reader *r, const cursor *at) {
    const char *names[COUNT(kinds)];
    for (int32_t i = 0; i < COUNT(kinds); i++)
        names[i] = kinds[i].name;
    const int32_t k =
        take_word(r, at, "kind", REQUIRED, (words){COUNT(kinds), names}, -1);
    return k < 0 ? SETTING_NONE : kinds[k].setting;
}

moment_before take_moment(intake *in, const cursor *of, const char *name) {
    static const char *const known[] = {"days", "at", "working"};
    reader *const r = in->r;
    moment_before m = {0};
    cursor at;
    if (!open_member(r, of, name, OMITTED, known, COUNT(known), &at))
        return m;
    m.given = true;
    m.days = (int32_t)take_int(r, &at, "days",
                               (int_rule){FILLED, 0, MOMENT_MOST, 0});
    m.minute = take_time(r, &at, "at", FILLED, 0);
    m.working = take_bool(r, &at, "working", false);
    close_object(r);
    return m;
}

static void take_regime(reader *r, const cursor *of, session *s) {
    const cursor at = cursor_member(of, "regime");
    s->regime_is = at.at ? REGIME_NONE : REGIME_BY_LAW;
    if (at.at && json_is_null(at.at)) {
        echo_name(r, "regime");
        echo_raw(r, "null");
        return;
    }
    s->regime = take_id(r, of, "regime", OMITTED, NULL);
    if (s->regime)
        s->regime_is = REGIME_NAMED;
}

static void take_booking(intake *in, const cursor *of, session *s) {
    static const char *const known[] = {"opens", "closes"};
    cursor at;
    if (!open_member(in->r, of, "booking", OMITTED, known, COUNT(known), &at))
        return;
    s->opens = take_moment(in, &at, "opens");
    s->closes = take_moment(in, &at, "closes");
    close_object(in->r);
}

static void take_session_when(intake *in, const cursor *of, stroke_vec *out) {
    static const char *const known[] = {WINDOW_DAYS, WINDOW_TIMES};
    reader *const r = in->r;
    const list items = open_list(r, of, "when", REQUIRED, WINDOWS_MOST);
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        window when;
        if (!open_object(r, &at, known, COUNT(known)))
            continue;
        take_window(in, &at, TIMES_REQUIRED, &when);
        stroke_add(in, out, STROKE_SET, &when, 1);
        close_object(r);
    }
    close_list(r, &items);
}

static ctg_status read_session(intake *in, const cursor *at, int32_t places,
                               session_note *out) {
    static const char *const known[] = {
        "id",       "kind",   "when",         "pedt",       "regime",
        "rounding", "places", "min_children", "companions", "booking"};
    static const char *const readings[] = {"sum_then_ceil", "ceil_each",
                                           "mixed_group_fill"};
    reader *const r = in->r;
    session *const s = &out->s;
    if (!open_object(r, at, known, COUNT(known)))
        return profile_paint(in, &out->covers, NULL, 0);
    s->id = take_id(r, at, "id", REQUIRED, NULL);
    s->setting = take_kind(r, at);
    take_session_when(in, at, &out->when);
    s->pedt = take_bool(r, at, "pedt", false);
    take_regime(r, at, s);
    const int32_t reading = take_word(r, at, "rounding", OMITTED,
                                      (words){COUNT(readings), readings}, -1);
    s->has_rounding = reading >= 0;
    s->rounding = reading >= 0 ? (ratio_reading)reading : SUM_THEN_CEIL;
    out->places = (int32_t)take_int(r, at, "places",
                                    (int_rule){FILLED, 0, PLACES_MOST, places});
    s->min_children = (int32_t)take_int(r, at, "min_children",
                                        (int_rule){FILLED, 0, PLACES_MOST, 0});
    out->companions = take_id_set(r, at, "companions", FILLED, SESSIONS_MOST);
    take_booking(in, at, s);
    close_object(r);
    TRY(reader_status(r));
    return profile_paint(in, &out->covers, out->when.at, out->when.n);
}

static int64_t minutes_on(const day_profile *on) {
    int64_t minutes = 0;
    for (int32_t k = 0; k < on->n; k++)
        minutes += on->steps[k].end - on->steps[k].begin;
    return minutes;
}

static bool steps_meet(const day_profile *a, const day_profile *b) {
    for (int32_t i = 0; i < a->n; i++)
        for (int32_t k = 0; k < b->n; k++)
            if (a->steps[i].begin < b->steps[k].end &&
                b->steps[k].begin < a->steps[i].end)
                return true;
    return false;
}

/* The first two, in the order of ids, that cover one instant of the day. */
static void fault_meeting(intake *in, const set *items,
                          const session_note *notes, int32_t day) {
    char date[CIVIL_TEXT];
    for (int32_t k = 1; k < items->items.n; k++)
        for (int32_t i = 0; i < k; i++) {
            if (!steps_meet(&notes[i].covers.days[day],
                            &notes[k].covers.days[day]))
                continue;
            const cursor element =
                cursor_element(&items->items.at, items->entries[k].index);
            const cursor at = cursor_member(&element, "when");
            civil_print(in->p->days[day], date);
            reader_fault(in->r, FAULT_ERROR, "E-OVERLAP", &at,
                         "\"%s\" and \"%s\" cover one instant on %s. Maybe one "
                         "ends when the other begins.",
                         notes[i].s.id, notes[k].s.id, date);
            return;
        }
}

/* No instant is covered by two: then the minutes of all add up. */
static void check_meetings(intake *in, const set *items,
                           const session_note *notes, const profile *all) {
    for (int32_t day = 0; day < in->p->n_days; day++) {
        int64_t minutes = 0;
        for (int32_t k = 0; k < items->items.n; k++)
            minutes += minutes_on(&notes[k].covers.days[day]);
        if (minutes == minutes_on(&all->days[day]))
            continue;
        fault_meeting(in, items, notes, day);
        return;
    }
}

static uint64_t find_companions(intake *in, const set *items, const idmap *map,
                                int32_t k, const id_list *ids) {
    const cursor element =
        cursor_element(&items->items.at, items->entries[k].index);
    const cursor at = cursor_member(&element, "companions");
    uint64_t bits = 0;
    for (int32_t i = 0; i < ids->n; i++) {
        const int32_t index = idmap_get(map, ids->at[i]);
        if (index == k)
            reader_fault(in->r, FAULT_ERROR, "E-VALUE", &at,
                         "session \"%s\" would go with itself. Maybe another "
                         "one is meant.",
                         ids->at[i]);
        else if (index >= 0)
            bits |= UINT64_C(1) << index;
        else
            reader_fault(in->r, FAULT_ERROR, "E-REF", &at,
                         "there is no session \"%s\" in this structure. Maybe "
                         "it was renamed or left out.",
                         ids->at[i]);
    }
    return bits;
}

/* One profile of all: the value is the place of the session plus one. */
static ctg_status paint_sessions(intake *in, structure *s,
                                 const session_note *notes, int32_t n,
                                 stroke_vec *all) {
    for (int32_t k = 0; k < n; k++)
        for (int32_t i = 0; i < notes[k].when.n; i++)
            stroke_add(in, all, STROKE_SET, &notes[k].when.at[i].when, k + 1);
    TRY(reader_status(in->r));
    return profile_paint(in, &s->session, all->at, all->n);
}

ctg_status read_sessions(intake *in, const cursor *of, structure *s,
                         structure_notes *notes, stroke_vec *places) {
    reader *const r = in->r;
    set items = open_set(r, of, "sessions", OMITTED, SESSIONS_MOST, "id");
    const int32_t n = items.items.n;
    session_note *const read = ARENA_NEW(r->tables, session_note, n);
    session *const sessions = ARENA_NEW(r->mem, session, n);
    if (!read || !sessions)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < n; i++) {
        const cursor at = cursor_element(&items.items.at, i);
        set_enter(r, &items, i);
        TRY(read_session(in, &at, s->places, &read[i]));
        set_leave(r, &items, i, read[i].s.id);
    }
    close_set(r, &items);
    set_map(r, &items, &notes->sessions);
    const session_note *const sorted =
        SET_SORTED(r, &items, session_note, read);
    if (!sorted)
        return CTG_ERR_NOMEM;
    TRY(paint_sessions(in, s, sorted, n, places));
    if (n > 0)
        check_meetings(in, &items, sorted, &s->session);
    for (int32_t k = 0; k < n; k++) {
        sessions[k] = sorted[k].s;
        sessions[k].companions = find_companions(in, &items, &notes->sessions,
                                                 k, &sorted[k].companions);
    }
    for (int32_t i = 0; i < places->n; i++)
        places->at[i].value = sorted[places->at[i].value - 1].places;
    s->n_sessions = n;
    s->sessions = sessions;
    return reader_status(r);
}

/* The days of a window on which its places are not yet released: the window
 * with these dates only. False when there are none. */
static bool keep_days(intake *in, const moment_before *release, window *when) {
    const problem *const p = in->p;
    int32_t *const dates = ARENA_NEW(in->r->tables, int32_t, p->n_days);
    if (!reader_kept(in->r, dates))
        return false;
    int32_t n = 0;
    for (int32_t day = 0; day < p->n_days; day++)
        if (window_covers(in, when, day) &&
            (!release->given || p->now < moment_of(p, release, p->days[day])))
            dates[n++] = p->days[day];
    when->by_dates = true;
    when->dates = (int_list){n, dates};
    return n > 0;
}

ctg_status read_reserve(intake *in, const cursor *of, structure *s) {
    static const char *const known[] = {WINDOW_DAYS, WINDOW_TIMES, "places",
                                        "release"};
    reader *const r = in->r;
    const list items = open_list(r, of, "reserve", OMITTED, WINDOWS_MOST);
    stroke_vec strokes = {0};
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        window when;
        if (!open_object(r, &at, known, COUNT(known)))
            continue;
        take_window(in, &at, TIMES_REQUIRED, &when);
        const int32_t places = (int32_t)take_int(
            r, &at, "places", (int_rule){REQUIRED, 0, PLACES_MOST, 0});
        const moment_before release = take_moment(in, &at, "release");
        close_object(r);
        if (keep_days(in, &release, &when))
            stroke_add(in, &strokes, STROKE_MORE, &when, places);
    }
    close_list(r, &items);
    TRY(reader_status(r));
    return profile_paint(in, &s->reserve, strokes.at, strokes.n);
}
