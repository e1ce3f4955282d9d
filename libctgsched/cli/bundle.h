// SPDX-License-Identifier: GPL-3.0-or-later
/* A report of an internal error that can be sent: nothing of the problem but
 * its size, its digest and what the message names. */
#ifndef CTGSCHED_CLI_BUNDLE_H
#define CTGSCHED_CLI_BUNDLE_H

#include "cli/cli.h"

/* Writes it into TMPDIR and says where on standard error. `problem` may be
 * NULL. */
void bundle_write(const cli_args *args, const ctg_problem *problem,
                  const ctg_error *err);

#endif
