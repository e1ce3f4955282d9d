// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/settings.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 1024 };

static const setting_row rows[N_SETTINGS] = {
#define OPTION(id, name, kind, place, default, low, high, help)                \
    {name, SETTING_##kind, place, default, low, high, help},
#include "daemon/options.def"
#undef OPTION
};

const setting_row *setting_about(int32_t which) {
    return which >= 0 && which < N_SETTINGS ? &rows[which] : NULL;
}

static bool complain(const char *origin, const char *name, const char *value,
                     const char *what) {
    fprintf(stderr, "ctgschedd: %s: %s cannot be \"%s\": %s\n", origin, name,
            value, what);
    return false;
}

static bool read_number(double *out, const setting_row *row,
                        const char *value) {
    char *end = NULL;
    *out = strtod(value, &end);
    if (end == value || (isspace((unsigned char)*value) != 0))
        return false;
    if (row->kind == SETTING_BYTES && *end) {
        const char *const units = "kMGT";
        const char *const unit = strchr(units, *end);
        for (int i = 0; unit && i <= unit - units; i++)
            *out *= 1024;
        end += unit ? 1 : 0;
    }
    if (row->kind == SETTING_SECONDS && strcmp(end, "s") == 0)
        end++;
    return *end == '\0' && *out < 1e18;
}

static bool set(settings *out, int32_t which, const char *value,
                const char *origin) {
    const setting_row *const row = &rows[which];
    double number = 0;
    if (strlen(value) >= SETTING_VALUE)
        return complain(origin, row->name, "...", "it is too long.");
    if (row->kind != SETTING_TEXT) {
        if (!read_number(&number, row, value))
            return complain(origin, row->name, value,
                            row->kind == SETTING_BYTES
                                ? "bytes are expected, such as 16M."
                                : "a number is expected.");
        const bool is_whole = row->kind != SETTING_SECONDS;
        if ((row->high > row->low && number > row->high) || number < row->low ||
            (is_whole && number != (double)(int64_t)number))
            return complain(origin, row->name, value,
                            "it is out of bounds. Maybe see --help.");
    }
    out->number[which] = number;
    strcpy(out->text[which], value);
    snprintf(out->origin[which], SETTING_ORIGIN, "%s", origin);
    return true;
}

static int32_t find(const char *name, size_t n) {
    for (int32_t i = 0; i < N_SETTINGS; i++)
        if (strlen(rows[i].name) == n && strncmp(rows[i].name, name, n) == 0)
            return i;
    return -1;
}

static char *trim(char *text) {
    while (isspace((unsigned char)*text))
        text++;
    size_t n = strlen(text);
    while (n > 0 && isspace((unsigned char)text[n - 1]))
        text[--n] = '\0';
    return text;
}

static bool read_line(settings *out, char *line, const char *path, int number) {
    char origin[SETTING_ORIGIN];
    char *const text = trim(line);
    char *const equals = strchr(text, '=');
    snprintf(origin, sizeof origin, "%.250s:%d", path, number);
    if (!*text || *text == '#')
        return true;
    if (!equals) {
        fprintf(stderr, "ctgschedd: %s: `name = value` is expected.\n", origin);
        return false;
    }
    *equals = '\0';
    const char *const name = trim(text);
    const int32_t which = find(name, strlen(name));
    if (which < 0) {
        fprintf(stderr,
                "ctgschedd: %s: there is no setting \"%s\". Maybe see "
                "--help.\n",
                origin, name);
        return false;
    }
    return set(out, which, trim(equals + 1), origin);
}

static bool read_file(settings *out, const char *path) {
    char line[LINE];
    FILE *const file = fopen(path, "r");
    bool is_fine = file != NULL;
    if (!file)
        fprintf(stderr,
                "ctgschedd: %s cannot be read. Maybe it is elsewhere.\n", path);
    for (int n = 1; is_fine && fgets(line, sizeof line, file); n++)
        is_fine = read_line(out, line, path, n);
    if (file)
        fclose(file);
    return is_fine;
}

static bool read_environment(settings *out) {
    const char *const state = getenv("STATE_DIRECTORY");
    if (state && !set(out, SET_STATE, state, "STATE_DIRECTORY"))
        return false;
    for (int32_t i = 0; i < N_SETTINGS; i++) {
        char name[64] = "CTGSCHEDD_";
        const size_t prefix = strlen(name);
        snprintf(name + prefix, sizeof name - prefix, "%s", rows[i].name);
        for (char *c = name + prefix; *c; c++)
            *c = (char)(*c == '-' ? '_' : toupper((unsigned char)*c));
        const char *const value = getenv(name);
        if (value && !set(out, i, value, name))
            return false;
    }
    return true;
}

static bool find_verb(verb *out, const char *word) {
    static const struct {
        const char *word;
        verb what;
    } verbs[] = {{"--show-config", VERB_SHOW_CONFIG},
                 {"--check-state", VERB_CHECK_STATE},
                 {"--replay-state", VERB_REPLAY_STATE},
                 {"--help", VERB_HELP},
                 {"-h", VERB_HELP},
                 {"--version", VERB_VERSION},
                 {"--generate-man", VERB_MANUAL}};
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (strcmp(verbs[i].word, word) == 0) {
            *out = verbs[i].what;
            return true;
        }
    return false;
}

/* The words twice over: first the name of the file, which the others win
 * against, then the rest. */
static bool read_words(settings *out, verb *what, const char **config, int argc,
                       char **argv) {
    for (int i = 1; i < argc; i++) {
        const char *const word = argv[i];
        const size_t n = strcspn(word, "=");
        if (find_verb(what, word))
            continue;
        const bool is_config = strncmp(word, "--config", n) == 0 && n == 8;
        const int32_t which =
            strncmp(word, "--", 2) == 0 && n > 2 ? find(word + 2, n - 2) : -1;
        if (!is_config && which < 0) {
            fprintf(stderr,
                    "ctgschedd: there is no option %s. Maybe see "
                    "--help.\n",
                    word);
            return false;
        }
        const char *value = word[n] == '=' ? word + n + 1 : NULL;
        if (!value && which >= 0 && rows[which].kind == SETTING_FLAG)
            value = "1";
        else if (!value && i + 1 < argc)
            value = argv[++i];
        if (!value) {
            fprintf(stderr, "ctgschedd: %s needs a value.\n", word);
            return false;
        }
        if (is_config)
            *config = value;
        else if (out && !set(out, which, value, "command line"))
            return false;
    }
    return true;
}

bool settings_read(settings *out, verb *what, int argc, char **argv) {
    const char *config = NULL;
    *what = VERB_SERVE;
    for (int32_t i = 0; i < N_SETTINGS; i++)
        if (!set(out, i, rows[i].initial, "default"))
            return false;
    return read_words(NULL, what, &config, argc, argv) &&
           (!config || read_file(out, config)) && read_environment(out) &&
           read_words(out, what, &config, argc, argv);
}

void settings_show(const settings *of, FILE *to) {
    for (int32_t i = 0; i < N_SETTINGS; i++)
        fprintf(to, "%s = %s  # %s\n", rows[i].name, of->text[i],
                of->origin[i]);
}

void settings_help(FILE *to) {
    fputs("usage: ctgschedd [--config FILE] [OPTION]...\n"
          "       ctgschedd --check-state | --replay-state | --show-config "
          "[OPTION]...\n\n"
          "Plans communes over HTTP on a unix socket. Options:\n",
          to);
    for (int32_t i = 0; i < N_SETTINGS; i++)
        fprintf(to, "  --%s %s  (%s)\n      %s\n", rows[i].name, rows[i].place,
                rows[i].initial[0] ? rows[i].initial : "none", rows[i].help);
}
