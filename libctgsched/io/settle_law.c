// SPDX-License-Identifier: GPL-3.0-or-later
/* Derogations (format.md 6.3), the law of each structure by day, and what the
 * law says of the file: regimes in force, sizes of units, rules not verified.
 */
#include <string.h>

#include "io/intake.h"

enum { DEROGATIONS_MOST = 10000 };

/* Any version of the rule in the packs of the structure. */
static const rule *find_rule(const intake *in, int32_t index, const char *id) {
    const structure *const s = &in->structures[index];
    for (int32_t i = 0; i < s->n_packs; i++) {
        const rule_pack *const pack = &in->p->packs[s->packs[i]];
        for (int32_t k = 0; k < pack->n_rules; k++)
            if (pack->rules[k].id && strcmp(pack->rules[k].id, id) == 0)
                return &pack->rules[k];
    }
    return NULL;
}

static const rule *find_derogated(intake *in, const cursor *of,
                                  const derogation *d) {
    const cursor at = cursor_member(of, "rule");
    if (!d->rule || d->structure < 0)
        return NULL;
    const rule *const found = find_rule(in, d->structure, d->rule);
    if (!found)
        reader_fault(in->r, FAULT_ERROR, "E-REF", &at,
                     "no pack of the structure has a rule \"%s\". Maybe the "
                     "pack is missing in \"packs\".",
                     d->rule);
    return found;
}

/* Only true says something, and only true is echoed. */
static bool take_waive(reader *r, const cursor *of) {
    const cursor at = cursor_member(of, "waive");
    if (!json_is_false(at.at) && at.at)
        return take_bool(r, of, "waive", false);
    return false;
}

static void take_change(intake *in, const cursor *at, law_change *out) {
    reader *const r = in->r;
    const rule *const found = find_derogated(in, at, &out->of);
    const cursor parameters = cursor_member(at, "parameters");
    if (found && parameters.at) {
        out->values.kind = found->kind;
        take_rule_parameters(r, at, &out->values, true, &out->parts);
    }
    out->of.waive = take_waive(r, at);
    if (parameters.at && out->of.waive)
        reader_fault(r, FAULT_ERROR, "E-MEMBER", &parameters,
                     "\"parameters\" does not go with \"waive\". Maybe leave "
                     "one of them out.");
    if (!parameters.at && !out->of.waive)
        reader_fault(r, FAULT_ERROR, "E-MISSING", at,
                     "a derogation has \"parameters\" or \"waive\": true. "
                     "Maybe add one.");
}

static void read_derogation(intake *in, const cursor *at, law_change *out) {
    static const char *const known[] = {"id",         "rule", "structure",
                                        "first",      "last", "reason",
                                        "parameters", "waive"};
    reader *const r = in->r;
    derogation *const d = &out->of;
    d->structure = NONE;
    if (!open_object(r, at, known, COUNT(known)))
        return;
    d->id = take_id(r, at, "id", REQUIRED, NULL);
    d->rule = take_id(r, at, "rule", REQUIRED, NULL);
    d->structure =
        take_ref(r, at, "structure", REQUIRED, &in->structure_ids, "structure");
    d->first = take_date(r, at, "first", FILLED, in->first);
    d->last = take_date(r, at, "last", FILLED, in->last);
    if (d->first > d->last && cursor_has(at, "first") && cursor_has(at, "last"))
        fault_interval(r, at, "first", "last");
    d->reason = take_id(r, at, "reason", REQUIRED, NULL);
    take_change(in, at, out);
    close_object(r);
}

ctg_status read_derogations(intake *in, const cursor *root) {
    reader *const r = in->r;
    set items =
        open_set(r, root, "derogations", FILLED, DEROGATIONS_MOST, "id");
    const int32_t n = items.items.n;
    law_change *const changes = ARENA_NEW(r->tables, law_change, n);
    derogation *const all = ARENA_NEW(r->mem, derogation, n);
    if (!changes || !all)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < n; i++) {
        const cursor at = cursor_element(&items.items.at, i);
        set_enter(r, &items, i);
        read_derogation(in, &at, &changes[i]);
        set_leave(r, &items, i, changes[i].of.id);
    }
    close_set(r, &items);
    in->changes = SET_SORTED(r, &items, law_change, changes);
    for (int32_t i = 0; in->changes && i < n; i++)
        all[i] = in->changes[i].of;
    in->p->n_derogations = n;
    in->p->derogations = all;
    return reader_status(r);
}

/* The largest unit that the law allows on a day, derogations applied;
 * INT32_MAX without a rule. */
static int32_t unit_limit(const intake *in, int32_t index, int32_t civil) {
    const rule *const found =
        law_find(in->p, &in->structures[index], RULE_UNIT_MAX, NULL, civil);
    if (!found)
        return INT32_MAX;
    int32_t most = found->max_places;
    for (int32_t i = 0; i < in->p->n_derogations; i++) {
        const law_change *const c = &in->changes[i];
        if (c->of.structure != index || civil < c->of.first ||
            civil > c->of.last || strcmp(c->of.rule, found->id) != 0)
            continue;
        if (c->of.waive)
            return INT32_MAX;
        if (c->parts & PART_MAX_PLACES)
            most = c->values.max_places;
    }
    return most;
}

static void check_units(intake *in, const cursor *at, int32_t index) {
    const structure *const s = &in->structures[index];
    int32_t most = INT32_MAX;
    for (int32_t day = 0; day < in->p->n_days; day++) {
        const int32_t limit = unit_limit(in, index, in->p->days[day]);
        most = limit < most ? limit : most;
    }
    const char *const member = cursor_has(at, "units") ? "units" : "places";
    const cursor units = cursor_member(at, member);
    for (int32_t i = 0; i < s->n_units; i++)
        if (s->units[i] > most) {
            reader_fault(in->r, FAULT_ERROR, "E-UNIT", &units,
                         "a unit of %d places is above the %d that the law "
                         "allows. Maybe write the units one by one.",
                         (int)s->units[i], (int)most);
            return;
        }
}

static bool regime_exists(const intake *in, const structure *s,
                          const char *id) {
    for (int32_t i = 0; i < s->n_packs; i++) {
        const rule_pack *const pack = &in->p->packs[s->packs[i]];
        for (int32_t k = 0; k < pack->n_rules; k++)
            if (pack->rules[k].kind == RULE_RATIO &&
                strcmp(pack->rules[k].id, id) == 0)
                return true;
    }
    return false;
}

static void fault_no_regime(intake *in, const cursor *at, const char *id) {
    reader_fault(in->r, FAULT_ERROR, "E-REF", at,
                 "no pack of the structure has a ratio \"%s\". Maybe the "
                 "pack is missing in \"packs\".",
                 id);
}

static void fault_expired(intake *in, const cursor *at, const char *id,
                          int32_t civil) {
    char date[CIVIL_TEXT];
    civil_print(civil, date);
    reader_fault(in->r, FAULT_ERROR, "E-EXPIRED", at,
                 "\"%s\" is not in force on %s. Maybe a newer pack, or "
                 "another regime.",
                 id, date);
}

/* A regime that is named is in force on every day of the horizon. */
static void check_regime(intake *in, const cursor *at, int32_t index) {
    const structure *const s = &in->structures[index];
    const cursor ratio = cursor_member(at, "ratio");
    const cursor regime = cursor_member(&ratio, "regime");
    const cursor *const where_to = ratio.at ? &regime : at;
    if (!s->has_ratio)
        return;
    if (!regime_exists(in, s, s->regime)) {
        fault_no_regime(in, where_to, s->regime);
        return;
    }
    for (int32_t day = 0; day < in->p->n_days; day++) {
        const int32_t civil = in->p->days[day];
        if (law_find(in->p, s, RULE_RATIO, s->regime, civil))
            continue;
        fault_expired(in, where_to, s->regime, civil);
        return;
    }
}

/* The place of a session in the file; it refers to `sessions`. */
static cursor session_at_file(const cursor *sessions, const char *id) {
    for (size_t i = 0; i < json_array_size(sessions->at); i++) {
        const cursor one = cursor_element(sessions, (int32_t)i);
        const char *const its =
            json_string_value(json_object_get(one.at, "id"));
        if (its && strcmp(its, id) == 0)
            return one;
    }
    return *sessions;
}

static void fault_regime(intake *in, const cursor *at, const session *of,
                         const rule *named, int32_t civil, int32_t stay) {
    char date[CIVIL_TEXT];
    civil_print(civil, date);
    if (named)
        reader_fault(in->r, FAULT_ERROR, "E-REGIME", at,
                     "\"%s\" is not for session \"%s\", whose stay is %d "
                     "minutes on %s. Maybe leave \"regime\" out: the law says "
                     "which.",
                     named->id, of->id, (int)stay, date);
    else
        reader_fault(in->r, FAULT_ERROR, "E-REGIME", at,
                     "the law has no ratio for session \"%s\", whose stay is "
                     "%d minutes on %s. Maybe name one in \"regime\", or null.",
                     of->id, (int)stay, date);
}

/* The law of one step of the day's sessions; false when it is at fault. */
static bool check_step(intake *in, const cursor *structure_at,
                       const structure *s, int32_t day, int32_t k) {
    const session *const of =
        &s->sessions[s->session.days[day].steps[k].value - 1];
    const int32_t civil = in->p->days[day], stay = session_stay(s, day, k);
    const rule *const found = session_ratio(in->p, s, of, civil, stay);
    const bool is_named = of->regime_is == REGIME_NAMED;
    const bool is_free = of->setting == SETTING_NONE;
    if (of->regime_is == REGIME_NONE || (!is_named && is_free) ||
        (found && (is_free || rule_applies(found, of, stay))))
        return true;
    const cursor sessions = cursor_member(structure_at, "sessions");
    const cursor at = session_at_file(&sessions, of->id);
    const cursor regime = cursor_member(&at, "regime");
    if (is_named && !found && !regime_exists(in, s, of->regime))
        fault_no_regime(in, &regime, of->regime);
    else if (is_named && !found)
        fault_expired(in, &regime, of->regime, civil);
    else
        fault_regime(in, is_named ? &regime : &at, of, found, civil, stay);
    return false;
}

/* Each session once, on its first day at fault. */
static void check_sessions(intake *in, const cursor *at, int32_t index) {
    const structure *const s = &in->structures[index];
    uint64_t faulty = 0;
    for (int32_t day = 0; s->n_sessions > 0 && day < in->p->n_days; day++)
        for (int32_t k = 0; k < s->session.days[day].n; k++) {
            const uint64_t bit = UINT64_C(1)
                                 << (s->session.days[day].steps[k].value - 1);
            if (!(faulty & bit) && !check_step(in, at, s, day, k))
                faulty |= bit;
        }
}

static void warn_rule(intake *in, const cursor *at, const rule *one,
                      idmap *warned) {
    if (!one || one->status == STATUS_VERIFIED ||
        idmap_get(warned, one->id) >= 0)
        return;
    if (idmap_put(in->r->tables, warned, one->id, 0) < 0)
        in->r->no_memory = true;
    reader_fault(in->r, FAULT_WARNING, "W-UNVERIFIED", at,
                 "rule \"%s\" of pack \"%s\" is in use, its status is "
                 "\"%s\". Maybe read the text of the law again before you "
                 "rely on it.",
                 one->id, one->pack, rule_status_name(one->status));
}

/* Once for each rule, at the first structure that uses it. */
static void warn_unverified(intake *in, const cursor *at, const structure *s,
                            idmap *warned) {
    const law_table *const t = s->law;
    for (int32_t day = 0; day < t->n_days; day++) {
        const law *const now = t->days[day];
        for (int32_t k = 0; t->sessions && k < s->session.days[day].n; k++) {
            warn_rule(in, at, t->sessions[day][k]->ratio, warned);
            warn_rule(in, at, t->sessions[day][k]->minimum, warned);
        }
        if (day > 0 && now == t->days[day - 1])
            continue;
        warn_rule(in, at, now->ratio, warned);
        warn_rule(in, at, now->quota, warned);
        warn_rule(in, at, now->director, warned);
        warn_rule(in, at, now->outing, warned);
        warn_rule(in, at, now->minimum, warned);
        warn_rule(in, at, now->cat1_share, warned);
        warn_rule(in, at, now->over_capacity, warned);
        warn_rule(in, at, now->guaranteed, warned);
        warn_rule(in, at, now->adaptation, warned);
    }
}

ctg_status settle_law(intake *in, const cursor *root) {
    const cursor list_at = cursor_member(root, "structures");
    idmap warned = {0};
    if (in->r->faults->n_errors > 0)
        return reader_status(in->r);
    for (int32_t i = 0; i < in->p->n_structures; i++) {
        structure *const s = &in->structures[i];
        const cursor at = cursor_element(&list_at, in->notes[i].file_index);
        check_regime(in, &at, i);
        check_sessions(in, &at, i);
        check_units(in, &at, i);
        TRY(law_build(&s->law, in->p, i, in->changes, in->p->n_derogations,
                      in->r->mem, NULL));
        warn_unverified(in, &at, s, &warned);
        warn_rule(in, &at, law_find(in->p, s, RULE_UNIT_MAX, NULL, in->first),
                  &warned);
    }
    return reader_status(in->r);
}
