// SPDX-License-Identifier: GPL-3.0-or-later
/* Gomory cuts in exact integers, lifted to every column of the program.
 *
 * A fractional basic column gives multipliers u of the rows. Rounded to u = U/D
 * they still combine rows into a valid equation over columns and integer
 * slacks,
 *
 *     sum_j a_j x_j + sum_i u_i s_i = b,   x, s >= 0 integers,
 *
 * with a_j computed for all columns, also those outside the LP. With
 * f = frac(b), the mixed-integer rounding  G(a) = floor(a) + max(0, frac(a) -
 * f) / (1 - f)  gives  sum G(a_j) x_j + sum G(u_i) s_i <= floor(b). G is
 * continuous from below, so rounding costs strength and never truth. Slacks are
 * put back as b_i - A_i x, and coefficients rounded down to CUT_SCALE. */
#include "solve/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MULTIPLIER = 1 << 30, /* D: rows may have entries of ten thousands */
    CUT_SCALE = 1000,
    MAX_SOURCES = 150,
    MAX_CUTS = 40,
    MOST_TIMES = 3,    /* a tableau row, doubled or tripled, rounds elsewhere */
    MAX_SUPPORT = 6000 /* LP columns in a cut */
};

typedef struct cut {
    program_new_row row;
    double efficacy;
} cut;

typedef struct cutter {
    search *s;
    relax *r;
    arena *mem;
    double *u;        /* [lp rows] */
    int64_t *U;       /* [n_rows] times D */
    int64_t *group_U; /* [n_groups] */
    wide *a;          /* [n_cols] times D */
    uint8_t *flipped; /* [n_cols]: at its upper bound, complemented */
} cutter;

typedef struct source {
    int32_t col; /* LP column */
    double distance;
} source;

/* No libm: its last digits differ between machines. */
static double down(double x) {
    const double whole = (double)(int64_t)x;
    return whole > x ? whole - 1 : whole;
}

static int compare_sources(const void *a, const void *b) {
    const source *const x = a, *const y = b;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    return x->col - y->col;
}

static int32_t find_sources(const relax *r, source *out) {
    int32_t n = 0;
    for (int32_t k = 0; k < r->n_lp_cols; k++) {
        const double x = r->x[r->col_of[k]];
        const double f = x - down(x);
        if (f > 0.01 && f < 0.99 && lp_col_is_basic(r->lp, k))
            out[n++] = (source){k, fabs(f - 0.5)};
    }
    qsort(out, (size_t)n, sizeof *out, compare_sources);
    return n < MAX_SOURCES ? n : MAX_SOURCES;
}

static wide floor_wide(wide a, int64_t b) {
    const wide q = a / b;
    return q * b > a ? q - 1 : q;
}

/* G(a) * D * (D - F), exactly: a is given times D. */
static wide rounding(wide a, int64_t F) {
    const wide whole = floor_wide(a, MULTIPLIER);
    const int64_t rest = (int64_t)(a - whole * MULTIPLIER);
    return whole * (MULTIPLIER - F) + (rest > F ? rest - F : 0);
}

/* Multipliers of a multiple of the tableau row of an LP column, rounded; false
 * when a size is out of hand. */
static bool take_multipliers(cutter *c, int32_t lp_col, int times) {
    relax *const r = c->r;
    if (!lp_tableau_row(r->lp, lp_col, c->u))
        return false;
    memset(c->U, 0, sizeof *c->U * (size_t)r->p->rows.n);
    memset(c->group_U, 0, sizeof *c->group_U * (size_t)r->p->groups.n);
    for (int32_t k = 0; k < r->n_lp_rows; k++) {
        if (fabs(c->u[k]) < 1e-9)
            continue;
        if (fabs(c->u[k]) > 1000)
            return false;
        const int64_t U = (int64_t)down(times * c->u[k] * MULTIPLIER + 0.5);
        if (r->row_of[k] >= 0)
            c->U[r->row_of[k]] = U;
        else
            c->group_U[-1 - r->row_of[k]] = U;
    }
    return true;
}

/* a = uA over all columns and b = ub; columns at their upper bound are
 * complemented: x = upper - x'. */
static wide aggregate(cutter *c) {
    const program *const p = c->r->p;
    wide b = 0;
    for (int32_t j = 0; j < p->cols.n; j++)
        c->a[j] =
            p->cols.at[j].group >= 0 ? c->group_U[p->cols.at[j].group] : 0;
    for (int32_t g = 0; g < p->groups.n; g++)
        b += c->group_U[g];
    for (int32_t i = 0; i < p->rows.n; i++) {
        if (c->U[i] == 0)
            continue;
        const program_row *const row = &p->rows.at[i];
        b += (wide)c->U[i] *
             (row->upper != PROGRAM_INFINITY ? row->upper : row->lower);
        for (int64_t k = p->by_row.start[i]; k < p->by_row.start[i + 1]; k++)
            c->a[p->by_row.index[k]] += (wide)c->U[i] * p->by_row.value[k];
    }
    for (int32_t j = 0; j < p->cols.n; j++) {
        c->flipped[j] = p->cols.at[j].lower == 0 && c->r->lp_col[j] >= 0 &&
                        c->r->x[j] > (double)p->cols.at[j].upper - 1e-9 &&
                        p->cols.at[j].upper > 0;
        if (c->flipped[j]) {
            b -= c->a[j] * p->cols.at[j].upper;
            c->a[j] = -c->a[j];
        }
    }
    return b;
}

static bool is_equality(const program_row *row) {
    return row->lower == row->upper;
}

/* The slack of an upper side enters with +u, that of a lower one with -u; an
 * equation has none. Puts G(slack) * (b_i - A_i x) into the cut. */
static void put_back_slacks(cutter *c, int64_t F, wide *coef, wide *side) {
    const program *const p = c->r->p;
    for (int32_t i = 0; i < p->rows.n; i++) {
        const program_row *const row = &p->rows.at[i];
        if (c->U[i] == 0 || is_equality(row))
            continue;
        const bool up = row->upper != PROGRAM_INFINITY;
        const wide g = rounding(up ? c->U[i] : -(wide)c->U[i], F);
        const wide by = up ? -g : g;
        *side += by * (up ? row->upper : row->lower);
        for (int64_t k = p->by_row.start[i]; by && k < p->by_row.start[i + 1];
             k++)
            coef[p->by_row.index[k]] += by * p->by_row.value[k];
    }
    for (int32_t g = 0; g < p->groups.n; g++) {
        if (c->group_U[g] == 0)
            continue;
        const wide by = -rounding(c->group_U[g], F);
        *side += by;
        for (int32_t j = p->groups.at[g].begin; by && j < p->groups.at[g].end;
             j++)
            coef[j] += by;
    }
}

/* The cut over the columns, in units of D - F; `a` becomes the coefficients. */
static bool round_row(cutter *c, wide b, wide *coef, wide *side,
                      int64_t *unit) {
    const program *const p = c->r->p;
    const wide whole = floor_wide(b, MULTIPLIER);
    const int64_t F = (int64_t)(b - whole * MULTIPLIER);
    if (F < MULTIPLIER / 50 || F > MULTIPLIER - MULTIPLIER / 50)
        return false;
    *unit = MULTIPLIER - F;
    *side = whole * *unit;
    for (int32_t j = 0; j < p->cols.n; j++) {
        wide g = rounding(c->a[j], F);
        if (c->flipped[j]) {
            *side -= g * p->cols.at[j].upper;
            g = -g;
        }
        coef[j] = g;
    }
    put_back_slacks(c, F, coef, side);
    return true;
}

/* Rounds to CUT_SCALE: coefficients of columns >= 0 down, the side up. Keeps
 * the cut when it is violated, sparse and small. */
static bool keep_cut(cutter *c, const wide *coef, wide side, int64_t unit,
                     cut *out) {
    const program *const p = c->r->p;
    int32_t n = 0, support = 0;
    double activity = 0, norm = 0;
    for (int32_t j = 0; j < p->cols.n; j++) {
        if (p->cols.at[j].lower < 0)
            return false;
        const wide v = floor_wide(coef[j] * CUT_SCALE, unit);
        if (v > 2000000 || v < -2000000)
            return false;
        n += v != 0;
        if (v != 0 && c->r->lp_col[j] >= 0) {
            support++;
            activity += (double)v * c->r->x[j];
            norm += (double)v * (double)v;
        }
    }
    const wide up = -floor_wide(-side * CUT_SCALE, unit);
    if (n == 0 || support > MAX_SUPPORT || up > 1000000000000 ||
        up < -1000000000000)
        return false;
    const double over = activity - (double)up;
    out->efficacy = over * over / (norm + 1);
    if (over <= 0 || out->efficacy < 1e-6)
        return false;
    int32_t *const cols = ARENA_NEW(c->mem, int32_t, n);
    int64_t *const values = ARENA_NEW(c->mem, int64_t, n);
    if (!cols || !values)
        return false;
    n = 0;
    for (int32_t j = 0; j < p->cols.n; j++) {
        const wide v = floor_wide(coef[j] * CUT_SCALE, unit);
        if (v != 0) {
            cols[n] = j;
            values[n++] = (int64_t)v;
        }
    }
    out->row = (program_new_row){
        -PROGRAM_INFINITY, (int64_t)up, n, cols, values, NULL};
    return true;
}

static int compare_cuts(const void *a, const void *b) {
    const cut *const x = a, *const y = b;
    if (x->efficacy != y->efficacy)
        return x->efficacy > y->efficacy ? -1 : 1;
    return x->row.n - y->row.n;
}

static int32_t collect(cutter *c, cut *cuts) {
    relax *const r = c->r;
    const int most = c->s->f.n_duty_cols > 0 ? 1 : MOST_TIMES;
    source *const sources = ARENA_NEW(c->mem, source, r->n_lp_cols + 1);
    wide *const coef = ARENA_NEW(c->mem, wide, r->p->cols.n + 1);
    int32_t n = 0;
    const int32_t n_sources = sources && coef ? find_sources(r, sources) : 0;
    for (int32_t k = 0; k < n_sources && !search_is_out(c->s); k++)
        for (int times = -most; times <= most; times++) {
            if (times == 0 || !take_multipliers(c, sources[k].col, times))
                continue;
            const wide b = aggregate(c);
            wide side;
            int64_t unit;
            if (round_row(c, b, coef, &side, &unit) &&
                keep_cut(c, coef, side, unit, &cuts[n]))
                n++;
            c->s->work +=
                (uint64_t)(r->p->by_col.start[r->p->cols.n] / 8192 + 1);
        }
    return n;
}

int32_t cuts_add(search *s, relax *r, int32_t round) {
    (void)round;
    const arena_mark mark = arena_here(s->scratch);
    const program *const p = r->p;
    cutter c = {.s = s, .r = r, .mem = s->scratch};
    c.u = ARENA_NEW(c.mem, double, r->n_lp_rows + 1);
    c.U = ARENA_NEW(c.mem, int64_t, p->rows.n + 1);
    c.group_U = ARENA_NEW(c.mem, int64_t, p->groups.n + 1);
    c.a = ARENA_NEW(c.mem, wide, p->cols.n + 1);
    c.flipped = ARENA_NEW(c.mem, uint8_t, p->cols.n + 1);
    cut *const cuts = ARENA_NEW(c.mem, cut, 2 * MOST_TIMES * MAX_SOURCES + 1);
    int32_t n = 0;
    if (c.u && c.U && c.group_U && c.a && c.flipped && cuts) {
        n = collect(&c, cuts);
        qsort(cuts, (size_t)n, sizeof *cuts, compare_cuts);
        n = n < MAX_CUTS ? n : MAX_CUTS;
        program_new_row *const rows = ARENA_NEW(c.mem, program_new_row, n + 1);
        for (int32_t k = 0; rows && k < n; k++)
            rows[k] = cuts[k].row;
        if (n > 0 && (!rows || !search_append(s, r, rows, n)))
            n = 0;
    }
    arena_rewind(s->scratch, mark);
    return n;
}
