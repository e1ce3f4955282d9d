// SPDX-License-Identifier: GPL-3.0-or-later
/* Progress of a solve on standard error: a line that rewrites itself, or one
 * JSON object a line. */
#ifndef CTGSCHED_CLI_PROGRESS_H
#define CTGSCHED_CLI_PROGRESS_H

#include "cli/lang.h"

typedef enum progress_mode {
    PROGRESS_NONE,
    PROGRESS_BAR,
    PROGRESS_JSONL
} progress_mode;

typedef struct progress {
    progress_mode mode;
    bool is_drawn; /* a line stands on the terminal */
    double drawn_at;
    double limit; /* seconds, 0: none */
    cli_lang lang;
    char goal[32];
    int64_t value, bound;
    bool has_value, has_bound;
} progress;

void progress_begin(progress *out, const cli_args *args);
int progress_take(void *user, const ctg_event *event); /* for ctg_options */
void progress_end(progress *out);                      /* wipes the line */

#endif
