/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file
 * Plans: read one by whoever made it, judge it, look into it, write it.
 *
 * A ctg_solution is a plan together with the judge's finding: every rule was
 * evaluated again from its definition on the original problem and every goal
 * added up again, by code that shares nothing with the solver. What the
 * functions below give is what the judge found; only bounds and proofs are what
 * the plan states, for the judge cannot redo them.
 *
 * Threads: every function here may be called from any thread; a ctg_solution
 * never changes. Indices run from 0; a getter returns 0 past the end, or when a
 * pointer is NULL, and leaves `out` alone then; 1 otherwise:
 *
 *     ctg_breach breach;
 *     for (int32_t i = 0; ctg_solution_breach(&breach, plan, i); i++)
 *         puts(breach.message);
 */
#ifndef CTGSCHED_SOLUTION_H
#define CTGSCHED_SOLUTION_H

#include "ctgsched_problem.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A judged plan. Immutable. */
typedef struct ctg_solution ctg_solution;

/** Reads a plan, "ctgsched/plan/1" (doc/format.md 9), and judges it. Its
 * `placements` are enough; everything else that it states is compared with the
 * truth. A plan that breaks rules is read all the same: ask ctg_solution_about.
 *
 * @param out      freed with ctg_solution_free; NULL on failure.
 * @param problem  kept alive by the solution.
 * @param json     [bytes] UTF-8 JSON; not kept.
 * @param options  `packs` are not used here; may be NULL.
 * @return CTG_ERR_INPUT when the text is no plan for this problem (an unknown
 *         request or option, for example), CTG_ERR_NOMEM, CTG_ERR_USAGE. */
CTG_API ctg_status ctg_solution_parse(ctg_solution **out,
                                      const ctg_problem *problem,
                                      const char *json, size_t bytes,
                                      const ctg_read_options *options,
                                      ctg_error *err);

CTG_API void ctg_solution_free(ctg_solution *solution);

typedef enum ctg_write {
    CTG_WRITE_STATED = 0,  /**< as the plan was made: a hand-made one has its
                                placements and no more */
    CTG_WRITE_COMPLETE = 1 /**< with goals, shortages, waiting list, envy and
                                coverage as the judge found them */
} ctg_write;

/** Writes the plan; the same plan gives the same bytes on every machine.
 *
 * @param out  [bytes] UTF-8 JSON that ends with '\0' too; freed with
 *             ctg_text_free. Memory comes from the solution's allocator.
 * @return CTG_ERR_NOMEM, CTG_ERR_USAGE. */
CTG_API ctg_status ctg_solution_write(ctg_text *out,
                                      const ctg_solution *solution,
                                      ctg_write what, ctg_error *err);

typedef struct ctg_solution_info {
    int32_t is_accepted; /**< 1: no breach */
    int32_t n_breaches;
    int32_t n_shortages;
    int32_t n_goals;      /**< with the parts of a weighted goal */
    int32_t n_placements; /**< requests served */
    int32_t n_waiting;
    int32_t n_envy;
    int32_t n_coverage;
    int32_t n_duties;
    const char *status; /**< "optimal", "gap", "feasible" as stated; NULL when
                             the plan does not say */
    const char *stop;   /**< "time", ... as stated; NULL as above */
    int64_t reserved[6];
} ctg_solution_info;

/** @return CTG_ERR_USAGE when an argument is NULL. */
CTG_API ctg_status ctg_solution_about(ctg_solution_info *out,
                                      const ctg_solution *solution);

/** A request that is served. Strings are borrowed from the problem. */
typedef struct ctg_placement {
    const char *request;
    const char *child;
    const char *option;
    const char *structure;
    int32_t rank; /**< of the option; 1 is best */
    int64_t reserved[3];
} ctg_placement;

CTG_API int ctg_solution_placement(ctg_placement *out,
                                   const ctg_solution *solution, int32_t index);

/** A goal, first goal first; in weighted mode the goal "weighted", then its
 * parts (doc/format.md 7). */
typedef struct ctg_goal {
    const char *name;  /**< "points", ... */
    const char *unit;  /**< "child-minutes", ... */
    const char *sense; /**< "min" or "max" */
    int64_t value;     /**< added up again by the judge */
    int64_t bound;     /**< as the plan states; see has_bound */
    double gap;        /**< |bound - value| / max(1, |value|); see has_bound */
    int64_t weight;    /**< of a part, else 1 */
    int32_t has_bound;
    int32_t is_proven; /**< bound = value */
    int32_t is_part;   /**< 1 in the parts of a weighted goal */
    int64_t reserved[3];
} ctg_goal;

CTG_API int ctg_solution_goal(ctg_goal *out, const ctg_solution *solution,
                              int32_t index);

/** Where a rule is broken or short. What does not apply is NULL, "" or -1.
 * Strings are borrowed from the problem. */
typedef struct ctg_where {
    const char *structure;
    const char *section; /**< section, shared quota, or the first of a merge */
    const char *need;
    const char *skill;
    const char *request;
    const char *resource;
    const char *siblings; /**< the sibling group */
    const char *employee;
    const char *manager;
    int32_t begin;  /**< minute of the day, -1: no interval */
    int32_t end;    /**< half-open */
    char date[12];  /**< "2026-09-07" */
    char week[12];  /**< "2026-W37" */
    char month[12]; /**< "2026-09" */
    int64_t reserved[3];
} ctg_where;

/** A rule that the plan breaks, in the order of doc/format.md 5. */
typedef struct ctg_breach {
    const char *rule;    /**< first column of doc/format.md 5 */
    const char *article; /**< of the law, from the rule pack, or NULL */
    const char *message; /**< one line of English */
    ctg_where where;
    int64_t size; /**< in the rule's unit, 0 where it has none */
    int64_t reserved[3];
} ctg_breach;

CTG_API int ctg_solution_breach(ctg_breach *out, const ctg_solution *solution,
                                int32_t index);

/** What the plan is really short of (doc/format.md 5.3). */
typedef struct ctg_shortage {
    const char *kind; /**< "places", "ratio", "request", ... */
    const char *rule;
    ctg_where where;
    int64_t size;
    int64_t reserved[3];
} ctg_shortage;

CTG_API int ctg_solution_shortage(ctg_shortage *out,
                                  const ctg_solution *solution, int32_t index);

/** The waiting list in its published order. */
typedef struct ctg_waiting {
    const char *request;
    const char *child;
    int64_t points;
    int32_t rank; /**< from 1 */
    int64_t reserved[3];
} ctg_waiting;

CTG_API int ctg_solution_waiting(ctg_waiting *out, const ctg_solution *solution,
                                 int32_t index);

/** A pair of justified envy (doc/format.md 8). */
typedef struct ctg_envy {
    const char *request;
    const char *envies;
    int64_t reserved[2];
} ctg_envy;

CTG_API int ctg_solution_envy(ctg_envy *out, const ctg_solution *solution,
                              int32_t index);

/** A duty: a shift worked by an employee on a date. By employee, then date.
 * Strings are borrowed from the problem. */
typedef struct ctg_duty {
    const char *employee;
    const char *shift;
    const char *structure; /**< of the shift; its parts may be elsewhere */
    char date[12];
    int32_t begin;   /**< minute of the day */
    int32_t end;     /**< half-open */
    int32_t minutes; /**< of work: without what is not paid */
    int32_t n_parts;
    int64_t reserved[3];
} ctg_duty;

CTG_API int ctg_solution_duty(ctg_duty *out, const ctg_solution *solution,
                              int32_t index);

/** What an employee does in an interval of a duty. */
typedef struct ctg_duty_part {
    const char *structure;
    const char *what; /**< "children" (counts in a ratio), "break", "other" */
    int32_t begin;    /**< minute of the day */
    int32_t end;      /**< half-open */
    int64_t reserved[2];
} ctg_duty_part;

/** Part `part` of duty `index`, by rising time; gaps are cuts. */
CTG_API int ctg_solution_duty_part(ctg_duty_part *out,
                                   const ctg_solution *solution, int32_t index,
                                   int32_t part);

/** Presence against capacity and staff on a maximal interval with equal
 * numbers, by structure, date, begin; open instants only (doc/format.md 9). */
typedef struct ctg_coverage {
    const char *structure;
    const char *binds; /**< "seats", "staff" or "none" */
    char date[12];
    int32_t begin;    /**< minute of the day */
    int32_t end;      /**< half-open */
    int32_t present;  /**< children, heads */
    int32_t places;   /**< the limit then, over-capacity included */
    int32_t required; /**< staff, persons */
    int32_t counted;  /**< staff present that counts, persons */
    int32_t free;     /**< places left, in ordinary children */
    int64_t reserved[3];
} ctg_coverage;

CTG_API int ctg_solution_coverage(ctg_coverage *out,
                                  const ctg_solution *solution, int32_t index);

/** What is asked of ctg_solution_slots. Initialise with
 * CTG_SLOT_QUESTION_INIT. */
typedef struct ctg_slot_question {
    size_t struct_size;    /**< sizeof(ctg_slot_question) */
    const char *date;      /**< "2026-09-09", a day of the horizon */
    const char *structure; /**< an id; NULL: every structure */
    int32_t age_months;    /**< of the child, completed that day: 0..215 */
    int32_t walks;         /**< 1 or 0; -1: by the problem's age proxy */
    int32_t least_minutes; /**< shortest stay that is of use: 1..1440 */
} ctg_slot_question;

#define CTG_SLOT_QUESTION_INIT                                                 \
    { sizeof(ctg_slot_question), NULL, NULL, 0, -1, 60 }

/** Slots found; independent of the solution but for borrowed strings. */
typedef struct ctg_slots ctg_slots;

/** What one more child without needs can still book on a day, with every other
 * placement and all staff as they are. Found by the judge: each part of a slot
 * that has `least_minutes` to `most_minutes` breaks no rule, and nothing
 * outside the slots with at least `least_minutes` keeps them all. Who goes
 * first by points is not asked.
 *
 * @param out       freed with ctg_slots_free, before the solution; NULL on
 *                  failure.
 * @param solution  a plan that breaks no rule.
 * @return CTG_ERR_VERIFY (E-BASE) when the plan breaks rules, CTG_ERR_USAGE
 *         (E-SLOT) for a date outside the horizon, an unknown structure or a
 *         number out of its range, CTG_ERR_NOMEM. */
CTG_API ctg_status ctg_solution_slots(ctg_slots **out,
                                      const ctg_solution *solution,
                                      const ctg_slot_question *asked,
                                      ctg_error *err);

CTG_API void ctg_slots_free(ctg_slots *slots);

/** A maximal interval, by structure, section, begin. Strings are borrowed from
 * the solution's problem. */
typedef struct ctg_slot {
    const char *structure;
    const char *section;  /**< NULL in a structure without sections */
    int32_t begin;        /**< minute of the day */
    int32_t end;          /**< half-open */
    int32_t most_minutes; /**< longest stay inside: end - begin, or less where
                               a week or a month is nearly full */
    int64_t reserved[2];
} ctg_slot;

CTG_API int ctg_slots_at(ctg_slot *out, const ctg_slots *slots, int32_t index);

/** Headroom found; independent of the solution but for borrowed strings. */
typedef struct ctg_headroom ctg_headroom;

/** How many more ordinary children of each class of the ratio every structure
 * could take, with every placement and all staff as they are. Found by the
 * judge: so many are put in until it refuses.
 *
 * @param out       freed with ctg_headroom_free, before the solution; NULL on
 *                  failure.
 * @param solution  a plan that breaks no rule.
 * @param structure an id; NULL: every structure.
 * @param date      "2026-09-09", a day of the horizon; NULL: every day.
 * @return CTG_ERR_VERIFY (E-BASE) when the plan breaks rules, CTG_ERR_USAGE
 *         (E-SLOT) for a date outside the horizon or an unknown structure,
 *         CTG_ERR_NOMEM. */
CTG_API ctg_status ctg_solution_headroom(ctg_headroom **out,
                                         const ctg_solution *solution,
                                         const char *structure,
                                         const char *date, ctg_error *err);

CTG_API void ctg_headroom_free(ctg_headroom *headroom);

/** What refuses one more child. */
typedef enum ctg_binds {
    CTG_BINDS_SEATS,   /**< places, a section, a shared quota, a reserve */
    CTG_BINDS_STAFF,   /**< ratio, quota of diplomas, minimum */
    CTG_BINDS_BOTH,    /**< seats and staff alike */
    CTG_BINDS_PERIOD,  /**< the week or the month is full */
    CTG_BINDS_SESSION, /**< what a session asks: bookings, companions, group */
    CTG_BINDS_NOTHING  /**< 400 more would fit */
} ctg_binds;

/** By structure, date, section, class, begin. Strings are borrowed from the
 * solution's problem. */
typedef struct ctg_headroom_row {
    const char *structure;
    const char *section;  /**< NULL in a structure without sections */
    const char *class_id; /**< of the ratio in force; NULL without a ratio */
    char date[16];        /**< "2026-09-09" */
    int32_t begin;        /**< minute of the day */
    int32_t end;          /**< half-open */
    int32_t more;         /**< children, at each instant of the interval */
    int32_t binds;        /**< a ctg_binds */
    int64_t reserved[2];
} ctg_headroom_row;

CTG_API int ctg_headroom_at(ctg_headroom_row *out, const ctg_headroom *headroom,
                            int32_t index);

#ifdef __cplusplus
}
#endif
#endif
