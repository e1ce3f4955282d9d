// SPDX-License-Identifier: GPL-3.0-or-later
/* Ctrl-C once stops the solve, twice the program. */
#ifndef CTGSCHED_CLI_SIGNALS_H
#define CTGSCHED_CLI_SIGNALS_H

#include "cli/cli.h"

/* SIGINT and SIGTERM interrupt `solver`; a second one ends the program at once.
 * NULL: the first one ends it. Other signals that writing may raise become
 * errors of the write. */
void signals_watch(ctg_solver *solver);

/* A temporary file to remove if the program ends by a signal; NULL: none. */
void signals_guard(const char *temporary);

/* EXIT_DONE, or EXIT_INTERRUPTED or EXIT_TERMINATED after such a signal. */
cli_exit signals_seen(void);

#endif
