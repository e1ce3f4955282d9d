// SPDX-License-Identifier: GPL-3.0-or-later
/* Rule packs (format.md 6): rules sorted by id and first day, parameters by
 * kind. */
#include <string.h>

#include "base/sha256.h"
#include "io/document.h"
#include "io/intake.h"

enum { RULES_MOST = 2000 };

static words kind_words(const char *names[N_RULE_KINDS]) {
    for (int32_t i = 0; i < N_RULE_KINDS; i++)
        names[i] = rule_kind_name((rule_kind)i);
    return (words){N_RULE_KINDS, names};
}

static words status_words(const char *names[STATUS_MEMORY + 1]) {
    for (int32_t i = 0; i <= STATUS_MEMORY; i++)
        names[i] = rule_status_name((rule_status)i);
    return (words){STATUS_MEMORY + 1, names};
}

static int32_t take_first_day(reader *r, const cursor *at) {
    const int32_t day = take_date(r, at, "valid_from", OMITTED, CIVIL_NONE);
    return day == CIVIL_NONE ? INT32_MIN : day;
}

static int32_t take_last_day(reader *r, const cursor *at) {
    const int32_t day = take_date(r, at, "valid_to", OMITTED, CIVIL_NONE);
    return day == CIVIL_NONE ? INT32_MAX : day;
}

static void read_rule(reader *r, const cursor *at, rule *out) {
    static const char *const known[] = {"id",         "kind",     "article",
                                        "title",      "title_fr", "status",
                                        "valid_from", "valid_to", "parameters"};
    const char *kinds[N_RULE_KINDS], *statuses[STATUS_MEMORY + 1];
    uint32_t parts = 0;
    if (!open_object(r, at, known, COUNT(known)))
        return;
    out->id = take_id(r, at, "id", REQUIRED, NULL);
    const int32_t kind =
        take_word(r, at, "kind", REQUIRED, kind_words(kinds), -1);
    out->kind = kind < 0 ? RULE_DATA : (rule_kind)kind;
    out->article = take_text(r, at, "article", FILLED, "");
    out->title = take_text(r, at, "title", FILLED, "");
    out->title_fr = take_text(r, at, "title_fr", FILLED, "");
    out->status = (rule_status)take_word(r, at, "status", REQUIRED,
                                         status_words(statuses), 0);
    out->valid_from = take_first_day(r, at);
    out->valid_to = take_last_day(r, at);
    if (out->valid_from > out->valid_to)
        fault_interval(r, at, "valid_from", "valid_to");
    if (kind >= 0)
        take_rule_parameters(r, at, out, false, &parts);
    close_object(r);
}

/* Sorts versions of a rule by their first day ('.' and '-' are above ' '). */
static const char *rule_key(reader *r, const rule *one) {
    char day[CIVIL_TEXT] = "0";
    if (!one->id)
        return NULL;
    if (one->valid_from != INT32_MIN)
        civil_print(one->valid_from, day);
    return reader_kept(r, arena_printf(r->tables, "%s %s", one->id, day));
}

static bool rules_clash(const rule *a, const rule *b) {
    const bool by_id =
        a->kind == RULE_RATIO || a->kind == RULE_DATA ||
        a->kind == RULE_LABOUR ||
        (a->kind == RULE_MINIMUM && (a->applies.given || b->applies.given));
    if (a->kind != b->kind || !a->id || !b->id)
        return false;
    if (by_id && strcmp(a->id, b->id) != 0)
        return false;
    return a->valid_from <= b->valid_to && b->valid_from <= a->valid_to;
}

static void fault_clashes(reader *r, const set *s, const rule *rules) {
    for (int32_t i = 0; i < s->items.n; i++)
        for (int32_t k = i + 1; k < s->items.n; k++) {
            if (!rules_clash(&rules[i], &rules[k]))
                continue;
            const cursor at = cursor_element(&s->items.at, s->entries[k].index);
            char one[SHOWN], other[SHOWN];
            reader_fault(r, FAULT_ERROR, "E-RULE-OVERLAP", &at,
                         "\"%s\" and \"%s\" of one kind are valid on the same "
                         "day. Maybe one should end with valid_to.",
                         shown(one, rules[k].id), shown(other, rules[i].id));
        }
}

static ctg_status read_rules(reader *r, const cursor *at, rule_pack *out) {
    set s = open_set(r, at, "rules", REQUIRED, RULES_MOST, "id");
    rule *const rules = ARENA_NEW(r->tables, rule, s.items.n);
    if (!reader_kept(r, rules))
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < s.items.n; i++) {
        const cursor one = cursor_element(&s.items.at, i);
        set_enter(r, &s, i);
        read_rule(r, &one, &rules[i]);
        rules[i].pack = out->id ? out->id : "";
        set_leave(r, &s, i, rule_key(r, &rules[i]));
    }
    close_set(r, &s);
    out->n_rules = s.items.n;
    out->rules = SET_SORTED(r, &s, rule, rules);
    if (out->rules)
        fault_clashes(r, &s, out->rules);
    return reader_status(r);
}

static void put_digest(const text *echo, size_t begin, char out[72]) {
    sha256 hash;
    uint8_t bytes[SHA256_BYTES];
    sha256_init(&hash);
    sha256_add(&hash, echo->at + begin, echo->n - begin);
    sha256_end(&hash, bytes);
    strcpy(out, "sha256:");
    sha256_hex(bytes, out + strlen(out));
}

static void take_schema(reader *r, const cursor *at) {
    static const char name[] = "ctgsched/rules/1";
    echo_member_string(r, "schema", name);
    check_schema(r, at, name);
}

ctg_status read_pack(reader *r, const cursor *at, rule_pack *out) {
    static const char *const known[] = {"schema",   "id",  "title",
                                        "title_fr", "law", "rules"};
    *out = (rule_pack){0};
    if (!open_object(r, at, known, COUNT(known)))
        return reader_status(r);
    const size_t begin = r->echo->n ? r->echo->n - 1 : 0;
    take_schema(r, at);
    out->id = take_id(r, at, "id", REQUIRED, NULL);
    out->title = take_text(r, at, "title", FILLED, "");
    out->title_fr = take_text(r, at, "title_fr", FILLED, "");
    out->law = take_text(r, at, "law", FILLED, "");
    TRY(read_rules(r, at, out));
    close_object(r);
    if (!r->echo->failed)
        put_digest(r->echo, begin, out->digest);
    return reader_status(r);
}
