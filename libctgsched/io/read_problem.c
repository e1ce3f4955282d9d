// SPDX-License-Identifier: GPL-3.0-or-later
/* A whole problem (format.md 2): the parts in the order in which they refer to
 * each other, their canonical texts in the order of the format. */
#include <assert.h>
#include <string.h>

#include "base/sha256.h"
#include "io/document.h"
#include "io/intake.h"
#include "io/kept.h"
#include "io/stream.h"

static const char *const members[] = {
    "schema",       "id",         "time_zone", "horizon",   "rules",
    "parameters",   "structures", "needs",     "resources", "derogations",
    "points_grids", "children",   "requests",  "siblings",  "pins",
    "shifts",       "employees",  "cover",     "policy",    "goals",
    "prices"};
enum { N_MEMBERS = sizeof members / sizeof members[0] };

typedef ctg_status (*part_reader)(intake *in, const cursor *root);

static ctg_status read_schema(intake *in, const cursor *root) {
    static const char name[] = "ctgsched/problem/1";
    echo_member_string(in->r, "schema", name);
    check_schema(in->r, root, name);
    return reader_status(in->r);
}

static ctg_status read_id(intake *in, const cursor *root) {
    in->p->id = take_id(in->r, root, "id", REQUIRED, NULL);
    return reader_status(in->r);
}

static ctg_status read_time_zone(intake *in, const cursor *root) {
    static const char *const zones[] = {"Europe/Paris"};
    take_word(in->r, root, "time_zone", FILLED, (words){COUNT(zones), zones},
              0);
    return reader_status(in->r);
}

/* Index of the member that `read` echoes, NONE for work without echo. */
typedef struct part {
    int32_t member;
    part_reader read;
} part;

static const part parts[] = {
    {0, read_schema},       {1, read_id},
    {2, read_time_zone},    {3, read_horizon},
    {4, read_packs},        {5, read_parameters},
    {NONE, collect_skills}, {7, read_needs},
    {8, read_resources},    {6, read_structures},
    {9, read_derogations},  {NONE, settle_law},
    {10, read_grids},       {11, read_children},
    {12, read_requests},    {13, read_siblings},
    {14, read_pins},        {15, read_shifts},
    {16, read_employees},   {17, read_cover},
    {18, read_policy},      {20, read_prices},
    {19, read_goals},       {NONE, settle_people},
    {NONE, settle_goals},   {NONE, warn_structures},
};

static ctg_status read_parts(intake *in, const cursor *root,
                             text echoes[N_MEMBERS]) {
    text none = {.mem = in->r->tables};
    in->r->echo = &none;
    if (!open_object(in->r, root, members, N_MEMBERS))
        return reader_status(in->r);
    for (int32_t i = 0; i < COUNT(parts); i++) {
        const int32_t member = parts[i].member;
        in->r->echo = member == NONE ? &none : &echoes[member];
        TRY(parts[i].read(in, root));
        TRY(reader_status(in->r));
    }
    return CTG_OK;
}

static ctg_status keep_canonical(problem *p, const text echoes[N_MEMBERS]) {
    size_t bytes = 2 + N_MEMBERS - 1;
    for (int32_t i = 0; i < N_MEMBERS; i++)
        bytes += echoes[i].n;
    char *const canonical = ARENA_NEW(p->mem, char, bytes + 1);
    if (!canonical)
        return CTG_ERR_NOMEM;
    char *end = canonical;
    for (int32_t i = 0; i < N_MEMBERS; i++) {
        if (echoes[i].n == 0)
            continue; /* not in the file, and not there by default */
        *end++ = i == 0 ? '{' : ',';
        memcpy(end, echoes[i].at, echoes[i].n);
        end += echoes[i].n;
    }
    *end++ = '}';
    assert((size_t)(end - canonical) <= bytes);
    p->canonical = canonical;
    p->canonical_bytes = (size_t)(end - canonical);
    return CTG_OK;
}

static void put_digest(problem *p) {
    sha256 hash;
    uint8_t bytes[SHA256_BYTES];
    sha256_init(&hash);
    sha256_add(&hash, p->canonical, p->canonical_bytes);
    sha256_end(&hash, bytes);
    strcpy(p->digest, "sha256:");
    sha256_hex(bytes, p->digest + strlen(p->digest));
}

static ctg_status read_root(intake *in, const cursor *root, arena *echo_mem) {
    text echoes[N_MEMBERS];
    for (int32_t i = 0; i < N_MEMBERS; i++)
        echoes[i] = (text){.mem = echo_mem};
    TRY(read_parts(in, root, echoes));
    if (in->r->faults->n_errors > 0)
        return CTG_OK;
    TRY(keep_canonical(in->p, echoes));
    put_digest(in->p);
    return CTG_OK;
}

/* What is read: a text, or a tree. */
typedef struct source {
    io_text input;
    json_t *tree;              /* NULL: the text */
    const kept_requests *kept; /* of the tree, or NULL */
    bool as_whole;             /* no lists one element at a time */
} source;

static ctg_status read_document(intake *in, const source *from,
                                arena *echo_mem) {
    document doc;
    stream lists;
    TRY(from->as_whole ? document_open(&doc, in->r, from->input)
                       : document_open_lists(&doc, in->r, from->input, &lists));
    if (!doc.root)
        return reader_status(in->r);
    const cursor root = cursor_root(doc.root);
    ctg_status status = read_root(in, &root, echo_mem);
    if (in->r->stream && status == CTG_OK) {
        status = stream_close(&lists);
        in->must_be_whole = lists.is_malformed;
    }
    document_close(&doc, in->r);
    in->r->echo = NULL;
    in->r->stream = NULL;
    return status != CTG_OK ? status : reader_status(in->r);
}

/* The arenas of one reading; all but the problem's end with it. */
typedef struct arenas {
    arena *kept, *tables, *passing, *scratch, *echo;
} arenas;

static bool arenas_open(arenas *a, const ctg_allocator *allocator) {
    *a = (arenas){arena_create(allocator, 0), arena_create(allocator, 0),
                  arena_create(allocator, 0), arena_create(allocator, 0),
                  arena_create(allocator, 0)};
    return a->kept && a->tables && a->passing && a->scratch && a->echo;
}

static ctg_status read_source(intake *in, const source *from, arena *echo_mem) {
    if (!from->tree)
        return read_document(in, from, echo_mem);
    const cursor root = cursor_root(from->tree);
    const ctg_status status = read_root(in, &root, echo_mem);
    in->r->echo = NULL;
    return status != CTG_OK ? status : reader_status(in->r);
}

static ctg_status read_all(problem **out, const arenas *a, const source *from,
                           const io_text *more, int32_t n_more,
                           fault_list *faults, bool *must_be_whole,
                           ctg_error *err) {
    problem *const p = ARENA_NEW(a->kept, problem, 1);
    fault_list own = {.mem = a->tables};
    reader r = {.mem = a->kept,
                .tables = a->tables,
                .scratch = a->scratch,
                .faults = faults ? faults : &own};
    intake in = {.r = &r,
                 .p = p,
                 .kept = from->kept,
                 .lasting = a->tables,
                 .passing = a->passing};
    if (!p)
        return CTG_ERR_NOMEM;
    p->mem = a->kept;
    if (from->kept) {
        p->shares = from->kept->before;
        p->n_shared = p->shares->n_shared + 1;
    }
    TRY(load_library(&in, more, n_more));
    const ctg_status status = read_source(&in, from, a->echo);
    *must_be_whole = in.must_be_whole;
    if (status != CTG_OK || in.must_be_whole)
        return status;
    *out = p;
    return document_verdict(&r, err);
}

static ctg_status read_once(problem **out, const source *from,
                            const io_text *packs, int32_t n_packs,
                            const ctg_allocator *allocator, fault_list *faults,
                            bool *must_be_whole, ctg_error *err) {
    arenas a;
    ctg_status status = CTG_ERR_NOMEM;
    *out = NULL;
    *must_be_whole = false;
    if (arenas_open(&a, allocator))
        status =
            read_all(out, &a, from, packs, n_packs, faults, must_be_whole, err);
    arena_destroy(a.echo);
    arena_destroy(a.scratch);
    arena_destroy(a.passing);
    arena_destroy(a.tables);
    if (status != CTG_OK || *must_be_whole) {
        *out = NULL;
        arena_destroy(a.kept);
    }
    return status;
}

static void forget_faults(fault_list *faults, const fault_list *before) {
    faults->n = before->n;
    faults->n_errors = before->n_errors;
    faults->n_warnings = before->n_warnings;
}

static ctg_status read_from(problem **out, source from, const io_text *packs,
                            int32_t n_packs, const ctg_allocator *allocator,
                            fault_list *faults, ctg_error *err) {
    const fault_list before = faults ? *faults : (fault_list){0};
    bool must_be_whole = false;
    ctg_status status = read_once(out, &from, packs, n_packs, allocator, faults,
                                  &must_be_whole, err);
    if (must_be_whole && status == CTG_OK) {
        if (faults)
            forget_faults(faults, &before);
        from.as_whole = true;
        status = read_once(out, &from, packs, n_packs, allocator, faults,
                           &must_be_whole, err);
    }
    return status == CTG_ERR_NOMEM ? err_nomem(err) : status;
}

ctg_status io_read_problem(problem **out, io_text input,
                           const io_text *more_packs, int32_t n_more_packs,
                           const ctg_allocator *allocator, fault_list *faults,
                           ctg_error *err) {
    const source from = {.input = input};
    return read_from(out, from, more_packs, n_more_packs, allocator, faults,
                     err);
}

ctg_status io_read_tree(problem **out, json_t *root, const kept_requests *kept,
                        const io_text *packs, int32_t n_packs,
                        const ctg_allocator *allocator, fault_list *faults,
                        ctg_error *err) {
    const source from = {.tree = root, .kept = kept};
    return read_from(out, from, packs, n_packs, allocator, faults, err);
}

void problem_free(problem *p) {
    if (p)
        arena_destroy(p->mem);
}

ctg_status io_write_problem(text *out, const problem *p, ctg_error *err) {
    text_add(out, p->canonical, p->canonical_bytes);
    return out->failed ? err_nomem(err) : CTG_OK;
}
