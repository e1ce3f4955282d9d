// SPDX-License-Identifier: GPL-3.0-or-later
/* Lines for people are "file:line:column: code pointer message", which editors
 * can jump to. */
#include "cli/load.h"

#include <string.h>

#include "cli/bundle.h"
#include "cli/packs.h"

enum { MOST_FAULTS = 100 }; /* that the library tells of each severity */

bool faults_begin(fault_log *log) {
    *log = (fault_log){.lines = stderr};
    if (!page_open(&log->json))
        return false;
    log->members = (emit){.to = log->json.to, .depth = 2};
    return true;
}

void faults_from(fault_log *log, const char *file) {
    log->file = strcmp(file, "-") == 0 ? "<stdin>" : file;
}

void faults_free(fault_log *log) { page_free(&log->json); }

void faults_emit(emit *out, fault_log *log) {
    const blob *const text = page_close(&log->json);
    emit_array(out, "faults");
    if (text && text->n > 0) {
        fwrite(text->at, 1, text->n, out->to);
        out->has_before = true;
    }
    emit_close(out, ']');
}

static void fault_line(const fault_log *log, const ctg_fault *fault) {
    fprintf(log->lines, "%s:%d:%d: %s %s %s\n", log->file, (int)fault->line,
            (int)fault->column, fault->code,
            fault->pointer[0] ? fault->pointer : "/", fault->message);
}

static void fault_member(emit *out, const char *file, const ctg_fault *fault) {
    emit_object(out, NULL);
    emit_text(out, "severity",
              fault->severity == CTG_SEVERITY_ERROR ? "error" : "warning");
    emit_text(out, "code", fault->code);
    emit_text(out, "file", file);
    emit_int(out, "line", fault->line);
    emit_int(out, "column", fault->column);
    emit_text(out, "pointer", fault->pointer);
    emit_text(out, "message", fault->message);
    emit_close(out, '}');
}

void faults_take(void *user, const ctg_fault *fault) {
    fault_log *const log = user;
    const bool is_error = fault->severity == CTG_SEVERITY_ERROR;
    *(is_error ? &log->n_errors : &log->n_warnings) += 1;
    if (log->lines && (is_error || log->has_warnings))
        fault_line(log, fault);
    if (log->json.to)
        fault_member(&log->members, log->file, fault);
}

cli_exit inputs_open(inputs *in, const cli_args *args) {
    *in = (inputs){0};
    if (!faults_begin(&in->faults))
        return EXIT_INTERNAL;
    in->reading = (ctg_read_options)CTG_READ_OPTIONS_INIT;
    in->reading.on_fault = faults_take;
    in->reading.user = &in->faults;
    for (int32_t i = 0; i < args->n_packs; i++) {
        const cli_exit status = file_read(&in->pack_texts[i], args->packs[i]);
        if (status != EXIT_DONE)
            return status;
        in->n_packs = i + 1;
        in->packs[i] =
            (ctg_text){in->pack_texts[i].at, in->pack_texts[i].n, NULL};
    }
    in->reading.packs = in->packs;
    in->reading.n_packs = in->n_packs;
    if (args->n_operands == 0 || args->verb == VERB_RULES)
        return EXIT_DONE;
    return file_read(&in->problem_text, args->operands[0]);
}

static cli_exit parse_text(inputs *in, const char *at, size_t n) {
    return exit_of(
        ctg_problem_parse(&in->problem, at, n, &in->reading, &in->err));
}

/* Parsed as it stands first, so that faults have the file's lines. */
static cli_exit parse_with_seed(inputs *in, const char *seed) {
    blob changed;
    ctg_problem_free(in->problem);
    in->problem = NULL;
    if (!packs_set_seed(&changed, &in->problem_text, seed)) {
        complain("the seed \"%s\" cannot be set. Maybe use printable ASCII.",
                 seed);
        return EXIT_USAGE;
    }
    in->reading.on_fault = NULL;
    cli_exit status = parse_text(in, changed.at, changed.n);
    in->reading.on_fault = faults_take;
    blob_free(&changed);
    if (status == EXIT_INPUT) {
        complain("--seed cannot be \"%s\". Maybe 1 to 64 printable ASCII "
                 "characters.",
                 seed);
        in->err = (ctg_error)CTG_ERROR_INIT;
        status = EXIT_USAGE;
    }
    return status;
}

static cli_exit lint_packs(inputs *in, const cli_args *args) {
    for (int32_t i = 0; i < in->n_packs; i++) {
        ctg_lint found;
        faults_from(&in->faults, args->packs[i]);
        const ctg_status status =
            ctg_rules_lint(&found, in->packs[i].at, in->packs[i].bytes,
                           &in->reading, &in->err);
        if (status != CTG_OK)
            return exit_of(status);
        if (found.n_errors > 0)
            return EXIT_INPUT;
    }
    return EXIT_DONE;
}

cli_exit inputs_problem(inputs *in, const cli_args *args) {
    const char *const seed = args->value[OPT_SEED];
    cli_exit status = lint_packs(in, args);
    faults_from(&in->faults, args->operands[0]);
    if (status == EXIT_DONE)
        status = parse_text(in, in->problem_text.at, in->problem_text.n);
    if (status == EXIT_DONE && seed)
        status = parse_with_seed(in, seed);
    /* The object keeps what it needs. */
    blob_free(&in->problem_text);
    return status;
}

cli_exit inputs_plan(inputs *in, const char *path) {
    blob text;
    cli_exit status = file_read(&text, path);
    if (status != EXIT_DONE)
        return status;
    faults_from(&in->faults, path);
    status = exit_of(ctg_solution_parse(&in->plan, in->problem, text.at, text.n,
                                        &in->reading, &in->err));
    blob_free(&text);
    return status;
}

cli_exit inputs_events(inputs *in, const char *path, ctg_problem **before) {
    blob text;
    ctg_problem *changed = NULL;
    cli_exit status = file_read(&text, path);
    if (status != EXIT_DONE)
        return status;
    faults_from(&in->faults, path);
    status = exit_of(ctg_problem_apply(&changed, in->problem, text.at, text.n,
                                       &in->reading, &in->err));
    blob_free(&text);
    if (status != EXIT_DONE)
        return status;
    if (before)
        *before = in->problem;
    else
        ctg_problem_free(in->problem);
    in->problem = changed;
    return EXIT_DONE;
}

cli_exit inputs_plan_now(inputs *in, const cli_args *args) {
    const char *const events = args->value[OPT_EVENTS];
    ctg_solution *carried = NULL;
    cli_exit status = inputs_plan(in, args->operands[1]);
    if (status == EXIT_DONE && events)
        status = inputs_events(in, events, NULL);
    if (status != EXIT_DONE || !events)
        return status;
    status =
        exit_of(ctg_solution_carry(&carried, in->problem, in->plan, &in->err));
    ctg_solution_free(in->plan);
    in->plan = carried;
    return status;
}

void inputs_close(inputs *in) {
    faults_free(&in->faults);
    blob_free(&in->problem_text);
    for (int32_t i = 0; i < in->n_packs; i++)
        blob_free(&in->pack_texts[i]);
    ctg_solution_free(in->plan);
    ctg_problem_free(in->problem);
}

cli_exit exit_of(ctg_status status) {
    switch (status) {
    case CTG_OK:
        return EXIT_DONE;
    case CTG_ERR_INPUT:
    case CTG_ERR_LIMIT:
        return EXIT_INPUT;
    case CTG_ERR_USAGE:
        return EXIT_USAGE;
    case CTG_ERR_VERIFY:
        return EXIT_VERIFY;
    default:
        return EXIT_INTERNAL;
    }
}

static void emit_failure(inputs *in, const cli_args *args, cli_exit status) {
    page out;
    emit json;
    if (!page_open(&out))
        return;
    emit_begin(&json, out.to, verb_about(args->verb)->name);
    emit_text(&json, "status", status == EXIT_INPUT ? "rejected" : "failed");
    emit_int(&json, "exit", status);
    if (in->err.status != CTG_OK) {
        emit_object(&json, "error");
        emit_text(&json, "code", in->err.code);
        emit_text(&json, "message", in->err.message);
        emit_close(&json, '}');
    }
    faults_emit(&json, &in->faults);
    emit_end(&json);
    page_print(&out);
}

cli_exit inputs_fail(inputs *in, const cli_args *args, cli_exit status) {
    if (status == EXIT_INTERNAL && in->err.status != CTG_OK) {
        complain("%s: %s", in->err.code, in->err.message);
        bundle_write(args, in->problem, &in->err);
    } else if (in->faults.n_errors > 0) {
        const bool is_one = in->faults.n_errors == 1;
        const bool is_cut = in->faults.n_errors == MOST_FAULTS;
        complain("%s%d fault%s. Maybe mend %s and try again.",
                 is_cut ? "the first " : "", (int)in->faults.n_errors,
                 is_one ? "" : "s", is_one ? "it" : "them");
    } else if (in->err.status != CTG_OK) {
        complain("%s", in->err.message);
    }
    if (args->value[OPT_JSON] && status != EXIT_USAGE)
        emit_failure(in, args, status);
    return status;
}

cli_exit inputs_answer(const cli_args *args, inputs_put *put,
                       const void *asked) {
    inputs in;
    cli_exit status = inputs_open(&in, args);
    if (status == EXIT_DONE)
        status = inputs_problem(&in, args);
    if (status == EXIT_DONE)
        status = inputs_plan_now(&in, args);
    status = status == EXIT_DONE ? put(args, &in, asked)
                                 : inputs_fail(&in, args, status);
    inputs_close(&in);
    return status;
}
