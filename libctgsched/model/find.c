// SPDX-License-Identifier: GPL-3.0-or-later
/* External ids to indices in the sorted sets of a problem. */
#include <assert.h>
#include <string.h>

#include "base/civil.h"
#include "model/problem.h"

/* Binary search among `n` records of `size` bytes whose first member is the
 * id; they rise by strcmp. */
static int32_t find_sorted(const void *records, int32_t n, size_t size,
                           const char *id) {
    int32_t low = 0, high = n;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        const char *there = NULL;
        memcpy(&there, (const char *)records + (size_t)middle * size,
               sizeof there);
        const int order = strcmp(there, id);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NONE;
}

int32_t problem_find_request(const problem *p, const char *id) {
    _Static_assert(offsetof(request, id) == 0, "find_sorted reads the id");
    assert(p && id);
    return find_sorted(p->requests, p->n_requests, sizeof(request), id);
}

int32_t problem_find_structure(const problem *p, const char *id) {
    _Static_assert(offsetof(structure, id) == 0, "find_sorted reads the id");
    assert(p && id);
    return find_sorted(p->structures, p->n_structures, sizeof(structure), id);
}

int32_t problem_find_employee(const problem *p, const char *id) {
    _Static_assert(offsetof(employee, id) == 0, "find_sorted reads the id");
    assert(p && id);
    return find_sorted(p->employees, p->n_employees, sizeof(employee), id);
}

int32_t problem_find_shift(const problem *p, const char *id) {
    _Static_assert(offsetof(shift, id) == 0, "find_sorted reads the id");
    assert(p && id);
    return find_sorted(p->shifts, p->n_shifts, sizeof(shift), id);
}

int32_t request_find_option(const request *r, const char *id) {
    assert(r && id);
    for (int32_t i = 0; i < r->n_options; i++)
        if (strcmp(r->options[i].id, id) == 0)
            return i;
    return NONE;
}

void request_order_options(int32_t *order, const request *r) {
    for (int32_t o = 0; o < r->n_options; o++) {
        int32_t at = o;
        for (; at > 0 && r->options[order[at - 1]].rank > r->options[o].rank;
             at--)
            order[at] = order[at - 1];
        order[at] = o;
    }
}

int32_t request_longest_menu(const problem *p) {
    int32_t most = 0;
    for (int32_t r = 0; r < p->n_requests; r++)
        if (p->requests[r].n_options > most)
            most = p->requests[r].n_options;
    return most;
}

int32_t problem_day_at(const problem *p, int32_t civil) {
    int32_t from = 0, to = p->n_days;
    while (from < to) {
        const int32_t middle = from + (to - from) / 2;
        if (p->days[middle] < civil)
            from = middle + 1;
        else
            to = middle;
    }
    return from < p->n_days && p->days[from] == civil ? from : NONE;
}

int32_t problem_find_day(const problem *p, const char *date) {
    int32_t civil;
    assert(p && date);
    return civil_parse(date, &civil) ? problem_day_at(p, civil) : NONE;
}
