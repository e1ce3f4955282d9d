// SPDX-License-Identifier: GPL-3.0-or-later
/* Arguments by the tables. Options may stand anywhere; "--" ends them. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/dates.h"
#include "cli/files.h"

enum { MOST_OPTIONS = 64 };

typedef struct parser {
    cli_args *out;
    int argc;
    char **argv;
    int next;
} parser;

static int32_t find_verb(const char *name) {
    for (int32_t v = 0; v < N_VERBS; v++)
        if (strcmp(verb_about(v)->name, name) == 0)
            return v;
    return -1;
}

static cli_exit unknown_verb(const char *name) {
    const char *names[N_VERBS + 1];
    for (int32_t v = 0; v < N_VERBS; v++)
        names[v] = verb_about(v)->name;
    names[N_VERBS] = "help";
    const char *const near = suggest(name, names, N_VERBS + 1);
    if (near)
        complain("there is no verb \"%s\". Maybe \"%s\".", name, near);
    else
        complain("there is no verb \"%s\". Maybe see ctgsched --help.", name);
    return EXIT_USAGE;
}

/* `name` is without dashes and [n] long; `is_long` false: one letter. */
static bool find_option(option_row *out, const char *name, size_t n,
                        bool is_long) {
    for (int32_t i = 0; option_about(out, i); i++) {
        char flag[FLAG_TEXT];
        option_flag(flag, out);
        if (is_long ? strlen(flag + 2) == n && strncmp(flag + 2, name, n) == 0
                    : out->letter == name[0])
            return true;
    }
    return false;
}

static cli_exit unknown_option(const char *given, size_t n, cli_verb verb) {
    static char flags[MOST_OPTIONS][FLAG_TEXT];
    const char *names[MOST_OPTIONS];
    char word[FLAG_TEXT];
    int32_t n_names = 0;
    option_row row;
    for (int32_t i = 0; n_names < MOST_OPTIONS && option_about(&row, i); i++)
        if (row.verbs >> verb & 1) {
            option_flag(flags[n_names], &row);
            names[n_names] = flags[n_names];
            n_names++;
        }
    snprintf(word, sizeof word, "%.*s", (int)n, given);
    const char *const near = suggest(word, names, n_names);
    if (near)
        complain("there is no option %s. Maybe %s.", word, near);
    else
        complain("there is no option %s. Maybe see ctgsched %s --help.", word,
                 verb_about(verb)->name);
    return EXIT_USAGE;
}

static bool is_word_of(const char *words, const char *value) {
    const size_t n = strlen(value);
    for (const char *at = words; *at;) {
        const size_t length = strcspn(at, "|");
        if (length == n && strncmp(at, value, n) == 0)
            return true;
        at += length + (at[length] == '|');
    }
    return false;
}

static bool is_number(const char *value) {
    const size_t n = strspn(value, "0123456789");
    return n > 0 && n < 9 && value[n] == '\0';
}

static cli_exit check_value(const option_row *row, const char *value) {
    char flag[FLAG_TEXT];
    option_flag(flag, row);
    if (row->kind == KIND_WORD && !is_word_of(row->words, value)) {
        complain("%s cannot be \"%s\". Maybe one of %s.", flag, value,
                 row->words);
        return EXIT_USAGE;
    }
    if (row->kind == KIND_NUMBER && !is_number(value)) {
        complain("%s cannot be \"%s\". Maybe a number such as 10.", flag,
                 value);
        return EXIT_USAGE;
    }
    if (row->kind == KIND_DATE && date_parse(value) == DATE_NONE) {
        complain("%s cannot be \"%s\". Maybe a date such as 2026-09-07.", flag,
                 value);
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

static cli_exit store_pack(cli_args *out, const char *path) {
    if (out->n_packs == MAX_PACKS) {
        complain("--rules can be given %d times. Maybe put the packs into the "
                 "problem (rules).",
                 MAX_PACKS);
        return EXIT_USAGE;
    }
    out->packs[out->n_packs++] = path;
    return EXIT_DONE;
}

/* The library names the option as in JSON, people typed the flag. */
static void complain_as_flag(const option_row *row, const char *message) {
    char flag[FLAG_TEXT];
    const size_t n = strlen(row->name);
    option_flag(flag, row);
    const bool is_named = strncmp(message, row->name, n) == 0;
    complain("%s%s", is_named ? flag : "", message + (is_named ? n : 0));
}

static cli_exit store(cli_args *out, const option_row *row, const char *value) {
    ctg_error err = CTG_ERROR_INIT;
    const cli_exit status = check_value(row, value);
    if (status != EXIT_DONE)
        return status;
    if (row->own < 0) {
        const char *const text = row->kind == KIND_FLAG ? "1" : value;
        if (ctg_options_set(&out->engine, row->name, text, &err) == CTG_OK)
            return EXIT_DONE;
        complain_as_flag(row, err.message);
        return EXIT_USAGE;
    }
    if (row->own == OPT_RULES)
        return store_pack(out, value);
    out->value[row->own] = value;
    return EXIT_DONE;
}

/* The value behind "=", in the same word, or in the next one. */
static cli_exit take_value(parser *in, const option_row *row, const char *rest,
                           const char **value) {
    char flag[FLAG_TEXT];
    option_flag(flag, row);
    *value = "";
    if (row->kind == KIND_FLAG) {
        if (rest) {
            complain("%s takes no value. Maybe leave \"%s\" out.", flag, rest);
            return EXIT_USAGE;
        }
        return EXIT_DONE;
    }
    if (rest)
        *value = rest;
    else if (in->next < in->argc)
        *value = in->argv[in->next++];
    else {
        complain("%s needs a value. Maybe %s %s.", flag, flag, row->place);
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

static cli_exit parse_option(parser *in, const char *word) {
    const bool is_long = word[1] == '-';
    const char *const name = word + (is_long ? 2 : 1);
    const size_t n = is_long ? strcspn(name, "=") : 1;
    const char *rest = NULL;
    if (name[n] != '\0')
        rest = name + n + is_long;
    option_row row;
    if (!find_option(&row, name, n, is_long))
        return unknown_option(word, n + (is_long ? 2 : 1), in->out->verb);
    if (!(row.verbs >> in->out->verb & 1)) {
        complain("%.*s is no option of %s. Maybe see ctgsched %s --help.",
                 (int)(n + (is_long ? 2 : 1)), word,
                 verb_about(in->out->verb)->name,
                 verb_about(in->out->verb)->name);
        return EXIT_USAGE;
    }
    const char *value = NULL;
    const cli_exit status = take_value(in, &row, rest, &value);
    return status == EXIT_DONE ? store(in->out, &row, value) : status;
}

/* "CTGSCHED_TIME_LIMIT" for --time-limit. */
static void variable_of(char out[FLAG_TEXT], const option_row *row) {
    snprintf(out, FLAG_TEXT, "CTGSCHED_%s", row->name);
    for (char *c = out; *c; c++)
        *c = (char)(*c == '-' ? '_' : toupper((unsigned char)*c));
}

/* Limits and looks may have a default in the environment; what is read, where
 * it goes and what it means may not. */
static bool may_be_variable(const option_row *row) {
    return row->own < 0 || row->kind == KIND_WORD || row->kind == KIND_NUMBER;
}

static cli_exit take_variable(cli_args *out, const option_row *row) {
    char name[FLAG_TEXT];
    ctg_error err = CTG_ERROR_INIT;
    variable_of(name, row);
    const char *const value = getenv(name);
    if (!value || !value[0])
        return EXIT_DONE;
    cli_exit status = EXIT_DONE;
    if (row->kind != KIND_FLAG)
        status = store(out, row, value);
    else if (ctg_options_set(&out->engine, row->name, value, &err) != CTG_OK)
        status = EXIT_USAGE;
    if (status != EXIT_DONE)
        complain("%s=%s is in the environment. Maybe unset it.", name, value);
    return status;
}

/* Before the options are read, so that these win. */
static cli_exit take_variables(cli_args *out) {
    option_row row;
    cli_exit status = EXIT_DONE;
    for (int32_t i = 0; status == EXIT_DONE && option_about(&row, i); i++)
        if ((row.verbs >> out->verb & 1) && may_be_variable(&row))
            status = take_variable(out, &row);
    return status;
}

static cli_exit parse_operand(cli_args *out, const char *word) {
    const verb_row *const verb = verb_about(out->verb);
    if (out->n_operands == verb->most) {
        complain("\"%s\" is one operand too many. Maybe: ctgsched %s%s%s.",
                 word, verb->name, verb->operands[0] ? " " : "",
                 verb->operands);
        return EXIT_USAGE;
    }
    out->operands[out->n_operands++] = word;
    return EXIT_DONE;
}

static cli_exit parse_words(parser *in) {
    bool is_option_allowed = true;
    while (in->next < in->argc) {
        const char *const word = in->argv[in->next++];
        cli_exit status = EXIT_DONE;
        if (is_option_allowed && strcmp(word, "--") == 0)
            is_option_allowed = false;
        else if (is_option_allowed && word[0] == '-' && word[1] != '\0')
            status = parse_option(in, word);
        else
            status = parse_operand(in->out, word);
        if (status != EXIT_DONE)
            return status;
    }
    return EXIT_DONE;
}

static cli_exit check_operands(const cli_args *out) {
    const verb_row *const verb = verb_about(out->verb);
    if (out->n_operands < verb->fewest) {
        complain("an operand is missing. Maybe: ctgsched %s %s.", verb->name,
                 verb->operands);
        return EXIT_USAGE;
    }
    const char *const inputs[] = {out->operands[0],
                                  out->n_operands > 1 ? out->operands[1] : NULL,
                                  out->n_operands > 2 ? out->operands[2] : NULL,
                                  out->value[OPT_BASE],
                                  out->value[OPT_PLAN],
                                  out->value[OPT_EVENTS]};
    int n_stdin = 0;
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++)
        n_stdin += inputs[i] && strcmp(inputs[i], "-") == 0;
    for (int32_t i = 0; i < out->n_packs; i++)
        n_stdin += strcmp(out->packs[i], "-") == 0;
    if (n_stdin > 1) {
        complain("standard input (-) can be read once. Maybe name a file.");
        return EXIT_USAGE;
    }
    const char *const names = out->value[OPT_NAMES];
    const char *const output = out->value[OPT_OUTPUT];
    if (names && strcmp(names, "-") == 0 &&
        (!output || strcmp(output, "-") == 0)) {
        complain("standard output (-) can be written once. Maybe name a file "
                 "with -o.");
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

static cli_lang lang_of(const char *given) {
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (int i = 0; !given && i < 3; i++) {
        given = getenv(variables[i]);
        if (given && !given[0])
            given = NULL;
    }
    return given && strncmp(given, "fr", 2) == 0 ? LANG_FR : LANG_EN;
}

/* --generate WHAT [FILE]: for the build of the project. */
static cli_exit generate_file(int argc, char **argv) {
    page out;
    if (argc < 3 || argc > 4) {
        complain(
            "--generate needs one or two words. Maybe: ctgsched --generate "
            "man|bash|zsh|fish [FILE].");
        return EXIT_USAGE;
    }
    if (!page_open(&out))
        return EXIT_INTERNAL;
    cli_exit status = EXIT_USAGE;
    const blob *text = NULL;
    if (!generate(out.to, argv[2]))
        complain("--generate cannot make \"%s\". Maybe man.", argv[2]);
    else if ((text = page_close(&out)))
        status = file_write(argc == 4 ? argv[3] : NULL, text->at, text->n);
    page_free(&out);
    return status;
}

/* What may stand in the place of a verb: help, --help, --generate. */
static bool answer_directly(int argc, char **argv, cli_exit *status) {
    *status = EXIT_DONE;
    if (strcmp(argv[1], "--generate") == 0) {
        *status = generate_file(argc, argv);
        return true;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        const int32_t verb = argc > 2 ? find_verb(argv[2]) : -1;
        if (argc > 2 && verb < 0)
            *status = unknown_verb(argv[2]);
        else if (verb >= 0)
            help_verb(stdout, verb);
        else
            help_all(stdout);
        return true;
    }
    return false;
}

cli_exit args_parse(cli_args *out, int argc, char **argv, bool *is_over) {
    cli_exit status = EXIT_DONE;
    *out = (cli_args){.lang = lang_of(NULL)};
    *is_over = false;
    ctg_options_init(&out->engine, sizeof out->engine);
    if (argc < 2) {
        help_all(stderr);
        return EXIT_USAGE;
    }
    *is_over = answer_directly(argc, argv, &status);
    if (*is_over)
        return status;
    const bool is_version = strcmp(argv[1], "--version") == 0;
    const int32_t verb = is_version ? VERB_VERSION : find_verb(argv[1]);
    if (verb < 0)
        return unknown_verb(argv[1]);
    out->verb = (cli_verb)verb;
    parser in = {.out = out, .argc = argc, .argv = argv, .next = 2};
    status = take_variables(out);
    if (status == EXIT_DONE)
        status = parse_words(&in);
    if (status == EXIT_DONE && out->value[OPT_HELP]) {
        *is_over = true;
        help_verb(stdout, verb);
        return EXIT_DONE;
    }
    if (status == EXIT_DONE)
        status = check_operands(out);
    out->lang = lang_of(out->value[OPT_LANG]);
    return status;
}
