// SPDX-License-Identifier: GPL-3.0-or-later
/* Files whole in memory, and outputs that replace a file in one step. */
#ifndef CTGSCHED_CLI_FILES_H
#define CTGSCHED_CLI_FILES_H

#include <stddef.h>

#include "cli/cli.h"

typedef struct blob {
    char *at; /* [n], ends with '\0' */
    size_t n;
} blob;

void blob_free(blob *held);

/* The whole file, "-" for standard input; EXIT_USAGE after a message. */
cli_exit file_read(blob *out, const char *path);

/* Whether `path` could be written, before the work: EXIT_USAGE after a message
 * when not. NULL and "-" are fine. */
cli_exit file_probe(const char *path);

/* Writes beside `path`, syncs, renames; a file that is no regular one (a
 * terminal, a pipe) and "-" or NULL (standard output) are written straight.
 * EXIT_INTERNAL after a message, and then the file that was there is intact. */
cli_exit file_write(const char *path, const char *bytes, size_t n);

bool is_stdout(const char *path); /* NULL or "-" */
/* There, but no regular file and no folder: a terminal, a pipe, a device. */
/* False after a message when writing `output` would lose `input`. */
bool spares(const char *output, const char *input);
bool is_special(const char *path);

/* A text in memory that one prints to. */
typedef struct page {
    FILE *to;
    blob text;
} page;
bool page_open(page *out); /* false after a message */
/* The text so far; NULL after a message when memory was short. */
const blob *page_close(page *out);
void page_free(page *out);
/* Closes, writes to standard output, frees. */
cli_exit page_print(page *out);

#endif
