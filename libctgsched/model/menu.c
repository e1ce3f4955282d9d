// SPDX-License-Identifier: GPL-3.0-or-later
/* Structures, then dropped weekdays, then shifts and cuts: the order of the
 * file format, which is also the order of the menu. */
#include "model/menu.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WEEK = 7, N_SUBSETS = 1 << WEEK };

static const char *const day_names[WEEK] = {"mon", "tue", "wed", "thu",
                                            "fri", "sat", "sun"};

typedef struct expansion {
    const menu_pattern *pattern;
    menu *out;
    arena *mem;
    int64_t asked; /* minutes */
    int32_t structure;
    uint32_t dropped;
    bool no_memory;
} expansion;

static int32_t count_days(uint32_t weekdays) {
    return __builtin_popcount(weekdays);
}

static int32_t least(int32_t a, int32_t b) { return a < b ? a : b; }
static int32_t most(int32_t a, int32_t b) { return a > b ? a : b; }

static uint32_t pattern_days(const menu_pattern *pattern) {
    uint32_t days = 0;
    for (int32_t i = 0; i < pattern->n_windows; i++)
        days |= pattern->windows[i].weekdays;
    return days;
}

static int64_t minutes_asked(const menu_pattern *pattern) {
    int64_t asked = 0;
    for (int32_t i = 0; i < pattern->n_windows; i++) {
        const menu_window *const w = &pattern->windows[i];
        asked += (int64_t)count_days(w->weekdays) * (w->end - w->begin);
    }
    return asked;
}

/* Asked minutes that the variant still covers. */
static int64_t minutes_kept(const expansion *e, int32_t from, int32_t to) {
    int64_t kept = 0;
    for (int32_t i = 0; i < e->pattern->n_windows; i++) {
        const menu_window *const w = &e->pattern->windows[i];
        const int32_t begin = most(w->begin, w->begin + from);
        const int32_t end = least(w->end, w->end + to);
        if (begin < end)
            kept +=
                (int64_t)count_days(w->weekdays & ~e->dropped) * (end - begin);
    }
    return kept;
}

/* What the intervals that remain allow: computed once for a set of dropped
 * weekdays, so that only variants that exist are visited (a pattern may have
 * thousands of intervals and a flex of a day by the minute). */
typedef struct room_left {
    int32_t before, after; /* minutes to earliest and to latest, may be < 0 */
    int32_t shortest;      /* interval */
} room_left;

static room_left find_room(const expansion *e) {
    const menu_flex *const flex = &e->pattern->flex;
    room_left room = {INT32_MAX, INT32_MAX, INT32_MAX};
    for (int32_t i = 0; i < e->pattern->n_windows; i++) {
        const menu_window *const w = &e->pattern->windows[i];
        if ((w->weekdays & ~e->dropped) == 0)
            continue;
        room.before = least(room.before, w->begin - flex->earliest);
        room.after = least(room.after, flex->latest - w->end);
        room.shortest = least(room.shortest, w->end - w->begin);
    }
    return room;
}

/* "bleuets~wed@+30" or "bleuets|30,0". */
static const char *variant_id(const expansion *e, int32_t from, int32_t to) {
    char days[4 * WEEK + 1] = "", tail[32] = "";
    for (int32_t d = 0, n = 0; d < WEEK; d++)
        if (e->dropped >> d & 1)
            n += snprintf(days + n, sizeof days - (size_t)n, "~%s",
                          day_names[d]);
    if (from == to && from != 0)
        snprintf(tail, sizeof tail, "@%+d", (int)from);
    else if (from != to)
        snprintf(tail, sizeof tail, "|%d,%d", (int)from, (int)-to);
    return arena_printf(e->mem, "%s%s%s",
                        e->pattern->structures[e->structure].id, days, tail);
}

static void add_variant(expansion *e, int32_t from, int32_t to) {
    if (e->no_memory || e->out->n_all > MENU_MAX)
        return;
    if (e->out->n_all++ == MENU_MAX)
        return;
    const int64_t lost = e->asked - minutes_kept(e, from, to);
    const int64_t rank = e->pattern->structures[e->structure].rank;
    const int64_t worth = 1000 - 100 * (rank - 1) - lost * 1000 / e->asked;
    menu_variant *const v = &e->out->variants[e->out->n++];
    *v = (menu_variant){.id = variant_id(e, from, to),
                        .structure = e->structure,
                        .dropped = e->dropped,
                        .from = from,
                        .to = to,
                        .satisfaction = worth > 0 ? worth : 0};
    e->no_memory = !v->id;
}

static void add_shifts(expansion *e, room_left room) {
    const menu_flex *const flex = &e->pattern->flex;
    const int32_t largest = most(room.before, room.after);
    for (int32_t by = flex->step; by <= flex->shift && by <= largest;
         by += flex->step) {
        if (by <= room.before && -by <= room.after)
            add_variant(e, -by, -by);
        if (by <= room.after && -by <= room.before)
            add_variant(e, by, by);
    }
}

/* The least multiple of the step that makes up for `missing` minutes. */
static int32_t first_cut(int32_t missing, int32_t step) {
    return missing <= 0 ? 0 : (missing + step - 1) / step * step;
}

static void add_cuts(expansion *e, room_left room) {
    const menu_flex *const flex = &e->pattern->flex;
    const int32_t first_a = first_cut(-room.before, flex->step);
    const int32_t first_b = first_cut(-room.after, flex->step);
    for (int32_t a = first_a; a <= flex->later; a += flex->step)
        for (int32_t b = first_b; b <= flex->earlier && a + b < room.shortest;
             b += flex->step)
            if (a != 0 || b != 0)
                add_variant(e, a, -b);
}

static void add_variants(expansion *e) {
    const room_left room = find_room(e);
    if (room.before >= 0 && room.after >= 0)
        add_variant(e, 0, 0);
    add_shifts(e, room);
    add_cuts(e, room);
}

/* By size, then as sorted weekday numbers: the set that holds the smallest
 * weekday on which they differ comes first. */
static int compare_subsets(const void *left, const void *right) {
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    if (count_days(a) != count_days(b))
        return count_days(a) < count_days(b) ? -1 : 1;
    if (a == b)
        return 0;
    const uint32_t differ = a ^ b;
    return a & (differ & -differ) ? -1 : 1;
}

static int32_t drop_subsets(uint32_t subsets[N_SUBSETS],
                            const menu_pattern *pattern) {
    const uint32_t days = pattern_days(pattern);
    const uint32_t droppable = pattern->flex.droppable & days;
    int32_t n = 0;
    for (uint32_t set = 0; set < N_SUBSETS; set++)
        if ((set & ~droppable) == 0 && set != days &&
            count_days(set) <= pattern->flex.drop_days)
            subsets[n++] = set;
    qsort(subsets, (size_t)n, sizeof subsets[0], compare_subsets);
    return n;
}

static int compare_satisfaction(const void *left, const void *right) {
    const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a < b) - (a > b);
}

/* One more than the number of distinct larger satisfactions. */
static void rank_variants(menu *m) {
    int64_t values[MENU_MAX];
    for (int32_t i = 0; i < m->n; i++)
        values[i] = m->variants[i].satisfaction;
    qsort(values, (size_t)m->n, sizeof values[0], compare_satisfaction);
    int32_t distinct = 0;
    for (int32_t i = 0; i < m->n; i++)
        if (i == 0 || values[i] != values[i - 1])
            values[distinct++] = values[i];
    for (int32_t i = 0; i < m->n; i++)
        for (int32_t k = 0; k < distinct; k++)
            if (values[k] == m->variants[i].satisfaction)
                m->variants[i].rank = k + 1;
}

ctg_status menu_expand(menu *out, const menu_pattern *pattern, arena *mem,
                       ctg_error *err) {
    assert(pattern->n_windows > 0 && pattern->flex.step > 0);
    *out = (menu){.variants = ARENA_NEW(mem, menu_variant, MENU_MAX)};
    expansion e = {.pattern = pattern,
                   .out = out,
                   .mem = mem,
                   .asked = minutes_asked(pattern)};
    if (!out->variants)
        return err_nomem(err);
    uint32_t subsets[N_SUBSETS];
    const int32_t n_subsets = drop_subsets(subsets, pattern);
    for (e.structure = 0; e.structure < pattern->n_structures; e.structure++)
        for (int32_t s = 0; s < n_subsets; s++) {
            e.dropped = subsets[s];
            add_variants(&e);
        }
    if (e.no_memory)
        return err_nomem(err);
    rank_variants(out);
    return CTG_OK;
}
