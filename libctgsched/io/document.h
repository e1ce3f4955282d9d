// SPDX-License-Identifier: GPL-3.0-or-later
/* One JSON text: limits and syntax before reading, places of faults after. */
#ifndef CTGSCHED_IO_DOCUMENT_H
#define CTGSCHED_IO_DOCUMENT_H

#include "io/io.h"
#include "io/reader.h"

typedef struct document {
    json_t *root; /* NULL when the text is refused */
    io_text input;
    int32_t first_fault; /* index in the reader's faults */
} document;

/* Checks size and depth, then parses. A refused text is a fault. */
ctg_status document_open(document *out, reader *r, io_text input);
/* The same, but elements of the lists in `lists` are parsed when they are
 * entered, if the text can be read so. Then r->stream is set. */
ctg_status document_open_lists(document *out, reader *r, io_text input,
                               struct stream *lists);
/* Gives the faults since document_open their lines and columns, puts them in
 * the order of the text, and frees the tree. */
void document_close(document *doc, reader *r);

/* Sets `err` to the first error of the list; CTG_OK when there is none. */
ctg_status document_verdict(const reader *r, ctg_error *err);

#endif
