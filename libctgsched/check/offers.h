// SPDX-License-Identifier: GPL-3.0-or-later
/* What a plan could give to one request: each option as it is, or with one
 * other request moved, or what stands in its way. Nothing is derived: each is
 * put into the plan and judged. */
#ifndef CTGSCHED_CHECK_OFFERS_H
#define CTGSCHED_CHECK_OFFERS_H

#include "check/attempt.h"

typedef enum proposal_kind {
    PROPOSAL_FREE,      /* fits, everything else as it is */
    PROPOSAL_MOVES,     /* fits when `other` takes `other_option` */
    PROPOSAL_DISPLACES, /* fits when `other` waits */
    PROPOSAL_BLOCKED    /* nobody's leaving alone lets it in, or not asked */
} proposal_kind;

/* What the option breaks, everything else as it is: all of it when that was
 * searched, else what was found first. */
typedef struct proposal_block {
    breach what;
    int32_t n_holders;
    const int32_t *holders; /* [n_holders] requests in the row, rising */
} proposal_block;

typedef struct proposal {
    proposal_kind kind;
    int32_t option;
    int32_t other, other_option; /* NONE */
    goal_values after;           /* not of a blocked one */
    int32_t n_blocks;            /* 0 of one that is free */
    const proposal_block *blocks;
} proposal;

typedef struct proposal_list {
    goal_values before;
    int32_t n;
    const proposal *at; /* [n]: by kind, then best goals, then rank, then menu,
                        then the id of `other` */
} proposal_list;

/* Those of a request, without the option that it has; in `mem`. The plan breaks
 * no rule. Whom it would move is asked for the first `searched` options, by
 * rank, that do not fit and are of a better rank than each one that does; the
 * other ones that do not fit are blocked. Only a request that need not be
 * served and has no pin is moved, to its first option by rank that then fits.
 * Fails only without memory. */
ctg_status check_offers(proposal_list *out, const standing *on, int32_t request,
                        int32_t searched, arena *mem, ctg_error *err);

#endif
