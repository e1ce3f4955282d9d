// SPDX-License-Identifier: GPL-3.0-or-later
/* ctgsched headroom: how many more children fit, and what binds. */
#include <string.h>

#include "cli/load.h"
#include "cli/show.h"

static const char *const binds_names[] = {"seats",  "staff",   "both",
                                          "period", "session", "nothing"};

static void put_json(FILE *to, const inputs *in, const ctg_headroom *found) {
    ctg_headroom_row row;
    emit json;
    emit_begin(&json, to, "headroom");
    emit_text(&json, "status", "ok");
    emit_array(&json, "headroom");
    for (int32_t i = 0; ctg_headroom_at(&row, found, i); i++) {
        char begin[8], end[8];
        snprintf(begin, sizeof begin, "%02d:%02d", (int)(row.begin / 60 % 100),
                 (int)(row.begin % 60));
        snprintf(end, sizeof end, "%02d:%02d", (int)(row.end / 60 % 100),
                 (int)(row.end % 60));
        emit_object(&json, NULL);
        emit_text(&json, "structure", row.structure);
        emit_text(&json, "date", row.date);
        emit_text_if(&json, "section", row.section);
        emit_text_if(&json, "class", row.class_id);
        emit_text(&json, "begin", begin);
        emit_text(&json, "end", end);
        emit_int(&json, "more", row.more);
        emit_text(&json, "binds", binds_names[row.binds]);
        emit_close(&json, '}');
    }
    emit_close(&json, ']');
    emit_digests(&json, in->problem);
    emit_end(&json);
}

static const char *say_binds(cli_lang lang, int32_t binds) {
    static const word words[] = {WORD_BINDS_SEATS,   WORD_BINDS_STAFF,
                                 WORD_BINDS_BOTH,    WORD_BINDS_PERIOD,
                                 WORD_BINDS_SESSION, WORD_BINDS_NOTHING};
    return say(lang, words[binds]);
}

static void put_text(FILE *to, cli_lang lang, const ctg_headroom *found) {
    ctg_headroom_row row;
    char place[80] = "", date[16] = "";
    fprintf(to, "%s\n", say(lang, WORD_HEADROOM));
    for (int32_t i = 0; ctg_headroom_at(&row, found, i); i++) {
        if (strcmp(place, row.structure) != 0 || strcmp(date, row.date) != 0)
            fprintf(to, "%s  %s\n", row.structure, row.date);
        snprintf(place, sizeof place, "%s", row.structure);
        snprintf(date, sizeof date, "%s", row.date);
        fputs("  ", to);
        say_minute(to, row.begin);
        fputc('-', to);
        say_minute(to, row.end);
        fputs("  ", to);
        say_padded(to, row.section ? row.section : "", 12);
        fputc(' ', to);
        say_padded(to, row.class_id ? row.class_id : "", 12);
        fprintf(to, " %4d  %s\n", (int)row.more, say_binds(lang, row.binds));
    }
}

static cli_exit put_headroom(const cli_args *args, inputs *in,
                             const void *nothing) {
    (void)nothing;
    ctg_headroom *found = NULL;
    page out;
    const ctg_status status_of =
        ctg_solution_headroom(&found, in->plan, args->value[OPT_STRUCTURE],
                              args->value[OPT_DATE], &in->err);
    if (status_of != CTG_OK)
        return inputs_fail(in, args, exit_of(status_of));
    cli_exit status = EXIT_INTERNAL;
    if (page_open(&out)) {
        if (args->value[OPT_JSON])
            put_json(out.to, in, found);
        else
            put_text(out.to, args->lang, found);
        status = page_print(&out);
    }
    ctg_headroom_free(found);
    return status;
}

cli_exit run_headroom(const cli_args *args) {
    return inputs_answer(args, put_headroom, NULL);
}
