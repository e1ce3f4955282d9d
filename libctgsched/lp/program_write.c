// SPDX-License-Identifier: GPL-3.0-or-later
/* A program as free MPS or CPLEX LP text, for other solvers to confirm.
 *
 * Integer coefficients, constant zero, names from the program (or r1, c1 when
 * it keeps none). A range row is written as two rows. */
#include "lp/program.h"

static void put_row_name(text *out, const program *p, int32_t row, int part) {
    if (p->rows.at[row].name)
        text_puts(out, p->rows.at[row].name);
    else
        text_printf(out, "r%d", row + 1);
    if (part)
        text_puts(out, "_lo");
}

static void put_col_name(text *out, const program *p, int32_t col) {
    if (p->cols.at[col].name)
        text_puts(out, p->cols.at[col].name);
    else
        text_printf(out, "c%d", col + 1);
}

static bool has_upper(const program_row *row) {
    return row->upper != PROGRAM_INFINITY;
}

static bool has_lower(const program_row *row) {
    return row->lower != -PROGRAM_INFINITY;
}

static bool is_equal(const program_row *row) {
    return has_upper(row) && row->lower == row->upper;
}

/* A row with two different sides gets a second line for the lower one. */
static bool needs_second(const program_row *row) {
    return has_upper(row) && has_lower(row) && !is_equal(row);
}

static void mps_rows(text *out, const program *p) {
    text_puts(out, "ROWS\n N cost\n");
    for (int32_t i = 0; i < p->rows.n; i++) {
        const program_row *const row = &p->rows.at[i];
        text_puts(out, is_equal(row) ? " E " : has_upper(row) ? " L " : " G ");
        put_row_name(out, p, i, 0);
        text_puts(out, "\n");
        if (needs_second(row)) {
            text_puts(out, " G ");
            put_row_name(out, p, i, 1);
            text_puts(out, "\n");
        }
    }
    for (int32_t g = 0; g < p->groups.n; g++)
        if (p->groups.at[g].end > p->groups.at[g].begin)
            text_printf(out, " L menu_%d\n", g + 1);
}

static void mps_entry(text *out, const program *p, int32_t col, int64_t value,
                      int32_t row, int part) {
    text_puts(out, " ");
    put_col_name(out, p, col);
    text_puts(out, " ");
    put_row_name(out, p, row, part);
    text_puts(out, " ");
    text_int(out, value);
    text_puts(out, "\n");
}

static void mps_columns(text *out, const program *p, const int64_t *cost) {
    text_puts(out, "COLUMNS\n MARKER 'MARKER' 'INTORG'\n");
    for (int32_t j = 0; j < p->cols.n; j++) {
        text_puts(out, " ");
        put_col_name(out, p, j);
        text_puts(out, " cost ");
        text_int(out, cost[j]);
        text_puts(out, "\n");
        for (int64_t k = p->by_col.start[j]; k < p->by_col.start[j + 1]; k++) {
            const int32_t row = p->by_col.index[k];
            mps_entry(out, p, j, p->by_col.value[k], row, 0);
            if (needs_second(&p->rows.at[row]))
                mps_entry(out, p, j, p->by_col.value[k], row, 1);
        }
        if (p->cols.at[j].group >= 0) {
            text_puts(out, " ");
            put_col_name(out, p, j);
            text_printf(out, " menu_%d 1\n", p->cols.at[j].group + 1);
        }
    }
    text_puts(out, " MARKER 'MARKER' 'INTEND'\n");
}

static void mps_sides(text *out, const program *p) {
    text_puts(out, "RHS\n");
    for (int32_t i = 0; i < p->rows.n; i++) {
        const program_row *const row = &p->rows.at[i];
        text_puts(out, " RHS ");
        put_row_name(out, p, i, 0);
        text_puts(out, " ");
        text_int(out, has_upper(row) ? row->upper : row->lower);
        text_puts(out, "\n");
        if (needs_second(row)) {
            text_puts(out, " RHS ");
            put_row_name(out, p, i, 1);
            text_puts(out, " ");
            text_int(out, row->lower);
            text_puts(out, "\n");
        }
    }
    for (int32_t g = 0; g < p->groups.n; g++)
        if (p->groups.at[g].end > p->groups.at[g].begin)
            text_printf(out, " RHS menu_%d 1\n", g + 1);
    text_puts(out, "BOUNDS\n");
    for (int32_t j = 0; j < p->cols.n; j++) {
        text_puts(out, " LO BND ");
        put_col_name(out, p, j);
        text_puts(out, " ");
        text_int(out, p->cols.at[j].lower);
        text_puts(out, "\n UP BND ");
        put_col_name(out, p, j);
        text_puts(out, " ");
        text_int(out, p->cols.at[j].upper);
        text_puts(out, "\n");
    }
}

void program_write_mps(text *out, const program *p, int32_t objective) {
    const program_objective *const o = &p->objectives[objective];
    text_printf(out, "NAME %s FREE\n", o->name);
    /* Section OBJSENSE is not read by every solver: a goal to maximise is
     * written with its signs turned, and this comment says so. */
    if (o->maximise)
        text_puts(out, "* value of the goal = - cost\n");
    mps_rows(out, p);
    int64_t *const cost = ARENA_NEW(p->mem, int64_t, p->cols.n + 1);
    if (!cost) {
        out->failed = true;
        return;
    }
    for (int32_t j = 0; j < p->cols.n; j++)
        cost[j] = o->maximise ? -o->cost[j] : o->cost[j];
    mps_columns(out, p, cost);
    mps_sides(out, p);
    text_puts(out, "ENDATA\n");
}

static void lp_term(text *out, const program *p, int64_t value, int32_t col,
                    int32_t place) {
    if (place % 8 == 7)
        text_puts(out, "\n ");
    text_puts(out, value < 0 ? " - " : " + ");
    text_int(out, value < 0 ? -value : value);
    text_puts(out, " ");
    put_col_name(out, p, col);
}

static void lp_row(text *out, const program *p, int32_t i, int part) {
    const program_row *const row = &p->rows.at[i];
    text_puts(out, " ");
    put_row_name(out, p, i, part);
    text_puts(out, ":");
    for (int64_t k = p->by_row.start[i]; k < p->by_row.start[i + 1]; k++)
        lp_term(out, p, p->by_row.value[k], p->by_row.index[k],
                (int32_t)(k - p->by_row.start[i]));
    /* A row without columns (a pin that nothing can meet) needs a term. */
    if (p->by_row.start[i] == p->by_row.start[i + 1] && p->cols.n > 0)
        lp_term(out, p, 0, 0, 0);
    const bool lower = part || !has_upper(row);
    text_puts(out, is_equal(row) ? " = " : lower ? " >= " : " <= ");
    text_int(out, lower ? row->lower : row->upper);
    text_puts(out, "\n");
}

static void lp_bounds(text *out, const program *p) {
    text_puts(out, "Bounds\n");
    for (int32_t j = 0; j < p->cols.n; j++) {
        text_puts(out, " ");
        text_int(out, p->cols.at[j].lower);
        text_puts(out, " <= ");
        put_col_name(out, p, j);
        text_puts(out, " <= ");
        text_int(out, p->cols.at[j].upper);
        text_puts(out, "\n");
    }
    text_puts(out, "General\n");
    for (int32_t j = 0; j < p->cols.n; j++) {
        text_puts(out, " ");
        put_col_name(out, p, j);
        text_puts(out, "\n");
    }
}

void program_write_lp(text *out, const program *p, int32_t objective) {
    const program_objective *const o = &p->objectives[objective];
    text_puts(out, o->maximise ? "Maximize\n" : "Minimize\n");
    text_printf(out, " %s:", o->name);
    int32_t place = 0;
    bool is_empty = p->rows.n == 0;
    for (int32_t j = 0; j < p->cols.n; j++)
        if (o->cost[j])
            lp_term(out, p, o->cost[j], j, place++);
    if (place == 0 && p->cols.n > 0)
        lp_term(out, p, 0, 0, 0);
    text_puts(out, "\nSubject To\n");
    for (int32_t i = 0; i < p->rows.n; i++) {
        lp_row(out, p, i, 0);
        if (needs_second(&p->rows.at[i]))
            lp_row(out, p, i, 1);
    }
    for (int32_t g = 0; g < p->groups.n; g++) {
        const program_group *const group = &p->groups.at[g];
        if (group->end == group->begin)
            continue;
        text_printf(out, " menu_%d:", g + 1);
        for (int32_t j = group->begin; j < group->end; j++)
            lp_term(out, p, 1, j, j - group->begin);
        text_puts(out, " <= 1\n");
        is_empty = false;
    }
    if (is_empty && p->cols.n > 0) { /* the section may not be */
        text_puts(out, " free:");
        lp_term(out, p, 0, 0, 0);
        text_puts(out, " <= 0\n");
    }
    lp_bounds(out, p);
    text_puts(out, "End\n");
}
