// SPDX-License-Identifier: GPL-3.0-or-later
/* Any bytes as a plan of a small problem: refused, or written so that what is
 * written reads back and is written the same again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "io/io.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static const char town[] =
    "{\"schema\":\"ctgsched/problem/1\",\"id\":\"p\","
    "\"horizon\":{\"first\":\"2026-09-07\",\"last\":\"2026-09-11\"},"
    "\"needs\":[{\"id\":\"n\",\"skill\":\"k\"}],"
    "\"structures\":[{\"id\":\"s\",\"kind\":\"other\",\"places\":10,"
    "\"hours\":[{\"begin\":\"08:00\",\"end\":\"18:00\"}],"
    "\"sections\":[{\"id\":\"a\",\"places\":5}],"
    "\"shared\":[{\"id\":\"q\",\"sections\":[\"a\"],\"places\":4}],"
    "\"offers\":[{\"need\":\"n\"}]}],"
    "\"children\":[{\"id\":\"c\",\"birth\":\"2025-01-15\"},"
    "{\"id\":\"d\",\"birth\":\"2024-01-15\"}],"
    "\"requests\":["
    "{\"id\":\"r\",\"child\":\"c\",\"options\":[{\"id\":\"o\","
    "\"structure\":\"s\",\"when\":[{\"begin\":\"09:00\",\"end\":\"17:00\"}]}]},"
    "{\"id\":\"t\",\"child\":\"d\",\"menu\":{\"week\":[{\"days\":[\"mon\"],"
    "\"begin\":\"09:00\",\"end\":\"17:00\"}],"
    "\"structures\":[{\"structure\":\"s\"}],\"flex\":{\"later\":30}}}]}";

static void require(int holds) {
    if (!holds)
        abort();
}

static io_text written(const problem *p, const plan *one, arena *mem) {
    text out = {.mem = mem};
    require(io_write_plan(&out, p, one, NULL) == CTG_OK);
    return (io_text){out.at, out.n};
}

static void check_rewrite(const problem *p, const plan *one, arena *mem) {
    const io_text first = written(p, one, mem);
    plan *again = NULL;
    require(io_read_plan(&again, p, first, NULL, mem, NULL) == CTG_OK);
    const io_text second = written(p, again, mem);
    require(first.n == second.n && memcmp(first.at, second.at, first.n) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes) {
    arena *const mem = arena_create(NULL, 0);
    problem *p = NULL;
    plan *one = NULL;
    ctg_error err = CTG_ERROR_INIT;
    require(io_read_problem(&p, (io_text){town, strlen(town)}, NULL, 0, NULL,
                            NULL, NULL) == CTG_OK);
    const io_text input = {(const char *)data, bytes};
    if (io_read_plan(&one, p, input, NULL, mem, &err) == CTG_OK)
        check_rewrite(p, one, mem);
    else
        require(err.status != CTG_OK && err.line > 0);
    problem_free(p);
    arena_destroy(mem);
    return 0;
}
