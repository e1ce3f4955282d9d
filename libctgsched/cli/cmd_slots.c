// SPDX-License-Identifier: GPL-3.0-or-later
/* ctgsched slots: what one more child can still book on a day. */
#include <stdlib.h>
#include <string.h>

#include "cli/load.h"
#include "cli/show.h"

/* "14mo": a number with one of two units, the first by default; -1 otherwise.
 */
static int32_t take_units(const char *text, const char *small,
                          const char *large, int32_t per_large) {
    char *end = NULL;
    if (*text < '0' || *text > '9')
        return -1;
    const long number = strtol(text, &end, 10);
    if (number > 100000)
        return -1;
    if (*end == '\0' || strcmp(end, small) == 0)
        return (int32_t)number;
    return strcmp(end, large) == 0 ? (int32_t)number * per_large : -1;
}

static cli_exit take_question(ctg_slot_question *out, const cli_args *args) {
    const char *const age = args->value[OPT_AGE];
    const char *const least = args->value[OPT_MIN];
    const char *const walks = args->value[OPT_WALKS];
    *out = (ctg_slot_question)CTG_SLOT_QUESTION_INIT;
    if (!args->value[OPT_DATE] || !age) {
        complain("slots needs --date and --age. Maybe --date 2026-09-09 --age "
                 "14mo.");
        return EXIT_USAGE;
    }
    out->date = args->value[OPT_DATE];
    out->structure = args->value[OPT_STRUCTURE];
    out->age_months = take_units(age, "mo", "y", 12);
    if (out->age_months < 0) {
        complain("--age cannot be \"%s\". Maybe 14mo or 2y.", age);
        return EXIT_USAGE;
    }
    if (least)
        out->least_minutes = take_units(least, "min", "h", 60);
    if (out->least_minutes < 1) {
        complain("--min cannot be \"%s\". Maybe 2h or 90min.", least);
        return EXIT_USAGE;
    }
    if (walks)
        out->walks = strcmp(walks, "yes") == 0;
    return EXIT_DONE;
}

static void put_json(FILE *to, const inputs *in, const ctg_slots *slots,
                     const ctg_slot_question *asked) {
    ctg_slot row;
    emit json;
    emit_begin(&json, to, "slots");
    emit_text(&json, "status", "ok");
    emit_text(&json, "date", asked->date);
    emit_int(&json, "age_months", asked->age_months);
    emit_int(&json, "least_minutes", asked->least_minutes);
    emit_array(&json, "slots");
    for (int32_t i = 0; ctg_slots_at(&row, slots, i); i++) {
        char begin[8], end[8];
        snprintf(begin, sizeof begin, "%02d:%02d", (int)(row.begin / 60 % 100),
                 (int)(row.begin % 60));
        snprintf(end, sizeof end, "%02d:%02d", (int)(row.end / 60 % 100),
                 (int)(row.end % 60));
        emit_object(&json, NULL);
        emit_text(&json, "structure", row.structure);
        emit_text_if(&json, "section", row.section);
        emit_text(&json, "begin", begin);
        emit_text(&json, "end", end);
        emit_int(&json, "most_minutes", row.most_minutes);
        emit_close(&json, '}');
    }
    emit_close(&json, ']');
    emit_digests(&json, in->problem);
    emit_end(&json);
}

static void put_stay(FILE *to, int32_t minutes) {
    fprintf(to, "%d h %02d", (int)(minutes / 60), (int)(minutes % 60));
}

static void put_text(FILE *to, cli_lang lang, const ctg_slots *slots,
                     const ctg_slot_question *asked) {
    ctg_slot row;
    fprintf(to, "%s  %s, %d %s, %s ", say(lang, WORD_SLOTS), asked->date,
            (int)asked->age_months, say(lang, WORD_MONTHS),
            say(lang, WORD_AT_LEAST));
    put_stay(to, asked->least_minutes);
    fputc('\n', to);
    if (!ctg_slots_at(&row, slots, 0))
        fprintf(to, "  %s\n", say(lang, WORD_NO_SLOT));
    for (int32_t i = 0; ctg_slots_at(&row, slots, i); i++) {
        fputs("  ", to);
        say_padded(to, row.structure, 16);
        fputc(' ', to);
        say_padded(to, row.section ? row.section : "", 12);
        fputc(' ', to);
        say_minute(to, row.begin);
        fputc('-', to);
        say_minute(to, row.end);
        if (row.most_minutes < row.end - row.begin) {
            fprintf(to, "  %s ", say(lang, WORD_STAY_AT_MOST));
            put_stay(to, row.most_minutes);
        }
        fputc('\n', to);
    }
}

static cli_exit put_slots(const cli_args *args, inputs *in, const void *of) {
    const ctg_slot_question *const asked = of;
    ctg_slots *slots = NULL;
    page out;
    const ctg_status found =
        ctg_solution_slots(&slots, in->plan, asked, &in->err);
    if (found != CTG_OK)
        return inputs_fail(in, args, exit_of(found));
    cli_exit status = EXIT_INTERNAL;
    if (page_open(&out)) {
        if (args->value[OPT_JSON])
            put_json(out.to, in, slots, asked);
        else
            put_text(out.to, args->lang, slots, asked);
        status = page_print(&out);
    }
    ctg_slots_free(slots);
    return status;
}

cli_exit run_slots(const cli_args *args) {
    ctg_slot_question asked;
    const cli_exit status = take_question(&asked, args);
    return status == EXIT_DONE ? inputs_answer(args, put_slots, &asked)
                               : status;
}
