// SPDX-License-Identifier: GPL-3.0-or-later
/* The command line: what its files share.
 *
 * A client of the public headers only. Standard output is data; messages and
 * progress go to standard error. Every verb is a function that takes the
 * arguments and gives the exit status. */
#ifndef CTGSCHED_CLI_CLI_H
#define CTGSCHED_CLI_CLI_H

#include <ctgsched.h>
#include <stdbool.h>
#include <stdio.h>

typedef enum cli_verb {
#define VERB(id, name, operands, fewest, most, line, description) VERB_##id,
#include "cli/verbs.def"
#undef VERB
    N_VERBS
} cli_verb;

typedef enum cli_exit {
#define EXIT_STATUS(id, code, meaning) EXIT_##id = (code),
#include "cli/exits.def"
#undef EXIT_STATUS
} cli_exit;

typedef enum cli_option {
#define OPTION(id, name, letter, kind, place, words, verbs, help) OPT_##id,
#include "cli/options.def"
#undef OPTION
    N_CLI_OPTIONS
} cli_option;

typedef enum cli_lang { LANG_EN, LANG_FR } cli_lang;

enum { MAX_OPERANDS = 16, MAX_PACKS = 16 };

typedef struct cli_args {
    cli_verb verb;
    int32_t n_operands;
    const char *operands[MAX_OPERANDS];
    const char *value[N_CLI_OPTIONS]; /* NULL: not given; flags: "" */
    int32_t n_packs;
    const char *packs[MAX_PACKS]; /* --rules, in order */
    ctg_options engine;
    cli_lang lang;
} cli_args;

/* The tables, expanded. */
typedef struct verb_row {
    const char *name, *operands, *line, *description;
    int32_t fewest, most;
} verb_row;

typedef enum option_kind {
    KIND_FLAG,
    KIND_TEXT,
    KIND_NUMBER,
    KIND_DATE,
    KIND_WORD,
    KIND_INPUT,
    KIND_OUTPUT
} option_kind;

typedef struct option_row {
    const char *name;
    char letter; /* or '\0' */
    option_kind kind;
    const char *place, *words; /* words: "fr|en" */
    unsigned verbs;            /* bit per verb */
    const char *help;
    int32_t own; /* a cli_option, -1: an option of the library */
} option_row;

typedef struct exit_row {
    int code;
    const char *meaning;
} exit_row;

const verb_row *verb_about(int32_t verb);  /* NULL past the end */
const exit_row *exit_about(int32_t index); /* NULL past the end */
/* The library's options, then our own; 0 past the end. The name of a library
 * option has "_" where its flag has "-": option_flag writes the flag. */
int option_about(option_row *out, int32_t index);
enum { FLAG_TEXT = 48 };
void option_flag(char out[FLAG_TEXT], const option_row *row);

/* EXIT_DONE, or EXIT_USAGE after a message on standard error. Sets *is_over
 * when help or the version was asked for and given. */
cli_exit args_parse(cli_args *out, int argc, char **argv, bool *is_over);

/* "Maybe --time-limit." for an unknown word; NULL when nothing is near. */
const char *suggest(const char *word, const char *const *candidates, int32_t n);

void help_all(FILE *to);
void help_verb(FILE *to, int32_t verb);
/* "man", "bash", "zsh" or "fish" from the tables; false for another word. */
bool generate(FILE *to, const char *what);

cli_exit run_solve(const cli_args *args);
cli_exit run_replan(const cli_args *args);
cli_exit run_check(const cli_args *args);
cli_exit run_lint(const cli_args *args);
cli_exit run_report(const cli_args *args);
cli_exit run_slots(const cli_args *args);
cli_exit run_headroom(const cli_args *args);
cli_exit run_offers(const cli_args *args);
cli_exit run_fill(const cli_args *args);
cli_exit run_diff(const cli_args *args);
cli_exit run_compare(const cli_args *args);
cli_exit run_ics(const cli_args *args);
cli_exit run_apply(const cli_args *args);
cli_exit run_export(const cli_args *args);
cli_exit run_rules(const cli_args *args);
cli_exit run_version(const cli_args *args);

/* "ctgsched: ..." on standard error. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
