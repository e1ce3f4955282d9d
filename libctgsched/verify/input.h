// SPDX-License-Identifier: GPL-3.0-or-later
/* Files and standard input, whole. */
#ifndef CTGSCHED_VERIFY_INPUT_H
#define CTGSCHED_VERIFY_INPUT_H

#include "base/error.h"
#include "io/io.h"

/* Reads the file, or standard input for "-", into `mem`. CTG_ERR_IO when it
 * cannot be read, CTG_ERR_LIMIT above 512 MiB. */
ctg_status input_read(io_text *out, const char *path, arena *mem,
                      ctg_error *err);

#endif
