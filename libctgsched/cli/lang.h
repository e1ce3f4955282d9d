// SPDX-License-Identifier: GPL-3.0-or-later
/* Words, dates and numbers for people, in English and French; and whether and
 * how wide and colourful the terminal is. */
#ifndef CTGSCHED_CLI_LANG_H
#define CTGSCHED_CLI_LANG_H

#include "cli/cli.h"

typedef enum word {
#define WORD(id, en, fr) WORD_##id,
#include "cli/words.def"
#undef WORD
    N_WORDS
} word;

const char *say(cli_lang lang, word which);
/* French for a broken rule and what may help, NULL for an unknown one. */
const char *say_rule_fr(const char *rule, const char **advice);
/* A goal and its unit; in English the names of files. */
void say_goal(cli_lang lang, const char **name, const char **unit);

/* "Mon 7 Sep" or "lun. 7 sept.": columns used on a terminal (a letter with an
 * accent is one). */
int say_date(FILE *to, cli_lang lang, int32_t date);
void say_minute(FILE *to, int32_t minute); /* "08:30" */
/* 0.0535 as "5.35 %" or "5,35 %", right-aligned in `width`. */
void say_percent(FILE *to, cli_lang lang, double share, int width);
/* A decimal number with the language's sign. */
void say_decimal(FILE *to, cli_lang lang, double value, int digits);
/* Text left-aligned in `width` columns of a terminal. */
void say_padded(FILE *to, const char *text, int width);
void say_right(FILE *to, const char *text, int width);

bool color_wanted(const cli_args *args, FILE *to);
int terminal_width(void); /* of standard output; COLUMNS first; else 80 */

#endif
