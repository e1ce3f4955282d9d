// SPDX-License-Identifier: GPL-3.0-or-later
/* Dated presences of options (format.md 4.3), absences (4.2) taken out.
 * Families ask for the same few weeks: equal arrays are kept once for the whole
 * problem. */
#include <assert.h>
#include <string.h>

#include "io/intake.h"

VEC_DECLARE(presence_vec, presence);

typedef struct kept {
    const presence *at; /* NULL: free */
    int32_t n;
    uint32_t hash;
} kept;

struct presence_table {
    kept *slots;
    int32_t n, room; /* room is a power of two */
};

typedef struct expanding {
    intake *in;
    const option *o;
    const request *q;
    const placed_window *windows;
    int32_t n;
    int32_t section; /* the option's, NONE */
    presence_vec out;
    bool was_cut; /* an absence took some of it */
    /* Of the week on the way, and of the busiest one. */
    int32_t week, days, minutes;
    int32_t most_days, most_minutes;
} expanding;

/* The section of smallest id whose range admits the child that day. */
static int32_t section_by_age(const expanding *e, int32_t structure_index,
                              int32_t day) {
    const structure *const s = &e->in->structures[structure_index];
    const child *const c = &e->in->p->children[e->q->child];
    const int32_t age = civil_age_months(c->birth, e->in->p->days[day]);
    for (int32_t i = 0; i < s->n_sections; i++)
        if (s->sections[i].from_months <= age &&
            age < s->sections[i].below_months)
            return i;
    return s->n_sections > 0 ? SECTION_MISSING : NONE;
}

static int32_t section_of(const expanding *e, const placed_window *w,
                          int32_t day) {
    if (w->section != NONE)
        return w->section;
    return e->section != NONE && w->structure == e->o->structure
               ? e->section
               : section_by_age(e, w->structure, day);
}

/* Closures are not taken out of the family's floor. */
static void count_floor(expanding *e, int32_t day, int32_t minutes,
                        bool is_first) {
    const int32_t week = civil_week_index(e->in->p->days[day]);
    if (week != e->week)
        e->days = e->minutes = 0;
    e->week = week;
    e->days += is_first;
    e->minutes += minutes;
    if (e->days > e->most_days)
        e->most_days = e->days;
    if (e->minutes > e->most_minutes)
        e->most_minutes = e->minutes;
}

/* Into its place by begin among those of its day. */
static bool insert(expanding *e, int32_t first, presence one) {
    presence *const last = VEC_PUSH(e->in->r->scratch, &e->out, presence);
    if (!reader_kept(e->in->r, last))
        return false;
    int32_t k = e->out.n - 1;
    for (; k > first && e->out.at[k - 1].begin > one.begin; k--)
        e->out.at[k] = e->out.at[k - 1];
    e->out.at[k] = one;
    return true;
}

static bool insert_part(expanding *e, int32_t first, const presence *whole,
                        int32_t begin, int32_t end) {
    presence part = *whole;
    part.begin = (int16_t)begin;
    part.end = (int16_t)end;
    return begin >= end || insert(e, first, part);
}

/* The session that the presence begins in is left alone by rule `group`. */
static bool touch_session(expanding *e, const presence *one) {
    structure *const s = &e->in->structures[one->structure];
    structure_notes *const notes = &e->in->notes[one->structure];
    const session *const to = session_at(s, one->day, one->begin);
    if (!to)
        return true;
    if (!notes->touched)
        s->touched = notes->touched = reader_kept(
            e->in->r, ARENA_NEW(e->in->r->mem, uint64_t, e->in->p->n_days));
    if (notes->touched)
        notes->touched[one->day] |= UINT64_C(1) << (to - s->sessions);
    return notes->touched != NULL;
}

/* What the request's absences leave of a presence. */
static bool insert_cut(expanding *e, int32_t first, const presence *one) {
    if (!request_is_absent(e->q, one->day))
        return insert(e, first, *one);
    const day_profile *const away = &e->q->absent.days[one->day];
    int32_t begin = one->begin;
    bool is_touched = false;
    for (int32_t i = 0; i < away->n; i++) {
        const step *const s = &away->steps[i];
        if (s->end <= begin || s->begin >= one->end)
            continue;
        is_touched = true;
        if (!insert_part(e, first, one, begin, s->begin))
            return false;
        begin = s->end;
    }
    e->was_cut |= is_touched;
    return insert_part(e, first, one, begin, one->end) &&
           (!is_touched || touch_session(e, one));
}

/* One interval of a window on a day that it covers. */
static bool expand_interval(expanding *e, const placed_window *w, int32_t day,
                            int32_t begin, int32_t end, int32_t first,
                            bool *is_first) {
    const intake *const in = e->in;
    count_floor(e, day, end - begin, *is_first);
    *is_first = false;
    if (!in->notes[w->structure].day_is_open[day] && !w->when.by_dates)
        return true;
    const presence one = {day, (int16_t)begin, (int16_t)end, w->structure,
                          section_of(e, w, day)};
    return insert_cut(e, first, &one);
}

static bool expand_session(expanding *e, const placed_window *w, int32_t day,
                           int32_t first, bool *is_first) {
    const day_profile *const on =
        &e->in->structures[w->structure].session.days[day];
    for (int32_t k = 0; k < on->n; k++)
        if (on->steps[k].value == w->session + 1 &&
            !expand_interval(e, w, day, on->steps[k].begin, on->steps[k].end,
                             first, is_first))
            return false;
    return true;
}

static bool expand_day(expanding *e, int32_t day) {
    const int32_t first = e->out.n;
    bool is_first = true;
    for (int32_t i = 0; i < e->n; i++) {
        const placed_window *const w = &e->windows[i];
        if (w->structure < 0 || !window_covers(e->in, &w->when, day))
            continue;
        if (w->session != NONE
                ? !expand_session(e, w, day, first, &is_first)
                : !expand_interval(e, w, day, w->when.begin, w->when.end, first,
                                   &is_first))
            return false;
    }
    return true;
}

static int32_t find_overlap(const expanding *e) {
    for (int32_t i = 1; i < e->out.n; i++)
        if (e->out.at[i].day == e->out.at[i - 1].day &&
            e->out.at[i].begin < e->out.at[i - 1].end)
            return e->in->p->days[e->out.at[i].day];
    return CIVIL_NONE;
}

/* FNV-1a over the numbers. */
static uint32_t hash_presences(const presence *at, int32_t n) {
    uint64_t hash = UINT64_C(14695981039346656037);
    for (int32_t i = 0; i < n; i++) {
        const uint64_t pair[] = {
            (uint64_t)(uint32_t)at[i].day << 32 |
                ((uint32_t)at[i].section + 64 * (uint32_t)at[i].structure),
            (uint64_t)(uint16_t)at[i].begin << 16 | (uint16_t)at[i].end};
        hash = (hash ^ pair[0]) * UINT64_C(1099511628211);
        hash = (hash ^ pair[1]) * UINT64_C(1099511628211);
        hash ^= hash >> 29;
    }
    return (uint32_t)hash;
}

static bool are_equal(const presence *a, const presence *b, int32_t n) {
    for (int32_t i = 0; i < n; i++)
        if (a[i].day != b[i].day || a[i].begin != b[i].begin ||
            a[i].end != b[i].end || a[i].structure != b[i].structure ||
            a[i].section != b[i].section)
            return false;
    return true;
}

static kept *slot_of(const presence_table *t, const presence *at, int32_t n,
                     uint32_t hash) {
    const uint32_t mask = (uint32_t)t->room - 1;
    for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
        kept *const k = &t->slots[i];
        if (!k->at || (k->hash == hash && k->n == n && are_equal(k->at, at, n)))
            return k;
    }
}

static bool widen(intake *in, presence_table *t) {
    presence_table wider = {.n = t->n, .room = t->room ? 2 * t->room : 256};
    if (t->room > INT32_MAX / 2)
        return false;
    wider.slots = reader_kept(in->r, ARENA_NEW(in->lasting, kept, wider.room));
    for (int32_t i = 0; wider.slots && i < t->room; i++)
        if (t->slots[i].at)
            *slot_of(&wider, t->slots[i].at, t->slots[i].n, t->slots[i].hash) =
                t->slots[i];
    if (wider.slots)
        *t = wider;
    return wider.slots != NULL;
}

/* The one array equal to this; NULL without memory. */
static const presence *share(intake *in, const presence_vec *out) {
    reader *const r = in->r;
    if (!in->presences)
        in->presences =
            reader_kept(r, ARENA_NEW(in->lasting, presence_table, 1));
    presence_table *const t = in->presences;
    if (!t || (t->n >= t->room / 2 && !widen(in, t)))
        return NULL;
    const uint32_t hash = hash_presences(out->at, out->n);
    kept *const slot = slot_of(t, out->at, out->n, hash);
    if (slot->at)
        return slot->at;
    presence *const copy = reader_kept(r, ARENA_NEW(r->mem, presence, out->n));
    if (!copy)
        return NULL;
    if (out->n > 0)
        memcpy(copy, out->at, (size_t)out->n * sizeof *copy);
    *slot = (kept){copy, out->n, hash};
    t->n++;
    return copy;
}

static ctg_status expand_all(expanding *e, option *out, int32_t *overlap) {
    const int32_t end =
        day_from(e->in, e->q->last == INT32_MAX ? INT32_MAX : e->q->last + 1);
    for (int32_t day = day_from(e->in, e->q->first); day < end; day++)
        if (!expand_day(e, day))
            return CTG_ERR_NOMEM;
    *overlap = find_overlap(e);
    out->presences = share(e->in, &e->out);
    out->n_presences = e->out.n;
    out->is_away = e->was_cut && e->out.n == 0;
    out->floor_days = e->most_days;
    out->floor_minutes = e->most_minutes;
    return out->presences ? CTG_OK : CTG_ERR_NOMEM;
}

ctg_status expand_presences(intake *in, option *out, const request *q,
                            const placed_window *windows, int32_t n,
                            int32_t by_default, int32_t *overlap) {
    expanding e = {.in = in,
                   .o = out,
                   .q = q,
                   .windows = windows,
                   .n = n,
                   .section = by_default,
                   .week = INT32_MIN};
    *overlap = CIVIL_NONE;
    if (out->structure < 0 || q->child < 0)
        return CTG_OK; // a fault has named it
    const arena_mark mark = arena_here(in->r->scratch);
    const ctg_status status = expand_all(&e, out, overlap);
    arena_rewind(in->r->scratch, mark);
    return status;
}
