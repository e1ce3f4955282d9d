// SPDX-License-Identifier: GPL-3.0-or-later
/* What the parts of the plan reader share. */
#ifndef CTGSCHED_IO_PLAN_READER_H
#define CTGSCHED_IO_PLAN_READER_H

#include "io/reader.h"
#include "model/plan.h"

typedef struct plan_reader {
    reader *r;
    const problem *p;
    plan *out;
} plan_reader;

/* Indices by id, NONE when absent (then nothing) or unknown (a fault). */
int32_t take_known_request(plan_reader *in, const cursor *of, const char *name,
                           absence if_none);
int32_t take_known_structure(plan_reader *in, const cursor *of,
                             absence if_none);

ctg_status read_duties(plan_reader *in, const cursor *root);
ctg_status read_shortages(plan_reader *in, const cursor *root);
ctg_status read_coverage(plan_reader *in, const cursor *root);

#endif
