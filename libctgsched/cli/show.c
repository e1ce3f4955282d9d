// SPDX-License-Identifier: GPL-3.0-or-later
/* Numbers are right-aligned for people; JSON keeps them as integers. */
#include "cli/show.h"

#include <inttypes.h>
#include <string.h>

#include "cli/dates.h"

enum { NAME_COLUMN = 18, NUMBER_COLUMN = 18, GAP_COLUMN = 10 };

static void show_goal(FILE *to, cli_lang lang, const ctg_goal *goal) {
    const char *name = goal->name, *unit = goal->unit;
    const int indent = goal->is_part ? 2 : 0;
    say_goal(lang, &name, &unit);
    fprintf(to, "%*s", indent, "");
    say_padded(to, name, NAME_COLUMN - indent);
    fprintf(to, "%*" PRId64, NUMBER_COLUMN, goal->value);
    if (goal->has_bound) {
        fprintf(to, "%*" PRId64, NUMBER_COLUMN, goal->bound);
        if (goal->is_proven)
            say_right(to, say(lang, WORD_PROVEN), GAP_COLUMN);
        else
            say_percent(to, lang, goal->gap, GAP_COLUMN);
    } else {
        fprintf(to, "%*s%*s", NUMBER_COLUMN, "-", GAP_COLUMN, "-");
    }
    fprintf(to, "  %s\n", unit);
}

void show_goals(FILE *to, cli_lang lang, const ctg_solution *plan) {
    ctg_goal goal;
    say_padded(to, say(lang, WORD_GOAL), NAME_COLUMN);
    say_right(to, say(lang, WORD_VALUE), NUMBER_COLUMN);
    say_right(to, say(lang, WORD_BOUND), NUMBER_COLUMN);
    say_right(to, say(lang, WORD_GAP_COLUMN), GAP_COLUMN);
    fprintf(to, "  %s\n", say(lang, WORD_UNIT));
    for (int32_t i = 0; ctg_solution_goal(&goal, plan, i); i++)
        show_goal(to, lang, &goal);
}

void emit_goals(emit *out, const ctg_solution *plan) {
    ctg_goal goal;
    emit_array(out, "goals");
    for (int32_t i = 0; ctg_solution_goal(&goal, plan, i); i++) {
        emit_object(out, NULL);
        emit_text(out, "name", goal.name);
        emit_text(out, "sense", goal.sense);
        emit_text(out, "unit", goal.unit);
        emit_int(out, "value", goal.value);
        if (goal.has_bound) {
            emit_int(out, "bound", goal.bound);
            emit_real(out, "gap", goal.gap, 6);
        } else {
            emit_text(out, "bound", NULL);
            emit_text(out, "gap", NULL);
        }
        emit_bool(out, "proven", goal.is_proven);
        if (goal.is_part)
            emit_int(out, "weight", goal.weight);
        emit_close(out, '}');
    }
    emit_close(out, ']');
}

static void show_named(FILE *to, cli_lang lang, word name, const char *value) {
    if (value)
        fprintf(to, " %s %s", say(lang, name), value);
}

void show_where(FILE *to, cli_lang lang, const ctg_where *where) {
    if (where->structure)
        fprintf(to, " %s", where->structure);
    if (where->section)
        fprintf(to, "/%s", where->section);
    show_named(to, lang, WORD_MANAGER, where->manager);
    show_named(to, lang, WORD_NEED, where->need);
    show_named(to, lang, WORD_SKILL, where->skill);
    show_named(to, lang, WORD_REQUEST, where->request);
    show_named(to, lang, WORD_RESOURCE, where->resource);
    show_named(to, lang, WORD_SIBLINGS, where->siblings);
    show_named(to, lang, WORD_EMPLOYEE, where->employee);
    if (where->date[0]) {
        fputc(' ', to);
        say_date(to, lang, date_parse(where->date));
        fprintf(to, " %.4s", where->date);
    }
    if (where->begin >= 0) {
        fputc(' ', to);
        say_minute(to, where->begin);
        fputc('-', to);
        say_minute(to, where->end);
    }
    if (where->week[0])
        fprintf(to, " %s", where->week);
    if (where->month[0])
        fprintf(to, " %s", where->month);
}

static void show_size(FILE *to, cli_lang lang, int64_t size) {
    if (size != 0)
        fprintf(to, ", %s %" PRId64, say(lang, WORD_SIZE), size);
}

void show_breach(FILE *to, cli_lang lang, const ctg_breach *found) {
    const char *advice = NULL;
    const char *const french =
        lang == LANG_FR ? say_rule_fr(found->rule, &advice) : NULL;
    fprintf(to, "%s: %s", say(lang, WORD_BREACH), found->rule);
    if (found->article)
        fprintf(to, " [%s]", found->article);
    show_where(to, lang, &found->where);
    show_size(to, lang, found->size);
    if (french)
        fprintf(to, ": %s. Peut-être %s.\n", french, advice);
    else
        fprintf(to, ": %s\n", found->message);
}

void show_shortage(FILE *to, cli_lang lang, const ctg_shortage *found) {
    const char *advice = NULL;
    const char *const french =
        lang == LANG_FR ? say_rule_fr(found->rule, &advice) : NULL;
    fprintf(to, "%s: %s", say(lang, WORD_WARNING), found->kind);
    if (strcmp(found->kind, found->rule) != 0)
        fprintf(to, " (%s)", found->rule);
    show_where(to, lang, &found->where);
    show_size(to, lang, found->size);
    if (french)
        fprintf(to, ": %s", french);
    fputc('\n', to);
}

static void emit_where(emit *out, const ctg_where *where) {
    emit_text_if(out, "structure", where->structure);
    emit_text_if(out, "section", where->section);
    emit_text_if(out, "manager", where->manager);
    emit_text_if(out, "need", where->need);
    emit_text_if(out, "skill", where->skill);
    emit_text_if(out, "request", where->request);
    emit_text_if(out, "resource", where->resource);
    emit_text_if(out, "employee", where->employee);
    emit_text_if(out, "group", where->siblings);
    emit_text_if(out, "date", where->date);
    emit_text_if(out, "week", where->week);
    emit_text_if(out, "month", where->month);
    if (where->begin >= 0) {
        char time[2][16];
        snprintf(time[0], sizeof time[0], "%02d:%02d", (int)(where->begin / 60),
                 (int)(where->begin % 60));
        snprintf(time[1], sizeof time[1], "%02d:%02d", (int)(where->end / 60),
                 (int)(where->end % 60));
        emit_text(out, "begin", time[0]);
        emit_text(out, "end", time[1]);
    }
}

void emit_breach(emit *out, const ctg_breach *found) {
    emit_text(out, "rule", found->rule);
    emit_text_if(out, "article", found->article);
    emit_where(out, &found->where);
    emit_int(out, "size", found->size);
    emit_text(out, "message", found->message);
}

void emit_breaches(emit *out, const ctg_solution *plan) {
    ctg_breach found;
    emit_array(out, "breaches");
    for (int32_t i = 0; ctg_solution_breach(&found, plan, i); i++) {
        emit_object(out, NULL);
        emit_breach(out, &found);
        emit_close(out, '}');
    }
    emit_close(out, ']');
}

void emit_shortages(emit *out, const ctg_solution *plan) {
    ctg_shortage found;
    emit_array(out, "shortages");
    for (int32_t i = 0; ctg_solution_shortage(&found, plan, i); i++) {
        emit_object(out, NULL);
        emit_text(out, "kind", found.kind);
        emit_text(out, "rule", found.rule);
        emit_where(out, &found.where);
        emit_int(out, "size", found.size);
        emit_close(out, '}');
    }
    emit_close(out, ']');
}

void emit_waiting(emit *out, const ctg_solution *plan) {
    ctg_waiting row;
    emit_array(out, "waiting");
    for (int32_t i = 0; ctg_solution_waiting(&row, plan, i); i++) {
        emit_object(out, NULL);
        emit_int(out, "rank", row.rank);
        emit_text(out, "request", row.request);
        emit_text(out, "child", row.child);
        emit_int(out, "points", row.points);
        emit_close(out, '}');
    }
    emit_close(out, ']');
}

void show_counts(FILE *to, cli_lang lang, const ctg_solution *plan) {
    ctg_solution_info about;
    if (ctg_solution_about(&about, plan) != CTG_OK)
        return;
    fprintf(to, "%s %d, %s %d\n", say(lang, WORD_PLACED),
            (int)about.n_placements, say(lang, WORD_WAITING),
            (int)about.n_waiting);
}

void emit_digests(emit *out, const ctg_problem *problem) {
    ctg_pack_info about;
    emit_object(out, "digests");
    emit_text(out, "problem", ctg_problem_digest(problem));
    emit_object(out, "packs");
    for (int32_t i = 0; ctg_problem_pack(&about, problem, i); i++)
        emit_text(out, about.id, about.digest);
    emit_close(out, '}');
    emit_close(out, '}');
}
