// SPDX-License-Identifier: GPL-3.0-or-later
/* Any bytes as a problem: refused with a fault that has a place, or read so
 * that its canonical form reads back as itself. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "io/io.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static void require(int holds) {
    if (!holds)
        abort();
}

static void check_refusal(const fault_list *faults, const ctg_error *err) {
    require(faults->n_errors > 0);
    require(err->status != CTG_OK && err->line > 0 && err->column > 0);
    require(strstr(err->message, "Maybe ") != NULL ||
            strlen(err->message) + 1 == sizeof err->message);
}

static void check_canonical(const problem *p) {
    const io_text canonical = {p->canonical, p->canonical_bytes};
    ctg_error err = CTG_ERROR_INIT;
    problem *again = NULL;
    require(io_read_problem(&again, canonical, NULL, 0, NULL, NULL, &err) ==
            CTG_OK);
    require(strcmp(again->canonical, p->canonical) == 0);
    problem_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes) {
    arena *const mem = arena_create(NULL, 0);
    fault_list faults = {.mem = mem};
    ctg_error err = CTG_ERROR_INIT;
    problem *p = NULL;
    const ctg_status status = io_read_problem(
        &p, (io_text){(const char *)data, bytes}, NULL, 0, NULL, &faults, &err);
    if (status == CTG_OK)
        check_canonical(p);
    else
        check_refusal(&faults, &err);
    problem_free(p);
    arena_destroy(mem);
    return 0;
}
