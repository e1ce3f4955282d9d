// SPDX-License-Identifier: GPL-3.0-or-later
/* Columns for options, menus, pins and costs; then the families of each day. */
#include "solve/formulation.h"

#include <string.h>

#include "solve/duties.h"
#include "solve/families.h"
#include "solve/filter.h"
#include "solve/publish.h"

typedef struct pinned {
    const pin **of; /* [n_requests] */
} pinned;

static bool pin_allows(const pin *fixed, const request *r,
                       int32_t option_index) {
    if (!fixed)
        return true;
    switch (fixed->kind) {
    case PIN_OPTION:
        return fixed->target == option_index;
    case PIN_STRUCTURE:
        return r->options[option_index].structure == fixed->target;
    default:
        return false;
    }
}

static bool index_pins(pinned *out, const problem *prob, arena *mem) {
    out->of = ARENA_NEW(mem, const pin *, prob->n_requests + 1);
    if (!out->of)
        return false;
    for (int32_t k = 0; k < prob->n_pins; k++)
        out->of[prob->pins[k].request] = &prob->pins[k];
    return true;
}

static bool has_pin_to_serve(const pin *fixed) {
    return fixed && fixed->kind != PIN_WAITING;
}

static void contradict(formulation *f, const request *r, arena *mem) {
    if (!f->contradiction)
        f->contradiction = arena_printf(
            mem,
            "pin of request \"%s\": no option it allows can be given. Maybe "
            "lift the pin, or see the warnings of lint for the request.",
            r->id);
}

/* One request: its group, its columns, the column "not served". */
static void add_request(formulation *f, int32_t r_index, const pin *fixed,
                        option_col *cols, arena *mem) {
    const request *const r = &f->prob->requests[r_index];
    program *const p = &f->program;
    const bool must = request_must_be_served(r);
    const bool pinned_in = has_pin_to_serve(fixed);
    const int32_t group = program_add_group(p, must || pinned_in);
    int32_t n = 0;
    for (int32_t o = 0; o < r->n_options; o++) {
        if (!pin_allows(fixed, r, o) || !filter_option(f->prob, r, o) ||
            !publish_lets_option(f->prob, r_index, o, pinned_in))
            continue;
        const int32_t col = program_add_col(p, group, 0, 1, f->n_option_cols);
        program_name_col(p, col, "x_%s_%d", r->id, o);
        cols[f->n_option_cols++] = (option_col){r_index, o};
        (void)col;
        n++;
    }
    if (n == 0 && pinned_in)
        contradict(f, r, mem);
}

/* The first presence in the option's own structure. */
static const presence *first_at_home(const option *o) {
    for (int32_t k = 0; k < o->n_presences; k++)
        if (o->presences[k].structure == o->structure)
            return &o->presences[k];
    return NULL;
}

static int64_t continuity_of(const request *r, const option *o) {
    if (r->held == NONE)
        return 0;
    const option *const held = &r->options[r->held];
    if (held->structure != o->structure)
        return 0;
    const presence *const before = first_at_home(held);
    const presence *const now = first_at_home(o);
    return before && now && before->section == now->section ? 2 : 1;
}

static int64_t minutes_of(const option *o) {
    int64_t minutes = 0;
    for (int32_t k = 0; k < o->n_presences; k++)
        minutes += o->presences[k].end - o->presences[k].begin;
    return minutes;
}

/* Days whose section does not suit the child's age. */
static int64_t age_misfit(const problem *prob, const request *r,
                          const option *o) {
    int64_t days = 0;
    int32_t counted = -1;
    for (int32_t k = 0; k < o->n_presences; k++) {
        const presence *const at = &o->presences[k];
        if (at->section < 0 || at->day == counted)
            continue;
        const section *const sec =
            &prob->structures[at->structure].sections[at->section];
        const int32_t age = civil_age_months(prob->children[r->child].birth,
                                             prob->days[at->day]);
        if (age < sec->ideal_from_months || age >= sec->ideal_below_months) {
            days++;
            counted = at->day;
        }
    }
    return days;
}

/* Changes of structure or section inside a day, beyond the floor. */
static int64_t group_changes(const structure *s, const option *o) {
    if (s->floor_group_changes < 0)
        return 0;
    int64_t units = 0, today = 0;
    for (int32_t k = 1; k <= o->n_presences; k++) {
        const bool same_day = k < o->n_presences &&
                              o->presences[k].day == o->presences[k - 1].day;
        if (same_day) {
            const presence *const now = &o->presences[k];
            today += now->section != now[-1].section ||
                     now->structure != now[-1].structure;
            continue;
        }
        units +=
            today > s->floor_group_changes ? today - s->floor_group_changes : 0;
        today = 0;
    }
    return units;
}

static void price_option(formulation *f, int32_t col) {
    const option_col oc = f->option_cols[col];
    const request *const r = &f->prob->requests[oc.request];
    const option *const o = &r->options[oc.option];
    goal_cost(f, GOAL_POINTS, col, r->points);
    goal_cost(f, GOAL_REQUESTS, col, 1);
    goal_cost(f, GOAL_HOURS, col, minutes_of(o));
    goal_cost(f, GOAL_SATISFACTION, col, o->satisfaction);
    goal_cost(f, GOAL_RANKS, col, o->rank);
    goal_cost(f, GOAL_CONTINUITY, col, continuity_of(r, o));
    goal_cost(f, GOAL_DISTANCE, col, o->distance);
    goal_cost(f, GOAL_AGE_FIT, col, age_misfit(f->prob, r, o));
    goal_cost(f, GOAL_FLOORS, col,
              group_changes(&f->prob->structures[o->structure], o));
    goal_cost(f, GOAL_TIE, col, o->ticket);
}

static bool add_columns(formulation *f, const pinned *pins, arena *mem) {
    const problem *const prob = f->prob;
    int64_t most = 0;
    for (int32_t r = 0; r < prob->n_requests; r++)
        most += prob->requests[r].n_options;
    option_col *const cols = ARENA_NEW(mem, option_col, most + 1);
    int32_t *const first = ARENA_NEW(mem, int32_t, prob->n_requests + 1);
    int32_t *const groups = ARENA_NEW(mem, int32_t, prob->n_requests + 1);
    int32_t *const waiting = ARENA_NEW(mem, int32_t, prob->n_requests + 1);
    if (!cols || !first || !groups || !waiting)
        return false;
    f->option_cols = cols;
    f->first_col = first;
    f->group_of = groups;
    f->col_of_request_waiting = waiting;
    for (int32_t r = 0; r < prob->n_requests; r++) {
        first[r] = f->n_option_cols;
        groups[r] = r;
        add_request(f, r, pins->of[r], cols, mem);
    }
    first[prob->n_requests] = f->n_option_cols;
    return !f->program.failed;
}

/* (served) a request that must be served and is not costs its price. The
 * column belongs to the row, not to the group, so that groups stay options. */
static void add_waiting(formulation *f, const pinned *pins, int32_t *waiting) {
    program *const p = &f->program;
    for (int32_t r = 0; r < f->prob->n_requests; r++) {
        const request *const req = &f->prob->requests[r];
        waiting[r] = NONE;
        p->groups.at[r].exactly_one = false;
        const bool pinned_in = has_pin_to_serve(pins->of[r]);
        if (!request_must_be_served(req) && !pinned_in)
            continue;
        int32_t z = NONE, block = -1;
        if (!pinned_in) {
            block = p->n_blocks++;
            z = shortage_col(f, block, 1, f->prob->prices.request);
            program_name_col(p, z, "unserved_%s", req->id);
            waiting[r] = z;
        }
        const int32_t row = program_add_row(p, -PROGRAM_INFINITY, -1, z, block);
        program_name_row(p, row, "served_%s", req->id);
        if (z != NONE)
            program_put(p, row, z, -1);
        for (int32_t j = f->first_col[r]; j < f->first_col[r + 1]; j++)
            program_put(p, row, j, -1);
    }
}

/* (envy) one column per ordered pair; its rows come when plans ask for them. */
static void add_envy(formulation *f) {
    const int32_t n = f->prob->n_requests;
    f->envy_first = -1;
    if (f->prob->policy != POLICY_BY_POINTS || n > ENVY_MAX_REQUESTS)
        return;
    f->envy_first = f->program.cols.n;
    for (int32_t r = 0; r < n; r++)
        for (int32_t other = 0; other < n; other++) {
            const int32_t col = program_add_col(&f->program, -1, 0, 1, -1);
            program_name_col(&f->program, col, "envy_%d_%d", r, other);
            goal_cost(f, GOAL_ENVY, col, 1);
        }
}

/* --- places, sections, shared quotas, rooms, needs
 * ------------------------------- */

typedef struct weights {
    int64_t *of;    /* [n_visits] */
    int64_t *limit; /* [n_cells] */
} weights;

static bool take_weights(weights *w, const day_cells *d, arena *scratch) {
    w->of = ARENA_NEW(scratch, int64_t, d->n_visits + 1);
    w->limit = ARENA_NEW(scratch, int64_t, d->n_cells + 1);
    return w->of && w->limit;
}

static void emit_places(formulation *f, const day_cells *d, weights *w,
                        arena *scratch) {
    for (int32_t k = 0; k < d->n_visits; k++)
        w->of[k] = d->visits[k].place_weight;
    for (int32_t c = 0; c < d->n_cells; c++)
        w->limit[c] = 1000 * d->cells[c].limit;
    family fam = {.name = "places",
                  .detail = "",
                  .weight = w->of,
                  .limit = w->limit,
                  .unit = 1000,
                  .price = f->prob->prices.place_minute};
    family_emit(&fam, f, d, scratch);
}

/* Regular children leave the places kept for occasional ones. */
static void emit_reserve(formulation *f, const day_cells *d, weights *w,
                         arena *scratch) {
    bool any = false;
    for (int32_t c = 0; c < d->n_cells; c++) {
        const cell *const at = &d->cells[c];
        const int64_t left = at->capacity - at->kept;
        w->limit[c] = at->kept == 0 ? PROGRAM_INFINITY
                      : left > 0    ? 1000 * left
                                    : 0;
        any |= at->kept > 0;
    }
    if (!any)
        return;
    for (int32_t k = 0; k < d->n_visits; k++)
        w->of[k] = d->visits[k].regular ? d->visits[k].place_weight : -1;
    family fam = {.name = "reserve",
                  .detail = "",
                  .weight = w->of,
                  .limit = w->limit,
                  .unit = 1000,
                  .price = f->prob->prices.place_minute,
                  .scope_is_weight = true};
    family_emit(&fam, f, d, scratch);
}

/* (opens, enough) requests that come to a session on the day are none, or at
 * least `min_children`: the column is 1 as soon as one comes. A row for each
 * request: the relaxation then opens as much as anybody comes. */
static void emit_group(formulation *f, const day_cells *d, int32_t index,
                       arena *scratch) {
    program *const p = &f->program;
    const session *const to = &d->s->sessions[index];
    int32_t *const cols = ARENA_NEW(scratch, int32_t, d->n_visits + 1);
    int32_t n = 0;
    p->failed |= !cols;
    for (int32_t k = 0; cols && k < d->n_visits; k++) {
        const visit *const v = &d->visits[k];
        if (session_at(d->s, d->day, v->begin) == to &&
            (n == 0 || cols[n - 1] != v->col))
            cols[n++] = v->col;
    }
    if (n == 0)
        return;
    const int32_t opens = program_add_col(p, -1, 0, 1, -1);
    const int32_t enough = program_add_row(p, -PROGRAM_INFINITY, 0, -1, -1);
    const int32_t block = p->n_blocks++;
    program_name_col(p, opens, "opens_%s_%s_%d", d->s->id, to->id, d->day);
    program_name_row(p, enough, "enough_%s_%s_%d", d->s->id, to->id, d->day);
    program_put(p, enough, opens, to->min_children);
    for (int32_t k = 0, some = -1; k < n; k++) {
        const int32_t r = f->option_cols[cols[k]].request;
        if (k == 0 || f->option_cols[cols[k - 1]].request != r) {
            some = program_add_row(p, -PROGRAM_INFINITY, 0, opens, block);
            program_name_row(p, some, "opens_%s_%s_%d_%d", d->s->id, to->id,
                             d->day, r);
            program_put(p, some, opens, -1);
        }
        program_put(p, some, cols[k], 1);
        program_put(p, enough, cols[k], -1);
    }
    opening *const one = VEC_PUSH(p->mem, &f->openings, opening);
    p->failed |= !one;
    if (one)
        *one = (opening){opens, to->min_children};
}

static void emit_groups(formulation *f, const day_cells *d, arena *scratch) {
    for (int32_t k = 0; k < d->s->n_sessions; k++)
        if (d->s->sessions[k].min_children > 1 &&
            !session_is_touched(d->s, k, d->day))
            emit_group(f, d, k, scratch);
}

/* The merge in force that takes a section, NONE when there is none. */
static int32_t merge_of(const day_cells *d, int32_t c, int32_t section_index) {
    for (int32_t k = 0; k < d->s->n_merges; k++) {
        if (!profile_covers(&d->s->merges[k].places, d->day, d->cells[c].begin))
            continue;
        for (int32_t i = 0; i < d->s->merges[k].n_sections; i++)
            if (d->s->merges[k].sections[i] == section_index)
                return k;
    }
    return NONE;
}

static bool in_list(const int32_t *list, int32_t n, int32_t value) {
    for (int32_t k = 0; k < n; k++)
        if (list[k] == value)
            return true;
    return false;
}

static void emit_quota(formulation *f, const day_cells *d, weights *w,
                       const char *name, const char *detail,
                       const int32_t *sections, int32_t n, arena *scratch) {
    for (int32_t k = 0; k < d->n_visits; k++)
        w->of[k] = in_list(sections, n, d->visits[k].section)
                       ? d->visits[k].place_weight
                       : -1;
    family fam = {.name = name,
                  .detail = detail,
                  .weight = w->of,
                  .limit = w->limit,
                  .unit = 1000,
                  .price = f->prob->prices.place_minute,
                  .scope_is_weight = true};
    family_emit(&fam, f, d, scratch);
}

static void emit_sections(formulation *f, const day_cells *d, weights *w,
                          arena *scratch) {
    const structure *const s = d->s;
    for (int32_t k = 0; k < s->n_sections; k++) {
        for (int32_t c = 0; c < d->n_cells; c++)
            w->limit[c] =
                merge_of(d, c, k) != NONE
                    ? PROGRAM_INFINITY
                    : 1000 * (int64_t)profile_at(&s->sections[k].capacity,
                                                 d->day, d->cells[c].begin);
        emit_quota(f, d, w, "section", s->sections[k].id, &k, 1, scratch);
    }
    for (int32_t k = 0; k < s->n_shared; k++) {
        const shared_quota *const q = &s->shared[k];
        for (int32_t c = 0; c < d->n_cells; c++)
            w->limit[c] = profile_at(&q->when, d->day, d->cells[c].begin)
                              ? 1000 * (int64_t)q->places
                              : PROGRAM_INFINITY;
        emit_quota(f, d, w, "shared", q->id, q->sections, q->n_sections,
                   scratch);
    }
    for (int32_t k = 0; k < s->n_merges; k++) {
        const merge *const m = &s->merges[k];
        for (int32_t c = 0; c < d->n_cells; c++)
            w->limit[c] = profile_covers(&m->places, d->day, d->cells[c].begin)
                              ? 1000 * (int64_t)profile_at(&m->places, d->day,
                                                           d->cells[c].begin)
                              : PROGRAM_INFINITY;
        emit_quota(f, d, w, "merge", s->sections[m->sections[0]].id,
                   m->sections, m->n_sections, scratch);
    }
}

static void emit_needs(formulation *f, const day_cells *d, weights *w,
                       arena *scratch) {
    for (int32_t k = 0; k < d->s->n_offers; k++) {
        const offer *const o = &d->s->offers[k];
        if (o->max == INT32_MAX)
            continue;
        for (int32_t v = 0; v < d->n_visits; v++)
            w->of[v] = d->visits[v].needs >> o->need & 1 ? 1000 : -1;
        for (int32_t c = 0; c < d->n_cells; c++)
            w->limit[c] = 1000 * (int64_t)o->max;
        family fam = {.name = "need_max",
                      .detail = f->prob->needs[o->need].id,
                      .weight = w->of,
                      .limit = w->limit,
                      .unit = 1000,
                      .price = f->prob->prices.place_minute,
                      .scope_is_weight = true};
        family_emit(&fam, f, d, scratch);
    }
}

static bool agent_there(const day_cells *d, int32_t c, int32_t skill) {
    for (int32_t k = 0; k < d->s->n_staff; k++)
        if ((d->s->staff[k].skills >> skill & 1) &&
            profile_at(&d->s->staff[k].count, d->day, d->cells[c].begin) > 0)
            return true;
    return false;
}

static bool asks_skill(const problem *prob, const visit *v, int32_t skill) {
    for (int32_t n = 0; n < prob->n_needs; n++)
        if ((v->needs >> n & 1) && prob->needs[n].skill == skill)
            return true;
    return false;
}

static bool comes_to_cell(const visit *v, int32_t c) {
    return v->first <= c && c < v->last;
}

/* Where some of those who may be on hand are trained: 1 when none of them is.
 */
static int32_t unskilled_col(formulation *f, const day_cells *d, int32_t skill,
                             int32_t c) {
    for (int32_t k = 0; k < d->n_hands; k++)
        if (hand_covers(&d->hands[k], c) && (d->hands[k].skills >> skill & 1))
            return hands_unskilled(f, d, c, skill);
    return NONE;
}

static bool is_asked_for(const formulation *f, const day_cells *d,
                         int32_t skill, int32_t c) {
    for (int32_t k = 0; k < d->n_visits; k++)
        if (comes_to_cell(&d->visits[k], c) &&
            asks_skill(f->prob, &d->visits[k], skill))
            return true;
    return false;
}

/* (skill) a newcomer who asks for it comes only with somebody trained. */
static void ask_skill(formulation *f, const day_cells *d, int32_t skill,
                      int32_t c, int32_t unskilled) {
    program *const p = &f->program;
    for (int32_t k = 0; k < d->n_visits; k++) {
        const visit *const v = &d->visits[k];
        if (v->holds || !comes_to_cell(v, c) || !asks_skill(f->prob, v, skill))
            continue;
        const int32_t row =
            program_add_row(p, -PROGRAM_INFINITY, unskilled != NONE, -1, -1);
        program_name_row(p, row, "skill_%s_%s_%d_%d_%d", d->s->id,
                         f->prob->skills[skill], d->day, d->cells[c].begin, k);
        program_put(p, row, v->col, 1);
        if (unskilled != NONE)
            program_put(p, row, unskilled, 1);
    }
}

/* (skill) priced: a child who holds a place, and nobody trained is there. */
static void emit_skill(formulation *f, const day_cells *d, int32_t skill,
                       int32_t c) {
    program *const p = &f->program;
    int32_t row = -1, n = 0;
    const int32_t unskilled =
        is_asked_for(f, d, skill, c) ? unskilled_col(f, d, skill, c) : NONE;
    ask_skill(f, d, skill, c, unskilled);
    for (int32_t k = 0; k < d->n_visits; k++) {
        const visit *const v = &d->visits[k];
        if (!v->holds || !comes_to_cell(v, c) || !asks_skill(f->prob, v, skill))
            continue;
        if (row < 0) {
            const int32_t block = p->n_blocks++;
            const int32_t minutes = d->cells[c].end - d->cells[c].begin;
            const int32_t z = shortage_col(
                f, block, 1, f->prob->prices.person_minute * minutes);
            row =
                program_add_row(p, -PROGRAM_INFINITY,
                                unskilled == NONE ? 0 : d->n_visits, z, block);
            program_name_row(p, row, "skill_%s_%s_%d_%d", d->s->id,
                             f->prob->skills[skill], d->day, d->cells[c].begin);
            n = z;
        }
        program_put(p, row, v->col, 1);
    }
    if (row < 0)
        return;
    program_put(p, row, n, -d->n_visits);
    if (unskilled != NONE)
        program_put(p, row, unskilled, d->n_visits);
}

static void emit_skills(formulation *f, const day_cells *d) {
    for (int32_t skill = 0; skill < f->prob->n_skills; skill++)
        for (int32_t c = 0; c < d->n_cells; c++)
            if (!agent_there(d, c, skill))
                emit_skill(f, d, skill, c);
}

/* A day equal to an earlier one adds only what counts per date. */
typedef struct seen_day {
    uint64_t hash;
    int32_t day, n_rows;
} seen_day;

static bool collapses(formulation *f, const day_cells *d, seen_day *seen,
                      int32_t n_seen, const structure_visits *index,
                      arena *scratch) {
    int64_t weight;
    if (f->can_be_short || objective_of(f->prob, GOAL_FLOORS, &weight) >= 0)
        return false;
    const uint64_t hash = cells_hash(d);
    seen[n_seen] = (seen_day){hash, d->day, 0};
    for (int32_t k = 0; k < n_seen; k++) {
        day_cells earlier;
        if (seen[k].hash == hash &&
            cells_build(&earlier, f, d->structure, seen[k].day, index,
                        scratch) &&
            cells_equal(&earlier, d)) {
            seen[n_seen].n_rows = seen[k].n_rows;
            f->n_rows_spared += seen[k].n_rows;
            return true;
        }
    }
    return false;
}

/* Staff by the law of each part of the day. */
static bool formulate_parts(formulation *f, const day_cells *d,
                            const structure_visits *index, arena *scratch) {
    for (int32_t at = 0; at < 24 * 60;) {
        const day_part part = cells_part(d->s, d->day, at);
        const arena_mark mark = arena_here(scratch);
        day_cells of_part;
        at = part.end;
        if (!cells_build_part(&of_part, f, d->structure, d->day, part, index,
                              scratch))
            return false;
        formulate_staff(f, &of_part, scratch);
        formulate_minimum(f, &of_part, scratch);
        arena_rewind(scratch, mark);
    }
    return true;
}

static bool formulate_day(formulation *f, const day_cells *d,
                          const structure_visits *index, arena *scratch) {
    weights w;
    if (!take_weights(&w, d, scratch))
        return false;
    emit_places(f, d, &w, scratch);
    emit_reserve(f, d, &w, scratch);
    emit_sections(f, d, &w, scratch);
    emit_needs(f, d, &w, scratch);
    emit_skills(f, d);
    emit_groups(f, d, scratch);
    return formulate_parts(f, d, index, scratch) &&
           formulate_quality(f, d, scratch) && !f->program.failed;
}

static bool formulate_structure(formulation *f, int32_t s,
                                const structure_visits *index, arena *scratch) {
    seen_day *const seen = ARENA_NEW(scratch, seen_day, f->prob->n_days + 1);
    if (!seen || !hands_begin(f, scratch))
        return false;
    int32_t n_seen = 0;
    for (int32_t day = 0; day < f->prob->n_days; day++) {
        const arena_mark mark = arena_here(scratch);
        day_cells d;
        const int32_t before = f->program.rows.n;
        if (!cells_build(&d, f, s, day, index, scratch))
            return false;
        if (!collapses(f, &d, seen, n_seen, index, scratch) &&
            !formulate_day(f, &d, index, scratch))
            return false;
        seen[n_seen++].n_rows += f->program.rows.n - before;
        arena_rewind(scratch, mark);
    }
    return formulate_mix(f, s, index, scratch);
}

/* A structure to which nobody could come has no rows. */
static bool formulate_structures(formulation *f, arena *scratch) {
    structure_visits index = {0};
    if (!cells_index(&index, f, scratch))
        return false;
    for (int32_t s = 0; s < f->prob->n_structures; s++) {
        const arena_mark mark = arena_here(scratch);
        if (cells_are_visited(&index, f, s) &&
            !formulate_structure(f, s, &index, scratch))
            return false;
        arena_rewind(scratch, mark);
    }
    return true;
}

static void set_objectives(formulation *f) {
    const goals *const g = &f->prob->goals;
    program_objective *const o = f->program.objectives;
    for (int32_t k = 0; k < (g->weighted ? 1 : g->n); k++) {
        const goal_info *const info = goal_about(g->terms[k].goal);
        o[k].maximise = (g->weighted ? g->sense : info->sense) == SENSE_MAX;
        o[k].name = g->weighted ? "weighted" : info->name;
    }
}

ctg_status formulate(formulation *out, const problem *prob, bool keep_names,
                     arena *mem, ctg_error *err) {
    *out = (formulation){.prob = prob};
    arena *const scratch = arena_create(arena_allocator(mem), 0);
    pinned pins;
    bool good = scratch && index_pins(&pins, prob, mem);
    if (good) {
        program_init(&out->program, mem,
                     prob->goals.weighted ? 1 : prob->goals.n, keep_names);
        good = !out->program.failed;
    }
    if (good) {
        set_objectives(out);
        good = add_columns(out, &pins, mem) && duties_add_columns(out, mem) &&
               duties_add_rests(out, mem);
    }
    if (good) {
        add_waiting(out, &pins, (int32_t *)out->col_of_request_waiting);
        add_envy(out);
        for (int32_t j = 0; j < out->n_option_cols; j++)
            price_option(out, j);
        duties_price(out);
        good = duties_share(out, mem) && publish_add(out);
    }
    good = good && duties_add_labour(out) &&
           formulate_structures(out, scratch) && formulate_groups(out, scratch);
    out->n_rows_written = out->program.rows.n;
    good = good && program_finish(&out->program);
    out->n_law_rows = out->program.rows.n;
    arena_destroy(scratch);
    return good ? CTG_OK : err_nomem(err);
}
