// SPDX-License-Identifier: GPL-3.0-or-later
/* A plan as data (format.md 9): who gets which option, and what it states. */
#ifndef CTGSCHED_MODEL_PLAN_H
#define CTGSCHED_MODEL_PLAN_H

#include "model/problem.h"

typedef enum shortage_kind {
    SHORT_PLACES,
    SHORT_RATIO,
    SHORT_QUOTA,
    SHORT_MINIMUM,
    SHORT_SKILL,
    SHORT_WEEK,
    SHORT_MIX,
    SHORT_REQUEST,
    SHORT_GUARANTEED,
    N_SHORTAGE_KINDS
} shortage_kind;

/* Every rule that a plan can break or be short of: ids of format.md 5. */
typedef enum rule_name {
#define PLAN_RULE(id, name) BREAKS_##id,
#include "model/plan_rules.def"
#undef PLAN_RULE
    N_PLAN_RULES
} rule_name;

const char *rule_name_text(rule_name rule);
int32_t rule_name_find(const char *text);
const char *shortage_kind_text(shortage_kind kind);
int32_t shortage_kind_find(const char *text);

/* Where a rule is broken or short; members that do not apply are NONE (or
 * CIVIL_NONE for `civil`). Also the canonical form of a declared shortage. */
typedef struct where {
    rule_name rule;
    int32_t structure;
    int32_t section; /* section index; of a merge: the smallest of the room */
    int32_t shared;  /* index of the shared quota */
    int32_t need, skill;
    int32_t request;
    int32_t resource;
    int32_t group; /* siblings */
    int32_t employee;
    const char *manager; /* or NULL */
    int32_t civil;       /* a date */
    int32_t begin, end;  /* minutes of that date */
    int32_t week;        /* civil_iso_week, or NONE */
    int32_t month;       /* civil_month, or NONE */
} where;

typedef struct shortage {
    shortage_kind kind;
    where at;
    int64_t size;
} shortage;

typedef struct envy_pair {
    int32_t request, envies;
} envy_pair;

typedef struct goal_result {
    int32_t goal; /* goal_id, or -1 for "weighted" */
    int64_t value, bound;
    bool has_bound, proven;
} goal_result;

typedef struct coverage_row {
    int32_t structure, day;
    int16_t begin, end;
    int32_t present, places, required, counted, free;
    int32_t binds; /* 0 none, 1 seats, 2 staff */
} coverage_row;

typedef enum stop_reason {
    STOP_OPTIMAL,
    STOP_GAP,
    STOP_WORK,
    STOP_TIME,
    STOP_MEMORY,
    STOP_INTERRUPTED,
    STOP_METHOD, /* the method asked for ended by itself, without a proof */
    N_STOPS
} stop_reason;
const char *stop_reason_text(stop_reason stop);
int32_t stop_reason_find(const char *text);

typedef struct waiting_row {
    int32_t request, rank; /* rank from 1 */
} waiting_row;

typedef struct plan {
    /* [n_requests]: index of the option given, NONE = waiting. */
    int32_t *option_of;
    /* [problem_posts]: way worked by employee e on day d at e * n_days + d,
     * NONE = no duty; NULL when nobody has one. */
    int32_t *way_of;
    /* What the plan states; `has_...` tells a hand-made plan from a full one.
     */
    bool has_digest, has_goals, has_waiting, has_coverage, has_envy;
    char digest[72];
    int32_t n_goals;
    goal_result *goals;
    int32_t n_parts; /* weighted mode: the parts of the one goal */
    struct plan_part {
        int32_t goal;
        int64_t weight, value;
    } * parts;
    int32_t n_shortages; /* sorted by shortage_compare */
    shortage *shortages;
    int32_t n_waiting;
    waiting_row *waiting;
    int32_t n_envy;
    envy_pair *envy;
    int32_t n_coverage;
    coverage_row *coverage;
    stop_reason stop;
    bool is_feasible_only;     /* status "feasible" */
    bool is_gap;               /* status "gap" */
    uint64_t work, work_limit; /* 0: no limit */
    const char *seed;          /* NULL: the problem's */
    double gap_asked;
    const char *library, *engine; /* name and version, NULL: made by hand */
} plan;

/* Order of shortages in files: kind, rule, structure, section, shared, need,
 * skill, manager, request, date, begin, week, month. */
int shortage_compare(const shortage *a, const shortage *b);

#endif
