// SPDX-License-Identifier: GPL-3.0-or-later
/* Any bytes as changes of a small problem: refused with a place, or made, and
 * then the changed problem reads back as the same one. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "io/io.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static const char town[] =
    "{\"schema\":\"ctgsched/problem/1\",\"id\":\"p\","
    "\"horizon\":{\"first\":\"2026-09-07\",\"last\":\"2026-09-11\"},"
    "\"structures\":[{\"id\":\"s\",\"kind\":\"other\",\"places\":10,"
    "\"hours\":[{\"begin\":\"08:00\",\"end\":\"18:00\"}]}],"
    "\"children\":[{\"id\":\"c\",\"birth\":\"2025-01-15\"}],"
    "\"requests\":[{\"id\":\"r\",\"child\":\"c\",\"options\":[{\"id\":\"o\","
    "\"structure\":\"s\",\"when\":[{\"begin\":\"09:00\",\"end\":\"17:00\"}]}]},"
    "{\"id\":\"t\",\"child\":\"c\",\"options\":[]}],"
    "\"siblings\":[],\"pins\":[{\"request\":\"t\",\"waiting\":true}],"
    "\"shifts\":[{\"id\":\"day\",\"structure\":\"s\",\"segments\":"
    "[{\"begin\":\"08:00\",\"end\":\"16:00\"}]}],"
    "\"employees\":[{\"id\":\"e\",\"absent\":[{\"days\":[\"wed\"]},"
    "{\"dates\":[\"2026-09-07\",\"2026-09-08\"]}],\"pins\":"
    "[{\"date\":\"2026-09-10\",\"shift\":\"day\"}]}]}";

static void require(int holds) {
    if (!holds)
        abort();
}

static void check_again(const problem *changed) {
    problem *again = NULL;
    const io_text input = {changed->canonical, changed->canonical_bytes};
    require(io_read_problem(&again, input, NULL, 0, NULL, NULL, NULL) ==
            CTG_OK);
    require(strcmp(again->digest, changed->digest) == 0);
    problem_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes) {
    problem *before = NULL, *changed = NULL;
    ctg_error err = CTG_ERROR_INIT;
    require(io_read_problem(&before, (io_text){town, strlen(town)}, NULL, 0,
                            NULL, NULL, NULL) == CTG_OK);
    const io_text input = {(const char *)data, bytes};
    if (io_apply(&changed, before, input, NULL, 0, NULL, NULL, &err) == CTG_OK)
        check_again(changed);
    else
        require(!changed && err.status != CTG_OK && err.line > 0);
    problem_free(changed);
    problem_free(before);
    return 0;
}
