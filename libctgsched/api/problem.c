// SPDX-License-Identifier: GPL-3.0-or-later
/* Problems and rule packs at the door: argument checks, faults told one by one,
 * and the count of holders. */
#include <assert.h>
#include <string.h>

#include "api/api.h"
#include "base/civil.h"

const ctg_problem *problem_hold(const ctg_problem *prob) {
    atomic_fetch_add_explicit(prob->holds, 1, memory_order_relaxed);
    return prob;
}

void problem_release(const ctg_problem *prob) {
    if (!prob)
        return;
    /* Whoever lets go last sees all that the others did before. */
    if (atomic_fetch_sub_explicit(prob->holds, 1, memory_order_acq_rel) != 1)
        return;
    const ctg_problem *const before = prob->before;
    problem_free(prob->inside);
    problem_release(before); // a few, see io_apply
}

static ctg_status problem_wrap(ctg_problem **out, problem *inside,
                               const ctg_problem *before, ctg_error *err) {
    ctg_problem *const made = ARENA_NEW(inside->mem, ctg_problem, 1);
    atomic_int *const holds = ARENA_NEW(inside->mem, atomic_int, 1);
    if (!made || !holds) {
        problem_free(inside);
        return err_nomem(err);
    }
    atomic_init(holds, 1);
    *made = (ctg_problem){.inside = inside, .holds = holds};
    if (inside->shares)
        made->before = problem_hold(before);
    *out = made;
    return CTG_OK;
}

static io_text *packs_take(const ctg_read_options *options, arena *mem) {
    io_text *const packs = ARENA_NEW(mem, io_text, options->n_packs + 1);
    for (int32_t i = 0; packs && i < options->n_packs; i++)
        packs[i] = (io_text){options->packs[i].at, options->packs[i].bytes};
    return packs;
}

/* Reads with every fault told; `*n` receives how many there were. With `before`
 * the input is changes to it. */
static ctg_status read_problem(problem **out, ctg_lint *n,
                               const problem *before, io_text input,
                               const ctg_read_options *options,
                               ctg_error *err) {
    arena *const mem = arena_create(options->allocator, 0);
    if (!mem)
        return err_nomem(err);
    fault_list faults = {.mem = mem};
    const io_text *const packs = packs_take(options, mem);
    ctg_status status = packs ? CTG_OK : err_nomem(err);
    if (packs)
        status = before ? io_apply(out, before, input, packs, options->n_packs,
                                   options->allocator, &faults, err)
                        : io_read_problem(out, input, packs, options->n_packs,
                                          options->allocator, &faults, err);
    faults_tell(&faults, options);
    n->n_errors = faults.n_errors;
    n->n_warnings = faults.n_warnings;
    arena_destroy(mem);
    return status;
}

static bool is_text(const char *at, size_t bytes) { return at || bytes == 0; }

ctg_status ctg_problem_parse(ctg_problem **out, const char *json, size_t bytes,
                             const ctg_read_options *options, ctg_error *err) {
    ctg_read_options how;
    if (out)
        *out = NULL;
    if (!out || !is_text(json, bytes) || !read_options_take(&how, options))
        return misuse(err, "ctg_problem_parse needs a place for the problem, "
                           "a text, and CTG_READ_OPTIONS_INIT or NULL.");
    problem *inside = NULL;
    ctg_lint n = {0};
    const io_text input = {json ? json : "", bytes};
    TRY(read_problem(&inside, &n, NULL, input, &how, err));
    return problem_wrap(out, inside, NULL, err);
}

ctg_status ctg_problem_apply(ctg_problem **out, const ctg_problem *prob,
                             const char *json, size_t bytes,
                             const ctg_read_options *options, ctg_error *err) {
    ctg_read_options how;
    if (out)
        *out = NULL;
    if (!out || !prob || !is_text(json, bytes) ||
        !read_options_take(&how, options))
        return misuse(err, "ctg_problem_apply needs a place for the problem, a "
                           "problem, a text, and CTG_READ_OPTIONS_INIT or "
                           "NULL.");
    problem *inside = NULL;
    ctg_lint n = {0};
    const io_text input = {json ? json : "", bytes};
    TRY(read_problem(&inside, &n, prob->inside, input, &how, err));
    return problem_wrap(out, inside, prob, err);
}

/* A text with errors was listed whole; memory that ended was not. */
static bool is_listed(ctg_status status, const ctg_lint *found) {
    return status == CTG_OK || (status != CTG_ERR_NOMEM && found->n_errors > 0);
}

ctg_status ctg_problem_lint(ctg_lint *out, const char *json, size_t bytes,
                            const ctg_read_options *options, ctg_error *err) {
    ctg_read_options how;
    if (!out || !is_text(json, bytes) || !read_options_take(&how, options))
        return misuse(err, "ctg_problem_lint needs a place for the counts, "
                           "a text, and CTG_READ_OPTIONS_INIT or NULL.");
    *out = (ctg_lint){0};
    problem *inside = NULL;
    ctg_error first = CTG_ERROR_INIT;
    const io_text input = {json ? json : "", bytes};
    const ctg_status status =
        read_problem(&inside, out, NULL, input, &how, &first);
    if (status == CTG_OK)
        problem_free(inside);
    if (is_listed(status, out))
        return CTG_OK;
    return err_set(err, status, first.code, first.pointer, "%s", first.message);
}

void ctg_problem_free(ctg_problem *prob) { problem_release(prob); }

const char *ctg_problem_text(const ctg_problem *prob, size_t *bytes) {
    if (bytes)
        *bytes = prob ? prob->inside->canonical_bytes : 0;
    return prob ? prob->inside->canonical : NULL;
}

const char *ctg_problem_digest(const ctg_problem *prob) {
    return prob ? prob->inside->digest : "";
}

ctg_status ctg_problem_about(ctg_problem_info *out, const ctg_problem *prob) {
    if (!out || !prob)
        return CTG_ERR_USAGE;
    const problem *const in = prob->inside;
    *out = (ctg_problem_info){
        .id = in->id,
        .seed = in->seed,
        .n_days = in->n_days,
        .n_structures = in->n_structures,
        .n_children = in->n_children,
        .n_requests = in->n_requests,
        .n_goals = in->goals.weighted ? 1 : in->goals.n,
        .n_packs = in->n_packs,
    };
    assert(in->n_days > 0);
    civil_print(in->days[0], out->first_date);
    civil_print(in->days[in->n_days - 1], out->last_date);
    for (int32_t r = 0; r < in->n_requests; r++)
        out->n_options += in->requests[r].n_options;
    return CTG_OK;
}

int ctg_problem_pack(ctg_pack_info *out, const ctg_problem *prob,
                     int32_t index) {
    if (!out || !prob || index < 0 || index >= prob->inside->n_packs)
        return 0;
    const rule_pack *const pack = &prob->inside->packs[index];
    *out = (ctg_pack_info){
        .id = pack->id, .digest = pack->digest, .title = pack->title};
    return 1;
}

const char *ctg_rules_text(int32_t index, const char **name, size_t *bytes) {
    if (index < 0 || index >= io_embedded_packs())
        return NULL;
    const char *found = NULL;
    const io_text pack = io_embedded_pack(index, &found);
    if (name)
        *name = found;
    if (bytes)
        *bytes = pack.n;
    return pack.at;
}

ctg_status ctg_rules_lint(ctg_lint *out, const char *json, size_t bytes,
                          const ctg_read_options *options, ctg_error *err) {
    ctg_read_options how;
    if (!out || !is_text(json, bytes) || !read_options_take(&how, options))
        return misuse(err, "ctg_rules_lint needs a place for the counts, "
                           "a text, and CTG_READ_OPTIONS_INIT or NULL.");
    *out = (ctg_lint){0};
    arena *const mem = arena_create(how.allocator, 0);
    if (!mem)
        return err_nomem(err);
    fault_list faults = {.mem = mem};
    rule_pack pack = {0};
    ctg_error first = CTG_ERROR_INIT;
    const io_text input = {json ? json : "", bytes};
    const ctg_status status = io_read_pack(&pack, input, &faults, mem, &first);
    faults_tell(&faults, &how);
    out->n_errors = faults.n_errors;
    out->n_warnings = faults.n_warnings;
    arena_destroy(mem);
    if (is_listed(status, out))
        return CTG_OK;
    return err_set(err, status, first.code, first.pointer, "%s", first.message);
}
