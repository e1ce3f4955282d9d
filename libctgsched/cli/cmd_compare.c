// SPDX-License-Identifier: GPL-3.0-or-later
/* ctgsched compare: plans of what-ifs side by side. */
#include <stdlib.h>

#include "cli/cells.h"
#include "cli/csv.h"
#include "cli/sheets.h"
#include "cli/show.h"
#include "cli/sides.h"

enum { HEAD_DEFAULT = 10 };

static void put_json(FILE *to, const sides *all, const ctg_tables *tables) {
    emit json;
    emit_begin(&json, to, "compare");
    emit_text(&json, "status", "ok");
    emit_array(&json, "sides");
    for (int32_t k = 0; k < all->n; k++) {
        emit_object(&json, NULL);
        emit_text(&json, "side", sides_name(all, k));
        emit_digests(&json, all->at[k].in.problem);
        emit_close(&json, '}');
    }
    emit_close(&json, ']');
    emit_tables(&json, tables);
    emit_end(&json);
}

static cli_exit put_all(const cli_args *args, const sides *all,
                        const ctg_tables *tables) {
    const char *const head = args->value[OPT_HEAD];
    page out;
    cli_exit status = EXIT_DONE;
    if (!page_open(&out))
        return EXIT_INTERNAL;
    if (args->value[OPT_CSV])
        status = csv_put(out.to, args, tables);
    if (args->value[OPT_JSON])
        put_json(out.to, all, tables);
    else if (!args->value[OPT_CSV])
        sheets_show(out.to, args->lang, tables, NULL,
                    head ? (int32_t)strtol(head, NULL, 10) : HEAD_DEFAULT);
    if (status == EXIT_DONE)
        return page_print(&out);
    page_free(&out);
    return status;
}

static cli_exit compare(const cli_args *args, sides *all) {
    ctg_side given[MAX_OPERANDS];
    ctg_tables *tables = NULL;
    inputs *const first = &all->at[0].in;
    for (int32_t k = 0; k < all->n; k++)
        given[k] = (ctg_side){sides_name(all, k), all->at[k].in.plan};
    const ctg_status counted = ctg_compare(&tables, given, all->n, &first->err);
    if (counted != CTG_OK)
        return inputs_fail(first, args, exit_of(counted));
    const cli_exit status = put_all(args, all, tables);
    ctg_tables_free(tables);
    return status;
}

cli_exit run_compare(const cli_args *args) {
    sides all;
    if (args->value[OPT_CSV_FR] && !args->value[OPT_CSV]) {
        complain("--csv-fr says how, not where. Maybe add --csv DIR.");
        return EXIT_USAGE;
    }
    cli_exit status = sides_split(&all, args);
    if (status == EXIT_DONE)
        status = sides_load(&all, args);
    if (status == EXIT_DONE)
        status = compare(args, &all);
    sides_close(&all);
    return status;
}
