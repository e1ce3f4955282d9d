// SPDX-License-Identifier: GPL-3.0-or-later
/* Who carries how many openings, closings and Wednesdays, against the shares
 * (format.md 7.6). All rows of a burden are one block: they count from duties
 * to employees, from those to everybody, and then the differences. */
#include "solve/duties.h"
#include "solve/families.h"

static const char *const names[N_BURDENS] = {"opening", "closing", "wednesday"};

typedef struct sharing {
    formulation *f;
    burden b;
    int32_t block;
    int32_t all;        /* column of what all carry in the horizon */
    int64_t most;       /* it can be */
    int64_t before;     /* what all have carried before */
    int32_t *burden_of; /* [n_employees]: column of what each carries */
    int64_t *most_of;   /* [n_employees] */
} sharing;

/* A segment over the first, or over the last, open minute of its structure. */
static bool is_at_edge(const problem *prob, const shift *s, int32_t day,
                       bool first) {
    for (int32_t k = 0; k < s->n_segments; k++) {
        const segment *const at = &s->segments[k];
        const day_profile *const open =
            &prob->structures[at->structure].open.days[day];
        if (open->n == 0)
            continue;
        const int32_t minute =
            first ? open->steps[0].begin : open->steps[open->n - 1].end - 1;
        if (at->begin <= minute && minute < at->end)
            return true;
    }
    return false;
}

static bool carries(const formulation *f, const duty_col *d, burden b) {
    const problem *const prob = f->prob;
    const shift *const s = &prob->shifts[prob->ways[d->way].shift];
    return b == BURDEN_WEDNESDAY
               ? civil_weekday(prob->days[d->day]) == 2
               : is_at_edge(prob, s, d->day, b == BURDEN_OPENING);
}

static int32_t add_row(const sharing *s, int64_t lower, int64_t upper,
                       int32_t owner) {
    return program_add_row(&s->f->program, lower, upper, owner, s->block);
}

/* (burden) sum of the duties that carry it = burden. */
static void count_burdens(sharing *s, int32_t e) {
    formulation *const f = s->f;
    program *const p = &f->program;
    const int32_t *const first = &f->first_duty[e * f->prob->n_days];
    const int32_t col = program_add_col(p, -1, 0, f->prob->n_days, -1);
    const int32_t row = add_row(s, 0, 0, col);
    program_name_col(p, col, "burden_%s_%s", names[s->b],
                     f->prob->employees[e].id);
    program_name_row(p, row, "burden_%s_%s", names[s->b],
                     f->prob->employees[e].id);
    program_put(p, row, col, -1);
    int64_t most = 0;
    for (int32_t day = 0; day < f->prob->n_days; day++) {
        bool any = false;
        for (int32_t j = first[day]; j < first[day + 1]; j++) {
            if (!carries(f, &f->duty_cols[j - f->n_option_cols], s->b))
                continue;
            any = true;
            program_put(p, row, j, 1);
        }
        most += any;
    }
    s->burden_of[e] = col;
    s->most_of[e] = most;
    s->most += most;
}

/* (burdens) */
static void count_all(sharing *s) {
    const problem *const prob = s->f->prob;
    program *const p = &s->f->program;
    s->all = program_add_col(p, -1, 0, s->most, -1);
    const int32_t row = add_row(s, 0, 0, s->all);
    program_name_col(p, s->all, "burdens_%s", names[s->b]);
    program_name_row(p, row, "burdens_%s", names[s->b]);
    program_put(p, row, s->all, -1);
    for (int32_t e = 0; e < prob->n_employees; e++)
        if (prob->employees[e].shares)
            program_put(p, row, s->burden_of[e], 1);
}

/* (above, below) 1000 x burdens of one, less the share of all of them, either
 * way, is at most `unfair`. */
static void price_unfairness(const sharing *s, int32_t e) {
    program *const p = &s->f->program;
    const employee *const who = &s->f->prob->employees[e];
    const int64_t due = who->share * s->before;
    const int64_t done = INT64_C(1000) * who->burdens[s->b];
    const int64_t above = done + 1000 * s->most_of[e];
    const int64_t below = due + who->share * s->most;
    const int32_t col =
        program_add_col(p, -1, 0, above > below ? above : below, -1);
    program_name_col(p, col, "unfair_%s_%s", names[s->b], who->id);
    goal_cost(s->f, GOAL_FAIRNESS, col, 1);
    for (int sign = 1; sign >= -1; sign -= 2) {
        const int32_t row =
            add_row(s, -PROGRAM_INFINITY, sign * (due - done), col);
        if (sign > 0)
            program_name_row(p, row, "above_%s_%s", names[s->b], who->id);
        else
            program_name_row(p, row, "below_%s_%s", names[s->b], who->id);
        program_put(p, row, s->burden_of[e], sign * 1000);
        program_put(p, row, s->all, -sign * who->share);
        program_put(p, row, col, -1);
    }
}

static void add_burden(sharing *s) {
    const problem *const prob = s->f->prob;
    s->block = s->f->program.n_blocks++;
    s->most = s->before = 0;
    for (int32_t e = 0; e < prob->n_employees; e++) {
        if (!prob->employees[e].shares)
            continue;
        s->before += prob->employees[e].burdens[s->b];
        count_burdens(s, e);
    }
    count_all(s);
    for (int32_t e = 0; e < prob->n_employees; e++)
        if (prob->employees[e].shares)
            price_unfairness(s, e);
}

static bool anybody_shares(const problem *prob) {
    for (int32_t e = 0; e < prob->n_employees; e++)
        if (prob->employees[e].shares)
            return true;
    return false;
}

void duties_share(formulation *f, arena *mem) {
    const int32_t n = f->prob->n_employees;
    int64_t weight;
    if (objective_of(f->prob, GOAL_FAIRNESS, &weight) < 0 ||
        !anybody_shares(f->prob))
        return;
    sharing s = {.f = f,
                 .burden_of = ARENA_NEW(mem, int32_t, n),
                 .most_of = ARENA_NEW(mem, int64_t, n)};
    f->program.failed |= !s.burden_of || !s.most_of;
    for (int b = 0; b < N_BURDENS && !f->program.failed; b++) {
        s.b = (burden)b;
        add_burden(&s);
    }
}
