// SPDX-License-Identifier: GPL-3.0-or-later
/* Justified envy without looking at any plan (format.md 8, formulation.md).
 *
 * Request r envies s for option o when the plan in which r has o and s waits
 * keeps every rule. In a program that plan is the columns again with those of r
 * and s replaced by constants; the columns that count something (staff,
 * shortage) follow at their least. So for each triple (r, s, o):
 *
 * (envy) e[r, s] + sum of x[r, at least as good as o] + (1 - served s)
 *        + sum of v >= 1,
 *
 * a column v for each row that the swap may break, which can be 1 only where
 * it does. Counting columns are copied for the swap and held to exactly their
 * least by selectors: a copy too large would break rows, a copy too small would
 * let others seem smaller. A shortage may stay, but not grow.
 *
 * Rows of the problem that no swap can break, and copies equal to others, are
 * made once or not at all. The search itself never builds these rows: envy.c
 * adds the few that a plan asks for. */
#include "solve/policy.h"

#include <assert.h>

#include "base/idmap.h"
#include "solve/families.h"

/* More entries than this are refused: no other solver would read them. */
enum { MOST_ENTRIES = 30000000 };

typedef struct swap {
    int32_t r, s;   /* requests */
    int32_t wanted; /* column of r's option o */
} swap;

/* What a swap breaks: a column of the export, or one of these. */
enum { NEVER = -1, ALWAYS = -2 };

/* A linear form over columns of the export, with its range. */
typedef struct form {
    int32_t n;
    int32_t *cols;
    int64_t *values;
    int64_t constant, least, most;
    text key; /* forms with one key are one form */
} form;

/* The value of a counting column after a swap: a column or a constant. */
typedef struct counted {
    int32_t col; /* of the export; -1: it is `least` */
    int64_t least, most;
} counted;

typedef struct policy_maker {
    const formulation *f;
    const program *p; /* of f */
    program *to;
    const int32_t *col_of;
    arena *mem, *scratch;
    idmap made;          /* key -> column of the export */
    int32_t *level;      /* [n_rows] column of the row's options, or NONE */
    uint32_t *mark, now; /* [n_rows] rows reached by the swap in work */
    int32_t *reached;    /* [n_rows] */
    int32_t n_reached;
    int32_t shortage; /* objective, or -1 */
    bool failed;
} policy_maker;

static bool is_option(const policy_maker *m, int32_t col) {
    return col < m->f->n_option_cols;
}

static bool is_shortage(const policy_maker *m, int32_t col) {
    return m->shortage >= 0 && m->p->objectives[m->shortage].cost[col] != 0;
}

static int32_t request_of(const policy_maker *m, int32_t col) {
    return m->f->option_cols[col].request;
}

static const option *option_of(const policy_maker *m, int32_t col) {
    const option_col oc = m->f->option_cols[col];
    return &m->f->prob->requests[oc.request].options[oc.option];
}

/* --- forms -----------------------------------------------------------------
 */

static void form_put(form *x, int32_t col, int64_t value) {
    x->cols[x->n] = col;
    x->values[x->n++] = value;
}

static void put_in_row(program *to, int32_t row, const form *x,
                       int64_t factor) {
    for (int32_t k = 0; k < x->n; k++)
        program_put(to, row, x->cols[k], factor * x->values[k]);
}

/* Range of the options of a row, at most one of a request, without r and s. */
static void range_of_options(form *x, const policy_maker *m, int32_t row,
                             int32_t r, int32_t s) {
    const sparse *const lines = &m->p->by_row;
    int64_t low = 0, high = 0;
    int32_t before = NONE;
    for (int64_t k = lines->start[row]; k < lines->start[row + 1]; k++) {
        if (!is_option(m, lines->index[k]))
            continue;
        const int32_t who = request_of(m, lines->index[k]);
        if (who != before) {
            x->least += low;
            x->most += high;
            low = high = 0;
        }
        before = who;
        if (who == r || who == s)
            continue;
        low = lines->value[k] < low ? lines->value[k] : low;
        high = lines->value[k] > high ? lines->value[k] : high;
    }
    x->least += low;
    x->most += high;
}

/* (level.i) a column that is the sum over options in row i, written once so
 * that the rows of many swaps stay short. */
static int32_t level_of(policy_maker *m, int32_t row) {
    if (m->level[row] != NONE)
        return m->level[row];
    form all = {0};
    range_of_options(&all, m, row, NONE, NONE);
    const int32_t col = program_add_col(m->to, -1, all.least, all.most, -1);
    program_name_col(m->to, col, "level_%s", m->p->rows.at[row].name);
    const int32_t is = program_add_row(m->to, 0, 0, -1, -1);
    program_name_row(m->to, is, "level_%s", m->p->rows.at[row].name);
    program_put(m->to, is, col, -1);
    const sparse *const lines = &m->p->by_row;
    for (int64_t k = lines->start[row]; k < lines->start[row + 1]; k++)
        if (is_option(m, lines->index[k]))
            program_put(m->to, is, m->col_of[lines->index[k]], lines->value[k]);
    m->level[row] = col;
    return col;
}

static bool has_options(const policy_maker *m, int32_t row) {
    const int64_t first = m->p->by_row.start[row];
    return first < m->p->by_row.start[row + 1] &&
           is_option(m, m->p->by_row.index[first]);
}

/* The options of a row after the swap: its level less what r and s have, and
 * the option wanted. */
static void put_options(form *x, policy_maker *m, int32_t row, const swap *w) {
    const sparse *const lines = &m->p->by_row;
    bool with_r = false, with_s = false;
    if (has_options(m, row))
        form_put(x, level_of(m, row), 1);
    for (int64_t k = lines->start[row]; k < lines->start[row + 1]; k++) {
        const int32_t col = lines->index[k];
        const int32_t who = is_option(m, col) ? request_of(m, col) : NONE;
        if (col == w->wanted)
            x->constant += lines->value[k];
        if (who != w->r && who != w->s)
            continue;
        form_put(x, m->col_of[col], -lines->value[k]);
        with_r |= who == w->r;
        with_s |= who == w->s;
    }
    range_of_options(x, m, row, w->r, w->s);
    text_printf(&x->key, " %d:%d:%d", row, with_r ? w->r : NONE,
                with_s ? w->s : NONE);
}

static counted count_after(policy_maker *m, int32_t col, const swap *w);

static void put_counted(form *x, policy_maker *m, int32_t col, int64_t value,
                        const swap *w) {
    const counted c = count_after(m, col, w);
    if (c.col >= 0)
        form_put(x, c.col, value);
    else
        x->constant += value * c.least;
    if (c.col < 0)
        return;
    x->least += value * (value > 0 ? c.least : c.most);
    x->most += value * (value > 0 ? c.most : c.least);
    text_printf(&x->key, ":%d", c.col);
}

/* The left side of a row after the swap, without column `skip`. */
static form form_after(policy_maker *m, int32_t row, int32_t skip,
                       const swap *w) {
    const sparse *const lines = &m->p->by_row;
    const int64_t n = lines->start[row + 1] - lines->start[row] + 1;
    form x = {.cols = ARENA_NEW(m->scratch, int32_t, n),
              .values = ARENA_NEW(m->scratch, int64_t, n),
              .key = {.mem = m->scratch}};
    if (!x.cols || !x.values) {
        m->failed = true;
        return x;
    }
    put_options(&x, m, row, w);
    for (int64_t k = lines->start[row]; k < lines->start[row + 1]; k++)
        if (!is_option(m, lines->index[k]) && lines->index[k] != skip)
            put_counted(&x, m, lines->index[k], lines->value[k], w);
    x.least += x.constant;
    x.most += x.constant;
    text_printf(&x.key, "=%lld", (long long)x.constant);
    m->failed |= x.key.failed;
    return x;
}

/* --- counting columns after a swap ------------------------------------------
 */

typedef struct definition {
    int32_t n;
    form *x;        /* [n] left sides without the column */
    int64_t *upper; /* [n] */
    int64_t *unit;  /* [n] what one unit of the column takes off */
} definition;

static definition define(policy_maker *m, int32_t col, const swap *w) {
    const sparse *const lines = &m->p->by_col;
    const int64_t most = lines->start[col + 1] - lines->start[col] + 1;
    definition d = {0, ARENA_NEW(m->scratch, form, most),
                    ARENA_NEW(m->scratch, int64_t, most),
                    ARENA_NEW(m->scratch, int64_t, most)};
    m->failed |= !d.x || !d.upper || !d.unit;
    for (int64_t k = lines->start[col]; k < lines->start[col + 1]; k++) {
        const int32_t row = lines->index[k];
        if (m->failed || m->p->rows.at[row].owner != col ||
            lines->value[k] >= 0)
            continue;
        d.x[d.n] = form_after(m, row, col, w);
        d.upper[d.n] = m->p->rows.at[row].upper;
        d.unit[d.n++] = -lines->value[k];
    }
    return d;
}

/* A column without a definition is raised for a goal alone: after the swap it
 * may be as small as it likes. */
static counted range_of(const policy_maker *m, int32_t col,
                        const definition *d) {
    const int64_t lower = m->p->cols.at[col].lower;
    counted c = {-1, lower, lower};
    for (int32_t k = 0; k < d->n; k++) {
        const int64_t low = ceil_div(d->x[k].least - d->upper[k], d->unit[k]);
        const int64_t high = ceil_div(d->x[k].most - d->upper[k], d->unit[k]);
        c.least = low > c.least ? low : c.least;
        c.most = high > c.most ? high : c.most;
    }
    return c;
}

/* (count.least) x - unit a <= upper; (count.most) the same turned, where the
 * selector of the row is 1. */
static void bind_definition(policy_maker *m, const counted *c, const form *x,
                            int64_t upper, int64_t unit, int32_t selector) {
    program *const to = m->to;
    const int32_t least =
        program_add_row(to, -PROGRAM_INFINITY, upper - x->constant, -1, -1);
    put_in_row(to, least, x, 1);
    program_put(to, least, c->col, -unit);
    program_name_row(to, least, "count_least_%d", c->col);
    const int64_t side = x->constant - upper + unit - 1;
    const int64_t free = unit * c->most - (x->least - upper + unit - 1);
    const int32_t most =
        program_add_row(to, -PROGRAM_INFINITY, side + free, -1, -1);
    put_in_row(to, most, x, -1);
    program_put(to, most, c->col, unit);
    program_put(to, most, selector, free);
    program_name_row(to, most, "count_most_%d", c->col);
}

static int32_t selector_of(policy_maker *m, int32_t col, int32_t one) {
    const int32_t selector = program_add_col(m->to, -1, 0, 1, -1);
    program_name_col(m->to, selector, "is_most_%d_%d", col, selector);
    program_put(m->to, one, selector, 1);
    return selector;
}

/* (count.one) one of the sides, or the lower bound, is what the copy is. */
static void bind_count(policy_maker *m, const counted *c, int64_t lower,
                       const definition *d) {
    program *const to = m->to;
    const int32_t one = program_add_row(to, 1, PROGRAM_INFINITY, -1, -1);
    program_name_row(to, one, "count_one_%d", c->col);
    for (int32_t k = 0; k < d->n; k++)
        bind_definition(m, c, &d->x[k], d->upper[k], d->unit[k],
                        selector_of(m, c->col, one));
    const int32_t floor =
        program_add_row(to, -PROGRAM_INFINITY, c->most, -1, -1);
    program_put(to, floor, c->col, 1);
    program_put(to, floor, selector_of(m, c->col, one), c->most - lower);
    program_name_row(to, floor, "count_floor_%d", c->col);
}

/* Finds or keeps the column of a key. */
static int32_t find_made(const policy_maker *m, const text *key) {
    return key->failed ? NONE : idmap_get(&m->made, key->at);
}

static void keep_made(policy_maker *m, const text *key, int32_t col) {
    const char *const kept = key->failed ? NULL : arena_strdup(m->mem, key->at);
    m->failed |= !kept || idmap_put(m->mem, &m->made, kept, col) < 0;
}

/* Depth is that of the formulation (a shortage counts groups, a group counts
 * classes), not of the input. */
static counted count_after(policy_maker *m, int32_t col, const swap *w) {
    const definition d = define(m, col, w);
    if (m->failed)
        return (counted){-1, 0, 0};
    counted c = range_of(m, col, &d);
    if (c.least == c.most)
        return c;
    text key = {.mem = m->scratch};
    text_printf(&key, "count %d", col);
    for (int32_t k = 0; k < d.n; k++)
        text_puts(&key, d.x[k].key.at);
    c.col = find_made(m, &key);
    if (c.col >= 0)
        return c;
    c.col = program_add_col(m->to, -1, c.least, c.most, -1);
    program_name_col(m->to, c.col, "count_%d", c.col);
    bind_count(m, &c, m->p->cols.at[col].lower, &d);
    keep_made(m, &key, c.col);
    return c;
}

/* --- rows that the swap may break -------------------------------------------
 */

/* A column that may be 1 only where the form is at least `side`. */
static int32_t at_least(policy_maker *m, form *x, int64_t side,
                        const char *what) {
    if (x->least >= side)
        return ALWAYS;
    if (x->most < side)
        return NEVER;
    text_printf(&x->key, ">=%lld", (long long)side);
    int32_t col = find_made(m, &x->key);
    if (col >= 0)
        return col;
    program *const to = m->to;
    col = program_add_col(to, -1, 0, 1, -1);
    program_name_col(to, col, "breaks_%s_%d", what, col);
    const int32_t row =
        program_add_row(to, x->least - x->constant, PROGRAM_INFINITY, -1, -1);
    put_in_row(to, row, x, 1);
    program_put(to, row, col, x->least - side);
    program_name_row(to, row, "breaks_%s_%d", what, col);
    keep_made(m, &x->key, col);
    return col;
}

static void turn(form *x) {
    for (int32_t k = 0; k < x->n; k++)
        x->values[k] = -x->values[k];
    const int64_t least = x->least;
    x->least = -x->most;
    x->most = -least;
    x->constant = -x->constant;
    text_puts(&x->key, "-");
}

/* The shortage, or the count, of a swap beyond what it may be: the shortage of
 * the plan, or its bound. */
static int32_t count_breaks(policy_maker *m, int32_t col, const swap *w) {
    const counted c = count_after(m, col, w);
    const program_col *const its = &m->p->cols.at[col];
    form x = {.cols = ARENA_NEW(m->scratch, int32_t, 2),
              .values = ARENA_NEW(m->scratch, int64_t, 2),
              .least = c.least,
              .most = c.most,
              .key = {.mem = m->scratch}};
    if (!x.cols || !x.values) {
        m->failed = true;
        return NEVER;
    }
    if (c.col >= 0)
        form_put(&x, c.col, 1);
    else
        x.constant = c.least;
    text_printf(&x.key, "over %d:%d=%lld", col, c.col, (long long)x.constant);
    if (!is_shortage(m, col))
        return at_least(m, &x, its->upper + 1, "count");
    form_put(&x, m->col_of[col], -1);
    x.least -= its->upper;
    return at_least(m, &x, 1, "lack");
}

typedef struct release {
    int32_t *cols; /* [n] any of them at 1 releases the pair */
    int32_t n;
    bool always;
} release;

static void note(release *out, int32_t breaks) {
    out->always |= breaks == ALWAYS;
    if (breaks >= 0)
        out->cols[out->n++] = breaks;
}

static void row_breaks(policy_maker *m, release *out, int32_t row,
                       const swap *w) {
    const program_row *const its = &m->p->rows.at[row];
    if (its->upper != PROGRAM_INFINITY) {
        form x = form_after(m, row, NONE, w);
        if (!m->failed)
            note(out, at_least(m, &x, its->upper + 1, its->name));
    }
    if (its->lower != -PROGRAM_INFINITY && !m->failed) {
        form x = form_after(m, row, NONE, w);
        turn(&x);
        if (!m->failed)
            note(out, at_least(m, &x, 1 - its->lower, its->name));
    }
}

/* --- which rows the swap reaches --------------------------------------------
 */

static void reach(policy_maker *m, int32_t row) {
    if (m->mark[row] == m->now)
        return;
    m->mark[row] = m->now;
    m->reached[m->n_reached++] = row;
}

static void reach_by_col(policy_maker *m, int32_t col, int sign) {
    const sparse *const lines = &m->p->by_col;
    for (int64_t k = lines->start[col]; k < lines->start[col + 1]; k++)
        if (sign * lines->value[k] > 0 ||
            m->p->rows.at[lines->index[k]].lower != -PROGRAM_INFINITY)
            reach(m, lines->index[k]);
}

static void reach_by_request(policy_maker *m, int32_t request) {
    for (int32_t j = m->f->first_col[request]; j < m->f->first_col[request + 1];
         j++)
        reach_by_col(m, j, -1);
}

/* Rows whose left side the swap may raise: those of the option wanted, those in
 * which r or s count negatively, and those of the columns raised by these. */
static void reach_rows(policy_maker *m, const swap *w) {
    m->now++;
    m->n_reached = 0;
    reach_by_col(m, w->wanted, 1);
    reach_by_request(m, w->r);
    reach_by_request(m, w->s);
    for (int32_t at = 0; at < m->n_reached; at++) {
        const int32_t owner = m->p->rows.at[m->reached[at]].owner;
        if (owner >= 0)
            reach_by_col(m, owner, 1);
    }
}

/* --- the rows of a pair ------------------------------------------------------
 */

/* Points that count: a sibling group that stays together has its largest. */
static int64_t points_of(const problem *prob, int32_t r) {
    int64_t points = prob->requests[r].points;
    for (int32_t g = 0; g < prob->n_siblings; g++) {
        const siblings *const group = &prob->siblings[g];
        bool is_in = false;
        int64_t most = points;
        for (int32_t k = 0; k < group->n_requests; k++) {
            const int64_t its = prob->requests[group->requests[k]].points;
            is_in |= group->requests[k] == r;
            most = its > most ? its : most;
        }
        if (is_in && group->rule != SIBLINGS_REWARD)
            points = most;
    }
    return points;
}

static bool find_breaks(policy_maker *m, release *out, const swap *w) {
    reach_rows(m, w);
    out->cols = ARENA_NEW(m->scratch, int32_t, 2 * m->n_reached + 1);
    m->failed |= !out->cols;
    for (int32_t k = 0; k < m->n_reached && !m->failed && !out->always; k++) {
        const int32_t row = m->reached[k], owner = m->p->rows.at[row].owner;
        if (owner < 0)
            row_breaks(m, out, row, w);
        else
            note(out, count_breaks(m, owner, w));
    }
    return !m->failed && !out->always;
}

static void put_triple(policy_maker *m, const swap *w, int32_t pair,
                       const release *out) {
    program *const to = m->to;
    const formulation *const f = m->f;
    const int32_t row = program_add_row(to, 0, PROGRAM_INFINITY, -1, -1);
    program_name_row(to, row, "envy_%s_%s_%d", f->prob->requests[w->r].id,
                     f->prob->requests[w->s].id,
                     f->option_cols[w->wanted].option);
    program_put(to, row, pair, 1);
    for (int32_t j = f->first_col[w->r]; j < f->first_col[w->r + 1]; j++)
        if (option_of(m, j)->rank <= option_of(m, w->wanted)->rank)
            program_put(to, row, m->col_of[j], 1);
    for (int32_t j = f->first_col[w->s]; j < f->first_col[w->s + 1]; j++)
        program_put(to, row, m->col_of[j], -1);
    for (int32_t k = 0; k < out->n; k++)
        program_put(to, row, out->cols[k], 1);
}

static void put_pair(policy_maker *m, int32_t r, int32_t s) {
    program *const to = m->to;
    int32_t pair = NONE;
    for (int32_t j = m->f->first_col[r];
         j < m->f->first_col[r + 1] && !m->failed && !to->failed; j++) {
        const arena_mark here = arena_here(m->scratch);
        const swap w = {r, s, j};
        release out = {0};
        if (find_breaks(m, &out, &w)) {
            if (pair == NONE) {
                pair = program_add_col(to, -1, 0, 1, -1);
                program_name_col(to, pair, "envy_%s_%s",
                                 m->f->prob->requests[r].id,
                                 m->f->prob->requests[s].id);
                int64_t weight;
                program_add_cost(
                    to, objective_of(m->f->prob, GOAL_ENVY, &weight), pair, 1);
            }
            put_triple(m, &w, pair, &out);
        }
        arena_rewind(m->scratch, here);
    }
}

static bool is_too_large(const policy_maker *m) {
    return m->to->entries.n > MOST_ENTRIES;
}

static bool put_pairs(policy_maker *m) {
    const problem *const prob = m->f->prob;
    int64_t *const points = ARENA_NEW(m->mem, int64_t, prob->n_requests + 1);
    if (!points)
        return false;
    for (int32_t r = 0; r < prob->n_requests; r++)
        points[r] = points_of(prob, r);
    for (int32_t r = 0; r < prob->n_requests; r++)
        for (int32_t s = 0; s < prob->n_requests; s++)
            if (points[r] > points[s] &&
                !request_must_be_served(&prob->requests[s]) && !is_too_large(m))
                put_pair(m, r, s);
    return !m->failed && !m->to->failed;
}

static bool maker_init(policy_maker *m, arena *mem, arena *scratch) {
    const int32_t n = m->p->rows.n;
    int64_t weight;
    m->mem = mem;
    m->scratch = scratch;
    m->shortage = objective_of(m->f->prob, GOAL_SHORTAGE, &weight);
    m->level = ARENA_NEW(mem, int32_t, n + 1);
    m->mark = ARENA_NEW(mem, uint32_t, n + 1);
    m->reached = ARENA_NEW(mem, int32_t, n + 1);
    if (!m->level || !m->mark || !m->reached)
        return false;
    for (int32_t i = 0; i < n; i++)
        m->level[i] = NONE;
    return true;
}

ctg_status policy_rows(program *to, const formulation *f, const int32_t *col_of,
                       arena *mem, ctg_error *err) {
    assert(f->prob->policy == POLICY_BY_POINTS && !f->prob->goals.weighted);
    policy_maker m = {.f = f, .p = &f->program, .to = to, .col_of = col_of};
    arena *const scratch = arena_create(arena_allocator(mem), 0);
    const bool good = scratch && maker_init(&m, mem, scratch) && put_pairs(&m);
    arena_destroy(scratch);
    if (!good)
        return err_nomem(err);
    if (is_too_large(&m))
        return err_set(err, CTG_ERR_LIMIT, "E-LIMIT", NULL,
                       "the policy by points takes more than %d entries as "
                       "rows. Maybe export a part of the requests, or the "
                       "problem with policy \"most_points\".",
                       MOST_ENTRIES);
    return CTG_OK;
}
