// SPDX-License-Identifier: GPL-3.0-or-later
/* One report in work: what the files that count its tables share. */
#ifndef CTGSCHED_CHECK_REPORT_H
#define CTGSCHED_CHECK_REPORT_H

#include "check/judge.h"
#include "check/tables.h"

enum { QUARTER = 15, QUARTERS = 24 * 60 / QUARTER };

/* An instant at which the structure is open or a child is there. */
typedef struct seen {
    int32_t begin, end;
    bool is_open;
    int32_t present, limit, capacity; /* heads, limit(t), capacity(t) */
    int64_t weight;                   /* of places, thousandths */
    int32_t required, counted;
    int32_t quota_missing; /* size of the rule quota, 0 without it */
    int32_t staff[N_STAFF_CATEGORIES];
    const law *law;
    int32_t session; /* index, NONE */
    int32_t heads[MAX_CLASSES];
    int32_t *section_heads;  /* [n_sections] */
    int32_t *section_places; /* [n_sections]: 0 where not open */
} seen;

/* One structure on one day. */
typedef struct day_seen {
    const structure *place;
    int32_t structure, day;
    visit_span visits;
    int32_t n;
    seen *at; /* [n], by rising time */
} day_seen;

typedef struct occupancy_sum {
    bool is_seen;
    int64_t present, capacity, weight; /* minutes, minutes, thousandths */
} occupancy_sum;

/* What is declared of a structure in a period. */
typedef struct declared {
    int32_t first, last; /* days of the horizon */
    int32_t days, minors, director, qualified, trainee, unqualified;
} declared;

typedef struct declared_class {
    int32_t period; /* row of `declared` */
    const char *class_;
    int32_t minors;
} declared_class;
VEC_DECLARE(declared_class_vec, declared_class);

typedef struct pso_sum {
    int32_t children;
    int64_t present, slots, capped;
} pso_sum;

/* A presence of a child. */
typedef struct came {
    int32_t child, begin, end;
} came;

typedef struct report {
    tables *to;
    const problem *prob; /* staffed */
    const int32_t *option_of, *way_of;
    const int32_t *best_of; /* [n_requests] the best option, NONE */
    judge *judge;           /* has judged the plan */
    arena *scratch;
    bool failed;                           /* out of memory */
    const char **dates, **weeks, **months; /* [n_days] */
    occupancy_sum *week_sums;              /* [n_sections + 1], whole first */
    const char **periods;                  /* [n_periods]: "school", ids */
    int32_t n_periods;
    declared *declared; /* [n_periods] */
    declared_class_vec classes;
    pso_sum pso[2];      /* of the month, by setting */
    int32_t *pso_met[2]; /* [n_children] month last met */
    came *came;          /* [the most visits of a day] */
    int32_t pso_month;   /* counts months of structures */
} report;

/* A row; `cells` has a cell for each column. */
void report_add(report *r, table_name table, const cell *cells, size_t n);
#define ADD_ROW(r, table, ...)                                                 \
    report_add((r), TABLE_##table, (const cell[]){__VA_ARGS__},                \
               sizeof((const cell[]){__VA_ARGS__}) / sizeof(cell))
static inline cell cell_text(const char *text) { return (cell){.text = text}; }
static inline cell cell_number(int64_t n) { return (cell){.number = n}; }
/* part / whole in ten-thousandths. */
static inline cell cell_rate(int64_t part, int64_t whole) {
    return cell_number(whole == 0 ? CELL_EMPTY : 10000 * part / whole);
}

/* Reads days of structures. */
ctg_status day_seen_create(day_seen *out, const report *r, ctg_error *err);
void day_seen_read(day_seen *out, report *r, int32_t place, int32_t day);
/* The persons that a quota calls qualified. */
static inline int32_t seen_qualified(const seen *s) {
    return s->staff[STAFF_CAT1] + s->staff[STAFF_CAT2] +
           s->staff[STAFF_QUALIFIED];
}

/* Day by day of a structure, days rising. */
void table_occupancy(report *r, const day_seen *on);
void table_ratio(report *r, const day_seen *on);
void table_sessions(report *r, const day_seen *on);
void table_declaration(report *r, const day_seen *on);
void table_pso(report *r, const day_seen *on);
/* No day of the week, of the month, of the structure is to come. */
bool report_ends_week(const report *r, int32_t day);
bool report_ends_month(const report *r, int32_t day);
static inline bool report_ends(const report *r, int32_t day) {
    return day + 1 == r->prob->n_days;
}
ctg_status table_declaration_create(report *r, ctg_error *err);
ctg_status table_pso_create(report *r, ctg_error *err);

/* Requests by child: those of child c are order[first[c]] to
 * order[first[c + 1] - 1]. False without memory. */
bool report_by_child(const problem *prob, int32_t **first, int32_t **order,
                     arena *mem);

/* All at once. */
void table_hours(report *r);
void table_contracts(report *r);
ctg_status table_refused(report *r, ctg_error *err);
void table_guaranteed(report *r);
void table_agents(report *r);
ctg_status table_waiting(report *r, ctg_error *err);

#endif
