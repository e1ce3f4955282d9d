// SPDX-License-Identifier: GPL-3.0-or-later
/* How many more children fit: the question in ids and dates, the answer too. */
#include "check/headroom.h"
#include "api/api.h"
#include "base/civil.h"

struct ctg_headroom {
    arena *mem; /* this struct lives in it, too */
    const problem *prob;
    int32_t n;
    const headroom_row *at; /* [n] */
};

static ctg_status refuse(ctg_error *err, const char *what) {
    return err_set(err, CTG_ERR_USAGE, "E-SLOT", NULL, "%s", what);
}

static ctg_status measure(ctg_headroom *made, const ctg_solution *solution,
                          const char *structure, const char *date,
                          ctg_error *err) {
    headroom_row *rows = NULL;
    const standing *on = NULL;
    const problem *const prob = made->prob = solution->problem->inside;
    const int32_t place =
        structure ? problem_find_structure(prob, structure) : NONE;
    const int32_t day = date ? problem_find_day(prob, date) : NONE;
    if (structure && place == NONE)
        return refuse(err, "no structure has that id. Maybe look at the ids "
                           "of the file.");
    if (date && day == NONE)
        return refuse(err, "the date is no day of the horizon. Maybe one "
                           "such as 2026-09-09 between its first and last.");
    TRY(solution_standing(&on, solution, err));
    TRY(check_headroom(&rows, &made->n, on, place, day, made->mem, err));
    made->at = rows;
    return CTG_OK;
}

ctg_status ctg_solution_headroom(ctg_headroom **out,
                                 const ctg_solution *solution,
                                 const char *structure, const char *date,
                                 ctg_error *err) {
    if (out)
        *out = NULL;
    if (!out || !solution)
        return misuse(err, "ctg_solution_headroom needs a place for the "
                           "headroom and a solution.");
    arena *const mem = arena_create(arena_allocator(solution->mem), 0);
    ctg_headroom *const made = mem ? ARENA_NEW(mem, ctg_headroom, 1) : NULL;
    if (!made) {
        arena_destroy(mem);
        return err_nomem(err);
    }
    made->mem = mem;
    const ctg_status status = measure(made, solution, structure, date, err);
    if (status == CTG_OK)
        *out = made;
    else
        ctg_headroom_free(made);
    return status;
}

void ctg_headroom_free(ctg_headroom *headroom) {
    if (headroom)
        arena_destroy(headroom->mem);
}

int ctg_headroom_at(ctg_headroom_row *out, const ctg_headroom *headroom,
                    int32_t index) {
    static const int32_t binds[] = {[HEADROOM_SEATS] = CTG_BINDS_SEATS,
                                    [HEADROOM_STAFF] = CTG_BINDS_STAFF,
                                    [HEADROOM_BOTH] = CTG_BINDS_BOTH,
                                    [HEADROOM_PERIOD] = CTG_BINDS_PERIOD,
                                    [HEADROOM_SESSION] = CTG_BINDS_SESSION,
                                    [HEADROOM_NOTHING] = CTG_BINDS_NOTHING};
    if (!out || !headroom || index < 0 || index >= headroom->n)
        return 0;
    const headroom_row *const from = &headroom->at[index];
    const structure *const x = &headroom->prob->structures[from->structure];
    *out = (ctg_headroom_row){
        .structure = x->id,
        .section = from->section == NONE ? NULL : x->sections[from->section].id,
        .class_id = from->class_,
        .begin = from->begin,
        .end = from->end,
        .more = from->more,
        .binds = binds[from->binds],
    };
    civil_print(headroom->prob->days[from->day], out->date);
    return 1;
}
