/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 07: an agent is absent on the day: mend the plan, disturb few.
 *
 *     07_replan joint-creche.json joint-creche-morning.json MAX_CHANGES
 *
 * A new plan starts from what people were told, less what became impossible:
 * the floor plan. It is never worse than that, and differs from it for at most
 * so many of the families and agents who have something there. */
#include <ctgsched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char json[16 << 20];

static size_t read_file(const char *name) {
    FILE *const file = fopen(name, "rb");
    const size_t bytes = file ? fread(json, 1, sizeof json, file) : 0;
    if (file)
        fclose(file);
    return bytes;
}

static const char *or_none(const char *text) { return text ? text : "none"; }

/* Whom to telephone. */
static void print_differences(const ctg_solution *told,
                              const ctg_solution *now) {
    ctg_diff *diff = NULL;
    ctg_move move;
    ctg_duty_change duty;
    if (ctg_diff_create(&diff, told, now, 0, NULL))
        return;
    for (int32_t i = 0; ctg_diff_move(&move, diff, i); i++)
        printf("child %s: %s -> %s\n", move.child, or_none(move.from_option),
               or_none(move.to_option));
    for (int32_t i = 0; ctg_diff_duty(&duty, diff, i); i++)
        printf("agent %s, %s: %s -> %s\n", duty.employee, duty.date,
               or_none(duty.from.shift), or_none(duty.to.shift));
    ctg_diff_free(diff);
}

int main(int argc, char **argv) {
    ctg_problem *problem = NULL, *changed = NULL;
    ctg_solution *told = NULL, *now = NULL;
    ctg_solver *solver = NULL;
    ctg_result result;
    ctg_options options;
    ctg_error err;
    memset(&err, 0, sizeof err); /* in C alone, CTG_ERROR_INIT does it */
    if (argc != 4)
        return 2;

    ctg_options_init(&options, sizeof options);
    options.work_limit = 20000;
    options.max_changes = (int32_t)strtol(argv[3], NULL, 10);

    size_t bytes = read_file(argv[1]);
    if (!ctg_problem_parse(&problem, json, bytes, NULL, &err) &&
        !ctg_solver_create(&solver, NULL, &err) &&
        !ctg_solver_configure(solver, &options, &err))
        ctg_solver_solve(solver, &told, NULL, problem, NULL, &err);

    bytes = read_file(argv[2]);
    if (told && !ctg_problem_apply(&changed, problem, json, bytes, NULL, &err))
        ctg_solver_replan(solver, &now, &result, changed, told, &err);

    if (now) {
        print_differences(told, now);
        printf("changes beyond the floor plan: %d\n", (int)result.changes);
        if (result.is_budget_short)
            printf("short of something; %d changes would do\n",
                   (int)result.least_budget);
    } else {
        fprintf(stderr, "%s: %s\n", err.pointer, err.message);
    }
    const int is_planned = now != NULL;
    ctg_solution_free(now);
    ctg_solution_free(told);
    ctg_solver_free(solver);
    ctg_problem_free(changed);
    ctg_problem_free(problem);
    return is_planned ? 0 : 1;
}
