// SPDX-License-Identifier: GPL-3.0-or-later
/* Goals in two plans, for people and as JSON. */
#ifndef CTGSCHED_CLI_GAINS_H
#define CTGSCHED_CLI_GAINS_H

#include "cli/emit.h"
#include "cli/lang.h"

/* "  points +3" when the goal is not what it was; nothing for the published
 * draw, which tells people nothing. */
void show_gain(FILE *to, cli_lang lang, const ctg_goal_change *goal);
void emit_gain(emit *out, const ctg_goal_change *goal); /* an object */

#endif
