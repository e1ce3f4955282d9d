// SPDX-License-Identifier: GPL-3.0-or-later
/* Local search by ejection: a request takes a better option, and one request in
 * its way moves to another option of its own menu, or waits.
 *
 * The row that is broken worst names who is in the way. Changes are kept when
 * the stage's objective gets better and no rule breaks. */
#include "solve/search.h"

typedef struct ejection {
    search *s;
    const int64_t *cost;
    int64_t tries; /* left */
} ejection;

/* The row that adding `in` and taking `out` (-1: nothing) out breaks worst, -1
 * when it only shows in columns that count. */
static int32_t worst_row(const ejection *e, int32_t in, int32_t out) {
    const program *const p = &e->s->f.program;
    const selection *const sel = &e->s->sel;
    int32_t worst = -1;
    int64_t most = 0;
    for (int64_t k = p->by_col.start[in]; k < p->by_col.start[in + 1]; k++) {
        const int32_t row = p->by_col.index[k];
        const program_row *const r = &p->rows.at[row];
        if (r->upper == PROGRAM_INFINITY || r->block >= 0)
            continue;
        int64_t over = sel->activity[row] + p->by_col.value[k] - r->upper;
        for (int64_t i = out < 0 ? 0 : p->by_col.start[out];
             over > 0 && out >= 0 && i < p->by_col.start[out + 1]; i++)
            if (p->by_col.index[i] == row)
                over -= p->by_col.value[i];
        if (over > most) {
            most = over;
            worst = row;
        }
    }
    return worst;
}

static bool apply(ejection *e, const int32_t *in, int32_t n_in,
                  const int32_t *out, int32_t n_out) {
    e->tries--;
    return selection_change(&e->s->sel, in, n_in, out, n_out);
}

/* Somebody in the worst row makes room for `in`. */
static bool make_room(ejection *e, int32_t in, int32_t now, int32_t row) {
    const program *const p = &e->s->f.program;
    const int64_t gain = e->cost[in] - (now < 0 ? 0 : e->cost[now]);
    const int32_t own = p->cols.at[in].group;
    int32_t cols_in[2] = {in, -1}, cols_out[2];
    for (int64_t k = p->by_row.start[row]; k < p->by_row.start[row + 1]; k++) {
        const int32_t c = p->by_row.index[k], g = p->cols.at[c].group;
        if (g < 0 || g == own || !e->s->sel.x[c] || e->tries <= 0)
            continue;
        int32_t n_out = 0;
        cols_out[n_out++] = c;
        if (now >= 0)
            cols_out[n_out++] = now;
        for (int32_t a = p->groups.at[g].begin; a < p->groups.at[g].end; a++) {
            if (a == c || gain + e->cost[a] - e->cost[c] >= 0)
                continue;
            cols_in[1] = a;
            if (apply(e, cols_in, 2, cols_out, n_out))
                return true;
        }
        if (gain - e->cost[c] < 0 && apply(e, cols_in, 1, cols_out, n_out))
            return true;
    }
    return false;
}

static bool improve_request(ejection *e, int32_t g) {
    const program *const p = &e->s->f.program;
    bool any = false;
    for (int32_t j = p->groups.at[g].begin; j < p->groups.at[g].end; j++) {
        const int32_t now = e->s->sel.chosen[g];
        if (j == now || e->tries <= 0 ||
            e->cost[j] - (now < 0 ? 0 : e->cost[now]) >= 0)
            continue;
        const int32_t row = worst_row(e, j, now);
        any |= row < 0 ? apply(e, &j, 1, &now, now >= 0)
                       : make_room(e, j, now, row);
    }
    return any;
}

bool eject_improve(search *s, int64_t tries) {
    if (!s->has_plan || s->is_full || !search_load(s, s->cols, s->n_cols))
        return false;
    ejection e = {s, s->cost[s->stage], tries};
    bool any = true;
    while (any && e.tries > 0 && !search_is_out(s)) {
        any = false;
        for (int32_t g = 0; g < s->f.program.groups.n && e.tries > 0; g++)
            any |= improve_request(&e, g);
    }
    s->work += (uint64_t)(tries - e.tries) / 8;
    return search_offer_chosen(s);
}
