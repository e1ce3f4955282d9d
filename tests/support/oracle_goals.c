// SPDX-License-Identifier: GPL-3.0-or-later
/* The goals of format.md 7 that are sums over what the plan gives. */
#include <string.h>

#include "base/sha256.h"
#include "support/oracle_parts.h"

/* ---- tickets (7.4) ---- */

/* How many distinct instants of submission lie at or after the request's. */
static int64_t seniority(const problem *p, int32_t r) {
    int64_t later = 0;
    for (int32_t q = 0; q < p->n_requests; q++) {
        bool first = p->requests[q].submitted > p->requests[r].submitted;
        for (int32_t before = 0; before < q; before++)
            first = first &&
                    p->requests[before].submitted != p->requests[q].submitted;
        later += first;
    }
    return later;
}

static int64_t draw_of(const problem *p, int32_t r, int32_t o) {
    const char *const option_id = p->requests[r].options[o].id;
    sha256 hash;
    uint8_t digest[SHA256_BYTES];
    sha256_init(&hash);
    sha256_add(&hash, p->seed, strlen(p->seed));
    sha256_add(&hash, "\n", 1);
    sha256_add(&hash, p->requests[r].id, strlen(p->requests[r].id));
    sha256_add(&hash, "\n", 1);
    sha256_add(&hash, option_id, strlen(option_id));
    sha256_end(&hash, digest);
    return (int64_t)digest[0] << 12 | digest[1] << 4 | digest[2] >> 4;
}

/* ---- sums over served requests ---- */

static int32_t age_on(int32_t birth, int32_t civil) {
    const civil_date b = civil_to_date(birth), d = civil_to_date(civil);
    const int32_t months = (d.year - b.year) * 12 + d.month - b.month;
    return months - (d.day < b.day ? 1 : 0);
}

static int64_t minutes_of(const option *o) {
    int64_t minutes = 0;
    for (int32_t i = 0; i < o->n_presences; i++)
        minutes += o->presences[i].end - o->presences[i].begin;
    return minutes;
}

/* Of the first presence in the structure where the option is. */
static int32_t first_section(const option *o) {
    for (int32_t i = 0; i < o->n_presences; i++) {
        if (o->presences[i].structure == o->structure)
            return o->presences[i].section;
    }
    return SECTION_MISSING;
}

static int64_t kept_places(const request *r, const option *o) {
    if (r->held == NONE)
        return 0;
    const option *const held = &r->options[r->held];
    if (o->structure != held->structure)
        return 0;
    const int32_t section = first_section(o);
    return 1 + (section != SECTION_MISSING && section == first_section(held));
}

/* Days with a presence in a section whose ideal range misses the age. */
static int64_t misfit_days(const problem *p, const child *who,
                           const option *o) {
    int64_t days = 0;
    for (int32_t day = 0; day < p->n_days; day++) {
        bool misfit = false;
        for (int32_t i = 0; i < o->n_presences; i++) {
            const presence *const at = &o->presences[i];
            if (at->day != day || at->section < 0)
                continue;
            const section *const in =
                &p->structures[at->structure].sections[at->section];
            const int32_t age = age_on(who->birth, p->days[day]);
            misfit = misfit || age < in->ideal_from_months ||
                     age >= in->ideal_below_months;
        }
        days += misfit;
    }
    return days;
}

static void served_value(int64_t *goal, const oracle *all, int32_t r,
                         int32_t o) {
    const request *const asked = &all->prob->requests[r];
    const option *const given = &asked->options[o];
    goal[GOAL_POINTS] = asked->points;
    goal[GOAL_REQUESTS] = 1;
    goal[GOAL_HOURS] = minutes_of(given);
    goal[GOAL_SATISFACTION] = given->satisfaction;
    goal[GOAL_RANKS] = given->rank;
    goal[GOAL_CONTINUITY] = kept_places(asked, given);
    goal[GOAL_DISTANCE] = given->distance;
    goal[GOAL_AGE_FIT] =
        misfit_days(all->prob, &all->prob->children[asked->child], given);
    goal[GOAL_TIE] =
        seniority(all->prob, r) * (1 << 20) + draw_of(all->prob, r, o) + 1;
}

bool oracle_goals_prepare(oracle *all) {
    for (int32_t r = 0; r < all->prob->n_requests; r++) {
        const int32_t n = all->prob->requests[r].n_options;
        all->served[r] = ARENA_NEW(all->mem, served_goals, n + 1);
        if (!all->served[r])
            return false;
        for (int32_t o = 0; o < n; o++)
            served_value(all->served[r][o].goal, all, r, o);
    }
    return true;
}

/* ---- sums over groups and structures ---- */

static int64_t groups_united(const problem *p, const int32_t *option_of) {
    int64_t united = 0;
    for (int32_t i = 0; i < p->n_siblings; i++) {
        int32_t where = NONE;
        bool yes = true;
        for (int32_t k = 0; k < p->siblings[i].n_requests; k++) {
            const int32_t r = p->siblings[i].requests[k];
            const int32_t s =
                option_of[r] == NONE
                    ? NONE
                    : p->requests[r].options[option_of[r]].structure;
            yes = yes && s != NONE && (k == 0 || s == where);
            where = s;
        }
        united += yes;
    }
    return united;
}

static int64_t needs_spread(const problem *p, const int32_t *option_of) {
    int64_t pairs = 0;
    for (int32_t n = 0; n < p->n_needs; n++) {
        for (int32_t s = 0; s < p->n_structures; s++) {
            bool there = false;
            for (int32_t r = 0; r < p->n_requests; r++) {
                const request *const asked = &p->requests[r];
                if (option_of[r] != NONE &&
                    asked->options[option_of[r]].structure == s &&
                    p->children[asked->child].needs >> n & 1)
                    there = true;
            }
            pairs += there;
        }
    }
    return pairs;
}

/* Arrivals beyond `k` in each quarter of an hour of one structure. */
static int64_t arrivals_over(const problem *p, const int32_t *option_of,
                             int32_t s, int32_t k) {
    int64_t over = 0;
    for (int32_t day = 0; day < p->n_days; day++) {
        int32_t n[96] = {0};
        for (int32_t r = 0; r < p->n_requests; r++) {
            if (option_of[r] == NONE)
                continue;
            const option *const o = &p->requests[r].options[option_of[r]];
            for (int32_t i = 0; i < o->n_presences; i++) {
                const presence *const at = &o->presences[i];
                n[at->begin / 15] += at->structure == s && at->day == day;
            }
        }
        for (int32_t q = 0; q < 96; q++)
            over += n[q] > k ? n[q] - k : 0;
    }
    return over;
}

static bool is_elsewhere(const presence *a, const presence *b) {
    return a->structure != b->structure || a->section != b->section;
}

/* Changes of structure or section within a day beyond `g`, for one option.
 * Presences come by rising (day, begin). */
static int64_t changes_over(const option *o, int32_t g) {
    int64_t over = 0;
    int32_t changes = 0;
    for (int32_t i = 0; i < o->n_presences; i++) {
        const bool goes_on =
            i > 0 && o->presences[i - 1].day == o->presences[i].day;
        changes = goes_on ? changes : 0;
        if (goes_on && is_elsewhere(&o->presences[i - 1], &o->presences[i])) {
            changes++;
            over += changes > g;
        }
    }
    return over;
}

static int64_t floors_of(const problem *p, const int32_t *option_of) {
    int64_t units = 0;
    for (int32_t s = 0; s < p->n_structures; s++) {
        if (p->structures[s].floor_arrivals != NONE)
            units +=
                arrivals_over(p, option_of, s, p->structures[s].floor_arrivals);
    }
    for (int32_t r = 0; r < p->n_requests; r++) {
        if (option_of[r] == NONE)
            continue;
        const option *const o = &p->requests[r].options[option_of[r]];
        const int32_t g = p->structures[o->structure].floor_group_changes;
        units += g != NONE ? changes_over(o, g) : 0;
    }
    return units;
}

void oracle_goals_value(oracle_value *out, const oracle *all,
                        const int32_t *option_of) {
    const problem *const p = all->prob;
    for (int32_t r = 0; r < p->n_requests; r++) {
        for (int32_t g = 0; option_of[r] != NONE && g < N_GOALS; g++)
            out->goal[g] += all->served[r][option_of[r]].goal[g];
    }
    out->goal[GOAL_SIBLINGS] = groups_united(p, option_of);
    out->goal[GOAL_CONCENTRATION] = needs_spread(p, option_of);
    out->goal[GOAL_FLOORS] += floors_of(p, option_of);
}
