// SPDX-License-Identifier: GPL-3.0-or-later
/* Small problems and plans in text, judged, and the verdict as short lines.
 *
 * Texts write ' for ", so that they can stand in C strings. */
#ifndef CTGSCHED_TESTS_JUDGED_H
#define CTGSCHED_TESTS_JUDGED_H

#include "check/check.h"

#define JUDGED_RULE(id, kind, parameters)                                      \
    "{'id':'" id "','kind':'" kind "','article':'art. " id                     \
    "','title':'t','title_fr':'t','status':'verified','parameters':"           \
    "{" parameters "}}"
/* The members `rules` of a problem: one pack "p" of these rules. */
#define JUDGED_PACK(rules)                                                     \
    "'rules':[{'schema':'ctgsched/rules/1','id':'p','title':'t',"              \
    "'title_fr':'t','law':'l','rules':[" rules "]}],"

/* Children "<prefix>1" to "<prefix>n" with a request of the same id each. */
typedef struct judged_kids {
    const char *prefix;
    int n;
    const char *birth, *begin, *end;
    const char *child;   /* more members of the child, "" for none */
    const char *request; /* more members of the request */
    const char *option;  /* more members of the option */
    bool holds;          /* the option is the place held */
} judged_kids;

typedef struct judged {
    arena *mem;
    problem *prob;
    plan *plan;
    verdict v;
} judged;

/* One structure "s" of kind other, open 08:00-18:00 on Monday 2026-09-07, with
 * the members `place`; kids until one with prefix NULL, all served; `more` are
 * further members of the problem and end with a comma. What the plan states
 * (no shortages) is not compared. */
judged *judged_day(const char *place, const judged_kids *kids,
                   const char *more);
/* A problem and a plan as they are. */
judged *judged_texts(const char *problem, const char *plan, check_depth depth);
void judged_free(judged *j);

/* "rule where size" a line, in the order of the verdict, in the case's arena:
 * "places s 2026-09-07 08:00-09:00 x2\n". */
const char *judged_breaches(judged *j);
const char *judged_shortages(judged *j);

#endif
