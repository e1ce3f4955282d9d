// SPDX-License-Identifier: GPL-3.0-or-later
/* Sections, quotas that sections share, and rooms that merge (format.md 3.1,
 * 3.2). */
#include <string.h>

#include "io/intake.h"

enum { PLACES_MOST = 10000, MONTHS_MOST = 1200 };

static int32_t take_months(reader *r, const cursor *at, const char *name,
                           int32_t fallback) {
    return (int32_t)take_int(r, at, name,
                             (int_rule){OMITTED, 0, MONTHS_MOST, fallback});
}

/* Absent: as the hard range, which is echoed when it is bounded. */
static int32_t take_ideal(reader *r, const cursor *at, const char *name,
                          int32_t hard) {
    const bool is_bounded = hard != INT32_MIN && hard != INT32_MAX;
    return (int32_t)take_int(
        r, at, name,
        (int_rule){is_bounded ? FILLED : OMITTED, 0, MONTHS_MOST, hard});
}

static void check_range(reader *r, const cursor *at, int32_t from,
                        int32_t below, const char *first, const char *second) {
    if (from >= below && cursor_has(at, first) && cursor_has(at, second))
        fault_interval(r, at, first, second);
}

static ctg_status read_section(intake *in, const cursor *at, section *out) {
    static const char *const known[] = {"id",
                                        "places",
                                        "modulation",
                                        "from_months",
                                        "below_months",
                                        "ideal_from_months",
                                        "ideal_below_months"};
    reader *const r = in->r;
    stroke_vec strokes = {0};
    const window always = window_always(in);
    if (!open_object(r, at, known, COUNT(known)))
        return profile_paint(in, &out->capacity, NULL, 0);
    out->id = take_id(r, at, "id", REQUIRED, NULL);
    out->places = (int32_t)take_int(r, at, "places",
                                    (int_rule){REQUIRED, 0, PLACES_MOST, 0});
    stroke_add(in, &strokes, STROKE_SET, &always, out->places);
    take_modulation(in, at, &strokes);
    out->from_months = take_months(r, at, "from_months", INT32_MIN);
    out->below_months = take_months(r, at, "below_months", INT32_MAX);
    check_range(r, at, out->from_months, out->below_months, "from_months",
                "below_months");
    out->ideal_from_months =
        take_ideal(r, at, "ideal_from_months", out->from_months);
    out->ideal_below_months =
        take_ideal(r, at, "ideal_below_months", out->below_months);
    check_range(r, at, out->ideal_from_months, out->ideal_below_months,
                "ideal_from_months", "ideal_below_months");
    close_object(r);
    TRY(reader_status(r));
    return profile_paint(in, &out->capacity, strokes.at, strokes.n);
}

static bool ranges_meet(const section *a, const section *b) {
    return a->from_months < b->below_months && b->from_months < a->below_months;
}

/* A child of an age in two ranges goes to the section of smaller id. */
static void warn_overlap(reader *r, const set *items, const section *all) {
    for (int32_t i = 0; i < items->items.n; i++)
        for (int32_t k = i + 1; k < items->items.n; k++) {
            if (!all[i].id || !all[k].id || !ranges_meet(&all[i], &all[k]))
                continue;
            const cursor at =
                cursor_element(&items->items.at, items->entries[k].index);
            reader_fault(r, FAULT_WARNING, "W-SECTION", &at,
                         "the age ranges of \"%s\" and \"%s\" overlap; where "
                         "an option names none, \"%s\" is taken. Maybe bound "
                         "them with from_months and below_months.",
                         all[i].id, all[k].id, all[i].id);
            return;
        }
}

ctg_status read_sections(intake *in, const cursor *of, structure *s,
                         structure_notes *notes) {
    reader *const r = in->r;
    set items = open_set(r, of, "sections", FILLED, SECTIONS_MOST, "id");
    section *const sections = ARENA_NEW(r->tables, section, items.items.n);
    if (!sections)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.items.n; i++) {
        const cursor at = cursor_element(&items.items.at, i);
        set_enter(r, &items, i);
        TRY(read_section(in, &at, &sections[i]));
        set_leave(r, &items, i, sections[i].id);
    }
    close_set(r, &items);
    set_map(r, &items, &notes->sections);
    s->n_sections = items.items.n;
    s->sections = SET_SORTED(r, &items, section, sections);
    if (s->sections)
        warn_overlap(r, &items, s->sections);
    return reader_status(r);
}

/* "windows": when a quota holds; absent: always. */
static void take_when(intake *in, const cursor *of, stroke_vec *strokes) {
    static const char *const known[] = {WINDOW_DAYS, WINDOW_TIMES};
    reader *const r = in->r;
    const list items = open_list(r, of, "windows", OMITTED, WINDOWS_MOST);
    const window always = window_always(in);
    if (!items.at.at)
        stroke_add(in, strokes, STROKE_SET, &always, 1);
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        window when;
        if (!open_object(r, &at, known, COUNT(known)))
            continue;
        take_window(in, &at, TIMES_REQUIRED, &when);
        stroke_add(in, strokes, STROKE_SET, &when, 1);
        close_object(r);
    }
    close_list(r, &items);
}

static ctg_status read_quota(intake *in, const cursor *at, shared_quota *out,
                             const structure_notes *notes) {
    static const char *const known[] = {"id", "sections", "places", "windows"};
    reader *const r = in->r;
    stroke_vec strokes = {0};
    if (!open_object(r, at, known, COUNT(known)))
        return profile_paint(in, &out->when, NULL, 0);
    out->id = take_id(r, at, "id", REQUIRED, NULL);
    const int_list sections =
        take_ref_set(r, at, "sections", REQUIRED, SECTIONS_MOST,
                     &notes->sections, "section");
    out->n_sections = sections.n;
    out->sections = sections.at;
    out->places = (int32_t)take_int(r, at, "places",
                                    (int_rule){REQUIRED, 0, PLACES_MOST, 0});
    take_when(in, at, &strokes);
    close_object(r);
    TRY(reader_status(r));
    return profile_paint(in, &out->when, strokes.at, strokes.n);
}

ctg_status read_shared(intake *in, const cursor *of, structure *s,
                       const structure_notes *notes) {
    reader *const r = in->r;
    set items = open_set(r, of, "shared", FILLED, WINDOWS_MOST, "id");
    shared_quota *const all = ARENA_NEW(r->tables, shared_quota, items.items.n);
    if (!all)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.items.n; i++) {
        const cursor at = cursor_element(&items.items.at, i);
        set_enter(r, &items, i);
        TRY(read_quota(in, &at, &all[i], notes));
        set_leave(r, &items, i, all[i].id);
    }
    close_set(r, &items);
    s->n_shared = items.items.n;
    s->shared = SET_SORTED(r, &items, shared_quota, all);
    return reader_status(r);
}

/* Sum of the sections' capacities at a minute. */
static int32_t places_then(const structure *s, const merge *m, int32_t day,
                           int32_t minute) {
    int32_t sum = 0;
    for (int32_t i = 0; i < m->n_sections; i++)
        sum += profile_at(&s->sections[m->sections[i]].capacity, day, minute);
    return sum;
}

/* Where the value changes within [begin, end), one stroke a piece. */
static void stroke_sums(intake *in, const structure *s, const merge *m,
                        const window *when, int32_t day, stroke_vec *strokes) {
    int32_t *const date = ARENA_NEW(in->r->tables, int32_t, 1);
    if (!reader_kept(in->r, date))
        return;
    *date = in->p->days[day];
    window piece = {.by_dates = true,
                    .first = *date,
                    .last = *date,
                    .dates = {1, date},
                    .begin = when->begin};
    while (piece.begin < when->end) {
        const int32_t sum = places_then(s, m, day, piece.begin);
        piece.end = piece.begin + 1;
        while (piece.end < when->end &&
               places_then(s, m, day, piece.end) == sum)
            piece.end++;
        stroke_add(in, strokes, STROKE_SET, &piece, sum);
        piece.begin = piece.end;
    }
}

static bool sections_are_constant(const intake *in, const structure *s,
                                  const merge *m) {
    for (int32_t i = 0; i < m->n_sections; i++) {
        const day_profile *const days =
            s->sections[m->sections[i]].capacity.days;
        for (int32_t day = 0; days && day < in->p->n_days; day++)
            if (days[day].n != 1 || days[day].steps != days[0].steps)
                return false;
    }
    return true;
}

/* "places" of a merge; by default what its sections have together then. */
static void take_merge_places(intake *in, const cursor *at, const structure *s,
                              const merge *m, const window *when,
                              stroke_vec *strokes) {
    const bool is_given = cursor_has(at, "places");
    if (is_given) {
        const int32_t places = (int32_t)take_int(
            in->r, at, "places", (int_rule){OMITTED, 0, PLACES_MOST, 0});
        stroke_add(in, strokes, STROKE_SET, when, places);
    } else if (in->p->n_days > 0 && sections_are_constant(in, s, m)) {
        const int32_t sum = places_then(s, m, 0, 0);
        stroke_add(in, strokes, STROKE_SET, when, sum);
    } else {
        for (int32_t day = 0; day < in->p->n_days; day++)
            if (window_covers(in, when, day))
                stroke_sums(in, s, m, when, day, strokes);
    }
}

static ctg_status read_merge(intake *in, const cursor *at, const structure *s,
                             merge *out, const structure_notes *notes) {
    static const char *const known[] = {WINDOW_DAYS, WINDOW_TIMES, "sections",
                                        "places"};
    reader *const r = in->r;
    stroke_vec strokes = {0};
    window when;
    if (!open_object(r, at, known, COUNT(known)))
        return profile_paint(in, &out->places, NULL, 0);
    const int32_t n_before = r->faults->n_errors;
    take_window(in, at, TIMES_REQUIRED, &when);
    const int_list sections =
        take_ref_set(r, at, "sections", REQUIRED, SECTIONS_MOST,
                     &notes->sections, "section");
    out->n_sections = sections.n;
    out->sections = sections.at;
    if (sections.n < 2 && r->faults->n_errors == n_before)
        reader_fault(r, FAULT_ERROR, "E-MERGE", at,
                     "a merge has two sections or more. Maybe one is missing.");
    TRY(reader_status(r));
    take_merge_places(in, at, s, out, &when, &strokes);
    close_object(r);
    TRY(reader_status(r));
    return profile_paint(in, &out->places, strokes.at, strokes.n);
}

static bool merges_share(const merge *a, const merge *b) {
    for (int32_t i = 0, k = 0; i < a->n_sections && k < b->n_sections;) {
        if (a->sections[i] == b->sections[k])
            return true;
        if (a->sections[i] < b->sections[k])
            i++;
        else
            k++;
    }
    return false;
}

static bool steps_meet(const day_profile *a, const day_profile *b) {
    for (int32_t i = 0; i < a->n; i++)
        for (int32_t k = 0; k < b->n; k++)
            if (a->steps[i].begin < b->steps[k].end &&
                b->steps[k].begin < a->steps[i].end)
                return true;
    return false;
}

static bool merges_meet(const intake *in, const merge *a, const merge *b) {
    for (int32_t day = 0; day < in->p->n_days; day++)
        if (steps_meet(&a->places.days[day], &b->places.days[day]))
            return true;
    return false;
}

/* A section is in at most one merge at an instant. */
static void fault_merges(intake *in, const list *items, const merge *all) {
    for (int32_t k = 1; k < items->n; k++)
        for (int32_t i = 0; i < k; i++) {
            if (!merges_share(&all[i], &all[k]) ||
                !merges_meet(in, &all[i], &all[k]))
                continue;
            const cursor at = cursor_element(&items->at, k);
            reader_fault(in->r, FAULT_ERROR, "E-MERGE", &at,
                         "a section is in this merge and in number %d at one "
                         "instant. Maybe their times overlap by mistake.",
                         (int)i);
            break;
        }
}

ctg_status read_merges(intake *in, const cursor *of, structure *s,
                       const structure_notes *notes) {
    reader *const r = in->r;
    const list items = open_list(r, of, "merges", FILLED, WINDOWS_MOST);
    merge *const merges = ARENA_NEW(r->mem, merge, items.n);
    if (!merges || !s->sections)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        TRY(read_merge(in, &at, s, &merges[i], notes));
    }
    close_list(r, &items);
    fault_merges(in, &items, merges);
    s->n_merges = items.n;
    s->merges = merges;
    return reader_status(r);
}
