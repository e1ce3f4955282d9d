// SPDX-License-Identifier: GPL-3.0-or-later
/* No setlocale: the two languages are tables of our own. */
#define _DEFAULT_SOURCE
#include "cli/lang.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/dates.h"

#define WORD(id, en, fr) {en, fr},
static const char *const words[N_WORDS][2] = {
#include "cli/words.def"
};
#undef WORD

const char *say(cli_lang lang, word which) {
    return words[which][lang == LANG_FR];
}

const char *say_rule_fr(const char *rule, const char **advice) {
#define RULE_TEXT(name, text, help) {name, text, help},
    static const char *const texts[][3] = {
#include "cli/rules_text.def"
    };
#undef RULE_TEXT
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (strcmp(texts[i][0], rule) == 0) {
            *advice = texts[i][2];
            return texts[i][1];
        }
    return NULL;
}

void say_goal(cli_lang lang, const char **name, const char **unit) {
#define GOAL_TEXT(id, french, french_unit) {id, french, french_unit},
    static const char *const texts[][3] = {
#include "cli/goals_text.def"
    };
#undef GOAL_TEXT
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (lang == LANG_FR && strcmp(texts[i][0], *name) == 0) {
            *name = texts[i][1];
            *unit = texts[i][2];
            return;
        }
}

/* Characters of UTF-8, one column each in the words we print. */
static int columns(const char *text) {
    int n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

void say_padded(FILE *to, const char *text, int width) {
    const int n = columns(text);
    fprintf(to, "%s%*s", text, n < width ? width - n : 0, "");
}

void say_right(FILE *to, const char *text, int width) {
    const int n = columns(text);
    fprintf(to, "%*s%s", n < width ? width - n : 0, "", text);
}

int say_date(FILE *to, cli_lang lang, int32_t date) {
    int year, month, day;
    date_split(date, &year, &month, &day);
    const char *const weekday =
        say(lang, (word)(WORD_MON + date_weekday(date)));
    const char *const name = say(lang, (word)(WORD_JAN + month - 1));
    const int n = fprintf(to, "%s %d %s", weekday, day, name);
    return n - (int)(strlen(weekday) + strlen(name)) + columns(weekday) +
           columns(name);
}

void say_minute(FILE *to, int32_t minute) {
    fprintf(to, "%02d:%02d", (int)(minute / 60), (int)(minute % 60));
}

static void decimal_text(char out[40], cli_lang lang, double value,
                         int digits) {
    snprintf(out, 40, "%.*f", digits, value);
    for (char *c = out; *c; c++)
        if (*c == '.' && lang == LANG_FR)
            *c = ',';
}

void say_decimal(FILE *to, cli_lang lang, double value, int digits) {
    char text[40];
    decimal_text(text, lang, value, digits);
    fputs(text, to);
}

void say_percent(FILE *to, cli_lang lang, double share, int width) {
    char text[48];
    decimal_text(text, lang, share < 1e6 ? 100 * share : 1e8, 2);
    strcat(text, " %");
    say_right(to, text, width);
}

bool color_wanted(const cli_args *args, FILE *to) {
    const char *const when = args->value[OPT_COLOR];
    const char *const refused = getenv("NO_COLOR");
    if (when && strcmp(when, "auto") != 0)
        return strcmp(when, "always") == 0;
    return isatty(fileno(to)) && !(refused && refused[0]);
}

int terminal_width(void) {
    const char *const given = getenv("COLUMNS");
    const int width = given ? atoi(given) : 0;
    struct winsize size;
    if (width > 0)
        return width;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}
