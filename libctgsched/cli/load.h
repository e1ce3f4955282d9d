// SPDX-License-Identifier: GPL-3.0-or-later
/* From file names to problems and plans, with every fault listed. */
#ifndef CTGSCHED_CLI_LOAD_H
#define CTGSCHED_CLI_LOAD_H

#include "cli/emit.h"
#include "cli/files.h"

/* Faults as they come: lines for people, and a JSON list. */
typedef struct fault_log {
    const char *file;  /* the name printed before each line */
    FILE *lines;       /* or NULL */
    bool has_warnings; /* print warnings to `lines`, too */
    page json;         /* the members of a list */
    emit members;
    int32_t n_errors, n_warnings; /* those told */
} fault_log;

bool faults_begin(fault_log *log);
void faults_from(fault_log *log, const char *file);
void faults_free(fault_log *log);
/* The list as a member "faults". */
void faults_emit(emit *out, fault_log *log);
void faults_take(void *log, const ctg_fault *fault); /* for ctg_read_options */

/* What a verb reads. */
typedef struct inputs {
    fault_log faults;
    blob problem_text;
    int32_t n_packs;
    blob pack_texts[MAX_PACKS];
    ctg_text packs[MAX_PACKS];
    ctg_read_options reading;
    ctg_problem *problem;
    ctg_solution *plan; /* the second operand, --base or --plan */
    ctg_error err;
} inputs;

/* Reads the texts; nothing is parsed. EXIT_USAGE when a file is missing. */
cli_exit inputs_open(inputs *in, const cli_args *args);
/* Parses. EXIT_INPUT when refused: the faults stand on standard error. */
cli_exit inputs_problem(inputs *in, const cli_args *args);
cli_exit inputs_plan(inputs *in, const char *path);
/* Makes the changes of a file to the problem, which is another one then;
 * `*before` receives the one before unless it is NULL. EXIT_INPUT when refused.
 */
cli_exit inputs_events(inputs *in, const char *path, ctg_problem **before);
/* The plan of the second operand; with --events problem and plan are those
 * after the changes, the plan carried over. */
cli_exit inputs_plan_now(inputs *in, const cli_args *args);
/* Opens the problem and plan of a verb that asks something of a plan, lets
 * `put` answer, and closes. */
typedef cli_exit inputs_put(const cli_args *args, inputs *in,
                            const void *asked);
cli_exit inputs_answer(const cli_args *args, inputs_put *put,
                       const void *asked);
void inputs_close(inputs *in);

/* The exit status for a failed call of the library. */
cli_exit exit_of(ctg_status status);
/* Says what failed: on standard error, and with --json as an object with
 * "status": "rejected" or "failed" on standard output. Gives `status` back. */
cli_exit inputs_fail(inputs *in, const cli_args *args, cli_exit status);

#endif
