// SPDX-License-Identifier: GPL-3.0-or-later
/* Plans side by side: solutions in, tables out. */
#include "check/compare.h"
#include "api/api.h"

enum { MOST_SIDES = 64 };

static bool are_sides(const ctg_side *sides, int32_t n) {
    if (!sides || n < 1 || n > MOST_SIDES)
        return false;
    for (int32_t k = 0; k < n; k++)
        if (!sides[k].name || !sides[k].solution)
            return false;
    return true;
}

static ctg_status compare(ctg_tables *made, const ctg_side *sides, int32_t n,
                          ctg_error *err) {
    compare_side inside[MOST_SIDES];
    for (int32_t k = 0; k < n; k++) {
        const ctg_solution *const its = sides[k].solution;
        inside[k] =
            (compare_side){.name = arena_strdup(made->mem, sides[k].name),
                           .of = {.prob = its->problem->inside,
                                  .plan = its->plan,
                                  .verdict = &its->verdict},
                           .n_coverage = its->n_coverage,
                           .coverage = its->coverage};
        if (!inside[k].name)
            return err_nomem(err);
    }
    return check_compare(&made->inside, inside, n, made->mem, err);
}

ctg_status ctg_compare(ctg_tables **out, const ctg_side *sides, int32_t n,
                       ctg_error *err) {
    if (out)
        *out = NULL;
    if (!out || !are_sides(sides, n))
        return misuse(err, "ctg_compare needs a place for the tables and 1 to "
                           "64 solutions with names.");
    ctg_tables *const made =
        tables_make(arena_allocator(sides[0].solution->mem));
    if (!made)
        return err_nomem(err);
    const ctg_status status = compare(made, sides, n, err);
    if (status == CTG_OK)
        *out = made;
    else
        ctg_tables_free(made);
    return status;
}
