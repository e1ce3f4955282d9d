// SPDX-License-Identifier: GPL-3.0-or-later
/* Segments less pieces, as intervals. */
#include "solve/post.h"

/* Pieces of a way in the order of time: few, so by insertion. */
typedef struct gap {
    int32_t begin, end;
    bool is_break, is_paid;
} gap;

enum { MOST_GAPS = 8 };

static int32_t sort_gaps(const problem *prob, int32_t way_index, gap *out) {
    const way *const w = &prob->ways[way_index];
    const shift *const s = &prob->shifts[w->shift];
    int32_t n = 0;
    for (int32_t k = 0; k < s->n_pieces && n < MOST_GAPS; k++) {
        const piece *const p = &s->pieces[k];
        const gap one = {w->pieces[k], w->pieces[k] + p->minutes, p->is_break,
                         p->is_paid};
        int32_t at = n++;
        for (; at > 0 && out[at - 1].begin > one.begin; at--)
            out[at] = out[at - 1];
        out[at] = one;
    }
    return n;
}

static int32_t add_spell(spell *out, int32_t n, int32_t begin, int32_t end,
                         int32_t structure) {
    if (begin >= end)
        return n;
    const bool goes_on =
        n > 0 && out[n - 1].end == begin && out[n - 1].structure == structure;
    if (goes_on) {
        out[n - 1].end = (int16_t)end;
        return n;
    }
    out[n] = (spell){(int16_t)begin, (int16_t)end, structure};
    return n + 1;
}

/* The segment without the gaps inside it. */
static int32_t cut_segment(spell *out, int32_t n, const segment *s,
                           const gap *gaps, int32_t n_gaps) {
    int32_t from = s->begin;
    for (int32_t k = 0; k < n_gaps; k++) {
        if (gaps[k].begin < s->begin || gaps[k].end > s->end)
            continue;
        n = add_spell(out, n, from, gaps[k].begin, s->structure);
        from = gaps[k].end;
    }
    return add_spell(out, n, from, s->end, s->structure);
}

static int32_t minutes_of(const shift *s, const gap *gaps, int32_t n_gaps) {
    int32_t minutes = 0;
    for (int32_t k = 0; k < s->n_segments; k++)
        minutes += s->segments[k].end - s->segments[k].begin;
    for (int32_t k = 0; k < n_gaps; k++)
        minutes -= gaps[k].is_paid ? 0 : gaps[k].end - gaps[k].begin;
    return s->minutes == NONE ? minutes : s->minutes;
}

const way_facts *post_facts(const problem *prob, arena *mem) {
    way_facts *const all = ARENA_NEW(mem, way_facts, prob->n_ways + 1);
    for (int32_t w = 0; all && w < prob->n_ways; w++) {
        const shift *const s = &prob->shifts[prob->ways[w].shift];
        gap gaps[MOST_GAPS];
        const int32_t n_gaps = sort_gaps(prob, w, gaps);
        spell *const spells = ARENA_NEW(mem, spell, s->n_segments + n_gaps + 1);
        int32_t n = 0;
        if (!spells)
            return NULL;
        for (int32_t k = 0; k < s->n_segments; k++)
            if (s->segments[k].with_children)
                n = cut_segment(spells, n, &s->segments[k], gaps, n_gaps);
        all[w] = (way_facts){s->segments[0].begin,
                             s->segments[s->n_segments - 1].end,
                             minutes_of(s, gaps, n_gaps), n, spells};
    }
    return all;
}

/* --- who may work it
 * ----------------------------------------------------------------
 */

static bool within(int32_t value, int32_t limit) {
    return limit < 0 || value <= limit;
}

/* Longest work between breaks that count and cuts. */
static int32_t longest_work(const problem *prob, int32_t way_index,
                            int32_t least) {
    const shift *const s = &prob->shifts[prob->ways[way_index].shift];
    gap gaps[MOST_GAPS];
    const int32_t n_gaps = sort_gaps(prob, way_index, gaps);
    int32_t longest = 0, from = s->segments[0].begin;
    for (int32_t k = 0; k < s->n_segments; k++) {
        const segment *const here = &s->segments[k];
        if (k > 0 && here->begin > here[-1].end)
            from = here->begin;
        for (int32_t i = 0; i < n_gaps; i++) {
            const gap *const g = &gaps[i];
            if (g->begin < here->begin || g->end > here->end || !g->is_break ||
                g->end - g->begin < least)
                continue;
            longest = g->begin - from > longest ? g->begin - from : longest;
            from = g->end;
        }
        longest = here->end - from > longest ? here->end - from : longest;
    }
    return longest;
}

static bool cuts_are_few(const labour *l, const shift *s) {
    int32_t parts = 1, sum = 0, longest = 0;
    for (int32_t k = 1; k < s->n_segments; k++) {
        const int32_t cut = s->segments[k].begin - s->segments[k - 1].end;
        parts += cut > 0;
        sum += cut;
        longest = cut > longest ? cut : longest;
    }
    return within(parts, l->max_periods) && within(longest, l->max_cut) &&
           within(sum, l->max_cuts);
}

static bool preset_allows(const problem *prob, const way_facts *w,
                          const labour *l, int32_t way_index) {
    return within(w->minutes, l->max_day) &&
           within(w->end - w->begin, l->max_amplitude) &&
           cuts_are_few(l, &prob->shifts[prob->ways[way_index].shift]) &&
           (l->break_after < 0 ||
            longest_work(prob, way_index, l->break_minutes) < l->break_after);
}

/* Steps of a day, disjoint and rising, cover [begin, end) without a hole. */
static bool covers(const profile *f, int32_t day, int32_t begin, int32_t end) {
    const day_profile *const on = &f->days[day];
    for (int32_t k = 0; k < on->n && begin < end; k++)
        if (on->steps[k].begin <= begin && begin < on->steps[k].end)
            begin = on->steps[k].end;
    return begin >= end;
}

static bool touches(const profile *f, int32_t day, int32_t begin, int32_t end) {
    const day_profile *const on = &f->days[day];
    for (int32_t k = 0; k < on->n; k++)
        if (on->steps[k].begin < end && begin < on->steps[k].end)
            return true;
    return false;
}

bool post_allows(const problem *prob, const way_facts *facts, const employee *e,
                 int32_t day, int32_t way_index) {
    const shift *const s = &prob->shifts[prob->ways[way_index].shift];
    const way_facts *const w = &facts[way_index];
    if (!s->on[day] || touches(&e->absent, day, w->begin, w->end) ||
        (!e->is_always && !covers(&e->available, day, w->begin, w->end)))
        return false;
    for (int32_t k = 0; k < s->n_segments; k++)
        if (!employee_works_in(e, s->segments[k].structure))
            return false;
    return !e->preset || preset_allows(prob, w, &e->preset->labour, way_index);
}

const duty_pin *post_pin(const employee *e, int32_t day) {
    for (int32_t k = 0; k < e->n_pins; k++)
        if (e->pins[k].day == day)
            return &e->pins[k];
    return NULL;
}
