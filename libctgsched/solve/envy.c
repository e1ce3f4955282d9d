// SPDX-License-Identifier: GPL-3.0-or-later
/* Rows against justified envy (format.md 8).
 *
 * In a plan X request r envies s for option o. Rules are monotone: with fewer
 * children everything that held still holds. So the pair stays in every plan in
 * which r has nothing at least as good as o, s is served, and nobody else
 * weighs more than in X on a row that o depends on:
 *
 * (envy) sum of x[r, at least as good as o] + (1 - served s)
 *        + sum of x[q, p], p heavier there than X's option, + e[r, s] >= 1.
 *
 * Siblings of r and s, guaranteed places when s counts for them, and rows that
 * are short in X are not monotone: there every difference from X counts. */
#include "solve/envy.h"

#include <string.h>

typedef struct envy_row {
    int32_t *cols, n;
    int64_t *values, upper;
} envy_row;

static const option *option_of_col(const search *s, int32_t col) {
    const option_col oc = s->f.option_cols[col];
    return &s->prob->requests[oc.request].options[oc.option];
}

/* Rows on which the swap depends: those of the option wanted and, through the
 * columns that count, those that count the same staff, also at other hours: a
 * month's mix adds up all of them. */
typedef struct row_set {
    const program *p;
    uint8_t *in; /* [n_rows] */
    int32_t *list, n;
    int32_t n_law; /* rows of goals and cuts, from here on, do not count */
} row_set;

static void add_rows_of(row_set *set, int32_t col) {
    const sparse *const lines = &set->p->by_col;
    for (int64_t k = lines->start[col]; k < lines->start[col + 1]; k++) {
        const int32_t row = lines->index[k];
        if (row >= set->n_law || set->in[row])
            continue;
        set->in[row] = 1;
        set->list[set->n++] = row;
    }
}

static bool depend_on(row_set *set, const search *s, int32_t wanted,
                      arena *mem) {
    const program *const p = &s->f.program;
    *set = (row_set){.p = p, .n_law = s->f.n_law_rows};
    set->in = ARENA_NEW(mem, uint8_t, p->rows.n + 1);
    set->list = ARENA_NEW(mem, int32_t, p->rows.n + 1);
    if (!set->in || !set->list)
        return false;
    add_rows_of(set, wanted);
    for (int32_t at = 0; at < set->n; at++) {
        const int32_t row = set->list[at];
        for (int64_t k = p->by_row.start[row]; k < p->by_row.start[row + 1];
             k++)
            if (p->cols.at[p->by_row.index[k]].group < 0)
                add_rows_of(set, p->by_row.index[k]);
    }
    return true;
}

static int64_t coefficient(const program *p, int32_t row, int32_t col) {
    for (int64_t k = p->by_col.start[col]; k < p->by_col.start[col + 1]; k++)
        if (p->by_col.index[k] == row)
            return p->by_col.value[k];
    return 0;
}

/* `col` weighs more than `now` (-1: nothing) on some row of the set. */
static bool weighs_more(const program *p, const row_set *set, int32_t col,
                        int32_t now) {
    for (int64_t k = p->by_col.start[col]; k < p->by_col.start[col + 1]; k++) {
        const int32_t row = p->by_col.index[k];
        if (set->in[row] &&
            p->by_col.value[k] > (now < 0 ? 0 : coefficient(p, row, now)))
            return true;
    }
    return false;
}

static void put(envy_row *row, int32_t col, int64_t value) {
    row->cols[row->n] = col;
    row->values[row->n++] = value;
}

/* Any change of q releases the row. */
static void put_any_change(const search *s, envy_row *row, int32_t q,
                           int32_t now) {
    if (now >= 0) {
        put(row, now, 1);
        row->upper++;
        return;
    }
    for (int32_t j = s->f.first_col[q]; j < s->f.first_col[q + 1]; j++)
        put(row, j, -1);
}

static void put_arrivals(const search *s, envy_row *row, int32_t q, int32_t now,
                         const row_set *set) {
    for (int32_t j = s->f.first_col[q]; j < s->f.first_col[q + 1]; j++)
        if (j != now && weighs_more(&s->f.program, set, j, now))
            put(row, j, -1);
}

static bool are_siblings(const search *s, int32_t a, int32_t b) {
    const int32_t g = s->prob->requests[a].sibling_group;
    return g != NONE && g == s->prob->requests[b].sibling_group;
}

/* Something that the swap depends on is short in X: whether it gets worse then
 * depends on who is there now, in either direction. */
static bool is_short(const search *s, const row_set *set) {
    const program *const p = set->p;
    int64_t weight;
    const int32_t at = objective_of(s->prob, GOAL_SHORTAGE, &weight);
    for (int32_t k = 0; at >= 0 && k < set->n; k++)
        for (int64_t e = p->by_row.start[set->list[k]];
             e < p->by_row.start[set->list[k] + 1]; e++) {
            const int32_t j = p->by_row.index[e];
            if (p->cols.at[j].group < 0 && s->cost[at][j] && s->sel.x[j] > 0)
                return true;
        }
    return false;
}

typedef struct swap {
    int32_t r, envied, wanted;
    const int32_t *chosen; /* [n_requests]: columns of X, or -1 */
    row_set rows;
    bool exact; /* any difference from X releases the row */
} swap;

static bool both_insert(const search *s, int32_t a, int32_t b) {
    return s->prob->requests[a].insertion && s->prob->requests[b].insertion;
}

/* A session that opens for enough children only: leaving can close it. */
static bool is_of_group(const search *s, int32_t col) {
    const option *const o = col < 0 ? NULL : option_of_col(s, col);
    for (int32_t k = 0; o && k < o->n_presences; k++) {
        const structure *const at =
            &s->prob->structures[o->presences[k].structure];
        for (int32_t i = 0; i < at->n_sessions; i++)
            if (at->sessions[i].min_children > 1)
                return true;
    }
    return false;
}

/* Some option of the request is of a session that needs several. */
static bool may_group(const search *s, int32_t r) {
    for (int32_t j = s->f.first_col[r]; j < s->f.first_col[r + 1]; j++)
        if (is_of_group(s, j))
            return true;
    return false;
}

/* Terms of r and s themselves. A place that r or s leaves may be missed where
 * places are guaranteed or a session needs several: there they must have what
 * they have in X. */
static void put_pair(const search *s, envy_row *row, const swap *w) {
    const int32_t now = w->chosen[w->r];
    const int32_t rank = option_of_col(s, w->wanted)->rank;
    const bool same =
        w->exact || s->prob->requests[w->r].insertion || may_group(s, w->r);
    const bool leaves = w->exact || s->prob->requests[w->envied].insertion ||
                        may_group(s, w->envied);
    for (int32_t j = s->f.first_col[w->r]; j < s->f.first_col[w->r + 1]; j++)
        if ((same && now < 0) || option_of_col(s, j)->rank <= rank)
            put(row, j, -1);
    if (same && now >= 0) {
        put(row, now, 1);
        row->upper++;
    }
    for (int32_t j = s->f.first_col[w->envied];
         j < s->f.first_col[w->envied + 1]; j++)
        if (!leaves || j == w->chosen[w->envied])
            put(row, j, 1);
}

static envy_row make_row(const search *s, const int32_t *chosen, int32_t r,
                         int32_t envied, int32_t wanted, arena *mem) {
    const problem *const prob = s->prob;
    swap w = {.r = r, .envied = envied, .wanted = wanted, .chosen = chosen};
    envy_row row = {0};
    row.cols = ARENA_NEW(mem, int32_t, s->f.program.cols.n + 1);
    row.values = ARENA_NEW(mem, int64_t, s->f.program.cols.n + 1);
    if (!row.cols || !row.values || !depend_on(&w.rows, s, wanted, mem))
        return (envy_row){0};
    w.exact = is_short(s, &w.rows) || is_of_group(s, wanted) ||
              is_of_group(s, chosen[r]) || is_of_group(s, chosen[envied]);
    put_pair(s, &row, &w);
    for (int32_t q = 0; q < prob->n_requests; q++) {
        if (q == r || q == envied)
            continue;
        const bool exact = w.exact || are_siblings(s, q, r) ||
                           are_siblings(s, q, envied) ||
                           both_insert(s, envied, q) || both_insert(s, r, q);
        if (exact)
            put_any_change(s, &row, q, chosen[q]);
        else
            put_arrivals(s, &row, q, chosen[q], &w.rows);
    }
    put(&row, s->f.envy_first + r * prob->n_requests + envied, -1);
    return row;
}

/* Shortage columns of the selection, to see whether a swap raises one. */
static bool shortage_rose(const search *s, const int64_t *before) {
    int64_t weight;
    const int32_t at = objective_of(s->prob, GOAL_SHORTAGE, &weight);
    for (int32_t j = s->f.n_option_cols; at >= 0 && j < s->f.program.cols.n;
         j++)
        if (s->cost[at][j] && s->sel.x[j] > before[j])
            return true;
    return false;
}

/* The swap of the definition, on the selection; the selection is put back. */
static bool swap_is_legal(search *s, const int32_t *cols, int32_t n, int32_t r,
                          int32_t envied, int32_t wanted, int64_t *before) {
    memcpy(before, s->sel.x, sizeof *before * (size_t)s->f.program.cols.n);
    int32_t out[2], n_out = 0;
    if (s->sel.chosen[r] >= 0)
        out[n_out++] = s->sel.chosen[r];
    out[n_out++] = s->sel.chosen[envied];
    /* The definition asks for the rules alone, whatever goals are held. */
    s->sel.n_law = s->f.n_law_rows;
    const bool fits = selection_change(&s->sel, &wanted, 1, out, n_out);
    s->sel.n_law = INT32_MAX;
    const bool legal = fits && !shortage_rose(s, before);
    if (fits)
        search_load(s, cols, n);
    return legal;
}

static int32_t rows_of_pair(search *s, relax *r, envy_pair pair,
                            const int32_t *chosen, const int32_t *cols,
                            int32_t n, program_new_row *rows) {
    const int32_t paid =
        s->f.envy_first + pair.request * s->prob->n_requests + pair.envies;
    int64_t *const before =
        ARENA_NEW(s->scratch, int64_t, s->f.program.cols.n + 1);
    int32_t made = 0;
    if (!before || r->x[paid] > 0.5)
        return 0;
    const int32_t got = chosen[pair.request];
    const int32_t rank = got >= 0 ? option_of_col(s, got)->rank : INT32_MAX;
    for (int32_t j = s->f.first_col[pair.request];
         j < s->f.first_col[pair.request + 1]; j++) {
        if (option_of_col(s, j)->rank >= rank ||
            !swap_is_legal(s, cols, n, pair.request, pair.envies, j, before))
            continue;
        const envy_row row =
            make_row(s, chosen, pair.request, pair.envies, j, s->scratch);
        if (row.cols && row.values)
            rows[made++] =
                (program_new_row){-PROGRAM_INFINITY, row.upper,  row.n,
                                  row.cols,          row.values, NULL};
    }
    return made;
}

static int32_t collect(search *s, relax *r, const verdict *v,
                       const int32_t *chosen, const int32_t *cols, int32_t n) {
    int32_t most = 0, made = 0;
    for (int32_t k = 0; k < v->n_envy; k++)
        most += s->f.first_col[v->envy[k].request + 1] -
                s->f.first_col[v->envy[k].request];
    program_new_row *const rows =
        ARENA_NEW(s->scratch, program_new_row, most + 1);
    for (int32_t k = 0; rows && k < v->n_envy; k++)
        made += rows_of_pair(s, r, v->envy[k], chosen, cols, n, rows + made);
    if (made > 0)
        search_append(s, r, rows, made);
    return made;
}

int32_t envy_separate(search *s, relax *r) {
    const int32_t n_requests = s->prob->n_requests;
    if (s->f.envy_first < 0 || s->is_full ||
        !selection_is_legal(&s->sel, s->f.n_law_rows))
        return 0;
    const arena_mark mark = arena_here(s->scratch);
    int32_t *const option_of = ARENA_NEW(s->scratch, int32_t, n_requests + 1);
    int32_t *const chosen = ARENA_NEW(s->scratch, int32_t, n_requests + 1);
    int32_t *const cols = ARENA_NEW(s->scratch, int32_t, n_requests + 1);
    int32_t made = 0;
    if (option_of && chosen && cols) {
        int32_t n = 0;
        for (int32_t q = 0; q < n_requests; q++) {
            chosen[q] = s->sel.chosen[q];
            option_of[q] =
                chosen[q] < 0 ? NONE : s->f.option_cols[chosen[q]].option;
            if (chosen[q] >= 0)
                cols[n++] = chosen[q];
        }
        verdict v;
        plan candidate = {.option_of = option_of};
        s->failed = check_plan(&v, s->prob, &candidate, CHECK_RULES, s->scratch,
                               s->err);
        if (s->failed == CTG_OK)
            made = collect(s, r, &v, chosen, cols, n);
    }
    arena_rewind(s->scratch, mark);
    return made;
}
