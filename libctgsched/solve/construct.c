// SPDX-License-Identifier: GPL-3.0-or-later
/* A first plan without any relaxation, and plans from LP points.
 *
 * Requests are taken in an order, each gets the first of its options that fits
 * what is there; siblings that must come together are tried together. */
#include "solve/crew.h"
#include "solve/search.h"

#include <stdlib.h>

typedef struct ranked {
    int64_t key[3]; /* smaller first, in this order */
    int32_t index;
} ranked;

static int compare_ranked(const void *a, const void *b) {
    const ranked *const x = a, *const y = b;
    for (int k = 0; k < 3; k++)
        if (x->key[k] != y->key[k])
            return x->key[k] < y->key[k] ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static bool add_one(selection *sel, int32_t col) {
    if (sel->chosen[sel->p->cols.at[col].group] >= 0)
        return false;
    return selection_change(sel, &col, 1, NULL, 0);
}

/* Options of a request by the objectives in order, cheapest first. */
static int32_t by_objectives(const search *s, int32_t r, ranked *out) {
    int32_t n = 0;
    for (int32_t j = s->f.first_col[r]; j < s->f.first_col[r + 1]; j++) {
        ranked one = {.index = j};
        int32_t used = 0;
        for (int32_t k = 0; k < s->n_objectives && used < 3; k++) {
            if (!s->prob->goals.weighted &&
                s->prob->goals.terms[k].goal == GOAL_SHORTAGE)
                continue;
            one.key[used++] = s->cost[k][j];
        }
        out[n++] = one;
    }
    qsort(out, (size_t)n, sizeof *out, compare_ranked);
    return n;
}

/* Under the policy by points a family's own ranking decides. */
static int32_t by_preference(const search *s, int32_t r, ranked *out) {
    int32_t n = 0;
    for (int32_t j = s->f.first_col[r]; j < s->f.first_col[r + 1]; j++) {
        const option *const o =
            &s->prob->requests[r].options[s->f.option_cols[j].option];
        out[n++] = (ranked){.key = {o->rank, -o->ticket, 0}, .index = j};
    }
    qsort(out, (size_t)n, sizeof *out, compare_ranked);
    return n;
}

static int32_t rank_options(const search *s, int32_t r, ranked *out) {
    return s->prob->policy == POLICY_BY_POINTS ? by_preference(s, r, out)
                                               : by_objectives(s, r, out);
}

static bool must_come_together(const search *s, int32_t r) {
    const int32_t g = s->prob->requests[r].sibling_group;
    return g != NONE && s->prob->siblings[g].rule != SIBLINGS_REWARD &&
           s->prob->requests[r].held == NONE;
}

/* All members without a place at once: first in one structure after another,
 * then, where the rule allows, wherever they fit. */
static bool add_bundle_in(search *s, const siblings *g, int32_t structure,
                          ranked *scratch) {
    int32_t cols[64];
    int32_t n = 0;
    if (g->n_requests > 64)
        return false;
    for (int32_t k = 0; k < g->n_requests; k++) {
        const int32_t r = g->requests[k];
        if (s->prob->requests[r].held != NONE)
            continue;
        if (s->sel.chosen[r] >= 0)
            return false;
        const int32_t m = rank_options(s, r, scratch);
        int32_t found = -1;
        for (int32_t i = 0; i < m && found < 0; i++) {
            const option_col oc = s->f.option_cols[scratch[i].index];
            const int32_t at =
                s->prob->requests[r].options[oc.option].structure;
            if (structure == NONE || at == structure)
                found = scratch[i].index;
        }
        if (found < 0)
            return false;
        cols[n++] = found;
    }
    return n > 0 && selection_change(&s->sel, cols, n, NULL, 0);
}

static void add_bundle(search *s, int32_t group, ranked *scratch) {
    const siblings *const g = &s->prob->siblings[group];
    for (int32_t at = 0; at < s->prob->n_structures; at++)
        if (add_bundle_in(s, g, at, scratch))
            return;
    if (g->rule == SIBLINGS_ALL_OR_NONE)
        add_bundle_in(s, g, NONE, scratch);
}

static void add_request_somewhere(search *s, int32_t r, ranked *scratch) {
    if (s->sel.chosen[r] >= 0)
        return;
    if (must_come_together(s, r)) {
        add_bundle(s, s->prob->requests[r].sibling_group, scratch);
        return;
    }
    const int32_t n = rank_options(s, r, scratch);
    for (int32_t k = 0; k < n; k++)
        if (add_one(&s->sel, scratch[k].index))
            return;
}

static void add_held(search *s) {
    for (int32_t r = 0; r < s->prob->n_requests; r++)
        for (int32_t j = s->f.first_col[r]; j < s->f.first_col[r + 1]; j++)
            if (s->f.option_cols[j].option == s->prob->requests[r].held)
                add_one(&s->sel, j);
}

static bool is_pinned(const search *s, int32_t r) {
    for (int32_t k = 0; k < s->prob->n_pins; k++)
        if (s->prob->pins[k].request == r)
            return true;
    return false;
}

/* Seniority decides among equal points: the better ticket goes first. */
static int64_t best_ticket(const request *r) {
    int64_t best = 0;
    for (int32_t k = 0; k < r->n_options; k++)
        best = r->options[k].ticket > best ? r->options[k].ticket : best;
    return best;
}

static int64_t worth(const search *s, int32_t r) {
    int64_t best = 0;
    for (int32_t j = s->f.first_col[r]; j < s->f.first_col[r + 1]; j++)
        best = s->cost[0][j] < best ? s->cost[0][j] : best;
    return best;
}

static void rank_requests(const search *s, ranked *order) {
    for (int32_t r = 0; r < s->prob->n_requests; r++) {
        const request *const q = &s->prob->requests[r];
        const int64_t must = is_pinned(s, r)             ? -2
                             : request_must_be_served(q) ? -1
                                                         : 0;
        const int64_t by = s->prob->goals.weighted ? worth(s, r) : -q->points;
        order[r] = (ranked){.key = {must, by, -best_ticket(q)}, .index = r};
    }
    qsort(order, (size_t)s->prob->n_requests, sizeof *order, compare_ranked);
}

static int32_t longest_menu(const search *s) {
    int32_t most = 0;
    for (int32_t r = 0; r < s->prob->n_requests; r++) {
        const int32_t n = s->f.first_col[r + 1] - s->f.first_col[r];
        most = n > most ? n : most;
    }
    return most;
}

/* Sessions that open for enough children only, before single requests. */
static void open_ranked(search *s, const ranked *order, ranked *menu) {
    if (s->f.openings.n == 0)
        return;
    int32_t *const cols =
        ARENA_NEW(s->scratch, int32_t, s->f.n_option_cols + 1);
    int32_t n = 0;
    s->is_full |= !cols;
    for (int32_t k = 0; cols && k < s->prob->n_requests; k++) {
        const int32_t m = rank_options(s, order[k].index, menu);
        for (int32_t i = 0; i < m; i++)
            cols[n++] = menu[i].index;
    }
    if (cols)
        open_sessions(s, cols, n);
}

void construct_first(search *s) {
    const arena_mark mark = arena_here(s->scratch);
    ranked *const order =
        ARENA_NEW(s->scratch, ranked, s->prob->n_requests + 1);
    ranked *const menu = ARENA_NEW(s->scratch, ranked, longest_menu(s) + 1);
    s->is_full |= !order || !menu;
    if (!s->is_full) {
        selection_clear(&s->sel);
        rank_requests(s, order);
        crew_first(s);
        add_held(s);
        open_ranked(s, order, menu);
        for (int32_t k = 0; k < s->prob->n_requests; k++)
            add_request_somewhere(s, order[k].index, menu);
        search_offer_chosen(s);
    }
    arena_rewind(s->scratch, mark);
}

/* Columns by LP value, then by reduced cost: a window around the LP point. */
static int32_t rank_columns(const search *s, const relax *r, ranked *out) {
    int32_t n = 0;
    for (int32_t j = 0; j < s->f.n_option_cols; j++) {
        if (r->upper[j] == 0)
            continue;
        const int64_t share = (int64_t)(r->x[j] * 1000);
        const int64_t regret = (int64_t)(r->d[j] >> RELAX_SHIFT);
        const request *const q =
            &s->prob->requests[s->f.option_cols[j].request];
        const int64_t must = request_must_be_served(q) ? -1 : 0;
        out[n++] = (ranked){.key = {must, -share, regret}, .index = j};
    }
    qsort(out, (size_t)n, sizeof *out, compare_ranked);
    return n;
}

static void open_listed(search *s, const ranked *order, int32_t n) {
    int32_t *const cols = ARENA_NEW(s->scratch, int32_t, n + 1);
    s->is_full |= !cols;
    for (int32_t k = 0; cols && k < n; k++)
        cols[k] = order[k].index;
    if (cols)
        open_sessions(s, cols, n);
}

/* Children by the relaxation, upon a roster. */
static void fill_up(search *s, const ranked *order, int32_t n, ranked *menu) {
    open_listed(s, order, n);
    for (int32_t k = 0; k < n; k++) {
        const int32_t q = s->f.option_cols[order[k].index].request;
        if (s->sel.chosen[q] >= 0)
            continue;
        if (must_come_together(s, q))
            add_bundle(s, s->prob->requests[q].sibling_group, menu);
        else
            add_one(&s->sel, order[k].index);
    }
    s->work += (uint64_t)n / 16;
    search_offer_chosen(s);
}

void construct_from_relaxation(search *s, const relax *r) {
    const arena_mark mark = arena_here(s->scratch);
    ranked *const order = ARENA_NEW(s->scratch, ranked, s->f.n_option_cols + 1);
    ranked *const menu = ARENA_NEW(s->scratch, ranked, longest_menu(s) + 1);
    s->is_full |= !order || !menu;
    if (!s->is_full) {
        const int32_t n = rank_columns(s, r, order);
        selection_clear(&s->sel);
        crew_from_relaxation(s, r);
        fill_up(s, order, n, menu);
        if (s->f.n_duty_cols > 0) {
            selection_clear(&s->sel);
            crew_as_before(s);
            fill_up(s, order, n, menu);
        }
    }
    arena_rewind(s->scratch, mark);
}
