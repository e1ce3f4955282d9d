// SPDX-License-Identifier: GPL-3.0-or-later
/* Who is there at an instant and what for: the ratio counts some, the minimum
 * all but `other`, the quota looks at what they have learnt (format.md 3.4 and
 * 5.1). */
#include "support/oracle_parts.h"

int64_t oracle_staff_count(const structure *s, staff_category category,
                           int32_t day, int32_t minute) {
    int64_t count = 0;
    for (int32_t i = 0; i < s->n_staff; i++) {
        if (s->staff[i].category == category)
            count += oracle_step_value(&s->staff[i].count, day, minute);
    }
    return count;
}

bool oracle_staff_has_skill(const structure *s, int32_t skill, int32_t day,
                            int32_t minute) {
    for (int32_t i = 0; i < s->n_staff; i++) {
        if (s->staff[i].skills >> skill & 1 &&
            oracle_step_value(&s->staff[i].count, day, minute) > 0)
            return true;
    }
    return false;
}

crew oracle_crew_of(const structure *s, const law *in_force, int32_t day,
                    int32_t minute, int32_t heads) {
    int64_t n[N_STAFF_CATEGORIES];
    for (int32_t k = 0; k < N_STAFF_CATEGORIES; k++)
        n[k] = oracle_staff_count(s, (staff_category)k, day, minute);
    const rule *const law = in_force->director;
    const int64_t counting =
        law && heads <= law->max_minors ? n[STAFF_DIRECTOR] : 0;
    crew who = {.cat1 = n[STAFF_CAT1],
                .cat2 = n[STAFF_CAT2],
                .trainees = n[STAFF_TRAINEE]};
    who.qualified = who.cat1 + who.cat2 + n[STAFF_QUALIFIED] + counting;
    who.without_directors = who.cat1 + who.cat2 + n[STAFF_QUALIFIED] +
                            n[STAFF_TRAINEE] + n[STAFF_UNQUALIFIED];
    who.counted = who.without_directors + counting;
    who.persons = who.without_directors + n[STAFF_DIRECTOR];
    return who;
}

/* May `required` persons be made up of this crew? */
static bool has_learnt_enough(const rule *law, const crew *who,
                              int64_t required) {
    const bool few = law->small_from <= required && required <= law->small_to;
    const int64_t unqualified = few ? law->small_unqualified
                                    : required * law->unqualified_max_pct / 100;
    return law->qualified_min_pct * required <= 100 * who->qualified &&
           required - unqualified <= who->qualified + who->trainees;
}

int64_t oracle_usable(const rule *law, const crew *who) {
    int64_t usable = 0;
    while (usable < who->counted && has_learnt_enough(law, who, usable + 1))
        usable++;
    return usable;
}

/* The one who is alone is of a category that may be. */
static bool may_stay_alone(const rule *law, const crew *who) {
    return (who->cat1 == 1 && law->alone_categories >> STAFF_CAT1 & 1) ||
           (who->cat2 == 1 && law->alone_categories >> STAFF_CAT2 & 1);
}

int64_t oracle_minimum_missing(const structure *s, const law *in_force,
                               const crew *who, int32_t heads) {
    const rule *const law = in_force->minimum;
    if (!law || heads == 0)
        return 0;
    const int64_t needed = oracle_staffing_minimum(s, in_force, heads);
    bool wrong = s->places > law->cat1_above_places && who->cat1 == 0;
    const bool may_be_alone =
        heads <= law->alone_max_children && s->places <= law->alone_max_places;
    if (may_be_alone && who->persons == 1)
        wrong = wrong || !may_stay_alone(law, who);
    const int64_t missing = needed - who->persons;
    return missing > wrong ? missing : wrong;
}
