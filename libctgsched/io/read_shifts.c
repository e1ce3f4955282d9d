// SPDX-License-Identifier: GPL-3.0-or-later
/* Shifts, the ways to work them, and wanted cover (format.md 3.9, 3.11). */
#include "io/intake.h"

enum {
    SHIFTS_MOST = 10000,
    SEGMENTS_MOST = 20,
    PIECES_MOST = 4,
    WAYS_MOST = 200,
    COVER_MOST = 100000,
    WEIGHT_OF_COVER = 1000000
};

VEC_DECLARE(way_vec, way);

/* A shift on its way: what needs the whole set. */
typedef struct shift_note {
    shift s;
    id_list then_not;
} shift_note;

/* "children" first, then the break, which is no segment's. */
static const char *const activities[] = {
    "children", "direction", "meeting", "preparation", "analysis",
    "training", "cleaning",  "travel",  "other",       "break"};
enum { CHILDREN = 0, BREAK = COUNT(activities) - 1 };

/* The days that some of the windows cover. */
static const uint8_t *take_days(intake *in, const cursor *of) {
    static const char *const known[] = {WINDOW_DAYS};
    reader *const r = in->r;
    uint8_t *const on =
        reader_kept(r, ARENA_NEW(r->mem, uint8_t, in->p->n_days + 1));
    const bool always = !cursor_has(of, "when");
    const list items = open_list(r, of, "when", OMITTED, WINDOWS_MOST);
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        window when;
        if (!open_object(r, &at, known, COUNT(known)))
            continue;
        take_window(in, &at, TIMES_NONE, &when);
        close_object(r);
        for (int32_t day = 0; on && day < in->p->n_days; day++)
            on[day] |= window_covers(in, &when, day);
    }
    close_list(r, &items);
    for (int32_t day = 0; on && always && day < in->p->n_days; day++)
        on[day] = 1;
    return on;
}

/* The structure of a segment: its own, or the shift's. */
static int32_t take_where(intake *in, const cursor *at, int32_t of_shift) {
    if (cursor_has(at, "structure"))
        return take_ref(in->r, at, "structure", REQUIRED, &in->structure_ids,
                        "structure");
    if (of_shift >= 0)
        echo_member_string(in->r, "structure", in->structures[of_shift].id);
    return of_shift;
}

static void read_segment(intake *in, const cursor *at, int32_t of_shift,
                         segment *out) {
    static const char *const known[] = {"begin", "end", "structure",
                                        "activity"};
    reader *const r = in->r;
    const int32_t n_before = r->faults->n_errors;
    *out = (segment){0, 1, NONE, false};
    if (!open_object(r, at, known, COUNT(known)))
        return;
    out->begin = (int16_t)take_time(r, at, "begin", REQUIRED, 0);
    out->end = (int16_t)take_time(r, at, "end", REQUIRED, 24 * 60);
    out->structure = take_where(in, at, of_shift);
    out->with_children =
        take_word(r, at, "activity", FILLED, (words){BREAK, activities},
                  CHILDREN) == CHILDREN;
    close_object(r);
    if (out->begin >= out->end && r->faults->n_errors == n_before)
        fault_interval(r, at, "begin", "end");
}

static ctg_status read_segments(intake *in, const cursor *of, shift *s) {
    reader *const r = in->r;
    const list items = open_list(r, of, "segments", REQUIRED, SEGMENTS_MOST);
    segment *const all = ARENA_NEW(r->mem, segment, items.n + 1);
    if (!all)
        return CTG_ERR_NOMEM;
    if (items.at.at && items.n == 0)
        reader_fault(r, FAULT_ERROR, "E-RANGE", &items.at,
                     "a shift has one segment or more. Maybe one is missing.");
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        read_segment(in, &at, s->structure, &all[i]);
        if (i > 0 && all[i].begin < all[i - 1].end)
            reader_fault(r, FAULT_ERROR, "E-OVERLAP", &at,
                         "this begins before the segment before it ends. Maybe "
                         "they are in another order.");
    }
    close_list(r, &items);
    s->segments = all;
    s->n_segments = items.n;
    return reader_status(r);
}

static int16_t take_short(reader *r, const cursor *at, const char *name,
                          absence if_none, int32_t fallback) {
    return (int16_t)take_int(r, at, name,
                             (int_rule){if_none, 1, 24 * 60, fallback});
}

static void read_piece(reader *r, const cursor *at, piece *out) {
    static const char *const known[] = {"minutes", "earliest", "latest",
                                        "step",    "activity", "paid"};
    *out = (piece){.minutes = 1, .latest = 24 * 60, .step = 15};
    if (!open_object(r, at, known, COUNT(known)))
        return;
    out->minutes = take_short(r, at, "minutes", REQUIRED, 1);
    out->earliest = (int16_t)take_time(r, at, "earliest", REQUIRED, 0);
    out->latest = (int16_t)take_time(r, at, "latest", REQUIRED, 24 * 60);
    out->step = take_short(r, at, "step", FILLED, 15);
    const int32_t activity =
        take_word(r, at, "activity", FILLED,
                  (words){COUNT(activities) - 1, activities + 1}, BREAK - 1);
    out->is_break = activity == BREAK - 1;
    out->is_paid = take_bool(r, at, "paid", !out->is_break);
    close_object(r);
}

static ctg_status read_pieces(intake *in, const cursor *of, shift *s) {
    reader *const r = in->r;
    const list items = open_list(r, of, "pieces", FILLED, PIECES_MOST);
    piece *const all = ARENA_NEW(r->mem, piece, items.n + 1);
    if (!all)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        read_piece(r, &at, &all[i]);
    }
    close_list(r, &items);
    s->pieces = all;
    s->n_pieces = items.n;
    return reader_status(r);
}

/* --- ways
 * -------------------------------------------------------------------------
 */

typedef struct placing {
    intake *in;
    const shift *s;
    int32_t index;
    way_vec *ways;
    int32_t n; /* found for this shift */
    int16_t at[PIECES_MOST];
} placing;

static bool fits(const placing *p, int32_t k, int32_t begin) {
    const int32_t end = begin + p->s->pieces[k].minutes;
    bool inside = false;
    for (int32_t i = 0; i < p->s->n_segments; i++)
        inside |=
            p->s->segments[i].begin <= begin && end <= p->s->segments[i].end;
    for (int32_t i = 0; i < k; i++)
        if (begin < p->at[i] + p->s->pieces[i].minutes && p->at[i] < end)
            return false;
    return inside;
}

static void keep_way(placing *p) {
    reader *const r = p->in->r;
    if (p->n++ >= WAYS_MOST)
        return;
    int16_t *const begins =
        reader_kept(r, ARENA_NEW(r->mem, int16_t, p->s->n_pieces + 1));
    way *const one = VEC_PUSH(r->tables, p->ways, way);
    if (!reader_kept(r, one) || !begins)
        return;
    for (int32_t k = 0; k < p->s->n_pieces; k++)
        begins[k] = p->at[k];
    *one = (way){p->index, begins};
}

/* Depth is at most PIECES_MOST. */
static void place_from(placing *p, int32_t k) {
    if (k == p->s->n_pieces || k == PIECES_MOST) {
        keep_way(p);
        return;
    }
    const piece *const one = &p->s->pieces[k];
    for (int32_t begin = one->earliest;
         begin + one->minutes <= one->latest && p->n <= WAYS_MOST;
         begin += one->step) {
        if (!fits(p, k, begin))
            continue;
        p->at[k] = (int16_t)begin;
        place_from(p, k + 1);
    }
}

static void find_ways(intake *in, const cursor *at, shift *s, int32_t index,
                      way_vec *ways) {
    placing p = {.in = in, .s = s, .index = index, .ways = ways};
    s->first_way = ways->n;
    place_from(&p, 0);
    s->n_ways = ways->n - s->first_way;
    if (p.n == 0)
        reader_fault(in->r, FAULT_ERROR, "E-SHIFT", at,
                     "shift \"%s\" has no place for its pieces inside its "
                     "segments. Maybe earliest and latest are too near.",
                     s->id ? s->id : "");
    else if (p.n > WAYS_MOST)
        reader_fault(in->r, FAULT_ERROR, "E-SHIFT", at,
                     "the pieces of shift \"%s\" can be placed in more than %d "
                     "ways. Maybe a larger step is enough.",
                     s->id ? s->id : "", WAYS_MOST);
}

static ctg_status read_shift(intake *in, const cursor *at, shift_note *out) {
    static const char *const known[] = {
        "id", "structure", "when", "segments", "pieces", "minutes", "then_not"};
    reader *const r = in->r;
    shift *const s = &out->s;
    *s = (shift){.structure = NONE, .minutes = NONE};
    if (!open_object(r, at, known, COUNT(known)))
        return reader_status(r);
    s->id = take_id(r, at, "id", REQUIRED, NULL);
    s->structure =
        take_ref(r, at, "structure", REQUIRED, &in->structure_ids, "structure");
    s->on = take_days(in, at);
    TRY(read_segments(in, at, s));
    TRY(read_pieces(in, at, s));
    s->minutes = (int32_t)take_int(r, at, "minutes",
                                   (int_rule){OMITTED, 0, 24 * 60, NONE});
    out->then_not = take_id_set(r, at, "then_not", FILLED, SHIFTS_MOST);
    close_object(r);
    return reader_status(r);
}

/* Ids of other shifts, now that all are known. */
static ctg_status find_then_not(intake *in, const cursor *element, shift *s,
                                const id_list *ids) {
    reader *const r = in->r;
    const cursor at = cursor_member(element, "then_not");
    int32_t *const list_of = ARENA_NEW(r->mem, int32_t, ids->n + 1);
    if (!list_of)
        return CTG_ERR_NOMEM;
    int32_t n = 0;
    for (int32_t i = 0; i < ids->n; i++) {
        const int32_t index = idmap_get(&in->shift_ids, ids->at[i]);
        if (index >= 0)
            list_of[n++] = index;
        else
            reader_fault(r, FAULT_ERROR, "E-REF", &at,
                         "there is no shift \"%s\". Maybe it was renamed or "
                         "left out.",
                         ids->at[i]);
    }
    s->then_not = list_of;
    s->n_then_not = n;
    return reader_status(r);
}

/* What needs all shifts, in the order of their ids. */
static ctg_status finish_shifts(intake *in, const set *items,
                                const shift_note *notes, shift *shifts) {
    reader *const r = in->r;
    way_vec ways = {0};
    for (int32_t k = 0; k < items->items.n; k++) {
        const cursor at =
            cursor_element(&items->items.at, items->entries[k].index);
        shifts[k] = notes[k].s;
        in->shift_file_index[k] = items->entries[k].index;
        if (r->faults->n_errors == 0)
            find_ways(in, &at, &shifts[k], k, &ways);
        TRY(find_then_not(in, &at, &shifts[k], &notes[k].then_not));
    }
    way *const kept = ARENA_NEW(r->mem, way, ways.n + 1);
    if (!kept)
        return CTG_ERR_NOMEM;
    for (int32_t k = 0; k < ways.n; k++)
        kept[k] = ways.at[k];
    in->p->ways = kept;
    in->p->n_ways = ways.n;
    return reader_status(r);
}

ctg_status read_shifts(intake *in, const cursor *root) {
    reader *const r = in->r;
    set items = open_set(r, root, "shifts", OMITTED, SHIFTS_MOST, "id");
    const int32_t n = items.items.n;
    shift_note *const notes = ARENA_NEW(r->tables, shift_note, n + 1);
    shift *const shifts = ARENA_NEW(r->mem, shift, n + 1);
    in->shift_file_index = ARENA_NEW(r->tables, int32_t, n + 1);
    if (!notes || !shifts || !in->shift_file_index)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < n; i++) {
        const cursor at = cursor_element(&items.items.at, i);
        set_enter(r, &items, i);
        TRY(read_shift(in, &at, &notes[i]));
        set_leave(r, &items, i, notes[i].s.id);
    }
    close_set(r, &items);
    set_map(r, &items, &in->shift_ids);
    const shift_note *const sorted = SET_SORTED(r, &items, shift_note, notes);
    TRY(reader_status(r));
    in->p->n_shifts = n;
    in->p->shifts = shifts;
    return finish_shifts(in, &items, sorted, shifts);
}

static ctg_status read_cover_entry(intake *in, const cursor *at,
                                   cover_entry *out) {
    static const char *const known[] = {WINDOW_DAYS, "shift", "wanted",
                                        "missing", "extra"};
    reader *const r = in->r;
    window when;
    uint8_t *const on = ARENA_NEW(r->mem, uint8_t, in->p->n_days + 1);
    if (!on)
        return CTG_ERR_NOMEM;
    out->on = on;
    if (!open_object(r, at, known, COUNT(known)))
        return reader_status(r);
    take_window(in, at, TIMES_NONE, &when);
    out->shift = take_ref(r, at, "shift", REQUIRED, &in->shift_ids, "shift");
    out->wanted =
        (int32_t)take_int(r, at, "wanted", (int_rule){REQUIRED, 0, 1000, 0});
    out->missing =
        take_int(r, at, "missing", (int_rule){REQUIRED, 0, WEIGHT_OF_COVER, 0});
    out->extra =
        take_int(r, at, "extra", (int_rule){REQUIRED, 0, WEIGHT_OF_COVER, 0});
    close_object(r);
    for (int32_t day = 0; day < in->p->n_days; day++)
        on[day] = window_covers(in, &when, day);
    return reader_status(r);
}

ctg_status read_cover(intake *in, const cursor *root) {
    reader *const r = in->r;
    const list items = open_list(r, root, "cover", OMITTED, COVER_MOST);
    cover_entry *const all = ARENA_NEW(r->mem, cover_entry, items.n + 1);
    if (!all)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        TRY(read_cover_entry(in, &at, &all[i]));
    }
    close_list(r, &items);
    in->p->cover = all;
    in->p->n_cover = items.n;
    return reader_status(r);
}
