// SPDX-License-Identifier: GPL-3.0-or-later
/* The tables of a report as files for spreadsheets (doc/format.md 14). */
#ifndef CTGSCHED_CLI_CSV_H
#define CTGSCHED_CLI_CSV_H

#include "cli/lang.h"

/* Writes FOLDER/<table>.csv for each table, each in one step; makes the folder
 * when it is not there. EXIT_INTERNAL after a message that names the file. */
cli_exit csv_write(const char *folder, cli_lang lang, const ctg_tables *tables);
/* --csv and --csv-fr; tells `to` how many were written, but with --json. */
cli_exit csv_put(FILE *to, const cli_args *args, const ctg_tables *tables);

#endif
