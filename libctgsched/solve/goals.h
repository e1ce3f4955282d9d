// SPDX-License-Identifier: GPL-3.0-or-later
/* Goal after goal: each proven or as far as the limits allow, the later ones
 * under rows that keep the earlier ones. */
#ifndef CTGSCHED_SOLVE_GOALS_H
#define CTGSCHED_SOLVE_GOALS_H

#include "solve/search.h"
#include "solve/stage.h"

/* The plan given, and one made without any relaxation. */
void goals_first_plan(search *s);
/* The plan given alone. */
void goals_offer_base(search *s);
/* `ends` [n_objectives]. */
void goals_run(search *s, stage_end *ends);

bool goal_is_tie(const search *s, int32_t k);

#endif
