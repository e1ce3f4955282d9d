// SPDX-License-Identifier: GPL-3.0-or-later
/* What a plan declares to be short of (format.md 9): the members that apply,
 * sorted into the one order of shortages. */
#include <stdlib.h>
#include <string.h>

#include "io/plan_reader.h"

enum { LIST_MOST = 10000000 };

static void fault_ref(reader *r, const cursor *of, const char *name,
                      const char *id) {
    const cursor at = cursor_member(of, name);
    char print[SHOWN];
    reader_fault(r, FAULT_ERROR, "E-REF", &at,
                 "the problem has no %s \"%s\" there. Maybe the plan is of "
                 "another problem.",
                 name, shown(print, id));
}

/* Under "section" stands a section, or the quota of rule "shared". */
static void take_section(plan_reader *in, const cursor *of, where *at) {
    const char *const id = take_id(in->r, of, "section", OMITTED, NULL);
    const structure *const s =
        at->structure == NONE ? NULL : &in->p->structures[at->structure];
    if (!id)
        return;
    for (int32_t i = 0; s && at->rule == BREAKS_SHARED && i < s->n_shared; i++)
        if (strcmp(s->shared[i].id, id) == 0)
            at->shared = i;
    for (int32_t i = 0; s && at->rule != BREAKS_SHARED && i < s->n_sections;
         i++)
        if (strcmp(s->sections[i].id, id) == 0)
            at->section = i;
    if (at->shared == NONE && at->section == NONE)
        fault_ref(in->r, of, "section", id);
}

static void take_need(plan_reader *in, const cursor *of, where *at) {
    const char *const id = take_id(in->r, of, "need", OMITTED, NULL);
    for (int32_t i = 0; id && i < in->p->n_needs; i++)
        if (strcmp(in->p->needs[i].id, id) == 0)
            at->need = i;
    if (id && at->need == NONE)
        fault_ref(in->r, of, "need", id);
}

static void take_skill(plan_reader *in, const cursor *of, where *at) {
    const char *const id = take_id(in->r, of, "skill", OMITTED, NULL);
    for (int32_t i = 0; id && i < in->p->n_skills; i++)
        if (strcmp(in->p->skills[i], id) == 0)
            at->skill = i;
    if (id && at->skill == NONE)
        fault_ref(in->r, of, "skill", id);
}

/* The problem's own text, so that the order of managers is that of ids. */
static void take_manager(plan_reader *in, const cursor *of, where *at) {
    const char *const id = take_id(in->r, of, "manager", OMITTED, NULL);
    for (int32_t i = 0; id && i < in->p->n_structures; i++)
        if (strcmp(in->p->structures[i].manager, id) == 0)
            at->manager = in->p->structures[i].manager;
    if (id && !at->manager)
        fault_ref(in->r, of, "manager", id);
}

/* `n` digits as a number, -1 when they are not digits. */
static int32_t digits(const char *value, int32_t n) {
    int32_t number = 0;
    for (int32_t i = 0; i < n; i++) {
        if (value[i] < '0' || value[i] > '9')
            return -1;
        number = 10 * number + (value[i] - '0');
    }
    return number;
}

/* "2026-W37" or "2026-09". */
static void take_week(plan_reader *in, const cursor *of, where *at) {
    const char *const value = take_text(in->r, of, "week", OMITTED, NULL);
    const cursor member = cursor_member(of, "week");
    if (!value)
        return;
    const bool is_good = strlen(value) == 8 && digits(value, 4) >= 0 &&
                         value[4] == '-' && value[5] == 'W' &&
                         digits(value + 6, 2) >= 0;
    if (is_good)
        at->week = 100 * digits(value, 4) + digits(value + 6, 2);
    else
        reader_fault(in->r, FAULT_ERROR, "E-DATE", &member,
                     "this is not an ISO week. Maybe write it as 2026-W37.");
}

static void take_month(plan_reader *in, const cursor *of, where *at) {
    const char *const value = take_text(in->r, of, "month", OMITTED, NULL);
    const cursor member = cursor_member(of, "month");
    if (!value)
        return;
    const bool is_good = strlen(value) == 7 && digits(value, 4) >= 0 &&
                         value[4] == '-' && digits(value + 5, 2) >= 1 &&
                         digits(value + 5, 2) <= 12;
    if (is_good)
        at->month = 12 * digits(value, 4) + digits(value + 5, 2) - 1;
    else
        reader_fault(in->r, FAULT_ERROR, "E-DATE", &member,
                     "this is not a month. Maybe write it as 2026-09.");
}

static void take_interval(plan_reader *in, const cursor *of, where *at) {
    reader *const r = in->r;
    at->civil = take_date(r, of, "date", OMITTED, CIVIL_NONE);
    if (cursor_has(of, "begin"))
        at->begin = take_time(r, of, "begin", OMITTED, 0);
    if (cursor_has(of, "end"))
        at->end = take_time(r, of, "end", OMITTED, 0);
    if ((at->begin == NONE) != (at->end == NONE))
        reader_fault(r, FAULT_ERROR, "E-MISSING", of,
                     "\"begin\" and \"end\" go together. Maybe add the other.");
    else if (at->begin != NONE && at->begin >= at->end)
        fault_interval(r, of, "begin", "end");
}

static int32_t take_rule(reader *r, const cursor *of) {
    const char *names[N_PLAN_RULES];
    for (int32_t i = 0; i < N_PLAN_RULES; i++)
        names[i] = rule_name_text((rule_name)i);
    return take_word(r, of, "rule", REQUIRED, (words){N_PLAN_RULES, names}, 0);
}

static int32_t take_kind(reader *r, const cursor *of) {
    const char *names[N_SHORTAGE_KINDS];
    for (int32_t i = 0; i < N_SHORTAGE_KINDS; i++)
        names[i] = shortage_kind_text((shortage_kind)i);
    return take_word(r, of, "kind", REQUIRED, (words){N_SHORTAGE_KINDS, names},
                     0);
}

static const where nowhere = {.structure = NONE,
                              .section = NONE,
                              .shared = NONE,
                              .need = NONE,
                              .skill = NONE,
                              .request = NONE,
                              .resource = NONE,
                              .employee = NONE,
                              .group = NONE,
                              .civil = CIVIL_NONE,
                              .begin = NONE,
                              .end = NONE,
                              .week = NONE,
                              .month = NONE};

static void read_shortage(plan_reader *in, const cursor *of, shortage *out) {
    static const char *const known[] = {
        "kind",    "rule", "structure", "section", "need",  "skill", "request",
        "manager", "date", "week",      "month",   "begin", "end",   "size"};
    reader *const r = in->r;
    out->at = nowhere;
    if (!open_object(r, of, known, COUNT(known)))
        return;
    out->kind = (shortage_kind)take_kind(r, of);
    out->at.rule = (rule_name)take_rule(r, of);
    out->at.structure = take_known_structure(in, of, OMITTED);
    take_section(in, of, &out->at);
    take_need(in, of, &out->at);
    take_skill(in, of, &out->at);
    out->at.request = take_known_request(in, of, "request", OMITTED);
    take_manager(in, of, &out->at);
    take_week(in, of, &out->at);
    take_month(in, of, &out->at);
    take_interval(in, of, &out->at);
    out->size = take_int(r, of, "size", (int_rule){REQUIRED, 1, INT64_MAX, 1});
    close_object(r);
}

static int compare(const void *left, const void *right) {
    return shortage_compare(left, right);
}

ctg_status read_shortages(plan_reader *in, const cursor *root) {
    reader *const r = in->r;
    const list items = open_list(r, root, "shortages", OMITTED, LIST_MOST);
    shortage *const all = ARENA_NEW(r->mem, shortage, items.n);
    if (!all)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        read_shortage(in, &at, &all[i]);
    }
    close_list(r, &items);
    if (items.n > 1)
        qsort(all, (size_t)items.n, sizeof *all, compare);
    in->out->n_shortages = items.n;
    in->out->shortages = all;
    return reader_status(r);
}
