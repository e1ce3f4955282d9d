// SPDX-License-Identifier: GPL-3.0-or-later
/* ctgsched-verify: the judge alone.
 *
 * Links base, model, io and check only, so that its link line shows that it
 * shares no code with the solver. Exit status: 0 accepted (shortages are
 * warnings), 7 breaches, 3 input refused, 2 usage, 1 our own failure. */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/io.h"
#include "verify/input.h"
#include "verify/report.h"

enum {
    EXIT_ACCEPTED = 0,
    EXIT_INTERNAL = 1,
    EXIT_USAGE = 2,
    EXIT_REFUSED = 3,
    EXIT_BREACHES = 7
};

enum { MAX_PACKS = 64 };

typedef struct request_line {
    const char *problem, *plan;
    const char *packs[MAX_PACKS];
    int32_t n_packs;
    bool wants_json, wants_help, wants_version;
} request_line;

static const char help[] =
    "usage: ctgsched-verify [--json] [--rules FILE]... PROBLEM PLAN\n"
    "\n"
    "Judges a plan against its problem: every rule is re-evaluated from its\n"
    "definition and every goal is added up again. Shares no code with the\n"
    "solver. \"-\" reads one of the two from standard input.\n"
    "\n"
    "  --json        print one object \"ctgsched/verify-result/1\"\n"
    "  --rules FILE  a rule pack that replaces the embedded one of its id;\n"
    "                may be repeated\n"
    "  -h, --help    print this text\n"
    "  --version     print the version\n"
    "\n"
    "Exit status: 0 accepted (shortages are warned of on standard error),\n"
    "7 the plan breaks a rule (a line each), 3 the input is refused, 2 usage "
    "or\n"
    "no such file, 1 internal error or an output that cannot be written.\n";

static bool take_operand(request_line *line, const char *argument) {
    if (!line->problem)
        line->problem = argument;
    else if (!line->plan)
        line->plan = argument;
    else
        return false;
    return true;
}

static bool take_flag(request_line *line, const char *argument) {
    if (strcmp(argument, "--json") == 0)
        line->wants_json = true;
    else if (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0)
        line->wants_help = true;
    else if (strcmp(argument, "--version") == 0)
        line->wants_version = true;
    else
        return false;
    return true;
}

static const char *check_line(const request_line *line) {
    if (line->wants_help || line->wants_version)
        return NULL;
    if (!line->plan)
        return "a file is missing. Maybe: ctgsched-verify PROBLEM PLAN";
    int n_stdin =
        (strcmp(line->problem, "-") == 0) + (strcmp(line->plan, "-") == 0);
    for (int32_t i = 0; i < line->n_packs; i++)
        n_stdin += strcmp(line->packs[i], "-") == 0;
    if (n_stdin > 1)
        return "standard input (-) can be read once. Maybe name a file";
    return NULL;
}

/* NULL, or what is wrong with the command line. */
static const char *take_line(request_line *line, int n, char **arguments) {
    bool is_option_allowed = true;
    for (int i = 1; i < n; i++) {
        const char *const argument = arguments[i];
        const bool is_option =
            is_option_allowed && argument[0] == '-' && argument[1] != '\0';
        if (is_option && strcmp(argument, "--") == 0) {
            is_option_allowed = false;
        } else if (is_option && strcmp(argument, "--rules") == 0) {
            if (++i == n)
                return "--rules needs a value. Maybe --rules FILE";
            if (line->n_packs == MAX_PACKS)
                return "there are too many --rules. Maybe put the packs into "
                       "the problem (rules)";
            line->packs[line->n_packs++] = arguments[i];
        } else if (is_option && !take_flag(line, argument)) {
            return "there is no such option. Maybe see --help";
        } else if (!is_option && !take_operand(line, argument)) {
            return "that is one file too many. Maybe: ctgsched-verify PROBLEM "
                   "PLAN";
        }
    }
    return check_line(line);
}

/* A verdict that nobody could read is none. */
static int flush_output(void) {
    if (fflush(stdout) == 0 && !ferror(stdout))
        return EXIT_ACCEPTED;
    fprintf(stderr,
            "ctgsched-verify: standard output cannot be written: %s. Maybe the "
            "disk is full.\n",
            strerror(errno));
    return EXIT_INTERNAL;
}

static int print_text(const text *out) {
    if (out->failed)
        return EXIT_INTERNAL;
    fwrite(out->at, 1, out->n, stdout);
    return flush_output();
}

static int fail(ctg_status status, const ctg_error *err) {
    fprintf(stderr, "ctgsched-verify: %s\n", err->message);
    switch (status) {
    case CTG_ERR_IO:
        return EXIT_USAGE;
    case CTG_ERR_LIMIT:
    case CTG_ERR_INPUT:
        return EXIT_REFUSED;
    default:
        return EXIT_INTERNAL;
    }
}

/* A text that was read and refused: all its faults, or the one error. */
static int refuse(const request_line *line, const char *path, ctg_status status,
                  const fault_list *faults, const ctg_error *err, arena *mem) {
    if (faults->n == 0 || status == CTG_ERR_NOMEM)
        return fail(status, err);
    report_faults(stderr, path, faults);
    if (line->wants_json) {
        text out = {.mem = mem};
        report_faults_json(&out, path, faults);
        if (print_text(&out) != EXIT_ACCEPTED)
            return EXIT_INTERNAL;
    }
    return EXIT_REFUSED;
}

static int print_verdict(const request_line *line, const problem *prob,
                         const verdict *v, arena *mem) {
    if (line->wants_json) {
        text out = {.mem = mem};
        report_verdict_json(&out, prob, v);
        if (print_text(&out) != EXIT_ACCEPTED)
            return EXIT_INTERNAL;
    } else {
        report_lines(prob, v);
        if (flush_output() != EXIT_ACCEPTED)
            return EXIT_INTERNAL;
    }
    return v->accepted ? EXIT_ACCEPTED : EXIT_BREACHES;
}

static int judge_plan(const request_line *line, const problem *prob,
                      arena *mem) {
    ctg_error err = CTG_ERROR_INIT;
    fault_list faults = {.mem = mem};
    io_text input;
    plan *given = NULL;
    verdict v;
    ctg_status status = input_read(&input, line->plan, mem, &err);
    if (status != CTG_OK)
        return fail(status, &err);
    status = io_read_plan(&given, prob, input, &faults, mem, &err);
    if (status != CTG_OK)
        return refuse(line, line->plan, status, &faults, &err, mem);
    status = check_plan(&v, prob, given, CHECK_ALL, mem, &err);
    if (status != CTG_OK)
        return fail(status, &err);
    return print_verdict(line, prob, &v, mem);
}

static int verify(const request_line *line, arena *mem) {
    ctg_error err = CTG_ERROR_INIT;
    fault_list faults = {.mem = mem};
    io_text input, packs[MAX_PACKS];
    problem *prob = NULL;
    ctg_status status = input_read(&input, line->problem, mem, &err);
    for (int32_t i = 0; status == CTG_OK && i < line->n_packs; i++)
        status = input_read(&packs[i], line->packs[i], mem, &err);
    if (status != CTG_OK)
        return fail(status, &err);
    status = io_read_problem(&prob, input, packs, line->n_packs, NULL, &faults,
                             &err);
    if (status != CTG_OK)
        return refuse(line, line->problem, status, &faults, &err, mem);
    report_faults(stderr, line->problem, &faults);
    const int result = judge_plan(line, prob, mem);
    problem_free(prob);
    return result;
}

int main(int n, char **arguments) {
    request_line line = {0};
    signal(SIGPIPE, SIG_IGN); /* a reader who left is a failure to write */
    const char *const fault_text = take_line(&line, n, arguments);
    if (fault_text) {
        fprintf(stderr, "ctgsched-verify: %s.\n", fault_text);
        return EXIT_USAGE;
    }
    if (line.wants_help || line.wants_version) {
        fputs(line.wants_help ? help : "ctgsched-verify " CTG_VERSION_TEXT "\n",
              stdout);
        return flush_output();
    }
    arena *const mem = arena_create(NULL, 0);
    if (!mem)
        return EXIT_INTERNAL;
    const int result = verify(&line, mem);
    arena_destroy(mem);
    return result;
}
