// SPDX-License-Identifier: GPL-3.0-or-later
/* What a host program does with the library, one call or two at a time, while
 * memory ends somewhere inside. Public headers only. */
#ifndef CTGSCHED_TESTS_STAGES_H
#define CTGSCHED_TESTS_STAGES_H

#include <stdbool.h>
#include <stdint.h>

#include "faults/town.h"

/* Runs once, frees everything it made. False, with a line in `why` [200], when
 * the answer is wrong; `refused` says whether an allocation was refused. */
typedef struct stage {
    const char *name;
    bool (*run)(const town *it, char *why, bool *was_refused);
} stage;
extern const stage stages[]; /* the last has name NULL */

/* The injector around one call: what runs between is what may fail. */
void stages_arm(int64_t fails_at, bool for_ever);
int64_t stages_asked(void); /* by the last run */
/* The JSON parser's own memory fails as well. It drops the end of a long text
 * without a word when it cannot make room: what is left may be refused as bad
 * input, but must not be taken for good. */
void stages_may_misread(bool may);

#endif
