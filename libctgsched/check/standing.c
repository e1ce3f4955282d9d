// SPDX-License-Identifier: GPL-3.0-or-later
/* Judging once, and the few lists that say what a request touches. */
#include "check/standing.h"

#include "check/report.h"
#include "check/roster.h"

/* Presences are by day: those of one day follow each other. */
static int32_t most_of(const option *o) {
    int32_t most = 0, n = 0;
    for (int32_t i = 0; i < o->n_presences; i++) {
        const presence *const p = &o->presences[i];
        n = i > 0 && p[-1].day == p->day ? n + 1 : 1;
        most = n > most ? n : most;
    }
    return most;
}

static int32_t most_a_day(const problem *prob) {
    int32_t most = 0;
    for (int32_t r = 0; r < prob->n_requests; r++) {
        for (int32_t o = 0; o < prob->requests[r].n_options; o++) {
            const int32_t n = most_of(&prob->requests[r].options[o]);
            most = n > most ? n : most;
        }
    }
    return most;
}

static bool list_pins(standing *s) {
    s->pin_of = ARENA_NEW(s->mem, int32_t, s->prob->n_requests + 1);
    if (!s->pin_of)
        return false;
    for (int32_t r = 0; r < s->prob->n_requests; r++)
        s->pin_of[r] = NONE;
    for (int32_t i = 0; i < s->prob->n_pins; i++)
        s->pin_of[s->prob->pins[i].request] = i;
    return true;
}

static ctg_status judge_once(standing *s, const plan *p, int64_t envy,
                             ctg_error *err) {
    const problem *const staffed = roster_staffed(s->prob, p->way_of, s->mem);
    s->judge = (judge){.prob = staffed,
                       .option_of = p->option_of,
                       .way_of = p->way_of,
                       .scratch = s->mem,
                       .breaches = {.mem = s->mem},
                       .shortages = {.mem = s->mem}};
    if (!staffed || !list_pins(s) ||
        !report_by_child(s->prob, &s->first, &s->order, s->mem))
        return err_nomem(err);
    TRY(judge_rules(&s->judge, err));
    judge_goals(s->value, &s->judge);
    s->value[GOAL_ENVY] = envy;
    s->asks_envy = judge_asks_envy(s->prob);
    s->most_a_day = most_a_day(s->prob);
    return CTG_OK;
}

ctg_status standing_create(standing **out, const problem *prob, const plan *p,
                           int64_t envy, const ctg_allocator *allocator,
                           ctg_error *err) {
    *out = NULL;
    arena *const mem = arena_create(allocator, 0);
    standing *const made = mem ? ARENA_NEW(mem, standing, 1) : NULL;
    if (!made) {
        arena_destroy(mem);
        return err_nomem(err);
    }
    *made = (standing){.mem = mem, .prob = prob};
    const ctg_status status = judge_once(made, p, envy, err);
    if (status == CTG_OK)
        *out = made;
    else
        arena_destroy(mem);
    return status;
}

void standing_free(standing *s) {
    if (s)
        arena_destroy(s->mem);
}
