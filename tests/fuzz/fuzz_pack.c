// SPDX-License-Identifier: GPL-3.0-or-later
/* Any bytes as a rule pack: refused with a place, or read with a digest. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "io/io.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static void require(int holds) {
    if (!holds)
        abort();
}

static void check_pack(const rule_pack *pack) {
    require(strlen(pack->digest) == strlen("sha256:") + 64);
    for (int32_t i = 0; i < pack->n_rules; i++) {
        const rule *const r = &pack->rules[i];
        require(r->id && r->valid_from <= r->valid_to);
        for (int32_t c = 0; c < r->n_classes; c++)
            require(r->classes[c].per >= 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes) {
    arena *const mem = arena_create(NULL, 0);
    rule_pack pack;
    ctg_error err = CTG_ERROR_INIT;
    const io_text input = {(const char *)data, bytes};
    if (io_read_pack(&pack, input, NULL, mem, &err) == CTG_OK)
        check_pack(&pack);
    else
        require(err.status != CTG_OK && err.line > 0);
    arena_destroy(mem);
    return 0;
}
