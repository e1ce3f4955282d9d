// SPDX-License-Identifier: GPL-3.0-or-later
/* Changes to a problem (doc/format.md 15): all of them, or none with every
 * reason told where the change stands. The canonical text of the old problem is
 * edited as a tree and read again: what a changed problem means is what a
 * problem means. */
#include <assert.h>
#include <string.h>

#include "io/document.h"
#include "io/edit.h"
#include "io/intake.h"

/* Versions that share memory: the next one is read whole. */
enum { CHANGES_MOST = 100000, MOST_SHARED = 32 };

typedef struct change_kind {
    const char *op;
    bool is_about_people; /* requests are read as before */
    edit_act act;
    int32_t n;
    const char *const *members; /* [n] beside "op" */
} change_kind;

#define LIST(...) ((const char *const[]){"op", __VA_ARGS__})
/* clang-format off */
#define KIND(name, about_people, ...)                                          \
    {#name, about_people, edit_##name,                                         \
     (int32_t)(sizeof(LIST(__VA_ARGS__)) / sizeof(const char *)),              \
     LIST(__VA_ARGS__)}
/* clang-format on */
#define CHANGE(name, ...) KIND(name, true, __VA_ARGS__)
#define REBUILDS(name, ...) KIND(name, false, __VA_ARGS__)
#define WINDOW WINDOW_DAYS, WINDOW_TIMES

static const change_kind kinds[] = {
    CHANGE(request_added, "request", "child"),
    CHANGE(booked, "request", "child"),
    CHANGE(request_changed, "request", "set"),
    CHANGE(request_withdrawn, "request"),
    CHANGE(cancelled, "request", WINDOW),
    CHANGE(pinned, "request", "option", "structure", "waiting", "author",
           "reason"),
    CHANGE(unpinned, "request"),
    CHANGE(child_changed, "child", "set"),
    CHANGE(child_absent, "child", WINDOW),
    CHANGE(child_late, "child", "date", "until"),
    CHANGE(child_walks, "child", "from"),
    CHANGE(agent_absent, "employee", WINDOW),
    CHANGE(agent_back, "employee", "first", "last"),
    CHANGE(agent_hired, "employee"),
    CHANGE(agent_gone, "employee", "from"),
    CHANGE(agent_changed, "employee", "set"),
    CHANGE(agent_pinned, "employee", "date", "shift", "off", "author",
           "reason"),
    CHANGE(agent_unpinned, "employee", "date"),
    REBUILDS(structure_changed, "structure", "set"),
    REBUILDS(capacity, "structure", "places", WINDOW),
    REBUILDS(hours, "structure", "date", "hours"),
    REBUILDS(closed, "structure", WINDOW),
    REBUILDS(staff_added, "structure", "category", "count", "skills", WINDOW),
    REBUILDS(derogation_given, "derogation"),
    REBUILDS(derogation_lifted, "derogation"),
    REBUILDS(problem_changed, "set"),
};

static const change_kind *find_kind(editing *e, const cursor *at) {
    const char *ops[COUNT(kinds)];
    for (int32_t i = 0; i < COUNT(kinds); i++)
        ops[i] = kinds[i].op;
    const int32_t found =
        take_word(e->r, at, "op", REQUIRED, (words){COUNT(kinds), ops}, NONE);
    return found == NONE ? NULL : &kinds[found];
}

static void apply_one(editing *e, const cursor *at) {
    if (!json_is_object(at->at)) {
        reader_fault(e->r, FAULT_ERROR, "E-TYPE", at,
                     "this is not an object. Maybe write {\"op\": ...}.");
        return;
    }
    const change_kind *const kind = find_kind(e, at);
    if (kind && open_object(e->r, at, kind->members, kind->n)) {
        if (!kind->is_about_people)
            kept_give_up(&e->kept, e->r, e->mem);
        kind->act(e, at);
        close_object(e->r);
    }
}

static ctg_status apply_list(editing *e, const cursor *root) {
    static const char *const members[] = {"schema", "changes"};
    if (!open_object(e->r, root, members, COUNT(members)))
        return reader_status(e->r);
    check_schema(e->r, root, "ctgsched/change/1");
    const list items = open_list(e->r, root, "changes", REQUIRED, CHANGES_MOST);
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        apply_one(e, &at);
    }
    close_list(e->r, &items);
    close_object(e->r);
    return reader_status(e->r);
}

/* --- faults of the changed problem
 * ------------------------------------------------
 */

/* Told where the change stands that made it; a warning about what no change
 * touched was told when the problem was read. */
static void tell_again(editing *e, const fault *one) {
    text pointer = {.mem = e->mem};
    const bool is_ours = edit_trace(e, one->pointer, &pointer);
    e->r->no_memory |= pointer.failed;
    if (is_ours && !pointer.failed)
        fault_add(e->r->faults, one->severity, one->code, pointer.at, "%s",
                  one->message);
    else if (one->severity == FAULT_ERROR)
        fault_add(e->r->faults, one->severity, one->code, "/changes",
                  "at %s of the changed problem: %s", one->pointer,
                  one->message);
}

static void tell_all_again(editing *e, const fault_list *found) {
    fault_list *const faults = e->r->faults;
    for (int32_t i = 0; i < found->n; i++)
        tell_again(e, &found->at[i]);
    e->r->no_memory |= found->out_of_memory || faults->out_of_memory;
}

/* --- the door
 * ---------------------------------------------------------------------
 */

typedef struct application {
    const problem *before;
    const io_text *packs;
    int32_t n_packs;
    const ctg_allocator *allocator;
} application;

static ctg_status read_again(problem **out, editing *e, const application *a) {
    fault_list found = {.mem = e->mem};
    ctg_error first = CTG_ERROR_INIT;
    const ctg_status status =
        io_read_tree(out, e->root, e->kept.of ? &e->kept : NULL, a->packs,
                     a->n_packs, a->allocator, &found, &first);
    if (status == CTG_ERR_NOMEM)
        return status;
    tell_all_again(e, &found);
    if (reader_status(e->r) == CTG_OK && e->r->faults->n_errors == 0)
        return CTG_OK;
    problem_free(*out);
    *out = NULL;
    return reader_status(e->r);
}

static ctg_status edit_and_read(problem **out, editing *e, const cursor *root,
                                const application *a) {
    TRY(apply_list(e, root));
    if (e->r->faults->n_errors > 0)
        return CTG_OK;
    if (e->kept.set)
        kept_close(&e->kept, e->r, e->mem);
    TRY(reader_status(e->r));
    return read_again(out, e, a);
}

static ctg_status apply_document(problem **out, reader *r, io_text changes,
                                 const application *a) {
    document doc;
    TRY(document_open(&doc, r, changes));
    if (!doc.root)
        return reader_status(r);
    const cursor root = cursor_root(doc.root);
    editing e = {.r = r, .mem = r->tables};
    e.root = kept_open(&e.kept, a->before, e.mem);
    if (e.root && a->before->n_shared >= MOST_SHARED)
        kept_give_up(&e.kept, r, e.mem);
    const ctg_status status =
        e.root ? edit_and_read(out, &e, &root, a) : CTG_ERR_NOMEM;
    json_decref(e.root);
    document_close(&doc, r);
    return status != CTG_OK ? status : reader_status(r);
}

ctg_status io_apply(problem **out, const problem *before, io_text changes,
                    const io_text *packs, int32_t n_packs,
                    const ctg_allocator *allocator, fault_list *faults,
                    ctg_error *err) {
    arena *const tables = arena_create(allocator, 0);
    arena *const scratch = arena_create(allocator, 0);
    ctg_status status = CTG_ERR_NOMEM;
    *out = NULL;
    if (tables && scratch) {
        fault_list own = {.mem = tables};
        text echo = {.mem = tables};
        reader r = {.mem = tables,
                    .tables = tables,
                    .scratch = scratch,
                    .echo = &echo,
                    .faults = faults ? faults : &own};
        const application a = {before, packs, n_packs, allocator};
        status = apply_document(out, &r, changes, &a);
        if (status == CTG_OK)
            status = document_verdict(&r, err);
    }
    if (status != CTG_OK) { // placing the warnings may have failed
        problem_free(*out);
        *out = NULL;
    }
    arena_destroy(scratch);
    arena_destroy(tables);
    return status == CTG_ERR_NOMEM ? err_nomem(err) : status;
}
