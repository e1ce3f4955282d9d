// SPDX-License-Identifier: GPL-3.0-or-later
/* An integer program in exact integers.
 *
 *     optimise the objectives, in order, over integer columns
 *     lower[j] <= x[j] <= upper[j],  at most (or exactly) one column of a group
 *     at 1,  row_lower[i] <= sum_j a[i][j] x[j] <= row_upper[i]
 *
 * Columns of a group are binary; columns without a group are *auxiliary*
 * integers that count something (staff, shortage). Rows are built as triplets
 * and frozen into rows and columns by program_finish.
 *
 * A row may name an *owner*: the auxiliary column that is raised to satisfy the
 * row. Rows of one *block*, in order, compute the least auxiliary columns from
 * the binary ones; rows without owner then accept or refuse. */
#ifndef CTGSCHED_LP_PROGRAM_H
#define CTGSCHED_LP_PROGRAM_H

#include "base/text.h"
#include "base/vec.h"

/* No bound above; -PROGRAM_INFINITY: none below. */
#define PROGRAM_INFINITY INT64_MAX

typedef struct program_row {
    int64_t lower, upper;
    int32_t owner;    /* auxiliary column, or -1 */
    int32_t block;    /* or -1 */
    const char *name; /* NULL unless the program keeps names */
} program_row;

typedef struct program_col {
    int64_t lower, upper;
    int32_t group; /* or -1 */
    int32_t tag;   /* the builder's: index of what the column stands for */
    const char *name;
} program_col;

typedef struct program_group {
    int32_t begin, end; /* columns, contiguous */
    bool exactly_one;   /* else at most one */
} program_group;

typedef struct program_entry {
    int32_t row, col;
    int64_t value;
} program_entry;

typedef struct program_objective {
    bool maximise;
    const char *name;
    int64_t *cost; /* [n_cols] once finished */
} program_objective;

VEC_DECLARE(program_rows, program_row);
VEC_DECLARE(program_cols, program_col);
VEC_DECLARE(program_groups, program_group);
VEC_DECLARE(program_entries, program_entry);

typedef struct program_cost {
    int32_t objective, col;
    int64_t value;
} program_cost;
VEC_DECLARE(program_costs, program_cost);

/* Sparse lines: entries of line k are [start[k], start[k + 1]). */
typedef struct sparse {
    int64_t *start;
    int32_t *index;
    int64_t *value;
} sparse;

typedef struct program {
    arena *mem;
    bool keep_names;
    bool failed; /* out of memory while building */
    program_rows rows;
    program_cols cols;
    program_groups groups;
    program_entries entries; /* empty once finished */
    program_costs costs;     /* empty once finished */
    int32_t n_blocks;
    int32_t n_objectives;
    program_objective *objectives;
    arena *lines; /* holds by_row and by_col; replaced when rows are appended */
    sparse by_row, by_col;
    /* Rows of a block, in order: [block_start[b], block_start[b + 1]). */
    int32_t *block_start, *block_rows;
} program;

void program_init(program *p, arena *mem, int32_t n_objectives,
                  bool keep_names);

int32_t program_add_group(program *p, bool exactly_one);
/* Columns of a group must be added one after another. */
int32_t program_add_col(program *p, int32_t group, int64_t lower, int64_t upper,
                        int32_t tag);
int32_t program_add_row(program *p, int64_t lower, int64_t upper, int32_t owner,
                        int32_t block);
void program_put(program *p, int32_t row, int32_t col, int64_t value);
void program_add_cost(program *p, int32_t objective, int32_t col,
                      int64_t value);
void program_name_row(program *p, int32_t row, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void program_name_col(program *p, int32_t col, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Merges equal entries, divides rows by their gcd (rounding the sides inwards),
 * drops rows that can never bind and rows that repeat another. False without
 * memory. */
bool program_finish(program *p);

/* A row to append: `n` entries. */
typedef struct program_new_row {
    int64_t lower, upper;
    int32_t n;
    const int32_t *cols;
    const int64_t *values;
    const char *name; /* or NULL */
} program_new_row;

/* Appends rows to a finished program. False without memory: then the program
 * is what it was. */
bool program_append_rows(program *p, const program_new_row *rows, int32_t n);
/* Forgets the rows from `n_rows` on. False as above. */
bool program_keep_rows(program *p, int32_t n_rows);
/* Gives back what is not in the program's arena. */
void program_end(program *p);

/* Free MPS, or CPLEX LP text, of one objective. */
void program_write_mps(text *out, const program *p, int32_t objective);
void program_write_lp(text *out, const program *p, int32_t objective);

#endif
