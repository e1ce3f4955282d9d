// SPDX-License-Identifier: GPL-3.0-or-later
/* The three readings of a ratio, in closed form. */
#include "solve/demand.h"

#include "base/text.h"

int64_t demand_common(const rule *ratio) {
    int64_t common = 1;
    for (int32_t k = 0; k < ratio->n_classes; k++) {
        int64_t a = common, b = ratio->classes[k].per;
        while (b) {
            const int64_t rest = a % b;
            a = b;
            b = rest;
        }
        common = common / a * ratio->classes[k].per;
    }
    return common;
}

void demand_order(const rule *ratio, int32_t order[MAX_CLASSES]) {
    for (int32_t k = 0; k < ratio->n_classes; k++) {
        int32_t at = k;
        for (; at > 0 &&
               ratio->classes[order[at - 1]].per > ratio->classes[k].per;
             at--)
            order[at] = order[at - 1];
        order[at] = k;
    }
}

static int64_t required_sum(const rule *ratio, const int64_t *load) {
    const int64_t common = demand_common(ratio);
    int64_t total = 0;
    for (int32_t k = 0; k < ratio->n_classes; k++)
        total += load[k] * (common / ratio->classes[k].per);
    return ceil_div(total, 1000 * common);
}

static int64_t required_each(const rule *ratio, const int64_t *load) {
    int64_t total = 0;
    for (int32_t k = 0; k < ratio->n_classes; k++)
        total += ceil_div(load[k], (int64_t)1000 * ratio->classes[k].per);
    return total;
}

/* Groups are opened class by class; a group of few children takes the free
 * seats of earlier ones first, and opening an earlier, smaller group instead
 * never holds more. */
static int64_t required_fill(const rule *ratio, const int64_t *load) {
    int32_t order[MAX_CLASSES];
    demand_order(ratio, order);
    int64_t total = 0, children = 0, seats = 0;
    for (int32_t k = 0; k < ratio->n_classes; k++) {
        const int64_t unit = (int64_t)1000 * ratio->classes[order[k]].per;
        children += load[order[k]];
        if (children > seats) {
            const int64_t more = ceil_div(children - seats, unit);
            total += more;
            seats += more * unit;
        }
    }
    return total;
}

int64_t demand_required(const rule *ratio, ratio_reading reading,
                        const int64_t *load) {
    switch (reading) {
    case CEIL_EACH:
        return required_each(ratio, load);
    case MIXED_GROUP_FILL:
        return required_fill(ratio, load);
    default:
        return required_sum(ratio, load);
    }
}

int32_t demand_unqualified(const rule *quota, int32_t n) {
    return n >= quota->small_from && n <= quota->small_to
               ? quota->small_unqualified
               : n * quota->unqualified_max_pct / 100;
}
