// SPDX-License-Identifier: GPL-3.0-or-later
/* The library has checked these texts before; here they are only taken apart.
 */
#include "cli/packs.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static json_t *load(const char *at, size_t n) {
    json_error_t where;
    return json_loadb(at, n, JSON_REJECT_DUPLICATES, &where);
}

bool packs_set_seed(blob *out, const blob *problem, const char *seed) {
    json_t *const root = load(problem->at, problem->n);
    json_t *parameters = json_object_get(root, "parameters");
    *out = (blob){0};
    if (json_is_object(root) && !parameters) {
        parameters = json_object();
        json_object_set_new(root, "parameters", parameters);
    }
    json_t *const value = json_string(seed);
    if (value && json_object_set_new(parameters, "seed", value) == 0) {
        out->at = json_dumps(root, JSON_COMPACT);
        out->n = out->at ? strlen(out->at) : 0;
    }
    json_decref(root);
    return out->at != NULL;
}

static const char *member(const json_t *object, const char *key) {
    const char *const value = json_string_value(json_object_get(object, key));
    return value ? value : "";
}

static const char *title_of(const json_t *object, cli_lang lang) {
    const char *const french = member(object, "title_fr");
    return lang == LANG_FR && french[0] ? french : member(object, "title");
}

static pack_rule rule_of(const json_t *object, cli_lang lang) {
    const json_t *const parameters = json_object_get(object, "parameters");
    return (pack_rule){
        .id = member(object, "id"),
        .kind = member(object, "kind"),
        .article = member(object, "article"),
        .title = title_of(object, lang),
        .status = member(object, "status"),
        .valid_from = member(object, "valid_from"),
        .valid_to = member(object, "valid_to"),
        .parameters = parameters ? json_dumps(parameters, JSON_COMPACT) : NULL,
    };
}

bool pack_read(pack *out, const char *json, size_t n, cli_lang lang) {
    json_t *const root = load(json, n);
    const json_t *const rules = json_object_get(root, "rules");
    const size_t n_rules = json_array_size(rules);
    *out = (pack){.root = root};
    if (!root)
        return false;
    out->id = member(root, "id");
    out->title = title_of(root, lang);
    out->law = member(root, "law");
    out->rules = calloc(n_rules + 1, sizeof *out->rules);
    if (!out->rules) {
        pack_free(out);
        return false;
    }
    for (size_t i = 0; i < n_rules; i++)
        out->rules[i] = rule_of(json_array_get(rules, i), lang);
    out->n_rules = (int32_t)n_rules;
    return true;
}

void pack_free(pack *held) {
    for (int32_t i = 0; i < held->n_rules; i++)
        free(held->rules[i].parameters);
    free(held->rules);
    json_decref(held->root);
    *held = (pack){0};
}

/* An id, or that of a whole object that comes new. */
static const char *named(const json_t *change, const char *key) {
    const json_t *const its = json_object_get(change, key);
    return json_is_object(its) ? member(its, "id") : member(change, key);
}

bool changes_read(change_list *out, const char *json, size_t n) {
    json_t *const root = load(json, n);
    const json_t *const list = json_object_get(root, "changes");
    const size_t n_changes = json_array_size(list);
    *out = (change_list){.root = root};
    out->at = calloc(n_changes + 1, sizeof *out->at);
    if (!root || !out->at)
        return false;
    for (size_t k = 0; k < n_changes; k++) {
        const json_t *const one = json_array_get(list, k);
        out->at[out->n++] = (change_row){.op = member(one, "op"),
                                         .request = named(one, "request"),
                                         .child = named(one, "child"),
                                         .employee = named(one, "employee"),
                                         .structure = named(one, "structure")};
    }
    return true;
}

void changes_free(change_list *held) {
    json_decref(held->root);
    free(held->at);
    *held = (change_list){0};
}
