// SPDX-License-Identifier: GPL-3.0-or-later
/* How large a generated menu is (format.md 4.4), counted without making it. */
#include <stdlib.h>

#include "town.h"

static bool fits(const week *w, unsigned dropped, int later, int earlier) {
    for (int d = 0; d < DAYS; d++) {
        if (w->begin[d] == w->end[d] || dropped >> d & 1)
            continue;
        const int begin = w->begin[d] + later, end = w->end[d] + earlier;
        if (begin < OPENS || end > CLOSES || begin >= end)
            return false;
    }
    return true;
}

static int variants(const request *r, unsigned dropped) {
    const flex *const f = &r->flex;
    int n = fits(&r->asked, dropped, 0, 0);
    for (int s = f->step; s <= f->shift; s += f->step)
        n += fits(&r->asked, dropped, -s, -s) + fits(&r->asked, dropped, s, s);
    for (int a = 0; a <= f->later; a += f->step)
        for (int b = 0; b <= f->earlier; b += f->step)
            n += (a || b) && fits(&r->asked, dropped, a, -b);
    return n;
}

static int bits(unsigned x) {
    int n = 0;
    for (; x; x &= x - 1)
        n++;
    return n;
}

int menu_options(const request *r) {
    unsigned pattern = 0;
    for (int d = 0; d < DAYS; d++)
        pattern |= r->asked.begin[d] < r->asked.end[d] ? 1u << d : 0u;
    int n = 0;
    for (unsigned dropped = 0; dropped < 1u << DAYS; dropped++)
        if ((dropped & ~(pattern & r->flex.droppable)) == 0 &&
            bits(dropped) <= r->flex.drop_days && dropped != pattern)
            n += variants(r, dropped);
    return n * r->n_choices;
}

static int compare(const void *a, const void *b) {
    const int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

int menu_median(const town *t) {
    if (t->n_requests == 0)
        return 0;
    int *const sizes = calloc((size_t)t->n_requests, sizeof *sizes);
    if (!sizes)
        return -1;
    for (int i = 0; i < t->n_requests; i++)
        sizes[i] = t->requests[i].n_options;
    qsort(sizes, (size_t)t->n_requests, sizeof *sizes, compare);
    const int median = sizes[t->n_requests / 2];
    free(sizes);
    return median;
}
