// SPDX-License-Identifier: GPL-3.0-or-later
/* ctgsched apply: a problem with changes made. */
#include "cli/load.h"
#include "cli/show.h"

static cli_exit put_summary(const cli_args *args, const ctg_problem *changed,
                            const char *text, size_t bytes) {
    const char *const path = args->value[OPT_OUTPUT];
    page out;
    emit json;
    if (!page_open(&out))
        return EXIT_INTERNAL;
    emit_begin(&json, out.to, "apply");
    emit_text(&json, "status", "ok");
    emit_text_if(&json, "output", path);
    emit_int(&json, "bytes", (int64_t)bytes);
    emit_digests(&json, changed);
    if (is_stdout(path))
        emit_raw(&json, "problem", text, bytes);
    emit_end(&json);
    return page_print(&out);
}

static cli_exit put_problem(const cli_args *args, const ctg_problem *changed) {
    size_t bytes = 0;
    const char *const path = args->value[OPT_OUTPUT];
    const char *const text = ctg_problem_text(changed, &bytes);
    const bool is_json = args->value[OPT_JSON] != NULL;
    cli_exit status = EXIT_DONE;
    if (!(is_json && is_stdout(path)))
        status = file_write(path, text, bytes);
    if (status != EXIT_DONE || !is_json)
        return status;
    return put_summary(args, changed, text, bytes);
}

static cli_exit check_args(const cli_args *args) {
    const char *const output = args->value[OPT_OUTPUT];
    if (!args->value[OPT_EVENTS]) {
        complain("apply needs --events, the file with the changes. Maybe see "
                 "ctgsched apply --help.");
        return EXIT_USAGE;
    }
    if (!spares(output, args->operands[0]) ||
        !spares(output, args->value[OPT_EVENTS]))
        return EXIT_USAGE;
    return file_probe(output);
}

cli_exit run_apply(const cli_args *args) {
    inputs in;
    cli_exit status = check_args(args);
    if (status != EXIT_DONE)
        return status;
    status = inputs_open(&in, args);
    if (status == EXIT_DONE)
        status = inputs_problem(&in, args);
    if (status == EXIT_DONE)
        status = inputs_events(&in, args->value[OPT_EVENTS], NULL);
    if (status == EXIT_DONE)
        status = put_problem(args, in.problem);
    else
        inputs_fail(&in, args, status);
    inputs_close(&in);
    return status;
}
