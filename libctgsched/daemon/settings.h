// SPDX-License-Identifier: GPL-3.0-or-later
/* Settings from defaults, file, environment and command line, the later
 * winning; each knows where it came from. */
#ifndef CTGSCHED_DAEMON_SETTINGS_H
#define CTGSCHED_DAEMON_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef enum setting {
#define OPTION(id, name, kind, place, default, low, high, help) SET_##id,
#include "daemon/options.def"
#undef OPTION
    N_SETTINGS
} setting;

typedef enum setting_kind {
    SETTING_TEXT,
    SETTING_COUNT,
    SETTING_BYTES,
    SETTING_SECONDS,
    SETTING_FLAG
} setting_kind;

typedef struct setting_row {
    const char *name;
    setting_kind kind;
    const char *place, *initial;
    double low, high; /* both 0: no bounds */
    const char *help;
} setting_row;
const setting_row *setting_about(int32_t which); /* NULL past the end */

enum { SETTING_VALUE = 512, SETTING_ORIGIN = 300 };

typedef struct settings {
    char text[N_SETTINGS][SETTING_VALUE];
    char origin[N_SETTINGS][SETTING_ORIGIN];
    double number[N_SETTINGS]; /* of all but texts */
} settings;

typedef enum verb {
    VERB_SERVE,
    VERB_SHOW_CONFIG,
    VERB_CHECK_STATE,
    VERB_REPLAY_STATE,
    VERB_HELP,
    VERB_VERSION,
    VERB_MANUAL
} verb;

/* False after a message on standard error. */
bool settings_read(settings *out, verb *what, int argc, char **argv);
void settings_show(const settings *of, FILE *to);
void settings_help(FILE *to);
void settings_manual(FILE *to);

static inline int64_t set_whole(const settings *of, setting which) {
    return (int64_t)of->number[which];
}

#endif
