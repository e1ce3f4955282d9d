// SPDX-License-Identifier: GPL-3.0-or-later
/* Ratio, quota and directors at a cell where duties decide who is on hand:
 * rows between the staff required and those who are away.
 *
 * Let S be the trained on hand. Of them depends how many may be required,
 * usable(S) (format.md 5.1), a staircase. Its upper concave hull is rows; where
 * rounding these down is not the staircase, columns say which steps are not
 * reached. */
#include "solve/families.h"

enum { MOST_PERSONS = 1024 };

typedef struct supply {
    formulation *f;
    const day_cells *d;
    int32_t c, block;
    int32_t required, z;
    /* Directors who count are as good as any: so many at most, and the column
     * of those who are away or do not count. */
    int64_t led;
    int32_t idle;
} supply;

/* --- directors
 * ----------------------------------------------------------------------
 */

int32_t staff_crowd(formulation *f, const day_cells *d, int32_t c,
                    int32_t block) {
    program *const p = &f->program;
    const int32_t crowd = program_add_col(p, -1, 0, 1, -1);
    program_name_col(p, crowd, "crowd_%d", crowd);
    const int32_t most = d->law->director->max_minors;
    const int32_t row = cell_row(f, d, c, block, most, crowd, "crowd");
    for (int32_t k = 0; k < d->n_visits; k++)
        if (visit_covers(&d->visits[k], c))
            program_put(p, row, d->visits[k].col, 1);
    program_put(p, row, crowd, most - d->cells[c].most_heads);
    return crowd;
}

/* Those away; all of them when more children come than they count with. */
static void count_directors(supply *s) {
    const cell *const at = &s->d->cells[s->c];
    program *const p = &s->f->program;
    if (!s->d->law->director)
        return;
    const int64_t on_duty = hands_most(s->d, s->c, HANDS_DIRECTORS);
    s->led = at->persons - at->counted + on_duty;
    s->idle = hands_away(s->f, s->d, s->c, HANDS_DIRECTORS);
    if (s->led == 0 || at->most_heads <= s->d->law->director->max_minors)
        return;
    const int32_t away = s->idle;
    const int32_t crowd = staff_crowd(s->f, s->d, s->c, s->block);
    s->idle = program_add_col(p, -1, 0, s->led, -1);
    program_name_col(p, s->idle, "idle_%d", s->idle);
    const int32_t all =
        cell_row(s->f, s->d, s->c, s->block, 0, s->idle, "idle");
    program_put(p, all, crowd, s->led);
    program_put(p, all, s->idle, -1);
    if (away == NONE)
        return;
    const int32_t some =
        cell_row(s->f, s->d, s->c, s->block, 0, s->idle, "idle");
    program_put(p, some, away, 1);
    program_put(p, some, s->idle, -1);
}

/* --- rows
 * ---------------------------------------------------------------------------
 */

/* staff x (required - z) + hands x (those of the set who are away) <= upper. */
static int32_t supply_row(const supply *s, hand_set set, int64_t staff,
                          int64_t hands, int64_t upper, const char *what) {
    program *const p = &s->f->program;
    const int32_t away = hands_away(s->f, s->d, s->c, set);
    const int32_t row = cell_row(s->f, s->d, s->c, s->block, upper, s->z, what);
    program_put(p, row, s->required, staff);
    if (s->z >= 0)
        program_put(p, row, s->z, -staff);
    if (away != NONE)
        program_put(p, row, away, hands);
    if (s->idle != NONE)
        program_put(p, row, s->idle, hands);
    return row;
}

/* Of a set, directors who count included, when all are on hand. */
static int64_t most_there(const supply *s, hand_set set, int64_t present) {
    return present + hands_most(s->d, s->c, set) + s->led;
}

/* usable[S], S up to `most`, of `top` persons who count. */
static void fill_usable(int64_t *usable, const rule *quota, int64_t most,
                        int64_t top) {
    int64_t reached = 0;
    for (int64_t trained = 0; trained <= most; trained++) {
        while (reached < top &&
               reached + 1 -
                       demand_unqualified(quota, (int32_t)(reached + 1)) <=
                   trained)
            reached++;
        usable[trained] = reached;
    }
}

/* The next corner of the hull: the last of the points that are steepest. */
static int64_t next_corner(const int64_t *usable, int64_t from, int64_t most) {
    int64_t best = from + 1;
    for (int64_t k = from + 2; k <= most; k++)
        if ((usable[k] - usable[from]) * (best - from) >=
            (usable[best] - usable[from]) * (k - from))
            best = k;
    return best;
}

/* Rows of the hull from `least` on; whether they say it all. */
static bool put_hull(const supply *s, const int64_t *usable, int64_t least,
                     int64_t most) {
    bool is_all = true;
    for (int64_t a = least, b; a < most; a = b) {
        b = next_corner(usable, a, most);
        const int64_t run = b - a, rise = usable[b] - usable[a];
        supply_row(s, HANDS_TRAINED, run, rise,
                   run * usable[a] + rise * (most - a), "quota");
        for (int64_t k = a; k <= b; k++)
            is_all &= usable[a] + rise * (k - a) / run == usable[k];
    }
    return is_all;
}

/* 1 when the trained on hand are fewer than k. */
static int32_t missed_col(const supply *s, int64_t k, int64_t most) {
    program *const p = &s->f->program;
    const int32_t away = hands_away(s->f, s->d, s->c, HANDS_TRAINED);
    const int32_t missed = program_add_col(p, -1, 0, 1, -1);
    program_name_col(p, missed, "missed_%d", missed);
    const int32_t row =
        cell_row(s->f, s->d, s->c, s->block, most - k, missed, "missed");
    if (away != NONE)
        program_put(p, row, away, 1);
    if (s->idle != NONE)
        program_put(p, row, s->idle, 1);
    program_put(p, row, missed, -k);
    return missed;
}

/* A column for each step that the trained on hand may not reach. Their rows
 * come first: those of a block are computed in order. */
static void put_steps(const supply *s, const int64_t *usable, int64_t least,
                      int64_t most) {
    int32_t missed[MOST_PERSONS + 1];
    for (int64_t k = least + 1; k <= most; k++)
        missed[k] = usable[k] > usable[k - 1] ? missed_col(s, k, most) : NONE;
    const int32_t sum =
        supply_row(s, HANDS_TRAINED, 1, 0, usable[most], "quota");
    for (int64_t k = least + 1; k <= most; k++)
        if (missed[k] != NONE)
            program_put(&s->f->program, sum, missed[k],
                        usable[k] - usable[k - 1]);
}

static void put_quota(const supply *s, int64_t top) {
    const rule *const quota = s->d->law->quota;
    const cell *const at = &s->d->cells[s->c];
    const int64_t qualified = most_there(s, HANDS_QUALIFIED, at->qualified);
    const int64_t most = most_there(s, HANDS_TRAINED, at->trained);
    const int64_t least = at->trained;
    int64_t usable[MOST_PERSONS + 1];
    if (quota->qualified_min_pct > 0)
        supply_row(s, HANDS_QUALIFIED, quota->qualified_min_pct, 100,
                   100 * qualified, "quota");
    if (most > MOST_PERSONS) {
        s->f->program.failed = true;
        return;
    }
    fill_usable(usable, quota, most, top);
    if (least == most)
        supply_row(s, HANDS_TRAINED, 1, 0, usable[most], "quota");
    else if (!put_hull(s, usable, least, most))
        put_steps(s, usable, least, most);
}

void staff_by_hands(formulation *f, const day_cells *d, int32_t c,
                    int32_t block, int32_t required, int32_t z) {
    const cell *const at = &d->cells[c];
    supply s = {.f = f,
                .d = d,
                .c = c,
                .block = block,
                .required = required,
                .z = z,
                .idle = NONE};
    count_directors(&s);
    const int64_t top = most_there(&s, HANDS_COUNTED, at->counted);
    supply_row(&s, HANDS_COUNTED, 1, 1, top, "ratio");
    if (d->law->quota)
        put_quota(&s, top);
}

/* --- the floor ratio_margin
 * ---------------------------------------------------------
 */

/* 1 when so many of those who count are on hand at least. */
static int32_t reached_col(formulation *f, const day_cells *d, int32_t c,
                           int32_t block, int64_t hands, int64_t most) {
    program *const p = &f->program;
    const int32_t reached = program_add_col(p, -1, 0, 1, -1);
    program_name_col(p, reached, "reached_%d", reached);
    const int32_t row = cell_row(f, d, c, block, hands - 1, reached, "reached");
    for (int32_t k = 0; k < d->n_hands; k++)
        if (hand_covers(&d->hands[k], c) &&
            hand_is_in(&d->hands[k], HANDS_COUNTED))
            program_put(p, row, d->hands[k].col, 1);
    program_put(p, row, reached, -(most - hands + 1));
    return reached;
}

void margin_by_hands(formulation *f, const day_cells *d, int32_t c,
                     int32_t block, int32_t required, int32_t units) {
    const cell *const at = &d->cells[c];
    program *const p = &f->program;
    const int64_t margin = d->s->floor_ratio_margin;
    const int64_t most = hands_most(d, c, HANDS_COUNTED);
    const int32_t away = hands_away(f, d, c, HANDS_COUNTED);
    /* max(0, margin - counted) = what lacks without hands - those reached. */
    const int64_t lacking = margin > at->counted ? margin - at->counted : 0;
    const int64_t n_reached = lacking < most ? lacking : most;
    int32_t last = NONE; /* of columns that follow each other */
    for (int64_t k = 1; k <= n_reached; k++)
        last = reached_col(f, d, c, block, k, most);
    const int32_t row = cell_row(
        f, d, c, block, at->counted + most - margin + lacking, units, "margin");
    program_put(p, row, required, 1);
    program_put(p, row, units, -1);
    if (away != NONE)
        program_put(p, row, away, 1);
    for (int32_t k = 0; k < n_reached; k++)
        program_put(p, row, last - k, 1);
}
