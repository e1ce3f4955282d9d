// SPDX-License-Identifier: GPL-3.0-or-later
/* The tables of verbs, options and exit statuses, expanded; and the nearest
 * word in them. */
#include <stdarg.h>
#include <string.h>

#include "cli/cli.h"

#define VERB(id, verb, takes, min, max, summary, text)                         \
    {verb, takes, summary, text, min, max},
static const verb_row verbs[] = {
#include "cli/verbs.def"
};
#undef VERB

#define EXIT_STATUS(id, number, text) {number, text},
static const exit_row exits[] = {
#include "cli/exits.def"
};
#undef EXIT_STATUS

#define ON(id) (1u << VERB_##id)
#define ALL ((1u << N_VERBS) - 1)
#define OPTION(id, option, short_name, type, takes, list, on, text)            \
    {option, short_name, KIND_##type, takes, list, on, text, OPT_##id},
static const option_row options[] = {
#include "cli/options.def"
};
#undef OPTION

const verb_row *verb_about(int32_t verb) {
    return verb >= 0 && verb < N_VERBS ? &verbs[verb] : NULL;
}

const exit_row *exit_about(int32_t index) {
    const int32_t n = sizeof exits / sizeof exits[0];
    return index >= 0 && index < n ? &exits[index] : NULL;
}

static int32_t count_engine(void) {
    ctg_option_info info;
    int32_t n = 0;
    while (ctg_options_about(&info, n))
        n++;
    return n;
}

/* Where an option of the library makes sense. */
static unsigned verbs_of(const char *name) {
    if (strcmp(name, "decide") == 0)
        return ON(SOLVE);
    if (strcmp(name, "max_changes") == 0)
        return ON(REPLAN);
    return ON(SOLVE) | ON(REPLAN);
}

int option_about(option_row *out, int32_t index) {
    ctg_option_info info;
    if (!ctg_options_about(&info, index)) {
        const int32_t own = index - count_engine();
        if (own < 0 || own >= N_CLI_OPTIONS)
            return 0;
        *out = options[own];
        return 1;
    }
    const bool is_choice = info.type == CTG_OPTION_CHOICE;
    *out = (option_row){
        .name = info.name,
        .kind = info.type == CTG_OPTION_FLAG ? KIND_FLAG : KIND_TEXT,
        .place = is_choice ? "WHAT" : info.unit,
        .words = is_choice ? info.unit : "",
        .verbs = verbs_of(info.name),
        .help = info.help,
        .own = -1,
    };
    return 1;
}

void option_flag(char out[FLAG_TEXT], const option_row *row) {
    snprintf(out, FLAG_TEXT, "--%s", row->name);
    for (char *c = out; *c; c++)
        if (*c == '_')
            *c = '-';
}

enum { LONGEST = 40 };

/* Edit distance with swaps of neighbours; both shorter than LONGEST. */
static int distance(const char *a, const char *b) {
    const int n = (int)strlen(a), m = (int)strlen(b);
    int d[LONGEST + 1][LONGEST + 1];
    for (int i = 0; i <= n; i++)
        d[i][0] = i;
    for (int j = 0; j <= m; j++)
        d[0][j] = j;
    for (int i = 1; i <= n; i++)
        for (int j = 1; j <= m; j++) {
            int best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            if (d[i - 1][j] + 1 < best)
                best = d[i - 1][j] + 1;
            if (d[i][j - 1] + 1 < best)
                best = d[i][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
                a[i - 2] == b[j - 1] && d[i - 2][j - 2] + 1 < best)
                best = d[i - 2][j - 2] + 1;
            d[i][j] = best;
        }
    return d[n][m];
}

const char *suggest(const char *word, const char *const *candidates,
                    int32_t n) {
    const char *nearest = NULL;
    int least = 3;
    for (int32_t i = 0; i < n; i++) {
        if (strlen(word) > LONGEST || strlen(candidates[i]) > LONGEST)
            continue;
        const int apart = distance(word, candidates[i]);
        if (apart < least && 2 * apart < (int)strlen(candidates[i])) {
            least = apart;
            nearest = candidates[i];
        }
    }
    return nearest;
}

void complain(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("ctgsched: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
}
