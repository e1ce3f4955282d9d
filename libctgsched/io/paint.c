// SPDX-License-Identifier: GPL-3.0-or-later
/* Profiles from windows, minute by minute on a canvas of one day. Only days on
 * which another set of windows holds are painted anew; the others share. */
#include <assert.h>
#include <string.h>

#include "io/intake.h"

enum { MINUTES = 24 * 60, EMPTY = INT32_MIN };

bool stroke_add(intake *in, stroke_vec *strokes, stroke_kind kind,
                const window *when, int32_t value) {
    stroke *const s = VEC_PUSH(in->r->tables, strokes, stroke);
    if (!reader_kept(in->r, s))
        return false;
    *s = (stroke){kind, *when, value};
    return true;
}

static void paint(int32_t canvas[MINUTES], const stroke *s) {
    for (int32_t m = s->when.begin; m < s->when.end; m++) {
        if (s->kind == STROKE_CLEAR)
            canvas[m] = EMPTY;
        else if (s->kind == STROKE_SET)
            canvas[m] = s->value;
        else if (s->kind == STROKE_MORE)
            canvas[m] = s->value + (canvas[m] == EMPTY ? 0 : canvas[m]);
        else if (canvas[m] != EMPTY &&
                 (s->kind == STROKE_OVER || canvas[m] > s->value))
            canvas[m] = s->value;
    }
}

static int32_t count_steps(const int32_t canvas[MINUTES]) {
    int32_t n = 0;
    for (int32_t m = 0; m < MINUTES; m++)
        n += canvas[m] != EMPTY && (m == 0 || canvas[m] != canvas[m - 1]);
    return n;
}

static bool put_steps(reader *r, day_profile *out,
                      const int32_t canvas[MINUTES]) {
    step *const steps =
        reader_kept(r, ARENA_NEW(r->mem, step, count_steps(canvas)));
    if (!steps)
        return false;
    int32_t n = 0;
    for (int32_t m = 0; m < MINUTES; m++) {
        if (canvas[m] == EMPTY)
            continue;
        if (m == 0 || canvas[m] != canvas[m - 1])
            steps[n++] = (step){(int16_t)m, (int16_t)m, canvas[m]};
        steps[n - 1].end = (int16_t)(m + 1);
    }
    *out = (day_profile){n, steps};
    return true;
}

/* Which strokes hold on each day, one byte each; a day looks for an earlier
 * one with the same bytes. */
typedef struct coverage {
    uint8_t *at; /* [n_days * n] */
    int32_t n;
} coverage;

static int32_t find_equal_day(const coverage *c, int32_t day) {
    const size_t n = (size_t)c->n;
    const uint8_t *const mine = c->at + (size_t)day * n;
    for (int32_t other = day - 1; other >= 0; other--)
        if (memcmp(c->at + (size_t)other * n, mine, n) == 0)
            return other;
    return NONE;
}

static bool paint_day(intake *in, day_profile *out, const stroke *strokes,
                      const uint8_t *holds, int32_t n) {
    int32_t canvas[MINUTES];
    for (int32_t m = 0; m < MINUTES; m++)
        canvas[m] = EMPTY;
    for (int32_t i = 0; i < n; i++)
        if (holds[i])
            paint(canvas, &strokes[i]);
    return put_steps(in->r, out, canvas);
}

static bool paint_days(intake *in, day_profile *days, const stroke *strokes,
                       int32_t n) {
    const int32_t n_days = in->p->n_days;
    coverage c = {
        ARENA_NEW(in->r->scratch, uint8_t, (size_t)n_days * (size_t)n + 1), n};
    if (!reader_kept(in->r, c.at))
        return false;
    for (int32_t day = 0; day < n_days; day++) {
        uint8_t *const holds = c.at + (size_t)day * (size_t)n;
        for (int32_t i = 0; i < n; i++)
            holds[i] = window_covers(in, &strokes[i].when, day);
        const int32_t equal = find_equal_day(&c, day);
        if (equal != NONE)
            days[day] = days[equal];
        else if (!paint_day(in, &days[day], strokes, holds, n))
            return false;
    }
    return true;
}

ctg_status profile_paint(intake *in, profile *out, const stroke *strokes,
                         int32_t n) {
    day_profile *const days =
        reader_kept(in->r, ARENA_NEW(in->r->mem, day_profile, in->p->n_days));
    if (!days)
        return CTG_ERR_NOMEM;
    out->days = days;
    const arena_mark mark = arena_here(in->r->scratch);
    const bool is_painted = paint_days(in, days, strokes, n);
    arena_rewind(in->r->scratch, mark);
    return is_painted ? CTG_OK : CTG_ERR_NOMEM;
}

ctg_status read_times(intake *in, const cursor *of, const char *name,
                      absence if_none, profile *out) {
    static const char *const known[] = {WINDOW_DAYS, WINDOW_TIMES};
    reader *const r = in->r;
    const list items = open_list(r, of, name, if_none, WINDOWS_MOST);
    stroke_vec strokes = {0};
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        window when;
        if (!open_object(r, &at, known, COUNT(known)))
            continue;
        take_window(in, &at, TIMES_OPTIONAL, &when);
        close_object(r);
        stroke_add(in, &strokes, STROKE_SET, &when, 1);
    }
    close_list(r, &items);
    TRY(reader_status(r));
    return profile_paint(in, out, strokes.at, strokes.n);
}
