/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file
 * Proposals: what a plan could give to one request, and who could take a freed
 * place, without a solve.
 *
 * Nothing here is derived. Each option is put into the plan, everything else
 * stays as it is, and the judge says whether a rule is broken and what every
 * goal becomes (doc/format.md 13.1).
 *
 *     ctg_offer_question asked = CTG_OFFER_QUESTION_INIT;
 *     ctg_offers *offers;
 *     ctg_offer offer;
 *     asked.request = "r017";
 *     if (ctg_solution_offers(&offers, plan, &asked, &err) == CTG_OK) {
 *         for (int32_t i = 0; ctg_offers_at(&offer, offers, i); i++)
 *             printf("%s %s\n", offer.option, offer.structure);
 *         ctg_offers_free(offers);
 *     }
 *
 * Threads: any number of threads may ask of one solution at once. The first
 * question lets the solution keep an index of itself (as much memory as judging
 * it takes), freed with the solution; later ones read it. Answers never change.
 * Indices run from 0; a getter returns 0 past the end, or when a pointer is
 * NULL, and leaves `out` alone then; 1 otherwise. Strings are borrowed from the
 * solution's problem and, messages, from the answer.
 */
#ifndef CTGSCHED_PROPOSALS_H
#define CTGSCHED_PROPOSALS_H

#include "ctgsched_solution.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A goal in two plans, first goal first; in weighted mode the goal "weighted",
 * then its parts. */
typedef struct ctg_goal_change {
    const char *name;  /**< "points", ... */
    const char *unit;  /**< "child-minutes", ... */
    const char *sense; /**< "min" or "max" */
    int64_t before;
    int64_t after;
    int64_t weight;     /**< of a part, else 1 */
    int32_t is_part;    /**< 1 in the parts of a weighted goal */
    int32_t has_before; /**< 0: the first plan was not asked for this goal */
    int64_t reserved[2];
} ctg_goal_change;

/** What is asked of ctg_solution_offers. Initialise with
 * CTG_OFFER_QUESTION_INIT. */
typedef struct ctg_offer_question {
    size_t struct_size;  /**< sizeof(ctg_offer_question) */
    const char *request; /**< an id of the problem; it waits, or is asked for
                              others than it has */
    int32_t searched;    /**< for so many options, by rank, that do not fit and
                              are better than each one that does: who could make
                              room; 0..500 */
} ctg_offer_question;

#define CTG_OFFER_QUESTION_INIT                                                \
    { sizeof(ctg_offer_question), NULL, 8 }

/** Offers for one request; independent of the solution but for strings. */
typedef struct ctg_offers ctg_offers;

typedef enum ctg_offer_kind {
    CTG_OFFER_FREE,      /**< fits, everything else as it is */
    CTG_OFFER_MOVES,     /**< fits when `other` takes `other_option` */
    CTG_OFFER_DISPLACES, /**< fits when `other` waits */
    CTG_OFFER_BLOCKED    /**< no single other request lets it in, or that was
                              not searched */
} ctg_offer_kind;

/** "free", "moves", "displaces", "blocked": words of JSON results. Static
 * storage. */
CTG_API const char *ctg_offer_kind_text(ctg_offer_kind kind);

/** An option of the request. One that does not fit as it is and was searched
 * comes once for each other request that lets it in by waiting: with the first
 * option of that one, by rank, that then fits, or displacing it. Only a request
 * that need not be served (neither `held` nor `mandatory`) and has no pin is
 * moved. */
typedef struct ctg_offer {
    const char *option;
    const char *structure;
    const char *other;        /**< the request that is moved, or NULL */
    const char *other_option; /**< that it gets, or NULL */
    int32_t rank;             /**< of the option; 1 is best */
    int32_t kind;             /**< a ctg_offer_kind */
    int32_t n_blocks;         /**< 0 when it is free */
    int64_t reserved[3];
} ctg_offer;

/** Lists what the plan could give to a request: every option but the one that
 * it has. By kind, then best goals in their order, then rank.
 *
 * @param out       freed with ctg_offers_free, before the solution; NULL on
 *                  failure. Memory comes from the solution's allocator.
 * @param solution  a plan that breaks no rule.
 * @return CTG_ERR_VERIFY (E-BASE) when the plan breaks rules, CTG_ERR_USAGE
 *         (E-SLOT) for an unknown request or a number out of its range,
 *         CTG_ERR_NOMEM. */
CTG_API ctg_status ctg_solution_offers(ctg_offers **out,
                                       const ctg_solution *solution,
                                       const ctg_offer_question *asked,
                                       ctg_error *err);

CTG_API void ctg_offers_free(ctg_offers *offers);

CTG_API int ctg_offers_at(ctg_offer *out, const ctg_offers *offers,
                          int32_t index);

/** Goal `goal` of the plan as it is and with offer `index` taken; none of a
 * blocked one. */
CTG_API int ctg_offers_goal(ctg_goal_change *out, const ctg_offers *offers,
                            int32_t index, int32_t goal);

/** Rule `block` that offer `index` breaks as the plan is, in the order of
 * doc/format.md 5; of an option that was not searched, those of the request, or
 * else of the first structure and day with any. */
CTG_API int ctg_offers_block(ctg_breach *out, const ctg_offers *offers,
                             int32_t index, int32_t block);

/** Request `holder` of those that count in the row of that rule then, by id:
 * who has the places, whom the staff is for. None where the option itself is at
 * fault. */
CTG_API int ctg_offers_holder(const char **out, const ctg_offers *offers,
                              int32_t index, int32_t block, int32_t holder);

/** What is asked of ctg_solution_fill: the place that is free. An option takes
 * it with a presence that touches it. Initialise with CTG_FILL_QUESTION_INIT.
 */
typedef struct ctg_fill_question {
    size_t struct_size;    /**< sizeof(ctg_fill_question) */
    const char *structure; /**< an id; NULL: every structure */
    const char *first;     /**< "2026-09-09"; NULL: from the first day */
    const char *last;      /**< included; NULL: to the last day */
    int32_t begin;         /**< minute of the day, 0..1439 */
    int32_t end;           /**< half-open, begin+1..1440 */
    const char *freed;     /**< a served request that gives its place up, which
                                is the place then; or NULL */
    int32_t in_turn;       /**< 1: the first who fits takes it, then the next in
                                the plan with that one in, and so on */
} ctg_fill_question;

#define CTG_FILL_QUESTION_INIT                                                 \
    { sizeof(ctg_fill_question), NULL, NULL, NULL, 0, 1440, NULL, 0 }

/** Who can take a place; independent of the solution but for strings. */
typedef struct ctg_fill ctg_fill;

/** An option of a waiting request that fits. */
typedef struct ctg_fill_row {
    const char *request;
    const char *child;
    const char *option;
    const char *structure;
    int64_t points;      /**< of the request */
    int32_t rank;        /**< in the waiting list of the plan, from 1 */
    int32_t option_rank; /**< 1 is best */
    int64_t reserved[3];
} ctg_fill_row;

/** Lists who of the waiting list can take a free place, in its published order
 * (doc/format.md 9), with each option that fits, everything else as it is. In
 * turn: one option a request, each fits with those before it in.
 *
 * @param out       freed with ctg_fill_free, before the solution; NULL on
 *                  failure. Memory comes from the solution's allocator.
 * @param solution  a plan that breaks no rule.
 * @return CTG_ERR_VERIFY (E-BASE) when the plan breaks rules, CTG_ERR_USAGE
 *         (E-SLOT) for an unknown id, dates without a day of the horizon, an
 *         empty interval, or a request that waits and has nothing to give up,
 *         CTG_ERR_NOMEM. */
CTG_API ctg_status ctg_solution_fill(ctg_fill **out,
                                     const ctg_solution *solution,
                                     const ctg_fill_question *asked,
                                     ctg_error *err);

CTG_API void ctg_fill_free(ctg_fill *fill);

CTG_API int ctg_fill_at(ctg_fill_row *out, const ctg_fill *fill, int32_t index);

/** Goal `goal` without row `index` and with it: the place is empty before, in
 * turn those before it are in. */
CTG_API int ctg_fill_goal(ctg_goal_change *out, const ctg_fill *fill,
                          int32_t index, int32_t goal);

#ifdef __cplusplus
}
#endif
#endif
