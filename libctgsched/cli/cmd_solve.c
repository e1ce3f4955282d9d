// SPDX-License-Identifier: GPL-3.0-or-later
/* ctgsched solve and replan: the plan is written first, then the summary. */
#include <inttypes.h>
#include <string.h>

#include "cli/load.h"
#include "cli/progress.h"
#include "cli/show.h"
#include "cli/signals.h"

/* A limit that reading has used up still gets the first plan. */
static const double least_seconds = 0.001;

typedef struct outcome {
    ctg_solver *solver; /* holds the conflicts */
    ctg_solution *plan; /* or NULL */
    ctg_text text;      /* of the plan */
    ctg_result result;
} outcome;

static bool is_within_gap(const ctg_result *result) {
    return result->verdict == CTG_VERDICT_FEASIBLE &&
           result->stop == CTG_STOP_GAP;
}

static cli_exit exit_for(const ctg_result *result) {
    const cli_exit by_signal = signals_seen();
    if (result->verdict == CTG_VERDICT_INFEASIBLE || result->is_budget_short)
        return EXIT_INFEASIBLE;
    if (result->verdict == CTG_VERDICT_OPTIMAL || is_within_gap(result))
        return EXIT_DONE;
    if (by_signal != EXIT_DONE)
        return by_signal;
    if (result->stop == CTG_STOP_METHOD)
        return EXIT_DONE;
    return result->verdict == CTG_VERDICT_FEASIBLE ? EXIT_LIMIT : EXIT_NO_PLAN;
}

static const char *status_word(const ctg_result *result) {
    return is_within_gap(result)
               ? "gap"
               : ctg_verdict_text((ctg_verdict)result->verdict);
}

/* With a time or memory limit, or a finger on Ctrl-C, another run may end
 * elsewhere. */
static bool is_replayable(const ctg_result *result) {
    return result->stop != CTG_STOP_TIME && result->stop != CTG_STOP_MEMORY &&
           result->stop != CTG_STOP_INTERRUPTED;
}

static uint64_t peak_bytes(const ctg_result *result) {
    return result->process_peak_bytes ? result->process_peak_bytes
                                      : result->peak_bytes;
}

/* The time limit counts from the start of the program, and writing takes about
 * as long as reading did. */
static void shorten(ctg_options *options) {
    const double used = ctg_process_seconds();
    if (options->time_limit <= 0)
        return;
    const double most = options->time_limit / 10;
    options->time_limit -= used + (used < most ? used : most);
    if (options->time_limit < least_seconds)
        options->time_limit = least_seconds;
}

/* The floor plan alone; nothing is known of its goals. */
static ctg_status carry(outcome *out, inputs *in) {
    const ctg_status status =
        ctg_solution_carry(&out->plan, in->problem, in->plan, &in->err);
    out->result.verdict =
        status == CTG_OK ? CTG_VERDICT_FEASIBLE : CTG_VERDICT_UNKNOWN;
    out->result.stop = CTG_STOP_METHOD;
    return status == CTG_OK ? ctg_solution_write(&out->text, out->plan,
                                                 CTG_WRITE_COMPLETE, &in->err)
                            : status;
}

static ctg_status solve_configured(outcome *out, inputs *in, cli_verb verb,
                                   bool is_floor, ctg_options *options) {
    if (is_floor)
        return carry(out, in);
    shorten(options);
    ctg_status status = ctg_solver_configure(out->solver, options, &in->err);
    if (status == CTG_OK && verb == VERB_REPLAN)
        status = ctg_solver_replan(out->solver, &out->plan, &out->result,
                                   in->problem, in->plan, &in->err);
    else if (status == CTG_OK)
        status = ctg_solver_solve(out->solver, &out->plan, &out->result,
                                  in->problem, in->plan, &in->err);
    if (status == CTG_OK && out->plan)
        status = ctg_solution_write(&out->text, out->plan, CTG_WRITE_STATED,
                                    &in->err);
    return status;
}

static cli_exit solve_loaded(outcome *out, inputs *in, const cli_args *args) {
    progress shown;
    ctg_options options = args->engine;
    progress_begin(&shown, args);
    if (shown.mode != PROGRESS_NONE) {
        options.on_event = progress_take;
        options.user = &shown;
    }
    ctg_status status = ctg_solver_create(&out->solver, NULL, &in->err);
    if (status == CTG_OK) {
        signals_watch(out->solver);
        status = solve_configured(out, in, args->verb,
                                  args->value[OPT_FLOOR] != NULL, &options);
    }
    progress_end(&shown);
    return exit_of(status);
}

static void emit_conflicts(emit *json, const ctg_solver *solver) {
    const char *line;
    emit_array(json, "conflicts");
    for (int32_t i = 0; (line = ctg_solver_conflict(solver, i)); i++)
        emit_text(json, NULL, line);
    emit_close(json, ']');
}

static void emit_changes(emit *json, const ctg_result *result) {
    emit_int(json, "changes", result->changes);
    if (!result->is_budget_short)
        return;
    emit_object(json, "least_budget");
    emit_int(json, "value", result->least_budget);
    if (result->has_least_budget_bound)
        emit_int(json, "bound", result->least_budget_bound);
    emit_close(json, '}');
}

static void put_json(FILE *to, const cli_args *args, const inputs *in,
                     const outcome *found) {
    const ctg_result *const result = &found->result;
    emit json;
    emit_begin(&json, to, verb_about(args->verb)->name);
    emit_text(&json, "status", status_word(result));
    emit_text(&json, "stop", ctg_stop_text((ctg_stop)result->stop));
    emit_bool(&json, "replayable", is_replayable(result));
    emit_goals(&json, found->plan);
    emit_shortages(&json, found->plan);
    emit_conflicts(&json, found->solver);
    if (args->verb == VERB_REPLAN)
        emit_changes(&json, result);
    emit_uint(&json, "work", result->work);
    emit_real(&json, "seconds", ctg_process_seconds(), 3);
    emit_uint(&json, "peak_bytes", peak_bytes(result));
    emit_digests(&json, in->problem);
    if (!found->plan)
        emit_text(&json, "plan", NULL);
    else if (is_stdout(args->value[OPT_OUTPUT]))
        emit_raw(&json, "plan", found->text.at, found->text.bytes);
    else
        emit_text(&json, "output", args->value[OPT_OUTPUT]);
    emit_end(&json);
}

static word headline(const ctg_result *result) {
    if (is_within_gap(result))
        return WORD_GAP;
    static const word words[] = {[CTG_VERDICT_UNKNOWN] = WORD_UNKNOWN,
                                 [CTG_VERDICT_OPTIMAL] = WORD_OPTIMAL,
                                 [CTG_VERDICT_FEASIBLE] = WORD_FEASIBLE,
                                 [CTG_VERDICT_INFEASIBLE] = WORD_INFEASIBLE};
    return words[result->verdict];
}

static void put_headline(FILE *to, const cli_args *args,
                         const ctg_result *result) {
    static const word stops[] = {[CTG_STOP_WORK] = WORD_STOP_WORK,
                                 [CTG_STOP_TIME] = WORD_STOP_TIME,
                                 [CTG_STOP_MEMORY] = WORD_STOP_MEMORY,
                                 [CTG_STOP_INTERRUPTED] =
                                     WORD_STOP_INTERRUPTED};
    fputs(say(args->lang, headline(result)), to);
    if (result->stop >= CTG_STOP_WORK && result->stop <= CTG_STOP_INTERRUPTED)
        fprintf(to, ", %s %s", say(args->lang, WORD_STOPPED_BY),
                say(args->lang, stops[result->stop]));
    fputc('\n', to);
}

static void put_changes(FILE *to, const cli_args *args,
                        const ctg_result *result) {
    fprintf(to, "%s %" PRId64 "\n", say(args->lang, WORD_CHANGED),
            result->changes);
    if (!result->is_budget_short)
        return;
    fprintf(to, "%s %" PRId64, say(args->lang, WORD_BUDGET_SHORT),
            result->least_budget);
    if (result->has_least_budget_bound)
        fprintf(to, " (%s %" PRId64 ")", say(args->lang, WORD_NO_FEWER),
                result->least_budget_bound);
    fputc('\n', to);
}

static void put_text(FILE *to, const cli_args *args, const outcome *found) {
    const ctg_result *const result = &found->result;
    ctg_shortage shortage;
    const char *line;
    put_headline(to, args, result);
    for (int32_t i = 0; (line = ctg_solver_conflict(found->solver, i)); i++)
        fprintf(to, "%s: %s\n", say(args->lang, WORD_CONFLICTS), line);
    if (found->plan) {
        show_goals(to, args->lang, found->plan);
        show_counts(to, args->lang, found->plan);
    }
    if (found->plan && args->verb == VERB_REPLAN)
        put_changes(to, args, result);
    for (int32_t i = 0; ctg_solution_shortage(&shortage, found->plan, i); i++)
        show_shortage(to, args->lang, &shortage);
    fprintf(to, "%s %" PRIu64 ", ", say(args->lang, WORD_WORK), result->work);
    say_decimal(to, args->lang, ctg_process_seconds(), 2);
    fprintf(to, " s, %" PRIu64 " MiB\n", peak_bytes(result) >> 20);
    if (!found->plan)
        fprintf(to, "%s\n", say(args->lang, WORD_NOT_WRITTEN));
    else if (!is_stdout(args->value[OPT_OUTPUT]))
        fprintf(to, "%s %s\n", say(args->lang, WORD_WRITTEN),
                args->value[OPT_OUTPUT]);
}

static cli_exit put_summary(const cli_args *args, const inputs *in,
                            const outcome *found) {
    if (!args->value[OPT_JSON] && is_stdout(args->value[OPT_OUTPUT])) {
        put_text(stderr, args, found);
        return EXIT_DONE;
    }
    page out;
    if (!page_open(&out))
        return EXIT_INTERNAL;
    if (args->value[OPT_JSON])
        put_json(out.to, args, in, found);
    else
        put_text(out.to, args, found);
    return page_print(&out);
}

static cli_exit put_outcome(const cli_args *args, const inputs *in,
                            const outcome *found) {
    const char *const path = args->value[OPT_OUTPUT];
    cli_exit status = EXIT_DONE;
    /* --json without -o has the plan inside. */
    if (found->plan && !(args->value[OPT_JSON] && is_stdout(path)))
        status = file_write(path, found->text.at, found->text.bytes);
    if (status == EXIT_DONE)
        status = put_summary(args, in, found);
    return status == EXIT_DONE ? exit_for(&found->result) : status;
}

static cli_exit load(inputs *in, const cli_args *args) {
    cli_exit status = inputs_open(in, args);
    if (status == EXIT_DONE)
        status = inputs_problem(in, args);
    if (status == EXIT_DONE && in->faults.n_warnings > 0)
        complain("%d warning%s. Maybe see ctgsched lint.",
                 (int)in->faults.n_warnings,
                 in->faults.n_warnings == 1 ? "" : "s");
    if (status == EXIT_DONE && args->value[OPT_BASE])
        status = inputs_plan(in, args->value[OPT_BASE]);
    if (status == EXIT_DONE && args->verb == VERB_REPLAN)
        status = inputs_plan(in, args->operands[1]);
    if (status == EXIT_DONE && args->verb == VERB_REPLAN)
        status = inputs_events(in, args->value[OPT_EVENTS], NULL);
    return status;
}

/* A base that breaks rules: each breach, as check would tell. */
static void put_base_breaches(const inputs *in, const cli_args *args) {
    ctg_breach broken;
    for (int32_t i = 0; ctg_solution_breach(&broken, in->plan, i); i++)
        show_breach(stderr, args->lang, &broken);
}

static cli_exit check_args(const cli_args *args) {
    const char *const output = args->value[OPT_OUTPUT];
    if (args->verb == VERB_REPLAN && !args->value[OPT_EVENTS]) {
        complain("replan needs --events, the file with the changes. Maybe see "
                 "ctgsched replan --help.");
        return EXIT_USAGE;
    }
    if (!spares(output, args->operands[0]) ||
        !spares(output, args->value[OPT_EVENTS]))
        return EXIT_USAGE;
    return file_probe(output);
}

cli_exit run_replan(const cli_args *args) { return run_solve(args); }

cli_exit run_solve(const cli_args *args) {
    inputs in;
    outcome found = {0};
    cli_exit status = check_args(args);
    if (status != EXIT_DONE)
        return status;
    status = load(&in, args);
    if (status == EXIT_DONE)
        status = solve_loaded(&found, &in, args);
    if (status == EXIT_VERIFY)
        put_base_breaches(&in, args);
    status = status == EXIT_DONE ? put_outcome(args, &in, &found)
                                 : inputs_fail(&in, args, status);
    signals_watch(NULL);
    ctg_text_free(&found.text);
    ctg_solution_free(found.plan);
    ctg_solver_free(found.solver);
    inputs_close(&in);
    return status;
}
