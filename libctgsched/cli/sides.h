// SPDX-License-Identifier: GPL-3.0-or-later
/* Operands PROBLEM=PLAN: plans of several problems. */
#ifndef CTGSCHED_CLI_SIDES_H
#define CTGSCHED_CLI_SIDES_H

#include "cli/load.h"

typedef struct side {
    char *problem, *plan; /* the two files, split at the first "=" */
    inputs in;
} side;

typedef struct sides {
    int32_t n;
    side at[MAX_OPERANDS];
} sides;

/* All operands; EXIT_USAGE after a message when one is no pair. */
cli_exit sides_split(sides *out, const cli_args *args);
/* Reads and parses them; what failed is told as inputs_fail does. */
cli_exit sides_load(sides *all, const cli_args *args);
void sides_close(sides *all);
/* What tells them apart for people: their problems, else their plans. */
const char *sides_name(const sides *all, int32_t index);

#endif
