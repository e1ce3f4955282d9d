// SPDX-License-Identifier: GPL-3.0-or-later
/* ctgsched fill: who of the waiting list can take a place. */
#include <string.h>

#include "cli/gains.h"
#include "cli/load.h"
#include "cli/show.h"

/* "09:00" to "24:00" as minutes, -1 otherwise. */
static int32_t take_time(const char *text) {
    if (strlen(text) != 5 || text[2] != ':')
        return -1;
    for (int i = 0; i < 5; i++)
        if (i != 2 && (text[i] < '0' || text[i] > '9'))
            return -1;
    const int32_t hour = (text[0] - '0') * 10 + text[1] - '0';
    const int32_t minute = (text[3] - '0') * 10 + text[4] - '0';
    return minute > 59 || hour * 60 + minute > 24 * 60 ? -1
                                                       : hour * 60 + minute;
}

static cli_exit take_times(ctg_fill_question *out, const cli_args *args) {
    const char *const texts[] = {args->value[OPT_BEGIN], args->value[OPT_END]};
    int32_t *const times[] = {&out->begin, &out->end};
    for (int i = 0; i < 2; i++) {
        if (!texts[i])
            continue;
        *times[i] = take_time(texts[i]);
        if (*times[i] < 0) {
            complain("%s cannot be \"%s\". Maybe a time such as 09:00.",
                     i == 0 ? "--begin" : "--end", texts[i]);
            return EXIT_USAGE;
        }
    }
    return EXIT_DONE;
}

static cli_exit take_question(ctg_fill_question *out, const cli_args *args) {
    const char *const date = args->value[OPT_DATE];
    *out = (ctg_fill_question)CTG_FILL_QUESTION_INIT;
    if (date && (args->value[OPT_FIRST] || args->value[OPT_LAST])) {
        complain("--date is one day. Maybe leave out --first and --last.");
        return EXIT_USAGE;
    }
    out->structure = args->value[OPT_STRUCTURE];
    out->first = date ? date : args->value[OPT_FIRST];
    out->last = date ? date : args->value[OPT_LAST];
    out->freed = args->value[OPT_FREED];
    out->in_turn = args->value[OPT_IN_TURN] != NULL;
    return take_times(out, args);
}

static void put_json(FILE *to, const inputs *in, const ctg_fill *fill,
                     const ctg_fill_question *asked) {
    ctg_fill_row row;
    ctg_goal_change goal;
    emit json;
    emit_begin(&json, to, "fill");
    emit_text(&json, "status", "ok");
    emit_bool(&json, "in_turn", asked->in_turn);
    emit_text_if(&json, "freed", asked->freed);
    emit_array(&json, "fill");
    for (int32_t i = 0; ctg_fill_at(&row, fill, i); i++) {
        emit_object(&json, NULL);
        emit_int(&json, "rank", row.rank);
        emit_text(&json, "request", row.request);
        emit_text(&json, "child", row.child);
        emit_int(&json, "points", row.points);
        emit_text(&json, "option", row.option);
        emit_int(&json, "option_rank", row.option_rank);
        emit_text(&json, "structure", row.structure);
        emit_array(&json, "goals");
        for (int32_t g = 0; ctg_fill_goal(&goal, fill, i, g); g++)
            emit_gain(&json, &goal);
        emit_close(&json, ']');
        emit_close(&json, '}');
    }
    emit_close(&json, ']');
    emit_digests(&json, in->problem);
    emit_end(&json);
}

static void put_text(FILE *to, cli_lang lang, const ctg_fill *fill) {
    ctg_fill_row row;
    ctg_goal_change goal;
    fprintf(to, "%s\n", say(lang, WORD_FILL));
    if (!ctg_fill_at(&row, fill, 0))
        fprintf(to, "  %s\n", say(lang, WORD_NOBODY_FITS));
    for (int32_t i = 0; ctg_fill_at(&row, fill, i); i++) {
        fprintf(to, "  %4d  ", (int)row.rank);
        say_padded(to, row.request, 16);
        fprintf(to, " %s %lld  ", say(lang, WORD_POINTS),
                (long long)row.points);
        say_padded(to, row.option, 24);
        fprintf(to, " %s", row.structure);
        for (int32_t g = 0; ctg_fill_goal(&goal, fill, i, g); g++)
            show_gain(to, lang, &goal);
        fputc('\n', to);
    }
}

static cli_exit put_fill(const cli_args *args, inputs *in, const void *of) {
    const ctg_fill_question *const asked = of;
    ctg_fill *fill = NULL;
    page out;
    const ctg_status found =
        ctg_solution_fill(&fill, in->plan, asked, &in->err);
    if (found != CTG_OK)
        return inputs_fail(in, args, exit_of(found));
    cli_exit status = EXIT_INTERNAL;
    if (page_open(&out)) {
        if (args->value[OPT_JSON])
            put_json(out.to, in, fill, asked);
        else
            put_text(out.to, args->lang, fill);
        status = page_print(&out);
    }
    ctg_fill_free(fill);
    return status;
}

cli_exit run_fill(const cli_args *args) {
    ctg_fill_question asked;
    const cli_exit status = take_question(&asked, args);
    return status == EXIT_DONE ? inputs_answer(args, put_fill, &asked) : status;
}
