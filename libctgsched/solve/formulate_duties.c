// SPDX-License-Identifier: GPL-3.0-or-later
/* Columns of duties and what they cost. */
#include "solve/duties.h"

#include "solve/families.h"
#include "solve/publish.h"

/* --- columns
 * ----------------------------------------------------------------------
 */

static bool pin_lets(const problem *prob, const duty_pin *pin,
                     int32_t way_index) {
    return !pin || (pin->shift == prob->ways[way_index].shift &&
                    (pin->way == NONE || pin->way == way_index));
}

/* One post: a group with the ways that may be worked; none, no group. */
static void add_post(formulation *f, int32_t e, int32_t day, duty_col *cols) {
    const problem *const prob = f->prob;
    const employee *const who = &prob->employees[e];
    const duty_pin *const pin = post_pin(who, day);
    int32_t group = -1;
    for (int32_t w = 0; w < prob->n_ways; w++) {
        if (!pin_lets(prob, pin, w) ||
            !publish_lets_way(prob, e, day, w, pin != NULL) ||
            !post_allows(prob, f->facts, who, day, w))
            continue;
        if (group < 0)
            group = program_add_group(&f->program, false);
        const int32_t col = program_add_col(&f->program, group, 0, 1, -1);
        program_name_col(&f->program, col, "duty_%s_%d_%s_%d", who->id, day,
                         prob->shifts[prob->ways[w].shift].id,
                         w - prob->shifts[prob->ways[w].shift].first_way);
        cols[f->n_duty_cols++] = (duty_col){e, day, w};
    }
}

static int64_t most_duties(const problem *prob) {
    return (int64_t)problem_posts(prob) * prob->n_ways;
}

/* Counts, then places: start[b + 1] is where bucket b is filled. */
static bool index_hands(formulation *f, arena *mem) {
    const problem *const prob = f->prob;
    const int64_t n = (int64_t)prob->n_structures * prob->n_days;
    int64_t *const start = ARENA_NEW(mem, int64_t, n + 2);
    if (!start)
        return false;
    for (int32_t k = 0; k < f->n_duty_cols; k++) {
        const way_facts *const w = &f->facts[f->duty_cols[k].way];
        for (int32_t i = 0; i < w->n_spells; i++)
            start[(int64_t)w->spells[i].structure * prob->n_days +
                  f->duty_cols[k].day + 2]++;
    }
    for (int64_t b = 0; b < n; b++)
        start[b + 2] += start[b + 1];
    hand_ref *const hands = ARENA_NEW(mem, hand_ref, start[n + 1] + 1);
    if (!hands)
        return false;
    for (int32_t k = 0; k < f->n_duty_cols; k++) {
        const way_facts *const w = &f->facts[f->duty_cols[k].way];
        for (int32_t i = 0; i < w->n_spells; i++) {
            const spell *const s = &w->spells[i];
            const int64_t b =
                (int64_t)s->structure * prob->n_days + f->duty_cols[k].day;
            hands[start[b + 1]++] =
                (hand_ref){f->n_option_cols + k, s->begin, s->end};
        }
    }
    f->hands_start = start;
    f->hands = hands;
    return true;
}

bool duties_add_columns(formulation *f, arena *mem) {
    const problem *const prob = f->prob;
    f->n_choice_cols = f->n_option_cols;
    if (prob->n_employees == 0)
        return true;
    duty_col *const cols = ARENA_NEW(mem, duty_col, most_duties(prob) + 1);
    int32_t *const first = ARENA_NEW(mem, int32_t, problem_posts(prob) + 1);
    f->facts = post_facts(prob, mem);
    if (!cols || !first || !f->facts)
        return false;
    f->duty_cols = cols;
    f->first_duty = first;
    for (int32_t e = 0; e < prob->n_employees; e++)
        for (int32_t day = 0; day < prob->n_days; day++) {
            first[e * prob->n_days + day] = f->n_option_cols + f->n_duty_cols;
            add_post(f, e, day, cols);
        }
    first[problem_posts(prob)] = f->n_option_cols + f->n_duty_cols;
    f->n_choice_cols += f->n_duty_cols;
    return index_hands(f, mem) && !f->program.failed;
}

int32_t column_structure(const formulation *f, int32_t col) {
    const problem *const prob = f->prob;
    if (col < f->n_option_cols) {
        const option_col oc = f->option_cols[col];
        return prob->requests[oc.request].options[oc.option].structure;
    }
    if (col < f->n_option_cols + f->n_duty_cols) {
        const duty_col *const d = &f->duty_cols[col - f->n_option_cols];
        return prob->shifts[prob->ways[d->way].shift].structure;
    }
    const rest_col *const r =
        &f->rest_cols[col - f->n_option_cols - f->n_duty_cols];
    return prob->employees[r->employee].structures[0];
}

/* --- costs
 * ------------------------------------------------------------------------
 */

static const duty_col *duty_at(const formulation *f, int32_t col) {
    return &f->duty_cols[col - f->n_option_cols];
}

static int32_t shift_at(const formulation *f, int32_t col) {
    return f->prob->ways[duty_at(f, col)->way].shift;
}

static int32_t post_first(const formulation *f, int32_t e, int32_t day) {
    return f->first_duty[e * f->prob->n_days + day];
}

static int32_t post_last(const formulation *f, int32_t e, int32_t day) {
    return f->first_duty[e * f->prob->n_days + day + 1];
}

/* A column that counts units of its row, which raises it, in a block of its
 * own. */
typedef struct counter {
    int32_t col, row;
} counter;

static counter add_counter(formulation *f, int64_t upper, int64_t most,
                           int64_t unit, const char *what) {
    program *const p = &f->program;
    counter c = {.col = program_add_col(p, -1, 0, most, -1)};
    c.row = program_add_row(p, -PROGRAM_INFINITY, upper, c.col, p->n_blocks++);
    program_name_col(p, c.col, "%s_%d", what, c.col);
    program_name_row(p, c.row, "%s_%d", what, c.row);
    program_put(p, c.row, c.col, -unit);
    return c;
}

static bool is_asked(const formulation *f, goal_id goal) {
    int64_t weight;
    return objective_of(f->prob, goal, &weight) >= 0;
}

/* (wish) 1 - sum of the duties wanted <= unmet; what is not wanted costs as it
 * is. */
static void price_wish(formulation *f, int32_t e, const wish *w) {
    const int32_t first = post_first(f, e, w->day);
    const int32_t last = post_last(f, e, w->day);
    const counter unmet =
        w->wanted ? add_counter(f, -1, 1, 1, "wish") : (counter){NONE, NONE};
    if (w->wanted)
        goal_cost(f, GOAL_WISHES, unmet.col, w->weight);
    for (int32_t j = first; j < last; j++) {
        if (w->shift != NONE && shift_at(f, j) != w->shift)
            continue;
        if (w->wanted)
            program_put(&f->program, unmet.row, j, -1);
        else
            goal_cost(f, GOAL_WISHES, j, w->weight);
    }
}

/* (cover.missing, cover.extra) of one entry on one day. */
static void price_cover(formulation *f, const cover_entry *c, int32_t day) {
    const int32_t n = f->prob->n_employees;
    const counter missing =
        add_counter(f, -(int64_t)c->wanted, c->wanted, 1, "cover");
    const counter extra = add_counter(f, c->wanted, n, 1, "extra");
    goal_cost(f, GOAL_COVER, missing.col, c->missing);
    goal_cost(f, GOAL_COVER, extra.col, c->extra);
    for (int32_t e = 0; e < n; e++)
        for (int32_t j = post_first(f, e, day); j < post_last(f, e, day); j++)
            if (shift_at(f, j) == c->shift) {
                program_put(&f->program, missing.row, j, -1);
                program_put(&f->program, extra.row, j, 1);
            }
}

static int64_t past_minutes(const employee *e, int32_t monday) {
    int64_t minutes = 0;
    for (int32_t k = 0; k < e->n_history; k++)
        if (e->history[k].civil >= monday && e->history[k].civil < monday + 7)
            minutes += e->history[k].minutes;
    return minutes;
}

/* Minutes that the contract leaves in the week. */
static int64_t minutes_left(const employee *e, int32_t monday) {
    const int64_t left = e->week_minutes - past_minutes(e, monday);
    return left > 0 ? left : 0;
}

/* What each minute beyond those costs. */
typedef struct excess {
    goal_id goal;
    int64_t rate; /* GOAL_COST: cents of an hour */
} excess;

/* (overtime) minutes, where the contract leaves some; (surcharge) begun cents.
 */
static counter count_excess(formulation *f, const excess *x, int64_t left) {
    if (x->goal == GOAL_COST)
        return add_counter(f, x->rate * left, 7 * 24 * x->rate, 60,
                           "surcharge");
    return left > 0 ? add_counter(f, left, 7 * 24 * 60, 1, "overtime")
                    : (counter){NONE, NONE};
}

static void price_week(formulation *f, const excess *x, int32_t index,
                       int32_t first_day, int32_t monday) {
    const problem *const prob = f->prob;
    const counter over =
        count_excess(f, x, minutes_left(&prob->employees[index], monday));
    if (over.col != NONE)
        goal_cost(f, x->goal, over.col, 1);
    for (int32_t day = first_day;
         day < prob->n_days && prob->days[day] < monday + 7; day++)
        for (int32_t j = post_first(f, index, day);
             j < post_last(f, index, day); j++) {
            const int64_t price =
                x->rate * f->facts[duty_at(f, j)->way].minutes;
            if (over.col != NONE)
                program_put(&f->program, over.row, j, price);
            else
                goal_cost(f, x->goal, j, price);
        }
}

static void price_weeks(formulation *f, const excess *x, int32_t index) {
    const problem *const prob = f->prob;
    if (prob->employees[index].week_minutes == NONE || x->rate == 0 ||
        !is_asked(f, x->goal))
        return;
    for (int32_t day = 0, before = INT32_MIN; day < prob->n_days; day++) {
        const int32_t civil = prob->days[day];
        const int32_t monday = civil - civil_weekday(civil);
        if (monday != before)
            price_week(f, x, index, day, monday);
        before = monday;
    }
}

static void price_overtime(formulation *f, int32_t index) {
    const excess minutes = {GOAL_OVERTIME, 1};
    const excess cents = {GOAL_COST, f->prob->employees[index].overtime_cents};
    price_weeks(f, &minutes, index);
    price_weeks(f, &cents, index);
}

/* (pin) a shift that is pinned is worked. */
static void hold_pins(formulation *f, int32_t e) {
    const employee *const who = &f->prob->employees[e];
    program *const p = &f->program;
    for (int32_t k = 0; k < who->n_pins; k++) {
        if (who->pins[k].shift == NONE)
            continue;
        const int32_t day = who->pins[k].day;
        const int32_t row = program_add_row(p, -PROGRAM_INFINITY, -1, -1, -1);
        program_name_row(p, row, "pinned_%s_%d", who->id, day);
        for (int32_t j = post_first(f, e, day); j < post_last(f, e, day); j++)
            program_put(p, row, j, -1);
        if (post_first(f, e, day) == post_last(f, e, day) && !f->contradiction)
            f->contradiction = arena_printf(
                p->mem,
                "pin of employee \"%s\": the shift can never be worked then. "
                "Maybe lift the pin.",
                who->id);
    }
}

static void price_duty(formulation *f, int32_t col) {
    const duty_col *const d = duty_at(f, col);
    const employee *const e = &f->prob->employees[d->employee];
    const int64_t minutes = f->facts[d->way].minutes;
    goal_cost(f, GOAL_STAFF_MINUTES, col, minutes);
    goal_cost(f, GOAL_COST, col,
              e->call_cents + ceil_div(minutes * e->hour_cents, 60));
}

void duties_price(formulation *f) {
    const problem *const prob = f->prob;
    for (int32_t k = 0; k < f->n_duty_cols; k++)
        price_duty(f, f->n_option_cols + k);
    for (int32_t k = 0; is_asked(f, GOAL_COVER) && k < prob->n_cover; k++)
        for (int32_t day = 0; day < prob->n_days; day++)
            if (prob->cover[k].on[day])
                price_cover(f, &prob->cover[k], day);
    for (int32_t e = 0; e < prob->n_employees; e++) {
        const employee *const who = &prob->employees[e];
        hold_pins(f, e);
        for (int32_t k = 0; is_asked(f, GOAL_WISHES) && k < who->n_wishes; k++)
            price_wish(f, e, &who->wishes[k]);
        price_overtime(f, e);
    }
}
