// SPDX-License-Identifier: GPL-3.0-or-later
/* Numbers of a rule of kind data, from its canonical text: a name stands there
 * once between unescaped quotes with a colon behind, and nowhere else. */
#include <stdlib.h>
#include <string.h>

#include "model/rules.h"

bool rule_data_int(const rule *r, const char *name, int64_t *out) {
    const size_t n = strlen(name);
    for (const char *at = strstr(r->data, name); at;
         at = strstr(at + 1, name)) {
        if (at == r->data || at[-1] != '"' || strncmp(at + n, "\":", 2) != 0 ||
            (at - 1 > r->data && at[-2] == '\\'))
            continue;
        const char *const digits = at + n + 2;
        char *end = NULL;
        *out = strtoll(digits, &end, 10);
        return end != digits;
    }
    return false;
}
