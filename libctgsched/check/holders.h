// SPDX-License-Identifier: GPL-3.0-or-later
/* Who counts in the row that a plan breaks: those without whom the others would
 * have more room. */
#ifndef CTGSCHED_CHECK_HOLDERS_H
#define CTGSCHED_CHECK_HOLDERS_H

#include "base/vec.h"
#include "check/standing.h"

VEC_DECLARE(holder_list, int32_t);

/* The request is served and counts there at some instant. Whoever does not,
 * cannot mend the row by leaving. */
bool holders_have(const standing *on, int32_t r, const where *at);

/* All of them but `except`, rising; in `mem`. False without memory. */
bool holders_list(holder_list *out, const standing *on, const where *at,
                  int32_t except, arena *mem);

#endif
