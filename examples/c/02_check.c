/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 02: judge a plan that somebody made by hand.
 *
 * The judge needs the placements and no more; whoever made them, it evaluates
 * every rule again and says which one is broken, where, and by how much. */
#include <ctgsched.h>
#include <stdio.h>
#include <string.h>

/* One place, two families who want it on the same morning. */
static const char problem_text[] =
    "{'schema': 'ctgsched/problem/1', 'id': 'one-place',"
    " 'horizon': {'first': '2026-09-07', 'last': '2026-09-07'},"
    " 'structures': [{'id': 'bleuets', 'kind': 'other', 'places': 1,"
    "   'hours': [{'begin': '08:00', 'end': '18:00'}]}],"
    " 'children': [{'id': 'c1', 'birth': '2025-01-01'},"
    "              {'id': 'c2', 'birth': '2025-02-01'}],"
    " 'requests': ["
    "   {'id': 'r1', 'child': 'c1', 'options': [{'id': 'morning',"
    "     'structure': 'bleuets',"
    "     'when': [{'begin': '09:00', 'end': '12:00'}]}]},"
    "   {'id': 'r2', 'child': 'c2', 'options': [{'id': 'morning',"
    "     'structure': 'bleuets',"
    "     'when': [{'begin': '11:00', 'end': '14:00'}]}]}]}";

static const char both_text[] = "{'schema': 'ctgsched/plan/1', 'placements': ["
                                "   {'request': 'r1', 'option': 'morning'},"
                                "   {'request': 'r2', 'option': 'morning'}]}";

static const char one_text[] = "{'schema': 'ctgsched/plan/1', 'placements': ["
                               "   {'request': 'r1', 'option': 'morning'}]}";

/* JSON wants double quotes, which C would have us escape. */
static const char *quoted(char *to, const char *text) {
    size_t i = 0;
    for (; text[i]; i++)
        to[i] = (char)(text[i] == '\'' ? '"' : text[i]);
    to[i] = '\0';
    return to;
}

static int judge(const ctg_problem *problem, const char *text) {
    char json[sizeof both_text];
    ctg_solution *plan = NULL;
    ctg_solution_info info;
    ctg_breach breach;
    quoted(json, text);
    /* A plan that breaks rules is read all the same, so that it can be told. */
    if (ctg_solution_parse(&plan, problem, json, strlen(json), NULL, NULL))
        return 1;
    ctg_solution_about(&info, plan);
    puts(info.is_accepted ? "accepted" : "refused");
    for (int32_t i = 0; ctg_solution_breach(&breach, plan, i); i++)
        printf("    %s: %s\n", breach.rule, breach.message);
    ctg_solution_free(plan);
    return 0;
}

int main(void) {
    char json[sizeof problem_text];
    ctg_problem *problem = NULL;
    ctg_error err;
    memset(&err, 0, sizeof err); /* in C alone, CTG_ERROR_INIT does it */
    quoted(json, problem_text);
    if (ctg_problem_parse(&problem, json, strlen(json), NULL, &err)) {
        fprintf(stderr, "%s: %s\n", err.pointer, err.message);
        return 1;
    }
    const int failed = judge(problem, both_text) || judge(problem, one_text);
    ctg_problem_free(problem);
    return failed;
}
