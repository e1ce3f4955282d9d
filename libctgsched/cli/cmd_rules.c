// SPDX-License-Identifier: GPL-3.0-or-later
/* ctgsched rules list | show PACK: the law as data. Packs given by --rules
 * replace embedded ones of the same id, as they do for a problem. */
#include <string.h>

#include "cli/dates.h"
#include "cli/lang.h"
#include "cli/load.h"
#include "cli/packs.h"

static const char *scope_of(const char *kind, cli_lang lang) {
#define KIND_SCOPE(name, en, fr) {name, en, fr},
    static const char *const scopes[][3] = {
#include "cli/kinds.def"
    };
#undef KIND_SCOPE
    for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++)
        if (strcmp(scopes[i][0], kind) == 0)
            return scopes[i][lang == LANG_FR ? 2 : 1];
    return "";
}

static bool is_in_force(const pack_rule *rule, const char *at) {
    /* ISO dates compare as text. */
    return !at ||
           ((!rule->valid_from[0] || strcmp(rule->valid_from, at) <= 0) &&
            (!rule->valid_to[0] || strcmp(at, rule->valid_to) <= 0));
}

/* All packs: those given, then the embedded ones not replaced. */
typedef struct shelf {
    int32_t n;
    pack packs[64];
} shelf;

static const pack *shelf_find(const shelf *all, const char *id) {
    for (int32_t i = 0; i < all->n; i++)
        if (strcmp(all->packs[i].id, id) == 0)
            return &all->packs[i];
    return NULL;
}

static bool shelf_add(shelf *all, const char *json, size_t n, cli_lang lang) {
    pack read;
    if (all->n == (int32_t)(sizeof all->packs / sizeof all->packs[0]) ||
        !pack_read(&read, json, n, lang))
        return false;
    if (shelf_find(all, read.id))
        pack_free(&read);
    else
        all->packs[all->n++] = read;
    return true;
}

static cli_exit shelf_fill(shelf *all, inputs *in, const cli_args *args) {
    for (int32_t i = 0; i < in->n_packs; i++) {
        ctg_lint found;
        faults_from(&in->faults, args->packs[i]);
        if (ctg_rules_lint(&found, in->packs[i].at, in->packs[i].bytes,
                           &in->reading, &in->err) != CTG_OK)
            return EXIT_INTERNAL;
        if (found.n_errors > 0)
            return EXIT_INPUT;
        if (!shelf_add(all, in->packs[i].at, in->packs[i].bytes, args->lang))
            return EXIT_INTERNAL;
    }
    size_t n = 0;
    const char *text;
    for (int32_t i = 0; (text = ctg_rules_text(i, NULL, &n)); i++)
        if (!shelf_add(all, text, n, args->lang))
            return EXIT_INTERNAL;
    return EXIT_DONE;
}

static int32_t count_status(const pack *one, const char *status) {
    int32_t n = 0;
    for (int32_t i = 0; i < one->n_rules; i++)
        n += strcmp(one->rules[i].status, status) == 0;
    return n;
}

static void list_text(FILE *to, const shelf *all, const cli_args *args) {
    const cli_lang lang = args->lang;
    for (int32_t i = 0; i < all->n; i++) {
        const pack *const one = &all->packs[i];
        say_padded(to, one->id, 20);
        fprintf(to, "%4d %s (%d %s, %d %s, %d %s)  %s\n", (int)one->n_rules,
                say(lang, WORD_RULES), (int)count_status(one, "verified"),
                say(lang, WORD_VERIFIED), (int)count_status(one, "secondary"),
                say(lang, WORD_SECONDARY), (int)count_status(one, "memory"),
                say(lang, WORD_MEMORY), one->title);
    }
}

static void list_json(FILE *to, const shelf *all) {
    emit json;
    emit_begin(&json, to, "rules");
    emit_array(&json, "packs");
    for (int32_t i = 0; i < all->n; i++) {
        emit_object(&json, NULL);
        emit_text(&json, "id", all->packs[i].id);
        emit_text(&json, "title", all->packs[i].title);
        emit_text(&json, "law", all->packs[i].law);
        emit_int(&json, "rules", all->packs[i].n_rules);
        emit_close(&json, '}');
    }
    emit_close(&json, ']');
    emit_end(&json);
}

static void show_row(FILE *to, cli_lang lang, word name, const char *value) {
    fputs("  ", to);
    say_padded(to, say(lang, name), 14);
    fprintf(to, "%s\n", value[0] ? value : "-");
}

static void show_rule(FILE *to, cli_lang lang, const pack_rule *rule) {
    char dates[32];
    snprintf(dates, sizeof dates, "%s .. %s", rule->valid_from, rule->valid_to);
    fprintf(to, "\n%s  [%s]  %s\n", rule->id, rule->kind, rule->title);
    show_row(to, lang, WORD_ARTICLE, rule->article);
    show_row(to, lang, WORD_SCOPE, scope_of(rule->kind, lang));
    show_row(to, lang, WORD_DATES, dates);
    show_row(to, lang, WORD_PARAMETERS,
             rule->parameters ? rule->parameters : "{}");
    show_row(to, lang, WORD_STATUS, rule->status);
}

static void show_text(FILE *to, const pack *one, const cli_args *args) {
    fprintf(to, "%s  %s\n%s\n", one->id, one->title, one->law);
    for (int32_t i = 0; i < one->n_rules; i++)
        if (is_in_force(&one->rules[i], args->value[OPT_AT]))
            show_rule(to, args->lang, &one->rules[i]);
}

static void show_json(FILE *to, const pack *one, const cli_args *args) {
    const char *const at = args->value[OPT_AT];
    emit json;
    emit_begin(&json, to, "rules");
    emit_text(&json, "pack", one->id);
    emit_text(&json, "title", one->title);
    emit_text(&json, "law", one->law);
    emit_text(&json, "at", at);
    emit_array(&json, "rules");
    for (int32_t i = 0; i < one->n_rules; i++) {
        const pack_rule *const rule = &one->rules[i];
        if (!is_in_force(rule, at))
            continue;
        emit_object(&json, NULL);
        emit_text(&json, "id", rule->id);
        emit_text(&json, "kind", rule->kind);
        emit_text(&json, "article", rule->article);
        emit_text(&json, "title", rule->title);
        emit_text(&json, "scope", scope_of(rule->kind, args->lang));
        emit_text_if(&json, "valid_from", rule->valid_from);
        emit_text_if(&json, "valid_to", rule->valid_to);
        const char *const parameters = rule->parameters;
        if (parameters)
            emit_raw(&json, "parameters", parameters, strlen(parameters));
        emit_text(&json, "status", rule->status);
        emit_close(&json, '}');
    }
    emit_close(&json, ']');
    emit_end(&json);
}

static cli_exit unknown_pack(const shelf *all, const char *id) {
    const char *names[64];
    for (int32_t i = 0; i < all->n; i++)
        names[i] = all->packs[i].id;
    const char *const near = suggest(id, names, all->n);
    complain("there is no rule pack \"%s\". Maybe %s.", id,
             near ? near : "see ctgsched rules list");
    return EXIT_USAGE;
}

static cli_exit rules_loaded(const shelf *all, const cli_args *args) {
    const bool is_json = args->value[OPT_JSON] != NULL;
    const bool is_list = strcmp(args->operands[0], "list") == 0;
    const pack *const one = is_list ? NULL : shelf_find(all, args->operands[1]);
    page out;
    if (!is_list && !one)
        return unknown_pack(all, args->operands[1]);
    if (!page_open(&out))
        return EXIT_INTERNAL;
    if (is_list && is_json)
        list_json(out.to, all);
    else if (is_list)
        list_text(out.to, all, args);
    else
        (is_json ? show_json : show_text)(out.to, one, args);
    return page_print(&out);
}

static cli_exit check_words(const cli_args *args) {
    const char *const actions[] = {"list", "show"};
    const char *const action = args->operands[0];
    const char *const near = suggest(action, actions, 2);
    if (strcmp(action, "list") == 0 && args->n_operands == 1)
        return EXIT_DONE;
    if (strcmp(action, "show") == 0 && args->n_operands == 2)
        return EXIT_DONE;
    if (near && strcmp(near, action) != 0)
        complain("rules cannot \"%s\". Maybe \"%s\".", action, near);
    else
        complain("that is no use of rules. Maybe: ctgsched rules list, or "
                 "ctgsched rules show PACK.");
    return EXIT_USAGE;
}

cli_exit run_rules(const cli_args *args) {
    static shelf all;
    inputs in;
    cli_exit status = check_words(args);
    if (status != EXIT_DONE)
        return status;
    status = inputs_open(&in, args);
    if (status == EXIT_DONE)
        status = shelf_fill(&all, &in, args);
    if (status == EXIT_DONE)
        status = rules_loaded(&all, args);
    else
        inputs_fail(&in, args, status);
    for (int32_t i = 0; i < all.n; i++)
        pack_free(&all.packs[i]);
    inputs_close(&in);
    return status;
}
