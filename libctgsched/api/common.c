// SPDX-License-Identifier: GPL-3.0-or-later
/* Misuse, structs that carry their size, and text that leaves the library. */
#include <assert.h>
#include <string.h>

#include "api/api.h"
#include "base/clock.h"

ctg_status misuse(ctg_error *err, const char *what) {
    return err_set(err, CTG_ERR_USAGE, "E-USAGE", NULL, "%s", what);
}

bool sized_take(void *out, size_t out_size, const void *given,
                size_t smallest) {
    size_t size = 0;
    memcpy(&size, given, sizeof size);
    if (size < smallest)
        return false;
    const unsigned char *const bytes = given;
    for (size_t i = out_size; i < size; i++)
        if (bytes[i] != 0)
            return false;
    memcpy(out, given, size < out_size ? size : out_size);
    memcpy(out, &out_size, sizeof out_size);
    return true;
}

bool read_options_take(ctg_read_options *out, const ctg_read_options *given) {
    *out = (ctg_read_options)CTG_READ_OPTIONS_INIT;
    if (!given)
        return true;
    if (!sized_take(out, sizeof *out, given, sizeof *out))
        return false;
    return out->n_packs >= 0 && (out->n_packs == 0 || out->packs);
}

void faults_tell(const fault_list *faults, const ctg_read_options *options) {
    if (!options->on_fault)
        return;
    for (int32_t i = 0; i < faults->n; i++) {
        const fault *const from = &faults->at[i];
        const ctg_fault told = {
            .severity = from->severity == FAULT_ERROR ? CTG_SEVERITY_ERROR
                                                      : CTG_SEVERITY_WARNING,
            .line = from->line,
            .column = from->column,
            .code = from->code,
            .pointer = from->pointer,
            .message = from->message,
        };
        options->on_fault(options->user, &told);
    }
}

ctg_status text_hand_over(ctg_text *out, text *from, ctg_error *err) {
    text_add(from, "", 0);
    if (from->failed || !from->at) {
        arena_destroy(from->mem);
        return err_nomem(err);
    }
    *out = (ctg_text){.at = from->at, .bytes = from->n, .owner = from->mem};
    return CTG_OK;
}

void ctg_text_free(ctg_text *given) {
    if (!given || !given->owner)
        return;
    arena_destroy(given->owner);
    *given = (ctg_text)CTG_TEXT_INIT;
}

double ctg_process_seconds(void) {
    return (double)(clock_now_us() - clock_process_start_us()) / 1e6;
}
