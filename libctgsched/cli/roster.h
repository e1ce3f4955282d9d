// SPDX-License-Identifier: GPL-3.0-or-later
/* Who works when, as a table: a line an employee, a column a day. */
#ifndef CTGSCHED_CLI_ROSTER_H
#define CTGSCHED_CLI_ROSTER_H

#include "cli/emit.h"
#include "cli/lang.h"

/* The week of `monday`; nothing when nobody has a duty in the plan. */
void roster_draw(FILE *to, cli_lang lang, const ctg_solution *plan,
                 int32_t monday);
/* Member "duties": all of them, with their parts. */
void emit_duties(emit *out, const ctg_solution *plan);

#endif
