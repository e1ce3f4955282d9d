// SPDX-License-Identifier: GPL-3.0-or-later
/* ctgsched lint: the faults are the data, hence on standard output. */
#include "cli/load.h"

static cli_exit put_json(inputs *in, const ctg_lint *found) {
    page out;
    emit json;
    if (!page_open(&out))
        return EXIT_INTERNAL;
    emit_begin(&json, out.to, "lint");
    emit_text(&json, "status", found->n_errors > 0 ? "rejected" : "ok");
    emit_int(&json, "errors", found->n_errors);
    emit_int(&json, "warnings", found->n_warnings);
    faults_emit(&json, &in->faults);
    emit_end(&json);
    return page_print(&out);
}

static cli_exit put_text(page *lines, const ctg_lint *found) {
    const cli_exit status = page_print(lines);
    complain("%d error%s, %d warning%s.", (int)found->n_errors,
             found->n_errors == 1 ? "" : "s", (int)found->n_warnings,
             found->n_warnings == 1 ? "" : "s");
    return status;
}

/* Faults of the packs given, then of the problem. */
static ctg_status lint_all(ctg_lint *total, inputs *in, const cli_args *args) {
    for (int32_t i = 0; i < in->n_packs; i++) {
        ctg_lint found;
        faults_from(&in->faults, args->packs[i]);
        const ctg_status status =
            ctg_rules_lint(&found, in->packs[i].at, in->packs[i].bytes,
                           &in->reading, &in->err);
        if (status != CTG_OK)
            return status;
        total->n_errors += found.n_errors;
        total->n_warnings += found.n_warnings;
    }
    /* A broken pack would be told a second time by the problem. */
    if (total->n_errors > 0)
        return CTG_OK;
    faults_from(&in->faults, args->operands[0]);
    return ctg_problem_lint(total, in->problem_text.at, in->problem_text.n,
                            &in->reading, &in->err);
}

static cli_exit lint_opened(inputs *in, const cli_args *args) {
    ctg_lint total = {0};
    page lines;
    if (!page_open(&lines))
        return EXIT_INTERNAL;
    in->faults.lines = lines.to;
    in->faults.has_warnings = true;
    const ctg_status status = lint_all(&total, in, args);
    in->faults.lines = NULL;
    if (status != CTG_OK) {
        page_free(&lines);
        return inputs_fail(in, args, exit_of(status));
    }
    cli_exit written;
    if (args->value[OPT_JSON]) {
        page_free(&lines);
        written = put_json(in, &total);
    } else {
        written = put_text(&lines, &total);
    }
    if (written != EXIT_DONE)
        return written;
    return total.n_errors > 0 ? EXIT_INPUT : EXIT_DONE;
}

cli_exit run_lint(const cli_args *args) {
    inputs in;
    cli_exit status = inputs_open(&in, args);
    if (status == EXIT_DONE)
        status = lint_opened(&in, args);
    inputs_close(&in);
    return status;
}
