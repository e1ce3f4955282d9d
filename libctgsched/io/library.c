// SPDX-License-Identifier: GPL-3.0-or-later
/* Which rule packs a problem uses: embedded ones, those handed in beside the
 * problem, those written in it. A later one replaces an earlier one of its id;
 * only those that are named somewhere end up in the problem. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "io/document.h"
#include "io/intake.h"
#include "io/rules_embedded.h"

enum { PACKS_MOST = 2000 };

int32_t io_embedded_packs(void) { return n_embedded_packs; }

io_text io_embedded_pack(int32_t index, const char **name) {
    const embedded_pack *const pack = &embedded_packs[index];
    if (name)
        *name = pack->name;
    return (io_text){pack->text, pack->bytes};
}

static rule_pack *library_find(intake *in, const char *id) {
    for (int32_t i = 0; i < in->library.n; i++)
        if (strcmp(in->library.at[i].id, id) == 0)
            return &in->library.at[i];
    return NULL;
}

static ctg_status library_put(intake *in, const rule_pack *pack) {
    if (!pack->id)
        return reader_status(in->r);
    rule_pack *slot = library_find(in, pack->id);
    if (!slot)
        slot = VEC_PUSH(in->r->tables, &in->library, rule_pack);
    if (!reader_kept(in->r, slot))
        return CTG_ERR_NOMEM;
    *slot = *pack;
    return CTG_OK;
}

/* A pack that is a document of its own. */
static ctg_status read_pack_text(reader *r, io_text input, rule_pack *out) {
    document doc;
    text echo = {.mem = r->tables};
    text *const outer = r->echo;
    *out = (rule_pack){0};
    TRY(document_open(&doc, r, input));
    const cursor root = cursor_root(doc.root);
    r->echo = &echo;
    const ctg_status status =
        doc.root ? read_pack(r, &root, out) : reader_status(r);
    document_close(&doc, r);
    r->echo = outer;
    return status != CTG_OK ? status : reader_status(r);
}

ctg_status load_library(intake *in, const io_text *more, int32_t n_more) {
    for (int32_t i = 0; i < n_more; i++) {
        rule_pack pack;
        TRY(read_pack_text(in->r, more[i], &pack));
        TRY(library_put(in, &pack));
    }
    return CTG_OK;
}

static int32_t find_embedded(const char *id) {
    for (int32_t i = 0; i < n_embedded_packs; i++)
        if (strcmp(embedded_packs[i].name, id) == 0)
            return i;
    return NONE;
}

/* Reads an embedded pack when it is asked for and nothing replaces it. Tests
 * see to it that embedded packs have no faults. */
static ctg_status load_embedded(intake *in, const char *id) {
    const int32_t index = find_embedded(id);
    rule_pack pack;
    if (index == NONE || library_find(in, id))
        return CTG_OK;
    const int32_t n_before = in->r->faults->n_errors;
    TRY(read_pack_text(in->r, io_embedded_pack(index, NULL), &pack));
    assert(in->r->faults->n_errors == n_before);
    (void)n_before;
    return library_put(in, &pack);
}

ctg_status io_read_pack(rule_pack *out, io_text input, fault_list *faults,
                        arena *mem, ctg_error *err) {
    const ctg_allocator *const allocator = arena_allocator(mem);
    arena *const tables = arena_create(allocator, 0);
    arena *const scratch = arena_create(allocator, 0);
    fault_list own = {.mem = mem};
    ctg_status status = CTG_ERR_NOMEM;
    if (tables && scratch) {
        reader r = {.mem = mem,
                    .tables = tables,
                    .scratch = scratch,
                    .faults = faults ? faults : &own};
        status = read_pack_text(&r, input, out);
        status = status == CTG_OK ? document_verdict(&r, err) : status;
    }
    arena_destroy(scratch);
    arena_destroy(tables);
    return status == CTG_ERR_NOMEM ? err_nomem(err) : status;
}

/* Names used: looked up in the text itself, because the packs of a structure
 * are read before the structures. Whatever is not a text is a fault later. */
VEC_DECLARE(name_vec, const char *);

static void use_name(intake *in, name_vec *names, const char *name) {
    const char **const slot = VEC_PUSH(in->r->tables, names, const char *);
    if (reader_kept(in->r, (void *)slot))
        *slot = name;
}

static void use_names_of(intake *in, name_vec *names, const json_t *one) {
    const json_t *const packs = json_object_get(one, "packs");
    const char *const kind = json_string_value(json_object_get(one, "kind"));
    if (!packs && (!kind || strcmp(kind, "eaje") == 0))
        use_name(in, names, "fr-eaje");
    else if (!packs && strcmp(kind, "acm") == 0)
        use_name(in, names, "fr-acm");
    for (size_t i = 0; i < json_array_size(packs); i++) {
        const char *const name = json_string_value(json_array_get(packs, i));
        if (name)
            use_name(in, names, name);
    }
}

/* One element of "rules": a name, or a whole pack. */
static ctg_status read_given(intake *in, const cursor *at, name_vec *names,
                             idmap *inline_ids) {
    reader *const r = in->r;
    if (json_is_object(at->at)) {
        rule_pack pack;
        TRY(read_pack(r, at, &pack));
        if (!pack.id)
            return reader_status(r);
        if (idmap_get(inline_ids, pack.id) >= 0)
            reader_fault(r, FAULT_ERROR, "E-DUPLICATE", at,
                         "pack \"%s\" is there twice. Maybe one is a copy.",
                         pack.id);
        if (idmap_put(r->tables, inline_ids, pack.id, 0) < 0)
            return CTG_ERR_NOMEM;
        use_name(in, names, pack.id);
        return library_put(in, &pack);
    }
    const char *const name = value_id(r, at);
    if (!name)
        return reader_status(r);
    echo_string(r, name);
    use_name(in, names, name);
    if (!library_find(in, name) && find_embedded(name) == NONE)
        reader_fault(r, FAULT_ERROR, "E-REF", at,
                     "there is no rule pack \"%s\". Maybe write it in place, "
                     "or hand its file in.",
                     name);
    return reader_status(r);
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The used packs that are at hand, by id. */
static ctg_status keep_used(intake *in, name_vec *names) {
    reader *const r = in->r;
    rule_pack *const packs = ARENA_NEW(r->mem, rule_pack, names->n);
    if (!packs)
        return CTG_ERR_NOMEM;
    if (names->n > 1)
        qsort((void *)names->at, (size_t)names->n, sizeof *names->at,
              compare_names);
    int32_t n = 0;
    for (int32_t i = 0; i < names->n; i++) {
        TRY(load_embedded(in, names->at[i]));
        const rule_pack *const pack = library_find(in, names->at[i]);
        if (!pack || (i > 0 && strcmp(names->at[i], names->at[i - 1]) == 0))
            continue;
        if (idmap_put(r->tables, &in->pack_ids, pack->id, n) < 0)
            return CTG_ERR_NOMEM;
        packs[n++] = *pack;
    }
    in->p->packs = packs;
    in->p->n_packs = n;
    return CTG_OK;
}

/* Presets of employees are rules of a pack that no structure names. */
static bool has_presets(const json_t *root) {
    const json_t *const employees = json_object_get(root, "employees");
    for (size_t i = 0; i < json_array_size(employees); i++)
        if (json_object_get(json_array_get(employees, i), "preset"))
            return true;
    return false;
}

ctg_status read_packs(intake *in, const cursor *root) {
    reader *const r = in->r;
    name_vec names = {0};
    idmap inline_ids = {0};
    const list items = open_list(r, root, "rules", FILLED, PACKS_MOST);
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        TRY(read_given(in, &at, &names, &inline_ids));
    }
    close_list(r, &items);
    const json_t *const structures = json_object_get(root->at, "structures");
    for (size_t i = 0; i < json_array_size(structures); i++)
        use_names_of(in, &names, json_array_get(structures, i));
    if (has_presets(root->at))
        use_name(in, &names, "fr-labour");
    TRY(reader_status(r));
    return keep_used(in, &names);
}
