// SPDX-License-Identifier: GPL-3.0-or-later
/* Collecting findings and joining instants to maximal intervals. */
#include "check/finding.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

where where_of(rule_name broken) {
    return (where){.rule = broken,
                   .structure = NONE,
                   .section = NONE,
                   .shared = NONE,
                   .need = NONE,
                   .skill = NONE,
                   .request = NONE,
                   .resource = NONE,
                   .group = NONE,
                   .employee = NONE,
                   .civil = CIVIL_NONE,
                   .begin = NONE,
                   .end = NONE,
                   .week = NONE,
                   .month = NONE};
}

static int compare_text(const char *a, const char *b) {
    if (!a || !b)
        return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static int compare_row(const where *a, const where *b) {
    const int32_t left[] = {a->rule,  a->structure, a->section, a->shared,
                            a->need,  a->skill,     a->request, a->resource,
                            a->group, a->employee};
    const int32_t right[] = {b->rule,  b->structure, b->section, b->shared,
                             b->need,  b->skill,     b->request, b->resource,
                             b->group, b->employee};
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++) {
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    }
    return compare_text(a->manager, b->manager);
}

static int compare_time(const where *a, const where *b) {
    const int32_t left[] = {a->civil, a->begin, a->end, a->week, a->month};
    const int32_t right[] = {b->civil, b->begin, b->end, b->week, b->month};
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++) {
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    }
    return 0;
}

bool where_same_row(const where *a, const where *b) {
    return compare_row(a, b) == 0;
}

void findings_add(findings *list, const finding *found) {
    finding *const slot = VEC_PUSH(list->mem, list, finding);
    if (slot)
        *slot = *found;
    else
        list->failed = true;
}

void findings_add_instant(findings *list, const finding *found) {
    for (int32_t i = list->n - 1; i >= list->mergeable; i--) {
        finding *const last = &list->at[i];
        if (!where_same_row(&last->at, &found->at))
            continue;
        if (last->at.end != found->at.begin || last->size != found->size ||
            last->is_breach != found->is_breach)
            break;
        assert(last->at.civil == found->at.civil);
        last->at.end = found->at.end;
        return;
    }
    findings_add(list, found);
}

void findings_next_day(findings *list) { list->mergeable = list->n; }

static int compare_findings(const void *left, const void *right) {
    const finding *const a = left, *const b = right;
    const int row = compare_row(&a->at, &b->at);
    if (row != 0)
        return row;
    const int time = compare_time(&a->at, &b->at);
    if (time != 0)
        return time;
    return (a->size > b->size) - (a->size < b->size);
}

void findings_sort(findings *list) {
    if (list->n > 1)
        qsort(list->at, (size_t)list->n, sizeof *list->at, compare_findings);
}

bool findings_have(const findings *sorted, const finding *found) {
    return sorted->n > 0 &&
           bsearch(found, sorted->at, (size_t)sorted->n, sizeof *sorted->at,
                   compare_findings) != NULL;
}
