// SPDX-License-Identifier: GPL-3.0-or-later
/* Reading JSON: rule packs to show, another seed for a problem, whom changes
 * are about. The one place of the command line that knows Jansson. */
#ifndef CTGSCHED_CLI_PACKS_H
#define CTGSCHED_CLI_PACKS_H

#include "cli/files.h"

/* The problem with parameters.seed replaced; false when it is no object or the
 * seed no UTF-8. */
bool packs_set_seed(blob *out, const blob *problem, const char *seed);

typedef struct pack_rule {
    const char *id, *kind, *article, *title, *status;
    const char *valid_from, *valid_to; /* "" when open */
    char *parameters;                  /* JSON on one line */
} pack_rule;

typedef struct pack {
    const char *id, *title, *law;
    int32_t n_rules;
    pack_rule *rules; /* [n_rules] in the pack's order */
    void *root;
} pack;

/* A pack whose text the library accepted; titles in the language asked. */
bool pack_read(pack *out, const char *json, size_t n, cli_lang lang);
void pack_free(pack *held);

/* Whom a change (doc/format.md 15) names; "" for nobody. */
typedef struct change_row {
    const char *op, *request, *child, *employee, *structure;
} change_row;

typedef struct change_list {
    int32_t n;
    change_row *at; /* [n] in the file's order */
    void *root;
} change_list;

/* Changes whose text the library accepted. */
bool changes_read(change_list *out, const char *json, size_t n);
void changes_free(change_list *held);

#endif
