// SPDX-License-Identifier: GPL-3.0-or-later
/* What each structure has and needs through its day (doc/format.md 9). */
#include "base/vec.h"
#include "check/check.h"
#include "check/roster.h"
#include "check/staffing.h"

VEC_DECLARE(coverage_vec, coverage_row);

enum { BINDS_NOTHING, BINDS_SEATS, BINDS_STAFF };

static int32_t free_places(const sheet *s) {
    const int64_t left = 1000 * (int64_t)s->limit - s->weight;
    return left > 0 ? (int32_t)(left / 1000) : 0;
}

static int32_t what_binds(sheet *s, int32_t free_now) {
    const staffing more = staffing_at(s, true);
    if (more.required > sheet_counted(s, s->n_present + 1) ||
        more.required > staffing_usable(s, s->n_present + 1) ||
        more.minimum > s->persons)
        return BINDS_STAFF;
    return free_now == 0 ? BINDS_SEATS : BINDS_NOTHING;
}

static coverage_row row_now(sheet *s) {
    const int32_t free_now = free_places(s);
    return (coverage_row){.structure = s->structure,
                          .day = s->day,
                          .begin = (int16_t)s->begin,
                          .end = (int16_t)s->end,
                          .present = s->n_present,
                          .places = s->limit,
                          .required = (int32_t)staffing_at(s, false).required,
                          .counted = s->counted,
                          .free = free_now,
                          .binds = what_binds(s, free_now)};
}

static bool goes_on(const coverage_row *a, const coverage_row *b) {
    return a->structure == b->structure && a->day == b->day &&
           a->end == b->begin && a->present == b->present &&
           a->places == b->places && a->required == b->required &&
           a->counted == b->counted && a->free == b->free &&
           a->binds == b->binds;
}

/* Lengthens the last row or adds one; false without memory. */
static bool add_row(coverage_vec *rows, const coverage_row *row, arena *mem) {
    if (rows->n > 0 && goes_on(&rows->at[rows->n - 1], row)) {
        rows->at[rows->n - 1].end = row->end;
        return true;
    }
    coverage_row *const slot = VEC_PUSH(mem, rows, coverage_row);
    if (slot)
        *slot = *row;
    return slot != NULL;
}

static ctg_status cover_all(coverage_vec *rows, const problem *prob,
                            const int32_t *option_of, arena *mem,
                            arena *scratch, ctg_error *err) {
    attendance at;
    sheet s;
    TRY(attendance_build(&at, prob, option_of, scratch, err));
    TRY(sheet_create(&s, prob, attendance_busiest(&at), scratch, err));
    for (int32_t place = 0; place < prob->n_structures; place++) {
        for (int32_t day = 0; day < prob->n_days; day++) {
            sheet_start(&s, option_of, place, day,
                        attendance_on(&at, place, day));
            while (sheet_next(&s)) {
                if (!s.is_open)
                    continue;
                const coverage_row row = row_now(&s);
                if (!add_row(rows, &row, mem))
                    return err_nomem(err);
            }
        }
    }
    return CTG_OK;
}

ctg_status check_coverage(coverage_row **rows, int32_t *n_rows,
                          const problem *prob, const plan *p, arena *mem,
                          ctg_error *err) {
    coverage_vec found = {0};
    arena *const scratch = arena_create(arena_allocator(mem), 0);
    if (!scratch)
        return err_nomem(err);
    const problem *const staffed = roster_staffed(prob, p->way_of, scratch);
    const ctg_status status =
        staffed ? cover_all(&found, staffed, p->option_of, mem, scratch, err)
                : err_nomem(err);
    arena_destroy(scratch);
    *rows = found.at;
    *n_rows = found.n;
    return status;
}
