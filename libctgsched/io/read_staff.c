// SPDX-License-Identifier: GPL-3.0-or-later
/* Staff present, and outings (format.md 3.3, 3.4). */
#include "io/intake.h"

enum { COUNT_MOST = 1000, SKILLS_MOST = 64 };

/* Skills have no list of their own: the file's needs and staff name them; the
 * map is filled before the structures are read. */
static uint64_t take_skills(intake *in, const cursor *at) {
    const int_list skills = take_ref_set(in->r, at, "skills", FILLED,
                                         SKILLS_MOST, &in->skill_ids, "skill");
    uint64_t bits = 0;
    for (int32_t i = 0; i < skills.n; i++)
        bits |= UINT64_C(1) << skills.at[i];
    return bits;
}

staff_category take_category(reader *r, const cursor *at) {
    static const char *const categories[] = {
        "cat1",    "cat2",        "director", "qualified",
        "trainee", "unqualified", "other"};
    return (staff_category)take_word(r, at, "category", REQUIRED,
                                     (words){COUNT(categories), categories},
                                     STAFF_OTHER);
}

static ctg_status read_entry(intake *in, const cursor *at, staff_entry *out) {
    static const char *const known[] = {WINDOW_DAYS, WINDOW_TIMES, "category",
                                        "count", "skills"};
    reader *const r = in->r;
    stroke one = {.kind = STROKE_SET};
    if (!open_object(r, at, known, COUNT(known)))
        return profile_paint(in, &out->count, NULL, 0);
    take_window(in, at, TIMES_REQUIRED, &one.when);
    out->category = take_category(r, at);
    one.value = (int32_t)take_int(r, at, "count",
                                  (int_rule){REQUIRED, 1, COUNT_MOST, 1});
    out->skills = take_skills(in, at);
    close_object(r);
    TRY(reader_status(r));
    return profile_paint(in, &out->count, &one, 1);
}

ctg_status read_staff(intake *in, const cursor *of, structure *s) {
    reader *const r = in->r;
    const list items = open_list(r, of, "staff", FILLED, WINDOWS_MOST);
    staff_entry *const staff = ARENA_NEW(r->mem, staff_entry, items.n);
    if (!staff)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        TRY(read_entry(in, &at, &staff[i]));
    }
    close_list(r, &items);
    s->n_staff = items.n;
    s->staff = staff;
    return reader_status(r);
}

/* Absent: all children. */
static uint64_t take_outing_sections(intake *in, const cursor *at,
                                     const structure_notes *notes) {
    if (!cursor_has(at, "sections"))
        return UINT64_MAX;
    const int_list sections =
        take_ref_set(in->r, at, "sections", OMITTED, SECTIONS_MOST,
                     &notes->sections, "section");
    uint64_t bits = 0;
    for (int32_t i = 0; i < sections.n; i++)
        bits |= UINT64_C(1) << sections.at[i];
    return bits;
}

static ctg_status read_outing(intake *in, const cursor *at, outing *out,
                              const structure_notes *notes) {
    static const char *const known[] = {WINDOW_DAYS, WINDOW_TIMES, "sections"};
    reader *const r = in->r;
    stroke one = {.kind = STROKE_SET, .value = 1};
    if (!open_object(r, at, known, COUNT(known)))
        return profile_paint(in, &out->when, NULL, 0);
    take_window(in, at, TIMES_REQUIRED, &one.when);
    out->sections = take_outing_sections(in, at, notes);
    close_object(r);
    TRY(reader_status(r));
    return profile_paint(in, &out->when, &one, 1);
}

ctg_status read_outings(intake *in, const cursor *of, structure *s,
                        const structure_notes *notes) {
    reader *const r = in->r;
    const list items = open_list(r, of, "outings", FILLED, WINDOWS_MOST);
    outing *const outings = ARENA_NEW(r->mem, outing, items.n);
    if (!outings)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        TRY(read_outing(in, &at, &outings[i], notes));
    }
    close_list(r, &items);
    s->n_outings = items.n;
    s->outings = outings;
    return reader_status(r);
}
