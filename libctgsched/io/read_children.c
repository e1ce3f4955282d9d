// SPDX-License-Identifier: GPL-3.0-or-later
/* Children (format.md 4.1): weights come from their needs unless given. */
#include "io/intake.h"
#include "io/stream.h"

enum { CHILDREN_MOST = 100000 };

static uint64_t take_needs(intake *in, const cursor *at) {
    const int_list needs = take_ref_set(in->r, at, "needs", FILLED, NEEDS_MOST,
                                        &in->need_ids, "need");
    uint64_t bits = 0;
    for (int32_t i = 0; i < needs.n; i++)
        bits |= UINT64_C(1) << needs.at[i];
    return bits;
}

/* The largest of the needs' weights; 1000 without needs. */
static void weigh(const intake *in, const child *c, int32_t *place,
                  int32_t *ratio) {
    *place = *ratio = c->needs ? 0 : 1000;
    for (int32_t i = 0; i < in->p->n_needs; i++) {
        const need *const one = &in->p->needs[i];
        if (!(c->needs >> i & 1))
            continue;
        *place = one->place_weight > *place ? one->place_weight : *place;
        *ratio = one->ratio_weight > *ratio ? one->ratio_weight : *ratio;
    }
}

static int32_t take_weight(reader *r, const cursor *at, const char *name,
                           int32_t fallback) {
    return (int32_t)take_int(r, at, name,
                             (int_rule){FILLED, 0, WEIGHT_MOST, fallback});
}

static void read_child(intake *in, const cursor *at, child *out) {
    static const char *const known[] = {
        "id",    "birth",        "walk_from",    "school",
        "needs", "place_weight", "ratio_weight", "location"};
    reader *const r = in->r;
    int32_t place = 0, ratio = 0;
    if (!open_object(r, at, known, COUNT(known)))
        return;
    out->id = take_id(r, at, "id", REQUIRED, NULL);
    out->birth = take_date(r, at, "birth", REQUIRED, 0);
    out->walk_from = take_date(r, at, "walk_from", OMITTED, CIVIL_NONE);
    const char *const school = take_id(r, at, "school", OMITTED, NULL);
    out->school = school ? school_number(in, school) : NONE;
    out->needs = take_needs(in, at);
    weigh(in, out, &place, &ratio);
    out->place_weight = take_weight(r, at, "place_weight", place);
    out->ratio_weight = take_weight(r, at, "ratio_weight", ratio);
    out->has_location = take_location(in, at, &out->x, &out->y);
    close_object(r);
}

ctg_status read_children(intake *in, const cursor *root) {
    reader *const r = in->r;
    set items = open_set(r, root, "children", FILLED, CHILDREN_MOST, "id");
    child *const children = ARENA_NEW(r->tables, child, items.items.n);
    if (!children)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.items.n; i++) {
        const cursor at = stream_enter(r->stream, &items.items.at, i);
        set_enter(r, &items, i);
        read_child(in, &at, &children[i]);
        set_leave(r, &items, i, children[i].id);
        stream_leave(r->stream, &items.items.at, i);
    }
    close_set(r, &items);
    set_map(r, &items, &in->child_ids);
    in->p->n_children = items.items.n;
    in->p->children = SET_SORTED(r, &items, child, children);
    return reader_status(r);
}
