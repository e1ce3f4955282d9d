// SPDX-License-Identifier: GPL-3.0-or-later
/* Each side is loaded as if it stood alone on the command line. */
#include "cli/sides.h"

#include <stdlib.h>
#include <string.h>

static bool split(side *out, const char *pair) {
    const char *const equals = strchr(pair, '=');
    const size_t n = equals ? (size_t)(equals - pair) : 0;
    if (n == 0 || !equals[1])
        return false;
    out->problem = calloc(n + 1, 1);
    out->plan = calloc(strlen(equals), 1);
    if (!out->problem || !out->plan)
        return false;
    memcpy(out->problem, pair, n);
    memcpy(out->plan, equals + 1, strlen(equals + 1));
    return true;
}

cli_exit sides_split(sides *out, const cli_args *args) {
    int32_t n_stdin = 0;
    *out = (sides){0};
    for (int32_t k = 0; k < args->n_operands; k++) {
        side *const s = &out->at[out->n++];
        if (!split(s, args->operands[k])) {
            complain("\"%s\" is no PROBLEM=PLAN. Maybe town.json=plan.json.",
                     args->operands[k]);
            return EXIT_USAGE;
        }
        n_stdin += strcmp(s->problem, "-") == 0;
        n_stdin += strcmp(s->plan, "-") == 0;
    }
    if (n_stdin > 1) {
        complain("standard input (-) can be read once. Maybe name a file.");
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

static cli_exit load(side *s, const cli_args *args) {
    cli_args alone = *args;
    alone.operands[0] = s->problem;
    alone.n_operands = 1;
    cli_exit status = inputs_open(&s->in, &alone);
    if (status == EXIT_DONE)
        status = inputs_problem(&s->in, &alone);
    if (status == EXIT_DONE)
        status = inputs_plan(&s->in, s->plan);
    return status == EXIT_DONE ? EXIT_DONE
                               : inputs_fail(&s->in, &alone, status);
}

cli_exit sides_load(sides *all, const cli_args *args) {
    cli_exit status = EXIT_DONE;
    for (int32_t k = 0; k < all->n && status == EXIT_DONE; k++)
        status = load(&all->at[k], args);
    return status;
}

void sides_close(sides *all) {
    for (int32_t k = 0; k < all->n; k++) {
        inputs_close(&all->at[k].in);
        free(all->at[k].problem);
        free(all->at[k].plan);
    }
}

const char *sides_name(const sides *all, int32_t index) {
    bool by_problem = true;
    for (int32_t i = 0; i < all->n; i++)
        for (int32_t k = 0; k < i; k++)
            by_problem &= strcmp(all->at[i].problem, all->at[k].problem) != 0;
    return by_problem ? all->at[index].problem : all->at[index].plan;
}
