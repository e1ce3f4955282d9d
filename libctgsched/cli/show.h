// SPDX-License-Identifier: GPL-3.0-or-later
/* Goals, breaches and shortages of a plan, for people and as JSON. */
#ifndef CTGSCHED_CLI_SHOW_H
#define CTGSCHED_CLI_SHOW_H

#include "cli/emit.h"
#include "cli/lang.h"

void show_goals(FILE *to, cli_lang lang, const ctg_solution *plan);
void emit_goals(emit *out, const ctg_solution *plan);

/* Each thing named with a blank before it: " bleuets Mon 7 Sep 2026". */
void show_where(FILE *to, cli_lang lang, const ctg_where *where);
/* One line: rule, article, place, time, size, sentence. */
void show_breach(FILE *to, cli_lang lang, const ctg_breach *found);
void emit_breach(emit *out, const ctg_breach *found); /* its members */
void emit_breaches(emit *out, const ctg_solution *plan);

void show_shortage(FILE *to, cli_lang lang, const ctg_shortage *found);
void emit_shortages(emit *out, const ctg_solution *plan);

void emit_waiting(emit *out, const ctg_solution *plan);

/* "placed 56, waiting 24" with counts of the plan. */
void show_counts(FILE *to, cli_lang lang, const ctg_solution *plan);

/* Members "digests": the problem's and those of its rule packs. */
void emit_digests(emit *out, const ctg_problem *problem);

#endif
