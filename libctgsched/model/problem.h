// SPDX-License-Identifier: GPL-3.0-or-later
/* The problem as data: what doc/format.md sections 2 to 7 say, in integers.
 *
 * The reader (io) fills it, everybody else only reads it. All arrays of sets
 * are sorted by id, so the order of the file is forgotten; ordered lists keep
 * theirs. Weekly patterns, generated menus and dated exceptions are already
 * expanded to dated days. Nothing is computed here that a rule counts:
 * breakpoints, age classes, presence and required staff belong to check and,
 * separately, to solve. Immutable after reading: readable from any thread.
 *
 * `day` is an index 0..n_days-1 into the horizon; `civil` is a civil day. */
#ifndef CTGSCHED_MODEL_PROBLEM_H
#define CTGSCHED_MODEL_PROBLEM_H

#include "base/arena.h"
#include "base/civil.h"
#include "model/rules.h"

enum { NONE = -1 };

typedef struct step {
    int16_t begin, end; /* minutes of the day */
    int32_t value;
} step;

/* A function of time on one day: disjoint steps by rising time, 0 elsewhere.
 * Days that are equal share one `steps` array (compare the pointer first). */
typedef struct day_profile {
    int32_t n;
    const step *steps; /* [n] */
} day_profile;

typedef struct profile {
    const day_profile *days; /* [n_days] */
} profile;

typedef struct section {
    const char *id;
    int32_t places; /* nominal */
    profile capacity;
    int32_t from_months, below_months; /* INT32_MIN / INT32_MAX: no bound */
    int32_t ideal_from_months, ideal_below_months;
} section;

/* A quota shared by sections: holds where `when` is not 0. */
typedef struct shared_quota {
    const char *id;
    int32_t n_sections;
    const int32_t *sections; /* [n_sections], rising */
    int32_t places;
    profile when;
} shared_quota;

/* Rooms that merge: `places` is the capacity while in force, 0 length steps
 * never; a step may have value 0 (merged, no place). */
typedef struct merge {
    int32_t n_sections;
    const int32_t *sections; /* [n_sections], rising */
    profile places; /* steps exist exactly where the merge is in force */
} merge;

typedef enum staff_category {
    STAFF_CAT1,
    STAFF_CAT2,
    STAFF_DIRECTOR,
    STAFF_QUALIFIED,
    STAFF_TRAINEE,
    STAFF_UNQUALIFIED,
    STAFF_OTHER,
    N_STAFF_CATEGORIES
} staff_category;

typedef struct staff_entry {
    staff_category category;
    uint64_t skills; /* bit k: problem.skills[k] */
    profile count;
} staff_entry;

typedef struct outing {
    uint64_t sections; /* bit per section; all ones: every child */
    profile when;      /* in force where a step exists */
} outing;

typedef struct offer {
    int32_t need;
    int32_t max; /* INT32_MAX: no bound */
} offer;

/* `days` before a date, at a minute of that day (format.md 3.7). */
typedef struct moment_before {
    bool given;
    int32_t days, minute;
    bool working; /* Mondays to Fridays that are not left out count alone */
} moment_before;

typedef enum regime_kind {
    REGIME_BY_LAW,
    REGIME_NAMED,
    REGIME_NONE
} regime_kind;

typedef struct session {
    const char *id;
    setting setting;
    bool pedt;
    regime_kind regime_is;
    const char *regime; /* id of a rule of kind ratio, when named */
    bool has_rounding;
    ratio_reading rounding;
    int32_t min_children;
    uint64_t companions; /* bit per session */
    moment_before opens, closes;
} session;

typedef enum ratio_scope { SCOPE_STRUCTURE, SCOPE_ROOM } ratio_scope;

typedef struct structure {
    const char *id;
    bool is_eaje;
    const char *manager;
    int32_t places;
    int32_t n_units;
    const int32_t *units; /* [n_units] */
    profile open;         /* value 1 where open */
    profile capacity;     /* capacity(t) of format.md 3; open instants only */
    int32_t n_sessions;
    const session *sessions;
    profile session; /* index of the session + 1; no step outside */
    /* [n_days], bit per session: an absence touches it, so that rule `group`
     * asks nothing of it; NULL: never. */
    const uint64_t *touched;
    profile reserve;        /* places kept now for occasional requests */
    int32_t n_schools;      /* NONE: children of any school */
    const int32_t *schools; /* [n_schools], rising: indices of child.school */
    bool over_capacity;     /* the reglement uses the rule */
    bool has_basis;         /* capacity_basis given here */
    capacity_basis basis;
    int32_t n_sections;
    const section *sections;
    int32_t n_shared;
    const shared_quota *shared;
    int32_t n_merges;
    const merge *merges;
    bool has_ratio;     /* outside sessions */
    const char *regime; /* id of a rule of kind ratio */
    bool has_rounding;
    ratio_reading rounding;
    ratio_scope scope;
    int32_t n_staff;
    const staff_entry *staff;
    int32_t n_outings;
    const outing *outings;
    int32_t n_offers;
    const offer *offers; /* by need */
    /* Quality floors, NONE when absent. */
    int32_t floor_ratio_margin, floor_arrivals, floor_group_changes;
    bool has_location;
    int64_t x, y;
    int32_t n_packs;
    const int32_t *packs; /* indices into problem.packs, in the file's order */
    const law_table *law; /* the rules in force, by day (law.h) */
} structure;

typedef struct need {
    const char *id;
    int32_t skill; /* index into problem.skills, NONE */
    bool equipped;
    int32_t place_weight, ratio_weight; /* thousandths */
} need;

typedef enum resource_per { PER_DATE, PER_WEEK, PER_HORIZON } resource_per;

typedef struct resource {
    const char *id;
    resource_per per;
    int64_t limit;
    const int64_t *day_limit; /* [n_days], for PER_DATE; else NULL */
} resource;

typedef struct child {
    const char *id;
    int32_t birth;     /* civil day */
    int32_t walk_from; /* civil day, CIVIL_NONE: by the age proxy */
    int32_t school;    /* the same number for the same school, NONE */
    uint64_t needs;    /* bit per need */
    int32_t place_weight, ratio_weight; /* thousandths, needs applied */
    bool has_location;
    int64_t x, y;
} child;

/* One dated interval of an option, by rising (day, begin), in its structure:
 * legs may be elsewhere than the option is. `section` is NONE in a structure
 * without sections, SECTION_MISSING when no section admits the child that day
 * (the option can never be given). */
enum { SECTION_MISSING = -2 };
typedef struct presence {
    int32_t day;
    int16_t begin, end;
    int32_t structure;
    int32_t section;
} presence;

typedef struct use {
    int32_t resource;
    int64_t amount;
} use;

typedef struct option {
    const char *id;    /* unique in its request; "held" is the place held */
    int32_t structure; /* where it is: siblings, pins, distance... */
    int32_t rank;      /* 1 is best, ties allowed */
    int64_t satisfaction;
    int64_t distance; /* metres */
    int32_t n_presences;
    const presence *presences; /* [n_presences], closures and absences taken
                                  out */
    bool is_away;              /* absences took its last presence */
    int32_t n_uses;
    const use *uses;                   /* by resource */
    int32_t floor_days, floor_minutes; /* of the busiest week, closures not
                                          taken out (format.md 4.2) */
    int64_t ticket;                    /* format.md 7.4 */
} option;

typedef enum request_kind {
    REQUEST_REGULAR,
    REQUEST_OCCASIONAL,
    REQUEST_EMERGENCY
} request_kind;

typedef struct request {
    const char *id;
    int32_t child;
    request_kind kind;
    int32_t first, last; /* civil days */
    bool has_absences;
    profile absent;    /* where a step exists; with has_absences alone */
    int64_t submitted; /* civil day * 1440 + minute */
    int64_t points;
    int32_t n_options;
    const option *options; /* in menu order; held last */
    int32_t held;          /* index of option "held", NONE */
    bool mandatory;
    bool insertion;
    int32_t adaptation_first, adaptation_last; /* civil days, CIVIL_NONE */
    int32_t min_days, min_minutes;             /* 0: none */
    bool chain; /* its presences of a date follow each other without a gap */
    int32_t sibling_group; /* NONE; in at most one group
                              with a rule: see siblings */
} request;

typedef enum sibling_rule {
    SIBLINGS_TOGETHER,
    SIBLINGS_ALL_OR_NONE,
    SIBLINGS_REWARD
} sibling_rule;

typedef struct siblings {
    const char *id;
    sibling_rule rule;
    int32_t n_requests;
    const int32_t *requests; /* [n_requests], rising */
} siblings;

/* Part of a shift; time with children counts in a ratio. */
typedef struct segment {
    int16_t begin, end;
    int32_t structure;
    bool with_children;
} segment;

/* Taken out of the segments: begins at `earliest` + a multiple of `step`. */
typedef struct piece {
    int16_t minutes, earliest, latest, step;
    bool is_break, is_paid;
} piece;

/* A shift with its pieces placed: the ways of a shift follow each other. */
typedef struct way {
    int32_t shift;
    const int16_t *pieces; /* [n_pieces of the shift], minutes they begin at */
} way;

typedef struct shift {
    const char *id;
    int32_t structure;
    const uint8_t *on; /* [n_days]: may be worked on the day */
    int32_t n_segments;
    const segment *segments; /* [n_segments], by rising time */
    int32_t n_pieces;
    const piece *pieces;
    int32_t minutes; /* working minutes given, NONE */
    int32_t n_then_not;
    const int32_t *then_not; /* [n_then_not], rising: shifts */
    int32_t first_way, n_ways;
} shift;

typedef struct qualification {
    staff_category category;
    int32_t from, to; /* civil days, INT32_MIN / INT32_MAX */
} qualification;

typedef struct dated_skill {
    int32_t skill;
    int32_t from, to;
} dated_skill;

typedef struct shift_limit {
    int32_t shift, most;
} shift_limit;

typedef struct wish {
    int32_t day, shift; /* NONE: any shift */
    bool wanted;
    int64_t weight;
} wish;

typedef struct duty_pin {
    int32_t day, shift;          /* NONE: no duty */
    int32_t way;                 /* the one way of it, NONE: any */
    const char *author, *reason; /* may be NULL */
} duty_pin;

/* A duty before the horizon. */
typedef struct past_duty {
    int32_t civil;
    int16_t begin, end;
    int32_t minutes; /* working */
} past_duty;

/* What is shared fairly (format.md 3.12). */
typedef enum burden {
    BURDEN_OPENING,
    BURDEN_CLOSING,
    BURDEN_WEDNESDAY,
    N_BURDENS
} burden;

/* Numbers that are not given are NONE. */
typedef struct employee {
    const char *id;
    int32_t n_qualifications;
    const qualification *qualifications; /* in the file's order */
    int32_t n_skills;
    const dated_skill *skills;
    const rule *preset; /* of kind labour, NULL */
    int32_t n_structures;
    const int32_t *structures; /* [n_structures], rising */
    bool is_always;            /* without `available` */
    profile available, absent; /* where a step exists */
    int32_t week_minutes, week_most, least, most;
    int32_t days_in_row, least_in_row, least_off, weekends;
    int32_t n_shift_most;
    const shift_limit *shift_most; /* by shift */
    int32_t n_wishes;
    const wish *wishes;
    int32_t n_pins;
    const duty_pin *pins; /* by day */
    int32_t n_history;
    const past_duty *history;   /* by date */
    bool shares;                /* in the sharing of burdens... */
    int32_t share;              /* ...with so many thousandths (7.1) */
    int32_t burdens[N_BURDENS]; /* carried before the horizon */
    /* Cents of an hour, of one of overtime on top, of a duty; 0: nothing. */
    int64_t hour_cents, overtime_cents, call_cents;
} employee;

/* How many should work a shift; only the goal asks. */
typedef struct cover_entry {
    const uint8_t *on; /* [n_days] */
    int32_t shift, wanted;
    int64_t missing, extra;
} cover_entry;

/* School holidays (format.md 2.1); several may have one id. */
typedef struct holidays {
    const char *id;
    int32_t first, last; /* civil days */
} holidays;

typedef enum pin_kind { PIN_OPTION, PIN_STRUCTURE, PIN_WAITING } pin_kind;

typedef struct pin {
    int32_t request;
    pin_kind kind;
    int32_t target; /* option index or structure, NONE for waiting */
    const char *author, *reason; /* may be NULL */
} pin;

typedef enum goal_id {
#define GOAL(id, name, sense, unit) GOAL_##id,
#include "model/goals.def"
#undef GOAL
    N_GOALS
} goal_id;

typedef enum goal_sense { SENSE_MIN, SENSE_MAX } goal_sense;

typedef struct goal_info {
    const char *name, *unit;
    goal_sense sense;
} goal_info;

/* The catalogue of goals, indexed by goal_id; goal_find gives -1 for none. */
const goal_info *goal_about(goal_id goal);
int32_t goal_find(const char *name);

typedef struct goal_term {
    goal_id goal;
    int64_t weight;
} goal_term;

/* As the file asks, shortage, envy and tie added (format.md 7). Lexicographic:
 * `terms` in order, weights 1. Weighted: the parts of the one goal. */
typedef struct goals {
    bool weighted;
    goal_sense sense; /* of the weighted goal */
    int32_t n;
    const goal_term *terms;
} goals;

typedef enum policy { POLICY_MOST_POINTS, POLICY_BY_POINTS } policy;

typedef struct prices {
    int64_t place_minute, person_minute, week_minute, mix_minute;
    int64_t request, guaranteed;
} prices;

/* A difference less than `days` days after now weighs so much. */
typedef struct notice {
    int32_t days, weight;
} notice;

/* What people were told: a re-plan counts what it changes (format.md 16). */
typedef struct baseline {
    const int32_t *option_of; /* [n_requests], NONE: told of no place */
    const int32_t *way_of;    /* [problem_posts], NULL: of no duty */
    int32_t first, end; /* days that are published; those before are history */
    const int32_t *weight; /* [n_days] of a difference on the day */
    int64_t most;          /* they may weigh together; INT64_MAX: all */
    /* Nothing new: what was told, or nothing; a request that must be served
     * and was told nothing chooses freely. */
    bool is_ceiling;
} baseline;

typedef struct problem problem;
struct problem {
    arena *mem;            /* owns everything below that... */
    const problem *shares; /* ...does not live there; NULL: nothing does */
    int32_t n_shared;      /* problems in that chain */
    const char *id;
    int32_t n_days;
    const int32_t *days; /* [n_days] civil days, rising */
    int32_t week_a;      /* civil day in an A week */
    const char *seed;
    int32_t walk_proxy_months;
    int64_t now; /* civil day * 1440 + minute; INT64_MIN: nothing released */
    int32_t published; /* civil day, INT32_MAX: the whole horizon */
    int32_t n_notice;
    const notice *notice; /* [n_notice], in the file's order */
    int32_t n_except;
    const int32_t *except; /* [n_except] civil days left out, rising */
    int32_t n_periods;
    const holidays *periods; /* [n_periods], in the file's order */
    int32_t n_packs;
    const rule_pack *packs; /* embedded ones used or given in the file, by id */
    int32_t n_skills;       /* at most 64 */
    const char *const *skills;
    int32_t n_needs; /* at most 64 */
    const need *needs;
    int32_t n_resources;
    const resource *resources;
    int32_t n_structures;
    const structure *structures;
    int32_t n_derogations;
    const derogation *derogations;
    int32_t n_children;
    const child *children;
    int32_t n_requests;
    const request *requests;
    int32_t n_siblings;
    const siblings *siblings;
    int32_t n_pins;
    const pin *pins;
    int32_t n_shifts;
    const shift *shifts;
    int32_t n_ways;
    const way *ways; /* [n_ways], by shift, then by their pieces */
    int32_t n_employees;
    const employee *employees;
    int32_t n_cover;
    const cover_entry *cover;
    policy policy;
    goals goals;
    prices prices;
    const char *canonical; /* format.md 10, one line, ends with '\0' */
    size_t canonical_bytes;
    const baseline *baseline; /* of a re-plan; no file has one. NULL */
    char digest[72];          /* "sha256:..." of the canonical text */
};

/* The family said that the child does not come for some time of that day. */
static inline bool request_is_absent(const request *r, int32_t day) {
    return r->has_absences && r->absent.days[day].n > 0;
}

/* Rule `group` asks nothing of the session that day. */
static inline bool session_is_touched(const structure *s, int32_t index,
                                      int32_t day) {
    return s->touched && (s->touched[day] >> index & 1);
}

/* The request has to be served: not serving it is a shortage. */
static inline bool request_must_be_served(const request *r) {
    return r->held != NONE || r->mandatory;
}

/* Index of the child's age test on a day. */
bool child_walks(const problem *p, const child *c, int32_t civil);

/* The session that covers an instant, NULL for none. */
const session *session_at(const structure *s, int32_t day, int32_t minute);
/* The law at an instant: that of the session, or of the day. */
const law *law_at(const structure *s, int32_t day, int32_t minute);
/* The moment before a date, as civil day * 1440 + minute. */
int64_t moment_of(const problem *p, const moment_before *m, int32_t civil);
/* Category and skills of an employee on a date (format.md 3.10). */
staff_category employee_category(const employee *e, int32_t civil);
uint64_t employee_skills(const employee *e, int32_t civil);
bool employee_works_in(const employee *e, int32_t structure);
/* Posts are the days of all employees: one duty or none each. */
static inline int32_t problem_posts(const problem *p) {
    return p->n_employees * p->n_days;
}

/* The option has a presence in the structure. */
bool option_visits(const option *o, int32_t structure);

/* The value of a profile at a minute of a day, 0 outside its steps; and whether
 * a step covers the instant at all. */
int32_t profile_at(const profile *f, int32_t day, int32_t minute);
bool profile_covers(const profile *f, int32_t day, int32_t minute);

int32_t problem_find_request(const problem *p, const char *id);   /* or NONE */
int32_t problem_find_structure(const problem *p, const char *id); /* or NONE */
int32_t problem_find_employee(const problem *p, const char *id);  /* or NONE */
int32_t problem_find_shift(const problem *p, const char *id);     /* or NONE */
/* A day of the horizon by its date, "2026-09-09". */
int32_t problem_find_day(const problem *p, const char *date);  /* or NONE */
int32_t problem_day_at(const problem *p, int32_t civil);       /* or NONE */
int32_t request_find_option(const request *r, const char *id); /* or NONE */
/* `order` [n_options]: indices of its options by rank, then menu. */
void request_order_options(int32_t *order, const request *r);
int32_t request_longest_menu(const problem *p);

#endif
