// SPDX-License-Identifier: GPL-3.0-or-later
/* The version comes from the build: CMakeLists.txt is the one place that
 * names it. */
#include "ctgsched_base.h"

#ifndef CTG_VERSION_TEXT
#error "the build must define CTG_VERSION_TEXT"
#endif

static const char *const texts[] = {
    [CTG_OK] = "no error",
    [CTG_ERR_NOMEM] = "out of memory",
    [CTG_ERR_USAGE] = "the call breaks its contract",
    [CTG_ERR_INPUT] = "the input is refused",
    [CTG_ERR_LIMIT] = "a limit of size is passed",
    [CTG_ERR_VERIFY] = "the plan failed the judge",
    [CTG_ERR_ENGINE] = "the LP engine gave up",
    [CTG_ERR_INTERNAL] = "internal error, please report it",
    [CTG_ERR_STOPPED] = "stopped before anything was known",
    [CTG_ERR_IO] = "a file could not be read or written",
};

const char *ctg_version(void) { return CTG_VERSION_TEXT; }

const char *ctg_status_text(ctg_status status) {
    const unsigned index = (unsigned)status;
    if (index >= sizeof texts / sizeof texts[0])
        return "unknown status";
    return texts[index];
}
