// SPDX-License-Identifier: GPL-3.0-or-later
/* Siblings and pins (format.md 4.6, 4.7): what ties requests together and what
 * the commune has decided. */
#include <string.h>

#include "io/intake.h"

enum { GROUPS_MOST = 100000, MEMBERS_MOST = 100 };

/* Two members for one child are one child twice. */
static void fault_same_child(intake *in, const cursor *at, const siblings *g) {
    for (int32_t i = 0; i < g->n_requests; i++)
        for (int32_t k = 0; k < i; k++) {
            const request *const a = &in->requests[g->requests[i]];
            const request *const b = &in->requests[g->requests[k]];
            if (a->child < 0 || a->child != b->child)
                continue;
            reader_fault(in->r, FAULT_ERROR, "E-DUPLICATE", at,
                         "\"%s\" and \"%s\" are of one child. Maybe a brother "
                         "or sister was meant.",
                         b->id ? b->id : "", a->id ? a->id : "");
            return;
        }
}

static void read_group(intake *in, const cursor *at, siblings *out) {
    static const char *const known[] = {"id", "requests", "rule"};
    static const char *const rules[] = {"together", "all_or_none", "reward"};
    reader *const r = in->r;
    const int32_t n_before = r->faults->n_errors;
    if (!open_object(r, at, known, COUNT(known)))
        return;
    out->id = take_id(r, at, "id", REQUIRED, NULL);
    const int_list requests = take_ref_set(
        r, at, "requests", REQUIRED, MEMBERS_MOST, &in->request_ids, "request");
    out->n_requests = requests.n;
    out->requests = requests.at;
    out->rule = (sibling_rule)take_word(r, at, "rule", REQUIRED,
                                        (words){COUNT(rules), rules}, 0);
    close_object(r);
    const cursor members = cursor_member(at, "requests");
    if (out->n_requests < 2 && r->faults->n_errors == n_before)
        reader_fault(r, FAULT_ERROR, "E-RANGE", &members,
                     "a group has two requests or more. Maybe one is missing.");
    if (r->faults->n_errors == n_before)
        fault_same_child(in, &members, out);
}

/* The group of a request: one with a rule before a rewarded one. */
static void join_group(intake *in, const set *items, int32_t g) {
    const siblings *const all = in->p->siblings;
    const cursor element =
        cursor_element(&items->items.at, items->entries[g].index);
    const cursor at = cursor_member(&element, "requests");
    for (int32_t i = 0; i < all[g].n_requests; i++) {
        request *const q = &in->requests[all[g].requests[i]];
        const int32_t before = q->sibling_group;
        const bool had_rule =
            before != NONE && all[before].rule != SIBLINGS_REWARD;
        const bool has_rule = all[g].rule != SIBLINGS_REWARD;
        if (had_rule && has_rule)
            reader_fault(in->r, FAULT_ERROR, "E-DUPLICATE", &at,
                         "\"%s\" is in two groups with a rule. Maybe join "
                         "them.",
                         q->id ? q->id : "");
        if (before == NONE || (!had_rule && has_rule))
            q->sibling_group = g;
    }
}

ctg_status read_siblings(intake *in, const cursor *root) {
    reader *const r = in->r;
    set items = open_set(r, root, "siblings", FILLED, GROUPS_MOST, "id");
    siblings *const groups = ARENA_NEW(r->tables, siblings, items.items.n);
    if (!groups)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.items.n; i++) {
        const cursor at = cursor_element(&items.items.at, i);
        set_enter(r, &items, i);
        read_group(in, &at, &groups[i]);
        set_leave(r, &items, i, groups[i].id);
    }
    close_set(r, &items);
    in->p->n_siblings = items.items.n;
    in->p->siblings = SET_SORTED(r, &items, siblings, groups);
    TRY(reader_status(r));
    for (int32_t g = 0; g < items.items.n; g++)
        join_group(in, &items, g);
    return reader_status(r);
}

static int32_t take_pinned_option(intake *in, const cursor *of,
                                  const pin *one) {
    reader *const r = in->r;
    const cursor at = cursor_member(of, "option");
    const char *const id = json_string_value(at.at);
    char name[SHOWN];
    if (!id) {
        reader_fault(r, FAULT_ERROR, "E-TYPE", &at,
                     "this is not a text. Maybe write it between quotes.");
        return NONE;
    }
    echo_member_string(r, "option", id);
    const request *const q =
        one->request < 0 ? NULL : &in->requests[one->request];
    for (int32_t i = 0; q && i < q->n_options; i++)
        if (q->options[i].id && strcmp(q->options[i].id, id) == 0)
            return i;
    if (q)
        reader_fault(r, FAULT_ERROR, "E-REF", &at,
                     "request \"%s\" has no option \"%s\". Maybe its menu has "
                     "changed.",
                     q->id ? q->id : "", shown(name, id));
    return NONE;
}

static void take_target(intake *in, const cursor *at, pin *out) {
    static const char *const ways[] = {"option", "structure", "waiting"};
    reader *const r = in->r;
    int32_t n = 0;
    for (int32_t i = 0; i < COUNT(ways); i++)
        if (cursor_has(at, ways[i])) {
            out->kind = (pin_kind)i;
            n++;
        }
    const cursor waiting = cursor_member(at, "waiting");
    if (n != 1)
        reader_fault(r, FAULT_ERROR, n == 0 ? "E-MISSING" : "E-MEMBER", at,
                     "a pin has one of option, structure, waiting. Maybe "
                     "split it.");
    else if (out->kind == PIN_OPTION)
        out->target = take_pinned_option(in, at, out);
    else if (out->kind == PIN_STRUCTURE)
        out->target = take_ref(r, at, "structure", REQUIRED, &in->structure_ids,
                               "structure");
    else if (!take_bool(r, at, "waiting", true))
        reader_fault(r, FAULT_ERROR, "E-VALUE", &waiting,
                     "\"waiting\" is true or absent. Maybe drop the pin.");
}

static void read_pin(intake *in, const cursor *at, pin *out) {
    static const char *const known[] = {"request", "option", "structure",
                                        "waiting", "author", "reason"};
    reader *const r = in->r;
    *out = (pin){.request = NONE, .target = NONE};
    if (!open_object(r, at, known, COUNT(known)))
        return;
    out->request =
        take_ref(r, at, "request", REQUIRED, &in->request_ids, "request");
    take_target(in, at, out);
    out->author = take_id(r, at, "author", OMITTED, NULL);
    out->reason = take_id(r, at, "reason", OMITTED, NULL);
    close_object(r);
}

ctg_status read_pins(intake *in, const cursor *root) {
    reader *const r = in->r;
    set items = open_set(r, root, "pins", FILLED, GROUPS_MOST, "request");
    pin *const pins = ARENA_NEW(r->tables, pin, items.items.n);
    if (!pins)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.items.n; i++) {
        const cursor at = cursor_element(&items.items.at, i);
        set_enter(r, &items, i);
        read_pin(in, &at, &pins[i]);
        set_leave(r, &items, i,
                  pins[i].request < 0 ? NULL
                                      : in->requests[pins[i].request].id);
    }
    close_set(r, &items);
    in->p->n_pins = items.items.n;
    in->p->pins = SET_SORTED(r, &items, pin, pins);
    return reader_status(r);
}
