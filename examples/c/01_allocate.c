/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 01: place the children of a problem, say how good the plan is, write it.
 *
 *     01_allocate commune.json > plan.json */
#include <ctgsched.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static char json[16 << 20]; /* a big town has 4 MiB */

static size_t read_file(const char *name) {
    FILE *const file = fopen(name, "rb");
    const size_t bytes = file ? fread(json, 1, sizeof json, file) : 0;
    if (file)
        fclose(file);
    return bytes;
}

/* Standard output is the plan, so people read standard error. */
static void show(const ctg_solution *plan, const ctg_result *result) {
    ctg_solution_info info;
    ctg_goal goal;
    ctg_solution_about(&info, plan);
    fprintf(stderr, "%s: %" PRId32 " placed, %" PRId32 " waiting\n",
            ctg_verdict_text((ctg_verdict)result->verdict), info.n_placements,
            info.n_waiting);
    for (int32_t i = 0; ctg_solution_goal(&goal, plan, i); i++) {
        fprintf(stderr, "%-12s %" PRId64 " %s", goal.name, goal.value,
                goal.unit);
        if (goal.has_bound) /* nobody can do better than the bound */
            fprintf(stderr, ", at best %" PRId64, goal.bound);
        fputc('\n', stderr);
    }
}

int main(int argc, char **argv) {
    ctg_problem *problem = NULL;
    ctg_solver *solver = NULL;
    ctg_solution *plan = NULL;
    ctg_text text = CTG_TEXT_INIT;
    ctg_result result;
    ctg_options options;
    ctg_error err;
    memset(&err, 0, sizeof err); /* in C alone, CTG_ERROR_INIT does it */

    const size_t bytes = argc == 2 ? read_file(argv[1]) : 0;
    ctg_options_init(&options, sizeof options);
    options.work_limit = 100000; /* the same plan on every machine, unlike
                                    time_limit; without any, it proves all */

    /* Each call does nothing but return its status when it fails, and `err`
     * then says where and why. Finding no plan is an answer, not an error. */
    if (ctg_problem_parse(&problem, json, bytes, NULL, &err) ||
        ctg_solver_create(&solver, NULL, &err) ||
        ctg_solver_configure(solver, &options, &err) ||
        ctg_solver_solve(solver, &plan, &result, problem, NULL, &err)) {
        fprintf(stderr, "line %d, column %d, at %s: %s\n", (int)err.line,
                (int)err.column, err.pointer, err.message);
    } else if (!plan) {
        fprintf(stderr, "no plan: %s\n",
                ctg_verdict_text((ctg_verdict)result.verdict));
    } else if (!ctg_solution_write(&text, plan, CTG_WRITE_STATED, &err)) {
        show(plan, &result);
        fwrite(text.at, 1, text.bytes, stdout);
    }
    const int is_written = text.at != NULL;

    /* In any order, and NULL is fine: no path needs to know what it has. */
    ctg_text_free(&text);
    ctg_solution_free(plan);
    ctg_solver_free(solver);
    ctg_problem_free(problem);
    return is_written ? 0 : 1;
}
