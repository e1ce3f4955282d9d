// SPDX-License-Identifier: GPL-3.0-or-later
/* Is a text JSON beyond doubt? */
#ifndef CTGSCHED_IO_WELLFORMED_H
#define CTGSCHED_IO_WELLFORMED_H

#include "io/io.h"

/* True for an object or a list in RFC 8259's grammar that nests at most 64
 * deep. False where there is any doubt (escaped surrogates and NUL). */
bool text_is_json(io_text input);

#endif
