// SPDX-License-Identifier: GPL-3.0-or-later
/* ctgsched version */
#include "cli/emit.h"
#include "cli/files.h"

static void put_json(FILE *to) {
    emit json;
    const char *name = NULL;
    emit_begin(&json, to, "version");
    emit_text(&json, "version", ctg_version());
    emit_array(&json, "formats");
    emit_text(&json, NULL, "ctgsched/problem/1");
    emit_text(&json, NULL, "ctgsched/plan/1");
    emit_text(&json, NULL, "ctgsched/rules/1");
    emit_close(&json, ']');
    emit_array(&json, "packs");
    for (int32_t i = 0; ctg_rules_text(i, &name, NULL); i++)
        emit_text(&json, NULL, name);
    emit_close(&json, ']');
    emit_end(&json);
}

static void put_text(FILE *to) {
    const char *name = NULL;
    fprintf(to, "ctgsched %s\nformats: problem/1 plan/1 rules/1\nrule packs:",
            ctg_version());
    for (int32_t i = 0; ctg_rules_text(i, &name, NULL); i++)
        fprintf(to, " %s", name);
    fputs("\nLicence GPL-3.0-or-later; no warranty.\n", to);
}

cli_exit run_version(const cli_args *args) {
    page out;
    if (!page_open(&out))
        return EXIT_INTERNAL;
    if (args->value[OPT_JSON])
        put_json(out.to);
    else
        put_text(out.to);
    return page_print(&out);
}
