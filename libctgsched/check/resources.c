// SPDX-License-Identifier: GPL-3.0-or-later
/* A table of uses that options are added to and taken from. */
#include "check/resources.h"

#include "base/text.h"
#include "check/attendance.h"
#include "check/demand.h"

ctg_status resource_use_create(resource_use *out, const problem *prob,
                               arena *mem, ctg_error *err) {
    *out = (resource_use){.prob = prob, .n_cells = prob->n_days};
    out->week_of_day = ARENA_NEW(mem, int32_t, prob->n_days);
    out->used =
        ARENA_NEW(mem, int64_t, (size_t)prob->n_resources * prob->n_days + 1);
    if (!out->week_of_day || !out->used)
        return err_nomem(err);
    for (int32_t d = 1; d < prob->n_days; d++)
        out->week_of_day[d] =
            out->week_of_day[d - 1] + (civil_iso_week(prob->days[d]) !=
                                       civil_iso_week(prob->days[d - 1]));
    return CTG_OK;
}

static int64_t limit_in(const resource *r, int32_t cell) {
    return r->per == PER_DATE && r->day_limit ? r->day_limit[cell] : r->limit;
}

static int32_t cell_of(const resource_use *table, const resource *r,
                       int32_t day) {
    return r->per == PER_DATE   ? day
           : r->per == PER_WEEK ? table->week_of_day[day]
                                : 0;
}

static void add_to_cell(resource_use *table, int32_t resource_index,
                        int32_t cell, int64_t amount) {
    const resource *const r = &table->prob->resources[resource_index];
    const int64_t limit = limit_in(r, cell);
    int64_t *const used =
        &table->used[(size_t)resource_index * table->n_cells + cell];
    table->n_over -= *used > limit;
    if (!add_fits(*used, amount, used)) /* only far above any limit */
        *used = INT64_MAX;
    table->n_over += *used > limit;
}

void resource_use_add(resource_use *table, const option *o, int64_t times) {
    for (int32_t u = 0; u < o->n_uses; u++) {
        const int32_t index = o->uses[u].resource;
        const resource *const r = &table->prob->resources[index];
        const int64_t amount = times * o->uses[u].amount;
        if (r->per == PER_HORIZON) {
            add_to_cell(table, index, 0, amount);
            continue;
        }
        int32_t last = NONE;
        for (int32_t i = 0; i < o->n_presences; i++) {
            const int32_t cell = cell_of(table, r, o->presences[i].day);
            if (cell != last)
                add_to_cell(table, index, cell, amount);
            last = cell;
        }
    }
}

static void add_finding(findings *found, const resource_use *table,
                        int32_t resource_index, int32_t day) {
    const resource *const r = &table->prob->resources[resource_index];
    const int32_t cell = cell_of(table, r, day);
    const int64_t used =
        table->used[(size_t)resource_index * table->n_cells + cell];
    if (used <= limit_in(r, cell))
        return;
    finding f = {.at = where_of(BREAKS_RESOURCE),
                 .size = used - limit_in(r, cell),
                 .is_breach = true,
                 .have = used,
                 .allowed = limit_in(r, cell)};
    f.at.resource = resource_index;
    if (r->per == PER_DATE)
        f.at.civil = table->prob->days[day];
    if (r->per == PER_WEEK)
        f.at.week = civil_iso_week(table->prob->days[day]);
    findings_add(found, &f);
}

ctg_status demand_resources(findings *found, const problem *prob,
                            const int32_t *option_of, arena *scratch,
                            ctg_error *err) {
    resource_use table;
    if (prob->n_resources == 0)
        return CTG_OK;
    TRY(resource_use_create(&table, prob, scratch, err));
    for (int32_t r = 0; r < prob->n_requests; r++) {
        const option *const o = given_option(prob, option_of, r);
        if (o)
            resource_use_add(&table, o, 1);
    }
    for (int32_t i = 0; i < prob->n_resources; i++) {
        int32_t last = NONE;
        for (int32_t d = 0; d < prob->n_days; d++) {
            const int32_t cell = cell_of(&table, &prob->resources[i], d);
            if (cell != last)
                add_finding(found, &table, i, d);
            last = cell;
        }
    }
    return CTG_OK;
}
