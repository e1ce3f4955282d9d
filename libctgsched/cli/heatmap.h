// SPDX-License-Identifier: GPL-3.0-or-later
/* A week of presence against capacity: a row a weekday, a column a half hour.
 * Signs carry the meaning; colour repeats it. */
#ifndef CTGSCHED_CLI_HEATMAP_H
#define CTGSCHED_CLI_HEATMAP_H

#include "cli/lang.h"

typedef struct heatmap_look {
    cli_lang lang;
    bool has_color;
    int width; /* of the terminal, in columns */
} heatmap_look;

/* Draws every structure (or the one with the id `only`) that is open in the
 * week of `monday`; returns how many. */
int32_t heatmap_draw(FILE *to, const ctg_solution *plan, int32_t monday,
                     const char *only, heatmap_look look);

/* The Monday of the first week with an open instant, DATE_NONE for none. */
int32_t heatmap_first_week(const ctg_solution *plan, const char *only);

#endif
