// SPDX-License-Identifier: GPL-3.0-or-later
/* The rule packs of rules/ as they were when the library was built. The build
 * writes the table (cmake/embed_rules.cmake). */
#ifndef CTGSCHED_IO_RULES_EMBEDDED_H
#define CTGSCHED_IO_RULES_EMBEDDED_H

#include <stddef.h>
#include <stdint.h>

typedef struct embedded_pack {
    const char *name; /* the file's name without ".json" */
    const char *text; /* JSON, ends with '\0' */
    size_t bytes;     /* without the '\0' */
} embedded_pack;

extern const embedded_pack embedded_packs[]; /* [n_embedded_packs], by name */
extern const int32_t n_embedded_packs;

#endif
