// SPDX-License-Identifier: GPL-3.0-or-later
/* Building an integer program: triplets in, tidy rows and columns out. */
#include "lp/program.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void program_init(program *p, arena *mem, int32_t n_objectives,
                  bool keep_names) {
    *p = (program){.mem = mem, .keep_names = keep_names};
    p->n_objectives = n_objectives;
    p->objectives = ARENA_NEW(mem, program_objective, n_objectives + 1);
    p->failed = !p->objectives;
}

/* A program that has failed takes nothing more: indices that were handed out
 * may not exist. */
int32_t program_add_group(program *p, bool exactly_one) {
    if (p->failed)
        return 0;
    program_group *const group = VEC_PUSH(p->mem, &p->groups, program_group);
    if (!group) {
        p->failed = true;
        return 0;
    }
    group->begin = group->end = p->cols.n;
    group->exactly_one = exactly_one;
    return p->groups.n - 1;
}

int32_t program_add_col(program *p, int32_t group, int64_t lower, int64_t upper,
                        int32_t tag) {
    if (p->failed)
        return 0;
    program_col *const col = VEC_PUSH(p->mem, &p->cols, program_col);
    if (!col) {
        p->failed = true;
        return 0;
    }
    *col = (program_col){lower, upper, group, tag, NULL};
    if (group >= 0) {
        assert(p->groups.at[group].end == p->cols.n - 1);
        p->groups.at[group].end = p->cols.n;
    }
    return p->cols.n - 1;
}

int32_t program_add_row(program *p, int64_t lower, int64_t upper, int32_t owner,
                        int32_t block) {
    if (p->failed)
        return 0;
    program_row *const row = VEC_PUSH(p->mem, &p->rows, program_row);
    if (!row) {
        p->failed = true;
        return 0;
    }
    *row = (program_row){lower, upper, owner, block, NULL};
    return p->rows.n - 1;
}

void program_put(program *p, int32_t row, int32_t col, int64_t value) {
    if (value == 0)
        return;
    program_entry *const entry = VEC_PUSH(p->mem, &p->entries, program_entry);
    if (!entry)
        p->failed = true;
    else
        *entry = (program_entry){row, col, value};
}

void program_add_cost(program *p, int32_t objective, int32_t col,
                      int64_t value) {
    if (value == 0)
        return;
    program_cost *const cost = VEC_PUSH(p->mem, &p->costs, program_cost);
    if (!cost)
        p->failed = true;
    else
        *cost = (program_cost){objective, col, value};
}

/* Names are cut at 255 bytes, the limit that other solvers keep. */
__attribute__((format(printf, 2, 0))) static const char *
print_name(program *p, const char *format, va_list args) {
    char name[256];
    vsnprintf(name, sizeof name, format, args);
    const char *const kept = arena_strdup(p->mem, name);
    p->failed |= !kept;
    return kept;
}

void program_name_row(program *p, int32_t row, const char *format, ...) {
    if (!p->keep_names || p->failed)
        return;
    va_list args;
    va_start(args, format);
    p->rows.at[row].name = print_name(p, format, args);
    va_end(args);
}

void program_name_col(program *p, int32_t col, const char *format, ...) {
    if (!p->keep_names || p->failed)
        return;
    va_list args;
    va_start(args, format);
    p->cols.at[col].name = print_name(p, format, args);
    va_end(args);
}

/* Entries to lines by counting sort on `line_of`; within a line they keep the
 * order given. */
static bool make_lines(program *p, sparse *out, int32_t n_lines, bool by_row,
                       const program_entry *entries, int64_t n) {
    out->start = ARENA_NEW(p->lines, int64_t, n_lines + 1);
    out->index = ARENA_NEW(p->lines, int32_t, n + 1);
    out->value = ARENA_NEW(p->lines, int64_t, n + 1);
    if (!out->start || !out->index || !out->value)
        return false;
    for (int64_t k = 0; k < n; k++)
        out->start[(by_row ? entries[k].row : entries[k].col) + 1]++;
    for (int32_t line = 0; line < n_lines; line++)
        out->start[line + 1] += out->start[line];
    for (int64_t k = 0; k < n; k++) {
        const int32_t line = by_row ? entries[k].row : entries[k].col;
        const int64_t at = out->start[line]++;
        out->index[at] = by_row ? entries[k].col : entries[k].row;
        out->value[at] = entries[k].value;
    }
    for (int32_t line = n_lines; line > 0; line--)
        out->start[line] = out->start[line - 1];
    out->start[0] = 0;
    return true;
}

static int compare_entries(const void *a, const void *b) {
    const program_entry *const x = a, *const y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return x->col < y->col ? -1 : x->col > y->col;
}

/* Sorts by (row, column) and adds up equal places. */
static int64_t merge_entries(program_entry *entries, int64_t n) {
    if (n > 0)
        qsort(entries, (size_t)n, sizeof *entries, compare_entries);
    int64_t kept = 0;
    for (int64_t k = 0; k < n; k++) {
        if (kept && entries[kept - 1].row == entries[k].row &&
            entries[kept - 1].col == entries[k].col)
            entries[kept - 1].value += entries[k].value;
        else
            entries[kept++] = entries[k];
    }
    return kept;
}

static int64_t gcd(int64_t a, int64_t b) {
    while (b) {
        const int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* Divides a row by the gcd of its coefficients: its sides move inwards to whole
 * multiples, which is valid since the columns are integers. */
static void divide_row(program_row *row, program_entry *entries, int64_t n) {
    int64_t by = 0;
    for (int64_t k = 0; k < n; k++)
        by = gcd(by, entries[k].value);
    if (by <= 1)
        return;
    for (int64_t k = 0; k < n; k++)
        entries[k].value /= by;
    if (row->upper != PROGRAM_INFINITY)
        row->upper = floor_div(row->upper, by);
    if (row->lower != -PROGRAM_INFINITY)
        row->lower = ceil_div(row->lower, by);
}

/* The largest (or, negated, smallest) activity of a row over the boxes and
 * groups; PROGRAM_INFINITY when a column has no bound. */
static int64_t most_activity(const program *p, const program_entry *entries,
                             int64_t n, int sign) {
    int64_t total = 0, best = 0;
    int32_t group = -1;
    for (int64_t k = 0; k <= n; k++) {
        const program_col *const col =
            k < n ? &p->cols.at[entries[k].col] : NULL;
        if (group >= 0 && (!col || col->group != group)) {
            total += best;
            best = 0;
        }
        group = col ? col->group : -1;
        if (!col)
            break;
        const int64_t a = sign * entries[k].value;
        if (group >= 0) {
            if (col->upper > 0 && a > best)
                best = a;
            continue;
        }
        const int64_t bound = a > 0 ? col->upper : col->lower;
        if (bound == PROGRAM_INFINITY || bound == -PROGRAM_INFINITY)
            return PROGRAM_INFINITY;
        total += a * bound;
    }
    return total;
}

/* A row that no choice can break says nothing. Rows that own a column stay:
 * they define it. */
static bool row_is_idle(const program *p, const program_row *row,
                        const program_entry *entries, int64_t n) {
    if (row->owner >= 0)
        return false;
    if (row->upper != PROGRAM_INFINITY) {
        const int64_t most = most_activity(p, entries, n, 1);
        if (most == PROGRAM_INFINITY || most > row->upper)
            return false;
    }
    if (row->lower != -PROGRAM_INFINITY) {
        const int64_t most = most_activity(p, entries, n, -1);
        if (most == PROGRAM_INFINITY || -most < row->lower)
            return false;
    }
    return true;
}

static uint64_t hash_row(const program_entry *entries, int64_t n) {
    uint64_t hash = 1469598103934665603u;
    for (int64_t k = 0; k < n; k++) {
        hash = (hash ^ (uint64_t)entries[k].col) * 1099511628211u;
        hash = (hash ^ (uint64_t)entries[k].value) * 1099511628211u;
    }
    return hash;
}

static bool same_entries(const program_entry *a, const program_entry *b,
                         int64_t n) {
    for (int64_t k = 0; k < n; k++)
        if (a[k].col != b[k].col || a[k].value != b[k].value)
            return false;
    return true;
}

typedef struct row_range {
    int64_t begin, end;
} row_range;

/* Rows with the same left side: the first keeps the tighter sides, the others
 * go. Equal days of a year collapse here. */
static bool drop_repeated(program *p, row_range *ranges,
                          const program_entry *entries) {
    const int32_t n_rows = p->rows.n;
    int32_t room = 16;
    while (room < 2 * n_rows)
        room *= 2;
    int32_t *const table = ARENA_NEW(p->mem, int32_t, room);
    if (!table)
        return false;
    for (int32_t i = 0; i < n_rows; i++) {
        program_row *const row = &p->rows.at[i];
        const int64_t n = ranges[i].end - ranges[i].begin;
        if (row->owner >= 0 || row->block >= 0 || n == 0)
            continue;
        uint32_t at = (uint32_t)hash_row(entries + ranges[i].begin, n);
        for (;; at++) {
            int32_t *const slot = &table[at & (uint32_t)(room - 1)];
            if (*slot == 0) {
                *slot = i + 1;
                break;
            }
            program_row *const first = &p->rows.at[*slot - 1];
            const row_range other = ranges[*slot - 1];
            if (other.end - other.begin != n ||
                !same_entries(entries + other.begin, entries + ranges[i].begin,
                              n))
                continue;
            first->upper =
                row->upper < first->upper ? row->upper : first->upper;
            first->lower =
                row->lower > first->lower ? row->lower : first->lower;
            ranges[i].end = ranges[i].begin;
            row->upper = PROGRAM_INFINITY;
            row->lower = -PROGRAM_INFINITY;
            break;
        }
    }
    return true;
}

/* Squeezes out rows that say nothing and renumbers the others. */
static int64_t squeeze(program *p, const row_range *ranges,
                       program_entry *entries) {
    int64_t kept = 0;
    int32_t n_rows = 0;
    for (int32_t i = 0; i < p->rows.n; i++) {
        const int64_t n = ranges[i].end - ranges[i].begin;
        const program_row row = p->rows.at[i];
        const bool empty_truth = n == 0 && row.lower <= 0 && row.upper >= 0;
        if (empty_truth ||
            (n > 0 && row_is_idle(p, &row, entries + ranges[i].begin, n)))
            continue;
        for (int64_t k = ranges[i].begin; k < ranges[i].end; k++) {
            entries[kept] = entries[k];
            entries[kept++].row = n_rows;
        }
        p->rows.at[n_rows++] = row;
    }
    p->rows.n = n_rows;
    return kept;
}

static bool index_blocks(program *p) {
    p->block_start = ARENA_NEW(p->mem, int32_t, p->n_blocks + 1);
    p->block_rows = ARENA_NEW(p->mem, int32_t, p->rows.n + 1);
    if (!p->block_start || !p->block_rows)
        return false;
    for (int32_t i = 0; i < p->rows.n; i++)
        if (p->rows.at[i].block >= 0)
            p->block_start[p->rows.at[i].block + 1]++;
    for (int32_t b = 0; b < p->n_blocks; b++)
        p->block_start[b + 1] += p->block_start[b];
    int32_t *const next = ARENA_NEW(p->mem, int32_t, p->n_blocks + 1);
    if (!next)
        return false;
    for (int32_t i = 0; i < p->rows.n; i++) {
        const int32_t b = p->rows.at[i].block;
        if (b >= 0)
            p->block_rows[p->block_start[b] + next[b]++] = i;
    }
    return true;
}

static bool spread_costs(program *p) {
    for (int32_t k = 0; k < p->n_objectives; k++) {
        p->objectives[k].cost = ARENA_NEW(p->mem, int64_t, p->cols.n + 1);
        if (!p->objectives[k].cost)
            return false;
    }
    for (int32_t k = 0; k < p->costs.n; k++) {
        const program_cost c = p->costs.at[k];
        p->objectives[c.objective].cost[c.col] += c.value;
    }
    p->costs.n = 0;
    return true;
}

void program_end(program *p) {
    arena_destroy(p->lines);
    p->lines = NULL;
}

bool program_finish(program *p) {
    if (p->failed)
        return false;
    p->lines = arena_create(arena_allocator(p->mem), 0);
    if (!p->lines)
        return false;
    /* Nothing may be added to NULL, not even nothing. */
    program_entry *const entries =
        p->entries.n > 0 ? p->entries.at : ARENA_NEW(p->mem, program_entry, 1);
    row_range *const ranges = ARENA_NEW(p->mem, row_range, p->rows.n + 1);
    if (!entries || !ranges)
        return false;
    int64_t n = merge_entries(entries, p->entries.n);
    int64_t at = 0;
    for (int32_t i = 0; i < p->rows.n; i++) {
        ranges[i].begin = at;
        while (at < n && entries[at].row == i)
            at++;
        ranges[i].end = at;
        divide_row(&p->rows.at[i], entries + ranges[i].begin,
                   ranges[i].end - ranges[i].begin);
    }
    if (!drop_repeated(p, ranges, entries))
        return false;
    n = squeeze(p, ranges, entries);
    p->entries.n = 0;
    return make_lines(p, &p->by_row, p->rows.n, true, entries, n) &&
           make_lines(p, &p->by_col, p->cols.n, false, entries, n) &&
           index_blocks(p) && spread_costs(p);
}

/* All entries of a finished program again, row by row, with room for more. */
static program_entry *reopen(const program *p, arena *mem, int64_t more,
                             int64_t *n) {
    *n = p->by_row.start[p->rows.n];
    program_entry *const entries = ARENA_NEW(mem, program_entry, *n + more + 1);
    if (!entries)
        return NULL;
    for (int32_t i = 0; i < p->rows.n; i++)
        for (int64_t k = p->by_row.start[i]; k < p->by_row.start[i + 1]; k++)
            entries[k] =
                (program_entry){i, p->by_row.index[k], p->by_row.value[k]};
    return entries;
}

static int64_t append_entries(program *p, const program_new_row *rows,
                              int32_t n, program_entry *entries,
                              int64_t total) {
    for (int32_t i = 0; i < n; i++) {
        const int32_t row =
            program_add_row(p, rows[i].lower, rows[i].upper, -1, -1);
        if (p->failed)
            return total;
        p->rows.at[row].name = rows[i].name;
        for (int32_t k = 0; k < rows[i].n; k++)
            if (rows[i].values[k])
                entries[total++] =
                    (program_entry){row, rows[i].cols[k], rows[i].values[k]};
    }
    return total;
}

/* All or nothing: without memory the program stays what it was. */
bool program_append_rows(program *p, const program_new_row *rows, int32_t n) {
    const program before = *p;
    int64_t more = 0, total;
    for (int32_t i = 0; i < n; i++)
        more += rows[i].n;
    arena *const scratch = arena_create(arena_allocator(p->mem), 0);
    arena *const lines = arena_create(arena_allocator(p->mem), 0);
    program_entry *const entries =
        scratch && lines ? reopen(p, scratch, more, &total) : NULL;
    bool good = entries;
    if (good) {
        total = append_entries(p, rows, n, entries, total);
        p->lines = lines;
        good = !p->failed &&
               make_lines(p, &p->by_row, p->rows.n, true, entries, total) &&
               make_lines(p, &p->by_col, p->cols.n, false, entries, total) &&
               index_blocks(p);
    }
    if (!good)
        *p = before;
    arena_destroy(good ? before.lines : lines);
    arena_destroy(scratch);
    return good;
}

bool program_keep_rows(program *p, int32_t n_rows) {
    assert(n_rows <= p->rows.n);
    const int32_t before = p->rows.n;
    p->rows.n = n_rows;
    const bool good = program_append_rows(p, NULL, 0);
    if (!good)
        p->rows.n = before;
    return good;
}
