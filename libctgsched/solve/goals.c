// SPDX-License-Identifier: GPL-3.0-or-later
/* The goals of a problem in turn, from a first plan on. */
#include "solve/goals.h"

#include "solve/crew.h"

/* Rosters that have to have so many minutes or days are found by annealing. */
enum { FIRST_TRIES = 8, FIRST_STEPS = 300000 };

/* (goal k) sum cost <= value: later goals never pay with an earlier one. */
static bool hold_goal(search *s, int32_t k) {
    const program *const p = &s->f.program;
    const arena_mark mark = arena_here(s->scratch);
    int32_t *const cols = ARENA_NEW(s->scratch, int32_t, p->cols.n + 1);
    int64_t *const values = ARENA_NEW(s->scratch, int64_t, p->cols.n + 1);
    int32_t n = 0;
    for (int32_t j = 0; cols && values && j < p->cols.n; j++)
        if (s->cost[k][j]) {
            cols[n] = j;
            values[n++] = s->cost[k][j];
        }
    const program_new_row row = {
        -PROGRAM_INFINITY, s->value[k], n, cols, values, NULL};
    const bool good =
        cols && values && program_append_rows(&s->f.program, &row, 1);
    arena_rewind(s->scratch, mark);
    return good;
}

bool goal_is_tie(const search *s, int32_t k) {
    return !s->prob->goals.weighted && s->prob->goals.terms[k].goal == GOAL_TIE;
}

static bool goal_is_envy(const search *s, int32_t k) {
    return !s->prob->goals.weighted &&
           s->prob->goals.terms[k].goal == GOAL_ENVY;
}

static bool objective_is_zero(const search *s, int32_t k) {
    for (int32_t j = 0; j < s->f.program.cols.n; j++)
        if (s->cost[k][j])
            return false;
    return true;
}

void goals_run(search *s, stage_end *ends) {
    for (int32_t k = 0; k < s->n_objectives && s->has_plan; k++) {
        s->stage = k;
        if (objective_is_zero(s, k) && !goal_is_envy(s, k)) {
            ends[k] = (stage_end){s->value[k], true, true};
            continue;
        }
        if (search_is_out(s))
            continue;
        const double gap = s->options->gap;
        ends[k] = stage_run(s, gap);
        if (k + 1 < s->n_objectives && !hold_goal(s, k))
            s->is_full = true;
    }
    /* A later goal's search may have mended an earlier one up to its bound. */
    for (int32_t k = 0; k < s->n_objectives && s->has_plan; k++)
        ends[k].proven |= ends[k].has_bound && ends[k].bound >= s->value[k];
}

/* The duties of the base. */
static int32_t add_base_duties(const search *s, int32_t *cols, int32_t n) {
    const formulation *const f = &s->f;
    const int32_t *const way_of = s->options->base_ways;
    for (int32_t k = 0; way_of && k < f->n_duty_cols; k++) {
        const duty_col *const d = &f->duty_cols[k];
        if (way_of[d->employee * s->prob->n_days + d->day] == d->way)
            cols[n++] = f->n_option_cols + k;
    }
    return n;
}

void goals_offer_base(search *s) {
    const int32_t *const base = s->options->base;
    const arena_mark mark = arena_here(s->scratch);
    int32_t *const cols =
        ARENA_NEW(s->scratch, int32_t, s->f.program.groups.n + 1);
    int32_t n = 0;
    for (int32_t j = 0; base && cols && j < s->f.n_option_cols; j++)
        if (base[s->f.option_cols[j].request] == s->f.option_cols[j].option)
            cols[n++] = j;
    if (base && cols)
        n = add_base_duties(s, cols, n);
    if (base && cols && search_load(s, cols, n)) {
        crew_rest(s);
        search_offer_chosen(s);
    }
    arena_rewind(s->scratch, mark);
}

void goals_first_plan(search *s) {
    goals_offer_base(s);
    construct_first(s);
    if (!s->has_plan)
        search_offer(s, NULL, 0);
    for (uint64_t k = 1; k <= FIRST_TRIES && s->f.n_duty_cols > 0 &&
                         !s->has_plan && !search_is_out(s);
         k++)
        anneal_first(s, FIRST_STEPS, k);
}
