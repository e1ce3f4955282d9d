// SPDX-License-Identifier: GPL-3.0-or-later
/* How many professionals a group of children requires.
 *
 * Three readings of one sentence of the law, each written as its definition
 * says it. Which reading a structure uses is data; which child is in which
 * class is the affair of sheet.c. */
#include "check/reading.h"

#include <assert.h>

#include "base/text.h"

static int64_t gcd(int64_t a, int64_t b) {
    while (b != 0) {
        const int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Fractions of a professional are summed, then rounded up once. */
static int64_t sum_then_ceil(const rule *r, const int64_t *weight) {
    int64_t common = 1;
    for (int32_t c = 0; c < r->n_classes; c++)
        common = common / gcd(common, r->classes[c].per) * r->classes[c].per;
    int64_t left = 0;
    for (int32_t c = 0; c < r->n_classes; c++)
        left += weight[c] * (common / r->classes[c].per);
    return ceil_div(left, 1000 * common);
}

/* Each class is rounded up on its own. */
static int64_t ceil_each(const rule *r, const int64_t *weight) {
    int64_t persons = 0;
    for (int32_t c = 0; c < r->n_classes; c++)
        persons += ceil_div(weight[c], 1000 * (int64_t)r->classes[c].per);
    return persons;
}

/* The class after `last` by (per, position); -1 when there is none. */
static int32_t next_class(const rule *r, int32_t last) {
    int32_t best = -1;
    for (int32_t c = 0; c < r->n_classes; c++) {
        const int32_t per = r->classes[c].per;
        if (last >= 0 && (per < r->classes[last].per ||
                          (per == r->classes[last].per && c <= last)))
            continue;
        if (best < 0 || per < r->classes[best].per)
            best = c;
    }
    return best;
}

/* By rising `per`, all children so far fit with the persons so far. A person
 * added for a later class looks after at least as many children, so adding each
 * as late as the row allows gives the least sum. */
static int64_t mixed_group_fill(const rule *r, const int64_t *weight) {
    int64_t persons = 0, children = 0, room = 0;
    for (int32_t c = next_class(r, -1); c >= 0; c = next_class(r, c)) {
        const int64_t per = 1000 * (int64_t)r->classes[c].per;
        children += weight[c];
        if (children <= room)
            continue;
        const int64_t more = ceil_div(children - room, per);
        persons += more;
        room += more * per;
    }
    return persons;
}

int64_t reading_required(const rule *ratio, ratio_reading reading,
                         const int64_t *weight) {
    assert(ratio->n_classes >= 0 && ratio->n_classes <= MAX_CLASSES);
    switch (reading) {
    case SUM_THEN_CEIL:
        return sum_then_ceil(ratio, weight);
    case CEIL_EACH:
        return ceil_each(ratio, weight);
    case MIXED_GROUP_FILL:
        return mixed_group_fill(ratio, weight);
    }
    assert(!"a reading of the catalogue");
    return 0;
}
