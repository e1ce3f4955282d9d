// SPDX-License-Identifier: GPL-3.0-or-later
/* ctgsched export: the integer program as text. */
#include <stdlib.h>
#include <string.h>

#include "cli/load.h"
#include "cli/show.h"

static void complain_of_goal(const ctg_solution *any, const char *given) {
    page names;
    ctg_goal goal;
    if (!page_open(&names))
        return;
    for (int32_t i = 0; ctg_solution_goal(&goal, any, i) && !goal.is_part; i++)
        fprintf(names.to, "%s%s", i > 0 ? ", " : "", goal.name);
    if (page_close(&names))
        complain("--goal cannot be \"%s\". Maybe one of %s, or its position "
                 "from 1.",
                 given, names.text.at);
    page_free(&names);
}

/* A goal by name or by position from 1; -1 after a message. The names come
 * from a plan with no placement, which states nothing. */
static int32_t goal_position(const ctg_problem *problem, const char *given) {
    static const char nobody[] =
        "{\"schema\":\"ctgsched/plan/1\",\"placements\":[]}";
    ctg_solution *empty = NULL;
    ctg_goal goal;
    int32_t found = -1, n = 0;
    if (ctg_solution_parse(&empty, problem, nobody, sizeof nobody - 1, NULL,
                           NULL) != CTG_OK)
        return -1;
    const bool is_number = given[strspn(given, "0123456789")] == '\0';
    const long position = is_number ? strtol(given, NULL, 10) : 0;
    for (; ctg_solution_goal(&goal, empty, n) && !goal.is_part; n++)
        if (position == n + 1 || strcmp(goal.name, given) == 0)
            found = n;
    if (found < 0)
        complain_of_goal(empty, given);
    ctg_solution_free(empty);
    return found;
}

/* Where the table of names goes: --names, or beside the program; "" when the
 * program goes to no file. False without memory. */
static bool choose_names(page *out, const cli_args *args) {
    const char *const program = args->value[OPT_OUTPUT];
    if (!page_open(out))
        return false;
    if (args->value[OPT_NAMES])
        fputs(args->value[OPT_NAMES], out->to);
    else if (!is_stdout(program) && !is_special(program))
        fprintf(out->to, "%s.tsv", program);
    return page_close(out) != NULL;
}

static void put_summary(FILE *to, const cli_args *args, const inputs *in,
                        int32_t goal, const ctg_text *program,
                        const char *names) {
    const char *const format = args->value[OPT_FORMAT];
    emit json;
    emit_begin(&json, to, "export");
    emit_text(&json, "status", "ok");
    emit_text(&json, "format", format ? format : "mps");
    emit_int(&json, "goal", goal + 1);
    emit_text_if(&json, "output", args->value[OPT_OUTPUT]);
    emit_text_if(&json, "names", *names ? names : NULL);
    emit_int(&json, "bytes", (int64_t)program->bytes);
    emit_digests(&json, in->problem);
    if (is_stdout(args->value[OPT_OUTPUT]))
        emit_text(&json, "program", program->at);
    emit_end(&json);
}

static cli_exit put_program(const cli_args *args, const inputs *in,
                            int32_t goal, const ctg_text *program,
                            const char *names) {
    const char *const path = args->value[OPT_OUTPUT];
    cli_exit status = EXIT_DONE;
    page out;
    if (!(args->value[OPT_JSON] && is_stdout(path)))
        status = file_write(path, program->at, program->bytes);
    if (status != EXIT_DONE || !args->value[OPT_JSON])
        return status;
    if (!page_open(&out))
        return EXIT_INTERNAL;
    put_summary(out.to, args, in, goal, program, names);
    return page_print(&out);
}

static cli_exit put_texts(const cli_args *args, const inputs *in, int32_t goal,
                          const ctg_text *program, const ctg_text *table) {
    page names;
    cli_exit status = choose_names(&names, args) ? EXIT_DONE : EXIT_INTERNAL;
    const char *const path = status == EXIT_DONE ? names.text.at : "";
    if (*path)
        status = file_write(path, table->at, table->bytes);
    if (status == EXIT_DONE)
        status = put_program(args, in, goal, program, path);
    page_free(&names);
    return status;
}

static cli_exit export_opened(const cli_args *args, inputs *in) {
    const char *const asked = args->value[OPT_GOAL];
    const char *const format = args->value[OPT_FORMAT];
    const bool is_lp = format && strcmp(format, "lp") == 0;
    ctg_text program = CTG_TEXT_INIT, names = CTG_TEXT_INIT;
    const int32_t goal = asked ? goal_position(in->problem, asked) : 0;
    if (goal < 0)
        return EXIT_USAGE;
    if (goal > 0 && !in->plan) {
        complain("--goal %s needs --plan, which says how good the goals before "
                 "it are. Maybe first: ctgsched solve %s -o plan.json.",
                 asked, args->operands[0]);
        return EXIT_USAGE;
    }
    const ctg_status done =
        ctg_problem_export(&program, &names, in->problem, goal, in->plan,
                           is_lp ? CTG_FORMAT_LP : CTG_FORMAT_MPS, &in->err);
    if (done != CTG_OK)
        return inputs_fail(in, args, exit_of(done));
    const cli_exit status = put_texts(args, in, goal, &program, &names);
    ctg_text_free(&program);
    ctg_text_free(&names);
    return status;
}

static bool spares_inputs(const cli_args *args) {
    const char *const outputs[] = {args->value[OPT_OUTPUT],
                                   args->value[OPT_NAMES]};
    for (int i = 0; i < 2; i++)
        if (!spares(outputs[i], args->operands[0]) ||
            !spares(outputs[i], args->value[OPT_PLAN]))
            return false;
    return true;
}

cli_exit run_export(const cli_args *args) {
    inputs in;
    cli_exit status = file_probe(args->value[OPT_OUTPUT]);
    if (status == EXIT_DONE)
        status = file_probe(args->value[OPT_NAMES]);
    if (status != EXIT_DONE)
        return status;
    if (!spares_inputs(args))
        return EXIT_USAGE;
    status = inputs_open(&in, args);
    if (status == EXIT_DONE)
        status = inputs_problem(&in, args);
    if (status == EXIT_DONE && args->value[OPT_PLAN])
        status = inputs_plan(&in, args->value[OPT_PLAN]);
    if (status == EXIT_DONE)
        status = export_opened(args, &in);
    else
        inputs_fail(&in, args, status);
    inputs_close(&in);
    return status;
}
