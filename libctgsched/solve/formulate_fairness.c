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
    fair_col *first; /* of the burden, an employee each */
    int32_t n;
    int64_t *most; /* [n]: what each can carry in the horizon */
    int64_t all_most;
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
static int32_t count_burdens(const sharing *s, int32_t e, int64_t *most) {
    formulation *const f = s->f;
    program *const p = &f->program;
    const char *const id = f->prob->employees[e].id;
    const int32_t *const first = &f->first_duty[e * f->prob->n_days];
    const int32_t col = program_add_col(p, -1, 0, f->prob->n_days, -1);
    const int32_t row = add_row(s, 0, 0, col);
    program_name_col(p, col, "burden_%s_%s", names[s->b], id);
    program_name_row(p, row, "burden_%s_%s", names[s->b], id);
    program_put(p, row, col, -1);
    *most = 0;
    for (int32_t day = 0; day < f->prob->n_days; day++) {
        bool any = false;
        for (int32_t j = first[day]; j < first[day + 1]; j++) {
            if (!carries(f, &f->duty_cols[j - f->n_option_cols], s->b))
                continue;
            any = true;
            program_put(p, row, j, 1);
        }
        *most += any;
    }
    return col;
}

/* (burdens) */
static int32_t count_all(const sharing *s) {
    program *const p = &s->f->program;
    const int32_t col = program_add_col(p, -1, 0, s->all_most, -1);
    const int32_t row = add_row(s, 0, 0, col);
    program_name_col(p, col, "burdens_%s", names[s->b]);
    program_name_row(p, row, "burdens_%s", names[s->b]);
    program_put(p, row, col, -1);
    for (int32_t i = 0; i < s->n; i++)
        program_put(p, row, s->first[i].burden, 1);
    return col;
}

/* (above, below) 1000 x burdens of one, less the share of all of them, either
 * way, is at most `unfair`. */
static int32_t price_unfairness(const sharing *s, const fair_col *at,
                                int64_t most, const char *id) {
    program *const p = &s->f->program;
    const int64_t due = at->share * at->all_before, done = 1000 * at->before;
    const int64_t above = done + 1000 * most;
    const int64_t below = due + at->share * s->all_most;
    const int32_t col =
        program_add_col(p, -1, 0, above > below ? above : below, -1);
    program_name_col(p, col, "unfair_%s_%s", names[s->b], id);
    goal_cost(s->f, GOAL_FAIRNESS, col, 1);
    for (int sign = 1; sign >= -1; sign -= 2) {
        const int32_t row =
            add_row(s, -PROGRAM_INFINITY, sign * (due - done), col);
        if (sign > 0)
            program_name_row(p, row, "above_%s_%s", names[s->b], id);
        else
            program_name_row(p, row, "below_%s_%s", names[s->b], id);
        program_put(p, row, at->burden, sign * 1000);
        program_put(p, row, at->all, -sign * at->share);
        program_put(p, row, col, -1);
    }
    return col;
}

static void add_burden(sharing *s) {
    const problem *const prob = s->f->prob;
    int64_t before = 0;
    s->block = s->f->program.n_blocks++;
    s->n = 0;
    s->all_most = 0;
    for (int32_t e = 0; e < prob->n_employees; e++) {
        const employee *const who = &prob->employees[e];
        if (!who->shares)
            continue;
        s->first[s->n] =
            (fair_col){.share = who->share, .before = who->burdens[s->b]};
        s->first[s->n].burden = count_burdens(s, e, &s->most[s->n]);
        s->all_most += s->most[s->n];
        before += who->burdens[s->b];
        s->n++;
    }
    const int32_t all = count_all(s);
    for (int32_t e = 0, i = 0; e < prob->n_employees; e++) {
        fair_col *const at = &s->first[i];
        if (!prob->employees[e].shares)
            continue;
        at->all = all;
        at->all_before = before;
        at->unfair = price_unfairness(s, at, s->most[i], prob->employees[e].id);
        i++;
    }
}

static int32_t count_sharing(const problem *prob) {
    int32_t n = 0;
    for (int32_t e = 0; e < prob->n_employees; e++)
        n += prob->employees[e].shares;
    return n;
}

bool duties_share(formulation *f, arena *mem) {
    const int32_t n = count_sharing(f->prob);
    int64_t weight;
    if (objective_of(f->prob, GOAL_FAIRNESS, &weight) < 0 || n == 0)
        return true;
    fair_col *const all = ARENA_NEW(mem, fair_col, (int64_t)N_BURDENS * n);
    int64_t *const most = ARENA_NEW(mem, int64_t, n);
    for (int b = 0; all && most && b < N_BURDENS; b++) {
        sharing s = {
            .f = f, .b = (burden)b, .first = all + b * n, .most = most};
        add_burden(&s);
    }
    f->fair_cols = all;
    f->n_fair_cols = N_BURDENS * n;
    return all && most;
}
