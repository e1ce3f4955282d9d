// SPDX-License-Identifier: GPL-3.0-or-later
/* Families and what they ask for.
 *
 * Weeks follow a real contract book (domain notes 5.2, 2014): days a week 1 to
 * 5 by 10/32/17/18/24 %, 28 % of the slots half-days, arrivals and departures
 * of full days as tabled below. Ages lean to babies, as requests do. */
#include <assert.h>
#include <stdio.h>

#include "day.h"
#include "town.h"

static int minimum(int a, int b) { return a < b ? a : b; }

static int present_days(const week *w) {
    int n = 0;
    for (int d = 0; d < DAYS; d++)
        n += w->begin[d] < w->end[d];
    return n;
}

static int week_minutes(const week *w) {
    int n = 0;
    for (int d = 0; d < DAYS; d++)
        n += w->end[d] - w->begin[d];
    return n;
}

/* --- the week asked --- */

typedef struct slot {
    int begin, end;
} slot;

static slot draw_full_day(draws *rng) {
    static const int arrivals[] = {450, 480, 510, 540, 570, 600, 630, 660};
    static const int arrival_weights[] = {20, 22, 22, 25, 3, 4, 2, 2};
    static const int departures[] = {960, 990, 1020, 1050, 1080, 1110};
    static const int departure_weights[] = {2, 5, 13, 27, 20, 33};
    const int a = draw_weighted(rng, arrival_weights, 8);
    const int d = draw_weighted(rng, departure_weights, 6);
    slot s = {arrivals[a], departures[d]};
    if (s.end - s.begin < 420) /* a full day is 7 hours or more */
        s.end = s.begin + 420;
    if (draw_chance(rng, 120) && s.begin >= 480 && s.end <= 1080)
        s = (slot){s.begin + 15, s.end - 15}; /* the quarter-hour families */
    return s;
}

static slot draw_half_day(draws *rng) {
    static const int morning_begins[] = {480, 510, 540};
    static const int begin_weights[] = {50, 30, 20};
    static const int afternoon_ends[] = {1020, 1050, 1080, 1110};
    static const int end_weights[] = {25, 35, 20, 20};
    if (draw_chance(rng, 520))
        return (slot){morning_begins[draw_weighted(rng, begin_weights, 3)],
                      draw_chance(rng, 500) ? 720 : 780};
    return (slot){draw_chance(rng, 500) ? 780 : 810,
                  afternoon_ends[draw_weighted(rng, end_weights, 4)]};
}

static unsigned draw_weekdays(draws *rng) {
    static const int counts[] = {10, 32, 17, 18, 24};
    int weights[DAYS] = {49, 46, 40, 55, 47};
    unsigned days = 0;
    for (int left = 1 + draw_weighted(rng, counts, 5); left > 0; left--) {
        const int d = draw_weighted(rng, weights, DAYS);
        days |= 1u << d;
        weights[d] = 0;
    }
    return days;
}

/* Full weeks, half-day weeks and mixed ones: in all `half_percent` of the slots
 * are half-days: 4/7 of that from the second style, 3/7 from the third. */
static week draw_week(draws *rng, int half_percent) {
    const int styles[] = {100 - 10 * half_percent / 7, 4 * half_percent / 7,
                          6 * half_percent / 7};
    static const int half_permille[] = {0, 1000, 500};
    const int style = draw_weighted(rng, styles, 3);
    const unsigned days = draw_weekdays(rng);
    const slot full = draw_full_day(rng), half = draw_half_day(rng);
    week w = {{0}, {0}};
    for (int d = 0; d < DAYS; d++) {
        if (!(days >> d & 1))
            continue;
        const slot s = draw_chance(rng, half_permille[style]) ? half : full;
        w.begin[d] = s.begin;
        w.end[d] = s.end;
    }
    return w;
}

/* --- flexibility --- */

static unsigned draw_droppable(draws *rng, const week *w) {
    unsigned some = 0;
    for (int d = 0; d < DAYS; d++)
        if (w->begin[d] < w->end[d] && draw_chance(rng, 600))
            some |= 1u << d;
    return some ? some : (1u << DAYS) - 1;
}

static flex draw_flex(draws *rng, const week *w, bool wide) {
    static const int wide_kinds[] = {6, 14, 20, 60};
    static const int narrow_kinds[] = {8, 66, 8, 18};
    const int kind = draw_weighted(rng, wide ? wide_kinds : narrow_kinds, 4);
    flex f = {.step = 30};
    if (kind == 1 || kind == 3)
        f.shift = draw_chance(rng, wide ? 300 : 600) ? 60 : 30;
    if (kind == 2 || kind == 3) {
        f.later = 30 * draw_range(rng, 0, 2);
        f.earlier = 30 * draw_range(rng, 1, 2);
    }
    if (kind > 0 && present_days(w) >= 2 &&
        draw_chance(rng, wide ? 550 : 150)) {
        f.drop_days = 1;
        f.droppable = draw_droppable(rng, w);
    }
    return f;
}

/* --- the child --- */

static void draw_child(request *r, const town *t, draws *rng,
                       int least_months) {
    static const int from[] = {3, 7, 10, 13, 16, 19, 25, 31};
    static const int to[] = {6, 9, 12, 15, 18, 24, 30, 38};
    static const int weights[] = {17, 11, 9, 8, 8, 17, 15, 15};
    int months = 0;
    while (months < least_months) {
        const int band = draw_weighted(rng, weights, 8);
        months = draw_range(rng, from[band], to[band]);
    }
    day_date d = day_to_date(t->monday);
    const int total = d.year * 12 + d.month - 1 - months;
    r->birth =
        day_from_date(total / 12, total % 12 + 1, draw_range(rng, 1, 28));
    r->walk_from = -1;
    if (months >= 10 && months <= 16 && draw_chance(rng, 600))
        r->walk_from = r->birth + draw_range(rng, 340, 470);
}

static void draw_home(request *r, const town *t, draws *rng) {
    int places = 0, i = 0;
    for (int k = 0; k < t->n_creches; k++)
        places += t->creches[k].places;
    int seat = draw_below(rng, places);
    while (seat >= t->creches[i].places)
        seat -= t->creches[i++].places;
    /* The sum of two uniform draws: most live near. */
    r->x = t->creches[i].x + draw_range(rng, -700, 700) +
           draw_range(rng, -500, 500);
    r->y = t->creches[i].y + draw_range(rng, -700, 700) +
           draw_range(rng, -500, 500);
}

static void draw_need(request *r, draws *rng) {
    static const int weights[] = {980, 10, 10};
    r->need = draw_weighted(rng, weights, 3);
}

static bool welcomes(const creche *c, const request *r) {
    return r->need == NEED_NONE ||
           (r->need == NEED_HANDICAP ? c->handicap_max > 0 : c->has_pai);
}

/* --- acceptable structures, nearest first with a taste of one's own --- */

static int distance_felt(const creche *c, const request *r, draws *rng) {
    const int dx = c->x > r->x ? c->x - r->x : r->x - c->x;
    const int dy = c->y > r->y ? c->y - r->y : r->y - c->y;
    return dx + dy + draw_below(rng, 600);
}

static void draw_choices(request *r, const town *t, draws *rng) {
    static const int counts[] = {10, 25, 35, 30};
    int felt[MAX_CHOICES];
    const int wanted = 1 + draw_weighted(rng, counts, MAX_CHOICES);
    for (int i = 0; i < t->n_creches; i++) {
        const int d = distance_felt(&t->creches[i], r, rng);
        if (!welcomes(&t->creches[i], r))
            continue;
        int at = r->n_choices;
        while (at > 0 && felt[at - 1] > d)
            at--;
        if (at == wanted)
            continue;
        r->n_choices = minimum(r->n_choices + 1, wanted);
        for (int k = r->n_choices - 1; k > at; k--) {
            felt[k] = felt[k - 1];
            r->choices[k] = r->choices[k - 1];
        }
        felt[at] = d;
        r->choices[at] = i;
    }
    assert(r->n_choices > 0);
    for (int k = 0; k < r->n_choices; k++)
        r->ranks[k] = k + 1;
    if (r->n_choices > 1 && draw_chance(rng, 80))
        r->ranks[1] = 1; /* both are as good */
}

/* --- requests --- */

static void draw_papers(request *r, const town *t, draws *rng) {
    r->submitted_day = t->monday - draw_range(rng, 120, 260);
    r->submitted_minute =
        draw_chance(rng, 500) ? draw_range(rng, 480, 1200) : -1;
    r->insertion = draw_chance(rng, 50);
    facts_draw(&r->facts, rng, r->insertion, r->need == NEED_HANDICAP);
    const int days = present_days(&r->asked);
    if (days <= 2 && week_minutes(&r->asked) <= 1080 && draw_chance(rng, 300))
        r->kind = 1;
    else if (draw_chance(rng, 8))
        r->kind = 2;
    if (r->flex.drop_days > 0 && draw_chance(rng, 300))
        r->min_days = days - 1;
    else if (draw_chance(rng, 60))
        r->min_minutes = week_minutes(&r->asked) * 7 / 10;
}

static void draw_request(request *r, const town *t, draws *rng,
                         int least_months) {
    draw_child(r, t, rng, least_months);
    draw_need(r, rng);
    draw_home(r, t, rng);
    r->asked = draw_week(rng, t->half_percent);
    r->flex = draw_flex(rng, &r->asked, t->wide_menus);
    draw_choices(r, t, rng);
    r->situation = NEWCOMER;
    r->held_in = r->group = -1;
    draw_papers(r, t, rng);
}

/* A child already there keeps its place when nothing else is decided. Renewals
 * ask for nothing new, or for a longer week in the same structure. */
static void try_renewal(request *r, town *t, draws *rng) {
    for (int k = 0; k < r->n_choices; k++) {
        creche *const c = &t->creches[r->choices[k]];
        if (!ledger_book(c, r, &r->asked, t->monday))
            continue;
        r->situation = RENEWAL;
        r->held_in = r->choices[0] = r->choices[k];
        r->held = r->asked;
        r->n_choices = draw_chance(rng, 400) && present_days(&r->asked) < DAYS;
        r->ranks[0] = 1;
        r->insertion = draw_chance(rng, 60);
        r->kind = r->min_days = r->min_minutes = 0;
        return;
    }
}

/* One more day, as the first day of the week held. */
static void ask_longer_week(request *r) {
    int first = 0, free_day = 0;
    while (r->held.begin[first] == r->held.end[first])
        first++;
    while (r->held.begin[free_day] < r->held.end[free_day])
        free_day++;
    r->asked.begin[free_day] = r->held.begin[first];
    r->asked.end[free_day] = r->held.end[first];
    r->flex = (flex){.step = 30, .shift = 30};
}

/* Holds a place farther away than the structures asked for. */
static void try_transfer(request *r, town *t, draws *rng) {
    const int away = draw_below(rng, t->n_creches);
    for (int k = 0; k < r->n_choices; k++)
        if (r->choices[k] == away)
            return;
    creche *const c = &t->creches[away];
    if (!welcomes(c, r) || !ledger_book(c, r, &r->asked, t->monday))
        return;
    r->situation = TRANSFER;
    r->held_in = away;
    r->held = r->asked;
    r->kind = 0;
}

static void name_request(request *r, int number) {
    snprintf(r->child_id, sizeof r->child_id, "e%05d", number + 1);
    snprintf(r->id, sizeof r->id, "d%05d", number + 1);
}

static void decide_situation(request *r, town *t, draws *rng) {
    const int weights[] = {t->held_percent, 5, 95 - t->held_percent};
    const int situation = draw_weighted(rng, weights, 3);
    if (situation == RENEWAL) {
        draw_child(r, t, rng, 9);
        try_renewal(r, t, rng);
        if (r->situation == RENEWAL && r->n_choices > 0)
            ask_longer_week(r);
    } else if (situation == TRANSFER) {
        draw_child(r, t, rng, 9);
        try_transfer(r, t, rng);
    } else
        r->has_adaptation = draw_chance(rng, 25);
}

/* --- siblings --- */

static void join(town *t, request *a, request *b, const char *rule) {
    group *const g = &t->groups[t->n_groups];
    snprintf(g->id, sizeof g->id, "f%04d", t->n_groups + 1);
    g->rule = rule;
    a->group = b->group = t->n_groups++;
    a->facts.sibling = b->facts.sibling = true;
}

/* Twins, or a baby whose elder is there or asks with it: one home, one week. */
static void add_sibling(town *t, draws *rng, request *elder, request *younger) {
    static const int rules[] = {50, 20, 30};
    static const char *const names[] = {"together", "all_or_none", "reward"};
    const bool twins = elder->held_in < 0 && draw_chance(rng, 400);
    char id[ID_ROOM], child_id[ID_ROOM];
    snprintf(id, sizeof id, "%s", younger->id);
    snprintf(child_id, sizeof child_id, "%s", younger->child_id);
    *younger = *elder;
    snprintf(younger->id, sizeof younger->id, "%s", id);
    snprintf(younger->child_id, sizeof younger->child_id, "%s", child_id);
    younger->situation = NEWCOMER;
    younger->held_in = -1;
    younger->need = NEED_NONE;
    younger->facts.disabled_child = false;
    younger->has_adaptation = false;
    if (!twins)
        draw_child(younger, t, rng, 3);
    if (younger->n_choices == 0) { /* the elder's menu is the place it holds */
        younger->n_choices = 1;
        younger->flex = (flex){.step = 30, .shift = 30, .earlier = 30};
    }
    join(t, elder, younger, names[draw_weighted(rng, rules, 3)]);
}

void town_fill(town *t, draws *rng, int n) {
    for (int i = 0; i < n; i++) {
        request *const r = &t->requests[i];
        name_request(r, i);
        draw_request(r, t, rng, 3);
        decide_situation(r, t, rng);
        if (i + 1 < n && draw_chance(rng, 22)) {
            name_request(r + 1, ++i);
            add_sibling(t, rng, r, r + 1);
        }
    }
    t->n_requests = n;
    for (int i = 0; i < n; i++)
        t->requests[i].n_options =
            menu_options(&t->requests[i]) + (t->requests[i].held_in >= 0);
}
