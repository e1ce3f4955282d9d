// SPDX-License-Identifier: GPL-3.0-or-later
/* ctgsched report: a plan for people, or everything as JSON. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cells.h"
#include "cli/csv.h"
#include "cli/dates.h"
#include "cli/heatmap.h"
#include "cli/load.h"
#include "cli/roster.h"
#include "cli/sheets.h"
#include "cli/show.h"

static cli_exit put_json(FILE *to, inputs *in, const cli_args *args,
                         const ctg_tables *tables, int32_t monday) {
    ctg_text complete = CTG_TEXT_INIT;
    ctg_solution_info about;
    char week[WEEK_TEXT] = "";
    emit json;
    const ctg_status status =
        ctg_solution_write(&complete, in->plan, CTG_WRITE_COMPLETE, &in->err);
    if (status != CTG_OK)
        return inputs_fail(in, args, exit_of(status));
    if (monday != DATE_NONE)
        week_print(week, monday);
    ctg_solution_about(&about, in->plan);
    emit_begin(&json, to, "report");
    emit_text(&json, "status", about.is_accepted ? "accepted" : "refused");
    emit_bool(&json, "accepted", about.is_accepted);
    emit_text_if(&json, "week", week);
    emit_int(&json, "placed", about.n_placements);
    emit_goals(&json, in->plan);
    emit_breaches(&json, in->plan);
    emit_shortages(&json, in->plan);
    emit_waiting(&json, in->plan);
    emit_duties(&json, in->plan);
    emit_tables(&json, tables);
    emit_digests(&json, in->problem);
    emit_raw(&json, "plan", complete.at, complete.bytes);
    emit_end(&json);
    ctg_text_free(&complete);
    return EXIT_DONE;
}

static void put_waiting(FILE *to, cli_lang lang, const inputs *in,
                        const ctg_tables *tables, int32_t head) {
    ctg_waiting row;
    ctg_solution_info about;
    char binds[BINDS_TEXT];
    ctg_solution_about(&about, in->plan);
    const int32_t n = about.n_waiting;
    fprintf(to, "\n%s (%d)\n", say(lang, WORD_WAITING_LIST), (int)n);
    for (int32_t i = 0; i < head && ctg_solution_waiting(&row, in->plan, i);
         i++) {
        fprintf(to, "%5d  ", (int)row.rank);
        say_padded(to, row.request, 24);
        fprintf(to, "  %s ", say(lang, WORD_CHILD));
        say_padded(to, row.child, 20);
        binds_print(binds, tables, i);
        fprintf(to, "%10" PRId64 " %s  %s\n", row.points,
                say(lang, WORD_POINTS),
                binds[0] ? binds : say(lang, WORD_NOTHING_BINDS));
    }
    put_more(to, lang, n, head);
}

static void put_shortages(FILE *to, cli_lang lang, const ctg_solution *plan,
                          int32_t head, int32_t n) {
    ctg_shortage row;
    fprintf(to, "\n%s (%d)\n", say(lang, WORD_SHORTAGES), (int)n);
    for (int32_t i = 0; i < head && ctg_solution_shortage(&row, plan, i); i++)
        show_shortage(to, lang, &row);
    put_more(to, lang, n, head);
}

static void put_presence(FILE *to, const cli_args *args,
                         const ctg_solution *plan, int32_t monday) {
    const heatmap_look look = {.lang = args->lang,
                               .has_color = color_wanted(args, stdout),
                               .width = terminal_width()};
    char week[WEEK_TEXT] = "-";
    if (monday != DATE_NONE)
        week_print(week, monday);
    fprintf(to, "\n%s, %s %s\n", say(args->lang, WORD_PRESENCE),
            say(args->lang, WORD_WEEK), week);
    if (heatmap_draw(to, plan, monday, args->value[OPT_STRUCTURE], look) > 0)
        fprintf(to, "\n%s\n", say(args->lang, WORD_LEGEND));
    else
        fprintf(to, "%s\n", say(args->lang, WORD_NOBODY));
}

static void put_text(FILE *to, const cli_args *args, const inputs *in,
                     const ctg_tables *tables, int32_t monday) {
    const char *const asked = args->value[OPT_HEAD];
    const int32_t head = asked ? (int32_t)strtol(asked, NULL, 10) : 10;
    ctg_problem_info problem;
    ctg_solution_info about;
    ctg_problem_about(&problem, in->problem);
    ctg_solution_about(&about, in->plan);
    fprintf(to, "%s  %s .. %s  %s\n", problem.id, problem.first_date,
            problem.last_date,
            say(args->lang, about.is_accepted ? WORD_ACCEPTED : WORD_REFUSED));
    show_counts(to, args->lang, in->plan);
    fprintf(to, "\n%s\n", say(args->lang, WORD_GOALS));
    show_goals(to, args->lang, in->plan);
    put_presence(to, args, in->plan, monday);
    roster_draw(to, args->lang, in->plan, monday);
    put_shortages(to, args->lang, in->plan, head, about.n_shortages);
    sheets_show(to, args->lang, tables, args->value[OPT_STRUCTURE], head);
    put_waiting(to, args->lang, in, tables, head);
}

static bool is_structure(const ctg_solution *plan, const char *id) {
    ctg_coverage row;
    for (int32_t i = 0; ctg_solution_coverage(&row, plan, i); i++)
        if (strcmp(row.structure, id) == 0)
            return true;
    return false;
}

static cli_exit put_all(const cli_args *args, inputs *in,
                        const ctg_tables *tables, int32_t monday) {
    page out;
    cli_exit status = EXIT_DONE;
    if (!page_open(&out))
        return EXIT_INTERNAL;
    if (args->value[OPT_CSV])
        status = csv_put(out.to, args, tables);
    if (status == EXIT_DONE && args->value[OPT_JSON])
        status = put_json(out.to, in, args, tables, monday);
    else if (status == EXIT_DONE && !args->value[OPT_CSV])
        put_text(out.to, args, in, tables, monday);
    if (status == EXIT_DONE)
        return page_print(&out);
    page_free(&out);
    return status;
}

static cli_exit report_loaded(const cli_args *args, inputs *in) {
    const char *const week = args->value[OPT_WEEK];
    const char *const only = args->value[OPT_STRUCTURE];
    int32_t monday = week ? week_parse(week) : DATE_NONE;
    if (week && monday == DATE_NONE) {
        complain("--week cannot be \"%s\". Maybe 2026-W37 or 2026-09-07.",
                 week);
        return EXIT_USAGE;
    }
    if (args->value[OPT_CSV_FR] && !args->value[OPT_CSV]) {
        complain("--csv-fr says how, not where. Maybe add --csv DIR.");
        return EXIT_USAGE;
    }
    if (only && !is_structure(in->plan, only)) {
        complain("no structure \"%s\" is ever open. Maybe check its id.", only);
        return EXIT_USAGE;
    }
    if (!week)
        monday = heatmap_first_week(in->plan, only);
    ctg_tables *tables = NULL;
    const ctg_status counted = ctg_solution_tables(&tables, in->plan, &in->err);
    if (counted != CTG_OK)
        return inputs_fail(in, args, exit_of(counted));
    const cli_exit status = put_all(args, in, tables, monday);
    ctg_tables_free(tables);
    return status;
}

static void warn_if_refused(const cli_args *args, const inputs *in) {
    ctg_solution_info about;
    if (ctg_solution_about(&about, in->plan) == CTG_OK && !about.is_accepted)
        complain("%s: %s.", args->operands[1],
                 say(args->lang, WORD_OTHER_VERSION));
}

cli_exit run_report(const cli_args *args) {
    inputs in;
    cli_exit status = inputs_open(&in, args);
    if (status == EXIT_DONE)
        status = inputs_problem(&in, args);
    if (status == EXIT_DONE)
        status = inputs_plan(&in, args->operands[1]);
    if (status == EXIT_DONE) {
        warn_if_refused(args, &in);
        status = report_loaded(args, &in);
    } else {
        inputs_fail(&in, args, status);
    }
    inputs_close(&in);
    return status;
}
