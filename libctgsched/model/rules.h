// SPDX-License-Identifier: GPL-3.0-or-later
/* Law and local rules as data (format.md 5 and 6), and which rule is in force
 * in a structure on a day. Numbers of the law are never constants in code. */
#ifndef CTGSCHED_MODEL_RULES_H
#define CTGSCHED_MODEL_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum rule_kind {
    RULE_RATIO,
    RULE_OUTING,
    RULE_MINIMUM,
    RULE_QUOTA,
    RULE_DIRECTOR,
    RULE_CAT1_SHARE,
    RULE_OVER_CAPACITY,
    RULE_UNIT_MAX,
    RULE_GUARANTEED,
    RULE_ADAPTATION,
    RULE_LABOUR,
    RULE_DATA,
    N_RULE_KINDS
} rule_kind;

typedef enum rule_status {
    STATUS_VERIFIED,
    STATUS_SECONDARY,
    STATUS_MEMORY
} rule_status;

typedef enum ratio_reading {
    SUM_THEN_CEIL,
    CEIL_EACH,
    MIXED_GROUP_FILL
} ratio_reading;

typedef enum capacity_basis { CAPACITY_T, CAPACITY_NOMINAL } capacity_basis;

enum { MAX_CLASSES = 4 };

typedef struct ratio_class {
    const char *id;
    int32_t per;
    int8_t walks;         /* -1: not asked, 0: must not walk, 1: must walk */
    int32_t from_months;  /* INT32_MIN: not asked */
    int32_t below_months; /* INT32_MAX: not asked */
} ratio_class;

/* What a session is for (format.md 3.7). */
typedef enum setting {
    SETTING_NONE,
    SETTING_PERI,
    SETTING_EXTRA,
    SETTING_WALK,
    SETTING_NIGHT
} setting;

/* The sessions that a rule is for; without `given`, all and what is outside. */
typedef struct applies {
    bool given;
    int8_t setting; /* -1: any */
    int8_t pedt;    /* -1: not asked, 0: without, 1: with one */
    int32_t above_minutes, up_to_minutes; /* of the stay: INT32_MIN, _MAX */
} applies;

/* Limits of working time in minutes (format.md 6); -1 where there is none. */
typedef struct labour {
    int32_t max_day, max_amplitude, max_periods, max_cut, max_cuts;
    int32_t break_after, break_minutes;
    int32_t min_daily_rest, min_weekly_rest, rest_days;
    int32_t max_week, max_mean_week, mean_weeks;
} labour;

typedef struct rule {
    const char *id;
    const char *pack; /* id of its pack */
    const char *article, *title, *title_fr;
    rule_kind kind;
    rule_status status;
    int32_t valid_from, valid_to; /* civil days, INT32_MIN / INT32_MAX */
    /* Parameters; those of other kinds are 0. */
    applies applies;
    int32_t n_classes;
    ratio_class classes[MAX_CLASSES];
    ratio_reading rounding;
    int32_t min_staff;
    int32_t cat1_above_places;
    int32_t alone_max_children, alone_max_places;
    uint32_t alone_categories; /* bit per staff_category */
    int32_t qualified_min_pct, unqualified_max_pct;
    int32_t small_from, small_to, small_unqualified;
    int32_t max_minors;
    int32_t min_pct;
    int32_t instant_max_pct, weekly_max_pct;
    capacity_basis basis;
    int32_t max_places;
    int32_t places_per, min;
    int32_t staff_per_child, begin, end; /* minutes */
    labour labour;
    const char *data; /* canonical JSON of the parameters */
} rule;

typedef struct rule_pack {
    const char *id, *title, *title_fr, *law;
    int32_t n_rules;
    const rule *rules; /* by id, then valid_from */
    char digest[72];   /* "sha256:..." */
} rule_pack;

typedef struct derogation {
    const char *id, *rule, *reason;
    int32_t structure;
    int32_t first, last; /* civil days */
    bool waive;
} derogation;

/* The rules in force in one structure on one day, NULL where there is none.
 * Derogations are applied already (a changed copy of the rule). */
typedef struct law {
    const rule *ratio, *outing, *minimum, *quota, *director, *cat1_share;
    const rule *over_capacity, *guaranteed, *adaptation;
    ratio_reading reading; /* of the ratio */
} law;

typedef struct law_table {
    int32_t n_days;
    const law *const *days; /* [n_days], outside sessions; equal days share */
    /* [n_days][steps of the structure's `session` that day], NULL without
     * sessions. Ratio and minimum differ from the day's, nothing else. */
    const law *const *const *sessions;
} law_table;

/* The integer of that name among the parameters of a rule of kind data. */
bool rule_data_int(const rule *r, const char *name, int64_t *out);

const char *rule_kind_name(rule_kind kind);
const char *rule_status_name(rule_status status);
const char *ratio_reading_name(ratio_reading reading);
int32_t rule_kind_find(const char *name);     /* -1 for none */
int32_t ratio_reading_find(const char *name); /* -1 for none */

#endif
