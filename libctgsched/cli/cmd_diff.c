// SPDX-License-Identifier: GPL-3.0-or-later
/* ctgsched diff: what is otherwise in one plan than in another, and why. */
#include <string.h>

#include "cli/causes.h"
#include "cli/dates.h"
#include "cli/gains.h"
#include "cli/show.h"
#include "cli/sides.h"

static const char *const kinds[] = {"served",  "waiting", "moved",
                                    "changed", "new",     "gone"};
static const char *const whys[] = {NULL,   "event", "rule",
                                   "goal", "tie",   "better"};

typedef struct pair {
    const ctg_problem *before, *after;
    const ctg_solution *from, *to;
    change_list changes; /* between both; none when not told */
} pair;

/* --- JSON
 * ------------------------------------------------------------------------
 */

static void emit_why(emit *json, const ctg_reason *why,
                     const change_list *changes, int32_t cause) {
    if (why->kind == CTG_WHY_NOT_ASKED)
        return;
    emit_object(json, "why");
    emit_text(json, "kind", whys[why->kind]);
    if (cause >= 0) {
        emit_int(json, "event", cause);
        emit_text(json, "op", changes->at[cause].op);
    }
    emit_text_if(json, "goal", why->goal);
    if (why->has_breach) {
        emit_object(json, "breach");
        emit_breach(json, &why->breach);
        emit_close(json, '}');
    }
    emit_close(json, '}');
}

static void emit_given(emit *json, const char *key, const char *option,
                       const char *structure) {
    if (!option) {
        emit_text(json, key, NULL);
        return;
    }
    emit_object(json, key);
    emit_text(json, "option", option);
    emit_text(json, "structure", structure);
    emit_close(json, '}');
}

static void emit_moves(emit *json, const ctg_diff *diff,
                       const change_list *changes) {
    ctg_move row;
    emit_array(json, "moves");
    for (int32_t i = 0; ctg_diff_move(&row, diff, i); i++) {
        emit_object(json, NULL);
        emit_text(json, "request", row.request);
        emit_text(json, "child", row.child);
        emit_text(json, "kind", kinds[row.kind]);
        emit_given(json, "from", row.from_option, row.from_structure);
        emit_given(json, "to", row.to_option, row.to_structure);
        emit_why(json, &row.why, changes, cause_of_move(changes, diff, &row));
        emit_close(json, '}');
    }
    emit_close(json, ']');
}

static void emit_time(emit *json, const char *key, int32_t minute) {
    char text[16];
    snprintf(text, sizeof text, "%02d:%02d", (int)(minute / 60),
             (int)(minute % 60));
    emit_text(json, key, text);
}

static void emit_worked(emit *json, const char *key, const ctg_worked *its) {
    if (!its->shift) {
        emit_text(json, key, NULL);
        return;
    }
    emit_object(json, key);
    emit_text(json, "shift", its->shift);
    emit_text(json, "structure", its->structure);
    emit_time(json, "begin", its->begin);
    emit_time(json, "end", its->end);
    emit_int(json, "minutes", its->minutes);
    emit_array(json, "pieces");
    for (int32_t k = 0; k < its->n_pieces; k++)
        emit_time(json, NULL, its->pieces[k]);
    emit_close(json, ']');
    emit_close(json, '}');
}

static const char *duty_kind(const ctg_duty_change *row) {
    if (!row->from.shift)
        return "gained";
    return row->to.shift ? "changed" : "lost";
}

static void emit_duties(emit *json, const ctg_diff *diff,
                        const change_list *changes) {
    ctg_duty_change row;
    emit_array(json, "duties");
    for (int32_t i = 0; ctg_diff_duty(&row, diff, i); i++) {
        emit_object(json, NULL);
        emit_text(json, "employee", row.employee);
        emit_text(json, "date", row.date);
        emit_text(json, "kind", duty_kind(&row));
        if (row.is_new || row.is_gone)
            emit_text(json, "employee_is", row.is_new ? "new" : "gone");
        emit_worked(json, "from", &row.from);
        emit_worked(json, "to", &row.to);
        emit_why(json, &row.why, changes, cause_of_duty(changes, &row));
        emit_close(json, '}');
    }
    emit_close(json, ']');
}

static void put_json(FILE *to, const ctg_diff *diff, const pair *p) {
    ctg_diff_info about;
    ctg_goal_change goal;
    emit json;
    emit_begin(&json, to, "diff");
    emit_text(&json, "status", "ok");
    ctg_diff_about(&about, diff);
    emit_object(&json, "touched");
    emit_int(&json, "requests", about.n_requests);
    emit_int(&json, "children", about.n_children);
    emit_int(&json, "employees", about.n_employees);
    emit_close(&json, '}');
    emit_array(&json, "goals");
    for (int32_t g = 0; ctg_diff_goal(&goal, diff, g); g++)
        emit_gain(&json, &goal);
    emit_close(&json, ']');
    emit_moves(&json, diff, &p->changes);
    emit_duties(&json, diff, &p->changes);
    emit_text(&json, "from_problem", ctg_problem_digest(p->before));
    emit_digests(&json, p->after);
    emit_end(&json);
}

/* --- text
 * ------------------------------------------------------------------------
 */

static void put_why(FILE *to, cli_lang lang, const ctg_reason *why,
                    const change_list *changes, int32_t cause) {
    static const word words[] = {WORD_WHY_EVENT, WORD_WHY_EVENT,
                                 WORD_WHY_RULE,  WORD_WHY_GOAL,
                                 WORD_WHY_TIE,   WORD_WHY_BETTER};
    if (why->kind == CTG_WHY_NOT_ASKED)
        return;
    fprintf(to, "  [%s", say(lang, words[why->kind]));
    if (cause >= 0)
        fprintf(to, ": %s %d", changes->at[cause].op, (int)cause);
    if (why->goal) {
        const char *name = why->goal, *unit = "";
        say_goal(lang, &name, &unit);
        fprintf(to, " %s", name);
    }
    if (why->has_breach) {
        fprintf(to, " %s", why->breach.rule);
        show_where(to, lang, &why->breach.where);
    }
    fputc(']', to);
}

static void put_given(FILE *to, cli_lang lang, const char *option,
                      const char *structure) {
    if (option)
        fprintf(to, "%s (%s)", option, structure);
    else
        fputs(say(lang, WORD_WAITS), to);
}

static void put_move(FILE *to, cli_lang lang, const ctg_diff *diff,
                     const change_list *changes, const ctg_move *row) {
    static const word words[] = {WORD_NOW_SERVED, WORD_NOW_WAITING,
                                 WORD_NOW_MOVED,  WORD_NOW_CHANGED,
                                 WORD_NOW_NEW,    WORD_NOW_GONE};
    fputs("  ", to);
    say_padded(to, row->request, 16);
    fputc(' ', to);
    say_padded(to, say(lang, words[row->kind]), 10);
    fputc(' ', to);
    if (row->kind != CTG_MOVE_NEW)
        put_given(to, lang, row->from_option, row->from_structure);
    if (row->kind != CTG_MOVE_NEW && row->kind != CTG_MOVE_GONE)
        fputs(" -> ", to);
    if (row->kind != CTG_MOVE_GONE)
        put_given(to, lang, row->to_option, row->to_structure);
    put_why(to, lang, &row->why, changes, cause_of_move(changes, diff, row));
    fputc('\n', to);
}

static void put_worked(FILE *to, const ctg_worked *its) {
    if (!its->shift) {
        fputc('-', to);
        return;
    }
    fprintf(to, "%s ", its->shift);
    say_minute(to, its->begin);
    fputc('-', to);
    say_minute(to, its->end);
}

static void put_duty(FILE *to, cli_lang lang, const change_list *changes,
                     const ctg_duty_change *row) {
    fputs("  ", to);
    say_padded(to, row->employee, 16);
    fputc(' ', to);
    say_date(to, lang, date_parse(row->date));
    fprintf(to, " %.4s  ", row->date);
    put_worked(to, &row->from);
    fputs(" -> ", to);
    put_worked(to, &row->to);
    put_why(to, lang, &row->why, changes, cause_of_duty(changes, row));
    fputc('\n', to);
}

static void put_text(FILE *to, cli_lang lang, const ctg_diff *diff,
                     const change_list *changes) {
    ctg_diff_info about;
    ctg_goal_change goal;
    ctg_move row;
    ctg_duty_change duty;
    ctg_diff_about(&about, diff);
    fprintf(to, "%s  %s: %d, %s: %d, %s: %d\n", say(lang, WORD_OTHERWISE),
            say(lang, WORD_REQUESTS), (int)about.n_requests,
            say(lang, WORD_CHILDREN), (int)about.n_children,
            say(lang, WORD_AGENTS), (int)about.n_employees);
    for (int32_t g = 0; ctg_diff_goal(&goal, diff, g); g++)
        show_gain(to, lang, &goal);
    fputc('\n', to);
    for (int32_t i = 0; ctg_diff_move(&row, diff, i); i++)
        put_move(to, lang, diff, changes, &row);
    for (int32_t i = 0; ctg_diff_duty(&duty, diff, i); i++)
        put_duty(to, lang, changes, &duty);
}

/* --- the verb
 * -----------------------------------------------------------------------
 */

static cli_exit put_diff(const cli_args *args, inputs *told, const pair *p) {
    ctg_diff *diff = NULL;
    page out;
    const ctg_status found = ctg_diff_create(
        &diff, p->from, p->to, args->value[OPT_WHY] != NULL, &told->err);
    if (found != CTG_OK)
        return inputs_fail(told, args, exit_of(found));
    cli_exit status = EXIT_INTERNAL;
    if (page_open(&out)) {
        if (args->value[OPT_JSON])
            put_json(out.to, diff, p);
        else
            put_text(out.to, args->lang, diff, &p->changes);
        status = page_print(&out);
    }
    ctg_diff_free(diff);
    return status;
}

/* Whom the changes of --events are about; the library has read them. */
static cli_exit take_changes(change_list *out, const cli_args *args) {
    const char *const path = args->value[OPT_EVENTS];
    blob text;
    *out = (change_list){0};
    if (!path)
        return EXIT_DONE;
    const cli_exit status = file_read(&text, path);
    if (status != EXIT_DONE)
        return status;
    const bool is_read = changes_read(out, text.at, text.n);
    blob_free(&text);
    return is_read ? EXIT_DONE : EXIT_INTERNAL;
}

static cli_exit put_pair(const cli_args *args, inputs *told, pair *both) {
    cli_exit status = take_changes(&both->changes, args);
    if (status == EXIT_DONE)
        status = put_diff(args, told, both);
    changes_free(&both->changes);
    return status;
}

/* PROBLEM A B: the problem is read once; with --events B is of that after the
 * changes. */
static cli_exit diff_of_one(const cli_args *args) {
    const char *const events = args->value[OPT_EVENTS];
    inputs in;
    ctg_problem *before = NULL;
    ctg_solution *from = NULL;
    cli_exit status = inputs_open(&in, args);
    if (status == EXIT_DONE)
        status = inputs_problem(&in, args);
    if (status == EXIT_DONE)
        status = inputs_plan(&in, args->operands[1]);
    if (status == EXIT_DONE && events)
        status = inputs_events(&in, events, &before);
    if (status == EXIT_DONE) {
        from = in.plan;
        in.plan = NULL;
        status = inputs_plan(&in, args->operands[2]);
    }
    pair both = {before ? before : in.problem, in.problem, from, in.plan, {0}};
    if (status == EXIT_DONE)
        status = put_pair(args, &in, &both);
    else
        inputs_fail(&in, args, status);
    ctg_solution_free(from);
    ctg_problem_free(before);
    inputs_close(&in);
    return status;
}

static cli_exit diff_of_two(const cli_args *args) {
    sides all;
    if (args->value[OPT_EVENTS]) {
        complain("--events is between plans of one problem and of that after "
                 "the changes. Maybe diff PROBLEM A B --events FILE.");
        return EXIT_USAGE;
    }
    cli_exit status = sides_split(&all, args);
    if (status == EXIT_DONE)
        status = sides_load(&all, args);
    const inputs *const a = &all.at[0].in, *const b = &all.at[1].in;
    pair both = {a->problem, b->problem, a->plan, b->plan, {0}};
    if (status == EXIT_DONE)
        status = put_pair(args, &all.at[1].in, &both);
    sides_close(&all);
    return status;
}

cli_exit run_diff(const cli_args *args) {
    return args->n_operands == 3 ? diff_of_one(args) : diff_of_two(args);
}
