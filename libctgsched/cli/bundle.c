// SPDX-License-Identifier: GPL-3.0-or-later
/* What a developer needs to find the fault again: version, options, size and
 * digest of the problem, the error. The problem itself stays with its owner. */
#define _XOPEN_SOURCE 700
#include "cli/bundle.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/emit.h"

static void emit_options(emit *out, const cli_args *args) {
    emit_object(out, "options");
    emit_real(out, "gap", args->engine.gap, 9);
    emit_real(out, "time_limit", args->engine.time_limit, 3);
    emit_uint(out, "work_limit", args->engine.work_limit);
    emit_uint(out, "memory_limit", args->engine.memory_limit);
    emit_int(out, "threads", args->engine.threads);
    emit_bool(out, "prove_ties", args->engine.prove_ties);
    emit_int(out, "decide", args->engine.decide);
    emit_bool(out, "base", args->value[OPT_BASE] != NULL);
    emit_int(out, "rules", args->n_packs);
    emit_close(out, '}');
}

static void emit_size(emit *out, const ctg_problem *problem) {
    ctg_problem_info about;
    if (ctg_problem_about(&about, problem) != CTG_OK)
        return;
    emit_object(out, "problem");
    emit_text(out, "digest", ctg_problem_digest(problem));
    emit_int(out, "days", about.n_days);
    emit_int(out, "structures", about.n_structures);
    emit_int(out, "requests", about.n_requests);
    emit_int(out, "options", about.n_options);
    emit_close(out, '}');
}

static void put_bundle(FILE *to, const cli_args *args,
                       const ctg_problem *problem, const ctg_error *err) {
    emit json;
    emit_begin(&json, to, "bundle");
    emit_text(&json, "version", ctg_version());
    emit_text(&json, "verb", verb_about(args->verb)->name);
    emit_options(&json, args);
    emit_size(&json, problem);
    emit_object(&json, "error");
    emit_int(&json, "status", err->status);
    emit_text(&json, "code", err->code);
    emit_text(&json, "message", err->message);
    emit_close(&json, '}');
    emit_end(&json);
}

void bundle_write(const cli_args *args, const ctg_problem *problem,
                  const ctg_error *err) {
    char path[PATH_MAX];
    const char *const folder = getenv("TMPDIR");
    const int length = snprintf(path, sizeof path, "%s/ctgsched-bug-XXXXXX",
                                folder && folder[0] ? folder : P_tmpdir);
    if (length < 0 || (size_t)length >= sizeof path)
        return;
    const int fd = mkstemp(path);
    FILE *const to = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (!to) {
        if (fd >= 0)
            close(fd);
        return;
    }
    put_bundle(to, args, problem, err);
    if (fclose(to) == 0)
        complain("a report is in %s. Maybe send it with the version you use.",
                 path);
}
