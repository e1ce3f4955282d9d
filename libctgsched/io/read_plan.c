// SPDX-License-Identifier: GPL-3.0-or-later
/* Plans (format.md 9). Only the placements are needed; what else a plan states
 * is read so that the judge can compare it. */
#include <stdlib.h>
#include <string.h>

#include "io/document.h"
#include "io/plan_reader.h"

enum { LIST_MOST = 10000000, PACKS_MOST = 2000 };

static void fault_ref(plan_reader *in, const cursor *at, const char *what,
                      const char *id) {
    char name[SHOWN];
    reader_fault(in->r, FAULT_ERROR, "E-REF", at,
                 "the problem has no %s \"%s\". Maybe the plan is of another "
                 "problem.",
                 what, shown(name, id));
}

int32_t take_known_request(plan_reader *in, const cursor *of, const char *name,
                           absence if_none) {
    const char *const id = take_id(in->r, of, name, if_none, NULL);
    const cursor at = cursor_member(of, name);
    const int32_t index = id ? problem_find_request(in->p, id) : NONE;
    if (id && index == NONE)
        fault_ref(in, &at, "request", id);
    return index;
}

int32_t take_known_structure(plan_reader *in, const cursor *of,
                             absence if_none) {
    const char *const id = take_id(in->r, of, "structure", if_none, NULL);
    const cursor at = cursor_member(of, "structure");
    const int32_t index = id ? problem_find_structure(in->p, id) : NONE;
    if (id && index == NONE)
        fault_ref(in, &at, "structure", id);
    return index;
}

static void read_schema(plan_reader *in, const cursor *root) {
    static const char name[] = "ctgsched/plan/1";
    check_schema(in->r, root, name);
}

static bool is_digest(const char *value) {
    static const char prefix[] = "sha256:";
    return strlen(value) == strlen(prefix) + 64 &&
           strncmp(value, prefix, strlen(prefix)) == 0 &&
           strspn(value + strlen(prefix), "0123456789abcdef") == 64;
}

static void read_problem_of(plan_reader *in, const cursor *root) {
    static const char *const known[] = {"id", "digest"};
    reader *const r = in->r;
    cursor at;
    if (!open_member(r, root, "problem", OMITTED, known, COUNT(known), &at))
        return;
    take_id(r, &at, "id", OMITTED, NULL);
    const char *const digest = take_text(r, &at, "digest", OMITTED, NULL);
    const cursor member = cursor_member(&at, "digest");
    in->out->has_digest = digest && is_digest(digest);
    if (in->out->has_digest)
        strcpy(in->out->digest, digest);
    else if (digest)
        reader_fault(r, FAULT_ERROR, "E-VALUE", &member,
                     "this is not \"sha256:\" and 64 hexadecimal digits. Maybe "
                     "it was cut.");
    close_object(r);
}

static double take_ratio(reader *r, const cursor *of, const char *name) {
    const cursor at = cursor_member(of, name);
    if (at.at && !json_is_number(at.at) && !json_is_null(at.at))
        reader_fault(r, FAULT_ERROR, "E-TYPE", &at,
                     "this is not a number. Maybe drop the quotes.");
    return json_number_value(at.at);
}

static uint64_t take_work(reader *r, const cursor *of, const char *name) {
    return (uint64_t)take_int(r, of, name,
                              (int_rule){OMITTED, 0, INT64_MAX, 0});
}

static void read_pack_notes(reader *r, const cursor *of) {
    static const char *const known[] = {"id", "digest"};
    const list items = open_list(r, of, "packs", OMITTED, PACKS_MOST);
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        if (!open_object(r, &at, known, COUNT(known)))
            continue;
        take_id(r, &at, "id", REQUIRED, NULL);
        take_text(r, &at, "digest", REQUIRED, NULL);
        close_object(r);
    }
    close_list(r, &items);
}

static void read_provenance(plan_reader *in, const cursor *root) {
    static const char *const known[] = {"library",    "engine", "seed", "work",
                                        "work_limit", "gap",    "packs"};
    reader *const r = in->r;
    plan *const out = in->out;
    cursor at;
    if (!open_member(r, root, "provenance", OMITTED, known, COUNT(known), &at))
        return;
    out->library = take_text(r, &at, "library", OMITTED, NULL);
    out->engine = take_text(r, &at, "engine", OMITTED, NULL);
    out->seed = take_text(r, &at, "seed", OMITTED, NULL);
    out->work = take_work(r, &at, "work");
    out->work_limit = take_work(r, &at, "work_limit");
    out->gap_asked = take_ratio(r, &at, "gap");
    read_pack_notes(r, &at);
    close_object(r);
}

static void read_outcome(plan_reader *in, const cursor *root) {
    static const char *const statuses[] = {"optimal", "gap", "feasible"};
    const char *stops[N_STOPS];
    for (int32_t i = 0; i < N_STOPS; i++)
        stops[i] = stop_reason_text((stop_reason)i);
    const int32_t status = take_word(in->r, root, "status", OMITTED,
                                     (words){COUNT(statuses), statuses}, 2);
    in->out->is_gap = status == 1;
    in->out->is_feasible_only = status == 2;
    in->out->stop = (stop_reason)take_word(in->r, root, "stop", OMITTED,
                                           (words){COUNT(stops), stops}, 0);
}

/* "weighted", or a goal of the catalogue. */
static int32_t take_goal(reader *r, const cursor *of, const char *name,
                         bool with_weighted) {
    const char *names[N_GOALS + 1];
    for (int32_t i = 0; i < N_GOALS; i++)
        names[i] = goal_about((goal_id)i)->name;
    names[N_GOALS] = "weighted";
    const words allowed = {N_GOALS + with_weighted, names};
    const int32_t goal = take_word(r, of, name, REQUIRED, allowed, 0);
    return goal == N_GOALS ? -1 : goal;
}

static int64_t take_value(reader *r, const cursor *of, const char *name,
                          absence if_none) {
    return take_int(r, of, name, (int_rule){if_none, INT64_MIN, INT64_MAX, 0});
}

static ctg_status read_parts(plan_reader *in, const cursor *of) {
    static const char *const known[] = {"goal", "weight", "value"};
    reader *const r = in->r;
    const list items = open_list(r, of, "parts", OMITTED, N_GOALS);
    in->out->parts = arena_alloc(r->mem, (size_t)items.n,
                                 sizeof *in->out->parts, alignof(int64_t));
    if (!in->out->parts)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        if (!open_object(r, &at, known, COUNT(known)))
            continue;
        in->out->parts[i].goal = take_goal(r, &at, "goal", false);
        in->out->parts[i].weight = take_value(r, &at, "weight", REQUIRED);
        in->out->parts[i].value = take_value(r, &at, "value", REQUIRED);
        close_object(r);
    }
    in->out->n_parts = items.n;
    close_list(r, &items);
    return reader_status(r);
}

static ctg_status read_goal(plan_reader *in, const cursor *at,
                            goal_result *out) {
    static const char *const known[] = {"name",  "sense", "unit",   "value",
                                        "bound", "gap",   "proven", "parts"};
    static const char *const senses[] = {"min", "max"};
    reader *const r = in->r;
    if (!open_object(r, at, known, COUNT(known)))
        return reader_status(r);
    out->goal = take_goal(r, at, "name", true);
    take_word(r, at, "sense", OMITTED, (words){COUNT(senses), senses}, 0);
    take_text(r, at, "unit", OMITTED, NULL);
    out->value = take_value(r, at, "value", REQUIRED);
    const cursor bound = cursor_member(at, "bound");
    out->has_bound = bound.at && !json_is_null(bound.at);
    if (out->has_bound)
        out->bound = take_value(r, at, "bound", OMITTED);
    take_ratio(r, at, "gap");
    out->proven = take_bool(r, at, "proven", false);
    if (out->goal == -1)
        TRY(read_parts(in, at));
    close_object(r);
    return reader_status(r);
}

static ctg_status read_goals_of(plan_reader *in, const cursor *root) {
    reader *const r = in->r;
    const list items = open_list(r, root, "goals", OMITTED, N_GOALS);
    in->out->goals = ARENA_NEW(r->mem, goal_result, items.n);
    in->out->has_goals = items.at.at != NULL;
    if (!in->out->goals)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        TRY(read_goal(in, &at, &in->out->goals[i]));
    }
    in->out->n_goals = items.n;
    close_list(r, &items);
    return reader_status(r);
}

static void read_placement(plan_reader *in, const cursor *at) {
    static const char *const known[] = {"request", "option"};
    reader *const r = in->r;
    if (!open_object(r, at, known, COUNT(known)))
        return;
    const int32_t index = take_known_request(in, at, "request", REQUIRED);
    const char *const id = take_text(r, at, "option", REQUIRED, NULL);
    close_object(r);
    if (index == NONE || !id)
        return;
    const cursor option_at = cursor_member(at, "option");
    const int32_t given = request_find_option(&in->p->requests[index], id);
    if (given == NONE)
        fault_ref(in, &option_at, "option", id);
    else if (in->out->option_of[index] != NONE)
        reader_fault(r, FAULT_ERROR, "E-DUPLICATE", at,
                     "request \"%s\" is placed twice. Maybe one is a copy.",
                     in->p->requests[index].id);
    else
        in->out->option_of[index] = given;
}

static ctg_status read_placements(plan_reader *in, const cursor *root) {
    reader *const r = in->r;
    const list items = open_list(r, root, "placements", REQUIRED, LIST_MOST);
    in->out->option_of = ARENA_NEW(r->mem, int32_t, in->p->n_requests);
    if (!in->out->option_of)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < in->p->n_requests; i++)
        in->out->option_of[i] = NONE;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        read_placement(in, &at);
    }
    close_list(r, &items);
    return reader_status(r);
}

static ctg_status read_waiting(plan_reader *in, const cursor *root) {
    static const char *const known[] = {"request", "rank"};
    reader *const r = in->r;
    const list items = open_list(r, root, "waiting", OMITTED, LIST_MOST);
    waiting_row *const rows = ARENA_NEW(r->mem, waiting_row, items.n);
    if (!rows)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        if (!open_object(r, &at, known, COUNT(known)))
            continue;
        rows[i].request = take_known_request(in, &at, "request", REQUIRED);
        rows[i].rank = (int32_t)take_int(r, &at, "rank",
                                         (int_rule){REQUIRED, 1, LIST_MOST, 1});
        close_object(r);
    }
    close_list(r, &items);
    in->out->has_waiting = items.at.at != NULL;
    in->out->n_waiting = items.n;
    in->out->waiting = rows;
    return reader_status(r);
}

static int compare_envy(const void *left, const void *right) {
    const envy_pair *const a = left, *const b = right;
    if (a->request != b->request)
        return a->request < b->request ? -1 : 1;
    return (a->envies > b->envies) - (a->envies < b->envies);
}

static ctg_status read_envy(plan_reader *in, const cursor *root) {
    static const char *const known[] = {"request", "envies"};
    reader *const r = in->r;
    const list items = open_list(r, root, "envy", OMITTED, LIST_MOST);
    envy_pair *const pairs = ARENA_NEW(r->mem, envy_pair, items.n);
    if (!pairs)
        return CTG_ERR_NOMEM;
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        if (!open_object(r, &at, known, COUNT(known)))
            continue;
        pairs[i].request = take_known_request(in, &at, "request", REQUIRED);
        pairs[i].envies = take_known_request(in, &at, "envies", REQUIRED);
        close_object(r);
    }
    close_list(r, &items);
    if (items.n > 1)
        qsort(pairs, (size_t)items.n, sizeof *pairs, compare_envy);
    in->out->has_envy = items.at.at != NULL;
    in->out->n_envy = items.n;
    in->out->envy = pairs;
    return reader_status(r);
}

static ctg_status read_root(plan_reader *in, const cursor *root) {
    static const char *const known[] = {
        "schema",     "problem", "provenance", "status",    "stop", "goals",
        "placements", "duties",  "waiting",    "shortages", "envy", "coverage"};
    if (!open_object(in->r, root, known, COUNT(known)))
        return reader_status(in->r);
    read_schema(in, root);
    read_problem_of(in, root);
    read_provenance(in, root);
    read_outcome(in, root);
    TRY(read_goals_of(in, root));
    TRY(read_placements(in, root));
    TRY(read_duties(in, root));
    TRY(read_waiting(in, root));
    TRY(read_shortages(in, root));
    TRY(read_envy(in, root));
    return read_coverage(in, root);
}

static ctg_status read_text(plan_reader *in, io_text input) {
    document doc;
    text echo = {.mem = in->r->tables};
    TRY(document_open(&doc, in->r, input));
    if (!doc.root)
        return reader_status(in->r);
    const cursor root = cursor_root(doc.root);
    in->r->echo = &echo;
    const ctg_status status = read_root(in, &root);
    document_close(&doc, in->r);
    return status != CTG_OK ? status : reader_status(in->r);
}

static ctg_status read_with(plan **out, const problem *p, io_text input,
                            reader *r, ctg_error *err) {
    plan *const one = ARENA_NEW(r->mem, plan, 1);
    plan_reader in = {r, p, one};
    if (!one)
        return CTG_ERR_NOMEM;
    TRY(read_text(&in, input));
    TRY(document_verdict(r, err));
    *out = one;
    return CTG_OK;
}

ctg_status io_read_plan(plan **out, const problem *p, io_text input,
                        fault_list *faults, arena *mem, ctg_error *err) {
    const ctg_allocator *const allocator = arena_allocator(mem);
    arena *const tables = arena_create(allocator, 0);
    arena *const scratch = arena_create(allocator, 0);
    fault_list own = {.mem = mem};
    ctg_status status = CTG_ERR_NOMEM;
    *out = NULL;
    if (tables && scratch) {
        reader r = {.mem = mem,
                    .tables = tables,
                    .scratch = scratch,
                    .faults = faults ? faults : &own};
        status = read_with(out, p, input, &r, err);
    }
    arena_destroy(scratch);
    arena_destroy(tables);
    return status == CTG_ERR_NOMEM ? err_nomem(err) : status;
}
