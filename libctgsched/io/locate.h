// SPDX-License-Identifier: GPL-3.0-or-later
/* Where in a text a JSON Pointer points. Jansson keeps no places, so the text
 * is scanned again, once, and only when there are faults to place. */
#ifndef CTGSCHED_IO_LOCATE_H
#define CTGSCHED_IO_LOCATE_H

#include "io/io.h"

/* The offset after the string that begins with the quote at `at`. */
size_t scan_string(io_text input, size_t at);

/* Line and column, from 1, in bytes, of an offset. */
void locate_offset(io_text input, size_t offset, int32_t *line,
                   int32_t *column);

/* Adds the JSON Pointer of what is read at an offset; the text need not be
 * JSON. */
void trace_pointer(text *out, io_text input, size_t offset);

/* Fills line and column of `faults` [n] of a text that is valid JSON: where
 * the value begins, for members that should not be there where their name
 * does. False without memory. */
bool locate_faults(io_text input, fault *faults, int32_t n, arena *scratch);

#endif
