// SPDX-License-Identifier: GPL-3.0-or-later
/* The attendance sheet of one structure on one day, read instant by instant.
 *
 * An instant is an elementary interval between two consecutive breakpoints of
 * anything that a rule looks at. At each, everything is counted anew from who
 * is present: slower than carrying sums along, but nothing can drift. */
#ifndef CTGSCHED_CHECK_SHEET_H
#define CTGSCHED_CHECK_SHEET_H

#include "check/attendance.h"

/* A visit with what the rules ask about it on that day. */
typedef struct guest {
    int32_t request;
    int16_t begin, end;
    int32_t section; /* NONE without one */
    int32_t place_weight, ratio_weight;
    uint64_t needs;  /* bit per need */
    uint64_t skills; /* that its needs ask */
    int32_t age;     /* completed months */
    bool walks;
    int32_t ratio_class, outing_class; /* NONE when no class admits it */
    bool is_new; /* newly admitted: the option given is not the one held */
    bool is_adapting;
} guest;

enum { SHEET_MARKS = 1440 / 64 + 1, SHEET_MAX_END = 1440 };

typedef struct sheet {
    const problem *prob;
    const int32_t *option_of;
    const structure *place;
    const law *law; /* at the instant in work */
    int32_t structure, day, civil;
    civil_date date;   /* of the day */
    civil_date *birth; /* [n_children] */
    int32_t n_guests, room;
    guest *guests;
    uint64_t marks[SHEET_MARKS]; /* bit per minute that is a breakpoint */
    int32_t next;                /* the first minute not yet read */
    int32_t stop;                /* nothing after that is */
    bool has_classes;            /* the guests' are those of `law` */

    /* The instant in work: [begin, end). */
    int32_t begin, end;
    bool is_open;
    int32_t capacity; /* capacity(t) */
    int32_t limit;    /* limit(t), over-capacity applied */
    int32_t staff[N_STAFF_CATEGORIES];
    int32_t counted;     /* with as many children as are present */
    int32_t persons;     /* counted, and the directors who do not count */
    uint32_t categories; /* bit per category counted that is present */
    uint64_t skills;     /* of the agents present */
    int32_t n_present;   /* heads */
    const guest **present;
    int64_t weight; /* of places taken, thousandths */
    bool has_new;
    int64_t regular_weight; /* of the children of regular requests */
    bool regular_new;
    int64_t *section_weight; /* [n_sections], thousandths */
    bool *section_new;       /* [n_sections]: a newly admitted child is in it */
    int32_t *merge_of;       /* [n_sections]: merge in force, NONE */
    int64_t *group_weight;   /* for staffing.c: [n_groups * MAX_CLASSES] */
    int32_t *group_heads;    /* [n_groups] */
} sheet;

/* Room for `most` visits a day; everything lives in `mem`. */
ctg_status sheet_create(sheet *out, const problem *prob, int32_t most,
                        arena *mem, ctg_error *err);
/* Another birth for a child of the problem, which changed. */
void sheet_set_birth(sheet *s, int32_t child_index, int32_t civil);
/* Starts one structure's day. `option_of` says who holds a place. */
void sheet_start(sheet *s, const int32_t *option_of, int32_t place, int32_t day,
                 visit_span visits);
/* Back to the guests and breakpoints of a sheet that was kept as it started,
 * then one guest more: cheaper than starting again. */
void sheet_rewind(sheet *s, const sheet *kept);
void sheet_add(sheet *s, visit more);
/* Only the instants of [begin, end) are read, cut at these. */
void sheet_between(sheet *s, int32_t begin, int32_t end);
/* counted(t) if `heads` children were present. */
int32_t sheet_counted(const sheet *s, int32_t heads);
/* The next instant that is open or has a child; false at the end of the day. */
bool sheet_next(sheet *s);

static inline int32_t sheet_minutes(const sheet *s) {
    return s->end - s->begin;
}

#endif
