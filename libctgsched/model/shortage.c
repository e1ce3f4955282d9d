// SPDX-License-Identifier: GPL-3.0-or-later
/* The one order of shortages in files. Sizes and ends do not order: two
 * maximal intervals of one row never begin at the same instant. */
#include <string.h>

#include "model/plan.h"

static int compare(int32_t a, int32_t b) { return (a > b) - (a < b); }

/* NULL, where a manager does not apply, comes first. */
static int compare_text(const char *a, const char *b) {
    if (!a || !b)
        return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

int shortage_compare(const shortage *a, const shortage *b) {
    const where *const x = &a->at, *const y = &b->at;
    const int first[] = {
        compare((int32_t)a->kind, (int32_t)b->kind),
        compare((int32_t)x->rule, (int32_t)y->rule),
        compare(x->structure, y->structure),
        compare(x->section, y->section),
        compare(x->shared, y->shared),
        compare(x->need, y->need),
        compare(x->skill, y->skill),
        compare_text(x->manager, y->manager),
        compare(x->request, y->request),
        compare(x->civil, y->civil),
        compare(x->begin, y->begin),
        compare(x->week, y->week),
        compare(x->month, y->month),
    };
    for (size_t i = 0; i < sizeof first / sizeof first[0]; i++)
        if (first[i] != 0)
            return first[i];
    return 0;
}
