// SPDX-License-Identifier: GPL-3.0-or-later
/* The coverage that a plan states: rows by structure, day and begin. */
#include <stdlib.h>

#include "base/vec.h"
#include "io/plan_reader.h"

enum { LIST_MOST = 10000000, COUNT_MOST = 1000000000 };

VEC_DECLARE(row_vec, coverage_row);

static int32_t find_day(const problem *p, int32_t civil) {
    for (int32_t day = 0; day < p->n_days; day++)
        if (p->days[day] == civil)
            return day;
    return NONE;
}

static int32_t take_day(plan_reader *in, const cursor *of) {
    const int32_t civil = take_date(in->r, of, "date", REQUIRED, CIVIL_NONE);
    const cursor at = cursor_member(of, "date");
    const int32_t day = civil == CIVIL_NONE ? NONE : find_day(in->p, civil);
    if (civil != CIVIL_NONE && day == NONE)
        reader_fault(in->r, FAULT_ERROR, "E-REF", &at,
                     "this date is not in the horizon. Maybe the plan is of "
                     "another problem.");
    return day;
}

static int32_t take_number(reader *r, const cursor *of, const char *name) {
    return (int32_t)take_int(r, of, name,
                             (int_rule){REQUIRED, 0, COUNT_MOST, 0});
}

static void read_interval(plan_reader *in, const cursor *at,
                          coverage_row *out) {
    static const char *const known[] = {"begin",  "end",      "present",
                                        "places", "required", "counted",
                                        "free",   "binds"};
    static const char *const binds[] = {"none", "seats", "staff"};
    reader *const r = in->r;
    if (!open_object(r, at, known, COUNT(known)))
        return;
    out->begin = (int16_t)take_time(r, at, "begin", REQUIRED, 0);
    out->end = (int16_t)take_time(r, at, "end", REQUIRED, 24 * 60);
    if (out->begin >= out->end)
        fault_interval(r, at, "begin", "end");
    out->present = take_number(r, at, "present");
    out->places = take_number(r, at, "places");
    out->required = take_number(r, at, "required");
    out->counted = take_number(r, at, "counted");
    out->free = take_number(r, at, "free");
    out->binds =
        take_word(r, at, "binds", REQUIRED, (words){COUNT(binds), binds}, 0);
    close_object(r);
}

static ctg_status read_day(plan_reader *in, const cursor *at, row_vec *rows) {
    static const char *const known[] = {"structure", "date", "intervals"};
    reader *const r = in->r;
    if (!open_object(r, at, known, COUNT(known)))
        return reader_status(r);
    const int32_t index = take_known_structure(in, at, REQUIRED);
    const int32_t day = take_day(in, at);
    const list items = open_list(r, at, "intervals", REQUIRED, LIST_MOST);
    for (int32_t i = 0; i < items.n; i++) {
        const cursor one = cursor_element(&items.at, i);
        coverage_row *const row = VEC_PUSH(r->mem, rows, coverage_row);
        if (!row)
            return CTG_ERR_NOMEM;
        *row = (coverage_row){.structure = index, .day = day};
        read_interval(in, &one, row);
    }
    close_list(r, &items);
    close_object(r);
    return reader_status(r);
}

static int compare_rows(const void *left, const void *right) {
    const coverage_row *const a = left, *const b = right;
    if (a->structure != b->structure)
        return a->structure < b->structure ? -1 : 1;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return (a->begin > b->begin) - (a->begin < b->begin);
}

ctg_status read_coverage(plan_reader *in, const cursor *root) {
    reader *const r = in->r;
    row_vec rows = {0};
    const list items = open_list(r, root, "coverage", OMITTED, LIST_MOST);
    for (int32_t i = 0; i < items.n; i++) {
        const cursor at = cursor_element(&items.at, i);
        TRY(read_day(in, &at, &rows));
    }
    close_list(r, &items);
    if (rows.n > 1)
        qsort(rows.at, (size_t)rows.n, sizeof *rows.at, compare_rows);
    in->out->has_coverage = items.at.at != NULL;
    in->out->n_coverage = rows.n;
    in->out->coverage = rows.at;
    return reader_status(r);
}
