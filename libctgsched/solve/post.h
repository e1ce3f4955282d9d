// SPDX-License-Identifier: GPL-3.0-or-later
/* What the solver knows of a way to work a shift, and who may work it when
 * (format.md 3.12, 5.5). check/ counts again on its own, on purpose. */
#ifndef CTGSCHED_SOLVE_POST_H
#define CTGSCHED_SOLVE_POST_H

#include "base/arena.h"
#include "model/problem.h"

/* With children in a structure, without a pause. */
typedef struct spell {
    int16_t begin, end;
    int32_t structure;
} spell;

typedef struct way_facts {
    int16_t begin, end;
    int32_t minutes; /* working */
    int32_t n_spells;
    const spell *spells; /* by rising time */
} way_facts;

/* [n_ways], in `mem`; NULL without memory. */
const way_facts *post_facts(const problem *prob, arena *mem);

/* The employee may work the way on the day, pins aside. */
bool post_allows(const problem *prob, const way_facts *facts, const employee *e,
                 int32_t day, int32_t way_index);
/* The pin of that day, or NULL. */
const duty_pin *post_pin(const employee *e, int32_t day);

#endif
