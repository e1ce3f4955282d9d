// SPDX-License-Identifier: GPL-3.0-or-later
/* Which rules are in force in a structure on a day (format.md 5.1, 6.3). */
#ifndef CTGSCHED_MODEL_LAW_H
#define CTGSCHED_MODEL_LAW_H

#include "base/error.h"
#include "model/problem.h"

/* The parameters that a derogation can replace, one bit each. */
typedef enum rule_part {
    PART_CLASSES = 1 << 0,
    PART_ROUNDING = 1 << 1,
    PART_MIN_STAFF = 1 << 2,
    PART_CAT1_ABOVE = 1 << 3,
    PART_ALONE_CHILDREN = 1 << 4,
    PART_ALONE_PLACES = 1 << 5,
    PART_ALONE_CATEGORIES = 1 << 6,
    PART_MIN_PCT = 1 << 7,
    PART_INSTANT_PCT = 1 << 8,
    PART_WEEKLY_PCT = 1 << 9,
    PART_BASIS = 1 << 10,
    PART_MAX_PLACES = 1 << 11,
    PART_PLACES_PER = 1 << 12,
    PART_MIN = 1 << 13,
    PART_STAFF_PER_CHILD = 1 << 14,
    PART_BEGIN = 1 << 15,
    PART_END = 1 << 16,
    PART_DATA = 1 << 17,
    PART_QUALIFIED_PCT = 1 << 18,
    PART_UNQUALIFIED_PCT = 1 << 19,
    PART_SMALL_FROM = 1 << 20,
    PART_SMALL_TO = 1 << 21,
    PART_SMALL_UNQUALIFIED = 1 << 22,
    PART_MAX_MINORS = 1 << 23
} rule_part;

/* Copies the parts of `from` that `parts` names. */
void rule_take_parts(rule *to, const rule *from, uint32_t parts);

/* A derogation with its changed parameters: `values` under `parts`. */
typedef struct law_change {
    derogation of;
    rule values;
    uint32_t parts;
} law_change;

/* The rule of that kind (and id, unless NULL) in force in the structure on the
 * day before derogations; the first pack wins. Without an id, rules that are
 * for some sessions only are not meant. NULL when there is none. */
const rule *law_find(const problem *p, const structure *s, rule_kind kind,
                     const char *id, int32_t civil);

/* The same for a session with that stay: the first rule that applies to it; of
 * kind ratio only those that say for which sessions they are. */
const rule *law_find_for(const problem *p, const structure *s, rule_kind kind,
                         int32_t civil, const session *in, int32_t stay);
bool rule_applies(const rule *r, const session *to, int32_t stay);
/* Stay (format.md 3.7) of the session in step `k` of the structure's sessions
 * on the day. */
int32_t session_stay(const structure *s, int32_t day, int32_t k);
/* The ratio of a session before derogations: NULL for none, or when the law has
 * none (`settle_law` has refused the file then). */
const rule *session_ratio(const problem *p, const structure *s,
                          const session *in, int32_t civil, int32_t stay);

/* The table of a structure, in `mem`; `changes` [n_changes] by id, those of
 * other structures are skipped. */
ctg_status law_build(const law_table **out, const problem *p, int32_t index,
                     const law_change *changes, int32_t n_changes, arena *mem,
                     ctg_error *err);

#endif
