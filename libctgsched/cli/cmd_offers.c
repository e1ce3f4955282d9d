// SPDX-License-Identifier: GPL-3.0-or-later
/* ctgsched offers: what the plan could give to a request. */
#include <stdlib.h>
#include <string.h>

#include "cli/gains.h"
#include "cli/load.h"
#include "cli/sheets.h"
#include "cli/show.h"

enum { HEAD_DEFAULT = 10, MOST_NAMED = 4, OPTION_COLUMN = 24 };

/* --- JSON
 * ------------------------------------------------------------------------
 */

static void emit_offer(emit *json, const ctg_offers *offers, int32_t i,
                       const ctg_offer *offer) {
    ctg_goal_change goal;
    emit_object(json, NULL);
    emit_text(json, "option", offer->option);
    emit_text(json, "structure", offer->structure);
    emit_int(json, "rank", offer->rank);
    emit_text(json, "kind", ctg_offer_kind_text((ctg_offer_kind)offer->kind));
    emit_text_if(json, "other", offer->other);
    emit_text_if(json, "other_option", offer->other_option);
    emit_array(json, "goals");
    for (int32_t g = 0; ctg_offers_goal(&goal, offers, i, g); g++)
        emit_gain(json, &goal);
    emit_close(json, ']');
    emit_close(json, '}');
}

static void emit_block(emit *json, const ctg_offers *offers, int32_t i,
                       int32_t k, const ctg_breach *block) {
    const char *holder;
    emit_object(json, NULL);
    emit_object(json, "breach");
    emit_breach(json, block);
    emit_close(json, '}');
    emit_array(json, "holders");
    for (int32_t h = 0; ctg_offers_holder(&holder, offers, i, k, h); h++)
        emit_text(json, NULL, holder);
    emit_close(json, ']');
    emit_close(json, '}');
}

/* Several offers of one option have the same in their way. */
static bool is_first_of_option(const ctg_offers *offers, int32_t i,
                               const ctg_offer *offer) {
    ctg_offer before;
    for (int32_t k = 0; k < i && ctg_offers_at(&before, offers, k); k++)
        if (strcmp(before.option, offer->option) == 0)
            return false;
    return true;
}

static void emit_ways(emit *json, const ctg_offers *offers) {
    ctg_offer offer;
    emit_array(json, "in_the_way");
    for (int32_t i = 0; ctg_offers_at(&offer, offers, i); i++) {
        ctg_breach block;
        if (offer.n_blocks == 0 || !is_first_of_option(offers, i, &offer))
            continue;
        emit_object(json, NULL);
        emit_text(json, "option", offer.option);
        emit_array(json, "rules");
        for (int32_t k = 0; ctg_offers_block(&block, offers, i, k); k++)
            emit_block(json, offers, i, k, &block);
        emit_close(json, ']');
        emit_close(json, '}');
    }
    emit_close(json, ']');
}

static void put_json(FILE *to, const inputs *in, const ctg_offers *offers,
                     const char *request) {
    ctg_offer offer;
    emit json;
    emit_begin(&json, to, "offers");
    emit_text(&json, "status", "ok");
    emit_text(&json, "request", request);
    emit_array(&json, "offers");
    for (int32_t i = 0; ctg_offers_at(&offer, offers, i); i++)
        emit_offer(&json, offers, i, &offer);
    emit_close(&json, ']');
    emit_ways(&json, offers);
    emit_digests(&json, in->problem);
    emit_end(&json);
}

/* --- text
 * ------------------------------------------------------------------------
 */

static void put_kind(FILE *to, cli_lang lang, const ctg_offer *offer) {
    if (offer->kind == CTG_OFFER_FREE)
        fputs(say(lang, WORD_FITS), to);
    else if (offer->kind == CTG_OFFER_BLOCKED)
        fputs(say(lang, WORD_BLOCKED), to);
    else if (offer->other_option)
        fprintf(to, "%s %s %s %s", say(lang, WORD_FITS_WHEN), offer->other,
                say(lang, WORD_TAKES), offer->other_option);
    else
        fprintf(to, "%s %s %s", say(lang, WORD_FITS_WHEN), offer->other,
                say(lang, WORD_WAITS));
}

static void put_offer(FILE *to, cli_lang lang, const ctg_offers *offers,
                      int32_t i, const ctg_offer *offer) {
    ctg_goal_change goal;
    fputs("  ", to);
    say_padded(to, offer->option, OPTION_COLUMN);
    fprintf(to, " %s %d  ", say(lang, WORD_RANK), (int)offer->rank);
    put_kind(to, lang, offer);
    for (int32_t g = 0; ctg_offers_goal(&goal, offers, i, g); g++)
        show_gain(to, lang, &goal);
    fputc('\n', to);
}

static void put_holders(FILE *to, cli_lang lang, const ctg_offers *offers,
                        int32_t i, int32_t k) {
    const char *holder;
    int32_t h = 0;
    for (; ctg_offers_holder(&holder, offers, i, k, h); h++) {
        if (h == 0)
            fprintf(to, ", %s", say(lang, WORD_HELD_BY));
        if (h < MOST_NAMED)
            fprintf(to, " %s", holder);
    }
    if (h > MOST_NAMED)
        fprintf(to, " + %d", (int)(h - MOST_NAMED));
}

/* The first rule in the way of the option, and how many more. */
static void put_way(FILE *to, cli_lang lang, const ctg_offers *offers,
                    int32_t i, const ctg_offer *offer) {
    ctg_breach block;
    if (!ctg_offers_block(&block, offers, i, 0))
        return;
    fputs("  ", to);
    say_padded(to, offer->option, OPTION_COLUMN);
    fprintf(to, " %s", block.rule);
    show_where(to, lang, &block.where);
    put_holders(to, lang, offers, i, 0);
    if (offer->n_blocks > 1)
        fprintf(to, "; + %d", (int)(offer->n_blocks - 1));
    fputc('\n', to);
}

static void put_text(FILE *to, cli_lang lang, const ctg_offers *offers,
                     const char *request, int32_t head) {
    ctg_offer offer;
    int32_t n = 0, n_ways = 0;
    fprintf(to, "%s  %s\n", say(lang, WORD_OFFERS), request);
    for (; ctg_offers_at(&offer, offers, n); n++)
        if (n < head)
            put_offer(to, lang, offers, n, &offer);
    if (n == 0)
        fprintf(to, "  %s\n", say(lang, WORD_NO_SLOT));
    put_more(to, lang, n, head);
    for (int32_t i = 0; ctg_offers_at(&offer, offers, i); i++) {
        if (offer.n_blocks == 0 || !is_first_of_option(offers, i, &offer))
            continue;
        if (n_ways == 0)
            fprintf(to, "\n%s\n", say(lang, WORD_IN_THE_WAY));
        if (n_ways++ < head)
            put_way(to, lang, offers, i, &offer);
    }
    put_more(to, lang, n_ways, head);
}

static cli_exit put_offers(const cli_args *args, inputs *in, const void *of) {
    const char *const request = of;
    const char *const head = args->value[OPT_HEAD];
    const char *const searched = args->value[OPT_SEARCH];
    ctg_offer_question asked = CTG_OFFER_QUESTION_INIT;
    ctg_offers *offers = NULL;
    page out;
    asked.request = request;
    if (searched)
        asked.searched = (int32_t)strtol(searched, NULL, 10);
    const ctg_status found =
        ctg_solution_offers(&offers, in->plan, &asked, &in->err);
    if (found != CTG_OK)
        return inputs_fail(in, args, exit_of(found));
    cli_exit status = EXIT_INTERNAL;
    if (page_open(&out)) {
        if (args->value[OPT_JSON])
            put_json(out.to, in, offers, request);
        else
            put_text(out.to, args->lang, offers, request,
                     head ? (int32_t)strtol(head, NULL, 10) : HEAD_DEFAULT);
        status = page_print(&out);
    }
    ctg_offers_free(offers);
    return status;
}

cli_exit run_offers(const cli_args *args) {
    if (!args->value[OPT_REQUEST]) {
        complain("offers needs --request. Maybe the id of one that waits.");
        return EXIT_USAGE;
    }
    return inputs_answer(args, put_offers, args->value[OPT_REQUEST]);
}
