// SPDX-License-Identifier: GPL-3.0-or-later
/* What the judge finds: a rule that is broken or short, somewhere, by so much.
 *
 * A finding becomes a breach or a shortage of the verdict. Instants that follow
 * each other with the same row, size and fate become one interval. */
#ifndef CTGSCHED_CHECK_FINDING_H
#define CTGSCHED_CHECK_FINDING_H

#include "base/arena.h"
#include "model/plan.h"

typedef struct finding {
    where at;
    int64_t size;
    bool is_breach;     /* else it is a shortage */
    shortage_kind kind; /* what the shortage is called */
    const rule *law;    /* that is in force, NULL when it is not law */
    /* For the message: what there is, what may be, and heads present, all at
     * the begin of the interval. */
    int64_t have, allowed;
    int32_t heads;
    const char *note; /* a word more, static or in the arena; may be NULL */
} finding;

typedef struct findings {
    finding *at; /* with n and room first: the layout of a vector */
    int32_t n, room;
    arena *mem;
    int32_t mergeable; /* those from here on belong to the day in work */
    bool failed;       /* out of memory: what follows is dropped */
} findings;

/* A place with nothing named but the rule. */
where where_of(rule_name broken);
/* Same rule in the same place, whatever the time. */
bool where_same_row(const where *a, const where *b);

void findings_add(findings *list, const finding *found);
/* As findings_add, but lengthens the row's last interval of this day when it
 * ends where this one begins and nothing else differs. */
void findings_add_instant(findings *list, const finding *found);
/* What comes now is another day. */
void findings_next_day(findings *list);
/* By rule, then place: the order of verdicts. */
void findings_sort(findings *list);
/* One of a sorted list is the same: rule, place, interval and size. */
bool findings_have(const findings *sorted, const finding *found);

#endif
