// SPDX-License-Identifier: GPL-3.0-or-later
/* Options written in the file, and the place held (format.md 4.2, 4.3). */
#include <string.h>

#include "io/intake.h"

enum { USES_MOST = 1000, RANK_MOST = 1000000 };
#define METRES_MOST INT64_C(100000000000)

int64_t default_satisfaction(int32_t rank) {
    const int64_t worth = 1000 - 100 * ((int64_t)rank - 1);
    return worth > 0 ? worth : 0;
}

/* floor(sqrt(n)), by bits. */
static int64_t integer_root(int64_t n) {
    int64_t root = 0;
    for (int64_t bit = INT64_C(1) << 31; bit > 0; bit >>= 1)
        if ((root + bit) * (root + bit) <= n)
            root += bit;
    return root;
}

int64_t default_distance(const intake *in, const request *q, int32_t index) {
    if (q->child < 0 || index < 0)
        return 0;
    const child *const c = &in->p->children[q->child];
    const structure *const s = &in->structures[index];
    if (!c->has_location || !s->has_location)
        return 0;
    const int64_t x = c->x - s->x, y = c->y - s->y;
    return integer_root(x * x + y * y);
}

/* A section of the structure by id; NONE when absent or faulty. */
static int32_t take_section(intake *in, const cursor *at, int32_t index) {
    static const idmap none = {0};
    return take_ref(in->r, at, "section", OMITTED,
                    index < 0 ? &none : &in->notes[index].sections, "section");
}

static int32_t take_structure(intake *in, const cursor *at) {
    return take_ref(in->r, at, "structure", REQUIRED, &in->structure_ids,
                    "structure");
}

/* Where a window is: a leg's structure, or the option's. Not echoed: the
 * session, which it must be known for, comes first. */
static int32_t leg_structure(const intake *in, const cursor *of,
                             int32_t index) {
    const char *const id =
        json_string_value(json_object_get(of->at, "structure"));
    return cursor_has(of, "structure")
               ? (id ? idmap_get(&in->structure_ids, id) : NONE)
               : index;
}

static int32_t take_session(intake *in, const cursor *at, int32_t index) {
    static const idmap none = {0};
    return take_ref(in->r, at, "session", OMITTED,
                    index < 0 ? &none : &in->notes[index].sessions, "session");
}

/* "when" of an option, into scratch. */
static placed_window *take_when(intake *in, const cursor *of, int32_t index,
                                int32_t *n) {
    static const char *const known[] = {WINDOW_DAYS, WINDOW_TIMES, "session",
                                        "structure", "section"};
    reader *const r = in->r;
    const list items = open_list(r, of, "when", REQUIRED, WINDOWS_MOST);
    placed_window *const windows =
        reader_kept(r, ARENA_NEW(r->scratch, placed_window, items.n));
    *n = 0;
    for (int32_t i = 0; windows && i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        if (!open_object(r, &at, known, COUNT(known)))
            continue;
        placed_window *const w = &windows[*n];
        take_window(in, &at, TIMES_OR_SESSION, &w->when);
        w->structure = leg_structure(in, &at, index);
        w->session = take_session(in, &at, w->structure);
        if (cursor_has(&at, "structure"))
            take_structure(in, &at);
        w->section = take_section(in, &at, w->structure);
        close_object(r);
        ++*n;
    }
    close_list(r, &items);
    return windows;
}

static void read_use(intake *in, const cursor *at, use *out) {
    static const char *const known[] = {"resource", "amount"};
    reader *const r = in->r;
    *out = (use){.resource = NONE};
    if (!open_object(r, at, known, COUNT(known)))
        return;
    out->resource =
        take_ref(r, at, "resource", REQUIRED, &in->resource_ids, "resource");
    out->amount =
        take_int(r, at, "amount", (int_rule){REQUIRED, 1, INTEGER_MOST, 1});
    close_object(r);
}

static ctg_status take_uses(intake *in, const cursor *of, option *out) {
    reader *const r = in->r;
    set items = open_set(r, of, "uses", FILLED, USES_MOST, "resource");
    use *const uses = ARENA_NEW(r->scratch, use, items.items.n);
    if (!uses)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.items.n; i++) {
        const cursor at = cursor_element(&items.items.at, i);
        set_enter(r, &items, i);
        read_use(in, &at, &uses[i]);
        set_leave(r, &items, i,
                  uses[i].resource < 0 ? NULL
                                       : in->p->resources[uses[i].resource].id);
    }
    close_set(r, &items);
    out->n_uses = items.items.n;
    out->uses = SET_SORTED(r, &items, use, uses);
    return reader_status(r);
}

static void take_worth(intake *in, const cursor *at, const request *q,
                       option *out, int32_t rank) {
    reader *const r = in->r;
    out->rank = (int32_t)take_int(r, at, "rank",
                                  (int_rule){FILLED, 1, RANK_MOST, rank});
    out->satisfaction = take_int(r, at, "satisfaction",
                                 (int_rule){FILLED, -INTEGER_MOST, INTEGER_MOST,
                                            default_satisfaction(out->rank)});
    out->distance =
        take_int(r, at, "distance",
                 (int_rule){FILLED, 0, METRES_MOST,
                            default_distance(in, q, out->structure)});
}

static void fault_overlap(reader *r, const cursor *of, const char *member,
                          int32_t civil) {
    const cursor at = cursor_member(of, member);
    char date[CIVIL_TEXT];
    if (civil == CIVIL_NONE)
        return;
    civil_print(civil, date);
    reader_fault(r, FAULT_ERROR, "E-OVERLAP", &at,
                 "two presences overlap on %s. Maybe one window is a copy.",
                 date);
}

/* The members that options and the place held have in common, in the order of
 * the format: an option has rank, satisfaction and distance before "when", the
 * place held after it. */
static ctg_status read_option(intake *in, const cursor *at, const request *q,
                              option *out, int32_t rank) {
    static const char *const known[] = {"id",   "structure",    "section",
                                        "rank", "satisfaction", "distance",
                                        "when", "uses"};
    reader *const r = in->r;
    int32_t n = 0, overlap = CIVIL_NONE;
    const arena_mark mark = arena_here(r->scratch);
    if (!open_object(r, at, known, COUNT(known)))
        return reader_status(r);
    out->id = take_id(r, at, "id", REQUIRED, NULL);
    const cursor id = cursor_member(at, "id");
    if (out->id && strcmp(out->id, "held") == 0)
        reader_fault(r, FAULT_ERROR, "E-ID", &id,
                     "\"held\" is kept for the place held. Maybe write it as "
                     "the member \"held\" of the request.");
    out->structure = take_structure(in, at);
    const int32_t own = take_section(in, at, out->structure);
    take_worth(in, at, q, out, rank);
    const placed_window *const windows = take_when(in, at, out->structure, &n);
    TRY(take_uses(in, at, out));
    close_object(r);
    TRY(reader_status(r));
    TRY(expand_presences(in, out, q, windows, n, own, &overlap));
    arena_rewind(r->scratch, mark);
    fault_overlap(r, at, "when", overlap);
    return reader_status(r);
}

/* The largest rank of the menu, plus one. */
static int32_t rank_after(const option *options, int32_t n) {
    int32_t most = 0;
    for (int32_t i = 0; i < n; i++)
        most = options[i].rank > most ? options[i].rank : most;
    return most + 1;
}

static ctg_status read_held(intake *in, const cursor *of, request *q,
                            option *options, int32_t *n) {
    static const char *const known[] = {"structure", "section",      "when",
                                        "rank",      "satisfaction", "distance",
                                        "uses"};
    reader *const r = in->r;
    option *const out = &options[*n];
    cursor at;
    int32_t n_windows = 0, overlap = CIVIL_NONE;
    const arena_mark mark = arena_here(r->scratch);
    *out = (option){.structure = NONE};
    q->held = NONE;
    if (!open_member(r, of, "held", OMITTED, known, COUNT(known), &at))
        return reader_status(r);
    out->id = "held";
    out->structure = take_structure(in, &at);
    const int32_t own = take_section(in, &at, out->structure);
    const placed_window *const windows =
        take_when(in, &at, out->structure, &n_windows);
    take_worth(in, &at, q, out, rank_after(options, *n));
    TRY(take_uses(in, &at, out));
    close_object(r);
    TRY(reader_status(r));
    TRY(expand_presences(in, out, q, windows, n_windows, own, &overlap));
    arena_rewind(r->scratch, mark);
    fault_overlap(r, &at, "when", overlap);
    q->held = (*n)++;
    return reader_status(r);
}

static void fault_twin(intake *in, const list *items, const option *options,
                       int32_t k) {
    for (int32_t i = 0; options[k].id && i < k; i++) {
        if (!options[i].id || strcmp(options[i].id, options[k].id) != 0)
            continue;
        const cursor element = cursor_element(&items->at, k);
        const cursor at = cursor_member(&element, "id");
        reader_fault(in->r, FAULT_ERROR, "E-DUPLICATE", &at,
                     "option \"%s\" is there twice. Maybe one is a copy.",
                     options[k].id);
        return;
    }
}

static ctg_status read_list(intake *in, const cursor *of, const request *q,
                            option *options, int32_t *n) {
    reader *const r = in->r;
    const list items = open_list(r, of, "options", FILLED, OPTIONS_MOST);
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        options[i] = (option){.structure = NONE};
        TRY(read_option(in, &at, q, &options[i], i + 1));
        fault_twin(in, &items, options, i);
    }
    close_list(r, &items);
    *n = items.n;
    return reader_status(r);
}

ctg_status read_options(intake *in, const cursor *of, request *q) {
    reader *const r = in->r;
    if (!in->options)
        in->options = ARENA_NEW(in->lasting, option, OPTIONS_MOST + 1);
    option *const options = in->options;
    const cursor both = cursor_member(of, "options");
    int32_t n = 0;
    if (!options)
        return CTG_ERR_NOMEM;
    if (cursor_has(of, "menu")) {
        if (both.at)
            reader_fault(r, FAULT_ERROR, "E-MEMBER", &both,
                         "\"options\" does not go with \"menu\". Maybe leave "
                         "one of them out.");
        TRY(read_menu(in, of, q, options, &n));
    } else {
        TRY(read_list(in, of, q, options, &n));
    }
    TRY(read_held(in, of, q, options, &n));
    option *const kept = ARENA_NEW(r->mem, option, n);
    if (!kept)
        return CTG_ERR_NOMEM;
    memcpy(kept, options, (size_t)n * sizeof *kept);
    q->n_options = n;
    q->options = kept;
    return reader_status(r);
}
