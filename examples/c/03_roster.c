/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 03: decide children and agents together, and pin the roster to the wall.
 *
 *     03_roster joint-creche.json
 *
 * Where the shifts of agents are open, the children who are placed decide how
 * many agents are needed, and the agents on duty decide who may come. */
#include <ctgsched.h>
#include <stdio.h>
#include <string.h>

static char json[16 << 20];

static size_t read_file(const char *name) {
    FILE *const file = fopen(name, "rb");
    const size_t bytes = file ? fread(json, 1, sizeof json, file) : 0;
    if (file)
        fclose(file);
    return bytes;
}

/* Times are minutes of the local day. */
static void print_part(const ctg_duty_part *part) {
    printf(" %02d:%02d-%02d:%02d %s", (int)part->begin / 60,
           (int)part->begin % 60, (int)part->end / 60, (int)part->end % 60,
           part->what);
}

/* Duties come by employee, then by date. */
static void print_roster(const ctg_solution *plan) {
    ctg_duty duty;
    ctg_duty_part part;
    for (int32_t i = 0; ctg_solution_duty(&duty, plan, i); i++) {
        printf("%s %s %4d min:", duty.employee, duty.date, (int)duty.minutes);
        for (int32_t k = 0; ctg_solution_duty_part(&part, plan, i, k); k++)
            print_part(&part);
        putchar('\n');
    }
}

/* Where one more child would need one more agent. */
static void print_tight_hours(const ctg_solution *plan) {
    ctg_coverage row;
    int minutes = 0;
    for (int32_t i = 0; ctg_solution_coverage(&row, plan, i); i++)
        if (strcmp(row.binds, "staff") == 0)
            minutes += row.end - row.begin;
    printf("staff, not places, is the limit for %d minutes\n", minutes);
}

int main(int argc, char **argv) {
    ctg_problem *problem = NULL;
    ctg_solver *solver = NULL;
    ctg_solution *plan = NULL;
    ctg_options options;
    ctg_error err;
    memset(&err, 0, sizeof err); /* in C alone, CTG_ERROR_INIT does it */

    const size_t bytes = argc == 2 ? read_file(argv[1]) : 0;
    ctg_options_init(&options, sizeof options);
    options.decide = CTG_DECIDE_JOINT; /* the default, said aloud */
    options.work_limit = 20000;

    if (ctg_problem_parse(&problem, json, bytes, NULL, &err) ||
        ctg_solver_create(&solver, NULL, &err) ||
        ctg_solver_configure(solver, &options, &err) ||
        ctg_solver_solve(solver, &plan, NULL, problem, NULL, &err)) {
        fprintf(stderr, "%s: %s\n", err.pointer, err.message);
    } else if (plan) {
        print_roster(plan);
        print_tight_hours(plan);
    }
    const int is_planned = plan != NULL;
    ctg_solution_free(plan);
    ctg_solver_free(solver);
    ctg_problem_free(problem);
    return is_planned ? 0 : 1;
}
