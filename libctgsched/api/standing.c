// SPDX-License-Identifier: GPL-3.0-or-later
/* The index that a solution keeps of itself, and goals in two plans.
 *
 * The first who asks makes it. Of two who ask at once both make one, and one
 * stays: no thread waits for another. */
#include "api/api.h"

ctg_status solution_standing(const standing **out, const ctg_solution *solution,
                             ctg_error *err) {
    standing *kept = atomic_load(solution->standing);
    standing *made = NULL;
    TRY(solution_check_rules(solution, err));
    if (!kept) {
        TRY(standing_create(&made, solution->problem->inside, solution->plan,
                            solution->verdict.value[GOAL_ENVY],
                            arena_allocator(solution->mem), err));
        if (atomic_compare_exchange_strong(solution->standing, &kept, made))
            kept = made;
        else
            standing_free(made);
    }
    *out = kept;
    return CTG_OK;
}

int goal_change_row(ctg_goal_change *out, const problem *prob,
                    const goal_values *before, const goal_values *after,
                    int32_t index) {
    const goals *const asked = &prob->goals;
    const int32_t term = index - asked->weighted;
    if (!out || index < 0 || term >= asked->n)
        return 0;
    if (term < 0) {
        *out = (ctg_goal_change){.name = "weighted",
                                 .unit = "weighted",
                                 .sense =
                                     asked->sense == SENSE_MAX ? "max" : "min",
                                 .before = before->weighted,
                                 .after = after->weighted,
                                 .weight = 1,
                                 .has_before = 1};
        return 1;
    }
    const goal_term *const at = &asked->terms[term];
    const goal_info *const about = goal_about(at->goal);
    *out = (ctg_goal_change){.name = about->name,
                             .unit = about->unit,
                             .sense = about->sense == SENSE_MAX ? "max" : "min",
                             .before = before->value[at->goal],
                             .after = after->value[at->goal],
                             .weight = asked->weighted ? at->weight : 1,
                             .is_part = asked->weighted,
                             .has_before = 1};
    return 1;
}
