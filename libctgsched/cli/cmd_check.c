// SPDX-License-Identifier: GPL-3.0-or-later
/* ctgsched check: the judge's finding is the data. */
#include "cli/load.h"
#include "cli/show.h"

static void put_json(FILE *to, const inputs *in,
                     const ctg_solution_info *about) {
    emit json;
    emit_begin(&json, to, "check");
    emit_text(&json, "status", about->is_accepted ? "accepted" : "refused");
    emit_bool(&json, "accepted", about->is_accepted);
    emit_int(&json, "placed", about->n_placements);
    emit_int(&json, "waiting", about->n_waiting);
    emit_goals(&json, in->plan);
    emit_breaches(&json, in->plan);
    emit_shortages(&json, in->plan);
    emit_digests(&json, in->problem);
    emit_end(&json);
}

static void put_text(FILE *to, const cli_args *args, const inputs *in,
                     const ctg_solution_info *about) {
    const bool has_color = color_wanted(args, stdout);
    const char *const color = about->is_accepted ? "\033[32m" : "\033[31m";
    ctg_breach broken;
    ctg_shortage shortage;
    for (int32_t i = 0; ctg_solution_breach(&broken, in->plan, i); i++)
        show_breach(to, args->lang, &broken);
    for (int32_t i = 0; ctg_solution_shortage(&shortage, in->plan, i); i++)
        show_shortage(to, args->lang, &shortage);
    fprintf(to, "%s%s%s (%d)\n", has_color ? color : "",
            say(args->lang, about->is_accepted ? WORD_ACCEPTED : WORD_REFUSED),
            has_color ? "\033[0m" : "", (int)about->n_breaches);
    show_counts(to, args->lang, in->plan);
    show_goals(to, args->lang, in->plan);
}

static cli_exit put_finding(const cli_args *args, const inputs *in) {
    ctg_solution_info about;
    page out;
    ctg_solution_about(&about, in->plan);
    if (!page_open(&out))
        return EXIT_INTERNAL;
    if (args->value[OPT_JSON])
        put_json(out.to, in, &about);
    else
        put_text(out.to, args, in, &about);
    const cli_exit status = page_print(&out);
    if (status != EXIT_DONE)
        return status;
    return about.is_accepted ? EXIT_DONE : EXIT_VERIFY;
}

cli_exit run_check(const cli_args *args) {
    inputs in;
    cli_exit status = inputs_open(&in, args);
    if (status == EXIT_DONE)
        status = inputs_problem(&in, args);
    if (status == EXIT_DONE)
        status = inputs_plan(&in, args->operands[1]);
    if (status == EXIT_DONE)
        status = put_finding(args, &in);
    else
        inputs_fail(&in, args, status);
    inputs_close(&in);
    return status;
}
