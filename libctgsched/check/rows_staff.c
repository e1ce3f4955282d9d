// SPDX-License-Identifier: GPL-3.0-or-later
/* Staff at an instant: as many as required, never too few or of the wrong
 * category, and somebody with each skill that is asked. */
#include "check/rows.h"

static finding persons(const sheet *s, rule_name broken, shortage_kind kind,
                       int64_t size, bool is_new) {
    finding f = {.at = where_of(broken),
                 .size = size,
                 .is_breach = is_new,
                 .kind = kind,
                 .have = s->counted,
                 .heads = s->n_present};
    f.at.structure = s->structure;
    f.at.civil = s->civil;
    f.at.begin = s->begin;
    f.at.end = s->end;
    return f;
}

static void row_ratio(findings *found, const sheet *s, const staffing *staff) {
    if (staff->required <= s->counted)
        return;
    finding f = persons(s, BREAKS_RATIO, SHORT_RATIO,
                        staff->required - s->counted, s->has_new);
    f.allowed = staff->required;
    f.law = s->law->ratio ? s->law->ratio : s->law->adaptation;
    findings_add_instant(found, &f);
}

/* What the ratio is short of is its own: the quota answers for the rest. */
static void row_quota(findings *found, const sheet *s, const staffing *staff) {
    if (!s->law->quota)
        return;
    const int64_t usable = staffing_usable(s, s->n_present);
    const int64_t asked =
        staff->required < s->counted ? staff->required : s->counted;
    if (asked <= usable)
        return;
    finding f =
        persons(s, BREAKS_QUOTA, SHORT_QUOTA, asked - usable, s->has_new);
    f.have = usable;
    f.allowed = asked;
    f.law = s->law->quota;
    findings_add_instant(found, &f);
}

/* Somebody of category 1 must be there, or the one who is alone must be of a
 * category that may be alone; says which is missing, NULL when none is. */
static const char *category_missing(const sheet *s) {
    const rule *const r = s->law->minimum;
    if (s->place->places > r->cat1_above_places && s->staff[STAFF_CAT1] == 0)
        return "category 1";
    if (s->persons == 1 && staffing_alone(s->place, r, s->n_present) &&
        (s->categories & r->alone_categories) == 0)
        return "a category that may be alone";
    return NULL;
}

static void row_minimum(findings *found, const sheet *s,
                        const staffing *staff) {
    if (!s->law->minimum || s->n_present == 0)
        return;
    const char *const missing = category_missing(s);
    int64_t size = staff->minimum - s->persons;
    if (size < (missing != NULL))
        size = missing != NULL;
    if (size <= 0)
        return;
    finding f = persons(s, BREAKS_MINIMUM, SHORT_MINIMUM, size, s->has_new);
    f.allowed = staff->minimum;
    f.have = s->persons;
    f.law = s->law->minimum;
    f.note = missing;
    findings_add_instant(found, &f);
}

static void row_skill(findings *found, const sheet *s, int32_t skill) {
    int64_t heads = 0;
    bool is_new = false;
    for (int32_t i = 0; i < s->n_present; i++) {
        if (s->present[i]->skills >> skill & 1) {
            heads++;
            is_new |= s->present[i]->is_new;
        }
    }
    if (heads == 0)
        return;
    finding f = persons(s, BREAKS_SKILL, SHORT_SKILL, 1, is_new);
    f.at.skill = skill;
    f.have = heads;
    findings_add_instant(found, &f);
}

void rows_staff(findings *found, const sheet *s, const staffing *staff) {
    row_ratio(found, s, staff);
    row_quota(found, s, staff);
    row_minimum(found, s, staff);
    uint64_t asked = 0;
    for (int32_t i = 0; i < s->n_present; i++)
        asked |= s->present[i]->skills;
    asked &= ~s->skills;
    for (int32_t k = 0; asked != 0 && k < s->prob->n_skills; k++) {
        if (asked >> k & 1)
            row_skill(found, s, k);
    }
}
