// SPDX-License-Identifier: GPL-3.0-or-later
/* Tables of a report on a terminal. */
#ifndef CTGSCHED_CLI_SHEETS_H
#define CTGSCHED_CLI_SHEETS_H

#include "cli/lang.h"

/* The tables of sheets.def, `head` rows of each; none for a table without
 * rows. `only` is a structure, NULL for all. */
void sheets_show(FILE *to, cli_lang lang, const ctg_tables *tables,
                 const char *only, int32_t head);

/* What stands in the way of the `index`-th of the waiting list: "places
 * bleuets 2026-09-07 08:00"; "" when nothing does, "-" without options. */
enum { BINDS_TEXT = 256 };
void binds_print(char out[BINDS_TEXT], const ctg_tables *tables, int32_t index);

/* "  ... 3 more" when there are. */
void put_more(FILE *to, cli_lang lang, int32_t n, int32_t shown);

#endif
