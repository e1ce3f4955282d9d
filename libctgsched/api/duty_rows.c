// SPDX-License-Identifier: GPL-3.0-or-later
/* Duties of a plan, and what is done in them: segments, cut where a piece lies
 * in one. */
#include <string.h>

#include "api/api.h"
#include "base/civil.h"
#include "check/duty.h"

enum { MOST_PIECES = 4, MOST_PARTS = 64 };

typedef struct part_list {
    ctg_duty_part at[MOST_PARTS];
    int32_t n;
} part_list;

static void add_part(part_list *list, const char *structure, const char *what,
                     int32_t begin, int32_t end) {
    if (begin < end && list->n < MOST_PARTS)
        list->at[list->n++] = (ctg_duty_part){
            .structure = structure, .what = what, .begin = begin, .end = end};
}

/* Pieces of the way by rising time: few, so by insertion. */
static int32_t order_pieces(const shift *s, const way *w, int32_t *order) {
    for (int32_t k = 0; k < s->n_pieces && k < MOST_PIECES; k++) {
        int32_t at = k;
        for (; at > 0 && w->pieces[order[at - 1]] > w->pieces[k]; at--)
            order[at] = order[at - 1];
        order[at] = k;
    }
    return s->n_pieces < MOST_PIECES ? s->n_pieces : MOST_PIECES;
}

static void list_parts(part_list *list, const problem *prob,
                       int32_t way_index) {
    const way *const w = &prob->ways[way_index];
    const shift *const s = &prob->shifts[w->shift];
    int32_t order[MOST_PIECES];
    const int32_t n_pieces = order_pieces(s, w, order);
    for (int32_t k = 0; k < s->n_segments; k++) {
        const segment *const here = &s->segments[k];
        const char *const where = prob->structures[here->structure].id;
        const char *const what = here->with_children ? "children" : "other";
        int32_t from = here->begin;
        for (int32_t i = 0; i < n_pieces; i++) {
            const piece *const p = &s->pieces[order[i]];
            const int32_t begin = w->pieces[order[i]];
            if (begin < here->begin || begin + p->minutes > here->end)
                continue;
            add_part(list, where, what, from, begin);
            add_part(list, where, p->is_break ? "break" : "other", begin,
                     begin + p->minutes);
            from = begin + p->minutes;
        }
        add_part(list, where, what, from, here->end);
    }
}

static bool is_duty(const ctg_solution *solution, int32_t index) {
    return solution && index >= 0 && index < solution->n_worked;
}

static int32_t way_at(const ctg_solution *solution, int32_t index) {
    return solution->plan->way_of[solution->worked[index]];
}

int ctg_solution_duty(ctg_duty *out, const ctg_solution *solution,
                      int32_t index) {
    if (!out || !is_duty(solution, index))
        return 0;
    const problem *const prob = solution->problem->inside;
    const int32_t post = solution->worked[index];
    const int32_t way_index = way_at(solution, index);
    const shift *const s = &prob->shifts[prob->ways[way_index].shift];
    const duty its = duty_of(prob, way_index);
    part_list parts = {.n = 0};
    list_parts(&parts, prob, way_index);
    *out = (ctg_duty){.employee = prob->employees[post / prob->n_days].id,
                      .shift = s->id,
                      .structure = prob->structures[s->structure].id,
                      .begin = its.begin,
                      .end = its.end,
                      .minutes = its.minutes,
                      .n_parts = parts.n};
    civil_print(prob->days[post % prob->n_days], out->date);
    return 1;
}

int ctg_solution_duty_part(ctg_duty_part *out, const ctg_solution *solution,
                           int32_t index, int32_t part) {
    if (!out || !is_duty(solution, index))
        return 0;
    part_list parts = {.n = 0};
    list_parts(&parts, solution->problem->inside, way_at(solution, index));
    if (part < 0 || part >= parts.n)
        return 0;
    *out = parts.at[part];
    return 1;
}
