// SPDX-License-Identifier: GPL-3.0-or-later
/* Sifting on top of the LP engine, and exact bounds from rounded duals. */
#include "solve/relax.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static int64_t gcd_of(int64_t a, int64_t b) {
    while (b) {
        const int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

static bool make_room_rows(relax *r, int32_t rows) {
    if (rows <= r->room_rows)
        return true;
    const int32_t room = 2 * rows + 64;
    int32_t *const row_of = ARENA_NEW(r->mem, int32_t, room);
    if (!row_of)
        return false;
    if (r->n_lp_rows)
        memcpy(row_of, r->row_of, sizeof *row_of * (size_t)r->n_lp_rows);
    r->row_of = row_of;
    r->room_rows = room;
    return true;
}

bool relax_grow(relax *r) {
    const int32_t n = r->p->rows.n;
    int32_t *const lp_row = ARENA_NEW(r->mem, int32_t, n + 1);
    double *const dual = ARENA_NEW(r->mem, double, n + 1);
    double *const activity = ARENA_NEW(r->mem, double, n + 1);
    int64_t *const y = ARENA_NEW(r->mem, int64_t, n + 1);
    if (!lp_row || !dual || !activity || !y)
        return false;
    for (int32_t i = 0; i < n; i++)
        lp_row[i] = -1;
    for (int32_t i = 0; i < r->n_lp_rows; i++)
        if (r->row_of[i] >= 0)
            lp_row[r->row_of[i]] = i;
    r->lp_row = lp_row;
    r->dual = dual;
    r->activity = activity;
    r->y = y;
    return true;
}

static void choose_scale(relax *r) {
    int64_t most = 0;
    r->step = 0;
    for (int32_t j = 0; j < r->p->cols.n; j++) {
        const int64_t size = r->cost[j] < 0 ? -r->cost[j] : r->cost[j];
        most = size > most ? size : most;
        r->step = gcd_of(r->step, r->cost[j]);
    }
    r->step = r->step ? r->step : 1;
    r->scale = most > 1000 ? 1000.0 / (double)most : 1.0;
}

bool relax_init(relax *r, const program *p, const int64_t *cost,
                lp_engine *engine, arena *mem) {
    const int32_t n_cols = p->cols.n, n_groups = p->groups.n;
    *r = (relax){.p = p, .mem = mem, .engine = engine, .cost = cost};
    r->lower = ARENA_NEW(mem, int64_t, n_cols + 1);
    r->upper = ARENA_NEW(mem, int64_t, n_cols + 1);
    r->must = ARENA_NEW(mem, uint8_t, n_groups + 1);
    r->lp_col = ARENA_NEW(mem, int32_t, n_cols + 1);
    r->col_of = ARENA_NEW(mem, int32_t, n_cols + 1);
    r->lp_group = ARENA_NEW(mem, int32_t, n_groups + 1);
    r->lp_only = ARENA_NEW(mem, int32_t, n_groups + 1);
    r->group_dual = ARENA_NEW(mem, double, n_groups + 1);
    r->x = ARENA_NEW(mem, double, n_cols + 1);
    r->d = ARENA_NEW(mem, wide, n_cols + 1);
    r->scratch_index = ARENA_NEW(mem, int32_t, n_cols + p->rows.n + 4096);
    r->scratch_value = ARENA_NEW(mem, double, n_cols + p->rows.n + 4096);
    if (!r->lower || !r->upper || !r->must || !r->lp_col || !r->col_of ||
        !r->lp_group || !r->lp_only || !r->group_dual || !r->x || !r->d ||
        !r->scratch_index || !r->scratch_value || !relax_grow(r))
        return false;
    for (int32_t j = 0; j < n_cols; j++) {
        r->lower[j] = p->cols.at[j].lower;
        r->upper[j] = p->cols.at[j].upper;
        r->lp_col[j] = -1;
    }
    for (int32_t g = 0; g < n_groups; g++)
        r->lp_group[g] = r->lp_only[g] = -1;
    choose_scale(r);
    r->lp = lp_create(engine);
    if (!r->lp)
        return false;
    for (int32_t j = 0; j < n_cols; j++)
        if (p->cols.at[j].group < 0 && !relax_enter(r, j))
            return false;
    return true;
}

void relax_end(relax *r) {
    lp_destroy(r->lp);
    r->lp = NULL;
}

static bool enter_group(relax *r, int32_t group) {
    if (r->lp_group[group] >= 0)
        return true;
    const int32_t only = r->lp_only[group];
    const int32_t col = only < 0 ? -1 : r->lp_col[only];
    const double one = 1;
    if (!make_room_rows(r, r->n_lp_rows + 1) ||
        !lp_add_row(r->lp, r->must[group] ? 1 : -INFINITY, 1, col >= 0, &col,
                    &one))
        return false;
    r->lp_group[group] = r->n_lp_rows;
    r->row_of[r->n_lp_rows++] = -1 - group;
    return true;
}

bool relax_enter(relax *r, int32_t col) {
    if (r->lp_col[col] >= 0)
        return true;
    const program *const p = r->p;
    const int32_t group = p->cols.at[col].group;
    const bool is_first = group >= 0 && r->lp_only[group] < 0;
    if (group >= 0 && !is_first && !enter_group(r, group))
        return false;
    int32_t n = 0;
    for (int64_t k = p->by_col.start[col]; k < p->by_col.start[col + 1]; k++) {
        const int32_t row = r->lp_row[p->by_col.index[k]];
        if (row < 0)
            continue;
        r->scratch_index[n] = row;
        r->scratch_value[n++] = (double)p->by_col.value[k];
    }
    if (group >= 0 && r->lp_group[group] >= 0) {
        r->scratch_index[n] = r->lp_group[group];
        r->scratch_value[n++] = 1;
    }
    if (!lp_add_col(r->lp, (double)r->lower[col], (double)r->upper[col],
                    (double)r->cost[col] * r->scale, n, r->scratch_index,
                    r->scratch_value))
        return false;
    r->lp_col[col] = r->n_lp_cols;
    r->col_of[r->n_lp_cols++] = col;
    if (is_first)
        r->lp_only[group] = col;
    return true;
}

static double side(int64_t value) {
    return value == PROGRAM_INFINITY    ? INFINITY
           : value == -PROGRAM_INFINITY ? -INFINITY
                                        : (double)value;
}

bool relax_enter_row(relax *r, int32_t row) {
    if (r->lp_row[row] >= 0)
        return true;
    const program *const p = r->p;
    int32_t n = 0;
    for (int64_t k = p->by_row.start[row]; k < p->by_row.start[row + 1]; k++) {
        const int32_t col = r->lp_col[p->by_row.index[k]];
        if (col < 0)
            continue;
        r->scratch_index[n] = col;
        r->scratch_value[n++] = (double)p->by_row.value[k];
    }
    if (!make_room_rows(r, r->n_lp_rows + 1) ||
        !lp_add_row(r->lp, side(p->rows.at[row].lower),
                    side(p->rows.at[row].upper), n, r->scratch_index,
                    r->scratch_value))
        return false;
    r->lp_row[row] = r->n_lp_rows;
    r->row_of[r->n_lp_rows++] = row;
    return true;
}

void relax_apply_col(relax *r, int32_t col) {
    if (r->lp_col[col] >= 0)
        lp_set_col_bounds(r->lp, r->lp_col[col], (double)r->lower[col],
                          (double)r->upper[col]);
}

void relax_apply_group(relax *r, int32_t group) {
    if (r->lp_group[group] >= 0)
        lp_set_row_bounds(r->lp, r->lp_group[group],
                          r->must[group] ? 1 : -INFINITY, 1);
}

static void read_solution(relax *r) {
    memset(r->x, 0, sizeof *r->x * (size_t)r->p->cols.n);
    memset(r->dual, 0, sizeof *r->dual * (size_t)r->p->rows.n);
    memset(r->group_dual, 0, sizeof *r->group_dual * (size_t)r->p->groups.n);
    for (int32_t k = 0; k < r->n_lp_cols; k++)
        r->x[r->col_of[k]] = lp_value(r->lp, k);
    for (int32_t k = 0; k < r->n_lp_rows; k++) {
        const double dual = lp_row_dual(r->lp, k) / r->scale;
        if (r->row_of[k] >= 0)
            r->dual[r->row_of[k]] = dual;
        else
            r->group_dual[-1 - r->row_of[k]] = dual;
    }
    /* Without a row, a column at its bound of 1 stands for the row's dual. */
    for (int32_t g = 0; g < r->p->groups.n; g++) {
        const int32_t only = r->lp_only[g];
        if (only < 0 || r->lp_group[g] >= 0 || r->upper[only] == 0)
            continue;
        const double d = lp_reduced_cost(r->lp, r->lp_col[only]) / r->scale;
        r->group_dual[g] = d < 0 ? d : 0;
    }
}

/* Rows outside the LP that its solution breaks: they enter. */
static int32_t enter_broken_rows(relax *r, bool *good) {
    const program *const p = r->p;
    int32_t entered = 0;
    for (int32_t i = 0; i < p->rows.n; i++)
        r->activity[i] = 0;
    for (int32_t k = 0; k < r->n_lp_cols; k++) {
        const int32_t j = r->col_of[k];
        if (r->x[j] == 0)
            continue;
        for (int64_t e = p->by_col.start[j]; e < p->by_col.start[j + 1]; e++)
            r->activity[p->by_col.index[e]] +=
                r->x[j] * (double)p->by_col.value[e];
    }
    for (int32_t i = 0; i < p->rows.n && *good; i++) {
        if (r->lp_row[i] >= 0)
            continue;
        const double lower = side(p->rows.at[i].lower);
        const double upper = side(p->rows.at[i].upper);
        const double slack = 1e-7 * (1 + fabs(r->activity[i]));
        if (r->activity[i] > upper + slack || r->activity[i] < lower - slack) {
            *good = relax_enter_row(r, i);
            entered++;
        }
    }
    return entered;
}

static double priced(const relax *r, int32_t j) {
    const program *const p = r->p;
    double d = (double)r->cost[j];
    for (int64_t k = p->by_col.start[j]; k < p->by_col.start[j + 1]; k++)
        d -= r->dual[p->by_col.index[k]] * (double)p->by_col.value[k];
    return d;
}

/* Columns outside the LP that are priced below -eps: the best two of each group
 * enter. */
typedef double (*price_of)(const relax *r, int32_t group, int32_t col);

static int32_t enter_priced(relax *r, price_of price, double eps, bool *good) {
    const program *const p = r->p;
    int32_t entered = 0;
    for (int32_t g = 0; g < p->groups.n && *good; g++) {
        int32_t best[2] = {-1, -1};
        double value[2] = {0, 0};
        for (int32_t j = p->groups.at[g].begin; j < p->groups.at[g].end; j++) {
            if (r->lp_col[j] >= 0 || r->upper[j] == 0)
                continue;
            const double d = price(r, g, j);
            if (d < -eps && d < value[0]) {
                best[1] = best[0];
                value[1] = value[0];
                best[0] = j;
                value[0] = d;
            } else if (d < -eps && d < value[1]) {
                best[1] = j;
                value[1] = d;
            }
        }
        for (int k = 0; k < 2 && *good; k++)
            if (best[k] >= 0) {
                *good = relax_enter(r, best[k]);
                entered++;
            }
    }
    return entered;
}

static double reduced_cost(const relax *r, int32_t group, int32_t col) {
    return priced(r, col) - r->group_dual[group];
}

static int32_t enter_columns(relax *r, bool *good) {
    const double eps = 1e-7 * (r->scale > 0 ? 1 / r->scale : 1);
    return enter_priced(r, reduced_cost, eps, good);
}

/* --- without a solution
 * -----------------------------------------------------------------
 */

/* What the ray says of a column: negative, and it could mend the LP. */
static double ray_price(const relax *r, int32_t group, int32_t col) {
    const program *const p = r->p;
    double d = group < 0 ? 0 : -r->group_dual[group];
    for (int64_t k = p->by_col.start[col]; k < p->by_col.start[col + 1]; k++)
        d -= r->dual[p->by_col.index[k]] * (double)p->by_col.value[k];
    return d;
}

static double at_side(double y, double lower, double upper) {
    const double at = y < 0 ? upper : lower;
    return isinf(at) ? 0 : y * at;
}

/* How far the LP is from a solution along the ray: positive when it is one. */
static double ray_length(const relax *r) {
    double sum = 0;
    for (int32_t k = 0; k < r->n_lp_rows; k++) {
        const int32_t row = r->row_of[k];
        sum += row >= 0 ? at_side(r->dual[row], side(r->p->rows.at[row].lower),
                                  side(r->p->rows.at[row].upper))
                        : at_side(r->group_dual[-1 - row],
                                  r->must[-1 - row] ? 1 : -INFINITY, 1);
    }
    for (int32_t k = 0; k < r->n_lp_cols; k++) {
        const int32_t j = r->col_of[k];
        const double d = ray_price(r, r->p->cols.at[j].group, j);
        const double low = d * (double)r->lower[j];
        const double high = d * (double)r->upper[j];
        sum += low < high ? low : high;
    }
    return sum;
}

static void take_ray(relax *r, const double *u, double sign) {
    memset(r->dual, 0, sizeof *r->dual * (size_t)r->p->rows.n);
    memset(r->group_dual, 0, sizeof *r->group_dual * (size_t)r->p->groups.n);
    for (int32_t k = 0; k < r->n_lp_rows; k++) {
        const int32_t row = r->row_of[k];
        if (row >= 0)
            r->dual[row] = sign * u[k];
        else
            r->group_dual[-1 - row] = sign * u[k];
    }
}

/* Columns that could mend an LP without a solution; none, and it has none with
 * them either. -1: the engine gives no ray. */
static int32_t enter_mending(relax *r, bool *good) {
    double *const u = r->scratch_value; /* only until the ray is taken */
    int32_t entered = -1;
    if (lp_infeasibility(r->lp, u)) {
        double most = 0;
        for (int32_t k = 0; k < r->n_lp_rows; k++)
            most = fabs(u[k]) > most ? fabs(u[k]) : most;
        take_ray(r, u, 1);
        if (ray_length(r) <= 0)
            take_ray(r, u, -1);
        if (ray_length(r) > 0)
            entered = enter_priced(r, ray_price, 1e-9 * most, good);
    }
    return entered;
}

/* A group that must be served gets all its columns and its row. One without
 * columns gets none: relax_bound tells. */
static bool enter_needed(relax *r) {
    const program *const p = r->p;
    for (int32_t g = 0; g < p->groups.n; g++) {
        if (!r->must[g])
            continue;
        for (int32_t j = p->groups.at[g].begin; j < p->groups.at[g].end; j++)
            if (r->upper[j] > 0 && !relax_enter(r, j))
                return false;
        if (r->lp_only[g] >= 0 && !enter_group(r, g))
            return false;
    }
    return true;
}

static bool enter_everything(relax *r) {
    for (int32_t j = 0; j < r->p->cols.n; j++)
        if (r->upper[j] > 0 && !relax_enter(r, j))
            return false;
    return true;
}

lp_outcome relax_solve(relax *r, const lp_limits *limits) {
    bool good = enter_needed(r), all_in = false;
    while (good) {
        const int64_t before = lp_iterations(r->lp);
        const lp_outcome outcome = lp_solve(r->lp, limits);
        r->last_iterations = lp_iterations(r->lp) - before;
        r->work += (uint64_t)(r->last_iterations + 1) *
                   (uint64_t)(1 + (r->n_lp_rows + r->n_lp_cols / 4) / 64);
        if (outcome == LP_INFEASIBLE && !all_in) {
            /* Columns outside might mend it. */
            const int32_t entered = enter_mending(r, &good);
            if (entered == 0)
                return LP_INFEASIBLE;
            if (entered < 0) {
                good = enter_everything(r);
                all_in = true;
            }
            continue;
        }
        if (outcome != LP_OPTIMAL)
            return outcome;
        read_solution(r);
        const int32_t rows = enter_broken_rows(r, &good);
        const int32_t cols = enter_columns(r, &good);
        r->work += (uint64_t)(r->p->by_col.start[r->p->cols.n] / 4096 + 1);
        if (good && rows + cols == 0)
            return LP_OPTIMAL;
    }
    return LP_FAILED;
}

/* Duals to integers: <= 0 on upper sides, >= 0 on lower sides, so that any
 * rounding keeps the bound valid. */
static void round_duals(relax *r) {
    for (int32_t i = 0; i < r->p->rows.n; i++) {
        const program_row *const row = &r->p->rows.at[i];
        double y = r->dual[i] * (double)(1 << RELAX_SHIFT);
        if (!(fabs(y) < 4e18))
            y = 0;
        int64_t whole = (int64_t)(y < 0 ? y - 0.5 : y + 0.5);
        if (whole < 0 && row->upper == PROGRAM_INFINITY)
            whole = 0;
        if (whole > 0 && row->lower == -PROGRAM_INFINITY)
            whole = 0;
        r->y[i] = whole;
    }
}

static void reduce_costs(relax *r) {
    const program *const p = r->p;
    for (int32_t j = 0; j < p->cols.n; j++)
        r->d[j] = (wide)r->cost[j] * ((wide)1 << RELAX_SHIFT);
    for (int32_t i = 0; i < p->rows.n; i++) {
        if (r->y[i] == 0)
            continue;
        for (int64_t k = p->by_row.start[i]; k < p->by_row.start[i + 1]; k++)
            r->d[p->by_row.index[k]] -= (wide)r->y[i] * p->by_row.value[k];
    }
}

int64_t relax_round_up(const relax *r, wide scaled) {
    const wide unit = (wide)r->step * ((wide)1 << RELAX_SHIFT);
    wide whole = scaled / unit;
    if (scaled > whole * unit)
        whole++;
    whole *= r->step;
    return whole > INT64_MAX / 2      ? INT64_MAX / 2
           : whole < -(INT64_MAX / 2) ? -(INT64_MAX / 2)
                                      : (int64_t)whole;
}

static wide group_term(const relax *r, int32_t group, bool *empty) {
    const program_group *const g = &r->p->groups.at[group];
    bool any = false;
    wide best = 0;
    for (int32_t j = g->begin; j < g->end; j++) {
        if (r->upper[j] == 0)
            continue;
        if (r->lower[j] > 0)
            return r->d[j];
        if (!any || r->d[j] < best)
            best = r->d[j];
        any = true;
    }
    if (r->must[group]) {
        *empty |= !any;
        return best;
    }
    return any && best < 0 ? best : 0;
}

int64_t relax_bound(relax *r, wide *exact) {
    const program *const p = r->p;
    round_duals(r);
    reduce_costs(r);
    wide total = 0;
    bool empty = false;
    for (int32_t i = 0; i < p->rows.n; i++)
        if (r->y[i])
            total += (wide)r->y[i] *
                     (r->y[i] < 0 ? p->rows.at[i].upper : p->rows.at[i].lower);
    for (int32_t g = 0; g < p->groups.n; g++)
        total += group_term(r, g, &empty);
    for (int32_t j = 0; j < p->cols.n; j++)
        if (p->cols.at[j].group < 0)
            total += r->d[j] * (r->d[j] < 0 ? r->upper[j] : r->lower[j]);
    *exact = total;
    r->work += (uint64_t)(p->by_col.start[p->cols.n] / 2048 + 1);
    return empty ? INT64_MAX : relax_round_up(r, total);
}
