// SPDX-License-Identifier: GPL-3.0-or-later
/* One line a goal that is not what it was. */
#include "cli/gains.h"

#include <inttypes.h>
#include <string.h>

void show_gain(FILE *to, cli_lang lang, const ctg_goal_change *goal) {
    const char *name = goal->name, *unit = goal->unit;
    if (!goal->has_before || goal->after == goal->before ||
        strcmp(goal->name, "tie") == 0)
        return;
    say_goal(lang, &name, &unit);
    fprintf(to, "  %s %+" PRId64, name, goal->after - goal->before);
}

void emit_gain(emit *out, const ctg_goal_change *goal) {
    emit_object(out, NULL);
    emit_text(out, "name", goal->name);
    emit_text(out, "sense", goal->sense);
    emit_text(out, "unit", goal->unit);
    if (goal->has_before)
        emit_int(out, "before", goal->before);
    else
        emit_text(out, "before", NULL);
    emit_int(out, "after", goal->after);
    if (goal->is_part)
        emit_int(out, "weight", goal->weight);
    emit_close(out, '}');
}
