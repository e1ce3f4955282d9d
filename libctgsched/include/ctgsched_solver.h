/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file
 * Solving: options, limits, events, interruption, and the program as text.
 *
 * Threads: a ctg_solver belongs to one thread at a time, which may change from
 * call to call; only ctg_solver_interrupt may be called while it works. Two
 * solvers never share anything. Everything else here may be called from any
 * thread.
 */
#ifndef CTGSCHED_SOLVER_H
#define CTGSCHED_SOLVER_H

#include "ctgsched_solution.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What is known about the problem. */
typedef enum ctg_verdict {
    CTG_VERDICT_UNKNOWN = 0,   /**< stopped before a plan existed */
    CTG_VERDICT_OPTIMAL = 1,   /**< every goal asked for is proven */
    CTG_VERDICT_FEASIBLE = 2,  /**< a judged plan, with bounds */
    CTG_VERDICT_INFEASIBLE = 3 /**< proven: pins, history or rules contradict
                                    each other (ctg_solver_conflict) */
} ctg_verdict;

/** Why the solve stopped. */
typedef enum ctg_stop {
    CTG_STOP_NONE = 0,    /**< nothing was solved */
    CTG_STOP_OPTIMAL = 1, /**< nothing is left to improve */
    CTG_STOP_GAP = 2,     /**< every goal is within the gap asked */
    CTG_STOP_WORK = 3,    /**< work_limit */
    CTG_STOP_TIME = 4,    /**< time_limit */
    CTG_STOP_MEMORY = 5,  /**< memory_limit */
    CTG_STOP_INTERRUPTED =
        6,                   /**< ctg_solver_interrupt, or the event callback */
    CTG_STOP_INFEASIBLE = 7, /**< no plan can exist */
    CTG_STOP_METHOD = 8 /**< children-then-agents ended: nothing is proven */
} ctg_stop;

/** "optimal", "feasible", ...: words of JSON results. Static storage. */
CTG_API const char *ctg_verdict_text(ctg_verdict verdict);
CTG_API const char *ctg_stop_text(ctg_stop stop);

/** More kinds may come: leave those alone that you do not know. */
typedef enum ctg_event_kind {
    CTG_EVENT_PHASE = 1,     /**< `text` names what begins */
    CTG_EVENT_INCUMBENT = 2, /**< a better judged plan */
    CTG_EVENT_BOUND = 3      /**< a better bound */
} ctg_event_kind;

/** The library makes these; members may be added at the end. Pointers live
 * until the callback returns. */
typedef struct ctg_event {
    int32_t kind;          /**< a ctg_event_kind */
    int32_t goal;          /**< position of the goal, -1: none */
    const char *text;      /**< may be NULL */
    const char *goal_name; /**< may be NULL */
    int64_t value;         /**< of that goal; see has_value */
    int64_t bound;         /**< of that goal; see has_bound */
    int32_t has_value;
    int32_t has_bound;
    uint64_t work;  /**< so far */
    double seconds; /**< since ctg_solver_solve was called */
} ctg_event;

/** What is decided. Where it is one side only, the other is as in the plan to
 * start from, which has to be given; values and bounds are then about the side
 * decided. */
typedef enum ctg_decide {
    CTG_DECIDE_JOINT = 0,    /**< children and duties in one program */
    CTG_DECIDE_CHILDREN = 1, /**< duties stay */
    CTG_DECIDE_AGENTS = 2,   /**< placements stay */
    /** The better of two: children by seats, a roster for them, and children
     * taken out until the law holds; a roster for all who ask, then children.
     * Without a bound: something to compare with. */
    CTG_DECIDE_CHILDREN_THEN_AGENTS = 3
} ctg_decide;

/** Options of a solve. Initialise with ctg_options_init, then set members, or
 * set them by name with ctg_options_set. Names, defaults, bounds and meanings:
 * ctg_options_about (one table, also behind the command line and its manual).
 * Without limits a solve runs until every goal is proven. */
typedef struct ctg_options {
    size_t struct_size;    /**< set by ctg_options_init */
    double gap;            /**< stop a goal at this relative gap, 0..1 */
    double time_limit;     /**< seconds of wall clock from the call, 0: none;
                                the plan then depends on the machine */
    uint64_t work_limit;   /**< deterministic units, 0: none; replayable */
    uint64_t memory_limit; /**< bytes that the solve takes, 0: none */
    int32_t threads;       /**< 1 or 2; the plan does not depend on it */
    int32_t prove_ties;    /**< 1: the goal `tie` has to be proven too */
    int32_t decide;        /**< a ctg_decide */
    /** Called for each event, one at a time, maybe from another thread than
     * the caller's. A result other than 0 stops the solve, as an interrupt
     * does. Must not call the solver, except ctg_solver_interrupt. May be
     * NULL. */
    int (*on_event)(void *user, const ctg_event *event);
    void *user; /**< handed to on_event */
    /** Of ctg_solver_replan: the most that families and agents whose published
     * part differs from the floor plan may weigh together; -1: no bound. */
    int32_t max_changes;
} ctg_options;

/** Fills in the defaults. `struct_size` is sizeof(ctg_options) as the caller
 * was compiled.
 *
 * @return CTG_ERR_USAGE when it is too small to be one. */
CTG_API ctg_status ctg_options_init(ctg_options *options, size_t struct_size);

/** Sets one option by its name ("time_limit" or "time-limit") from text.
 * Durations take ms, s, min, h ("90s", "5min"; seconds when bare); counts take
 * k, M, G for powers of 1000; bytes take k, M, G, T for powers of 1024; flags
 * take 1/0, true/false, yes/no, on/off; choices a word.
 *
 * @return CTG_ERR_USAGE for an unknown name (with the nearest one) or a value
 *         that is malformed or out of bounds. */
CTG_API ctg_status ctg_options_set(ctg_options *options, const char *name,
                                   const char *value, ctg_error *err);

typedef enum ctg_option_type {
    CTG_OPTION_REAL = 0,
    CTG_OPTION_DURATION = 1, /**< seconds */
    CTG_OPTION_COUNT = 2,
    CTG_OPTION_BYTES = 3,
    CTG_OPTION_FLAG = 4,
    CTG_OPTION_CHOICE = 5 /**< one of the words of `unit`, split at "|" */
} ctg_option_type;

/** One row of the table of options. Static storage. */
typedef struct ctg_option_info {
    const char *name; /**< in JSON; `--flag` has "-" for "_" */
    const char *default_text;
    const char *low_text;
    const char *high_text;
    const char *unit; /**< placeholder in help, "" for a flag */
    const char *help; /**< one or two sentences of English */
    int32_t type;     /**< a ctg_option_type */
    int64_t reserved[3];
} ctg_option_info;

/** @return 1, or 0 past the last option. */
CTG_API int ctg_options_about(ctg_option_info *out, int32_t index);

/** Options and state between solves. */
typedef struct ctg_solver ctg_solver;

/** @param out        freed with ctg_solver_free; NULL on failure.
 *  @param allocator  for the solver and for the solutions it makes; NULL:
 *                    malloc; copied. Must work from any thread. */
CTG_API ctg_status ctg_solver_create(ctg_solver **out,
                                     const ctg_allocator *allocator,
                                     ctg_error *err);

/** Not while it solves. */
CTG_API void ctg_solver_free(ctg_solver *solver);

/** Copies the options; they hold until the next call of this function.
 *
 * @return CTG_ERR_USAGE when one is out of bounds, or during a solve. */
CTG_API ctg_status ctg_solver_configure(ctg_solver *solver,
                                        const ctg_options *options,
                                        ctg_error *err);

/** What a solve found. */
typedef struct ctg_result {
    int32_t verdict;     /**< a ctg_verdict */
    int32_t stop;        /**< a ctg_stop */
    int32_t n_conflicts; /**< lines of ctg_solver_conflict */
    uint64_t work;       /**< deterministic units done */
    double seconds;      /**< wall clock of the call */
    uint64_t peak_bytes; /**< the most memory that the solve took */
    uint64_t
        process_peak_bytes; /**< resident peak of the process, 0: unknown */
    /** Of ctg_solver_replan: what differs from the floor plan, weighed. */
    int64_t changes;
    /** Of ctg_solver_replan: so many changes are needed for the least shortage,
     * and the proven bound of that number; see is_budget_short. */
    int64_t least_budget;
    int64_t least_budget_bound;
    int32_t is_budget_short; /**< 1: max_changes lets more be missing than has
                                  to */
    int32_t has_least_budget_bound;
    int64_t reserved[2];
} ctg_result;

/** Solves. The plan, when there is one, was accepted by the judge; with `base`
 * it is never worse than `base`.
 *
 * @param out      the best plan, freed with ctg_solution_free; NULL when none
 *                 exists (verdict infeasible or unknown).
 * @param result   may be NULL.
 * @param problem  kept alive by the solution.
 * @param base     a plan of this problem (of an equal digest) to start from;
 *                 its placements must keep every rule; may be NULL.
 * @return CTG_ERR_VERIFY when `base` breaks a rule, CTG_ERR_USAGE when `base`
 *         is of another problem or the solver is at work, CTG_ERR_INTERNAL when
 *         solver and judge disagree (a defect), CTG_ERR_ENGINE, CTG_ERR_NOMEM.
 *         Limits reached and interruption are CTG_OK. */
CTG_API ctg_status ctg_solver_solve(ctg_solver *solver, ctg_solution **out,
                                    ctg_result *result,
                                    const ctg_problem *problem,
                                    const ctg_solution *base, ctg_error *err);

/** Makes the solve at work return soon with its best plan; given while the
 * solver is idle, it stops the next solve at its first plan. The end of a
 * solve forgets it. From any thread and from signal handlers: it sets one
 * atomic flag. NULL is fine. */
CTG_API void ctg_solver_interrupt(ctg_solver *solver);

/** What contradicts, one line each, after the verdict infeasible. Borrowed
 * until the next call on the solver; NULL past the end. */
CTG_API const char *ctg_solver_conflict(const ctg_solver *solver,
                                        int32_t index);

typedef enum ctg_format {
    CTG_FORMAT_MPS = 0, /**< free MPS */
    CTG_FORMAT_LP = 1   /**< CPLEX LP */
} ctg_format;

/** The exact integer program of one goal as text, for another solver.
 *
 * @param program  freed with ctg_text_free.
 * @param names    a table (TSV) from rows and columns back to the problem;
 *                 freed with ctg_text_free; may be NULL.
 * @param goal     position of the goal, 0-based; 0 when weighted.
 * @param plan     rows keep each goal before `goal` at least as good as in
 *                 this plan; may be NULL when `goal` is 0.
 * @return CTG_ERR_USAGE for a goal or format that does not exist or a plan of
 *         another problem, CTG_ERR_VERIFY when `plan` breaks a rule,
 *         CTG_ERR_NOMEM. */
CTG_API ctg_status ctg_problem_export(ctg_text *program, ctg_text *names,
                                      const ctg_problem *problem, int32_t goal,
                                      const ctg_solution *plan,
                                      ctg_format format, ctg_error *err);

#ifdef __cplusplus
}
#endif
#endif
