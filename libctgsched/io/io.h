// SPDX-License-Identifier: GPL-3.0-or-later
/* JSON to problem and plan and back (doc/format.md). Jansson stays in here.
 *
 * All readers collect every fault, then report the first error in `err` and,
 * when `faults` is not NULL, all of them with line and column, in the order of
 * the text; `faults` is empty before. Texts need not end with '\0'. */
#ifndef CTGSCHED_IO_IO_H
#define CTGSCHED_IO_IO_H

#include "base/error.h"
#include "base/text.h"
#include "model/plan.h"

/* Reads a problem into an arena of its own made from `allocator` (NULL:
 * malloc); `*out` is freed by problem_free. `more_packs` [n_more_packs] are
 * texts of rule packs that replace embedded ones of the same id (may be NULL).
 * Warnings go to `faults` too. */
typedef struct io_text {
    const char *at;
    size_t n;
} io_text;

ctg_status io_read_problem(problem **out, io_text input,
                           const io_text *more_packs, int32_t n_more_packs,
                           const ctg_allocator *allocator, fault_list *faults,
                           ctg_error *err);
void problem_free(problem *p); /* NULL is fine */

/* A problem with changes, "ctgsched/change/1" (format.md 15): all of them or
 * none. Where it shares data with `before` (`shares` is set) that has to outlive
 * it; `packs` as when that was read. Faults are told where the change stands. */
ctg_status io_apply(problem **out, const problem *before, io_text changes,
                    const io_text *packs, int32_t n_packs,
                    const ctg_allocator *allocator, fault_list *faults,
                    ctg_error *err);

/* The canonical problem (format.md 10), on one line. */
ctg_status io_write_problem(text *out, const problem *p, ctg_error *err);

/* Reads a plan for a problem; everything lives in `mem`. */
ctg_status io_read_plan(plan **out, const problem *p, io_text input,
                        fault_list *faults, arena *mem, ctg_error *err);
/* The one writer of plans: same plan, same bytes. */
ctg_status io_write_plan(text *out, const problem *p, const plan *plan,
                         ctg_error *err);

/* A rule pack alone. */
ctg_status io_read_pack(rule_pack *out, io_text input, fault_list *faults,
                        arena *mem, ctg_error *err);
/* The embedded packs by id; false when there is none of that name. */
int32_t io_embedded_packs(void);
io_text io_embedded_pack(int32_t index, const char **name);

/* JSON string with quotes and escapes. */
void io_put_string(text *out, const char *value);

#endif
